//! What the proctor is asked before something is done: a reason, a text, a kind of incident.

use ratatui::buffer::Buffer;
use ratatui::layout::{Margin, Position, Rect};
use ratatui::widgets::{Block, Clear, Widget};

use crate::exam::event::{Incident, MAX_REASON};
use crate::tui::input::KeyPress;
use crate::tui::keymap::{Keymap, Listed, row};
use crate::tui::screens::field::{Edit, Field, keys};
use crate::tui::screens::parts;

/// What the proctor wants to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    Abort,
    Void,
    Incident,
    Rebind,
    Message,
    MessageToAll,
    Extra,
    Close,
}

impl Wanted {
    /// The question; `seat` is the number, or how many tests run.
    fn question(self, seat: &str) -> String {
        match self {
            Self::Abort => format!("End the running test of {seat}. What was typed is kept. Why?"),
            Self::Void => format!("Make the last test of {seat} void. It stays on file. Why?"),
            Self::Incident => {
                format!("Note an incident at {seat}: Up and Down choose the kind. What happened?")
            }
            Self::Rebind => format!("Free the seat of {seat} and give it a new code. Why?"),
            Self::Message => format!("Message to {seat}:"),
            Self::MessageToAll => "Message to all:".to_owned(),
            Self::Extra => format!("Give {seat} one more attempt. Why?"),
            Self::Close if seat == "0" => "Close the room? Results are kept. Enter closes it.".to_owned(),
            Self::Close => format!("Tests are running: {seat}. To end them and close the room, type close."),
        }
    }

    /// What was done, before the seat's number.
    pub(super) const fn done(self) -> &'static str {
        match self {
            Self::Abort => "the test is ended at",
            Self::Void => "void is the last test of",
            Self::Incident => "noted at",
            Self::Rebind => "new code for",
            Self::Message | Self::MessageToAll => "sent to",
            Self::Extra => "one more attempt for",
            Self::Close => "closed",
        }
    }
}

/// What an input came to.
pub(super) enum Said {
    /// It is not answered yet.
    More,
    /// Nothing is to be done.
    Nothing,
    /// It is to be done.
    Done,
}

#[derive(Clone, Copy)]
enum Act {
    Edit(Edit),
    Done,
    Back,
    Kind(bool),
}

/// A question to the proctor.
pub(super) struct Asking {
    wanted: Wanted,
    seat: String,
    field: Field,
    kind: usize,
}

impl Asking {
    pub(super) fn new(wanted: Wanted, seat: String) -> Self {
        Self { wanted, seat, field: Field::new("", MAX_REASON), kind: 0 }
    }

    pub(super) const fn wanted(&self) -> Wanted {
        self.wanted
    }

    pub(super) fn seat(&self) -> &str {
        &self.seat
    }

    pub(super) fn text(&self) -> &str {
        self.field.text().trim()
    }

    pub(super) fn incident(&self) -> Incident {
        Incident::ALL.get(self.kind).copied().unwrap_or(Incident::Other)
    }

    fn keymap(&self) -> Keymap<Act> {
        let kinds = (self.wanted == Wanted::Incident).then(|| {
            row([(KeyPress::Up, Act::Kind(false)), (KeyPress::Down, Act::Kind(true))], "choose the kind")
                .shown(2, "kind")
        });
        Keymap::of([
            row([(KeyPress::Enter, Act::Done)], "do it").shown(1, "do it"),
            row([(KeyPress::Esc, Act::Back)], "do nothing").shown(1, "do nothing"),
        ])
        .and(kinds)
        .and(keys(Act::Edit))
        .typing(|c| Act::Edit(Edit::Insert(c)))
    }

    pub(super) fn keys(&self) -> Vec<Listed> {
        self.keymap().listed()
    }

    pub(super) fn paste(&mut self, text: &str) {
        self.field.paste(text);
    }

    /// Takes a key.
    pub(super) fn take(&mut self, key: KeyPress) -> Said {
        match self.keymap().action(key) {
            Some(Act::Edit(edit)) => self.field.edit(edit),
            Some(Act::Kind(down)) => {
                let last = Incident::ALL.len() - 1;
                self.kind = if down { (self.kind + 1).min(last) } else { self.kind.saturating_sub(1) };
            }
            Some(Act::Back) => return Said::Nothing,
            Some(Act::Done) if self.is_answered() => return Said::Done,
            Some(Act::Done) | None => {}
        }
        Said::More
    }

    /// Whether what has to be written is.
    fn is_answered(&self) -> bool {
        match self.wanted {
            Wanted::Close if self.seat == "0" => true,
            Wanted::Close => self.text().eq_ignore_ascii_case("close"),
            Wanted::Incident => true,
            _ => !self.text().is_empty(),
        }
    }

    /// Draws the question over the middle of the screen; returns where the cursor stands.
    pub(super) fn view(&self, area: Rect, buffer: &mut Buffer) -> Option<Position> {
        let column = parts::centred(area.inner(Margin::new(2, 0)), parts::COLUMN);
        let inner = column.width.saturating_sub(4);
        let question = parts::wrap(&self.wanted.question(&self.seat), inner);
        let kind = u16::from(self.wanted == Wanted::Incident);
        let height = (question.len() as u16 + kind + 4).min(area.height);
        let window = Rect { y: area.y + (area.height - height) / 2, height, ..column };
        Clear.render(window, buffer);
        Block::bordered().render(window, buffer);
        let mut room = window.inner(Margin::new(2, 1));
        for line in &question {
            let rows = parts::paragraph(room, buffer, line, parts::style::title());
            room = parts::below(room, rows);
        }
        if kind > 0 {
            let text = format!("Kind: {}", self.incident().as_str());
            let rows = parts::paragraph(room, buffer, &text, parts::style::accent());
            room = parts::below(room, rows);
        }
        self.field.view(Rect { height: room.height.min(1), ..parts::below(room, 1) }, buffer)
    }
}
