//! Badges of practice: hours over days, borne out by the record of all exercises or not.

use serde_json::{Value, json};
use typeproof::badge::carry::link;
use typeproof::badge::claim::{Claim, Gathered, Measured};
use typeproof::badge::credential;
use typeproof::badge::token::SIGNATURE_BYTES;
use typeproof::lessons::catalogue::Catalogue;
use typeproof::trust::Assurance;
use typeproof::typing::attempt::Attempt;
use typeproof::typing::keyboard::Keyboard;
use typeproof::typing::record::Record;

use super::Named;
use super::good::{PAGE, UNKNOWN, VALID, YOURSELF};
use super::resigned::resigned;
use crate::support::cast::{self, LEARNER, NAME, TYPED, Who};
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

/// A record that is not the one that the badge names, or that is none.
fn wrong_records() -> Cases {
    let whole = record(&TEN_HOURS);
    let given = |what, bytes: &[u8], why| {
        Vector::credential(what, &COLLEGE.credential).with_log(bytes).expect(
            "refused",
            "yes yes - no yes",
            why,
        )
    };
    const OTHER: &str = "is not the one that the badge names";
    let mut reversed = TEN_HOURS.clone();
    reversed.reverse();
    let exchanged = exchanged(&whole);
    let level = cast::issue(Who::College, &cast::claim(Who::College, Assurance::Proctored));
    vec![
        ("record-of-another", given("Somebody else's record.", &record(&records::remarked()), OTHER)),
        ("record-without-one", given("An exercise is missing.", &record(&TEN_HOURS[..4]), OTHER)),
        ("record-in-another-order", given("Another order.", &record(&reversed), OTHER)),
        (
            "record-exchanged",
            given(
                "An exercise was exchanged, and the list left.",
                &exchanged,
                "keystroke log 2 of the record",
            ),
        ),
        ("record-cut-off", given("The last byte is gone.", &whole[..whole.len() - 1], "the data is cut off")),
        ("record-longer", given("A byte more.", &[&whole[..], &[0]].concat(), "1 bytes follow the end")),
        ("record-empty", given("Nothing.", &[], "this file is not a record of practice")),
        (
            "record-is-one-attempt",
            given("One exercise alone.", &TEN_HOURS[0].to_bytes(), "this file is not a record of practice"),
        ),
        (
            "record-of-a-level",
            Vector::credential("A record beside a level's badge.", &level.credential)
                .with_log(&whole)
                .expect("refused", "yes yes - no yes", OTHER),
        ),
        ("record-of-a-test", given("The log of a level's test.", &TYPED.bytes, "not a record of practice")),
    ]
}

/// A record of which one file is another, and the list says otherwise.
fn exchanged(whole: &[u8]) -> Vec<u8> {
    let other = records::slowly("2026-11-20T14:00:00Z", 1_400).to_bytes();
    let read = Record::from_bytes(whole).unwrap();
    let mut files = read.files.clone();
    files[1] = &other;
    Record { digests: read.digests, files }.to_bytes().unwrap()
}

/// Badges that name a record whose attempts are no ground: the learner's key signs whatever is wished.
fn wrong_attempts() -> Cases {
    let named = |what, attempts: &[Attempt], why| {
        let record = record(attempts);
        Vector::credential(what, &records::issue(Who::Learner, &own(&record)).credential)
            .being(Who::Learner)
            .with_log(&record)
            .expect("refused", "yes no - no yes", why)
    };
    let with = |place: usize, attempt: Attempt| {
        let mut all = TEN_HOURS.clone();
        all[place] = attempt;
        all
    };
    let changed = |change: fn(&mut Attempt)| {
        let mut attempt = TEN_HOURS[2].clone();
        change(&mut attempt);
        with(2, attempt)
    };
    let twice = with(4, TEN_HOURS[3].clone());
    let mut disordered = TEN_HOURS.clone();
    disordered.swap(1, 2);
    let more = [&TEN_HOURS[..], &[records::slowly("2026-11-23T22:00:00Z", 20)]].concat();
    let later = [&TEN_HOURS[..], &[records::slowly("2026-11-25T10:00:00Z", 20)]].concat();
    vec![
        ("attempt-twice", named("One exercise twice.", &twice, "log 5 of the record is log 4 again")),
        (
            "attempts-overlap",
            named(
                "One begins in the midst of another.",
                &with(1, records::slowly("2026-11-20T11:00:00Z", 1_450)),
                "log 2 of the record begins before the one before it has ended",
            ),
        ),
        (
            "attempts-disordered",
            named("Not in their order.", &disordered, "log 3 of the record begins before"),
        ),
        (
            "attempt-on-the-last-evening",
            named(
                "One more, that ends after the signing.",
                &more,
                "log 6 of the record was made after the badge was signed",
            ),
        ),
        (
            "attempt-after-the-signing",
            named(
                "One of another day after it.",
                &later,
                "log 6 of the record was made after the badge was signed",
            ),
        ),
        (
            "attempt-without-practice",
            named(
                "One key and another a minute later.",
                &with(2, records::with_pauses("2026-11-21T09:30:00Z", [60_000])),
                "log 3 of the record does not count as practice: no time in it is practice",
            ),
        ),
        (
            "attempt-of-a-program",
            named(
                "A thousand keys at once.",
                &with(2, records::with_pauses("2026-11-21T09:30:00Z", vec![0; 1_000])),
                "log 3 of the record does not count as practice: ",
            ),
        ),
        (
            "attempt-with-a-fast-clock",
            named(
                "Two hours in the log, one minute on the wall.",
                &changed(|attempt| attempt.wall_ms = 60_000),
                "log 3 of the record does not count as practice: the machine slept or its clock was changed",
            ),
        ),
        (
            "attempt-with-a-wrong-clock",
            named(
                "The clock that timed it was ten seconds off.",
                &changed(|attempt| {
                    attempt.circumstances = Some(typeproof::typing::circumstances::Circumstances {
                        machine_ahead_ms: 10_000,
                        ..Default::default()
                    })
                }),
                "log 3 of the record does not count as practice: the clock that timed the test",
            ),
        ),
        (
            "attempt-emulated",
            named(
                "A layout that the keyboard is not set to.",
                &changed(|attempt| {
                    attempt.keyboard =
                        Some(Keyboard { set_to: Some("us".to_owned()), ..Keyboard::of("colemak") });
                }),
                "log 3 of the record does not count as practice: the layout was emulated",
            ),
        ),
        ("attempt-no-log", named_bytes("A file within it is no attempt.")),
    ]
}

/// A record with a file that is no attempt, and a badge that names it.
fn named_bytes(what: &str) -> Vector {
    let mut files: Vec<Vec<u8>> = TEN_HOURS.iter().map(Attempt::to_bytes).collect();
    files[3] = b"no attempt".to_vec();
    let record = Record::of(files.iter().map(Vec::as_slice).collect()).to_bytes().unwrap();
    Vector::credential(what, &records::issue(Who::Learner, &own(&record)).credential)
        .being(Who::Learner)
        .with_log(&record)
        .expect("refused", "yes no - no yes", "keystroke log 4 of the record cannot be replayed")
}

/// Numbers that could be, and that the record does not give.
fn other_numbers() -> Cases {
    let whole = record(&TEN_HOURS);
    let claimed = |what, change: fn(&mut Gathered), why| {
        let mut claim = own(&whole);
        let mut numbers = gathered(&claim);
        change(&mut numbers);
        claim.measured = Measured::Practice(numbers);
        Vector::credential(what, &records::issue(Who::Learner, &claim).credential)
            .being(Who::Learner)
            .with_log(&whole)
            .expect("refused", "yes no - no yes", why)
    };
    let rewritten = |what, case: &Value, why| {
        let badge = records::issue(Who::Learner, &own(&whole)).credential;
        Vector::credential(what, &resigned(Who::Learner, &badge, case))
            .being(Who::Learner)
            .with_log(&whole)
            .expect("refused", "yes no - no yes", why)
    };
    let paused = {
        // Half an hour away from the keys is in its time, and not in its practice.
        let pauses = [vec![5_000; 700], vec![1_800_000], vec![5_000; 750]].concat();
        let mut all = TEN_HOURS.clone();
        all[0] = records::with_pauses("2026-11-20T09:00:00Z", pauses);
        let record = record(&all);
        let mut claim = records::claim(Who::Learner, Assurance::SelfAssessed, &all, &record);
        let mut numbers = gathered(&claim);
        numbers.practised_s += 1_800;
        claim.measured = Measured::Practice(numbers);
        Vector::credential(
            "A pause of half an hour counts.",
            &records::issue(Who::Learner, &claim).credential,
        )
        .being(Who::Learner)
        .with_log(&record)
        .expect(
            "refused",
            "yes no - no yes",
            "the badge says 10.56 for hours of practice, the log gives 10.06",
        )
    };
    let seen = records::remarked();
    let hidden = {
        let mut claim = records::claim(Who::Learner, Assurance::SelfAssessed, &seen, &record(&seen));
        let numbers = Gathered { remarked: 0, ..gathered(&claim) };
        claim.measured = Measured::Practice(numbers);
        Vector::credential("What was noted is left out.", &records::issue(Who::Learner, &claim).credential)
            .being(Who::Learner)
            .with_log(&record(&seen))
            .expect("refused", "yes no - no yes", "notes something else")
    };
    let more = json!({"type": ["Result"], "value": "120.00",
        "resultDescription": COLLEGE.credential.pointer("/credentialSubject/result/0/resultDescription")});
    vec![
        (
            "hours-altered",
            claimed(
                "More hours.",
                |n| n.practised_s = 54_000,
                "the badge says 15.00 for hours of practice, the log gives 10.06",
            ),
        ),
        (
            "hours-second",
            claimed(
                "A second more, which no row shows.",
                |n| n.practised_s += 1,
                "the badge's counts are not those of the log",
            ),
        ),
        (
            "days-counted-twice",
            claimed(
                "A day counted twice.",
                |n| n.days = 3,
                "the badge says 3 for days with practice, the log gives 4",
            ),
        ),
        (
            "exercises-altered",
            claimed(
                "More exercises.",
                |n| n.exercises = 50,
                "the badge says 50 for exercises, the log gives 5",
            ),
        ),
        (
            "remark-invented",
            claimed("A remark that no exercise has.", |n| n.remarked = 1, "notes something else"),
        ),
        ("remark-hidden", hidden),
        ("pauses-counted", paused),
        (
            "end-altered",
            claimed("A later end.", |n| n.span_s += 3_600, "the badge's counts are not those of the log"),
        ),
        ("start-altered", {
            let claim = Claim { start_unix: own(&whole).start_unix + 60, ..own(&whole) };
            Vector::credential("A later beginning.", &records::issue(Who::Learner, &claim).credential)
                .being(Who::Learner)
                .with_log(&whole)
                .expect("refused", "yes no - no yes", "another time than the log's")
        }),
        (
            "hours-twice",
            rewritten(
                "A second number of hours.",
                &json!({"set": {"/credentialSubject/result/-": more}}),
                "other results than a keystroke log gives",
            ),
        ),
        (
            "assurance-dropped",
            rewritten(
                "No word of supervision.",
                &json!({"remove": ["/credentialSubject/result/3"]}),
                "other results than a keystroke log gives",
            ),
        ),
    ]
}

/// Numbers that no exercises come to: refused without a record, by program and page.
fn impossible() -> Cases {
    let badge = records::issue(Who::Learner, &own(&record(&TEN_HOURS))).credential;
    let refused = |what: &str, case: &Value, why: &str| {
        Vector::credential(what, &resigned(Who::Learner, &badge, case)).being(Who::Learner).expect(
            "refused",
            "yes no - no yes",
            why,
        )
    };
    let counts = badge.pointer("/evidence/0/narrative").unwrap().as_str().unwrap();
    let cannot = |what: &str, case: &Value, why: &str| {
        refused(what, case, &format!("its figures cannot be right: {why}"))
    };
    let said = |from: &str, to: &str| {
        assert!(counts.contains(from), "{from}");
        json!({"set": {"/evidence/0/narrative": counts.replacen(from, to, 1)}})
    };
    let both = |from: &str, to: &str, row: usize, value: &str| {
        let mut case = said(from, to);
        case["set"][format!("/credentialSubject/result/{row}/value")] = json!(value);
        case
    };
    let none = both("36250 s of practice", "0 s of practice", 0, "0.00");
    let few = both("36250 s of practice", "34000 s of practice", 0, "9.44");
    let long = both("36250 s of practice", "303000 s of practice", 0, "84.16");
    let dense = both("36250 s of practice", "270000 s of practice", 0, "75.00");
    let dense = {
        let mut case = dense;
        let text =
            case["set"]["/evidence/0/narrative"].as_str().unwrap().replacen("on 4 days", "on 2 days", 1);
        case["set"]["/evidence/0/narrative"] = json!(text);
        case["set"]["/credentialSubject/result/1/value"] = json!("2");
        case
    };
    vec![
        ("impossible-below", cannot("Less than ten hours.", &few, "fewer hours than the badge is for")),
        ("impossible-none", cannot("No practice at all.", &none, "no practice at all")),
        (
            "impossible-long",
            cannot(
                "More practice than time.",
                &long,
                "more practice than time from its beginning to its end",
            ),
        ),
        (
            "impossible-no-days",
            cannot("On no day.", &both("on 4 days", "on 0 days", 1, "0"), "a number of days"),
        ),
        (
            "impossible-many-days",
            cannot(
                "On more days than there were.",
                &both("on 4 days", "on 5 days", 1, "5"),
                "a number of days",
            ),
        ),
        (
            "impossible-few-exercises",
            cannot(
                "Fewer exercises than days.",
                &both("in 5 exercises", "in 3 exercises", 2, "3"),
                "a number of days",
            ),
        ),
        ("impossible-dense", cannot("Three days of hours on two days.", &dense, "a number of days")),
        (
            "impossible-row",
            cannot(
                "The row says more than the counts.",
                &json!({"set": {"/credentialSubject/result/0/value": "12.00"}}),
                "a figure is missing",
            ),
        ),
        (
            "impossible-no-row",
            cannot(
                "No row of days.",
                &json!({"remove": ["/credentialSubject/result/1"]}),
                "a figure is missing",
            ),
        ),
        (
            "impossible-counts",
            cannot(
                "Counts in other words.",
                &json!({"set": {"/evidence/0/narrative": "typeproof practice 1: many hours."}}),
                "the counts are missing",
            ),
        ),
        (
            "impossible-no-counts",
            cannot(
                "No counts.",
                &json!({"set": {"/evidence/0/narrative": "Many hours."}}),
                "the counts are missing",
            ),
        ),
        (
            "impossible-counts-twice",
            cannot(
                "Counts twice.",
                &json!({"set": {"/evidence/-": {"type": ["Evidence"], "narrative": counts}}}),
                "the counts are missing",
            ),
        ),
        (
            "impossible-remarks",
            cannot(
                "A remark on more exercises than there are.",
                &json!({"set": {"/evidence/-": {"type": ["Evidence"], "name": "Remark", "narrative": "Noted by the program: in 9 of the exercises, characters came several at a time or too early, or a clock was changed."}}}),
                "more remarks than exercises",
            ),
        ),
        (
            "impossible-remark-reworded",
            cannot(
                "A remark in other words.",
                &json!({"set": {"/evidence/-": {"type": ["Evidence"], "name": "Remark", "narrative": "Noted by the program: all was well."}}}),
                "the counts are missing",
            ),
        ),
        (
            "impossible-times",
            cannot(
                "A day between beginning and end less.",
                &json!({"set": {"/credentialSubject/activityStartDate": "2026-11-21T10:00:00Z"}}),
                "beginning and end of the practice",
            ),
        ),
        (
            "impossible-no-times",
            cannot(
                "No end.",
                &json!({"remove": ["/credentialSubject/activityEndDate"]}),
                "beginning and end of the practice",
            ),
        ),
        (
            "impossible-early",
            cannot(
                "Signed before its end.",
                &json!({"set": {"/validFrom": "2026-11-22T10:00:00Z"}}),
                "it was signed before the practice had ended",
            ),
        ),
    ]
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
