//! Lines that are slow, and split or hold back what was sent in one piece.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use super::*;

/// What comes along the line, each piece so many milliseconds after the one before, and what is made of all.
type Case = (&'static [&'static str], &'static [(u64, &'static str)], &'static [&'static str]);

/// Before the pieces come answers: none, that the protocol is known, what of it is granted.
const NONE: &[&str] = &[];
const KNOWN: &[&str] = &["\x1b[?0u"];
const GRANTED: &[&str] = &["\x1b[?0u", "\x1b[?31u"];
const GRANTED_LITTLE: &[&str] = &["\x1b[?0u", "\x1b[?2u"];
const GRANTED_NOTHING: &[&str] = &["\x1b[?0u", "\x1b[?0u"];
const WITHOUT_TEXT: &[&str] = &["\x1b[?0u", "\x1b[?15u", "\x1b[?5u"];

const CASES: &[Case] = &[
    (NONE, &[(0, "\x1b"), (400, "[A")], &["Key(Up)"]),
    (NONE, &[(0, "\x1b"), (400, "OP")], &["Key(F(1))"]),
    (NONE, &[(0, "\x1b["), (2_900, "A")], &["Key(Up)"]),
    (NONE, &[(0, "\x1b["), (1_500, "1;5"), (1_500, "A")], &["Key(Up)"]),
    (NONE, &[(0, "\x1b"), (600, "[A")], &["Key(Esc)", "Key(Char('['))", "Key(Char('A'))"]),
    (NONE, &[(0, "\x1b"), (600, "\x1b"), (600, "a")], &["Key(Esc)", "Key(Esc)", "Key(Char('a'))"]),
    (NONE, &[(0, "\x1b"), (100, "\x1b[A")], &["Key(Esc)", "Key(Up)"]),
    (NONE, &[(0, "\x1b[200~a"), (9_000, "b\x1b[2"), (9_000, "01~")], &["Paste { text: \"ab\", chars: 2 }"]),
    (NONE, &[(0, "\u{44f}"), (1, "\x1b[?62"), (2_000, ";22c")], &["Key(Char('я'))"]),
    (KNOWN, &[(0, "\x1b"), (900, "[A")], &["Key(Up)"]),
    (KNOWN, &[(0, "\x1b"), (1_100, "a")], &["Key(Esc)", "Key(Char('a'))"]),
    (GRANTED, &[(0, "\x1b"), (60_000, "[A")], &["Key(Up)"]),
    (GRANTED, &[(0, "\x1b"), (60_000, "[97;;97"), (60_000, "u")], &["Key(Char('a'))"]),
    (GRANTED, &[(0, "\x1b[27"), (60_000, "u")], &["Key(Esc)"]),
    (GRANTED_LITTLE, &[(0, "\x1b"), (600, "a")], &["Key(Esc)", "Key(Char('a'))"]),
    (GRANTED_NOTHING, &[(0, "\x1b"), (600, "a")], &["Key(Esc)", "Key(Char('a'))"]),
    (WITHOUT_TEXT, &[(0, "\x1b"), (60_000, "[A")], &["Key(Up)"]),
];

#[test]
fn what_a_slow_line_splits_is_put_together() {
    for (answers, pieces, expected) in CASES {
        let start = Instant::now();
        let (sender, line) = channel();
        let mut at = start;
        for answer in *answers {
            send(&sender, at, bytes(answer));
        }
        for (gap, piece) in *pieces {
            at += Duration::from_millis(*gap);
            send(&sender, at, bytes(piece));
        }
        // Later than all patience.
        at += Duration::from_secs(100);
        send(&sender, at, What::Resized(SIZE));
        let mut output = Writes::default();
        let mut host = host(line, &mut output, start);
        let mut inputs = Vec::new();
        while !matches!(inputs.last(), Some(Input::Resize(_))) {
            host.wait(None, &mut inputs).unwrap();
        }
        inputs.pop();
        let told: Vec<String> = inputs.iter().map(|input| format!("{input:?}")).collect();
        assert_eq!(told, *expected, "{answers:?} {pieces:?}");
    }
}

/// A terminal far away: it answers only when it has read what leaves the screen.
struct Far(SyncSender<()>);

impl Write for Far {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if bytes.windows(7).any(|last| last == b"\x1b[<1u\x1b[") {
            self.0.send(()).unwrap();
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn leaving_takes_what_was_on_its_way_and_nothing_after_the_last_answer() {
    let (left, leaving) = sync_channel(1);
    // Nothing is kept on this line: what is sent was taken.
    let (sender, line): (SyncSender<Arrival>, Receiver<Arrival>) = sync_channel(0);
    let arrive = move |text: &str| sender.send(Arrival { at: Instant::now(), what: bytes(text) });
    let terminal = std::thread::spawn(move || {
        for text in ["\x1b[?0u\x1b[2;2R", "x", "\x1b[?31u", "\x1b[99;5u"] {
            arrive(text).unwrap();
        }
        leaving.recv().unwrap();
        ["\x1b[99;5:3u", "\x1b[?0", "u", "typed after"].map(|text| arrive(text).is_ok())
    });
    let mut host = Stream::new(line, Far(left), Instant::now, SIZE, Capabilities::default()).unwrap();
    let mut inputs = Vec::new();
    host.send(b".").unwrap();
    while inputs.last() != Some(&Input::Key(KeyPress::Ctrl('c'))) {
        host.wait(None, &mut inputs).unwrap();
        host.send(b".").unwrap();
    }
    drop(host);
    assert_eq!(terminal.join().unwrap(), [true, true, true, false]);
}

/// A terminal in which a sign of one column took two, or came as two, is drawn for in ASCII from then on.
#[test]
fn a_terminal_that_draws_signs_too_wide_is_drawn_for_in_ascii() {
    for (answer, plain) in
        [("\x1b[2;2R", false), ("\x1b[2;3R", true), ("\x1b[2;4R", true), ("\x1b[1;3R", false)]
    {
        let (home, start) = (tempfile::tempdir().unwrap(), Instant::now());
        let mut output = Writes::default();
        let app = App::new(Desk::at(Paths::below(home.path()), None), Start::Home, false).unwrap();
        let (sender, line) = channel();
        send(&sender, start + Duration::from_millis(100), bytes(answer));
        send(&sender, start + Duration::from_millis(200), bytes("\x1b[B"));
        drop(sender);
        app::run(app, &mut host(line, &mut output, start)).unwrap();
        output.0.pop();
        let shown = output.terminal().screen().contents();
        assert_eq!(shown.contains("< 1 minute >"), plain, "{answer:?}: {shown}");
        assert_eq!(shown.contains("‹ 1 minute ›"), !plain, "{answer:?}: {shown}");
        assert_eq!(shown.is_ascii(), plain, "{shown}");
    }
}

/// Letters of other alphabets choose what the key at their place chooses, and are letters where there is a field.
#[test]
fn every_keyboard_chooses() {
    for (keys, shows) in [
        ("l", "Typing 20 WPM"),
        ("L", "Typing 20 WPM"),
        ("д", "Typing 20 WPM"),
        ("Д", "Typing 20 WPM"),
        ("λ", "Typing 20 WPM"),
        ("ך", "Typing 20 WPM"),
        ("م", "Typing 20 WPM"),
        ("\x1b[1377::108;;1377u", "Typing 20 WPM"),
        ("м", "Verify a badge: path"),
        ("мм", "м"),
        ("м\x1b[1377::108;;1377u", "ա"),
        ("\x1b[B\r", "Foundations"),
        ("\x1b[B\x1b[B\r", "Typing 20 WPM"),
    ] {
        let (home, start) = (tempfile::tempdir().unwrap(), Instant::now());
        let mut output = Writes::default();
        let app = App::new(Desk::at(Paths::below(home.path()), None), Start::Home, false).unwrap();
        app::run(app, &mut host(typed(keys, start), &mut output, start)).unwrap();
        output.0.pop();
        let shown = output.terminal().screen().contents();
        assert!(shown.contains(shows), "{keys:?}: {shown}");
    }
    for keys in ["\x03", "\x1b[1089;5u", "\x1b[1094::99;5u", "\x1b[968;5u", "\x1b[99;5;3u", "\x1b[27;5;1089~"]
    {
        for before in ["", "l", "v", "vм", "?"] {
            let (home, start) = (tempfile::tempdir().unwrap(), Instant::now());
            let mut output = Writes::default();
            let app = App::new(Desk::at(Paths::below(home.path()), None), Start::Home, false).unwrap();
            let keys = format!("{before}{keys}");
            let ended = app::run(app, &mut host(typed(&keys, start), &mut output, start)).unwrap();
            assert_eq!(ended.status, 0, "{keys:?} ends the program");
        }
    }
}

/// One key clears the screen and draws it anew, on every screen, and nothing else comes of it.
#[test]
fn a_key_draws_everything_anew() {
    for (start_keys, key) in
        [("", "\x0c"), ("", "\x12"), ("l", "\x0c"), ("v", "\x12"), ("?", "\x0c"), ("fThe", "\x0c")]
    {
        let (home, start) = (tempfile::tempdir().unwrap(), Instant::now());
        let shown = |keys: &str| {
            let mut output = Writes::default();
            let app = App::new(Desk::at(Paths::below(home.path()), None), Start::Home, false).unwrap();
            app::run(app, &mut host(typed(keys, start), &mut output, start)).unwrap();
            output.0.pop();
            let contents = output.terminal().screen().contents();
            let lines: Vec<String> = contents.lines().map(|line| line.trim_end().to_owned()).collect();
            (output.0.concat(), lines)
        };
        let (bytes, before) = shown(start_keys);
        let (more, after) = shown(&format!("{start_keys}{key}"));
        let cleared = |bytes: &[u8]| bytes.windows(4).filter(|clear| clear == b"\x1b[2J").count();
        assert_eq!(cleared(&more), cleared(&bytes) + 1, "{start_keys:?} {key:?}");
        if !start_keys.starts_with('f') {
            assert_eq!(before, after, "{start_keys:?} {key:?}");
        }
        assert!(!home.path().join("settings.toml").exists(), "nothing is written");
    }
}
