//! Codes in a terminal: cells, printed text, the widget, and the image protocols.

use data_encoding::BASE64;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Color;
use ratatui::widgets::Widget;
use std::num::NonZeroU16;
use typeproof::badge::draw::drawing::cells::{self, BLACK, Cell, Fit, QrStyle, WHITE};
use typeproof::badge::draw::drawing::image_protocol::{self, Environment, Protocol};
use typeproof::badge::draw::drawing::png;
use typeproof::tui::qr::Qr;

use super::{read_png, scan, scan_modules, symbol};

/// Cells back to modules; the odd row below half blocks must be light.
fn modules(cells: &[Vec<Cell>], form: QrStyle) -> Vec<Vec<bool>> {
    let dark = |colour| match colour {
        BLACK => true,
        WHITE => false,
        other => panic!("colour {other}"),
    };
    let mut modules: Vec<Vec<bool>> = Vec::new();
    for row in cells {
        assert!(row.iter().all(|cell| (cell.glyph == '▄') == (cell.foreground != cell.background)));
        match form {
            QrStyle::HalfBlocks => {
                modules.push(row.iter().map(|cell| dark(cell.background)).collect());
                modules.push(row.iter().map(|cell| dark(cell.foreground)).collect());
            }
            QrStyle::Spaces => {
                assert!(row.chunks(2).all(|pair| pair[0] == pair[1] && pair[0].glyph == ' '));
                modules.push(row.iter().step_by(2).map(|cell| dark(cell.background)).collect());
            }
        }
    }
    // The last row of a quiet zone may be left out where rows are short.
    let side = modules[0].len().min(modules.len());
    assert!(modules.split_off(side).iter().flatten().all(|dark| !dark));
    modules
}

#[test]
fn terminal_cells_are_read_back() {
    for form in [QrStyle::HalfBlocks, QrStyle::Spaces] {
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
    shown(parser.screen())
}

/// The cells of a code on a terminal's screen: those whose background is black or white whatever the theme.
fn shown(screen: &vt100::Screen) -> Vec<Vec<Cell>> {
    let (rows, columns) = screen.size();
    let fixed = |colour| match colour {
        vt100::Color::Idx(index @ (BLACK | WHITE)) => Some(index),
        _ => None,
    };
    let cell = |y, x| {
        let cell = screen.cell(y, x).unwrap();
        let background = fixed(cell.bgcolor())?;
        let foreground = fixed(cell.fgcolor()).expect("a colour that no theme changes");
        Some(Cell { glyph: cell.contents().chars().next().unwrap_or(' '), foreground, background })
    };
    let row = |y| (0..columns.get()).filter_map(|x| cell(y, x)).collect();
    (0..rows.get()).map(row).filter(|row: &Vec<Cell>| !row.is_empty()).collect()
}

/// What the code of half blocks on a terminal's screen says, if there is one.
pub fn read(screen: &vt100::Screen) -> Option<String> {
    let cells = shown(screen);
    (!cells.is_empty()).then(|| scan_modules(&modules(&cells, QrStyle::HalfBlocks)))
}

#[test]
fn printed_codes_are_read_from_a_terminal() {
    for form in [QrStyle::HalfBlocks, QrStyle::Spaces] {
        let (url, symbol) = symbol(101);
        let (columns, rows) = cells::extent(&symbol, 2, form);
        let text = cells::to_ansi(&symbol, columns, rows, form).unwrap();
        assert_eq!(text.is_ascii(), form == QrStyle::Spaces);
        assert_eq!(text.lines().count(), usize::from(rows));
        assert!(text.lines().all(|line| line.ends_with("\x1b[0m")));
        let shown = in_terminal(&text, columns, rows);
        assert_eq!(scan_modules(&modules(&shown, form)), url);
    }
}

/// What is printed needs no more room than what is drawn on a screen, where the window's edge ends the code.
#[test]
fn a_printed_code_fits_where_a_screen_shows_it() {
    for form in [QrStyle::HalfBlocks, QrStyle::Spaces] {
        let (url, symbol) = symbol(121);
        let (columns, rows) = cells::least(&symbol, form);
        assert_eq!((columns, rows), Qr::new(&symbol, form).least());
        let text = cells::to_ansi(&symbol, columns, rows, form).unwrap();
        assert_eq!(text.lines().count(), usize::from(rows));
        // The line below, with the prompt, is dark or light as the terminal is.
        assert_eq!(scan_modules(&modules(&in_terminal(&text, columns, rows), form)), url);
        assert_eq!(cells::to_ansi(&symbol, columns, rows - 1, form), None);
        assert_eq!(cells::to_ansi(&symbol, columns - 1, rows, form), None);
    }
}

#[test]
fn fit_asks_for_two_modules_and_takes_four() {
    let needs = |columns, rows| Fit::Needs { columns, rows };
    for (bytes, columns, rows, form, fit) in [
        (101, 80, 23, QrStyle::HalfBlocks, Fit::Quiet(2)),
        (101, 80, 24, QrStyle::HalfBlocks, Fit::Quiet(3)),
        (101, 80, 25, QrStyle::HalfBlocks, Fit::Quiet(4)),
        (101, 44, 25, QrStyle::HalfBlocks, needs(45, 23)),
        (101, 80, 22, QrStyle::HalfBlocks, needs(45, 23)),
        (101, 0, 0, QrStyle::HalfBlocks, needs(45, 23)),
        (121, 80, 24, QrStyle::HalfBlocks, needs(49, 25)),
        (158, 100, 29, QrStyle::HalfBlocks, Fit::Quiet(4)),
        (158, 56, 29, QrStyle::HalfBlocks, Fit::Quiet(3)),
        (158, 80, 24, QrStyle::HalfBlocks, needs(53, 27)),
        (101, 80, 24, QrStyle::Spaces, needs(90, 45)),
        (101, 98, 49, QrStyle::Spaces, Fit::Quiet(4)),
        (236, u16::MAX, u16::MAX, QrStyle::Spaces, Fit::Quiet(4)),
    ] {
        assert_eq!(
            cells::fits(&symbol(bytes).1, columns, rows, form),
            fit,
            "{bytes} bytes in {columns} by {rows}"
        );
    }
    let words = needs(45, 23).to_string();
    assert!(words.contains("needs 45 columns and 23 rows") && words.contains("PNG or SVG"), "{words}");
    assert_eq!(
        (QrStyle::for_locale(true), QrStyle::for_locale(false)),
        (QrStyle::HalfBlocks, QrStyle::Spaces)
    );
}

#[test]
fn the_widget_is_read_from_its_buffer() {
    let (url, symbol) = symbol(101);
    let area = Rect::new(0, 0, 80, 24);
    let mut buffer = Buffer::filled(area, ratatui::buffer::Cell::new("x"));
    Qr::new(&symbol, QrStyle::HalfBlocks).render(Rect::new(0, 1, 80, 23), &mut buffer);
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
    assert_eq!(scan_modules(&modules(&shown, QrStyle::HalfBlocks)), url);
    assert_eq!(
        (buffer[(16, 1)].symbol(), buffer[(62, 23)].symbol(), buffer[(40, 0)].symbol()),
        ("x", "x", "x")
    );
}

#[test]
fn the_widget_says_what_it_needs() {
    let (_, symbol) = symbol(158);
    let mut buffer = Buffer::empty(Rect::new(0, 0, 40, 10));
    Qr::new(&symbol, QrStyle::HalfBlocks).render(Rect::new(0, 0, 60, 90), &mut buffer);
    let text: String = buffer.content.iter().map(ratatui::buffer::Cell::symbol).collect();
    assert!(text.contains("needs 53 columns and 27"), "{text}");
    Qr::new(&symbol, QrStyle::HalfBlocks).render(Rect::new(0, 0, 0, 0), &mut buffer);
    Qr::new(&symbol, QrStyle::HalfBlocks).render(Rect::new(70, 70, 9, 9), &mut buffer);
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
