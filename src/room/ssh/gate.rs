//! Who may wait before the door, how often an address may come, and how long a wrong code makes the next one wait.

use std::collections::{HashMap, VecDeque};
use std::net::IpAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::guard::Ender;
use super::limits::Limits;

/// Addresses and numbers that are remembered; where there are more, those that would be forgiven soonest are forgotten.
const REMEMBERED: usize = 4_096;

/// Longest wait after a wrong code.
const LONGEST: Duration = Duration::from_secs(30);

/// Wrong codes are forgiven after so long.
const FORGIVEN: Duration = Duration::from_secs(10 * 60);

/// So many wrong codes from one address are a class that mistypes; more are somebody who guesses.
const CLASS: u32 = 20;

/// The gate before the door.
pub(super) struct Gate {
    state: Arc<Mutex<State>>,
    limits: Limits,
}

#[derive(Default)]
struct State {
    waiting: VecDeque<Waiting>,
    next: u64,
    addresses: HashMap<IpAddr, Bucket>,
    wrong: HashMap<Who, Wrong>,
}

struct Waiting {
    id: u64,
    from: IpAddr,
    ender: Ender,
}

/// A bucket of tokens: one for each connection, refilled with time.
struct Bucket {
    tokens: f64,
    at: Instant,
}

/// Who gave wrong codes: for a number, or from an address.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Who {
    Number(String),
    Address(IpAddr),
}

#[derive(Clone, Copy)]
struct Wrong {
    times: u32,
    last: Instant,
    /// Until when the next code waits.
    until: Instant,
}

/// A place before the door, given back when it is dropped.
pub(super) struct Place {
    state: Arc<Mutex<State>>,
    id: u64,
    seated: AtomicBool,
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Gate {
    pub(super) fn new(limits: Limits) -> Self {
        Self { state: Arc::default(), limits }
    }

    /// A place for a newcomer; nothing where the address comes too often.
    pub(super) fn enter(&self, from: IpAddr, now: Instant, ender: Ender) -> Option<Place> {
        let from = network(from);
        let mut state = lock(&self.state);
        if !state.may_come(from, now, &self.limits) {
            return None;
        }
        while state.waiting.len() >= self.limits.waiting.max(1) {
            state.send_away();
        }
        let id = state.next;
        state.next += 1;
        state.waiting.push_back(Waiting { id, from, ender });
        Some(Place { state: Arc::clone(&self.state), id, seated: AtomicBool::new(false) })
    }

    /// How long a code for this number from this address has to wait before it is looked at.
    pub(super) fn wait(&self, number: &str, from: IpAddr, now: Instant) -> Duration {
        let state = lock(&self.state);
        let until = whos(number, from).into_iter().filter_map(|who| state.wrong.get(&who)).map(|w| w.until);
        until.max().map_or(Duration::ZERO, |until| until.saturating_duration_since(now))
    }

    /// Notes a wrong code.
    pub(super) fn wrong(&self, number: &str, from: IpAddr, now: Instant) {
        let mut state = lock(&self.state);
        if state.wrong.len() >= REMEMBERED {
            state.wrong.retain(|_, wrong| wrong.until > now);
        }
        for who in whos(number, from) {
            let free = if matches!(who, Who::Address(_)) { CLASS } else { 0 };
            let new = Wrong { times: 0, last: now, until: now };
            let wrong = state.wrong.entry(who).or_insert(new);
            if now.saturating_duration_since(wrong.last) > FORGIVEN {
                *wrong = new;
            }
            wrong.times = wrong.times.saturating_add(1);
            wrong.last = now;
            let doubled = wrong.times.saturating_sub(free);
            if doubled > 0 {
                let wait = self.limits.back_off.saturating_mul(1 << (doubled - 1).min(16)).min(LONGEST);
                // Codes that come side by side wait for each other.
                wrong.until = wrong.until.max(now) + wait;
            }
        }
    }

    /// Forgets the wrong codes of a number, because a right one came.
    pub(super) fn right(&self, number: &str) {
        lock(&self.state).wrong.remove(&Who::Number(number.to_lowercase()));
    }
}

fn whos(number: &str, from: IpAddr) -> [Who; 2] {
    [Who::Number(number.to_lowercase()), Who::Address(network(from))]
}

/// What counts as one address: of IPv6 a network of 64 bits, which one machine can have to itself.
fn network(from: IpAddr) -> IpAddr {
    match from.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6((u128::from(address) & !u128::from(u64::MAX)).into()),
        address => address,
    }
}

impl State {
    fn may_come(&mut self, from: IpAddr, now: Instant, limits: &Limits) -> bool {
        let (most, rate) = (f64::from(limits.address_burst), f64::from(limits.address_rate));
        let filled = |bucket: &Bucket| {
            let since = now.saturating_duration_since(bucket.at).as_secs_f64();
            (bucket.tokens + since * rate).min(most)
        };
        if self.addresses.len() >= REMEMBERED {
            self.addresses.retain(|_, bucket| filled(bucket) < most);
        }
        if self.addresses.len() >= REMEMBERED && !self.addresses.contains_key(&from) {
            return false;
        }
        let bucket = self.addresses.entry(from).or_insert(Bucket { tokens: most, at: now });
        let tokens = filled(bucket);
        let may = tokens >= 1.0;
        *bucket = Bucket { tokens: if may { tokens - 1.0 } else { tokens }, at: now };
        may
    }

    /// Ends the oldest connection of the address that has most of them.
    fn send_away(&mut self) {
        let mut counts = HashMap::<IpAddr, usize>::new();
        for waiting in &self.waiting {
            *counts.entry(waiting.from).or_default() += 1;
        }
        let most = counts.values().max().copied().unwrap_or_default();
        let at = self.waiting.iter().position(|waiting| counts.get(&waiting.from) == Some(&most));
        if let Some(waiting) = at.and_then(|at| self.waiting.remove(at)) {
            waiting.ender.end();
        }
    }

    fn leave(&mut self, id: u64) {
        self.waiting.retain(|waiting| waiting.id != id);
    }
}

impl Place {
    /// The guest is in: the place before the door is free again.
    pub(super) fn seat(&self) {
        self.seated.store(true, Ordering::Relaxed);
        lock(&self.state).leave(self.id);
    }

    /// Whether the guest is in.
    pub(super) fn is_seated(&self) -> bool {
        self.seated.load(Ordering::Relaxed)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        lock(&self.state).leave(self.id);
    }
}
