//! The main job: home, level, a text typed at a known pace with known errors, result, award, and a badge that verifies.

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use serde_json::Value;
use typeproof::desk::{Given, Request};
use typeproof::tui::screens::parts::span;
use typeproof::typing::score::{Counts, Score};

use super::{Home, USUAL, calm, press};
use crate::badge::carry::qr;
use crate::support::pty::Outside;

const TEXT: &str = "The baker closes at six, and her last warm loaf goes to whoever comes by late with time enough \
                    for a talk about the weather.";

/// Which character is typed wrong and put right, and which is left wrong.
const FIXED: usize = 17;
const LEFT: usize = 60;

/// From key to key: 300 words a minute, since what is faster for long is no typing.
const PACE: Duration = Duration::from_millis(40);

/// From the text on the screen to the first key.
const READING: Duration = Duration::from_millis(500);

/// The keys: every character of the text, the two errors among them.
fn keys() -> Vec<String> {
    let key = |(n, c): (usize, char)| match n {
        FIXED => vec!["#".to_owned(), "\x7f".to_owned(), c.to_string()],
        LEFT => vec!["#".to_owned()],
        _ => vec![c.to_string()],
    };
    TEXT.chars().enumerate().flat_map(key).collect()
}

/// What is known of the result.
fn truth(duration_ms: u32) -> Counts {
    let length = TEXT.len() as u32;
    Counts {
        correct: length - 1,
        incorrect_left: 1,
        incorrect_fixed: 1,
        fixes: 1,
        typed: length + 1,
        right: length - 1,
        standing: length,
        presented: length,
        presented_words: TEXT.split(' ').count() as u32,
        wrong_word_characters: 0,
        errors_x2: 2,
        duration_ms,
    }
}

/// Hundredths of words per minute of so many characters.
fn speed_x100(characters: u32, time: Duration) -> f64 {
    f64::from(characters) / 5.0 * 60.0 / time.as_secs_f64() * 100.0
}

/// Types at the pace, each key when the one before it is shown; the shortest and the longest time that can have passed
/// from the first key to the last.
pub fn type_all(outside: &mut Outside) -> (Duration, Duration) {
    let keys = keys();
    // A person reads before typing. A key that comes while the text is still being drawn would be noted on the badge.
    outside.take_until(Instant::now() + READING);
    let (last, first) = (keys.last().unwrap(), Instant::now());
    press(outside, &keys[0]);
    let first_shown = Instant::now();
    for (n, key) in keys.iter().enumerate().take(keys.len() - 1).skip(1) {
        outside.take_until(first + PACE * n as u32);
        press(outside, key);
    }
    outside.take_until(first + PACE * (keys.len() - 1) as u32);
    let shortest = first_shown.elapsed();
    outside.send(last);
    // The counts stand below the rest of the result.
    outside.until("1 corrected");
    (shortest, first.elapsed())
}

/// The number before this word on the screen, in hundredths.
fn shown_x100(shown: &str, unit: &str) -> u32 {
    let before = shown.split(unit).next().unwrap().split_whitespace().next_back().unwrap();
    (before.parse::<f64>().unwrap() * 100.0).round() as u32
}

#[test]
fn a_newcomer_gets_from_the_first_screen_to_a_badge() {
    let home = Home::new();
    let mut outside = home.start(&[], USUAL);
    outside.until("Take a level");
    outside.send("l");
    // The list opens at the level that comes next; the pathway of this test is the one before.
    outside.until("Trial");
    outside.send("\x1b[D");
    outside.until("Own level trial-line: 5 WPM net at 90 %");
    outside.send("\r");
    outside.until("The first key starts the clock.");
    let (shortest, longest) = type_all(&mut outside);
    check_result(&home, &outside.contents(), shortest, longest);
    calm(&mut outside);
    outside.send("\r");
    outside.until("Whose badge is it?");
    outside.send("Ada Lovelace\r\r");
    outside.until("Your badge is awarded");
    outside.until("? more");
    until_drawn(&mut outside, 0);
    let [json, token, attempt] = files(&home);
    check_code(&mut outside, &token);
    check_badge(&home, &json, &token, &attempt);
    outside.send("\x03");
    assert_eq!(outside.end().exit_code(), 0);
    outside.assert_restored("^C");
}

fn check_result(home: &Home, shown: &str, shortest: Duration, longest: Duration) {
    let attempts = home.attempts();
    assert_eq!(attempts.len(), 1);
    let Score { counts, gross_wpm_x100, net_wpm_x100, accuracy_bp, .. } = attempts[0].score;
    assert_eq!(counts, truth(counts.duration_ms));
    let time = Duration::from_millis(counts.duration_ms.into());
    let shortest = Duration::from_millis(shortest.as_millis() as u64);
    assert!(shortest <= time && time <= longest, "{shortest:?} <= {time:?} <= {longest:?}");
    // The first key started the clock, so it is not counted; an error takes a word of five characters.
    let length = TEXT.len() as u32;
    assert_eq!(gross_wpm_x100, speed_x100(length - 1, time).round() as u32);
    assert_eq!(net_wpm_x100, speed_x100(length - 1 - 5, time).round() as u32);
    assert_eq!(accuracy_bp, (10_000.0 * f64::from(length - 1) / f64::from(length + 1)).round() as u32);
    // The screen shows the same figures, below the title, which has some of its own.
    let (_, shown) = shown.split_once('\n').unwrap();
    assert_eq!(shown_x100(shown, " WPM net"), net_wpm_x100 / 10 * 10, "{shown}");
    assert_eq!(shown_x100(shown, " % accuracy"), accuracy_bp / 10 * 10, "{shown}");
    assert_eq!(shown_x100(shown, " WPM gross"), gross_wpm_x100 / 10 * 10, "{shown}");
    let typed = format!("{} characters, {} correct at first", length + 1, length - 1);
    let left = format!("{} correct, 1 wrong, 1 corrected", length - 1);
    let took = format!(" · {} · consistency", span(counts.duration_ms));
    for text in ["Passed. Press Enter for your badge.", "1 error left", &typed, &left, &took] {
        assert!(shown.contains(text), "no {text:?} in\n{shown}");
    }
}

/// The badge's JSON, token and attempt.
fn files(home: &Home) -> [PathBuf; 3] {
    let dir = home.path().join("badges");
    let all: Vec<PathBuf> = fs::read_dir(&dir).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(all.len(), 6, "{all:?}");
    ["json", "txt", "tpa"].map(|extension| {
        let file = all.iter().find(|path| path.extension().is_some_and(|e| e == extension));
        file.unwrap_or_else(|| panic!("no .{extension} in {all:?}")).clone()
    })
}

/// Waits for a drawing of everything behind the first `before` bytes: that of a screen without a cursor ends by hiding it.
pub fn until_drawn(outside: &mut Outside, before: usize) {
    outside.wait_for("a whole drawing", |outside| outside.raw()[before..].ends_with(b"\x1b[?25l"));
}

/// The code needs more than the usual size, and says how much; there, and with text beside it, it is read.
fn check_code(outside: &mut Outside, token: &PathBuf) {
    let token = fs::read_to_string(token).unwrap();
    let shown = outside.contents();
    assert_eq!(qr::terminal::read(outside.screen()), None, "{shown}");
    assert!(shown.contains("Press f for the QR code."), "{shown}");
    for ((rows, columns), alone) in [((50, 100), false), ((50, 160), false), ((24, 80), true)] {
        if alone {
            outside.send("f");
            outside.until("back to the badge");
        }
        let before = outside.raw().len();
        outside.resize(rows, columns);
        until_drawn(outside, before);
        let read = qr::terminal::read(outside.screen());
        assert_eq!(read.as_deref(), Some(token.trim_end()), "{columns}×{rows}: {}", outside.contents());
    }
}

fn check_badge(home: &Home, json: &PathBuf, token: &PathBuf, attempt: &PathBuf) {
    let [json_path, attempt_path] = [json, attempt].map(|path| path.to_str().unwrap());
    let url = fs::read_to_string(token).unwrap();
    for badge in [json_path, url.trim_end()] {
        let output =
            home.run(&["verify", badge, "--log", attempt_path, "--holder", "Ada Lovelace", "--json"]);
        // The holder's own key is nobody else's word.
        assert_eq!(output.status.code(), Some(3), "{output:?}");
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        for answer in ["integrity", "evidence", "holder", "standing"] {
            assert_eq!(report["verdict"][answer]["answer"], "yes", "{answer} of {report}");
        }
    }
    let bytes = fs::read(attempt).unwrap();
    let request = Request { attempt: Some(&bytes), ..Request::default() };
    let given = Given::find(json_path).unwrap().given;
    let verdict = home.desk().verify(&given, &request).verdict;
    assert!(verdict.integrity.is_yes() && verdict.evidence.is_yes() && verdict.standing.is_yes());
    let altered = fs::read_to_string(json).unwrap().replace("Ada Lovelace", "Eve Lovelace");
    let path = home.dir.path().join("altered.json");
    fs::write(&path, altered).unwrap();
    assert_eq!(home.run(&["verify", path.to_str().unwrap()]).status.code(), Some(1));
}
