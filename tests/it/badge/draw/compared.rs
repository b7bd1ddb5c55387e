//! Whether a picture shows what the badge in it says: ours as it was written, ours with something else in it, and others.

use std::io::Cursor;
use std::sync::LazyLock;

use png::{BitDepth, ColorType, Compression, Encoder, Filter};
use serde_json::{Value, json};
use typeproof::badge::carry::bake;
use typeproof::badge::carry::symbol::Symbol;
use typeproof::badge::carry::{digits, link};
use typeproof::badge::credential::Badge;
use typeproof::badge::draw::drawing;
use typeproof::badge::draw::picture::{self, Drawing, compared};
use typeproof::badge::token::SIGNATURE_BYTES;
use typeproof::desk;
use typeproof::lessons::catalogue::Catalogue;
use typeproof::trust::Assurance;

use super::pictures::{BASE, full, issued, named, row};
use crate::support::images::{chunk, pixel, svg as other_svg};

const SIDE: usize = picture::PIXELS as usize;

/// Another badge, by what is drawn otherwise.
type Other = (&'static str, Value);

struct Ours {
    badge: Badge,
    png: Vec<u8>,
    svg: String,
}

static OURS: LazyLock<Ours> = LazyLock::new(|| {
    let badge = named("Ada Lovelace");
    let (png, svg) = desk::pictures(&row(&badge, BASE)).unwrap();
    Ours { badge, png, svg }
});

/// Badges that say something else in one place.
fn others() -> Vec<Other> {
    let changed = |pointer: &str, value: Value| {
        let mut credential = OURS.badge.credential.clone();
        *credential.pointer_mut(pointer).unwrap() = value;
        credential
    };
    let level = Catalogue::embedded().level("speed-60").unwrap().clone();
    let proctored = issued(&level, Assurance::Proctored, "Ada Lovelace", None).credential;
    vec![
        ("another name", changed("/credentialSubject/identifier/0/identityHash", json!("Ada Lovelase"))),
        ("another speed", changed("/credentialSubject/result/0/value", json!("82.10"))),
        ("another accuracy", changed("/credentialSubject/result/1/value", json!("98.70"))),
        (
            "another level",
            changed(
                "/credentialSubject/achievement/name",
                json!("Typing 80 WPM at 97\u{a0}% (5\u{a0}minutes)"),
            ),
        ),
        ("a longer time", changed("/validUntil", json!("2036-11-22T00:00:00Z"))),
        ("a stronger supervision", proctored),
        ("another holder's whole badge", named("Bob Bunyan").credential),
    ]
}

/// A picture, and what comparing it must say.
pub type Case = (&'static str, Drawing, Vec<u8>);

/// Compares, and names what came out otherwise.
fn check(cases: &[Case]) {
    let credential = credential();
    let wrong = cases.iter().map(|(name, expected, file)| (name, *expected, compared(file, credential)));
    let wrong: Vec<_> = wrong.filter(|(_, expected, found)| expected != found).collect();
    assert!(wrong.is_empty(), "case, expected, found: {wrong:#?}");
}

/// The badge that all of these pictures have inside.
pub fn credential() -> &'static Value {
    &OURS.badge.credential
}

/// All of them: the page has to say the same.
pub fn cases() -> Vec<Case> {
    [svgs(), same_pixels(), other_pixels(), unmarked()].concat()
}

fn replaced(from: &str, to: &str) -> Vec<u8> {
    let changed = OURS.svg.replacen(from, to, 1);
    assert_ne!(changed, OURS.svg, "{from} is there");
    changed.into_bytes()
}

fn bake_svg(svg: &str) -> Vec<u8> {
    bake::svg(svg, &OURS.badge.credential).unwrap().into_bytes()
}

/// Our badge's token with the signature of another badge.
fn signed_by_another() -> Vec<u8> {
    let (mut token, other) = (OURS.badge.token.clone(), named("Bob Bunyan").token);
    let start = token.len() - SIGNATURE_BYTES;
    token.splice(start.., other[other.len() - SIGNATURE_BYTES..].iter().copied());
    token
}

/// Our picture with one module of its code turned.
fn a_module_turned() -> Vec<u8> {
    let mut rows = Symbol::new(&full(&OURS.badge)).unwrap().framed(0);
    rows[20][20] = !rows[20][20];
    replaced(code_path(), &drawing::path(&rows))
}

/// The data of the path that is the code.
fn code_path() -> &'static str {
    let group = OURS.svg.split_once("<g id=\"code\">").unwrap().1;
    group.split_once(" d=\"").unwrap().1.split_once('"').unwrap().0
}

#[test]
fn an_svg_is_the_same_only_as_we_draw_it() {
    check(&svgs());
}

fn svgs() -> Vec<Case> {
    use Drawing::{Differs, NotCompared, OtherCode, Same};
    let drawn = |link: &str| bake_svg(&picture::svg(&OURS.badge.credential, link).unwrap());
    let mut cases = vec![
        ("as it was written", Same, OURS.svg.clone().into_bytes()),
        ("a local address", Same, drawn(&link::url("http://127.0.0.1:8520/v#", &OURS.badge.token))),
        ("the token alone", Same, drawn(&digits::encode(&OURS.badge.token))),
        ("the longest link", Same, drawn(&full(&OURS.badge))),
        ("other digits", OtherCode, drawn("123456789012345678901234567890")),
        ("an address alone", OtherCode, drawn("https://badges.example.org/")),
        ("another badge's code", OtherCode, drawn(&full(&named("Bob Bunyan")))),
        ("a signature of another's", OtherCode, drawn(&link::url(BASE, &signed_by_another()))),
        ("a module of the code turned", OtherCode, a_module_turned()),
        ("too long for a code", Same, drawn(&"v".repeat(800))),
        ("a byte-order mark", Same, format!("\u{feff}\n{}\r\n", OURS.svg).into_bytes()),
        ("JSON with spaces", Same, replaced("<![CDATA[{", "<![CDATA[ {\n")),
        ("recoloured", Differs, OURS.svg.replace("#123558", "#582d12").into_bytes()),
        ("recoloured once", Differs, replaced("#123558", "#123559")),
        (
            "a rectangle on it",
            Differs,
            replaced("</svg>", "<rect x=\"36\" y=\"270\" width=\"300\" height=\"40\"/></svg>"),
        ),
        ("a text on it", Differs, replaced("</svg>", "<text x=\"36\" y=\"298\">Eve</text></svg>")),
        ("a style", Differs, replaced("<title>", "<style>#holder{display:none}</style><title>")),
        ("a script", Differs, replaced("</svg>", "<script>alert(1)</script></svg>")),
        ("an attribute", Differs, replaced("<g id=\"holder\">", "<g id=\"holder\" display=\"none\">")),
        ("another title", Differs, replaced("<title>Typing 60", "<title>Typing 90")),
        ("another description", Differs, replaced("<desc>Ada", "<desc>Eve")),
        ("a group less", Differs, replaced("<g id=\"figures\">", "<g id=\"figures\"></g><g id=\"more\">")),
        ("a comment", Differs, replaced("</svg>", "<!-- --></svg>")),
        ("the code moved", Differs, replaced("<g id=\"code\">", "<g id=\"code\" transform=\"scale(.5)\">")),
        ("no code", Differs, replaced(code_path(), "")),
        ("a bar for a code", Differs, replaced(code_path(), "M0 0h57v1h-57z")),
        (
            "more than modules in the code",
            Differs,
            replaced(code_path(), &format!("{}M-90 -20h80v1h-80z", code_path())),
        ),
        (
            "a module out of the code",
            Differs,
            replaced(code_path(), &format!("{}M60 3h9v1h-9z", code_path())),
        ),
        (
            "numbers that end nowhere",
            Differs,
            replaced(code_path(), &format!("M18446744073709551615 0h2v1h-2z{}", code_path())),
        ),
        ("without the mark", NotCompared, replaced("<g id=\"drawing-3\">", "<g>")),
        ("with an older mark", NotCompared, replaced("<g id=\"drawing-3\">", "<g id=\"drawing-1\">")),
        ("a picture of others", NotCompared, bake_svg(&other_svg("", "<g/>"))),
        ("no picture", NotCompared, b"{}".to_vec()),
        ("nothing", NotCompared, Vec::new()),
    ];
    let link = full(&OURS.badge);
    cases.extend(others().into_iter().map(|(name, other)| {
        let baked = bake_svg(&picture::svg(&other, &link).unwrap());
        (name, Differs, baked)
    }));
    cases
}

/// Red, green and blue of a picture.
fn pixels(file: &[u8]) -> Vec<u8> {
    let mut reader = png::Decoder::new(Cursor::new(file)).read_info().unwrap();
    let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
    reader.next_frame(&mut bytes).unwrap();
    bytes
}

fn encoded(
    side: usize,
    colour: ColorType,
    depth: BitDepth,
    bytes: &[u8],
    set: impl FnOnce(&mut Encoder<&mut Vec<u8>>),
) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, side as u32, side as u32);
    encoder.set_color(colour);
    encoder.set_depth(depth);
    encoder.set_compression(Compression::Fast);
    set(&mut encoder);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(bytes).unwrap();
    writer.finish().unwrap();
    bake::png(&file, &OURS.badge.credential).unwrap()
}

fn rgb(bytes: &[u8]) -> Vec<u8> {
    encoded(SIDE, ColorType::Rgb, BitDepth::Eight, bytes, |_| {})
}

/// Our picture with every pixel as `change` has it: from column, row and colour.
fn repainted(change: impl Fn(usize, usize, [u8; 3]) -> [u8; 3]) -> Vec<u8> {
    let bytes = pixels(&OURS.png);
    let each = bytes.chunks_exact(3).enumerate();
    let changed: Vec<u8> = each.flat_map(|(n, p)| change(n % SIDE, n / SIDE, [p[0], p[1], p[2]])).collect();
    rgb(&changed)
}

/// Our picture with a rectangle on it: left, top, width and height in units of the drawing.
fn laid_over([left, top, width, height]: [usize; 4], colour: [u8; 3]) -> Vec<u8> {
    let inside = |at: usize, from: usize, length: usize| (2 * from..2 * (from + length)).contains(&at);
    repainted(|x, y, old| if inside(x, left, width) && inside(y, top, height) { colour } else { old })
}

/// Our picture with an opacity for each pixel.
fn with_opacity(opacity: u8) -> Vec<u8> {
    let rgba: Vec<u8> = pixels(&OURS.png).chunks_exact(3).flat_map(|p| [p[0], p[1], p[2], opacity]).collect();
    encoded(SIDE, ColorType::Rgba, BitDepth::Eight, &rgba, |_| {})
}

#[test]
fn a_png_is_the_same_where_its_pixels_are() {
    check(&same_pixels());
}

fn same_pixels() -> Vec<Case> {
    use Drawing::{NotCompared, Same};
    let bytes = pixels(&OURS.png);
    let deep: Vec<u8> = bytes.iter().flat_map(|b| [*b, *b]).collect();
    let half: Vec<u8> = (0..SIDE / 2 * SIDE / 2)
        .flat_map(|n| {
            let at = (n / (SIDE / 2) * 2 * SIDE + n % (SIDE / 2) * 2) * 3;
            bytes[at..at + 3].to_vec()
        })
        .collect();
    let grey: Vec<u8> = bytes.chunks_exact(3).map(|p| p[1]).collect();
    let local = row(&OURS.badge, "http://localhost:8520/v#");
    let long = row(&OURS.badge, &format!("https://badges.example.org/{}#", "v".repeat(400)));
    vec![
        ("as it was written", Same, OURS.png.clone()),
        ("a local address", Same, desk::pictures(&local).unwrap().0),
        ("too long for a code", Same, desk::pictures(&long).unwrap().0),
        ("recompressed", Same, rgb(&bytes)),
        (
            "with other filters",
            Same,
            encoded(SIDE, ColorType::Rgb, BitDepth::Eight, &bytes, |e| e.set_filter(Filter::NoFilter)),
        ),
        ("of sixteen bits", Same, encoded(SIDE, ColorType::Rgb, BitDepth::Sixteen, &deep, |_| {})),
        ("with opacity", Same, with_opacity(255)),
        ("a little lighter", Same, repainted(|_, _, old| old.map(|c| c.saturating_add(3)))),
        ("smaller", NotCompared, encoded(SIDE / 2, ColorType::Rgb, BitDepth::Eight, &half, |_| {})),
        ("grey", NotCompared, encoded(SIDE, ColorType::Grayscale, BitDepth::Eight, &grey, |_| {})),
        ("all its colours changed", NotCompared, repainted(|_, _, old| old.map(|c| 255 - c))),
        ("the mark painted over", NotCompared, laid_over([30, 592, 30, 8], [0x12, 0x35, 0x58])),
        ("white", NotCompared, repainted(|_, _, _| [255; 3])),
        ("a picture of others", NotCompared, pixel(&[], &[])),
        ("cut off", NotCompared, OURS.png[..OURS.png.len() / 2].to_vec()),
        ("only a beginning", NotCompared, b"\x89PNG\r\n\x1a\n".to_vec()),
    ]
}

#[test]
fn a_png_with_other_pixels_differs() {
    check(&other_pixels());
}

fn other_pixels() -> Vec<Case> {
    use Drawing::{Differs, OtherCode};
    let other_code = picture::png(&OURS.badge.credential, &full(&named("Bob Bunyan"))).unwrap();
    let white = [255; 3];
    let code_of_another = |x: usize, y: usize| x > 2 * 330 && y > 2 * 320;
    let mut animated = OURS.png.clone();
    let control = chunk("acTL", &[0, 0, 0, 2, 0, 0, 0, 0]);
    animated.splice(33..33, control);
    let mut cases = vec![
        ("the name painted over", Differs, laid_over([36, 268, 300, 40], white)),
        ("the speed painted over", Differs, laid_over([36, 320, 100, 40], white)),
        ("a mark more for supervision", Differs, laid_over([60, 204, 12, 12], [0x12, 0x35, 0x58])),
        (
            "a ribbon of another colour",
            Differs,
            repainted(|_, y, old| match y {
                372..476 if old == white => [0xd3, 0xe0, 0xec],
                _ => old,
            }),
        ),
        ("one dark spot", Differs, laid_over([500, 280, 1, 1], [0; 3])),
        ("pale writing", Differs, laid_over([400, 270, 60, 20], [240; 3])),
        ("a spot beside the code", Differs, laid_over([322, 400, 2, 2], [0; 3])),
        ("the caption painted over", Differs, laid_over([336, 570, 228, 20], white)),
        ("the code painted over", Differs, laid_over([336, 326, 228, 228], white)),
        (
            "a grey code",
            Differs,
            repainted(|x, y, old| match code_of_another(x, y) && old == [0; 3] {
                true => [60; 3],
                false => old,
            }),
        ),
        (
            "faded above the foot",
            Differs,
            repainted(|_, y, old| if y < 1180 { old.map(|c| c / 2 + 127) } else { old }),
        ),
        ("moving", Differs, animated),
        ("another badge's code", OtherCode, bake::png(&other_code, &OURS.badge.credential).unwrap()),
    ];
    let link = full(&OURS.badge);
    cases.extend(others().into_iter().map(|(name, other)| {
        let drawn = picture::png(&other, &link).unwrap();
        (name, Differs, bake::png(&drawn, &OURS.badge.credential).unwrap())
    }));
    cases
}

/// The first version had neither a mark nor anything else at the foot: of such a picture nothing is said.
#[test]
fn a_picture_without_a_mark_is_never_called_altered() {
    check(&unmarked());
}

fn unmarked() -> Vec<Case> {
    let (from, rest) = OURS.svg.split_once("<g id=\"drawing-3\">").unwrap();
    let unmarked = format!("{from}{}", rest.split_once("</g>").unwrap().1);
    let png = bake::png(&picture::rendered(&unmarked).unwrap(), &OURS.badge.credential).unwrap();
    vec![
        ("svg", Drawing::NotCompared, unmarked.into_bytes()),
        ("png", Drawing::NotCompared, png),
        ("transparent", Drawing::NotCompared, with_opacity(100)),
    ]
}

/// Pictures that were written before must not be taken for altered ones.
#[test]
fn a_drawing_that_changes_has_another_version() {
    let drawn = picture::svg(&OURS.badge.credential, "https://badges.example.org/v#123").unwrap();
    let sum = crc32fast::hash(drawn.as_bytes());
    assert_eq!(
        (sum, drawn.contains("<g id=\"drawing-3\">")),
        (2_639_862_203, true),
        "the drawing changed: raise VERSION in picture/layout.rs, and put the new checksum here"
    );
}
