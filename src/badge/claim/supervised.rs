//! The bytes of a supervision that names who supervised, as the front of this room describes them.

use super::ClaimError;
use super::supervision::{Counts, MAX_EXAM_ID, Presence, Proctoring, Review, Supervision};
use super::text::{push_text, read_text};
use crate::badge::holder::Phrase;
use crate::trust::Assurance;
use crate::typing::bytes::{BytesError, Reader, push_varint};

/// The bit of the presence in the byte that says what kind of examination it was; which attempt counts stands above it.
const VIRTUALLY: u8 = 1;

/// Writes the names and what they vouch for; nothing where there are none.
pub(super) fn push(supervision: &Supervision, out: &mut Vec<u8>) {
    match supervision {
        Supervision::Reviewed(Some(review)) => push_review(review, out),
        Supervision::Proctored(Some(proctoring)) => push_proctoring(proctoring, out),
        _ => {}
    }
}

/// Reads them. Nobody supervised what is self-assessed, so nothing is read there, and writing it again gives other bytes.
pub(super) fn read(assurance: Assurance, r: &mut Reader<'_>) -> Result<Supervision, ClaimError> {
    Ok(match assurance {
        Assurance::SelfAssessed => Supervision::SelfAssessed,
        Assurance::Reviewed => read_review(r)?.into(),
        Assurance::Proctored => read_proctoring(r)?.into(),
    })
}

fn push_review(review: &Review, out: &mut Vec<u8>) {
    push_text(out, Some(review.reviewer.as_str()));
    push_text(out, Some(review.title.as_ref().map_or("", Phrase::as_str)));
    push_text(out, Some(review.note.as_ref().map_or("", Phrase::as_str)));
    out.extend_from_slice(&review.badge);
}

fn read_review(r: &mut Reader<'_>) -> Result<Review, ClaimError> {
    Ok(Review {
        reviewer: phrase(r, "reviewer")?,
        title: perhaps(r, "title")?,
        note: perhaps(r, "note")?,
        badge: r.array("reviewed badge")?,
    })
}

fn push_proctoring(p: &Proctoring, out: &mut Vec<u8>) {
    let title = p.title.as_ref().map_or("", Phrase::as_str);
    let identity = p.identity.as_ref().map_or("", Phrase::as_str);
    for text in [p.proctor.as_str(), title, &p.exam, p.exam_title.as_str(), identity] {
        push_text(out, Some(text));
    }
    let presence = if p.presence == Presence::Virtually { VIRTUALLY } else { 0 };
    out.push(presence | (p.counts as u8) << 1);
    [p.attempt, p.attempts].into_iter().for_each(|n| push_varint(out, u64::from(n)));
    out.extend_from_slice(&p.passage);
    out.extend_from_slice(&p.journal);
}

fn read_proctoring(r: &mut Reader<'_>) -> Result<Proctoring, ClaimError> {
    let (proctor, title) = (phrase(r, "proctor")?, perhaps(r, "title")?);
    let exam = read_text(r, MAX_EXAM_ID, "examination")?;
    let (exam_title, identity) = (phrase(r, "title of the examination")?, perhaps(r, "identity")?);
    let kind = r.byte("kind of examination")?;
    let presence = if kind & VIRTUALLY == 0 { Presence::InPerson } else { Presence::Virtually };
    let counts = Counts::ALL.get(usize::from(kind >> 1)).copied();
    Ok(Proctoring {
        proctor,
        title,
        presence,
        identity,
        exam,
        exam_title,
        attempt: r.u32("attempt")?,
        attempts: r.u32("attempts")?,
        counts: counts.ok_or(BytesError::Value("kind of examination", kind.into()))?,
        passage: r.array("passage")?,
        journal: r.array("journal")?,
    })
}

fn phrase<const MOST: usize>(r: &mut Reader<'_>, what: &'static str) -> Result<Phrase<MOST>, ClaimError> {
    Ok(Phrase::new(&read_text(r, MOST, what)?)?)
}

/// A text that may be left out: its length is 0 then.
fn perhaps<const MOST: usize>(
    r: &mut Reader<'_>,
    what: &'static str,
) -> Result<Option<Phrase<MOST>>, ClaimError> {
    let text = read_text(r, MOST, what)?;
    Ok(if text.is_empty() { None } else { Some(Phrase::new(&text)?) })
}
