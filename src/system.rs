//! The one clock and the one die: nothing else in the program asks the time or draws randomness.

use std::sync::OnceLock;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use chrono::{DateTime, Utc};

/// The operating system refused to give randomness.
#[derive(Debug, thiserror::Error)]
#[error("the operating system gave no randomness ({0}); nothing secret can be made now, try again later")]
pub struct NoRandomness(getrandom::Error);

/// The wall clock, in UTC: a label for when something happened, never a measure of how long it took.
#[must_use]
pub fn now() -> DateTime<Utc> {
    instant(SystemTime::now())
}

/// A time of the operating system as an instant in UTC. A clock can say anything: one before 1970 is taken as it is, and
/// one beyond the years that can be written as the last of them.
#[must_use]
pub fn instant(time: SystemTime) -> DateTime<Utc> {
    let (seconds, nanoseconds) = match time.duration_since(UNIX_EPOCH) {
        Ok(since) => (i64::try_from(since.as_secs()).unwrap_or(i64::MAX), since.subsec_nanos()),
        Err(before) => seconds_before(before.duration()),
    };
    let outside = if seconds < 0 { DateTime::<Utc>::MIN_UTC } else { DateTime::<Utc>::MAX_UTC };
    DateTime::from_timestamp(seconds, nanoseconds).unwrap_or(outside)
}

/// Seconds from 1970 to the last whole second before a time that lies so long before it, and the nanoseconds after that.
fn seconds_before(duration: Duration) -> (i64, u32) {
    let seconds = i64::try_from(duration.as_secs()).unwrap_or(i64::MAX);
    match duration.subsec_nanos() {
        0 => (-seconds, 0),
        part => (-seconds - 1, 1_000_000_000 - part),
    }
}

/// The monotonic clock: the only source of durations, untouched by a clock that is set or corrected.
#[must_use]
pub fn monotonic() -> Instant {
    Instant::now()
}

/// What every clock said at one moment.
#[derive(Clone, Copy, Debug)]
pub struct Clocks {
    /// The wall clock.
    pub wall: DateTime<Utc>,
    /// The monotonic clock, with which tests are timed.
    pub monotonic: Instant,
    /// The machine's own, asked without the library that can be made to tell another time, and going on while the machine
    /// sleeps; nothing where a system has none.
    pub machine: Option<Duration>,
}

impl Clocks {
    /// What they say now.
    #[must_use]
    pub fn now() -> Self {
        Self { wall: now(), monotonic: monotonic(), machine: machine() }
    }

    /// What they said when the program began: when this was asked for the first time.
    #[must_use]
    pub fn at_start() -> Self {
        static START: OnceLock<Clocks> = OnceLock::new();
        *START.get_or_init(Self::now)
    }
}

#[cfg(all(target_os = "linux", feature = "terminal"))]
fn machine() -> Option<Duration> {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::Boottime);
    Some(Duration::new(u64::try_from(time.tv_sec).ok()?, u32::try_from(time.tv_nsec).ok()?))
}

#[cfg(not(all(target_os = "linux", feature = "terminal")))]
fn machine() -> Option<Duration> {
    None
}

/// `N` bytes from the operating system's generator, fit for keys, salts and identifiers.
///
/// # Errors
/// When the operating system gives none; nothing weaker is put in its place.
pub fn random<const N: usize>() -> Result<[u8; N], NoRandomness> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(NoRandomness)?;
    Ok(bytes)
}

/// A seed that picks passages. It is no secret (a log states it), so where the operating system gives no randomness
/// the nanoseconds of the wall clock serve, and practice goes on.
#[must_use]
pub fn seed() -> u64 {
    random()
        .map_or_else(|_| now().timestamp_nanos_opt().unwrap_or_default().cast_unsigned(), u64::from_le_bytes)
}
