//! Badges of practice: hours over days, borne out by the record of all exercises or not.

mod numbers;
mod wrong;

use numbers::{impossible, other_numbers};
use serde_json::{Value, json};
use typeproof::badge::carry::link;
use typeproof::badge::claim::{Claim, Gathered, Measured};
use typeproof::badge::credential;
use typeproof::badge::token::SIGNATURE_BYTES;
use typeproof::lessons::catalogue::Catalogue;
use typeproof::trust::Assurance;
use wrong::{wrong_attempts, wrong_records};

use super::Named;
use super::good::{PAGE, UNKNOWN, VALID, YOURSELF};
use super::resigned::resigned;
use crate::support::cast::{self, LEARNER, NAME, Who};
use crate::support::records::{self, COLLEGE, TEN_HOURS, record};
use crate::support::vector::Vector;

type Cases = Vec<(&'static str, Vector)>;

fn named(cases: Cases) -> Named {
    cases.into_iter().map(|(name, vector)| (format!("practice-{name}"), vector)).collect()
}

/// The learner's own claim to ten hours, with a record that may be another.
fn own(record: &[u8]) -> Claim {
    records::claim(Who::Learner, Assurance::SelfAssessed, &TEN_HOURS, record)
}

fn gathered(claim: &Claim) -> Gathered {
    match claim.measured {
        Measured::Practice(gathered) => gathered,
        other => panic!("{other:?}"),
    }
}

pub fn good() -> Named {
    let whole = record(&TEN_HOURS);
    let college = &COLLEGE.credential;
    let valid = |vector: Vector| vector.expect("valid", "yes yes - - yes", VALID);
    let with_record = |vector: Vector| vector.with_log(&whole).expect("valid", "yes yes - yes yes", VALID);
    let learner = records::issue(Who::Learner, &own(&whole));
    let stranger = records::claim(Who::Stranger, Assurance::SelfAssessed, &TEN_HOURS, &whole);
    let seen = records::remarked();
    let noted = records::claim(Who::College, Assurance::Reviewed, &seen, &record(&seen));
    let noted = records::issue(Who::College, &noted).credential;
    let full = credential::full_token(&COLLEGE.token, college).unwrap();
    let token = |what, bytes: &[u8]| Vector::token(what, link::url(PAGE, bytes));
    named(vec![
        ("proctored", valid(Vector::credential("Ten hours of practice, by a trusted issuer.", college))),
        ("with-record", with_record(Vector::credential("The same with its record.", college))),
        ("token", valid(token("The same as a link.", &COLLEGE.token))),
        ("token-both", valid(token("As a link with both signatures.", &full))),
        ("token-with-record", with_record(token("As a link, with its record.", &COLLEGE.token))),
        (
            "self-assessed",
            Vector::credential("The learner's own.", &learner.credential)
                .being(Who::Learner)
                .with_log(&whole)
                .holder(NAME)
                .expect("unproven", "yes no yes yes yes", YOURSELF),
        ),
        (
            "of-a-stranger",
            Vector::credential(
                "Of a key that nobody knows.",
                &records::issue(Who::Stranger, &stranger).credential,
            )
            .expect("unproven", "yes no - - yes", UNKNOWN),
        ),
        (
            "remarked",
            Vector::credential("Something was noted in one exercise, and the badge says so.", &noted)
                .with_log(&record(&seen))
                .expect("valid", "yes yes - yes yes", VALID),
        ),
    ])
}

pub fn bad() -> Named {
    named([wrong_records(), wrong_attempts(), other_numbers(), impossible(), borrowed(), tokens()].concat())
}

/// Badges that are not what they are called.
fn borrowed() -> Cases {
    let badge = &COLLEGE.credential;
    let refused = |what, case: &Value, why| {
        Vector::credential(what, &resigned(Who::College, badge, case)).expect(
            "refused",
            "yes yes - no yes",
            why,
        )
    };
    let achievement = |member: &str| format!("/credentialSubject/achievement/{member}");
    let other = "urn:uuid:00000000-0000-8000-8000-000000000000";
    let of_another = |code: &str, title: &str| {
        let text = badge.to_string();
        let own = badge.pointer(&achievement("id")).unwrap().as_str().unwrap();
        let text = text.replace(own, other).replace("PRACTICE-10H-V1", code);
        let text = text.replace("10 hours of typing practice", title);
        cast::sign(Who::College, &serde_json::from_str(&text).unwrap())
    };
    let wrong = |what, credential: &Value, why| {
        Vector::credential(what, credential).expect("refused", "yes yes - no yes", why)
    };
    vec![
        (
            "terms-rewritten",
            refused(
                "Other criteria.",
                &json!({"set": {achievement("criteria"): {"narrative": "Be there."}}}),
                "describes what it is for differently",
            ),
        ),
        (
            "terms-fewer-hours",
            refused(
                "It requires less.",
                &json!({"set": {achievement("resultDescription/0/requiredValue"): "1"}}),
                "describes what it is for differently",
            ),
        ),
        (
            "terms-renamed",
            refused(
                "Another title.",
                &json!({"set": {achievement("name"): "1000 hours of typing practice"}}),
                "describes what it is for differently",
            ),
        ),
        (
            "terms-other-name",
            refused(
                "The credential has another name.",
                &json!({"set": {"/name": "1000 hours of typing practice"}}),
                "another name than what it is for",
            ),
        ),
        (
            "code-of-ours",
            wrong(
                "Our code, and another achievement.",
                &of_another("PRACTICE-10H-V1", "My hours"),
                "it has the code of typeproof's badge practice-10h",
            ),
        ),
        (
            "title-of-ours",
            wrong(
                "Our title, and another achievement.",
                &of_another("MY-HOURS", "10 hours of typing practice"),
                "it is called \"10 hours of typing practice\" like a badge of typeproof",
            ),
        ),
        (
            "code-of-no-version",
            wrong(
                "Our code, of a version that never was.",
                &of_another("PRACTICE-10H-V0", "My hours"),
                "it has the code of typeproof's badge practice-10h",
            ),
        ),
        (
            "code-of-a-later-version",
            Vector::credential("Our code, of a later version.", &of_another("PRACTICE-10H-V2", "My hours"))
                .expect(
                    "cannot-tell",
                    "yes yes - - yes",
                    "it names version 2 of typeproof's badge practice-10h",
                ),
        ),
        (
            "unknown-with-record",
            Vector::credential("Another's hours, with a record.", &of_another("MY-HOURS", "My hours"))
                .with_log(&record(&TEN_HOURS))
                .expect("cannot-tell", "yes yes - - yes", "does not know what the badge is for"),
        ),
        (
            "levels-id",
            wrong(
                "The hours under a level's id.",
                &{
                    let level = LEARNER
                        .credential
                        .pointer("/credentialSubject/achievement/id")
                        .unwrap()
                        .as_str()
                        .unwrap();
                    let own = badge.pointer(&achievement("id")).unwrap().as_str().unwrap();
                    let text =
                        badge.to_string().replace(own, level).replace("PRACTICE-10H-V1", "SPEED-60-V1");
                    cast::sign(Who::College, &serde_json::from_str(&text).unwrap())
                },
                "it has the code of typeproof's level speed-60",
            ),
        ),
    ]
}

fn tokens() -> Cases {
    let token = &COLLEGE.token;
    let body = token.len() - SIGNATURE_BYTES;
    let given = |what, bytes: &[u8]| Vector::token(what, link::url(PAGE, bytes));
    let altered = |change: &dyn Fn(&mut Vec<u8>)| {
        let mut bytes = token.clone();
        change(&mut bytes);
        bytes
    };
    let claim = records::claim(Who::College, Assurance::Proctored, &TEN_HOURS, &record(&TEN_HOURS));
    let level = Catalogue::embedded().level("speed-60").unwrap().reference();
    let of_level = Claim { level, ..claim.clone() };
    let of_level = [of_level.to_bytes().unwrap(), token[body..].to_vec()].concat();
    // Two bytes before the claim's end begin the extras of another claim: none are there in this one.
    let noted = altered(&|t| {
        t[1] |= 1 << 6;
        t.splice(body..body, [0x10, 1, 0, 0]);
    });
    let hours = {
        let Measured::Practice(numbers) = claim.measured else { panic!("no practice") };
        let more = Gathered { practised_s: numbers.practised_s + 1, ..numbers };
        let bytes = Claim { measured: Measured::Practice(more), ..claim.clone() }.to_bytes().unwrap();
        [bytes, token[body..].to_vec()].concat()
    };
    const UNFIT: &str = "the signature does not fit what the code says";
    vec![
        ("token-hours", given("A second more.", &hours).refused(UNFIT)),
        ("token-as-a-test", given("Read as a test.", &altered(&|t| t[0] = 1)).refused("the badge code")),
        ("token-as-a-course", given("Read as a course.", &altered(&|t| t[0] = 7)).refused("the badge code")),
        (
            "token-unknown-form",
            given("A form that is not known.", &altered(&|t| t[0] = 5))
                .refused("of format 5, which is not known here"),
        ),
        ("token-noted", given("Extras that only a test has.", &noted).refused("the badge code is")),
        (
            "token-cut",
            given("The last byte is gone.", &token[..token.len() - 1]).refused("cut off at: signature"),
        ),
        (
            "token-of-a-level",
            given("Practice under a level's reference.", &of_level).expect(
                "cannot-tell",
                "- - - - -",
                "does not know the level",
            ),
        ),
        ("token-no-days", {
            let at = claim.to_bytes().unwrap();
            let numbers = gathered(&claim);
            let mut found = Vec::new();
            typeproof::typing::bytes::push_varint(&mut found, numbers.practised_s.into());
            let place = at.windows(found.len()).rposition(|w| w == found.as_slice()).unwrap() + found.len();
            given("On no day.", &altered(&|t| t[place] = 0)).refused("a number of days")
        }),
    ]
}
