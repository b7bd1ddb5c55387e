//! Published libraries judge our badges: what is issued here is accepted by verifiers that others wrote, and what was
//! altered is refused by each of them.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use typeproof::badge::carry::bake;
use typeproof::badge::carry::link;
use typeproof::badge::credential;
use typeproof::badge::draw::picture;
use typeproof::badge::verify::{self, Check};
use typeproof::lessons::catalogue::Catalogue;
use typeproof::trust::{Issuer, TrustList};

use crate::support::cast::{COLLEGE, LEARNER, NOW, Who};
use crate::support::node;
use crate::support::vector;

/// Vectors that no library may take: what the badge says was altered, or who signed it.
const ALTERED: [&str; 20] = [
    "added-result",
    "added-second-subject",
    "changed-achievement-id",
    "changed-assurance-raised",
    "changed-criteria",
    "changed-evidence-id",
    "changed-holder-email",
    "changed-holder-name",
    "changed-holder-name-letter",
    "changed-id",
    "changed-issuer-id",
    "changed-issuer-name",
    "changed-required-speed",
    "changed-result-accuracy",
    "changed-result-net",
    "changed-valid-from",
    "changed-valid-until",
    "dropped-errors",
    "signer-another-issuer",
    "signer-wrong-key",
];

/// Vectors of which one proof was altered. A library that is given both is content with the other, as the standard
/// allows; the program asks for all.
const ALTERED_PROOF: [(&str, &str); 4] = [
    ("proof-created", "eddsa-rdfc-2022"),
    ("proof-first-bad", "eddsa-rdfc-2022"),
    ("proof-second-bad", "eddsa-jcs-2022"),
    ("proof-value-letter", "eddsa-rdfc-2022"),
];

/// By library, with what it was given: why it refuses, or nothing.
type Answers = BTreeMap<String, Option<String>>;

/// What the libraries say of these badge files by name, each at a time of asking.
pub fn judge(cases: &[(&str, &str, &str)]) -> BTreeMap<String, Answers> {
    let cases = cases.iter().map(|(name, badge, now)| json!({"name": name, "badge": badge, "now": now}));
    let said = node::run("libraries.mjs", &json!({"cases": cases.collect::<Vec<_>>()}));
    assert_eq!(said["fetched"], json!([]), "no library asks the network");
    serde_json::from_value(said["answers"].clone()).unwrap()
}

/// Every library accepts these badge files, each proof alone and all together.
pub fn assert_accepted(cases: &[(&str, &str, &str)]) {
    for (name, answers) in judge(cases) {
        assert_eq!(answers.len(), 7, "{name}: {answers:?}");
        assert!(answers.values().all(Option::is_none), "{name}: {answers:#?}");
    }
}

fn text(credential: &Value) -> String {
    serde_json::to_string_pretty(credential).unwrap()
}

#[test]
fn published_libraries_accept_what_is_issued() {
    if !node::ready() {
        return;
    }
    let (own, proctored) = (text(&LEARNER.credential), text(&COLLEGE.credential));
    assert_accepted(&[("self-assessed", &own, NOW), ("proctored", &proctored, NOW)]);
}

#[test]
fn published_libraries_refuse_what_was_altered() {
    if !node::ready() {
        return;
    }
    let vectors = vector::bad();
    let altered = ALTERED.map(|name| (name, vectors[name].given.as_str(), vectors[name].now.as_str()));
    for (name, answers) in judge(&altered) {
        assert!(answers.len() >= 5 && answers.values().all(Option::is_some), "{name}: {answers:#?}");
    }
    let altered =
        ALTERED_PROOF.map(|(name, _)| (name, vectors[name].given.as_str(), vectors[name].now.as_str()));
    let answers = judge(&altered);
    for (name, suite) in ALTERED_PROOF {
        let answers: Vec<_> = answers[name].iter().filter(|(asked, _)| asked.ends_with(suite)).collect();
        assert!(!answers.is_empty() && answers.iter().all(|(_, why)| why.is_some()), "{name}: {answers:#?}");
    }
}

#[test]
fn published_libraries_refuse_what_is_not_in_force() {
    if !node::ready() {
        return;
    }
    let badge = text(&COLLEGE.credential);
    let cases = [("before", &*badge, "2026-11-19T12:00:00Z"), ("after", &*badge, "2029-11-21T12:00:00Z")];
    for (name, answers) in judge(&cases) {
        assert!(answers.values().all(Option::is_some), "{name}: {answers:#?}");
    }
}

#[test]
fn the_libraries_are_pinned_and_no_registry_is_named() {
    let read = |name| std::fs::read_to_string(node::folder().join(name)).unwrap();
    let (package, lock): (Value, Value) = (
        serde_json::from_str(&read("package.json")).unwrap(),
        serde_json::from_str(&read("package-lock.json")).unwrap(),
    );
    for (name, version) in package["devDependencies"].as_object().unwrap() {
        assert_eq!(lock["packages"][format!("node_modules/{name}")]["version"], *version, "{name}");
    }
    for (path, package) in lock["packages"].as_object().unwrap().iter().filter(|(path, _)| !path.is_empty()) {
        assert!(package.get("resolved").is_none() && package.get("integrity").is_some(), "{path}: {package}");
    }
}

/// The credential in a PNG file, as another program's reader of chunks finds it (Open Badges 3.0, section 5.3).
fn from_png(bytes: &[u8]) -> String {
    let reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
    let chunks = &reader.info().utf8_text;
    let baked: Vec<_> = chunks.iter().filter(|chunk| chunk.keyword == "openbadgecredential").collect();
    assert!(baked.len() == 1 && !baked[0].compressed, "one, as it is");
    baked[0].get_text().unwrap()
}

/// The credential in an SVG file, as another program's reader of XML finds it.
fn from_svg(bytes: &[u8]) -> String {
    let text = std::str::from_utf8(bytes).unwrap();
    let document = roxmltree::Document::parse(text).unwrap();
    let name = ("https://purl.imsglobal.org/ob/v3p0", "credential");
    let baked = document.root_element().first_element_child().filter(|first| first.has_tag_name(name));
    baked.expect("straight after <svg>").text().unwrap().to_owned()
}

#[test]
fn published_libraries_accept_every_form_of_a_badge() {
    if !node::ready() {
        return;
    }
    let link = link::url("https://badges.example.org/v", &COLLEGE.token);
    let (drawn, painted) = (
        picture::svg(&COLLEGE.credential, &link).unwrap(),
        picture::png(&COLLEGE.credential, &link).unwrap(),
    );
    let png = from_png(&bake::png(&painted, &COLLEGE.credential).unwrap());
    let svg = from_svg(bake::svg(&drawn, &COLLEGE.credential).unwrap().as_bytes());
    assert!(png.is_ascii() && svg.is_ascii(), "some wallets take other letters for what they are not");
    let both = credential::full_token(&COLLEGE.token, &COLLEGE.credential).unwrap();
    let mut trust = TrustList::default();
    trust.add(Issuer::parse("college", &Who::College.toml()).unwrap());
    let check = Check {
        trust: &trust,
        catalogue: &Catalogue::embedded(),
        now: NOW.parse().unwrap(),
        documents: &[],
        statuses: &[],
        holder: None,
        attempt: None,
    };
    let rebuilt = verify::token(&both, &check).credential.unwrap();
    assert_eq!(text(&rebuilt), text(&COLLEGE.credential), "byte for byte");
    assert_accepted(&[
        ("PNG", &png, NOW),
        ("SVG", &svg, NOW),
        ("rebuilt from the code", &text(&rebuilt), NOW),
    ]);
}
