//! Who has passed a lesson: from the log alone, and by the text that follows from the lesson.

use super::ground::Ground;
use super::lesson::Lesson;
use crate::lessons::judge::{Shortfall, figures, whole};
use crate::lessons::terms::Thresholds;
use crate::typing::attempt::Attempt;
use crate::typing::exercise::{LessonRef, Source};
use crate::typing::score::Score;

/// A lesson that was passed. Only [`judge`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub struct LessonPassed {
    lesson: LessonRef,
    gate: Thresholds,
    score: Score,
}

impl LessonPassed {
    /// Which lesson.
    pub const fn lesson(&self) -> &LessonRef {
        &self.lesson
    }

    /// By which gate: the course's own is ground for the course's badge, one that was changed is not.
    pub const fn gate(&self) -> &Thresholds {
        &self.gate
    }

    /// With what result.
    pub const fn score(&self) -> &Score {
        &self.score
    }
}

/// Judges an attempt at a lesson by replaying its log, by the gate that stands in the lesson.
///
/// # Errors
/// Everything that was missing, accuracy before speed.
pub fn judge(
    lesson: &Lesson,
    attempt: &Attempt,
    ground: &Ground<'_>,
) -> Result<LessonPassed, Vec<Shortfall>> {
    let exercise = &attempt.exercise;
    let is_of_it = matches!(&exercise.source, Source::Lesson(named) if *named == lesson.named);
    let same_text = is_of_it
        && lesson
            .exercise(ground, exercise.seed)
            .is_ok_and(|made| made.text == exercise.text && made.layout == exercise.layout);
    let terms = (exercise.rules == lesson.rules, same_text);
    let score = whole(attempt, terms, |score| {
        let mut missing = figures(&lesson.rules, &lesson.gate, score);
        missing.sort_by_key(|shortfall| !matches!(shortfall, Shortfall::Accuracy { .. }));
        missing
    })?;
    Ok(LessonPassed { lesson: lesson.named.clone(), gate: lesson.gate, score })
}
