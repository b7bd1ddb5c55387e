//! The award: the badge, its QR code where it fits, its link, and where its files are. The wallet shows badges so, too.

use std::path::{Path, PathBuf};

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::widgets::{Clear, Widget};
use serde_json::Value;

use super::document::{Document, Scroll};
use super::parts::{COLUMN, SMALLEST, below, footer, frame_within, paragraph, style, too_small};
use super::share::Write;
use super::{Command, Keyed, Keys, Page, Route, Step, badge_text};
use crate::badge::carry::share::{Reach, reach};
use crate::badge::carry::symbol::{Symbol, SymbolError};
use crate::badge::draw::drawing::cells::{self, Fit, QrStyle};
use crate::badge::verify::summary::Summary;
use crate::tui::input::KeyPress;
use crate::tui::keymap::{Keymap, Motion, leaps, lines, row};
use crate::tui::qr::Qr;

mod confirm;
mod link;
mod medal;
mod open;
mod passphrase;

pub use confirm::Confirm;
pub(in crate::tui) use open::due;
pub use passphrase::Passphrase;

/// What keys mean on this screen.
#[derive(Clone, Copy)]
pub enum Action {
    /// Shows this of the badge.
    Show(Show),
    /// Opens the screen that shares the badge, after writing files of it.
    Share(Write),
    /// Copies the link.
    Copy,
    /// Serves the verification page.
    Serve,
    /// Opens the badge in the browser.
    Browse,
    /// Goes to the wallet.
    Wallet,
    /// Scrolls.
    Scroll(Motion),
    /// Goes back.
    Back,
}

/// The widest page: text, and a code beside it.
const WIDEST: u16 = 124;

/// The narrowest column of text beside a QR code.
const LEAST_TEXT: u16 = 34;

/// Columns between text and QR code.
const GAP: u16 = 3;

/// What of a badge is on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Show {
    /// All of it, as far as there is room.
    Badge,
    /// The QR code by itself.
    Code,
    /// The link by itself, at the left edge so that it can be copied.
    Link,
}

/// From where a badge is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum From {
    /// It was just awarded.
    Test,
    /// From the result; it was awarded before.
    Result,
    /// From the wallet.
    Wallet,
}

/// A badge as it is shown.
pub struct Award {
    summary: Summary,
    url: String,
    symbol: Result<Symbol, SymbolError>,
    files: Vec<PathBuf>,
    /// The address of the user's own page, where it is served.
    served: Option<String>,
    /// Whether there is a browser beside the screen.
    browser: bool,
    form: QrStyle,
    from: From,
    show: Show,
    scroll: Scroll,
}

impl Award {
    /// A badge with its credential, its link (which the QR code holds) and its files; `form` by the locale.
    pub fn new(credential: &Value, url: &str, files: Vec<PathBuf>, form: QrStyle, from: From) -> Self {
        Self {
            summary: Summary::of(credential),
            url: url.to_owned(),
            symbol: Symbol::new(url),
            files,
            served: None,
            browser: false,
            form,
            from,
            show: Show::Badge,
            scroll: Scroll::default(),
        }
    }

    /// The badge in words; `missing` says where the QR code is if not on this screen, which is then `short` of room for
    /// the whole link, too.
    fn document(&self, missing: Option<String>, short: bool) -> Document {
        let mut document = Document::default();
        document.text(&*self.summary.achievement, style::title());
        badge_text::holder(&mut document, &self.summary);
        self.details(&mut document, missing, short);
        document
    }

    /// The same beside the drawing, which has the title.
    fn beside_medal(&self, missing: Option<String>, short: bool) -> Document {
        let mut document = Document::default();
        document.text(self.summary.holder.join(", "), style::title());
        self.details(&mut document, missing, short);
        document
    }

    fn details(&self, document: &mut Document, missing: Option<String>, short: bool) {
        document.text(badge_text::dates(&self.summary), Style::new());
        document.text(badge_text::figures(&self.summary), Style::new());
        document.text(badge_text::circumstances(&self.summary, true), Style::new());
        document.gap();
        document.text(missing.unwrap_or_default(), style::title());
        document.text(
            if short || self.has_no_address() { self.link_start() } else { self.url.clone() },
            Style::new(),
        );
        document.text(self.where_it_opens(), style::dim());
        document.gap();
        document.text(badge_text::files_line(&self.files), Style::new());
    }

    /// Where the QR code is when it has no room beside or below the text.
    fn elsewhere(&self, area: Rect) -> String {
        let symbol = match &self.symbol {
            Ok(symbol) => symbol,
            Err(why) => return format!("There is no QR code: {why}."),
        };
        let needs = Qr::new(symbol, self.form).least();
        match area.width >= needs.0 && area.height >= needs.1 {
            true => "Press f for the QR code.".to_owned(),
            false => self.needs(area, needs),
        }
    }

    fn needs(&self, area: Rect, (wide, high): (u16, u16)) -> String {
        let (here_wide, here_high) = (area.width, area.height);
        let picture = match self.files.iter().any(|file| is_code(file)) {
            true => "the file that ends in .qr.png",
            false => "the badge's picture",
        };
        format!(
            "The QR code needs a window of {wide}×{high}, and this one has {here_wide}×{here_high}. Enlarge it and press \
             f, or open {picture}."
        )
    }

    /// The QR code in all of the area but the footer.
    fn draw_alone(&self, area: Rect, buffer: &mut Buffer) {
        Clear.render(area, buffer);
        footer(area, buffer, &self.keys());
        let room = Rect { height: area.height.saturating_sub(1), ..area };
        match &self.symbol {
            Ok(symbol)
                if matches!(cells::fits(symbol, room.width, room.height, self.form), Fit::Quiet(_)) =>
            {
                Qr::new(symbol, self.form).render(room, buffer);
            }
            // Every row is worth more than the keys, which are those that led here.
            Ok(symbol) if fits(Qr::new(symbol, self.form).least(), area) => {
                Clear.render(area, buffer);
                Qr::new(symbol, self.form).render(area, buffer);
            }
            _ => {
                let mut text = self.elsewhere(area);
                text.extend(self.files.iter().filter(|f| is_code(f)).map(|f| format!("\n{}", f.display())));
                paragraph(room, buffer, &text, Style::new());
            }
        }
    }

    /// Where text and QR code go: beside each other, or below, or text alone.
    fn places(&self, room: Rect) -> (Rect, Option<Rect>) {
        let text = Rect { width: room.width.min(COLUMN), ..room };
        let Ok(symbol) = &self.symbol else { return (text, None) };
        let fit = |wide, high| match cells::fits(symbol, wide, high, self.form) {
            Fit::Quiet(quiet) => Some(cells::extent(symbol, quiet, self.form)),
            Fit::Needs { .. } => None,
        };
        let (beside, below) = (room.width.saturating_sub(LEAST_TEXT + GAP), self.document(None, false));
        if let Some((wide, _)) = fit(beside, room.height) {
            let text = Rect { width: (room.width - wide - GAP).min(COLUMN), ..room };
            return (text, Some(Rect { x: text.right() + GAP, width: wide, ..room }));
        }
        let rows = (below.lines(text.width, room.height).len() as u16).min(room.height);
        match fit(room.width, room.height - rows) {
            Some((wide, high)) => {
                let code = Rect { y: room.bottom() - high, width: wide, height: high, ..room };
                (Rect { height: room.height - high, ..text }, Some(code))
            }
            None => (text, None),
        }
    }
}

/// Whether this number of columns and rows has room.
const fn fits((columns, rows): (u16, u16), area: Rect) -> bool {
    columns <= area.width && rows <= area.height
}

/// Whether a file is the picture of the code alone.
fn is_code(file: &Path) -> bool {
    file.file_name().is_some_and(|name| name.to_string_lossy().ends_with(".qr.png"))
}

impl Keyed for Award {
    type Action = Action;

    fn keymap(&self) -> Keymap<Action> {
        let key = |letter, action, words| row([(KeyPress::Char(letter), action)], words);
        let leave = [KeyPress::Esc, KeyPress::Enter, KeyPress::Char('q')];
        let close = |letter| {
            let keys = leave.into_iter().chain([KeyPress::Char(letter)]);
            let keys = keys.map(|key| (key, Action::Show(Show::Badge)));
            row(keys, "back to the badge").shown(1, "back to the badge")
        };
        match self.show {
            Show::Code => return Keymap::of([close('f')]),
            Show::Link => {
                let copy = key('y', Action::Copy, "copy it").shown(1, "copy");
                let scroll = lines(Action::Scroll, "scroll").shown(2, "scroll");
                return Keymap::of([copy, close('u'), scroll]).and(leaps(Action::Scroll));
            }
            Show::Badge => {}
        }
        let (link, all) =
            if self.has_no_address() { ("digits", "all digits") } else { ("link", "the whole link") };
        Keymap::of([
            key('f', Action::Show(Show::Code), "the QR code by itself").shown(1, "QR code"),
            key('u', Action::Show(Show::Link), all).shown(1, link),
            row(leave.map(|key| (key, Action::Back)), "back").shown(1, "back"),
            key('s', Action::Share(Write::Nothing), "share it").shown(1, "share"),
            key('c', Action::Share(Write::Certificate), "write its certificate").shown(1, "certificate"),
            key('w', Action::Serve, "serve the verification page").shown(1, "serve the page"),
            row(self.opens().map(|_| (KeyPress::Char('o'), Action::Browse)), "open the badge in the browser")
                .shown(1, "open"),
            key('b', Action::Wallet, "my badges").shown(1, "my badges"),
            lines(Action::Scroll, "scroll").shown(2, "scroll"),
        ])
        .and(leaps(Action::Scroll))
    }

    fn act(&mut self, action: Action) -> Step {
        match action {
            Action::Show(show) => (self.show, self.scroll) = (show, Scroll::default()),
            Action::Copy => return Step::Do(Command::Copy(self.url.clone())),
            Action::Share(write) => return Step::Go(Route::Share { id: self.summary.id.clone(), write }),
            Action::Serve => return Step::Do(Command::Serve),
            Action::Browse => {
                return self.opens().map_or(Step::Unchanged, |address| Step::Do(Command::Browse(address)));
            }
            Action::Wallet => return Step::Go(Route::Wallet),
            Action::Scroll(motion) => self.scroll.by(motion),
            Action::Back => return Step::Back,
        }
        Step::Stay
    }
}

impl Page for Award {
    fn widest(&self) -> u16 {
        WIDEST
    }

    fn served(&mut self, address: &str) {
        self.served = Some(address.to_owned());
    }

    fn view(&self, area: Rect, buffer: &mut Buffer) -> Option<Position> {
        if too_small(area, buffer, SMALLEST) {
            return None;
        }
        match self.show {
            Show::Code => self.draw_alone(area, buffer),
            Show::Link => self.draw_link(area, buffer),
            Show::Badge => self.draw_badge(area, buffer),
        }
        None
    }
}

impl Award {
    /// What the browser beside the screen can open: the badge on the page that is served, or on the web.
    fn opens(&self) -> Option<String> {
        let there = (reach(&self.url) == Reach::Public).then(|| self.url.clone());
        self.link_here().or(there).filter(|_| self.browser)
    }

    /// The same with a browser beside the screen.
    #[must_use]
    pub fn with_browser(self, browser: bool) -> Self {
        Self { browser, ..self }
    }

    fn draw_badge(&self, area: Rect, buffer: &mut Buffer) {
        let title = match self.from {
            From::Test => "Your badge is awarded",
            From::Result => "Your badge",
            From::Wallet => "Badge",
        };
        let mut room = frame_within(area, buffer, title, &self.keys(), WIDEST);
        // No messages here: their row holds more of the badge.
        room.height += 1;
        let (text, code) = self.places(room);
        if let (Some(code), Ok(symbol)) = (code, &self.symbol) {
            Qr::new(symbol, self.form).render(code, buffer);
        }
        let missing = code.is_none().then(|| self.elsewhere(area));
        let beside = self.beside(text, code.is_some());
        if beside.is_some() {
            medal::draw(&self.summary, text, buffer);
        }
        let document = |short| match beside {
            Some(_) => self.beside_medal(missing.clone(), short),
            None => self.document(missing.clone(), short),
        };
        let text = beside.unwrap_or(text);
        // Where there is room for neither gaps nor code, rows of digits would bury the rest.
        let whole = document(false).lines(text.width, u16::MAX).len();
        let short = code.is_none() && whole > usize::from(text.height);
        self.scroll.view(text, buffer, &document(short));
    }

    /// What is left of the text's place by a drawing of the badge: below it where the code stands beside the text, else
    /// beside it. Nothing where there is no room for the drawing.
    fn beside(&self, text: Rect, has_code: bool) -> Option<Rect> {
        if has_code {
            let rows = self.beside_medal(None, false).lines(text.width, u16::MAX).len() as u16;
            let fits = text.width >= medal::COLUMNS && rows + medal::ROWS < text.height;
            return fits.then(|| below(text, medal::ROWS + 1));
        }
        let left = medal::COLUMNS + GAP;
        let fits = text.width >= left + LEAST_TEXT && text.height > medal::ROWS;
        fits.then(|| Rect { x: text.x + left, width: text.width - left, ..text })
    }
}
