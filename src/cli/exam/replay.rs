//! `typeproof exam replay`: recomputes a candidate's results from the logs, because of an appeal.

use std::io::Write;

use clap::Args;

use super::kept::Kept;
use crate::cli::error::CliError;
use crate::cli::exit::{OK, REFUSED};
use crate::cli::print;
use crate::desk::Desk;
use crate::desk::exams::{Asked, Replayed, replay};
use crate::system;
use crate::typing::score::Score;

/// Recompute a candidate's results from the keystroke logs, and append what came of it to the journal
#[derive(Debug, Args)]
#[command(after_long_help = crate::cli::help::EXAM_REPLAY)]
pub(super) struct Replay {
    /// The exam's id, or a folder that `typeproof exam export` wrote
    exam: String,
    /// The candidate's number
    number: String,
    /// Only this test, from 1
    #[arg(long, value_name = "N")]
    run: Option<u32>,
    /// Who recomputes; the exam's proctor where it is not given
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// Why, for the journal
    #[arg(long, value_name = "TEXT", default_value = "appeal")]
    reason: String,
    #[command(flatten)]
    kept: Kept,
}

impl Replay {
    pub(super) fn run(self, desk: &mut Desk, out: &mut dyn Write) -> Result<u8, CliError> {
        let mut record = self.kept.record(&self.exam, desk)?;
        let by = self.by.clone().unwrap_or_else(|| record.exam.proctor.name.clone());
        let asked = Asked { by: &by, at: system::now(), reason: &self.reason };
        let (replayed, head) = replay(&mut record, &self.number, self.run, asked)?;
        for one in &replayed {
            show(one, out)?;
        }
        writeln!(out, "appended to the office's journal: entry {}, digest {}", head.seq, head.hex())?;
        Ok(if replayed.iter().all(|one| one.same) { OK } else { REFUSED })
    }
}

fn show(one: &Replayed, out: &mut dyn Write) -> Result<(), CliError> {
    let on_file = one.run.outcome.as_ref().and_then(|outcome| outcome.score);
    let verdict = match (&one.found, one.same) {
        (Ok(_), true) => "every figure is the one on file".to_owned(),
        (Ok(_), false) => "the figures differ from those on file".to_owned(),
        (Err(why), _) => why.clone(),
    };
    writeln!(out, "test {}, attempt {}: {verdict}", one.run.begun.run, one.run.begun.attempt)?;
    let figure = |of: fn(&Score) -> u32, score: Option<&Score>| {
        score.map_or_else(|| "-".to_owned(), |score| format!("{}.{:02}", of(score) / 100, of(score) % 100))
    };
    let row = |name: &str, of: fn(&Score) -> u32| {
        [format!("  {name}"), figure(of, on_file.as_ref()), figure(of, one.found.as_ref().ok())]
    };
    let rows = [
        ["  ".to_owned(), "on file".to_owned(), "recomputed".to_owned()],
        row("gross WPM", |score| score.gross_wpm_x100),
        row("net WPM", |score| score.net_wpm_x100),
        row("accuracy %", |score| score.accuracy_bp),
        row("errors", |score| score.counts.errors_x2 * 50),
    ];
    Ok(print::columns(out, &rows)?)
}
