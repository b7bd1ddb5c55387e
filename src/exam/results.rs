//! Results: which test of a candidate counts, and the table of all tests.

use csv::{Terminator, WriterBuilder};

use super::definition::{Counting, Definition};
use super::roster::Candidate;
use super::seat::{Run, Seat, Standing};
use super::seats::Seats;
use crate::lessons::wording::penalty;
use crate::typing::score::Score;

/// The result of a candidate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Counted<'a> {
    /// This test is it.
    Run(&'a Run),
    /// It is the mean of this many tests, of which the last is given: whole numbers, rounded half up.
    Mean {
        /// The last of them.
        last: &'a Run,
        /// How many.
        tests: u32,
        /// The mean net speed in hundredths of a word per minute.
        net_wpm_x100: u32,
        /// The mean gross speed in hundredths of a word per minute.
        gross_wpm_x100: u32,
        /// The mean accuracy in basis points.
        accuracy_bp: u32,
    },
}

impl Seat {
    /// The tests that were finished and count, with their figures.
    pub fn finished(&self) -> impl Iterator<Item = (&Run, &Score)> {
        let finished = self.runs().iter().filter(|run| run.standing == Standing::Finished);
        finished.filter_map(|run| Some((run, run.outcome.as_ref()?.score.as_ref()?)))
    }

    /// The candidate's result; nothing where no test was finished.
    #[must_use]
    pub fn result(&self, counts: Counting) -> Option<Counted<'_>> {
        let finished: Vec<(&Run, &Score)> = self.finished().collect();
        let (last, _) = *finished.last()?;
        Some(match counts {
            Counting::Last => Counted::Run(last),
            Counting::Best => {
                // The first of equals.
                let key = |score: &Score| (score.net_wpm_x100, score.accuracy_bp);
                Counted::Run(finished.iter().rev().max_by_key(|(_, score)| key(score))?.0)
            }
            Counting::Mean => Counted::Mean {
                last,
                tests: u32::try_from(finished.len()).unwrap_or(u32::MAX),
                net_wpm_x100: mean(finished.iter().map(|(_, score)| score.net_wpm_x100)),
                gross_wpm_x100: mean(finished.iter().map(|(_, score)| score.gross_wpm_x100)),
                accuracy_bp: mean(finished.iter().map(|(_, score)| score.accuracy_bp)),
            },
        })
    }
}

/// The mean of whole numbers, rounded half up; 0 of none.
fn mean(all: impl ExactSizeIterator<Item = u32>) -> u32 {
    let count = all.len() as u64;
    let sum: u64 = all.map(u64::from).sum();
    (2 * sum + count).checked_div(2 * count).map_or(0, |mean| u32::try_from(mean).unwrap_or(u32::MAX))
}

/// The columns of the table of results.
const HEADERS: [&str; 20] = [
    "number",
    "name",
    "email",
    "run",
    "attempt",
    "attempts",
    "policy",
    "counts",
    "status",
    "started_utc",
    "seconds",
    "gross_wpm",
    "errors",
    "net_wpm",
    "net_formula",
    "accuracy_percent",
    "passages",
    "text_sha256",
    "log_sha256",
    "notes",
];

/// The table of all tests as CSV: a row for each test, and one for each candidate who took none. Cells that a spreadsheet
/// would take for a formula are made text, see [`safe_cell`].
#[must_use]
pub fn to_csv(exam: &Definition, roster: &[Candidate], seats: &Seats) -> String {
    let mut table = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
    let mut row = |cells: &[String]| {
        // A vector takes everything, and each row has the same number of cells.
        let _ = table.write_record(cells.iter().map(|cell| safe_cell(cell)));
    };
    row(&HEADERS.map(str::to_owned));
    for candidate in roster {
        let Some(seat) = seats.get(&candidate.number) else { continue };
        if seat.runs().is_empty() {
            row(&cells(exam, candidate, seat, None));
        }
        for run in seat.runs() {
            row(&cells(exam, candidate, seat, Some(run)));
        }
    }
    String::from_utf8(table.into_inner().unwrap_or_default()).unwrap_or_default()
}

fn cells(exam: &Definition, candidate: &Candidate, seat: &Seat, run: Option<&Run>) -> [String; 20] {
    let score = run.and_then(|run| run.outcome.as_ref()?.score);
    let figure =
        |of: fn(&Score) -> u32| score.as_ref().map_or_else(String::new, |score| hundredths(of(score)));
    let text = |of: fn(&Run) -> String| run.map_or_else(String::new, of);
    let counts = run.is_some_and(|run| match seat.result(exam.attempts.counts) {
        Some(Counted::Run(counted)) => std::ptr::eq(counted, run),
        Some(Counted::Mean { .. }) => run.standing == Standing::Finished,
        None => false,
    });
    let number = run.map(|run| run.begun.run);
    let notes = seat.notes().iter().filter(|noted| noted.note.run == number);
    let notes: Vec<String> =
        notes.map(|n| format!("{} {}", n.note.code.as_str(), n.note.text).trim().to_owned()).collect();
    [
        candidate.number.clone(),
        candidate.name.clone(),
        candidate.email.clone().unwrap_or_default(),
        text(|run| run.begun.run.to_string()),
        text(|run| run.begun.attempt.to_string()),
        seat.allowed().to_string(),
        exam.policy(),
        if counts { "yes".to_owned() } else { "no".to_owned() },
        run.map_or_else(|| "not taken".to_owned(), |run| status(run).to_owned()),
        text(|run| instant(run.started_unix_ms)),
        score.map_or_else(String::new, |score| thousandths(score.counts.duration_ms)),
        figure(|score| score.gross_wpm_x100),
        score.map_or_else(String::new, |score| halves(score.counts.errors_x2)),
        figure(|score| score.net_wpm_x100),
        run.map_or_else(String::new, |_| penalty(exam.rules.penalty)),
        figure(|score| score.accuracy_bp),
        text(|run| run.begun.passages.join(" ")),
        text(|run| run.begun.text_sha256.clone()),
        text(|run| run.outcome.as_ref().and_then(|o| o.attempt_sha256.clone()).unwrap_or_default()),
        notes.join("; "),
    ]
}

const fn status(run: &Run) -> &'static str {
    match run.standing {
        Standing::Open => "running",
        Standing::Finished => "finished",
        Standing::Aborted => "aborted",
        Standing::Void => "void",
    }
}

fn hundredths(n: u32) -> String {
    format!("{}.{:02}", n / 100, n % 100)
}

fn thousandths(n: u32) -> String {
    format!("{}.{:03}", n / 1_000, n % 1_000)
}

fn halves(n: u32) -> String {
    if n.is_multiple_of(2) { (n / 2).to_string() } else { format!("{}.5", n / 2) }
}

fn instant(unix_ms: i64) -> String {
    let time = chrono::DateTime::from_timestamp_millis(unix_ms);
    time.map_or_else(String::new, |time| time.to_rfc3339_opts(chrono::SecondsFormat::Secs, true))
}

/// A text as a cell that no spreadsheet takes for a formula (OWASP, "CSV Injection"): one that begins with `=`, `+`, `-`, `@`,
/// a tabulator or a line end has an apostrophe before it, also behind white space; a number stays one. Controls and what
/// changes the direction of text are left out.
#[must_use]
pub fn safe_cell(text: &str) -> String {
    let shown = crate::trust::displayable(text);
    let first = shown.trim_start().chars().next();
    let formula = matches!(first, Some('=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠'));
    let number = shown
        .strip_prefix('-')
        .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit() || b == b'.'));
    if formula && !number { format!("'{shown}") } else { shown }
}
