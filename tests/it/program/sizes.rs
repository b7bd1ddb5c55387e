//! Terminals of every size, none at all, and what comes out of them: pastes, bursts, a text by a pipe.

use super::{Home, USUAL, press, printed};
use crate::support::pty::Outside;

const TEXT: &str = "The notice on the door says that the shop is closed until Monday.\nPeople read it, sigh, and \
                    walk on.";

/// What stands under the caret.
fn under(outside: &Outside) -> Option<char> {
    let (row, column) = outside.screen().cursor_position();
    match outside.screen().cell(row, column)?.contents() {
        "" => Some(' '),
        "⏎" => Some('\n'),
        shown => shown.chars().next(),
    }
}

/// Types these characters of the text, each when it is seen under the caret.
fn copy(outside: &mut Outside, text: &str) {
    for c in text.chars() {
        outside.wait_for(&format!("{c:?} under the caret"), |outside| under(outside) == Some(c));
        press(outside, &c.to_string().replace('\n', "\r"));
    }
}

fn completed(mut outside: Outside, typed: usize) {
    assert_eq!(outside.end().exit_code(), 0, "{}", outside.contents());
    outside.assert_restored("the end");
    let result = printed(&outside);
    assert_eq!((&result["ended"], &result["counts"]["typed"]), (&"completed".into(), &typed.into()));
    assert_eq!(result["accuracy_percent"], 100.0, "{result}");
}

fn json_test(home: &Home, text: &str, size: (u16, u16)) -> Outside {
    home.test(&["--json", "--text", &home.text(text)], size)
}

#[test]
fn a_text_is_copied_from_the_screen_in_every_size() {
    for size in [(5, 20), (1, 12), (24, 80), (60, 200)] {
        let home = Home::new();
        let mut outside = json_test(&home, TEXT, size);
        copy(&mut outside, &TEXT[..TEXT.len() - 1]);
        outside.send(".");
        completed(outside, TEXT.len());
    }
}

#[test]
fn at_one_cell_the_program_lives() {
    let home = Home::new();
    let mut outside = json_test(&home, TEXT, (1, 1));
    for _ in 0..3 {
        outside.resize(24, 80);
        outside.until("The notice");
        outside.resize(1, 1);
        outside.wait_for("one cell", |outside| outside.contents().len() == 1);
    }
    outside.send(TEXT.replace('\n', "\r"));
    completed(outside, TEXT.len());
}

#[test]
fn a_resize_keeps_the_test() {
    let home = Home::new();
    let mut outside = json_test(&home, TEXT, USUAL);
    let mut rest = TEXT;
    for (round, (rows, columns)) in [(12, 44), (1, 1), (5, 20), (40, 120), (24, 80)].into_iter().enumerate() {
        outside.resize(rows, columns);
        outside.wait_for("a drawing", |outside| outside.count("\x1b[2J") == round + 2);
        // One cell shows where the caret is, but the caret has nowhere to go.
        if columns > 1 {
            let (now, later) = rest.split_at(9);
            copy(&mut outside, now);
            rest = later;
        }
    }
    copy(&mut outside, rest.strip_suffix('.').unwrap());
    outside.send(".");
    completed(outside, TEXT.len());
}

#[test]
fn a_paste_is_refused_and_types_nothing() {
    let home = Home::new();
    let mut outside = json_test(&home, "Two cats sat.", USUAL);
    press(&mut outside, "T");
    outside.send("\x1b[200~wo cats sat.\x1b[201~");
    outside.until("Pasting does not count here.");
    outside.send("wo cats sat.");
    completed(outside, 13);
    let log = &home.attempts()[0].attempt.log;
    let pasted =
        |event: &typeproof::typing::log::Event| event.what == typeproof::typing::log::EventKind::Paste(12);
    assert_eq!(log.events.iter().filter(|event| pasted(event)).count(), 1);
}

#[test]
fn two_thousand_keys_at_once_are_all_counted() {
    let home = Home::new();
    let text = "many keys come in a burst ".repeat(80)[..2_000].to_owned();
    let mut outside = json_test(&home, &text, USUAL);
    outside.send(&text);
    completed(outside, 2_000);
}

#[test]
fn a_text_comes_by_a_pipe_and_keys_from_the_terminal() {
    let home = Home::new();
    let pipe = ["/bin/sh", "-c", "printf 'Two cats sat.' | \"$0\" \"$@\"; exit $?"];
    let mut outside = home.behind(&pipe, &["test", "-", "--json"], USUAL);
    outside.until("Two cats sat.");
    copy(&mut outside, "Two cats sat");
    outside.send(".");
    completed(outside, 13);
}

#[test]
fn without_a_terminal_it_says_so() {
    let home = Home::new();
    let text = home.text("Two cats sat.");
    for args in [&[][..], &["test", "--time", "15"], &["test", "--text", &text], &["test", "-"]] {
        let output = home.run(args);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{args:?}: {said}");
        assert!(said.contains("is not a terminal: run this in a terminal window"), "{args:?}: {said}");
    }
    let from_nowhere = ["/bin/sh", "-c", "\"$0\" \"$@\" </dev/null; exit $?"];
    let into_a_file = ["/bin/sh", "-c", "\"$0\" \"$@\" >/dev/null; exit $?"];
    for (before, which) in [(from_nowhere, "standard input"), (into_a_file, "standard output")] {
        for args in [&[][..], &["test", "--words", "5"]] {
            let mut outside = home.behind(&before, args, USUAL);
            assert_eq!(outside.end().exit_code(), 2, "{which} {args:?}");
            let shown = outside.contents();
            assert!(shown.contains(&format!("{which} is not a terminal")), "{shown}");
            assert!(!outside.is_raw() && outside.count("\x1b") == 0, "{shown}");
        }
    }
}
