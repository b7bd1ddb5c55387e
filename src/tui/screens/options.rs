//! Options: a pace to type against, and what an error does. They hold for all texts but levels and lessons, which have rules
//! of their own.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::parts::{
    COLUMN, SMALLEST, below, columns, fit, frame_within, lowered, paragraph, style, too_small,
};
use super::{Command, Keyed, Keys, Page, Step};
use crate::store::settings::PaceSetting;
use crate::tui::context::Context;
use crate::tui::input::KeyPress;
use crate::tui::keymap::{Keymap, Motion, lines, row};
use crate::typing::rules::OnError;

pub mod values;

pub use values::Options;

/// What keys mean on this screen.
#[derive(Clone, Copy)]
pub enum Action {
    /// Chooses another option.
    Choose(Motion),
    /// Sets the chosen option to its next value.
    Next,
    /// Sets the chosen option to the value before.
    Before,
    /// Goes back.
    Back,
}

/// Columns of an option's name, and before it.
const LABEL: usize = 18;
const MARGIN: usize = 2;

/// The speeds that can be chosen as a pace, in words a minute: more are set in the settings file.
const SPEEDS: [u32; 10] = [20, 30, 40, 50, 60, 70, 80, 90, 100, 120];

const NOTE: &str = "Levels and lessons keep their own rules: there only pace, blind typing and figures hold. What an error does \
    is part of each attempt's rules.";

/// An option.
#[derive(Clone, Copy)]
enum Choice {
    Pace,
    OnError,
    Forgive,
    Blind,
    Figures,
}

const CHOICES: [(&str, Choice); 5] = [
    ("Pace caret", Choice::Pace),
    ("On an error", Choice::OnError),
    ("Errors left", Choice::Forgive),
    ("Errors are", Choice::Blind),
    ("Figures", Choice::Figures),
];

/// What an option says.
fn value(options: Options, choice: Choice) -> String {
    let text = match choice {
        Choice::Pace => match options.pace {
            PaceSetting::Off => "none",
            PaceSetting::Best => "your best of this kind",
            PaceSetting::Average => "your average of this kind",
            PaceSetting::Last => "your last of this kind",
            PaceSetting::Speed(wpm) => return format!("{wpm} WPM"),
        },
        Choice::OnError => match options.on_error {
            OnError::GoOn => "the caret goes on",
            OnError::Stop => "the caret waits for the right key",
            OnError::End => "the test ends: sudden death",
        },
        Choice::Forgive => {
            if options.forgive {
                "take nothing off"
            } else {
                "take a word off a minute"
            }
        }
        Choice::Blind => {
            if options.blind {
                "not shown: blind"
            } else {
                "shown"
            }
        }
        Choice::Figures => {
            if options.figures {
                "shown while typing"
            } else {
                "hidden while typing"
            }
        }
    };
    text.to_owned()
}

/// The options with another value of one.
fn turned(options: Options, choice: Choice, forward: bool) -> Options {
    match choice {
        Choice::Pace => {
            let own = [PaceSetting::Off, PaceSetting::Best, PaceSetting::Average, PaceSetting::Last];
            let all: Vec<PaceSetting> = own.into_iter().chain(SPEEDS.map(PaceSetting::Speed)).collect();
            Options { pace: other(&all, options.pace, forward), ..options }
        }
        Choice::OnError => Options { on_error: other(&OnError::ALL, options.on_error, forward), ..options },
        Choice::Forgive => Options { forgive: !options.forgive, ..options },
        Choice::Blind => Options { blind: !options.blind, ..options },
        Choice::Figures => Options { figures: !options.figures, ..options },
    }
}

/// The value after or before one, around the end.
fn other<T: Copy + PartialEq>(all: &[T], now: T, forward: bool) -> T {
    let at = all.iter().position(|one| *one == now).unwrap_or(0);
    let step = if forward { 1 } else { all.len() - 1 };
    all.get((at + step) % all.len()).copied().unwrap_or(now)
}

/// The options screen.
pub struct OptionsPage {
    options: Options,
    chosen: usize,
}

impl OptionsPage {
    pub(in crate::tui) const fn open(context: &Context) -> Self {
        Self::new(Options::of(&context.desk.settings))
    }

    /// The screen with its first option chosen.
    #[must_use]
    pub const fn new(options: Options) -> Self {
        Self { options, chosen: 0 }
    }

    fn turn(&mut self, forward: bool) -> Step {
        let Some((_, choice)) = CHOICES.get(self.chosen) else { return Step::Unchanged };
        self.options = turned(self.options, *choice, forward);
        Step::Do(Command::SetOptions(self.options))
    }

    fn line(&self, at: usize, width: u16) -> Option<Line<'static>> {
        let (label, choice) = *CHOICES.get(at)?;
        let chosen = at == self.chosen;
        let gap = " ".repeat(LABEL.saturating_sub(columns(label)));
        let room = usize::from(width).saturating_sub(MARGIN + LABEL);
        let value = fit(&format!("‹ {} ›", value(self.options, choice)), room);
        let line = Line::from_iter([
            Span::raw(if chosen { "› " } else { "  " }),
            Span::raw(format!("{label}{gap}")),
            Span::styled(value, if chosen { Style::new() } else { style::dim() }),
        ]);
        Some(if chosen { line.style(style::selected()) } else { line })
    }
}

impl Keyed for OptionsPage {
    type Action = Action;

    fn keymap(&self) -> Keymap<Action> {
        let next = [KeyPress::Right, KeyPress::Enter, KeyPress::Char(' ')].map(|key| (key, Action::Next));
        let change = [(KeyPress::Left, Action::Before)].into_iter().chain(next);
        Keymap::of([
            row(change, "change it").shown(2, "change"),
            lines(Action::Choose, "choose").shown(2, "choose"),
            row([KeyPress::Esc, KeyPress::Char('q')].map(|key| (key, Action::Back)), "back").shown(1, "home"),
        ])
    }

    fn act(&mut self, action: Action) -> Step {
        match action {
            Action::Choose(motion) => {
                self.chosen = motion.from(self.chosen, CHOICES.len() - 1, CHOICES.len())
            }
            Action::Next => return self.turn(true),
            Action::Before => return self.turn(false),
            Action::Back => return Step::Back,
        }
        Step::Stay
    }
}

impl Page for OptionsPage {
    fn view(&self, area: Rect, buffer: &mut Buffer) -> Option<Position> {
        if too_small(area, buffer, SMALLEST) {
            return None;
        }
        let room = frame_within(area, buffer, "Options", &self.keys(), COLUMN);
        let room = lowered(room, CHOICES.len() as u16 + 4);
        let first = (self.chosen + 1).saturating_sub(room.height.into());
        for (row, at) in room.rows().zip(first..CHOICES.len()) {
            self.line(at, row.width).into_iter().for_each(|line| line.render(row, buffer));
        }
        paragraph(below(room, CHOICES.len() as u16 + 1), buffer, NOTE, style::dim());
        None
    }
}
