//! Whether the issuer is trusted: for the badge's date, and for the supervision that it states.

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::signed::Signed;
use super::summary::{self, Summary};
use super::time;
use super::verdict::Answer;
use crate::badge::reasons::Reason;
use crate::badge::vc::key::PublicKey;
use crate::trust::{Assurance, Standing, TrustList, looks_same};

/// What the list of trusted issuers says of those who signed, and whether that refuses the badge.
pub(super) fn answer(
    credential: &Value,
    summary: &Summary,
    proofs: &[Signed],
    trust: &TrustList,
    now: DateTime<Utc>,
) -> (Answer, bool) {
    let issued = time::from(credential).unwrap_or(now);
    let assurance = summary::assurance(credential).unwrap_or(Assurance::SelfAssessed);
    // The key must have been in use on the badge's date, and when the proof says that it was made.
    let dated =
        proofs.iter().flat_map(|signed| [Some(issued), signed.created].map(|date| (&signed.key, date)));
    let judged = dated.filter_map(|(key, date)| {
        let date = date?;
        let standing = key.ed25519().map(|key| trust.judge(key, date, assurance));
        Some(standing_of(standing.unwrap_or(Standing::Unknown), summary, assurance, key))
    });
    let answers: Vec<(Answer, bool)> = judged.collect();
    // The worst of all proofs counts: a key that is refused before one that is merely unknown, both before a good one.
    let worst = answers.iter().find(|(_, refused)| *refused);
    let worst = worst.or_else(|| answers.iter().find(|(answer, _)| !answer.is_yes())).or(answers.first());
    worst.cloned().unwrap_or((Answer::No(Reason::new("proof-missing")), true))
}

/// What the issuer says of the supervision.
fn supervised(summary: &Summary) -> Reason {
    match summary.assurance.as_deref().and_then(Assurance::from_word) {
        Some(assurance) => Reason::new("supervised").with("assurance", Reason::from(assurance)),
        None => Reason::new("unsupervised"),
    }
}

/// What the standing of a key answers, and whether that refuses the badge.
fn standing_of(
    standing: Standing<'_>,
    summary: &Summary,
    assurance: Assurance,
    key: &PublicKey,
) -> (Answer, bool) {
    let refused = |code, name: &str| (Answer::No(Reason::new(code).with("name", name)), true);
    match standing {
        Standing::Trusted(issuer) => {
            let reason = Reason::new("issuer-trusted")
                .with("name", issuer.name.as_str())
                .with("supervised", supervised(summary));
            (Answer::Yes(otherwise_called(reason, &issuer.name, summary)), false)
        }
        Standing::Yourself => (Answer::No(Reason::new("issuer-yourself")), false),
        Standing::Unknown => {
            let reason = Reason::new("issuer-unknown")
                .with("key", key.shown())
                .with("name", summary::quoted(&summary.issuer_name));
            (Answer::No(reason), false)
        }
        Standing::TooEarly(issuer) => refused("issuer-too-early", &issuer.name),
        Standing::Retired(issuer) => refused("issuer-retired", &issuer.name),
        Standing::Compromised(issuer) => refused("issuer-compromised", &issuer.name),
        Standing::AboveHighestAssurance(issuer) => {
            let reason = Reason::new("issuer-above-highest")
                .with("assurance", Reason::from(assurance))
                .with("name", issuer.name.as_str())
                .with("highest", Reason::from(issuer.highest_assurance));
            (Answer::No(reason), true)
        }
    }
}

/// Adds that the badge gives a known issuer another name, if it does.
fn otherwise_called(reason: Reason, known: &str, summary: &Summary) -> Reason {
    let own = summary.issuer_name.as_str();
    match own.is_empty() || looks_same(known, own) {
        true => reason.with("otherwise", ""),
        false => reason.with("otherwise", Reason::new("issuer-otherwise").with("name", summary::quoted(own))),
    }
}
