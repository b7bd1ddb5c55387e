//! The text of a table, in whatever encoding a spreadsheet wrote it.

/// A text, and what was guessed of its encoding.
pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) guessed: Option<&'static str>,
}

/// How files begin that are no text, and what they are.
const OTHERS: [(&[u8], &str); 5] = [
    (b"PK\x03\x04", "a spreadsheet (such as .xlsx or .ods)"),
    (b"\xd0\xcf\x11\xe0", "a spreadsheet of an old form (.xls)"),
    (b"%PDF", "a PDF document"),
    (b"\x1f\x8b", "a compressed file"),
    (b"{\\rtf", "a text document"),
];

/// What Windows-1252 has from 0x80 to 0x9f; the five that it leaves free become U+FFFD.
const WINDOWS: [char; 32] = [
    '€', '\u{fffd}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{fffd}', 'Ž', '\u{fffd}',
    '\u{fffd}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{fffd}', 'ž', 'Ÿ',
];

/// Reads text: UTF-8 or UTF-16 with a byte order mark, UTF-16 without one, UTF-8, and else what Windows writes in Western
/// Europe. Line ends become line feeds.
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded, String> {
    if let Some((_, what)) = OTHERS.iter().find(|(begin, _)| bytes.starts_with(begin)) {
        return Err(format!("this is {what}, not a table in text; save it as CSV (UTF-8) and give that"));
    }
    let (text, guessed) = match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => (utf8(rest)?, None),
        [0xff, 0xfe, rest @ ..] => (utf16(rest, u16::from_le_bytes)?, None),
        [0xfe, 0xff, rest @ ..] => (utf16(rest, u16::from_be_bytes)?, None),
        _ => unmarked(bytes)?,
    };
    if text.contains('\0') {
        return Err("it holds zero bytes, so it is no text; save the table as CSV (UTF-8) again".to_owned());
    }
    Ok(Decoded { text: text.replace("\r\n", "\n").replace('\r', "\n"), guessed })
}

fn utf8(bytes: &[u8]) -> Result<String, String> {
    let text = std::str::from_utf8(bytes).map_err(|why| {
        let line = 1 + bytes.iter().take(why.valid_up_to()).filter(|b| **b == b'\n').count();
        format!("it says that it is UTF-8, and line {line} is not; save the table as CSV (UTF-8) again")
    })?;
    Ok(text.to_owned())
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, String> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units: Vec<u16> = pairs.iter().map(|pair| unit(*pair)).collect();
    match String::from_utf16(&units) {
        Ok(text) if rest.is_empty() => Ok(text),
        _ => Err("it is UTF-16, and damaged or cut off; save the table as CSV (UTF-8) again".to_owned()),
    }
}

/// Text that does not say what it is.
fn unmarked(bytes: &[u8]) -> Result<(String, Option<&'static str>), String> {
    // Letters and separators of a header have a zero byte each in UTF-16.
    match bytes {
        [0, b, ..] if *b != 0 => return Ok((utf16(bytes, u16::from_be_bytes)?, None)),
        [b, 0, ..] if *b != 0 => return Ok((utf16(bytes, u16::from_le_bytes)?, None)),
        _ => {}
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok((text.to_owned(), None));
    }
    let letter = |b: &u8| match b {
        0x80..=0x9f => WINDOWS.get(usize::from(b - 0x80)).copied().unwrap_or('\u{fffd}'),
        b => char::from(*b),
    };
    let said = "it is no UTF-8, and was read as Latin-1 (Windows-1252); look whether letters with accents are right, or \
        save it as CSV (UTF-8)";
    Ok((bytes.iter().map(letter).collect(), Some(said)))
}
