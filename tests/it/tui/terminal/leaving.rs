//! Leaving over a line on which something is still on its way: nothing of it reaches whoever has the terminal next.

use rustix::process::{Signal, kill_process};

use super::pty::start;
use crate::support::pty::Outside;

/// Runs the program, then reads a line as a shell does, and shows what was in it.
const SHELL_READS: [&str; 3] =
    ["/bin/sh", "-c", "\"$0\" \"$@\"; echo OVER; read -r line; echo \"READ[$line]\""];

/// What ends the keyboard's protocol, and asks for the answer after which all is told.
const LAST: &str = "\x1b[<1u\x1b[?u";

/// A terminal with the kitty protocol in which the program runs, having granted these flags.
fn speaking(granted: &str) -> Outside {
    let mut outside = start(&SHELL_READS);
    outside.send("\x1b[?0u\x1b[2;2Rx");
    outside.wait_for("the keyboard protocol", |outside| outside.count("\x1b[>31u\x1b[?u") == 1);
    outside.send(granted);
    outside.send("\x1b[121;;121u");
    outside.until("keys=2");
    outside
}

/// The line that the shell reads once the program has ended.
fn read_by_shell(outside: &mut Outside) -> String {
    outside.until("OVER");
    outside.send("typed\r");
    outside.until("READ[");
    let shown = outside.contents();
    shown.lines().find_map(|line| line.strip_prefix("READ[")).unwrap().to_owned()
}

#[test]
fn what_is_on_its_way_does_not_reach_the_shell() {
    // What the terminal sends before it answers for the last time, and in how many pieces.
    let late: [&[&str]; 5] = [
        &["\x1b[99;5:3u\x1b[?0u"],
        &["\x1b[99;5:3u", "\x1b[?0u"],
        &["\x1b[99", ";5:3", "u\x1b", "[?0", "u"],
        &["\x1b[97;;97u\x1b[97;1:3u\x1b[O\x1b[I\x1b[200~pasted\r\x1b[201~\x1b[99;5:3u\x1b[?0u"],
        &["\x1b[?0u"],
    ];
    for pieces in late {
        let mut outside = speaking("\x1b[?31u");
        outside.send("\x1b[99;5u");
        outside.wait_for("the last question", |outside| outside.count(LAST) == 1);
        assert!(outside.is_raw(), "while it waits, nothing is echoed");
        for piece in pieces {
            outside.send(piece);
        }
        assert_eq!(read_by_shell(&mut outside), "typed]", "{pieces:?}");
        outside.assert_restored("waiting for the last answer");
    }
}

#[test]
fn a_signal_and_a_panic_wait_too() {
    type Ending = fn(&mut Outside);
    let endings: [(&str, Ending); 3] = [
        ("SIGTERM", |outside| {
            let inside = outside.pid_behind_shell();
            inside.map_or_else(|| outside.send("q"), |inside| kill_process(inside, Signal::TERM).unwrap());
        }),
        ("SIGHUP", |outside| {
            let inside = outside.pid_behind_shell();
            inside.map_or_else(|| outside.send("q"), |inside| kill_process(inside, Signal::HUP).unwrap());
        }),
        ("panic", |outside| outside.send("\x1b[24~")),
    ];
    for (name, ending) in endings {
        let mut outside = speaking("\x1b[?31u");
        ending(&mut outside);
        outside.wait_for("the last question", |outside| outside.count(LAST) == 1);
        outside.send("\x1b[120;;120u\x1b[?0u");
        assert_eq!(read_by_shell(&mut outside), "typed]", "{name}");
        outside.assert_restored(name);
    }
}

/// The first question is answered when the program is gone already.
#[test]
fn an_answer_to_the_first_question_is_awaited_too() {
    let mut outside = start(&SHELL_READS);
    outside.send("q");
    outside.wait_for("the alternate screen's end", |outside| outside.count("\x1b[?1049l") == 1);
    outside.send("\x1b[?0u\x1b[2;2R");
    assert_eq!(read_by_shell(&mut outside), "typed]");
}

/// A terminal that answers nothing is left all the same, and what it sent until then is thrown away.
#[test]
fn a_terminal_that_gives_no_answer_is_left_in_time() {
    for granted in ["", "\x1b[?31u"] {
        let mut outside = speaking(granted);
        outside.send("\x1b[99;5u");
        outside.wait_for("the last question", |outside| outside.count(LAST) == 1);
        outside.send("\x1b[99;5:3u");
        assert_eq!(read_by_shell(&mut outside), "typed]", "granted {granted:?}");
    }
}

/// Text keys without their text would be guesses about the keyboard, so they are asked for as text again.
#[test]
fn fewer_flags_than_asked_for_are_lived_with() {
    for (granted, lowered) in [
        ("\x1b[?31u", false),
        ("\x1b[?15u", true),
        ("\x1b[?8u", true),
        ("\x1b[?27u", false),
        ("\x1b[?7u", false),
        ("\x1b[?1u", false),
        ("\x1b[?0u", false),
    ] {
        let mut outside = speaking(granted);
        assert_eq!(outside.count("\x1b[=5;1u\x1b[?u") == 1, lowered, "{granted:?}");
        outside.send(if lowered { "\x1b[?5u" } else { "" });
        outside.send("zq");
        outside.wait_for("the last question", |outside| outside.count(LAST) == 1);
        outside.send("\x1b[?0u");
        assert_eq!(read_by_shell(&mut outside), "typed]", "{granted:?}");
        outside.assert_restored(granted);
    }
}

/// On a terminal without an alternate screen what is left is a clear screen, with the prompt at its top.
#[test]
fn without_an_alternate_screen_a_clear_one_is_left() {
    let mut outside = start(&[]);
    outside.send("q");
    assert_eq!(outside.end().exit_code(), 0);
    let raw = String::from_utf8_lossy(outside.raw()).replace("\x1b[?1049h", "").replace("\x1b[?1049l", "");
    let mut terminal = vt100::Parser::new(24.try_into().unwrap(), 80.try_into().unwrap(), 0);
    terminal.process(b"$ typeproof\r\n");
    let (drawn, last) = raw.rsplit_once("\x1b[?1004l").unwrap();
    terminal.process(drawn.as_bytes());
    assert!(terminal.screen().contents().contains("keys=0"));
    terminal.process(last.as_bytes());
    assert_eq!(terminal.screen().contents(), "");
    assert_eq!(terminal.screen().cursor_position(), (0, 0));
}
