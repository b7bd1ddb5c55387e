//! The badge that is attached to a PDF document: our certificates have it, and so has any document to which somebody
//! attached a badge's document.
//!
//! As much of PDF is read as that needs (ISO 32000-1): the tables and streams that say where objects are, objects alone or
//! in compressed streams, and what can be reached from the catalogue. Whatever else there is is refused or passed over.
//! `src/web/page/engine/pdf.mjs` has the same, function by function: what one takes the other takes.

mod document;
mod object;

use std::collections::{BTreeSet, VecDeque};

use super::error::BakeError;
use crate::badge::vc::json::SIZE_MAX;
use document::{Document, OBJECTS_MAX};
use object::Object;

/// How a PDF document begins.
pub(super) const BEGINNING: &[u8] = b"%PDF";

/// How many attachments are unpacked: a portfolio of certificates has a dozen.
const ATTACHMENTS_MAX: usize = 64;

/// The text of the one badge that is attached: of the one attachment that is a JSON object.
pub(super) fn found(bytes: &[u8]) -> Result<String, BakeError> {
    let mut document = Document::open(bytes)?;
    let streams = attachments(&mut document)?;
    if streams.len() > ATTACHMENTS_MAX {
        return Err(BakeError::TooManyParts { most: ATTACHMENTS_MAX });
    }
    let mut found = None;
    for number in streams {
        let Some(text) = badge(&mut document, number)? else { continue };
        if found.replace(text).is_some() {
            return Err(BakeError::PdfSeveral);
        }
    }
    found.ok_or(BakeError::PdfNone)
}

/// The attachment in this stream, if it is a JSON object.
fn badge(document: &mut Document<'_>, number: u32) -> Result<Option<String>, BakeError> {
    let (bytes, whole) = document.unpacked(number, SIZE_MAX)?;
    let start = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes).trim_ascii_start();
    match start.starts_with(b"{") {
        true if !whole => Err(BakeError::PdfLarge),
        true => String::from_utf8(bytes).map(Some).map_err(|_| BakeError::Form { what: "bake-form-utf-8" }),
        false => Ok(None),
    }
}

/// The numbers of the streams that hold attached files: whatever can be reached from the catalogue is looked through for
/// file specifications with an embedded file (ISO 32000-1, section 7.11.3), be they named in its list, associated with it,
/// or pinned to a page.
fn attachments(document: &mut Document<'_>) -> Result<BTreeSet<u32>, BakeError> {
    let (mut seen, mut streams) = (BTreeSet::from([document.root()]), BTreeSet::new());
    let mut waiting = VecDeque::from([document.root()]);
    while let Some(number) = waiting.pop_front() {
        let Some(object) = document.object(number)? else { continue };
        let (mut named, mut embedded) = (Vec::new(), Vec::new());
        look_through(&object, &mut named, &mut embedded);
        for place in embedded {
            streams.extend(embedded_streams(document, place)?);
        }
        waiting.extend(named.into_iter().filter(|number| seen.insert(*number)));
        if seen.len() > OBJECTS_MAX {
            return Err(BakeError::TooManyParts { most: OBJECTS_MAX });
        }
    }
    Ok(streams)
}

/// The objects that an object names, and what it has under `EF`.
fn look_through<'a>(object: &'a Object, named: &mut Vec<u32>, embedded: &mut Vec<&'a Object>) {
    match object {
        Object::Reference(number) => named.push(*number),
        Object::Array(items) => items.iter().for_each(|item| look_through(item, named, embedded)),
        Object::Dictionary(members) => {
            for (name, value) in members {
                if name == b"EF" {
                    embedded.push(value);
                }
                look_through(value, named, embedded);
            }
        }
        Object::Number(_) | Object::Name(_) | Object::Other => {}
    }
}

/// The streams that the value of `EF` names: one for each way to write a file's name.
fn embedded_streams(document: &mut Document<'_>, place: &Object) -> Result<Vec<u32>, BakeError> {
    let place = match place {
        Object::Reference(number) => document.object(*number)?.unwrap_or(Object::Other),
        place => place.clone(),
    };
    let members = [b"F".as_slice(), b"UF", b"DOS", b"Mac", b"Unix"];
    Ok(members.iter().filter_map(|name| place.reference(name)).collect())
}
