//! The inner rooms of `badge` have floors, too.

use super::{code, sources};

/// The inner rooms from the ground up; what issues is all that lies at the front of `badge`. The last two stand side by
/// side and may name each other.
const INNER: &[&[&str]] = &[
    &["reasons"],
    &["vc"],
    &["claim", "figures", "holder", "holes", "uris", "template", "texts", "token", "credential", "issuance"],
    &["verify"],
    &["carry", "draw"],
];

fn floor(room: &str) -> Option<usize> {
    INNER.iter().position(|rooms| rooms.contains(&room))
}

#[test]
fn inner_rooms_of_badge_import_downwards() {
    let mut seen = 0;
    for source in sources().iter().filter(|source| source.room == "badge") {
        let path = source.path.to_string_lossy().replace('\\', "/");
        let Some((_, inside)) = path.split_once("/src/badge/") else { continue };
        let own = inside.split(['/', '.']).next().unwrap();
        let mine = floor(own).unwrap_or_else(|| panic!("{path}: give the inner room its floor"));
        for (_, rest) in code(&source.text).split("crate::badge::").enumerate().skip(1) {
            let other = rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap();
            assert!(!other.is_empty(), "{path}: name one inner room a line");
            let other_floor = floor(other).unwrap_or_else(|| panic!("{path}: {other} has no floor"));
            assert!(other_floor <= mine, "{path} names {other}, which is no floor below");
            seen += 1;
        }
    }
    assert!(seen > 40, "the imports were found");
}
