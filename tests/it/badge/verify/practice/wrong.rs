//! Records that are not the badge's, and records with attempts that are no practice.

use typeproof::trust::Assurance;
use typeproof::typing::attempt::Attempt;
use typeproof::typing::keyboard::Keyboard;
use typeproof::typing::record::Record;

use super::{Cases, own};
use crate::support::cast::{self, TYPED, Who};
use crate::support::records::{self, COLLEGE, TEN_HOURS, record};
use crate::support::vector::Vector;

/// A record that is not the one that the badge names, or that is none.
pub(super) fn wrong_records() -> Cases {
    let whole = record(&TEN_HOURS);
    let given = |what, bytes: &[u8], why| {
        Vector::credential(what, &COLLEGE.credential).with_log(bytes).expect(
            "refused",
            "yes yes - no yes",
            why,
        )
    };
    const OTHER: &str = "is not the one that the badge names";
    let mut reversed = TEN_HOURS.clone();
    reversed.reverse();
    let exchanged = exchanged(&whole);
    let level = cast::issue(Who::College, &cast::claim(Who::College, Assurance::Proctored));
    vec![
        ("record-of-another", given("Somebody else's record.", &record(&records::remarked()), OTHER)),
        ("record-without-one", given("An exercise is missing.", &record(&TEN_HOURS[..4]), OTHER)),
        ("record-in-another-order", given("Another order.", &record(&reversed), OTHER)),
        (
            "record-exchanged",
            given(
                "An exercise was exchanged, and the list left.",
                &exchanged,
                "keystroke log 2 of the record",
            ),
        ),
        ("record-cut-off", given("The last byte is gone.", &whole[..whole.len() - 1], "the data is cut off")),
        ("record-longer", given("A byte more.", &[&whole[..], &[0]].concat(), "1 bytes follow the end")),
        ("record-empty", given("Nothing.", &[], "this file is not a record of practice")),
        (
            "record-is-one-attempt",
            given("One exercise alone.", &TEN_HOURS[0].to_bytes(), "this file is not a record of practice"),
        ),
        (
            "record-of-a-level",
            Vector::credential("A record beside a level's badge.", &level.credential)
                .with_log(&whole)
                .expect("refused", "yes yes - no yes", OTHER),
        ),
        ("record-of-a-test", given("The log of a level's test.", &TYPED.bytes, "not a record of practice")),
    ]
}

/// A record of which one file is another, and the list says otherwise.
fn exchanged(whole: &[u8]) -> Vec<u8> {
    let other = records::slowly("2026-11-20T14:00:00Z", 1_400).to_bytes();
    let read = Record::from_bytes(whole).unwrap();
    let mut files = read.files.clone();
    files[1] = &other;
    Record { digests: read.digests, files }.to_bytes().unwrap()
}

/// Badges that name a record whose attempts are no ground: the learner's key signs whatever is wished.
pub(super) fn wrong_attempts() -> Cases {
    let named = |what, attempts: &[Attempt], why| {
        let record = record(attempts);
        Vector::credential(what, &records::issue(Who::Learner, &own(&record)).credential)
            .being(Who::Learner)
            .with_log(&record)
            .expect("refused", "yes no - no yes", why)
    };
    let with = |place: usize, attempt: Attempt| {
        let mut all = TEN_HOURS.clone();
        all[place] = attempt;
        all
    };
    let changed = |change: fn(&mut Attempt)| {
        let mut attempt = TEN_HOURS[2].clone();
        change(&mut attempt);
        with(2, attempt)
    };
    let twice = with(4, TEN_HOURS[3].clone());
    let mut disordered = TEN_HOURS.clone();
    disordered.swap(1, 2);
    let more = [&TEN_HOURS[..], &[records::slowly("2026-11-23T22:00:00Z", 20)]].concat();
    let later = [&TEN_HOURS[..], &[records::slowly("2026-11-25T10:00:00Z", 20)]].concat();
    vec![
        ("attempt-twice", named("One exercise twice.", &twice, "log 5 of the record is log 4 again")),
        (
            "attempts-overlap",
            named(
                "One begins in the midst of another.",
                &with(1, records::slowly("2026-11-20T11:00:00Z", 1_450)),
                "log 2 of the record begins before the one before it has ended",
            ),
        ),
        (
            "attempts-disordered",
            named("Not in their order.", &disordered, "log 3 of the record begins before"),
        ),
        (
            "attempt-on-the-last-evening",
            named(
                "One more, that ends after the signing.",
                &more,
                "log 6 of the record was made after the badge was signed",
            ),
        ),
        (
            "attempt-after-the-signing",
            named(
                "One of another day after it.",
                &later,
                "log 6 of the record was made after the badge was signed",
            ),
        ),
        (
            "attempt-without-practice",
            named(
                "One key and another a minute later.",
                &with(2, records::with_pauses("2026-11-21T09:30:00Z", [60_000])),
                "log 3 of the record does not count as practice: no time in it is practice",
            ),
        ),
        (
            "attempt-of-a-program",
            named(
                "A thousand keys at once.",
                &with(2, records::with_pauses("2026-11-21T09:30:00Z", vec![0; 1_000])),
                "log 3 of the record does not count as practice: ",
            ),
        ),
        (
            "attempt-with-a-fast-clock",
            named(
                "Two hours in the log, one minute on the wall.",
                &changed(|attempt| attempt.wall_ms = 60_000),
                "log 3 of the record does not count as practice: the machine slept or its clock was changed",
            ),
        ),
        (
            "attempt-with-a-wrong-clock",
            named(
                "The clock that timed it was ten seconds off.",
                &changed(|attempt| {
                    attempt.circumstances = Some(typeproof::typing::circumstances::Circumstances {
                        machine_ahead_ms: 10_000,
                        ..Default::default()
                    })
                }),
                "log 3 of the record does not count as practice: the clock that timed the test",
            ),
        ),
        (
            "attempt-emulated",
            named(
                "A layout that the keyboard is not set to.",
                &changed(|attempt| {
                    attempt.keyboard =
                        Some(Keyboard { set_to: Some("us".to_owned()), ..Keyboard::of("colemak") });
                }),
                "log 3 of the record does not count as practice: the layout was emulated",
            ),
        ),
        ("attempt-no-log", named_bytes("A file within it is no attempt.")),
    ]
}

/// A record with a file that is no attempt, and a badge that names it.
fn named_bytes(what: &str) -> Vector {
    let mut files: Vec<Vec<u8>> = TEN_HOURS.iter().map(Attempt::to_bytes).collect();
    files[3] = b"no attempt".to_vec();
    let record = Record::of(files.iter().map(Vec::as_slice).collect()).to_bytes().unwrap();
    Vector::credential(what, &records::issue(Who::Learner, &own(&record)).credential)
        .being(Who::Learner)
        .with_log(&record)
        .expect("refused", "yes no - no yes", "keystroke log 4 of the record cannot be replayed")
}
