//! The link a QR symbol carries: an address to be opened by a phone, and the badge's payload behind the `#`.
//!
//! Reading is lenient with what mail programs, messengers and line breaks do to a link, and with the text around it, and
//! strict with the payload: one text has one reading. The host is reported and never believed: a link must not name its own judge.

use data_encoding::BASE64URL_NOPAD;
use thiserror::Error;

use crate::badge::carry::digits::{self, DigitsError, MAX_DIGITS, MAX_PAYLOAD_BYTES};
use crate::badge::reasons::Reason;

/// Bytes of a link: the longest payload in digits, and about as much again three times over for an address, tracking
/// parameters and line breaks.
pub const MAX_LINK_BYTES: usize = 4096;

/// Bytes of a text that is looked through for a link: a mail with those that it quotes, or the page of one badge.
pub const MAX_TEXT_BYTES: usize = 64 * 1024;

/// Digits behind a `#` that are taken for a badge's within a text: a signature alone has 156, and neither dates nor
/// telephone numbers come near. Nor does base64url ever begin with as many.
const MIN_DIGITS: usize = 100;

/// Characters of the longest word below which a text is not taken for a badge, whole or not: a signature alone has 86 in
/// base64url.
const LEAST_WORD: usize = 86;

/// Bytes of a host with its port: 253 for a DNS name (RFC 1035 §2.3.4 as text), one colon, five digits.
const MAX_HOST_BYTES: usize = 259;

/// How `#` is found again: as itself, escaped once, and escaped twice (Safe Links does that). Never more than one of
/// them: the first in this order that occurs is the one.
const MARKS: [&str; 3] = ["#", "%2523", "%23"];

/// How `:` and `/` are written in an address, and in one that is a parameter of another, once and twice.
const ESCAPES: [[&str; 2]; 3] = [[":", "/"], ["%3a", "%2f"], ["%253a", "%252f"]];

/// What stands directly before an address without `https://`, and around digits by themselves.
const OPENING: [char; 17] =
    ['(', ')', '[', ']', '<', '>', '"', '\'', '`', '*', '„', '“', '”', '«', '»', '‘', '’'];

/// What sentences leave behind a link.
const TRAILING: [char; 3] = [')', '.', ','];

/// What a link carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The host, and the port when there is one, in lower-case ASCII; `None` for a bare payload. The maker of the link
    /// chose it, so it decides nothing.
    pub host: Option<String>,
    /// The payload, 1 to [`MAX_PAYLOAD_BYTES`] bytes, not yet looked into.
    pub payload: Vec<u8>,
}

/// Why a text is not a link to a badge.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{}", self.reason())]
pub enum LinkError {
    /// The text is longer than any link.
    TooLong {
        /// Bytes of the text.
        bytes: usize,
    },
    /// Nothing is behind the `#`, or there is no text at all.
    Empty,
    /// Nothing in the text looks like a link or like a badge.
    NoBadge,
    /// Links that differ.
    Several,
    /// A web address without a fragment.
    NoFragment,
    /// Something other than a web address stands before the `#`.
    NotAWebAddress,
    /// The address names no host in letters, digits, `-` and `.`, or hides it behind a user name.
    Host,
    /// The payload is made of digits, and they are not those of a badge.
    Digits(#[from] DigitsError),
    /// The payload has a character that neither digits nor base64url know.
    Character {
        /// The character.
        found: char,
        /// Its place in the payload, counted from 1, white space left out.
        place: usize,
    },
    /// The payload is base64url of a length, or with last bits, that nobody writes.
    Base64 {
        /// Characters of the payload.
        characters: usize,
    },
    /// The payload in base64url is longer than any badge.
    PayloadTooLong {
        /// Bytes of the payload.
        bytes: usize,
    },
}

impl LinkError {
    /// The reason: a code and what the words for it need.
    #[must_use]
    pub fn reason(&self) -> Reason {
        match self {
            Self::TooLong { bytes } => {
                Reason::new("link-long").with("bytes", *bytes).with("most", MAX_LINK_BYTES)
            }
            Self::Empty => Reason::new("link-empty"),
            Self::NoBadge => Reason::new("link-none"),
            Self::Several => Reason::new("link-several"),
            Self::NoFragment => Reason::new("link-no-fragment"),
            Self::NotAWebAddress => Reason::new("link-no-address"),
            Self::Host => Reason::new("link-host"),
            Self::Digits(why) => Reason::new("link-digits").with("why", why.reason()),
            Self::Character { found, place } => {
                Reason::new("link-character").with("found", digits::escaped(*found)).with("place", *place)
            }
            Self::Base64 { characters } => Reason::new("link-base64").with("characters", *characters),
            Self::PayloadTooLong { bytes } => {
                Reason::new("link-payload-long").with("bytes", *bytes).with("most", MAX_PAYLOAD_BYTES)
            }
        }
    }
}

/// The link for a payload: `base`, with or without its `#`, then the payload in decimal digits.
///
/// Scheme and host are written in lower case (scanners fail at `HTTPS://`); the path is left as it is, servers tell
/// its letters apart. What `base` has behind a `#` is dropped.
pub fn url(base: &str, payload: &[u8]) -> String {
    let base = base.split('#').next().unwrap_or_default();
    let authority = base.find("://").map_or(0, |at| at + 3);
    let path = base.get(authority..).and_then(|rest| rest.find('/')).map_or(base.len(), |at| authority + at);
    let (front, path) = base.split_at(path);
    format!("{}{path}#{}", front.to_lowercase(), digits::encode(payload))
}

/// Reads a link, or a bare payload, in the states in which people have them.
///
/// Taken: a `https` or `http` address with the payload behind `#`, `%23` or `%2523`; the payload alone, with or
/// without `#`; digits as [`digits::encode`] writes them, or base64url without padding (a text of digits only is
/// always read as digits; in base64url and without `#` it must be long enough to be a badge). White space and `%20` are dropped wherever they are, `)`, `.` and `,` at the end. A text that
/// is no link may hold one, as [`within`] says.
///
/// # Errors
///
/// [`LinkError`] for everything else; nothing is guessed.
///
/// # Examples
///
/// ```
/// use typeproof::badge::carry::link;
///
/// let address = link::url("https://Example.org/v", b"the bytes of a token");
/// assert!(address.starts_with("https://example.org/v#"));
///
/// let read = link::read(&format!(" {address}. "))?;
/// assert_eq!(read.payload, b"the bytes of a token");
/// assert_eq!(read.host.as_deref(), Some("example.org"));
/// # Ok::<(), link::LinkError>(())
/// ```
pub fn read(text: &str) -> Result<Link, LinkError> {
    match (whole(text), within(text)) {
        // An address with another link among its parameters, say.
        (_, Err(LinkError::Several)) => Err(LinkError::Several),
        (Ok(link), _) => Ok(link),
        (Err(why), inner) => inner?.ok_or(if is_meant(text, &why) { why } else { LinkError::NoBadge }),
    }
}

/// Whether what is wrong with a text as a link says anything of it: it was meant as one. Prose has no such words.
fn is_meant(text: &str, why: &LinkError) -> bool {
    let one_line = || !text.trim().contains('\n');
    match why {
        LinkError::Empty => true,
        LinkError::TooLong { bytes } if *bytes > MAX_TEXT_BYTES => true,
        LinkError::NoFragment => one_line(),
        _ if one_line() && MARKS.iter().any(|mark| text.contains(mark)) => true,
        _ => text.split_whitespace().any(|word| word.chars().count() >= LEAST_WORD),
    }
}

/// The one link that a text holds somewhere: in a sentence, in Markdown, HTML, or a mail that is quoted, or as a parameter
/// of another address. It may stand there any number of times, and need not begin with `https://`; beside it, or in its place,
/// its payload may stand by itself.
///
/// The payload is `MIN_DIGITS` or more digits behind `#`, `%23` or `%2523`, or as a word of their own, in brackets or
/// quotation marks or none; they may go on in lines of nothing but digits. Where several addresses stand in one another, the innermost is the link's.
/// `None` if there are no such digits, or if the text is longer than [`MAX_TEXT_BYTES`].
///
/// # Errors
///
/// [`LinkError`] if such digits are not those of a badge, if what is before any of them is not a web address with a plain
/// host, or if links differ.
pub fn within(text: &str) -> Result<Option<Link>, LinkError> {
    if text.len() > MAX_TEXT_BYTES {
        return Ok(None);
    }
    let text = MARKS.iter().fold(unwrapped(text), |text, mark| text.replace(mark, "#"));
    let mut found: Option<Link> = None;
    for word in text.split_whitespace() {
        let pieces: Vec<&str> = word.split('#').collect();
        let linked = pieces.iter().zip(pieces.iter().skip(1)).map(|(address, rest)| {
            (Some(*address), rest.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default())
        });
        let alone = pieces.iter().enumerate().flat_map(|(at, piece)| {
            piece.split(OPENING).skip(usize::from(at > 0)).map(|text| text.trim_end_matches(TRAILING))
        });
        let is_badge = |text: &&str| text.len() <= MAX_DIGITS && digits_before(text) == text.len();
        let alone = alone.filter(is_badge).map(|text| (None, text));
        for (address, payload) in linked.chain(alone) {
            if digits_before(payload) < MIN_DIGITS {
                continue;
            }
            let host = address.map(host_within).transpose()?;
            let link = Link { host, payload: read_payload(payload)? };
            found = Some(match found.take() {
                Some(other) => one_of(other, link)?,
                None => link,
            });
        }
    }
    Ok(found)
}

/// The link that two are: the same one twice, or one whose payload stands by itself as well.
fn one_of(one: Link, other: Link) -> Result<Link, LinkError> {
    let alone = one.host.is_none() || other.host.is_none();
    match one == other || alone && one.payload == other.payload {
        true if one.host.is_some() => Ok(one),
        true => Ok(other),
        false => Err(LinkError::Several),
    }
}

/// A text in one line, without the marks of quoted mail. Digits that a next line of nothing else goes on with stand
/// together.
#[must_use]
pub fn unwrapped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        let line = line.trim_start_matches(|c: char| c == '>' || c.is_whitespace()).trim_end();
        let digits = line.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
        let goes_on = !digits.is_empty() && digits_before(digits) == digits.len();
        if !goes_on || !out.ends_with(|c: char| c == '#' || c.is_ascii_digit()) {
            out.push(' ');
        }
        out.push_str(line);
    }
    out
}

/// The host of the last address in what stands before a `#`. Without `https://` it must have a dot to be one.
fn host_within(before: &str) -> Result<String, LinkError> {
    let before = before.to_ascii_lowercase();
    let addresses = ESCAPES.iter().filter_map(|[colon, slash]| {
        let (scheme, rest) = before.rsplit_once(&format!("{colon}{slash}{slash}"))?;
        let host = rest.split(slash).next().unwrap_or_default();
        Some((scheme, host.replace(colon, ":")))
    });
    match addresses.max_by_key(|(scheme, _)| scheme.len()) {
        Some((scheme, rest)) if scheme.ends_with("http") || scheme.ends_with("https") => host(&rest),
        Some(_) => Err(LinkError::NotAWebAddress),
        None => {
            let address = before.rsplit(OPENING).next().unwrap_or_default();
            let name = address.split('/').next().unwrap_or_default();
            if name.contains('.') { host(name) } else { Err(LinkError::NotAWebAddress) }
        }
    }
}

fn digits_before(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// Reads a text that is a link, or a bare payload, and nothing else.
fn whole(text: &str) -> Result<Link, LinkError> {
    if text.len() > MAX_LINK_BYTES {
        return Err(LinkError::TooLong { bytes: text.len() });
    }
    let text: String = text.replace("%20", "").split_whitespace().collect();
    let text = text.trim_end_matches(TRAILING);
    let (address, payload) = split(text)?;
    let rest = address.map(|address| after_scheme(address).ok_or(LinkError::NotAWebAddress)).transpose()?;
    let by_itself = !MARKS.iter().any(|mark| text.contains(mark)) && digits_before(payload) < payload.len();
    if by_itself && payload.len() < LEAST_WORD {
        return Err(LinkError::NoBadge);
    }
    Ok(Link { host: rest.map(host).transpose()?, payload: read_payload(payload)? })
}

/// The address, if there is one, and the text of the payload.
fn split(text: &str) -> Result<(Option<&str>, &str), LinkError> {
    match MARKS.iter().find_map(|mark| text.split_once(mark)) {
        Some(("", payload)) => Ok((None, payload)),
        Some((address, payload)) => Ok((Some(address), payload)),
        None if text.contains("://") => Err(LinkError::NoFragment),
        None => Ok((None, text)),
    }
}

/// What follows `https://` or `http://`, in either case of letters.
fn after_scheme(address: &str) -> Option<&str> {
    let (scheme, rest) = address.split_once("://")?;
    (scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http")).then_some(rest)
}

/// The host of an address after its `https://`, with its port. A user name (`https://issuer.example@elsewhere.example/`), escapes and
/// letters beyond ASCII are refused: they are how one host is dressed up as another.
fn host(rest: &str) -> Result<String, LinkError> {
    let host = rest.split(['/', '?', '\\']).next().unwrap_or_default();
    let (name, port) = host.split_once(':').map_or((host, None), |(name, port)| (name, Some(port)));
    let plain_name = name.split('.').all(|label| {
        !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    });
    let plain_port = port.is_none_or(|port| {
        port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok_and(|port| port > 0)
    });
    if plain_name && plain_port && host.len() <= MAX_HOST_BYTES {
        Ok(host.to_ascii_lowercase())
    } else {
        Err(LinkError::Host)
    }
}

/// The bytes behind the `#`. Behind [`MIN_DIGITS`] digits nothing but digits is read.
fn read_payload(text: &str) -> Result<Vec<u8>, LinkError> {
    if text.is_empty() {
        return Err(LinkError::Empty);
    }
    let digits = digits_before(text);
    if digits == text.len() {
        return Ok(digits::decode(text)?);
    }
    let known = |c: char| digits < MIN_DIGITS && (c.is_ascii_alphanumeric() || c == '-' || c == '_');
    if let Some((before, found)) = text.chars().enumerate().skip(digits).find(|(_, c)| !known(*c)) {
        return Err(LinkError::Character { found, place: before + 1 });
    }
    let payload =
        BASE64URL_NOPAD.decode(text.as_bytes()).map_err(|_| LinkError::Base64 { characters: text.len() })?;
    if payload.len() > MAX_PAYLOAD_BYTES {
        return Err(LinkError::PayloadTooLong { bytes: payload.len() });
    }
    Ok(payload)
}
