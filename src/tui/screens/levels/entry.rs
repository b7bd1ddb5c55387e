//! A level in the list: its mark, title and figures, and what there is to say of it.

use std::collections::BTreeMap;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use crate::lessons::decimal;
use crate::lessons::level::Level;
use crate::lessons::wording::{duration, each_error, requirement};
use crate::store::history::LevelRecord;
use crate::tui::screens::document::Document;
use crate::tui::screens::parts::{columns, fit, style};

/// The least width at which a long title goes on in a second row.
const TWO_ROWS_FROM: u16 = 60;

/// The mark of a passed level, and its columns.
const PASSED: &str = "✓ ";
const MARK: usize = 2;

/// Columns of the mark of the chosen level.
const POINTER: usize = 2;

/// The columns of a list beside its titles, with their widths: speed, accuracy, errors, time, best result.
pub(super) const COLUMNS: [(&str, usize); 5] =
    [("speed", 11), ("accuracy", 10), ("errors", 10), ("time", 12), ("best", 24)];

/// The columns by what a list without room for all of them can least do without.
const BY_WORTH: [usize; 5] = [4, 0, 1, 2, 3];

/// What a person has done at a level.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// Whether it was passed.
    pub passed: bool,
    /// Whether a level above it was passed, so that it counts as passed.
    pub below: bool,
    /// The attempt passed last, where the level has no badge yet.
    pub claim: Option<String>,
    /// Net speed of the best attempt, in hundredths of a word per minute, and its accuracy in basis points.
    pub best: Option<(u32, u32)>,
}

impl Record {
    /// Whether it counts as passed.
    pub const fn is_done(&self) -> bool {
        self.passed || self.below
    }
}

/// The records of a history by level.
pub fn records(records: Vec<LevelRecord>) -> BTreeMap<String, Record> {
    let record = |found: LevelRecord| {
        let (passed, claim, best) = (found.passed, found.unclaimed, found.best);
        (found.level_id, Record { passed, below: false, claim, best })
    };
    records.into_iter().map(record).collect()
}

/// A level in the list.
pub(super) struct Entry {
    pub(super) level: Level,
    pub(super) record: Record,
    /// What is best passed before and is not: titles.
    pub(super) advice: Vec<String>,
}

/// How an entry is laid out.
pub(super) struct Row {
    /// Which columns have room beside the titles: no title is cut for a figure.
    pub(super) shown: [bool; COLUMNS.len()],
    /// Whether a title may go on in a second row.
    two: bool,
}

impl Row {
    /// The layout in this many columns, by the longest whole title and the longest first part of one. A column of which
    /// no entry says anything is left out.
    pub(super) fn new(width: u16, whole: usize, first: usize, said: [bool; COLUMNS.len()]) -> Self {
        let room = |longest: usize| usize::from(width).saturating_sub(POINTER + MARK + longest);
        let most = COLUMNS.iter().zip(said).rfind(|(_, said)| *said).map_or(0, |((_, width), _)| *width);
        let two = width >= TWO_ROWS_FROM && room(whole) < most;
        let mut room = room(if two { first } else { whole });
        let mut shown = [false; COLUMNS.len()];
        for at in BY_WORTH {
            let (Some((_, width)), Some(shown)) = (COLUMNS.get(at), shown.get_mut(at)) else { continue };
            if said.get(at) != Some(&true) {
                continue;
            }
            if *width > room {
                break;
            }
            room -= width;
            *shown = true;
        }
        Self { shown, two }
    }
}

impl Entry {
    /// Its mark in the map, with its style.
    pub(super) fn place(&self) -> (&'static str, Style) {
        match &self.record {
            Record { passed: true, .. } => ("✓", style::good()),
            Record { below: true, .. } => ("✓", style::dim()),
            Record { best: Some(_), .. } => ("~", style::accent()),
            Record { .. } => ("·", Style::new()),
        }
    }

    /// The title up to what stands in brackets, and that.
    fn title(&self) -> (&str, &str) {
        let title = &self.level.title;
        title.rfind(" (").and_then(|at| title.split_at_checked(at)).unwrap_or((title, ""))
    }

    /// Columns that the title takes, or where it has two rows, the first of them.
    pub(super) fn title_columns(&self, two: bool) -> usize {
        columns(if two { self.title().0 } else { &self.level.title })
    }

    /// Columns that the title has.
    fn room(width: u16, figures: &str) -> usize {
        usize::from(width).saturating_sub(POINTER + MARK + columns(figures))
    }

    /// Rows that it takes: two where the title has no room in one.
    pub(super) fn height(&self, width: u16, shown: &Row) -> u16 {
        let fits = columns(&self.level.title) <= Self::room(width, &self.figures(shown.shown));
        if fits || !shown.two { 1 } else { 2 }
    }

    pub(super) fn draw(&self, area: Rect, buffer: &mut Buffer, chosen: bool, shown: &Row) {
        let row = Rect { height: 1, ..area };
        let (mark, mark_style) = match &self.record {
            Record { passed: true, .. } => (PASSED, style::good()),
            Record { below: true, .. } => (PASSED, style::dim()),
            Record { .. } => ("", Style::new()),
        };
        let figures = self.figures(shown.shown);
        let pointer = if chosen { "› " } else { "  " };
        let room = Self::room(row.width, &figures);
        let (first, second) = if area.height > 1 { self.title() } else { (&*self.level.title, "") };
        let title = fit(first, room);
        let gap = " ".repeat(room.saturating_sub(columns(&title)));
        let line = Line::from_iter([
            Span::raw(pointer),
            Span::styled(format!("{mark:MARK$}"), if chosen { Style::new() } else { mark_style }),
            Span::raw(title + &gap),
            Span::styled(figures, if chosen { Style::new() } else { style::dim() }),
        ]);
        if chosen {
            buffer.set_style(area, style::selected());
        }
        line.render(row, buffer);
        let second = format!("{:1$}{second}", "", POINTER + MARK - 1);
        let style = if chosen { Style::new() } else { style::dim() };
        Line::styled(second, style).render(Rect { y: row.y + 1, height: area.height - 1, ..row }, buffer);
    }

    fn best(&self) -> Option<String> {
        let (net, accuracy) = self.record.best?;
        Some(format!("{} WPM at {} %", decimal::figure(net.into()), decimal::figure(accuracy.into())))
    }

    /// What [`COLUMNS`] names, as far as the level has it.
    fn cells(&self) -> [Option<String>; COLUMNS.len()] {
        let (rules, pass) = (&self.level.rules, &self.level.pass);
        let errors = rules.max_errors.map(|n| format!("≤ {n}"));
        let share = || rules.max_error_share.map(|s| format!("≤ {} %", decimal::text(s.bp.into())));
        [
            Some(format!("{} {}", pass.speed, rules.unit.name())),
            pass.accuracy.map(|a| format!("{a} %")),
            errors.or_else(share),
            Some(duration(rules.limit)),
            self.best(),
        ]
    }

    /// Which of [`COLUMNS`] it has something for.
    pub(super) fn says(&self) -> [bool; COLUMNS.len()] {
        self.cells().map(|cell| cell.is_some())
    }

    /// Those that are shown, side by side.
    fn figures(&self, shown: [bool; COLUMNS.len()]) -> String {
        let cells = self.cells().into_iter().zip(COLUMNS).zip(shown);
        let text = |text: Option<String>| text.unwrap_or_else(|| "–".to_owned());
        cells.map(|((cell_text, (_, width)), shown)| cell(&text(cell_text), width, shown)).collect()
    }

    pub(super) fn document(&self, pathway: Option<&str>) -> Document {
        let mut document = Document::default();
        let level = &self.level;
        document.text(&*level.title, style::title());
        let asks = requirement(&level.rules, &level.pass);
        let asks = [Some(asks), Some(duration(level.rules.limit)), each_error(level.rules.penalty)];
        let asks: Vec<String> = asks.into_iter().flatten().collect();
        document.text(format!("To pass: {}.", asks.join("; ")), Style::new());
        if self.record.claim.is_some() {
            document
                .text("You passed this level and have no badge for it yet. Press b to get it.", Style::new());
        }
        if self.record.below {
            document.text("You passed a higher level, so this one counts as passed.", Style::new());
        }
        if !self.advice.is_empty() {
            document.text(format!("Recommended first: {}.", self.advice.join(", ")), Style::new());
        }
        document.text(&*level.description, style::dim());
        document.text(pathway.unwrap_or_default(), style::dim());
        document
    }
}

/// A cell of a column, nothing for one that is not shown.
pub(super) fn cell(text: &str, width: usize, shown: bool) -> String {
    if shown { format!("{text:>width$}") } else { String::new() }
}
