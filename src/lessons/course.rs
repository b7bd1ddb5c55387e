//! Courses: lessons in an order, each with a goal, an explanation, a text that is generated for the learner's layout and
//! language, and a gate.
//!
//! A course is written once, by positions and kinds of characters. [`Course::lessons`] makes it into lessons for a
//! [`Ground`], which is a layout and a language; from a lesson and a seed follows its text, with the frozen generator, so
//! that an attempt can be checked by whoever has the course.

mod check;
mod completed;
mod drill;
mod expand;
mod file;
mod ground;
mod lesson;
mod marks;
mod part;
mod passed;
pub mod progress;
mod reach;
mod said;

pub use completed::{Completed, NotCompleted, complete};
pub use ground::Ground;
pub use lesson::{Lesson, Material};
pub use part::{Course, Drill, Part};
pub use passed::{LessonPassed, judge};
pub use said::{COURSE, OWN_CODE};
