//! Input that no hand gives, at a level that it would pass: there is no badge, and the words say why.

use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use rustix::process::{Signal, WaitOptions, waitpid};
use typeproof::typing::key::{Key, Stroke};
use typeproof::typing::session::{Phase, Session};

use super::{Home, USUAL, press};
use crate::support::pty::Outside;

const LINE: &[&str] = &["test", "--level", "trial-line"];
const READY: &str = "The first key starts the clock.";

/// From key to key: 240 words a minute, which hands do.
const PACE: Duration = Duration::from_millis(50);

/// Characters typed where none could be: more than a hand on the keyboard gives, and fewer than a slow line holds
/// back.
const AHEAD: usize = 40;

/// What a hand on the keyboard gives.
const FEW: usize = 5;

/// What a level has typed, without an error.
fn text(home: &Home, level: &str) -> String {
    let mut desk = home.desk();
    let level = desk.level(level).unwrap();
    let mut session = Session::new(Arc::clone(&desk.level_exercise(&level).unwrap()));
    let mut text = String::new();
    while !matches!(session.phase(), Phase::Ended(_)) {
        let key = session.due().unwrap();
        let Key::Char(c) = key else { panic!("{key:?} in a text of one line") };
        text.push(c);
        session.press(Stroke { at: 0, key });
    }
    text
}

/// Types as a hand does: each key when the one before it is shown.
fn by_hand(outside: &mut Outside, text: &str) {
    let (rest, last) = text.split_at(text.len() - 1);
    // The first one after what was seen.
    let first = Instant::now() + PACE;
    for (n, key) in rest.chars().enumerate() {
        outside.take_until(first + PACE * n as u32);
        press(outside, &key.to_string());
    }
    outside.take_until(first + PACE * rest.len() as u32);
    outside.send(last);
}

/// Waits until the program is stopped, types ahead, and has it go on.
fn type_while_stopped(outside: &mut Outside, keys: &str) {
    waitpid(Some(outside.pid()), WaitOptions::UNTRACED).unwrap();
    outside.send(keys);
    outside.signal(Signal::CONT);
}

/// The test has ended without its badge: the screen says why, and so does the command that issues badges.
fn no_badge(home: &Home, outside: &mut Outside, why: &[&str]) {
    let said = |text: &str| {
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        why.iter().all(|part| words.contains(part)) && !words.contains("WPM short")
    };
    outside.wait_for("why it did not pass", |outside| {
        let shown = outside.contents();
        shown.contains("Not passed.") && said(&shown)
    });
    outside.send("\x03");
    outside.end();
    outside.assert_restored("^C");
    let [attempt] = &home.attempts()[..] else { panic!("one attempt") };
    let output = home.run(&["badge", "issue", &attempt.id, "--name", "Ada Lovelace"]);
    let refused = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.code() != Some(0) && said(&refused), "{refused}");
    assert!(home.desk().history().unwrap().badges().unwrap().is_empty());
    assert!(!home.path().join("badges").exists());
}

#[test]
fn a_thousand_characters_in_one_write() {
    let home = Home::new();
    let text = text(&home, "trial-page");
    assert!(text.len() > 1_000, "{}", text.len());
    let mut outside = home.start(&["test", "--level", "trial-page"], USUAL);
    outside.until(READY);
    outside.send(text);
    no_badge(&home, &mut outside, &["characters came within", "nobody types that fast"]);
}

#[test]
fn keys_typed_before_the_screen_is_up() {
    let home = Home::new();
    let text = text(&home, "trial-line");
    let (ahead, rest) = text.split_at(AHEAD);
    let mut outside = home.behind(&["/bin/sh", "-c", "kill -STOP $$; exec \"$0\" \"$@\""], LINE, USUAL);
    type_while_stopped(&mut outside, ahead);
    outside.wait_for("the test", |outside| outside.screen().alternate_screen() && caret_is_at(outside, rest));
    by_hand(&mut outside, rest);
    no_badge(&home, &mut outside, &["characters were there before the text was on the screen"]);
}

/// A test whose beginning was typed while the program was stopped, and the rest by hand.
fn typed_while_stopped(home: &Home, ahead: &str, rest: &str) -> Outside {
    let mut outside = home.start(LINE, USUAL);
    outside.until(READY);
    outside.signal(Signal::STOP);
    type_while_stopped(&mut outside, ahead);
    outside.wait_for("what was typed", |outside| caret_is_at(outside, rest));
    by_hand(&mut outside, rest);
    outside
}

#[test]
fn keys_typed_while_the_program_was_stopped_before_the_first_key() {
    let home = Home::new();
    let text = text(&home, "trial-line");
    let (ahead, rest) = text.split_at(AHEAD);
    let mut outside = typed_while_stopped(&home, ahead, rest);
    no_badge(&home, &mut outside, &["characters were there before the text was on the screen"]);
}

/// A hand on the keyboard does not take a badge away, and the badge says it.
#[test]
fn a_few_keys_ahead_are_said_by_the_badge() {
    let home = Home::new();
    let text = text(&home, "trial-line");
    let (ahead, rest) = text.split_at(FEW);
    let mut outside = typed_while_stopped(&home, ahead, rest);
    outside.until("Passed.");
    outside.send("\x03");
    outside.end();
    let id = home.attempts()[0].id.clone();
    assert!(home.run(&["badge", "issue", &id, "--name", "Ada Lovelace"]).status.success());
    let badges = home.desk().history().unwrap().badges().unwrap();
    let said = "Noted by the program: characters were there before the text was on the screen: ";
    assert!(badges[0].credential.contains(said), "{}", badges[0].credential);
    let output = home.run(&["verify", &badges[0].token]);
    assert!(String::from_utf8_lossy(&output.stdout).contains(said), "{output:?}");
}

/// Whether the caret stands where this is due next.
fn caret_is_at(outside: &Outside, due: &str) -> bool {
    let screen = outside.screen();
    let (row, column) = screen.cursor_position();
    let (_, columns) = screen.size();
    let shown = screen.contents_between(row, column, row, columns.into());
    let line = shown.trim_end();
    !line.is_empty() && due.starts_with(line)
}

#[test]
fn a_clock_slowed_from_outside() {
    if Command::new("faketime").arg("--version").output().is_err() {
        println!("SKIPPED: a slowed clock is not tried, since the faketime command is not installed");
        return;
    }
    let home = Home::new();
    let text = text(&home, "trial-line");
    let mut outside = home.behind(&["faketime", "-f", "+0 x0.5"], LINE, USUAL);
    outside.until(READY);
    by_hand(&mut outside, &text);
    no_badge(&home, &mut outside, &["the clock that timed the test was", "s slow"]);
}
