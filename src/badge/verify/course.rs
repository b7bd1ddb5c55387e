//! A badge of a course: compared with its course, its numbers with what they can be on its layout and in its language, and
//! its record, where that is given, replayed lesson by lesson.

use serde_json::{Value, json};

use super::verdict::Answer;
use super::{compared, gathered, level, measured, record, summary};
use crate::badge::claim::{Final, Gathered, Taught};
use crate::badge::figures::Figures;
use crate::badge::holes::{course_holes, urn_uuid};
use crate::badge::reasons::Reason;
use crate::badge::texts::Texts;
use crate::lessons::catalogue::Catalogue;
use crate::lessons::course::{COURSE, Course, Ground, NotCompleted, complete};
use crate::typing::attempt::Attempt;
use crate::typing::exercise::Source;
use crate::typing::score::Score;

/// The kind of the template, the name before the counts, and the row that has the number of exercises.
const STATED: (&str, &str, &str) = ("course", COURSE, "lessons");

/// What a badge of a course states.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stated {
    pub(super) gathered: Gathered,
    ended: Final,
    taught: Taught,
}

/// Whether a badge says of itself that it is of a course as typeproof counts it.
pub(super) fn is_counted(credential: &Value) -> bool {
    gathered::counts(credential, COURSE).next().is_some()
}

/// The course that a badge's achievement is.
pub(super) fn known<'a>(credential: &Value, catalogue: &'a Catalogue) -> Option<&'a Course> {
    let urn = level::text(summary::achievement(credential), "id")?;
    catalogue.course_digests().find(|(_, digest)| urn_uuid(digest) == urn).map(|(course, _)| course)
}

/// What a badge of a course states; nothing where it does not do so as ours do.
pub(super) fn stated(credential: &Value) -> Option<Stated> {
    read(credential).ok()
}

/// Whether the numbers follow from the record, if one was given; and in any case whether the badge is of the course that it
/// names, and its numbers can be.
///
/// # Errors
/// The answer, where that is a refusal or that nothing can be told.
pub(super) fn answer(
    credential: &Value,
    bytes: Option<&[u8]>,
    catalogue: &Catalogue,
) -> Result<Answer, Answer> {
    let course = known(credential, catalogue);
    match course {
        Some(course) => level::same(credential, &Texts::of_course(course)).map_err(Answer::No)?,
        None => level::borrowed(credential)?,
    }
    let attempted = bytes.map(|bytes| replayed(credential, bytes)).transpose().map_err(Answer::No)?;
    let impossible = |what| Answer::No(Reason::new("evidence-impossible").with("what", what));
    let stated = read(credential).map_err(impossible)?;
    check(credential, &stated, course).map_err(impossible)?;
    let Some(course) = course else {
        let code = if attempted.is_some() { "record-unknown" } else { "no-record" };
        return Ok(Answer::NotChecked(Reason::new(code)));
    };
    let (layout, language) = (stated.taught.layout, stated.taught.language);
    let Some(ground) = catalogue.badge_ground(layout.as_str(), language.as_str()) else {
        let open = Reason::new("course-ground").with("layout", layout.as_str());
        return Err(Answer::NotChecked(open.with("language", language.as_str())));
    };
    if let Some(attempts) = &attempted {
        passed(course, &ground, attempts).map_err(Answer::No)?;
    }
    let lessons = u32::try_from(course.lessons(&ground).len()).unwrap_or(u32::MAX);
    if stated.gathered.exercises != lessons {
        return Err(impossible(Reason::new("figures-course-lessons").with("count", lessons)));
    }
    Ok(match attempted {
        None => Answer::NotChecked(Reason::new("no-record")),
        Some(_) => Answer::Yes(record::followed(&stated.gathered)),
    })
}

/// What a badge states.
fn read(credential: &Value) -> Result<Stated, Reason> {
    let gathered = gathered::read(credential, STATED)?.ok_or_else(|| Reason::new("figures-counts"))?;
    let row = |key| measured::row(credential, key);
    let number = |key| row(key).and_then(measured::hundredths_in);
    let rows = || {
        let ended = Final {
            net_x100: number("final-net")?,
            gross_x100: number("final-gross")?,
            accuracy_bp: number("final-accuracy")?,
        };
        Some(Stated { gathered, ended, taught: Taught::parse(row("ground")?)? })
    };
    rows().ok_or_else(|| Reason::new("figures-rows"))
}

/// Checks the numbers of a badge of a course.
fn check(credential: &Value, stated: &Stated, course: Option<&Course>) -> Result<(), Reason> {
    let Stated { gathered, ended, .. } = stated;
    if let Some(what) = gathered::impossible(credential, gathered) {
        return Err(what);
    }
    if let Some(what) = ended.contradiction() {
        return Err(Reason::new(what));
    }
    let below = |course: &Course| ended.net_x100 < course.to_x100 || ended.accuracy_bp < course.accuracy_bp;
    if course.is_some_and(below) { Err(Reason::new("figures-course-below")) } else { Ok(()) }
}

/// The attempts of the record, if it is the one that the badge names and gives the badge's numbers and times.
fn replayed(credential: &Value, bytes: &[u8]) -> Result<Vec<Attempt>, Reason> {
    let (record, log) = record::named(credential, bytes, "course-record-form")?;
    let attempts = record::attempts(&record)?;
    let (found, start) = Gathered::of(&record::practised(&attempts, credential)?);
    let (ended, taught) = ended(&attempts)?;
    let (holes, course) = (course_holes(&found, &ended, &taught), json!({"kind": "course"}));
    compared::same_rows(credential, &holes, &ROWS)?;
    compared::same_counts(log, &holes, &course)?;
    record::same_time(credential, start, &found)?;
    compared::only_its_results(credential, &course)?;
    compared::same_remarks(credential, &holes, &course)?;
    Ok(attempts)
}

/// The figures of the last attempt, and for which layout and language it is.
fn ended(attempts: &[Attempt]) -> Result<(Final, Taught), Reason> {
    let at = |code| Reason::new(code).with("number", attempts.len());
    let last = attempts.last().ok_or_else(|| at("course-no-lesson"))?;
    let score = last.replay().ok().and_then(|session| Score::of(&session));
    let score = score.ok_or_else(|| Reason::new("evidence-no-end"))?;
    let figures = Figures::of(&score, &last.exercise.rules);
    let Source::Lesson(named) = &last.exercise.source else { return Err(at("course-no-lesson")) };
    let taught = Taught::new(&named.layout, &named.language).ok_or_else(|| at("course-no-lesson"))?;
    let ended = Final {
        net_x100: figures.net_x100,
        gross_x100: figures.gross_x100,
        accuracy_bp: figures.accuracy_bp(),
    };
    Ok((ended, taught))
}

/// The rows of a badge of a course, and what they are called where they differ.
const ROWS: [(&str, &str); 7] = [
    ("ground", "evidence-figure-ground"),
    ("lessons", "evidence-figure-lessons"),
    ("final-net", "evidence-figure-final-net"),
    ("final-gross", "evidence-figure-final-gross"),
    ("final-accuracy", "evidence-figure-final-accuracy"),
    ("hours", "evidence-figure-hours"),
    ("days", "evidence-figure-days"),
];

/// Whether the attempts complete the course.
fn passed(course: &Course, ground: &Ground<'_>, attempts: &[Attempt]) -> Result<(), Reason> {
    let at = |code, at: usize| Reason::new(code).with("number", at + 1);
    complete(course, ground, attempts).map(drop).map_err(|why| match why {
        NotCompleted::NoLesson { at: place } => at("course-no-lesson", place),
        NotCompleted::OtherCourse { at: place, named } => {
            let id = format!("{}/{}", named.course, named.lesson);
            at("course-other", place).with("id", id).with("version", named.version)
        }
        NotCompleted::OtherGround { at: place, layout, language } => {
            at("course-other-ground", place).with("layout", layout).with("language", language)
        }
        NotCompleted::Twice { at: place, first, lesson } => {
            at("course-twice", place).with("lesson", lesson).with("first", first + 1)
        }
        NotCompleted::TestNotLast { at: place } => at("course-test-not-last", place),
        NotCompleted::NotPassed { at: place, lesson, why } => {
            let why = why.first().map(ToString::to_string).unwrap_or_default();
            at("course-not-passed", place).with("lesson", lesson).with("why", why)
        }
        NotCompleted::Missing { lesson } => Reason::new("course-missing").with("lesson", lesson),
        NotCompleted::NoTest => Reason::new("course-no-test"),
    })
}
