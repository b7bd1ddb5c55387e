//! The program with screens: hands what comes to the screen that has the keyboard, and does what that asks for.

use std::sync::Arc;

use super::drive;
use super::host::{Host, HostError};
use crate::desk::Finished;
use crate::sitting::Task;
use crate::typing::attempt::Attempt;

mod after;
mod commands;
mod dispatch;
mod leaving;
mod model;
mod stack;

pub use after::Left;
pub use model::App;

/// Where the program begins. A test or replay begun from the command line ends the program when it is left.
#[derive(Debug)]
pub enum Start {
    /// The home screen.
    Home,
    /// A test.
    Test(Task),
    /// The page of a lesson.
    Lesson {
        /// The course.
        course: String,
        /// The lesson.
        lesson: String,
    },
    /// The lessons of a course.
    Course(String),
    /// An attempt being played.
    Replay(Arc<Attempt>),
}

/// How the program ended.
#[derive(Debug)]
pub struct Ended {
    /// The exit status: 0, 130 for a test begun from the command line and given up, 128 and the number of a signal.
    pub status: u8,
    /// The last test that was finished and saved.
    pub finished: Option<Finished>,
    /// What became of the test that was left last while it ran.
    pub left: Option<Left>,
}

/// Runs the screens on a host until they are left.
///
/// # Errors
/// When the host fails.
pub fn run(mut app: App, host: &mut dyn Host) -> Result<Ended, HostError> {
    app.meet_browser(host.has_browser());
    drive::run(&mut app, host)?;
    let (status, left) = (app.status().unwrap_or_default(), app.left().cloned());
    Ok(Ended { status, left, finished: app.into_finished() })
}
