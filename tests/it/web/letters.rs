//! The letters that the page compares pictures with: they are those of the program's typeface.

use std::fs;
use std::path::Path;

use rustybuzz::ttf_parser::{GlyphId, OutlineBuilder};
use serde_json::{Value, json};
use typeproof::badge::draw::fonts::face::{Face, Faces, Weight};
use unicode_normalization::UnicodeNormalization;

/// Punctuation and signs in both weights.
const SIGNS: &str = "\u{a0}§©«®°±·»×–—‘’‚“”„•…€";

/// Letters that become one where they stand together, the longest first.
const JOINED: [&str; 5] = ["ffi", "ffl", "ff", "fi", "fl"];

/// Letters of names are bold: Latin ones, those of Romanian and Vietnamese in Unicode's later blocks are not among them.
const NAMES: [(u32, u32); 2] = [(0xc0, 0xff), (0x100, 0x17f)];

/// Letters beside those that they are made of: what is alike packs well.
fn letters(ranges: &[(u32, u32)], face: &Face) -> Vec<String> {
    let all = ranges.iter().flat_map(|(from, to)| *from..=*to).filter_map(char::from_u32);
    let mut all: Vec<String> = (' '..='~').chain(SIGNS.chars()).chain(all).map(String::from).collect();
    all.retain(|letter| face.run(letter).whole);
    all.extend(JOINED.iter().filter(|text| face.run(text).glyphs.len() == 1).map(|text| (*text).to_owned()));
    all.sort_by_key(|letter| letter.nfd().next());
    all.dedup();
    all
}

/// The characters that both weights have, as ranges.
fn ranges(faces: &Faces) -> Vec<[u32; 2]> {
    let has = |c: char| {
        [Weight::Regular, Weight::Bold].iter().all(|w| faces.of(*w).shaper().glyph_index(c).is_some())
    };
    let mut ranges: Vec<[u32; 2]> = Vec::new();
    for code in (' '..=char::MAX).filter(|c| has(*c)).map(u32::from) {
        match ranges.last_mut() {
            Some([_, last]) if *last + 1 == code => *last = code,
            _ => ranges.push([code, code]),
        }
    }
    ranges
}

/// An outline in the units of the typeface, as the picture's canvas writes one that begins at the origin.
#[derive(Default)]
struct Pen {
    path: String,
    last: (f32, f32),
    start: (f32, f32),
}

impl Pen {
    fn push(&mut self, command: char, points: &[(f32, f32)]) {
        self.path.push(command);
        let from = self.last;
        for (n, (x, y)) in points.iter().enumerate() {
            let text = format!("{} {}", x - from.0, y - from.1).replace(" -", "-");
            if n > 0 {
                self.path.push(' ');
            }
            self.path.push_str(&text);
            self.last = (*x, *y);
        }
    }
}

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.push('m', &[(x, y)]);
        self.start = self.last;
    }
    fn line_to(&mut self, x: f32, y: f32) {
        self.push('l', &[(x, y)]);
    }
    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.push('q', &[(x1, y1), (x, y)]);
    }
    fn curve_to(&mut self, _: f32, _: f32, _: f32, _: f32, _: f32, _: f32) {
        unreachable!("the typeface has quadratic curves");
    }
    fn close(&mut self) {
        self.path.push('z');
        self.last = self.start;
    }
}

/// Places of equal values, and the values.
fn classes<T: Ord + Clone>(values: &[T]) -> (Vec<usize>, Vec<T>) {
    let mut known: Vec<T> = Vec::new();
    let places = values.iter().map(|value| {
        known.iter().position(|each| each == value).unwrap_or_else(|| {
            known.push(value.clone());
            known.len() - 1
        })
    });
    (places.collect(), known.clone())
}

fn units(width: f32) -> i32 {
    (width * 1_000.0).round() as i32
}

/// A text in letters, as the page parts it: the longest that become one first.
fn parted<'a>(text: &'a str, letters: &[String]) -> Vec<&'a str> {
    let mut rest = text;
    let mut parts = Vec::new();
    while let Some(c) = rest.chars().next() {
        let joined =
            JOINED.iter().find(|text| rest.starts_with(**text) && letters.iter().any(|l| l == **text));
        let (part, more) = rest.split_at(joined.map_or(c.len_utf8(), |text| text.len()));
        parts.push(part);
        rest = more;
    }
    parts
}

/// One weight: its letters, how far each goes on, their outlines, and how much closer pairs of them stand.
fn weight(face: &Face, letters: &[String]) -> Value {
    let ids = |text: &str| -> Vec<u32> {
        let run = face.run(text);
        assert!(run.glyphs.iter().all(|g| g.x_offset == 0.0 && g.y_offset == 0.0), "{text}");
        run.glyphs.iter().map(|g| g.glyph_id.to_u32()).collect()
    };
    let alone: Vec<(Vec<u32>, i32)> = letters.iter().map(|l| (ids(l), units(face.run(l).width))).collect();
    let outlines: Vec<String> = alone
        .iter()
        .map(|(ids, _)| {
            let mut pen = Pen::default();
            face.shaper().outline_glyph(GlyphId(ids[0] as u16), &mut pen);
            pen.path
        })
        .collect();
    let closer = |a: usize, b: usize| {
        let pair = format!("{}{}", letters[a], letters[b]);
        // Where the page reads other letters in these, it never asks.
        if parted(&pair, letters) != [letters[a].as_str(), &letters[b]] {
            return 0;
        }
        assert_eq!(ids(&pair), [alone[a].0.as_slice(), &alone[b].0].concat(), "{pair} is drawn otherwise");
        units(face.run(&pair).width) - alone[a].1 - alone[b].1
    };
    let count = letters.len();
    let rows: Vec<Vec<i32>> = (0..count).map(|a| (0..count).map(|b| closer(a, b)).collect()).collect();
    let (left, rows) = classes(&rows);
    let columns: Vec<Vec<i32>> = (0..count).map(|b| rows.iter().map(|row| row[b]).collect()).collect();
    let (right, columns) = classes(&columns);
    let used = |row: usize| columns.iter().enumerate().filter(move |(_, column)| column[row] != 0);
    let kern = |row| used(row).flat_map(|(n, column)| [n as i32, column[row]]).collect::<Vec<_>>();
    let kern: Vec<Vec<i32>> = (0..rows.len()).map(kern).collect();
    let advances: Vec<i32> = alone.iter().map(|(_, width)| *width).collect();
    json!({"letters": letters, "advances": advances, "outlines": outlines, "left": left, "right": right, "kern": kern})
}

/// After a change of the typeface, `UPDATE_LETTERS=1` writes the file anew.
#[test]
fn the_pages_letters_are_those_of_the_typeface() {
    let faces = Faces::load().unwrap();
    let (regular, bold) = (faces.of(Weight::Regular), faces.of(Weight::Bold));
    let joined: Vec<&str> = JOINED.into_iter().filter(|text| bold.run(text).glyphs.len() == 1).collect();
    let found = json!({
        "joined": joined,
        "ranges": ranges(&faces),
        "regular": weight(regular, &letters(&[], regular)),
        "bold": weight(bold, &letters(&NAMES, bold)),
    });
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/web/page/vendor/letters.json");
    let text = format!("{found}\n");
    if std::env::var_os("UPDATE_LETTERS").is_some() {
        fs::write(&file, &text).unwrap();
    }
    assert!(fs::read_to_string(&file).unwrap_or_default() == text, "write {} anew", file.display());
}
