//! Asks for the passphrase of the user's key, where it has one.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use zeroize::Zeroizing;

use crate::tui::input::KeyPress;
use crate::tui::screens::field::Field;
use crate::tui::screens::parts::{SMALLEST, column, frame, message, paragraph, style, too_small};
use crate::tui::screens::{Command, Page, Secret, Step};

const KEYS: &[(&str, &str)] = &[("Enter", "sign"), ("Esc", "back, the test stays saved")];

/// Longest passphrase in bytes: a long sentence.
const MAX_PASSPHRASE_BYTES: usize = 512;

/// The passphrase being entered; wiped from memory when this is gone.
pub struct Passphrase {
    field: Field,
    problem: Option<String>,
}

impl Passphrase {
    /// Asks for the passphrase; `problem` says why again, when one was wrong.
    pub fn new(problem: Option<String>) -> Self {
        Self { field: Field::secret(MAX_PASSPHRASE_BYTES), problem }
    }
}

impl Page for Passphrase {
    fn update(&mut self, key: KeyPress) -> Step {
        match key {
            KeyPress::Enter if self.field.text().is_empty() => Step::Unchanged,
            KeyPress::Enter => {
                Step::Do(Command::Award(Some(Secret(Zeroizing::new(self.field.text().to_owned())))))
            }
            KeyPress::Esc => Step::Back,
            key if self.field.update(key) => {
                self.problem = None;
                Step::Stay
            }
            _ => Step::Unchanged,
        }
    }

    fn takes_text(&self) -> bool {
        true
    }

    fn paste(&mut self, text: &str) -> Step {
        self.field.paste(text);
        self.problem = None;
        Step::Stay
    }

    fn view(&self, area: Rect, buffer: &mut Buffer) -> Option<Position> {
        if too_small(area, buffer, SMALLEST) {
            return None;
        }
        let room = column(frame(area, buffer, "Passphrase of your key", self.keys()));
        let text = "The badge is signed with your key, which a passphrase protects.";
        let used = paragraph(room, buffer, text, Style::new());
        if let Some(problem) = &self.problem {
            message(area, buffer, problem, style::bad());
        }
        self.field.view(Rect { y: room.y + used + 1, height: 1, ..room }, buffer)
    }

    fn keys(&self) -> &'static [(&'static str, &'static str)] {
        KEYS
    }
}
