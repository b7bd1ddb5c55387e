//! `typeproof badge`: the badges that were issued.

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

use clap::{Args, Subcommand};
use serde_json::{Value, json};
use zeroize::Zeroizing;

use super::error::CliError;
use super::exit::OK;
use super::{passphrase, print, verify};
use crate::badge::carry::share::{Reach, reach, short_id};
use crate::badge::carry::symbol::Symbol;
use crate::badge::carry::{digits, link};
use crate::badge::draw::drawing::cells;
use crate::badge::draw::drawing::image_protocol::{self, Environment};
use crate::badge::verify::about;
use crate::badge::verify::summary::Summary;
use crate::desk::{self, Award, Desk, DeskError, Log, Recipient};
use crate::lessons::practice::Milestone;
use crate::store::history::BadgeRow;
use crate::store::settings::holder_name;
use crate::tui::host::local;
use crate::tui::screens::wallet::title;
use crate::typing::exercise::Source;

mod export;
mod find;
mod request;
mod share;

use export::Export;
pub(super) use find::find;
use share::Share;

/// Rows of text that an image of the QR code takes: with them its modules are some six pixels wide.
const IMAGE_ROWS: u16 = 22;

#[derive(Debug, Args)]
#[command(after_long_help = super::help::BADGE)]
pub(super) struct Badge {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// List the badges, newest first
    #[command(after_long_help = super::help::BADGE_LIST)]
    List {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Show a badge: what it says, its files, its link, its QR code
    #[command(after_long_help = super::help::BADGE_SHOW)]
    Show {
        /// The badge's id, or the beginning of it
        id: String,
    },
    Share(Share),
    Export(Export),
    Request(request::Request),
    Issue(Issue),
}

/// Issue a badge: of a passed attempt that has none yet, of a course, or of hours of practice
#[derive(Debug, Args)]
#[command(after_long_help = super::help::BADGE_ISSUE)]
#[command(group(clap::ArgGroup::new("what").required(true).args(["attempt", "course", "practice"])))]
struct Issue {
    /// The attempt's id, or the beginning of it
    attempt: Option<String>,
    /// A course that was completed: its id, such as numbers
    #[arg(long, value_name = "ID")]
    course: Option<String>,
    /// Hours of practice in all exercises together: 10h, 50h or 100h
    #[arg(long, value_name = "HOURS", value_parser = milestone)]
    practice: Option<Milestone>,
    /// The name on the badge; the holder's name from the settings where it is not given
    #[arg(long)]
    name: Option<String>,
    /// Read the key's passphrase from the first line of standard input
    #[arg(long)]
    passphrase_stdin: bool,
}

impl Badge {
    pub(super) fn run(self, desk: &mut Desk, out: &mut dyn Write) -> Result<u8, CliError> {
        match self.command {
            Command::List { json } => list(desk, json, out),
            Command::Show { id } => {
                let row = find(desk, &id)?;
                show(desk, &row, out)
            }
            Command::Share(share) => share.run(desk, out),
            Command::Export(export) => export.run(desk, out),
            Command::Request(request) => request.run(desk, out),
            Command::Issue(issue) => issue.run(desk, out),
        }
    }
}

fn list(desk: &mut Desk, as_json: bool, out: &mut dyn Write) -> Result<u8, CliError> {
    let badges = desk.history()?.badges()?;
    if as_json {
        let row = |b: &BadgeRow| {
            json!({"id": b.id, "attempt": b.attempt_id, "level": b.level_id, "title": title(b), "holder": b.name,
                "assurance": b.assurance, "issued": print::instant_ms(b.issued_unix.saturating_mul(1_000)),
                "valid_until": b.valid_until_unix.map(|t| print::instant_ms(t.saturating_mul(1_000))),
                "url": Some(desk.moved(b).token).filter(|link| reach(link) != Reach::NoAddress),
                "token": link::read(&b.token).ok().map(|link| digits::encode(&link.payload))})
        };
        print::json(out, &badges.iter().map(row).collect::<Value>())?;
        return Ok(OK);
    }
    let row = |b: &BadgeRow| {
        let until = b.valid_until_unix.map(|t| format!("until {}", print::day(t))).unwrap_or_default();
        let id = short_id(&b.id).chars().take(8).collect();
        [id, print::day(b.issued_unix), until, b.assurance.to_string(), b.name.clone(), title(b)]
    };
    print::columns(out, &badges.iter().map(row).collect::<Vec<_>>())?;
    if badges.is_empty() {
        writeln!(out, "No badges yet: pass a level to get one; `typeproof levels` lists them.")?;
    }
    Ok(OK)
}

fn show(desk: &mut Desk, row: &BadgeRow, out: &mut dyn Write) -> Result<u8, CliError> {
    let credential: Value = serde_json::from_str(&row.credential)
        .map_err(|why| CliError::refused(format!("badge {} is damaged in the history: {why}", row.id)))?;
    let row = &desk.moved(row);
    // A badge is shown from the history, be its files on a medium that cannot be written to.
    let files = desk.write_files(row, &desk.paths().badges_dir(), Log::With).unwrap_or_else(|why| {
        print::complain(&format!("the badge's files were not written: {why}"));
        Vec::new()
    });
    let test = about::test(&credential, &desk.catalogue(), None);
    verify::summary(out, &Summary::of(&credential), Some(&test), None, true)?;
    writeln!(out)?;
    let files = desk::with_exports(files);
    for file in &files {
        writeln!(out, "{}", print::path(file))?;
    }
    writeln!(out, "\n{}", row.token)?;
    if reach(&row.token) == Reach::NoAddress {
        let note = format!(
            "(These digits are the badge. They become a link when `verify_url` in {} names a hosted page; `typeproof badge \
             share` says how to get one.)",
            print::path(&desk.paths().settings_file())
        );
        writeln!(out, "{}", print::paragraphs(&note))?;
    }
    // Last, so that nothing scrolls it away.
    if io::stdout().is_terminal() {
        writeln!(out)?;
        draw(out, &Symbol::new(&row.token).map_err(DeskError::from)?, &files)?;
    }
    Ok(OK)
}

/// The QR code as an image where the terminal can show one, else in cells where it fits, else what it would need.
fn draw(out: &mut dyn Write, symbol: &Symbol, files: &[PathBuf]) -> Result<(), CliError> {
    let variable = |name: &str| std::env::var(name).unwrap_or_default();
    let [term, program, kitty, tmux] = ["TERM", "TERM_PROGRAM", "KITTY_WINDOW_ID", "TMUX"].map(variable);
    let environment =
        Environment { term: &term, term_program: &program, kitty_window_id: &kitty, tmux: &tmux };
    if let Some(protocol) = image_protocol::choose(&environment) {
        let image = image_protocol::escape(protocol, symbol, IMAGE_ROWS).map_err(DeskError::from)?;
        return Ok(writeln!(out, "{image}")?);
    }
    let form = local::code();
    let (columns, rows) = crossterm::terminal::size().unwrap_or((80, 24));
    // The prompt takes a row.
    match cells::to_ansi(symbol, columns, rows.saturating_sub(1), form) {
        Some(code) => write!(out, "{code}")?,
        None => {
            let (wide, high) = cells::least(symbol, form);
            let code = files.iter().find(|file| file.to_string_lossy().ends_with(".qr.png"));
            let open = code.map_or_else(|| "its picture".to_owned(), |file| print::path(file));
            let text = format!(
                "To show the QR code here, the window needs {wide} columns and {} rows; it has {columns} and {rows}. Enlarge \
                 it, or open {open}.",
                high + 1
            );
            writeln!(out, "{}", print::paragraphs(&text))?;
        }
    }
    Ok(())
}

impl Issue {
    fn run(self, desk: &mut Desk, out: &mut dyn Write) -> Result<u8, CliError> {
        let award = match (&self.attempt, &self.course, self.practice) {
            (_, _, Some(milestone)) => self.of_practice(desk, milestone)?,
            (_, Some(course), None) => self.of_course(desk, course)?,
            (Some(attempt), None, None) => self.of_attempt(desk, attempt)?,
            (None, None, None) => {
                return Err(CliError::usage("give an attempt's id, --course ID or --practice HOURS"));
            }
        };
        show(desk, &award.row, out)
    }

    fn of_practice(&self, desk: &mut Desk, milestone: Milestone) -> Result<Award, CliError> {
        if let Some(badge) = desk.badge_of_practice(milestone)? {
            return Err(has_its_badge("this practice", &badge));
        }
        let recipient = self.recipient(desk)?;
        let passphrase = self.passphrase(desk)?;
        Ok(desk.award_practice(milestone, &recipient, passphrase.as_ref())?)
    }

    fn of_course(&self, desk: &mut Desk, id: &str) -> Result<Award, CliError> {
        let progress = desk.course_progress(id)?;
        let Some(lesson) = progress.lessons.first() else {
            return Err(DeskError::NoTest(progress.course.id).into());
        };
        if let Some(badge) = desk.badge_of_course(&lesson.named)? {
            return Err(has_its_badge("this course", &badge));
        }
        let completion = desk.completion(&lesson.named, None)?;
        let recipient = self.recipient(desk)?;
        let passphrase = self.passphrase(desk)?;
        Ok(desk.award_course(&completion.last, &recipient, passphrase.as_ref())?)
    }

    fn of_attempt(&self, desk: &mut Desk, attempt: &str) -> Result<Award, CliError> {
        let finished = desk.reopen(attempt)?;
        if let Some(badge) = desk.history()?.badge_of(&finished.id)? {
            return Err(has_its_badge("this attempt", &badge));
        }
        if let Source::Lesson(of) = &finished.attempt.exercise.source
            && !finished.may_have_badge()
        {
            return Err(CliError::refused(format!(
                "this was a lesson: the badge is of its course, and `typeproof badge issue --course {}` issues it",
                of.course
            )));
        }
        match (&finished.verdict, &finished.attempt.level) {
            _ if finished.is_final_test() => {}
            (None, Some(level)) => {
                return Err(CliError::refused(format!(
                    "the level {} (version {}) is not loaded: give its folder with --lessons DIR",
                    level.id, level.version
                )));
            }
            (None, None) => return Err(CliError::refused("this was a free test: only levels have badges")),
            (Some(Err(missing)), _) => {
                let missing: Vec<String> = missing.iter().map(ToString::to_string).collect();
                return Err(CliError::refused(format!("the level was not passed: {}", missing.join("; "))));
            }
            (Some(Ok(_)), _) => {}
        }
        let recipient = self.recipient(desk)?;
        let passphrase = self.passphrase(desk)?;
        Ok(desk.award_to(&finished, &recipient, passphrase.as_ref())?)
    }

    fn recipient(&self, desk: &Desk) -> Result<Recipient, CliError> {
        Ok(match &self.name {
            Some(name) => {
                let name = holder_name(name).map_err(|why| CliError::usage(format!("--name: {why}")))?;
                let own = desk.settings.holder_name.as_ref().is_none_or(|own| *own == name);
                Recipient { name, email: desk.settings.holder_email.clone().filter(|_| own) }
            }
            None => Recipient {
                name: desk.settings.holder_name.clone().ok_or(DeskError::NoName)?,
                email: desk.settings.holder_email.clone(),
            },
        })
    }

    fn passphrase(&self, desk: &Desk) -> Result<Option<Zeroizing<String>>, CliError> {
        Ok(match (desk.needs_passphrase()?, self.passphrase_stdin) {
            (false, _) => None,
            (true, true) => Some(passphrase::from_stdin()?),
            (true, false) => Some(passphrase::ask("Passphrase of the issuer key: ")?),
        })
    }
}

fn has_its_badge(what: &str, badge: &BadgeRow) -> CliError {
    CliError::refused(format!("{what} has its badge already: `typeproof badge show {}`", short_id(&badge.id)))
}

/// A milestone by its hours: `10h`, or `10`.
fn milestone(text: &str) -> Result<Milestone, String> {
    let hours = text.strip_suffix('h').unwrap_or(text).parse().ok();
    hours.and_then(Milestone::of_hours).ok_or_else(|| {
        let known: Vec<String> = Milestone::all().map(|m| format!("{}h", m.hours())).collect();
        format!("there are badges for {} of practice", known.join(", "))
    })
}
