//! Why a course is not completed.

use std::fmt;

use crate::lessons::course::Lesson;
use crate::lessons::wording::counted;

/// Why a course is not completed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct CourseOpen {
    /// The course's id.
    pub course: String,
    /// The lessons that are missing, in their order; at least one.
    pub missing: Vec<Lesson>,
    /// Whether the final test was passed before all lessons were.
    pub tested: bool,
}

impl fmt::Display for CourseOpen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let course = &self.course;
        match self.missing.as_slice() {
            [test] if test.is_test && self.tested => write!(
                f,
                "the badge of the course {course} needs its final test after all other lessons: take it once more"
            ),
            [test] if test.is_test => {
                write!(f, "the badge of the course {course} needs its final test, which is not passed yet")
            }
            missing => {
                let lessons: Vec<&Lesson> = missing.iter().filter(|lesson| !lesson.is_test).collect();
                let first = lessons.first().map(|lesson| lesson.name()).unwrap_or_default();
                let last = if self.tested { ", and then the final test once more" } else { "" };
                let count = u32::try_from(lessons.len()).unwrap_or(u32::MAX);
                let count = counted(count, "more lesson");
                write!(
                    f,
                    "the badge of the course {course} needs {count} passed by the course's own gate, first {first}{last}"
                )
            }
        }
    }
}
