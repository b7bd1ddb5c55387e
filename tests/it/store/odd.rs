//! What is no file where one is expected: refused before it is opened, named, and told what it is. Opening a pipe would
//! wait for ever, so a test here that ends has passed half of it.

use std::fs;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};

use rustix::fs::{CWD, FileType, Mode, mknodat};
use tempfile::TempDir;
use typeproof::desk::Given;
use typeproof::keyring::Keyring;
use typeproof::store::files::{
    Access, FileError, clear_remains, read_at_most, read_file, rewrite, write_badge_files, write_new,
};
use typeproof::store::settings::Settings;
use typeproof::store::sqlite::Sqlite;
use typeproof::store::{issuers, lessons};
use typeproof::trust::TrustList;

/// What somebody can put in the place of a file, and what is said of it.
const KINDS: [(&str, &str); 6] = [
    ("pipe", "it is a named pipe, not a file"),
    ("socket", "it is a socket, not a file"),
    ("device", "it is a device, not a file"),
    ("link to a pipe", "it is a named pipe, not a file"),
    ("folder", "it is a folder, not a file"),
    ("loop", "it is a symbolic link that leads back to itself"),
];

pub fn pipe(path: &Path) {
    mknodat(CWD, path, FileType::Fifo, Mode::from_raw_mode(0o600), 0).unwrap();
}

fn make(kind: &str, path: &Path) {
    let beside = path.with_file_name("beside");
    match kind {
        "pipe" => pipe(path),
        "socket" => drop(UnixListener::bind(path).unwrap()),
        "device" => symlink("/dev/zero", path).unwrap(),
        "link to a pipe" => {
            pipe(&beside);
            symlink(&beside, path).unwrap();
        }
        "folder" => fs::create_dir(path).unwrap(),
        _ => {
            symlink(&beside, path).unwrap();
            symlink(path, &beside).unwrap();
        }
    }
}

/// One way to read or write a file: its name, and what comes of it in words.
type Way = (&'static str, &'static str, fn(&Path) -> String);

fn why<T>(result: Result<T, impl ToString>) -> String {
    result.err().map_or_else(|| "taken".to_owned(), |why| why.to_string())
}

fn keyring(path: &Path) -> typeproof::keyring::StoredKey {
    Keyring::at(path.parent().unwrap()).key(&Default::default())
}

const WAYS: &[Way] = &[
    ("anything", "x.json", |path| why(read_at_most(path, 99))),
    ("what must be there", "x.json", |path| why(read_file(path, 99))),
    ("an issuer", "x.toml", |path| why(issuers::read(path))),
    ("the trusted issuers", "x.toml", |path| {
        issuers::load(path.parent().unwrap(), &mut TrustList::default())[0].to_string()
    }),
    ("lessons", "x.toml", |path| {
        let (files, notices) = lessons::read(path.parent().unwrap());
        assert!(files.is_empty());
        // A folder among lessons is one.
        notices.first().map_or_else(|| "it is a folder, not a file: x.toml".to_owned(), ToString::to_string)
    }),
    ("settings, read", "settings.toml", |path| {
        let (settings, notices) = Settings::load(path);
        assert_eq!(settings, Settings::default());
        notices[0].to_string()
    }),
    ("settings, saved", "settings.toml", |path| {
        why(Settings { live_stats: false, ..Settings::default() }.save(path))
    }),
    ("what is rewritten", "x.1", |path| why(rewrite(path, b"new", Access::Owner))),
    ("a badge", "x.json", |path| why(Given::find(&path.display().to_string()))),
    ("a secret key", "issuer.pem", |path| why(keyring(path).unlock(None))),
    ("a secret key, looked at", "issuer.pem", |path| why(keyring(path).is_encrypted())),
    ("a public key", "issuer.pub", |path| {
        fs::write(path.with_extension("pem"), "").unwrap();
        why(keyring(path).public())
    }),
    ("an exported file", "x.json", |path| {
        why(write_badge_files(path.parent().unwrap(), "x", &[("json", b"{}")]))
    }),
    ("the history", "history.sqlite3", |path| why(Sqlite::open(path, chrono::DateTime::UNIX_EPOCH))),
    ("its lock", "history.lock", |path| {
        why(Sqlite::open(&path.with_extension("sqlite3"), chrono::DateTime::UNIX_EPOCH))
    }),
];

#[test]
fn what_is_no_file_is_refused_everywhere_and_named() {
    for (kind, words) in KINDS {
        for (way, name, run) in WAYS {
            let dir = TempDir::new().unwrap();
            let path = dir.path().join(name);
            make(kind, &path);
            let said = run(&path);
            assert!(said.contains(words) && said.contains(name), "{way}, a {kind}: {said}");
            let is_link = path.symlink_metadata().unwrap().is_symlink();
            assert_eq!(
                is_link,
                ["device", "link to a pipe", "loop"].contains(&kind),
                "{way}, a {kind}: it stays"
            );
        }
    }
}

#[test]
fn a_new_file_takes_no_place_that_is_taken() {
    for (kind, _) in KINDS {
        let dir = TempDir::new().unwrap();
        let path = dir.path().join("file");
        make(kind, &path);
        let refused = write_new(&path, b"new", Access::Owner).unwrap_err();
        assert!(matches!(refused, FileError::Exists(_)), "{kind}: {refused}");
    }
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("file");
    symlink(dir.path().join("nowhere"), &path).unwrap();
    assert!(matches!(write_new(&path, b"new", Access::Owner), Err(FileError::Exists(_))));
    assert!(!dir.path().join("nowhere").exists(), "nothing is written where a link leads");
}

/// Links among lessons: one that leads nowhere is named, and a folder that is met again is not read again.
#[test]
fn links_among_lessons_that_lead_nowhere_are_named_and_folders_are_read_once() {
    let dir = tempfile::tempdir().unwrap();
    let within = dir.path().join("within");
    fs::create_dir(&within).unwrap();
    fs::write(within.join("words.txt"), "plain\nwords\n").unwrap();
    symlink("gone", within.join("gone.toml")).unwrap();
    symlink("..", within.join("up")).unwrap();
    symlink(".", within.join("same")).unwrap();
    symlink(&within, dir.path().join("beside")).unwrap();
    let (files, notices) = lessons::read(dir.path());
    assert!(matches!(&files[..], [(name, _)] if name.ends_with("words.txt")), "{files:?}");
    let notices: Vec<String> = notices.iter().map(ToString::to_string).collect();
    let [notice] = &notices[..] else { panic!("{notices:?}") };
    assert!(notice.ends_with("gone.toml is a symbolic link to a file that is not there"), "{notice}");
}

/// A folder that lies in another's place, too.
#[test]
fn a_place_behind_a_file_or_a_loop_is_told_in_words() {
    let dir = TempDir::new().unwrap();
    fs::write(dir.path().join("file"), "").unwrap();
    make("loop", &dir.path().join("loop"));
    for (name, words) in [("file/x", "a part of its path is no folder"), ("loop/x", "leads back to itself")] {
        let path = dir.path().join(name);
        for said in
            [why(read_at_most(&path, 9)), why(Settings::default().save(&path)), why(keyring(&path).exists())]
        {
            assert!(said.contains(words) && !said.contains("os error"), "{name}: {said}");
        }
        // Where the folder of keys cannot be looked into, it is not known that there is no key.
        assert!(keyring(&path).create(None, &zeroize::Zeroizing::new([1; 32])).is_err());
    }
}

// -- links that stay links

/// A folder of dotfiles, and a home that links into it.
fn linked(name: &str) -> (TempDir, PathBuf, PathBuf) {
    let dir = TempDir::new().unwrap();
    for folder in ["dotfiles", "home"] {
        fs::create_dir(dir.path().join(folder)).unwrap();
    }
    let (target, link) = (dir.path().join("dotfiles").join(name), dir.path().join("home").join(name));
    symlink(Path::new("../dotfiles").join(name), &link).unwrap();
    (dir, target, link)
}

fn changed() -> Settings {
    Settings { live_stats: false, ..Settings::default() }
}

#[test]
fn settings_that_are_a_link_stay_one_and_the_file_behind_is_changed() {
    use std::os::unix::fs::PermissionsExt;
    let (dir, target, link) = linked("settings.toml");
    fs::write(&target, "# kept in git\nlive_stats = true\n").unwrap();
    fs::set_permissions(&target, fs::Permissions::from_mode(0o644)).unwrap();
    // A link to a link, as some managers of dotfiles make them.
    let first = dir.path().join("home/first.toml");
    symlink(&link, &first).unwrap();
    for path in [&first, &link] {
        let mut settings = Settings::load(path).0;
        settings.live_stats = !settings.live_stats;
        settings.save(path).unwrap();
        assert_eq!(Settings::load(&target), (settings, vec![]));
        assert!(path.symlink_metadata().unwrap().is_symlink(), "{path:?} stays a link");
    }
    assert_eq!(fs::read_to_string(&target).unwrap(), "# kept in git\nlive_stats = true\n");
    assert_eq!(target.metadata().unwrap().permissions().mode() & 0o777, 0o644, "as its owner had it");
    for folder in ["dotfiles", "home"] {
        let hidden = |entry: std::io::Result<fs::DirEntry>| {
            entry.unwrap().file_name().to_str().unwrap().starts_with('.')
        };
        assert!(!fs::read_dir(dir.path().join(folder)).unwrap().any(hidden), "no leftovers");
    }
}

#[test]
fn a_link_that_leads_nowhere_is_told_and_stays() {
    let (_dir, target, link) = linked("settings.toml");
    let (settings, notices) = Settings::load(&link);
    assert_eq!((settings, notices.len()), (Settings::default(), 1));
    for said in [notices[0].to_string(), why(changed().save(&link)), why(rewrite(&link, b"", Access::Owner))]
    {
        assert!(
            said.contains("is a symbolic link to ../dotfiles/settings.toml, and no such file is there"),
            "{said}"
        );
    }
    assert!(link.symlink_metadata().unwrap().is_symlink() && !target.exists());
    assert_eq!(read_at_most(&link, 9).unwrap(), None, "elsewhere it is no file");
}

#[test]
fn a_read_only_file_is_told_and_stays_behind_a_link_or_not() {
    use std::os::unix::fs::PermissionsExt;
    let (_dir, target, link) = linked("settings.toml");
    let text = "live_stats = true\n";
    fs::write(&target, text).unwrap();
    for mode in [0o444, 0o400] {
        fs::set_permissions(&target, fs::Permissions::from_mode(mode)).unwrap();
        for path in [&link, &target] {
            let said = why(changed().save(path));
            assert!(
                said.contains("settings.toml is read-only and stays as it is; make it writable"),
                "{said}"
            );
            assert_eq!(fs::read_to_string(&target).unwrap(), text);
            // What differs from nothing writes nothing.
            Settings::default().save(path).unwrap();
        }
        assert!(link.symlink_metadata().unwrap().is_symlink());
    }
}

// -- what a killed program left

#[test]
fn what_nobody_writes_any_more_is_cleared_and_nothing_else() {
    let dir = TempDir::new().unwrap();
    let path = |name: &str| dir.path().join(name);
    for name in [".typeproof-Ab12Cd", ".typeproof-held", "typeproof-Ab12Cd", "issuer.pem", ".other"] {
        fs::write(path(name), "secret").unwrap();
    }
    fs::create_dir(path(".typeproof-folder")).unwrap();
    pipe(&path(".typeproof-pipe"));
    symlink(path("issuer.pem"), path(".typeproof-link")).unwrap();
    let held = fs::File::open(path(".typeproof-held")).unwrap();
    held.lock().unwrap();
    clear_remains(dir.path()).unwrap();
    let mut left: Vec<_> =
        fs::read_dir(dir.path()).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    left.sort();
    let kept = [".other", ".typeproof-folder", ".typeproof-held", ".typeproof-link", ".typeproof-pipe"];
    assert_eq!(left, [&kept[..], &["issuer.pem", "typeproof-Ab12Cd"]].concat());
    drop(held);
    clear_remains(dir.path()).unwrap();
    assert!(!path(".typeproof-held").exists(), "its program ended");
    clear_remains(&path("nowhere")).unwrap();
    assert!(clear_remains(&path("issuer.pem")).is_err());
}
