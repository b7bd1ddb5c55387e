//! Sharing a badge: the links and texts by which it travels, in full so that they can be copied, and where files went.

use std::path::PathBuf;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::badge_text::{self, files_line};
use super::document::{Document, Scroll};
use super::parts::{SMALLEST, footer, frame, style, too_small};
use super::{Keyed, Keys, Page, Route, Step};
use crate::badge::carry::share::Channel;
use crate::desk::{DeskError, Log, Shared};
use crate::tui::context::Context;
use crate::tui::input::KeyPress;
use crate::tui::keymap::{Keymap, Motion, leaps, lines, row};

pub(super) mod write;

pub use write::Write;

/// What keys mean on this screen.
#[derive(Clone, Copy)]
pub enum Action {
    /// Shows a form in full.
    Show(Channel),
    /// Writes files.
    Write(Write),
    /// Scrolls.
    Scroll(Motion),
    /// Goes back to the menu.
    Menu,
    /// Goes back.
    Back,
}

/// What there is: the key, its name, and what it is for.
const MENU: [(char, &str, &str); 7] = [
    ('l', "LinkedIn", "a link that adds the badge to your profile"),
    ('p', "VerifierPlus", "a link that has somebody else's verifier check it"),
    ('t', "Plain text", "for an application or an e-mail"),
    ('m', "Markdown", "for a README or a forum"),
    ('h', "HTML", "for a page of your own"),
    ('c', "Certificate", "one page to print and sign, as PDF with the badge inside"),
    ('e', "Everything", "certificate, pictures, badge and texts as files"),
];

/// The links and texts of one badge.
pub struct SharePage {
    id: String,
    title: String,
    shared: Shared,
    files: Vec<PathBuf>,
    /// The form that is shown in full.
    shown: Option<Channel>,
    scroll: Scroll,
}

impl SharePage {
    /// How a badge can be shared, if there is one of this id; files are written beside the badge's others.
    pub(in crate::tui) fn open(
        context: &mut Context,
        id: &str,
        write: Write,
    ) -> Result<Option<Self>, DeskError> {
        let Some(row) = context.desk.history()?.badge(id)? else { return Ok(None) };
        context.last_badge = Some(row.id.clone());
        let (dir, paper) = (context.desk.paths().badges_dir(), context.viewer.paper);
        let files = match write {
            Write::Nothing => Vec::new(),
            Write::Certificate => context.desk.write_certificate(&row, &dir, paper)?,
            Write::Everything => context.desk.export_all(&row, &dir, paper, Log::Without)?,
        };
        let (shared, title) = (context.desk.share(&row)?, badge_text::title(&row));
        Ok(Some(Self::new(&row.id, &title, shared, files)))
    }

    /// The page of the badge of this id and title, with what can be shared and the `files` that were just written.
    pub fn new(id: &str, title: &str, shared: Shared, files: Vec<PathBuf>) -> Self {
        Self {
            id: id.to_owned(),
            title: title.to_owned(),
            shared,
            files,
            shown: None,
            scroll: Scroll::default(),
        }
    }

    fn menu(&self) -> Document {
        let mut document = Document::default();
        document.text(&*self.title, style::title());
        document.gap();
        if !self.files.is_empty() {
            document.text("Written; nothing was overwritten.", style::good());
            document.text(files_line(&self.files), Style::new());
            document.gap();
        }
        document
            .table(MENU.map(|(key, name, what)| (format!("{key}  {name}"), what.to_owned(), Style::new())));
        document.gap();
        document.text(&*self.shared.note, style::dim());
        document
    }

    /// A form by itself, or why there is none.
    fn form(&self, form: Channel) -> Document {
        let mut document = Document::default();
        let found = self.shared.forms.iter().find(|(each, _)| *each == form);
        match found.map(|(_, text)| text) {
            Some(Ok(text)) => document.text(&**text, Style::new()),
            Some(Err(why)) => document.text(why.to_string(), style::bad()),
            None => {}
        }
        document
    }

    fn turn_to(&mut self, shown: Option<Channel>) -> Step {
        (self.shown, self.scroll) = (shown, Scroll::default());
        Step::Stay
    }
}

impl Keyed for SharePage {
    type Action = Action;

    fn keymap(&self) -> Keymap<Action> {
        let key = |letter, action, words| row([(KeyPress::Char(letter), action)], words);
        let scroll = || lines(Action::Scroll, "scroll").shown(2, "scroll");
        let back = |action| {
            let keys = [KeyPress::Esc, KeyPress::Enter, KeyPress::Char('q')];
            row(keys.map(|key| (key, action)), "back").shown(1, "back")
        };
        if self.shown.is_some() {
            return Keymap::of([back(Action::Menu), scroll()]).and(leaps(Action::Scroll));
        }
        let forms = [
            ('l', Channel::LinkedIn),
            ('p', Channel::VerifierPlus),
            ('t', Channel::Text),
            ('m', Channel::Markdown),
            ('h', Channel::Html),
        ];
        let forms = forms.map(|(letter, form)| (KeyPress::Char(letter), Action::Show(form)));
        Keymap::of([
            back(Action::Back),
            key('c', Action::Write(Write::Certificate), "write the certificate").shown(1, "certificate"),
            key('e', Action::Write(Write::Everything), "write every form").shown(1, "everything"),
            row(forms, "a link or text in full").shown(forms.len(), "a link or text in full"),
            scroll(),
        ])
        .and(leaps(Action::Scroll))
    }

    fn act(&mut self, action: Action) -> Step {
        match action {
            Action::Show(form) => self.turn_to(Some(form)),
            Action::Write(write) => Step::Go(Route::Share { id: self.id.clone(), write }),
            Action::Scroll(motion) => {
                self.scroll.by(motion);
                Step::Stay
            }
            Action::Menu => self.turn_to(None),
            Action::Back => Step::Back,
        }
    }
}

impl Page for SharePage {
    fn view(&self, area: Rect, buffer: &mut Buffer) -> Option<Position> {
        if too_small(area, buffer, SMALLEST) {
            return None;
        }
        match self.shown {
            // At the left edge and without a margin, so that a terminal copies nothing but the text.
            Some(form) => {
                footer(area, buffer, &self.keys());
                let room = Rect { height: area.height.saturating_sub(1), ..area };
                self.scroll.view(room, buffer, &self.form(form));
            }
            None => {
                let mut room = frame(area, buffer, "Share", &self.keys());
                room.height += 1;
                self.scroll.view(room, buffer, &self.menu());
            }
        }
        None
    }
}
