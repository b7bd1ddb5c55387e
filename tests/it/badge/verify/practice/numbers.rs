//! Numbers of a badge of practice that its record does not give, or that cannot be.

use serde_json::{Value, json};
use typeproof::badge::claim::{Claim, Gathered, Measured};
use typeproof::trust::Assurance;

use super::super::resigned::resigned;
use super::{Cases, gathered, own};
use crate::support::cast::Who;
use crate::support::records::{self, COLLEGE, TEN_HOURS, record};
use crate::support::vector::Vector;

/// Numbers that could be, and that the record does not give.
pub(super) fn other_numbers() -> Cases {
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
pub(super) fn impossible() -> Cases {
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
