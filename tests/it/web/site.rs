//! The site: what is written, whom its page trusts, what a hosted badge shows; and its server.

mod hosted;
mod idle;
mod limits;
mod requests;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDate, Utc};
use ed25519_dalek::{SigningKey, VerifyingKey};
use serde_json::Value;
use tempfile::TempDir;
use typeproof::badge::carry::share;
use typeproof::desk::Desk;
use typeproof::store::history::BadgeRow;
use typeproof::store::issuers;
use typeproof::store::paths::Paths;
use typeproof::trust::{Assurance, Issuer, KeyTerm, Life, TrustList};
use typeproof::web::data::PageData;
use typeproof::web::hosted::HostedBadge;
use typeproof::web::site::{self, Built, SiteError};

use crate::support::stage::taken;

const URL: &str = "https://example.org/v/#";

/// A home with badges in it.
struct Stage {
    dir: TempDir,
    desk: Desk,
    rows: Vec<BadgeRow>,
}

impl Stage {
    fn new(badges: u32) -> Self {
        let dir = TempDir::new().unwrap();
        let mut desk = Desk::at(Paths::below(&dir.path().join("home")), None);
        desk.settings.holder_name = Some("Ada <Lovelace> & \"Co\"".to_owned());
        desk.settings.holder_email = Some("ada@example.org".to_owned());
        let level = desk.level("sprint-40").unwrap();
        let awarded = (0..badges).map(|n| {
            let finished = taken(&mut desk, &level, 190 + n);
            desk.award(&finished, None).unwrap().row
        });
        let rows = awarded.collect();
        Self { dir, desk, rows }
    }

    fn site(&self) -> PathBuf {
        self.dir.path().join("site")
    }

    fn hosted(&self, url: &str) -> Vec<HostedBadge> {
        self.rows.iter().map(|row| HostedBadge::of(row, url).unwrap()).collect()
    }

    fn build(&mut self, badges: &[HostedBadge]) -> Result<Built, SiteError> {
        let dir = self.site();
        build(&mut self.desk, &dir, &TrustList::default(), badges)
    }
}

fn build(desk: &mut Desk, dir: &Path, list: &TrustList, badges: &[HostedBadge]) -> Result<Built, SiteError> {
    let catalogue = desk.catalogue();
    let data = PageData {
        catalogue: &catalogue,
        issuers: list.issuers(),
        documents: &[],
        statuses: &[],
        built: day("2026-11-23"),
    };
    site::build(dir, &data, badges)
}

fn day(text: &str) -> DateTime<Utc> {
    text.parse::<NaiveDate>().unwrap().and_hms_opt(0, 0, 0).unwrap().and_utc()
}

fn term(key: VerifyingKey, life: Life) -> KeyTerm {
    KeyTerm { key, from: "2026-01-01".parse().unwrap(), life }
}

fn issuer(number: u8, name: &str) -> Issuer {
    Issuer {
        name: name.to_owned(),
        url: None,
        keys: term(SigningKey::from_bytes(&[number; 32]).verifying_key(), Life::InUse).into(),
        highest_assurance: Assurance::Proctored,
        did: None,
        status_list: None,
        email: None,
        image: None,
        former: Vec::new(),
    }
}

/// Every file below a folder, by its path within.
fn files(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![dir.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(dir).unwrap().to_str().unwrap().replace('\\', "/");
                found.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    found
}

/// What stands between two marks.
fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    let (_, rest) = text.split_once(before).unwrap_or_else(|| panic!("{before:?} is in {text}"));
    rest.split_once(after).unwrap().0
}

#[test]
fn a_site_is_page_issuers_and_the_chosen_badges() {
    let mut stage = Stage::new(2);
    let badges = stage.hosted(URL);
    stage.build(&badges[..1]).unwrap();
    let found = files(&stage.site());
    let id = share::short_id(&stage.rows[0].id);
    let mut expected: Vec<String> =
        [".nojekyll", "404.html", "_headers", "index.html", "issuers.json", "server.txt"]
            .map(str::to_owned)
            .to_vec();
    expected.extend(["html", "json", "png", "svg"].map(|extension| format!("b/{id}.{extension}")));
    expected.sort();
    assert_eq!(found.keys().cloned().collect::<Vec<_>>(), expected);
    assert_eq!(found["index.html"], found["404.html"]);
    assert_eq!(found[&format!("b/{id}.json")], stage.rows[0].credential.as_bytes(), "byte for byte");
    for (name, bytes) in &found {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains("ada@example.org"), "{name} holds the e-mail address in plain text");
        assert!(!text.contains(&stage.rows[1].id), "{name} names a badge that was not chosen");
    }
}

#[test]
fn building_again_touches_only_what_changed_and_deletes_nothing() {
    let mut stage = Stage::new(2);
    let badges = stage.hosted(URL);
    let built = stage.build(&badges).unwrap();
    assert_eq!((built.written.len(), built.unchanged.len(), built.left.len()), (14, 0, 0));
    fs::write(stage.site().join("about.html"), "mine").unwrap();
    fs::write(stage.site().join("b/notes.txt"), "mine, too").unwrap();
    let before = files(&stage.site());
    let built = stage.build(&badges).unwrap();
    assert_eq!((built.written.len(), built.unchanged.len()), (0, 14));
    let built = stage.build(&badges[1..]).unwrap();
    let left = stage.site().join(format!("b/{}.json", badges[0].name));
    assert_eq!((built.written.len(), built.unchanged.len(), built.left), (0, 10, vec![left]));
    assert_eq!(files(&stage.site()), before);
    let mut list = TrustList::default();
    let _ = list.add(issuer(1, "City College"));
    let dir = stage.site();
    let built = build(&mut stage.desk, &dir, &list, &badges).unwrap();
    assert_eq!((built.written.len(), built.unchanged.len()), (3, 11), "the page and its issuers are new");
    let text = fs::read_to_string(dir.join("issuers.json")).unwrap();
    let list: Value = serde_json::from_str(&text).unwrap();
    assert_eq!((&list["built"], &list["issuers"][0]["name"]), (&"2026-11-23".into(), &"City College".into()));
    let names = fs::read_dir(&dir).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap());
    let hidden: Vec<_> = names.filter(|name| name.starts_with('.')).collect();
    assert_eq!(hidden, [".nojekyll"], "nothing half written stays");
}

#[test]
fn what_the_program_did_not_write_is_not_overwritten() {
    for (name, text) in [
        ("index.html", "<!doctype html><title>My own page</title>"),
        ("404.html", ""),
        ("issuers.json", "{\"issuers\": {}}"),
        ("issuers.json", "not even JSON"),
        (".nojekyll", "mine"),
        ("_headers", "/*\n  X-Mine: yes\n"),
        ("server.txt", ""),
        ("index.html", "<main id=\"verdict\"> and id=\"data\", of another program"),
    ] {
        let mut stage = Stage::new(0);
        fs::create_dir(stage.site()).unwrap();
        fs::write(stage.site().join(name), text).unwrap();
        let why = stage.build(&[]).unwrap_err().to_string();
        assert!(why.contains(name) && why.contains("is not overwritten: move it away"), "{why}");
        assert_eq!(
            files(&stage.site()),
            BTreeMap::from([(name.to_owned(), text.into())]),
            "nothing is written"
        );
    }
    let mut stage = Stage::new(0);
    fs::write(stage.site(), "a file where the folder should be").unwrap();
    let why = stage.build(&[]).unwrap_err().to_string();
    assert!(why.contains("site"), "{why}");
    fs::remove_file(stage.site()).unwrap();
    fs::create_dir_all(stage.site().join("index.html")).unwrap();
    assert!(stage.build(&[]).unwrap_err().to_string().contains("it is a folder, not a file"));
}

/// What somebody laid in the folder, or the folder itself, leads the site nowhere else.
#[cfg(unix)]
#[test]
fn no_site_is_written_through_a_symbolic_link() {
    use std::os::unix::fs::symlink;
    let mut stage = Stage::new(1);
    let badges = stage.hosted(URL);
    stage.build(&badges).unwrap();
    let elsewhere = stage.dir.path().join("elsewhere");
    let picture = format!("b/{}.png", badges[0].name);
    for name in ["index.html", "404.html", "issuers.json", "b", &picture, ""] {
        for there in [true, false] {
            let path = if name.is_empty() { stage.site() } else { stage.site().join(name) };
            let aside = stage.dir.path().join("aside");
            fs::rename(&path, &aside).unwrap();
            if there {
                // A page of ours, which could be replaced where it lies.
                let copied = std::process::Command::new("cp").arg("-r").args([&aside, &elsewhere]).status();
                assert!(copied.unwrap().success());
            }
            symlink(&elsewhere, &path).unwrap();
            let before = if elsewhere.is_dir() { files(&elsewhere) } else { BTreeMap::new() };
            let why = stage.build(&badges).unwrap_err();
            assert!(matches!(why, SiteError::Link { .. }), "{name}: {why}");
            assert!(why.to_string().contains("a site is not written through links"), "{why}");
            assert!(path.symlink_metadata().unwrap().is_symlink(), "{name}: the link stays");
            match there {
                true if elsewhere.is_dir() => assert_eq!(files(&elsewhere), before, "{name}"),
                true => assert_eq!(fs::read(&elsewhere).unwrap(), fs::read(&aside).unwrap(), "{name}"),
                false => assert!(!elsewhere.exists(), "{name}"),
            }
            let _ = fs::remove_dir_all(&elsewhere).or_else(|_| fs::remove_file(&elsewhere));
            fs::remove_file(&path).unwrap();
            fs::rename(&aside, &path).unwrap();
        }
    }
    assert_eq!(stage.build(&badges).unwrap().unchanged.len(), 10);
}

#[cfg(unix)]
#[test]
fn what_is_no_file_in_a_site_is_neither_read_nor_replaced() {
    for name in ["index.html", "404.html", "issuers.json"] {
        let mut stage = Stage::new(0);
        fs::create_dir(stage.site()).unwrap();
        crate::store::odd::pipe(&stage.site().join(name));
        let why = stage.build(&[]).unwrap_err().to_string();
        assert!(why.contains(name) && why.contains("it is a named pipe, not a file"), "{why}");
    }
}

#[test]
fn keys_and_history_are_not_published() {
    let stage = Stage::new(0);
    let home = stage.dir.path().join("home");
    let check = |dir: &Path| site::refuse_private(dir, stage.desk.paths());
    let up = home.join("keys/../site/../badges");
    let made_on_the_way = stage.dir.path().join("new/../home/badges");
    for dir in [
        stage.dir.path(),
        &home,
        &home.join("badges"),
        &home.join("badges/new"),
        &home.join("sitex"),
        &up,
        &made_on_the_way,
    ] {
        fs::create_dir_all(home.join("badges")).unwrap();
        fs::create_dir_all(home.join("keys")).unwrap();
        fs::create_dir_all(home.join("site")).unwrap();
        assert!(matches!(check(dir), Err(SiteError::Private { .. })), "{dir:?}");
    }
    #[cfg(unix)]
    {
        let link = stage.dir.path().join("elsewhere");
        std::os::unix::fs::symlink(&home, &link).unwrap();
        assert!(check(&link.join("new")).is_err());
    }
    for dir in [stage.site(), home.join("site"), home.join("site/deeper"), stage.dir.path().join("home2")] {
        check(&dir).unwrap();
    }
}

#[test]
fn the_users_own_key_is_trusted_only_when_given() {
    let mut stage = Stage::new(1);
    let key = stage.desk.own_key().public().unwrap();
    let own = Issuer { keys: term(key, Life::InUse).into(), ..issuer(1, "Ada herself") };
    let trust_dir = stage.desk.paths().trust_dir();
    issuers::add(&trust_dir, &own).unwrap();
    issuers::add(&trust_dir, &issuer(2, "City College")).unwrap();
    let key = SigningKey::from_bytes(&[3; 32]).verifying_key();
    let leaky = Issuer { keys: term(key, lost()).into(), ..issuer(3, "Leaky College") };
    issuers::add(&trust_dir, &leaky).unwrap();
    let names = |list: &TrustList| list.issuers().iter().map(|i| i.name.clone()).collect::<Vec<_>>();
    let (list, notices) = site::trusted(&mut stage.desk, Vec::new());
    assert_eq!(
        (names(&list).as_slice(), notices.len()),
        (["City College", "Leaky College"].map(String::from).as_slice(), 0)
    );
    let given = vec![own, issuer(3, "Mended College"), issuer(4, "Town College")];
    let (list, notices) = site::trusted(&mut stage.desk, given);
    assert_eq!(names(&list), ["City College", "Leaky College", "Ada herself", "Town College"]);
    assert!(
        notices[0].to_string().contains("\"Mended College\" is known as retired or compromised"),
        "{notices:?}"
    );
}

fn lost() -> Life {
    Life::Compromised { since: "2026-02-01".parse().unwrap() }
}

#[test]
fn the_users_own_site_hosts_no_badge_and_its_home_stays_private() {
    let mut stage = Stage::new(1);
    issuers::add(&stage.desk.paths().trust_dir(), &issuer(2, "City College")).unwrap();
    let (dir, list) = site::build_own(&mut stage.desk).unwrap();
    assert_eq!(list.issuers().len(), 1);
    assert_eq!(
        files(&dir).into_keys().collect::<Vec<_>>(),
        [".nojekyll", "404.html", "_headers", "index.html", "issuers.json", "server.txt"]
    );
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let fresh = TempDir::new().unwrap();
        let home = fresh.path().join("home");
        site::build_own(&mut Desk::at(Paths::below(&home), None)).unwrap();
        assert_eq!(home.metadata().unwrap().permissions().mode() & 0o777, 0o700);
    }
}
