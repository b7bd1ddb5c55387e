//! The one clock and the one die: nothing else in the program asks the time or draws randomness.

use std::time::Instant;

use chrono::{DateTime, Utc};

/// The operating system refused to give randomness.
#[derive(Debug, thiserror::Error)]
#[error("the operating system gave no randomness ({0}); nothing secret can be made now, try again later")]
pub struct NoRandomness(getrandom::Error);

/// The wall clock, in UTC: a label for when something happened, never a measure of how long it took.
#[must_use]
pub fn now() -> DateTime<Utc> {
    Utc::now()
}

/// The monotonic clock: the only source of durations, untouched by a clock that is set or corrected.
#[must_use]
pub fn monotonic() -> Instant {
    Instant::now()
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
