//! The files of a site: found by plain names only, read and compressed once, read again when they change.

use std::collections::HashMap;
use std::fs::{self, Metadata};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use axum::body::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};

use crate::store::files::read_at_most;
use crate::web::site::is_page;

/// The largest file that is served, in bytes: pages and pictures of badges stay far below.
const MAX_FILE_BYTES: u64 = 4 * 1024 * 1024;

/// Bytes of files that are kept in memory; beyond, all are forgotten and read again as they are asked for.
const MAX_KEPT_BYTES: usize = 32 * 1024 * 1024;

/// Bytes of the digest that tell two versions of a file apart.
const TAG_BYTES: usize = 16;

/// The policy of a page in addition to its own, which names its script and style: nothing is fetched, framed or sent.
const PAGE_POLICY: &str = "base-uri 'none'; connect-src 'none'; form-action 'none'; frame-ancestors 'none'; \
                           frame-src 'none'; object-src 'none'; worker-src 'none'";
/// The policy of a drawing opened by itself: it may be styled.
const DRAWING_POLICY: &str = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; frame-ancestors 'none'; \
                              sandbox";
/// The policy of what is only data.
pub(super) const DATA_POLICY: &str = "default-src 'none'; frame-ancestors 'none'; sandbox";
/// The policy of a PDF: browsers show it with a viewer of their own, which stricter words keep from working.
const PDF_POLICY: &str = "frame-ancestors 'none'";

/// What is known of files with an extension.
#[derive(Debug)]
pub(super) struct Kind {
    extension: &'static str,
    /// The media type.
    pub media: &'static str,
    /// The Content-Security-Policy.
    pub policy: &'static str,
    /// Whether compressing it gains anything.
    squeeze: bool,
}

/// Files of other kinds are not served.
const KINDS: [Kind; 6] = [
    kind("html", "text/html; charset=utf-8", PAGE_POLICY, true),
    kind("json", "application/json", DATA_POLICY, true),
    kind("png", "image/png", DATA_POLICY, false),
    kind("svg", "image/svg+xml", DRAWING_POLICY, true),
    kind("txt", "text/plain; charset=utf-8", DATA_POLICY, true),
    kind("pdf", "application/pdf", PDF_POLICY, false),
];

const fn kind(extension: &'static str, media: &'static str, policy: &'static str, squeeze: bool) -> Kind {
    Kind { extension, media, policy, squeeze }
}

/// One version of a file.
#[derive(Debug)]
pub(super) struct Kept {
    /// Its kind.
    pub kind: &'static Kind,
    /// The name of this version: the beginning of its digest in hexadecimal.
    pub tag: String,
    /// Its content.
    pub bytes: Bytes,
    /// The same compressed, where that gains anything.
    pub gzip: Option<Bytes>,
    stamp: Stamp,
}

/// By what a file is seen to have changed.
#[derive(Debug, PartialEq, Eq)]
struct Stamp {
    modified: Option<SystemTime>,
    bytes: u64,
    number: u64,
}

impl Stamp {
    fn of(file: &Metadata) -> Self {
        #[cfg(unix)]
        let number = std::os::unix::fs::MetadataExt::ino(file);
        #[cfg(not(unix))]
        let number = 0;
        Self { modified: file.modified().ok(), bytes: file.len(), number }
    }
}

/// The files of a folder.
#[derive(Debug)]
pub(super) struct Files {
    root: PathBuf,
    kept: Mutex<HashMap<PathBuf, Arc<Kept>>>,
}

impl Files {
    /// The files of a folder that holds the page; other folders are not served, lest a home is by mistake.
    pub(super) fn open(dir: &Path) -> Option<Self> {
        let root = dir.canonicalize().ok()?;
        let page = read_at_most(&root.join("index.html"), MAX_FILE_BYTES).ok()??;
        is_page(&page).then(|| Self { root, kept: Mutex::default() })
    }

    /// The file that the path of a request names, as it is now.
    pub(super) async fn find(&self, path: &str) -> Option<Arc<Kept>> {
        let (path, kind) = (self.plain(path)?, kind_of(path)?);
        let stamp = Stamp::of(&file_at(&self.root, &path)?);
        if let Some(kept) = self.known(&path).filter(|kept| kept.stamp == stamp) {
            return Some(kept);
        }
        let from = path.clone();
        let kept = tokio::task::spawn_blocking(move || read(&from, kind, stamp)).await.ok()??;
        let kept = Arc::new(kept);
        self.keep(path, Arc::clone(&kept));
        Some(kept)
    }

    /// The place of a path made of plain names: letters, digits, `-`, `_` and `.`, the last not in front or behind. All
    /// other spellings, escapes among them, name nothing, so there is no way up or around.
    fn plain(&self, path: &str) -> Option<PathBuf> {
        let path = path.strip_prefix('/')?;
        let path = if path.is_empty() { "index.html" } else { path };
        let known = |c: u8| c.is_ascii_alphanumeric() || matches!(c, b'-' | b'_' | b'.');
        let plain = |name: &str| {
            !name.is_empty() && !name.starts_with('.') && !name.ends_with('.') && name.bytes().all(known)
        };
        path.split('/').all(plain).then(|| self.root.join(path))
    }

    fn known(&self, path: &Path) -> Option<Arc<Kept>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).get(path).cloned()
    }

    fn keep(&self, path: PathBuf, file: Arc<Kept>) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let held: usize = kept.values().map(|file| file.size()).sum();
        if held + file.size() > MAX_KEPT_BYTES {
            kept.clear();
        }
        kept.insert(path, file);
    }
}

impl Kept {
    fn size(&self) -> usize {
        self.bytes.len() + self.gzip.as_ref().map_or(0, Bytes::len)
    }
}

fn kind_of(path: &str) -> Option<&'static Kind> {
    let extension = if path == "/" { "html" } else { path.rsplit_once('.')?.1 };
    KINDS.iter().find(|kind| kind.extension == extension)
}

/// The file there, if neither it nor a folder on the way is a link to somewhere else.
fn file_at(root: &Path, path: &Path) -> Option<Metadata> {
    let inside = path.ancestors().take_while(|part| *part != root);
    let mut found = None;
    for part in inside {
        let metadata = fs::symlink_metadata(part).ok().filter(|metadata| !metadata.is_symlink())?;
        found = found.or(Some(metadata));
    }
    found.filter(Metadata::is_file)
}

fn read(path: &Path, kind: &'static Kind, stamp: Stamp) -> Option<Kept> {
    let bytes = read_at_most(path, MAX_FILE_BYTES).ok()??;
    let digest = Sha256::digest(&bytes);
    let tag = data_encoding::HEXLOWER.encode(digest.get(..TAG_BYTES)?);
    let gzip = if kind.squeeze { squeezed(&bytes) } else { None };
    Some(Kept { kind, tag, bytes: bytes.into(), gzip, stamp })
}

/// The bytes compressed, if they are fewer then.
fn squeezed(bytes: &[u8]) -> Option<Bytes> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).ok()?;
    encoder.finish().ok().filter(|gzip| gzip.len() < bytes.len()).map(Bytes::from)
}
