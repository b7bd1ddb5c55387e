//! Baking into SVG: one element `openbadges:credential` straight after `<svg …>`, with the JSON in CDATA.
//!
//! SVG is read by a small scanner of our own, because the page in a browser must read the very same and has no other:
//! elements, attributes, comments, instructions and CDATA; a document type only without declarations of its own, and
//! no entities but XML's five and numbers. It is linear in the length of the text and expands nothing.

use serde_json::Value;

use super::ascii::ascii;
use super::error::{BakeError, PICTURE_MAX};
use super::xml::{Element, Part, Scanner};

/// The namespace of baked credentials (Open Badges 3.0, section 5.3).
const NAMESPACE: &str = "https://purl.imsglobal.org/ob/v3p0";

/// The namespace of Open Badges 2.
const NAMESPACE_2: &str = "http://openbadges.org";

/// The prefix by which readers look for the namespace that do not know XML.
const PREFIX: &str = "xmlns:openbadges";

/// Bakes a credential into an SVG picture, in place of one that is there.
///
/// # Errors
/// [`BakeError`] when the picture is no well-formed SVG, uses the prefix `openbadges` for something else, or the
/// credential is too large to be read again.
pub fn svg(picture: &str, credential: &Value) -> Result<String, BakeError> {
    let json = ascii(credential)?;
    let picture = without(picture)?;
    let (root, start, end) = root(&picture)?;
    let declaration = match root.attribute(PREFIX) {
        None => format!(" {PREFIX}=\"{NAMESPACE}\""),
        Some(NAMESPACE) => String::new(),
        Some(_) => return Err(BakeError::Form { what: "bake-form-prefix" }),
    };
    let tail = if root.is_empty { "/>" } else { ">" };
    let (head, rest) = picture.split_at(end);
    let (before, tag) = head.strip_suffix(tail).unwrap_or(head).split_at(start);
    let close = if root.is_empty { format!("</{}>", root.name) } else { String::new() };
    // `>` does not occur in the texts of this JSON, so nothing ends the CDATA before its end.
    let element = format!("<openbadges:credential><![CDATA[{json}]]></openbadges:credential>");
    let baked = format!("{before}{tag}{declaration}>{element}{close}{rest}");
    match baked.len() {
        ..=PICTURE_MAX => Ok(baked),
        size => Err(BakeError::PictureTooLarge { size }),
    }
}

/// The root element with the places where its start tag begins and ends.
fn root(picture: &str) -> Result<(Element<'_>, usize, usize), BakeError> {
    let mut scanner = Scanner::new(picture);
    loop {
        let start = scanner.at();
        match scanner.next()? {
            Some(Part::Start(element)) if element.local() == "svg" => {
                return Ok((element, start, scanner.at()));
            }
            Some(Part::Start(_)) | None => return Err(BakeError::OtherXml),
            Some(_) => {}
        }
    }
}

/// The picture without the credentials that it holds.
fn without(picture: &str) -> Result<String, BakeError> {
    let mut scanner = Scanner::new(picture);
    let (mut kept, mut from, mut inside) = (String::new(), 0, None);
    loop {
        let start = scanner.at();
        let Some(part) = scanner.next()? else { break };
        let depth = scanner.depth();
        match part {
            Part::Start(element) if inside.is_none() && scanner.is(&element, NAMESPACE, "credential") => {
                kept.push_str(picture.get(from..start).unwrap_or_default());
                (from, inside) = (scanner.at(), (!element.is_empty).then_some(depth));
            }
            Part::End if inside == Some(depth + 1) => (from, inside) = (scanner.at(), None),
            _ => {}
        }
    }
    kept.push_str(picture.get(from..).unwrap_or_default());
    Ok(kept)
}

/// The text that is baked into an SVG picture.
pub(super) fn found(picture: &str) -> Result<String, BakeError> {
    root(picture)?;
    let mut scanner = Scanner::new(picture);
    let (mut found, mut inside, mut older) = (None::<String>, None, false);
    while let Some(part) = scanner.next()? {
        let depth = scanner.depth();
        match part {
            Part::Start(_) | Part::Other if inside.is_some() => {
                return Err(BakeError::Form { what: "bake-form-element" });
            }
            Part::Start(element) if scanner.is(&element, NAMESPACE, "credential") => {
                if found.is_some() {
                    return Err(BakeError::Several);
                }
                // A badge that is a token stands in an attribute.
                let token = element.attribute("verify").map(str::to_owned);
                inside = (!element.is_empty && token.is_none()).then_some(depth);
                found = Some(token.unwrap_or_default());
            }
            Part::Start(element) => older |= scanner.is(&element, NAMESPACE_2, "assertion"),
            Part::End if inside == Some(depth + 1) => inside = None,
            Part::Text(text) if inside.is_some() => found.get_or_insert_default().push_str(&text),
            _ => {}
        }
    }
    match found {
        Some(text) => Ok(text),
        None if older => Err(BakeError::OpenBadges2),
        None => Err(BakeError::NoBadge),
    }
}
