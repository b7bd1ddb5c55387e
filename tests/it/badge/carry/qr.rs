//! From payload to QR code and back: symbols and pictures here, digits and links, and terminals, below.

mod payload;
pub mod terminal;

use std::io::Cursor;
use typeproof::badge::carry::link;
use typeproof::badge::carry::symbol::{self, Correction, Symbol};
use typeproof::badge::draw::drawing::{png, svg};

/// Thirty characters, as long as the sizes below assume.
const BASE: &str = "https://badges.example.org/v/#";

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

/// Every version at every level, in every mode that links have.
#[test]
fn a_symbol_is_read_module_by_module() {
    use qrcode::{EcLevel, QrCode, Version};
    let rows = |code: &QrCode| -> Vec<Vec<bool>> {
        let colours = code.to_colors();
        colours.chunks(code.width()).map(|row| row.iter().map(|c| c.select(true, false)).collect()).collect()
    };
    for text in ["https://a.example/#01234567", "HTTPS://A.B/C+D:1", "0123456789", "a", "9"] {
        for version in 1..=symbol::MAX_VERSION {
            for level in [EcLevel::L, EcLevel::M, EcLevel::Q, EcLevel::H] {
                let Ok(code) = QrCode::with_version(text, Version::Normal(version.into()), level) else {
                    continue;
                };
                assert_eq!(symbol::read(&rows(&code)).as_deref(), Some(text), "version {version}, {level:?}");
            }
        }
    }
    let micro = QrCode::with_version("1", Version::Micro(2), EcLevel::L).unwrap();
    assert_eq!(symbol::read(&rows(&micro)), None, "another kind of code");
    assert_eq!(symbol::read(&[]), None);
    assert_eq!(symbol::read(&vec![vec![false; 21]; 21]), None);
    assert_eq!(symbol::read(&vec![vec![true; 21]; 20]), None);
}

/// A scanner corrects what is wrong, and nobody knows to what.
#[test]
fn a_symbol_with_a_module_turned_is_not_read() {
    for bytes in [10, 130, 200] {
        let (url, symbol) = symbol(bytes);
        let rows = symbol.framed(0);
        let turned = |x: usize, y: usize| {
            let mut rows = rows.clone();
            rows[y][x] = !rows[y][x];
            symbol::read(&rows)
        };
        let places = (0..symbol.size()).flat_map(|y| (0..symbol.size()).map(move |x| (x, y)));
        let read: Vec<_> = places.filter(|(x, y)| turned(*x, *y).is_some()).collect();
        // Up to seven modules of a version belong to nothing.
        assert!(read.len() <= 7, "{bytes} bytes: {read:?}");
        assert_eq!(symbol::read(&rows), Some(url));
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
    assert!(
        !densest.dark(57, 0)
            && !densest.dark(0, 57)
            && !densest.dark(0, usize::MAX)
            && !densest.dark(usize::MAX, 0)
    );
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
    assert!(picture.contains(r#"shape-rendering="crispEdges" stroke="none""#));
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
