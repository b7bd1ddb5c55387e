//! Many badges: what lies in folders, several at once, a line each, and a table at the end.

use std::fmt;
use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

use serde_json::{Value, json};

use super::answer::{self, exit_code, unread};
use crate::badge::reasons::Reason;
use crate::badge::verify::summary::shown_text;
use crate::badge::verify::verdict::Outcome;
use crate::badge::verify::{self, Report};
use crate::cli::error::CliError;
use crate::cli::exit::{OK, REFUSED, UNPROVEN, USAGE};
use crate::cli::print;
use crate::desk::{Checker, Found, Given, GivenError};

/// How many badges are verified before their lines are printed, for each that is verified at once. Lines come in the order
/// of the files, and what waits for them stays small.
const SHARE: usize = 64;

/// How deep folders lie in each other: deeper ones are a mistake, or a trap.
const DEEPEST: usize = 64;

/// What became of one file.
enum Line {
    /// There is an answer.
    Answered { outcome: Outcome, sentence: String, json: Option<Value> },
    /// There is no badge in it, or it cannot be read.
    Unread { reason: Reason },
}

/// One of many.
enum Item {
    /// A file, whatever it is.
    File(PathBuf),
    /// A link, a token or a badge's text, given as such.
    Text(String, Box<Found>),
}

/// Verifies every badge of these files and folders; the exit code is that of the worst.
///
/// # Errors
/// When a file or folder that was named is not there, or when the output cannot be written.
pub(super) fn verify(
    named: &[String],
    checker: &Checker<'_>,
    jobs: Option<u16>,
    as_json: bool,
    out: &mut dyn Write,
) -> Result<u8, CliError> {
    if named.iter().any(|name| name == "-") {
        return Err(CliError::usage("- is one badge on standard input; give it alone"));
    }
    let items = items(named)?;
    let jobs = jobs.map_or_else(|| thread::available_parallelism().map_or(1, usize::from), usize::from);
    let mut counts = Counts::default();
    let mut progress = Progress::new(items.len());
    for batch in items.chunks(SHARE * jobs) {
        for (item, line) in batch.iter().zip(lines(batch, checker, jobs, as_json)) {
            counts.add(&line);
            progress.clear()?;
            line.print(&item.name(), as_json, out)?;
        }
        progress.show(counts.all())?;
    }
    progress.clear()?;
    if !as_json {
        counts.print(out)?;
    }
    Ok(counts.exit_code())
}

/// What was named, and the files in the folders that were named, in the order of their names.
fn items(named: &[String]) -> Result<Vec<Item>, CliError> {
    let mut items = Vec::new();
    for name in named {
        let path = Given::path(name);
        match fs::metadata(&path) {
            Ok(about) if about.is_dir() => within(&path, &mut items, 0)?,
            Ok(_) => items.push(Item::File(path)),
            Err(_) => items.push(Item::Text(name.clone(), Box::new(Given::find(name)?))),
        }
    }
    Ok(items)
}

impl Item {
    /// What a line calls it.
    fn name(&self) -> String {
        match self {
            Self::File(path) => print::path(path),
            Self::Text(text, _) => shown_text(text),
        }
    }

    fn line(&self, checker: &Checker<'_>, as_json: bool) -> Line {
        match self {
            Self::File(path) => Line::of(Given::open(path).as_ref(), checker, as_json),
            Self::Text(_, found) => Line::of(Ok(found), checker, as_json),
        }
    }
}

/// Every file of a folder and of those in it. Links to other folders are not followed, since they may lead in a circle.
fn within(dir: &Path, items: &mut Vec<Item>, depth: usize) -> Result<(), CliError> {
    let refuse = |why: &dyn fmt::Display| {
        CliError::usage(format!("the folder {} cannot be read: {why}", print::path(dir)))
    };
    if depth > DEEPEST {
        return Err(refuse(&format_args!("more than {DEEPEST} folders lie in each other")));
    }
    let entries = fs::read_dir(dir).and_then(Iterator::collect::<io::Result<Vec<_>>>);
    let mut entries = entries.map_err(|why| refuse(&why))?;
    entries.sort_unstable_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let kind = entry.file_type().map_err(|why| refuse(&why))?;
        match kind.is_dir() {
            true => within(&entry.path(), items, depth + 1)?,
            false if kind.is_symlink() && entry.path().is_dir() => {}
            false => items.push(Item::File(entry.path())),
        }
    }
    Ok(())
}

/// What became of these, in their order.
fn lines(items: &[Item], checker: &Checker<'_>, jobs: usize, as_json: bool) -> Vec<Line> {
    let (next, (sender, receiver)) = (AtomicUsize::new(0), mpsc::channel());
    thread::scope(|scope| {
        for _ in 0..jobs.min(items.len()) {
            let (sender, next) = (sender.clone(), &next);
            scope.spawn(move || {
                while let Some(at) = Some(next.fetch_add(1, Ordering::Relaxed)).filter(|at| *at < items.len())
                {
                    // The receiver stays until every sender is gone.
                    let _ = sender.send((at, items[at].line(checker, as_json)));
                }
            });
        }
    });
    drop(sender);
    let mut lines: Vec<(usize, Line)> = receiver.iter().collect();
    lines.sort_unstable_by_key(|(at, _)| *at);
    lines.into_iter().map(|(_, line)| line).collect()
}

impl Line {
    fn of(found: Result<&Found, &GivenError>, checker: &Checker<'_>, as_json: bool) -> Self {
        let answered = |report: &Report, found: Option<&Found>| Self::Answered {
            outcome: report.verdict.outcome(),
            sentence: report.verdict.sentence(),
            json: as_json.then(|| {
                let host = found.and_then(|found| found.host.as_deref());
                answer::as_json(report, host, found.and_then(|found| found.drawing(report)))
            }),
        };
        match found {
            Ok(found) => answered(&checker.report(&found.given), Some(found)),
            Err(GivenError::Picture(why)) => answered(&verify::unreadable(unread(why)), None),
            Err(why) => Self::Unread { reason: why.reason() },
        }
    }

    /// A line of JSON for every file; in words, only for those that somebody has to look at.
    fn print(&self, name: &str, as_json: bool, out: &mut dyn Write) -> io::Result<()> {
        match self {
            Self::Answered { json: Some(json), .. } => {
                let mut members = json!({ "file": name });
                if let (Some(members), Some(more)) = (members.as_object_mut(), json.as_object()) {
                    members.extend(more.clone());
                }
                print::json_line(out, &members)?;
                writeln!(out)
            }
            Self::Unread { reason } if as_json => {
                let sentence = shown_text(&reason.to_string());
                print::json_line(
                    out,
                    &json!({"file": name, "outcome": null, "sentence": sentence, "code": reason.code()}),
                )?;
                writeln!(out)
            }
            Self::Answered { outcome: Outcome::Valid | Outcome::Unproven, .. } => Ok(()),
            Self::Answered { sentence, .. } => writeln!(out, "{name}: {}", shown_text(sentence)),
            Self::Unread { reason } => writeln!(out, "{name}: {}", shown_text(&reason.to_string())),
        }
    }
}

/// How many files have which answer.
#[derive(Default)]
struct Counts {
    valid: usize,
    unproven: usize,
    refused: usize,
    open: usize,
    unread: usize,
}

impl Counts {
    const fn add(&mut self, line: &Line) {
        let count = match line {
            Line::Answered { outcome: Outcome::Valid, .. } => &mut self.valid,
            Line::Answered { outcome: Outcome::Unproven, .. } => &mut self.unproven,
            Line::Answered { outcome: Outcome::Refused, .. } => &mut self.refused,
            Line::Answered { outcome: Outcome::CannotTell, .. } => &mut self.open,
            Line::Unread { .. } => &mut self.unread,
        };
        *count += 1;
    }

    const fn all(&self) -> usize {
        self.valid + self.unproven + self.refused + self.open + self.unread
    }

    fn print(&self, out: &mut dyn Write) -> io::Result<()> {
        let rows = [
            (self.valid, "valid"),
            (self.unproven, "unchanged, but nobody you trust vouches for them"),
            (self.refused, "not valid"),
            (self.open, "cannot be told"),
            (self.unread, "no badge, or not readable"),
        ];
        let width = self.all().to_string().len();
        for (count, what) in rows {
            writeln!(out, "{count:>width$}  {what}")?;
        }
        writeln!(out, "{:>width$}  in all", self.all())
    }

    const fn exit_code(&self) -> u8 {
        match self {
            _ if self.refused > 0 || self.open > 0 => exit_code(Outcome::Refused),
            Self { unread: 1.., .. } => REFUSED,
            Self { unproven: 1.., .. } => UNPROVEN,
            Self { valid: 0, .. } => USAGE,
            _ => OK,
        }
    }
}

/// How far it is, on a terminal's standard error.
struct Progress {
    all: usize,
    is_shown: bool,
    wants: bool,
}

impl Progress {
    fn new(all: usize) -> Self {
        Self { all, is_shown: false, wants: io::stderr().is_terminal() }
    }

    fn show(&mut self, done: usize) -> io::Result<()> {
        const CELLS: usize = 40;
        if self.wants {
            let filled = "#".repeat(CELLS * done / self.all.max(1));
            write!(io::stderr(), "\r[{filled:.<CELLS$}] {done} of {}", self.all)?;
            self.is_shown = true;
        }
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        if self.is_shown {
            write!(io::stderr(), "\r\x1b[K")?;
            self.is_shown = false;
        }
        Ok(())
    }
}
