//! What the server asks of the house behind it, and of each guest's program.

use std::net::IpAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Instant;

use ratatui::layout::Size;
use tokio::sync::Notify;

use crate::tui::drive::Program;

/// What lies behind the door.
pub trait House: Send + Sync + 'static {
    /// What is said before anybody logs in; one or more lines.
    fn greeting(&self) -> String;

    /// Who comes in. Its time must not depend on how much of a code is right.
    fn admit<'a>(&'a self, claim: Claim<'a>) -> Admission<'a>;

    /// Takes note of what happened at the door.
    fn report(&self, what: Report);
}

/// What somebody says at the door. Texts are cleaned, and at most 200 bytes long.
#[derive(Clone, Copy)]
pub struct Claim<'a> {
    /// The candidate's number.
    pub number: &'a str,
    /// The seat code.
    pub code: &'a str,
    /// Whence.
    pub from: IpAddr,
    /// When.
    pub at: Instant,
}

/// An answer at the door that may take a moment, because others are asked.
pub type Admission<'a> = Pin<Box<dyn Future<Output = Entry> + Send + 'a>>;

/// The answer at the door.
pub enum Entry {
    /// Come in.
    In(Box<dyn Visit>),
    /// Number and code do not belong together.
    Wrong,
    /// They do, but now nobody can come in with them: why, in a sentence or two.
    Refused(String),
}

/// What happened at the door or to a guest, besides what the guest's program notices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Report {
    /// A wrong number or code.
    WrongCode {
        /// The number as typed.
        number: String,
        /// Whence.
        from: IpAddr,
    },
    /// The program of a guest failed; the others go on.
    Failed(IpAddr),
}

/// The terminal of a guest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terminal {
    /// Its size in columns and rows, within limits.
    pub size: Size,
    /// What it calls itself, cleaned.
    pub name: String,
    /// How the client calls itself, cleaned.
    pub client: String,
    /// Whether its Backspace key sends ^H.
    pub erases_with_ctrl_h: bool,
}

/// A guest's program of screens. Dropping it is the end of the visit, however that came.
pub trait Visit: Program + Send {
    /// What wakes the program besides input and time.
    fn bell(&self) -> Arc<Notify>;

    /// The guest's terminal, before the first screen.
    fn seated(&mut self, at: Instant, terminal: &Terminal);

    /// A round trip to the guest's terminal took so long, in milliseconds.
    fn answered(&mut self, latency_ms: u32);

    /// Whether screens are plain: without colours.
    fn is_plain(&self) -> bool {
        false
    }

    /// Whether a guest who types nothing is to be sent away after a while.
    fn may_idle_out(&self) -> bool;

    /// What is said on the guest's own screen after the last one of the program.
    fn farewell(&self) -> String;
}
