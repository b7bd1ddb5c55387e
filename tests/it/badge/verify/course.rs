//! Badges of courses: lessons on a layout and in a language, borne out by the record of all of them or not.

mod attempts;
mod numbers;
mod tokens;

use serde_json::{Value, json};
use typeproof::badge::carry::link;
use typeproof::badge::claim::{Claim, Measured};
use typeproof::badge::credential;
use typeproof::lessons::course::Course;
use typeproof::lessons::problem::Reading;
use typeproof::lessons::terms::Origin;
use typeproof::trust::Assurance;

use super::Named;
use super::good::{PAGE, UNKNOWN, VALID, YOURSELF};
use super::resigned::resigned;
use crate::support::cast::{self, NAME, TYPED, Who};
use crate::support::courses::{self, COLLEGE, COMPLETED, SQL, course};
use crate::support::records::{TEN_HOURS, record};
use crate::support::vector::Vector;

type Cases = Vec<(&'static str, Vector)>;

fn named(cases: Cases) -> Named {
    cases.into_iter().map(|(name, vector)| (format!("course-{name}"), vector)).collect()
}

/// The learner's own claim to the course, with a record that may be another.
fn own(record: &[u8]) -> Claim {
    courses::claim(Who::Learner, Assurance::SelfAssessed, &course(SQL), &COMPLETED, record)
}

/// The learner's own badge of a claim to the course.
fn issued(claim: &Claim) -> Value {
    courses::issue(Who::Learner, &course(SQL), claim).credential
}

/// A course of a user's file.
fn of_a_file(text: &str) -> Course {
    let mut reading = Reading::new("keys", text);
    Course::read(&mut reading, Origin::Own("keys.toml".to_owned())).unwrap()
}

const OWN_COURSE: &str = r#"title = "My keys"
description = "The keys that I like."
speed = { from = 8, to = 10 }
[[lesson]]
id = "keys"
title = "Keys"
goal = "Type keys."
drill = "letters"
start = ["home 4", "home 7"]
explanation = ["Take it slowly."]
[[lesson]]
id = "test"
title = "The test"
goal = "Type all of them."
drill = "review"
test = true
explanation = ["In an even beat."]
"#;

pub fn good() -> Named {
    let whole = record(&COMPLETED);
    let college = &COLLEGE.credential;
    let valid = |vector: Vector| vector.expect("valid", "yes yes - - yes", VALID);
    let with_record =
        |vector: Vector, record: &[u8]| vector.with_log(record).expect("valid", "yes yes - yes yes", VALID);
    let token = |what, bytes: &[u8]| Vector::token(what, link::url(PAGE, bytes));
    let full = credential::full_token(&COLLEGE.token, college).unwrap();
    let claim = |who, assurance, course: &Course, attempts: &[_]| {
        let claim = courses::claim(who, assurance, course, attempts, &record(attempts));
        courses::issue(who, course, &claim).credential
    };
    let sql = course(SQL);
    let seen = courses::remarked();
    let noted = claim(Who::College, Assurance::Reviewed, &sql, &seen);
    let numbers = course("numbers");
    let typed = courses::on("dvorak", "de", |ground| courses::completed(&numbers, ground));
    let keystrokes = claim(Who::College, Assurance::Reviewed, &numbers, &typed);
    let mine = of_a_file(OWN_COURSE);
    let lessons = courses::on("us", "en", |ground| courses::completed(&mine, ground));
    let strangers = claim(Who::Stranger, Assurance::SelfAssessed, &sql, &COMPLETED);
    named(vec![
        ("proctored", valid(Vector::credential("A course, by a trusted issuer.", college))),
        ("with-record", with_record(Vector::credential("The same with its record.", college), &whole)),
        ("token", valid(token("The same as a link.", &COLLEGE.token))),
        ("token-both", valid(token("As a link with both signatures.", &full))),
        ("token-with-record", with_record(token("As a link, with its record.", &COLLEGE.token), &whole)),
        (
            "self-assessed",
            Vector::credential("The learner's own.", &issued(&own(&whole)))
                .being(Who::Learner)
                .with_log(&whole)
                .holder(NAME)
                .expect("unproven", "yes no yes yes yes", YOURSELF),
        ),
        (
            "of-a-stranger",
            Vector::credential("Of a key that nobody knows.", &strangers).expect(
                "unproven",
                "yes no - - yes",
                UNKNOWN,
            ),
        ),
        (
            "remarked",
            with_record(
                Vector::credential("Something was noted in one lesson, and the badge says so.", &noted),
                &record(&seen),
            ),
        ),
        (
            "in-keystrokes",
            with_record(
                Vector::credential("Keystrokes an hour, on Dvorak, among German words.", &keystrokes),
                &record(&typed),
            ),
        ),
        (
            "of-a-file",
            valid(Vector::credential(
                "A course that its issuer made, and says so.",
                &claim(Who::College, Assurance::Proctored, &mine, &lessons),
            )),
        ),
    ])
}

pub fn bad() -> Named {
    named(
        [
            wrong_records(),
            attempts::wrong(),
            numbers::other(),
            numbers::impossible(),
            unknown(),
            borrowed(),
            tokens::wrong(),
        ]
        .concat(),
    )
}

/// A record that is not the one that the badge names, or that is none.
fn wrong_records() -> Cases {
    let whole = record(&COMPLETED);
    let given = |what, bytes: &[u8], why| {
        Vector::credential(what, &COLLEGE.credential).with_log(bytes).expect(
            "refused",
            "yes yes - no yes",
            why,
        )
    };
    const OTHER: &str = "is not the one that the badge names";
    let mut reversed = COMPLETED.clone();
    reversed.reverse();
    let learner = courses::on("us", "en", |ground| {
        let manner = courses::Manner { speed_percent: 160, missed: 0 };
        let lessons = course(SQL).lessons(ground);
        let starts = (10..).map(|day| format!("2026-11-{day}T18:00:00Z"));
        lessons
            .iter()
            .zip(starts)
            .map(|(each, at)| courses::lesson(each, ground, manner, &at))
            .collect::<Vec<_>>()
    });
    let exchanged = {
        let other = COMPLETED[3].to_bytes();
        let read = typeproof::typing::record::Record::from_bytes(&whole).unwrap();
        let mut files = read.files.clone();
        files[1] = &other;
        typeproof::typing::record::Record { digests: read.digests, files }.to_bytes().unwrap()
    };
    let level = cast::issue(Who::College, &cast::claim(Who::College, Assurance::Proctored));
    vec![
        ("record-of-another-learner", given("Another learner's course.", &record(&learner), OTHER)),
        ("record-without-one", given("A lesson is missing.", &record(&COMPLETED[1..]), OTHER)),
        ("record-in-another-order", given("Another order.", &record(&reversed), OTHER)),
        ("record-of-practice", given("Ten hours of practice.", &record(&TEN_HOURS), OTHER)),
        (
            "record-exchanged",
            given("A lesson was exchanged, and the list left.", &exchanged, "keystroke log 2 of the record"),
        ),
        ("record-cut-off", given("The last byte is gone.", &whole[..whole.len() - 1], "the data is cut off")),
        ("record-longer", given("A byte more.", &[&whole[..], &[0]].concat(), "1 bytes follow the end")),
        ("record-empty", given("Nothing.", &[], "this file is no record of a course")),
        (
            "record-is-one-lesson",
            given("The final test alone.", &COMPLETED[3].to_bytes(), "this file is no record of a course"),
        ),
        ("record-of-a-test", given("The log of a level's test.", &TYPED.bytes, "no record of a course")),
        (
            "record-of-a-level",
            Vector::credential("A record of a course beside a level's badge.", &level.credential)
                .with_log(&whole)
                .expect("refused", "yes yes - no yes", OTHER),
        ),
    ]
}

/// Layouts and languages that are not known here, and courses that are not.
fn unknown() -> Cases {
    let whole = record(&COMPLETED);
    let on = |what, ground: &str, why| {
        let row = "/credentialSubject/result/3/value";
        let case = json!({"set": {row: ground}});
        let badge = resigned(Who::College, &COLLEGE.credential, &case);
        Vector::credential(what, &badge).expect("cannot-tell", "yes yes - - yes", why)
    };
    let of_another = of_another("MY-COURSE-V1", "My course");
    let file = of_a_file(OWN_COURSE);
    let lessons = courses::on("us", "en", |ground| courses::completed(&file, ground));
    let lessons = record(&lessons);
    vec![
        (
            "unknown-layout",
            on(
                "On a layout of a later version.",
                "neo, en",
                "it names the keyboard layout neo and the language en",
            ),
        ),
        (
            "unknown-language",
            on(
                "In a language of a later version.",
                "us, fi",
                "it names the keyboard layout us and the language fi",
            ),
        ),
        (
            "unknown-alias",
            on("A layout by another of its names.", "qwerty, en", "it names the keyboard layout qwerty"),
        ),
        (
            "unknown-with-record",
            Vector::credential("Another's course, with a record.", &of_another).with_log(&whole).expect(
                "cannot-tell",
                "yes yes - - yes",
                "does not know what the badge is for",
            ),
        ),
        ("unknown-file-altered", {
            let claim = courses::claim(
                Who::College,
                Assurance::Proctored,
                &file,
                &courses::on("us", "en", |ground| courses::completed(&file, ground)),
                &lessons,
            );
            let Measured::Course { gathered, ended, taught } = claim.measured else { panic!("no course") };
            let more =
                typeproof::badge::claim::Gathered { practised_s: gathered.practised_s + 36, ..gathered };
            let claim = Claim { measured: Measured::Course { gathered: more, ended, taught }, ..claim };
            Vector::credential(
                "A course that nobody knows, and more hours than in its record.",
                &courses::issue(Who::College, &file, &claim).credential,
            )
            .with_log(&lessons)
            .expect("refused", "yes yes - no yes", "for hours of practice, the log gives")
        }),
    ]
}

/// The college's badge as one of another achievement, with this code and title.
fn of_another(code: &str, title: &str) -> Value {
    let badge = &COLLEGE.credential;
    let text = badge.to_string();
    let own = badge.pointer("/credentialSubject/achievement/id").unwrap().as_str().unwrap();
    let text = text.replace(own, "urn:uuid:00000000-0000-8000-8000-000000000000");
    let text = text.replace("COURSE-CODE-SQL-V1", code).replace("Code: SQL (typing course)", title);
    cast::sign(Who::College, &serde_json::from_str(&text).unwrap())
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
    let wrong = |what, credential: &Value, why| {
        Vector::credential(what, credential).expect("refused", "yes yes - no yes", why)
    };
    const TERMS: &str = "describes what it is for differently";
    vec![
        (
            "terms-rewritten",
            refused(
                "Other criteria.",
                &json!({"set": {achievement("criteria"): {"narrative": "Be there."}}}),
                TERMS,
            ),
        ),
        (
            "terms-slower",
            refused(
                "It requires less speed.",
                &json!({"set": {achievement("resultDescription/0/requiredValue"): "1"}}),
                TERMS,
            ),
        ),
        (
            "terms-renamed",
            refused("Another title.", &json!({"set": {achievement("name"): "Code: everything"}}), TERMS),
        ),
        (
            "terms-other-name",
            refused(
                "The credential has another name.",
                &json!({"set": {"/name": "Code: everything"}}),
                "another name than what it is for",
            ),
        ),
        (
            "code-of-ours",
            wrong(
                "Our code, and another achievement.",
                &of_another("COURSE-CODE-SQL-V1", "My course"),
                "it has the code of typeproof's badge course-code-sql",
            ),
        ),
        (
            "title-of-ours",
            wrong(
                "Our title, and another achievement.",
                &of_another("MY-COURSE", "Foundations (typing course)"),
                "it is called \"Foundations (typing course)\" like a badge of typeproof",
            ),
        ),
        (
            "code-of-no-version",
            wrong(
                "Our code, of a version that never was.",
                &of_another("COURSE-NUMBERS-V0", "My course"),
                "it has the code of typeproof's badge course-numbers",
            ),
        ),
        (
            "code-of-a-later-version",
            Vector::credential(
                "Our code, of a later version.",
                &of_another("COURSE-NUMBERS-V2", "My course"),
            )
            .expect(
                "cannot-tell",
                "yes yes - - yes",
                "it names version 2 of typeproof's badge course-numbers",
            ),
        ),
        (
            "levels-code",
            wrong(
                "The course under a level's code.",
                &of_another("SPEED-60-V1", "My course"),
                "it has the code of typeproof's level speed-60",
            ),
        ),
        ("file-called-as-ours", {
            let mine = of_a_file(OWN_COURSE);
            let lessons = courses::on("us", "en", |ground| courses::completed(&mine, ground));
            let claim =
                courses::claim(Who::College, Assurance::Proctored, &mine, &lessons, &record(&lessons));
            let badge = courses::issue(Who::College, &mine, &claim).credential;
            let title = json!("Numbers (typing course)");
            let case = json!({"set": {"/name": title, achievement("name"): title}});
            wrong(
                "A course of a file under the name of one of ours.",
                &resigned(Who::College, &badge, &case),
                "it is called \"Numbers (typing course)\" like a badge of typeproof",
            )
        }),
    ]
}
