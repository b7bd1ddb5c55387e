//! Asks for the passphrase of the user's key, where it has one.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use zeroize::Zeroizing;

use crate::tui::input::KeyPress;
use crate::tui::keymap::{Keymap, row};
use crate::tui::screens::field::{self, Edit, Field};
use crate::tui::screens::parts::{
    COLUMN, SMALLEST, frame_within, lowered, message, paragraph, style, too_small,
};
use crate::tui::screens::{Command, Keyed, Keys, Page, Secret, Step};

const EMPTY: &str = "Type the passphrase, then press Enter.";

/// Rows of the form, about.
const ROWS: u16 = 12;

/// What keys mean on this screen.
#[derive(Clone, Copy)]
pub enum Action {
    /// Signs.
    Sign,
    /// Edits the passphrase.
    Edit(Edit),
    /// Goes back.
    Back,
}

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

impl Keyed for Passphrase {
    type Action = Action;

    fn keymap(&self) -> Keymap<Action> {
        Keymap::of([
            row([(KeyPress::Enter, Action::Sign)], "sign").shown(1, "sign"),
            row([(KeyPress::Esc, Action::Back)], "back; the test stays saved")
                .shown(1, "back, the test stays saved"),
        ])
        .and(field::keys(Action::Edit))
        .typing(|c| Action::Edit(Edit::Insert(c)))
    }

    fn act(&mut self, action: Action) -> Step {
        match action {
            Action::Sign if self.field.text().is_empty() => self.problem = Some(EMPTY.to_owned()),
            Action::Sign => {
                let passphrase = Secret(Zeroizing::new(self.field.text().to_owned()));
                return Step::Do(Command::Sign(passphrase));
            }
            Action::Edit(edit) => {
                self.field.edit(edit);
                self.problem = None;
            }
            Action::Back => return Step::Back,
        }
        Step::Stay
    }
}

impl Page for Passphrase {
    fn paste(&mut self, text: &str) -> Step {
        self.field.paste(text);
        self.problem = None;
        Step::Stay
    }

    fn widest(&self) -> u16 {
        COLUMN
    }

    fn view(&self, area: Rect, buffer: &mut Buffer) -> Option<Position> {
        if too_small(area, buffer, SMALLEST) {
            return None;
        }
        let room = lowered(frame_within(area, buffer, "Passphrase of your key", &self.keys(), COLUMN), ROWS);
        let text = "Your key signs the badge. Enter its passphrase.";
        let used = paragraph(room, buffer, text, Style::new());
        if let Some(problem) = &self.problem {
            message(area, buffer, problem, style::bad(), COLUMN);
        }
        self.field.view(Rect { y: room.y + used + 1, height: 1, ..room }, buffer)
    }
}
