//! A rehearsal: made-up candidates on this machine, so that a proctor can see it all before the day. They come over SSH as
//! real ones do, and one seat is left for the proctor.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

use tokio::runtime::Builder;

mod robot;

use super::hall::{Hall, Opening};
use super::lobby::Lobby;
use super::ssh::{Door, HostKey, Limits, Server, ServerError};
use super::texts::Shelf;
use crate::exam::definition::{
    Attempts, Counting, Disconnect, Limits as ExamLimits, OnDisconnect, PassagePolicy, PassageSource,
    Passages, Proctor, Shown, Start,
};
use crate::exam::event::Opened;
use crate::exam::passages::Bank;
use crate::exam::{Candidate, Definition, SeatCode};
use crate::lessons::catalogue::Catalogue;
use crate::lessons::language::Language;
use crate::store::exam::ledger::Of;
use crate::store::exam::{ExamError, Ledger};
use crate::system::{self, NoRandomness};
use crate::typing::rules::{Limit, Rules};
use crate::typing::text::Lookalikes;

/// Most made-up candidates.
pub const MAX_ROBOTS: usize = 60;

/// The proctor's own number.
pub const GUEST: &str = "99";

const NAMES: [&str; 12] = [
    "Ada Lovelace",
    "Alan Turing",
    "Grace Hopper",
    "Konrad Zuse",
    "Katherine Johnson",
    "Jean Bartik",
    "Hedy Lamarr",
    "Edsger Dijkstra",
    "Mary Jackson",
    "Kathleen Booth",
    "Radia Perlman",
    "Donald Michie",
];

/// Why there is no rehearsal.
#[derive(Debug, thiserror::Error)]
pub enum RehearsalError {
    /// The server.
    #[error(transparent)]
    Server(#[from] ServerError),
    /// The room's own files.
    #[error(transparent)]
    Exam(#[from] ExamError),
    /// No randomness.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
    /// No thread.
    #[error("the made-up candidates could not be started: {0}; close other programs and try again")]
    Start(std::io::Error),
}

/// A rehearsal, until it is dropped.
#[derive(Debug)]
pub struct Rehearsal {
    /// The hall.
    pub hall: Arc<Hall>,
    /// The code of the seat that is left for the proctor.
    pub code: SeatCode,
    /// Where the server listens.
    pub address: SocketAddr,
    /// The key that it shows.
    pub key: HostKey,
    over: Arc<AtomicBool>,
    robots: Option<JoinHandle<()>>,
    server: Option<Server>,
    /// What the room writes, until it is over.
    _folder: tempfile::TempDir,
}

/// The roster of a rehearsal.
#[must_use]
pub fn roster(count: usize) -> Vec<Candidate> {
    let candidate = |number: String, name: &str| Candidate {
        number,
        name: name.to_owned(),
        email: None,
        more: Vec::new(),
    };
    let mut all: Vec<Candidate> = NAMES
        .iter()
        .cycle()
        .zip(1..=count.min(MAX_ROBOTS))
        .map(|(name, n)| candidate(n.to_string(), name))
        .collect();
    all.push(candidate(GUEST.to_owned(), "You"));
    all
}

/// A ledger for a room that is made for once.
///
/// # Errors
/// When the folder cannot be written.
pub fn ledger(folder: &Path, exam: &Definition, roster: &[Candidate]) -> Result<Ledger, ExamError> {
    let id = exam.id.clone();
    let opened =
        Opened { exam: id.clone(), room: id, definition_sha256: String::new(), roster_sha256: String::new() };
    let of = Of { exam, roster, opened: &opened };
    Ledger::open(folder, of, system::now().timestamp_millis()).map(|(ledger, _)| ledger)
}

/// What is rehearsed: a minute of shipped passages, twice.
#[must_use]
pub fn exam() -> Definition {
    Definition {
        id: "rehearsal".to_owned(),
        title: "Rehearsal".to_owned(),
        language: Language::English,
        proctor: Proctor { name: "you".to_owned(), title: String::new(), identity: "not checked".to_owned() },
        rule_file: None,
        rules: Rules::practice(Limit::Seconds(60)),
        lookalikes: Lookalikes::Typographic,
        passages: Passages { policy: PassagePolicy::Same, source: PassageSource::Shipped(Vec::new()) },
        warm_up_s: 15,
        attempts: Attempts { number: 2, counts: Counting::Best },
        start: Start::Together,
        disconnect: Disconnect { policy: OnDisconnect::FreshPassage, fresh_at_most: 2 },
        shown: Shown::Figures,
        limits: ExamLimits { idle_s: 900, session_s: 14_400 },
        retention_days: 0,
        roster: String::new(),
        accommodations: Vec::new(),
    }
}

impl Rehearsal {
    /// Begins a rehearsal with so many made-up candidates, at a port of this machine, 0 for any. Nothing of it is kept.
    ///
    /// # Errors
    /// When the port is taken, or there is no thread or randomness to be had.
    pub fn begin(catalogue: Catalogue, count: usize, port: u16) -> Result<Self, RehearsalError> {
        let exam = exam();
        let roster = roster(count);
        let mut codes = BTreeMap::new();
        let mut plain = BTreeMap::new();
        for person in &roster {
            let code = SeatCode::of(system::random()?);
            codes.insert(person.number.clone(), code.digest(system::random()?));
            plain.insert(person.number.clone(), code);
        }
        let code = plain.remove(GUEST).unwrap_or(SeatCode::of([0; 5]));
        let folder = tempfile::tempdir().map_err(RehearsalError::Start)?;
        let ledger = ledger(folder.path(), &exam, &roster)?;
        let bank = Bank::shipped(&[], exam.language, &catalogue);
        let texts = Box::new(Shelf::new(exam.clone(), bank, catalogue, BTreeMap::new()));
        let room = exam.id.clone();
        let hall = Hall::open(Opening { exam, roster, codes, ledger, room, mirror: None, texts });
        let key = HostKey::of(&system::random()?);
        let door = Door::new(Arc::new(Lobby(Arc::clone(&hall))), &key, Limits::default());
        let server = Server::start(door, SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), port))?;
        let address = server.address();
        let over = Arc::new(AtomicBool::new(false));
        let (stop, watched) = (Arc::clone(&over), Arc::clone(&hall));
        let robots = std::thread::Builder::new().name("robots".to_owned()).spawn(move || {
            crate::tui::host::local::spare_this_thread();
            let Ok(runtime) = Builder::new_current_thread().enable_all().build() else { return };
            runtime.block_on(robot::all(plain, address, &watched, &stop));
        });
        let robots = Some(robots.map_err(RehearsalError::Start)?);
        Ok(Self { hall, code, address, key, over, robots, server: Some(server), _folder: folder })
    }
}

impl Drop for Rehearsal {
    fn drop(&mut self) {
        self.over.store(true, Ordering::Relaxed);
        if let Some(robots) = self.robots.take() {
            let _ = robots.join();
        }
        self.server = None;
    }
}
