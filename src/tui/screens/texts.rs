//! The user's own texts and programs, to be typed.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::document::scroll_bar;
use super::parts::{
    COLUMN, SMALLEST, below, columns, fit, frame_within, paragraph, style, too_small, window,
};
use super::{Command, Keyed, Keys, Page, Step};
use crate::desk::{DeskError, OwnText};
use crate::trust::displayable;
use crate::tui::context::Context;
use crate::tui::input::KeyPress;
use crate::tui::keymap::{Keymap, Motion, leaps, lines, row};

/// Texts that a page key goes on.
const PAGE: usize = 10;

/// Columns of what stands behind a name.
const KIND: usize = 20;

/// What keys mean on this screen.
#[derive(Clone, Copy)]
pub enum Action {
    /// Types the chosen text.
    Type,
    /// Chooses another text.
    Choose(Motion),
    /// Goes back.
    Back,
}

/// The list of texts.
pub struct Texts {
    texts: Vec<OwnText>,
    /// Where they lie.
    folder: String,
    chosen: usize,
}

impl Texts {
    /// The texts in the user's folder.
    pub(in crate::tui) fn open(context: &Context) -> Result<Self, DeskError> {
        let folder = context.desk.paths().texts_dir().display().to_string();
        Ok(Self::new(context.desk.own_texts()?, folder))
    }

    /// These texts of a folder, the first one chosen.
    #[must_use]
    pub const fn new(texts: Vec<OwnText>, folder: String) -> Self {
        Self { texts, folder, chosen: 0 }
    }

    fn about(&self) -> String {
        let folder = displayable(&self.folder);
        match self.texts.is_empty() {
            true => {
                format!("Put files into {folder}, and they are listed here: texts in UTF-8, and programs.")
            }
            false => format!(
                "The files in {folder}. In programs you type Enter, and the program types the indentation."
            ),
        }
    }

    fn line(&self, at: usize, width: u16) -> Option<Line<'static>> {
        let text = self.texts.get(at)?;
        let chosen = at == self.chosen;
        let room = usize::from(width).saturating_sub(2 + KIND);
        let name = fit(&displayable(&text.name), room);
        let gap = " ".repeat(room.saturating_sub(columns(&name)));
        let kind = format!("{:>8} B  {}", text.bytes, if text.is_code { "program" } else { "text" });
        let line = Line::from_iter([
            Span::raw(format!("{}{name}{gap}", if chosen { "› " } else { "  " })),
            Span::styled(kind, if chosen { Style::new() } else { style::dim() }),
        ]);
        Some(if chosen { line.style(style::selected()) } else { line })
    }
}

impl Keyed for Texts {
    type Action = Action;

    fn keymap(&self) -> Keymap<Action> {
        let some = !self.texts.is_empty();
        let enter = some.then_some((KeyPress::Enter, Action::Type));
        Keymap::of([
            row(enter, "type it").shown(1, "type it"),
            row([KeyPress::Esc, KeyPress::Char('q')].map(|key| (key, Action::Back)), "back").shown(1, "back"),
            lines(Action::Choose, "choose").shown(2, "choose"),
        ])
        .and(leaps(Action::Choose))
    }

    fn act(&mut self, action: Action) -> Step {
        match action {
            Action::Type => match self.texts.get(self.chosen) {
                Some(text) => Step::Do(Command::TypeOwn(text.name.clone())),
                None => Step::Unchanged,
            },
            Action::Choose(motion) => {
                self.chosen = motion.from(self.chosen, self.texts.len().saturating_sub(1), PAGE);
                Step::Stay
            }
            Action::Back => Step::Back,
        }
    }
}

impl Page for Texts {
    fn widest(&self) -> u16 {
        COLUMN
    }

    fn view(&self, area: Rect, buffer: &mut Buffer) -> Option<Position> {
        if too_small(area, buffer, SMALLEST) {
            return None;
        }
        let room = frame_within(area, buffer, "Your own texts", &self.keys(), COLUMN);
        let used = paragraph(room, buffer, &self.about(), Style::new());
        let list = below(room, used + 1);
        let shown = usize::from(list.height);
        let first = window(self.chosen, self.texts.len(), shown);
        if self.texts.len() > shown {
            scroll_bar(list, buffer, self.texts.len() - shown + 1, first);
        }
        let names = Rect { width: list.width.saturating_sub(2), ..list };
        for (row, at) in names.rows().zip(first..self.texts.len()) {
            self.line(at, row.width).into_iter().for_each(|line| line.render(row, buffer));
        }
        None
    }
}
