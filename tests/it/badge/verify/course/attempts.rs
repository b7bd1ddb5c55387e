//! Badges that name a record whose attempts are no ground: the learner's key signs whatever is wished.

use std::sync::Arc;

use typeproof::lessons::course::{Course, Ground, Lesson};
use typeproof::trust::Assurance;
use typeproof::typing::attempt::Attempt;
use typeproof::typing::circumstances::Circumstances;
use typeproof::typing::exercise::{Exercise, LessonRef, Source};
use typeproof::typing::keyboard::Keyboard;

use super::{Cases, Vector};
use crate::support::cast::Who;
use crate::support::courses::{self, COMPLETED, Manner, SQL, WELL, completed, course, on, typed};
use crate::support::records::{at, record, slowly};

/// A badge of the course that names exactly these attempts.
fn named(what: &str, attempts: &[Attempt], why: &str) -> Vector {
    let (record, course) = (record(attempts), course(SQL));
    let claim = courses::claim(Who::Learner, Assurance::SelfAssessed, &course, attempts, &record);
    Vector::credential(what, &courses::issue(Who::Learner, &course, &claim).credential)
        .being(Who::Learner)
        .with_log(&record)
        .expect("refused", "yes no - no yes", why)
}

/// The completed course with another attempt in one place, which begins when that began.
fn with(place: usize, attempt: Attempt) -> Vec<Attempt> {
    let mut all = COMPLETED.clone();
    let start = all[place].started_unix_ms;
    all[place] = Attempt { started_unix_ms: start, ..attempt };
    all
}

fn changed(place: usize, change: impl Fn(&mut Attempt)) -> Vec<Attempt> {
    let mut all = COMPLETED.clone();
    change(&mut all[place]);
    all
}

/// A lesson of the course on the US layout, by its place.
fn lesson<T>(place: usize, what: impl Fn(&Lesson, &Ground<'_>) -> T) -> T {
    on("us", "en", |ground| what(&course(SQL).lessons(ground)[place], ground))
}

/// A lesson typed in another manner.
fn typed_otherwise(place: usize, manner: Manner) -> Vec<Attempt> {
    let start = "2026-11-10T09:00:00Z";
    with(place, lesson(place, |each, ground| courses::lesson(each, ground, manner, start)))
}

/// The same exercise under another name of its lesson.
fn renamed(place: usize, rename: impl Fn(&mut LessonRef)) -> Vec<Attempt> {
    changed(place, |attempt| {
        let mut exercise = (*attempt.exercise).clone();
        if let Source::Lesson(named) = &mut exercise.source {
            rename(named);
        }
        attempt.exercise = Arc::new(exercise);
    })
}

pub fn wrong() -> Cases {
    [missing_or_other(), not_passed(), out_of_order(), elsewhere()].concat()
}

/// Lessons that are missing, doubled, or of something else.
fn missing_or_other() -> Cases {
    let without = |place: usize| {
        let mut all = COMPLETED.clone();
        all.remove(place);
        all
    };
    let again = {
        let mut all = COMPLETED.clone();
        let start = "2026-11-10T16:00:00Z";
        all.insert(2, lesson(0, |each, ground| courses::lesson(each, ground, WELL, start)));
        all
    };
    let same = with_twice();
    let borrowed = |id: &str| {
        on("us", "en", |ground| {
            let other: Course = course(id);
            with(0, completed(&other, ground).remove(0))
        })
    };
    let free = with(1, slowly("2026-11-10T13:00:00Z", 40));
    let ends_free = [&COMPLETED[..], &[slowly("2026-11-12T09:00:00Z", 40)]].concat();
    vec![
        (
            "lesson-missing",
            named(
                "A lesson is missing.",
                &without(1),
                "the record has no keystroke log of a lesson of the course (Lesson 2",
            ),
        ),
        (
            "test-missing",
            named(
                "The final test is missing.",
                &without(3),
                "no keystroke log of a lesson of the course (Lesson 4: The final test)",
            ),
        ),
        (
            "lesson-doubled",
            named(
                "A lesson twice, typed twice.",
                &again,
                "log 3 of the record is of the lesson of log 1 again",
            ),
        ),
        ("lesson-same-file", named("One attempt twice.", &same, "log 2 of the record is log 1 again")),
        (
            "lesson-instead-of-another",
            named(
                "The first lesson twice, the second never.",
                &with(1, COMPLETED[0].clone()),
                "log 2 of the record is of the lesson of log 1 again",
            ),
        ),
        (
            "lesson-of-another-course",
            named(
                "A lesson of another course.",
                &borrowed("code-c"),
                "log 1 of the record is of another course, or of another version of this one: code-c/",
            ),
        ),
        (
            "lesson-of-another-version",
            named(
                "A lesson of another version.",
                &renamed(2, |named| named.version = 2),
                "log 3 of the record is of another course, or of another version of this one: code-sql/",
            ),
        ),
        (
            "lesson-unknown",
            named(
                "A lesson that the course does not have.",
                &renamed(2, |named| named.lesson = "dreams".to_owned()),
                "log 3 of the record is of another course, or of another version of this one: code-sql/dreams",
            ),
        ),
        ("lesson-free", named("No lesson at all.", &free, "log 2 of the record is of no lesson")),
        (
            "test-free",
            named("A free exercise at the end.", &ends_free, "log 5 of the record is of no lesson"),
        ),
    ]
}

fn with_twice() -> Vec<Attempt> {
    let mut all = COMPLETED.clone();
    all[1] = all[0].clone();
    all
}

/// Lessons that were not passed.
fn not_passed() -> Cases {
    let other_text = lesson(0, |each, ground| {
        let made = each.exercise(ground, 5).unwrap();
        let own = Exercise { seed: 6, ..made };
        typed(&Arc::new(own), each.gate.speed.0, WELL, at("2026-11-10T09:00:00Z"))
    });
    let other_rules = lesson(0, |each, ground| {
        let mut made = each.exercise(ground, 5).unwrap();
        made.rules.unit = typeproof::typing::rules::Unit::Kph;
        typed(&Arc::new(made), each.gate.speed.0, WELL, at("2026-11-10T09:00:00Z"))
    });
    let given_up = changed(1, |attempt| {
        let mut session = typeproof::typing::session::Session::new(Arc::clone(&attempt.exercise));
        for n in 0..20 {
            let key = session.due().unwrap();
            session.press(typeproof::typing::key::Stroke { at: n * 300, key });
        }
        session.give_up(6_000);
        attempt.log = session.log().unwrap();
        attempt.wall_ms = 6_000;
    });
    vec![
        (
            "lesson-too-slow",
            named(
                "A lesson at half its speed.",
                &typed_otherwise(1, Manner { speed_percent: 50, ..WELL }),
                "log 2 of the record does not pass its lesson (Lesson 2",
            ),
        ),
        (
            "lesson-inaccurate",
            named(
                "A lesson with every eighth key missed.",
                &typed_otherwise(1, Manner { missed: 8, ..WELL }),
                "log 2 of the record does not pass its lesson (Lesson 2",
            ),
        ),
        (
            "lesson-given-up",
            named("A lesson given up.", &given_up, "log 2 of the record does not pass its lesson (Lesson 2"),
        ),
        (
            "lesson-other-text",
            named(
                "A text that its seed does not give.",
                &with(0, other_text),
                "log 1 of the record does not pass its lesson (Lesson 1",
            ),
        ),
        (
            "lesson-other-rules",
            named(
                "Other rules.",
                &with(0, other_rules),
                "log 1 of the record does not pass its lesson (Lesson 1",
            ),
        ),
        (
            "lesson-slept",
            named(
                "The machine slept for an hour.",
                &changed(2, |attempt| attempt.wall_ms += 3_600_000),
                "log 3 of the record does not pass its lesson (Lesson 3",
            ),
        ),
        (
            "lesson-with-a-fast-clock",
            named(
                "Minutes in the log, a second on the wall.",
                &changed(2, |attempt| attempt.wall_ms = 1_000),
                "log 3 of the record does not count as practice: the machine slept or its clock was changed",
            ),
        ),
        (
            "lesson-of-a-program",
            named(
                "Typed by a program.",
                &typed_otherwise(1, Manner { speed_percent: 100_000, missed: 0 }),
                "log 2 of the record does not count as practice: ",
            ),
        ),
        (
            "lesson-with-a-wrong-clock",
            named(
                "The clock that timed it was ten seconds off.",
                &changed(2, |attempt| {
                    attempt.circumstances =
                        Some(Circumstances { machine_ahead_ms: 10_000, ..Circumstances::default() });
                }),
                "log 3 of the record does not count as practice: the clock that timed the test",
            ),
        ),
    ]
}

/// Lessons in an order in which nobody takes them.
fn out_of_order() -> Cases {
    let mut disordered = COMPLETED.clone();
    disordered.swap(0, 1);
    let test_third = {
        let mut all = COMPLETED.clone();
        let (third, test) = (all[2].started_unix_ms, all[3].started_unix_ms);
        all.swap(2, 3);
        (all[2].started_unix_ms, all[3].started_unix_ms) = (third, test);
        all
    };
    let learner = lesson(1, |each, ground| courses::lesson(each, ground, WELL, "2026-11-10T09:00:20Z"));
    let mut overlapping = COMPLETED.clone();
    overlapping[1] = learner;
    let late = {
        let mut all = COMPLETED.clone();
        all[3].started_unix_ms = at("2026-11-28T09:00:00Z");
        all
    };
    vec![
        (
            "lessons-disordered",
            named(
                "Not in their order.",
                &disordered,
                "log 2 of the record begins before the one before it has ended",
            ),
        ),
        (
            "lesson-of-another-learner",
            named(
                "Another learner's lesson, typed while one's own was.",
                &overlapping,
                "log 2 of the record begins before the one before it has ended",
            ),
        ),
        (
            "test-not-last",
            named(
                "A lesson after the final test.",
                &test_third,
                "log 3 of the record is the final test, and others follow",
            ),
        ),
        ("test-after-the-signing", {
            // The badge says another time than its record, so that it was signed before.
            let (record, course) = (record(&late), course(SQL));
            let claim = courses::claim(Who::Learner, Assurance::SelfAssessed, &course, &COMPLETED, &record);
            Vector::credential(
                "The final test was taken after the signing.",
                &courses::issue(Who::Learner, &course, &claim).credential,
            )
            .being(Who::Learner)
            .with_log(&record)
            .expect(
                "refused",
                "yes no - no yes",
                "log 4 of the record was made after the badge was signed",
            )
        }),
    ]
}

/// Lessons on another layout, in another language, or no attempts.
fn elsewhere() -> Cases {
    let other = |layout: &str, language: &str| {
        on(layout, language, |ground| {
            let start = "2026-11-10T13:00:00Z";
            with(1, courses::lesson(&course(SQL).lessons(ground)[1], ground, WELL, start))
        })
    };
    let keyboard = |keyboard: &Keyboard| changed(1, |attempt| attempt.keyboard = Some(keyboard.clone()));
    let emulated = Keyboard { set_to: Some("us".to_owned()), ..Keyboard::of("colemak") };
    vec![
        (
            "lesson-on-another-layout",
            named(
                "A lesson made for another layout.",
                &other("dvorak", "en"),
                "log 2 of the record was typed on another layout or in another language than the badge says: dvorak, en",
            ),
        ),
        (
            "lesson-in-another-language",
            named(
                "A lesson made for another language.",
                &other("us", "de"),
                "log 2 of the record was typed on another layout or in another language than the badge says: us, de",
            ),
        ),
        (
            "lesson-on-another-keyboard",
            named(
                "Typed on another layout than it was made for.",
                &keyboard(&Keyboard::of("colemak")),
                "log 2 of the record was typed on another layout or in another language than the badge says: colemak, en",
            ),
        ),
        (
            "lesson-emulated",
            named(
                "A layout that the keyboard is not set to.",
                &keyboard(&emulated),
                "log 2 of the record does not count as practice: the layout was emulated",
            ),
        ),
        ("lesson-no-log", {
            let mut files: Vec<Vec<u8>> = COMPLETED.iter().map(Attempt::to_bytes).collect();
            files[2] = b"no attempt".to_vec();
            let files = files.iter().map(Vec::as_slice).collect();
            let record = typeproof::typing::record::Record::of(files).to_bytes().unwrap();
            let course = course(SQL);
            let claim = courses::claim(Who::Learner, Assurance::SelfAssessed, &course, &COMPLETED, &record);
            Vector::credential(
                "A file within it is no attempt.",
                &courses::issue(Who::Learner, &course, &claim).credential,
            )
            .being(Who::Learner)
            .with_log(&record)
            .expect(
                "refused",
                "yes no - no yes",
                "keystroke log 3 of the record cannot be replayed",
            )
        }),
    ]
}
