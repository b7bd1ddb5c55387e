//! The journal: every change of an exam in one order, each entry with a digest over itself and all before it.
//!
//! # Lines, version 1
//!
//! An entry is one line: 64 hexadecimal digits, a space, a JSON object, a line feed. The digits are the SHA-256 of `typeproof
//! exam journal 1`, a line feed, the 32 bytes of the digest before (zeros before the first) and the bytes of the object. So an
//! entry that is altered, missing, added or moved is found and named; and who was given the digest of an entry can tell
//! that nothing up to it was changed since. `sha256sum` is enough to check it.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::event::{Actor, Event, RoomWhat, What};

/// What is hashed before every entry.
const DOMAIN: &[u8] = b"typeproof exam journal 1\n";

/// Longest line in bytes: all that happened at a seat in another room, at a kilobyte an event.
pub const MAX_LINE: usize = 1 << 20;

/// A place in a journal: how many entries there are up to it, and the digest of the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Head {
    /// The number of the last entry, from 1; 0 before the first.
    pub seq: u64,
    /// Its digest; zeros before the first.
    pub digest: [u8; 32],
}

impl Head {
    /// The digest in hexadecimal digits, as reports and badges state it.
    #[must_use]
    pub fn hex(&self) -> String {
        data_encoding::HEXLOWER.encode(&self.digest)
    }
}

/// What an entry is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A candidate's seat, by number.
    Seat(String, What),
    /// The whole room.
    Room(RoomWhat),
}

/// An entry of a journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its number, from 1.
    pub seq: u64,
    /// When, by the room's wall clock, in milliseconds since 1970 (UTC).
    pub at_unix_ms: i64,
    /// Who did it.
    pub by: Actor,
    /// Why; empty where it needs no reason.
    pub reason: String,
    /// What, and where.
    pub subject: Subject,
    /// SHA-256 over it and all before it.
    pub digest: [u8; 32],
    /// The JSON object, byte for byte as it was hashed.
    body: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Record {
    seq: u64,
    at_unix_ms: i64,
    by: Actor,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    reason: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    seat: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    what: Option<What>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    room: Option<RoomWhat>,
}

/// What is wrong with a line of a journal.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Damage {
    /// Its digest is not that of its bytes.
    #[error("entry {0} was altered: its digest does not fit")]
    Altered(u64),
    /// Entries are missing before it.
    #[error("{} missing", numbered(*.from, *.to))]
    Missing {
        /// The first that is missing.
        from: u64,
        /// The last.
        to: u64,
    },
    /// Its number is one that was there.
    #[error("line {line} has entry {seq}, which stands before it already or out of its order")]
    Again {
        /// The line, from 1.
        line: usize,
        /// The number.
        seq: u64,
    },
    /// It is no entry.
    #[error("line {0} is no entry of a journal")]
    Strange(usize),
    /// A digest that was given out is not among the entries.
    #[error(
        "the journal has {found} entries, and not the digest {digest} of entry {seq} that was given out: entries were cut off or altered"
    )]
    Cut {
        /// The number of the entry that was given out.
        seq: u64,
        /// Its digest, in hexadecimal digits.
        digest: String,
        /// How many entries there are.
        found: u64,
    },
}

fn numbered(from: u64, to: u64) -> String {
    if from == to { format!("entry {from} is") } else { format!("entries {from} to {to} are") }
}

/// A journal as it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Journal {
    /// The entries that are sound, in their order.
    pub entries: Vec<Entry>,
    /// What is wrong with the others; empty for a journal that can be relied on.
    pub damage: Vec<Damage>,
    /// Bytes at the end that are no whole line: an entry that was being written when the program was killed.
    pub torn: usize,
}

impl Journal {
    /// The place behind the last entry.
    #[must_use]
    pub fn head(&self) -> Head {
        self.entries.last().map_or_else(Head::default, Entry::head)
    }

    /// Whether a place that was given out is in this journal, so that nothing up to it was changed since.
    ///
    /// # Errors
    /// [`Damage::Cut`] when it is not.
    pub fn check_head(&self, given: Head) -> Result<(), Damage> {
        let is = |entry: &Entry| entry.head() == given;
        if given == Head::default() || self.entries.iter().any(is) {
            return Ok(());
        }
        Err(Damage::Cut { seq: given.seq, digest: given.hex(), found: self.head().seq })
    }

    /// Reads a journal. What is wrong with it is named, line by line, and the rest is read.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Self {
        let whole = bytes.iter().rposition(|b| *b == b'\n').map_or(0, |at| at + 1);
        let mut journal = Self { torn: bytes.len() - whole, ..Self::default() };
        let mut head = Head::default();
        let lines = bytes.get(..whole).unwrap_or_default().split_inclusive(|b| *b == b'\n');
        for (line, number) in lines.zip(1..) {
            journal.take(line, number, &mut head);
        }
        journal
    }

    fn take(&mut self, line: &[u8], number: usize, head: &mut Head) {
        let Some((entry, given)) = parsed(line) else { return self.damage.push(Damage::Strange(number)) };
        if entry.seq <= head.seq {
            return self.damage.push(Damage::Again { line: number, seq: entry.seq });
        }
        if entry.seq > head.seq + 1 {
            self.damage.push(Damage::Missing { from: head.seq + 1, to: entry.seq - 1 });
        } else if given != digest_of(&head.digest, &entry.body) {
            self.damage.push(Damage::Altered(entry.seq));
        }
        // What follows is compared with the digest as it stands, so that only what was altered is named.
        *head = entry.head();
        self.entries.push(entry);
    }
}

impl Entry {
    /// The entry of something that happened at a seat, behind `head`.
    #[must_use]
    pub fn of_seat(head: Head, number: &str, event: Event) -> Self {
        let Event { at_unix_ms, by, reason, what } = event;
        Self::after(head, at_unix_ms, by, reason, Subject::Seat(number.to_owned(), what))
    }

    /// The entry of something that happened to the room, behind `head`.
    #[must_use]
    pub fn of_room(head: Head, at_unix_ms: i64, by: Actor, reason: String, what: RoomWhat) -> Self {
        Self::after(head, at_unix_ms, by, reason, Subject::Room(what))
    }

    fn after(head: Head, at_unix_ms: i64, by: Actor, reason: String, subject: Subject) -> Self {
        let seq = head.seq + 1;
        let (seat, what, room) = match subject.clone() {
            Subject::Seat(number, what) => (Some(number), Some(what), None),
            Subject::Room(what) => (None, None, Some(what)),
        };
        let record = Record { seq, at_unix_ms, by: by.clone(), reason: reason.clone(), seat, what, room };
        // Plain data with string keys: serialising it cannot fail; were it to, reading back would say so.
        let body = serde_json::to_string(&record).unwrap_or_default();
        let digest = digest_of(&head.digest, &body);
        Self { seq, at_unix_ms, by, reason, subject, digest, body }
    }

    /// The place behind it.
    #[must_use]
    pub const fn head(&self) -> Head {
        Head { seq: self.seq, digest: self.digest }
    }

    /// Whether it is the entry behind `head`, by number and digest.
    #[must_use]
    pub fn follows(&self, head: &Head) -> bool {
        self.seq == head.seq + 1 && self.digest == digest_of(&head.digest, &self.body)
    }

    /// The JSON object, byte for byte as it was hashed.
    #[must_use]
    pub fn body(&self) -> &str {
        &self.body
    }

    /// Its line, with the line feed.
    #[must_use]
    pub fn line(&self) -> String {
        format!("{} {}\n", self.head().hex(), self.body)
    }

    /// What happened at a seat: its number and the event; nothing for what happened to the room.
    #[must_use]
    pub fn event(&self) -> Option<(&str, Event)> {
        let Subject::Seat(number, what) = &self.subject else { return None };
        let (by, reason, what) = (self.by.clone(), self.reason.clone(), what.clone());
        Some((number, Event { at_unix_ms: self.at_unix_ms, by, reason, what }))
    }
}

/// The entry of a line, and its digest as it stands there.
fn parsed(line: &[u8]) -> Option<(Entry, [u8; 32])> {
    let line = line.strip_suffix(b"\n").filter(|line| line.len() <= MAX_LINE)?;
    let (digits, body) = line.split_at_checked(64)?;
    let digest: [u8; 32] = data_encoding::HEXLOWER.decode(digits).ok()?.try_into().ok()?;
    let body = std::str::from_utf8(body).ok()?.strip_prefix(' ')?;
    let Record { seq, at_unix_ms, by, reason, seat, what, room } = serde_json::from_str(body).ok()?;
    let subject = match (seat, what, room) {
        (Some(number), Some(what), None) => Subject::Seat(number, what),
        (None, None, Some(what)) => Subject::Room(what),
        _ => return None,
    };
    Some((Entry { seq, at_unix_ms, by, reason, subject, digest, body: body.to_owned() }, digest))
}

fn digest_of(before: &[u8; 32], body: &str) -> [u8; 32] {
    Sha256::new().chain_update(DOMAIN).chain_update(before).chain_update(body).finalize().into()
}
