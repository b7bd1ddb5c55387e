//! The result screen: figures, speed over time with the errors under it, slow and missed keys, what the level says.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Widget};

use super::parts::{self, COLUMN, columns, fit, span, style};
use super::{Command, Keyed, Keys, Page, Route, Step};
use crate::coach::drill::trouble;
use crate::desk::Suggestion;
use crate::lessons::decimal;
use crate::sitting::{Practice, Task};
use crate::tui::context::Context;
use crate::tui::input::KeyPress;
use crate::tui::keymap::{Keymap, row};
use crate::typing::hidden::Hidden;
use crate::typing::insight::{self, KeyFigures};
use crate::typing::score::{Score, gross_in_unit};
use crate::typing::session::Session;

mod details;
mod graph;
mod outcome;

pub use outcome::Outcome;

/// Rows that the graph takes at most, its axis and error marks included.
const GRAPH_ROWS: u16 = 12;

/// Rows below the figures from which on it is said what comes next.
const NEXT_FROM: u16 = 6;

/// Rows of the figures by other definitions.
const ELSEWHERE: u16 = 8;

/// Columns of a figure by another definition, with a space before it.
const FIGURE: usize = 11;

/// Columns of the labels in front of keys and counts.
const LABEL: u16 = 14;

/// What keys mean on this screen.
#[derive(Clone, Copy)]
pub enum Action {
    /// Shows the badge, or issues it.
    Badge,
    /// Saves again.
    Save,
    /// Takes the test again.
    Again,
    /// Plays the attempt.
    Replay,
    /// Shows the figures by other definitions, or the graph again.
    Elsewhere,
    /// Goes on with what comes next.
    Next,
    /// Practises the words that were missed.
    Missed,
    /// Practises the words that were slow.
    Slow,
    /// Says why this text was chosen.
    Why,
    /// Goes to the levels.
    Levels,
    /// Goes back.
    Back,
    /// Leaves the program.
    Quit,
}

/// The result of a test that has ended.
#[derive(Debug)]
pub struct ResultPage {
    title: String,
    session: Session,
    score: Score,
    outcome: Outcome,
    keys: Vec<KeyFigures>,
    elsewhere: bool,
    /// The speed that the level asks for, in its unit.
    threshold: Option<u32>,
    /// Words in which a key was missed, and words that were slow.
    trouble: (Vec<String>, Vec<String>),
    /// What comes next.
    next: Option<Suggestion>,
    /// Whether a coach chose the text.
    chosen: bool,
    /// What the typist chose not to see.
    hidden: Hidden,
}

impl ResultPage {
    /// The result of the test just finished, or of the one that could not be saved; nothing before there is one.
    pub(in crate::tui) fn open(context: &mut Context) -> Option<Self> {
        let title = context.title().unwrap_or_default().to_owned();
        let threshold = context.threshold();
        if let Some((sitting, why)) = &context.unsaved {
            let score = Score::of(sitting.session())?;
            let page = Self::new(&title, sitting.session().clone(), score, Outcome::Unsaved(why.clone()));
            return Some(page.with_threshold(threshold));
        }
        let awarded = context.badge_of_finished().is_ok_and(|badge| badge.is_some());
        let completed = Outcome::of_course(context, awarded);
        let finished = context.finished.as_ref()?;
        let outcome = match &finished.lesson {
            Some(result) => completed.unwrap_or_else(|| Outcome::of_lesson(result)),
            None => Outcome::of(finished.verdict.as_ref(), awarded),
        };
        let hidden = finished.attempt.circumstances.map(|seen| seen.hidden).unwrap_or_default();
        let page = Self::new(&title, finished.session.clone(), finished.score, outcome).with_hidden(hidden);
        // A history that cannot be read has nothing to suggest, and says so elsewhere.
        let next = context.suggestion().ok().flatten();
        Some(Self { chosen: context.why.is_some(), next, ..page.with_threshold(threshold) })
    }

    /// The result of an attempt of the past: nothing comes next.
    #[must_use]
    pub fn of_the_past(self) -> Self {
        Self { next: None, ..self }
    }

    /// Shows what comes next.
    #[must_use]
    pub fn with_next(self, next: Suggestion) -> Self {
        Self { next: Some(next), ..self }
    }

    /// Notes what the typist chose not to see.
    #[must_use]
    pub fn with_hidden(self, hidden: Hidden) -> Self {
        Self { hidden, ..self }
    }

    /// Shows the speed that the level asks for, in its unit.
    #[must_use]
    pub fn with_threshold(self, threshold: Option<u32>) -> Self {
        Self { threshold, ..self }
    }

    /// The result of `session`, which has ended, with its score.
    pub fn new(title: &str, session: Session, score: Score, outcome: Outcome) -> Self {
        let keys = insight::keys(&session);
        let trouble = trouble(&session);
        Self {
            title: format!("Result: {title}"),
            session,
            score,
            outcome,
            keys,
            elsewhere: false,
            threshold: None,
            trouble,
            next: None,
            chosen: false,
            hidden: Hidden::default(),
        }
    }

    /// What comes next, and why.
    fn view_next(&self, area: Rect, buffer: &mut Buffer) -> u16 {
        let Some(next) = self.leads_on() else { return 0 };
        let text = format!("Enter: {} · {}. {}", next.label, next.what.trim_end_matches('.'), next.why);
        parts::paragraph(area, buffer, &text, style::accent())
    }

    /// What Enter leads on to, where it does not mean the badge or saving.
    fn leads_on(&self) -> Option<&Suggestion> {
        self.next.as_ref().filter(|_| {
            matches!(
                self.outcome,
                Outcome::Saved | Outcome::Missing(_) | Outcome::LessonPassed { .. } | Outcome::CourseOpen(_)
            )
        })
    }

    fn practise(&self, practice: fn(Vec<String>) -> Practice, words: &[String]) -> Step {
        Step::Go(Route::Test(Task::Practice(practice(words.to_vec()))))
    }

    fn view_figures(&self, area: Rect, buffer: &mut Buffer) -> u16 {
        let rules = &self.session.exercise().rules;
        let counts = &self.score.counts;
        let unit = rules.unit.name();
        let net = decimal::figure(u64::from(self.score.net_in_unit(rules)));
        let gross = gross_in_unit(counts.standing, rules, counts.duration_ms);
        let errors = decimal::text(u64::from(counts.errors_x2) * 50);
        let left = if errors == "1" { " error left" } else { " errors left" };
        let figure = |number: String, what: String| [Span::styled(number, style::title()), Span::raw(what)];
        let main = [
            figure(net, format!(" {unit} net")),
            figure(percent(self.score.accuracy_bp), " accuracy".to_owned()),
            figure(errors, left.to_owned()),
        ];
        let more = [
            format!("{} {unit} gross", decimal::figure(u64::from(gross))),
            span(counts.duration_ms),
            format!("consistency {}", percent(self.score.consistency_bp)),
        ];
        // Side by side where they fit.
        let mut lines = if area.width < 60 {
            main.into_iter().map(Line::from_iter).collect()
        } else {
            vec![Line::from_iter(main.join(&Span::raw("   ")))]
        };
        let more = parts::items(&more, " · ", area.width);
        lines.extend(more.into_iter().map(|line| Line::styled(line, style::dim())));
        area.rows().zip(lines).map(|(row, line)| line.render(row, buffer)).count() as u16
    }

    /// Draws at most this many lines of each label.
    fn view_details(area: Rect, buffer: &mut Buffer, details: &[(&str, Vec<String>)], most: usize) {
        let mut rows = area.rows();
        for (title, lines) in details {
            let mut title = *title;
            for (line, row) in lines.iter().take(most).zip(rows.by_ref()) {
                Line::styled(std::mem::take(&mut title), style::dim()).render(row, buffer);
                let indent = LABEL.min(row.width);
                let column = Rect { x: row.x + indent, width: row.width - indent, ..row };
                Line::raw(line.as_str()).render(column, buffer);
            }
        }
    }

    /// The figures of other tools, for those who compare.
    fn view_elsewhere(&self, area: Rect, buffer: &mut Buffer) {
        let e = insight::elsewhere(&self.session, &self.score);
        let wpm = |x100: u32| format!("{} WPM", decimal::figure(u64::from(x100)));
        let rows = [
            ("gross of every key", wpm(e.classical_gross_wpm_x100)),
            ("  less errors left", wpm(e.classical_net_wpm_x100)),
            ("gross of the final text", wpm(e.final_gross_wpm_x100)),
            ("  less errors left", wpm(e.final_net_wpm_x100)),
            ("monkeytype wpm", wpm(e.monkeytype_wpm_x100)),
            ("monkeytype raw", wpm(e.monkeytype_raw_x100)),
            ("monkeytype accuracy", percent(e.monkeytype_accuracy_bp)),
            ("monkeytype consistency", percent(e.monkeytype_consistency_bp)),
        ];
        let heading = Line::styled("The same test by other definitions", style::title());
        let names = usize::from(area.width).saturating_sub(FIGURE).min(30);
        let lines = rows.map(|(name, figure)| {
            let name = fit(name, names);
            let gap = " ".repeat(names - columns(&name).min(names));
            Line::raw(format!("{name}{gap}{figure:>FIGURE$}"))
        });
        // Where rows are short, figures are worth more than their heading.
        let heading = (usize::from(area.height) > lines.len()).then_some(heading);
        for (row, line) in area.rows().zip(heading.into_iter().chain(lines)) {
            line.render(row, buffer);
        }
    }

    const fn is_passed(&self) -> bool {
        matches!(self.outcome, Outcome::Passed | Outcome::Awarded | Outcome::CourseCompleted { .. })
    }
}

impl Keyed for ResultPage {
    type Action = Action;

    fn keymap(&self) -> Keymap<Action> {
        // No letter leads away: a person who is cut off by the clock types on.
        let key = |key, action, words| row([(key, action)], words);
        let badge = self.is_passed().then_some((KeyPress::Enter, Action::Badge));
        let unsaved = matches!(self.outcome, Outcome::Unsaved(_));
        let save = [KeyPress::Enter, KeyPress::Char('s')].map(|key| (key, Action::Save));
        let save = save.into_iter().filter(|_| unsaved);
        let tabs = self.session.exercise().asks_for_tabs();
        let again = [KeyPress::Tab, KeyPress::Ctrl('t')].into_iter().skip(usize::from(tabs));
        let again = again.map(|key| (key, Action::Again));
        let again = row(again, "the test again").shown(1, "again");
        let replay = key(KeyPress::Ctrl('p'), Action::Replay, "replay").shown(1, "replay");
        let levels = key(KeyPress::Ctrl('n'), Action::Levels, "levels").shown(1, "levels");
        let quit = key(KeyPress::Ctrl('q'), Action::Quit, "quit");
        let (missed, slow) = &self.trouble;
        let missed = (!missed.is_empty()).then_some((KeyPress::Ctrl('e'), Action::Missed));
        let slow = (!slow.is_empty()).then_some((KeyPress::Ctrl('o'), Action::Slow));
        let missed = row(missed, "practise the words you missed").shown(1, "missed words");
        let slow = row(slow, "practise the words that were slow").shown(1, "slow words");
        let why = self.chosen.then_some((KeyPress::Ctrl('y'), Action::Why));
        let why = row(why, "why this text?").shown(1, "why");
        let next = self.leads_on().map(|_| (KeyPress::Enter, Action::Next));
        let first = Keymap::of([
            row(badge, "your badge").shown(1, "badge"),
            row(save, "save again").shown(1, "save"),
            row(next, "what comes next").shown(1, "next"),
        ]);
        if self.elsewhere {
            let graph = [KeyPress::Esc, KeyPress::Char('m')].map(|key| (key, Action::Elsewhere));
            let graph = row(graph, "back to the graph").shown(1, "graph");
            return first.and([graph, again, replay, levels, missed, slow, quit.shown(1, "quit")]);
        }
        let home = key(KeyPress::Esc, Action::Back, "home").shown(1, "home");
        let figures =
            key(KeyPress::Char('m'), Action::Elsewhere, "figures by other definitions").shown(1, "figures");
        first.and([again, home, missed, slow, why, replay, figures, levels, quit])
    }

    fn act(&mut self, action: Action) -> Step {
        match action {
            Action::Badge => Step::Do(Command::Award),
            Action::Save => Step::Do(Command::Save),
            Action::Again => Step::Do(Command::Restart),
            Action::Replay => Step::Do(Command::Replay),
            Action::Elsewhere => {
                self.elsewhere = !self.elsewhere;
                Step::Stay
            }
            Action::Next => {
                let next = self.leads_on().map(|next| next.task.clone());
                next.map_or(Step::Unchanged, |task| Step::Go(Route::of(task)))
            }
            Action::Missed => self.practise(Practice::Missed, &self.trouble.0),
            Action::Slow => self.practise(Practice::Slow, &self.trouble.1),
            Action::Why => Step::Do(Command::Why),
            Action::Levels => Step::Go(Route::Levels(None)),
            Action::Back => Step::Back,
            Action::Quit => Step::Do(Command::Quit),
        }
    }
}

impl Page for ResultPage {
    fn view(&self, area: Rect, buffer: &mut Buffer) -> Option<Position> {
        let inside = parts::frame(area, buffer, &self.title, &self.keys());
        let mut column = parts::centred(inside, COLUMN.max(inside.width.min(100)));
        let gap = u16::from(column.height > 12);
        let mut take = |rows: u16| {
            let rows = rows.min(column.height);
            column = Rect { y: column.y + rows, height: column.height - rows, ..column };
            column
        };
        let used = self.outcome.view(take(0), buffer);
        let used = self.view_figures(take(used + gap * used.min(1)), buffer);
        let next = take(used + gap);
        let used = if next.height > gap * NEXT_FROM { self.view_next(next, buffer) } else { 0 };
        let rest = take(used + gap * used.min(1));
        if self.elsewhere {
            let whole = if rest.height < ELSEWHERE { inside } else { rest };
            if whole == inside {
                Clear.render(inside, buffer);
            }
            self.view_elsewhere(whole, buffer);
            return None;
        }
        let details = details::of(
            &self.session,
            (&self.score, self.hidden),
            &self.keys,
            rest.width.saturating_sub(LABEL),
        );
        let rows = |most: usize| details.iter().map(|(_, lines)| lines.len().min(most)).sum::<usize>() as u16;
        // A second line of keys gives way to the graph.
        let most = if rows(2) + gap + graph::FEWEST <= rest.height { 2 } else { 1 };
        let graph_rows = rest.height.saturating_sub(rows(most) + gap).min(GRAPH_ROWS);
        let duration = span(self.score.counts.duration_ms);
        let unit = self.session.exercise().rules.unit;
        let seconds = insight::seconds(&self.session);
        let scale = graph::Scale { unit, duration: &duration, threshold: self.threshold };
        let drawn = graph::draw(Rect { height: graph_rows, ..rest }, buffer, &seconds, &scale);
        Self::view_details(take(if drawn { graph_rows + gap } else { 0 }), buffer, &details, most);
        None
    }
}

fn percent(bp: u32) -> String {
    format!("{} %", decimal::figure(u64::from(bp)))
}
