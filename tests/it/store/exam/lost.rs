//! A database that is lost at any statement, and a server that is stopped and started while a room goes on.

use std::sync::Arc;

use tempfile::TempDir;
use typeproof::exam::Actor;
use typeproof::exam::code::SeatCode;
use typeproof::exam::event::{RoomWhat, What};
use typeproof::exam::journal::{Entry, Head, Journal};
use typeproof::lessons::generator::Generator;
use typeproof::store::exam::database::Database;
use typeproof::store::exam::sqlite::Local;
use typeproof::store::exam::tables::Tables;
use typeproof::store::exam::value::{Row, Value};
use typeproof::store::exam::{Claimed, ExamError, ExamRow, LogRow, Storage, Taken};

use crate::support::exam::{connected, did, opened, roster};

/// A database that is lost as the seed says: before a statement, or after it, so that nobody hears its answer.
struct Flaky {
    inner: Local,
    chance: Generator,
}

impl Flaky {
    fn lost<T>(&mut self) -> Result<T, ExamError> {
        // With the connection goes what was not committed.
        let _ = self.inner.batch("ROLLBACK");
        Err(ExamError::Lost { place: "here".into(), why: "the seed says so".into() })
    }

    fn run<T>(&mut self, work: impl FnOnce(&mut Local) -> Result<T, ExamError>) -> Result<T, ExamError> {
        match self.chance.below(12) {
            0 => self.lost(),
            1 => work(&mut self.inner).and_then(|_| self.lost()),
            _ => work(&mut self.inner),
        }
    }
}

impl Database for Flaky {
    fn execute(&mut self, sql: &str, values: &[Value]) -> Result<u64, ExamError> {
        self.run(|inner| inner.execute(sql, values))
    }

    fn query(&mut self, sql: &str, values: &[Value]) -> Result<Vec<Row>, ExamError> {
        self.run(|inner| inner.query(sql, values))
    }

    fn batch(&mut self, sql: &str) -> Result<(), ExamError> {
        self.run(|inner| inner.batch(sql))
    }

    fn begin(&self) -> &'static str {
        self.inner.begin()
    }

    fn place(&self) -> String {
        self.inner.place()
    }

    fn bytes_type(&self) -> &'static str {
        self.inner.bytes_type()
    }
}

/// Asks until the database answers.
fn again<T>(storage: &mut dyn Storage, ask: impl Fn(&mut dyn Storage) -> Result<T, ExamError>) -> T {
    loop {
        match ask(storage) {
            Err(why) if why.is_lost() => {}
            answer => return answer.unwrap(),
        }
    }
}

fn exam() -> ExamRow {
    ExamRow { id: "e".into(), definition: "title".into(), roster_sha256: [7; 32], opened_unix_ms: 1 }
}

fn entries() -> Vec<Entry> {
    let first = RoomWhat::Opened(opened("a"));
    let mut entries = vec![Entry::of_room(Head::default(), 1, Actor::Room, String::new(), first)];
    for event in
        [connected(1), did(What::Confirmed), did(What::WarmUp), did(What::Ready), did(What::Disconnected)]
    {
        entries.push(Entry::of_seat(entries.last().unwrap().head(), "17", event));
    }
    entries
}

fn taken(room: &str) -> Taken {
    Taken { room: room.into(), address: "192.0.2.7".into(), at_unix_ms: 1 }
}

#[test]
fn whatever_is_lost_is_done_once_in_the_end() {
    let (code, entries) = (SeatCode::of([1; 5]).digest([1; 16]), entries());
    for seed in 0..60 {
        let dir = TempDir::new().unwrap();
        let path = dir.path().join("exams.sqlite3");
        let flaky = Flaky { inner: Local::open(&path).unwrap(), chance: Generator::new(seed) };
        let mut storage = Tables::new(flaky);
        let storage: &mut dyn Storage = &mut storage;
        again(storage, |s| s.keep_exam(&exam(), &roster()));
        again(storage, |s| s.keep_codes("e", &[("17".into(), code)]));
        assert_eq!(again(storage, |s| s.claim("e", "17", &taken("a"))), Claimed::Yes(1), "seed {seed}");
        again(storage, |s| s.append("e", "a", &entries[..2]));
        again(storage, |s| s.append("e", "a", &entries));
        let log = LogRow { number: "17".into(), room: "a".into(), run: 1, attempt: vec![1, 2, 3] };
        again(storage, |s| s.keep_log("e", &log));
        again(storage, |s| s.saw("17", &["p".to_owned()], 1));
        assert!(matches!(again(storage, |s| s.claim("e", "17", &taken("b"))), Claimed::Held(_)));
        again(storage, |s| s.release("e", "17", 1));
        assert_eq!(again(storage, |s| s.claim("e", "17", &taken("b"))), Claimed::Yes(2), "seed {seed}");
        // Seen without any loss, all of it is there, once.
        let mut whole = Tables::new(Local::open(&path).unwrap());
        assert_eq!(whole.roster("e").unwrap(), roster(), "seed {seed}");
        assert_eq!(whole.code("e", "17").unwrap(), Some(code));
        assert_eq!(Journal::read(&whole.journal("e", "a").unwrap()).entries, entries, "seed {seed}");
        assert_eq!(whole.logs("e", "17").unwrap(), [log]);
        assert_eq!(whole.seen("17").unwrap(), ["p"]);
    }
}

#[cfg(all(unix, feature = "postgres"))]
mod stopped {
    use std::fs;
    use std::path::{Path, PathBuf};
    use std::process::{Command, Stdio};

    use typeproof::store::exam::ledger::{Ledger, Of};
    use typeproof::store::exam::{Mirror, open};

    use super::*;
    use crate::support::databases::server;
    use crate::support::exam::definition;

    /// A PostgreSQL server of its own.
    struct Server {
        dir: TempDir,
        programs: PathBuf,
    }

    impl Server {
        /// A server that runs; nothing where its programs are not there.
        fn new() -> Option<Self> {
            let versions = fs::read_dir("/usr/lib/postgresql").ok()?;
            let programs = versions
                .filter_map(|v| Some(v.ok()?.path().join("bin")))
                .find(|bin| bin.join("initdb").exists())?;
            let dir = TempDir::new().unwrap();
            let server = Self { dir, programs };
            if is_root() {
                // The server refuses to run as root.
                run(Command::new("chown").arg("postgres").arg(server.dir.path()));
            }
            run(server.program("initdb").args(["-A", "trust", "-U", "postgres", "-D"]).arg(server.data()));
            server.start();
            Some(server)
        }

        fn data(&self) -> PathBuf {
            self.dir.path().join("data")
        }

        fn program(&self, name: &str) -> Command {
            let program = self.programs.join(name);
            let mut command = if is_root() {
                let mut command = Command::new("setpriv");
                command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups"]).arg(program);
                command
            } else {
                Command::new(program)
            };
            command.current_dir(self.dir.path());
            command
        }

        fn start(&self) {
            // A socket in its own folder: no port that another program may have.
            let options = format!("-k {} -c listen_addresses= -c fsync=off", self.dir.path().display());
            let log = self.dir.path().join("log");
            run(self
                .program("pg_ctl")
                .args(["start", "-w", "-D"])
                .arg(self.data())
                .arg("-l")
                .arg(log)
                .args(["-o", &options]));
        }

        /// As if the machine lost its power.
        fn stop(&self) {
            run(self.program("pg_ctl").args(["stop", "-w", "-m", "immediate", "-D"]).arg(self.data()));
        }

        fn open(&self, folder: &Path) -> Box<dyn Storage> {
            let socket = self.dir.path().display().to_string().replace('/', "%2F");
            open(folder, Some(&format!("postgres://postgres@{socket}/postgres"))).unwrap()
        }
    }

    impl Drop for Server {
        fn drop(&mut self) {
            let mut stop = self.program("pg_ctl");
            let _ =
                stop.args(["stop", "-m", "immediate", "-D"]).arg(self.data()).stdout(Stdio::null()).status();
        }
    }

    fn is_root() -> bool {
        use std::os::unix::fs::MetadataExt;
        fs::metadata("/proc/self").is_ok_and(|entry| entry.uid() == 0)
    }

    fn run(command: &mut Command) {
        let output =
            command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap();
        assert!(output.success(), "{command:?}");
    }

    #[test]
    fn a_room_goes_on_without_its_database_and_catches_up() {
        let test = "a room goes on without its database";
        if server(test).is_none() {
            return;
        }
        let Some(server) = Server::new() else {
            println!("SKIPPED: {test} (the programs of PostgreSQL are not there)");
            return;
        };
        let dir = TempDir::new().unwrap();
        let (exam, roster, opened) = (definition(""), roster(), opened("a"));
        server
            .open(dir.path())
            .keep_exam(&ExamRow { id: "typing-test".into(), ..super::exam() }, &roster)
            .unwrap();
        let of = Of { exam: &exam, roster: &roster, opened: &opened };
        let (mut ledger, found) = Ledger::open(dir.path(), of, 1).unwrap();
        let mirror = Arc::new(Mirror::start(server.open(dir.path()), "typing-test", "a"));
        let claim = |number: &'static str| {
            let asked = mirror.ask(move |storage| storage.claim("typing-test", number, &taken("a")));
            asked.blocking_recv().unwrap()
        };
        mirror.follow(found.entries);
        assert_eq!(claim("17").unwrap(), Claimed::Yes(1));
        mirror.follow(vec![ledger.happen("17", connected(1)).unwrap().entry]);
        server.stop();
        // Whoever is there goes on; nobody new comes in, since another room may have let them in.
        for what in [What::Confirmed, What::WarmUp, What::Ready] {
            let happened = ledger.happen("17", did(what)).unwrap();
            mirror.follow(vec![happened.entry]);
            assert!(happened.written.wait());
        }
        let why = claim("18").unwrap_err();
        assert!(why.is_lost() && why.to_string().contains("goes on from its own journal"), "{why}");
        assert!(mirror.is_lost() && mirror.waiting() >= 3);
        server.start();
        while mirror.waiting() > 0 || mirror.is_lost() {
            // Each question has the mirror try again.
            let _ = claim("18");
        }
        assert_eq!(mirror.trouble(), None);
        let mut other = server.open(dir.path());
        let journal = Journal::read(&other.journal("typing-test", "a").unwrap());
        assert_eq!((journal.head(), journal.damage.len()), (ledger.head(), 0));
        // The claim from before is still the room's.
        assert!(matches!(other.claim("typing-test", "17", &taken("b")).unwrap(), Claimed::Held(_)));
        assert_eq!(claim("18").unwrap(), Claimed::Yes(1));
    }
}
