//! The terminal on Windows: crossterm reads the console's events on a thread and stamps them there.

use std::io::{IsTerminal, stdin, stdout};
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, read};
use crossterm::terminal::enable_raw_mode;
use ratatui::layout::Size;

use super::opening::{Keyboard, LocalError};
use super::surroundings::capabilities;
use super::undo::{MODES, restore, restore_on_panic};
use crate::system::monotonic;
use crate::tui::host::modes::{SCREEN, entering};
use crate::tui::host::{Capabilities, HostError};
use crate::tui::input::{Input, KeyPress, PASTE_KEPT};

pub(super) mod output;

use output::write;

/// Longer than any program runs: waiting without a deadline.
const FOR_EVER: Duration = Duration::from_secs(1 << 30);

/// The terminal, in raw mode and on its alternate screen until this is dropped.
#[derive(Debug)]
pub struct Terminal {
    events: Receiver<(Instant, Event)>,
    entering: Vec<u8>,
}

impl Terminal {
    /// Takes the terminal: raw mode now, the other modes with the first [`Terminal::send`].
    ///
    /// # Errors
    ///
    /// [`LocalError::NotATerminal`] if standard output is not one, or standard input where keys are read from it;
    /// [`HostError`] if the system refuses raw mode.
    pub fn open(keyboard: Keyboard) -> Result<Self, LocalError> {
        if keyboard == Keyboard::Standard && !stdin().is_terminal() {
            return Err(LocalError::NotATerminal("standard input"));
        }
        if !stdout().is_terminal() {
            return Err(LocalError::NotATerminal("standard output"));
        }
        restore_on_panic();
        enable_raw_mode().map_err(HostError::refused("put the terminal into raw mode"))?;
        let (sender, events) = channel();
        std::thread::spawn(move || {
            while let Ok(event) = read() {
                if sender.send((monotonic(), event)).is_err() {
                    return;
                }
            }
        });
        let entering = entering().map_err(HostError::refused("prepare the screen"))?;
        Ok(Self { events, entering })
    }

    /// What the screen can show.
    pub fn capabilities(&self) -> Capabilities {
        capabilities()
    }

    /// The size of the screen in columns and rows; 80×24 if the system does not know.
    pub fn size(&self) -> Size {
        crossterm::terminal::size().map_or(Size::new(80, 24), |(width, height)| Size::new(width, height))
    }

    /// Whether a drawing sent now can reach the screen.
    pub fn can_draw(&self) -> bool {
        true
    }

    /// Writes a drawing; an empty one writes nothing.
    ///
    /// # Errors
    ///
    /// [`HostError`] if the console does not take it.
    pub fn send(&mut self, drawing: &[u8]) -> Result<(), HostError> {
        if drawing.is_empty() {
            return Ok(());
        }
        MODES.fetch_or(SCREEN, Ordering::SeqCst);
        let mut bytes = std::mem::take(&mut self.entering);
        bytes.extend_from_slice(drawing);
        write(&bytes).map_err(HostError::refused("write to the terminal"))
    }

    /// Waits until there is input or the deadline has come, and appends the input. Returns the time stamp of that
    /// input; without a deadline it waits for ever.
    ///
    /// # Errors
    ///
    /// None on Windows today; the signature is that of every platform.
    pub fn wait(&mut self, deadline: Option<Instant>, inputs: &mut Vec<Input>) -> Result<Instant, HostError> {
        loop {
            let now = monotonic();
            let left = deadline.map_or(FOR_EVER, |deadline| deadline.saturating_duration_since(now));
            match self.events.recv_timeout(left) {
                Ok((at, event)) => {
                    if let Some(event) = input(event) {
                        inputs.push(event);
                        return Ok(at);
                    }
                }
                Err(RecvTimeoutError::Timeout) => return Ok(monotonic()),
                Err(RecvTimeoutError::Disconnected) => {
                    inputs.push(Input::Closed);
                    return Ok(monotonic());
                }
            }
        }
    }

    /// Windows has no stop that a program is continued from: always `false`.
    pub fn may_suspend(&self) -> bool {
        false
    }

    /// Windows has no such stop: always `false`, at once.
    pub fn suspend(&mut self) -> bool {
        false
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        restore();
    }
}

fn input(event: Event) -> Option<Input> {
    Some(match event {
        Event::Key(event) => {
            let key = key(event)?;
            match event.kind {
                KeyEventKind::Press => Input::Key(key),
                KeyEventKind::Repeat => Input::Repeat(key),
                KeyEventKind::Release => Input::Release(key),
            }
        }
        Event::Paste(text) => {
            let kept = text.char_indices().take_while(|(at, c)| at + c.len_utf8() <= PASTE_KEPT);
            Input::Paste { chars: text.chars().count(), text: kept.map(|(_, c)| c).collect() }
        }
        Event::FocusGained => Input::FocusGained,
        Event::FocusLost => Input::FocusLost,
        Event::Resize(width, height) => Input::Resize(Size::new(width, height)),
        Event::Mouse(_) => return None,
    })
}

fn key(event: KeyEvent) -> Option<KeyPress> {
    // AltGr comes as Ctrl and Alt together, with the character it typed.
    let ctrl = event.modifiers.contains(KeyModifiers::CONTROL);
    let alt = event.modifiers.contains(KeyModifiers::ALT);
    Some(match event.code {
        KeyCode::Char(c) if ctrl && !alt => KeyPress::with_ctrl(c),
        KeyCode::Char(c) if alt && !ctrl => KeyPress::Alt(c),
        KeyCode::Char(c) => KeyPress::Char(c),
        KeyCode::Backspace if ctrl || alt => KeyPress::DeleteWord,
        KeyCode::Backspace => KeyPress::Backspace,
        KeyCode::Enter => KeyPress::Enter,
        KeyCode::Esc => KeyPress::Esc,
        KeyCode::Tab => KeyPress::Tab,
        KeyCode::BackTab => KeyPress::BackTab,
        KeyCode::Up => KeyPress::Up,
        KeyCode::Down => KeyPress::Down,
        KeyCode::Left => KeyPress::Left,
        KeyCode::Right => KeyPress::Right,
        KeyCode::Home => KeyPress::Home,
        KeyCode::End => KeyPress::End,
        KeyCode::PageUp => KeyPress::PageUp,
        KeyCode::PageDown => KeyPress::PageDown,
        KeyCode::Delete => KeyPress::Delete,
        KeyCode::F(number @ 1..=12) => KeyPress::F(number),
        _ => return None,
    })
}
