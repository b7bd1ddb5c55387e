//! A stage: a folder with the homes of several people, a badge in every form, files that are nearly right, and the names
//! under which tests speak of them. Also a level that is taken and passed at once.

use std::collections::BTreeMap;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use chrono::{DateTime, Duration, Utc};
use ed25519_dalek::SigningKey;
use serde_json::Value;
use tempfile::TempDir;
use typeproof::badge::carry::bake;
use typeproof::badge::carry::link;
use typeproof::desk::{Award, Desk, Finished};
use typeproof::lessons::level::Level;
use typeproof::sitting::Task;
use typeproof::store::paths::Paths;
use typeproof::system;
use typeproof::trust::multikey;
use typeproof::typing::exercise::Exercise;
use typeproof::typing::key::Stroke;
use typeproof::typing::session::{Phase, Session};

use super::images::{pixel, svg};
use super::vector;

/// The public key of the secret key that is all sevens.
const STRANGER: &str = "z6MkvLrkgkeeWeRwktZGShYPiB5YuPkhN2yi3MqMKZMFMgWr";

/// Types a whole exercise without an error, each key this many milliseconds after the one before.
fn typed(exercise: Arc<Exercise>, pace_ms: u32) -> Session {
    let mut session = Session::new(exercise);
    for n in 0.. {
        let key = session.due().expect("more to type");
        if let Phase::Ended(_) = session.press(Stroke { at: n * pace_ms, key }) {
            break;
        }
        if let Phase::Ended(_) = session.tick((n + 1) * pace_ms - 1) {
            break;
        }
    }
    session
}

/// The time that has just gone by.
fn last(ms: u32) -> Range<DateTime<Utc>> {
    let now = system::now();
    now - Duration::milliseconds(ms.into())..now
}

/// A test of a level, typed without an error at this pace and saved.
pub fn taken(desk: &mut Desk, level: &Level, pace_ms: u32) -> Finished {
    let exercise = desk.level_exercise(level).unwrap();
    let session = typed(exercise, pace_ms);
    desk.finish(session, Some(level), last(60_000)).unwrap()
}

/// A free test, typed without an error and saved.
fn free(desk: &mut Desk, name: &str, raw: &str) -> Finished {
    let test = Task::Text { name: name.to_owned(), raw: raw.to_owned(), lookalikes: Default::default() };
    let session = typed(Arc::clone(desk.sit(test).unwrap().session().exercise()), 100);
    let ms = session.duration().unwrap();
    desk.finish(session, None, last(ms)).unwrap()
}

/// What a stage with a holder consists of, made once: files with their access, and names whose values speak of `{dir}`.
struct Set {
    files: Vec<(String, Vec<u8>, fs::Permissions)>,
    names: BTreeMap<&'static str, String>,
}

static SET: LazyLock<Set> = LazyLock::new(|| {
    let stage = Stage::made();
    let (dir, mut files) = (stage.dir.path(), Vec::new());
    collect(dir, dir, &mut files);
    let names = stage.names.iter().map(|(name, value)| (*name, value.replace(stage.named("dir"), "{dir}")));
    Set { names: names.collect(), files }
});

fn collect(dir: &Path, folder: &Path, files: &mut Vec<(String, Vec<u8>, fs::Permissions)>) {
    for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            collect(dir, &path, files);
        } else {
            let name = path.strip_prefix(dir).unwrap().display().to_string();
            files.push((name, fs::read(&path).unwrap(), fs::metadata(&path).unwrap().permissions()));
        }
    }
}

/// Homes and files, and the names under which sentences speak of them.
pub struct Stage {
    dir: TempDir,
    names: BTreeMap<&'static str, String>,
}

impl Stage {
    /// A folder with a text and a lesson in it, and nobody's home.
    pub fn bare() -> Self {
        let dir = TempDir::new().unwrap();
        let names = BTreeMap::from([("dir", dir.path().display().to_string())]);
        let stage = Self { dir, names };
        stage.write("text.txt", "Something to type.");
        stage.write("lessons/passages/bad.toml", "text = 3\n");
        stage
    }

    /// The home of a holder with five attempts and a badge, and files made from them.
    pub fn new() -> Self {
        let mut stage = Self::bare();
        for (name, bytes, access) in &SET.files {
            let path = stage.write(name, bytes);
            fs::set_permissions(path, access.clone()).unwrap();
        }
        let names = SET.names.iter().map(|(name, value)| (*name, stage.fill(value)));
        stage.names = names.collect();
        let huge = fs::File::create(stage.home("huge.png")).unwrap();
        huge.set_len(bake::PICTURE_MAX as u64 + 1).unwrap();
        stage
    }

    fn made() -> Self {
        let mut stage = Self::bare();
        let mut desk = Desk::at(Paths::below(&stage.home("holder")), None);
        desk.settings.holder_name = Some("Ada Lovelace".to_owned());
        desk.settings.holder_email = Some("ada@example.org".to_owned());
        desk.save_settings().unwrap();
        let passed = stage.attempts(&mut desk);
        let award = desk.award(&passed, None).unwrap();
        stage.badge(&mut desk, &award);
        stage.links(&award.url);
        stage.issuers();
        stage
    }

    /// The five attempts: passed, passed without a badge, failed, a text of one's own, and one at a level that is not
    /// loaded. Gives the first.
    fn attempts(&mut self, desk: &mut Desk) -> Finished {
        let level = desk.level("sprint-40").unwrap();
        let passed = taken(desk, &level, 200);
        let mut others = Desk::at(desk.paths().clone(), Some("tests/data/program/lessons".into()));
        let trial = others.level("trial-word").unwrap();
        for (name, attempt) in [
            ("unissued", taken(desk, &level, 201)),
            ("failed", taken(desk, &level, 400)),
            ("own", free(desk, "=HYPERLINK(\"x\"),y", "A short text of one's own.")),
            ("unloaded", taken(&mut others, &trial, 200)),
        ] {
            self.names.insert(name, attempt.id);
        }
        self.names.insert("attempt", passed.id.clone());
        passed
    }

    /// The files of the badge, and others that are nearly the same.
    fn badge(&mut self, desk: &mut Desk, award: &Award) {
        let files = ["json", "txt", "png", "svg", "code", "tpa"].into_iter().zip(&award.files);
        self.names.extend(files.map(|(name, file)| (name, file.display().to_string())));
        let text = fs::read_to_string(&self.names["json"]).unwrap();
        self.write("altered.json", text.replace("Ada Lovelace", "Bob Lovelace"));
        self.write("twice.json", text.replacen('{', "{\"type\": [],", 1));
        self.write("cut.json", &text[..text.len() / 2]);
        self.write("large.json", text.replace("Ada Lovelace", &"A".repeat(530_000)));
        self.write("array.json", "[]");
        self.write("latin1.txt", b"caf\xe9");
        self.pictures(&text);
        let attempt = fs::read(&self.names["tpa"]).unwrap();
        self.write("cut.tpa", &attempt[..attempt.len() - 3]);
        let failed = desk.history().unwrap().attempt(&self.names["failed"]).unwrap().unwrap().1;
        self.write("other.tpa", failed);
        let id = award.row.id.trim_start_matches("urn:uuid:").to_owned();
        let key = multikey::encode(&desk.own_key().public().unwrap());
        let other = self.home("other.tpa").display().to_string();
        self.names.extend([("document", text), ("badge", id), ("key", key), ("other", other)]);
    }

    /// The badge in pictures, and pictures without it.
    fn pictures(&self, badge: &str) {
        let badge: Value = serde_json::from_str(badge).unwrap();
        let (png, svg) = (pixel(&[], &[]), svg("", "<g/>"));
        let baked = bake::png(&png, &badge).unwrap();
        let drawn = bake::svg(&svg, &badge).unwrap();
        self.write("plain.png", &png);
        self.write("photo.jpg", b"\xff\xd8\xff\xe0");
        self.write("cut.png", &baked[..baked.len() - 20]);
        self.write("baked.png", &baked);
        self.write("baked.svg", &drawn);
        self.write("altered.svg", drawn.replace("Ada Lovelace", "Bob Lovelace"));
    }

    /// The link and its token, elsewhere, and with something missing or wrong in them.
    fn links(&mut self, url: &str) {
        let head = "http://127.0.0.1:8520/";
        let token = url;
        let url = &format!("{head}#{token}");
        let mut payload = link::read(token).unwrap().payload;
        let short = link::url(head, &payload[..payload.len() - 4]);
        payload[60] ^= 1;
        self.names.extend([
            ("url", url.to_owned()),
            ("token", token.to_owned()),
            ("elsewhere", format!("https://issuer.example/v#{token}")),
            ("nofragment", head.to_owned()),
            ("short", short),
            ("flipped", link::url(head, &payload)),
        ]);
    }

    /// The files of issuers.
    fn issuers(&mut self) {
        let renamed = |number: u8, name: &str, state: &str| {
            let key = SigningKey::from_bytes(&[number; 32]).verifying_key();
            let file = issuer_file(&multikey::encode(&key)).replace("A Stranger", name);
            file.replace("state = \"in-use\"", state)
        };
        let compromised = renamed(22, "Leaky College", "state = \"compromised\"\nsince = 2026-01-01");
        let mended = renamed(22, "Mended College", "state = \"in-use\"");
        let stranger = issuer_file(STRANGER);
        let addressed = stranger.replace("from =", "url = \"https://example.org/v/\"\nfrom =");
        self.write("weak.toml", issuer_file("z6MkeTG3bFFSLYVU7VqhgZxqr6YzpaGrQtFMh1uvqGy1vDnP"));
        self.write("addressed.toml", addressed);
        self.write("namesake.toml", renamed(21, "a  STRANGER", "state = \"in-use\""));
        self.write("compromised.toml", &compromised);
        self.write("mended.toml", &mended);
        self.write("twofold/a.toml", &compromised);
        self.write("twofold/b.toml", &mended);
        self.write("strangers/stranger.toml", &stranger);
        self.write("stranger.toml", &stranger);
        self.names.insert("stranger", STRANGER.to_owned());
    }

    /// The vectors of a badge with a place in a list of revoked badges, as files, and the lists.
    pub fn with_status_lists(self) -> Self {
        let (good, bad) = (vector::good(), vector::bad());
        let free = &good["status-free"];
        self.write("revocable.json", &free.given);
        self.write("college/college.toml", &free.trusted[0]);
        self.write("free.json", &free.status_lists[0]);
        self.write("revoked.json", &bad["status-revoked"].status_lists[0]);
        self.write("forged.json", &bad["status-list-altered"].status_lists[0]);
        self
    }

    /// A place on the stage: the home of this person, or a file.
    pub fn home(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// Writes a file, and the folders above it.
    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.home(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }

    /// What a name like `json` stands for.
    pub fn named(&self, name: &str) -> &str {
        &self.names[name]
    }

    /// A text with `{names}` filled in.
    pub fn fill(&self, text: &str) -> String {
        let fill =
            |text: String, (name, value): (&&str, &String)| text.replace(&format!("{{{name}}}"), value);
        self.names.iter().fold(text.to_owned(), fill)
    }
}

fn issuer_file(key: &str) -> String {
    format!(
        "name = \"A Stranger\"\nkey = \"{key}\"\nfrom = 2024-01-01\nstate = \"in-use\"\n\
         highest_assurance = \"proctored\"\n"
    )
}
