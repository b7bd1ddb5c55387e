//! Buffers to bytes: a terminal shows what was drawn, for few bytes, whatever else was written to it.

use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};
use ratatui::style::{Color, Modifier, Style};
use typeproof::tui::screen::{BLACK, Colours, LARGEST, Screen, Signs, WHITE};

use super::cases;

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
fn a_right_key_costs_a_place_and_a_byte_and_a_wrong_one_a_few_more() {
    let mut screen = Screen::new(Size::new(80, 24), Colours::All);
    let row = Rect::new(0, 3, 80, 1);
    screen.draw(|buffer| line(buffer, 0));
    assert_eq!(screen.draw_in(row, |buffer| line(buffer, 1)), b"\x1b[4;11H\x1b[;32mt");
    assert_eq!(screen.draw_in(row, |buffer| line(buffer, 2)), b"\x1b[4;12Hh");
    let wrong = screen.draw_in(row, |buffer| {
        let at = line(buffer, 3);
        buffer[(12, 3)].set_style(Style::new().fg(Color::Red).add_modifier(Modifier::UNDERLINED));
        at
    });
    assert_eq!(wrong, b"\x1b[4;13H\x1b[4;31me");
    assert_eq!(
        screen.draw_in(row, |buffer| line(buffer, 4)),
        b"\x1b[4;13H\x1b[;32me ",
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
        screen.draw(|_| None);
        let bytes = screen.draw(|buffer| {
            buffer[(from.0 - 1, from.1)].set_symbol("x");
            Some(Position::from(to))
        });
        let (_, after) = str::from_utf8(bytes).unwrap().split_once('x').unwrap();
        assert_eq!(after, format!("{way}\x1b[?25h"), "{from:?} to {to:?}");
    }
}

/// Before anything is drawn, no cells are kept; a part that is drawn first leaves the rest blank.
#[test]
fn what_is_drawn_first_may_be_a_part() {
    let part = Rect::new(4, 2, 6, 2);
    for first in [part, Rect::from((Position::ORIGIN, SIZE))] {
        let mut screen = Screen::new(SIZE, Colours::All);
        assert_eq!((screen.area().as_size(), screen.shown().content.len()), (SIZE, 0));
        let mut terminal = terminal();
        let strokes = [(5, 3, "字b".to_owned(), Style::reset().fg(Color::Red))];
        terminal.process(screen.draw_in(first, |buffer| {
            put(buffer, &strokes);
            None
        }));
        let mut whole = Buffer::empty(screen.area());
        put(&mut whole, &strokes);
        assert_eq!(*screen.shown(), whole, "{first:?}");
        assert_shows(&terminal, &whole, None);
        terminal.process(screen.draw(|_| None));
        assert_shows(&terminal, &Buffer::empty(screen.area()), None);
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
    let expected = "\x0f\x1b(B\x1b[r\x1b[m\x1b[?25h\x1b[2J\x1b[Ha\x1b[4mb\x1b[;38;5;16;48;5;231m█\x1b[?25l";
    assert_eq!(str::from_utf8(bytes).unwrap(), expected);
    for (value, colours) in [(None, Colours::All), (Some(""), Colours::All), (Some("1"), Colours::None)] {
        assert_eq!(Colours::by_no_color(value.map(std::ffi::OsStr::new)), colours, "{value:?}");
    }
}

/// Another program writes in between: each drawing begins at a place of its own, and a whole one mends all.
#[test]
fn foreign_output_pushes_nothing_about_and_is_drawn_over() {
    let row = Rect::new(0, 3, 20, 1);
    let typed = |typed: usize| {
        move |buffer: &mut Buffer| {
            buffer.set_string(0, 3, &TEXT[..typed], Style::new());
            Some(Position::new(typed as u16, 3))
        }
    };
    for foreign in
        ["\r\nA MESSAGE", "\x1b[3;7Hx", "\x1b[2;4r\x1b[31m\x1b(0", "\x0e\x1b[?25l\x1b[1m", "\x1b[5A"]
    {
        let (mut terminal, mut screen) = (terminal(), Screen::new(SIZE, Colours::All));
        terminal.process(screen.draw(typed(3)));
        terminal.process(foreign.as_bytes());
        terminal.process(screen.draw_in(row, typed(5)));
        let cell = terminal.screen().cell(3, 4).unwrap();
        assert_eq!(cell.contents(), "q", "after {foreign:?}: {}", terminal.screen().contents());
        assert_eq!(terminal.screen().cursor_position(), (3, 5), "{foreign:?}");
        screen.forget();
        terminal.process(screen.draw(typed(6)));
        let mut wanted = Buffer::empty(screen.area());
        typed(6)(&mut wanted);
        assert_shows(&terminal, &wanted, Some(Position::new(6, 3)));
        assert!(screen.draw(typed(6)).is_empty(), "and costs nothing again");
    }
}

#[test]
fn signs_have_stand_ins_where_a_terminal_lacks_them() {
    let signs = "⏎‹›·✓…─█é文";
    for (kind, shown) in [(Signs::All, signs), (Signs::Few, "<<>.*~─█é文"), (Signs::Ascii, "<<>.*~-#é文")]
    {
        let (mut terminal, mut screen) = (terminal(), Screen::new(SIZE, Colours::All));
        terminal.process(screen.draw(|_| None));
        let view = |buffer: &mut Buffer| {
            buffer.set_string(0, 0, signs, Style::new());
            None
        };
        assert_eq!(screen.set_signs(kind), kind != Signs::All);
        assert!(!screen.set_signs(kind));
        terminal.process(screen.draw(view));
        assert_eq!(terminal.screen().contents(), shown, "{kind:?}");
        assert!(screen.draw(view).is_empty());
    }
    for (term, utf8, signs) in [
        ("xterm-256color", true, Signs::All),
        ("linux", true, Signs::Few),
        ("linux-16color", true, Signs::Few),
        ("linux", false, Signs::Ascii),
        ("xterm", false, Signs::Ascii),
        ("", true, Signs::All),
    ] {
        assert_eq!(Signs::of(term, utf8), signs, "{term} {utf8}");
    }
}

/// In a terminal that draws a sign in two columns, what follows it stands at its own place.
#[test]
fn in_ascii_a_letter_beyond_it_pushes_nothing_about() {
    let mut screen = Screen::new(SIZE, Colours::All);
    screen.set_signs(Signs::Ascii);
    let bytes = screen.draw(|buffer| {
        buffer.set_string(0, 0, "aéb", Style::new());
        None
    });
    let drawn = str::from_utf8(bytes).unwrap();
    assert!(drawn.contains("aé\x1b[1;3Hb"), "{drawn:?}");
}

/// Every sign that a screen draws has a stand-in: those of the sources, and of ratatui's widgets in use.
#[test]
fn no_sign_of_a_screen_lacks_a_stand_in() {
    let sources = ["screens", "sheet.rs", "keymap.rs", "qr.rs"];
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/tui");
    let mut left: Vec<_> = sources.map(|source| root.join(source)).into();
    let mut found: std::collections::BTreeSet<char> = "┌─┐│└┘█▁▂▃▄▅▆▇".chars().collect();
    while let Some(path) = left.pop() {
        if path.is_dir() {
            left.extend(std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
            continue;
        }
        let text = std::fs::read_to_string(path).unwrap();
        let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        found.extend(code.flat_map(str::chars).filter(|c| !c.is_ascii() && !c.is_alphanumeric()));
    }
    assert!(found.contains(&'⏎') && found.contains(&'›'), "the sources were found");
    for sign in found {
        let mut screen = Screen::new(SIZE, Colours::All);
        screen.set_signs(Signs::Ascii);
        let bytes = screen.draw(|buffer| {
            buffer[(0, 0)].set_char(sign);
            None
        });
        assert!(bytes.is_ascii(), "{sign} has no stand-in: {:?}", String::from_utf8_lossy(bytes));
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
