//! What web hosts want to find in a folder beside the pages, and how a server of one's own is set up.

/// With this every file here begins but the empty one: so a later build knows it again.
const MARK: &str = "# Written by typeproof site build";

/// Tells the pages of a code host to leave the files as they are; it is empty.
const AS_THEY_ARE: &str = ".nojekyll";

/// The names of the files, and what is in them. The headers are those of this program's own server.
pub(super) const FILES: [(&str, &str); 3] = [
    (AS_THEY_ARE, ""),
    ("_headers", include_str!("hosts/_headers")),
    ("server.txt", include_str!("hosts/server.txt")),
];

/// Whether the file of this name is this program's, of any version.
pub(super) fn is_own(name: &str, bytes: &[u8]) -> bool {
    name == AS_THEY_ARE && bytes.is_empty() || bytes.starts_with(MARK.as_bytes())
}
