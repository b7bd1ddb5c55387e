//! The page's engine against the vectors of the verifier: the very same answers, by WebCrypto and without it.

use std::collections::BTreeMap;
use std::process::Command;

use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::{Value, json};
use typeproof::badge::credential::LevelTexts;
use typeproof::badge::facts::Facts;
use typeproof::badge::status::StatusList;
use typeproof::badge::template;
use typeproof::badge::verify::Report;
use typeproof::desk::credential_text;
use typeproof::lessons::catalogue::Catalogue;
use typeproof::web::data::{self, PageData};

use crate::verify::cast;
use crate::verify::vector::{self, Vector};

/// What the script found.
#[derive(Deserialize)]
struct Output {
    /// For each job the answer with WebCrypto and that without.
    results: Vec<[Found; 2]>,
    /// The template filled with each level.
    filled: Vec<Value>,
    /// The facts of a badge that says nothing.
    empty: Value,
}

#[derive(Deserialize, PartialEq, Debug)]
struct Found {
    outcome: String,
    answers: BTreeMap<String, String>,
    sentence: String,
    whys: Vec<String>,
    facts: Value,
    file: Option<String>,
}

fn holes() -> Value {
    let names = template::credential_1().unwrap().to_string();
    let part = |room: &str| -> Value {
        let mark = format!("{{{room}.");
        let pieces = names.split(&mark).skip(1);
        pieces.map(|piece| piece.split('}').next().unwrap()).map(|name| (name, format!("<{name}>"))).collect()
    };
    json!({"issuer": part("issuer"), "claim": part("claim")})
}

/// A vector as the script takes it.
fn job(vector: &Vector) -> Value {
    let now: DateTime<Utc> = vector.now.parse().unwrap();
    json!({
        "kind": vector.kind,
        "given": vector.given,
        "now": now.timestamp_millis(),
        "holder": vector.holder,
        "data": {
            "issuers": vector.trust().issuers().iter().map(data::issuer).collect::<Vec<_>>(),
            "documents": vector.did_documents,
            "status": vector.statuses().iter().map(StatusList::to_json).collect::<Vec<_>>(),
        },
    })
}

/// A page has neither the attempt file nor the user's own key.
fn as_a_page(vector: &Vector) -> Vector {
    Vector { attempt: None, yourself: None, ..vector.clone() }
}

/// Each byte of a token with one of its bits changed.
fn flipped(token: &[u8]) -> Vec<Vector> {
    let flip = |at: usize| {
        let mut bytes = token.to_vec();
        bytes[at] ^= 1 << (at % 8);
        Vector::token("a bit changed", data_encoding::BASE64URL_NOPAD.encode(&bytes))
    };
    (0..token.len()).map(flip).collect()
}

fn node(jobs: &[Vector]) -> Option<Output> {
    if Command::new("node").arg("--version").output().is_err() {
        println!("SKIPPED: the page's engine needs node");
        return None;
    }
    let catalogue = Catalogue::embedded();
    let built = cast::NOW.parse().unwrap();
    let page = PageData { catalogue: &catalogue, issuers: &[], documents: &[], statuses: &[], built };
    let whole = json!({
        "base": page.to_json().unwrap(),
        "jobs": jobs.iter().map(job).collect::<Vec<_>>(),
        "holes": holes(),
    });
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("jobs.json");
    std::fs::write(&file, whole.to_string()).unwrap();
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/interop/engine.mjs");
    let output = Command::new("node").arg(script).arg(&file).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(serde_json::from_slice(&output.stdout).unwrap())
}

fn answers(report: &Report) -> BTreeMap<String, String> {
    let answers = report.verdict.answers();
    answers.iter().map(|(name, answer)| ((*name).to_owned(), answer.word().replace(' ', "-"))).collect()
}

/// What differs between the page's answer and the program's.
fn difference(found: &Found, report: &Report) -> Option<String> {
    let outcome = serde_json::to_value(report.verdict.outcome()).unwrap();
    let file = report.credential.as_ref().map(credential_text);
    let facts = serde_json::to_value(&report.facts).unwrap();
    match () {
        () if outcome != found.outcome.as_str() => {
            Some(format!("{} for {outcome}: {}", found.outcome, found.sentence))
        }
        () if answers(report) != found.answers => {
            Some(format!("{:?} for {:?}", found.answers, answers(report)))
        }
        () if facts != found.facts => Some(format!("facts {} for {facts}", found.facts)),
        () if file != found.file => Some(format!("another file: {:?} for {file:?}", found.file)),
        () => None,
    }
}

#[test]
fn the_page_answers_as_the_program_does() {
    let named: Vec<(String, Vector)> = ["good", "bad"].into_iter().flat_map(vector::read).collect();
    let flips: Vec<Vector> =
        [&cast::LEARNER.token, &cast::COLLEGE.token].into_iter().flat_map(|t| flipped(t)).collect();
    let jobs: Vec<Vector> = named.iter().map(|(_, v)| as_a_page(v)).chain(flips).collect();
    let Some(output) = node(&jobs) else { return };
    assert_eq!(output.empty, serde_json::to_value(Facts::default()).unwrap());
    let mut failed = Vec::new();
    let mut other_words = Vec::new();
    for (at, (job, [quick, slow])) in jobs.iter().zip(&output.results).enumerate() {
        let name = named.get(at).map_or("a bit changed", |(name, _)| name);
        let report = job.report();
        failed.extend(difference(quick, &report).map(|what| format!("{name}: {what}")));
        if quick != slow {
            failed.push(format!("{name}: another answer without WebCrypto: {}", slow.sentence));
        }
        if let Some((_, vector)) = named.get(at).filter(|(_, v)| v.attempt.is_none() && v.yourself.is_none())
            && !quick.sentence.contains(&vector.expect.why)
        {
            failed.push(format!("{name}: {} does not say {}", quick.sentence, vector.expect.why));
        }
        if quick.sentence != report.verdict.sentence() {
            other_words.push(format!("{name}:\n  {}\n  {}", quick.sentence, report.verdict.sentence()));
        }
    }
    println!("{} of {} sentences differ:\n{}", other_words.len(), jobs.len(), other_words.join("\n"));
    assert!(failed.is_empty(), "{} of {}:\n{}", failed.len(), jobs.len(), failed.join("\n"));
}

#[test]
fn levels_unpack_to_what_the_template_needs() {
    let Some(output) = node(&[]) else { return };
    let template = template::credential_1().unwrap();
    let catalogue = Catalogue::embedded();
    let fill = |level| {
        let mut holes = holes();
        holes["level"] = LevelTexts::of(level).holes();
        template::fill(&template, &holes).unwrap()
    };
    let expected: Vec<Value> = catalogue.all_levels().map(fill).collect();
    assert!(expected.len() >= 55);
    assert_eq!(output.filled, expected);
}
