//! From payload to QR code and back: digits, links, symbols, pictures, terminal cells, terminal images.

use data_encoding::{BASE64, BASE64URL_NOPAD, HEXLOWER};
use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Color;
use ratatui::widgets::Widget;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::io::Cursor;
use std::num::NonZeroU16;
use typeproof::badge::drawing::cells::{self, BLACK, Cell, Fit, Form, WHITE};
use typeproof::badge::drawing::image_protocol::{self, Environment, Protocol};
use typeproof::badge::drawing::{png, svg};
use typeproof::badge::symbol::{self, Correction, Symbol};
use typeproof::badge::{digits, link};
use typeproof::tui::qr::Qr;

/// Thirty characters, as long as the sizes below assume.
const BASE: &str = "https://badges.example.org/v/#";

#[derive(Deserialize)]
struct Cases<A, R> {
    accepted: Vec<A>,
    refused: Vec<R>,
}

#[derive(Deserialize)]
struct DigitsAccepted {
    digits: String,
    hex: String,
}

#[derive(Deserialize)]
struct DigitsRefused {
    why: String,
    digits: String,
    error: String,
}

#[derive(Deserialize)]
struct LinkAccepted {
    text: String,
    host: Option<String>,
}

#[derive(Deserialize)]
struct LinkRefused {
    why: String,
    text: String,
    error: String,
}

fn cases<A: DeserializeOwned, R: DeserializeOwned>(text: &str) -> Cases<A, R> {
    let cases: Cases<A, R> = toml::from_str(text).unwrap();
    assert!(cases.refused.len() > cases.accepted.len(), "refusals outnumber acceptances");
    cases
}

/// A payload of `length` bytes that no run or pattern favours.
fn payload(length: usize) -> Vec<u8> {
    (0..length as u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8 | 0x80).collect()
}

fn symbol(length: usize) -> (String, Symbol) {
    let url = link::url(BASE, &payload(length));
    let symbol = Symbol::new(&url).unwrap();
    (url, symbol)
}

/// What a decoder that others wrote reads from a picture of so many pixels along a side.
fn scan(side: usize, dark: impl Fn(usize, usize) -> bool) -> String {
    let grey = |x, y| if dark(x, y) { 0 } else { 255 };
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(side, side, grey);
    let grids = image.detect_grids();
    assert_eq!(grids.len(), 1, "one code in the picture");
    grids[0].decode().unwrap().1
}

/// The same for modules with their quiet zone: four pixels each.
fn scan_modules(modules: &[Vec<bool>]) -> String {
    scan(modules.len() * 4, |x, y| modules[y / 4][x / 4])
}

#[test]
fn digits_follow_the_cases() {
    let cases = cases::<DigitsAccepted, DigitsRefused>(include_str!("../data/qr/digits.toml"));
    for case in cases.accepted {
        let payload = HEXLOWER.decode(case.hex.as_bytes()).unwrap();
        assert_eq!(digits::encode(&payload), case.digits);
        assert_eq!(digits::decode(&case.digits), Ok(payload));
    }
    for case in cases.refused {
        let error = digits::decode(&case.digits).expect_err(&case.why).to_string();
        assert!(error.contains(&case.error), "{}: {error}", case.why);
        assert!(!error.chars().any(char::is_control), "{}: {error}", case.why);
    }
}

#[test]
fn digits_have_a_largest_length() {
    let longest = digits::encode(&payload(digits::MAX_PAYLOAD_BYTES));
    assert_eq!(longest.len(), digits::MAX_DIGITS);
    assert_eq!(digits::decode(&longest), Ok(payload(digits::MAX_PAYLOAD_BYTES)));
    let longer = digits::encode(&payload(digits::MAX_PAYLOAD_BYTES + 1));
    assert_eq!(digits::decode(&longer), Err(digits::DigitsError::TooLong { digits: longer.len() }));
}

#[test]
fn links_follow_the_cases() {
    let cases = cases::<LinkAccepted, LinkRefused>(include_str!("../data/qr/links.toml"));
    for case in cases.accepted {
        let link = link::read(&case.text).unwrap_or_else(|error| panic!("{}: {error}", case.text));
        assert_eq!((link.host, link.payload), (case.host, (1..=10).collect()), "{}", case.text);
    }
    for case in cases.refused {
        let error = link::read(&case.text).expect_err(&case.why).to_string();
        assert!(error.contains(&case.error), "{}: {error}", case.why);
        assert!(!error.chars().any(char::is_control), "{}: {error}", case.why);
    }
}

#[test]
fn links_have_largest_lengths() {
    let refused = |text: String, words: &str| {
        let error = link::read(&text).unwrap_err().to_string();
        assert!(error.contains(words), "{error}");
    };
    refused("0".repeat(link::MAX_TEXT_BYTES + 1), "the text has 4097 bytes");
    refused(link::url(BASE, &payload(401)), "there are 974 digits");
    refused(BASE64URL_NOPAD.encode(&payload(401)), "carries 401 bytes");
    refused(format!("https://{}/#000", "a.".repeat(130) + "a"), "host of this address");
    assert_eq!(link::read(&BASE64URL_NOPAD.encode(&payload(400))).unwrap().payload, payload(400));
}

#[test]
fn urls_are_lower_case_where_scanners_need_it() {
    for (base, url) in [
        ("https://badges.example.org/v/#", "https://badges.example.org/v/#001"),
        ("https://badges.example.org/v/", "https://badges.example.org/v/#001"),
        ("HTTPS://Badges.Example.org/Repo/", "https://badges.example.org/Repo/#001"),
        ("https://badges.example.org", "https://badges.example.org#001"),
        ("https://badges.example.org/v#old", "https://badges.example.org/v#001"),
    ] {
        assert_eq!(link::url(base, &[1]), url);
    }
}

proptest! {
    #[test]
    fn any_payload_survives_digits_and_link(payload in prop::collection::vec(any::<u8>(), 1..=400)) {
        prop_assert_eq!(digits::decode(&digits::encode(&payload)), Ok(payload.clone()));
        let link = link::read(&link::url(BASE, &payload)).unwrap();
        prop_assert_eq!(link.host.as_deref(), Some("badges.example.org"));
        prop_assert_eq!(&link.payload, &payload);
    }

    #[test]
    fn digits_that_are_read_are_written_the_same(text in "[0-9]{0,60}") {
        if let Ok(payload) = digits::decode(&text) {
            prop_assert_eq!(digits::encode(&payload), text);
        }
    }

    #[test]
    fn any_text_is_read_or_refused_without_a_panic(text in "(https?://)?[a-z.:@/%#]{0,12}[#%]?\\PC{0,40}") {
        if let Err(error) = link::read(&text) {
            prop_assert!(!error.to_string().chars().any(char::is_control));
        }
    }
}

#[test]
fn versions_are_as_small_as_the_payload_allows() {
    for (bytes, version) in
        [(73, 5), (74, 6), (101, 6), (102, 7), (121, 7), (122, 8), (158, 8), (159, 9), (196, 9), (236, 10)]
    {
        let (_, symbol) = symbol(bytes);
        assert_eq!(
            (symbol.version(), symbol.size()),
            (version, 17 + 4 * usize::from(version)),
            "{bytes} bytes"
        );
    }
}

#[test]
fn correction_rises_while_the_version_stays() {
    // Digits that versions 1, 2 and 10 hold at L, M and Q: ISO/IEC 18004, table 7.
    use Correction::{L, M, Q};
    for (digits, version, correction) in [
        (27, 1, Q),
        (28, 1, M),
        (34, 1, M),
        (35, 1, L),
        (41, 1, L),
        (42, 2, Q),
        (48, 2, Q),
        (49, 2, M),
        (63, 2, M),
        (64, 2, L),
        (77, 2, L),
        (652, 10, L),
    ] {
        let symbol = Symbol::new(&"7".repeat(digits)).unwrap();
        assert_eq!((symbol.version(), symbol.correction()), (version, correction), "{digits} digits");
    }
}

#[test]
fn symbols_above_the_largest_version_are_refused() {
    for text in [link::url(BASE, &payload(237)), "0".repeat(symbol::MAX_TEXT_BYTES + 1), "x".repeat(7_000)] {
        let error = Symbol::new(&text).unwrap_err().to_string();
        assert!(
            error.contains(&format!("a link of {} bytes needs a QR code above version 10", text.len())),
            "{error}"
        );
        assert!(error.contains("shorten the address"), "{error}");
    }
    let densest = Symbol::new(&"0".repeat(symbol::MAX_TEXT_BYTES)).unwrap();
    assert_eq!((densest.version(), densest.correction()), (10, Correction::L));
    assert!(!densest.dark(57, 0) && !densest.dark(0, 57) && !densest.dark(usize::MAX, usize::MAX));
}

#[test]
fn every_symbol_is_read_back() {
    for bytes in [1, 20, 73, 101, 121, 158, 236] {
        let (url, symbol) = symbol(bytes);
        assert_eq!(scan_modules(&symbol.framed(2)), url);
    }
}

#[test]
fn the_svg_is_read_back() {
    let (url, symbol) = symbol(101);
    let picture = svg(&symbol, "A badge of <Ada & co>\u{1b}[2J");
    assert!(picture.starts_with(
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="637" height="637" viewBox="0 0 49 49""#
    ));
    assert!(picture.contains("<title>A badge of &lt;Ada &amp; co&gt;[2J</title>"));
    assert!(picture.contains(r#"shape-rendering="crispEdges""#));
    let path = picture.split_once(" d=\"").unwrap().1.split_once('"').unwrap().0;
    let mut modules = vec![vec![false; 49]; 49];
    for run in path.split_terminator('z') {
        let run = run.strip_prefix('M').unwrap();
        let (x, rest) = run.split_once(' ').unwrap();
        let (y, rest) = rest.split_once('h').unwrap();
        let (length, back) = rest.split_once("v1h-").unwrap();
        assert_eq!(length, back);
        let (x, y, length): (usize, usize, usize) =
            (x.parse().unwrap(), y.parse().unwrap(), length.parse().unwrap());
        modules[y][x..x + length].fill(true);
    }
    assert_eq!(modules, symbol.framed(4));
    assert_eq!(scan_modules(&modules), url);
}

/// Side and dark pixels of a PNG file with one bit a pixel.
fn read_png(file: &[u8]) -> (usize, impl Fn(usize, usize) -> bool + use<>) {
    let mut reader = ::png::Decoder::new(Cursor::new(file)).read_info().unwrap();
    let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut bytes).unwrap();
    assert_eq!((info.color_type, info.bit_depth), (::png::ColorType::Grayscale, ::png::BitDepth::One));
    assert_eq!(info.width, info.height);
    (info.width as usize, move |x, y| bytes[y * info.line_size + x / 8] & (128 >> (x % 8)) == 0)
}

#[test]
fn the_png_is_read_back() {
    for bytes in [1, 101, 158, 236] {
        let (url, symbol) = symbol(bytes);
        let (side, dark) = read_png(&png(&symbol).unwrap());
        let modules = symbol.size() + 8;
        assert!((600..600 + modules).contains(&side), "{side} pixels");
        assert_eq!(side % modules, 0);
        assert_eq!(scan(side, dark), url);
    }
}

/// Cells back to modules; the odd row below half blocks must be light.
fn modules(cells: &[Vec<Cell>], form: Form) -> Vec<Vec<bool>> {
    let dark = |colour| match colour {
        BLACK => true,
        WHITE => false,
        other => panic!("colour {other}"),
    };
    let mut modules: Vec<Vec<bool>> = Vec::new();
    for row in cells {
        assert!(row.iter().all(|cell| (cell.glyph == '▄') == (cell.foreground != cell.background)));
        match form {
            Form::HalfBlocks => {
                modules.push(row.iter().map(|cell| dark(cell.background)).collect());
                modules.push(row.iter().map(|cell| dark(cell.foreground)).collect());
            }
            Form::Spaces => {
                assert!(row.chunks(2).all(|pair| pair[0] == pair[1] && pair[0].glyph == ' '));
                modules.push(row.iter().step_by(2).map(|cell| dark(cell.background)).collect());
            }
        }
    }
    let side = modules[0].len();
    assert!(modules.split_off(side).iter().flatten().all(|dark| !dark));
    modules
}

#[test]
fn terminal_cells_are_read_back() {
    for form in [Form::HalfBlocks, Form::Spaces] {
        for (bytes, quiet) in [(101, 2), (101, 4), (158, 3)] {
            let (url, symbol) = symbol(bytes);
            let rows = cells::cells(&symbol, quiet, form);
            assert_eq!((rows[0].len() as u16, rows.len() as u16), cells::extent(&symbol, quiet, form));
            assert_eq!(modules(&rows, form), symbol.framed(usize::from(quiet)));
            assert_eq!(scan_modules(&modules(&rows, form)), url);
        }
    }
}

/// What a terminal shows of `text` in its first rows, as cells; one row more, so that the last line feed scrolls nothing.
fn in_terminal(text: &str, columns: u16, rows: u16) -> Vec<Vec<Cell>> {
    let size = |length| NonZeroU16::new(length).unwrap();
    let mut parser = vt100::Parser::new(size(rows + 1), size(columns), 0);
    parser.process(text.replace('\n', "\r\n").as_bytes());
    let colour = |colour| match colour {
        vt100::Color::Idx(index) => index,
        other => panic!("{other:?} depends on the theme"),
    };
    let cell = |y, x| {
        let cell = parser.screen().cell(y, x).unwrap();
        let glyph = cell.contents().chars().next().unwrap_or(' ');
        Cell { glyph, foreground: colour(cell.fgcolor()), background: colour(cell.bgcolor()) }
    };
    (0..rows).map(|y| (0..columns).map(|x| cell(y, x)).collect()).collect()
}

#[test]
fn printed_codes_are_read_from_a_terminal() {
    for form in [Form::HalfBlocks, Form::Spaces] {
        let (url, symbol) = symbol(101);
        let text = cells::to_ansi(&symbol, 2, form);
        let (columns, rows) = cells::extent(&symbol, 2, form);
        assert_eq!(text.is_ascii(), form == Form::Spaces);
        assert_eq!(text.lines().count(), usize::from(rows));
        assert!(text.lines().all(|line| line.ends_with("\x1b[0m")));
        let shown = in_terminal(&text, columns, rows);
        assert_eq!(scan_modules(&modules(&shown, form)), url);
    }
}

#[test]
fn fit_asks_for_two_modules_and_takes_four() {
    let needs = |columns, rows| Fit::Needs { columns, rows };
    for (bytes, columns, rows, form, fit) in [
        (101, 80, 23, Form::HalfBlocks, Fit::Quiet(2)),
        (101, 80, 24, Form::HalfBlocks, Fit::Quiet(3)),
        (101, 80, 25, Form::HalfBlocks, Fit::Quiet(4)),
        (101, 44, 25, Form::HalfBlocks, needs(45, 23)),
        (101, 80, 22, Form::HalfBlocks, needs(45, 23)),
        (101, 0, 0, Form::HalfBlocks, needs(45, 23)),
        (121, 80, 24, Form::HalfBlocks, needs(49, 25)),
        (158, 100, 29, Form::HalfBlocks, Fit::Quiet(4)),
        (158, 56, 29, Form::HalfBlocks, Fit::Quiet(3)),
        (158, 80, 24, Form::HalfBlocks, needs(53, 27)),
        (101, 80, 24, Form::Spaces, needs(90, 45)),
        (101, 98, 49, Form::Spaces, Fit::Quiet(4)),
        (236, u16::MAX, u16::MAX, Form::Spaces, Fit::Quiet(4)),
    ] {
        assert_eq!(
            cells::fits(&symbol(bytes).1, columns, rows, form),
            fit,
            "{bytes} bytes in {columns} by {rows}"
        );
    }
    let words = needs(45, 23).to_string();
    assert!(words.contains("needs 45 columns and 23 rows") && words.contains("PNG or SVG"), "{words}");
    assert_eq!((Form::for_locale(true), Form::for_locale(false)), (Form::HalfBlocks, Form::Spaces));
}

#[test]
fn the_widget_is_read_from_its_buffer() {
    let (url, symbol) = symbol(101);
    let area = Rect::new(0, 0, 80, 24);
    let mut buffer = Buffer::filled(area, ratatui::buffer::Cell::new("x"));
    Qr::new(&symbol, Form::HalfBlocks).render(Rect::new(0, 1, 80, 23), &mut buffer);
    let colour = |colour| match colour {
        Color::Indexed(index) => index,
        other => panic!("{other:?} depends on the theme"),
    };
    let cell = |x, y| {
        let cell = &buffer[(x, y)];
        let glyph = cell.symbol().chars().next().unwrap();
        Cell { glyph, foreground: colour(cell.fg), background: colour(cell.bg) }
    };
    let shown: Vec<Vec<Cell>> = (1..24).map(|y| (17..62).map(|x| cell(x, y)).collect()).collect();
    assert_eq!(scan_modules(&modules(&shown, Form::HalfBlocks)), url);
    assert_eq!(
        (buffer[(16, 1)].symbol(), buffer[(62, 23)].symbol(), buffer[(40, 0)].symbol()),
        ("x", "x", "x")
    );
}

#[test]
fn the_widget_says_what_it_needs() {
    let (_, symbol) = symbol(158);
    let mut buffer = Buffer::empty(Rect::new(0, 0, 40, 10));
    Qr::new(&symbol, Form::HalfBlocks).render(Rect::new(0, 0, 60, 90), &mut buffer);
    let text: String = buffer.content.iter().map(ratatui::buffer::Cell::symbol).collect();
    assert!(text.contains("needs 53 columns and 27"), "{text}");
    Qr::new(&symbol, Form::HalfBlocks).render(Rect::new(0, 0, 0, 0), &mut buffer);
    Qr::new(&symbol, Form::HalfBlocks).render(Rect::new(70, 70, 9, 9), &mut buffer);
}

#[test]
fn image_protocols_are_chosen_only_where_they_are_announced() {
    let choose = |term, term_program, kitty_window_id, tmux| {
        image_protocol::choose(&Environment { term, term_program, kitty_window_id, tmux })
    };
    let tmux = "/tmp/tmux-1000/default,1,0";
    for (protocol, announced) in [
        (Some(Protocol::Kitty), choose("xterm-kitty", "", "1", "")),
        (Some(Protocol::Kitty), choose("xterm-kitty", "", "", "")),
        (Some(Protocol::Kitty), choose("xterm-256color", "", "1", "")),
        (Some(Protocol::Kitty), choose("xterm-256color", "ghostty", "", "")),
        (Some(Protocol::Iterm2), choose("xterm-256color", "iTerm.app", "", "")),
        (Some(Protocol::Iterm2), choose("xterm-256color", "WezTerm", "1", "")),
        (Some(Protocol::Sixel), choose("foot", "", "", "")),
        (Some(Protocol::Sixel), choose("mlterm", "", "", "")),
        (None, choose("", "", "", "")),
        (None, choose("xterm", "", "", "")),
        (None, choose("xterm-256color", "Apple_Terminal", "", "")),
        (None, choose("xterm-256color", "vscode", "1", "")),
        (None, choose("alacritty", "", "1", "")),
        (None, choose("linux", "", "", "")),
        (None, choose("dumb", "", "", "")),
        (None, choose("screen-256color", "iTerm.app", "", "")),
        (None, choose("tmux-256color", "tmux", "1", "")),
        (None, choose("xterm-kitty", "", "1", tmux)),
        (None, choose("xterm-256color", "iTerm.app", "", tmux)),
        (None, choose("foot", "", "", tmux)),
    ] {
        assert_eq!(announced, protocol);
    }
}

#[test]
fn image_escapes_carry_the_picture() {
    let (url, symbol) = symbol(236);
    let kitty = image_protocol::escape(Protocol::Kitty, &symbol, 22).unwrap();
    assert!(kitty.starts_with("\x1b_Ga=T,f=100,q=2,r=22,m="));
    let chunks = kitty
        .split_terminator("\x1b\\")
        .map(|chunk| chunk.strip_prefix("\x1b_G").unwrap().split_once(';').unwrap());
    let chunks: Vec<(&str, &str)> = chunks.collect();
    let (last, before) = chunks.split_last().unwrap();
    assert!(
        last.0.ends_with("m=0")
            && before.iter().all(|(control, data)| control.ends_with("m=1") && data.len() == 4096)
    );
    let base64: String = chunks.iter().map(|(_, data)| *data).collect();
    assert_eq!(BASE64.decode(base64.as_bytes()).unwrap(), png(&symbol).unwrap());

    let iterm2 = image_protocol::escape(Protocol::Iterm2, &symbol, 22).unwrap();
    let (control, data) = iterm2
        .strip_prefix("\x1b]1337;File=")
        .unwrap()
        .strip_suffix('\x07')
        .unwrap()
        .split_once(':')
        .unwrap();
    let file = BASE64.decode(data.as_bytes()).unwrap();
    assert_eq!(control, format!("inline=1;size={};height=22;preserveAspectRatio=1", file.len()));
    let (side, dark) = read_png(&file);
    assert_eq!(scan(side, dark), url);
}

/// The dark pixels of one band of sixels: runs of colour 0, then of colour 1, that leave no pixel out.
fn band(text: &str) -> Vec<bool> {
    let (black, white) = text.strip_prefix("#0").unwrap().split_once("$#1").unwrap();
    let pixels = |runs: &str| -> Vec<bool> {
        let run = |run: &str| {
            let (length, sixel) = run.split_at(run.len() - 1);
            vec![sixel == "~"; length.parse().unwrap()]
        };
        runs.split('!').skip(1).flat_map(run).collect()
    };
    let (black, white) = (pixels(black), pixels(white));
    assert!(black.iter().zip(&white).all(|(black, white)| black != white));
    black
}

#[test]
fn sixels_carry_the_picture() {
    let (url, symbol) = symbol(158);
    let text = image_protocol::escape(Protocol::Sixel, &symbol, 22).unwrap();
    let head = "\x1bP0;1q\"1;1;342;342#0;2;0;0;0#1;2;100;100;100";
    let bands = text.strip_prefix(head).unwrap().strip_suffix("-\x1b\\").unwrap();
    let bands: Vec<Vec<bool>> = bands.split('-').map(band).collect();
    assert!(bands.len() == 57 && bands.iter().all(|band| band.len() == 342));
    assert_eq!(scan(342, |x, y| bands[y / 6][x]), url);
}
