//! The site: the page, whom it trusts, and hosted badges, as plain files for any web host.
//!
//! Nothing is ever deleted, and no file overwritten that another program made: pages are recognised by what they hold,
//! hosted badges by their names, which are UUIDs. So nothing has to be kept beside the site, and no list of the hosted
//! badges is published with it.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::data::{PageData, issuer};
use super::hosted::HostedBadge;
use super::page;
use crate::badge::carry::share::FOLDER;
use crate::desk::Desk;
use crate::store::files::{Access, FileError, make_dir, read_at_most, replace};
use crate::system;
use crate::trust::TrustList;

mod error;
mod hosts;
mod privacy;
mod trust;

pub use error::SiteError;
pub use privacy::refuse_private;
pub use trust::{granted, trusted};

/// The largest file that is looked at to see whose it is, in bytes: the page stays far below.
const MAX_OWN_BYTES: u64 = 4 * 1024 * 1024;

/// What was built.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Built {
    /// Files that were written, as they were not there or are different now.
    pub written: Vec<PathBuf>,
    /// Files that are there already just so.
    pub unchanged: Vec<PathBuf>,
    /// Hosted badges of an earlier time that were not chosen now: they stay, since nothing is deleted.
    pub left: Vec<PathBuf>,
}

/// Builds the site in a folder, which is made where missing: `index.html` and the same as `404.html`, `issuers.json`, what
/// web hosts want to find (`_headers`, `.nojekyll`, and `server.txt` for a server of one's own), and for each badge
/// `b/UUID.json`, `.png`, `.svg` and `.html`.
///
/// # Errors
/// When a file of these names is there that this program did not write, the folder or something in it that is to be
/// written is a symbolic link, or the operating system refuses. Each file is the old or the new one then, never a mixture.
pub fn build(dir: &Path, data: &PageData<'_>, badges: &[HostedBadge]) -> Result<Built, SiteError> {
    let page = page::html(data)?;
    let issuers = issuers_json(data);
    let own = [("index.html", &page), ("404.html", &page), ("issuers.json", &issuers)];
    let own = own.map(|(name, text)| (name, text.as_str())).into_iter().chain(hosts::FILES);
    let hosted = dir.join(FOLDER);
    refuse_link(dir)?;
    refuse_link(&hosted)?;
    for (name, _) in own.clone() {
        let path = dir.join(name);
        refuse_link(&path)?;
        let is_own = |there: &[u8]| is_page(there) || is_issuers(there) || hosts::is_own(name, there);
        if read_at_most(&path, MAX_OWN_BYTES)?.is_some_and(|there| !is_own(&there)) {
            return Err(SiteError::Foreign(path));
        }
    }
    for badge in badges {
        for (extension, _) in badge.files() {
            refuse_link(&hosted.join(format!("{}.{extension}", badge.name)))?;
        }
    }
    // A web server that is another user must be able to read it.
    let folder = if badges.is_empty() { dir } else { &hosted };
    fs::create_dir_all(folder).map_err(FileError::io(folder, "created"))?;
    let mut built = Built { left: left(&hosted, badges)?, ..Built::default() };
    for badge in badges {
        for (extension, bytes) in badge.files() {
            built.write(hosted.join(format!("{}.{extension}", badge.name)), bytes)?;
        }
    }
    for (name, text) in own {
        built.write(dir.join(name), text.as_bytes())?;
    }
    Ok(built)
}

/// Refuses a symbolic link: what is written would land elsewhere, or take the place of the link.
fn refuse_link(path: &Path) -> Result<(), SiteError> {
    match fs::read_link(path) {
        Ok(target) => Err(SiteError::Link { path: path.to_owned(), target }),
        Err(_) => Ok(()),
    }
}

impl Built {
    /// Writes a file in place of the one that is there, unless that is the same.
    fn write(&mut self, path: PathBuf, bytes: &[u8]) -> Result<(), FileError> {
        let same = match read_at_most(&path, bytes.len() as u64) {
            Ok(found) => found.is_some_and(|found| found == bytes),
            Err(FileError::TooLarge { .. }) => false,
            Err(why) => return Err(why),
        };
        if same {
            self.unchanged.push(path);
        } else {
            replace(&path, bytes, Access::Everyone)?;
            self.written.push(path);
        }
        Ok(())
    }
}

/// Whether this is the verification page, of any version.
pub(super) fn is_page(bytes: &[u8]) -> bool {
    let marks = ["id=\"verdict\"", "id=\"data\"", "typeproof"];
    str::from_utf8(bytes).is_ok_and(|text| marks.iter().all(|mark| text.contains(mark)))
}

/// Whether this is a list of issuers as [`build`] writes it.
fn is_issuers(bytes: &[u8]) -> bool {
    let list: Value = serde_json::from_slice(bytes).unwrap_or_default();
    list.get("issuers").is_some_and(Value::is_array) && list.get("built").is_some_and(Value::is_string)
}

/// The issuers that the page trusts, for people and tools.
fn issuers_json(data: &PageData<'_>) -> String {
    let issuers: Vec<Value> = data.issuers.iter().map(issuer).collect();
    format!("{:#}\n", json!({"built": data.built.date_naive().to_string(), "issuers": issuers}))
}

/// The credentials in the folder of hosted badges that are not among these.
fn left(hosted: &Path, badges: &[HostedBadge]) -> Result<Vec<PathBuf>, FileError> {
    let entries = match fs::read_dir(hosted) {
        Err(why) if why.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(FileError::io(hosted, "read"))?,
    };
    let chosen: BTreeSet<&str> = badges.iter().map(|badge| badge.name.as_str()).collect();
    let mut left = Vec::new();
    for entry in entries {
        let path = entry.map_err(FileError::io(hosted, "read"))?.path();
        let is_json = path.extension().is_some_and(|extension| extension == "json");
        let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        if is_json && !chosen.contains(stem) {
            left.push(path);
        }
    }
    left.sort();
    Ok(left)
}

/// Builds the user's own site, into the data folder: the page with the user's trusted issuers, and no hosted badge. Gives
/// its folder, and whom it trusts.
///
/// # Errors
/// As [`build`].
pub fn build_own(desk: &mut Desk) -> Result<(PathBuf, TrustList), SiteError> {
    let dir = desk.paths().site_dir();
    // The data folder is its owner's alone, whichever part makes it.
    make_dir(&dir)?;
    let (trust, _) = trusted(desk, Vec::new());
    let catalogue = desk.catalogue();
    let data = PageData {
        catalogue: &catalogue,
        issuers: trust.issuers(),
        documents: &[],
        statuses: &[],
        built: system::now(),
    };
    build(&dir, &data, &[])?;
    Ok((dir, trust))
}
