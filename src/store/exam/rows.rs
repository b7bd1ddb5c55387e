//! What a storage of exams keeps, as callers know it.

use crate::exam::Candidate;

/// An exam.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExamRow {
    /// Its id.
    pub id: String,
    /// Its file, as it was when the exam was opened first.
    pub definition: String,
    /// SHA-256 of the roster's file.
    pub roster_sha256: [u8; 32],
    /// When it was opened first, in milliseconds since 1970 (UTC).
    pub opened_unix_ms: i64,
}

/// Who wants a seat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The room's id.
    pub room: String,
    /// From which address, cleaned.
    pub address: String,
    /// When, in milliseconds since 1970 (UTC).
    pub at_unix_ms: i64,
}

/// What came of wanting a seat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claimed {
    /// The seat is taken for this session. The number of the claim grows with every claim to the seat.
    Yes(u64),
    /// Another session has it.
    Held(Claim),
}

/// Who has a seat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The candidate's number.
    pub number: String,
    /// Which claim to this seat it is, from 1.
    pub claim: u64,
    /// Who.
    pub taken: Taken,
}

/// The attempt file of a test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogRow {
    /// The candidate's number.
    pub number: String,
    /// The room in which it was typed.
    pub room: String,
    /// The run, from 1.
    pub run: u32,
    /// The attempt file, see [`crate::typing::attempt`].
    pub attempt: Vec<u8>,
}

/// What is kept of a person in one exam.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonRow {
    /// The exam's id.
    pub exam: String,
    /// The row of the roster.
    pub candidate: Candidate,
    /// How many attempt files there are.
    pub logs: u32,
}
