//! `typeproof review`: what learners sent in is examined, replayed, and signed for an organisation.

use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use zeroize::Zeroizing;

use super::error::CliError;
use super::exit::{OK, REFUSED};
use super::play::{need_terminal, show};
use super::{passphrase, print};
use crate::badge::draw::words;
use crate::badge::holder::{MAX_NAME_BYTES, Phrase};
use crate::desk::{Decision, Desk, Examined, Log, MAX_REQUEST_BYTES, Organisation, plausibility};
use crate::keyring::{IssuerKey, KeyId};
use crate::store::files::read_file;
use crate::tui::app::{App, Start};
use crate::tui::host::local::Keyboard;
use crate::typing::circumstances::Circumstances;
use crate::typing::plausibility::LIMITS;

/// How the names of requests end.
pub(super) const EXTENSION: &str = "tprr";

/// Review what learners sent in: replay it, recompute every figure, and sign it for an organisation
///
/// A request is a file that `typeproof badge request` makes. It is examined first: the badge must be unchanged, the attempt
/// the one that it names, and every figure what the attempt gives here. What differs is refused, and nothing of it is signed.
/// In a terminal the keystrokes are then played, and you decide. With --accept nothing is asked, for scripts. The new badge
/// says "reviewed", and names the learner, the reviewer and the organisation. Who typed, no review shows.
#[derive(Debug, Args)]
#[command(after_long_help = super::help::REVIEW)]
pub(super) struct Review {
    /// A request, or a folder of them
    #[arg(value_name = "FILE|DIR")]
    path: PathBuf,
    /// The organisation that signs, by its id; not needed where there is only one
    #[arg(long, value_name = "ID")]
    issuer: Option<KeyId>,
    /// The reviewer's name; the holder's name from the settings where it is not given
    #[arg(long, value_name = "NAME")]
    reviewer: Option<String>,
    /// The reviewer's title or office
    #[arg(long)]
    title: Option<String>,
    /// What you say of the decision; it stands on the badge
    #[arg(long)]
    note: Option<String>,
    /// Accept everything that holds, and ask nothing
    #[arg(long)]
    accept: bool,
    /// Do not play the keystrokes
    #[arg(long)]
    no_replay: bool,
    /// The folder for the new badges' files, besides the folder of all badges
    #[arg(long, value_name = "DIR")]
    to: Option<PathBuf>,
    /// Read the key's passphrase from the first line of standard input
    #[arg(long, requires = "accept")]
    passphrase_stdin: bool,
}

/// What came of one request.
enum Outcome {
    Signed,
    Left,
    Refused,
}

impl Review {
    pub(super) fn run(self, desk: &mut Desk, out: &mut dyn Write) -> Result<u8, CliError> {
        let asks = !self.accept;
        if asks && !(io::stdin().is_terminal() && io::stdout().is_terminal()) {
            return Err(CliError::usage(
                "nobody can be asked here: run this in a terminal, or give --accept with --note for scripts",
            ));
        }
        let organisation = self.organisation(desk)?;
        let decision = self.decision(desk)?;
        let paths = requests(&self.path)?;
        // Whatever is wrong with a passphrase is said before anything is read.
        let mut key = if asks { None } else { Some(self.unlock(&organisation)?) };
        let mut refused = false;
        for path in &paths {
            let outcome = self.one(desk, path, &organisation, &decision, &mut key, out)?;
            refused |= matches!(outcome, Outcome::Refused);
            writeln!(out)?;
        }
        Ok(if refused { REFUSED } else { OK })
    }

    fn one(
        &self,
        desk: &mut Desk,
        path: &Path,
        organisation: &Organisation,
        decision: &Decision,
        key: &mut Option<IssuerKey>,
        out: &mut dyn Write,
    ) -> Result<Outcome, CliError> {
        writeln!(out, "{}", print::path(path))?;
        let request = read_file(path, MAX_REQUEST_BYTES)?;
        let examined = match desk.examine(&request) {
            Ok(examined) => examined,
            Err(why) => {
                writeln!(out, "refused: {why}")?;
                return Ok(Outcome::Refused);
            }
        };
        shown(&examined, out)?;
        let mut decision = decision.clone();
        if !self.accept && !self.decided(&examined, &mut decision, out)? {
            writeln!(out, "left: nothing was signed")?;
            return Ok(Outcome::Left);
        }
        if key.is_none() {
            *key = Some(self.unlock(organisation)?);
        }
        let Some(key) = key else { return Ok(Outcome::Left) };
        let award = match desk.sign_review(&examined, organisation, key, &decision) {
            Ok(award) => award,
            Err(why) => {
                writeln!(out, "refused: {why}")?;
                return Ok(Outcome::Refused);
            }
        };
        writeln!(out, "reviewed by {} for {}", decision.reviewer.as_str(), organisation.issuer.name)?;
        let written = match &self.to {
            Some(dir) => desk.write_files(&award.row, dir, Log::Without)?,
            None => award.files,
        };
        written.iter().try_for_each(|file| writeln!(out, "wrote  {}", print::path(file)))?;
        Ok(Outcome::Signed)
    }

    /// Plays the keystrokes and asks.
    fn decided(
        &self,
        examined: &Examined,
        decision: &mut Decision,
        out: &mut dyn Write,
    ) -> Result<bool, CliError> {
        if !self.no_replay {
            need_terminal()?;
            out.flush()?;
            asked("Enter plays the keystrokes. ")?;
            let desk = Desk::open(None)?;
            show(App::new(desk, Start::Replay(Arc::clone(&examined.attempt)), false)?, Keyboard::Standard)?;
        }
        out.flush()?;
        let answer = asked("Sign it as reviewed? Type yes, or Enter to leave it. ")?;
        if answer != "yes" {
            return Ok(false);
        }
        if decision.note.is_none() {
            let note = asked("A note for the badge, or Enter for none: ")?;
            decision.note = if note.is_empty() { None } else { Some(phrase("the note", &note)?) };
        }
        Ok(true)
    }

    /// The organisation that was named, or the only one.
    fn organisation(&self, desk: &Desk) -> Result<Organisation, CliError> {
        if let Some(id) = &self.issuer {
            return Ok(desk.organisation(id)?);
        }
        let (mut all, notices) = desk.organisations();
        notices.iter().for_each(|notice| print::complain(&notice.to_string()));
        match (all.pop(), all.is_empty()) {
            (Some(only), true) => Ok(only),
            (None, _) => Err(CliError::usage(
                "a review is signed for an organisation, and there is none yet: `typeproof issuer new --name ORGANISATION --url \
                 ADDRESS` makes one",
            )),
            _ => {
                Err(CliError::usage("there are several organisations: say which one signs with --issuer ID"))
            }
        }
    }

    fn decision(&self, desk: &Desk) -> Result<Decision, CliError> {
        let reviewer = self.reviewer.clone().or_else(|| desk.settings.holder_name.clone());
        let reviewer = reviewer
            .ok_or_else(|| CliError::usage("the badge names who reviewed it: give --reviewer NAME"))?;
        Ok(Decision {
            reviewer: phrase::<MAX_NAME_BYTES>("--reviewer", &reviewer)?,
            title: self.title.as_deref().map(|title| phrase("--title", title)).transpose()?,
            note: self.note.as_deref().map(|note| phrase("--note", note)).transpose()?,
        })
    }

    fn unlock(&self, organisation: &Organisation) -> Result<IssuerKey, CliError> {
        let secret: Option<Zeroizing<String>> =
            match (organisation.key.is_encrypted()?, self.passphrase_stdin) {
                (false, _) => None,
                (true, true) => Some(passphrase::from_stdin()?),
                (true, false) => {
                    Some(passphrase::ask(&format!("Passphrase of {}: ", organisation.issuer.name))?)
                }
            };
        Ok(organisation.key.unlock(secret.as_ref())?)
    }
}

/// The requests that a path means: itself, or those of a folder by their names.
fn requests(path: &Path) -> Result<Vec<PathBuf>, CliError> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let unread = |why: io::Error| CliError::usage(format!("{} cannot be read: {why}", path.display()));
    let entries = fs::read_dir(path).map_err(unread)?.collect::<Result<Vec<_>, _>>().map_err(unread)?;
    let mut found: Vec<PathBuf> = entries.into_iter().map(|entry| entry.path()).collect();
    found.retain(|path| path.extension().is_some_and(|end| end == EXTENSION));
    found.sort();
    match found.is_empty() {
        true => Err(CliError::usage(format!(
            "{} holds no request, no file that ends in .{EXTENSION}",
            path.display()
        ))),
        false => Ok(found),
    }
}

/// What was found, for the one who decides.
fn shown(examined: &Examined, out: &mut dyn Write) -> Result<(), CliError> {
    let summary = &examined.summary;
    writeln!(out, "{}: {}", summary.holder.join(", "), summary.achievement)?;
    writeln!(out, "{}", words::times(summary).unwrap_or_default())?;
    for figure in words::Figure::all(summary) {
        writeln!(out, "  {:<20} {}, recomputed and the same", figure.what, figure.in_full())?;
    }
    let seen = examined.seen;
    let pasted = match seen.pastes {
        0 => "nothing".to_owned(),
        times => format!("{times} times, {} characters, which the test did not take", seen.pasted),
    };
    writeln!(out, "  {:<20} {pasted}", "Pasted")?;
    writeln!(out, "  {:<20} {} times", "Window left", seen.focus_lost)?;
    let longest = format!("{}.{} s", seen.longest_ms / 1_000, seen.longest_ms % 1_000 / 100);
    writeln!(out, "  {:<20} {} over five seconds, the longest {longest}", "Pauses", seen.pauses)?;
    let remarks =
        examined.attempt.circumstances.map(|seen: Circumstances| seen.remarks()).unwrap_or_default();
    for remark in remarks {
        writeln!(out, "  {:<20} {remark}", "Noted")?;
    }
    writeln!(out, "  {:<20} {}", "Timing", plausibility(&examined.attempt).verdict)?;
    LIMITS.iter().try_for_each(|limit| writeln!(out, "{limit}"))?;
    Ok(())
}

/// A few words of an option, or of an answer.
fn phrase<const MOST: usize>(what: &str, text: &str) -> Result<Phrase<MOST>, CliError> {
    Phrase::new(text).map_err(|why| CliError::usage(format!("{what}: {why}")))
}

/// Asks on standard error, and reads a line.
fn asked(question: &str) -> Result<String, CliError> {
    eprint!("{question}");
    io::stderr().flush()?;
    let mut line = String::new();
    io::stdin().read_line(&mut line)?;
    Ok(line.trim().to_owned())
}

/// The name of a request's file: of its badge's, with its own ending.
pub(super) fn file_name(stem: &str) -> String {
    format!("{stem}.{EXTENSION}")
}
