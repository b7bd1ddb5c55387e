//! `typeproof verify`: five separate answers about a badge, and one plain sentence; of many badges, a line each.

mod answer;
mod many;

use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use clap::Args;
use serde_json::Value;

use answer::{as_json, exit_code, unread};

use super::error::CliError;
use super::print;
use crate::badge::carry::bake::PICTURE_MAX;
use crate::badge::carry::link;
use crate::badge::draw::picture::Drawing;
use crate::badge::draw::words::{self, Figure};
use crate::badge::reasons::Reason;
use crate::badge::vc::did;
use crate::badge::vc::json::{self, SIZE_MAX};
use crate::badge::verify::about::Test;
use crate::badge::verify::status::{self, List};
use crate::badge::verify::summary::{Kind, Summary, issuer, shown_text, supervision};
use crate::badge::verify::verdict::Outcome;
use crate::badge::verify::{self, Report};
use crate::desk::{Desk, Found, Given, GivenError, Request};
use crate::store::files::read_file;
use crate::store::issuers;
use crate::trust::TrustList;
use crate::typing::record::MAX_BYTES;

#[derive(Debug, Args)]
#[command(after_long_help = super::help::VERIFY)]
pub(super) struct Verify {
    /// The badge; several badges and folders of badges may be given
    #[arg(value_name = "FILE|DIR|URL|TOKEN|-", required = true)]
    badges: Vec<String>,
    /// Its keystroke log (.tpa), or the record (.tpr) of practice or a course; all of it is replayed and every figure compared
    #[arg(long, value_name = "FILE")]
    log: Option<PathBuf>,
    /// The name or e-mail address of the person it should be about
    #[arg(long, value_name = "NAME|EMAIL")]
    holder: Option<String>,
    /// A folder of issuers to trust, in place of your own list
    #[arg(long, value_name = "DIR")]
    trust: Option<PathBuf>,
    /// The time to judge by, e.g. 2026-01-31 or 2026-01-31T12:00:00Z
    #[arg(long, value_name = "TIME", value_parser = time)]
    now: Option<DateTime<Utc>>,
    /// The issuer's published document with its keys (did.json); may be given several times
    #[arg(long = "did-doc", value_name = "FILE")]
    did_docs: Vec<PathBuf>,
    /// A list of revoked badges that the issuer published; may be given several times
    #[arg(long = "status-list", value_name = "FILE")]
    status_lists: Vec<PathBuf>,
    /// How many badges of many are verified at once [default: one for each processor]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    jobs: Option<u16>,
    /// Print JSON: one object, or one a line for many badges
    #[arg(long)]
    json: bool,
}

impl Verify {
    pub(super) fn run(self, desk: &mut Desk, out: &mut dyn Write) -> Result<u8, CliError> {
        if self.holder.as_deref().is_some_and(|holder| holder.trim().is_empty()) {
            return Err(CliError::usage("--holder is empty; give the name or e-mail address to compare"));
        }
        let documents = self.did_docs.iter().map(|path| did_document(path)).collect::<Result<Vec<_>, _>>()?;
        if self.log.is_some() && (self.badges.len() > 1 || self.badges.iter().any(|badge| is_folder(badge))) {
            return Err(CliError::usage("--log is the evidence of one badge; give that badge alone"));
        }
        let log = self.log.as_deref().map(|path| read(path, MAX_BYTES)).transpose()?;
        let trust = self.trust.as_deref().map(|dir| trust_in(dir, desk)).transpose()?;
        let statuses = self.statuses(trust.as_ref(), &documents, desk)?;
        let request = Request {
            trust,
            now: self.now,
            documents: &documents,
            holder: self.holder.as_deref(),
            attempt: log.as_deref(),
            statuses: &statuses,
        };
        let badge = match self.badges.as_slice() {
            [one] if !is_folder(one) => one,
            many => {
                let checker = desk.checker(&request);
                return many::verify(many, &checker, self.jobs, self.json, out);
            }
        };
        let (report, host, drawing) = match found(badge) {
            Ok(found) => {
                let report = desk.verify(&found.given, &request);
                let drawing = found.drawing(&report);
                let host = found.host.filter(|host| Some(host) != own_host(desk, &found.given).as_ref());
                (report, host, drawing)
            }
            Err(CliError::Given(GivenError::Picture(why))) => (verify::unreadable(unread(&why)), None, None),
            Err(why) => return Err(why),
        };
        match self.json {
            true => print::json(out, &as_json(&report, host.as_deref(), drawing))?,
            false => as_text(out, &report, host.as_deref(), drawing)?,
        }
        Ok(exit_code(report.verdict.outcome()))
    }

    /// The lists that were given.
    fn statuses(
        &self,
        trust: Option<&TrustList>,
        documents: &[Value],
        desk: &mut Desk,
    ) -> Result<Vec<List>, CliError> {
        if self.status_lists.is_empty() {
            return Ok(Vec::new());
        }
        let trust = trust.cloned().unwrap_or_else(|| desk.trust());
        self.status_lists.iter().map(|path| status_list(path, &trust, documents)).collect()
    }
}

fn is_folder(badge: &str) -> bool {
    badge != "-" && Given::path(badge).is_dir()
}

/// What a text names, or standard input has.
fn found(badge: &str) -> Result<Found, CliError> {
    if badge != "-" {
        return Ok(Given::find(badge)?);
    }
    let mut bytes = Vec::new();
    let read = io::stdin().take(PICTURE_MAX as u64 + 1).read_to_end(&mut bytes);
    read.map_err(|why| CliError::usage(format!("standard input cannot be read: {why}")))?;
    Ok(Given::read(&bytes)?)
}

/// A list of revoked badges given by the user; a file that is no list, or not its issuer's, ends the command.
pub(super) fn status_list(path: &Path, trust: &TrustList, documents: &[Value]) -> Result<List, CliError> {
    status::read(&read(path, SIZE_MAX)?, trust, documents).map_err(|why| {
        CliError::usage(format!("{} cannot be used as a list of revoked badges: {why}", path.display()))
    })
}

/// A day, meaning its beginning in UTC, or an instant with a time zone.
fn time(text: &str) -> Result<DateTime<Utc>, String> {
    let day = text.parse::<NaiveDate>().map(|day| day.and_time(NaiveTime::MIN).and_utc());
    day.or_else(|_| DateTime::parse_from_rfc3339(text).map(|time| time.to_utc()))
        .map_err(|_| "expected a day like 2026-01-31 or a time like 2026-01-31T12:00:00Z".to_owned())
}

/// A file that the question needs; without it nothing is asked.
fn read(path: &Path, limit: usize) -> Result<Vec<u8>, CliError> {
    read_file(path, limit as u64).map_err(|why| CliError::usage(why.to_string()))
}

/// A DID document given by the user.
pub(super) fn did_document(path: &Path) -> Result<Value, CliError> {
    let refuse = |why: &str| {
        CliError::usage(format!(
            "{} is not an issuer's document with its keys (did.json): {why}",
            path.display()
        ))
    };
    let document = json::parse(&read(path, SIZE_MAX)?).map_err(|why| refuse(&why.to_string()))?;
    match did::is_document(&document) {
        true => Ok(document),
        false => Err(refuse(
            "it does not name its issuer (`id`), or lists no keys that sign badges (`assertionMethod`)",
        )),
    }
}

/// The issuers of a folder and the program's own; one's own keys stay one's own.
fn trust_in(dir: &Path, desk: &Desk) -> Result<TrustList, CliError> {
    if !dir.is_dir() {
        return Err(CliError::usage(format!("--trust {}: no such folder; check the path", dir.display())));
    }
    let (mut list, _) = TrustList::embedded();
    for notice in issuers::load(dir, &mut list) {
        print::complain(&notice.to_string());
    }
    desk.own_keys().0.into_iter().for_each(|key| list.add_yourself(key));
    Ok(list)
}

/// The host of the links that this program makes.
fn own_host(desk: &Desk, given: &Given) -> Option<String> {
    let Given::Token(token) = given else { return None };
    link::read(&link::url(&desk.settings.verify_url, token)).ok()?.host
}

fn as_text(
    out: &mut dyn Write,
    report: &Report,
    host: Option<&str>,
    drawing: Option<Drawing>,
) -> Result<(), CliError> {
    writeln!(out, "{}\n", print::paragraphs(&shown_text(&report.verdict.sentence())))?;
    let of_drawing = drawing.map(|drawing| format!("{}.", capital(&drawing.reason().to_string())));
    // A picture that says otherwise is what its reader saw first, so this stands above all that the badge says.
    let (above, below) = match drawing {
        Some(drawing) if drawing.is_warning() => (of_drawing, None),
        _ => (None, of_drawing),
    };
    if let Some(warning) = above {
        writeln!(out, "{}\n", print::paragraphs(&warning))?;
    }
    let answers = report.verdict.answers();
    let rows: Vec<[String; 3]> =
        answers.iter().map(|(name, a)| [(*name).to_owned(), a.word().to_owned(), a.why()]).collect();
    print::columns(out, &rows)?;
    if report.credential.is_some() {
        let heading = match report.verdict.outcome() {
            Outcome::Valid => "What it says:",
            Outcome::Unproven => "What it claims:",
            Outcome::Refused | Outcome::CannotTell => "What it claims, which is not to be relied on:",
        };
        writeln!(out, "\n{heading}\n")?;
        let believed = report.verdict.issuer.is_yes();
        let test = report.test.as_ref();
        summary(out, &report.summary, test, report.known_issuer.as_deref(), believed)?;
    }
    if let Some(note) = below {
        writeln!(out, "\n{}", print::paragraphs(&note))?;
    }
    if let Some(host) = host {
        let host = shown_text(host);
        let note = format!(
            "The link's host, {host}, was not asked and decided nothing: a code must not name its own judge."
        );
        writeln!(out, "\n{}", print::paragraphs(&note))?;
    }
    Ok(())
}

/// What a badge says, in two columns; what it does not say is left out. The results stand apart, since the badge chooses
/// what they are called; and apart from them what its issuer says of supervision, who is `believed` at it or not.
pub(super) fn summary(
    out: &mut dyn Write,
    summary: &Summary,
    test: Option<&Test>,
    known_issuer: Option<&str>,
    believed: bool,
) -> Result<(), CliError> {
    let said = |what: fn(&Test) -> Option<&Reason>| test.and_then(what).map(ToString::to_string);
    let said = |what| said(what).unwrap_or_default();
    let times = match summary.kind {
        Kind::Test => words::times(summary),
        Kind::Practice | Kind::Course => words::period(summary),
    };
    let day = |instant: &Option<String>| instant.as_deref().map(words::day).unwrap_or_default();
    let others = summary.identifiers.iter().map(|(kind, value)| format!("{value} ({kind})"));
    let [of, taken, done] = match summary.kind {
        Kind::Test => ["Level", "Time taken", "Test taken"],
        Kind::Practice => ["Badge", "Practised", "Between"],
        Kind::Course => ["Course", "Practised", "Between"],
    };
    let rows = [
        ("Achievement", summary.achievement.clone()),
        (of, said(|test| Some(&test.level))),
        ("Text", said(|test| Some(&test.text))),
        (taken, said(|test| test.took.as_ref())),
        ("Holder", summary.holder.join(", ")),
        ("Identifiers", others.collect::<Vec<_>>().join(", ")),
        ("Supervision", supervision(summary, believed)),
        (
            "Supervised",
            summary.supervised.as_ref().map(|_| words::assurance(summary, false)).unwrap_or_default(),
        ),
        (done, times.unwrap_or_default()),
        ("Issuer", issuer(summary, known_issuer)),
        ("Valid from", day(&summary.valid_from)),
        ("Valid until", day(&summary.valid_until)),
        ("Remarks", summary.remarks.join(" ")),
    ];
    let rows = rows.into_iter().filter(|(_, value)| !value.is_empty());
    print::columns(out, &rows.map(|(name, value)| [name.to_owned(), value]).collect::<Vec<_>>())?;
    let figures = Figure::all(summary).into_iter().map(|figure| [figure.what.clone(), figure.in_full()]);
    named(out, "Results, as the badge names them:", &figures.collect::<Vec<_>>())?;
    let own = summary.own_words.iter().map(|(name, value)| {
        // What a name explains in brackets, the badge's file says.
        [name.split(" (").next().unwrap_or_default().to_owned(), value.clone()]
    });
    named(out, "In its issuer's own words, which nobody checked:", &own.collect::<Vec<_>>())
}

/// Results under a heading, if there are any.
fn named(out: &mut dyn Write, heading: &str, results: &[[String; 2]]) -> Result<(), CliError> {
    if results.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{heading}\n")?;
    Ok(print::columns(out, results)?)
}

/// A sentence with its first letter in upper case.
fn capital(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
