//! Every way in which a test under way can end: the terminal is as it was found, the exit code says why.

use rustix::process::{Signal, kill_process_group};

use typeproof::typing::log::End;

use super::{Home, USUAL, press, printed};
use crate::support::pty::{self, Outside};

const TEXT: &str = "Two cats sat.";

/// A test of a text with two keys typed.
fn under_way(home: &Home, more: &[&str]) -> Outside {
    let text = home.text(TEXT);
    let mut outside = home.test(&[&["--text", &text], more].concat(), USUAL);
    press(&mut outside, "T");
    press(&mut outside, "w");
    assert!(outside.is_raw() && outside.screen().bracketed_paste());
    outside
}

#[test]
fn every_ending_restores_the_terminal_and_signals_lose_nothing() {
    type Ending = fn(&mut Outside);
    let endings: [(&str, u32, Ending); 10] = [
        ("^C", 130, |outside| outside.send("\x03")),
        ("Esc", 130, |outside| outside.send("\x1b")),
        ("SIGINT", 130, |outside| outside.signal(Signal::INT)),
        ("SIGQUIT", 131, |outside| outside.signal(Signal::QUIT)),
        ("SIGTERM", 143, |outside| outside.signal(Signal::TERM)),
        ("SIGHUP", 129, |outside| outside.signal(Signal::HUP)),
        ("^C with the keyboard protocol", 130, |outside| speak(outside, "\x1b[99;5u")),
        ("^C on a Russian keyboard", 130, |outside| speak(outside, "\x1b[1089;5u")),
        ("^C on a Serbian keyboard", 130, |outside| speak(outside, "\x1b[1094::99;5u")),
        ("^C in another size", 130, |outside| {
            outside.resize(5, 20);
            outside.wait_for("a drawing", |outside| outside.count("\x1b[2J") == 2);
            outside.send("\x03");
        }),
    ];
    for (name, status, ending) in endings {
        let home = Home::new();
        let mut outside = under_way(&home, &[]);
        ending(&mut outside);
        assert_eq!(outside.end().exit_code(), status, "{name}");
        outside.assert_restored(name);
        assert_eq!(home.attempts().len(), usize::from(name.starts_with("SIG")), "{name}");
    }
}

/// Has a terminal speak the keyboard's protocol, and sends a key.
fn speak(outside: &mut Outside, key: &str) {
    outside.send("\x1b[?0u");
    outside.send("\x1b[111;;111uo");
    outside.wait_for("the keyboard protocol", |outside| outside.count("\x1b[>31u") == 1);
    outside.send(key);
}

#[test]
fn a_panic_restores_the_terminal_before_it_is_told() {
    let home = Home::new();
    let text = home.text(TEXT);
    let mut outside = home.test(&["--crash", "--text", &text], USUAL);
    assert!(outside.is_raw());
    outside.send("T");
    assert_eq!(outside.end().exit_code(), 101);
    outside.assert_restored("a panic");
    let shown = outside.contents();
    assert!(shown.contains("panicked at") && shown.contains("asked for with --crash"), "{shown}");
}

#[test]
fn a_closed_window_ends_the_program_and_saves_what_was_typed() {
    let home = Home::new();
    let mut outside = under_way(&home, &[]);
    assert_eq!(outside.close("o").exit_code(), 129);
    let attempts = home.attempts();
    assert_eq!(attempts.len(), 1);
    assert_eq!(attempts[0].attempt.log.close.end, End::GaveUp);
    assert!(attempts[0].score.counts.typed >= 2, "what was typed before");
}

#[test]
fn a_stopped_test_is_continued_and_says_so() {
    let home = Home::new();
    let text = home.text(TEXT);
    let mut outside = home.behind(&pty::SHELL, &["test", "--text", &text], USUAL);
    outside.until("The first key starts the clock.");
    press(&mut outside, "T");
    let Some(inside) = outside.pid_behind_shell() else { return };
    for (round, key) in ["w", "o"].into_iter().enumerate() {
        outside.stop(inside);
        kill_process_group(outside.pid(), Signal::CONT).unwrap();
        outside.wait_for("the test again", |outside| {
            outside.count("\x1b[?1049h") == round + 2 && outside.contents().contains("Ctrl-C quit")
        });
        assert!(outside.is_raw());
        press(&mut outside, key);
    }
    outside.send(" cats sat.");
    outside.until("program stopped 2 times");
    outside.send("\x03");
    assert_eq!(outside.end().exit_code(), 0);
    outside.assert_restored("^C after stops");
    assert_eq!(home.attempts().len(), 1);
}

#[test]
fn json_follows_on_the_restored_screen() {
    let home = Home::new();
    let mut outside = under_way(&home, &["--json"]);
    outside.send("o cats sat.");
    assert_eq!(outside.end().exit_code(), 0);
    outside.assert_restored("the end of the text");
    let result = printed(&outside);
    assert_eq!(result["ended"], "completed");
    assert_eq!(result["counts"]["typed"], TEXT.len());
    let saved: Vec<String> = home.attempts().into_iter().map(|attempt| attempt.id).collect();
    assert_eq!(saved, [result["id"].as_str().unwrap()]);
}
