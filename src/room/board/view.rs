//! The board as it is drawn: in one column with everything where there is room, otherwise in two, so that thirty seats
//! stand at 80×24.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::widgets::Widget;

use super::Board;
use crate::exam::State;
use crate::exam::seats::Phase;
use crate::room::hall::{Row, Table};
use crate::tui::keymap::Listed;
use crate::tui::screens::parts::{self, columns, fit, style};

/// The widest board.
const WIDEST: u16 = 132;

/// Columns of a seat where everything is shown.
const FULL: u16 = 76;

impl Board {
    /// Draws the seats with what is above and below them.
    pub(super) fn view_seats(&self, area: Rect, buffer: &mut Buffer, keys: &[Listed]) {
        let Table { rows, phase, strangers, trouble, lost: _ } = &self.table;
        let title = format!("{} · {}", self.hall.exam().title, summary(rows, *phase));
        let mut room = parts::frame_within(area, buffer, &title, keys, WIDEST);
        for (text, look) in notices(self, *phase, *strangers, trouble.as_deref()) {
            let used = parts::paragraph(room, buffer, &text, look);
            room = parts::below(room, used);
        }
        let full = room.width >= FULL && rows.len() < usize::from(room.height);
        match full {
            true => list(room, buffer, rows, self.chosen_at(), true),
            false => in_columns(room, buffer, rows, self.chosen_at()),
        }
        if let Some(message) = &self.message {
            parts::message(area, buffer, message, style::accent(), WIDEST);
        }
    }
}

/// How many seats are in which state.
fn summary(rows: &[Row], phase: Phase) -> String {
    let count = |state: State| rows.iter().filter(|row| row.state == state).count();
    let here = rows.iter().filter(|row| row.here).count();
    let phase = match phase {
        Phase::Open => "",
        Phase::Paused => "PAUSED · ",
        Phase::Closed => "CLOSED · ",
    };
    format!(
        "{phase}{here} of {} here · {} ready · {} running · {} finished",
        rows.len(),
        count(State::Ready),
        count(State::Running),
        count(State::Finished)
    )
}

fn notices(board: &Board, phase: Phase, strangers: u32, trouble: Option<&str>) -> Vec<(String, Style)> {
    let mut notices = Vec::new();
    if let Some(trouble) = trouble {
        notices.push((format!("Nothing can be written down: {trouble}"), style::bad()));
    }
    if board.table.lost {
        let lost =
            "The database cannot be reached. The room goes on from its own journal; nobody new can come in.";
        notices.push((lost.to_owned(), style::bad()));
    }
    if phase == Phase::Paused {
        notices.push(("No test begins until you press p.".to_owned(), style::accent()));
    }
    if strangers > 2 {
        notices.push((format!("Codes were tried for numbers that nobody has: {strangers}"), style::bad()));
    }
    if board.shows_ways {
        notices.extend(board.ways.iter().map(|way| (way.clone(), style::accent())));
    }
    notices
}

/// Seats side by side, as many columns as are needed and have room.
fn in_columns(room: Rect, buffer: &mut Buffer, rows: &[Row], chosen: usize) {
    let heights = usize::from(room.height.saturating_sub(1)).max(1);
    let wanted = rows.len().div_ceil(heights).max(1) as u16;
    let count = wanted.min((room.width / 38).max(1));
    let width = room.width / count;
    // Where even that is too little, the part with the chosen seat is shown.
    let shown = heights * usize::from(count);
    let first = parts::window(chosen, rows.len(), shown);
    for (column, part) in (0..count).zip(rows.get(first..).unwrap_or_default().chunks(heights)) {
        let at = first + usize::from(column) * heights;
        let place = Rect { x: room.x + column * width, width: width.saturating_sub(1), ..room };
        list(place, buffer, part, chosen.wrapping_sub(at), false);
    }
}

/// A list of seats under its headings.
fn list(room: Rect, buffer: &mut Buffer, rows: &[Row], chosen: usize, full: bool) {
    let mut places = room.rows();
    if let Some(place) = places.next() {
        let heading = match full {
            true => line("", "seat", "name", "state", "key", "wpm", "acc", "att", "notes", place.width, full),
            false => line("", "seat", "name", "state", "key", "wpm", "acc", "", "", place.width, full),
        };
        Line::styled(heading, style::dim()).render(place, buffer);
    }
    let first = parts::window(chosen.min(rows.len()), rows.len(), room.height.saturating_sub(1).into());
    for (place, (at, row)) in places.zip(rows.iter().enumerate().skip(first)) {
        let look = look(row);
        let look = if at == chosen { look.patch(style::selected()) } else { look };
        Line::styled(seat(row, place.width, full), look).render(place, buffer);
    }
}

fn look(row: &Row) -> Style {
    match (row.problem, row.state) {
        (Some(_), _) => style::bad(),
        (None, State::Running) => style::good(),
        (None, _) if !row.here => style::dim(),
        (None, _) => style::plain(),
    }
}

/// A state in a word of at most eight letters.
const fn word(state: State) -> &'static str {
    match state {
        State::Registered => "waiting",
        State::WarmingUp => "warm-up",
        State::Ready => "ready",
        State::Running => "running",
        State::Finished => "finished",
        State::Aborted => "aborted",
        State::Void => "void",
        State::Resumed => "resumed",
    }
}

fn seat(row: &Row, width: u16, full: bool) -> String {
    let state = match (row.state, row.here) {
        (State::Registered, false) => "absent",
        (state, _) => word(state),
    };
    let silent = match row.silent_s {
        Some(s @ 0..=99) => format!("{s} s"),
        Some(s) => format!("{} m", (s / 60).min(99)),
        None => String::new(),
    };
    let (wpm, accuracy) = match row.figures {
        Some((wpm, accuracy)) => ((wpm / 100).to_string(), format!("{}%", accuracy / 100)),
        None => (String::new(), String::new()),
    };
    let attempts = format!("{}/{}", row.attempts.0, row.attempts.1);
    let noted = match row.notes {
        (0, _) => String::new(),
        (1, _) => "1 note".to_owned(),
        (n, _) => format!("{n} notes"),
    };
    let notes = match row.problem {
        Some(problem) if noted.is_empty() => problem.words().to_owned(),
        Some(problem) => format!("{} · {noted}", problem.words()),
        None => noted,
    };
    let mark = match (row.problem, row.notes.0) {
        (Some(_), _) => "!",
        (None, 0) => "",
        (None, _) => "*",
    };
    line(mark, &row.number, &row.name, state, &silent, &wpm, &accuracy, &attempts, &notes, width, full)
}

#[expect(clippy::too_many_arguments, reason = "the columns of a table")]
fn line(
    mark: &str,
    number: &str,
    name: &str,
    state: &str,
    silent: &str,
    wpm: &str,
    accuracy: &str,
    attempts: &str,
    notes: &str,
    width: u16,
    full: bool,
) -> String {
    let width = usize::from(width);
    let numbers = if full { 8 } else { 4 };
    let tail = if full { 18 } else { 0 };
    // All but the name.
    let fixed = 1 + numbers + 1 + 1 + 8 + 1 + 4 + 1 + 3 + 1 + 4 + tail;
    let names = width.saturating_sub(fixed).clamp(4, 40);
    let head = format!(
        "{mark:1}{} {} {state:8} {silent:>4} {wpm:>3} {accuracy:>4}",
        cell(number, numbers),
        cell(name, names)
    );
    if full {
        format!("{head} {attempts:>4} {}", fit(notes, width.saturating_sub(columns(&head) + 6)))
    } else {
        head
    }
}

/// A text in so many columns.
fn cell(text: &str, width: usize) -> String {
    let text = fit(text, width);
    let blanks = width.saturating_sub(columns(&text));
    text + &" ".repeat(blanks)
}
