//! The history: every attempt, the newest first; filtered, opened and played again.

use std::collections::BTreeMap;

use chrono::DateTime;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::document::scroll_bar;
use super::parts::{SMALLEST, below, columns, fit, frame, paragraph, style, too_small};
use super::{Command, Keyed, Keys, Page, Route, Step};
use crate::desk::{DeskError, PRACTICE};
use crate::lessons::catalogue::Catalogue;
use crate::lessons::decimal;
use crate::lessons::wording::counted;
use crate::store::history::{AttemptRow, Ended, Filter, LessonRow};
use crate::tui::context::Context;
use crate::tui::input::KeyPress;
use crate::tui::keymap::{Keymap, Motion, leaps, lines, row};
use crate::typing::exercise::LessonRef;

/// Attempts that a page key goes on.
const PAGE: usize = 10;

/// Columns of the day and time, and of the figures.
const WHEN: usize = 18;
const SPEED: usize = 9;
const ACCURACY: usize = 9;
const TIME: usize = 8;

/// Columns from which on the time that an attempt took is shown.
const WIDE: u16 = 70;

/// What keys mean on this screen.
#[derive(Clone, Copy)]
pub enum Action {
    /// Opens the chosen attempt.
    Open,
    /// Plays the chosen attempt.
    Replay,
    /// Types its text again, against that run.
    Race,
    /// Chooses another attempt.
    Choose(Motion),
    /// Shows others of the attempts.
    Filter,
    /// Goes back.
    Back,
}

/// Which attempts are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shown {
    All,
    Levels,
    Lessons,
    Passed,
    Practice,
    Free,
    Unfinished,
}

impl Shown {
    const ALL: [Self; 7] =
        [Self::All, Self::Levels, Self::Lessons, Self::Passed, Self::Practice, Self::Free, Self::Unfinished];

    const fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Levels => "levels",
            Self::Lessons => "lessons",
            Self::Passed => "passed",
            Self::Practice => "practice",
            Self::Free => "other texts",
            Self::Unfinished => "unfinished",
        }
    }

    fn lets(self, entry: &Entry) -> bool {
        match self {
            Self::All => true,
            Self::Levels => entry.level,
            Self::Lessons => entry.lesson,
            Self::Passed => entry.passed,
            Self::Practice => entry.practice,
            Self::Free => !entry.level && !entry.practice && !entry.lesson,
            Self::Unfinished => entry.unfinished,
        }
    }
}

/// An attempt in the list.
struct Entry {
    id: String,
    when: String,
    what: String,
    speed: String,
    accuracy: String,
    time: String,
    level: bool,
    passed: bool,
    practice: bool,
    lesson: bool,
    unfinished: bool,
}

impl Entry {
    /// `title` gives the title of a level. A lesson is named by its source.
    fn of(row: AttemptRow, title: &dyn Fn(&str) -> Option<String>) -> Self {
        let when = DateTime::from_timestamp_millis(row.started_unix_ms);
        let when = when.map_or_else(|| "undated".to_owned(), |at| at.format("%Y-%m-%d %H:%M").to_string());
        let seconds = row.duration_ms.saturating_add(500) / 1_000;
        let practice = row.source.starts_with(PRACTICE);
        let level = row.level.map(|(id, _)| title(&id).unwrap_or(id));
        Self {
            id: row.id,
            when,
            level: level.is_some(),
            what: match row.hidden.is_nothing() {
                true => level.unwrap_or(row.source),
                false => format!("{}, {} hidden", level.unwrap_or(row.source), row.hidden),
            },
            speed: format!("{} WPM", decimal::text(u64::from((row.net_wpm_x100 + 5) / 10 * 10))),
            accuracy: format!("{} %", decimal::text(u64::from((row.accuracy_bp + 5) / 10 * 10))),
            time: format!("{}:{:02}", seconds / 60, seconds % 60),
            passed: row.passed,
            practice,
            lesson: row.lesson.is_some(),
            unfinished: row.ended == Ended::GaveUp,
        }
    }

    fn line(&self, chosen: bool, width: u16) -> Line<'static> {
        let time = if width >= WIDE { format!("{:>TIME$}", self.time) } else { String::new() };
        let figures = format!("{:>SPEED$}{:>ACCURACY$}{time}", self.speed, self.accuracy);
        let (mark, mark_style) = match (self.passed, self.unfinished) {
            (true, _) => ("✓ ", style::good()),
            (_, true) => ("~ ", style::dim()),
            _ => ("  ", Style::new()),
        };
        let when: String =
            if width >= WIDE { self.when.clone() } else { self.when.chars().skip(5).take(5).collect() };
        let when_width = if width >= WIDE { WHEN } else { 7 };
        let used = 4 + when_width + columns(&figures) + 1;
        let room = usize::from(width).saturating_sub(used);
        let what = fit(&self.what, room);
        let gap = " ".repeat(room.saturating_sub(columns(&what)) + 1);
        let line = Line::from_iter([
            Span::raw(if chosen { "› " } else { "  " }),
            Span::styled(mark, if chosen { Style::new() } else { mark_style }),
            Span::styled(format!("{when:when_width$}"), if chosen { Style::new() } else { style::dim() }),
            Span::raw(what + &gap),
            Span::styled(figures, Style::new()),
        ]);
        if chosen { line.style(style::selected()) } else { line }
    }
}

/// The history screen.
pub struct HistoryPage {
    entries: Vec<Entry>,
    shown: Shown,
    chosen: usize,
}

impl HistoryPage {
    /// The history, the attempt looked at last chosen.
    pub(in crate::tui) fn open(context: &mut Context) -> Result<Self, DeskError> {
        let catalogue = context.desk.catalogue();
        let mut attempts = context.desk.history()?.attempts(&Filter::default())?;
        let mut names: BTreeMap<LessonRef, Option<String>> = BTreeMap::new();
        for row in &mut attempts {
            let Some(LessonRow { named, .. }) = &row.lesson else { continue };
            let name = names.entry(named.clone()).or_insert_with(|| lesson_name(&catalogue, named));
            row.source = name.clone().unwrap_or_else(|| std::mem::take(&mut row.source));
        }
        let title = |id: &str| catalogue.level(id).map(|level| level.title.clone());
        let mut page = Self::new(attempts, &title);
        let last = context.looked_at.as_deref();
        page.chosen = page.entries.iter().position(|entry| Some(&*entry.id) == last).unwrap_or(0);
        Ok(page)
    }

    /// The attempts, the newest first; `title` gives the title of a level.
    pub fn new(attempts: Vec<AttemptRow>, title: &dyn Fn(&str) -> Option<String>) -> Self {
        let entries = attempts.into_iter().map(|row| Entry::of(row, title)).collect();
        Self { entries, shown: Shown::All, chosen: 0 }
    }

    fn list(&self) -> Vec<&Entry> {
        self.entries.iter().filter(|entry| self.shown.lets(entry)).collect()
    }

    fn id(&self) -> Option<String> {
        self.list().get(self.chosen).map(|entry| entry.id.clone())
    }

    /// Shows the next kind of attempts that has any.
    fn filter(&mut self) {
        let at = Shown::ALL.iter().position(|shown| *shown == self.shown).unwrap_or(0);
        let others = Shown::ALL.iter().cycle().skip(at + 1).take(Shown::ALL.len());
        let mut any = others.filter(|shown| self.entries.iter().any(|entry| shown.lets(entry)));
        self.shown = any.next().copied().unwrap_or(Shown::All);
        self.chosen = 0;
    }
}

/// A lesson with its course: `Foundations 4: e and i`; nothing where it is not known here.
fn lesson_name(catalogue: &Catalogue, named: &LessonRef) -> Option<String> {
    let (course, (lesson, _)) = (catalogue.course(&named.course)?, catalogue.lesson(named)?);
    Some(format!("{} {}: {}", course.title, lesson.number, lesson.title))
}

impl Keyed for HistoryPage {
    type Action = Action;

    fn keymap(&self) -> Keymap<Action> {
        let back =
            row([KeyPress::Esc, KeyPress::Char('q')].map(|key| (key, Action::Back)), "back").shown(1, "home");
        if self.entries.is_empty() {
            return Keymap::of([back]);
        }
        Keymap::of([
            row([(KeyPress::Enter, Action::Open)], "show its result").shown(1, "open"),
            row([(KeyPress::Char('r'), Action::Replay)], "play its keys again").shown(1, "replay"),
            row([(KeyPress::Char('g'), Action::Race)], "type its text again, against that run")
                .shown(1, "against it"),
            back,
            lines(Action::Choose, "choose").shown(2, "choose"),
            row([(KeyPress::Char('f'), Action::Filter)], "show all, levels, practice and so on")
                .shown(1, "filter"),
        ])
        .and(leaps(Action::Choose))
    }

    fn act(&mut self, action: Action) -> Step {
        match action {
            Action::Open => self.id().map_or(Step::Unchanged, |id| Step::Go(Route::Attempt(id))),
            Action::Replay => self.id().map_or(Step::Unchanged, |id| Step::Do(Command::Play(id))),
            Action::Race => self.id().map_or(Step::Unchanged, |id| Step::Do(Command::Race(id))),
            Action::Choose(motion) => {
                self.chosen = motion.from(self.chosen, self.list().len().saturating_sub(1), PAGE);
                Step::Stay
            }
            Action::Filter => {
                self.filter();
                Step::Stay
            }
            Action::Back => Step::Back,
        }
    }
}

impl Page for HistoryPage {
    fn view(&self, area: Rect, buffer: &mut Buffer) -> Option<Position> {
        if too_small(area, buffer, SMALLEST) {
            return None;
        }
        let mut room = frame(area, buffer, "History", &self.keys());
        room.height += 1;
        if self.entries.is_empty() {
            paragraph(
                room,
                buffer,
                "Nothing typed yet. Every text that you type is kept here.",
                Style::new(),
            );
            return None;
        }
        let list = self.list();
        let head = format!("{} · shown: {}", counted(list.len() as u32, "attempt"), self.shown.name());
        let gap = u16::from(room.height > 12);
        Line::styled(head, style::dim()).render(room, buffer);
        room = below(room, 1 + gap);
        let fits = usize::from(room.height);
        let first = self.chosen.saturating_sub(fits / 2).min(list.len().saturating_sub(fits));
        let mut rows = room;
        if list.len() > fits {
            rows.width = room.width.saturating_sub(2);
            scroll_bar(room, buffer, list.len() - fits + 1, first);
        }
        for (row, (at, entry)) in rows.rows().zip(list.into_iter().enumerate().skip(first)) {
            entry.line(at == self.chosen, row.width).render(row, buffer);
        }
        None
    }
}
