//! Home: what one can do, who is here, and what should be read once.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::document::{Document, Scroll};
use super::parts::{
    COLUMN, SMALLEST, below, columns, fit, frame_within, lowered, paragraph, style, too_small, wrap,
};
use super::{Command, Keyed, Keys, Page, Route, Step};
use crate::lessons::wording::counted;
use crate::sitting::Task;
use crate::tui::context::Context;
use crate::tui::input::KeyPress;
use crate::tui::keymap::{Keymap, Motion, leaps, lines, row};

mod menu;
mod welcome;

pub use menu::Entry;
use menu::{FREE_TESTS, MENU, USUAL_FREE_TEST, free_name, rest_name};
pub use welcome::Welcome;

/// What keys mean on this screen.
#[derive(Clone, Copy)]
pub enum Action {
    /// Chooses another entry; from the last one on to the first.
    Choose(Motion),
    /// Goes where the chosen entry leads.
    Go,
    /// Goes where an entry leads.
    Open(Entry),
    /// Makes the free test longer.
    Longer,
    /// Makes the free test shorter.
    Shorter,
    /// Shows all notices.
    Notices,
    /// Scrolls the notices.
    Scroll(Motion),
    /// Closes the notices.
    Close,
}

/// Columns of a menu entry before its label: mark, letter, space.
const MARGIN: usize = 5;

/// Columns of its label.
const LABEL: usize = 16;

const NEWCOMER: &str = "New to touch typing? Press s: lessons begin at the home row. When you pass a level, you get a \
    signed badge that you can show to others.";

/// What stands in the place of what only the history knows.
const UNREADABLE: &str = "the history cannot be read";

/// The home screen.
pub struct Home {
    welcome: Welcome,
    chosen: usize,
    free: usize,
    /// How far all notices are scrolled, while they are shown.
    notices: Option<Scroll>,
}

impl Home {
    /// Home opens whatever is broken: a history that cannot be read is told there.
    pub(in crate::tui) fn open(context: &mut Context) -> Self {
        let (mut welcome, trouble) = match Welcome::load(context) {
            Ok(welcome) => (welcome, None),
            Err(why) => (Welcome { unreadable: true, ..Welcome::default() }, Some(why.to_string())),
        };
        welcome.holder = context.desk.settings.holder_name.clone();
        welcome.layout = context.desk.layout().map(|layout| layout.name);
        welcome.free = context.last_free.clone();
        // What is wrong with the history comes first: there may be room for one notice only.
        welcome.notices = trouble.into_iter().chain(context.take_notices()).collect();
        Self::new(welcome)
    }

    /// Home with its first entry chosen.
    pub fn new(welcome: Welcome) -> Self {
        let last = welcome.free.as_ref();
        let free = last.and_then(|last| FREE_TESTS.iter().position(|test| test == last));
        Self { welcome, chosen: 0, free: free.unwrap_or(USUAL_FREE_TEST), notices: None }
    }

    /// The entries that there are.
    fn menu(&self) -> impl Iterator<Item = (char, Entry, &'static str)> {
        let has_rest = self.welcome.rest.is_some();
        MENU.into_iter().filter(move |(_, entry, _)| *entry != Entry::Resume || has_rest)
    }

    fn free_test(&self) -> Task {
        FREE_TESTS.get(self.free).cloned().unwrap_or(Task::Time(60))
    }

    fn go(&self, entry: Entry) -> Step {
        Step::Go(match entry {
            Entry::Continue => match &self.welcome.suggestion {
                Some(suggestion) => Route::of(suggestion.task.clone()),
                None => Route::Levels(None),
            },
            Entry::Courses => Route::Courses(None),
            Entry::Practice => Route::Practice,
            Entry::History => Route::History,
            Entry::Progress => Route::Progress,
            Entry::Options => Route::Options,
            Entry::Resume => match &self.welcome.rest {
                Some(rest) => Route::Test(rest.clone()),
                None => return Step::Unchanged,
            },
            Entry::Levels => Route::Levels(None),
            Entry::Free => Route::Test(self.free_test()),
            Entry::Wallet => Route::Wallet,
            Entry::Verify => Route::Verify(None),
            Entry::Name => Route::Holder,
            Entry::Keyboard => Route::Layouts(None),
            Entry::Help => Route::Help,
            Entry::Quit => return Step::Do(Command::Quit),
        })
    }

    fn detail(&self, entry: Entry) -> String {
        match entry {
            Entry::Continue => match &self.welcome.suggestion {
                Some(suggestion) => suggestion.what.clone(),
                None => UNREADABLE.to_owned(),
            },
            Entry::Courses => "lessons, numbers, code, texts of your own".to_owned(),
            Entry::Practice => "what brings you most".to_owned(),
            Entry::History if self.welcome.unreadable => UNREADABLE.to_owned(),
            Entry::History => counted(self.welcome.tests + self.welcome.unfinished, "attempt"),
            Entry::Progress => "speed, keyboard, hours".to_owned(),
            Entry::Options => "pace, errors, figures".to_owned(),
            Entry::Resume => self.welcome.rest.as_ref().map(rest_name).unwrap_or_default(),
            Entry::Free => format!("‹ {} ›", free_name(&self.free_test())),
            Entry::Wallet if self.welcome.unreadable => UNREADABLE.to_owned(),
            Entry::Wallet if self.welcome.badges == 0 => "none yet".to_owned(),
            Entry::Wallet => self.welcome.badges.to_string(),
            Entry::Verify => "a file, link or token".to_owned(),
            Entry::Name => {
                self.welcome.holder.clone().unwrap_or_else(|| "not set yet; badges need it".to_owned())
            }
            Entry::Keyboard => self.welcome.layout.clone().unwrap_or_else(|| "layout not set".to_owned()),
            Entry::Levels | Entry::Help | Entry::Quit => String::new(),
        }
    }

    fn status(&self) -> String {
        let name = self.welcome.holder.as_deref().unwrap_or("No name yet");
        if self.welcome.unreadable {
            return format!("{name} · {UNREADABLE}");
        }
        let (tests, badges) = (counted(self.welcome.tests, "test"), counted(self.welcome.badges, "badge"));
        let unfinished = match self.welcome.unfinished {
            0 => String::new(),
            n => format!(" · {n} unfinished"),
        };
        format!("{name} · {tests} taken{unfinished} · {badges}")
    }

    fn entry_line(&self, at: usize, width: u16) -> Option<Line<'static>> {
        let (letter, entry, label) = self.menu().nth(at)?;
        let label = match &self.welcome.suggestion {
            Some(suggestion) if entry == Entry::Continue => suggestion.label,
            _ => label,
        };
        let chosen = at == self.chosen;
        let mark = if chosen { "› " } else { "  " };
        let room = usize::from(width).saturating_sub(MARGIN + LABEL);
        let gap = " ".repeat(LABEL.saturating_sub(columns(label)));
        let line = Line::from_iter([
            Span::raw(mark),
            Span::styled(letter.to_string(), style::accent()),
            Span::raw(format!("  {label}{gap}")),
            Span::styled(fit(&self.detail(entry), room), if chosen { Style::new() } else { style::dim() }),
        ]);
        Some(if chosen { line.style(style::selected()) } else { line })
    }

    /// Why that is suggested, where a row is left for it.
    fn why(&self, room: Rect, first: usize) -> Option<String> {
        let has_room = first == 0 && usize::from(room.height) > self.menu().count();
        let why = &self.welcome.suggestion.as_ref().filter(|_| has_room)?.why;
        Some(fit(why, usize::from(room.width).saturating_sub(MARGIN)))
    }

    /// Whether a newcomer is greeted: not where something else should be read.
    fn greets(&self) -> bool {
        let newcomer = self.welcome.tests + self.welcome.unfinished == 0;
        newcomer && !self.welcome.unreadable && self.welcome.notices.is_empty()
    }

    /// Rows that all of it takes.
    fn rows(&self, width: u16) -> u16 {
        let newcomer = if self.greets() { wrap(NEWCOMER, width).len() + 1 } else { 0 };
        let notices = self.welcome.notices.iter().map(|notice| wrap(notice, width).len());
        (3 + self.menu().count() + 1 + newcomer + notices.sum::<usize>()) as u16
    }

    /// The notices and the hint, as many as `rows` hold; the last row says how many are missing.
    fn draw_notices(&self, area: Rect, buffer: &mut Buffer) {
        let mut rest = area;
        for (at, notice) in self.welcome.notices.iter().enumerate() {
            let text = format!("! {notice}");
            let needs = wrap(&text, rest.width).len();
            let more = self.welcome.notices.len() - at;
            if usize::from(rest.height) < needs + usize::from(more > 1) {
                paragraph(
                    rest,
                    buffer,
                    &format!("! {} more; press n to see all", counted(more as u32, "notice")),
                    style::title(),
                );
                return;
            }
            let used = paragraph(rest, buffer, &text, style::title());
            rest = below(rest, used);
        }
    }
}

impl Home {
    fn notice_keys() -> Keymap<Action> {
        let close = [KeyPress::Esc, KeyPress::Enter, KeyPress::Char('n'), KeyPress::Char('q')];
        Keymap::of([
            row(close.map(|key| (key, Action::Close)), "back").shown(1, "back"),
            lines(Action::Scroll, "scroll").shown(2, "scroll"),
        ])
        .and(leaps(Action::Scroll))
    }

    /// Chooses another entry. Up from the first is the last, and down from the last is the first.
    fn choose(&mut self, motion: Motion) {
        let last = self.menu().count().saturating_sub(1);
        self.chosen = match motion {
            Motion::Up if self.chosen == 0 => last,
            Motion::Down if self.chosen == last => 0,
            motion => motion.from(self.chosen, last, last + 1),
        };
    }

    /// Takes another length of the free test, by this many steps in their order, and chooses its entry.
    fn resize_free_test(&mut self, by: usize) {
        self.free = (self.free + by) % FREE_TESTS.len();
        let free = self.menu().position(|(_, entry, _)| entry == Entry::Free);
        self.chosen = free.unwrap_or(self.chosen);
    }
}

impl Keyed for Home {
    type Action = Action;

    fn keymap(&self) -> Keymap<Action> {
        if self.notices.is_some() {
            return Self::notice_keys();
        }
        let notices = (!self.welcome.notices.is_empty()).then_some((KeyPress::Char('n'), Action::Notices));
        let letter = |(letter, entry, _): (char, Entry, _)| (KeyPress::Char(letter), Action::Open(entry));
        let letters = self.menu().filter(|(_, entry, _)| *entry != Entry::Quit).map(letter);
        let up = [(KeyPress::Up, Motion::Up), (KeyPress::Down, Motion::Down)];
        let tab = [(KeyPress::BackTab, Motion::Up), (KeyPress::Tab, Motion::Down)];
        let ends = [(KeyPress::Home, Motion::First), (KeyPress::End, Motion::Last)];
        let choose = [up, tab, ends].concat().into_iter().map(|(key, motion)| (key, Action::Choose(motion)));
        Keymap::of([
            row(choose, "choose").shown(2, "choose"),
            row([(KeyPress::Enter, Action::Go)], "open the chosen entry").shown(1, "open"),
            row(notices, "show all notices").shown(1, "notices"),
            row(
                [(KeyPress::Left, Action::Shorter), (KeyPress::Right, Action::Longer)],
                "length of the free test",
            )
            .shown(2, "length of the free test"),
            row([(KeyPress::Char('q'), Action::Open(Entry::Quit))], "quit").shown(1, "quit"),
            row(letters, "open that entry"),
        ])
    }

    fn act(&mut self, action: Action) -> Step {
        match action {
            Action::Choose(motion) => self.choose(motion),
            Action::Longer => self.resize_free_test(1),
            Action::Shorter => self.resize_free_test(FREE_TESTS.len() - 1),
            Action::Go => {
                return self.menu().nth(self.chosen).map_or(Step::Unchanged, |(_, entry, _)| self.go(entry));
            }
            Action::Open(entry) => return self.go(entry),
            Action::Notices => self.notices = Some(Scroll::default()),
            Action::Scroll(motion) => self.notices.iter().for_each(|scroll| scroll.by(motion)),
            Action::Close => self.notices = None,
        }
        Step::Stay
    }
}

impl Page for Home {
    fn widest(&self) -> u16 {
        COLUMN
    }

    fn view(&self, area: Rect, buffer: &mut Buffer) -> Option<Position> {
        if too_small(area, buffer, SMALLEST) {
            return None;
        }
        if let Some(scroll) = &self.notices {
            let mut document = Document::default();
            for notice in &self.welcome.notices {
                document.text(notice.as_str(), Style::new());
                document.gap();
            }
            scroll.view(frame_within(area, buffer, "Notices", &self.keys(), COLUMN), buffer, &document);
            return None;
        }
        let mut room = frame_within(area, buffer, "typeproof", &self.keys(), COLUMN);
        // This screen has no messages of one row: its notices have a place of their own.
        room.height += 1;
        room = lowered(room, self.rows(room.width));
        let entries = self.menu().count();
        if usize::from(room.height) > entries + 2 {
            paragraph(room, buffer, &self.status(), style::dim());
            room = below(room, 2);
        }
        // Where the entries have no room, those around the chosen one are seen.
        let first = (self.chosen + 1).saturating_sub(room.height.into());
        let why = self.why(room, first);
        let lines = (first..entries).filter_map(|at| Some((at, self.entry_line(at, room.width)?)));
        let reason = why.map(|why| Line::styled(format!("{:MARGIN$}{why}", ""), style::dim()));
        let lines = lines.flat_map(|(at, line)| [Some(line), reason.clone().filter(|_| at == 0)]);
        let drawn = room.rows().zip(lines.flatten());
        let used = drawn.map(|(row, line)| line.render(row, buffer)).count() as u16;
        room = below(room, used + 1);
        if self.greets() {
            let used = paragraph(room, buffer, NEWCOMER, Style::new());
            room = below(room, used + 1);
        }
        self.draw_notices(room, buffer);
        None
    }
}
