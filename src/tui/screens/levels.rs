//! The levels, pathway by pathway: what each asks, what is passed, and how near one came.

use std::collections::BTreeMap;

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::document::{Document, scroll_bar};
use super::parts::{SMALLEST, columns, fit, frame, style, too_small};
use super::{Command, Keyed, Keys, Page, Route, Step};
use crate::desk::DeskError;
use crate::lessons::catalogue::Catalogue;
use crate::lessons::decimal;
use crate::lessons::level::Level;
use crate::lessons::wording::{duration, each_error, requirement};
use crate::sitting::Task;
use crate::store::history::LevelRecord;
use crate::tui::context::Context;
use crate::tui::input::KeyPress;
use crate::tui::keymap::{Keymap, Motion, leaps, lines, row};

/// Places that a page key goes on.
const PAGE: usize = 8;

/// What keys mean on this screen.
#[derive(Clone, Copy)]
pub enum Action {
    /// Takes the chosen level.
    Take,
    /// Claims the badge of the chosen level.
    Claim,
    /// Chooses another level.
    Choose(Motion),
    /// Goes to the pathway before this one.
    Before,
    /// Goes to the pathway after this one.
    After,
    /// Goes back.
    Back,
}

/// The mark of a passed level, and its columns.
const PASSED: &str = "✓ ";
const MARK: usize = 2;

/// Columns of the mark of the chosen level.
const POINTER: usize = 2;

/// Rows from which on it is also said what the pathway is for.
const TALL: u16 = 30;

/// Rows kept for tabs and list before the text about the chosen level gets more than three.
const LIST: u16 = 10;

/// The columns of a list beside its titles, with their widths: speed, accuracy, errors, time, best result.
const COLUMNS: [(&str, usize); 5] =
    [("speed", 11), ("accuracy", 10), ("errors", 10), ("time", 12), ("best", 24)];

/// The columns by what a list without room for all of them can least do without.
const BY_WORTH: [usize; 5] = [4, 0, 1, 2, 3];

/// What a person has done at a level.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// Whether it was passed.
    pub passed: bool,
    /// The attempt passed last, where the level has no badge yet.
    pub claim: Option<String>,
    /// Net speed of the best attempt, in hundredths of a word per minute, and its accuracy in basis points.
    pub best: Option<(u32, u32)>,
}

/// The records of a history by level.
pub fn records(records: Vec<LevelRecord>) -> BTreeMap<String, Record> {
    let record = |found: LevelRecord| {
        (found.level_id, Record { passed: found.passed, claim: found.unclaimed, best: found.best })
    };
    records.into_iter().map(record).collect()
}

struct Entry {
    level: Level,
    record: Record,
    /// What is best passed before and is not: titles.
    advice: Vec<String>,
}

struct Tab {
    title: String,
    description: String,
    entries: Vec<Entry>,
    chosen: usize,
}

/// The list of levels.
pub struct Levels {
    tabs: Vec<Tab>,
    tab: usize,
}

impl Levels {
    /// All levels with the records of the history.
    pub(in crate::tui) fn open(context: &mut Context, chosen: Option<&str>) -> Result<Self, DeskError> {
        let catalogue = context.desk.catalogue();
        let records = records(context.desk.history()?.level_records()?);
        Ok(Self::new(&catalogue, &records, chosen))
    }

    /// All levels with a person's records; the level of this id chosen, or else the first that is not passed.
    pub fn new(catalogue: &Catalogue, records: &BTreeMap<String, Record>, chosen: Option<&str>) -> Self {
        let record = |id: &str| records.get(id).cloned().unwrap_or_default();
        let advice = |level: &Level| {
            let open = level.prerequisites.iter().filter(|id| !record(id).passed);
            open.map(|id| catalogue.level(id).map_or_else(|| id.clone(), |level| level.title.clone()))
                .collect()
        };
        let entry =
            |level: &Level| Entry { level: level.clone(), record: record(&level.id), advice: advice(level) };
        let tabs = catalogue.pathways().map(|pathway| {
            let entries: Vec<Entry> = catalogue.levels_of(pathway).map(entry).collect();
            let chosen = entries.iter().position(|entry| !entry.record.passed).unwrap_or(0);
            Tab { title: pathway.title.clone(), description: pathway.description.clone(), entries, chosen }
        });
        let mut levels = Self { tabs: tabs.filter(|tab| !tab.entries.is_empty()).collect(), tab: 0 };
        if let Some(id) = chosen {
            levels.choose(id);
        }
        levels
    }

    fn choose(&mut self, id: &str) {
        for (at, tab) in self.tabs.iter_mut().enumerate() {
            if let Some(place) = tab.entries.iter().position(|entry| entry.level.id == id) {
                (self.tab, tab.chosen) = (at, place);
                return;
            }
        }
    }

    fn draw_tabs(&self, row: Rect, buffer: &mut Buffer) {
        let name = |(at, tab): (usize, &Tab)| match at == self.tab {
            true => Span::styled(format!("[{}]", tab.title), style::selected()),
            false => Span::styled(format!(" {} ", tab.title), style::dim()),
        };
        let spans: Vec<Span<'_>> = self.tabs.iter().enumerate().map(name).collect();
        // The chosen one is always seen: those before it give way.
        let until_chosen =
            |from: usize| spans.iter().take(self.tab + 1).skip(from).map(|s| s.width() + 1).sum();
        let room = usize::from(row.width) + 1;
        let hidden = (0..self.tab)
            .find(|from| {
                let width: usize = until_chosen(*from);
                width <= room
            })
            .unwrap_or(self.tab);
        let spaced = spans.iter().skip(hidden).flat_map(|span| [span.clone(), Span::raw(" ")]);
        Line::from_iter(spaced).render(row, buffer);
    }
}

impl Tab {
    /// Draws the entries around the chosen one, under a heading where there are columns.
    fn draw_list(&self, area: Rect, buffer: &mut Buffer) {
        let mut list = area;
        let columns = self.columns(area.width.saturating_sub(2));
        let named: String =
            COLUMNS.iter().zip(columns).map(|((name, width), shown)| cell(name, *width, shown)).collect();
        if !named.is_empty() && area.height > 4 {
            let heading = Rect { height: 1, width: area.width.saturating_sub(2), ..area };
            Line::styled(named, style::dim()).right_aligned().render(heading, buffer);
            list = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
        }
        let rows = usize::from(list.height);
        let first = self.chosen.saturating_sub(rows / 2).min(self.entries.len().saturating_sub(rows));
        if self.entries.len() > rows {
            scroll_bar(list, buffer, self.entries.len() - rows + 1, first);
        }
        list.width = area.width.saturating_sub(2);
        for (row, (at, entry)) in list.rows().zip(self.entries.iter().enumerate().skip(first)) {
            entry.draw(row, buffer, at == self.chosen, columns);
        }
    }

    /// Which columns have room beside the longest title: no title is cut for a figure.
    fn columns(&self, width: u16) -> [bool; COLUMNS.len()] {
        let longest = self.entries.iter().map(|entry| columns(&entry.level.title)).max().unwrap_or(0);
        let mut room = usize::from(width).saturating_sub(POINTER + MARK + longest);
        let mut shown = [false; COLUMNS.len()];
        for at in BY_WORTH {
            let (Some((_, width)), Some(shown)) = (COLUMNS.get(at), shown.get_mut(at)) else { continue };
            if *width > room {
                break;
            }
            room -= width;
            *shown = true;
        }
        shown
    }

    /// Rows that the longest text about an entry takes, so that the list does not jump when another is chosen.
    fn text_rows(&self, width: u16, pathway: Option<&str>) -> u16 {
        let rows = self.entries.iter().map(|entry| entry.document(pathway).lines(width, u16::MAX).len());
        rows.max().unwrap_or(0) as u16
    }
}

impl Entry {
    fn draw(&self, row: Rect, buffer: &mut Buffer, chosen: bool, shown: [bool; COLUMNS.len()]) {
        let (mark, mark_style) = match self.record.passed {
            true => (PASSED, style::good()),
            false => ("", Style::new()),
        };
        let figures = self.figures(shown);
        let pointer = if chosen { "› " } else { "  " };
        let room = usize::from(row.width).saturating_sub(POINTER + MARK + columns(&figures));
        let title = fit(&self.level.title, room);
        let gap = " ".repeat(room.saturating_sub(columns(&title)));
        let line = Line::from_iter([
            Span::raw(pointer),
            Span::styled(format!("{mark:MARK$}"), if chosen { Style::new() } else { mark_style }),
            Span::raw(title + &gap),
            Span::styled(figures, if chosen { Style::new() } else { style::dim() }),
        ]);
        if chosen {
            buffer.set_style(row, style::selected());
        }
        line.render(row, buffer);
    }

    fn best(&self) -> Option<String> {
        let (net, accuracy) = self.record.best?;
        Some(format!("{} WPM at {} %", decimal::text(net.into()), decimal::text(accuracy.into())))
    }

    /// What [`COLUMNS`] names, where it is shown.
    fn figures(&self, shown: [bool; COLUMNS.len()]) -> String {
        let (rules, pass) = (&self.level.rules, &self.level.pass);
        let errors = rules.max_errors.map(|n| format!("≤ {n}"));
        let share = rules.max_error_share.map(|s| format!("≤ {} %", decimal::text(s.bp.into())));
        let none = || "–".to_owned();
        let texts = [
            format!("{} {}", pass.speed, rules.unit.name()),
            pass.accuracy.map_or_else(none, |a| format!("{a} %")),
            errors.or(share).unwrap_or_else(none),
            duration(rules.limit),
            self.best().unwrap_or_else(none),
        ];
        let cells = texts.iter().zip(COLUMNS).zip(shown);
        cells.map(|((text, (_, width)), shown)| cell(text, width, shown)).collect()
    }

    fn document(&self, pathway: Option<&str>) -> Document {
        let mut document = Document::default();
        let level = &self.level;
        document.text(&*level.title, style::title());
        let asks = requirement(&level.rules, &level.pass);
        let asks = [Some(asks), Some(duration(level.rules.limit)), each_error(level.rules.penalty)];
        let asks: Vec<String> = asks.into_iter().flatten().collect();
        document.text(format!("Asks: {}.", asks.join("; ")), Style::new());
        if self.record.claim.is_some() {
            document.text("Passed, and no badge yet: b claims it.", Style::new());
        }
        if !self.advice.is_empty() {
            document.text(format!("Best passed before: {}.", self.advice.join(", ")), Style::new());
        }
        document.text(&*level.description, style::dim());
        document.text(pathway.unwrap_or_default(), style::dim());
        document
    }
}

/// A cell of a column, nothing for one that is not shown.
fn cell(text: &str, width: usize, shown: bool) -> String {
    if shown { format!("{text:>width$}") } else { String::new() }
}

impl Levels {
    fn entry(&self) -> Option<&Entry> {
        let tab = self.tabs.get(self.tab)?;
        tab.entries.get(tab.chosen)
    }

    /// The attempt whose badge can be claimed.
    fn claim(&self) -> Option<&String> {
        self.entry()?.record.claim.as_ref()
    }

    /// Turns to another pathway, so many further on in their order.
    fn turn(&mut self, by: usize) {
        self.tab = (self.tab + by) % self.tabs.len().max(1);
    }
}

impl Keyed for Levels {
    type Action = Action;

    fn keymap(&self) -> Keymap<Action> {
        let claim = self.claim().map(|_| (KeyPress::Char('b'), Action::Claim));
        let pathway = [
            (KeyPress::Left, Action::Before),
            (KeyPress::Right, Action::After),
            (KeyPress::BackTab, Action::Before),
            (KeyPress::Tab, Action::After),
        ];
        Keymap::of([
            row([(KeyPress::Enter, Action::Take)], "take the chosen level").shown(1, "take it"),
            row(claim, "claim the badge").shown(1, "claim the badge"),
            row([KeyPress::Esc, KeyPress::Char('q')].map(|key| (key, Action::Back)), "back").shown(1, "home"),
            lines(Action::Choose, "choose").shown(2, "choose"),
            row(pathway, "another pathway").shown(2, "pathway"),
        ])
        .and(leaps(Action::Choose))
    }

    fn act(&mut self, action: Action) -> Step {
        match action {
            Action::Take => {
                let id = self.entry().map(|entry| entry.level.id.clone());
                return id.map_or(Step::Unchanged, |id| Step::Go(Route::Test(Task::Level(id))));
            }
            Action::Claim => {
                let claim = self.claim().cloned();
                return claim.map_or(Step::Unchanged, |attempt| Step::Do(Command::Claim(attempt)));
            }
            Action::Choose(motion) => {
                let Some(tab) = self.tabs.get_mut(self.tab) else { return Step::Unchanged };
                tab.chosen = motion.from(tab.chosen, tab.entries.len().saturating_sub(1), PAGE);
            }
            Action::Before => self.turn(self.tabs.len().saturating_sub(1)),
            Action::After => self.turn(1),
            Action::Back => return Step::Back,
        }
        Step::Stay
    }
}

impl Page for Levels {
    fn view(&self, area: Rect, buffer: &mut Buffer) -> Option<Position> {
        if too_small(area, buffer, SMALLEST) {
            return None;
        }
        let mut room = frame(area, buffer, "Levels", &self.keys());
        let tab = self.tabs.get(self.tab)?;
        room.height += 1;
        let most = room.height.saturating_sub(LIST).max(3);
        // What the pathway is for is said whole or not at all.
        let whole = |text: &&str| room.height >= TALL && tab.text_rows(room.width, Some(text)) <= most;
        let pathway = Some(&*tab.description).filter(whole);
        let detail = tab.text_rows(room.width, pathway).min(most);
        let gaps = u16::from(room.height > 10);
        let [tabs, _, list, _, text] = Layout::vertical([
            Constraint::Length(1),
            Constraint::Length(gaps),
            Constraint::Min(1),
            Constraint::Length(gaps),
            Constraint::Length(detail),
        ])
        .areas(room);
        self.draw_tabs(tabs, buffer);
        tab.draw_list(list, buffer);
        if let Some(entry) = tab.entries.get(tab.chosen) {
            entry.document(pathway).draw(text, buffer);
        }
        None
    }
}
