//! A scanner of XML, as much of it as pictures need; what it does not know it refuses.
//!
//! `src/web/page/engine/unbake.mjs` has the same, function by function: what one takes the other takes.

use super::error::BakeError;

/// How deep elements may nest: drawing programs write twenty levels.
const DEPTH_MAX: usize = 256;

/// How many namespaces may be declared around one element: drawing programs declare ten.
const NAMESPACES_MAX: usize = 256;

/// How many attributes an element may have: drawing programs write thirty.
const ATTRIBUTES_MAX: usize = 256;

/// How many elements, attributes, comments, instructions and pieces of CDATA are read in all: a code drawn as single
/// squares has fifty thousand, a map fewer than a hundred thousand; the largest picture could have millions.
const PARTS_MAX: usize = 100_000;

/// How much of an unknown entity's name an error repeats, in characters.
const SHOWN_MAX: usize = 20;

/// White space as XML has it (XML 1.0, production 3).
const SPACE: [char; 4] = [' ', '\t', '\r', '\n'];

/// A piece of a document.
pub(super) enum Part<'a> {
    /// A start tag, or that of an empty element.
    Start(Element<'a>),
    /// An end tag.
    End,
    /// Text within an element: written out, or CDATA.
    Text(String),
    /// A comment, an instruction or a document type.
    Other,
}

/// What a start tag says.
pub(super) struct Element<'a> {
    /// Its name with the prefix.
    pub(super) name: &'a str,
    /// Whether it ends where it begins.
    pub(super) is_empty: bool,
    attributes: Vec<(&'a str, String)>,
    /// Prefix and address of the namespaces that it declares.
    declared: Vec<(String, String)>,
}

impl<'a> Element<'a> {
    /// The value of the attribute of this name.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| *own == name).map(|(_, value)| value.as_str())
    }

    /// Its name without the prefix.
    pub(super) fn local(&self) -> &'a str {
        self.name.split_once(':').map_or(self.name, |(_, local)| local)
    }

    fn prefix(&self) -> &'a str {
        self.name.split_once(':').map_or("", |(prefix, _)| prefix)
    }
}

/// Reads a document part by part.
pub(super) struct Scanner<'a> {
    text: &'a str,
    at: usize,
    /// The open elements: name, and how many namespaces were declared around it.
    open: Vec<(&'a str, usize)>,
    /// Prefix and address of the namespaces in scope.
    namespaces: Vec<(String, String)>,
    has_root: bool,
    /// How many of what [`PARTS_MAX`] counts were read.
    parts: usize,
}

const fn wrong(what: &'static str) -> BakeError {
    BakeError::Xml { what }
}

impl<'a> Scanner<'a> {
    pub(super) const fn new(text: &'a str) -> Self {
        Self { text, at: 0, open: Vec::new(), namespaces: Vec::new(), has_root: false, parts: 0 }
    }

    /// Where the next part begins, in bytes.
    pub(super) const fn at(&self) -> usize {
        self.at
    }

    /// How many elements are open.
    pub(super) const fn depth(&self) -> usize {
        self.open.len()
    }

    /// Whether an element that was just read is of this namespace and name.
    pub(super) fn is(&self, element: &Element<'_>, namespace: &str, local: &str) -> bool {
        let prefix = element.prefix();
        let scope = self.namespaces.iter().chain(&element.declared).rev();
        let mut scope = scope.filter(|(name, _)| name == prefix);
        element.local() == local && scope.next().is_some_and(|(_, address)| address == namespace)
    }

    /// The next part, or nothing behind the root's end.
    pub(super) fn next(&mut self) -> Result<Option<Part<'a>>, BakeError> {
        let rest = self.rest();
        if !rest.starts_with('<') {
            return self.text();
        }
        if let Some(rest) = rest.strip_prefix("</") {
            return self.end(rest);
        }
        self.count(1)?;
        let inside = !self.open.is_empty();
        if let Some(rest) = rest.strip_prefix("<!--") {
            self.skip(4, rest, "-->").map(|_| Some(Part::Other))
        } else if let Some(rest) = rest.strip_prefix("<![CDATA[").filter(|_| inside) {
            self.skip(9, rest, "]]>").map(|text| Some(Part::Text(text.to_owned())))
        } else if let Some(rest) = rest.strip_prefix("<?") {
            self.skip(2, rest, "?>").map(|_| Some(Part::Other))
        } else if let Some(rest) = rest.strip_prefix("<!DOCTYPE").filter(|_| !self.has_root) {
            match self.skip(9, rest, ">")?.contains('[') {
                true => Err(BakeError::Declarations),
                false => Ok(Some(Part::Other)),
            }
        } else {
            self.start(rest.get(1..).unwrap_or_default())
        }
    }

    /// Counts parts; too many are refused.
    const fn count(&mut self, parts: usize) -> Result<(), BakeError> {
        self.parts = self.parts.saturating_add(parts);
        match self.parts > PARTS_MAX {
            true => Err(BakeError::TooManyParts { most: PARTS_MAX }),
            false => Ok(()),
        }
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Passes over a beginning of `length` bytes and what follows up to an end, and gives what is between them.
    fn skip(&mut self, length: usize, rest: &'a str, end: &str) -> Result<&'a str, BakeError> {
        let size = rest.find(end).ok_or(wrong("bake-xml-early"))?;
        self.at += length + size + end.len();
        Ok(rest.get(..size).unwrap_or_default())
    }

    fn text(&mut self) -> Result<Option<Part<'a>>, BakeError> {
        let rest = self.rest();
        let size = rest.find('<').unwrap_or(rest.len());
        let text = rest.get(..size).unwrap_or_default();
        self.at += size;
        match (self.open.is_empty(), size == rest.len()) {
            (true, _) if !text.trim_matches(SPACE).is_empty() => Err(wrong("bake-xml-outside")),
            (true, true) if !self.has_root => Err(wrong("bake-xml-nothing")),
            (true, true) => Ok(None),
            (false, true) => Err(wrong("bake-xml-early")),
            (_, false) => Ok(Some(Part::Text(resolved(text)?))),
        }
    }

    fn end(&mut self, rest: &'a str) -> Result<Option<Part<'a>>, BakeError> {
        let name = self.skip(2, rest, ">")?.trim_end_matches(SPACE);
        match self.open.pop() {
            Some((open, around)) if open == name => {
                self.namespaces.truncate(around);
                Ok(Some(Part::End))
            }
            _ => Err(wrong("bake-xml-crosswise")),
        }
    }

    fn start(&mut self, rest: &'a str) -> Result<Option<Part<'a>>, BakeError> {
        if self.open.is_empty() && self.has_root {
            return Err(wrong("bake-xml-second"));
        }
        let (name, mut rest) = name(rest)?;
        let mut element = Element { name, is_empty: false, attributes: Vec::new(), declared: Vec::new() };
        loop {
            let inner = rest.trim_start_matches(SPACE);
            if let Some(after) = inner.strip_prefix('>') {
                rest = after;
                break;
            }
            if let Some(after) = inner.strip_prefix("/>") {
                (rest, element.is_empty) = (after, true);
                break;
            }
            if inner.len() == rest.len() {
                return Err(wrong(if rest.is_empty() { "bake-xml-early" } else { "bake-xml-tag" }));
            }
            rest = element.read_attribute(inner)?;
        }
        self.at = self.text.len() - rest.len();
        self.has_root = true;
        self.count(element.attributes.len())?;
        if !element.is_empty {
            self.enter(&element)?;
        }
        Ok(Some(Part::Start(element)))
    }

    fn enter(&mut self, element: &Element<'a>) -> Result<(), BakeError> {
        self.open.push((element.name, self.namespaces.len()));
        self.namespaces.extend_from_slice(&element.declared);
        match self.open.len() > DEPTH_MAX || self.namespaces.len() > NAMESPACES_MAX {
            true => Err(wrong("bake-xml-deep")),
            false => Ok(()),
        }
    }
}

impl<'a> Element<'a> {
    /// Reads one attribute, and gives what follows it.
    fn read_attribute(&mut self, rest: &'a str) -> Result<&'a str, BakeError> {
        let malformed = || wrong("bake-xml-tag");
        let (name, rest) = name(rest)?;
        let rest = rest.trim_start_matches(SPACE).strip_prefix('=').ok_or_else(malformed)?;
        let rest = rest.trim_start_matches(SPACE);
        let mark = if rest.starts_with('\'') { '\'' } else { '"' };
        let (value, rest) = rest.strip_prefix(mark).and_then(|r| r.split_once(mark)).ok_or_else(malformed)?;
        if value.contains('<') || self.attribute(name).is_some() || self.attributes.len() == ATTRIBUTES_MAX {
            return Err(malformed());
        }
        let value = resolved(value)?;
        let prefix = name.strip_prefix("xmlns:").or((name == "xmlns").then_some(""));
        self.declared.extend(prefix.map(|prefix| (prefix.to_owned(), value.clone())));
        self.attributes.push((name, value));
        Ok(rest)
    }
}

/// A name and what follows it. What may stand in a name is taken widely: all but white space and XML's own marks.
fn name(text: &str) -> Result<(&str, &str), BakeError> {
    let marks = |c: char| SPACE.contains(&c) || "<>/=\"'&!?[]()".contains(c);
    let size = text.find(marks).unwrap_or(text.len());
    match text.split_at_checked(size) {
        Some((name, rest)) if size > 0 => Ok((name, rest)),
        _ => Err(wrong("bake-xml-tag")),
    }
}

/// A text with its entities and numbers written out.
fn resolved(text: &str) -> Result<String, BakeError> {
    let mut pieces = text.split('&');
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (entity, after) = piece.split_once(';').ok_or(wrong("bake-xml-ampersand"))?;
        out.push(character(entity)?);
        out.push_str(after);
    }
    Ok(out)
}

/// The character that an entity stands for (XML 1.0, sections 4.1 and 4.6).
fn character(entity: &str) -> Result<char, BakeError> {
    let number = |digits: &str, radix| match digits.bytes().all(|b| b.is_ascii_alphanumeric()) {
        true => u32::from_str_radix(digits, radix).ok().filter(|n| *n > 0).and_then(char::from_u32),
        false => None,
    };
    let found = match entity {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => match (entity.strip_prefix("#x"), entity.strip_prefix('#')) {
            (Some(digits), _) => number(digits, 16),
            (None, Some(digits)) => number(digits, 10),
            (None, None) => None,
        },
    };
    let name = || entity.chars().take(SHOWN_MAX).filter(char::is_ascii_graphic).collect();
    found.ok_or_else(|| BakeError::Entity { name: name() })
}
