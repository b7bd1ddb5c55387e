//! How far somebody is in a course: which lessons are passed, by which attempt, and which comes next.

use super::lesson::Lesson;
use crate::typing::exercise::LessonRef;

/// An attempt at a lesson, as a history knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tried {
    /// The attempt's id.
    pub attempt: String,
    /// Which lesson, for which layout and language.
    pub lesson: LessonRef,
    /// Whether it passed the gate that was set when it was made.
    pub passed: bool,
    /// Whether it passed the course's own gate: only that is ground for the course's badge.
    pub ground: bool,
    /// Net speed, in hundredths of a word per minute.
    pub net_wpm_x100: u32,
    /// Accuracy, in basis points.
    pub accuracy_bp: u32,
}

/// How one lesson stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// The attempt that passed it last, by whatever gate was set then.
    pub passed: Option<String>,
    /// The attempt that passed it last by the course's own gate.
    pub ground: Option<String>,
    /// How often it was tried.
    pub tries: u32,
    /// The best try: net speed in hundredths of a word per minute, and accuracy in basis points.
    pub best: Option<(u32, u32)>,
}

/// How each lesson stands, in the order of the lessons; `tried` has the newest attempts first. Attempts of another layout or
/// language are of other lessons, and count nothing here.
#[must_use]
pub fn standings(lessons: &[Lesson], tried: &[Tried]) -> Vec<Standing> {
    let standing = |lesson: &Lesson| {
        let mut standing = Standing::default();
        for attempt in tried.iter().filter(|attempt| attempt.lesson == lesson.named) {
            let id = || attempt.attempt.clone();
            standing.tries += 1;
            standing.passed = standing.passed.take().or_else(|| attempt.passed.then(id));
            standing.ground = standing.ground.take().or_else(|| attempt.ground.then(id));
            standing.best = standing.best.max(Some((attempt.net_wpm_x100, attempt.accuracy_bp)));
        }
        standing
    };
    lessons.iter().map(standing).collect()
}

/// The place of the lesson that comes next: the first behind the last one that is passed, or else the first that is not; `None`
/// when all are passed. So nobody is led back to a lesson that was skipped before the rest is done.
#[must_use]
pub fn next(standings: &[Standing]) -> Option<usize> {
    let passed = |standing: &Standing| standing.passed.is_some();
    let behind = standings.iter().rposition(passed).map_or(0, |last| last + 1);
    let open =
        |from: usize| standings.iter().skip(from).position(|standing| !passed(standing)).map(|at| from + at);
    open(behind).or_else(|| open(0))
}
