//! What became of a test, and how the result says it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::desk::{DeskError, LessonResult};
use crate::lessons::judge::{Passed, Shortfall};
use crate::tui::context::Context;
use crate::tui::screens::parts::{self, style};

/// What became of a test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Free, and saved.
    Saved,
    /// The level was passed.
    Passed,
    /// The lesson was passed; whether by the course's own gate.
    LessonPassed {
        /// Only then it is ground for the course's badge.
        ground: bool,
    },
    /// The lesson was passed, and this is what the course's badge still needs.
    CourseOpen(String),
    /// The course was completed; whether its badge is issued.
    CourseCompleted {
        /// Whether it is.
        awarded: bool,
    },
    /// The level was passed, and its badge is issued.
    Awarded,
    /// The level was not passed: what was missing.
    Missing(Vec<String>),
    /// Saving failed: why.
    Unsaved(String),
}

impl Outcome {
    /// By the verdict on a saved attempt; `awarded` when it has its badge.
    pub fn of(verdict: Option<&Result<Passed, Vec<Shortfall>>>, awarded: bool) -> Self {
        match verdict {
            None => Self::Saved,
            Some(Ok(_)) if awarded => Self::Awarded,
            Some(Ok(_)) => Self::Passed,
            Some(Err(missing)) => Self::Missing(missing.iter().map(ToString::to_string).collect()),
        }
    }

    /// Of a lesson.
    pub fn of_lesson(result: &LessonResult) -> Self {
        match &result.verdict {
            Ok(_) => Self::LessonPassed { ground: result.ground },
            Err(missing) => Self::Missing(missing.iter().map(ToString::to_string).collect()),
        }
    }

    /// Of a course: whether the final test just finished completed it, and else what its badge still needs; also after any
    /// lesson that follows a final test which came too early. Nothing otherwise.
    pub(super) fn of_course(context: &mut Context, awarded: bool) -> Option<Self> {
        let finished = context.finished.as_ref().filter(|finished| finished.lesson.is_some())?;
        let result = finished.lesson.as_deref().filter(|result| result.verdict.is_ok() && result.ground)?;
        let (id, named, is_test) = (finished.id.clone(), result.lesson.named.clone(), result.lesson.is_test);
        if awarded {
            return Some(Self::CourseCompleted { awarded });
        }
        match context.desk.completion(&named, is_test.then_some(id.as_str())) {
            Ok(_) if is_test => Some(Self::CourseCompleted { awarded }),
            Err(DeskError::CourseOpen(open)) if is_test || open.tested => {
                Some(Self::CourseOpen(open.to_string()))
            }
            Err(why @ DeskError::OwnLayout(_)) if is_test => Some(Self::CourseOpen(why.to_string())),
            _ => None,
        }
    }

    /// Says it in the rows at the top; gives how many it took.
    pub(super) fn view(&self, area: Rect, buffer: &mut Buffer) -> u16 {
        match self {
            Self::Saved => 0,
            Self::Passed => {
                let text = "Passed. Press Enter for your badge.";
                parts::paragraph(area, buffer, text, style::good())
            }
            Self::LessonPassed { ground } => {
                let own = if *ground {
                    ""
                } else {
                    " It does not count for the course's badge: the gate was your own, or the layout was emulated."
                };
                parts::paragraph(area, buffer, &format!("Lesson passed.{own}"), style::good())
            }
            Self::CourseOpen(needed) => {
                let text = format!("Lesson passed. There is no badge yet: {needed}.");
                parts::paragraph(area, buffer, &text, style::good())
            }
            Self::CourseCompleted { awarded: false } => {
                let text = "You have completed the course. Press Enter for its badge.";
                parts::paragraph(area, buffer, text, style::good())
            }
            Self::CourseCompleted { awarded: true } => {
                let text = "You have completed the course, and have its badge; press Enter to see it.";
                parts::paragraph(area, buffer, text, style::good())
            }
            Self::Awarded => {
                let text = "Passed. You have the badge for this; press Enter to see it.";
                parts::paragraph(area, buffer, text, style::good())
            }
            Self::Missing(missing) => {
                let text = format!("Not passed.\n{}", missing.join("\n"));
                parts::paragraph(area, buffer, &text, style::bad())
            }
            Self::Unsaved(why) => {
                let text = format!("Not saved: {why}. Press Enter to try again.");
                parts::paragraph(area, buffer, &text, style::bad())
            }
        }
    }
}
