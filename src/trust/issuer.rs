//! One issuer: the TOML file that describes it, and its key's life.

use chrono::{DateTime, NaiveDate, Utc};
use ed25519_dalek::VerifyingKey;
use serde::Deserialize;
use toml::Spanned;
use toml::value::Datetime;

use super::multikey;
use super::{Assurance, checked_name, is_displayable, slug};

/// The largest issuer file, in bytes: a name, an address and a key need less than one thousand.
const MAX_ISSUER_BYTES: usize = 8 * 1024;

/// The longest address or DID of an issuer, in bytes.
const MAX_ADDRESS_BYTES: usize = 512;

/// What became of an issuer's key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Life {
    /// The key signs today.
    InUse,
    /// The key signs no more; what it signed up to this day stays good.
    Retired {
        /// The last day (UTC) on which the key signed.
        until: NaiveDate,
    },
    /// Somebody else may hold the key. Its holder can write any date, so nothing it signed is believed.
    Compromised {
        /// The day (UTC) since which the key is no longer its owner's alone, for people to read.
        since: NaiveDate,
    },
}

/// An issuer whose badges are believed, up to a stated assurance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issuer {
    /// The name to show, as in [`checked_name`].
    pub name: String,
    /// The issuer's page, `https:` or `http:`.
    pub url: Option<String>,
    /// The public key; never a weak one.
    pub key: VerifyingKey,
    /// The first day (UTC) on which a badge of this key may be dated.
    pub from: NaiveDate,
    /// What became of the key.
    pub life: Life,
    /// The strongest assurance this issuer is believed at.
    pub highest_assurance: Assurance,
    /// The issuer's DID where it is not the did:key of [`Issuer::key`], e.g. `did:web:example.org`.
    pub did: Option<String>,
    /// Where the issuer publishes its list of revoked badges, `https:`: badges rebuilt from a QR code name it.
    pub status_list: Option<String>,
}

/// Why an issuer file was not accepted: file, line and what was expected.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}{}: {message}", line.map(|n| format!(", line {n}")).unwrap_or_default())]
pub struct IssuerError {
    /// The name of the file, as given by the caller.
    pub file: String,
    /// The line, counted from 1, where one can be named.
    pub line: Option<usize>,
    /// What was found and what was expected.
    pub message: String,
}

/// The file as written, each value with its place.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    name: Text,
    url: Option<Text>,
    key: Text,
    did: Option<Text>,
    status_list: Option<Text>,
    from: Date,
    state: Text,
    until: Option<Date>,
    since: Option<Date>,
    highest_assurance: Text,
}

/// A text with its place in the file.
type Text = Spanned<String>;
/// A date with its place in the file.
type Date = Spanned<Datetime>;

/// Builds errors that name the file and the line.
struct Place<'a> {
    file: &'a str,
    text: &'a str,
}

impl Place<'_> {
    fn error(&self, offset: Option<usize>, message: impl Into<String>) -> IssuerError {
        let line = offset.map(|at| 1 + self.text.bytes().take(at).filter(|byte| *byte == b'\n').count());
        IssuerError { file: self.file.to_owned(), line, message: message.into() }
    }

    fn at<T>(&self, value: &Spanned<T>, message: impl Into<String>) -> IssuerError {
        self.error(Some(value.span().start), message)
    }

    fn date(&self, value: &Date) -> Result<NaiveDate, IssuerError> {
        let date = value.get_ref();
        let day = match (date.date, date.time) {
            (Some(day), None) => NaiveDate::from_ymd_opt(day.year.into(), day.month.into(), day.day.into()),
            _ => None,
        };
        day.ok_or_else(|| self.at(value, format!("{date} is no day; expected one like 2026-01-31")))
    }

    fn address(&self, value: Option<Text>, schemes: &[&str]) -> Result<Option<String>, IssuerError> {
        let Some(value) = value else { return Ok(None) };
        let text = value.get_ref();
        let known = schemes.iter().any(|scheme| text.len() > scheme.len() && text.starts_with(scheme));
        let plain =
            is_displayable(text) && !text.contains(char::is_whitespace) && text.len() <= MAX_ADDRESS_BYTES;
        if known && plain {
            return Ok(Some(value.into_inner()));
        }
        let shown: String = text.chars().take(80).collect();
        Err(self.at(
            &value,
            format!("{shown:?} was found, expected an address that begins with {}", schemes.join(" or ")),
        ))
    }

    fn key(&self, value: &Text) -> Result<VerifyingKey, IssuerError> {
        let shown: String = value.get_ref().chars().take(80).collect();
        multikey::decode(value.get_ref()).map_err(|why| self.at(value, format!("{shown:?} is {why}")))
    }

    fn life(&self, doc: &Document, from: NaiveDate) -> Result<Life, IssuerError> {
        let life = match (doc.state.get_ref().as_str(), &doc.until, &doc.since) {
            ("in-use", None, None) => Life::InUse,
            ("in-use", Some(date), _)
            | ("in-use", _, Some(date))
            | ("compromised", Some(date), _)
            | ("retired", _, Some(date)) => {
                let text = "this date does not belong to the state; expected `until` with \"retired\", `since` with \
                            \"compromised\", and neither with \"in-use\"";
                return Err(self.at(date, text));
            }
            ("retired", Some(until), None) => Life::Retired { until: self.date(until)? },
            ("compromised", None, Some(since)) => Life::Compromised { since: self.date(since)? },
            ("retired", None, None) => {
                return Err(self.at(&doc.state, "a retired key needs `until`, its last day"));
            }
            ("compromised", None, None) => {
                return Err(self.at(&doc.state, "a compromised key needs `since`, a day"));
            }
            (other, ..) => {
                let text =
                    format!("{other:?} is no state; expected \"in-use\", \"retired\" or \"compromised\"");
                return Err(self.at(&doc.state, text));
            }
        };
        match (&doc.until, life) {
            (Some(date), Life::Retired { until }) if until < from => {
                Err(self.at(date, "`until` is before `from`; expected the last day of use"))
            }
            _ => Ok(life),
        }
    }

    fn issuer(&self, doc: Document) -> Result<Issuer, IssuerError> {
        let from = self.date(&doc.from)?;
        let life = self.life(&doc, from)?;
        let name = checked_name(doc.name.get_ref()).map_err(|why| self.at(&doc.name, why.to_string()))?;
        let key = self.key(&doc.key)?;
        let word = doc.highest_assurance.get_ref();
        let highest_assurance = Assurance::from_word(word).ok_or_else(|| {
            let text = format!(
                "{word:?} is no assurance; expected \"self-assessed\", \"reviewed\" or \"proctored\""
            );
            self.at(&doc.highest_assurance, text)
        })?;
        let url = self.address(doc.url, &["https://", "http://"])?;
        let did_at = doc.did.as_ref().map(|did| did.span().start);
        let did = self.address(doc.did, &["did:"])?;
        if let Some(other) = did.as_deref().and_then(|did| did.strip_prefix("did:key:"))
            && other != multikey::encode(&key)
        {
            return Err(
                self.error(did_at, "this did:key is not that of `key`; expected the same key, or no `did`")
            );
        }
        let status_list = self.address(doc.status_list, &["https://"])?;
        Ok(Issuer { name, url, key, from, life, highest_assurance, did, status_list })
    }
}

impl Issuer {
    /// Reads an issuer from the text of its TOML file; `file` is only for messages.
    ///
    /// # Errors
    /// When a member is missing, unknown or not as expected, dates contradict the state, or the key is weak. The
    /// message names the file, the line and what was expected.
    pub fn parse(file: &str, text: &str) -> Result<Self, IssuerError> {
        let place = Place { file, text };
        if text.len() > MAX_ISSUER_BYTES {
            return Err(place
                .error(None, format!("longer than {MAX_ISSUER_BYTES} bytes; expected one issuer a file")));
        }
        let doc = toml::from_str(text)
            .map_err(|why| place.error(why.span().map(|span| span.start), why.message()))?;
        place.issuer(doc)
    }

    /// The text of this issuer's TOML file; [`Issuer::parse`] reads it back equal.
    #[must_use]
    pub fn to_toml(&self) -> String {
        let (state, until, since) = match self.life {
            Life::InUse => ("in-use", None, None),
            Life::Retired { until } => ("retired", Some(until), None),
            Life::Compromised { since } => ("compromised", None, Some(since)),
        };
        let key = multikey::encode(&self.key);
        let mut lines = vec![format!("name = {}", quoted(&self.name))];
        lines.extend(self.url.iter().map(|url| format!("url = {}", quoted(url))));
        lines.push(format!("key = {}", quoted(&key)));
        lines.extend(self.did.iter().map(|did| format!("did = {}", quoted(did))));
        lines.extend(self.status_list.iter().map(|url| format!("status_list = {}", quoted(url))));
        lines.push(format!("from = {}", self.from));
        lines.push(format!("state = {}", quoted(state)));
        lines.extend(until.map(|day| format!("until = {day}")));
        lines.extend(since.map(|day| format!("since = {day}")));
        lines.push(format!("highest_assurance = {}\n", quoted(self.highest_assurance.as_str())));
        lines.join("\n")
    }

    /// The name of this issuer's file: the slug of its name and the end of its key, e.g. `city-college-7Qx3mK2a.toml`.
    #[must_use]
    pub fn file_name(&self) -> String {
        let key = multikey::encode(&self.key);
        let end = key.get(key.len().saturating_sub(8)..).unwrap_or_default();
        let name = slug(&self.name, 40);
        format!("{}-{end}.toml", if name.is_empty() { "issuer" } else { &name })
    }

    /// Whether a badge dated `issued` lies in the days on which this key signed.
    pub(super) fn covers(&self, issued: DateTime<Utc>) -> Result<(), OutOfLife> {
        let day = issued.date_naive();
        match self.life {
            Life::Compromised { .. } => Err(OutOfLife::Compromised),
            _ if day < self.from => Err(OutOfLife::TooEarly),
            Life::Retired { until } if day > until => Err(OutOfLife::Retired),
            _ => Ok(()),
        }
    }
}

/// Why a date lies outside a key's life.
pub(super) enum OutOfLife {
    TooEarly,
    Retired,
    Compromised,
}

/// A text as a TOML basic string.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}
