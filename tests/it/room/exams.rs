//! An exam with a few candidates and a short text, and what was written down of it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use russh::client::{self, KeyboardInteractiveAuthResponse as Answer};
use tokio::io::duplex;
use typeproof::exam::definition::{
    Accommodation, Attempts, Counting, Disconnect, Limits as ExamLimits, OnDisconnect, PassagePolicy,
    PassageSource, Passages, Proctor, Shown, Start,
};
use typeproof::exam::journal::{Head, Journal};
use typeproof::exam::{Candidate, Definition, Entry, SeatCode, Seats};
use typeproof::lessons::language::Language;
use typeproof::room::hall::{Hall, Opening};
use typeproof::room::keeper::{Clerk, Keeper, Written};
use typeproof::room::lobby::Lobby;
use typeproof::room::ssh::{Door, HostKey};
use typeproof::room::texts::{Chosen, Texts};
use typeproof::store::exam::LogRow;
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

struct Short;

impl Texts for Short {
    fn test(&mut self, _: &str, run: u32, rules: Rules) -> Result<Chosen, String> {
        let source = Source::Own("short".to_owned());
        let exercise = Exercise::new(source, run.into(), TEXT, Lookalikes::Typographic, rules);
        let exercise = Arc::new(exercise.map_err(|why| why.to_string())?);
        Ok(Chosen { exercise, passages: vec![format!("short-{run}")], seed: run.into() })
    }

    fn warm_up(&mut self, _: &str, seconds: u32) -> Result<Arc<Exercise>, String> {
        let rules = Rules::practice(Limit::Seconds(seconds));
        let source = Source::Own("warm".to_owned());
        let exercise = Exercise::new(source, 1, "warm warm words", Lookalikes::Typographic, rules);
        exercise.map(Arc::new).map_err(|why| why.to_string())
    }
}

/// What was written down, and whether anything can be.
#[derive(Clone, Debug, Default)]
pub struct Notebook {
    pub written: Arc<Mutex<Vec<Written>>>,
    pub full: Arc<Mutex<bool>>,
}

impl Keeper for Notebook {
    fn write(&mut self, batch: &[Written]) -> Result<(), String> {
        if *self.full.lock().unwrap() {
            return Err("no space is left on the disk".to_owned());
        }
        self.written.lock().unwrap().extend_from_slice(batch);
        Ok(())
    }
}

impl Notebook {
    pub fn entries(&self) -> Vec<Entry> {
        let written = self.written.lock().unwrap();
        written
            .iter()
            .filter_map(
                |written| if let Written::Entry(entry) = written { Some(entry.clone()) } else { None },
            )
            .collect()
    }

    pub fn logs(&self) -> Vec<LogRow> {
        let written = self.written.lock().unwrap();
        written
            .iter()
            .filter_map(|written| if let Written::Log(log) = written { Some(log.clone()) } else { None })
            .collect()
    }

    /// Events of keys that were written down for a test.
    pub fn keys(&self, wanted: &str) -> usize {
        let written = self.written.lock().unwrap();
        let keys = |written: &Written| match written {
            Written::Keys { number, events, .. } if number == wanted => events.len(),
            _ => 0,
        };
        written.iter().map(keys).sum()
    }

    /// Waits until it holds; the clerk writes in batches.
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
    let (roster, notebook) = (roster(count), Notebook::default());
    let digest = |(n, person): (usize, &Candidate)| (person.number.clone(), code(n).digest([3; 16]));
    let codes: BTreeMap<_, _> = roster.iter().enumerate().map(digest).collect();
    let hall = Hall::open(Opening {
        exam: exam.clone(),
        seats: Seats::new(&exam, &roster),
        roster,
        codes,
        head: Head::default(),
        texts: Box::new(Short),
        clerk: Clerk::new(Box::new(notebook.clone())).unwrap(),
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
        self.notebook.until(|notebook| notebook.entries().last().map(Entry::head) == Some(head)).await;
        let lines: String = self.notebook.entries().iter().map(Entry::line).collect();
        let journal = Journal::read(lines.as_bytes());
        assert_eq!((journal.damage.len(), journal.torn), (0, 0));
        let (seats, conflicts) = Seats::replayed(&self.exam, &roster(self.count), &journal.entries);
        assert_eq!(conflicts, []);
        for seat in seats.all() {
            let now = self.hall.seat(seat.number(), Clone::clone).unwrap();
            assert_eq!(*seat, now);
        }
    }
}
