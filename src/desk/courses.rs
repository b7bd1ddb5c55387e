//! Courses at the desk: the lessons for the learner's layout and language, how they stand, and which comes next.

use std::sync::Arc;

use super::{Desk, DeskError};
use crate::lessons::course::progress::{self, Standing};
use crate::lessons::course::{Course, Ground, Lesson, judge};
use crate::lessons::judge::Shortfall;
use crate::lessons::language::Language;
use crate::lessons::layout::Layout;
use crate::sitting::{Sitting, Task};
use crate::store::settings::Settings;
use crate::system;
use crate::typing::attempt::Attempt;
use crate::typing::exercise::Source;

/// The course of somebody who has begun none.
pub const FIRST_COURSE: &str = "foundations";

/// The seed of the text that a lesson's page shows.
const TASTE: u64 = 1;

/// A course on the learner's layout and in the learner's language, and how its lessons stand.
#[derive(Clone, Debug)]
pub struct CourseProgress {
    /// The course.
    pub course: Course,
    /// Its lessons, with the gates that are set.
    pub lessons: Vec<Lesson>,
    /// How each stands.
    pub standings: Vec<Standing>,
    /// The place of the lesson that comes next; nothing when all are passed.
    pub next: Option<usize>,
}

impl CourseProgress {
    /// Whether a lesson's gate is the learner's own, and not the course's.
    #[must_use]
    pub fn is_changed(&self, lesson: &Lesson) -> bool {
        let count = self.lessons.len();
        let speed = self.course.speed_x100(lesson.number - 1, count);
        lesson.gate.speed.0 != speed || lesson.gate.accuracy.is_none_or(|a| a.0 != self.course.accuracy_bp)
    }

    /// How many lessons are passed.
    #[must_use]
    pub fn passed(&self) -> usize {
        self.standings.iter().filter(|standing| standing.passed.is_some()).count()
    }

    /// The attempt at each lesson that passed the course's own gate last; `None` while one is missing. Only these are ground
    /// for the course's badge.
    #[must_use]
    pub fn grounds(&self) -> Option<Vec<&str>> {
        self.standings.iter().map(|standing| standing.ground.as_deref()).collect()
    }

    /// What to say of a course in which no lesson comes next.
    #[must_use]
    pub const fn at_its_end(&self) -> &'static str {
        match self.lessons.is_empty() {
            true => "No lesson of this course can be typed on your layout and in your language.",
            false => "Every lesson is passed.",
        }
    }

    /// The lesson that comes next.
    #[must_use]
    pub fn next_lesson(&self) -> Option<&Lesson> {
        self.lessons.get(self.next?)
    }
}

/// What came of a lesson.
#[derive(Clone, Debug)]
pub struct LessonResult {
    /// The lesson, with the gate that was set.
    pub lesson: Lesson,
    /// Whether it was passed by that gate, or what was missing, accuracy first. A layout that is emulated is no obstacle.
    pub verdict: Result<(), Vec<Shortfall>>,
    /// Whether it was passed by the course's own gate, and so is ground for its badge.
    pub ground: bool,
}

impl Desk {
    /// A course, and how its lessons stand on the learner's layout and in the learner's language.
    ///
    /// # Errors
    /// When there is no such course or layout, or the history cannot be read.
    pub fn course_progress(&mut self, id: &str) -> Result<CourseProgress, DeskError> {
        let catalogue = self.catalogue();
        let course = catalogue.course(id).ok_or_else(|| DeskError::NoCourse(id.to_owned()))?.clone();
        let (layout, language) = self.layout_and_language()?;
        let ground = Ground::new(&layout, language, catalogue.shelves());
        let lessons: Vec<Lesson> =
            course.lessons(&ground).iter().map(|lesson| self.by_own_gate(lesson)).collect();
        let standings = progress::standings(&lessons, &self.history()?.tried(&course.id)?);
        let next = progress::next(&standings);
        Ok(CourseProgress { course, lessons, standings, next })
    }

    /// The lesson that comes next in the course practised last, or else in the first one; nothing when all of its lessons are
    /// passed.
    ///
    /// # Errors
    /// When the history cannot be read.
    pub fn next_lesson(&mut self) -> Result<Option<Lesson>, DeskError> {
        let last = self.history()?.last_course()?;
        let known = |id: &String| self.catalogue().course(id).is_some();
        let course = last.filter(known).unwrap_or_else(|| FIRST_COURSE.to_owned());
        Ok(self.course_progress(&course)?.next_lesson().cloned())
    }

    /// A text that a lesson can have, the same each time; nothing where it can have none.
    pub fn taste(&mut self, lesson: &Lesson) -> Option<String> {
        let catalogue = self.catalogue();
        let (lesson, ground) = catalogue.lesson(&lesson.named)?;
        Some(lesson.exercise(&ground, TASTE).ok()?.text.to_string())
    }

    /// A sitting of a lesson.
    pub(super) fn sit_lesson(&mut self, course: &str, lesson: &str) -> Result<Sitting, DeskError> {
        let catalogue = self.catalogue();
        let known = catalogue.course(course).ok_or_else(|| DeskError::NoCourse(course.to_owned()))?;
        let (layout, language) = self.layout_and_language()?;
        let ground = Ground::new(&layout, language, catalogue.shelves());
        let found = known.lessons(&ground).into_iter().find(|each| each.named.lesson == lesson);
        let found = found
            .ok_or_else(|| DeskError::NoLesson { course: known.id.clone(), lesson: lesson.to_owned() })?;
        let exercise = Arc::new(found.exercise(&ground, system::seed())?);
        Ok(Sitting::of_lesson(task(&found), self.by_own_gate(&found), exercise))
    }

    /// Judges an attempt at a lesson, by the gate that is set and by the course's own; nothing where it is of no lesson that is
    /// known here.
    pub(super) fn judge_lesson(&mut self, attempt: &Attempt) -> Option<LessonResult> {
        let Source::Lesson(named) = &attempt.exercise.source else { return None };
        let catalogue = self.catalogue();
        let (lesson, ground) = catalogue.lesson(named)?;
        let own = self.by_own_gate(&lesson);
        Some(result(&lesson, own, attempt, &ground))
    }

    /// A lesson with the gate that the settings ask for.
    fn by_own_gate(&self, lesson: &Lesson) -> Lesson {
        let Settings { lesson_accuracy, lesson_speed, .. } = &self.settings;
        lesson.with_gate(lesson_accuracy.map(|percent| percent * 100), *lesson_speed)
    }

    fn layout_and_language(&mut self) -> Result<(Layout, Language), DeskError> {
        let ground = self.ground();
        let language = Language::of_code(&ground.language).unwrap_or_default();
        Ok((self.named_layout(&ground.layout)?, language))
    }
}

fn result(lesson: &Lesson, own: Lesson, attempt: &Attempt, ground: &Ground<'_>) -> LessonResult {
    let mut missing = judge(&own, attempt, ground).err().unwrap_or_default();
    missing.retain(|shortfall| *shortfall != Shortfall::Emulated);
    let verdict = if missing.is_empty() { Ok(()) } else { Err(missing) };
    LessonResult { lesson: own, verdict, ground: judge(lesson, attempt, ground).is_ok() }
}

/// The task of typing a lesson.
#[must_use]
pub fn task(lesson: &Lesson) -> Task {
    Task::Lesson { course: lesson.named.course.clone(), lesson: lesson.named.lesson.clone() }
}
