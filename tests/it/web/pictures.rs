//! The page compares pictures with the badges in them as the program does: the same pictures get the same answers.

use std::process::Command;

use data_encoding::BASE64;
use serde_json::{Value, json};
use typeproof::badge::carry::bake;
use typeproof::badge::draw::picture::{self, Drawing};
use typeproof::desk;
use typeproof::lessons::catalogue::Catalogue;
use typeproof::trust::Assurance;
use typeproof::web::data::PageData;

use crate::badge::draw::compared::{self, Case};
use crate::badge::draw::pictures::{BASE, full, issued, noted, row};
use crate::support::{cast, node};

/// A badge, and pictures with it inside.
type Job = (Value, Vec<Case>);

/// What the page says of each picture; nothing where Node is not there.
fn answers(jobs: &[Job]) -> Option<Vec<Vec<String>>> {
    if !node::has("node", "--version") {
        node::skip("the page's comparison is not tried", "install Node 20 or later");
        return None;
    }
    let catalogue = Catalogue::embedded();
    let built = cast::NOW.parse().unwrap();
    let page = PageData { catalogue: &catalogue, issuers: &[], documents: &[], statuses: &[], built };
    let job = |(credential, cases): &Job| {
        let pictures: Vec<String> = cases.iter().map(|(_, _, file)| BASE64.encode(file)).collect();
        json!({"credential": credential.to_string(), "pictures": pictures})
    };
    let jobs = json!({"data": page.to_json().unwrap(), "jobs": jobs.iter().map(job).collect::<Vec<_>>()});
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("jobs.json");
    std::fs::write(&file, jobs.to_string()).unwrap();
    let output = Command::new("node").arg(node::folder().join("pictures.mjs")).arg(&file).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(serde_json::from_slice(&output.stdout).unwrap())
}

fn check(jobs: &[Job]) {
    let Some(found) = answers(jobs) else { return };
    let cases = jobs.iter().flat_map(|(_, cases)| cases).zip(found.iter().flatten());
    let wrong = cases.filter(|((_, expected, _), found)| expected.reason().code() != found.as_str());
    let wrong: Vec<_> = wrong.map(|((name, expected, _), found)| (name, *expected, found)).collect();
    assert!(wrong.is_empty(), "case, expected, found: {wrong:#?}");
}

#[test]
fn the_page_compares_pictures_as_the_program_does() {
    check(&[(compared::credential().clone(), compared::cases())]);
}

/// Every level, every supervision, and names of all lengths: the page draws them to the last coordinate.
#[test]
fn the_page_draws_every_badge_as_the_program_does() {
    let catalogue = Catalogue::embedded();
    let names = [
        "Ada Lovelace",
        "Zoë Müller-Řezníček",
        "Griffin Offill Effie",
        "W",
        "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW",
    ];
    let jobs = catalogue.all_levels().enumerate().map(|(n, level)| {
        let assurance = Assurance::ALL[n % 3];
        let name = names[n % names.len()];
        let issuer = (assurance != Assurance::SelfAssessed).then_some("City College of Technology, Évora");
        let badge = issued(level, assurance, name, issuer);
        let svg = picture::svg(&badge.credential, &full(&badge)).unwrap();
        let of = |file: Vec<u8>| (name, Drawing::Same, file);
        // Pixels take their time.
        let pixels = (n % 30 == 0).then(|| {
            let png = picture::rendered(&svg).unwrap();
            of(bake::png(&png, &badge.credential).unwrap())
        });
        let svg = of(bake::svg(&svg, &badge.credential).unwrap().into_bytes());
        (badge.credential, [svg].into_iter().chain(pixels).collect())
    });
    check(&jobs.collect::<Vec<Job>>());
}

#[test]
fn the_page_draws_what_was_noted_as_the_program_does() {
    let jobs = Assurance::ALL.map(|assurance| {
        let badge = noted(assurance);
        let (_, svg) = desk::pictures(&row(&badge, BASE)).unwrap();
        (badge.credential, vec![("noted", Drawing::Same, svg.into_bytes())])
    });
    check(&jobs);
}

/// Names in letters that the typeface lacks are not drawn; those that only the page lacks are not compared there.
#[test]
fn letters_that_are_not_there_are_no_difference() {
    let level = Catalogue::embedded().level("speed-60").unwrap().clone();
    let jobs = [("李小龍", Drawing::Same), ("Мария", Drawing::NotCompared)].map(|(name, expected)| {
        let badge = issued(&level, Assurance::SelfAssessed, name, None);
        let svg = picture::svg(&badge.credential, &full(&badge)).unwrap();
        let baked = bake::svg(&svg, &badge.credential).unwrap();
        (badge.credential, vec![(name, expected, baked.into_bytes())])
    });
    check(&jobs);
}
