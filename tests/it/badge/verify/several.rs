//! Badges of an issuer with several keys, each with a life of its own.

use serde_json::Value;
use typeproof::badge::carry::link;
use typeproof::badge::credential::{self, Badge, IssuerProfile, Texts};
use typeproof::badge::vc::proof::{self, ProofOptions, Suite};
use typeproof::lessons::catalogue::Catalogue;
use typeproof::trust::{Assurance, Issuer};

use super::Named;
use super::good::{PAGE, UNKNOWN, VALID};
use crate::support::cast::{self, Who};
use crate::support::vector::Vector;

/// The keys of the college: one that signs, one retired since the day of the test and one before, one that came after,
/// one that was lost.
const KEYS: [(Who, &str); 5] = [
    (Who::Retired, "from = 2024-01-01\nstate = \"retired\"\nuntil = 2026-11-20"),
    (Who::Reviewers, "from = 2024-01-01\nstate = \"retired\"\nuntil = 2026-11-19"),
    (Who::College, "from = 2026-01-01\nstate = \"in-use\""),
    (Who::Young, "from = 2026-11-21\nstate = \"in-use\""),
    (Who::Compromised, "from = 2026-01-01\nstate = \"compromised\"\nsince = 2026-11-25"),
];

fn file(more: &str, highest: &str, keys: &[(Who, &str)]) -> String {
    let entry = |(who, life): &(Who, &str)| format!("\n[[keys]]\nkey = \"{}\"\n{life}\n", who.multikey());
    let keys: String = keys.iter().map(entry).collect();
    format!("name = \"College of Many Keys\"\n{more}highest_assurance = \"{highest}\"\n{keys}")
}

fn college() -> String {
    file("", "proctored", &KEYS)
}

fn web() -> String {
    file("did = \"did:web:badges.example.org\"\n", "proctored", &KEYS)
}

fn profile(toml: &str, who: Who) -> IssuerProfile {
    IssuerProfile::of(&Issuer::parse("vector", toml).unwrap(), &who.key().verifying_key())
}

/// A proctored badge by one key of the issuer that this file describes.
fn badge(toml: &str, who: Who) -> Badge {
    let claim = cast::claim(who, Assurance::Proctored);
    let catalogue = Catalogue::embedded();
    let level = catalogue.by_reference(claim.level).next().unwrap();
    credential::issue(&claim, &Texts::of(level), &profile(toml, who), &who.key()).unwrap()
}

fn given(vector: Vector, toml: String) -> Vector {
    Vector { trusted: vec![toml], ..vector }
}

fn document(what: &str, toml: &str, who: Who) -> Vector {
    given(Vector::credential(what, &badge(toml, who).credential), toml.to_owned())
}

fn token(what: &str, toml: &str, who: Who) -> Vector {
    given(Vector::token(what, link::url(PAGE, &badge(toml, who).token)), toml.to_owned())
}

fn named(all: Vec<(&str, Vector)>) -> Named {
    all.into_iter().map(|(name, vector)| (name.to_owned(), vector)).collect()
}

pub fn good() -> Named {
    let valid = |vector: Vector| vector.expect("valid", "yes yes - - yes", VALID);
    let stranger = Vector::credential("A key that is none of the issuer's.", &{
        cast::issue(Who::Stranger, &cast::claim(Who::Stranger, Assurance::Proctored)).credential
    });
    named(vec![
        ("keys-one-in-use", valid(document("Signed by the third of five keys.", &college(), Who::College))),
        ("keys-one-in-use-token", valid(token("The same as a link.", &college(), Who::College))),
        (
            "keys-one-retired",
            valid(document("On the last day of a key that is retired.", &college(), Who::Retired)),
        ),
        ("keys-one-retired-token", valid(token("The same as a link.", &college(), Who::Retired))),
        (
            "keys-of-a-did-web",
            valid(document(
                "No DID document, but the list has the key as one of the DID's.",
                &web(),
                Who::College,
            )),
        ),
        ("keys-none-of-them", given(stranger, college()).expect("unproven", "yes no - - yes", UNKNOWN)),
    ])
}

pub fn bad() -> Named {
    let refused = |vector: Vector, why| vector.expect("refused", "yes no - - yes", why);
    let lost = "the key of College of Many Keys is compromised";
    let early = "before the key of College of Many Keys was in use";
    let late = "after the key of College of Many Keys was retired";
    let reviewing = file("", "reviewed", &KEYS);
    let lost_since = file("", "proctored", &[(Who::College, KEYS[4].1)]);
    let both = document("In use in one file, lost in another.", &college(), Who::College);
    let both = Vector { trusted: vec![lost_since, college()], ..both };
    let elsewhere = document("A did:web without a document, and none of its keys.", &web(), Who::College);
    let elsewhere = given(elsewhere, file("did = \"did:web:badges.example.org\"\n", "proctored", &KEYS[3..]));
    named(vec![
        ("keys-one-lost", refused(document("Signed by the lost key.", &college(), Who::Compromised), lost)),
        ("keys-one-lost-token", refused(token("The same as a link.", &college(), Who::Compromised), lost)),
        ("keys-one-too-young", refused(document("Before this key signed.", &college(), Who::Young), early)),
        ("keys-one-retired-before", refused(document("A day too late.", &college(), Who::Reviewers), late)),
        (
            "keys-one-retired-before-token",
            refused(token("The same as a link.", &college(), Who::Reviewers), late),
        ),
        (
            "keys-assurance-above-the-issuers",
            refused(
                document("More than any key may say.", &reviewing, Who::College),
                "it claims \"proctored\"",
            ),
        ),
        ("keys-one-lost-in-another-file", refused(both, lost)),
        ("keys-two-proofs-one-lost", refused(two_proofs(), lost)),
        (
            "keys-of-a-did-web-not-this",
            elsewhere.expect("cannot-tell", "- - - - -", "did:web:badges.example.org"),
        ),
    ])
}

/// One proof by a key that signs, one by a key that was lost, both the DID's.
fn two_proofs() -> Vector {
    let mut badge = cast::foreign(&profile(&web(), Who::College));
    let created = badge["validFrom"].as_str().unwrap().to_owned();
    let proof = |who: Who| {
        let method = profile(&web(), who).method();
        let options = ProofOptions { created: created.clone(), verification_method: method };
        proof::sign(&badge, Suite::EddsaRdfc2022, &options, &who.key()).unwrap()
    };
    let proofs: Vec<Value> = [Who::College, Who::Compromised].map(proof).into();
    badge["proof"] = proofs.into();
    given(Vector::credential("Two proofs, the second by the lost key.", &badge), web())
}
