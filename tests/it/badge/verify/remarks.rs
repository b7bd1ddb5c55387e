//! Badges of tests in which the program noted how the keys came: the badge says it, and its log bears it out.

use data_encoding::BASE64URL_NOPAD;
use serde_json::json;
use typeproof::badge::carry::link;
use typeproof::badge::claim::{Claim, Measured, Noted};
use typeproof::badge::credential::{self, Badge};
use typeproof::badge::token::SIGNATURE_BYTES;
use typeproof::trust::Assurance;

use super::Named;
use super::good::{PAGE, UNKNOWN, VALID, YOURSELF};
use crate::support::cast::{self, EARLY, REMARKED, SEEN, TYPED, Typed, Who};
use crate::support::patch::apply;
use crate::support::vector::Vector;

/// What the claim's bytes end with: the extras that are there, then 12, 3 and 3600.
const NOTED: [u8; 5] = [0x10, 12, 3, 0x90, 0x1c];

const UNFIT: &str = "the signature does not fit what the code says";
const OTHER: &str = "the keystroke log notes something else of how the keys came than the badge says";
const NOT_CANONICAL: &str = "not written as typeproof writes it";

/// The badge of this test that says so much.
fn badge(who: Who, typed: &Typed, noted: Noted) -> Badge {
    let assurance = if who == Who::College { Assurance::Proctored } else { Assurance::SelfAssessed };
    let measured = Measured::Test { figures: TYPED.figures, noted };
    cast::issue(who, &Claim { log: cast::log_digest(&typed.bytes), measured, ..cast::claim(who, assurance) })
}

fn learner() -> Badge {
    badge(Who::Learner, &REMARKED, Noted::of(Some(SEEN)))
}

fn token(what: &str, bytes: &[u8]) -> Vector {
    Vector::token(what, link::url(PAGE, bytes))
}

fn named(cases: Vec<(&str, Vector)>) -> Named {
    cases.into_iter().map(|(name, vector)| (name.to_owned(), vector)).collect()
}

pub fn good() -> Named {
    let unproven = |vector: Vector, why| vector.expect("unproven", "yes no - - yes", why);
    let own = learner();
    let full = credential::full_token(&own.token, &own.credential).unwrap();
    let college = badge(Who::College, &REMARKED, Noted { wall_clock_s: 0, ..Noted::of(Some(SEEN)) });
    let wall_clock = Noted { together: 0, early: 0, wall_clock_s: 86_400 };
    let alone = badge(Who::Learner, &TYPED, wall_clock);
    named(vec![
        (
            "remarks",
            unproven(Vector::credential("A badge that says how the keys came.", &own.credential), UNKNOWN),
        ),
        (
            "remarks-with-log",
            Vector::credential("The same with the log that notes it.", &own.credential)
                .being(Who::Learner)
                .with_log(&REMARKED.bytes)
                .expect("unproven", "yes no - yes yes", YOURSELF),
        ),
        (
            "log-with-an-early-key-unsaid",
            Vector::credential(
                "One early key is nothing to speak of.",
                &badge(Who::Learner, &EARLY, Noted::default()).credential,
            )
            .being(Who::Learner)
            .with_log(&EARLY.bytes)
            .expect("unproven", "yes no - yes yes", YOURSELF),
        ),
        (
            "log-with-an-early-key-said",
            Vector::credential(
                "It may be said all the same.",
                &badge(Who::Learner, &EARLY, Noted { early: 1, ..Noted::default() }).credential,
            )
            .being(Who::Learner)
            .with_log(&EARLY.bytes)
            .expect("unproven", "yes no - yes yes", YOURSELF),
        ),
        ("token-remarks", unproven(token("The same as a link.", &own.token), UNKNOWN)),
        ("token-both-remarks", unproven(token("With both signatures.", &full), UNKNOWN)),
        ("token-remark-of-a-clock", unproven(token("Only the clock was changed.", &alone.token), UNKNOWN)),
        (
            "token-remarks-of-an-issuer",
            token("A trusted issuer's badge with remarks.", &college.token).expect(
                "valid",
                "yes yes - - yes",
                VALID,
            ),
        ),
    ])
}

pub fn bad() -> Named {
    [named(tokens()), named(logs()), named(files())].concat()
}

/// The learner's token with other bytes for what was noted, or other extras.
fn tokens() -> Vec<(&'static str, Vector)> {
    let own = learner().token;
    let at = own.len() - SIGNATURE_BYTES - NOTED.len();
    let with = |what: &str, extras: &[u8], flag: u8| {
        let mut token = [&own[..at], extras, &own[at + NOTED.len()..]].concat();
        token[1] ^= flag;
        Vector::token(what, format!("{PAGE}#{}", BASE64URL_NOPAD.encode(&token)))
    };
    let given = |what, extras: &[u8], why| with(what, extras, 0).refused(why);
    vec![
        ("token-remarks-dropped", with("What was noted is gone.", &[], 1 << 6).refused(UNFIT)),
        ("token-remarks-one-dropped", given("One of three is gone.", &[0x10, 0, 3, 0x90, 0x1c], UNFIT)),
        ("token-remarks-fewer", given("Fewer characters.", &[0x10, 4, 3, 0x90, 0x1c], UNFIT)),
        ("token-remarks-none", given("Announced, and nothing noted.", &[0x10, 0, 0, 0], NOT_CANONICAL)),
        (
            "token-remarks-long",
            given("A number in a longer form.", &[0x10, 0x8c, 0, 3, 0x90, 0x1c], "not in its shortest form"),
        ),
        (
            "token-remarks-huge",
            given("A number beyond 32 bits.", &[0x10, 0xff, 0xff, 0xff, 0xff, 0x7f, 3, 0], "cannot be"),
        ),
        (
            "token-extra-unknown",
            given("An extra that is not known.", &[0x30, 12, 3, 0x90, 0x1c], NOT_CANONICAL),
        ),
    ]
}

/// Badges whose proofs are good: the log shows that they say too little, or too much.
fn logs() -> Vec<(&'static str, Vector)> {
    let all = Noted::of(Some(SEEN));
    let refused = |what, typed: &Typed, noted| {
        Vector::credential(what, &badge(Who::Learner, typed, noted).credential)
            .being(Who::Learner)
            .with_log(&typed.bytes)
            .expect("refused", "yes no - no yes", OTHER)
    };
    vec![
        (
            "log-remarks-unsaid",
            refused("The log notes what the badge leaves out.", &REMARKED, Noted::default()),
        ),
        (
            "log-remarks-one-unsaid",
            refused("One of three left out.", &REMARKED, Noted { together: 0, ..all }),
        ),
        (
            "log-remarks-fewer",
            refused("Fewer characters than the log's.", &REMARKED, Noted { early: 1, ..all }),
        ),
        (
            "log-remarks-early-invented",
            refused("More early keys than the log's.", &EARLY, Noted { early: 2, ..Noted::default() }),
        ),
        ("log-remarks-invented", refused("The badge says what no log notes.", &TYPED, all)),
    ]
}

/// Files changed after signing.
fn files() -> Vec<(&'static str, Vector)> {
    let own = learner().credential;
    let changed = |what, case| Vector::credential(what, &apply(&case, &own)).refused(": it does not fit");
    let fewer =
        "Noted by the program: 4 characters came at the same moment, as from a program and not from a hand.";
    vec![
        ("dropped-remark", changed("A remark is gone.", json!({"remove": ["/evidence/1"]}))),
        ("changed-remark", changed("Fewer characters.", json!({"set": {"/evidence/1/narrative": fewer}}))),
    ]
}

/// What is noted ends the claim.
#[test]
fn bytes_of_what_was_noted() {
    let token = learner().token;
    let body = &token[..token.len() - SIGNATURE_BYTES];
    assert!(body.ends_with(&NOTED));
}
