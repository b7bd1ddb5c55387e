//! `typeproof exam check`: whether an exam can be opened, and what its file says.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use super::kept::complain_of;
use crate::cli::error::CliError;
use crate::cli::exit::OK;
use crate::cli::{passphrase, print};
use crate::desk::Desk;
use crate::desk::exams::{ExamFileError, ExamFiles};
use crate::exam::definition::{OnDisconnect, PassagePolicy, PassageSource, Shown, Start};
use crate::exam::{Definition, passages::Bank};
use crate::lessons::wording;

/// Check the file of an exam, its roster and its passages, and show what holds
#[derive(Debug, Args)]
#[command(after_long_help = crate::cli::help::EXAM_CHECK)]
pub(super) struct Check {
    /// The file of the exam
    #[arg(default_value = "exam.toml")]
    file: PathBuf,
    /// Open the bank with the first line of standard input
    #[arg(long, conflicts_with = "passphrase")]
    passphrase_stdin: bool,
    /// Open the bank with a passphrase, which is asked for
    #[arg(long)]
    passphrase: bool,
}

impl Check {
    pub(super) fn run(self, desk: &mut Desk, out: &mut dyn Write) -> Result<u8, CliError> {
        let catalogue = desk.catalogue();
        let files = ExamFiles::read(&self.file, &catalogue)?;
        files.roster.notices.iter().for_each(|notice| complain_of(&notice.to_string()));
        let passphrase = match (self.passphrase, self.passphrase_stdin) {
            (true, _) => Some(passphrase::ask("Passphrase of the bank: ")?),
            (_, true) => Some(passphrase::from_stdin()?),
            _ => None,
        };
        let bank = match files.bank(passphrase.as_ref().map(|text| text.as_str()), &catalogue) {
            Ok((bank, uneven)) => {
                uneven.iter().for_each(|why| complain_of(&why.to_string()));
                Some(bank)
            }
            Err(ExamFileError::Locked(path)) if path.is_file() => None,
            Err(ExamFileError::Locked(path)) => {
                return Err(crate::store::files::FileError::Missing(path).into());
            }
            Err(why) => return Err(why.into()),
        };
        print::columns(out, &rows(&files, bank.as_ref()))?;
        if let Some(bank) = &bank {
            let (spare, wanted) = (files.spare(bank), files.definition.disconnect.fresh_at_most);
            if spare < wanted {
                complain_of(&format!(
                    "after a lost connection there are fresh texts for {spare} of {wanted} times; add passages"
                ));
            }
        }
        Ok(OK)
    }
}

/// What the file says, defaults included.
fn rows(files: &ExamFiles, bank: Option<&Bank>) -> Vec<[String; 2]> {
    let exam = &files.definition;
    let row = |name: &str, value: String| [name.to_owned(), value];
    let days = |n| wording::counted(n, "day");
    vec![
        row("exam", format!("{} ({})", exam.title, exam.id)),
        row("proctor", proctor(exam)),
        row("rules", wording::rules(&exam.rules)),
        row("passages", texts(exam, bank)),
        row(
            "warm-up",
            match exam.warm_up_s {
                0 => "none".to_owned(),
                s => wording::duration(crate::typing::rules::Limit::Seconds(s)),
            },
        ),
        row("attempts", exam.policy()),
        row(
            "start",
            match exam.start {
                Start::Together => "together, at the proctor's signal".to_owned(),
                Start::OneByOne => "each candidate when ready".to_owned(),
            },
        ),
        row(
            "lost connection",
            match exam.disconnect.policy {
                OnDisconnect::FreshPassage => {
                    format!(
                        "a fresh passage, {} without the proctor",
                        wording::counted(exam.disconnect.fresh_at_most, "time")
                    )
                }
                OnDisconnect::Resume => "the proctor may let the test go on".to_owned(),
            },
        ),
        row(
            "candidates see",
            match exam.shown {
                Shown::Figures => "their figures".to_owned(),
                Shown::Nothing => "that the test is over".to_owned(),
            },
        ),
        row("keystrokes kept", days(exam.retention_days)),
        row("candidates", files.roster.candidates.len().to_string()),
        row("accommodations", exam.accommodations.len().to_string()),
    ]
}

fn proctor(exam: &Definition) -> String {
    let office =
        if exam.proctor.title.is_empty() { String::new() } else { format!(", {}", exam.proctor.title) };
    format!("{}{office}; identity checked: {}", exam.proctor.name, exam.proctor.identity)
}

fn texts(exam: &Definition, bank: Option<&Bank>) -> String {
    let policy = match exam.passages.policy {
        PassagePolicy::Same => "the same for all",
        PassagePolicy::Different => "different ones of equal measured difficulty",
    };
    let from = match &exam.passages.source {
        PassageSource::Shipped(_) => "the shipped passages, which anybody may have practised".to_owned(),
        PassageSource::Bank(file) => format!("the bank {file}"),
    };
    let count = bank.map_or_else(
        || "not opened: give --passphrase to check what is in it".to_owned(),
        |bank| wording::counted(u32::try_from(bank.texts().len()).unwrap_or(u32::MAX), "passage"),
    );
    format!("{policy}, of {from} ({count})")
}
