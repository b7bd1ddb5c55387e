//! Badges of a course whose numbers are others than its record gives, or that no lessons come to.

use serde_json::{Value, json};
use typeproof::badge::claim::{Claim, Final, Gathered, Measured, Taught};

use super::{Cases, Vector, issued, own, resigned};
use crate::support::cast::Who;
use crate::support::courses::{self, COLLEGE, COMPLETED};
use crate::support::records::record;

/// The learner's badge with other numbers in its claim, and its record.
fn claimed(what: &str, change: impl Fn(&mut Gathered, &mut Final, &mut Taught), why: &str) -> Vector {
    let whole = record(&COMPLETED);
    let mut claim = own(&whole);
    let Measured::Course { gathered, ended, taught } = &mut claim.measured else { panic!("no course") };
    change(gathered, ended, taught);
    Vector::credential(what, &issued(&claim)).being(Who::Learner).with_log(&whole).expect(
        "refused",
        "yes no - no yes",
        why,
    )
}

/// Numbers that could be, and that the record does not give.
pub fn other() -> Cases {
    let whole = record(&COMPLETED);
    let rewritten = |what: &str, case: &Value, why: &str| {
        Vector::credential(what, &resigned(Who::Learner, &issued(&own(&whole)), case))
            .being(Who::Learner)
            .with_log(&whole)
            .expect("refused", "yes no - no yes", why)
    };
    let seen = courses::remarked();
    let hidden = {
        let seen = record(&seen);
        let claim = own(&seen);
        Vector::credential("What was noted is left out.", &issued(&claim))
            .being(Who::Learner)
            .with_log(&seen)
            .expect("refused", "yes no - no yes", "notes something else")
    };
    let more = json!({"type": ["Result"], "value": "120.00",
        "resultDescription": COLLEGE.credential.pointer("/credentialSubject/result/0/resultDescription")});
    const COUNTS: &str = "the badge's counts are not those of the log";
    vec![
        (
            "net-altered",
            claimed(
                "More speed.",
                |_, ended, _| (ended.net_x100, ended.gross_x100) = (9_000, 9_100),
                "the badge says 90.00 for net speed in the final test, the log gives",
            ),
        ),
        (
            "gross-altered",
            claimed(
                "More gross speed.",
                |_, ended, _| ended.gross_x100 += 1,
                "for gross speed in the final test, the log gives",
            ),
        ),
        (
            "accuracy-altered",
            claimed(
                "More accuracy.",
                |_, ended, _| ended.accuracy_bp = 10_000,
                "the badge says 100.00 for accuracy in the final test, the log gives",
            ),
        ),
        (
            "layout-altered",
            claimed(
                "Another layout.",
                |_, _, taught| *taught = Taught::new("colemak", "en").unwrap(),
                "the badge says colemak, en for layout and language, the log gives us, en",
            ),
        ),
        (
            "language-altered",
            claimed(
                "Another language.",
                |_, _, taught| *taught = Taught::new("us", "fr").unwrap(),
                "the badge says us, fr for layout and language, the log gives us, en",
            ),
        ),
        (
            "lessons-altered",
            claimed(
                "More lessons.",
                |gathered, _, _| gathered.exercises = 12,
                "the badge says 12 for lessons, the log gives 4",
            ),
        ),
        (
            "hours-altered",
            claimed(
                "More hours.",
                |gathered, _, _| gathered.practised_s = 36_000,
                "the badge says 10.00 for hours of practice, the log gives",
            ),
        ),
        ("hours-second", claimed("A second less, which no row shows.", less, COUNTS)),
        (
            "days-altered",
            claimed(
                "A day less.",
                |gathered, _, _| gathered.days = 1,
                "the badge says 1 for days with practice, the log gives 2",
            ),
        ),
        ("end-altered", claimed("A later end.", |gathered, _, _| gathered.span_s += 3_600, COUNTS)),
        ("start-altered", {
            let claim = Claim { start_unix: own(&whole).start_unix + 60, ..own(&whole) };
            Vector::credential("A later beginning.", &issued(&claim))
                .being(Who::Learner)
                .with_log(&whole)
                .expect("refused", "yes no - no yes", "another time than the log's")
        }),
        (
            "remark-invented",
            claimed(
                "A remark that no lesson has.",
                |gathered, _, _| gathered.remarked = 1,
                "notes something else",
            ),
        ),
        ("remark-hidden", hidden),
        (
            "speed-twice",
            rewritten(
                "A second speed.",
                &json!({"set": {"/credentialSubject/result/-": more}}),
                "other results than a keystroke log gives",
            ),
        ),
        (
            "assurance-dropped",
            rewritten(
                "No word of supervision.",
                &json!({"remove": ["/credentialSubject/result/7"]}),
                "other results than a keystroke log gives",
            ),
        ),
    ]
}

/// A second less of practice, in the same hundredth of an hour or in another.
fn less(gathered: &mut Gathered, _: &mut Final, _: &mut Taught) {
    let same = |n: u32| n / 36 == gathered.practised_s / 36;
    gathered.practised_s =
        [gathered.practised_s - 1, gathered.practised_s + 1].into_iter().find(|n| same(*n)).unwrap();
}

/// Numbers that no lessons come to: refused without a record, by program and page.
pub fn impossible() -> Cases {
    let badge = issued(&own(&record(&COMPLETED)));
    let cannot = |what: &str, case: &Value, why: &str| {
        Vector::credential(what, &resigned(Who::Learner, &badge, case)).being(Who::Learner).expect(
            "refused",
            "yes no - no yes",
            &format!("its figures cannot be right: {why}"),
        )
    };
    let counts = badge.pointer("/evidence/0/narrative").unwrap().as_str().unwrap();
    let said = |from: &str, to: &str| {
        assert!(counts.contains(from), "{from} in {counts}");
        json!({"set": {"/evidence/0/narrative": counts.replacen(from, to, 1)}})
    };
    let row = |n: usize, value: &str| json!({"set": {format!("/credentialSubject/result/{n}/value"): value}});
    let both = |from: &str, to: &str, n: usize, value: &str| {
        let mut case = said(from, to);
        case["set"][format!("/credentialSubject/result/{n}/value")] = json!(value);
        case
    };
    let practised = counts.split(" s of practice").next().unwrap().rsplit(' ').next().unwrap();
    let practised = format!("with {practised} s of");
    const ROWS: &str = "a figure is missing";
    const COUNTS: &str = "the counts are missing";
    const DAYS: &str = "a number of days";
    let remark = |text: &str| json!({"set": {"/evidence/-": {"type": ["Evidence"], "name": "Remark", "narrative": text}}});
    let most = "Noted by the program: in 9 of the exercises, characters came several at a time or too early, or a clock was \
                changed.";
    vec![
        (
            "impossible-slow",
            cannot("Less speed than the final test asks.", &row(0, "17.99"), "less than its final test asks"),
        ),
        (
            "impossible-inaccurate",
            cannot(
                "Less accuracy than the final test asks.",
                &row(1, "94.99"),
                "less than its final test asks",
            ),
        ),
        ("impossible-net", cannot("More net than gross.", &row(0, "99.00"), "net above gross")),
        ("impossible-share", cannot("More than all right.", &row(1, "100.01"), "accuracy above 100 %")),
        (
            "impossible-lessons-fewer",
            cannot(
                "A lesson less than the course has.",
                &both("course 1: 4 lessons", "course 1: 3 lessons", 2, "3"),
                "another number of lessons than the course has",
            ),
        ),
        (
            "impossible-lessons-more",
            cannot(
                "A lesson more than the course has.",
                &both("course 1: 4 lessons", "course 1: 5 lessons", 2, "5"),
                "another number of lessons than the course has",
            ),
        ),
        ("impossible-lessons-row", cannot("The row says more lessons.", &row(2, "36"), ROWS)),
        ("impossible-hours-row", cannot("The row says more hours.", &row(4, "12.00"), ROWS)),
        ("impossible-ground-form", cannot("Layout and language in other words.", &row(3, "US QWERTY"), ROWS)),
        ("impossible-ground-empty", cannot("No language.", &row(3, "us, "), ROWS)),
        ("impossible-ground-long", cannot("A long layout.", &row(3, "a-layout-of-seventeen, en"), ROWS)),
        ("impossible-speed-form", cannot("A speed in other digits.", &row(0, "23.4"), ROWS)),
        (
            "impossible-no-ground",
            cannot("Neither layout nor language.", &json!({"remove": ["/credentialSubject/result/3"]}), ROWS),
        ),
        (
            "impossible-no-gross",
            cannot("No gross speed.", &json!({"remove": ["/credentialSubject/result/6"]}), ROWS),
        ),
        (
            "impossible-none",
            cannot("No practice at all.", &both(&practised, "with 0 s of", 4, "0.00"), "no practice at all"),
        ),
        (
            "impossible-long",
            cannot(
                "More practice than time.",
                &both(&practised, "with 360000 s of", 4, "100.00"),
                "more practice than time from its beginning to its end",
            ),
        ),
        ("impossible-no-days", cannot("On no day.", &both("on 2 days", "on 0 days", 5, "0"), DAYS)),
        (
            "impossible-many-days",
            cannot("On more days than there were.", &both("on 2 days", "on 3 days", 5, "3"), DAYS),
        ),
        (
            "impossible-counts",
            cannot(
                "Counts in other words.",
                &json!({"set": {"/evidence/0/narrative": "typeproof course 1: all of it."}}),
                COUNTS,
            ),
        ),
        (
            "impossible-no-counts",
            cannot("No counts.", &json!({"set": {"/evidence/0/narrative": "All of it."}}), COUNTS),
        ),
        (
            "impossible-counts-twice",
            cannot(
                "Counts twice.",
                &json!({"set": {"/evidence/-": {"type": ["Evidence"], "narrative": counts}}}),
                COUNTS,
            ),
        ),
        (
            "impossible-remarks",
            cannot("A remark on more lessons than there are.", &remark(most), "more remarks than exercises"),
        ),
        (
            "impossible-remark-reworded",
            cannot("A remark in other words.", &remark("Noted by the program: all was well."), COUNTS),
        ),
        (
            "impossible-times",
            cannot(
                "A day between beginning and end less.",
                &json!({"set": {"/credentialSubject/activityStartDate": "2026-11-11T09:00:00Z"}}),
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
                &json!({"set": {"/validFrom": "2026-11-10T10:00:00Z"}}),
                "it was signed before the practice had ended",
            ),
        ),
    ]
}
