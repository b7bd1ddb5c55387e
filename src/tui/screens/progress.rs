//! Progress: speed and accuracy over time, the keyboard as a heat map, every key and pair, and how much was practised.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::parts::{COLUMN, SMALLEST, below, frame_within, style, too_small};
use super::{Command, Keyed, Keys, Page, Step};
use crate::coach::wishes::Wishes;
use crate::desk::{DeskError, Figures, Progress, Table};
use crate::lessons::layout::Layout;
use crate::tui::context::Context;
use crate::tui::input::KeyPress;
use crate::tui::keymap::{Keymap, Motion, leaps, lines, row};

mod habit;
mod heat;
mod measure;
mod table;
mod time;

use measure::Measure;

/// Lines that a page key goes on.
const PAGE: usize = 10;
/// By how much a key changes the daily goal, in minutes, and the longest goal.
const GOAL: u64 = 5;
const LONGEST_GOAL: u64 = 600;

/// What keys mean on this screen.
#[derive(Clone, Copy)]
pub enum Action {
    /// Turns to the view before this one.
    Before,
    /// Turns to the next view.
    After,
    /// Measures keys by something else.
    Measure,
    /// Chooses another key or pair.
    Choose(Motion),
    /// Has every practice text hold the chosen key, or no more.
    Pin,
    /// Has no practice text hold the chosen key, or no more.
    Mute,
    /// Opens the chosen key before others, or in its turn.
    First,
    /// Sets a longer daily goal.
    More,
    /// Sets a shorter daily goal.
    Less,
    /// Goes back.
    Back,
}

/// A view.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum View {
    Time,
    Keyboard,
    Keys,
    Pairs,
    Habit,
}

impl View {
    const ALL: [Self; 5] = [Self::Time, Self::Keyboard, Self::Keys, Self::Pairs, Self::Habit];

    const fn name(self) -> &'static str {
        match self {
            Self::Time => "Over time",
            Self::Keyboard => "Keyboard",
            Self::Keys => "Keys",
            Self::Pairs => "Pairs",
            Self::Habit => "Practice",
        }
    }
}

/// The progress screen.
pub struct ProgressPage {
    progress: Progress,
    table: Table,
    layout: Option<Layout>,
    wishes: Wishes,
    view: View,
    measure: Measure,
    chosen: usize,
}

impl ProgressPage {
    pub(in crate::tui) fn open(context: &mut Context) -> Result<Self, DeskError> {
        let (progress, table) = (context.desk.progress()?, context.desk.table()?);
        let layout = context.desk.practice_layout();
        Ok(Self::new(progress, table, layout, context.desk.wishes()))
    }

    /// The screen with its first view.
    #[must_use]
    pub const fn new(progress: Progress, table: Table, layout: Option<Layout>, wishes: Wishes) -> Self {
        Self { progress, table, layout, wishes, view: View::Time, measure: Measure::Speed, chosen: 0 }
    }

    fn turn(&mut self, by: usize) {
        let at = View::ALL.iter().position(|view| *view == self.view).unwrap_or(0);
        self.view = View::ALL[(at + by) % View::ALL.len()];
        self.chosen = 0;
    }

    /// The rows of the table that is shown, the worst by the measure first.
    fn rows(&self) -> Vec<&Figures> {
        let all = if self.view == View::Pairs { &self.table.pairs } else { &self.table.keys };
        let mut rows: Vec<&Figures> = all.iter().collect();
        rows.sort_by(|a, b| self.measure.of(b).cmp(&self.measure.of(a)).then_with(|| a.keys.cmp(&b.keys)));
        rows
    }

    /// The chosen key, where it can be pinned and muted.
    fn key(&self) -> Option<char> {
        let key = self.rows().get(self.chosen)?.keys.chars().next();
        key.filter(|key| self.view == View::Keys && !key.is_whitespace())
    }

    fn wish(&mut self, change: impl Fn(&mut Wishes, char)) -> Step {
        let Some(key) = self.key() else { return Step::Unchanged };
        change(&mut self.wishes, key);
        Step::Do(Command::Wish(self.wishes.clone()))
    }

    fn set_goal(&mut self, minutes: u64) -> Step {
        self.progress.goal_ms = minutes * 60_000;
        Step::Do(Command::Goal(minutes as u32))
    }

    fn goal(&self) -> u64 {
        self.progress.goal_ms / 60_000
    }

    fn draw_tabs(&self, area: Rect, buffer: &mut Buffer) {
        let name = |view: View| match view == self.view {
            true => Span::styled(format!("[{}]", view.name()), style::selected()),
            false => Span::styled(format!(" {} ", view.name()), style::dim()),
        };
        let at = View::ALL.iter().position(|view| *view == self.view).unwrap_or(0);
        let spans: Vec<Span<'_>> = View::ALL.into_iter().map(name).collect();
        let until = |from: usize| spans.iter().take(at + 1).skip(from).map(Span::width).sum::<usize>();
        let hidden = (0..at).find(|from| until(*from) <= usize::from(area.width)).unwrap_or(at);
        Line::from_iter(spans.into_iter().skip(hidden))
            .render(Rect { height: area.height.min(1), ..area }, buffer);
    }
}

/// Puts a key into a list, or takes it out.
fn turn_over(keys: &mut Vec<char>, key: char) {
    match keys.iter().position(|other| *other == key) {
        Some(at) => drop(keys.remove(at)),
        None => keys.push(key),
    }
}

impl Keyed for ProgressPage {
    type Action = Action;

    fn keymap(&self) -> Keymap<Action> {
        let back =
            row([KeyPress::Esc, KeyPress::Char('q')].map(|key| (key, Action::Back)), "back").shown(1, "home");
        let views = [
            (KeyPress::Left, Action::Before),
            (KeyPress::Right, Action::After),
            (KeyPress::BackTab, Action::Before),
            (KeyPress::Tab, Action::After),
        ];
        let common = Keymap::of([back, row(views, "another view").shown(2, "view")]);
        let measure = |letter: char| {
            row([(KeyPress::Char(letter), Action::Measure)], "by speed, misses or use").shown(1, "measure")
        };
        let several = self.rows().len() > 1;
        let choose = several.then(|| lines(Action::Choose, "choose").shown(2, "choose"));
        let leap = several.then(|| leaps(Action::Choose)).into_iter().flatten();
        match self.view {
            View::Time => common,
            View::Keyboard if self.table.keys.is_empty() => common,
            View::Keyboard => common.and([measure('s')]),
            View::Keys if self.key().is_some() => common
                .and([
                    row([(KeyPress::Char('p'), Action::Pin)], "in every practice text, or no more")
                        .shown(1, "pin"),
                    row([(KeyPress::Char('m'), Action::Mute)], "in no practice text, or again")
                        .shown(1, "mute"),
                    row([(KeyPress::Char('o'), Action::First)], "open it before others, or in its turn")
                        .shown(1, "first"),
                    measure('s'),
                ])
                .and(choose)
                .and(leap),
            View::Keys | View::Pairs => {
                let sorted = several.then(|| measure('s'));
                common.and(sorted).and(choose).and(leap)
            }
            View::Habit => {
                let more = (self.goal() < LONGEST_GOAL).then_some((KeyPress::Char('+'), Action::More));
                let less = (self.goal() > 0).then_some((KeyPress::Char('-'), Action::Less));
                common.and([
                    row(more.into_iter().chain(less), "a longer or shorter daily goal").shown(2, "goal")
                ])
            }
        }
    }

    fn act(&mut self, action: Action) -> Step {
        match action {
            Action::Before => self.turn(View::ALL.len() - 1),
            Action::After => self.turn(1),
            Action::Measure => (self.measure, self.chosen) = (self.measure.next(), 0),
            Action::Choose(motion) => {
                self.chosen = motion.from(self.chosen, self.rows().len().saturating_sub(1), PAGE);
            }
            Action::Pin => {
                return self.wish(|wishes, key| {
                    turn_over(&mut wishes.pinned, key);
                    wishes.muted.retain(|other| *other != key);
                });
            }
            Action::Mute => {
                return self.wish(|wishes, key| {
                    turn_over(&mut wishes.muted, key);
                    wishes.pinned.retain(|other| *other != key);
                });
            }
            Action::First => return self.wish(|wishes, key| turn_over(&mut wishes.order, key)),
            Action::More => return self.set_goal((self.goal() + GOAL).min(LONGEST_GOAL)),
            Action::Less => return self.set_goal(self.goal().saturating_sub(GOAL)),
            Action::Back => return Step::Back,
        }
        Step::Stay
    }
}

impl Page for ProgressPage {
    fn view(&self, area: Rect, buffer: &mut Buffer) -> Option<Position> {
        if too_small(area, buffer, SMALLEST) {
            return None;
        }
        let mut room = frame_within(area, buffer, "Progress", &self.keys(), COLUMN);
        room.height += 1;
        self.draw_tabs(room, buffer);
        room = below(room, if room.height > 10 { 2 } else { 1 });
        match self.view {
            View::Time => time::draw(room, buffer, &self.progress.runs),
            View::Keyboard => {
                let layout = self.layout.iter();
                layout.for_each(|layout| heat::draw(room, buffer, layout, &self.table.keys, self.measure));
            }
            View::Keys | View::Pairs => {
                table::draw(room, buffer, &self.rows(), &self.wishes, (self.measure, self.chosen));
            }
            View::Habit => habit::draw(room, buffer, &self.progress),
        }
        None
    }
}
