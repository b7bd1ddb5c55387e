//! Who supervised, as a badge of typeproof says it among its evidence: read strictly, and never without the supervision
//! that it is about.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::members::{self, list};
use super::{gathered, measured};
use crate::badge::claim::{Counts, Presence, Proctoring, Review, Supervision, passage_digest};
use crate::badge::holder::Phrase;
use crate::badge::holes::{LOG_URI, PASSAGE_URI, supervision_holes};
use crate::badge::reasons::Reason;
use crate::badge::template;
use crate::lessons::course::COURSE;
use crate::lessons::practice::PRACTICE;

/// The names of the evidence in which badges name their examination and attempt that do not say who supervised.
const UNSUPERVISED: [&str; 2] = ["Examination", "Attempt"];

/// What is read from the holes of the template's parts, by the holes' names.
type Texts<'a> = BTreeMap<String, &'a str>;

/// Who supervised, where a badge that is counted as ours says so.
///
/// # Errors
/// Where it says it otherwise than ours do, or says another supervision than it states.
pub fn of(credential: &Value) -> Result<Option<Supervision>, Reason> {
    let ours = [PRACTICE, COURSE].iter().any(|name| gathered::counts(credential, name).next().is_some());
    if !ours && !measured::is_counted(credential) {
        return Ok(None);
    }
    let form = || Reason::new("supervised-form");
    let parts = template::supervised();
    let parts = parts.map_err(|why| Reason::new("template-damaged").with("why", why.to_string()))?;
    let items: Vec<(&Value, &Value)> = list(credential.get("evidence"))
        .filter_map(|item| Some((item, list(Some(&parts)).find(|part| genre(part) == genre(item))?)))
        .filter(|(item, _)| genre(item).is_some())
        .collect();
    if items.is_empty() {
        return Ok(None);
    }
    let mut texts = Texts::new();
    for (item, part) in &items {
        take(part, item, &mut texts).ok_or_else(form)?;
    }
    let supervision = said(&texts).ok_or_else(form)?;
    let is_old =
        |item: &Value| UNSUPERVISED.iter().any(|name| item.get("name").and_then(Value::as_str) == Some(name));
    let doubled = supervision.proctoring().is_some() && list(credential.get("evidence")).any(is_old);
    if doubled || !same(&parts, &supervision, items.iter().map(|(item, _)| *item)) {
        return Err(form());
    }
    if let Some(what) = supervision.proctoring().and_then(Proctoring::contradiction) {
        return Err(Reason::new(what));
    }
    match members::assurance(credential) == Some(supervision.assurance()) {
        true => Ok(Some(supervision)),
        false => Err(Reason::new("supervised-other")),
    }
}

/// Whether the text of a log is the one that a proctored badge names.
///
/// # Errors
/// Where it is another.
pub(super) fn same_passage(credential: &Value, text: &str) -> Result<(), Reason> {
    let named = of(credential).ok().flatten();
    match named.as_ref().and_then(Supervision::proctoring) {
        Some(proctoring) if proctoring.passage != passage_digest(text) => {
            Err(Reason::new("evidence-passage"))
        }
        _ => Ok(()),
    }
}

fn genre(item: &Value) -> Option<&str> {
    item.get("genre")?.as_str()
}

/// Takes what stands in the holes of a part; `None` where the item is not that part with something in its holes.
fn take<'a>(part: &Value, item: &'a Value, texts: &mut Texts<'a>) -> Option<()> {
    for (name, pattern) in part.as_object()?.iter().filter(|(name, _)| *name != "?") {
        let pattern = pattern.get("=").unwrap_or(pattern);
        let (Some(pattern), Some(text)) = (pattern.as_str(), item.get(name).and_then(Value::as_str)) else {
            continue;
        };
        for (hole, value) in template::captured(pattern, text)? {
            texts.insert(hole.strip_prefix("claim.")?.to_owned(), value);
        }
    }
    Some(())
}

/// Whether the items are what is written of this supervision, in whatever order: RDF has none.
fn same<'a>(parts: &Value, supervision: &Supervision, items: impl Iterator<Item = &'a Value>) -> bool {
    let holes: Map<String, Value> = supervision_holes(supervision)
        .into_iter()
        .map(|(name, text)| (name.to_owned(), json!(text)))
        .collect();
    let Ok(expected) = template::expand(parts, &json!({"claim": holes})) else { return false };
    let mut expected: Vec<&Value> = list(Some(&expected)).collect();
    let mut items: Vec<&Value> = items.collect();
    expected.sort_by_key(|item| genre(item));
    items.sort_by_key(|item| genre(item));
    expected == items
}

/// The supervision that the texts say; `None` where they say none, or several.
fn said(texts: &Texts<'_>) -> Option<Supervision> {
    match (texts.contains_key("proctor"), texts.contains_key("reviewer")) {
        (true, false) => Some(proctoring(texts)?.into()),
        (false, true) => Some(review(texts)?.into()),
        _ => None,
    }
}

fn review(texts: &Texts<'_>) -> Option<Review> {
    let note = texts.get("review_note").copied()?;
    Some(Review {
        reviewer: phrase(texts, "reviewer")?,
        title: perhaps(texts, "reviewer_title")?,
        note: match note {
            "" => None,
            note => Some(Phrase::new(note.strip_prefix(" Note: ")?).ok()?),
        },
        badge: uuid(texts.get("reviewed_badge")?)?,
    })
}

fn proctoring(texts: &Texts<'_>) -> Option<Proctoring> {
    let word = |name: &str| texts.get(name).copied();
    let number = |name: &str| word(name)?.parse::<u32>().ok();
    let identity = word("identity")?;
    Some(Proctoring {
        proctor: phrase(texts, "proctor")?,
        title: perhaps(texts, "proctor_title")?,
        presence: Presence::ALL.into_iter().find(|p| Some(p.words()) == word("presence"))?,
        identity: match identity.strip_prefix("Identity checked: ") {
            Some(how) => Some(Phrase::new(how).ok()?),
            None => None,
        },
        exam: word("sat")?.to_owned(),
        exam_title: phrase(texts, "sat_title")?,
        attempt: number("sitting")?,
        attempts: number("sittings")?,
        counts: Counts::ALL.into_iter().find(|counts| Some(counts.words()) == word("counts"))?,
        passage: digest(word("passage")?, PASSAGE_URI)?,
        journal: digest(word("journal")?, LOG_URI)?,
    })
}

fn phrase<const MOST: usize>(texts: &Texts<'_>, name: &str) -> Option<Phrase<MOST>> {
    Phrase::new(texts.get(name)?).ok()
}

/// The same where it may be left out; `None` where it is there and is none.
fn perhaps<const MOST: usize>(texts: &Texts<'_>, name: &str) -> Option<Option<Phrase<MOST>>> {
    match texts.contains_key(name) {
        true => phrase(texts, name).map(Some),
        false => Some(None),
    }
}

fn digest<const LENGTH: usize>(uri: &str, front: &str) -> Option<[u8; LENGTH]> {
    let bytes = data_encoding::BASE64URL_NOPAD.decode(uri.strip_prefix(front)?.as_bytes()).ok()?;
    bytes.try_into().ok()
}

/// The bytes of a UUID in a URN.
#[must_use]
pub fn uuid(urn: &str) -> Option<[u8; 16]> {
    let hex = urn.strip_prefix("urn:uuid:")?.replace('-', "");
    data_encoding::HEXLOWER.decode(hex.as_bytes()).ok()?.try_into().ok()
}
