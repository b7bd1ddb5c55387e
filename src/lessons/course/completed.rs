//! Who has completed a course: whoever passed each of its lessons on one layout and in one language, the final test last.

use std::collections::BTreeMap;

use super::ground::Ground;
use super::lesson::Lesson;
use super::part::Course;
use super::passed::{LessonPassed, judge};
use crate::lessons::judge::Shortfall;
use crate::typing::attempt::Attempt;
use crate::typing::exercise::{LessonRef, Source};
use crate::typing::rules::Rules;
use crate::typing::score::Score;

/// A course that was completed. Only [`complete`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub struct Completed {
    ended: LessonPassed,
    rules: Rules,
}

impl Completed {
    /// The final test: which lesson it was, and with what result it was passed.
    pub const fn ended(&self) -> &LessonPassed {
        &self.ended
    }

    /// The result of the final test.
    pub const fn score(&self) -> &Score {
        self.ended.score()
    }

    /// The rules of the final test.
    pub const fn rules(&self) -> &Rules {
        &self.rules
    }
}

/// Why attempts do not complete a course; they are counted from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotCompleted {
    /// An attempt is of no lesson.
    NoLesson {
        /// Which attempt.
        at: usize,
    },
    /// An attempt is of another course, another version of it, or of a lesson that it does not have.
    OtherCourse {
        /// Which attempt.
        at: usize,
        /// What it is of.
        named: LessonRef,
    },
    /// An attempt is of another layout or language, or was typed on another layout.
    OtherGround {
        /// Which attempt.
        at: usize,
        /// The layout that it was typed on.
        layout: String,
        /// Its language.
        language: String,
    },
    /// Two attempts are of one lesson.
    Twice {
        /// Which attempt.
        at: usize,
        /// The first of that lesson.
        first: usize,
        /// The lesson.
        lesson: String,
    },
    /// The final test is not the last.
    TestNotLast {
        /// Which attempt it is.
        at: usize,
    },
    /// An attempt does not pass its lesson by the course's own gate.
    NotPassed {
        /// Which attempt.
        at: usize,
        /// The lesson.
        lesson: String,
        /// What was missing.
        why: Vec<Shortfall>,
    },
    /// A lesson has no attempt.
    Missing {
        /// The lesson.
        lesson: String,
    },
    /// The course has no final test.
    NoTest,
}

/// Judges attempts as those that complete a course on this ground: one of each lesson, by the course's own gate, the final
/// test last. Whether they were typed one after the other is for
/// [`Practice`](crate::lessons::practice::Practice) to say.
///
/// # Errors
/// The first thing that speaks against it.
pub fn complete(
    course: &Course,
    ground: &Ground<'_>,
    attempts: &[Attempt],
) -> Result<Completed, NotCompleted> {
    let lessons = course.lessons(ground);
    let mut passed: BTreeMap<&str, usize> = BTreeMap::new();
    let mut ended = None;
    for (at, attempt) in attempts.iter().enumerate() {
        let lesson = lesson_of(at, attempt, &lessons, ground)?;
        if let Some(first) = passed.insert(&lesson.named.lesson, at) {
            return Err(NotCompleted::Twice { at, first, lesson: lesson.name() });
        }
        if lesson.is_test && at + 1 != attempts.len() {
            return Err(NotCompleted::TestNotLast { at });
        }
        let why = |why| NotCompleted::NotPassed { at, lesson: lesson.name(), why };
        let result = judge(lesson, attempt, ground).map_err(why)?;
        ended = lesson.is_test.then_some(Completed { ended: result, rules: lesson.rules });
    }
    match lessons.iter().find(|lesson| !passed.contains_key(lesson.named.lesson.as_str())) {
        Some(lesson) => Err(NotCompleted::Missing { lesson: lesson.name() }),
        None => ended.ok_or(NotCompleted::NoTest),
    }
}

/// The lesson that an attempt is of, typed on the ground's layout.
fn lesson_of<'a>(
    at: usize,
    attempt: &Attempt,
    lessons: &'a [Lesson],
    ground: &Ground<'_>,
) -> Result<&'a Lesson, NotCompleted> {
    let Source::Lesson(named) = &attempt.exercise.source else { return Err(NotCompleted::NoLesson { at }) };
    let other = || NotCompleted::OtherCourse { at, named: named.clone() };
    let of_course = lessons
        .iter()
        .find(|lesson| lesson.named.course == named.course && lesson.named.version == named.version);
    of_course.ok_or_else(other)?;
    let typed_on = attempt.keyboard.as_ref().map_or(named.layout.as_str(), |keyboard| &keyboard.layout);
    let layout = [named.layout.as_str(), typed_on].into_iter().find(|layout| *layout != ground.layout.id);
    if layout.is_some() || named.language != ground.language.code() {
        let (layout, language) = (layout.unwrap_or(typed_on).to_owned(), named.language.clone());
        return Err(NotCompleted::OtherGround { at, layout, language });
    }
    lessons.iter().find(|lesson| lesson.named == *named).ok_or_else(other)
}
