//! The rows of a table: its separator, its header, and a candidate from each row.

use std::collections::HashMap;

use csv::ReaderBuilder;
use unicode_normalization::UnicodeNormalization;

use super::candidate::{Candidate, MAX_CANDIDATES, is_number};
use super::columns::{Columns, Name, Unnamed, named};
use crate::exam::fault::{Fault, Faults};
use crate::trust::{checked_name, displayable, is_displayable, skeletons};

/// Rows among which the one that names the columns is looked for: titles stand above some tables.
const HEADER_WITHIN: usize = 10;

/// Longest cell of another column in bytes.
const MAX_CELL: usize = 500;

/// Longest e-mail address (RFC 5321, section 4.5.3.1.3).
const MAX_EMAIL: usize = 254;

/// A row: its line, from 1, and its cells, trimmed.
type Row = (usize, Vec<String>);

/// What is wrong, and in which line.
type Wrong = (Option<usize>, String);

/// A table whose columns are known.
pub(super) struct Table {
    columns: Columns,
    header: Row,
    rows: Vec<Row>,
    /// The line of each row above the header.
    above: Vec<usize>,
}

/// Takes a text apart into a table. The separator is the one with which a row names the columns.
pub(super) fn table(text: &str) -> Result<Table, Wrong> {
    let (told, text) = separator_line(text);
    let mut twice = None;
    let tries = told.map_or_else(|| b",;\t|".to_vec(), |separator| vec![separator]);
    for separator in tries {
        let rows = split(text, separator);
        for (i, (line, cells)) in rows.iter().take(HEADER_WITHIN).enumerate() {
            match named(cells) {
                Ok(columns) => return whole(text, separator, columns, rows, i),
                Err(Unnamed::Twice(what)) if cells.len() > 1 => {
                    twice = twice.or(Some((Some(*line), what)));
                }
                Err(_) => {}
            }
        }
    }
    Err(twice.unwrap_or_else(|| unnamed(text)))
}

/// The table below the header in the row `at`.
fn whole(text: &str, separator: u8, columns: Columns, mut rows: Vec<Row>, at: usize) -> Result<Table, Wrong> {
    if let Some(line) = unclosed(text, separator) {
        return Err((Some(line), "a quotation mark is not closed; close it, or remove it".to_owned()));
    }
    let below = rows.split_off(at + 1);
    let header = rows.pop().unwrap_or_default();
    Ok(Table { columns, header, rows: below, above: rows.into_iter().map(|(line, _)| line).collect() })
}

/// What is said of a table whose columns have no names.
fn unnamed(text: &str) -> Wrong {
    let first = text.lines().map(str::trim).find(|line| !line.is_empty());
    let Some(first) = first else {
        return (None, "the table is empty; write a row of headers and one for each candidate".to_owned());
    };
    let shown: String = displayable(first).chars().take(60).collect();
    let what = format!(
        "no row names the columns; begin with one such as `number;name;e-mail` or `Nummer;Vorname;Nachname`, since the first \
         row here is `{shown}`"
    );
    (None, what)
}

/// The separator that a first line states as Excel does, `sep=;`; and the text, in which that line is empty.
fn separator_line(text: &str) -> (Option<u8>, &str) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let stated = first.trim().trim_matches('"').strip_prefix("sep=");
    match stated.map(str::as_bytes) {
        // The line feed stays, so that lines keep their numbers.
        Some([separator]) => (Some(*separator), text.get(text.len() - rest.len() - 1..).unwrap_or(rest)),
        // The line that was cut at a tabulator's trimming.
        Some([]) => (Some(b'\t'), text.get(text.len() - rest.len() - 1..).unwrap_or(rest)),
        _ => (None, text),
    }
}

/// The rows that have a cell with something in it.
fn split(text: &str, separator: u8) -> Vec<Row> {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(text.as_bytes());
    let rows = reader.records().filter_map(|record| {
        // The text is UTF-8 and rows may have any length, so none is refused.
        let record = record.ok()?;
        let line = record.position().map_or(0, |position| position.line() as usize);
        let cells: Vec<String> = record.iter().map(|cell| cell.trim().to_owned()).collect();
        cells.iter().any(|cell| !cell.is_empty()).then_some((line, cells))
    });
    rows.collect()
}

/// The line of a quotation mark that begins a cell and that none closes.
fn unclosed(text: &str, separator: u8) -> Option<usize> {
    let (mut line, mut opened, mut begins) = (1, None, true);
    let mut bytes = text.bytes().peekable();
    while let Some(b) = bytes.next() {
        match b {
            b'"' if opened.is_some() => {
                if bytes.peek() == Some(&b'"') {
                    bytes.next();
                } else {
                    opened = None;
                }
            }
            b'"' if begins => opened = Some(line),
            _ => {}
        }
        line += usize::from(b == b'\n');
        begins = opened.is_none() && (b == separator || b == b'\n');
    }
    opened
}

/// The candidates of a table, and what a person should know of them.
pub(super) fn candidates(file: &str, table: &Table) -> Result<(Vec<Candidate>, Vec<Fault>), Faults> {
    let mut faults = Vec::new();
    let mut notices: Vec<Fault> = table
        .above
        .iter()
        .map(|line| Fault::new(file, Some(*line), "this row stands above the headers, and was passed over"))
        .collect();
    if table.rows.len() > MAX_CANDIDATES {
        let what =
            format!("{} candidates; an exam has at most {MAX_CANDIDATES}, so divide it", table.rows.len());
        return Err(Faults::new(vec![Fault::new(file, None, &what)]));
    }
    let mut candidates: Vec<(usize, Candidate)> = Vec::new();
    for (line, cells) in &table.rows {
        match table.candidate(cells) {
            Ok(candidate) => candidates.push((*line, candidate)),
            Err(whats) => faults.extend(whats.iter().map(|what| Fault::new(file, Some(*line), what))),
        }
    }
    faults.extend(twice(file, &candidates));
    if candidates.is_empty() && faults.is_empty() {
        faults.push(Fault::new(file, None, "the table has headers and no candidate; write a row for each"));
    }
    if !faults.is_empty() {
        return Err(Faults::new(faults));
    }
    notices.extend(alike(file, &candidates));
    Ok((candidates.into_iter().map(|(_, candidate)| candidate).collect(), notices))
}

impl Table {
    /// The candidate of a row.
    fn candidate(&self, cells: &[String]) -> Result<Candidate, Vec<String>> {
        let cell = |at: usize| cells.get(at).map_or("", String::as_str);
        let mut wrong = Vec::new();
        if let Some(extra) = cells.iter().skip(self.header.1.len()).find(|cell| !cell.is_empty()) {
            wrong.push(format!(
                "`{}` stands beyond the last column; put a cell that holds the separator in quotation marks",
                short(extra)
            ));
        }
        let number = number(cell(self.columns.number)).map_err(|what| wrong.push(what)).ok();
        let name = match self.columns.name {
            Name::Whole(at) => cell(at).to_owned(),
            Name::Parts { given, family } => format!("{} {}", cell(given), cell(family)),
        };
        let name = checked(&name).map_err(|what| wrong.push(what)).ok();
        let email = self.columns.email.map(cell).filter(|email| !email.is_empty());
        let email = email.map(address).transpose().map_err(|what| wrong.push(what)).ok().flatten();
        match (number, name) {
            (Some(number), Some(name)) if wrong.is_empty() => {
                Ok(Candidate { number, name, email, more: self.more(cells) })
            }
            _ => Err(wrong),
        }
    }

    /// The other columns that have a header and a value.
    fn more(&self, cells: &[String]) -> Vec<(String, String)> {
        let named = match self.columns.name {
            Name::Whole(at) => [at, at],
            Name::Parts { given, family } => [given, family],
        };
        let known = |at: &usize| {
            *at == self.columns.number || named.contains(at) || self.columns.email.as_ref() == Some(at)
        };
        let shown = |text: &str| -> String {
            let text = displayable(&text.replace('\n', " "));
            let mut text: String = text.split_whitespace().collect::<Vec<_>>().join(" ").nfc().collect();
            text.truncate(text.floor_char_boundary(MAX_CELL));
            text
        };
        let all = self.header.1.iter().zip(cells).enumerate().filter(|(at, _)| !known(at));
        all.map(|(_, (header, cell))| (shown(header), shown(cell)))
            .filter(|(header, cell)| !header.is_empty() && !cell.is_empty())
            .collect()
    }
}

/// A candidate's number: as text, as a spreadsheet protects it (`="0017"`, `'0017`).
fn number(cell: &str) -> Result<String, String> {
    let bare = cell.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')).unwrap_or(cell);
    let bare = bare.strip_prefix('\'').unwrap_or(bare).trim();
    let number: String = bare.nfkc().collect();
    if is_number(&number) {
        return Ok(number);
    }
    let shortened = number.contains("E+") || number.contains("e+");
    Err(if number.is_empty() {
        "the number is missing; every candidate needs one".to_owned()
    } else if shortened {
        format!(
            "the spreadsheet shortened the number to `{number}`; format the column as text, and type it again"
        )
    } else {
        format!(
            "`{}` is no number of a candidate: it may have up to 32 letters (a to z), digits and - . / _, and begins with a \
             letter or digit; change it",
            short(&number)
        )
    })
}

/// A name as it can stand on a badge.
fn checked(name: &str) -> Result<String, String> {
    let name = checked_name(name).map_err(|why| why.to_string())?;
    if name.starts_with(['=', '+', '-', '@', '#']) {
        return Err(format!(
            "the name `{}` is a formula or an error of a spreadsheet; write the name itself",
            short(&name)
        ));
    }
    if name.contains('\u{fffd}') {
        return Err(format!("the name `{}` holds a letter that was lost; write it anew", short(&name)));
    }
    if !name.chars().any(char::is_alphabetic) {
        return Err(format!("the name `{}` has no letter; look whether the columns are right", short(&name)));
    }
    Ok(name)
}

/// An e-mail address: something, one @, something with a dot or a host of its own.
fn address(cell: &str) -> Result<String, String> {
    let parts: Vec<&str> = cell.split('@').collect();
    let fits = matches!(parts.as_slice(), [before, after] if !before.is_empty() && !after.is_empty());
    let odd = |c: char| c.is_whitespace() || c.is_control() || "<>()[],;:\\\"".contains(c);
    if fits
        && cell.len() <= MAX_EMAIL
        && is_displayable(cell)
        && !cell.contains(odd)
        && !cell.starts_with(['=', '+', '-'])
    {
        return Ok(cell.to_owned());
    }
    Err(format!(
        "`{}` is no e-mail address; write one such as ada@example.org, or leave it empty",
        short(cell)
    ))
}

/// A text as a sentence can hold it.
fn short(text: &str) -> String {
    let shown = displayable(text);
    let begin: String = shown.chars().take(40).collect();
    if begin.len() < shown.len() { format!("{begin}…") } else { begin }
}

/// Numbers that stand twice.
fn twice(file: &str, candidates: &[(usize, Candidate)]) -> Vec<Fault> {
    let mut first: HashMap<String, usize> = HashMap::new();
    let mut faults = Vec::new();
    for (line, candidate) in candidates {
        match first.get(&candidate.number.to_lowercase()) {
            Some(other) => {
                let what = format!(
                    "number {} stands in line {other} too; give each candidate one",
                    candidate.number
                );
                faults.push(Fault::new(file, Some(*line), &what));
            }
            None => {
                first.insert(candidate.number.to_lowercase(), *line);
            }
        }
    }
    faults
}

/// Names that look alike: who checks identity should know.
fn alike(file: &str, candidates: &[(usize, Candidate)]) -> Vec<Fault> {
    let mut first: HashMap<String, usize> = HashMap::new();
    let mut notices = Vec::new();
    for (at, (line, candidate)) in candidates.iter().enumerate() {
        let forms = skeletons(&candidate.name);
        let other = forms.iter().filter(|form| !form.is_empty()).find_map(|form| first.get(form).copied());
        if let Some((other_line, other)) = other.and_then(|at| candidates.get(at)) {
            let same = if other.name == candidate.name { "is that of" } else { "looks like that of" };
            let what = format!(
                "the name {} {same} candidate {} in line {other_line}; tell them apart by their numbers",
                candidate.name, other.number
            );
            notices.push(Fault::new(file, Some(*line), &what));
        }
        for form in forms {
            first.entry(form).or_insert(at);
        }
    }
    notices
}
