//! Reads the TOML file that describes an issuer: strictly, since trust rides on it.

use chrono::NaiveDate;
use ed25519_dalek::VerifyingKey;
use serde::Deserialize;
use toml::Spanned;
use toml::value::Datetime;

use super::assurance::Assurance;
use super::issuer::Issuer;
use super::keys::{KeyTerm, Keys, KeysError, Life};
use super::multikey;
use super::name::{checked_name, is_displayable};
use super::profile::Profile;

/// The largest issuer file, in bytes: a name, an address and a key need less than one thousand, and each further key
/// less than two hundred.
const MAX_ISSUER_BYTES: usize = 8 * 1024;

/// The longest address or DID of an issuer, in bytes.
const MAX_ADDRESS_BYTES: usize = 512;

/// The most former profiles of an issuer: one a year for longer than badges last.
const MAX_FORMER: usize = 16;

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

/// The file as written, each value with its place. The members of a key stand here where there is one key, and within
/// `keys` where there are several.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    name: Text,
    url: Option<Text>,
    key: Option<Text>,
    did: Option<Text>,
    status_list: Option<Text>,
    from: Option<Date>,
    state: Option<Text>,
    until: Option<Date>,
    since: Option<Date>,
    highest_assurance: Text,
    email: Option<Text>,
    image: Option<Text>,
    former: Option<Vec<Former>>,
    keys: Option<Vec<Entry>>,
}

/// A former profile as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Former {
    name: Text,
    url: Option<Text>,
    email: Option<Text>,
    image: Option<Text>,
}

/// A key as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    key: Text,
    from: Date,
    state: Text,
    until: Option<Date>,
    since: Option<Date>,
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

    /// A member that must be there; the wording is that of the reader of TOML.
    fn needed<T>(&self, value: Option<T>, name: &str) -> Result<T, IssuerError> {
        value.ok_or_else(|| self.error(Some(0), format!("missing field `{name}`")))
    }

    fn date(&self, value: &Date) -> Result<NaiveDate, IssuerError> {
        let date = value.get_ref();
        let day = match (date.date, date.time) {
            (Some(day), None) => NaiveDate::from_ymd_opt(day.year.into(), day.month.into(), day.day.into()),
            _ => None,
        };
        day.ok_or_else(|| self.at(value, format!("{date} is not a date; expected one like 2026-01-31")))
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
        multikey::decode(value.get_ref()).map_err(|why| {
            self.at(
                value,
                format!("{shown:?} cannot be used as a key, which is z6Mk and 44 more characters: {why}"),
            )
        })
    }

    fn life(&self, entry: &Entry, from: NaiveDate) -> Result<Life, IssuerError> {
        let life = match (entry.state.get_ref().as_str(), &entry.until, &entry.since) {
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
                return Err(self.at(&entry.state, "a retired key needs `until`, its last day"));
            }
            ("compromised", None, None) => {
                return Err(self.at(&entry.state, "a compromised key needs `since`, a day"));
            }
            (other, ..) => {
                let text =
                    format!("{other:?} is not a state; expected \"in-use\", \"retired\" or \"compromised\"");
                return Err(self.at(&entry.state, text));
            }
        };
        match (&entry.until, life) {
            (Some(date), Life::Retired { until }) if until < from => {
                Err(self.at(date, "`until` is before `from`; expected the last day of use"))
            }
            _ => Ok(life),
        }
    }

    /// The one key of the file's own members.
    fn own_key(&self, doc: &mut Document) -> Result<Entry, IssuerError> {
        Ok(Entry {
            key: self.needed(doc.key.take(), "key")?,
            from: self.needed(doc.from.take(), "from")?,
            state: self.needed(doc.state.take(), "state")?,
            until: doc.until.take(),
            since: doc.since.take(),
        })
    }

    /// Refuses a member of a key that stands beside `[[keys]]`: it would be unclear whose it is.
    fn no_own_key(&self, doc: &Document) -> Result<(), IssuerError> {
        let texts = [("key", &doc.key), ("state", &doc.state)];
        let dates = [("from", &doc.from), ("until", &doc.until), ("since", &doc.since)];
        let texts = texts.into_iter().filter_map(|(name, value)| Some((name, value.as_ref()?.span().start)));
        let dates = dates.into_iter().filter_map(|(name, value)| Some((name, value.as_ref()?.span().start)));
        match texts.chain(dates).min_by_key(|(_, at)| *at) {
            Some((name, at)) => {
                let text =
                    format!("`{name}` stands beside `[[keys]]`; expected it within the key that it is about");
                Err(self.error(Some(at), text))
            }
            None => Ok(()),
        }
    }

    fn keys(&self, doc: &mut Document) -> Result<Keys, IssuerError> {
        let entries = match doc.keys.take() {
            None => vec![self.own_key(doc)?],
            Some(entries) => {
                self.no_own_key(doc)?;
                entries
            }
        };
        let mut keys: Option<Keys> = None;
        for entry in &entries {
            let from = self.date(&entry.from)?;
            let term = KeyTerm { life: self.life(entry, from)?, key: self.key(&entry.key)?, from };
            match &mut keys {
                None => keys = Some(Keys::from(term)),
                Some(keys) => keys.push(term).map_err(|why| self.at(&entry.key, why.to_string()))?,
            }
        }
        keys.ok_or_else(|| self.error(None, KeysError::Empty.to_string()))
    }

    /// Refuses a did:key that is not that of the issuer's one key.
    fn did(&self, value: Option<Text>, keys: &Keys) -> Result<Option<String>, IssuerError> {
        let at = value.as_ref().map(|did| did.span().start);
        let did = self.address(value, &["did:"])?;
        let Some(key) = did.as_deref().and_then(|did| did.strip_prefix("did:key:")) else { return Ok(did) };
        let why = match keys.count() {
            1 if key == multikey::encode(&keys.first().key) => return Ok(did),
            1 => "this did:key is not that of `key`; expected the same key, or no `did`",
            _ => {
                "a did:key is one key, and this issuer has several; expected another kind of DID, or no `did`"
            }
        };
        Err(self.error(at, why))
    }

    fn profile(&self, written: Former) -> Result<Profile, IssuerError> {
        let Former { name, url, email, image } = written;
        let checked = checked_name(name.get_ref()).map_err(|why| self.at(&name, why.to_string()))?;
        let is_address = |text: &str| {
            let plain = is_displayable(text) && !text.contains(char::is_whitespace);
            plain
                && text.len() <= MAX_ADDRESS_BYTES
                && text.split_once('@').is_some_and(|(a, b)| !a.is_empty() && b.contains('.'))
        };
        if let Some(email) = email.as_ref().filter(|email| !is_address(email.get_ref())) {
            return Err(self.at(email, "expected an e-mail address such as office@example.org"));
        }
        Ok(Profile {
            name: checked,
            url: self.address(url, &["https://", "http://"])?,
            email: email.map(Spanned::into_inner),
            image: self.address(image, &["https://"])?,
        })
    }

    fn former(&self, written: Vec<Former>) -> Result<Vec<Profile>, IssuerError> {
        if written.len() > MAX_FORMER {
            return Err(self.error(None, format!("more than {MAX_FORMER} former profiles; expected fewer")));
        }
        written.into_iter().map(|former| self.profile(former)).collect()
    }

    fn issuer(&self, mut doc: Document) -> Result<Issuer, IssuerError> {
        let keys = self.keys(&mut doc)?;
        let word = doc.highest_assurance.get_ref();
        let highest_assurance = Assurance::from_word(word).ok_or_else(|| {
            let text = format!(
                "{word:?} is not an assurance; expected \"self-assessed\", \"reviewed\" or \"proctored\""
            );
            self.at(&doc.highest_assurance, text)
        })?;
        let now = Former { name: doc.name, url: doc.url, email: doc.email, image: doc.image };
        let Profile { name, url, email, image } = self.profile(now)?;
        let former = self.former(doc.former.unwrap_or_default())?;
        let did = self.did(doc.did, &keys)?;
        let status_list = self.address(doc.status_list, &["https://"])?;
        Ok(Issuer { name, url, email, image, former, keys, highest_assurance, did, status_list })
    }
}

impl Issuer {
    /// Reads an issuer from the text of its TOML file; `file` is only for messages.
    ///
    /// # Errors
    /// When a member is missing, unknown or not as expected, dates contradict a state, or a key is weak or there
    /// twice.
    /// The message names the file, the line and what was expected.
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
}
