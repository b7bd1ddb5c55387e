//! What a person gave to be verified: the path of a file, a link, a token, or the bytes of one of these. A file is JSON,
//! a picture with a badge baked in, or a text with a link, be it Markdown or a web page; content decides, names do not.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::badge::carry::bake::{self, BakeError, PICTURE_MAX};
use crate::badge::carry::link::{self, Link, LinkError};
use crate::badge::draw::picture::{self, Drawing};
use crate::badge::reasons::Reason;
use crate::badge::vc::jwt;
use crate::badge::verify::Report;
use crate::store::files::{self, FileError, read_at_most};
use crate::store::paths::expanded;

/// What some editors write before UTF-8 text.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// The fewest characters that are taken for a badge's token, whole or not: a signature alone has 86 in base64url. What is
/// shorter is the name of a file that is not there, even where it could be read as bytes.
const LEAST_TOKEN: usize = 86;

/// The longest name of a file or folder on the file systems in use, in bytes.
const MAX_NAME_BYTES: usize = 255;

/// What is to be verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Given {
    /// Bytes of a badge file, or of the badge in a picture.
    Document(Vec<u8>),
    /// Bytes of a token.
    Token(Vec<u8>),
}

/// What was found in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// What is to be verified.
    pub given: Given,
    /// The host that a link names. The maker of the link chose it, so it decides nothing.
    pub host: Option<String>,
    /// The bytes of the picture or document that it came in, whose drawing nobody signed.
    pub picture: Option<Vec<u8>>,
}

impl Found {
    /// Whether the picture shows what the badge in it says, by the report on this badge; `None` where it came in no
    /// picture. A badge that is not unchanged says nothing to compare with.
    #[must_use]
    pub fn drawing(&self, report: &Report) -> Option<Drawing> {
        let picture = self.picture.as_deref()?;
        let unchanged = report.credential.as_ref().filter(|_| report.verdict.integrity.is_yes());
        Some(unchanged.map_or(Drawing::NotCompared, |credential| picture::compared(picture, credential)))
    }
}

impl From<Link> for Found {
    fn from(link: Link) -> Self {
        Self { given: Given::Token(link.payload), host: link.host, picture: None }
    }
}

/// Why there is nothing to verify.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.reason())]
pub enum GivenError {
    /// The file cannot be read.
    File(#[from] FileError),
    /// An empty text.
    Nothing,
    /// No file of that name.
    NoFile(PathBuf),
    /// Neither a file nor a link.
    Neither {
        /// The beginning of what was given.
        shown: String,
    },
    /// A link that cannot be read.
    Link(#[from] LinkError),
    /// A link without a badge in it.
    NothingFetched,
    /// A picture from which no badge can be taken.
    Picture(#[from] BakeError),
    /// Neither JSON nor text.
    NoText,
}

impl GivenError {
    /// The reason: a code and what the words for it need.
    #[must_use]
    pub fn reason(&self) -> Reason {
        match self {
            Self::File(why) => Reason::new("given-file").with("why", why.to_string()),
            Self::Nothing => Reason::new("given-nothing"),
            Self::NoFile(path) => Reason::new("given-no-file").with("path", path.display().to_string()),
            Self::Neither { shown } => Reason::new("given-neither").with("shown", format!("{shown:?}")),
            Self::Link(why) => why.reason(),
            Self::NothingFetched => Reason::new("given-nothing-fetched"),
            Self::Picture(why) => why.reason(),
            Self::NoText => Reason::new("given-no-text"),
        }
    }
}

impl GivenError {
    /// Whether nothing was there to look at, as opposed to something that is no badge.
    #[must_use]
    pub const fn is_missing(&self) -> bool {
        match self {
            Self::File(why) => !matches!(why, FileError::TooLarge { .. }),
            Self::NoFile(_) | Self::Neither { .. } | Self::Nothing => true,
            Self::Link(_) | Self::NothingFetched | Self::Picture(_) | Self::NoText => false,
        }
    }
}

impl Given {
    /// The path that a text names: without the quotation marks of drag and drop, `~` being the home folder.
    pub fn path(text: &str) -> PathBuf {
        expanded(unquoted(text.trim()))
    }

    /// Takes a path if there is such a file, otherwise a badge's JSON, a link or a token. Quotation marks around it are
    /// dropped, as dragging a file into a terminal leaves them, and `~/` is the user's own folder.
    ///
    /// # Errors
    /// When the file cannot be read or is larger than any badge, or there is no badge in it.
    pub fn find(text: &str) -> Result<Found, GivenError> {
        let text = unquoted(text.trim());
        if text.is_empty() {
            return Err(GivenError::Nothing);
        }
        let path = Self::path(text);
        // A badge's JSON, its picture as SVG text, and the HTML or Markdown that others put into their pages.
        if (text.starts_with(['{', '<', '[']) || jwt::is_compact(text.as_bytes())) && !path.exists() {
            return Self::read(text.as_bytes());
        }
        if let Some(bytes) = read_file(&path, text)? {
            return Self::read(&bytes);
        }
        // What has several lines, or is longer than any name of a file or folder, was meant as a text.
        let is_short = text.split(['/', '\\']).all(|name| name.len() <= MAX_NAME_BYTES);
        let is_name = !text.contains(['#', ':', '\n']) && is_short;
        match read_link(text) {
            Err(GivenError::Link(_)) if is_name && looks_like_path(text) => Err(GivenError::NoFile(path)),
            _ if is_name && text.len() < LEAST_TOKEN => {
                Err(GivenError::Neither { shown: text.chars().take(40).collect() })
            }
            other => other,
        }
    }

    /// Takes a file, whatever its name looks like.
    ///
    /// # Errors
    /// As [`Given::find`].
    pub fn open(path: &Path) -> Result<Found, GivenError> {
        Self::read(&files::read_file(path, PICTURE_MAX as u64)?)
    }

    /// Takes the bytes of a file or of standard input: JSON, a picture, or a text with one link or token.
    ///
    /// # Errors
    /// When there is no badge in it, or several.
    pub fn read(bytes: &[u8]) -> Result<Found, GivenError> {
        let bytes = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
        let start = bytes.trim_ascii_start();
        if jwt::is_compact(bytes) || is_utf16(bytes) {
            return Ok(Found { given: Given::Document(bytes.to_vec()), host: None, picture: None });
        }
        if let Some(link) = marked_link(start)? {
            return Ok(link.into());
        }
        if start.starts_with(b"{") || start.starts_with(b"[") {
            return Ok(Found { given: Self::Document(bytes.to_vec()), host: None, picture: None });
        }
        if let Some(badge) = bake::unbake(bytes)? {
            return Ok(Found { given: Self::Document(badge), host: None, picture: Some(bytes.to_vec()) });
        }
        read_link(str::from_utf8(bytes).map_err(|_| GivenError::NoText)?)
    }
}

/// Whether bytes begin with the mark of UTF-16, as some editors write JSON.
fn is_utf16(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff])
}

/// A text without the quotation marks around it, if it has them at both ends.
fn unquoted(text: &str) -> &str {
    let without = |mark| text.strip_prefix(mark)?.strip_suffix(mark);
    without('\'').or_else(|| without('"')).unwrap_or(text)
}

/// The file of that name; `None` for a text too long for a path, or with a `#` in it, unless such a file is there.
fn read_file(path: &Path, text: &str) -> Result<Option<Vec<u8>>, GivenError> {
    let is_path = looks_like_path(text);
    match read_at_most(path, PICTURE_MAX as u64) {
        // A text that is none is asked for all the same, and is then no name of a file.
        Err(FileError::Io { source, .. }) if !is_path && source.kind() != ErrorKind::PermissionDenied => {
            Ok(None)
        }
        // Nor is there any file whose name is too long or has a zero in it.
        Err(FileError::Io { source, .. }) if is_no_name(source.kind()) => Ok(None),
        read => Ok(read?),
    }
}

/// Whether the operating system says that nothing can have this name.
const fn is_no_name(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::InvalidFilename | ErrorKind::InvalidInput)
}

/// The one link in a Markdown text or a web page, which begin as JSON and SVG do; `None` for JSON, SVG and other bytes.
fn marked_link(start: &[u8]) -> Result<Option<Link>, LinkError> {
    let (array, markup) = (start.starts_with(b"["), start.starts_with(b"<"));
    match str::from_utf8(start) {
        Ok(text) if array || markup && !text.contains("<svg") && !text.contains(":svg") => link::within(text),
        _ => Ok(None),
    }
}

fn read_link(text: &str) -> Result<Found, GivenError> {
    match link::read(text) {
        Ok(link) => Ok(link.into()),
        Err(LinkError::NoFragment) => Err(GivenError::NothingFetched),
        Err(why) => Err(why.into()),
    }
}

/// Whether a text that is no file was meant as one: it has a folder in front or an extension behind.
fn looks_like_path(text: &str) -> bool {
    !text.contains("://") && !text.contains('#') && text.contains(['/', '\\', '.'])
}
