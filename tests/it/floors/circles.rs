//! No files of the house import each other in a circle.
//!
//! Every import counts: of a file beside it, of one in another folder, of the one above its folder, and of a file by the
//! one above it. A file that only declares another (`mod child;`) or passes its names on (`pub use child::Name;`) does not
//! import it. So a file is either used by those below it, or uses them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::{Source, code, sources};

/// Circles that are still to be untied, each with all its files; the list only becomes shorter.
const LEFT: &[&[&str]] = &[];

/// The module of a file: `badge::vc::json` for `src/badge/vc/json.rs`.
fn module(source: &Source) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let inside = source.path.strip_prefix(root).unwrap().with_extension("");
    inside.iter().map(|part| part.to_str().unwrap()).collect::<Vec<_>>().join("::")
}

/// The code without what says who may see an item, and without names of files below that are only passed on.
fn uses(code: &str, own: &str, modules: &BTreeSet<String>) -> String {
    let passed_on = |statement: &str| {
        let Some((before, path)) = statement.rsplit_once("use ") else { return false };
        let first = path.split("::").next().unwrap_or_default().trim();
        before.trim_end().ends_with("pub") && modules.contains(&format!("{own}::{first}"))
    };
    let mut plain = String::new();
    let mut rest = code;
    while let Some((before, after)) = rest.split_once("pub(") {
        plain.push_str(before);
        plain.push_str("pub ");
        rest = after.split_once(')').map_or("", |(_, after)| after);
    }
    plain.push_str(rest);
    plain.split_inclusive(';').filter(|statement| !passed_on(statement)).collect()
}

/// Every path in code that is written with `::`, groups in braces taken apart.
fn paths(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    let bytes = code.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let starts = bytes[at].is_ascii_alphabetic() || bytes[at] == b'_';
        let inside = at > 0 && (bytes[at - 1].is_ascii_alphanumeric() || b"_:'".contains(&bytes[at - 1]));
        if !starts || inside {
            at += 1;
            continue;
        }
        at = tree(code, at, "", &mut found);
    }
    found
}

/// Reads one path, and all that its group holds; gives the place behind it.
fn tree(code: &str, mut at: usize, before: &str, found: &mut Vec<String>) -> usize {
    let bytes = code.as_bytes();
    let begin = at;
    while at < bytes.len() && (bytes[at].is_ascii_alphanumeric() || bytes[at] == b'_') {
        at += 1;
    }
    let mut path = before.to_owned();
    let word = &code[begin..at];
    if !word.is_empty() {
        path = if path.is_empty() { word.to_owned() } else { format!("{path}::{word}") };
    }
    if !code[at..].starts_with("::") {
        // A word by itself is no path.
        if !before.is_empty() {
            found.push(path);
        }
        return at;
    }
    at += 2;
    if bytes.get(at) != Some(&b'{') {
        return tree(code, at, &path, found);
    }
    at += 1;
    loop {
        while at < bytes.len() && (bytes[at].is_ascii_whitespace() || bytes[at] == b',') {
            at += 1;
        }
        match bytes.get(at) {
            None => return at,
            Some(b'}') => return at + 1,
            Some(c) if c.is_ascii_alphabetic() || *c == b'_' => at = tree(code, at, &path, found),
            Some(_) => at += 1,
        }
    }
}

/// The path from the root of the crate.
fn absolute(path: &str, own: &str, children: &BTreeSet<String>) -> Option<String> {
    let mut words: Vec<&str> = path.split("::").collect();
    let mut base: Vec<&str> = own.split("::").collect();
    match words[0] {
        "crate" | "typeproof" => base.clear(),
        "self" => {}
        "super" => {
            while words.first() == Some(&"super") {
                base.pop();
                words.remove(0);
            }
            base.extend(words);
            return Some(base.join("::"));
        }
        first if children.contains(&format!("{own}::{first}")) => {
            base.extend(words);
            return Some(base.join("::"));
        }
        _ => return None,
    }
    base.extend(&words[1..]);
    Some(base.join("::"))
}

/// Which files each file imports.
fn imports() -> BTreeMap<String, BTreeSet<String>> {
    let sources: Vec<_> =
        sources().into_iter().filter(|source| !matches!(source.room.as_str(), "lib" | "main")).collect();
    let modules: BTreeSet<String> = sources.iter().map(module).collect();
    let file_of = |path: &str| {
        let mut words: Vec<&str> = path.split("::").collect();
        while !words.is_empty() && !modules.contains(&words.join("::")) {
            words.pop();
        }
        (!words.is_empty()).then(|| words.join("::"))
    };
    let of = |source: &Source| {
        let own = module(source);
        let named = paths(&uses(&code(&source.text), &own, &modules)).into_iter();
        let files = named.filter_map(|path| file_of(&absolute(&path, &own, &modules)?));
        files.filter(|file| own != *file).collect()
    };
    sources.iter().map(|source| (module(source), of(source))).collect()
}

/// All files that one imports, straight or by others.
fn reached(from: &str, imports: &BTreeMap<String, BTreeSet<String>>) -> BTreeSet<String> {
    let (mut seen, mut next) = (BTreeSet::new(), vec![from.to_owned()]);
    while let Some(file) = next.pop() {
        next.extend(imports[&file].iter().filter(|other| seen.insert((*other).clone())).cloned());
    }
    seen
}

/// The circles: files that each reach all others of their circle.
fn circles(imports: &BTreeMap<String, BTreeSet<String>>) -> BTreeSet<Vec<String>> {
    let reached: BTreeMap<&String, BTreeSet<String>> =
        imports.keys().map(|file| (file, reached(file, imports))).collect();
    let in_circle = imports.keys().filter(|file| reached[file].contains(*file));
    in_circle
        .map(|file| reached[file].iter().filter(|other| reached[other].contains(file)).cloned().collect())
        .collect()
}

#[test]
fn no_files_import_each_other_in_a_circle() {
    let found = circles(&imports());
    let left: BTreeSet<Vec<String>> =
        LEFT.iter().map(|circle| circle.iter().map(|file| (*file).to_owned()).collect()).collect();
    let new: Vec<_> = found.difference(&left).collect();
    assert!(new.is_empty(), "files import each other in a circle: {new:#?}");
    let untied: Vec<_> = left.difference(&found).collect();
    assert!(untied.is_empty(), "no circle any more, take it off the list: {untied:#?}");
}

#[test]
fn imports_are_found_however_they_are_written() {
    let children = BTreeSet::from(["a::b".to_owned(), "a::b::c".to_owned()]);
    let read = |code: &str| -> Vec<String> {
        paths(&uses(code, "a::b", &children))
            .iter()
            .filter_map(|path| absolute(path, "a::b", &children))
            .collect()
    };
    assert_eq!(read("use crate::x::{self, y::{Z, w}, V};"), ["x::self", "x::y::Z", "x::y::w", "x::V"]);
    assert_eq!(read("use super::d::E; use super::super::f;"), ["a::d::E", "f"]);
    assert_eq!(read("c::run(); other::run(); x.c();"), ["a::b::c::run"]);
    assert_eq!(read("pub use c::D; pub(super) use c::{E, F}; use c::G;"), ["a::b::c::G"]);
    assert_eq!(read("pub use super::d::E;"), ["a::d::E"]);
    assert_eq!(read("pub(in crate::x) fn f(y: &crate::y::Y) {}"), ["y::Y"]);
    let files = |pairs: &[(&str, &[&str])]| -> BTreeMap<String, BTreeSet<String>> {
        pairs.iter().map(|(a, b)| ((*a).to_owned(), b.iter().map(|b| (*b).to_owned()).collect())).collect()
    };
    let tied = files(&[("a", &["b"]), ("b", &["c"]), ("c", &["b"]), ("d", &["a"])]);
    assert_eq!(circles(&tied), BTreeSet::from([vec!["b".to_owned(), "c".to_owned()]]));
    assert!(circles(&files(&[("a", &["b", "c"]), ("b", &["c"]), ("c", &[])])).is_empty());
}
