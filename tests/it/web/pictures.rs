//! The page compares pictures with the badges in them as the program does: the same pictures get the same answers.

use std::process::Command;

use data_encoding::BASE64;
use serde_json::{Value, json};
use typeproof::badge::draw::picture::{self, Drawing};
use typeproof::desk;
use typeproof::lessons::catalogue::Catalogue;
use typeproof::trust::Assurance;
use typeproof::web::data::PageData;

use crate::badge::draw::compared::{self, Case};
use crate::badge::draw::pictures::{BASE, full, issued, noted, row};
use crate::support::{cast, node};

/// What the page says of each picture; nothing where Node is not there.
fn answers(credential: &Value, files: &[&[u8]]) -> Option<Vec<String>> {
    if !node::has("node", "--version") {
        node::skip("the page's comparison is not tried", "install Node 20 or later");
        return None;
    }
    let catalogue = Catalogue::embedded();
    let built = cast::NOW.parse().unwrap();
    let page = PageData { catalogue: &catalogue, issuers: &[], documents: &[], statuses: &[], built };
    let pictures: Vec<String> = files.iter().map(|file| BASE64.encode(file)).collect();
    let jobs =
        json!({"data": page.to_json().unwrap(), "credential": credential.to_string(), "pictures": pictures});
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("jobs.json");
    std::fs::write(&file, jobs.to_string()).unwrap();
    let output = Command::new("node").arg(node::folder().join("pictures.mjs")).arg(&file).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(serde_json::from_slice(&output.stdout).unwrap())
}

fn check(credential: &Value, cases: &[Case]) {
    let files: Vec<&[u8]> = cases.iter().map(|(_, _, file)| file.as_slice()).collect();
    let Some(found) = answers(credential, &files) else { return };
    let cases = cases.iter().zip(&found);
    let wrong = cases.filter(|((_, expected, _), found)| expected.reason().code() != found.as_str());
    let wrong: Vec<_> = wrong.map(|((name, expected, _), found)| (name, *expected, found)).collect();
    assert!(wrong.is_empty(), "case, expected, found: {wrong:#?}");
}

#[test]
fn the_page_compares_pictures_as_the_program_does() {
    check(compared::credential(), &compared::cases());
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
    for (n, level) in catalogue.all_levels().enumerate() {
        let assurance = Assurance::ALL[n % 3];
        let name = names[n % names.len()];
        let issuer = (assurance != Assurance::SelfAssessed).then_some("City College of Technology, Évora");
        let badge = issued(level, assurance, name, issuer);
        let (png, svg) = desk::pictures(&row(&badge, BASE)).unwrap();
        let of = |file: Vec<u8>| (name, Drawing::Same, file);
        let mut cases = vec![of(svg.into_bytes())];
        // Pixels take their time.
        cases.extend((n % 9 == 0).then(|| of(png)));
        check(&badge.credential, &cases);
    }
}

#[test]
fn the_page_draws_what_was_noted_as_the_program_does() {
    for assurance in Assurance::ALL {
        let badge = noted(assurance);
        let (_, svg) = desk::pictures(&row(&badge, BASE)).unwrap();
        check(&badge.credential, &[("noted", Drawing::Same, svg.into_bytes())]);
    }
}

/// Names in letters that the typeface lacks are not drawn; those that only the page lacks are not compared there.
#[test]
fn letters_that_are_not_there_are_no_difference() {
    let level = Catalogue::embedded().level("speed-60").unwrap().clone();
    for (name, expected) in [("李小龍", Drawing::Same), ("Мария", Drawing::NotCompared)] {
        let badge = issued(&level, Assurance::SelfAssessed, name, None);
        let svg = picture::svg(&badge.credential, &full(&badge)).unwrap();
        let baked = typeproof::badge::carry::bake::svg(&svg, &badge.credential).unwrap();
        check(&badge.credential, &[(name, expected, baked.into_bytes())]);
    }
}
