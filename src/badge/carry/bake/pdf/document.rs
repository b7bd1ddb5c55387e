//! Where the objects of a PDF document are, and what its streams hold (ISO 32000-1, sections 7.4 and 7.5).

use std::collections::{HashMap, HashSet};

use miniz_oxide::inflate::{TINFLStatus, decompress_to_vec_with_limit};

use super::object::{DAMAGED, Object, Reader};
use crate::badge::carry::bake::error::BakeError;

/// How many objects are looked at: a book of a thousand pages has some ten thousand.
pub(super) const OBJECTS_MAX: usize = 100_000;

/// How far from the end the last table is looked for, in bytes: some programs write something behind the end.
const END_WITHIN: usize = 2_048;

/// How many times a document may have been added to: each signature or attachment adds once.
const UPDATES_MAX: usize = 256;

/// How much one stream of tables or objects may unpack to, in bytes: programs write a hundred objects into one.
const UNPACKED_MAX: usize = 4 << 20;

/// How much all streams of objects may unpack to, in bytes.
const ALL_UNPACKED_MAX: usize = 32 << 20;

/// Where an object is.
#[derive(Clone, Copy)]
enum Place {
    /// Nowhere: it was deleted.
    Free,
    /// At a place of the file.
    At(usize),
    /// In a stream of objects: its number, and which object in it.
    In(u32, usize),
}

/// A stream of objects, unpacked.
struct Packed {
    /// Number and place of each object.
    places: Vec<(usize, usize)>,
    bytes: Vec<u8>,
}

/// A document that is looked into.
pub(super) struct Document<'a> {
    bytes: &'a [u8],
    places: HashMap<u32, Place>,
    root: u32,
    /// Streams of objects, unpacked.
    streams: HashMap<u32, Packed>,
    unpacked: usize,
}

impl<'a> Document<'a> {
    /// Reads where everything is, the newest addition first.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, BakeError> {
        let places = HashMap::new();
        let mut document = Self { bytes, places, root: 0, streams: HashMap::new(), unpacked: 0 };
        let (mut next, mut seen, mut root) = (Some(document.last_table()?), HashSet::new(), None);
        while let Some(at) = next {
            if !seen.insert(at) || seen.len() > UPDATES_MAX {
                return Err(DAMAGED);
            }
            let trailer = document.table(at)?;
            if trailer.get(b"Encrypt").is_some() {
                return Err(BakeError::PdfEncrypted);
            }
            if let Some(hidden) = trailer.number(b"XRefStm") {
                document.table(hidden)?;
            }
            root = root.or(trailer.reference(b"Root"));
            next = trailer.number(b"Prev");
        }
        document.root = root.ok_or(DAMAGED)?;
        Ok(document)
    }

    /// The number of the catalogue.
    pub(super) const fn root(&self) -> u32 {
        self.root
    }

    /// Where the last table is. A document that was cut has no end.
    fn last_table(&self) -> Result<usize, BakeError> {
        let from = self.bytes.len().saturating_sub(END_WITHIN);
        let tail = self.bytes.get(from..).unwrap_or_default();
        let last = |mark: &[u8]| tail.windows(mark.len()).rposition(|window| window == mark);
        let (Some(start), Some(end)) = (last(b"startxref"), last(b"%%EOF")) else {
            return Err(BakeError::PdfCut);
        };
        if end < start {
            return Err(BakeError::PdfCut);
        }
        let mut reader = Reader::new(self.bytes, from + start);
        reader.word();
        reader.number()
    }

    /// Reads one table, in the old form or as a stream; gives its trailer.
    fn table(&mut self, at: usize) -> Result<Object, BakeError> {
        let mut reader = Reader::new(self.bytes, at);
        if !reader.takes(b"xref") {
            return self.table_stream(at);
        }
        while !reader.takes(b"trailer") {
            let (first, count) = (reader.number()?, reader.number()?);
            for number in first..first.saturating_add(count) {
                let (at, _) = (reader.number()?, reader.number()?);
                let place = match reader.word() {
                    b"n" => Place::At(at),
                    b"f" => Place::Free,
                    _ => return Err(DAMAGED),
                };
                self.put(number, place)?;
            }
        }
        reader.object(0)
    }

    fn table_stream(&mut self, at: usize) -> Result<Object, BakeError> {
        let (_, trailer, data) = self.stream_at(at)?;
        if !trailer.is(b"Type", b"XRef") {
            return Err(DAMAGED);
        }
        let rows = unpack(&trailer, data, UNPACKED_MAX)?.whole()?;
        let numbers = |name: &[u8]| match trailer.get(name) {
            Some(Object::Array(items)) => items
                .iter()
                .map(|item| item.to_number().ok_or(DAMAGED))
                .collect::<Result<Vec<_>, _>>()
                .map(Some),
            Some(_) => Err(DAMAGED),
            None => Ok(None),
        };
        let widths = numbers(b"W")?.ok_or(DAMAGED)?;
        let [kind, first, second] = widths[..] else { return Err(DAMAGED) };
        let width = kind.saturating_add(first).saturating_add(second);
        if kind > 1 || first > 6 || second > 6 || width == 0 {
            return Err(DAMAGED);
        }
        let sections = match numbers(b"Index")? {
            Some(sections) => sections,
            None => vec![0, trailer.number(b"Size").ok_or(DAMAGED)?],
        };
        let mut rows = rows.chunks_exact(width);
        for section in sections.chunks(2) {
            let [start, count] = section[..] else { return Err(DAMAGED) };
            for number in start..start.saturating_add(count) {
                let row = rows.next().ok_or(DAMAGED)?;
                let field = |from: usize, to: usize| {
                    row.get(from..to)
                        .unwrap_or_default()
                        .iter()
                        .fold(0, |value, byte| value << 8 | usize::from(*byte))
                };
                let place = match if kind == 0 { 1 } else { field(0, kind) } {
                    0 => Place::Free,
                    1 => Place::At(field(kind, kind + first)),
                    2 => {
                        let stream = u32::try_from(field(kind, kind + first)).map_err(|_| DAMAGED)?;
                        Place::In(stream, field(kind + first, width))
                    }
                    _ => return Err(DAMAGED),
                };
                self.put(number, place)?;
            }
        }
        Ok(trailer)
    }

    /// Notes where an object is, unless a newer table has said so.
    fn put(&mut self, number: usize, place: Place) -> Result<(), BakeError> {
        let number = u32::try_from(number).map_err(|_| DAMAGED)?;
        self.places.entry(number).or_insert(place);
        match self.places.len() {
            ..=OBJECTS_MAX => Ok(()),
            _ => Err(BakeError::TooManyParts { most: OBJECTS_MAX }),
        }
    }

    /// The object of this number; nothing where there is none.
    pub(super) fn object(&mut self, number: u32) -> Result<Option<Object>, BakeError> {
        match self.places.get(&number).copied() {
            None | Some(Place::Free) => Ok(None),
            Some(Place::At(at)) => {
                let mut reader = self.begin(at, Some(number))?;
                reader.object(0).map(Some)
            }
            Some(Place::In(stream, index)) => self.packed_object(number, stream, index).map(Some),
        }
    }

    /// Goes behind the beginning of an object, which must have this number.
    fn begin(&self, at: usize, wanted: Option<u32>) -> Result<Reader<'a>, BakeError> {
        let mut reader = Reader::new(self.bytes, at);
        let (number, _) = (reader.number()?, reader.number()?);
        let same = wanted.is_none_or(|wanted| u32::try_from(number) == Ok(wanted));
        if same && reader.takes(b"obj") { Ok(reader) } else { Err(DAMAGED) }
    }

    fn packed_object(&mut self, number: u32, stream: u32, index: usize) -> Result<Object, BakeError> {
        if !self.streams.contains_key(&stream) {
            let opened = self.open_stream(stream)?;
            self.unpacked += opened.bytes.len();
            if self.unpacked > ALL_UNPACKED_MAX {
                return Err(BakeError::PdfPacked);
            }
            self.streams.insert(stream, opened);
        }
        let Packed { places, bytes } = self.streams.get(&stream).ok_or(DAMAGED)?;
        match places.get(index) {
            Some((own, at)) if *own == number as usize => Reader::new(bytes, *at).object(0),
            _ => Err(DAMAGED),
        }
    }

    /// Unpacks a stream of objects, and reads where each of them is in it.
    fn open_stream(&self, stream: u32) -> Result<Packed, BakeError> {
        let Some(Place::At(at)) = self.places.get(&stream).copied() else { return Err(DAMAGED) };
        let (found, dictionary, data) = self.stream_at(at)?;
        let (count, first) = (dictionary.number(b"N"), dictionary.number(b"First"));
        let (Some(count @ ..=OBJECTS_MAX), Some(first)) = (count, first) else { return Err(DAMAGED) };
        if found != stream as usize || !dictionary.is(b"Type", b"ObjStm") {
            return Err(DAMAGED);
        }
        let bytes = unpack(&dictionary, data, UNPACKED_MAX)?.whole()?;
        let mut reader = Reader::new(&bytes, 0);
        let place = |_| Ok((reader.number()?, first.saturating_add(reader.number()?)));
        let places = (0..count).map(place).collect::<Result<Vec<_>, _>>()?;
        Ok(Packed { places, bytes })
    }

    /// The stream at a place: number, dictionary, and its bytes as they stand in the file.
    fn stream_at(&self, at: usize) -> Result<(usize, Object, &'a [u8]), BakeError> {
        let number = Reader::new(self.bytes, at).number()?;
        let mut reader = self.begin(at, None)?;
        let dictionary = reader.object(0)?;
        if !reader.takes(b"stream") {
            return Err(DAMAGED);
        }
        let rest = self.bytes.get(reader.at()..).unwrap_or_default();
        let line = rest.strip_prefix(b"\r\n").or(rest.strip_prefix(b"\n")).ok_or(DAMAGED)?;
        let length = match dictionary.get(b"Length") {
            Some(Object::Reference(number)) => self.length(*number)?,
            Some(length) => length.to_number().ok_or(DAMAGED)?,
            None => return Err(DAMAGED),
        };
        let data = line.get(..length).ok_or(DAMAGED)?;
        let behind = self.bytes.len() - line.len() + length;
        match Reader::new(self.bytes, behind).takes(b"endstream") {
            true => Ok((number, dictionary, data)),
            false => Err(DAMAGED),
        }
    }

    /// The length of a stream that stands elsewhere.
    fn length(&self, number: u32) -> Result<usize, BakeError> {
        let Some(Place::At(at)) = self.places.get(&number).copied() else { return Err(DAMAGED) };
        self.begin(at, Some(number))?.object(0)?.to_number().ok_or(DAMAGED)
    }

    /// What a stream holds, up to `most` bytes, and whether that is all.
    pub(super) fn unpacked(&self, number: u32, most: usize) -> Result<(Vec<u8>, bool), BakeError> {
        let Some(Place::At(at)) = self.places.get(&number).copied() else { return Err(DAMAGED) };
        let (found, dictionary, data) = self.stream_at(at)?;
        if found != number as usize {
            return Err(DAMAGED);
        }
        let unpacked = unpack(&dictionary, data, most)?;
        Ok((unpacked.bytes, unpacked.is_whole))
    }
}

/// The bytes of a stream.
struct Unpacked {
    bytes: Vec<u8>,
    is_whole: bool,
}

impl Unpacked {
    fn whole(self) -> Result<Vec<u8>, BakeError> {
        if self.is_whole { Ok(self.bytes) } else { Err(BakeError::PdfPacked) }
    }
}

/// Unpacks a stream that is not packed, or by deflate alone.
fn unpack(dictionary: &Object, data: &[u8], most: usize) -> Result<Unpacked, BakeError> {
    let alone = |name: &[u8]| match dictionary.get(name) {
        Some(Object::Array(items)) if items.len() < 2 => Ok(items.first().cloned()),
        Some(Object::Array(_)) => Err(BakeError::PdfPacked),
        other => Ok(other.cloned()),
    };
    let (filter, parameters) = (alone(b"Filter")?, alone(b"DecodeParms")?);
    match filter {
        None => {
            let end = data.len().min(most);
            Ok(Unpacked { bytes: data.get(..end).unwrap_or_default().to_vec(), is_whole: data.len() <= most })
        }
        Some(Object::Name(name)) if name == b"FlateDecode" => {
            let (bytes, is_whole) = match decompress_to_vec_with_limit(framed(data).ok_or(DAMAGED)?, most) {
                Ok(bytes) => (bytes, true),
                Err(why) if why.status == TINFLStatus::HasMoreOutput => (why.output, false),
                Err(_) => return Err(DAMAGED),
            };
            match parameters.filter(|_| is_whole) {
                Some(parameters) => Ok(Unpacked { bytes: unpredicted(&parameters, bytes)?, is_whole }),
                None => Ok(Unpacked { bytes, is_whole }),
            }
        }
        Some(_) => Err(BakeError::PdfPacked),
    }
}

/// The deflate data within its frame (RFC 1950): two bytes before, and a checksum of four behind, for which a badge has
/// better ones.
fn framed(data: &[u8]) -> Option<&[u8]> {
    let [method, flags, rest @ ..] = data else { return None };
    let (data, _) = rest.split_last_chunk::<4>().filter(|(data, _)| !data.is_empty())?;
    let whole = u16::from_be_bytes([*method, *flags]).is_multiple_of(31);
    (method & 15 == 8 && whole && flags & 32 == 0).then_some(data)
}

/// Undoes the prediction of bytes from those to the left and above, as far as tables use it (PNG specification, section 9:
/// none, left, above).
fn unpredicted(parameters: &Object, bytes: Vec<u8>) -> Result<Vec<u8>, BakeError> {
    match parameters.number(b"Predictor") {
        None | Some(1) => return Ok(bytes),
        Some(10..) => {}
        Some(_) => return Err(BakeError::PdfPacked),
    }
    let columns = parameters.number(b"Columns").unwrap_or(1);
    let plain = parameters.number(b"Colors").unwrap_or(1) == 1
        && parameters.number(b"BitsPerComponent").unwrap_or(8) == 8;
    if !plain || columns == 0 || columns > UNPACKED_MAX || !bytes.len().is_multiple_of(columns + 1) {
        return Err(BakeError::PdfPacked);
    }
    let (mut out, mut above) = (Vec::with_capacity(bytes.len()), vec![0_u8; columns]);
    for row in bytes.chunks_exact(columns + 1) {
        let Some((kind, row)) = row.split_first() else { return Err(DAMAGED) };
        let mut left = 0_u8;
        let mut line = Vec::with_capacity(columns);
        for (byte, above) in row.iter().zip(&above) {
            left = byte.wrapping_add(match kind {
                0 => 0,
                1 => left,
                2 => *above,
                _ => return Err(BakeError::PdfPacked),
            });
            line.push(left);
        }
        out.extend_from_slice(&line);
        above = line;
    }
    Ok(out)
}
