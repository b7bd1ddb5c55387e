//! The badges that were issued here.

use chrono::{DateTime, Utc};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::document::{Document, scroll_bar};
use super::parts::{COLUMN, SMALLEST, fit, frame, paragraph, style, too_small};
use super::share::Write;
use super::{Command, Keyed, Keys, Page, Route, Step};
use crate::badge::carry::share::short_id;
use crate::desk::{Completion, DeskError};
use crate::lessons::practice::Milestone;
use crate::store::history::BadgeRow;
use crate::system;
use crate::tui::context::Context;
use crate::tui::input::KeyPress;
use crate::tui::keymap::{Keymap, Motion, Row, leaps, lines, row};

pub use super::badge_text::title;

/// Badges that a page key goes on.
const PAGE: usize = 5;

/// What keys mean on this screen.
#[derive(Clone, Copy)]
pub enum Action {
    /// Shows the chosen badge, or claims it.
    Open,
    /// Opens the screen that shares the chosen badge, after writing files of it.
    Share(Write),
    /// Verifies the chosen badge.
    Verify,
    /// Chooses another badge.
    Choose(Motion),
    /// Goes to the levels.
    Levels,
    /// Changes the name for badges.
    Name,
    /// Goes back.
    Back,
}

const EMPTY: &str = "No badges yet.\n \nPass a level to get one. A badge is a signed Open Badges 3.0 file with a QR \
    code, which anyone can verify.";

/// Rows of a badge in the list.
const ENTRY_ROWS: u16 = 2;

struct Entry {
    /// What Enter does.
    enter: Step,
    /// The badge, its id and its link; `None` where it can only be claimed.
    badge: Option<(String, String)>,
    title: String,
    /// Validity, supervision, date of issue, id.
    detail: String,
    expired: bool,
}

impl Entry {
    fn of(row: &BadgeRow, now: DateTime<Utc>) -> Self {
        let until = row.valid_until_unix.map(|until| (day(until), until <= now.timestamp()));
        let (validity, expired) = match until {
            Some((date, true)) => (format!("EXPIRED {date}"), true),
            Some((date, false)) => (format!("valid until {date}"), false),
            None => ("does not expire".to_owned(), false),
        };
        let (issued, id) = (day(row.issued_unix), short_id(&row.id));
        let detail = format!("{validity} · {} · issued {issued} · {id}", row.assurance);
        let enter = Step::Go(Route::Badge(row.id.clone()));
        Self { enter, badge: Some((row.id.clone(), row.token.clone())), title: title(row), detail, expired }
    }

    fn unclaimed(unclaimed: &Unclaimed) -> Self {
        let passed = day(unclaimed.started_unix_ms.div_euclid(1_000));
        Self {
            enter: Step::Do(Command::Claim(unclaimed.attempt.clone())),
            badge: None,
            title: unclaimed.title.clone(),
            detail: format!("passed {passed} · no badge yet, press Enter to claim it"),
            expired: false,
        }
    }
}

impl Entry {
    fn reached(milestone: Milestone) -> Self {
        Self {
            enter: Step::Do(Command::ClaimPractice(milestone)),
            badge: None,
            title: milestone.title(),
            detail: "reached, no badge yet: Enter claims it".to_owned(),
            expired: false,
        }
    }
}

/// The day of an instant in seconds since 1970, UTC.
fn day(unix: i64) -> String {
    DateTime::from_timestamp(unix, 0)
        .map_or_else(|| "undated".to_owned(), |at| at.format("%Y-%m-%d").to_string())
}

/// A passed attempt that has no badge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unclaimed {
    /// Its id.
    pub attempt: String,
    /// The title of its level, or of the badge of its course.
    pub title: String,
    /// When it was typed, or the course completed, in milliseconds since 1970.
    pub started_unix_ms: i64,
}

impl Unclaimed {
    /// The final test of a completed course.
    fn course(completion: &Completion) -> Self {
        Self {
            attempt: completion.last.clone(),
            title: completion.course.badge_title(),
            started_unix_ms: completion.ended_unix_ms(),
        }
    }
}

/// The wallet.
pub struct Wallet {
    entries: Vec<Entry>,
    folder: String,
    chosen: usize,
}

impl Wallet {
    /// The wallet of the history, the badge looked at last chosen.
    pub(in crate::tui) fn open(context: &mut Context) -> Result<Self, DeskError> {
        let catalogue = context.desk.catalogue();
        let history = context.desk.history()?;
        let (badges, attempts) = (history.badges()?, history.unclaimed()?);
        let unclaimed = attempts.into_iter().filter_map(|attempt| {
            let (level, _) = attempt.level?;
            let title = catalogue.level(&level).map_or(level, |level| level.title.clone());
            Some(Unclaimed { attempt: attempt.id, title, started_unix_ms: attempt.started_unix_ms })
        });
        let mut unclaimed: Vec<Unclaimed> = unclaimed.collect();
        unclaimed.extend(context.desk.due_courses()?.iter().map(Unclaimed::course));
        let folder = context.desk.paths().badges_dir();
        let reached = context.desk.due_practice()?;
        let mut wallet = Self::new(&badges, &unclaimed, &folder, system::now()).with_practice(&reached);
        if let Some(id) = &context.last_badge {
            wallet.choose(id);
        }
        Ok(wallet)
    }

    /// The badges of the history, newest first, as of `now`, then the attempts whose badge can be claimed; `folder` is
    /// where the badges' files are.
    pub fn new(
        badges: &[BadgeRow],
        unclaimed: &[Unclaimed],
        folder: &std::path::Path,
        now: DateTime<Utc>,
    ) -> Self {
        let issued = badges.iter().map(|row| Entry::of(row, now));
        let entries = issued.chain(unclaimed.iter().map(Entry::unclaimed)).collect();
        Self { entries, folder: folder.display().to_string(), chosen: 0 }
    }

    /// The same with milestones of practice that were reached and can be claimed.
    #[must_use]
    pub fn with_practice(mut self, reached: &[Milestone]) -> Self {
        self.entries.extend(reached.iter().map(|milestone| Entry::reached(*milestone)));
        self
    }

    /// Chooses the badge of this id, when coming back from it.
    pub fn choose(&mut self, id: &str) {
        let is = |entry: &Entry| entry.badge.as_ref().is_some_and(|(badge, _)| badge == id);
        self.chosen = self.entries.iter().position(is).unwrap_or(0);
    }

    fn draw_list(&self, area: Rect, buffer: &mut Buffer) {
        let fit = usize::from((area.height / ENTRY_ROWS).max(1));
        let first = self.chosen.saturating_sub(fit / 2).min(self.entries.len().saturating_sub(fit));
        let mut list = area;
        if self.entries.len() > fit {
            list.width = area.width.saturating_sub(2);
            scroll_bar(area, buffer, self.entries.len() - fit + 1, first);
        }
        for (at, entry) in self.entries.iter().enumerate().skip(first).take(fit) {
            let y = list.y + ENTRY_ROWS * (at - first) as u16;
            let rows = Rect { y, height: ENTRY_ROWS.min(list.bottom().saturating_sub(y)), ..list };
            entry.draw(rows, buffer, at == self.chosen);
        }
    }
}

impl Entry {
    fn draw(&self, area: Rect, buffer: &mut Buffer, chosen: bool) {
        let mark = if chosen { "› " } else { "  " };
        let room = usize::from(area.width).saturating_sub(2);
        let lines = [
            Line::from_iter([Span::raw(mark), Span::styled(fit(&self.title, room), style::title())]),
            Line::from_iter([
                Span::raw("  "),
                Span::styled(fit(&self.detail, room), if self.expired { Style::new() } else { style::dim() }),
            ]),
        ];
        for (row, line) in area.rows().zip(lines) {
            line.render(row, buffer);
        }
        if chosen {
            buffer.set_style(Rect { height: area.height.min(1), ..area }, style::selected());
        }
    }
}

impl Wallet {
    /// The chosen badge and its link, where it is issued.
    fn badge(&self) -> Option<(String, String)> {
        self.entries.get(self.chosen)?.badge.clone()
    }

    fn badge_keys() -> [Row<Action>; 4] {
        let key = |letter, action, words| row([(KeyPress::Char(letter), action)], words);
        [
            key('s', Action::Share(Write::Nothing), "share it").shown(1, "share"),
            key('c', Action::Share(Write::Certificate), "write its certificate").shown(1, "certificate"),
            key('e', Action::Share(Write::Everything), "write all its files").shown(1, "everything"),
            key('v', Action::Verify, "verify it").shown(1, "verify it"),
        ]
    }
}

impl Keyed for Wallet {
    type Action = Action;

    fn keymap(&self) -> Keymap<Action> {
        let back =
            row([KeyPress::Esc, KeyPress::Char('q')].map(|key| (key, Action::Back)), "back").shown(1, "home");
        let levels = row([(KeyPress::Char('l'), Action::Levels)], "take a level");
        let name = row([(KeyPress::Char('m'), Action::Name)], "change my name for new badges");
        let Some(entry) = self.entries.get(self.chosen) else {
            return Keymap::of([levels.shown(1, "take a level"), back, name]);
        };
        let open = [(KeyPress::Enter, Action::Open)];
        let first = match entry.badge {
            Some(_) => Keymap::of([row(open, "show it").shown(1, "show"), back]).and(Self::badge_keys()),
            None => Keymap::of([row(open, "claim it").shown(1, "claim it"), back]),
        };
        let choose = lines(Action::Choose, "choose").shown(2, "choose");
        first.and([choose]).and(leaps(Action::Choose)).and([levels, name])
    }

    fn act(&mut self, action: Action) -> Step {
        match action {
            Action::Open => {
                let chosen = self.entries.get(self.chosen);
                chosen.map_or(Step::Unchanged, |entry| entry.enter.clone())
            }
            Action::Share(write) => {
                self.badge().map_or(Step::Unchanged, |(id, _)| Step::Go(Route::Share { id, write }))
            }
            Action::Verify => {
                let verify = |(id, link)| Step::Do(Command::VerifyBadge { id, link });
                self.badge().map_or(Step::Unchanged, verify)
            }
            Action::Choose(motion) => {
                self.chosen = motion.from(self.chosen, self.entries.len().saturating_sub(1), PAGE);
                Step::Stay
            }
            Action::Levels => Step::Go(Route::Levels(None)),
            Action::Name => Step::Go(Route::Holder),
            Action::Back => Step::Back,
        }
    }
}

impl Page for Wallet {
    fn view(&self, area: Rect, buffer: &mut Buffer) -> Option<Position> {
        if too_small(area, buffer, SMALLEST) {
            return None;
        }
        let mut room = frame(area, buffer, "My badges", &self.keys());
        room.height += 1;
        if self.entries.is_empty() {
            let text = Rect { width: room.width.min(COLUMN), ..room };
            paragraph(text, buffer, EMPTY, Style::new());
            return None;
        }
        let mut document = Document::default();
        document.gap();
        document.text(format!("Files: {}", self.folder), style::dim());
        let files = (document.lines(room.width, 3).len() as u16).min(3);
        let list = Rect { height: room.height.saturating_sub(files).max(ENTRY_ROWS), ..room };
        self.draw_list(list, buffer);
        document.draw(
            Rect { y: list.bottom(), height: room.bottom().saturating_sub(list.bottom()), ..room },
            buffer,
        );
        None
    }
}
