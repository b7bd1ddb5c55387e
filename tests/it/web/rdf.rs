//! The page's own JSON-LD and canonicalisation against the program's, and the program's compiled contexts against the
//! JSON-LD processor: the same N-Quads, or the same refusal.

mod cases;
mod odd;

use std::collections::BTreeSet;
use std::process::Command;

use serde_json::{Value, json};
use typeproof::badge::vc::canon::{CanonError, canonical_nquads, nquads_of_the_processor};
use typeproof::badge::vc::context;
use typeproof::web::data::contexts;

use crate::support::patch::data;

/// A name for the failure message, and a document.
type Case = (String, Value);

/// What the page makes of the documents, or nothing where Node is missing.
fn page(cases: &[Case]) -> Option<Value> {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/interop/rdf.mjs");
    let folder = tempfile::tempdir().unwrap();
    let jobs = folder.path().join("jobs.json");
    let texts: Vec<String> = cases.iter().map(|(_, document)| document.to_string()).collect();
    std::fs::write(&jobs, json!({"packed": contexts::packed(), "texts": texts}).to_string()).unwrap();
    let Ok(ran) = Command::new("node").arg(script).arg(&jobs).output() else {
        println!("SKIPPED: the page's RDF is not compared, since the node command is not installed");
        return None;
    };
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    Some(serde_json::from_slice(&ran.stdout).unwrap())
}

fn same(mine: &Result<String, String>, page: &Value) -> bool {
    match mine {
        Ok(text) => page["text"] == **text,
        Err(why) => page["refused"].as_str() == Some(why.as_str()),
    }
}

/// Holds the compiled contexts to the processor: the same text, or the same refusal.
fn compare_with_processor(cases: &[Case]) {
    for (name, document) in cases {
        let of = |nquads: fn(&Value) -> Result<String, CanonError>| {
            nquads(document).map_err(|why| why.to_string())
        };
        assert_eq!(of(canonical_nquads), of(nquads_of_the_processor), "{name}: {document}");
    }
}

/// Compares every document; gives how many both accept, and the codes of what both refuse.
fn compare(cases: &[Case]) -> Option<(usize, BTreeSet<String>)> {
    compare_with_processor(cases);
    let answer = page(cases)?;
    let results = answer["results"].as_array().unwrap();
    assert_eq!(results.len(), cases.len());
    let (mut accepted, mut codes, mut wrong) = (0, BTreeSet::new(), Vec::new());
    for ((name, document), page) in cases.iter().zip(results) {
        let mine = canonical_nquads(document).map_err(|e| e.to_string());
        accepted += usize::from(mine.is_ok());
        codes.extend(page["code"].as_str().map(str::to_owned));
        if !same(&mine, page) {
            wrong.push(format!("{name}\n program: {mine:?}\n page: {page}\n of {document}"));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {} differ:\n{}",
        wrong.len(),
        cases.len(),
        wrong[..wrong.len().min(5)].join("\n")
    );
    Some((accepted, codes))
}

#[test]
fn packed_contexts_are_small_and_whole() {
    let packed = contexts::packed().to_string();
    assert!(packed.len() < 7_500, "{}", packed.len());
    let Some(answer) = page(&[]) else { return };
    let unpacked = answer["contexts"].as_object().unwrap();
    assert_eq!(unpacked.len(), context::BUNDLED.len());
    for context in &context::BUNDLED {
        let json: Value = serde_json::from_str(context.json).unwrap();
        assert_eq!(unpacked[context.url], json["@context"], "{}", context.url);
        check_known(&json["@context"], context.url);
    }
}

/// The page's processor knows these members of contexts and no others.
fn check_known(context: &Value, url: &str) {
    let Some(members) = context.as_object() else { return assert!(context.is_null(), "{url}") };
    for (name, term) in members {
        match (name.as_str(), term) {
            ("@protected", Value::Bool(true)) | ("@version", Value::Number(_)) => {}
            (name, _) if name.starts_with('@') || name.contains([':', '/']) => panic!("{url}: {name}"),
            (_, Value::String(_)) => {}
            (name, Value::Object(term)) => {
                for (member, value) in term {
                    match (member.as_str(), value.as_str()) {
                        ("@id", Some(_)) | ("@container", Some("@set" | "@list" | "@graph")) => {}
                        ("@type", Some(datatype)) => {
                            assert!(!datatype.ends_with("/XMLSchema#double"), "{url}: {name}");
                            assert_ne!(datatype, "http://www.w3.org/2001/XMLSchema#string", "{url}: {name}");
                        }
                        ("@context", None) => check_known(value, url),
                        _ => panic!("{url}: {name}: {member}"),
                    }
                }
                assert!(term.contains_key("@id"), "{url}: {name}");
            }
            _ => panic!("{url}: {name}"),
        }
    }
}

#[test]
fn vectors() {
    let cases = cases::vectors();
    assert!(cases.len() > 500, "{}", cases.len());
    let Some((accepted, codes)) = compare(&cases) else { return };
    assert!(accepted > 300, "{accepted}");
    assert!(codes.len() > 8, "{codes:?}");
}

#[test]
fn attacks_and_published_vectors() {
    let cases = cases::attacks();
    assert!(cases.len() > 200, "{}", cases.len());
    let Some((accepted, codes)) = compare(&cases) else { return };
    assert!(accepted > 50, "{accepted}");
    assert!(codes.len() > 12, "{codes:?}");
}

#[test]
fn odd_documents() {
    let count = std::env::var("RDF_CASES").ok().and_then(|count| count.parse().ok()).unwrap_or(300);
    let cases = [odd::documents(count), odd::altered(count)].concat();
    let Some((accepted, codes)) = compare(&cases) else { return };
    assert!(accepted > count / 5, "{accepted}");
    assert!(codes.len() > 5, "{codes:?}");
}

/// Thousands of further documents, for which no page is asked.
#[test]
fn compiled_contexts_say_what_the_processor_says() {
    let cases = [odd::documents(1_500), odd::altered(1_500)].concat();
    compare_with_processor(&cases);
    let accepted = cases.iter().filter(|(_, document)| canonical_nquads(document).is_ok()).count();
    assert!(accepted > 600, "{accepted}");
}

#[test]
fn addresses_and_labels() {
    let cases = odd::names();
    let Some((accepted, _)) = compare(&cases) else { return };
    assert!(accepted > 80, "{accepted} of {}", cases.len());
}

/// What once was lost unseen, or took too long: program and page refuse it alike.
#[test]
fn what_was_lost_unseen() {
    let cases = data("proofs/unseen.json");
    let cases = cases.as_array().unwrap();
    let documents: Vec<Case> =
        cases.iter().map(|case| (case["name"].to_string(), case["document"].clone())).collect();
    for case in cases {
        let why = canonical_nquads(&case["document"]).unwrap_err();
        assert_eq!(case["expect"], why.to_string(), "{}", case["name"]);
    }
    compare(&documents);
}
