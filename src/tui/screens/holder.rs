//! Whose name stands on the badges: asked before the first award, for somebody else's, or to change it.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::widgets::Widget;

use super::document::Document;
use super::field::{self, Edit, Field};
use super::parts::{COLUMN, SMALLEST, frame_within, lowered, message, style, too_small};
use super::{Command, Keyed, Keys, Page, Step};
use crate::badge::draw::fonts::face::Faces;
use crate::badge::holder::{HolderError, HolderName, MAX_EMAIL_BYTES, MAX_NAME_BYTES};
use crate::store::settings::holder_email;
use crate::tui::context::Context;
use crate::tui::input::KeyPress;
use crate::tui::keymap::{Keymap, row};

pub(super) mod purpose;

pub use purpose::Purpose;

/// Rows of the form, about.
const ROWS: u16 = 12;

/// What keys mean on this screen.
#[derive(Clone, Copy)]
pub enum Action {
    /// Goes on to the other field, or takes what was entered.
    Enter,
    /// Goes to the other field.
    Other,
    /// Edits the field.
    Edit(Edit),
    /// Goes back.
    Back,
}

const PURPOSE: &str = "This name stands on the badge. Readers may compare it with a photo ID.";

const KEPT: &str = "Both are kept in the settings. \"My name\" on the home screen changes them.";

const ANOTHER: &str =
    "The name in your settings stays as it is. The badge also names you, as the person whose key signed it.";

const CHANGED: &str = "Badges that are already issued do not change, because they are signed.";

const NO_EMAIL: &str = "This is not an e-mail address: write one like ada@example.org, or leave it empty.";

const EMAIL_PURPOSE: &str = "The e-mail address is optional, and makes the QR code larger. People who know the \
    address can check that it is the one in the badge, but nobody can read it from the badge.";

const UNDRAWN: &str = "Pictures and certificate cannot show all of these letters, so they leave the name out. The \
    badge's file and the verification page show it.";

/// Room for what is entered: more than a name may have, so that its end is not lost before it can be shortened.
const NAME_ROOM: usize = 4 * MAX_NAME_BYTES;

/// The field that has the cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Focus {
    Name,
    Email,
}

/// The screen that asks for name and e-mail address.
pub struct Holder {
    purpose: Purpose,
    name: Field,
    email: Field,
    focus: Focus,
    /// Whether Enter met something that cannot be taken: then an empty name is complained of, too.
    tried: bool,
}

impl Holder {
    /// The name and address of the settings, to be changed.
    pub(in crate::tui) fn open(context: &Context) -> Self {
        let settings = &context.desk.settings;
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        Self::new(&text(&settings.holder_name), &text(&settings.holder_email), Purpose::Settings)
    }

    /// Asks, with what is known already.
    pub fn new(name: &str, email: &str, purpose: Purpose) -> Self {
        Self {
            purpose,
            name: Field::new(name, NAME_ROOM),
            email: Field::new(email, MAX_EMAIL_BYTES),
            focus: Focus::Name,
            tried: false,
        }
    }

    const fn focused(&mut self) -> &mut Field {
        match self.focus {
            Focus::Name => &mut self.name,
            Focus::Email => &mut self.email,
        }
    }

    fn name_problem(&self) -> Option<String> {
        HolderName::new(self.name.text()).err().map(|why| match why {
            HolderError::LongName(..) => format!("This name is too long. {}", name_limit()),
            why => why.to_string(),
        })
    }

    fn email_problem(&self) -> Option<String> {
        let text = self.email.text().trim();
        (!text.is_empty() && holder_email(text).is_err()).then(|| NO_EMAIL.to_owned())
    }

    /// What is wrong with what was entered so far; an address is only complained of when its field was left.
    fn problem(&self) -> Option<String> {
        let name = self.name_problem().filter(|_| self.tried || !self.name.text().is_empty());
        name.or_else(|| self.email_problem().filter(|_| self.tried || self.focus == Focus::Name))
    }

    /// That the drawings leave the name out, where their typeface lacks some of its letters.
    fn undrawn(&self) -> Option<&'static str> {
        let name = self.name.text();
        let drawn = name.is_ascii() || Faces::load().is_some_and(|faces| faces.have(name));
        (!drawn).then_some(UNDRAWN)
    }

    fn enter(&mut self) -> Step {
        self.tried = true;
        if self.name_problem().is_some() {
            self.focus = Focus::Name;
            return Step::Stay;
        }
        if self.focus == Focus::Name {
            (self.focus, self.tried) = (Focus::Email, false);
            return Step::Stay;
        }
        if self.email_problem().is_some() {
            return Step::Stay;
        }
        let (name, email) = (self.name.text().trim().to_owned(), self.email.text().trim().to_owned());
        Step::Do(Command::Holder { name, email, purpose: self.purpose })
    }

    const fn title(&self) -> &'static str {
        match self.purpose {
            Purpose::First => "Whose badge is it?",
            Purpose::Another => "Whose badge is it? This name is for this badge only",
            Purpose::Settings => "Your name on badges",
        }
    }

    /// What is said below the fields, by what it is asked for.
    const fn consequence(&self) -> &'static str {
        match self.purpose {
            Purpose::First => KEPT,
            Purpose::Another => ANOTHER,
            Purpose::Settings => CHANGED,
        }
    }

    fn line(&self, row: Rect, buffer: &mut Buffer, focus: Focus) -> Option<Position> {
        let (label, field) = match focus {
            Focus::Name => ("Name", &self.name),
            Focus::Email => ("E-mail", &self.email),
        };
        let label_style = if focus == self.focus { style::title() } else { style::dim() };
        let mark = if focus == self.focus { "› " } else { "  " };
        Line::styled(format!("{mark}{label}"), label_style).render(row, buffer);
        let at = Rect { x: row.x + 10, width: row.width.saturating_sub(10), ..row };
        field.view(at, buffer).filter(|_| focus == self.focus)
    }
}

impl Keyed for Holder {
    type Action = Action;

    fn keymap(&self) -> Keymap<Action> {
        let other = [KeyPress::Up, KeyPress::Down, KeyPress::BackTab, KeyPress::Tab];
        Keymap::of([
            row([(KeyPress::Enter, Action::Enter)], "go to the next field, then continue").shown(1, "next"),
            row([(KeyPress::Esc, Action::Back)], "back").shown(1, "back"),
            row(other.map(|key| (key, Action::Other)), "the other field").shown(2, "other field"),
        ])
        .and(field::keys(Action::Edit))
        .typing(|c| Action::Edit(Edit::Insert(c)))
    }

    fn act(&mut self, action: Action) -> Step {
        match action {
            Action::Enter => return self.enter(),
            Action::Other => {
                self.focus = if self.focus == Focus::Name { Focus::Email } else { Focus::Name };
            }
            Action::Edit(edit) => {
                self.focused().edit(edit);
                self.tried = false;
            }
            Action::Back => return Step::Back,
        }
        Step::Stay
    }
}

impl Page for Holder {
    fn paste(&mut self, text: &str) -> Step {
        self.focused().paste(text);
        self.tried = false;
        Step::Stay
    }

    fn widest(&self) -> u16 {
        COLUMN
    }

    fn view(&self, area: Rect, buffer: &mut Buffer) -> Option<Position> {
        if too_small(area, buffer, SMALLEST) {
            return None;
        }
        let room = lowered(frame_within(area, buffer, self.title(), &self.keys(), COLUMN), ROWS);
        let mut rows = room.rows();
        let cursors = [Focus::Name, Focus::Email]
            .map(|focus| rows.next().and_then(|row| self.line(row, buffer, focus)));
        let top = room.y + 3;
        let text = Rect { y: top, height: room.bottom().saturating_sub(top), ..room };
        let mut document = Document::default();
        document.text(PURPOSE, Style::new());
        document.text(name_limit(), Style::new());
        document.gap();
        document.text(EMAIL_PURPOSE, Style::new());
        document.gap();
        document.text(self.consequence(), style::dim());
        let focused = match self.focus {
            _ if text.height > 6 => document,
            Focus::Name => one(PURPOSE),
            Focus::Email => one("Optional. Nobody can read it from the badge."),
        };
        focused.draw(text, buffer);
        if let Some(problem) = self.problem() {
            message(area, buffer, &problem, style::bad(), COLUMN);
        } else if let Some(note) = self.undrawn() {
            message(area, buffer, note, style::dim(), COLUMN);
        }
        cursors.into_iter().flatten().next()
    }
}

/// What a name may have, in the units of the keyboard.
fn name_limit() -> String {
    format!(
        "At most {MAX_NAME_BYTES} letters, because the name is part of the QR code. Accented letters count twice, \
            letters of other alphabets up to four times."
    )
}

fn one(text: &str) -> Document {
    let mut document = Document::default();
    document.text(text, Style::new());
    document
}
