//! Printing: columns, JSON, figures, dates, and sentences on standard error; all text from outside is cleaned.

use std::io::{self, IsTerminal, Write};
use std::path::Path;

use chrono::{DateTime, SecondsFormat};
use serde_json::Value;
use unicode_width::UnicodeWidthStr;

use crate::badge::verify::summary::shown_text;
use crate::trust::{displayable, judged};

/// Spaces between columns.
const GAP: usize = 2;

/// A sentence on standard error, on one line: a text from outside within it cannot begin another.
pub(super) fn complain(text: &str) {
    say(&text.lines().map(displayable).collect::<Vec<_>>().join(" "));
}

/// What the reader of arguments says, whose lines stay lines.
pub(super) fn explain(text: &str) {
    say(&text.lines().map(displayable).collect::<Vec<_>>().join("\n"));
}

fn say(text: &str) {
    // Nobody may be reading.
    let _ = writeln!(io::stderr(), "typeproof: {text}");
}

/// The narrowest column that a text is broken into: below that the terminal may break it as it does.
const LEAST: usize = 24;

/// Columns of the terminal that standard output is; `None` where it is none, and lines stay as long as they are.
pub(super) fn width() -> Option<usize> {
    let (columns, _) = io::stdout().is_terminal().then(crossterm::terminal::size)?.ok()?;
    Some(usize::from(columns)).filter(|columns| *columns > 0)
}

/// The lines of a paragraph within so many columns, broken at spaces; a longer word has a line of its own.
fn broken(text: &str, columns: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) if line.width() + 1 + word.width() <= columns => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// Paragraphs, a line each, in the terminal's width.
pub(super) fn paragraphs(text: &str) -> String {
    let within = |line: &str| match width() {
        Some(columns) => broken(line, columns.max(LEAST)).join("\n"),
        None => line.to_owned(),
    };
    text.lines().map(within).collect::<Vec<_>>().join("\n")
}

/// Rows in columns as wide as their widest cell; the last is not padded, and broken where the terminal is narrower.
pub(super) fn columns<const N: usize>(out: &mut dyn Write, rows: &[[String; N]]) -> io::Result<()> {
    let rows: Vec<[String; N]> = rows.iter().map(|row| row.each_ref().map(|cell| shown_text(cell))).collect();
    let mut widths = [0; N];
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = cell.width().max(*width);
        }
    }
    let indent = widths.iter().rev().skip(1).map(|width| width + GAP).sum();
    let room = width().and_then(|columns| columns.checked_sub(indent)).filter(|room| *room >= LEAST);
    for row in &rows {
        let Some((last, front)) = row.split_last() else { continue };
        let mut line = String::new();
        for (cell, width) in front.iter().zip(widths) {
            line.push_str(cell);
            line.push_str(&" ".repeat(width - cell.width() + GAP));
        }
        let parts = room.map_or_else(|| vec![last.clone()], |room| broken(last, room));
        for part in parts {
            line.push_str(&part);
            writeln!(out, "{}", line.trim_end())?;
            line = " ".repeat(indent);
        }
    }
    Ok(())
}

/// A path as a terminal may show it: others may have named the folders in it.
pub(super) fn path(path: &Path) -> String {
    displayable(&path.display().to_string())
}

/// A JSON value on lines of its own.
pub(super) fn json(out: &mut dyn Write, value: &Value) -> io::Result<()> {
    escaped(out, &format!("{value:#}"))?;
    writeln!(out)
}

/// A JSON value within a line.
pub(super) fn json_line(out: &mut dyn Write, value: &Value) -> io::Result<()> {
    escaped(out, &value.to_string())
}

/// Text of JSON. What a terminal must not be sent stands in it as an escape, so that the text is the
/// same for every reader of the JSON.
fn escaped(out: &mut dyn Write, text: &str) -> io::Result<()> {
    let mut units = [0; 2];
    for (c, shown) in judged(text) {
        if shown || c == '\n' {
            write!(out, "{c}")?;
            continue;
        }
        for unit in c.encode_utf16(&mut units) {
            write!(out, "\\u{unit:04x}")?;
        }
    }
    Ok(())
}

/// Hundredths as a JSON number: 6420 is 64.2.
pub(super) fn hundredths(n: u32) -> Value {
    Value::from(f64::from(n) / 100.0)
}

/// Milliseconds since 1970 as RFC 3339 in UTC, to the second.
pub(super) fn instant_ms(unix_ms: i64) -> String {
    let time = DateTime::from_timestamp_millis(unix_ms);
    time.map_or_else(String::new, |t| t.to_rfc3339_opts(SecondsFormat::Secs, true))
}

/// Seconds since 1970 as a day in UTC.
pub(super) fn day(unix: i64) -> String {
    DateTime::from_timestamp(unix, 0).map_or_else(String::new, |t| t.format("%Y-%m-%d").to_string())
}

/// Milliseconds as minutes and seconds: `5:00`.
pub(super) fn minutes(ms: u32) -> String {
    let seconds = (ms + 500) / 1_000;
    format!("{}:{:02}", seconds / 60, seconds % 60)
}
