//! The same statements in another spelling: a badge with the RDF proof alone, whose proof stays good whatever JSON says
//! them. The verifier reads the same, or refuses.

use serde_json::{Map, Value, json};
use typeproof::badge::vc::canon;
use typeproof::badge::vc::proof::Suite;
use typeproof::badge::verify::form;
use typeproof::badge::verify::summary::Summary;
use typeproof::badge::verify::verdict::Verdict;
use typeproof::badge::verify::{self, Check};
use typeproof::lessons::catalogue::Catalogue;
use typeproof::trust::{Issuer, TrustList};

use super::Named;
use crate::support::cast::{self, COLLEGE, Who};
use crate::support::patch::apply;
use crate::support::vector::Vector;

const OPEN_BADGES: &str = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#";
const TWO_WAYS: &str = "Cannot tell: the badge ";
/// To these contexts a result names its description by a text, so that a node in its place says something else.
const UNFIT: &str = ": it does not fit";
const ALIAS: &str = "Cannot tell: the name at";

/// The college's badge with the RDF proof alone.
fn badge() -> Value {
    cast::sign_with(Who::College, &COLLEGE.credential, &[Suite::EddsaRdfc2022], None)
}

fn at(badge: &Value, place: &str) -> Value {
    badge.pointer(place).unwrap_or_else(|| panic!("no {place}")).clone()
}

/// A member by the whole address of its term.
fn by_address(badge: &Value, above: &str, name: &str, address: &str) -> Value {
    let mut badge = badge.clone();
    let members = badge.pointer_mut(above).unwrap().as_object_mut().unwrap();
    let value = members.shift_remove(name).unwrap();
    members.insert(address.to_owned(), value);
    badge
}

/// The description of a result where the result names it, and its id where it was described.
fn moved(badge: &Value, place: &str, used: &str) -> Value {
    let node = at(badge, place);
    apply(&json!({"set": {place: {"id": node["id"]}, used: node}}), badge)
}

/// Spellings that made an earlier reader see another badge.
fn spellings() -> Vec<(&'static str, &'static str, Value, &'static str)> {
    let badge = badge();
    let subject = "/credentialSubject";
    let (level, name) =
        ("/credentialSubject/result/5/achievedLevel", "/credentialSubject/identifier/0/identityHash");
    let one = |place: &str| apply(&json!({"set": {place: [at(&badge, place)]}}), &badge);
    let described = "/credentialSubject/achievement/resultDescription";
    let mut twice = badge.clone();
    let id = at(&badge, &format!("{described}/0/id"));
    twice.pointer_mut(described).unwrap().as_array_mut().unwrap().insert(0, json!({"id": id}));
    let status = json!({"id": "urn:x:status", "type": "BitstringStatusListEntry", "statusPurpose": "revocation",
        "statusListIndex": "5", "statusListCredential": "https://college.example.org/status"});
    let revocable = apply(&json!({"set": {"/credentialStatus": status}}), &COLLEGE.credential);
    let revocable = cast::sign_with(Who::College, &revocable, &[Suite::EddsaRdfc2022], None);
    let class = by_address(&badge, "/credentialSubject/achievement", "criteria", "Criteria");
    vec![
        ("level-in-a-list", "The supervision in a list of one.", one(level), TWO_WAYS),
        (
            "description-in-a-list",
            "The description's id in a list of one.",
            one("/credentialSubject/result/5/resultDescription"),
            TWO_WAYS,
        ),
        ("name-in-a-list", "The holder's name in a list of one.", one(name), TWO_WAYS),
        (
            "achievement-name-in-a-list",
            "The achievement's name in a list of one.",
            one("/credentialSubject/achievement/name"),
            TWO_WAYS,
        ),
        (
            "hashed-as-text",
            "\"true\" for true.",
            apply(&json!({"set": {"/credentialSubject/identifier/1/hashed": "true"}}), &badge),
            TWO_WAYS,
        ),
        (
            "results-by-address",
            "The results under the whole address of their term.",
            by_address(&badge, subject, "result", &format!("{OPEN_BADGES}result")),
            ALIAS,
        ),
        (
            "status-by-address",
            "The list of revoked badges under the whole address of its term.",
            by_address(
                &revocable,
                "",
                "credentialStatus",
                "https://www.w3.org/2018/credentials#credentialStatus",
            ),
            ALIAS,
        ),
        ("criteria-by-class", "The criteria under the name of their class.", class, ALIAS),
        (
            "description-moved",
            "The description of the supervision within the result.",
            moved(&badge, &format!("{described}/5"), "/credentialSubject/result/5/resultDescription"),
            UNFIT,
        ),
        (
            "level-moved",
            "The level within the result.",
            moved(&badge, &format!("{described}/5/rubricCriterionLevel/2"), level),
            UNFIT,
        ),
        ("description-twice", "A description's bare id before the description.", twice, TWO_WAYS),
    ]
}

pub fn made() -> Named {
    let vector = |(name, what, badge, why)| {
        (format!("respelled-{name}"), Vector::credential(what, &badge).refused(why))
    };
    spellings().into_iter().map(vector).collect()
}

/// All places of a document but its contexts and proofs, as pointers.
fn places(value: &Value, above: &str, into: &mut Vec<String>) {
    let mut below = |name: &str, value: &Value| {
        let place = format!("{above}/{}", name.replace('~', "~0").replace('/', "~1"));
        if !matches!(place.as_str(), "/@context" | "/proof") {
            into.push(place.clone());
            places(value, &place, into);
        }
    };
    match value {
        Value::Object(members) => members.iter().for_each(|(name, value)| below(name, value)),
        Value::Array(items) => items.iter().enumerate().for_each(|(n, item)| below(&n.to_string(), item)),
        _ => {}
    }
}

/// Ways to write the value of one place otherwise, many of which say something else.
fn otherwise(value: &Value) -> Vec<Value> {
    let mut ways = vec![json!([value]), json!([value, value])];
    match value {
        Value::String(text) => ways.push(json!({"id": text})),
        Value::Bool(flag) => ways.push(json!(flag.to_string())),
        Value::Array(items) => {
            ways.push(items.iter().rev().cloned().collect());
            ways.extend((items.len() == 1).then(|| items[0].clone()));
        }
        Value::Object(members) => ways.extend(members.get("id").cloned()),
        _ => {}
    }
    ways
}

/// Every node with an id at every place that names it by its id, its id left behind.
fn exchanged(badge: &Value, places: &[String]) -> Vec<Value> {
    let mut all = Vec::new();
    for node in places {
        let Some(id) = badge.pointer(node).and_then(|n| n.as_object()).and_then(|n: &Map<_, _>| n.get("id"))
        else {
            continue;
        };
        for used in places.iter().filter(|used| !used.ends_with("/id") && badge.pointer(used) == Some(id)) {
            all.push(moved(badge, node, used));
            all.push(apply(&json!({"set": {node.as_str(): id, used.as_str(): at(badge, node)}}), badge));
            all.push(apply(&json!({"set": {used.as_str(): at(badge, node)}}), badge));
        }
    }
    all
}

#[test]
fn another_spelling_is_read_the_same_or_refused() {
    let catalogue = Catalogue::embedded();
    let mut trust = TrustList::default();
    trust.add(Issuer::parse("issuer", &Who::College.toml()).unwrap());
    let now = cast::NOW.parse().unwrap();
    let holder = Some(cast::EMAIL);
    let attempt = Some(cast::TYPED.bytes.as_slice());
    let check =
        Check { trust: &trust, catalogue: &catalogue, now, documents: &[], holder, attempt, statuses: &[] };
    let badge = badge();
    let report = |badge: &Value| verify::document(badge.to_string().as_bytes(), &check);
    let good = report(&badge);
    assert!(good.verdict.evidence.is_yes(), "{:?}", good.verdict);
    let quads = |badge: &Value| canon::canonical_nquads(&apply(&json!({"remove": ["/proof"]}), badge)).ok();
    let signed = quads(&badge).unwrap();
    let mut all = Vec::new();
    places(&badge, "", &mut all);
    let mut others = exchanged(&badge, &all);
    for place in &all {
        let ways = otherwise(&at(&badge, place));
        others.extend(ways.into_iter().map(|way| apply(&json!({"set": {place.as_str(): way}}), &badge)));
    }
    let (mut same, mut refused) = (0, 0);
    // Only what says the same passes the proof; the rest is the business of other tests.
    for other in others.iter().filter(|other| quads(other).as_ref() == Some(&signed)) {
        let found = report(other);
        match found.verdict.integrity.is_yes() {
            true => {
                same += 1;
                assert_eq!(sorted(&found.summary), sorted(&good.summary), "{other}");
                let signed = |required| good.summary.required.contains(required);
                assert!(found.summary.required.iter().all(signed), "{other}");
                // The log is compared with the achievement as it is written, so a new order may fail there.
                let plain = |v: &Verdict| (v.issuer.clone(), v.holder.clone(), v.standing.clone());
                assert_eq!(plain(&found.verdict), plain(&good.verdict), "{other}");
                assert!(!found.verdict.evidence.is_yes() || found.verdict == good.verdict, "{other}");
            }
            false => refused += 1,
        }
    }
    assert!(same >= 20 && refused >= 30, "{same} the same, {refused} refused of {}", others.len());
}

/// Summary without an order that RDF does not keep.
fn sorted(summary: &Summary) -> Summary {
    let mut summary = summary.clone();
    summary.results.sort();
    // What is required may be spelled so that it is not read; then it is not shown.
    summary.required.clear();
    summary
}

#[test]
fn every_badge_of_the_cast_has_the_form_that_is_read() {
    let foreign = cast::foreign(&Who::Stranger.profile());
    let with_creator = apply(
        &json!({"set": {"/credentialSubject/achievement/creator": {"id": foreign["issuer"]["id"], "type": ["Profile"]}}}),
        &foreign,
    );
    for badge in [&COLLEGE.credential, &cast::LEARNER.credential, &foreign, &with_creator] {
        assert_eq!(form::check(badge), Ok(()));
    }
    let other_name = apply(
        &json!({"set": {"/credentialSubject/achievement/creator/name": "Another Academy"}}),
        &with_creator,
    );
    let nameless = apply(
        &json!({"set": {"/issuer": foreign["issuer"]["id"], "/credentialSubject/achievement/creator": foreign["issuer"]}}),
        &foreign,
    );
    for badge in [other_name, nameless] {
        assert!(
            form::check(&badge).unwrap_err().to_string().contains("two programs could read it in two ways")
        );
    }
}
