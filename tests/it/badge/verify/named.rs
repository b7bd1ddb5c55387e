//! Badges that bear a level's name and are not of that level, and figures that no test gives; and badges of levels that
//! others made, which are theirs.

mod figures;

use figures::{impossible, misstated};
use serde_json::{Value, json};
use typeproof::badge::claim::{Claim, Figures, Measured};
use typeproof::badge::credential::{self, Badge, Texts};
use typeproof::lessons::catalogue::Catalogue;
use typeproof::lessons::level::Level;
use typeproof::lessons::terms::Origin;
use typeproof::trust::Assurance;

use super::Named;
use super::good::PAGE;
use super::resigned::resigned;
use crate::support::cast::{self, COLLEGE, LEARNER, NINE_LINES, TYPED, Who};
use crate::support::vector::Vector;

/// A level of a school.
const EVENING: &str = r#"title = "Evening class"
[[level]]
id = "evening-30"
title = "Copying {speed} {unit} at {accuracy} % ({duration})"
rules = { limit = { seconds = 300 }, penalty = { words-per-error = 1 } }
pass = { speed = 30, accuracy = 95 }
"#;

/// The one level of a file: as it is known now, or as version 0.1.0 knew it.
fn level(file: &str, former: bool) -> Level {
    let mut catalogue = Catalogue::embedded();
    assert_eq!(catalogue.extend([("own.toml", file)]), []);
    let is_it = |level: &&Level| match level.origin {
        Origin::Shipped => false,
        Origin::Own(_) => !former,
        Origin::Former(_) => former,
    };
    catalogue.all_levels().find(is_it).unwrap().clone()
}

/// The badge of a level that an issuer has, with these figures.
fn issued(who: Who, level: &Level, figures: Figures) -> Badge {
    let assurance = if who == Who::Learner { Assurance::SelfAssessed } else { Assurance::Proctored };
    let claim = Claim {
        level: level.reference(),
        measured: Measured::of_test(figures),
        ..cast::claim(who, assurance)
    };
    credential::issue(&claim, &Texts::of(level), &who.profile(), &who.key()).unwrap()
}

/// Nine characters in less than a second.
const NO_TIME: Figures = Figures {
    net_x100: 11_985,
    gross_x100: 11_985,
    standing: 9,
    correct: 9,
    incorrect_left: 0,
    incorrect_fixed: 0,
    fixes: 0,
    right: 9,
    errors_x2: 0,
    consistency_bp: 0,
    duration_ms: 801,
};

type Cases = Vec<(&'static str, Vector)>;

pub fn bad() -> Named {
    [borrowed(), changed(), impossible(), misstated(), of_nobody()]
        .concat()
        .into_iter()
        .map(|(name, vector)| (name.to_owned(), vector))
        .collect()
}

/// Signed by the learner's own key, and refused for this.
fn own(what: &str, credential: &Value, why: &str) -> Vector {
    Vector::credential(what, credential).being(Who::Learner).expect("refused", "yes no - no yes", why)
}

/// A level of a file that bears a shipped level's name.
fn borrowed() -> Cases {
    let nine = level(NINE_LINES, true);
    let attack = issued(Who::Learner, &nine, NO_TIME).credential;
    let renamed = |code: &str| {
        let case = json!({"set": {"/credentialSubject/achievement/humanCode": code}});
        resigned(Who::Learner, &attack, &case)
    };
    let titled = |title: &str| {
        let file = NINE_LINES.replace("\"speed-60\"", "\"quick\"").replace("Typing 60 WPM", title);
        issued(Who::Learner, &level(&file, true), NO_TIME).credential
    };
    let code =
        "it has the code of typeproof's level speed-60 (version 1), but it is not a badge of that level";
    let title = "it is called \"Typing 60 WPM at 97 % (5 minutes)\" like a level of typeproof, but it asks for something else";
    vec![
        (
            "borrowed-by-nine-lines",
            own("A level of a file of one's own, as version 0.1.0 took it.", &attack, code),
        ),
        (
            "borrowed-by-a-trusted-issuer",
            Vector::credential("The same from a school.", &issued(Who::College, &nine, NO_TIME).credential)
                .expect("refused", "yes yes - no yes", code),
        ),
        ("borrowed-code-in-small-letters", own("The code in small letters.", &renamed("speed-60-v1"), code)),
        (
            "borrowed-code-in-wide-letters",
            own("The code in wide letters.", &renamed("ＳＰＥＥＤ-60-V1"), code),
        ),
        ("borrowed-code-of-no-version", own("A version that never was.", &renamed("SPEED-60-V0"), code)),
        (
            "borrowed-code-of-a-later-version",
            Vector::credential("A version that is not known here.", &renamed("SPEED-60-V2"))
                .being(Who::Learner)
                .expect(
                    "cannot-tell",
                    "yes no - - yes",
                    "it names version 2 of typeproof's level speed-60, which is not known here",
                ),
        ),
        (
            "borrowed-title",
            own("Another id and code, and the title of a level.", &titled("Typing 60 WPM"), title),
        ),
        (
            "borrowed-title-in-wide-letters",
            own("The same in wide letters.", &titled("Ｔｙｐｉｎｇ  60 WPM"), title),
        ),
    ]
}

/// A shipped level's id, and something else about it.
fn changed() -> Cases {
    let at = |what, pointer: &str, value: Value, why| {
        own(what, &resigned(Who::Learner, &LEARNER.credential, &json!({"set": {pointer: value}})), why)
    };
    let achievement = |what, member: &str, value: Value| {
        let pointer = format!("/credentialSubject/achievement/{member}");
        at(what, &pointer, value, "the badge describes its level differently from the level itself")
    };
    vec![
        ("borrowed-id-other-version", achievement("Another version.", "version", json!("2"))),
        (
            "borrowed-id-other-threshold",
            achievement("A lower threshold.", "resultDescription/0/requiredValue", json!("1")),
        ),
        (
            "borrowed-id-other-accuracy",
            achievement("A lower accuracy.", "resultDescription/2/requiredValue", json!("0")),
        ),
        (
            "borrowed-id-other-title",
            achievement("Another title.", "name", json!("Typing 120 WPM at 98.7 % (5 minutes)")),
        ),
        ("borrowed-id-other-code", achievement("Another code.", "humanCode", json!("SPEED-120-V1"))),
        (
            "borrowed-id-other-criteria",
            achievement("Other criteria.", "criteria/narrative", json!("Type well.")),
        ),
        ("borrowed-id-other-picture", achievement("Another picture.", "image/caption", json!("A crown"))),
        (
            "borrowed-id-other-name",
            at(
                "A credential that is called otherwise than its level.",
                "/name",
                json!("Typing 120 WPM at 98.7 % (5 minutes)"),
                "the badge has another name than its level",
            ),
        ),
    ]
}

/// Levels that nobody here knows: what the badge itself says of them.
fn of_nobody() -> Cases {
    let file = NINE_LINES.replace("\"speed-60\"", "\"quick\"");
    let quick = level(&file.replace("Typing 60 WPM at 97 %", "A quick one"), true);
    let told = level(&file.replace("Typing 60 WPM at 97 % (5 minutes)", "A quick one"), true);
    let untimed = level(
        &file
            .replace("{ seconds = 300 }", "\"text\"")
            .replace("Typing 60 WPM at 97 % (5 minutes)", "A quick one"),
        true,
    );
    let faster = Figures { net_x100: 20_000, gross_x100: 20_000, ..NO_TIME };
    let silent = json!({"set": {"/credentialSubject/achievement/criteria/narrative": "Type."}});
    vec![
        (
            "impossible-unknown-time-in-the-title",
            own(
                "Five minutes in its title, less than a second in its counts.",
                &resigned(Who::Learner, &issued(Who::Learner, &quick, NO_TIME).credential, &silent),
                "a test of 300 s that took 0.801 s",
            ),
        ),
        (
            "impossible-unknown-time-in-the-criteria",
            own(
                "Five minutes in its criteria.",
                &issued(Who::Learner, &told, NO_TIME).credential,
                "a test of 300 s that took 0.801 s",
            ),
        ),
        (
            "impossible-unknown-speed",
            own(
                "More speed than any rules give.",
                &issued(Who::Learner, &untimed, faster).credential,
                "gross speed 200.00, where",
            ),
        ),
    ]
}

/// Badges of levels that others made are theirs, whatever typeproof's levels are called.
pub fn good() -> Named {
    let valid = |what, credential: &Value| {
        Vector::credential(what, credential).expect("valid", "yes yes - - yes", "City College")
    };
    let evening = issued(Who::College, &level(EVENING, false), TYPED.figures).credential;
    let former = issued(Who::College, &level(EVENING, true), TYPED.figures).credential;
    let alike = issued(
        Who::College,
        &level(
            &EVENING
                .replace("Copying", "Typing")
                .replace("speed = 30, accuracy = 95", "speed = 60, accuracy = 97"),
            true,
        ),
        TYPED.figures,
    );
    let quick = level(&NINE_LINES.replace("speed-60", "quick"), false);
    let foreign = resigned(
        Who::College,
        &cast::foreign(&Who::College.profile()),
        &json!({"set": {"/name": "Typing 60 WPM at 97 % (5 minutes)", "/credentialSubject/achievement/name": "Typing 60 WPM at 97 % (5 minutes)"}}),
    );
    let cases: Cases = vec![
        ("own-level-of-a-school", valid("A level of the school's own.", &evening)),
        ("own-level-of-a-school-of-0-1-0", valid("The same, issued by version 0.1.0.", &former)),
        (
            "own-level-called-as-it-is",
            valid("The title of a level of ours, and what it asks.", &alike.credential),
        ),
        (
            "own-level-that-ends-early",
            valid("A short text within five minutes.", &issued(Who::College, &quick, NO_TIME).credential),
        ),
        (
            "foreign-called-like-a-level",
            valid("Another program's badge with the title of a level of ours.", &foreign),
        ),
        (
            "own-level-of-a-learner",
            Vector::credential(
                "A level of a learner's own.",
                &issued(Who::Learner, &level(NINE_LINES, false), NO_TIME).credential,
            )
            .expect("unproven", "yes no - - yes", "calls itself \"Maria Lindqvist\""),
        ),
    ];
    cases.into_iter().map(|(name, vector)| (name.to_owned(), vector)).collect()
}

/// What is said of a test besides its figures.
#[test]
fn a_report_says_whose_level_it_is_where_the_text_came_from_and_how_long_it_took() {
    let told = |vector: &Vector| {
        let test = vector.report().test.unwrap();
        [test.level.to_string(), test.text.to_string(), test.took.map(|t| t.to_string()).unwrap_or_default()]
    };
    let vector = |credential: &Value| Vector::credential("", credential);
    assert_eq!(
        told(&vector(&COLLEGE.credential)),
        ["one of typeproof's own: speed-60, version 1", "passages that come with typeproof", "5 minutes"]
    );
    let quick = issued(Who::Learner, &level(NINE_LINES, false), NO_TIME).credential;
    assert_eq!(
        told(&vector(&quick)),
        [
            "a level made by \"Maria Lindqvist\", not one of typeproof's",
            "the issuer's own text",
            "0.8 seconds"
        ]
    );
    let evening = issued(Who::College, &level(EVENING, true), TYPED.figures).credential;
    assert_eq!(
        told(&vector(&evening)),
        [
            "not one of typeproof's that are known here: City College alone can say what it asks for",
            "passages that the issuer chose",
            "5 minutes"
        ]
    );
    let foreign = cast::sign(Who::College, &cast::foreign(&Who::College.profile()));
    assert_eq!(told(&vector(&foreign))[1..], ["the badge does not say", ""]);
}

/// A level of one's own says so wherever a badge is read.
#[test]
fn a_level_of_ones_own_says_so_in_name_code_and_picture() {
    let quick = issued(Who::Learner, &level(NINE_LINES, false), NO_TIME).credential;
    let achievement = &quick["credentialSubject"]["achievement"];
    let name = "Own level speed-60: 1 WPM net (at most 5 minutes), a level made by Maria Lindqvist, not one of typeproof's";
    assert_eq!((&quick["name"], &achievement["name"]), (&json!(name), &json!(name)));
    assert_eq!(achievement["humanCode"], "OWN-SPEED-60-V1");
    let shipped = &LEARNER.credential["credentialSubject"]["achievement"];
    assert_ne!(achievement["image"], shipped["image"]);
    assert_ne!(achievement["id"], shipped["id"]);
    let drawn = typeproof::badge::draw::picture::svg(&quick, PAGE).unwrap();
    assert!(drawn.contains(", a level made by Maria Lindqvist, not one of"), "the picture's title");
    let ours = typeproof::badge::draw::picture::svg(&LEARNER.credential, PAGE).unwrap();
    let keycap = |svg: &str| svg.split("id=\"title\"").next().unwrap().len();
    assert_ne!(keycap(&drawn), keycap(&ours), "another keycap");
}
