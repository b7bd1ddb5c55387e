//! Badges altered after signing, and what is no badge at all: each refused before anything else is asked.

use serde_json::{Value, json};
use typeproof::badge::vc::did;
use typeproof::badge::vc::proof::{self, ProofOptions, Suite};
use typeproof::trust::multikey;

use super::Named;
use crate::support::cast::{self, COLLEGE, LEARNER, Who};
use crate::support::patch::{apply, data};
use crate::support::vector::Vector;

const UNFIT: &str = ": it does not fit";

pub fn made() -> Named {
    [alterations(), signatures(), signers(), poisoned(), texts()].concat()
}

/// The cases of `alterations.json`: what is set and removed in the college's badge. There, an object `{"=": pointer}`
/// stands for what the badge has at that place.
fn alterations() -> Named {
    let cases = data("vectors/alterations.json");
    let text = |case: &Value, member: &str| case[member].as_str().unwrap().to_owned();
    let vector = |case: &Value| {
        let altered = apply(&filled(case), &COLLEGE.credential);
        (text(case, "name"), Vector::credential(&text(case, "what"), &altered).refused(&text(case, "why")))
    };
    cases.as_array().unwrap().iter().map(vector).collect()
}

fn filled(value: &Value) -> Value {
    match value {
        Value::Object(members) => match members.get("=") {
            Some(place) => COLLEGE.credential.pointer(place.as_str().unwrap()).unwrap().clone(),
            None => members.iter().map(|(name, value)| (name.clone(), filled(value))).collect(),
        },
        Value::Array(items) => items.iter().map(filled).collect(),
        other => other.clone(),
    }
}

fn set(name: &str, what: &str, pointer: &str, value: Value, why: &str) -> (String, Vector) {
    let altered = apply(&json!({"set": {pointer: value}}), &COLLEGE.credential);
    (name.to_owned(), Vector::credential(what, &altered).refused(why))
}

/// Signatures that are another badge's, or written otherwise.
fn signatures() -> Named {
    let [rdf, jcs] = [0, 1].map(|n| COLLEGE.credential["proof"][n]["proofValue"].as_str().unwrap());
    let [own_rdf, own_jcs] = [0, 1].map(|n| LEARNER.credential["proof"][n]["proofValue"].clone());
    let bytes = bs58::decode(&jcs[1..]).into_vec().unwrap();
    let base64 = format!("u{}", data_encoding::BASE64URL_NOPAD.encode(&bytes));
    let form = "not have the form of a signature";
    let mut cases: Named = [
        ("first-bad", "The RDF signature is another's.", 0, own_rdf, "signature 1 of 2: it does not fit"),
        ("second-bad", "The JSON signature is another's.", 1, own_jcs, "signature 2 of 2: it does not fit"),
        ("value-base64url", "The signature in base64url.", 1, json!(base64), form),
        ("value-without-z", "The signature without its z.", 1, json!(jcs[1..]), form),
        ("value-longer", "A leading zero byte.", 1, json!(format!("z1{}", &jcs[1..])), form),
        ("value-letter", "A letter that base58 has not.", 0, json!(rdf.replace(&rdf[5..6], "0")), form),
        (
            "value-malleable",
            "The group's order added.",
            1,
            json!(malleable(&bytes)),
            "signature 2 of 2: it does not fit",
        ),
    ]
    .map(|(name, what, proof, value, why)| {
        set(&format!("proof-{name}"), what, &format!("/proof/{proof}/proofValue"), value, why)
    })
    .into();
    let urn = LEARNER.credential.pointer("/credentialSubject/achievement/id").unwrap().as_str().unwrap();
    let level = "/credentialSubject/result/5/achievedLevel";
    let raised = apply(&json!({"set": {level: format!("{urn}#proctored")}}), &LEARNER.credential);
    let raised = Vector::credential("Self-assessed raised to proctored.", &raised);
    cases.push(("changed-assurance-raised".to_owned(), raised.refused(UNFIT)));
    cases
}

/// S + L in place of S: the same signature to a verifier that does not look (RFC 8032, section 5.1.7).
fn malleable(signature: &[u8]) -> String {
    const ORDER: [u8; 32] = [
        0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
    ];
    let mut sum = signature.to_vec();
    let mut carry = 0;
    for (byte, order) in sum[32..].iter_mut().zip(ORDER) {
        let total = u16::from(*byte) + u16::from(order) + carry;
        (*byte, carry) = (total.to_le_bytes()[0], total >> 8);
    }
    format!("z{}", bs58::encode(sum).into_string())
}

/// Signed by somebody else, or by nobody.
fn signers() -> Named {
    let college = &COLLEGE.credential;
    let mut wrong_key = college.clone();
    wrong_key["proof"] = signed_as(college, &Who::College.profile().method());
    let mut other = college.clone();
    other["proof"] = signed_as(college, &Who::Stranger.profile().method());
    let nobody = cast::small_order();
    let mut small = college.clone();
    small["issuer"]["id"] = nobody.did.clone().into();
    small["proof"] = json!([universal(&small, &nobody.method())]);
    let no_document = cast::sign(Who::Web, &cast::foreign(&Who::Web.profile()));
    let web = || Vector::credential("By did:web.", &no_document);
    let mut unlisted = cast::web_document();
    unlisted["assertionMethod"] = json!([]);
    let mut other_key = cast::web_document();
    other_key["verificationMethod"][0]["publicKeyMultibase"] = Who::Stranger.multikey().into();
    let mut revoked = cast::web_document();
    revoked["verificationMethod"][0]["revoked"] = "2026-06-01T00:00:00Z".into();
    let mut controller = cast::web_document();
    controller["verificationMethod"][0]["controller"] = "did:web:elsewhere.example".into();
    let named = [
        (
            "signer-wrong-key",
            Vector::credential("Signed with another key in the issuer's name.", &wrong_key).refused(UNFIT),
        ),
        (
            "signer-another-issuer",
            Vector::credential("Signed by another issuer.", &other).refused("was made with a key of"),
        ),
        (
            "signer-small-order",
            Vector::credential("A key for which anybody can sign.", &small)
                .refused("signature 1 of 1: the key"),
        ),
        (
            "did-web-without-document",
            web().expect(
                "cannot-tell",
                "- - - - -",
                "Cannot tell: the key of did:web:badges.example.org is published at",
            ),
        ),
        ("did-web-unlisted", web().with_document(unlisted).refused("does not list")),
        ("did-web-other-key", web().with_document(other_key).refused(UNFIT)),
        ("did-web-revoked", web().with_document(revoked).refused("marks did:web:badges.example.org#")),
        ("did-web-controller", web().with_document(controller).refused("as somebody else's key")),
        (
            "did-web-pinned-and-unlisted",
            web()
                .trusting(&[Who::Web])
                .with_document(json!({"id": "did:web:badges.example.org"}))
                .refused("does not list"),
        ),
    ];
    named.map(|(name, vector)| (name.to_owned(), vector)).into()
}

/// Proofs by the stranger's key under any method.
fn signed_as(credential: &Value, method: &str) -> Value {
    let document = apply(&json!({"remove": ["/proof"]}), credential);
    let created = document["validFrom"].as_str().unwrap().to_owned();
    let options = ProofOptions { created, verification_method: method.to_owned() };
    Suite::ALL.map(|s| proof::sign(&document, s, &options, &Who::Stranger.key()).unwrap()).to_vec().into()
}

/// A signature that a verifier without care takes for good under a key of small order, whatever was signed.
fn universal(credential: &Value, method: &str) -> Value {
    let options = ProofOptions { created: cast::NOW.to_owned(), verification_method: method.to_owned() };
    let mut signature = [0; 64];
    signature[0] = 1;
    proof::proof_object(credential, Suite::EddsaJcs2022, &options, &signature)
}

/// Graphs made to keep a verifier busy.
fn poisoned() -> Named {
    let alike = |results: usize| vec![json!({"type": ["Result"], "status": "Completed"}); results];
    let texts: Vec<String> = (0..2_000).map(|n| n.to_string()).collect();
    let list = json!({"id": "urn:x:list", "type": ["ResultDescription"], "name": "n", "resultType": "Status", "allowedValue": texts});
    let lists = json!([list, apply(&json!({"set": {"/id": "urn:x:other"}}), &list)]);
    let deep = (0..30).fold(
        json!({"type": ["Profile"], "name": "first"}),
        |below, n| json!({"type": ["Profile"], "name": n.to_string(), "parentOrg": below}),
    );
    let why = "look alike, and telling them apart would take too long";
    [
        ("nine-alike", "Nine results alike.", "/credentialSubject/result", json!(alike(9)), why),
        (
            "hundreds-alike",
            "Four hundred results alike.",
            "/credentialSubject/result",
            json!(alike(400)),
            why,
        ),
        (
            "long-lists-alike",
            "Two long lists alike.",
            "/credentialSubject/achievement/resultDescription",
            lists,
            why,
        ),
        (
            "deep",
            "Organisations within organisations.",
            "/credentialSubject/source",
            deep,
            "nests deeper than",
        ),
    ]
    .map(|(name, what, pointer, value, why)| {
        let altered = apply(&json!({"set": {pointer: value}}), &COLLEGE.credential);
        (format!("poisoned-{name}"), Vector::credential(what, &altered).left_open(why))
    })
    .into()
}

/// Texts that no two readers read alike, or that are no badge.
fn texts() -> Named {
    let text = COLLEGE.credential.to_string();
    let inside =
        text.replacen("\"identityHash\":", "\"identityHash\":\"Mario Lindqvist\",\"identityHash\":", 1);
    let escaped = text.replacen("\"name\":", "\"n\\u0061me\":\"Typing 120 WPM\",\"name\":", 1);
    let number = |n: &str| text.replacen("\"version\":\"1\"", &format!("\"version\":{n}"), 1);
    let cases = [
        (
            "duplicate",
            "A member twice.",
            text.replacen('{', "{\"validUntil\":\"2099-01-01T00:00:00Z\",", 1),
            "is there twice",
        ),
        (
            "duplicate-inside",
            "A member twice, further in.",
            inside,
            "is there twice at \"/credentialSubject/identifier/0\"",
        ),
        ("duplicate-escaped", "A member twice, once with an escape.", escaped, "is there twice"),
        ("cut-off", "The text without its end.", text[..text.len() - 1].to_owned(), "is not JSON"),
        ("cut-off-in-the-middle", "Half of the text.", text[..text.len() / 2].to_owned(), "is not JSON"),
        ("more-behind", "Something behind the end.", format!("{text} x"), "is not JSON"),
        ("twice", "Two badges in one file.", format!("{text}\n{text}"), "is not JSON"),
        ("nul-behind", "A NUL behind the end.", format!("{text}\0"), "is not JSON"),
        ("comment", "A comment.", format!("// mine\n{text}"), "is not JSON"),
        ("trailing-comma", "A comma too many.", text.replacen("]}", "],}", 1), "is not JSON"),
        (
            "lone-surrogate",
            "Half of a character.",
            text.replacen("City College", "City \\ud800 College", 1),
            "is not JSON",
        ),
        (
            "raw-control",
            "A control character within a text.",
            text.replacen("City College", "City \u{1b}[31mCollege", 1),
            "is not JSON",
        ),
        ("fraction", "A number with a fraction.", number("1.5"), UNFIT),
        ("exponent", "A number with an exponent.", number("1.5e-3"), UNFIT),
        (
            "large-number",
            "A number beyond 53 bits.",
            number("9007199254740993"),
            "Cannot tell: the number at",
        ),
        ("number", "A number for a text.", number("1"), UNFIT),
        ("nan", "No number.", number("NaN"), "is not JSON"),
        ("empty", "Nothing.", String::new(), "is not JSON"),
        ("web-page", "A web page.", "<!doctype html><title>Badge</title>".to_owned(), "is not JSON"),
        (
            "list",
            "A list with the badge twice.",
            format!("[{text},{text}]"),
            "Cannot tell: it holds 2 badges",
        ),
        (
            "text",
            "A text.",
            "\"valid\"".to_owned(),
            "Cannot tell: it is not an Open Badge 3.0 as it is read here: it is not a JSON object",
        ),
        (
            "nothing",
            "A null.",
            "null".to_owned(),
            "Cannot tell: it is not an Open Badge 3.0 as it is read here: it is not a JSON object",
        ),
        ("empty-object", "An object without members.", "{}".to_owned(), "names no `@context`"),
        (
            "deep",
            "Ten thousand brackets.",
            "[".repeat(10_000),
            "Cannot tell: the document nests deeper than 32",
        ),
        (
            "presentation",
            "Two badges within a presentation.",
            format!(
                "{{\"@context\":[\"https://www.w3.org/ns/credentials/v2\"],\"type\":[\"VerifiablePresentation\"],\"verifiableCredential\":[{text},{text}]}}"
            ),
            "Cannot tell: it holds 2 badges",
        ),
    ];
    cases
        .map(|(name, what, text, why)| (format!("text-{name}"), Vector::document(what, text).refused(why)))
        .into()
}

#[test]
fn a_small_order_key_is_one() {
    let nobody = cast::small_order();
    assert!(nobody.key.is_weak());
    assert_eq!(nobody.did, did::did_key(&nobody.key));
    assert_eq!(multikey::decode(&multikey::encode(&nobody.key)), Err(multikey::KeyError::Weak));
}
