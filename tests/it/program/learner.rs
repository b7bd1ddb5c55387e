//! A learner in a real terminal: an empty home, the keyboard chosen, practice, the history, and the keyboard as a heat map.

use std::time::{Duration, Instant};

use super::{Home, USUAL, calm, press};
use crate::support::pty::Outside;

/// From key to key.
const PACE: Duration = Duration::from_millis(40);

/// The text to be typed, as it stands between the status and the hint: small letters and spaces.
fn text(shown: &str) -> String {
    let lines = shown.lines().map(str::trim).skip_while(|line| !line.contains("words right")).skip(1);
    let lines = lines.take_while(|line| !line.contains("The first key"));
    let lines: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
    let text = lines.join(" ");
    assert!(text.chars().all(|c| c.is_ascii_lowercase() || c == ' '), "{text:?} of\n{shown}");
    text
}

fn type_all(outside: &mut Outside, text: &str) {
    let first = Instant::now();
    let (most, last) = text.split_at(text.len() - 1);
    for (n, c) in (0..).zip(most.chars()) {
        outside.take_until(first + PACE * n);
        press(outside, &c.to_string());
    }
    outside.send(last);
}

#[test]
fn a_learner_gets_from_an_empty_home_to_the_heat_map() {
    let home = Home::new();
    let mut outside = home.start(&[], USUAL);
    outside.until("A minute of common words shows where you stand.");
    outside.send("k");
    outside.until("Which layout does your keyboard have?");
    outside.send("\r");
    outside.until("My keyboard     US (QWERTY)");
    outside.send("p");
    outside.until("8 of 26");
    outside.send("\r");
    outside.until("The first key starts the clock.");
    let practised = text(&outside.contents());
    assert!((100..400).contains(&practised.len()), "{practised}");
    type_all(&mut outside, &practised);
    outside.until("Result: Practice");
    outside.until("Enter: Go on");
    calm(&mut outside);
    outside.send("\x19");
    outside.until("This text practises");
    outside.send("\x1b");
    outside.until("Quit");
    outside.send("t");
    outside.until("practice: guided");
    outside.send("\r");
    outside.until("Result: Practice");
    outside.send("\x1b");
    outside.until("1 attempt");
    outside.send("\x1b");
    outside.until("Quit");
    outside.send("g");
    outside.until("Over time");
    outside.send("\t");
    outside.until("by speed");
    let shown = outside.contents();
    let bars = shown.chars().filter(|c| ('▁'..='█').contains(c)).count();
    let typed: std::collections::BTreeSet<char> = practised.chars().collect();
    // Each key that was typed has a bar, and the two of the legend.
    assert_eq!(bars, typed.len() + 2, "{shown}");
    outside.send("\x03");
    assert_eq!(outside.end().exit_code(), 0);
    outside.assert_restored("^C");
    assert_eq!(home.attempts().len(), 1);
}
