//! The courses: what each teaches, how far one is, and which lesson comes next.

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::course::gate;
use super::document::{Document, scroll_bar};
use super::parts::{SMALLEST, columns, fit, frame, style, too_small, window};
use super::{Keyed, Keys, Page, Route, Step};
use crate::desk::{CourseProgress, DeskError};
use crate::tui::context::Context;
use crate::tui::input::KeyPress;
use crate::tui::keymap::{Keymap, Motion, leaps, lines, row};

/// Courses that a page key goes on.
const PAGE: usize = 8;

/// Columns of `12 of 38` behind a title, with the gap before it.
const COUNT: usize = 12;

/// Rows kept for the list before the text below it gets more than three.
const LIST: u16 = 8;

/// What keys mean on this screen.
#[derive(Clone, Copy)]
pub enum Action {
    /// Goes on with the chosen course: to the page of its next lesson.
    Next,
    /// Shows the lessons of the chosen course.
    Lessons,
    /// Chooses another course.
    Choose(Motion),
    /// Shows the user's own texts.
    Texts,
    /// Goes back.
    Back,
}

/// The list of courses.
pub struct Courses {
    courses: Vec<CourseProgress>,
    chosen: usize,
}

impl Courses {
    /// All courses as the history has them; the one of this id chosen, or else the one practised last.
    pub(in crate::tui) fn open(context: &mut Context, chosen: Option<&str>) -> Result<Self, DeskError> {
        let last = context.desk.history()?.last_course()?;
        let catalogue = context.desk.catalogue();
        let progress = |id: &str| context.desk.course_progress(id);
        let ids = catalogue.courses().map(|course| course.id.as_str());
        let courses: Vec<CourseProgress> = ids.map(progress).collect::<Result<_, _>>()?;
        Ok(Self::new(courses, chosen.or(last.as_deref())))
    }

    /// These courses, the one of this id chosen.
    #[must_use]
    pub fn new(courses: Vec<CourseProgress>, chosen: Option<&str>) -> Self {
        let place = courses.iter().position(|progress| Some(progress.course.id.as_str()) == chosen);
        Self { courses, chosen: place.unwrap_or(0) }
    }

    fn course(&self) -> Option<&CourseProgress> {
        self.courses.get(self.chosen)
    }

    /// What is said of the chosen course.
    fn about(progress: &CourseProgress) -> Document {
        let mut about = Document::default();
        about.text(progress.course.description.as_str(), Style::new());
        about.gap();
        let next = match progress.next_lesson() {
            Some(lesson) => format!("Next: {}, to pass: {}.", lesson.in_short(), gate(lesson)),
            None => progress.at_its_end().to_owned(),
        };
        about.text(next, style::accent());
        about
    }

    fn draw_list(&self, area: Rect, buffer: &mut Buffer) {
        let shown = usize::from(area.height);
        let first = window(self.chosen, self.courses.len(), shown);
        if self.courses.len() > shown {
            scroll_bar(area, buffer, self.courses.len() - shown + 1, first);
        }
        let list = Rect { width: area.width.saturating_sub(2), ..area };
        let longest = self.courses.iter().map(|progress| columns(&progress.course.title)).max().unwrap_or(0);
        for (row, (at, progress)) in list.rows().zip(self.courses.iter().enumerate().skip(first)) {
            let chosen = at == self.chosen;
            let done = progress.next.is_none() && !progress.lessons.is_empty();
            let width = usize::from(row.width).saturating_sub(4 + COUNT);
            let title = fit(&progress.course.title, width);
            let gap = " ".repeat(longest.min(width).saturating_sub(columns(&title)));
            let count = format!("{:>3} of {:<3}", progress.passed(), progress.lessons.len());
            let line = Line::from_iter([
                Span::raw(if chosen { "› " } else { "  " }),
                Span::styled(if done { "✓ " } else { "  " }, style::good()),
                Span::raw(title),
                Span::raw(gap),
                Span::styled(format!("  {count}"), if chosen { Style::new() } else { style::dim() }),
            ]);
            let line = if chosen { line.style(style::selected()) } else { line };
            line.render(row, buffer);
        }
    }
}

impl Keyed for Courses {
    type Action = Action;

    fn keymap(&self) -> Keymap<Action> {
        let next = self.course().filter(|progress| progress.next.is_some());
        let lessons = [KeyPress::Right, KeyPress::Char('l')].map(|key| (key, Action::Lessons));
        let enter = if next.is_some() { Action::Next } else { Action::Lessons };
        Keymap::of([
            row([(KeyPress::Enter, enter)], "the next lesson, or all lessons").shown(1, "next lesson"),
            row(lessons, "all lessons of the course").shown(1, "all lessons"),
            row([KeyPress::Esc, KeyPress::Char('q')].map(|key| (key, Action::Back)), "back").shown(1, "home"),
            lines(Action::Choose, "choose").shown(2, "choose"),
            row([(KeyPress::Char('x'), Action::Texts)], "texts and programs of your own")
                .shown(1, "own texts"),
        ])
        .and(leaps(Action::Choose))
    }

    fn act(&mut self, action: Action) -> Step {
        match action {
            Action::Choose(motion) => {
                self.chosen = motion.from(self.chosen, self.courses.len().saturating_sub(1), PAGE);
                Step::Stay
            }
            Action::Next => match self.course().and_then(CourseProgress::next_lesson) {
                Some(lesson) => Step::Go(Route::lesson(&lesson.named)),
                None => Step::Unchanged,
            },
            Action::Lessons => match self.course() {
                Some(progress) => Step::Go(Route::Course(progress.course.id.clone(), None)),
                None => Step::Unchanged,
            },
            Action::Texts => Step::Go(Route::Texts),
            Action::Back => Step::Back,
        }
    }
}

impl Page for Courses {
    fn view(&self, area: Rect, buffer: &mut Buffer) -> Option<Position> {
        if too_small(area, buffer, SMALLEST) {
            return None;
        }
        let mut room = frame(area, buffer, "Courses", &self.keys());
        room.height += 1;
        let progress = self.course()?;
        let about = Self::about(progress);
        let rows =
            self.courses.iter().map(|progress| Self::about(progress).lines(room.width, u16::MAX).len());
        let text = (rows.max().unwrap_or(0) as u16).min(room.height.saturating_sub(LIST).max(3));
        let gap = u16::from(room.height > 10);
        let list = (self.courses.len() as u16).min(room.height.saturating_sub(text + gap)).max(1);
        let [list, _, text, _] = Layout::vertical([
            Constraint::Length(list),
            Constraint::Length(gap),
            Constraint::Length(text),
            Constraint::Min(0),
        ])
        .areas(room);
        self.draw_list(list, buffer);
        about.draw(text, buffer);
        None
    }
}
