//! The files that an exam is made of: its definition, its roster, its bank. All are read and checked before a room opens.

use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::exam::Definition;
use crate::exam::definition::{PassagePolicy, PassageSource};
use crate::exam::event::Opened;
use crate::exam::fault::{Fault, Faults};
use crate::exam::passages::{Bank, Uneven, equal};
use crate::exam::roster::{self, Roster};
use crate::lessons::catalogue::Catalogue;
use crate::lessons::problem::MAX_FILE;
use crate::store::exam::ExamRow;
use crate::store::exam::vault::{self, VaultError};
use crate::store::files::{FileError, read_file};

/// Why the files of an exam cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ExamFileError {
    /// A file could not be read.
    #[error(transparent)]
    File(#[from] FileError),
    /// What is wrong in the files, a line each.
    #[error(transparent)]
    Faults(#[from] Faults),
    /// The bank.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// The bank needs its passphrase.
    #[error("the bank {0} is encrypted; give its passphrase")]
    Locked(PathBuf),
}

/// The files of an exam.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExamFiles {
    /// What the exam is.
    pub definition: Definition,
    /// Its file, as it is.
    pub text: String,
    /// Who is examined.
    pub roster: Roster,
    /// SHA-256 of the roster's file.
    pub roster_sha256: [u8; 32],
    /// The folder in which the files lie.
    pub folder: PathBuf,
}

impl ExamFiles {
    /// Reads the file of an exam, and the roster that it names.
    ///
    /// # Errors
    /// What cannot be read, and all that is wrong.
    pub fn read(path: &Path, catalogue: &Catalogue) -> Result<Self, ExamFileError> {
        let name =
            path.file_name().map_or_else(|| "exam.toml".into(), |name| name.to_string_lossy().into_owned());
        let bytes = read_file(path, MAX_FILE as u64)?;
        let text = String::from_utf8(bytes).map_err(|_| {
            Faults::new(vec![Fault::new(&name, None, "it is not UTF-8; save it as UTF-8 text")])
        })?;
        let definition = Definition::parse(&name, &text, catalogue.shelves())?;
        let folder = path.parent().unwrap_or_else(|| Path::new("")).to_owned();
        let bytes = read_file(&folder.join(&definition.roster), roster::MAX_BYTES as u64)?;
        let roster = Roster::parse(&definition.roster, &bytes)?;
        let files = Self { definition, text, roster, roster_sha256: Sha256::digest(&bytes).into(), folder };
        files.check_needs(&name)?;
        Ok(files)
    }

    /// Every accommodation is for somebody on the roster.
    fn check_needs(&self, name: &str) -> Result<(), Faults> {
        let known = |number: &str| self.roster.candidates.iter().any(|candidate| candidate.number == number);
        let strangers = self.definition.accommodations.iter().filter(|need| !known(&need.number));
        let fault = |number: &str| {
            let what = format!(
                "candidate {number} has an accommodation and is not on the roster; correct the number"
            );
            Fault::new(name, None, &what)
        };
        let faults: Vec<Fault> = strangers.map(|need| fault(&need.number)).collect();
        if faults.is_empty() { Ok(()) } else { Err(Faults::new(faults)) }
    }

    /// The file of the bank; nothing where the passages are shipped ones.
    #[must_use]
    pub fn bank_file(&self) -> Option<PathBuf> {
        match &self.definition.passages.source {
            PassageSource::Bank(file) => Some(self.folder.join(file)),
            PassageSource::Shipped(_) => None,
        }
    }

    /// The passages of the exam, and those that are left out because they are harder or easier than the others: of exams
    /// with different texts. A bank needs its passphrase.
    ///
    /// # Errors
    /// What cannot be read or opened; a bank with too few passages.
    pub fn bank(
        &self,
        passphrase: Option<&str>,
        catalogue: &Catalogue,
    ) -> Result<(Bank, Vec<Uneven>), ExamFileError> {
        let exam = &self.definition;
        let bank = match (&exam.passages.source, passphrase) {
            (PassageSource::Shipped(kinds), _) => Bank::shipped(kinds, exam.language, catalogue),
            (PassageSource::Bank(file), None) => return Err(ExamFileError::Locked(self.folder.join(file))),
            (PassageSource::Bank(file), Some(passphrase)) => {
                let sealed = read_file(&self.folder.join(file), vault::MAX_BYTES)?;
                vault::open(file, &sealed, passphrase)?
            }
        };
        let (bank, uneven) = match exam.passages.policy {
            PassagePolicy::Same => (bank, Vec::new()),
            PassagePolicy::Different => equal(&bank, exam.language),
        };
        self.enough(&bank)?;
        Ok((bank, uneven))
    }

    /// Every candidate has a text for each attempt.
    fn enough(&self, bank: &Bank) -> Result<(), Faults> {
        let exam = &self.definition;
        let few =
            self.roster.candidates.iter().map(|candidate| bank.count_for(exam, &candidate.number)).min();
        let (few, attempts) = (few.unwrap_or(0), exam.attempts.number);
        if few >= attempts {
            return Ok(());
        }
        let name = match &exam.passages.source {
            PassageSource::Bank(file) => file.as_str(),
            PassageSource::Shipped(_) => "the shipped passages",
        };
        let what = format!(
            "there are texts for {few} of {attempts} attempts of this length; add passages, or shorten the test"
        );
        Err(Faults::new(vec![Fault::new(name, None, &what)]))
    }

    /// Tests for which there are texts beyond the attempts, for whoever loses the connection: fewer than the policy gives are
    /// worth a word.
    #[must_use]
    pub fn spare(&self, bank: &Bank) -> u32 {
        let exam = &self.definition;
        let few =
            self.roster.candidates.iter().map(|candidate| bank.count_for(exam, &candidate.number)).min();
        few.unwrap_or(0).saturating_sub(exam.attempts.number)
    }

    /// What the first entry of a room's journal says.
    #[must_use]
    pub fn opened(&self, room: &str) -> Opened {
        let hex = |digest: &[u8]| data_encoding::HEXLOWER.encode(digest);
        Opened {
            exam: self.definition.id.clone(),
            room: room.to_owned(),
            definition_sha256: hex(&Sha256::digest(&self.text)),
            roster_sha256: hex(&self.roster_sha256),
        }
    }

    /// What the storage keeps of it.
    #[must_use]
    pub fn row(&self, opened_unix_ms: i64) -> ExamRow {
        ExamRow {
            id: self.definition.id.clone(),
            definition: self.text.clone(),
            roster_sha256: self.roster_sha256,
            opened_unix_ms,
        }
    }
}
