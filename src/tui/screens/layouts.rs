//! Which keyboard layout is typed: asked with the first lesson, and changed from anywhere.
//!
//! The arrows choose. Who does not know the name presses the keys of the home row from left to right, or types a sentence
//! without looking: what comes says which layout the keyboard is set to, and which one is typed.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::parts::{COLUMN, SMALLEST, below, columns, fit, frame_within, paragraph, style, too_small};
use super::{Command, Keyed, Keys, Page, Route, Step};
use crate::desk::Desk;
use crate::lessons::language::Language;
use crate::lessons::layout::Layout;
use crate::lessons::layout::guess::{by_home_row, by_pangram, pangram};
use crate::lessons::layout::place::Form;
use crate::tui::context::Context;
use crate::tui::input::KeyPress;
use crate::tui::keyboard::{Board, Next, ROWS};
use crate::tui::keymap::{Keymap, Motion, lines, row};

pub(super) mod choice;

pub use choice::Choice;

/// What keys mean on this screen.
#[derive(Clone, Copy)]
pub enum Action {
    /// Chooses another layout.
    Choose(Motion),
    /// Takes the chosen one.
    Take,
    /// A key of the home row.
    Typed(char),
    /// Forgets what was typed.
    Forget,
    /// Takes the other form of keyboard.
    Form,
    /// Says that the computer is set to the chosen layout, or that it is set to the one that is typed.
    SetTo,
    /// Goes back.
    Back,
}

/// Most keys of the home row that are remembered.
const HOME_ROW: usize = 12;

/// Rows of the list: as many as are shipped.
const LISTED: usize = 10;

const QUESTION: &str = "Which layout does your keyboard have? Choose it, or press the keys of the home row, all of them from \
    left to right, beginning beside Caps Lock; or type without looking: ";

const EMULATED: &str = "Emulated: lessons and practice only. No badge rests on such typing.";

/// The screen that asks for the layout.
pub struct Layouts {
    layouts: Vec<Layout>,
    chosen: usize,
    form: Option<Form>,
    set_to: Option<String>,
    typed: String,
    /// The language of the sentence that may be typed.
    language: Language,
    then: Option<Box<Route>>,
}

impl Layouts {
    /// Asks, with what is known already; `then` is where to go on to.
    pub(in crate::tui) fn open(context: &mut Context, then: Option<Box<Route>>) -> Self {
        let catalogue = context.desk.catalogue();
        let layouts: Vec<Layout> = catalogue.shelves().layouts().cloned().collect();
        let usual = Desk::usual_layout(context.viewer.region);
        let now = context.desk.layout().map(|layout| layout.id);
        let now = now.or_else(|| usual.map(|layout| layout.id.clone()));
        let settings = &context.desk.settings;
        Self::new(layouts, now.as_deref(), settings.keyboard_form, settings.keyboard_set_to.clone(), then)
            .in_language(context.desk.language())
    }

    /// Asks for one of these layouts, `now` chosen.
    pub fn new(
        layouts: Vec<Layout>,
        now: Option<&str>,
        form: Option<Form>,
        set_to: Option<String>,
        then: Option<Box<Route>>,
    ) -> Self {
        let chosen = layouts.iter().position(|layout| Some(layout.id.as_str()) == now).unwrap_or_default();
        Self { layouts, chosen, form, set_to, typed: String::new(), language: Language::default(), then }
    }

    /// The same, with a sentence in this language.
    #[must_use]
    pub fn in_language(self, language: Language) -> Self {
        Self { language, ..self }
    }

    fn layout(&self) -> Option<&Layout> {
        self.layouts.get(self.chosen)
    }

    fn form(&self) -> Form {
        self.form.or_else(|| self.layout().map(|layout| layout.form)).unwrap_or(Form::Ansi)
    }

    /// Takes another key, and chooses the layout that fits best; of several, the first. More keys than the home row has are a
    /// sentence with every letter, or else the home row anew.
    fn type_key(&mut self, c: char) {
        self.typed.push(c);
        if self.typed.chars().count() > HOME_ROW {
            let all: Vec<&Layout> = self.layouts.iter().collect();
            if let Some((meant, set_to)) = by_pangram(&all, &self.typed, self.layout()) {
                let (meant, set_to) = (meant.id.clone(), set_to.id.clone());
                self.chosen =
                    self.layouts.iter().position(|layout| layout.id == meant).unwrap_or(self.chosen);
                self.set_to = Some(set_to).filter(|set_to| *set_to != meant);
                return;
            }
            self.typed = c.to_string();
        }
        let best = by_home_row(&self.layouts, &self.typed);
        let chosen = |layout: &Layout| self.layout().is_some_and(|now| now.id == layout.id);
        if let Some(first) = best.first().filter(|_| !best.iter().any(|layout| chosen(layout))) {
            let id = first.id.clone();
            self.chosen = self.layouts.iter().position(|layout| layout.id == id).unwrap_or(self.chosen);
        }
    }

    fn emulates(&self) -> bool {
        self.set_to.as_ref().is_some_and(|set_to| self.layout().is_some_and(|layout| layout.id != *set_to))
    }

    fn take(&self) -> Step {
        let Some(layout) = self.layout() else { return Step::Unchanged };
        let choice = Choice {
            layout: layout.id.clone(),
            form: self.form.filter(|form| *form != layout.form),
            set_to: self.set_to.clone().filter(|set_to| *set_to != layout.id),
        };
        Step::Do(Command::TakeLayout(choice, self.then.clone()))
    }

    fn entry(&self, at: usize, width: u16) -> Option<Line<'static>> {
        let layout = self.layouts.get(at)?;
        let chosen = at == self.chosen;
        let set_to = self.set_to.as_ref() == Some(&layout.id);
        let note = if set_to { "the computer is set to this" } else { "" };
        let name = fit(&layout.name, usize::from(width).saturating_sub(4));
        let gap = " ".repeat(22_usize.saturating_sub(columns(&name)));
        let mark = if chosen { "› " } else { "  " };
        let note = fit(note, usize::from(width).saturating_sub(26));
        let line =
            Line::from_iter([Span::raw(format!("{mark}{name}{gap}  ")), Span::styled(note, style::dim())]);
        Some(if chosen { line.style(style::selected()) } else { line })
    }

    fn words(&self) -> String {
        let form = match self.form() {
            Form::Ansi => "Keyboard: ANSI, with a long left Shift key.",
            Form::Iso => "Keyboard: ISO, with a key between the left Shift and the next letter.",
        };
        match (self.emulates(), self.typed.is_empty()) {
            (true, _) => EMULATED.to_owned(),
            (false, true) => form.to_owned(),
            (false, false) => format!("Typed: {}", self.typed),
        }
    }
}

impl Keyed for Layouts {
    type Action = Action;

    fn keymap(&self) -> Keymap<Action> {
        Keymap::of([
            lines(Action::Choose, "choose").shown(2, "choose"),
            row([(KeyPress::Enter, Action::Take)], "take it").shown(1, "take it"),
            row([(KeyPress::Tab, Action::Form)], "the other form of keyboard: ANSI or ISO")
                .shown(1, "ANSI or ISO"),
            row(
                [(KeyPress::F(3), Action::SetTo)],
                "the computer is set to the chosen one: emulate the other",
            )
            .shown(1, "emulate"),
            row([(KeyPress::Esc, Action::Back)], "back").shown(1, "back"),
            row([(KeyPress::Backspace, Action::Forget)], "forget what was typed"),
        ])
        .typing(Action::Typed)
    }

    fn act(&mut self, action: Action) -> Step {
        match action {
            Action::Choose(motion) => {
                let last = self.layouts.len().saturating_sub(1);
                self.chosen = motion.from(self.chosen, last, LISTED);
            }
            Action::Take => return self.take(),
            Action::Typed(c) => self.type_key(c),
            Action::Forget => self.typed.clear(),
            Action::Form => {
                self.form = Some(if self.form() == Form::Ansi { Form::Iso } else { Form::Ansi });
            }
            Action::SetTo => {
                let chosen = self.layout().map(|layout| layout.id.clone());
                self.set_to = if self.set_to == chosen { None } else { chosen };
            }
            Action::Back => return Step::Back,
        }
        Step::Stay
    }
}

impl Page for Layouts {
    fn view(&self, area: Rect, buffer: &mut Buffer) -> Option<Position> {
        if too_small(area, buffer, SMALLEST) {
            return None;
        }
        let mut room = frame_within(area, buffer, "Keyboard layout", &self.keys(), COLUMN);
        let list = self.layouts.len().min(LISTED);
        let all = 4 + list as u16 + 2 + ROWS;
        if room.height >= list as u16 / 2 + 4 {
            let question = format!("{QUESTION}{}.", pangram(self.language));
            let used = paragraph(room, buffer, &question, Style::new());
            room = below(room, used + u16::from(room.height >= all));
        }
        let pictured = room.height >= list as u16 + 1 + ROWS;
        let rows = if pictured { list as u16 } else { room.height.saturating_sub(1) };
        let first = (self.chosen + 1).saturating_sub(rows.into());
        for (row, at) in room.rows().take(rows.into()).zip(first..self.layouts.len()) {
            if let Some(line) = self.entry(at, row.width) {
                line.render(row, buffer);
            }
        }
        room = below(room, rows);
        let used =
            paragraph(Rect { height: room.height.min(1), ..room }, buffer, &self.words(), style::dim());
        room = below(room, used);
        if let Some(layout) = self.layout().filter(|_| pictured) {
            let board = Board::new(layout.on(self.form()), false);
            let free = room.height.saturating_sub(ROWS).min(1);
            board.draw_next(
                Rect { height: ROWS.min(room.height), ..below(room, free) },
                buffer,
                &Next::default(),
            );
        }
        None
    }
}
