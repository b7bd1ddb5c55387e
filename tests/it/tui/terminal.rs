//! The terminal's edge: bytes to inputs, buffers to bytes, and what a real pseudo-terminal sees of both.

use std::time::Duration;

use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};
use ratatui::style::{Color, Modifier, Style};
use typeproof::tui::input::{Answer, Input, KeyPress, PASTE_KEPT, Parser};
use typeproof::tui::screen::{BLACK, Colours, LARGEST, Screen, WHITE};

#[cfg(unix)]
mod pty;

/// Random cases without a file of past failures: what failed becomes a case of its own here.
fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

// -- bytes to inputs

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
        let (mut parser, mut inputs) = parse(&[&unescape(text)]);
        let patience = Duration::from_millis(patience.parse().unwrap());
        assert_eq!(parser.patience(), Some(patience).filter(|p| !p.is_zero()), "{text}");
        parser.give_up(&mut inputs);
        assert_eq!(told(&inputs), expected, "{text}");
        parser.feed(b"x", &mut inputs);
        assert_eq!(inputs.last(), Some(&Input::Key(KeyPress::Char('x'))), "{text} is over");
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

// -- buffers to bytes

const SIZE: Size = Size::new(20, 6);

const COLOURS: &[Color] =
    &[Color::Reset, Color::Green, Color::Red, Color::LightBlue, Color::Indexed(231), Color::Rgb(1, 2, 3)];

/// Bold and dim apart: the terminal that is asked here knows one intensity.
const MODIFIERS: &[Modifier] = &[
    Modifier::empty(),
    Modifier::BOLD,
    Modifier::DIM,
    Modifier::UNDERLINED,
    Modifier::DIM.union(Modifier::UNDERLINED),
    Modifier::BOLD.union(Modifier::REVERSED),
];

/// One string put into a buffer: where, what, how. Beyond the edge it is clipped, as widgets do.
type Stroke = (u16, u16, String, Style);

fn stroke() -> impl Strategy<Value = Stroke> {
    let piece = prop_oneof![
        4 => "[a-z ]{1,4}",
        2 => prop::sample::select(&["文", "字字", "ＡＢ", "é", "e\u{301}", "─│"][..]).prop_map(str::to_owned),
    ];
    let text = prop::collection::vec(piece, 1..4).prop_map(|pieces| pieces.concat());
    let colour = prop::sample::select(COLOURS);
    let modifier = prop::sample::select(MODIFIERS);
    let style = (colour.clone(), colour, modifier)
        .prop_map(|(fg, bg, modifier)| Style::reset().fg(fg).bg(bg).add_modifier(modifier));
    (0..SIZE.width, 0..SIZE.height, text, style)
}

fn put(buffer: &mut Buffer, strokes: &[Stroke]) {
    let area = buffer.area;
    for (x, y, text, style) in strokes {
        if area.contains(Position::new(*x, *y)) {
            buffer.set_string(*x, *y, text, *style);
        }
    }
}

/// Strings overwrite halves of wide characters, which a well-formed buffer has not: what ratatui would show.
fn well_formed(buffer: &Buffer) -> Buffer {
    let mut whole = Buffer::empty(buffer.area);
    for (x, y, cell) in whole.clone().diff(buffer) {
        whole[(x, y)] = cell.clone();
    }
    whole
}

fn terminal() -> vt100::Parser {
    vt100::Parser::new(SIZE.height.try_into().unwrap(), SIZE.width.try_into().unwrap(), 0)
}

fn colour_of(colour: Color) -> vt100::Color {
    match colour {
        Color::Reset => vt100::Color::Default,
        Color::Red => vt100::Color::Idx(1),
        Color::Green => vt100::Color::Idx(2),
        Color::LightBlue => vt100::Color::Idx(12),
        Color::Indexed(index) => vt100::Color::Idx(index),
        Color::Rgb(r, g, b) => vt100::Color::Rgb(r, g, b),
        other => panic!("{other:?} is not drawn here"),
    }
}

fn assert_shows(terminal: &vt100::Parser, buffer: &Buffer, cursor: Option<Position>) {
    let screen = terminal.screen();
    for y in 0..buffer.area.height {
        for x in 0..buffer.area.width {
            let (shown, cell) = (screen.cell(y, x).unwrap(), &buffer[(x, y)]);
            if shown.is_wide_continuation() {
                continue;
            }
            let symbol = if shown.has_contents() { shown.contents() } else { " " };
            assert_eq!(symbol, cell.symbol(), "symbol at {x},{y}\n{}", screen.contents());
            assert_eq!(shown.fgcolor(), colour_of(cell.fg), "foreground at {x},{y}");
            assert_eq!(shown.bgcolor(), colour_of(cell.bg), "background at {x},{y}");
            let modifiers = [shown.bold(), shown.dim(), shown.underline(), shown.inverse()];
            let wanted = [Modifier::BOLD, Modifier::DIM, Modifier::UNDERLINED, Modifier::REVERSED];
            assert_eq!(modifiers, wanted.map(|m| cell.modifier.contains(m)), "modifiers at {x},{y}");
        }
    }
    assert_eq!(screen.hide_cursor(), cursor.is_none());
    if let Some(at) = cursor {
        assert_eq!(screen.cursor_position(), (at.y, at.x));
    }
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn a_terminal_shows_every_drawing(
        drawings in prop::collection::vec((
            prop::collection::vec(stroke(), 0..12),
            prop::option::of((0..SIZE.width, 0..SIZE.height)),
        ), 1..6),
    ) {
        let mut terminal = terminal();
        terminal.process(b"what was there before\r\nand more");
        let mut screen = Screen::new(SIZE, Colours::All);
        for (strokes, cursor) in drawings {
            let mut wanted = Buffer::empty(screen.area());
            put(&mut wanted, &strokes);
            let (wanted, cursor) = (well_formed(&wanted), cursor.map(Position::from));
            terminal.process(screen.draw(|buffer| { buffer.clone_from(&wanted); cursor }));
            assert_shows(&terminal, &wanted, cursor);
            let again = screen.draw(|buffer| { buffer.clone_from(&wanted); cursor });
            prop_assert!(again.is_empty(), "what is shown costs nothing: {:?}", again);
        }
    }

    #[test]
    fn drawing_areas_one_after_the_other_shows_the_same_as_drawing_all(
        before in prop::collection::vec(stroke(), 0..10),
        after in prop::collection::vec(stroke(), 0..10),
        split in 0..=SIZE.width,
        cursor in (0..SIZE.width, 0..SIZE.height),
    ) {
        let mut terminal = terminal();
        let mut screen = Screen::new(SIZE, Colours::All);
        terminal.process(screen.draw(|buffer| { put(buffer, &before); buffer.clone_from(&well_formed(buffer)); None }));
        let mut wanted = Buffer::empty(screen.area());
        for left in [true, false] {
            let (x, width) = if left { (0, split) } else { (split, SIZE.width - split) };
            let area = Rect::new(x, 0, width, SIZE.height);
            // Each area is filled as if it were the screen, so no character crosses its edge.
            let mut part = Buffer::empty(area);
            put(&mut part, &after);
            let part = well_formed(&part);
            for at in area.positions() {
                wanted[at] = part[at].clone();
            }
            screen.paint(area, |buffer| buffer.clone_from(&part));
        }
        let cursor = Some(Position::from(cursor));
        terminal.process(screen.finish(cursor));
        assert_shows(&terminal, &wanted, cursor);
    }
}

const TEXT: &str = "the quick brown fox jumps over the lazy dog";

/// A test screen's line, with `typed` characters done, and the cursor at the caret.
fn line(buffer: &mut Buffer, typed: usize) -> Option<Position> {
    buffer.set_string(10, 3, &TEXT[..typed], Style::new().fg(Color::Green));
    buffer.set_string(10 + typed as u16, 3, &TEXT[typed..], Style::new().add_modifier(Modifier::DIM));
    Some(Position::new(10 + typed as u16, 3))
}

#[test]
fn a_right_key_costs_one_byte_and_a_wrong_one_a_few() {
    let mut screen = Screen::new(Size::new(80, 24), Colours::All);
    let row = Rect::new(0, 3, 80, 1);
    screen.draw(|buffer| line(buffer, 0));
    assert_eq!(screen.draw_in(row, |buffer| line(buffer, 1)), b"\x1b[;32mt");
    assert_eq!(screen.draw_in(row, |buffer| line(buffer, 2)), b"h");
    let wrong = screen.draw_in(row, |buffer| {
        let at = line(buffer, 3);
        buffer[(12, 3)].set_style(Style::new().fg(Color::Red).add_modifier(Modifier::UNDERLINED));
        at
    });
    assert_eq!(wrong, b"\x1b[4;31me");
    assert_eq!(
        screen.draw_in(row, |buffer| line(buffer, 4)),
        b"\x08\x1b[;32me ",
        "taken back and typed again"
    );
}

#[test]
fn a_cursor_moves_by_the_shortest_way() {
    let size = Size::new(80, 24);
    type Place = (u16, u16);
    let cases: [(Place, Place, &str); 13] = [
        ((5, 5), (5, 5), ""),
        ((5, 5), (6, 5), "\x1b[C"),
        ((5, 5), (15, 5), "\x1b[10C"),
        ((5, 5), (4, 5), "\x08"),
        ((5, 5), (2, 5), "\x08\x08\x08"),
        ((15, 5), (5, 5), "\x1b[10D"),
        ((5, 5), (0, 5), "\r"),
        ((5, 5), (0, 6), "\r\n"),
        ((5, 5), (0, 8), "\r\n\n\n"),
        ((5, 5), (5, 4), "\x1bM"),
        ((5, 5), (5, 6), "\x1b[B"),
        ((5, 5), (0, 0), "\x1b[H"),
        ((5, 5), (70, 20), "\x1b[21;71H"),
    ];
    for (from, to, way) in cases {
        let mut screen = Screen::new(size, Colours::All);
        screen.draw(|_| Some(Position::from(from)));
        let bytes = screen.draw(|_| Some(Position::from(to)));
        assert_eq!(str::from_utf8(bytes).unwrap(), way, "{from:?} to {to:?}");
    }
}

#[test]
fn no_color_leaves_modifiers_and_the_two_colours_of_pictures() {
    let mut screen = Screen::new(SIZE, Colours::None);
    let bytes = screen.draw(|buffer| {
        buffer.set_string(0, 0, "a", Style::new().fg(Color::Red).bg(Color::Rgb(1, 2, 3)));
        buffer.set_string(1, 0, "b", Style::new().fg(Color::Red).add_modifier(Modifier::UNDERLINED));
        buffer.set_string(2, 0, "█", Style::new().fg(BLACK).bg(WHITE));
        None
    });
    let expected = "\x1b[m\x1b[?25h\x1b[2J\x1b[Ha\x1b[4mb\x1b[;38;5;16;48;5;231m█\x1b[?25l";
    assert_eq!(str::from_utf8(bytes).unwrap(), expected);
    for (value, colours) in [(None, Colours::All), (Some(""), Colours::All), (Some("1"), Colours::None)] {
        assert_eq!(Colours::by_no_color(value.map(std::ffi::OsStr::new)), colours, "{value:?}");
    }
}

#[test]
fn nothing_harmful_reaches_the_terminal() {
    for symbol in ["\x1b", "\x07", "\n", "\u{9b}", "", "a\x1b[2J", "\u{301}", "\x7f"] {
        let mut screen = Screen::new(SIZE, Colours::All);
        screen.draw(|_| None);
        let bytes = screen.draw(|buffer| {
            buffer[(0, 0)].set_symbol(symbol);
            None
        });
        assert!(bytes.is_empty() || bytes.ends_with(b" "), "{symbol:?}: {bytes:?}");
    }
}

#[test]
fn any_claimed_size_is_survived() {
    for (width, height) in [(0, 0), (1, 1), (4, 2), (u16::MAX, 1), (1, u16::MAX), (u16::MAX, u16::MAX)] {
        let mut screen = Screen::new(Size::new(width, height), Colours::All);
        let area = screen.area();
        assert!((1..=LARGEST.width).contains(&area.width) && (1..=LARGEST.height).contains(&area.height));
        let bytes = screen.draw(|buffer| {
            buffer.set_string(0, 0, "文字", Style::new());
            Some(Position::new(u16::MAX, u16::MAX))
        });
        assert!(bytes.ends_with(b"\x1b[?25l"), "a cursor outside the screen is hidden");
        screen.draw_in(Rect::new(3, 3, 500, 500), |_| Some(Position::ORIGIN));
    }
}
