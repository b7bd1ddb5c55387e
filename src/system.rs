//! The one clock and the one die: nothing else in the program asks the time or draws randomness.

use std::time::Instant;

/// The monotonic clock, in the platform's own resolution (nanoseconds on Linux); it never goes back and knows no date.
pub fn monotonic_now() -> Instant {
    Instant::now()
}
