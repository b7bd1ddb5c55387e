//! What somebody tries with the running program.

use std::time::{Duration, Instant};

use rustix::process::Signal;

use super::{Home, USUAL, press};

/// A test goes on while its program stands still: who stops it to look the text up, or to rest, loses the time.
#[test]
fn the_time_of_a_stopped_program_counts() {
    let home = Home::new();
    let mut outside = home.test(&["--level", "trial-word"], USUAL);
    press(&mut outside, "G");
    press(&mut outside, "o");
    outside.signal(Signal::STOP);
    outside.take_until(Instant::now() + Duration::from_millis(1_500));
    outside.signal(Signal::CONT);
    outside.send("od bread.");
    outside.until("WPM");
    outside.wait_for("the attempt", |_| !home.attempts().is_empty());
    let attempt = &home.attempts()[0];
    assert!(attempt.score.counts.duration_ms >= 1_500, "{:?}", attempt.score);
    assert!(attempt.score.net_wpm_x100 < 9_000, "{:?}", attempt.score);
}
