//! `typeproof lesson`: the page of a lesson, and the lesson itself.

use std::path::PathBuf;

use clap::Args;

use super::error::CliError;
use super::play::{need_terminal, show};
use crate::desk::{Desk, DeskError, FIRST_COURSE};
use crate::tui::app::{App, Start};
use crate::tui::host::local::Keyboard;

#[derive(Debug, Args)]
#[command(after_long_help = super::help::LESSON)]
pub(super) struct Lesson {
    /// The course; without it, the one practised last
    #[arg(value_name = "COURSE")]
    course: Option<String>,
    /// The lesson, by its id or number; without it, the one that comes next
    #[arg(value_name = "LESSON")]
    lesson: Option<String>,
}

impl Lesson {
    pub(super) fn run(self, lessons: Option<PathBuf>) -> Result<u8, CliError> {
        need_terminal()?;
        let mut desk = super::opened::desk(lessons)?;
        let start = self.start(&mut desk)?;
        Ok(show(App::new(desk, start, false)?, Keyboard::Standard)?.status)
    }

    fn start(self, desk: &mut Desk) -> Result<Start, CliError> {
        let last = match self.course {
            Some(course) => course,
            None => desk.history()?.last_course()?.unwrap_or_else(|| FIRST_COURSE.to_owned()),
        };
        let progress = desk.course_progress(&last)?;
        let course = progress.course.id.clone();
        let asked = |asked: &str| {
            let is = |lesson: &&crate::lessons::course::Lesson| {
                lesson.named.lesson == asked || lesson.number.to_string() == asked
            };
            let missing = || DeskError::NoLesson { course: course.clone(), lesson: asked.to_owned() };
            progress.lessons.iter().find(is).ok_or_else(missing)
        };
        let lesson = match &self.lesson {
            Some(lesson) => Some(asked(lesson)?),
            None => progress.next_lesson(),
        };
        Ok(match lesson {
            Some(lesson) => Start::Lesson { course: course.clone(), lesson: lesson.named.lesson.clone() },
            None => Start::Course(course.clone()),
        })
    }
}
