//! The lessons of a course: a map of what is passed and what comes next, and what the chosen lesson asks.

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::document::{Document, NO_BREAK, scroll_bar};
use super::parts::{SMALLEST, columns, fit, frame, style, too_small, window};
use super::{Command, Keyed, Keys, Page, Route, Step};
use crate::desk::{CourseProgress, DeskError};
use crate::lessons::course::Lesson;
use crate::lessons::course::progress::Standing;
use crate::lessons::decimal;
use crate::lessons::wording::counted;
use crate::tui::context::Context;
use crate::tui::input::KeyPress;
use crate::tui::keymap::{Keymap, Motion, leaps, lines, row};

/// Lessons that a page key goes on.
const PAGE: usize = 10;

/// The columns behind a title, with their widths: what the gate asks, and the best try.
const GATE: usize = 24;
const BEST: usize = 20;

/// Columns before a title: pointer, mark, number.
const BEFORE: usize = 8;

/// Columns that a title shall have before the others get any.
const TITLE: usize = 22;

/// What keys mean on this screen.
#[derive(Clone, Copy)]
pub enum Action {
    /// Opens the page of the chosen lesson.
    Open,
    /// Chooses another lesson.
    Choose(Motion),
    /// Shows the course's badge, or issues it.
    Badge,
    /// Goes back.
    Back,
}

/// The lessons of one course.
pub struct CoursePage {
    progress: CourseProgress,
    chosen: usize,
    /// The final test whose badge there is, or can be.
    badge: Option<Due>,
}

/// The badge of a completed course.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// The attempt at the final test.
    pub last: String,
    /// Whether it is issued.
    pub awarded: bool,
}

impl CoursePage {
    /// A course as the history has it; the lesson of this id chosen, or else the next one.
    pub(in crate::tui) fn open(
        context: &mut Context,
        id: &str,
        chosen: Option<&str>,
    ) -> Result<Self, DeskError> {
        let page = Self::new(context.desk.course_progress(id)?, chosen);
        let completed = page.progress.lessons.first().filter(|_| page.progress.next.is_none());
        let badge = completed.and_then(|lesson| due(context, lesson));
        Ok(Self { badge, ..page })
    }

    /// The lessons of a course; the one of this id chosen, or else the next one.
    #[must_use]
    pub fn new(progress: CourseProgress, chosen: Option<&str>) -> Self {
        let place = progress.lessons.iter().position(|lesson| Some(lesson.named.lesson.as_str()) == chosen);
        let chosen = place.or(progress.next).unwrap_or(0);
        Self { progress, chosen, badge: None }
    }

    /// The same with the badge that there is, or can be.
    #[must_use]
    pub fn with_badge(self, badge: Due) -> Self {
        Self { badge: Some(badge), ..self }
    }

    fn lesson(&self) -> Option<(&Lesson, &Standing)> {
        Some((self.progress.lessons.get(self.chosen)?, self.progress.standings.get(self.chosen)?))
    }

    /// How far one is: in words, and a mark for each lesson.
    fn map(&self, width: u16) -> Vec<Line<'static>> {
        let (passed, all) = (self.progress.passed(), self.progress.lessons.len());
        let words = match self.progress.next_lesson() {
            Some(next) => format!("{passed} of {all} passed · next is {}", next.number),
            None => {
                let badge = match &self.badge {
                    Some(Due { awarded: true, .. }) => " · b shows your badge",
                    Some(Due { awarded: false, .. }) => " · b claims your badge",
                    None => "",
                };
                format!("all {all} lessons passed{badge}")
            }
        };
        let mut map = vec![Line::styled(fit(&words, width.into()), style::dim())];
        let marks: Vec<Span<'static>> = (0..all).map(|at| self.mark(at)).collect();
        map.extend(
            marks
                .chunks(usize::from(width.max(2)) / 2)
                .map(|marks| Line::from_iter(marks.iter().flat_map(|mark| [mark.clone(), Span::raw(" ")]))),
        );
        map
    }

    /// The mark of a lesson: passed, tried, next, to come; the chosen one is reversed.
    fn mark(&self, at: usize) -> Span<'static> {
        let standing = self.progress.standings.get(at);
        let (mark, mut look) = match standing {
            Some(Standing { passed: Some(_), .. }) => ("✓", style::good()),
            _ if self.progress.next == Some(at) => ("→", style::accent()),
            Some(Standing { tries: 1.., .. }) => ("~", style::accent()),
            _ => ("·", Style::new()),
        };
        if at == self.chosen {
            look = style::selected();
        }
        Span::styled(mark, look)
    }

    fn draw_list(&self, area: Rect, buffer: &mut Buffer) {
        let (count, shown) = (self.progress.lessons.len(), usize::from(area.height));
        let first = window(self.chosen, count, shown);
        if count > shown {
            scroll_bar(area, buffer, count - shown + 1, first);
        }
        let list = Rect { width: area.width.saturating_sub(2), ..area };
        let rows = list
            .rows()
            .zip(self.progress.lessons.iter().zip(&self.progress.standings).enumerate().skip(first));
        for (row, (at, (lesson, standing))) in rows {
            self.entry(at, lesson, standing, row.width).render(row, buffer);
        }
    }

    fn entry(&self, at: usize, lesson: &Lesson, standing: &Standing, width: u16) -> Line<'static> {
        let chosen = at == self.chosen;
        let width = usize::from(width);
        let gate = width >= BEFORE + TITLE + GATE;
        let best = width >= BEFORE + TITLE + GATE + BEST;
        let room = width.saturating_sub(BEFORE + if gate { GATE } else { 0 } + if best { BEST } else { 0 });
        let title = fit(&lesson.title, room);
        let gap = " ".repeat(room.saturating_sub(columns(&title)));
        let faint = if chosen { Style::new() } else { style::dim() };
        let (passed, next) = (standing.passed.is_some(), self.progress.next == Some(at));
        let (mark, look) = if passed {
            ("✓ ", style::good())
        } else if next {
            ("→ ", style::accent())
        } else {
            ("  ", Style::new())
        };
        let mut line = Line::from_iter([
            Span::raw(if chosen { "› " } else { "  " }),
            Span::styled(mark, look),
            Span::styled(format!("{:>2}  ", lesson.number), faint),
            Span::raw(title),
            Span::raw(gap),
        ]);
        if gate {
            line.push_span(Span::styled(format!("{:>GATE$}", short_gate(lesson)), faint));
        }
        if best {
            line.push_span(Span::styled(format!("{:>BEST$}", best_try(lesson, standing)), faint));
        }
        if chosen { line.style(style::selected()) } else { line }
    }

    /// What the chosen lesson is for, and how it stands.
    fn about(lesson: &Lesson, standing: &Standing) -> Document {
        let mut about = Document::default();
        about.text(lesson.goal.as_str(), style::title());
        let minutes = counted(lesson.minutes(), "minute");
        about.text(
            format!("To pass: {}, about {minutes}.{}", gate(lesson), so_far(lesson, standing)),
            Style::new(),
        );
        about
    }
}

/// What the gate asks, with figures that no line end parts from their units.
pub(super) fn gate(lesson: &Lesson) -> String {
    let words = lesson.gate_in_words();
    [" %", " WPM", " CPM"].iter().fold(words, |words, unit| words.replace(unit, &unit.replace(' ', NO_BREAK)))
}

/// The gate in a column: `95 %, 12 WPM`.
fn short_gate(lesson: &Lesson) -> String {
    let accuracy = lesson.gate.accuracy.map(|accuracy| format!("{accuracy} %, ")).unwrap_or_default();
    format!("{accuracy}{} {}", lesson.gate.speed, lesson.rules.unit.name())
}

/// The best try in a column: `best 9 WPM, 97 %`.
fn best_try(lesson: &Lesson, standing: &Standing) -> String {
    standing
        .best
        .map(|best| format!("best {}", figures(lesson, best).replace(NO_BREAK, " ")))
        .unwrap_or_default()
}

fn figures(lesson: &Lesson, (net_wpm_x100, accuracy_bp): (u32, u32)) -> String {
    let unit = lesson.rules.unit;
    let speed = (u64::from(net_wpm_x100) * u64::from(unit.per_wpm()) + 50) / 100;
    format!(
        "{speed}{NO_BREAK}{}, {}{NO_BREAK}%",
        unit.name(),
        decimal::text(u64::from((accuracy_bp + 50) / 100 * 100))
    )
}

/// What was done at a lesson so far, as a sentence with a space before it; nothing where it was not tried.
pub(super) fn so_far(lesson: &Lesson, standing: &Standing) -> String {
    match (&standing.passed, standing.best) {
        (Some(_), Some(best)) => format!(" Passed; your best is {}.", figures(lesson, best)),
        (None, Some(best)) => {
            format!(
                " Your best so far is {}, in {}.",
                figures(lesson, best),
                counted(standing.tries, "try").replace("trys", "tries")
            )
        }
        _ => String::new(),
    }
}

/// The badge of the course of this lesson, issued or to be claimed. What cannot be read is told elsewhere.
fn due(context: &mut Context, lesson: &Lesson) -> Option<Due> {
    let badge = context.desk.badge_of_course(&lesson.named).ok().flatten();
    match badge.and_then(|badge| badge.attempt_id) {
        Some(last) => Some(Due { last, awarded: true }),
        None => {
            let completion = context.desk.completion(&lesson.named, None).ok()?;
            Some(Due { last: completion.last, awarded: false })
        }
    }
}

impl Keyed for CoursePage {
    type Action = Action;

    fn keymap(&self) -> Keymap<Action> {
        Keymap::of([
            row([(KeyPress::Enter, Action::Open)], "open the chosen lesson").shown(1, "open"),
            row([KeyPress::Esc, KeyPress::Char('q')].map(|key| (key, Action::Back)), "back")
                .shown(1, "courses"),
            row(self.badge.as_ref().map(|_| (KeyPress::Char('b'), Action::Badge)), "the course's badge")
                .shown(1, "badge"),
            lines(Action::Choose, "choose").shown(2, "choose"),
        ])
        .and(leaps(Action::Choose))
    }

    fn act(&mut self, action: Action) -> Step {
        match action {
            Action::Open => match self.lesson() {
                Some((lesson, _)) => Step::Go(Route::lesson(&lesson.named)),
                None => Step::Unchanged,
            },
            Action::Choose(motion) => {
                self.chosen = motion.from(self.chosen, self.progress.lessons.len().saturating_sub(1), PAGE);
                Step::Stay
            }
            Action::Badge => match &self.badge {
                Some(due) => Step::Do(Command::Claim(due.last.clone())),
                None => Step::Unchanged,
            },
            Action::Back => Step::Back,
        }
    }
}

impl Page for CoursePage {
    fn view(&self, area: Rect, buffer: &mut Buffer) -> Option<Position> {
        if too_small(area, buffer, SMALLEST) {
            return None;
        }
        let title = format!("Course: {}", self.progress.course.title);
        let mut room = frame(area, buffer, &title, &self.keys());
        room.height += 1;
        let map = self.map(room.width);
        let rows = if room.height > 12 { map.len() as u16 } else { 1 };
        let gap = u16::from(room.height > 12);
        let longest = self.progress.lessons.iter().zip(&self.progress.standings);
        let longest =
            longest.map(|(lesson, standing)| Self::about(lesson, standing).lines(room.width, u16::MAX).len());
        let text = (longest.max().unwrap_or(0) as u16).min(room.height / 2);
        let [above, _, list, _, below] = Layout::vertical([
            Constraint::Length(rows),
            Constraint::Length(gap),
            Constraint::Min(1),
            Constraint::Length(gap),
            Constraint::Length(text),
        ])
        .areas(room);
        for (row, line) in above.rows().zip(map) {
            line.render(row, buffer);
        }
        self.draw_list(list, buffer);
        if let Some((lesson, standing)) = self.lesson() {
            Self::about(lesson, standing).draw(below, buffer);
        }
        None
    }
}
