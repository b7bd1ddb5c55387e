//! `typeproof history`: the attempts, as a table, JSON or CSV (RFC 4180).

use std::io::Write;

use clap::Args;
use serde_json::{Value, json};

use super::error::CliError;
use super::exit::OK;
use super::print;
use crate::badge::credential::{halves, hundredths};
use crate::desk::Desk;
use crate::lessons::decimal::figure;
use crate::store::history::{AttemptRow, Ended, Filter};
use crate::trust::displayable;

/// Rows of the table where no limit is given: a screenful.
const TABLE_ROWS: u32 = 20;

/// Characters of an id that the table shows; commands take the beginning of one.
const SHORT_ID: usize = 8;

#[derive(Debug, Args)]
#[command(after_long_help = super::help::HISTORY)]
pub(super) struct History {
    /// Print JSON
    #[arg(long, conflicts_with = "csv")]
    json: bool,
    /// Print CSV
    #[arg(long)]
    csv: bool,
    /// At most this many; the table shows 20, JSON and CSV all
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    limit: Option<u32>,
    /// Only attempts at this level
    #[arg(long, value_name = "ID")]
    level: Option<String>,
}

impl History {
    pub(super) fn run(self, desk: &mut Desk, out: &mut dyn Write) -> Result<u8, CliError> {
        let all = self.json || self.csv;
        let limit = self.limit.or_else(|| (!all).then_some(TABLE_ROWS));
        let filter = Filter { level_id: self.level, passed_only: false, limit };
        let attempts = desk.history()?.attempts(&filter)?;
        if let (true, Some(id)) = (attempts.is_empty(), &filter.level_id) {
            // Own levels whose folder is not given still have their attempts.
            let level = desk.level(id)?;
            if !all {
                writeln!(
                    out,
                    "No attempts at {} yet. `typeproof test --level {}` takes it.",
                    level.id, level.id
                )?;
                return Ok(OK);
            }
        }
        match (self.json, self.csv) {
            (true, _) => print::json(out, &attempts.iter().map(as_json).collect())?,
            (_, true) => csv(out, &attempts)?,
            _ => table(out, &attempts)?,
        }
        Ok(OK)
    }
}

fn what(attempt: &AttemptRow) -> &str {
    attempt.level.as_ref().map_or(attempt.source.as_str(), |(id, _)| id.as_str())
}

fn table(out: &mut dyn Write, attempts: &[AttemptRow]) -> Result<(), CliError> {
    if attempts.is_empty() {
        writeln!(out, "No attempts yet. `typeproof test --time 60` takes a free test.")?;
        return Ok(());
    }
    let head = ["id", "began (UTC)", "time", "net WPM", "accuracy", "errors", "", "what"].map(str::to_owned);
    let row = |a: &AttemptRow| {
        [
            a.id.chars().take(SHORT_ID).collect(),
            print::instant_ms(a.started_unix_ms).chars().take(16).collect::<String>().replace('T', " "),
            print::minutes(a.duration_ms),
            figure(a.net_wpm_x100.into()),
            format!("{} %", figure(a.accuracy_bp.into())),
            halves(a.errors_x2),
            match (a.passed, a.ended) {
                (true, _) => "passed",
                (false, Ended::GaveUp) => "unfinished",
                (false, Ended::Completed | Ended::TimeUp) => "",
            }
            .to_owned(),
            match a.hidden.is_nothing() {
                true => what(a).to_owned(),
                false => format!("{}, {} hidden", what(a), a.hidden),
            },
        ]
    };
    let rows: Vec<[String; 8]> = [head].into_iter().chain(attempts.iter().map(row)).collect();
    Ok(print::columns(out, &rows)?)
}

fn as_json(a: &AttemptRow) -> Value {
    json!({
        "id": a.id,
        "started": print::instant_ms(a.started_unix_ms),
        "level": a.level.as_ref().map(|(id, _)| id),
        "level_version": a.level.as_ref().map(|(_, version)| version),
        "source": a.source,
        "passages": a.passages,
        "passed": a.passed,
        "ended": a.ended.as_str(),
        "layout": a.keyboard.as_ref().map(|keyboard| &keyboard.layout),
        "keyboard_set_to": a.keyboard.as_ref().map(|k| k.set_to.as_ref().unwrap_or(&k.layout)),
        "hidden": a.hidden.names(),
        "seconds": f64::from(a.duration_ms) / 1_000.0,
        "net_wpm": print::hundredths(a.net_wpm_x100),
        "gross_wpm": print::hundredths(a.gross_wpm_x100),
        "raw_wpm": print::hundredths(a.raw_wpm_x100),
        "accuracy_percent": print::hundredths(a.accuracy_bp),
        "consistency_percent": print::hundredths(a.consistency_bp),
        "errors": f64::from(a.errors_x2) / 2.0,
        "score": serde_json::from_str::<Value>(&a.score_json).ok(),
    })
}

fn csv(out: &mut dyn Write, attempts: &[AttemptRow]) -> Result<(), CliError> {
    let head = "id,started,level,level_version,source,passed,ended,seconds,net_wpm,gross_wpm,raw_wpm,accuracy_percent,\
                consistency_percent,errors,layout,hidden";
    write!(out, "{head}\r\n")?;
    for a in attempts {
        let (level, version) = a.level.as_ref().map_or(("", String::new()), |(id, v)| (id, v.to_string()));
        let seconds = format!("{}.{:03}", a.duration_ms / 1_000, a.duration_ms % 1_000);
        let cells = [
            text_cell(&a.id),
            print::instant_ms(a.started_unix_ms),
            text_cell(level),
            version,
            text_cell(&a.source),
            a.passed.to_string(),
            text_cell(a.ended.as_str()),
            seconds,
            hundredths(a.net_wpm_x100),
            hundredths(a.gross_wpm_x100),
            hundredths(a.raw_wpm_x100),
            hundredths(a.accuracy_bp),
            hundredths(a.consistency_bp),
            halves(a.errors_x2),
            a.keyboard.as_ref().map(ToString::to_string).unwrap_or_default(),
            a.hidden.to_string(),
        ];
        write!(out, "{}\r\n", cells.join(","))?;
    }
    Ok(())
}

/// A text as a CSV cell: quoted where RFC 4180 asks for it, and with an apostrophe in front where a spreadsheet would
/// take it for a formula (OWASP, "CSV Injection"), without what a terminal must not be sent.
fn text_cell(text: &str) -> String {
    let text = displayable(text);
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = format!("{}{text}", if formula { "'" } else { "" });
    if text.contains(['"', ',', '\r', '\n']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}
