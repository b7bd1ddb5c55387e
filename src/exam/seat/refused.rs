//! Why something cannot happen at a seat, in words.

use super::state::State;

/// Why something cannot happen at a seat; the seat stays as it is.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The state does not allow it.
    #[error("seat {number} is {}, and cannot {what} now; {todo}", .state.as_str())]
    State {
        /// The candidate's number.
        number: String,
        /// Where the seat is.
        state: State,
        /// What was to be done, as an infinitive.
        what: &'static str,
        /// What to do.
        todo: &'static str,
    },
    /// Another session is there.
    #[error("candidate {0} has a session already; the proctor can free the seat with a new code")]
    Live(String),
    /// Nobody is connected.
    #[error("candidate {0} is not connected; wait until the candidate is there")]
    NotLive(String),
    /// Only the proctor may do it.
    #[error("only the proctor can {0}; ask the proctor")]
    Proctor(&'static str),
    /// It needs a reason.
    #[error("a reason is needed to {0}; write why")]
    Reason(&'static str),
    /// No attempt is left.
    #[error("candidate {number} has taken all {allowed} attempts; the proctor can give another")]
    Attempts {
        /// The candidate's number.
        number: String,
        /// How many there are.
        allowed: u32,
    },
    /// No such test or note.
    #[error("candidate {number} has no {what} {index}; look at the seat's list")]
    Missing {
        /// The candidate's number.
        number: String,
        /// `test` or `note`.
        what: &'static str,
        /// Its place, from 1.
        index: u32,
    },
    /// A test or attempt that is not the next one.
    #[error("test {given} of candidate {number} is not the one that is due ({due}); the journal is damaged")]
    Order {
        /// The candidate's number.
        number: String,
        /// What was given.
        given: u32,
        /// What is due.
        due: u32,
    },
    /// The policy leaves no test to go on.
    #[error("this exam gives a fresh passage after a lost connection; `resume` is not its policy")]
    NoResuming,
    /// Fresh passages were used up.
    #[error(
        "candidate {0} lost the connection too often for another fresh passage; the proctor can allow one"
    )]
    Lost(String),
}
