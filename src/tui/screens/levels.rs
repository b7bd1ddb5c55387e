//! The levels, pathway by pathway: what each asks, what is passed, and how near one came.

use std::collections::BTreeMap;

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Position, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::document::scroll_bar;
use super::parts::{SMALLEST, columns, fit, frame, style, too_small};
use super::{Command, Keyed, Keys, Page, Route, Step};
use crate::desk::{DeskError, next_of};
use crate::lessons::catalogue::Catalogue;
use crate::lessons::language::Language;
use crate::lessons::level::Level;
use crate::lessons::pathway::Pathway;
use crate::sitting::Task;
use crate::tui::context::Context;
use crate::tui::input::KeyPress;
use crate::tui::keymap::{Keymap, Motion, leaps, lines, row};

mod entry;

use entry::{COLUMNS, Entry, Row, cell};
pub use entry::{Record, records};

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
    /// Chooses texts in another language.
    Language,
    /// Goes back.
    Back,
}

/// Rows of a screen, and pathways, up to which the pathways stand below each other as a map.
const MAP_FROM: u16 = 18;
const MAP_MOST: usize = 6;

/// Rows from which on it is also said what the pathway is for.
const TALL: u16 = 30;

/// Rows kept for tabs and list before the text about the chosen level gets more than three.
const LIST: u16 = 10;

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
    /// All levels with the records of the history; the one of this id chosen, or else the one that "Continue" offers.
    pub(in crate::tui) fn open(context: &mut Context, chosen: Option<&str>) -> Result<Self, DeskError> {
        let catalogue = context.desk.catalogue();
        let records = context.desk.level_records()?;
        let next = match chosen {
            Some(id) => Some(id.to_owned()),
            None => next_of(&catalogue, &records, context.desk.language()).map(|level| level.id.clone()),
        };
        Ok(Self::new(&catalogue, &entry::records(records), context.desk.language(), next.as_deref()))
    }

    /// The levels with a person's records: those for who types in this language, and of the others those pathways of which
    /// a level was tried or is the one chosen. The level of this id is chosen, or else the first that is not passed.
    pub fn new(
        catalogue: &Catalogue,
        records: &BTreeMap<String, Record>,
        language: Language,
        chosen: Option<&str>,
    ) -> Self {
        let passed = records.iter().filter(|(_, record)| record.passed).map(|(id, _)| id.clone()).collect();
        let done = catalogue.with_those_below(&passed);
        let record = |id: &str| {
            let found = records.get(id).cloned().unwrap_or_default();
            Record { below: done.contains(id) && !found.passed, ..found }
        };
        let advice = |level: &Level| {
            let open = level.prerequisites.iter().filter(|id| !done.contains(*id));
            open.map(|id| catalogue.level(id).map_or_else(|| id.clone(), |level| level.title.clone()))
                .collect()
        };
        let entry =
            |level: &Level| Entry { level: level.clone(), record: record(&level.id), advice: advice(level) };
        let offered: Vec<&Pathway> = catalogue.pathways_for(language).collect();
        let known = |level: &Level| records.contains_key(&level.id) || chosen == Some(level.id.as_str());
        let others = catalogue.pathways().filter(|other| {
            !offered.iter().any(|pathway| pathway.id == other.id) && catalogue.levels_of(other).any(known)
        });
        let tabs = offered.iter().copied().chain(others).map(|pathway| {
            let entries: Vec<Entry> = catalogue.levels_of(pathway).map(entry).collect();
            let chosen = entries.iter().position(|entry| !entry.record.is_done()).unwrap_or(0);
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

impl Levels {
    /// Whether all pathways are shown below each other.
    fn has_map(&self, area: Rect) -> bool {
        area.height >= MAP_FROM && (1..=MAP_MOST).contains(&self.tabs.len())
    }

    /// Draws each pathway as a row of its levels: passed, tried, open; the chosen one marked.
    fn draw_map(&self, area: Rect, buffer: &mut Buffer) {
        let name = self.tabs.iter().map(|tab| columns(&tab.title)).max().unwrap_or(0).min(20);
        for (row, (at, tab)) in area.rows().zip(self.tabs.iter().enumerate()) {
            let here = at == self.tab;
            let title = fit(&tab.title, name);
            let gap = " ".repeat(name.saturating_sub(columns(&title)) + 2);
            let mut line = Line::from_iter([
                Span::raw(if here { "› " } else { "  " }),
                Span::styled(title, if here { style::title() } else { style::dim() }),
                Span::raw(gap),
            ]);
            let passed = tab.entries.iter().filter(|entry| entry.record.is_done()).count();
            let count = format!("{passed:>3} of {:<4}", tab.entries.len());
            line.push_span(Span::styled(count, style::dim()));
            for (place, entry) in tab.entries.iter().enumerate() {
                let (mark, style) = entry.place();
                let chosen = here && place == tab.chosen;
                line.push_span(Span::styled(mark, if chosen { style::selected() } else { style }));
                line.push_span(Span::raw(" "));
            }
            line.render(row, buffer);
        }
    }
}

impl Tab {
    /// Draws the entries around the chosen one, under a heading where there are columns.
    fn draw_list(&self, area: Rect, buffer: &mut Buffer) {
        let mut list = area;
        let columns = self.row(area.width.saturating_sub(2));
        let named = COLUMNS.iter().zip(columns.shown);
        let named: String = named.map(|((name, width), shown)| cell(name, *width, shown)).collect();
        if !named.is_empty() && area.height > 4 {
            let heading = Rect { height: 1, width: area.width.saturating_sub(2), ..area };
            Line::styled(named, style::dim()).right_aligned().render(heading, buffer);
            list = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
        }
        let bar = list;
        list.width = area.width.saturating_sub(2);
        let heights: Vec<u16> = self.entries.iter().map(|entry| entry.height(list.width, &columns)).collect();
        let first = self.first_seen(&heights, list.height);
        if heights.iter().sum::<u16>() > list.height {
            let last = self.last_start(&heights, list.height);
            scroll_bar(bar, buffer, last + 1, first.min(last));
        }
        let mut y = list.y;
        for (at, (entry, height)) in self.entries.iter().zip(&heights).enumerate().skip(first) {
            // No entry is cut, but for one that has no room at all.
            let room = list.bottom().saturating_sub(y);
            if *height > room && y > list.y {
                break;
            }
            let height = (*height).min(room);
            entry.draw(Rect { y, height, ..list }, buffer, at == self.chosen, &columns);
            y += height;
        }
    }

    /// The first entry that is seen, so that the chosen one is about in the middle, and no row is empty.
    fn first_seen(&self, heights: &[u16], rows: u16) -> usize {
        let mut above = 0;
        let before = heights.iter().take(self.chosen).rev();
        let seen = before.take_while(|height| {
            above += **height;
            above <= rows / 2
        });
        (self.chosen - seen.count()).min(self.last_start(heights, rows))
    }

    /// The entry from which on all that follow have room.
    fn last_start(&self, heights: &[u16], rows: u16) -> usize {
        let mut used = 0;
        let seen = heights.iter().rev().take_while(|height| {
            used += **height;
            used <= rows
        });
        (heights.len() - seen.count()).min(heights.len().saturating_sub(1))
    }

    /// How the entries are laid out: in two rows each where whole titles leave too little room.
    fn row(&self, width: u16) -> Row {
        let longest =
            |two: bool| self.entries.iter().map(|entry| entry.title_columns(two)).max().unwrap_or(0);
        let mut said = [false; COLUMNS.len()];
        for entry in &self.entries {
            entry.says().into_iter().zip(&mut said).for_each(|(says, said)| *said |= says);
        }
        Row::new(width, longest(false), longest(true), said)
    }

    /// Rows that the list takes with its heading.
    fn rows(&self, width: u16) -> u16 {
        let shown = self.row(width.saturating_sub(2));
        let entries: u16 =
            self.entries.iter().map(|entry| entry.height(width.saturating_sub(2), &shown)).sum();
        entries + 1
    }

    /// Rows that the longest text about an entry takes, so that the list does not jump when another is chosen.
    fn text_rows(&self, width: u16, pathway: Option<&str>) -> u16 {
        let rows = self.entries.iter().map(|entry| entry.document(pathway).lines(width, u16::MAX).len());
        rows.max().unwrap_or(0) as u16
    }
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

    /// Turns to another pathway, by this many steps in their order.
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
            row([(KeyPress::Enter, Action::Take)], "start the chosen level").shown(1, "start"),
            row(claim, "claim the badge").shown(1, "claim the badge"),
            row([KeyPress::Esc, KeyPress::Char('q')].map(|key| (key, Action::Back)), "back").shown(1, "home"),
            lines(Action::Choose, "choose").shown(2, "choose"),
            row(pathway, "another pathway").shown(2, "pathway"),
            row([(KeyPress::Char('t'), Action::Language)], "texts in another language").shown(1, "language"),
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
            Action::Language => return Step::Do(Command::NextLanguage),
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
        let map = if self.has_map(room) { self.tabs.len() as u16 } else { 1 };
        // The text about the chosen level stands right below the list, where the list leaves rows.
        let [tabs, _, list, _, text] = Layout::vertical([
            Constraint::Length(map),
            Constraint::Length(gaps),
            Constraint::Max(tab.rows(room.width)),
            Constraint::Length(gaps),
            Constraint::Length(detail),
        ])
        .areas(room);
        match self.has_map(room) {
            true => self.draw_map(tabs, buffer),
            false => self.draw_tabs(tabs, buffer),
        }
        tab.draw_list(list, buffer);
        if let Some(entry) = tab.entries.get(tab.chosen) {
            entry.document(pathway).draw(text, buffer);
        }
        None
    }
}
