//! The page of a lesson: its goal, what helps, how the new keys are reached, what the gate asks, and a taste of its text.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::course::{gate, so_far};
use super::document::{Document, Scroll};
use super::parts::{COLUMN, SMALLEST, fit, frame_within, lowered, style, too_small};
use super::{Keyed, Keys, Page, Route, Step};
use crate::desk::{CourseProgress, DeskError, task};
use crate::lessons::course::Lesson;
use crate::lessons::course::progress::Standing;
use crate::lessons::wording::counted;
use crate::tui::context::Context;
use crate::tui::input::KeyPress;
use crate::tui::keymap::{Keymap, Motion, leaps, lines, row};

/// What keys mean on this screen.
#[derive(Clone, Copy)]
pub enum Action {
    /// Begins to type.
    Begin,
    /// Shows the lesson before this one.
    Before,
    /// Shows the lesson after this one.
    After,
    /// Scrolls.
    Scroll(Motion),
    /// Goes back.
    Back,
}

/// The page of one lesson.
pub struct LessonPage {
    progress: CourseProgress,
    at: usize,
    /// The beginning of a text that the lesson can have.
    taste: String,
    scroll: Scroll,
}

impl LessonPage {
    /// A lesson of a course.
    pub(in crate::tui) fn open(context: &mut Context, course: &str, lesson: &str) -> Result<Self, DeskError> {
        let progress = context.desk.course_progress(course)?;
        let at = progress.lessons.iter().position(|each| each.named.lesson == lesson);
        let at = at.ok_or_else(|| DeskError::NoLesson {
            course: progress.course.id.clone(),
            lesson: lesson.to_owned(),
        })?;
        let taste =
            progress.lessons.get(at).and_then(|lesson| context.desk.taste(lesson)).unwrap_or_default();
        Ok(Self::new(progress, at, &taste))
    }

    /// The lesson at this place; `taste` is a text that it can have.
    #[must_use]
    pub fn new(progress: CourseProgress, at: usize, taste: &str) -> Self {
        Self {
            progress,
            at,
            taste: taste.lines().next().unwrap_or_default().to_owned(),
            scroll: Scroll::default(),
        }
    }

    fn lesson(&self) -> Option<&Lesson> {
        self.progress.lessons.get(self.at)
    }

    fn document(&self, lesson: &Lesson, width: u16) -> Document {
        let mut document = Document::default();
        document.text(lesson.goal.as_str(), style::title());
        document.gap();
        document.text(lesson.explanation.as_str(), Style::new());
        document.gap();
        for line in &lesson.reach {
            document.text(line.as_str(), style::accent());
        }
        document.gap();
        let standing = self.progress.standings.get(self.at).cloned().unwrap_or_default();
        let minutes = counted(lesson.minutes(), "minute");
        document.text(format!("To pass: {}. About {minutes}.", gate(lesson)), style::title());
        document.text(self.remarks(lesson, &standing), Style::new());
        document.gap();
        document.text("For example:", style::dim());
        document.text(fit(&self.taste, width.into()), Style::new());
        document
    }

    fn remarks(&self, lesson: &Lesson, standing: &Standing) -> String {
        let changed = match self.progress.is_changed(lesson) {
            true => {
                " This gate is your own: by it the lesson counts for you, but not for the course's badge."
            }
            false => "",
        };
        format!("{}{changed}", so_far(lesson, standing)).trim_start().to_owned()
    }

    fn beside(&self, at: Option<usize>) -> Option<Step> {
        let lesson = self.progress.lessons.get(at?)?;
        Some(Step::Go(Route::lesson(&lesson.named)))
    }
}

impl Keyed for LessonPage {
    type Action = Action;

    fn keymap(&self) -> Keymap<Action> {
        let beside = [(KeyPress::Left, Action::Before), (KeyPress::Right, Action::After)];
        Keymap::of([
            row([(KeyPress::Enter, Action::Begin)], "begin to type").shown(1, "begin"),
            row([KeyPress::Esc, KeyPress::Char('q')].map(|key| (key, Action::Back)), "back")
                .shown(1, "lessons"),
            row(beside, "the lesson before or after").shown(2, "other lesson"),
            lines(Action::Scroll, "scroll"),
        ])
        .and(leaps(Action::Scroll))
    }

    fn act(&mut self, action: Action) -> Step {
        match action {
            Action::Begin => match self.lesson() {
                Some(lesson) => Step::Go(Route::Test(task(lesson))),
                None => Step::Unchanged,
            },
            Action::Before => self.beside(self.at.checked_sub(1)).unwrap_or(Step::Unchanged),
            Action::After => self.beside(Some(self.at + 1)).unwrap_or(Step::Unchanged),
            Action::Scroll(motion) => {
                self.scroll.by(motion);
                Step::Stay
            }
            Action::Back => Step::Back,
        }
    }
}

impl Page for LessonPage {
    fn view(&self, area: Rect, buffer: &mut Buffer) -> Option<Position> {
        if too_small(area, buffer, SMALLEST) {
            return None;
        }
        let lesson = self.lesson()?;
        let title = format!("{} · {}", self.progress.course.title, lesson.name());
        let mut room = frame_within(area, buffer, &title, &self.keys(), COLUMN);
        room.height += 1;
        let document = self.document(lesson, room.width.saturating_sub(2));
        let rows = document.lines(room.width, room.height).len() as u16;
        self.scroll.view(lowered(room, rows), buffer, &document);
        None
    }
}
