//! What the board shows: a row for each seat, problems first.

use std::time::Instant;

use super::{Hall, Live};
use crate::exam::seat::{Seat, State};
use crate::exam::seats::Phase;
use crate::store::exam::Mirror;

/// A running test in which nothing is typed for so many seconds is worth a look.
const SILENT_S: u64 = 10;

/// Wrong codes from which on somebody may be guessing.
const WRONG: u32 = 3;

/// What is wrong at a seat, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Problem {
    /// A test runs, and nobody is connected.
    Gone,
    /// A test was aborted.
    Aborted,
    /// Wrong codes were typed for the number.
    WrongCodes,
    /// In a running test nothing is typed.
    Silent,
    /// A note is open.
    OpenNote,
}

impl Problem {
    /// Its words on the board.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Gone => "line lost",
            Self::Aborted => "aborted",
            Self::WrongCodes => "wrong codes",
            Self::Silent => "no keys",
            Self::OpenNote => "note open",
        }
    }
}

/// A seat on the board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The candidate's number.
    pub number: String,
    /// The candidate's name.
    pub name: String,
    /// Where the seat is.
    pub state: State,
    /// Whether somebody is connected.
    pub here: bool,
    /// Seconds since the last key of a running test.
    pub silent_s: Option<u64>,
    /// Gross speed in hundredths of words a minute, and accuracy in basis points: of the running test, or the last one.
    pub figures: Option<(u32, u32)>,
    /// Tests that count, and how many there may be.
    pub attempts: (u32, u32),
    /// Incidents that were noted, and how many of them are open.
    pub notes: (usize, usize),
    /// What is wrong; nothing where all is well.
    pub problem: Option<Problem>,
}

/// All seats, problems first, then by number; and the room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The seats.
    pub rows: Vec<Row>,
    /// Whether tests may begin.
    pub phase: Phase,
    /// Wrong codes for numbers that nobody has.
    pub strangers: u32,
    /// Why nothing can be written down.
    pub trouble: Option<String>,
    /// Whether the database cannot be reached, so that nobody new comes in.
    pub lost: bool,
}

impl Hall {
    /// What the board shows at this time.
    #[must_use]
    pub fn table(&self, now: Instant) -> Table {
        let trouble = self.trouble();
        let lost = self.mirror.as_ref().is_some_and(Mirror::is_lost);
        let inside = self.lock();
        let row = |seat: &Seat| {
            let place = inside.places.get(seat.number());
            let name = inside.people.get(seat.number()).map(|person| person.name.clone()).unwrap_or_default();
            let live = place.map(|place| place.live).unwrap_or_default();
            row(seat, name, (live, place.map_or(0, |place| place.wrong)), now)
        };
        let mut rows: Vec<Row> = inside.ledger.seats().all().map(row).collect();
        let key = |row: &Row| (row.problem.is_none(), row.problem);
        rows.sort_by(|a, b| key(a).cmp(&key(b)).then_with(|| by_number(&a.number, &b.number)));
        Table { rows, phase: inside.ledger.seats().phase(), strangers: inside.strangers, trouble, lost }
    }
}

/// 9 before 10, as people count.
fn by_number(a: &str, b: &str) -> std::cmp::Ordering {
    let digits = |text: &str| text.parse::<u64>().ok();
    match (digits(a), digits(b)) {
        (Some(x), Some(y)) => x.cmp(&y),
        _ => a.cmp(b),
    }
}

fn row(seat: &Seat, name: String, (live, wrong): (Live, u32), now: Instant) -> Row {
    let state = seat.state();
    let here = seat.live().is_some();
    let running = state == State::Running;
    let since = live.typed.map(|at| now.saturating_duration_since(at).as_secs());
    let silent_s = since.filter(|_| running);
    let last = seat.runs().last().and_then(|run| run.outcome.as_ref()?.score.as_ref());
    let figures = match (running, last) {
        (true, _) => live.typed.map(|_| (live.gross_wpm_x100, live.accuracy_bp)),
        (false, Some(score)) => Some((score.gross_wpm_x100, score.accuracy_bp)),
        (false, None) => None,
    };
    let open = seat.notes().iter().filter(|note| note.decision.is_none()).count();
    let problems = [
        (running && !here).then_some(Problem::Gone),
        (state == State::Aborted).then_some(Problem::Aborted),
        (wrong >= WRONG).then_some(Problem::WrongCodes),
        silent_s.is_some_and(|s| s >= SILENT_S).then_some(Problem::Silent),
        (open > 0).then_some(Problem::OpenNote),
    ];
    Row {
        number: seat.number().to_owned(),
        name,
        state,
        here,
        silent_s,
        figures,
        attempts: (seat.used(), seat.allowed()),
        notes: (seat.notes().len(), open),
        problem: problems.into_iter().flatten().next(),
    }
}
