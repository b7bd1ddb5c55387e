//! Documents at hand: the verification vectors, the published proofs, and the attacks on safe mode.

use ed25519_dalek::SigningKey;
use serde_json::{Value, json};
use typeproof::badge::vc::did;
use typeproof::badge::vc::json;
use typeproof::badge::vc::proof::{ProofOptions, Suite, sign};

use super::Case;
use crate::support::badges;
use crate::support::patch::{apply, data};
use crate::support::vector::{self, Kind, Vector};

/// A credential without its proofs, and the options of each proof under the credential's contexts.
fn parts(name: &str, credential: &Value) -> Vec<Case> {
    let mut document = credential.clone();
    let proofs = document.as_object_mut().and_then(|members| members.shift_remove("proof"));
    let proofs = match proofs {
        Some(Value::Array(list)) => list,
        Some(one) => vec![one],
        None => Vec::new(),
    };
    let options = proofs.into_iter().enumerate().map(|(number, mut proof)| {
        if let Some(members) = proof.as_object_mut() {
            members.shift_remove("proofValue");
            members.insert("@context".into(), document["@context"].clone());
        }
        (format!("{name}, proof {number}"), proof)
    });
    let options: Vec<Case> = options.collect();
    [vec![(name.to_owned(), document)], options].concat()
}

/// Every document of the verification vectors that is JSON.
pub(super) fn vectors() -> Vec<Case> {
    let documents = vector::all().filter(|(_, vector)| vector.kind == Kind::Document);
    let read = |(name, vector): (String, Vector)| Some((name, json::parse(vector.given.as_bytes()).ok()?));
    documents.filter_map(read).flat_map(|(name, credential)| parts(&name, &credential)).collect()
}

fn signed() -> Value {
    let key = SigningKey::from_bytes(&[7; 32]);
    let options = ProofOptions {
        created: "2026-11-20T18:06:00Z".into(),
        verification_method: badges::did_key_method(&key),
    };
    let mut document = data("proofs/credential.json");
    document["issuer"]["id"] = did::did_key(&key.verifying_key()).into();
    let proofs = Suite::ALL.map(|suite| sign(&document, suite, &options, &key).unwrap());
    document["proof"] = proofs.to_vec().into();
    document
}

/// The cases of `tests/data/proofs`, those that `tests/it/badge/vc/rdf.rs` builds, and the forms that took thought.
pub(super) fn attacks() -> Vec<Case> {
    let (plain, signed) = (data("proofs/credential.json"), signed());
    let mut cases = Vec::new();
    for (file, document) in [("proofs/safe.json", &plain), ("proofs/altered.json", &signed)] {
        for case in data(file).as_array().unwrap() {
            let credential = apply(case, document);
            cases.extend(parts(&format!("{file}: {}", case["name"]), &credential));
            cases.push((format!("{file}: {}, whole", case["name"]), credential));
        }
    }
    cases.extend(parts("published", &data("proofs/ob3-eddsa-rdfc-2022.json")["signed"]));
    cases.extend(parts("did", &data("proofs/did.json")));
    for document in [json!(null), json!([]), json!("x"), json!(1), json!({})] {
        cases.push((document.to_string(), document));
    }
    for (subjects, results) in [(2, 9), (1, 5), (2, 3), (5, 1), (20, 20), (1, 400), (1, 4), (2, 2), (4, 1)] {
        cases.push((format!("{subjects} × {results}"), with_results(subjects, results)));
    }
    cases.extend(hard().into_iter().enumerate().map(|(n, document)| (format!("hard {n}"), document)));
    for case in data("proofs/forms.json").as_array().unwrap() {
        cases.push((case["name"].to_string(), case["document"].clone()));
    }
    cases
}

fn with_results(subjects: usize, results: usize) -> Value {
    let mut document = data("proofs/credential.json");
    let result = json!({"type": ["Result"], "status": "Completed"});
    let subject = json!({"type": ["AchievementSubject"], "result": vec![result; results]});
    document["credentialSubject"] = vec![subject; subjects].into();
    document
}

/// About as many look-alikes as are let through, in the forms that cost the most.
fn hard() -> Vec<Value> {
    let base = |source: Vec<Value>| {
        let mut document = data("proofs/credential.json");
        document["credentialSubject"] = json!({"type": ["AchievementSubject"], "source": source});
        document
    };
    let profile = |name: usize, below: Value| json!({"type": ["Profile"], "name": name.to_string(), "parentOrg": below});
    let leaf = |name: usize| json!({"type": ["Profile"], "name": name.to_string()});
    let chain = (0..15).fold(leaf(99), |below, name| profile(name, below));
    let pairs = |from: usize| (from..from + 15).flat_map(|name| vec![leaf(name); 2]).collect::<Value>();
    let squares = |from: usize| {
        (from..from + 7).map(|n| profile(n, json!([leaf(n + 50), leaf(n + 50)]))).collect::<Value>()
    };
    vec![
        base(vec![chain.clone(); 4]),
        base(vec![chain; 5]),
        base((0..32).flat_map(|name| vec![leaf(name); 2]).collect()),
        base((0..33).flat_map(|name| vec![leaf(name); 2]).collect()),
        base((0..16).flat_map(|name| vec![leaf(name); 4]).collect()),
        base(vec![profile(0, pairs(1)); 2]),
        base(vec![profile(0, squares(1)); 2]),
    ]
}
