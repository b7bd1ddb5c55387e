//! Terminals that show less than others: plain ones are refused in words, the rest is drawn for as well as it can be.

use super::{Home, USUAL};

#[test]
fn a_terminal_for_plain_text_is_told_and_not_painted_on() {
    for (name, env) in [
        ("dumb", "TERM=dumb"),
        ("unknown", "TERM=unknown"),
        ("network", "TERM=network"),
        ("nothing", "TERM="),
        ("no name", "-uTERM"),
    ] {
        for args in [&[][..], &["test", "--words", "5"], &["replay", "nothing"]] {
            let home = Home::new();
            let mut outside = home.behind(&["/usr/bin/env", env], args, USUAL);
            let status = outside.end().exit_code();
            let said = outside.contents();
            assert!(!outside.raw().contains(&0x1b), "{name}: {said}");
            assert!(status != 0, "{name}: {said}");
            if args.first() != Some(&"replay") {
                assert_eq!(status, 2, "{name}: {said}");
                let words = said.split_whitespace().collect::<Vec<_>>().join(" ");
                assert!(words.contains("this terminal shows no screens (TERM is"), "{name}: {said}");
                assert!(words.contains("TERM=xterm-256color"), "{name}: {said}");
            }
            assert!(!outside.is_raw());
        }
    }
}

#[test]
fn what_needs_no_screen_works_on_every_terminal() {
    let home = Home::new();
    let mut outside = home.behind(&["/usr/bin/env", "TERM=dumb"], &["levels"], USUAL);
    assert_eq!(outside.end().exit_code(), 0);
    assert!(!outside.raw().contains(&0x1b));
}

/// Without UTF-8 every sign is ASCII, and one is told why; so are the rare ones on the Linux console.
#[test]
fn signs_are_those_that_the_terminal_has() {
    for (env, plain, lines) in [
        ("LC_ALL=C", true, false),
        ("LC_ALL=POSIX", true, false),
        ("LC_ALL=de_DE.ISO-8859-1", true, false),
        ("TERM=linux", false, true),
    ] {
        let home = Home::new();
        let mut outside = home.behind(&["/usr/bin/env", env], &[], USUAL);
        outside.until("< 1 minute >");
        assert_eq!(outside.contents().contains("Signs are drawn in ASCII"), plain, "{env}");
        outside.send("?");
        outside.until(" Keys: ");
        let shown = outside.contents();
        assert_eq!(shown.contains('┌'), lines, "{env}: {shown}");
        assert!(!shown.contains(['·', '↑', '›', '⏎']), "{env}: {shown}");
        outside.send("\x03");
        assert_eq!(outside.end().exit_code(), 0);
        outside.assert_restored(env);
        assert_eq!(outside.raw().is_ascii(), plain, "{env}");
    }
    let home = Home::new();
    let text = home.text("two\nlines\n");
    let mut outside = home.behind(&["/usr/bin/env", "LC_ALL=C"], &["test", "--text", &text], USUAL);
    outside.until("two<");
    outside.send("\x03");
    assert_eq!(outside.end().exit_code(), 130);
}
