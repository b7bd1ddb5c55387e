//! The terminal's edge: bytes to inputs, buffers to bytes, and what a real pseudo-terminal sees of both.

use std::time::Duration;

use proptest::prelude::*;
use typeproof::tui::input::{Answer, Input, KeyPress, PASTE_KEPT, Parser};

mod drawing;
mod keyboards;
#[cfg(unix)]
mod leaving;
#[cfg(unix)]
mod pty;

/// Random cases without a file of past failures: what failed becomes a case of its own here.
fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

fn unescape(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if let Some(after) = rest.strip_prefix("\\e") {
            bytes.push(0x1b);
            rest = after;
        } else if let Some(after) = rest.strip_prefix("\\x") {
            bytes.push(u8::from_str_radix(&after[..2], 16).unwrap());
            rest = &after[2..];
        } else if let Some(after) = rest.strip_prefix("\\\\") {
            bytes.push(b'\\');
            rest = after;
        } else {
            bytes.extend_from_slice(c.to_string().as_bytes());
            rest = &rest[c.len_utf8()..];
        }
    }
    bytes
}

fn rows(data: &str) -> impl Iterator<Item = Vec<&str>> {
    let lines = data.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(|line| line.split("=>").map(str::trim).collect())
}

fn told(inputs: &[Input]) -> String {
    inputs.iter().map(|input| format!("{input:?}")).collect::<Vec<_>>().join(", ")
}

fn parse(pieces: &[&[u8]]) -> (Parser, Vec<Input>) {
    let (mut parser, mut inputs) = (Parser::default(), Vec::new());
    for piece in pieces {
        parser.feed(piece, &mut inputs);
    }
    (parser, inputs)
}

#[test]
fn bytes_make_the_same_inputs_however_they_are_cut() {
    for row in rows(include_str!("../../data/terminal/input.txt")) {
        let [text, expected] = row[..] else { panic!("two columns: {row:?}") };
        let bytes = unescape(text);
        for cut in 0..bytes.len() {
            let (parser, inputs) = parse(&[&bytes[..cut], &bytes[cut..]]);
            assert_eq!(told(&inputs), expected, "{text} cut at {cut}");
            assert_eq!(parser.patience(), None, "{text} is finished");
        }
        let (_, inputs) = parse(&bytes.chunks(1).collect::<Vec<_>>());
        assert_eq!(told(&inputs), expected, "{text} byte by byte");
    }
}

#[test]
fn unfinished_bytes_are_taken_for_what_they_are_in_time() {
    for row in rows(include_str!("../../data/terminal/unfinished.txt")) {
        let [text, patience, expected] = row[..] else { panic!("three columns: {row:?}") };
        let (mut parser, mut inputs) = (Parser::new(Duration::from_millis(70)), Vec::new());
        parser.feed(&unescape(text), &mut inputs);
        let patience = Duration::from_millis(patience.parse().unwrap());
        assert_eq!(parser.patience(), Some(patience).filter(|p| !p.is_zero()), "{text}");
        parser.give_up(&mut inputs);
        assert_eq!(told(&inputs), expected, "{text}");
        parser.feed(b"x", &mut inputs);
        assert_eq!(inputs.last(), Some(&Input::Key(KeyPress::Char('x'))), "{text} is over");
    }
}

#[test]
fn where_an_escape_byte_cannot_be_a_key_its_rest_is_waited_for() {
    for (begun, rest, expected) in [
        ("\x1b", "[97;1:3u", "Release(Char('a'))"),
        ("\x1b[", "27u", "Key(Esc)"),
        ("\x1b[27", "u", "Key(Esc)"),
        ("\x1b", "OP", "Key(F(1))"),
        ("\x1bO", "P", "Key(F(1))"),
        ("\x1b", "[200~a\x1b[201~", "Paste { text: \"a\", chars: 1 }"),
    ] {
        let (mut parser, mut inputs) = (Parser::default(), Vec::new());
        parser.set_escape(None);
        parser.feed(begun.as_bytes(), &mut inputs);
        assert_eq!((parser.patience(), &inputs[..]), (None, &[][..]), "{begun:?}");
        parser.feed(rest.as_bytes(), &mut inputs);
        assert_eq!(told(&inputs), expected);
        parser.set_escape(Some(Parser::AFAR));
        parser.feed(b"\x1b", &mut inputs);
        assert_eq!(parser.patience(), Some(Parser::AFAR), "a key again");
    }
}

#[test]
fn erase_of_the_terminal_decides_what_ctrl_h_is() {
    let mut inputs = Vec::new();
    Parser::default().with_ctrl_h_erase().feed(b"\x08", &mut inputs);
    assert_eq!(inputs, [Input::Key(KeyPress::Backspace)]);
}

#[test]
fn a_paste_is_counted_whole_and_kept_in_part() {
    let (mut parser, mut inputs) = parse(&[b"\x1b[200~"]);
    for _ in 0..1000 {
        parser.feed("é".repeat(1000).as_bytes(), &mut inputs);
    }
    assert!(inputs.is_empty());
    parser.feed(b"\x1b[201~", &mut inputs);
    let [Input::Paste { text, chars }] = &inputs[..] else { panic!("{inputs:?}") };
    assert_eq!((text.len(), *chars), (PASTE_KEPT, 1_000_000));
}

#[test]
fn an_answer_about_the_keyboard_is_told_once_and_is_no_input() {
    let (mut parser, inputs) = parse(&[b"\x1b[?0u\x1b[2;3R"]);
    assert!(inputs.is_empty());
    assert_eq!(parser.take_answers(), [Answer::Keyboard(0), Answer::Cursor(2, 3)]);
    assert_eq!(parser.take_answers(), []);
    for _ in 0..1000 {
        parser.feed(b"\x1b[?31u", &mut Vec::new());
    }
    assert!(parser.take_answers().len() < 10, "a terminal that answers on and on fills no memory");
}

proptest! {
    #![proptest_config(cases(500))]

    #[test]
    fn no_bytes_make_the_parser_fail_or_depend_on_cuts(
        bytes in prop::collection::vec(prop_oneof![
            3 => prop::sample::select(&b"\x1b[]OP?;:~u0123456789ABIO"[..]),
            1 => any::<u8>(),
        ], 0..200),
        cut in 0..200usize,
    ) {
        let cut = cut.min(bytes.len());
        prop_assert_eq!(parse(&[&bytes]).1, parse(&[&bytes[..cut], &bytes[cut..]]).1);
    }
}
