//! Courses in tests: lessons typed by a machine, their record, and claims about them.

use std::sync::{Arc, LazyLock};

use typeproof::badge::claim::{Claim, Final, Gathered, Measured, Taught};
use typeproof::badge::credential::{self, Badge, Texts};
use typeproof::badge::figures::Figures;
use typeproof::lessons::catalogue::Catalogue;
use typeproof::lessons::course::{Course, Ground, Lesson};
use typeproof::lessons::practice::Practice;
use typeproof::trust::Assurance;
use typeproof::typing::attempt::Attempt;
use typeproof::typing::circumstances::Circumstances;
use typeproof::typing::exercise::{Exercise, Source};
use typeproof::typing::key::{Key, Stroke};
use typeproof::typing::score::Score;
use typeproof::typing::session::{Phase, Session};

use super::cast::{self, Who};
use super::records::{at, name, record};

/// The course of most cases: four lessons of code, the last of them the final test.
pub const SQL: &str = "code-sql";

/// A shipped course.
pub fn course(id: &str) -> Course {
    Catalogue::embedded().course(id).unwrap().clone()
}

/// Does something with a layout and a language.
pub fn on<T>(layout: &str, language: &str, what: impl FnOnce(&Ground<'_>) -> T) -> T {
    what(&Catalogue::embedded().badge_ground(layout, language).unwrap())
}

/// How somebody types.
#[derive(Clone, Copy)]
pub struct Manner {
    /// How much faster than asked, in percent.
    pub speed_percent: u32,
    /// One key in so many is missed and put right; none for 0.
    pub missed: usize,
}

/// Faster than asked, with a mistake now and then.
pub const WELL: Manner = Manner { speed_percent: 130, missed: 90 };

/// An exercise typed by somebody who is asked for so many hundredths of words a minute.
pub fn typed(exercise: &Arc<Exercise>, wpm_x100: u32, manner: Manner, start: i64) -> Attempt {
    let mut session = Session::new(Arc::clone(exercise));
    let pace = 1_200_000 * 100 / wpm_x100 / manner.speed_percent;
    let (mut now, mut count) = (0, 0);
    while !matches!(session.phase(), Phase::Ended(_)) {
        let due = session.due().unwrap();
        count += 1;
        if manner.missed > 0 && count % manner.missed == 0 {
            session.press(Stroke { at: now, key: Key::Char('~') });
            session.press(Stroke { at: now + pace / 4, key: Key::Backspace });
            now += pace / 2;
        }
        session.press(Stroke { at: now, key: due });
        now += pace;
    }
    let log = session.log().unwrap();
    let wall_ms = i64::from(log.close.at);
    Attempt {
        exercise: Arc::clone(exercise),
        level: None,
        started_unix_ms: start,
        wall_ms,
        circumstances: None,
        keyboard: None,
        log,
    }
}

/// A lesson typed then.
pub fn lesson(lesson: &Lesson, ground: &Ground<'_>, manner: Manner, start: &str) -> Attempt {
    let exercise = Arc::new(lesson.exercise(ground, 5).unwrap());
    let wpm_x100 = lesson.gate.speed.0 / lesson.rules.unit.per_wpm();
    typed(&exercise, wpm_x100, manner, at(start))
}

/// Every lesson of a course, two a day, the final test last.
pub fn completed(course: &Course, ground: &Ground<'_>) -> Vec<Attempt> {
    let lessons = course.lessons(ground);
    let start = |n: usize| format!("2026-11-{:02}T{:02}:00:00.250Z", 10 + n / 2, 9 + n % 2 * 4);
    lessons.iter().enumerate().map(|(n, each)| lesson(each, ground, WELL, &start(n))).collect()
}

/// The course of most cases, completed on the US layout.
pub static COMPLETED: LazyLock<Vec<Attempt>> =
    LazyLock::new(|| on("us", "en", |ground| completed(&course(SQL), ground)));

/// The same where something was seen besides the keys of the second.
pub fn remarked() -> Vec<Attempt> {
    let mut all = COMPLETED.clone();
    all[1].circumstances =
        Some(Circumstances { together: 2, early: 2, wall_ahead_ms: 7_200_000, ..Circumstances::default() });
    all
}

/// What these attempts come to, as a badge states it, and when they began; whether or not they complete anything.
pub fn measured(attempts: &[Attempt]) -> (Measured, u64) {
    let mut practice = Practice::default();
    // What does not count is left out, and said by the verifier.
    attempts.iter().for_each(|attempt| practice.add(attempt).unwrap_or_default());
    let (gathered, start) = Gathered::of(&practice);
    let gathered = Gathered { exercises: u32::try_from(attempts.len()).unwrap(), ..gathered };
    let last = attempts.last().unwrap();
    let figures = Figures::of(&Score::of(&last.replay().unwrap()).unwrap(), &last.exercise.rules);
    let ended = Final {
        net_x100: figures.net_x100,
        gross_x100: figures.gross_x100,
        accuracy_bp: figures.accuracy_bp(),
    };
    let taught = match &last.exercise.source {
        Source::Lesson(named) => Taught::new(&named.layout, &named.language).unwrap(),
        _ => Taught::new("us", "en").unwrap(),
    };
    (Measured::Course { gathered, ended, taught }, start)
}

/// A claim to a course that these attempts bear out, and a record that may be another.
pub fn claim(who: Who, assurance: Assurance, course: &Course, attempts: &[Attempt], record: &[u8]) -> Claim {
    let (measured, start_unix) = measured(attempts);
    Claim {
        level: Texts::of_course(course).reference(),
        measured,
        start_unix,
        log: name(record),
        ..cast::claim(who, assurance)
    }
}

/// Issues a claim to a course.
pub fn issue(who: Who, course: &Course, claim: &Claim) -> Badge {
    credential::issue(claim, &Texts::of_course(course), &who.profile(), &who.key()).unwrap()
}

/// The college's badge of the course of most cases.
pub static COLLEGE: LazyLock<Badge> = LazyLock::new(|| {
    let record = record(&COMPLETED);
    let course = course(SQL);
    issue(Who::College, &course, &claim(Who::College, Assurance::Proctored, &course, &COMPLETED, &record))
});
