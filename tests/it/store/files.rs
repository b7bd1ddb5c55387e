//! Files that are written once: badges as plain files, new files, the user's own issuers.

use std::fs;
use std::path::Path;

use ed25519_dalek::SigningKey;
use tempfile::TempDir;
use typeproof::store::files::{
    Access, FileError, badge_stem, read_at_most, replace, write_badge_files, write_new,
};
use typeproof::store::issuers;
use typeproof::store::paths::Paths;
use typeproof::trust::{Added, Assurance, Issuer, KeyTerm, Keys, Life, TrustList};

fn names(dir: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_new_file_never_replaces_one_and_leaves_no_litter() {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("a/b/file");
    write_new(&path, b"one", Access::Owner).unwrap();
    assert!(matches!(write_new(&path, b"two", Access::Owner), Err(FileError::Exists(_))));
    assert_eq!(fs::read(&path).unwrap(), b"one");
    replace(&path, b"three", Access::Owner).unwrap();
    assert_eq!(read_at_most(&path, 5).unwrap().unwrap(), b"three");
    assert!(matches!(read_at_most(&path, 4), Err(FileError::TooLarge { limit: 4, .. })));
    assert_eq!(read_at_most(&path.with_extension("none"), 4).unwrap(), None);
    assert_eq!(names(path.parent().unwrap()), ["file"]);
    assert!(matches!(write_new(&path.join("below"), b"", Access::Owner), Err(FileError::Io { .. })));
}

#[cfg(unix)]
#[test]
fn modes_are_those_asked_for_from_the_first_byte() {
    use std::os::unix::fs::PermissionsExt;
    let dir = TempDir::new().unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let (secret, open) = (dir.path().join("new/secret"), dir.path().join("new/open"));
    write_new(&secret, b"", Access::Owner).unwrap();
    write_new(&open, b"", Access::Everyone).unwrap();
    assert_eq!(mode(&secret), 0o600);
    assert_eq!(mode(&open) & 0o600, 0o600);
    assert_eq!(mode(&open) & 0o133, 0);
    assert_eq!(mode(&dir.path().join("new")), 0o700);
}

#[test]
fn badge_files_share_a_stem_and_are_never_overwritten() {
    let dir = TempDir::new().unwrap();
    let stem = badge_stem("speed-60", "urn:uuid:3F2A9C10-aaaa-4000-8000-000000000000");
    assert_eq!(stem, "speed-60-3f2a9c10");
    let write = |json: &[u8], svg: &[u8]| {
        let paths = write_badge_files(dir.path(), &stem, &[("json", json), ("svg", svg)]).unwrap();
        paths.iter().map(|path| path.file_name().unwrap().to_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(write(b"{}", b"<svg/>"), ["speed-60-3f2a9c10.json", "speed-60-3f2a9c10.svg"]);
    assert_eq!(
        write(b"{}", b"<svg/>"),
        ["speed-60-3f2a9c10.json", "speed-60-3f2a9c10.svg"],
        "equal content stays"
    );
    fs::remove_file(dir.path().join("speed-60-3f2a9c10.json")).unwrap();
    assert_eq!(write(b"{}", b"<svg/>")[0], "speed-60-3f2a9c10.json", "a set is completed");
    assert_eq!(write(b"{}", b"<svg />"), ["speed-60-3f2a9c10-2.json", "speed-60-3f2a9c10-2.svg"]);
    assert_eq!(write(b"[]", b"<svg />"), ["speed-60-3f2a9c10-3.json", "speed-60-3f2a9c10-3.svg"]);
    assert_eq!(names(dir.path()).len(), 6);
    assert_eq!(fs::read(dir.path().join("speed-60-3f2a9c10.svg")).unwrap(), b"<svg/>");
}

#[test]
fn no_stem_leads_out_of_the_folder() {
    let dir = TempDir::new().unwrap();
    let inside = dir.path().join("badges");
    for stem in ["../../etc/passwd", "/etc/passwd", "..", "", "a\0b", "C:\\x", "\u{1b}[2J", &"x".repeat(500)]
    {
        let paths = write_badge_files(&inside, stem, &[("json", b"{}")]).unwrap();
        assert_eq!(paths[0].parent(), Some(inside.as_path()), "{stem:?}");
    }
    assert_eq!(names(dir.path()), ["badges"]);
    assert_eq!(badge_stem("", ""), "");
    assert!(badge_stem(&"l".repeat(500), "https://x/12345678901").ends_with("-12345678"));
}

#[test]
fn own_issuers_are_kept_one_a_file_and_a_bad_one_is_named() {
    let dir = TempDir::new().unwrap();
    let trust = Paths::below(dir.path()).trust_dir();
    let key = |number: u8| SigningKey::from_bytes(&[number; 32]).verifying_key();
    let living = |number: u8, life| Issuer {
        name: format!("College {number}"),
        url: None,
        keys: KeyTerm { key: key(number), from: "2026-01-31".parse().unwrap(), life }.into(),
        highest_assurance: Assurance::Reviewed,
        did: None,
        status_list: None,
        email: None,
        image: None,
        former: Vec::new(),
    };
    let issuer = |number: u8| living(number, Life::InUse);
    assert_eq!(issuers::load(&trust, &mut TrustList::default()), [], "no folder, no notice");
    for number in [1, 2] {
        assert!(issuers::add(&trust, &issuer(number)).unwrap().starts_with(&trust));
        assert!(matches!(issuers::add(&trust, &issuer(number)), Err(FileError::Exists(_))));
    }
    fs::write(trust.join("bad.toml"), "name = 3").unwrap();
    fs::write(trust.join("notes.txt"), "no issuer").unwrap();
    let mut list = TrustList::default();
    let lost = Life::Compromised { since: "2026-02-01".parse().unwrap() };
    assert_eq!(list.add(living(2, lost)), Added::New);
    let notices = issuers::load(&trust, &mut list);
    assert_eq!((list.issuers().len(), notices.len()), (2, 2), "{notices:?}");
    assert!(notices[0].to_string().contains("bad.toml, line 1: "), "{notices:?}");
    assert!(notices[1].to_string().contains("known as compromised"), "{notices:?}");
    fs::write(trust.join("z.toml"), living(1, lost).to_toml()).unwrap();
    let mut list = TrustList::default();
    let notices = issuers::load(&trust, &mut list);
    assert_eq!(list.find(&key(1)).unwrap().1.life, lost);
    assert!(
        notices.iter().any(|n| n.to_string().contains("describe the same key; the first decides")),
        "{notices:?}"
    );
    fs::remove_file(trust.join("z.toml")).unwrap();
    fs::write(trust.join("a.toml"), living(1, lost).to_toml()).unwrap();
    let mut list = TrustList::default();
    let notices = issuers::load(&trust, &mut list);
    assert_eq!(list.find(&key(1)).unwrap().1.life, lost);
    assert!(
        notices.iter().any(|n| n.to_string().contains("the second, which is stricter, decides")),
        "{notices:?}"
    );
    fs::remove_file(trust.join("a.toml")).unwrap();
    assert!(issuers::read(&trust.join("none.toml")).unwrap_err().to_string().contains("no such file"));
    assert_eq!(issuers::remove(&trust, &issuer(1)).unwrap().len(), 1);
    assert_eq!(issuers::remove(&trust, &issuer(1)).unwrap().len(), 0);
    assert_eq!(names(&trust).len(), 3);
}

#[test]
fn files_that_share_one_of_several_keys_are_told_apart_key_by_key() {
    let dir = TempDir::new().unwrap();
    let trust = Paths::below(dir.path()).trust_dir();
    let key = |number: u8| SigningKey::from_bytes(&[number; 32]).verifying_key();
    let lost = Life::Compromised { since: "2026-02-01".parse().unwrap() };
    let issuer = |name: &str, keys: &[(u8, Life)]| Issuer {
        name: name.to_owned(),
        url: None,
        keys: Keys::new(keys.iter().map(|(number, life)| KeyTerm {
            key: key(*number),
            from: "2026-01-31".parse().unwrap(),
            life: *life,
        }))
        .unwrap(),
        highest_assurance: Assurance::Reviewed,
        did: None,
        status_list: None,
        email: None,
        image: None,
        former: Vec::new(),
    };
    let first = issuer("A", &[(1, lost), (2, Life::InUse)]);
    issuers::add(&trust, &first).unwrap();
    let path = issuers::add(&trust, &issuer("B", &[(3, Life::InUse), (1, Life::InUse)])).unwrap();
    issuers::add(&trust, &issuer("C", &[(4, Life::InUse)])).unwrap();
    let mut list = TrustList::default();
    let notices: Vec<String> = issuers::load(&trust, &mut list).iter().map(ToString::to_string).collect();
    assert_eq!(notices.len(), 1, "{notices:?}");
    assert!(
        notices[0].contains("describe the same key; the second, which is stricter, decides"),
        "{notices:?}"
    );
    assert!(notices[0].starts_with(&path.display().to_string()), "{notices:?}");
    let of = |number| list.find(&key(number)).map(|(issuer, term)| (issuer.name.clone(), term.life));
    assert_eq!(of(1), Some(("A".to_owned(), lost)));
    assert_eq!(of(3), Some(("B".to_owned(), Life::InUse)));
    // Whoever removes an issuer removes every file that vouches for one of its keys.
    assert_eq!(issuers::remove(&trust, &first).unwrap().len(), 2);
    let mut list = TrustList::default();
    assert_eq!(issuers::load(&trust, &mut list), []);
    assert_eq!(list.issuers().iter().map(|issuer| issuer.name.as_str()).collect::<Vec<_>>(), ["C"]);
}

#[test]
fn more_issuer_files_than_are_read_are_said() {
    let dir = TempDir::new().unwrap();
    for n in 0..1001 {
        fs::write(dir.path().join(format!("{n:04}.toml")), "").unwrap();
    }
    let notices = issuers::load(dir.path(), &mut TrustList::default());
    assert_eq!(notices.len(), 1001);
    assert!(
        notices[0].to_string().contains("holds 1001 issuer files, and only the first 1000"),
        "{:?}",
        notices[0]
    );
    assert!(notices[1].to_string().contains("0000.toml"), "{:?}", notices[1]);
}

#[test]
fn lesson_folders_are_read_with_what_lies_in_them_and_bad_files_are_named() {
    let dir = TempDir::new().unwrap();
    let (files, notices) = typeproof::store::lessons::read(&dir.path().join("missing"));
    assert!(files.is_empty() && notices.is_empty(), "a missing folder is an empty one");
    fs::create_dir_all(dir.path().join("passages/mine/1/2/3/4")).unwrap();
    for (name, bytes) in [
        ("words.txt", &b"one\n"[..]),
        ("README.md", b"not a lesson"),
        ("passages/a.toml", b"text = 'a'"),
        ("passages/mine/b.toml", b"text = 'b'"),
        ("passages/mine/1/2/3/4/deep.toml", b"text = 'too deep'"),
        ("passages/latin1.toml", b"text = 'caf\xe9'"),
        ("passages/large.toml", &[b'#'; (1 << 20) + 1]),
    ] {
        fs::write(dir.path().join(name), bytes).unwrap();
    }
    let (files, notices) = typeproof::store::lessons::read(dir.path());
    let texts: Vec<&str> = files.iter().map(|(_, text)| text.as_str()).collect();
    assert_eq!(texts, ["text = 'a'", "text = 'b'", "one\n"]);
    let notices: Vec<String> = notices.iter().map(ToString::to_string).collect();
    assert_eq!(notices.len(), 2, "{notices:?}");
    assert!(notices[0].contains("larger than") || notices[1].contains("larger than"));
    assert!(notices.iter().any(|n| n.contains("latin1.toml is not UTF-8 text")));
}

/// A link that leads back up leads to nothing new, and one that leads elsewhere is followed.
#[cfg(unix)]
#[test]
fn links_among_lesson_folders_are_followed_once() {
    let (dir, other) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    fs::write(dir.path().join("a.txt"), "one\n").unwrap();
    fs::write(other.path().join("b.txt"), "two\n").unwrap();
    for (target, name) in [(dir.path(), "loop"), (other.path(), "other"), (other.path(), "other-2")] {
        std::os::unix::fs::symlink(target, dir.path().join(name)).unwrap();
    }
    let (files, notices) = typeproof::store::lessons::read(dir.path());
    let texts: Vec<&str> = files.iter().map(|(_, text)| text.as_str()).collect();
    assert_eq!((texts, notices.len()), (vec!["one\n", "two\n"], 0));
}
