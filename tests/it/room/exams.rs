//! An exam with a few candidates and a short text, and what was written down of it.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use russh::client::{self, KeyboardInteractiveAuthResponse as Answer};
use tempfile::TempDir;
use tokio::io::duplex;
use typeproof::exam::definition::{
    Accommodation, Attempts, Counting, Disconnect, Limits as ExamLimits, OnDisconnect, PassagePolicy,
    PassageSource, Passages, Proctor, Shown, Start,
};
use typeproof::exam::event::Opened;
use typeproof::exam::journal::Journal;
use typeproof::exam::passages::Chosen;
use typeproof::exam::strokes::Strokes;
use typeproof::exam::{Candidate, Definition, SeatCode, Seats};
use typeproof::lessons::language::Language;
use typeproof::room::hall::{Hall, Opening};
use typeproof::room::lobby::Lobby;
use typeproof::room::ssh::{Door, HostKey};
use typeproof::room::texts::Texts;
use typeproof::store::exam::Ledger;
use typeproof::store::exam::ledger::Of;
use typeproof::store::files::append::{Disk, Growing};
use typeproof::typing::exercise::{Exercise, Source};
use typeproof::typing::rules::{Limit, Rules};
use typeproof::typing::text::Lookalikes;

use super::guests::{Guest, HERE, Trusting, answer, ask, asked, quick};

pub const TEXT: &str = "Two cats sat. One left.";

const NAMES: [&str; 6] =
    ["Ada Lovelace", "Grace Hopper", "Zoë Ångström", "Li Wei", "Ngozi Okonkwo-Adichie", "Bo"];

pub fn definition() -> Definition {
    Definition {
        id: "typing-2026".to_owned(),
        title: "Typing test, spring 2026".to_owned(),
        language: Language::English,
        proctor: Proctor {
            name: "Petra Proctor".to_owned(),
            title: "Head of training".to_owned(),
            identity: "photo ID".to_owned(),
        },
        rule_file: None,
        rules: Rules::practice(Limit::Text),
        lookalikes: Lookalikes::Typographic,
        passages: Passages { policy: PassagePolicy::Same, source: PassageSource::Shipped(Vec::new()) },
        warm_up_s: 0,
        attempts: Attempts { number: 2, counts: Counting::Best },
        start: Start::Together,
        disconnect: Disconnect { policy: OnDisconnect::FreshPassage, fresh_at_most: 1 },
        shown: Shown::Figures,
        limits: ExamLimits { idle_s: 600, session_s: 10_800 },
        retention_days: 30,
        roster: "roster.csv".to_owned(),
        accommodations: vec![Accommodation {
            number: "3".to_owned(),
            wide_spacing: true,
            plain: true,
            ..Default::default()
        }],
    }
}

pub fn roster(count: usize) -> Vec<Candidate> {
    let candidate = |n: usize| Candidate {
        number: (n + 1).to_string(),
        name: NAMES[n % NAMES.len()].to_owned(),
        email: None,
        more: Vec::new(),
    };
    (0..count).map(candidate).collect()
}

pub fn code(n: usize) -> SeatCode {
    SeatCode::of([7, 7, 7, 7, n as u8])
}

struct Short(u64);

impl Texts for Short {
    fn test(&mut self, _: &str, _: u32) -> Result<Chosen, String> {
        self.0 += 1;
        let source = Source::Own("short".to_owned());
        let rules = Rules::practice(Limit::Text);
        let exercise = Exercise::new(source, self.0, TEXT, Lookalikes::Typographic, rules);
        let exercise = Arc::new(exercise.map_err(|why| why.to_string())?);
        let passages = vec![format!("short-{}", self.0)];
        Ok(Chosen { exercise, keys: passages.clone(), passages })
    }

    fn warm_up(&mut self, _: &str) -> Result<Option<Arc<Exercise>>, String> {
        let rules = Rules::practice(Limit::Seconds(60));
        let source = Source::Own("warm".to_owned());
        let exercise = Exercise::new(source, 1, "warm warm words", Lookalikes::Typographic, rules);
        exercise.map(|exercise| Some(Arc::new(exercise))).map_err(|why| why.to_string())
    }
}

/// A file in memory, whose disk can be full.
#[derive(Clone, Debug, Default)]
pub struct Paper {
    bytes: Arc<Mutex<Vec<u8>>>,
    full: Arc<Mutex<bool>>,
}

impl Disk for Paper {
    fn extend(&mut self, bytes: &[u8]) -> io::Result<()> {
        if *self.full.lock().unwrap() {
            return Err(io::Error::other("no space is left on the disk"));
        }
        self.bytes.lock().unwrap().extend_from_slice(bytes);
        Ok(())
    }

    fn cut(&mut self, length: u64) -> io::Result<()> {
        self.bytes.lock().unwrap().truncate(length as usize);
        Ok(())
    }
}

impl Paper {
    fn growing(&self) -> (Growing, Vec<u8>) {
        let bytes = self.bytes.lock().unwrap().clone();
        (Growing::on(Box::new(self.clone()), Path::new("paper"), bytes.len() as u64), bytes)
    }
}

/// What was written down.
#[derive(Debug)]
pub struct Notebook {
    journal: Paper,
    strokes: Paper,
    folder: TempDir,
}

impl Notebook {
    fn new() -> Self {
        let full = Arc::default();
        let paper = || Paper { bytes: Arc::default(), full: Arc::clone(&full) };
        Self { journal: paper(), strokes: paper(), folder: TempDir::new().unwrap() }
    }

    fn ledger(&self, exam: &Definition, roster: &[Candidate]) -> Ledger {
        let opened = Opened {
            exam: exam.id.clone(),
            room: "main".to_owned(),
            definition_sha256: String::new(),
            roster_sha256: String::new(),
        };
        let of = Of { exam, roster, opened: &opened };
        Ledger::on(self.journal.growing(), self.strokes.growing(), self.folder.path(), of, 1).unwrap().0
    }

    /// What is on the disk when the room is killed now: whatever was being written may be cut off anywhere.
    pub fn as_after_a_kill(&self, cut: usize) -> Self {
        let copy = |paper: &Paper| {
            let mut bytes = paper.bytes.lock().unwrap().clone();
            bytes.truncate(bytes.len().saturating_sub(cut));
            Paper { bytes: Arc::new(Mutex::new(bytes)), full: Arc::default() }
        };
        Self { journal: copy(&self.journal), strokes: copy(&self.strokes), folder: TempDir::new().unwrap() }
    }

    /// Fills the disk, or makes room on it.
    pub fn fill(&self, full: bool) {
        *self.journal.full.lock().unwrap() = full;
    }

    pub fn journal(&self) -> Journal {
        Journal::read(&self.journal.bytes.lock().unwrap())
    }

    /// The attempt files, by name.
    pub fn logs(&self) -> Vec<Vec<u8>> {
        let mut files: Vec<_> =
            std::fs::read_dir(self.folder.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.retain(|file| file.extension().is_some_and(|extension| extension == "tpa"));
        files.sort();
        files.iter().map(|file| std::fs::read(file).unwrap()).collect()
    }

    /// Events of keys that were written down for a candidate's tests.
    pub fn keys(&self, wanted: &str) -> usize {
        let tests = Strokes::read(&self.strokes.bytes.lock().unwrap()).tests;
        tests.iter().filter(|((number, _), _)| number == wanted).map(|(_, typed)| typed.events.len()).sum()
    }

    /// Waits until it holds; what is written comes in batches.
    pub async fn until(&self, holds: impl Fn(&Self) -> bool) {
        while !holds(self) {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
}

/// An exam that is open.
pub struct Room {
    pub hall: Arc<Hall>,
    pub door: Door,
    pub notebook: Notebook,
    pub exam: Definition,
    pub count: usize,
}

pub fn open(exam: Definition, count: usize) -> Room {
    open_on(Notebook::new(), exam, count)
}

/// Opens a room on what was written down before.
pub fn open_on(notebook: Notebook, exam: Definition, count: usize) -> Room {
    let roster = roster(count);
    let digest = |(n, person): (usize, &Candidate)| (person.number.clone(), code(n).digest([3; 16]));
    let codes: BTreeMap<_, _> = roster.iter().enumerate().map(digest).collect();
    let hall = Hall::open(Opening {
        ledger: notebook.ledger(&exam, &roster),
        exam: exam.clone(),
        roster,
        codes,
        room: "main".to_owned(),
        mirror: None,
        texts: Box::new(Short(0)),
    });
    let door = Door::new(Arc::new(Lobby(Arc::clone(&hall))), &HostKey::of(&[9; 32]), quick());
    Room { hall, door, notebook, exam, count }
}

impl Room {
    pub async fn connect(&self) -> client::Handle<Trusting> {
        let (near, far) = duplex(64 * 1024);
        let door = self.door.clone();
        tokio::spawn(async move { door.serve(far, HERE).await });
        client::connect_stream(Arc::default(), near, Trusting).await.unwrap()
    }

    /// What a candidate who gives this code is told; nothing when let in.
    pub async fn knock(&self, number: usize, code: &str) -> (client::Handle<Trusting>, Option<String>) {
        let mut handle = self.connect().await;
        ask(&mut handle, "exam").await.unwrap();
        match answer(&mut handle, [&number.to_string(), code]).await {
            Answer::Success => (handle, None),
            other => (handle, asked(other).map(|(said, _)| said)),
        }
    }

    /// A candidate at the first screen.
    pub async fn sit_with(&self, number: usize, code: &str) -> Guest {
        let (handle, refused) = self.knock(number, code).await;
        assert_eq!(refused, None);
        let mut guest = Guest::at(handle).await;
        guest.until("Is that you?").await;
        guest
    }

    pub async fn sit(&self, number: usize) -> Guest {
        self.sit_with(number, &code(number - 1).to_string()).await
    }

    /// A candidate who confirmed the name and tried the keys.
    pub async fn prepare(&self, number: usize) -> Guest {
        let mut guest = self.sit(number).await;
        guest.type_text("\r").await;
        guest.until("Try your keyboard").await;
        guest.type_text("The quick brown fox jumps over the lazy dog.").await;
        guest.until("All letters came.").await;
        guest.type_text("\r").await;
        guest
    }

    /// A candidate who waits for the start.
    pub async fn ready(&self, number: usize) -> Guest {
        let mut guest = self.prepare(number).await;
        guest.until("You are ready.").await;
        guest
    }

    /// The journal as it was written, which must lead to the seats as they are.
    pub async fn check_journal(&self) {
        let head = self.hall.head();
        self.notebook.until(|notebook| notebook.journal().head() == head).await;
        let journal = self.notebook.journal();
        assert_eq!((journal.damage.len(), journal.torn), (0, 0));
        let (seats, conflicts) = Seats::replayed(&self.exam, &roster(self.count), &journal.entries);
        assert_eq!(conflicts, []);
        for seat in seats.all() {
            let now = self.hall.seat(seat.number(), Clone::clone).unwrap();
            assert_eq!(*seat, now);
        }
    }
}
