//! Practice with the coach: what can be practised, what speaks for it, and what it aims at.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::document::Document;
use super::parts::{COLUMN, SMALLEST, below, columns, fit, frame_within, lowered, style, too_small};
use super::{Command, Keyed, Keys, Page, Route, Step};
use crate::coach::between::Cost;
use crate::coach::mode::Mode;
use crate::coach::request::TARGETS;
use crate::coach::wishes::Beyond;
use crate::desk::{DeskError, Outlook, Weak};
use crate::sitting::{Practice, Task};
use crate::tui::context::Context;
use crate::tui::input::KeyPress;
use crate::tui::keymap::{Keymap, Motion, lines, row};

/// What keys mean on this screen.
#[derive(Clone, Copy)]
pub enum Action {
    /// Practises the chosen entry.
    Practise,
    /// Chooses another entry.
    Choose(Motion),
    /// Aims at a higher speed.
    Higher,
    /// Aims at a lower speed.
    Lower,
    /// Leaves the speed to the coach.
    Free,
    /// Chooses when practice goes beyond small letters.
    Beyond,
    /// Goes back.
    Back,
}

/// By how much an arrow changes the target, in words a minute.
const STEP: u32 = 5;

/// Columns of an entry's name, and before it.
const LABEL: usize = 16;
const MARGIN: usize = 2;

/// Rows of the text about the chosen entry, at most.
const ABOUT: u16 = 7;

/// What can be practised.
const ENTRIES: [(&str, Mode); 6] = [
    ("Guided", Mode::Guided),
    ("Weak keys", Mode::WeakKeys),
    ("Weak pairs", Mode::WeakPairs),
    ("Slow words", Mode::SlowWords),
    ("Missed words", Mode::MissedWords),
    ("Next level", Mode::ToTarget),
];

const NOTHING_YET: &str = "nothing yet: type some texts first";

/// The practice screen.
pub struct PracticePage {
    outlook: Outlook,
    chosen: usize,
}

impl PracticePage {
    pub(in crate::tui) fn open(context: &mut Context) -> Result<Self, DeskError> {
        Ok(Self::new(context.desk.outlook()?))
    }

    /// The screen with its first entry chosen.
    #[must_use]
    pub const fn new(outlook: Outlook) -> Self {
        Self { outlook, chosen: 0 }
    }

    fn mode(&self) -> Mode {
        ENTRIES.get(self.chosen).map_or(Mode::Guided, |(_, mode)| *mode)
    }

    fn practice(&self) -> Practice {
        match (self.mode(), &self.outlook.level) {
            (Mode::ToTarget, Some(level)) => Practice::Level(level.id.clone()),
            (mode, _) => Practice::Mode(mode),
        }
    }

    /// What stands beside the name of an entry.
    fn detail(&self, mode: Mode) -> String {
        let named = |weak: &[Weak]| some(weak.iter().map(|weak| weak.name.clone()));
        let outlook = &self.outlook;
        match mode {
            Mode::Guided => "what brings you most".to_owned(),
            Mode::WeakKeys => named(&outlook.keys),
            Mode::WeakPairs => named(&outlook.pairs),
            Mode::SlowWords => some(outlook.slow.iter().cloned()),
            Mode::MissedWords => some(outlook.missed.iter().cloned()),
            Mode::ToTarget => match &outlook.level {
                Some(level) => level.title.clone(),
                None => "every level is passed: your own target".to_owned(),
            },
        }
    }

    fn line(&self, at: usize, width: u16) -> Option<Line<'static>> {
        let (label, mode) = *ENTRIES.get(at)?;
        let chosen = at == self.chosen;
        let gap = " ".repeat(LABEL.saturating_sub(columns(label)));
        let room = usize::from(width).saturating_sub(MARGIN + LABEL);
        let detail = fit(&self.detail(mode), room);
        let line = Line::from_iter([
            Span::raw(if chosen { "› " } else { "  " }),
            Span::raw(format!("{label}{gap}")),
            Span::styled(detail, if chosen { Style::new() } else { style::dim() }),
        ]);
        Some(if chosen { line.style(style::selected()) } else { line })
    }

    /// Where the learner stands, and what is aimed at.
    fn status(&self) -> String {
        let outlook = &self.outlook;
        let now = match outlook.wpm {
            Some(wpm) => format!("You type about {wpm} WPM"),
            None => "Nothing typed yet".to_owned(),
        };
        let own = if outlook.target_is_own { "your target" } else { "the coach aims at" };
        format!("{now} · {own}: ‹ {} WPM ›", outlook.target_wpm)
    }

    /// What there is to say of the chosen entry.
    fn about(&self) -> Document {
        let outlook = &self.outlook;
        let mut about = Document::default();
        about.text(self.explanation(), Style::new());
        let (pinned, muted) =
            (wished("Pinned", &outlook.wishes.pinned), wished("Muted", &outlook.wishes.muted));
        about.text(pinned.into_iter().chain(muted).collect::<Vec<_>>().join(" · "), style::dim());
        about.text(beyond(outlook.wishes.beyond), style::dim());
        about
    }

    fn explanation(&self) -> String {
        let outlook = &self.outlook;
        let weak = |weak: &[Weak]| match weak {
            [] => NOTHING_YET.to_owned(),
            some => some.iter().map(shown).collect::<Vec<_>>().join(" · "),
        };
        match self.mode() {
            Mode::Guided => {
                let (open, all) = outlook.letters;
                let letters = match open < all {
                    true if outlook.by_lessons => {
                        format!("{open} of {all} letters are open: those of your lessons so far.")
                    }
                    true => format!("{open} of {all} letters are open; each 60 right keys open another."),
                    false => "All letters are open.".to_owned(),
                };
                format!("The coach weighs what is slow, missed, common or long unseen. {letters}")
            }
            Mode::WeakKeys => weak(&outlook.keys),
            Mode::WeakPairs => weak(&outlook.pairs),
            Mode::SlowWords => "Words that took you longest, by the mean of their keys.".to_owned(),
            Mode::MissedWords => "Words in which you missed a key, those you miss most first.".to_owned(),
            Mode::ToTarget => match &outlook.level {
                Some(level) => between(level.wpm, outlook.wpm, &level.costs),
                None => "The pairs that keep running text from your target.".to_owned(),
            },
        }
    }

    /// Aims at another speed, by so many steps.
    fn aim(&mut self, higher: bool) -> Step {
        let now = self.outlook.target_wpm;
        let next = if higher { now / STEP * STEP + STEP } else { now.saturating_sub(1) / STEP * STEP };
        if !TARGETS.contains(&f64::from(next)) {
            return Step::Unchanged;
        }
        (self.outlook.target_wpm, self.outlook.target_is_own) = (next, true);
        Step::Do(Command::Aim(Some(next)))
    }

    fn go_beyond(&mut self) -> Step {
        let wishes = &mut self.outlook.wishes;
        let at = Beyond::ALL.iter().position(|beyond| *beyond == wishes.beyond).unwrap_or(0);
        wishes.beyond = Beyond::ALL[(at + 1) % Beyond::ALL.len()];
        Step::Do(Command::Wish(wishes.clone()))
    }
}

/// What stands between a learner and a level.
fn between(asked: u32, now: Option<u32>, costs: &[Cost]) -> String {
    let Some(now) = now else { return NOTHING_YET.to_owned() };
    if costs.is_empty() {
        return format!("No pair keeps you from {asked} WPM; steady typing without misses does the rest.");
    }
    let name = |c: char| if c == ' ' { '␣' } else { c };
    let cost = |cost: &Cost| {
        let (first, second) = cost.pair;
        format!("{}{} {:.1} WPM ({:.0} ms)", name(first), name(second), cost.wpm, cost.ms)
    };
    let costs: Vec<String> = costs.iter().map(cost).collect();
    format!("It asks {asked} WPM, and you type about {now}. These pairs cost most: {}.", costs.join(" · "))
}

fn beyond(beyond: Beyond) -> &'static str {
    match beyond {
        Beyond::InTime => "Capitals, punctuation, digits and symbols come in time, one after the other.",
        Beyond::Now => "Texts have capitals, punctuation, digits and symbols.",
        Beyond::Never => "Texts have small letters only.",
    }
}

fn shown(weak: &Weak) -> String {
    let Weak { name, ms, missed_percent } = weak;
    match missed_percent {
        0 => format!("{name} {ms} ms"),
        missed => format!("{name} {ms} ms, {missed} % missed"),
    }
}

/// Names in a row, or that there are none.
fn some(names: impl Iterator<Item = String>) -> String {
    let names: Vec<String> = names.collect();
    if names.is_empty() { NOTHING_YET.to_owned() } else { names.join("  ") }
}

fn wished(what: &str, keys: &[char]) -> Option<String> {
    let names: Vec<String> = keys.iter().map(char::to_string).collect();
    (!names.is_empty()).then(|| format!("{what}: {}", names.join(" ")))
}

impl Keyed for PracticePage {
    type Action = Action;

    fn keymap(&self) -> Keymap<Action> {
        let aim = [(KeyPress::Left, Action::Lower), (KeyPress::Right, Action::Higher)];
        let back = [KeyPress::Esc, KeyPress::Char('q')].map(|key| (key, Action::Back));
        let free = self.outlook.target_is_own.then_some((KeyPress::Char('a'), Action::Free));
        Keymap::of([
            row([(KeyPress::Enter, Action::Practise)], "practise it").shown(1, "practise"),
            row(back, "back").shown(1, "back"),
            lines(Action::Choose, "choose").shown(2, "choose"),
            row(aim, "the speed to aim at").shown(2, "speed"),
            row(free, "leave the speed to the coach").shown(1, "automatic"),
            row([(KeyPress::Char('b'), Action::Beyond)], "capitals, marks, digits: in time, now or never")
                .shown(1, "beyond letters"),
        ])
    }

    fn act(&mut self, action: Action) -> Step {
        match action {
            Action::Practise => Step::Go(Route::Test(Task::Practice(self.practice()))),
            Action::Choose(motion) => {
                self.chosen = motion.from(self.chosen, ENTRIES.len() - 1, ENTRIES.len());
                Step::Stay
            }
            Action::Higher => self.aim(true),
            Action::Lower => self.aim(false),
            Action::Free => Step::Do(Command::Aim(None)),
            Action::Beyond => self.go_beyond(),
            Action::Back => Step::Back,
        }
    }
}

impl Page for PracticePage {
    fn view(&self, area: Rect, buffer: &mut Buffer) -> Option<Position> {
        if too_small(area, buffer, SMALLEST) {
            return None;
        }
        let mut room = frame_within(area, buffer, "Practice", &self.keys(), COLUMN);
        let about = self.about();
        let rows = about.lines(room.width, ABOUT).len().min(ABOUT.into());
        room = lowered(room, (ENTRIES.len() + rows) as u16 + 3);
        if usize::from(room.height) > ENTRIES.len() {
            Line::styled(fit(&self.status(), room.width.into()), style::dim()).render(room, buffer);
            let gap = u16::from(usize::from(room.height) > ENTRIES.len() + 4);
            room = below(room, 1 + gap);
        }
        let first = (self.chosen + 1).saturating_sub(room.height.into());
        for (row, at) in room.rows().zip(first..ENTRIES.len()) {
            self.line(at, row.width).into_iter().for_each(|line| line.render(row, buffer));
        }
        about.draw(below(room, ENTRIES.len() as u16 + 1), buffer);
        None
    }
}
