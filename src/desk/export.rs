//! A badge in every form that people ask for: certificate, texts to share, files.

use std::path::{Path, PathBuf};

use super::award::{NO_LEVEL, credential_of};
use super::{Desk, DeskError, Log, full_link};
use crate::badge::carry::link;
use crate::badge::carry::share::{Channel, Share, ShareError, carried};
use crate::badge::draw::certificate::{self, Paper};
use crate::store::files::{badge_stem, read_at_most, write_badge_files};
use crate::store::history::BadgeRow;

/// A badge's links and texts for others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shared {
    /// The forms in their order, each with its text or the reason why it has none.
    pub forms: Vec<(Channel, Result<String, ShareError>)>,
    /// Who can open the links, and what to do about it.
    pub note: String,
}

impl Shared {
    /// All of it as a text: each form under its name, then the note.
    #[must_use]
    pub fn text(&self) -> String {
        let form = |(form, text): &(Channel, Result<String, ShareError>)| {
            let text = text.as_ref().map_or_else(ToString::to_string, Clone::clone);
            format!("{}\n\n{text}\n\n\n", form.label())
        };
        format!("{}{}\n", self.forms.iter().map(form).collect::<String>(), self.note)
    }
}

/// What exporting adds to the files of a badge, by extension, in their order.
const EXPORTS: [&str; 4] = ["pdf", "html", "md", "share.txt"];

/// The files of a badge, and those that exporting put beside them.
#[must_use]
pub fn with_exports(mut files: Vec<PathBuf>) -> Vec<PathBuf> {
    let first = files.first().cloned().unwrap_or_default();
    files.extend(
        EXPORTS.map(|extension| first.with_extension(extension)).into_iter().filter(|file| file.is_file()),
    );
    files
}

impl Desk {
    /// A badge's links and texts, as of the verification address that the settings name now.
    ///
    /// # Errors
    /// When the row is damaged.
    pub fn share(&self, row: &BadgeRow) -> Result<Shared, DeskError> {
        let (credential, row) = (credential_of(row)?, self.moved(row));
        let share = Share::new(&credential, &row.token, &self.settings.verify_url);
        Ok(Shared { forms: Channel::ALL.map(|form| (form, share.form(form))).to_vec(), note: share.note() })
    }

    /// A badge's certificate as the bytes of a PDF. Its code holds the whole badge, both signatures if there is room.
    ///
    /// # Errors
    /// When the row is damaged or the PDF cannot be written.
    pub fn certificate(&self, row: &BadgeRow, paper: Paper) -> Result<Vec<u8>, DeskError> {
        Ok(certificate::pdf(&credential_of(row)?, &full_link(&self.moved(row)), paper)?)
    }

    /// Writes a badge's certificate into a folder, beside the badge's other files and under their name.
    ///
    /// # Errors
    /// As [`Self::certificate`], or when the operating system refuses.
    pub fn write_certificate(
        &self,
        row: &BadgeRow,
        dir: &Path,
        paper: Paper,
    ) -> Result<Vec<PathBuf>, DeskError> {
        let pdf = self.certificate(row, paper)?;
        let name = certificate::file_name(&credential_of(row)?);
        Ok(write_badge_files(dir, name.trim_end_matches(".json"), &[("pdf", &pdf)])?)
    }

    /// The badge's JSON file, with its keystroke log beside it where there is one; they are written where they are missing.
    ///
    /// # Errors
    /// When the operating system refuses, or the row is damaged.
    pub fn file_of(&mut self, row: &BadgeRow) -> Result<PathBuf, DeskError> {
        let dir = self.paths().badges_dir();
        let stem = badge_stem(row.level_id.as_deref().unwrap_or(NO_LEVEL), &row.id);
        let file = dir.join(format!("{stem}.json"));
        let found = read_at_most(&file, row.credential.len() as u64).ok().flatten();
        let is_whole = found.is_some_and(|bytes| bytes == row.credential.as_bytes());
        if is_whole
            && (row.attempt_id.is_none()
                || ["tpa", "tpr"].iter().any(|log| file.with_extension(log).is_file()))
        {
            return Ok(file);
        }
        let files = self.write_files(row, &dir, Log::With)?;
        Ok(files.into_iter().next().unwrap_or(file))
    }

    /// Writes a badge in all forms into a folder: those of [`Self::write_files`], the certificate (PDF), snippets of HTML
    /// and Markdown, and a text with all links. Nothing is overwritten: where a file of that name has other content, the
    /// new ones get a number.
    ///
    /// # Errors
    /// When the operating system refuses, or the row is damaged.
    pub fn export_all(
        &mut self,
        row: &BadgeRow,
        dir: &Path,
        paper: Paper,
        log: Log,
    ) -> Result<Vec<PathBuf>, DeskError> {
        let (pdf, shared) = (self.certificate(row, paper)?, self.share(row)?);
        let text = |wanted: Channel| {
            let found = shared.forms.iter().find(|(form, _)| *form == wanted);
            found.and_then(|(_, text)| text.as_ref().ok()).map(|text| format!("{text}\n")).unwrap_or_default()
        };
        let (html, markdown, links) = (text(Channel::Html), text(Channel::Markdown), shared.text());
        let mut files = self.write_files(row, dir, log)?;
        let stem = files.first().and_then(|file| file.file_stem()).and_then(|stem| stem.to_str());
        let texts = [html, markdown, links];
        let bytes = [pdf.as_slice()].into_iter().chain(texts.iter().map(String::as_bytes));
        let more: Vec<(&str, &[u8])> = EXPORTS.into_iter().zip(bytes).collect();
        files.extend(write_badge_files(dir, stem.unwrap_or_default(), &more)?);
        Ok(files)
    }

    /// A badge with its link behind the verification address that the settings name now: what follows the `#` is the
    /// badge, and what stands before it is nobody's claim. Where the address is this machine's, the token stands by itself. Wherever a badge is shown or written, its link is this one; a
    /// link that cannot be read stays as it is.
    #[must_use]
    pub fn moved(&self, row: &BadgeRow) -> BadgeRow {
        let token = match link::read(&row.token) {
            Ok(link) => carried(&self.settings.verify_url, &link.payload),
            Err(_) => row.token.clone(),
        };
        BadgeRow { token, ..row.clone() }
    }
}
