//! What strangers may take.

use std::time::Duration;

use ratatui::layout::Size;

use crate::exam::Definition;

/// The limits of a server.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Connections that may wait to log in. A newcomer beyond takes the place of the oldest one from the address that has
    /// most of them.
    pub waiting: usize,
    /// How long logging in may take, and asking for the screen after it: number and code are read from paper.
    pub login: Duration,
    /// Connections of one address at once, and then so many a second: a class may share an address.
    pub address_burst: u32,
    /// See [`Limits::address_burst`].
    pub address_rate: u32,
    /// How long a guest may be without a key, where the visit says that this counts.
    pub idle: Duration,
    /// How long a visit may last in all.
    pub session: Duration,
    /// How long a drawing may be on its way before the guest counts as gone.
    pub stall: Duration,
    /// How often a guest's client is asked whether it is there. One that answers nothing to three of these is gone.
    pub keepalive: Duration,
    /// Bytes that may come in at once, and then so many a second: beyond, they wait.
    pub input_burst: u32,
    /// See [`Limits::input_burst`].
    pub input_rate: u32,
    /// The largest screen that is drawn on, in columns and rows: a wrong claim must not decide how much memory is taken.
    pub largest: Size,
    /// How long the wait is before a wrong code is answered; it doubles with each further one.
    pub back_off: Duration,
    /// How long is waited for a guest's program to leave, and for other things that take a moment.
    pub breath: Duration,
}

impl Limits {
    /// The limits of an exam's room.
    #[must_use]
    pub fn of(exam: &Definition) -> Self {
        let seconds = |s: u32| Duration::from_secs(s.into());
        Self { idle: seconds(exam.limits.idle_s), session: seconds(exam.limits.session_s), ..Self::default() }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            waiting: 128,
            login: Duration::from_secs(120),
            address_burst: 120,
            address_rate: 10,
            idle: Duration::from_secs(15 * 60),
            session: Duration::from_secs(4 * 60 * 60),
            stall: Duration::from_secs(30),
            keepalive: Duration::from_secs(15),
            // A second of the fastest typing has 30 bytes; a terminal's answers and a paste come on top.
            input_burst: 16 * 1024,
            input_rate: 4 * 1024,
            largest: Size::new(200, 60),
            back_off: Duration::from_millis(500),
            breath: Duration::from_millis(500),
        }
    }
}
