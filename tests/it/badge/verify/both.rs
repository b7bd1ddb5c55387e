//! Tokens with both signatures: what is rebuilt is the badge's file, and both must be good.

use data_encoding::BASE64URL_NOPAD;
use ed25519_dalek::Signer;
use serde_json::Value;
use typeproof::badge::carry::digits;
use typeproof::badge::carry::link;
use typeproof::badge::claim::Claim;
use typeproof::badge::credential::{self, Badge, Texts};
use typeproof::badge::token::{SIGNATURE_BYTES, Token};
use typeproof::badge::vc::proof::{self, ProofOptions, Suite};
use typeproof::lessons::catalogue::Catalogue;
use typeproof::trust::Assurance;

use super::Named;
use super::good::{PAGE, UNKNOWN, VALID, YOURSELF};
use super::tokens::NAME_AT;
use crate::support::cast::{self, COLLEGE, LEARNER, NAME, TYPED, Who};
use crate::support::vector::Vector;

/// The signature of the first kind finds level and issuer, so a bad one fits nothing; a bad second one is named.
const FIRST: &str = "the signature does not fit what the code says";
const SECOND: &str = "signature 1 of 2: it does not fit";
const CUT: &str = "cut off at: second signature";

fn full(badge: &Badge) -> Vec<u8> {
    credential::full_token(&badge.token, &badge.credential).unwrap()
}

fn token(what: &str, bytes: &[u8]) -> Vector {
    Vector::token(what, link::url(PAGE, bytes))
}

fn named(cases: Vec<(&str, Vector)>) -> Named {
    cases.into_iter().map(|(name, vector)| (format!("token-both-{name}"), vector)).collect()
}

pub fn good() -> Named {
    let college = full(&COLLEGE);
    let web = cast::issue(Who::Web, &cast::claim(Who::Web, Assurance::Proctored));
    let reviewed = cast::issue(Who::Reviewers, &cast::claim(Who::Reviewers, Assurance::Reviewed));
    let stranger = cast::issue(Who::Stranger, &cast::claim(Who::Stranger, Assurance::SelfAssessed));
    let valid = |vector: Vector| vector.expect("valid", "yes yes - - yes", VALID);
    let unproven = |vector: Vector, why| vector.expect("unproven", "yes no - - yes", why);
    let base64 = format!("{PAGE}#{}", BASE64URL_NOPAD.encode(&college));
    named(vec![
        ("proctored", valid(token("A trusted issuer's badge with both signatures.", &college))),
        (
            "reviewed",
            valid(token("A reviewed one.", &full(&reviewed))).trusting(&[Who::Reviewers, Who::College]),
        ),
        ("did-web", valid(token("One of an issuer with a did:web.", &full(&web))).trusting(&[Who::Web])),
        ("digits", valid(Vector::token("Only the digits.", digits::encode(&college)))),
        ("base64url", valid(Vector::token("The bytes in base64url.", base64))),
        (
            "with-log",
            token("With the keystroke log and the name.", &college)
                .with_log(&TYPED.bytes)
                .holder(NAME)
                .expect("valid", "yes yes yes yes yes", VALID),
        ),
        (
            "self-assessed",
            unproven(token("The user's own badge with both signatures.", &full(&LEARNER)), YOURSELF)
                .being(Who::Learner),
        ),
        ("of-a-stranger", unproven(token("A key and a name that nobody knows.", &full(&stranger)), UNKNOWN)),
    ])
}

/// The signature of one proof of a badge.
fn signature(badge: &Badge, suite: usize) -> Vec<u8> {
    let value = badge.credential["proof"][suite]["proofValue"].as_str().unwrap();
    bs58::decode(&value[1..]).into_vec().unwrap()
}

/// The college's signature over the same document in the other form, and with another date.
fn other_signature(created: &str, suite: Suite) -> Vec<u8> {
    let mut document = COLLEGE.credential.clone();
    document.as_object_mut().unwrap().shift_remove("proof");
    let options =
        ProofOptions { created: created.to_owned(), verification_method: Who::College.profile().method() };
    let input = proof::signing_input(&document, suite, &options).unwrap();
    Who::College.key().sign(&input).to_bytes().to_vec()
}

pub fn bad() -> Named {
    let refused = |what, bytes: &[u8], why| token(what, bytes).refused(why);
    let whole = full(&COLLEGE);
    let short = COLLEGE.token.as_slice();
    let body = &short[..short.len() - SIGNATURE_BYTES];
    let (rdfc, jcs) = (signature(&COLLEGE, 0), signature(&COLLEGE, 1));
    let second = |signature: &[u8]| [short, signature].concat();
    let with = |first: &[u8], second: &[u8]| [body, first, second].concat();
    let altered = |at: usize| {
        let mut bytes = whole.clone();
        bytes[at] ^= 1;
        bytes
    };
    let another = cast::issue(
        Who::College,
        &Claim { attempt: Some(2), ..cast::claim(Who::College, Assurance::Proctored) },
    );
    let created = COLLEGE.credential["validFrom"].as_str().unwrap();
    named(vec![
        ("second-altered", refused("A bit of the second signature.", &altered(short.len() + 9), SECOND)),
        ("second-last-byte", refused("Its last byte is another.", &altered(whole.len() - 1), SECOND)),
        ("second-cut", refused("Its last byte is gone.", &whole[..whole.len() - 1], CUT)),
        ("second-half", refused("Half of it.", &whole[..short.len() + 32], CUT)),
        ("second-first-byte", refused("Only its first byte.", &whole[..=short.len()], CUT)),
        ("second-zeros", refused("A second signature of zeros.", &second(&[0; 64]), SECOND)),
        ("second-repeated", refused("The first signature once more.", &second(&jcs), SECOND)),
        (
            "second-of-another-badge",
            refused("The second signature of another badge.", &second(&signature(&another, 0)), SECOND),
        ),
        (
            "second-of-another-issuer",
            refused("Another issuer's second signature.", &second(&signature(&LEARNER, 0)), SECOND),
        ),
        (
            "second-of-another-time",
            refused(
                "The second signature says when it was made: a second later.",
                &second(&other_signature("2026-11-20T10:05:01Z", Suite::EddsaRdfc2022)),
                SECOND,
            ),
        ),
        ("swapped", refused("The signatures in each other's place.", &with(&rdfc, &jcs), FIRST)),
        ("first-altered", refused("A bit of the first signature.", &altered(body.len() + 9), FIRST)),
        ("first-zeros", refused("A first signature of zeros.", &with(&[0; 64], &rdfc), FIRST)),
        (
            "first-of-another-badge",
            refused("The first of another badge.", &with(&signature(&another, 1), &rdfc), FIRST),
        ),
        ("first-repeated", refused("The second signature twice.", &with(&rdfc, &rdfc), FIRST)),
        (
            "of-another-badge",
            refused(
                "Both signatures of another badge.",
                &with(&signature(&another, 1), &signature(&another, 0)),
                FIRST,
            ),
        ),
        ("name", refused("Another name.", &altered(NAME_AT + 5), FIRST)),
        ("log", refused("The digest of another log.", &altered(body.len() - 1), FIRST)),
        ("trailing", refused("A byte behind the second signature.", &[&whole[..], &[0]].concat(), "1 bytes")),
        ("third", refused("A third signature.", &[&whole[..], &rdfc].concat(), "64 bytes follow the end")),
        (
            "issuer-unknown",
            token("An issuer whom the user does not trust.", &whole).trusting(&[]).expect(
                "cannot-tell",
                "- - - - -",
                "no issuer that you trust has the key",
            ),
        ),
        (
            "expired",
            token("Asked when it has expired.", &whole).at("2029-11-21T00:00:00Z").expect(
                "refused",
                "yes yes - - no",
                "it expired on",
            ),
        ),
        (
            "first-over-other-form",
            refused(
                "A first signature by the issuer over the other form with the same options.",
                &with(&other_signature(created, Suite::EddsaRdfc2022), &rdfc),
                FIRST,
            ),
        ),
    ])
}

/// What is rebuilt from both signatures is the file that was issued, to the last byte.
#[test]
fn the_file_is_rebuilt_byte_for_byte() {
    let catalogue = Catalogue::embedded();
    for (who, assurance) in [
        (Who::College, Assurance::Proctored),
        (Who::Reviewers, Assurance::Reviewed),
        (Who::Web, Assurance::Proctored),
        (Who::Learner, Assurance::SelfAssessed),
        (Who::Stranger, Assurance::SelfAssessed),
    ] {
        let badge = cast::issue(who, &cast::claim(who, assurance));
        let token = Token::read(&full(&badge)).unwrap();
        assert_eq!(token.to_bytes().unwrap(), full(&badge));
        let level = Texts::of(catalogue.by_reference(token.claim.level).next().unwrap());
        let rebuilt = credential::rebuild(&token, &level, &who.profile()).unwrap();
        let text = |credential: &Value| serde_json::to_string_pretty(credential).unwrap();
        assert_eq!(text(&rebuilt), text(&badge.credential));
        let suites = ["eddsa-rdfc-2022", "eddsa-jcs-2022"];
        for (proof, suite) in rebuilt["proof"].as_array().unwrap().iter().zip(suites) {
            assert_eq!(proof["cryptosuite"], suite);
        }
    }
}

/// The signature is appended once, and only where the credential has it.
#[test]
fn what_cannot_be_made_full() {
    let whole = full(&COLLEGE);
    let of = |credential: &Value| credential::full_token(&COLLEGE.token, credential);
    assert_eq!(credential::full_token(&whole, &COLLEGE.credential), None, "it has both already");
    assert_eq!(credential::full_token(&whole[1..], &COLLEGE.credential), None, "no token");
    let sign = |suites: &[Suite]| cast::sign_with(Who::College, &COLLEGE.credential, suites, None);
    assert_eq!(of(&sign(&[Suite::EddsaJcs2022])), None, "no such proof");
    assert_eq!(of(&sign(&[Suite::EddsaRdfc2022; 2])), None, "two of them");
    assert_eq!(of(&sign(&Suite::ALL)), Some(whole), "as issued");
    assert_eq!(of(&Value::Null), None);
}
