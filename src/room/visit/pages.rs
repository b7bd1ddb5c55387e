//! What a candidate sees besides the test.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::doing::Doing;
use super::keys::Keys;
use super::sitter::{Sitter, Stage};
use crate::exam::State;
use crate::exam::definition::Shown;
use crate::tui::input::KeyPress;
use crate::tui::keymap::{Keymap, row};
use crate::tui::screens::parts::{self, style};
use crate::typing::score::Score;

/// The smallest terminal that a test can be taken in with comfort.
const COMFORTABLE: (u16, u16) = (60, 15);

/// A line so slow that typing feels it, in milliseconds there and back.
const SLOW_MS: u32 = 150;

impl Sitter {
    /// The keys that work at the moment.
    pub(super) fn keymap(&self) -> Keymap<Doing> {
        let enter = |doing, words: &'static str| row([(KeyPress::Enter, doing)], words).shown(1, words);
        match &self.stage {
            Stage::Name => Keymap::of([
                enter(Doing::Confirm, "this is me"),
                row([(KeyPress::Char('n'), Doing::Deny)], "this is not me").shown(1, "this is not me"),
            ]),
            Stage::Keys(_) => Keymap::of([enter(Doing::Checked, "go on")]),
            Stage::Ready if self.begins_alone() => Keymap::of([enter(Doing::Begin, "begin the test")]),
            Stage::Between(_) if self.may_go_on() => Keymap::of([
                enter(Doing::Ready, "ready for the next test"),
                row([(KeyPress::Char('q'), Doing::Leave)], "leave").shown(1, "leave"),
            ]),
            Stage::Between(_) => {
                Keymap::of([row([(KeyPress::Char('q'), Doing::Leave)], "leave").shown(1, "leave")])
            }
            Stage::Ready | Stage::WarmUp(_) | Stage::Test(..) => Keymap::of([]),
        }
    }

    fn may_go_on(&self) -> bool {
        let may = self.hall.seat(&self.number, |seat| {
            let lost = seat.state() == State::Aborted && !seat.may_start_afresh();
            seat.left() > 0 && !lost && !matches!(seat.state(), State::Running | State::Resumed)
        });
        may.unwrap_or_default()
    }

    /// Draws all.
    pub(super) fn view(&mut self, buffer: &mut Buffer) -> Option<Position> {
        let area = buffer.area;
        let cursor = match &mut self.stage {
            Stage::WarmUp(seat) | Stage::Test(seat, _) => seat.view(buffer),
            _ => {
                self.page(area, buffer);
                None
            }
        };
        if let Some(message) = &self.message {
            parts::message(area, buffer, message, style::accent(), parts::WIDEST);
        }
        cursor
    }

    fn page(&self, area: Rect, buffer: &mut Buffer) {
        let keys = self.keymap().listed();
        let room = parts::frame(area, buffer, &self.hall.exam().title, &keys);
        let lines = match &self.stage {
            Stage::Name => self.name_lines(),
            Stage::Keys(keys) => self.key_lines(keys),
            Stage::Ready => self.ready_lines(),
            Stage::Between(score) => self.between_lines(score.as_deref()),
            Stage::WarmUp(_) | Stage::Test(..) => Vec::new(),
        };
        let mut room = parts::lowered(room, lines.len() as u16);
        for (text, look) in lines {
            let rows = parts::paragraph(room, buffer, &text, look).max(1);
            room = parts::below(room, rows);
        }
    }

    fn name_lines(&self) -> Vec<Line> {
        vec![
            plain("You are signed in as"),
            empty(),
            (self.name.clone(), style::title()),
            plain(&format!("Number {}", self.number)),
            empty(),
            plain("Is that you? Press Enter. If it is not, press n and tell the proctor."),
        ]
    }

    fn key_lines(&self, keys: &Keys) -> Vec<Line> {
        let size = format!("Terminal: {} columns, {} rows", self.area.width, self.area.height);
        let small = self.area.width < COMFORTABLE.0 || self.area.height < COMFORTABLE.1;
        let line = match self.latency_ms {
            Some(ms) => format!("Line: {ms} ms there and back"),
            None => "Line: not measured yet".to_owned(),
        };
        let slow = self.latency_ms.is_some_and(|ms| ms >= SLOW_MS);
        let missing = keys.missing();
        let state = if missing.is_empty() {
            "All letters came.".to_owned()
        } else {
            format!("Not seen yet: {missing}")
        };
        let mark = |bad: bool| if bad { style::bad() } else { style::good() };
        vec![
            plain("Try your keyboard: type this sentence. Nothing here counts."),
            empty(),
            (keys.sentence().to_owned(), style::title()),
            (format!("> {}", keys.typed()), style::plain()),
            empty(),
            (state, mark(!missing.is_empty())),
            (if small { format!("{size}: make the window larger") } else { size }, mark(small)),
            (if slow { format!("{line}: slow, tell the proctor") } else { line }, mark(slow)),
            empty(),
            plain("Press Enter to go on. If keys do not come, tell the proctor."),
        ]
    }

    fn ready_lines(&self) -> Vec<Line> {
        let how = match self.begins_alone() {
            true => "Press Enter to begin. The text appears, and your first key starts the clock.",
            false => {
                "The proctor starts the test for all. The text appears then, and your first key starts the clock."
            }
        };
        vec![
            ("You are ready.".to_owned(), style::good()),
            empty(),
            plain(how),
            empty(),
            (format!("{} · {}", self.name, self.number), style::dim()),
        ]
    }

    fn between_lines(&self, score: Option<&Score>) -> Vec<Line> {
        let look = |seat: &crate::exam::Seat| (seat.state(), seat.used(), seat.allowed());
        let seat = self.hall.seat(&self.number, look);
        let (state, used, allowed) = seat.unwrap_or((State::Registered, 0, 0));
        let mut lines = match state {
            State::Aborted => vec![("Your test was ended before its time.".to_owned(), style::bad())],
            State::Void => vec![("Your last test does not count.".to_owned(), style::bad())],
            State::Finished => vec![("Your test is over, and its result is kept.".to_owned(), style::good())],
            _ => vec![plain("Wait for the proctor.")],
        };
        if let Some(score) = score.filter(|_| self.hall.exam().shown == Shown::Figures) {
            lines.push(empty());
            lines.extend(figures(score));
        }
        lines.push(empty());
        lines.push(plain(&format!("Attempts: {used} of {allowed}")));
        if self.may_go_on() {
            lines.push(plain("Press Enter when you are ready for the next test."));
        } else if used < allowed {
            lines.push(plain("Wait for the proctor."));
        } else {
            lines.push(plain("You may leave: press q."));
        }
        if self.needs.rest_minutes > 0 && used < allowed {
            lines.push(plain(&format!("You may rest for {} minutes before it.", self.needs.rest_minutes)));
        }
        lines
    }
}

/// A line of a page.
type Line = (String, ratatui::style::Style);

fn plain(text: &str) -> Line {
    (text.to_owned(), style::plain())
}

fn empty() -> Line {
    (String::new(), style::plain())
}

fn figures(score: &Score) -> [Line; 3] {
    let (gross, net) = (score.gross_wpm_x100, score.net_wpm_x100);
    [
        plain(&format!("Gross speed  {}.{:02} words a minute", gross / 100, gross % 100)),
        plain(&format!("Net speed    {}.{:02} words a minute", net / 100, net % 100)),
        plain(&format!("Accuracy     {}.{:02} %", score.accuracy_bp / 100, score.accuracy_bp % 100)),
    ]
}
