//! `typeproof stats`: what came of practice so far, as text or JSON.

use std::io::Write;

use chrono::{DateTime, Duration};
use clap::Args;
use serde_json::{Value, json};

use super::error::CliError;
use super::exit::OK;
use super::print;
use crate::desk::{BATCH, Desk, Figures, Progress, Run, Table};
use crate::lessons::decimal::figure;
use crate::lessons::wording::counted;

/// How many keys and pairs the table names.
const NAMED: usize = 8;
/// How many runs at the beginning and at the end say how fast somebody was and is.
const RUNS: usize = 10;

/// Said where it takes a while.
const READING: &str = "reading all attempts for what they say of every key; next time only new ones are read";

#[derive(Debug, Args)]
#[command(after_long_help = super::help::STATS)]
pub(super) struct Stats {
    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl Stats {
    pub(super) fn run(self, desk: &mut Desk, out: &mut dyn Write) -> Result<u8, CliError> {
        if !desk.read_on(BATCH)? {
            print::explain(READING);
        }
        let (progress, table) = (desk.progress()?, desk.table()?);
        if self.json {
            print::json(out, &as_json(&progress, &table))?;
        } else if progress.days.is_empty() && progress.runs.is_empty() {
            writeln!(out, "Nothing typed yet. `typeproof test --time 60` takes a free test.")?;
        } else {
            text(out, &progress, &table)?;
        }
        Ok(OK)
    }
}

const fn minutes(ms: u64) -> u64 {
    ms / 60_000
}

/// A day of UTC.
fn day(days: i64) -> String {
    let date = Duration::try_days(days).and_then(|since| DateTime::UNIX_EPOCH.checked_add_signed(since));
    date.map_or_else(String::new, |date| date.format("%Y-%m-%d").to_string())
}

fn text(out: &mut dyn Write, progress: &Progress, table: &Table) -> Result<(), CliError> {
    let total = minutes(progress.practised_ms());
    let today = minutes(progress.practised_on(progress.today));
    let goal = match minutes(progress.goal_ms) {
        0 => String::new(),
        goal => format!(" of {goal}"),
    };
    let streak = format!("{} now, {} at most", progress.streak(), progress.longest_streak());
    let mut rows = vec![
        [
            "practised".to_owned(),
            format!(
                "{} h {:02} min on {}",
                total / 60,
                total % 60,
                counted(progress.days.len() as u32, "day")
            ),
        ],
        ["today".to_owned(), format!("{today}{goal} min")],
        ["days in a row".to_owned(), streak],
    ];
    let runs = &progress.runs;
    if let (Some(first), Some(last)) =
        (mean(&runs[..runs.len().min(RUNS)]), mean(&runs[runs.len().saturating_sub(RUNS)..]))
    {
        let best = runs.iter().map(|run| run.net_wpm_x100).max().unwrap_or(0);
        rows.push(["first tests".to_owned(), first]);
        rows.push(["latest tests".to_owned(), last]);
        rows.push(["best".to_owned(), format!("{} WPM net", figure(best.into()))]);
    }
    for (name, figures) in [("slowest keys", &table.keys), ("slowest pairs", &table.pairs)] {
        if !figures.is_empty() {
            rows.push([name.to_owned(), slowest(figures)]);
        }
    }
    Ok(print::columns(out, &rows)?)
}

/// The mean of some runs; nothing for none.
fn mean(runs: &[Run]) -> Option<String> {
    let of = |value: fn(&Run) -> u32| {
        let sum: u64 = runs.iter().map(|run| u64::from(value(run))).sum();
        figure(sum.checked_div(runs.len() as u64).unwrap_or(0))
    };
    let text = format!("{} WPM net at {} %", of(|run| run.net_wpm_x100), of(|run| run.accuracy_bp));
    (!runs.is_empty()).then_some(text)
}

fn slowest(figures: &[Figures]) -> String {
    let mut sorted: Vec<&Figures> = figures.iter().collect();
    sorted.sort_by(|a, b| b.ms.cmp(&a.ms).then_with(|| a.keys.cmp(&b.keys)));
    let shown = |keys: &str| keys.replace(' ', "␣").replace('\n', "⏎").replace('\t', "⇥");
    let named =
        sorted.iter().take(NAMED).map(|figures| format!("{} {} ms", shown(&figures.keys), figures.ms));
    named.collect::<Vec<_>>().join(", ")
}

fn as_json(progress: &Progress, table: &Table) -> Value {
    let figures = |all: &[Figures]| {
        let one = |one: &Figures| {
            json!({
                "keys": one.keys,
                "ms": one.ms,
                "missed_percent": print::hundredths(one.missed_bp),
                "tries": one.tries,
            })
        };
        all.iter().map(one).collect::<Vec<_>>()
    };
    let run = |run: &Run| {
        json!({
            "started": print::instant_ms(run.started_unix_ms),
            "net_wpm": print::hundredths(run.net_wpm_x100),
            "accuracy_percent": print::hundredths(run.accuracy_bp),
            "hidden": run.hidden.names(),
        })
    };
    let days =
        progress.days.iter().map(|one| json!({ "day": day(one.day), "minutes": minutes(one.practised_ms) }));
    json!({
        "practised_minutes": minutes(progress.practised_ms()),
        "today_minutes": minutes(progress.practised_on(progress.today)),
        "goal_minutes": minutes(progress.goal_ms),
        "streak_days": progress.streak(),
        "longest_streak_days": progress.longest_streak(),
        "days": days.collect::<Vec<_>>(),
        "runs": progress.runs.iter().map(run).collect::<Vec<_>>(),
        "target_ms": table.target_ms,
        "keys": figures(&table.keys),
        "pairs": figures(&table.pairs),
    })
}
