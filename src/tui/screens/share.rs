//! Sharing a badge: the links and texts by which it travels, in full so that they can be copied, and where files went.

use std::path::PathBuf;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::badge_text::{self, files_line};
use super::document::{Document, Scroll};
use super::parts::{COLUMN, SMALLEST, below, fit, frame_within, style, too_small};
use super::{Command, Keyed, Keys, Page, Route, Step};
use crate::badge::carry::share::Channel;
use crate::desk::{DeskError, Log, Shared};
use crate::tui::context::Context;
use crate::tui::errand::may_open;
use crate::tui::input::KeyPress;
use crate::tui::keymap::{Keymap, Motion, leaps, lines, row};

pub(super) mod write;

pub use write::Write;

/// What keys mean on this screen.
#[derive(Clone, Copy)]
pub enum Action {
    /// Chooses another entry.
    Choose(Motion),
    /// Does what the chosen entry says.
    Take,
    /// Does what an entry says.
    Do(Entry),
    /// Copies the chosen form.
    Copy,
    /// Opens the chosen form in the browser.
    Browse,
    /// Scrolls.
    Scroll(Motion),
    /// Goes back to the menu.
    Menu,
    /// Goes back.
    Back,
}

/// What can be done with a badge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// Shows a form in full.
    Show(Channel),
    /// Writes files.
    Write(Write),
    /// Says who can open the links, and how to get an address.
    Know,
}

/// What there is: the key, the entry, its name, and what it is for.
const MENU: [(char, Entry, &str, &str); 9] = [
    ('b', Entry::Show(Channel::Page), "The badge's page", "its address on the web, with a preview"),
    ('l', Entry::Show(Channel::LinkedIn), "LinkedIn", "a link that adds the badge to your profile"),
    ('p', Entry::Show(Channel::VerifierPlus), "VerifierPlus", "a link to an independent verifier"),
    ('t', Entry::Show(Channel::Text), "Plain text", "for an application or an e-mail"),
    ('m', Entry::Show(Channel::Markdown), "Markdown", "for a README or a forum"),
    ('h', Entry::Show(Channel::Html), "HTML", "for a page of your own"),
    ('c', Entry::Write(Write::Certificate), "Certificate", "a PDF to print, written as a file"),
    ('e', Entry::Write(Write::Everything), "Everything", "all forms, written as files"),
    ('n', Entry::Know, "Web address", "who can open the links, and how to get an address"),
];

/// What is said of a form that is not to be had.
const NEEDS_ADDRESS: &str = "not yet: needs a public web address";

/// Columns of an entry's mark and letter, and of its name.
const LETTER: usize = 5;
const NAME: usize = 18;

/// Rows of the list at least, where what was written is told above it.
const LEAST_LIST: u16 = 4;

/// The links and texts of one badge.
pub struct SharePage {
    id: String,
    title: String,
    shared: Shared,
    files: Vec<PathBuf>,
    chosen: usize,
    /// Whether the chosen entry is shown in full.
    shown: bool,
    browser: bool,
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
        let page = Self::new(&row.id, &title, shared, files);
        Ok(Some(page.chosen(write).with_browser(context.browser)))
    }

    /// The page of the badge of this id and title, with what can be shared and the `files` that were just written.
    pub fn new(id: &str, title: &str, shared: Shared, files: Vec<PathBuf>) -> Self {
        Self {
            id: id.to_owned(),
            title: title.to_owned(),
            shared,
            files,
            chosen: 0,
            shown: false,
            browser: false,
            scroll: Scroll::default(),
        }
    }

    /// The same with the entry chosen that wrote the files.
    fn chosen(self, write: Write) -> Self {
        let chosen = MENU.iter().position(|(_, entry, ..)| *entry == Entry::Write(write));
        Self { chosen: chosen.unwrap_or(0), ..self }
    }

    /// The same with a browser beside the screen.
    #[must_use]
    pub fn with_browser(self, browser: bool) -> Self {
        Self { browser, ..self }
    }

    fn entry(&self) -> Entry {
        MENU.get(self.chosen).map_or(Entry::Know, |(_, entry, ..)| *entry)
    }

    /// What stands above the menu: the badge, and what was written.
    fn heading(&self) -> Document {
        let mut document = Document::default();
        document.text(&*self.title, style::title());
        if !self.files.is_empty() {
            document.text("These files were written. No other file was changed.", style::good());
            document.text(files_line(&self.files), Style::new());
        }
        document
    }

    /// Whether an entry can do what it says: some forms need an address.
    fn is_there(&self, entry: Entry) -> bool {
        let Entry::Show(form) = entry else { return true };
        self.shared.forms.iter().any(|(each, text)| *each == form && text.is_ok())
    }

    /// The text of the chosen form, where it has one.
    fn text(&self) -> Option<&str> {
        let Entry::Show(form) = self.entry() else { return None };
        let found = self.shared.forms.iter().find(|(each, _)| *each == form);
        found.and_then(|(_, text)| text.as_deref().ok())
    }

    /// The chosen form, if it is a link that the browser beside the screen can open.
    fn link(&self) -> Option<&str> {
        self.text().filter(|text| self.browser && may_open(text))
    }

    /// The chosen entry by itself, or why there is none.
    fn full(&self) -> Document {
        let mut document = Document::default();
        let Entry::Show(form) = self.entry() else {
            document.text(&*self.shared.note, Style::new());
            return document;
        };
        match self.shared.forms.iter().find(|(each, _)| *each == form).map(|(_, text)| text) {
            Some(Ok(text)) => document.text(&**text, Style::new()),
            Some(Err(why)) => document.text(why.to_string(), style::bad()),
            None => {}
        }
        document
    }

    fn turn_to(&mut self, shown: bool) -> Step {
        (self.shown, self.scroll) = (shown, Scroll::default());
        Step::Stay
    }

    fn take(&mut self, entry: Entry) -> Step {
        let chosen = MENU.iter().position(|(_, each, ..)| *each == entry);
        self.chosen = chosen.unwrap_or(self.chosen);
        match entry {
            Entry::Show(_) | Entry::Know => self.turn_to(true),
            Entry::Write(write) => Step::Go(Route::Share { id: self.id.clone(), write }),
        }
    }

    fn draw_menu(&self, area: Rect, buffer: &mut Buffer) {
        let rows = usize::from(area.height);
        let first = (self.chosen + 1).saturating_sub(rows);
        for (row, (at, (letter, entry, name, what))) in area.rows().zip(MENU.iter().enumerate().skip(first)) {
            let (chosen, there) = (at == self.chosen, self.is_there(*entry));
            let room = usize::from(row.width).saturating_sub(LETTER + NAME);
            let what = if there { what } else { NEEDS_ADDRESS };
            let less = if chosen { Style::new() } else { style::dim() };
            let line = Line::from_iter([
                Span::raw(if chosen { "› " } else { "  " }),
                Span::styled(letter.to_string(), if there { style::accent() } else { less }),
                Span::styled(format!("  {name:NAME$}"), if there { Style::new() } else { less }),
                Span::styled(fit(what, room), less),
            ]);
            if chosen {
                buffer.set_style(row, style::selected());
            }
            line.render(row, buffer);
        }
    }

    /// The rows of the form in full, to be copied: with nothing beside them.
    fn form_keys(&self) -> Keymap<Action> {
        let back = [KeyPress::Esc, KeyPress::Enter, KeyPress::Char('q')].map(|key| (key, Action::Menu));
        let copy = self.text().map(|_| (KeyPress::Char('y'), Action::Copy));
        let open = self.link().map(|_| (KeyPress::Char('o'), Action::Browse));
        Keymap::of([
            row(copy, "copy it").shown(1, "copy"),
            row(open, "open it in the browser").shown(1, "open in the browser"),
            row(back, "back").shown(1, "back"),
            lines(Action::Scroll, "scroll").shown(2, "scroll"),
        ])
        .and(leaps(Action::Scroll))
    }
}

impl Keyed for SharePage {
    type Action = Action;

    fn keymap(&self) -> Keymap<Action> {
        if self.shown {
            return self.form_keys();
        }
        let letters = MENU.map(|(letter, entry, ..)| (KeyPress::Char(letter), Action::Do(entry)));
        let copy = self.text().map(|_| (KeyPress::Char('y'), Action::Copy));
        let open = self.link().map(|_| (KeyPress::Char('o'), Action::Browse));
        let back = [KeyPress::Esc, KeyPress::Char('q')].map(|key| (key, Action::Back));
        Keymap::of([
            row([(KeyPress::Enter, Action::Take)], "show or write the chosen entry")
                .shown(1, "show or write"),
            row(back, "back").shown(1, "back"),
            row(copy, "copy the chosen form").shown(1, "copy"),
            row(open, "open the chosen link in the browser").shown(1, "open in the browser"),
            lines(Action::Choose, "choose").shown(2, "choose"),
            row(letters, "show or write that entry"),
        ])
        .and(leaps(Action::Choose))
    }

    fn act(&mut self, action: Action) -> Step {
        match action {
            Action::Choose(motion) => {
                self.chosen = motion.from(self.chosen, MENU.len() - 1, MENU.len());
                Step::Stay
            }
            Action::Take => self.take(self.entry()),
            Action::Do(entry) => self.take(entry),
            Action::Copy => {
                self.text().map_or(Step::Unchanged, |text| Step::Do(Command::Copy(text.to_owned())))
            }
            Action::Browse => {
                self.link().map_or(Step::Unchanged, |link| Step::Do(Command::Browse(link.to_owned())))
            }
            Action::Scroll(motion) => {
                self.scroll.by(motion);
                Step::Stay
            }
            Action::Menu => self.turn_to(false),
            Action::Back => Step::Back,
        }
    }
}

impl Page for SharePage {
    fn widest(&self) -> u16 {
        COLUMN
    }

    fn view(&self, area: Rect, buffer: &mut Buffer) -> Option<Position> {
        if too_small(area, buffer, SMALLEST) {
            return None;
        }
        if self.shown {
            let name = MENU.get(self.chosen).map_or("", |(_, _, name, _)| name);
            let room = frame_within(area, buffer, &format!("Share: {name}"), &self.keys(), COLUMN);
            self.scroll.view(room, buffer, &self.full());
            return None;
        }
        let mut room = frame_within(area, buffer, "Share", &self.keys(), COLUMN);
        room.height += 1;
        let heading = self.heading();
        let rows = heading.lines(room.width, u16::MAX).len() as u16;
        let rows = rows.min(room.height.saturating_sub(LEAST_LIST));
        heading.draw(Rect { height: rows, ..room }, buffer);
        let gap = u16::from(room.height > rows + MENU.len() as u16);
        let list = below(room, rows + gap);
        self.draw_menu(list, buffer);
        // All of it where it has room; its last entry shows it whole.
        let room = below(list, MENU.len() as u16 + 1);
        let first = self.shared.note.split('\n').next().unwrap_or_default();
        for text in [&*self.shared.note, first] {
            let mut note = Document::default();
            note.text(text, style::dim());
            if note.lines(room.width, room.height).len() <= usize::from(room.height) {
                note.draw(room, buffer);
                break;
            }
        }
        None
    }
}
