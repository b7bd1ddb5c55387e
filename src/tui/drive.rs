//! What runs a program of screens on a host: waits, hands over what came, draws what changed. One key costs one wait, one
//! read and one write; when nothing happens, nothing runs.

use std::time::Instant;

use ratatui::layout::Rect;

use super::errand::{Errand, MAX_COPY_BYTES, copying, may_open};
use super::host::{Capabilities, Host, HostError};
use super::input::{Input, KeyPress, Keyboard, Signal};
use super::screen::Screen;
use crate::system::monotonic;
use crate::typing::log::EventKind;

/// A program of screens between two inputs. It knows no host: inputs come with their time, drawings go to a
/// [`Screen`].
pub trait Program {
    /// Takes up what the screen can show: at first, and when it turns out to be less.
    fn meet(&mut self, viewer: Capabilities);

    /// Takes another size of the screen.
    fn resize(&mut self, area: Rect);

    /// Whether the screen is behind.
    fn is_stale(&self) -> bool;

    /// Draws what changed, and returns the bytes for the terminal.
    fn draw<'s>(&mut self, screen: &'s mut Screen) -> &'s [u8];

    /// When to wake although nothing comes in.
    fn wake(&self) -> Option<Instant>;

    /// Whether letters are text now. Where they are commands, they come as the keys of a US keyboard at their places.
    fn takes_text(&self) -> bool;

    /// Whether a key does anything now, beside text.
    fn means(&self, key: KeyPress) -> bool;

    /// Takes what came in, and says what the host is to do.
    fn take(&mut self, at: Instant, input: &Input) -> Request;

    /// Whether what is drawn next is a text to be typed that nobody has seen yet.
    fn is_unseen(&self) -> bool;

    /// Notes how keys came: so many characters in one read, `early` where that was before their text could be seen.
    fn came(&mut self, characters: u32, early: bool);

    /// Notes that the program was stopped or continued.
    fn record(&mut self, at: Instant, what: EventKind);

    /// Takes the time.
    fn tick(&mut self, at: Instant);

    /// Whether the program has ended.
    fn is_over(&self) -> bool;

    /// What the host is to do, once.
    fn errand(&mut self) -> Option<Errand> {
        None
    }

    /// Takes why an errand could not be run.
    fn refused(&mut self, _why: String) {}
}

/// What a program asks of the host after an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Request {
    /// Nothing.
    Nothing,
    /// To stop the program until it is continued, as ^Z does.
    Stop,
    /// To clear the screen and draw it anew, whatever others wrote there.
    Redraw,
}

/// A program being run: the screen as it was drawn, and the keyboard as far as it is known. [`run`] takes turn after turn; who
/// waits by other means than the host takes them one by one.
#[derive(Debug)]
pub struct Front {
    screen: Screen,
    keyboard: Keyboard,
    seen: Capabilities,
    inputs: Vec<Input>,
    last: Option<Instant>,
}

/// Runs a program until it has ended.
///
/// # Errors
/// When the host fails; to the program that is as if the line had dropped.
pub fn run(program: &mut dyn Program, host: &mut dyn Host) -> Result<(), HostError> {
    let mut front = Front::meet(program, host);
    while !program.is_over() {
        front.turn(program, host)?;
    }
    Ok(())
}

impl Front {
    /// Shows a program to a host, before the first turn.
    pub fn meet(program: &mut dyn Program, host: &dyn Host) -> Self {
        let seen = host.capabilities();
        let mut screen = Screen::new(host.size(), seen.colours);
        screen.set_signs(seen.signs);
        program.meet(seen);
        program.resize(screen.area());
        Self { screen, keyboard: Keyboard::new(seen.keyboard), seen, inputs: Vec::new(), last: None }
    }

    /// One turn: draws what changed, waits once, and hands over what came.
    ///
    /// # Errors
    /// When the host fails; to the program that is as if the line had dropped.
    pub fn turn(&mut self, program: &mut dyn Program, host: &mut dyn Host) -> Result<(), HostError> {
        let mut inputs = std::mem::take(&mut self.inputs);
        let turn = turn(program, host, self, &mut inputs);
        self.inputs = inputs;
        match turn {
            Ok(at) => self.last = Some(at),
            Err(why) => {
                if let Some(at) = self.last {
                    program.take(at, &Input::Closed);
                }
                return Err(why);
            }
        }
        let now = host.capabilities();
        if now != self.seen && !program.is_over() {
            self.seen = now;
            program.meet(now);
            if self.screen.set_signs(now.signs) {
                program.resize(self.screen.area());
            }
        }
        Ok(())
    }

    /// Gives back the memory that only the next drawing needs: worth it where many screens are shown by one program.
    pub fn rest(&mut self) {
        self.screen.rest();
        self.inputs.shrink_to(INPUTS_KEPT);
    }
}

/// Inputs for which room is kept between two turns.
const INPUTS_KEPT: usize = 16;

/// Draws, waits, and hands over what came.
fn turn(
    program: &mut dyn Program,
    host: &mut dyn Host,
    front: &mut Front,
    inputs: &mut Vec<Input>,
) -> Result<Instant, HostError> {
    if program.is_stale() && host.can_draw() {
        let unseen = program.is_unseen();
        host.send(program.draw(&mut front.screen))?;
        if unseen {
            // What is there already was typed before anybody could see the text.
            let at = host.wait(Some(monotonic()), inputs)?;
            if !inputs.is_empty() {
                hand_over(program, front, host, at, (inputs, true));
                program.tick(at);
                return Ok(at);
            }
        }
    }
    let at = host.wait(program.wake(), inputs)?;
    // What comes with the news that the program goes on was typed while it was stopped.
    let stopped = inputs.contains(&Input::Signal(Signal::Continue));
    hand_over(program, front, host, at, (inputs, stopped));
    program.tick(at);
    if host.can_draw()
        && let Some(errand) = program.errand()
    {
        run_errand(program, host, &errand)?;
    }
    Ok(at)
}

/// Hands over what came in one read.
fn hand_over(
    program: &mut dyn Program,
    front: &mut Front,
    host: &mut dyn Host,
    at: Instant,
    (inputs, early): (&mut Vec<Input>, bool),
) {
    let typed = |input: &&Input| matches!(input, Input::Key(key) if key.is_typed());
    let characters = u32::try_from(inputs.iter().filter(typed).count()).unwrap_or(u32::MAX);
    if characters > 0 {
        program.came(characters, early);
    }
    for input in inputs.drain(..) {
        take(program, front, host, at, input);
    }
}

/// Copies by way of the terminal, wherever that is; a browser is opened where the host has one.
fn run_errand(program: &mut dyn Program, host: &mut dyn Host, errand: &Errand) -> Result<(), HostError> {
    match errand {
        Errand::Copy(text) => match copying(text) {
            Some(bytes) => host.send(&bytes)?,
            None => program.refused(format!("not copied: the text is longer than {MAX_COPY_BYTES} bytes")),
        },
        Errand::Open(address) if may_open(address) => {
            if let Err(why) = host.open(address) {
                program.refused(format!("the browser could not be opened: {why}"));
            }
        }
        Errand::Open(_) => program.refused(
            "not opened: only https pages and pages of this machine can be \
            opened"
                .to_owned(),
        ),
    }
    Ok(())
}

/// What concerns host and screen is done here; everything else is the program's.
fn take(program: &mut dyn Program, front: &mut Front, host: &mut dyn Host, at: Instant, input: Input) {
    let Front { screen, keyboard, .. } = front;
    match input {
        Input::Resize(size) => {
            screen.resize(size);
            program.resize(screen.area());
        }
        Input::Signal(Signal::Stop) => stop(program, host, at),
        Input::Signal(Signal::Continue) => {
            program.record(at, EventKind::Resumed);
            screen.resize(host.size());
            program.resize(screen.area());
        }
        input => match program.take(at, &placed(program, keyboard, input)) {
            Request::Nothing => {}
            Request::Stop => stop(program, host, at),
            Request::Redraw => {
                screen.forget();
                program.resize(screen.area());
            }
        },
    }
}

/// An input with its key by the place on the keyboard, as far as the program asks for that.
fn placed(program: &dyn Program, keyboard: &mut Keyboard, input: Input) -> Input {
    if let Input::Key(key) = input {
        keyboard.see(key);
    }
    let means = |key| program.means(key);
    match program.takes_text() {
        true => input.map_key(|key| keyboard.as_text(key, means)),
        false => input.map_key(|key| keyboard.as_command(key, means)),
    }
}

/// Stops the program until it is continued, where that is possible.
fn stop(program: &mut dyn Program, host: &mut dyn Host, at: Instant) {
    if host.may_suspend() && host.suspend() {
        program.record(at, EventKind::Suspended);
    }
}
