//! Why a command ended early, and with which exit code.

use std::io;

use super::exit::{OK, REFUSED, USAGE};
use super::print;
use crate::desk::{DeskError, GivenError, TableError};
use crate::keyring::KeyringError;
use crate::store::files::FileError;
use crate::store::history::StoreError;
use crate::store::issuers::ReadError;
use crate::tui::host::HostError;
use crate::tui::host::local::LocalError;
use crate::web::site::SiteError;

/// What ended a command.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    /// The desk.
    #[error(transparent)]
    Desk(#[from] DeskError),
    /// A file.
    #[error(transparent)]
    File(#[from] FileError),
    /// The history.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The issuer key.
    #[error(transparent)]
    Keyring(#[from] KeyringError),
    /// A file that should describe an issuer.
    #[error(transparent)]
    IssuerFile(#[from] ReadError),
    /// What was given to be verified.
    #[error(transparent)]
    Given(#[from] GivenError),
    /// The files of an exam.
    #[cfg(feature = "room")]
    #[error(transparent)]
    ExamFiles(#[from] crate::desk::exams::ExamFileError),
    /// An exam on file.
    #[cfg(feature = "room")]
    #[error(transparent)]
    ExamRecord(#[from] crate::desk::exams::ExamDeskError),
    /// The storage of exams.
    #[cfg(feature = "room")]
    #[error(transparent)]
    Exam(#[from] crate::store::exam::ExamError),
    /// A table of keystrokes.
    #[error(transparent)]
    Table(#[from] TableError),
    /// The site.
    #[error(transparent)]
    Site(#[from] SiteError),
    /// Its server.
    #[cfg(feature = "network")]
    #[error(transparent)]
    Server(#[from] crate::web::server::ServerError),
    /// A rehearsal of an exam.
    #[cfg(feature = "room")]
    #[error(transparent)]
    Rehearsal(#[from] crate::room::rehearsal::RehearsalError),
    /// The room of an exam.
    #[cfg(feature = "room")]
    #[error(transparent)]
    Opening(#[from] crate::room::opening::OpeningError),
    /// Its server.
    #[cfg(feature = "room")]
    #[error(transparent)]
    RoomServer(#[from] crate::room::ssh::ServerError),
    /// Its host key.
    #[cfg(feature = "room")]
    #[error(transparent)]
    HostKey(#[from] crate::room::ssh::HostKeyError),
    /// The terminal, before there are screens.
    #[error(transparent)]
    Local(#[from] LocalError),
    /// The terminal, under the screens.
    #[error(transparent)]
    Host(#[from] HostError),
    /// Standard output.
    #[error("the output could not be written: {0}; check where it goes")]
    Output(#[from] io::Error),
    /// Refused, with the reason.
    #[error("{0}")]
    Refused(String),
    /// The arguments do not fit, or there is no terminal.
    #[error("{0}")]
    Usage(String),
}

impl CliError {
    /// A refusal.
    pub(super) fn refused(why: impl Into<String>) -> Self {
        Self::Refused(why.into())
    }

    /// Wrong usage.
    pub(super) fn usage(why: impl Into<String>) -> Self {
        Self::Usage(why.into())
    }

    /// Says on standard error what happened, and gives the exit code. A reader that went away is no error.
    pub(super) fn report(&self) -> u8 {
        if matches!(self, Self::Output(why) if why.kind() == io::ErrorKind::BrokenPipe) {
            return OK;
        }
        // What is wrong with a file may be several sentences, a line each.
        self.to_string().lines().for_each(print::complain);
        #[cfg(feature = "room")]
        if self.is_about_an_exam_that_is_not_there() {
            return USAGE;
        }
        match self {
            Self::Usage(_) => USAGE,
            Self::Given(why) if why.is_missing() => USAGE,
            Self::Desk(why) if why.is_missing() => USAGE,
            Self::Store(why) if why.is_missing() => USAGE,
            Self::File(why) | Self::IssuerFile(ReadError::File(why)) | Self::Table(TableError::File(why))
                if why.is_missing() =>
            {
                USAGE
            }
            Self::Local(LocalError::NotATerminal(_) | LocalError::Plain(_)) => USAGE,
            _ => REFUSED,
        }
    }

    #[cfg(feature = "room")]
    const fn is_about_an_exam_that_is_not_there(&self) -> bool {
        use crate::desk::exams::{ExamDeskError, ExamFileError};
        use crate::store::exam::ExamError;
        match self {
            Self::ExamFiles(ExamFileError::File(why)) | Self::ExamRecord(ExamDeskError::File(why)) => {
                why.is_missing()
            }
            Self::Exam(why) | Self::ExamRecord(ExamDeskError::Exam(why)) => {
                matches!(
                    why,
                    ExamError::NoExam(_) | ExamError::NoCandidate { .. } | ExamError::Address { .. }
                )
            }
            Self::ExamRecord(why) => matches!(why, ExamDeskError::NoTest { .. }),
            _ => false,
        }
    }
}
