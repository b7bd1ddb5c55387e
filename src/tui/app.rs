//! The program with screens: waits, hands what comes to the screen that has the keyboard, draws, and leaves.

use std::sync::Arc;
use std::time::Instant;

use super::input::{Input, Signal};
use super::screen::{Colours, Screen};
use super::terminal::{Keyboard, Terminal, TerminalError};
use crate::desk::{Desk, DeskError, Finished};
use crate::sitting::Task;
use crate::typing::attempt::Attempt;
use crate::typing::log::EventKind;

mod effects;
mod model;
mod pages;
mod serving;

pub use model::App;

/// Where the program begins. A test or replay begun from the command line ends the program when it is left.
#[derive(Debug)]
pub enum Start {
    /// The home screen.
    Home,
    /// A test.
    Test(Task),
    /// An attempt being played.
    Replay(Arc<Attempt>),
}

/// How the program runs.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Where keys are read.
    pub keyboard: Keyboard,
    /// Which colours are written.
    pub colours: Colours,
    /// Whether a test begun from the command line ends the program at once, without its result on the screen.
    pub quick: bool,
    /// Whether the first key makes the program panic, to show that the terminal is restored.
    pub crash: bool,
}

/// How the program ended.
#[derive(Debug)]
pub struct Ended {
    /// The exit status: 0, 130 for a test begun from the command line and given up, 128 and the number of a signal.
    pub status: u8,
    /// The last test that was finished and saved.
    pub finished: Option<Finished>,
}

/// Why the program could not run.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// What was asked for cannot be shown or typed.
    #[error(transparent)]
    Desk(#[from] DeskError),
    /// The terminal cannot be used.
    #[error(transparent)]
    Terminal(#[from] TerminalError),
}

/// Runs the screens until they are left; then the terminal is as it was found.
///
/// # Errors
/// When what `start` names cannot be had, which is found before the terminal is touched, or when the terminal fails.
pub fn run(desk: Desk, start: Start, options: Options) -> Result<Ended, AppError> {
    let mut app = App::new(desk, start, options.quick)?;
    let mut terminal = Terminal::open(options.keyboard)?;
    let mut screen = Screen::new(terminal.size(), options.colours);
    app.resize(screen.area());
    let mut inputs = Vec::new();
    loop {
        if app.is_stale() && terminal.can_draw() {
            terminal.send(app.draw(&mut screen))?;
        }
        let at = terminal.wait(app.wake(), &mut inputs)?;
        if options.crash && inputs.iter().any(|input| matches!(input, Input::Key(_))) {
            crash();
        }
        for input in inputs.drain(..) {
            take(&mut app, &mut screen, &mut terminal, at, &input);
        }
        app.tick(at);
        if let Some(status) = app.status() {
            drop(terminal);
            return Ok(Ended { status, finished: app.into_finished() });
        }
    }
}

#[expect(clippy::panic, reason = "asked for")]
fn crash() -> ! {
    panic!("this was asked for with --crash");
}

/// What concerns terminal and screen is done here; everything else is the model's.
fn take(app: &mut App, screen: &mut Screen, terminal: &mut Terminal, at: Instant, input: &Input) {
    match input {
        Input::Resize(size) => {
            screen.resize(*size);
            app.resize(screen.area());
        }
        Input::Signal(Signal::Stop) => stop(app, terminal, at),
        Input::Signal(Signal::Continue) => {
            app.record(at, EventKind::Resumed);
            screen.resize(terminal.size());
            app.resize(screen.area());
        }
        input => {
            if app.take(at, input) {
                stop(app, terminal, at);
            }
        }
    }
}

/// Stops the process until it is continued. Whoever leads a session cannot be, and goes on.
fn stop(app: &mut App, terminal: &mut Terminal, at: Instant) {
    if terminal.suspend() {
        app.record(at, EventKind::Suspended);
    }
}
