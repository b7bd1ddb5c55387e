//! JSON-LD safe mode: nothing that would not be signed gets through, and nothing takes for ever.

use crate::support::patch::{apply, data};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::time::{Duration, Instant};
use typeproof::badge::vc::canon::{canonical_nquads, jcs};
use typeproof::badge::vc::context;
use typeproof::badge::vc::rdf::{RdfError, quads};

/// Far above what any accepted document takes here, far below what a poisoned graph would.
const SOON: Duration = Duration::from_secs(5);

#[test]
fn contexts_are_the_pinned_ones() {
    for context in &context::BUNDLED {
        let digest = data_encoding::HEXLOWER.encode(&Sha256::digest(context.json));
        assert_eq!(digest, context.sha256, "{}", context.url);
        let json: Value = serde_json::from_str(context.json).unwrap();
        assert!(json["@context"].is_object(), "{}", context.url);
        assert_eq!(context::find(context.url).unwrap().sha256, context.sha256);
    }
    assert_eq!(context::BUNDLED[0].url, "https://www.w3.org/ns/credentials/v2");
    assert_eq!(context::BUNDLED[1].url, "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json");
}

#[test]
fn a_badge_passes_whole() {
    let document = data("proofs/credential.json");
    assert_eq!(quads(&document).unwrap().len(), 99);
    let canonical = canonical_nquads(&document).unwrap();
    assert!(canonical.contains("_:c14n0 ") && canonical.ends_with(" .\n"));
    assert_eq!(canonical, canonical_nquads(&document).unwrap());
}

#[test]
fn cases() {
    let document = data("proofs/credential.json");
    let cases = data("proofs/safe.json");
    let (mut refused, mut wrong) = (0, Vec::new());
    for case in cases.as_array().unwrap() {
        match (quads(&apply(case, &document)), case["expect"].as_str()) {
            (Ok(_), None) => {}
            (Err(error), Some(expected)) if error.to_string().contains(expected) => refused += 1,
            (Ok(quads), Some(_)) => {
                wrong.push(format!("{}: accepted as {} quads", case["name"], quads.len()))
            }
            (Err(error), _) => wrong.push(format!("{}: {error}", case["name"])),
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(refused >= 50, "{refused}");
}

#[test]
fn documents_that_are_none() {
    for document in [json!(null), json!([]), json!("x"), json!(1)] {
        assert_eq!(quads(&document), Err(RdfError::NotAnObject), "{document}");
    }
}

#[test]
fn an_id_that_a_context_unsays_is_a_loss() {
    let document = json!({
        "@context": context::CREDENTIALS_V2,
        "type": ["VerifiablePresentation"],
        "verifiableCredential": {"id": "urn:x:y"},
    });
    assert_eq!(quads(&document), Err(RdfError::DataLoss { lost: 1, unknown: vec![] }));
}

fn with_results(subjects: usize, results: usize) -> Value {
    let mut document = data("proofs/credential.json");
    let subject = json!({
        "type": ["AchievementSubject"],
        "result": vec![json!({"type": ["Result"], "status": "Completed"}); results],
    });
    document["credentialSubject"] = if subjects == 1 { subject } else { vec![subject; subjects].into() };
    document
}

#[test]
fn poisoned_graphs_are_refused_at_once() {
    let start = Instant::now();
    for (subjects, results) in [(2, 9), (1, 5), (2, 3), (5, 1), (20, 20), (1, 400)] {
        let found = quads(&with_results(subjects, results));
        assert!(matches!(found, Err(RdfError::Alike { .. })), "{subjects} × {results}: {found:?}");
    }
    let chain = |length: usize| {
        let mut document = with_results(1, 1);
        let values: Vec<String> = (0..length).map(|n| n.to_string()).collect();
        let list = json!({"type": ["ResultDescription"], "name": "n", "resultType": "Status", "allowedValue": values});
        document["credentialSubject"]["achievement"] =
            json!({"type": ["Achievement"], "name": "n", "resultDescription": [list.clone(), list]});
        document
    };
    assert_eq!(quads(&chain(2000)), Err(RdfError::Alike { count: 4002 }));
    assert!(canonical_nquads(&chain(30)).is_ok());
    assert!(start.elapsed() < SOON, "{:?}", start.elapsed());
}

#[test]
fn the_worst_that_is_accepted_is_quick() {
    let start = Instant::now();
    for (subjects, results) in [(1, 4), (2, 2), (4, 1)] {
        canonical_nquads(&with_results(subjects, results)).unwrap();
    }
    let groups: Vec<Value> =
        (0..32).flat_map(|n| vec![json!({"type": ["Result"], "value": n.to_string()}); 2]).collect();
    let mut document = with_results(1, 1);
    document["credentialSubject"]["result"] = groups.into();
    canonical_nquads(&document).unwrap();
    let chain = (0..14).fold(
        json!({"type": ["Profile"], "name": "first"}),
        |below, n| json!({"type": ["Profile"], "name": n.to_string(), "parentOrg": below}),
    );
    let mut document = with_results(1, 1);
    document["credentialSubject"]["source"] = vec![chain; 4].into();
    canonical_nquads(&document).unwrap();
    assert!(start.elapsed() < SOON, "{:?}", start.elapsed());
}

#[test]
fn canonical_json_is_that_of_rfc_8785() {
    let document = json!({
        "\u{20ac}": "Euro", "\r": "CR", "\u{fb33}": "Hebrew", "1": "One", "\u{1f600}": "Emoji", "\u{80}": "Control",
        "\u{f6}": "o", "numbers": [0, -7, 9_007_199_254_740_991_u64], "string": "\u{20ac}$\u{f}\nA'B\"\\\"/",
        "literals": [null, true, false],
    });
    let expected = "{\"\\r\":\"CR\",\"1\":\"One\",\"literals\":[null,true,false],\"numbers\":[0,-7,9007199254740991],\
        \"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\"/\",\"\u{80}\":\"Control\",\"ö\":\"o\",\"€\":\"Euro\",\"😀\":\"Emoji\",\
        \"\u{fb33}\":\"Hebrew\"}";
    assert_eq!(String::from_utf8(jcs(&document).unwrap()).unwrap(), expected);
}
