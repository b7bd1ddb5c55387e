//! Asks whether the badge is for the person whom the settings name.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use crate::tui::input::KeyPress;
use crate::tui::keymap::{Keymap, row};
use crate::tui::screens::document::Document;
use crate::tui::screens::parts::{COLUMN, SMALLEST, frame_within, lowered, style, too_small};
use crate::tui::screens::{Command, Keyed, Keys, Page, Step};

/// Rows of the form, about.
const ROWS: u16 = 12;

/// What keys mean on this screen.
#[derive(Clone, Copy)]
pub enum Action {
    /// Issues it for this person.
    Issue,
    /// Asks for another name.
    Another,
    /// Goes back.
    Back,
}

/// The question.
pub struct Confirm {
    name: String,
    title: String,
}

impl Confirm {
    /// Asks about the badge of this title, for the person of this name.
    pub fn new(name: &str, title: &str) -> Self {
        Self { name: name.to_owned(), title: title.to_owned() }
    }
}

impl Keyed for Confirm {
    type Action = Action;

    fn keymap(&self) -> Keymap<Action> {
        let back = [KeyPress::Esc, KeyPress::Char('q')].map(|key| (key, Action::Back));
        Keymap::of([
            row([(KeyPress::Enter, Action::Issue)], "issue it for this person").shown(1, "issue"),
            row([(KeyPress::Char('n'), Action::Another)], "another name").shown(1, "another name"),
            row(back, "back; the test stays saved").shown(1, "back, the test stays saved"),
        ])
    }

    fn act(&mut self, action: Action) -> Step {
        match action {
            Action::Issue => Step::Do(Command::Own),
            Action::Another => Step::Do(Command::Another),
            Action::Back => Step::Back,
        }
    }
}

impl Page for Confirm {
    fn widest(&self) -> u16 {
        COLUMN
    }

    fn view(&self, area: Rect, buffer: &mut Buffer) -> Option<Position> {
        if too_small(area, buffer, SMALLEST) {
            return None;
        }
        let room = lowered(frame_within(area, buffer, "Whose badge is it?", &self.keys(), COLUMN), ROWS);
        let mut document = Document::default();
        document.text(&*self.title, Style::new());
        document.gap();
        document.text(format!("Issue for {}?", self.name), style::title());
        document.text("Press Enter to issue it, or n for another name.", Style::new());
        document.gap();
        document.text("Badges are signed, so the name cannot be changed afterwards.", style::dim());
        document.draw(room, buffer);
        None
    }
}
