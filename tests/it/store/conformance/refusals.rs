//! What every history refuses: the error is the right one, it says what to do, and nothing is left behind.

use tempfile::NamedTempFile;
use typeproof::store::files::FileError;
use typeproof::store::history::{AttemptRow, BadgeRow, Ended, Store, StoreError};

use super::{CASES, Contents, Open, gave_up};
use crate::support::rows::{attempt, attempt_of, badge, foreign_badge, save};
use crate::support::typing::{attempt_file, typed};

/// A name, what is tried with the history of [`furnish`], whether the error is the right one, and what it says.
pub(super) type Refusal =
    (&'static str, fn(&mut dyn Store) -> Result<(), StoreError>, fn(&StoreError) -> bool, &'static str);

/// A passed and claimed attempt, a failed one, a passed one, one that was given up, one that can be replayed, and a
/// badge from elsewhere.
fn furnish(history: &mut dyn Store) {
    save(history, [1, 2, 4]);
    let (row, bytes) = gave_up(8);
    history.save_attempt(&row, &bytes).unwrap();
    let bytes = attempt_file(&typed("abba", "abba", 100));
    history.save_attempt(&attempt_of(10, &bytes), &bytes).unwrap();
    history.save_badge(&badge(1, 1)).unwrap();
    history.save_badge(&foreign_badge(2)).unwrap();
}

fn save_as(
    history: &mut dyn Store,
    change: impl FnOnce(&mut AttemptRow, &mut Vec<u8>),
) -> Result<(), StoreError> {
    let (mut row, mut bytes) = attempt(13);
    change(&mut row, &mut bytes);
    history.save_attempt(&row, &bytes)
}

fn badge_as(history: &mut dyn Store, change: impl FnOnce(&mut BadgeRow)) -> Result<(), StoreError> {
    let mut row = badge(5, 4);
    change(&mut row);
    history.save_badge(&row)
}

pub(super) const REFUSALS: &[Refusal] = &[
    (
        "an attempt a second time",
        |history| history.save_attempt(&attempt(1).0, &attempt(1).1),
        |why| matches!(why, StoreError::Exists { what: "attempt", .. }),
        "is already saved and is not overwritten",
    ),
    (
        "another attempt of that identifier",
        |history| save_as(history, |row, _| row.id = attempt(2).0.id),
        |why| matches!(why, StoreError::Exists { what: "attempt", .. }),
        "is already saved and is not overwritten",
    ),
    (
        "an attempt whose log was altered",
        |history| save_as(history, |_, bytes| bytes[0] ^= 1),
        |why| matches!(why, StoreError::WrongDigest(_)),
        "does not fit its keystroke log",
    ),
    (
        "an attempt whose digest was altered",
        |history| save_as(history, |row, _| row.digest[31] ^= 1),
        |why| matches!(why, StoreError::WrongDigest(_)),
        "does not fit its keystroke log",
    ),
    (
        "an attempt without its log",
        |history| save_as(history, |_, bytes| bytes.clear()),
        |why| matches!(why, StoreError::WrongDigest(_)),
        "does not fit its keystroke log",
    ),
    (
        "an attempt without an identifier",
        |history| save_as(history, |row, _| row.id.clear()),
        |why| matches!(why, StoreError::Strange { what: "attempt", .. }),
        "holds a value that typeproof does not write",
    ),
    (
        "an attempt that was given up and passed",
        |history| save_as(history, |row, _| (row.passed, row.ended) = (true, Ended::GaveUp)),
        |why| matches!(why, StoreError::Unfinished(_)),
        "was not finished, so it cannot have passed",
    ),
    (
        "a badge of an attempt that is not saved",
        |history| badge_as(history, |row| row.attempt_id = Some(attempt(13).0.id)),
        |why| matches!(why, StoreError::NoAttempt { .. }),
        "which is not saved; save the attempt first",
    ),
    (
        "a badge of the beginning of an identifier",
        |history| badge_as(history, |row| row.attempt_id = Some(attempt(4).0.id[..25].to_owned())),
        |why| matches!(why, StoreError::NoAttempt { .. }),
        "which is not saved; save the attempt first",
    ),
    (
        "a badge of an attempt without a name",
        |history| badge_as(history, |row| row.attempt_id = Some(String::new())),
        |why| matches!(why, StoreError::NoAttempt { .. }),
        "which is not saved; save the attempt first",
    ),
    (
        "a badge of an attempt that was given up",
        |history| badge_as(history, |row| row.attempt_id = Some(attempt(8).0.id)),
        |why| matches!(why, StoreError::NoGround { .. }),
        "only a passed test has a badge",
    ),
    (
        "a second badge of an attempt",
        |history| badge_as(history, |row| row.attempt_id = Some(attempt(1).0.id)),
        |why| matches!(why, StoreError::Claimed { .. }),
        "has its badge already, urn:uuid:00000001-0000-4000-8000-000000000000; `typeproof badge show`",
    ),
    (
        "a second badge of an attempt, by another issuer and for no level",
        |history| history.save_badge(&BadgeRow { attempt_id: Some(attempt(1).0.id), ..foreign_badge(7) }),
        |why| matches!(why, StoreError::Claimed { .. }),
        "has its badge already",
    ),
    (
        "a badge of an attempt that has one a second time",
        |history| history.save_badge(&badge(1, 1)),
        |why| matches!(why, StoreError::Claimed { .. }),
        "has its badge already",
    ),
    (
        "another badge of that identifier",
        |history| badge_as(history, |row| row.id = badge(1, 1).id),
        |why| matches!(why, StoreError::Exists { what: "badge", .. }),
        "is already saved and is not overwritten",
    ),
    (
        "a badge from elsewhere a second time",
        |history| history.save_badge(&foreign_badge(2)),
        |why| matches!(why, StoreError::Exists { what: "badge", .. }),
        "is already saved and is not overwritten",
    ),
    (
        "a badge without an identifier",
        |history| badge_as(history, |row| row.id.clear()),
        |why| matches!(why, StoreError::Strange { what: "badge", .. }),
        "holds a value that typeproof does not write",
    ),
    (
        "the beginning of several attempts",
        |history| history.attempt("0").map(drop),
        |why| matches!(why, StoreError::Ambiguous { what: "attempt", matches, .. } if matches.len() == 5),
        "\"0\" begins more than one attempt: 00000000000000000000000001, 00000000000000000000000002, ",
    ),
    (
        "the beginning of several badges",
        |history| history.badge("0000000").map(drop),
        |why| matches!(why, StoreError::Ambiguous { what: "badge", matches, .. } if matches.len() == 2),
        "\"0000000\" begins more than one badge: urn:uuid:00000001",
    ),
    (
        "a copy onto a file that is there",
        |history| history.backup_to(NamedTempFile::new().unwrap().path()).map(drop),
        |why| matches!(why, StoreError::File(FileError::Exists(_))),
        "already there and is not overwritten",
    ),
    (
        "a copy into a file",
        |history| history.backup_to(&NamedTempFile::new().unwrap().path().join("copy")).map(drop),
        |why| matches!(why, StoreError::File(_)),
        "could not be",
    ),
];

/// The error is the right one and says so, and the history is as it was.
pub(super) fn refuses_what_a_history_refuses(refusal: &Refusal, open: Open<'_>) {
    let (name, attempt, is_right, words) = refusal;
    let mut history = open();
    furnish(&mut *history);
    let before = Contents::of(&mut *history);
    let why = attempt(&mut *history).expect_err(name);
    assert!(is_right(&why) && why.to_string().contains(words), "{name}: {why:?} says {why}");
    assert!(!why.to_string().to_lowercase().contains("sqlite"), "{name}: {why} names a backend");
    assert_eq!(Contents::of(&mut *history), before, "{name}: nothing is left behind");
    drop(history);
    assert_eq!(Contents::of(&mut *open()), before, "{name}: opened again");
    save(&mut *open(), [13]);
}

#[test]
fn refusals_outnumber_what_is_done() {
    assert!(REFUSALS.len() > CASES.len());
}
