//! Hours of practice in tests: exercises with a key every five seconds, the longest pause that counts, so that hours are
//! few keys; their record, and claims about them.

use std::sync::{Arc, LazyLock};

use chrono::{DateTime, Utc};
use typeproof::badge::claim::{Claim, Gathered, Measured};
use typeproof::badge::credential::{self, Badge, Texts};
use typeproof::lessons::practice::{Milestone, Practice};
use typeproof::trust::Assurance;
use typeproof::typing::attempt::Attempt;
use typeproof::typing::circumstances::Circumstances;
use typeproof::typing::key::{Millis, Stroke};
use typeproof::typing::record::Record;
use typeproof::typing::rules::{Limit, Rules};
use typeproof::typing::session::Session;
use typeproof::typing::text::Lookalikes;

use super::cast::{self, Who};
use super::typing::exercise;

/// A time as the history has it, in milliseconds.
pub fn at(time: &str) -> i64 {
    time.parse::<DateTime<Utc>>().unwrap().timestamp_millis()
}

/// An exercise begun then, with a key after each of these pauses; it is given up at the last key.
pub fn with_pauses(start: &str, pauses: impl IntoIterator<Item = Millis>) -> Attempt {
    let pauses: Vec<Millis> = pauses.into_iter().collect();
    let text = vec!["never"; pauses.len() / 6 + 2].join(" ");
    let exercise = exercise(&text, Lookalikes::default(), Rules::practice(Limit::Text));
    let mut session = Session::new(Arc::clone(&exercise));
    let mut now = 0;
    for pause in [0].into_iter().chain(pauses) {
        now += pause;
        let key = session.due().unwrap();
        session.press(Stroke { at: now, key });
    }
    session.give_up(now);
    let log = session.log().unwrap();
    let (started_unix_ms, wall_ms) = (at(start), i64::from(log.close.at));
    Attempt { exercise, level: None, started_unix_ms, wall_ms, circumstances: None, keyboard: None, log }
}

/// So many keys, five seconds from one to the next.
pub fn slowly(start: &str, keys: usize) -> Attempt {
    with_pauses(start, vec![5_000; keys])
}

/// Ten hours and four minutes: five exercises on four days.
pub static TEN_HOURS: LazyLock<Vec<Attempt>> = LazyLock::new(|| {
    let starts = ["20T10:00:00", "20T14:00:00", "21T09:30:00", "22T08:00:00", "23T20:00:00.250"];
    starts.iter().map(|start| slowly(&format!("2026-11-{start}Z"), 1_450)).collect()
});

/// The same where something was seen besides the keys of the second.
pub fn remarked() -> Vec<Attempt> {
    let mut all = TEN_HOURS.clone();
    all[1].circumstances = Some(Circumstances { together: 12, early: 3, ..Circumstances::default() });
    all
}

/// What attempts come to.
pub fn practice(attempts: &[Attempt]) -> Practice {
    let mut practice = Practice::default();
    for attempt in attempts {
        practice.add(attempt).unwrap();
    }
    practice
}

/// The record of attempts, as they stand.
pub fn record(attempts: &[Attempt]) -> Vec<u8> {
    let files: Vec<Vec<u8>> = attempts.iter().map(Attempt::to_bytes).collect();
    Record::of(files.iter().map(Vec::as_slice).collect()).to_bytes().unwrap()
}

/// The name by which a badge names a record.
pub fn name(record: &[u8]) -> [u8; 16] {
    Record::from_bytes(record).unwrap().name()[..16].try_into().unwrap()
}

/// The claim to ten hours that these attempts bear out, and a record that may be another.
pub fn claim(who: Who, assurance: Assurance, attempts: &[Attempt], record: &[u8]) -> Claim {
    let (gathered, start_unix) = Gathered::of(&practice(attempts));
    Claim {
        level: Texts::of_practice(ten()).reference(),
        measured: Measured::Practice(gathered),
        start_unix,
        log: name(record),
        ..cast::claim(who, assurance)
    }
}

/// The milestone of ten hours.
pub fn ten() -> Milestone {
    Milestone::of_hours(10).unwrap()
}

/// Issues a claim to ten hours.
pub fn issue(who: Who, claim: &Claim) -> Badge {
    credential::issue(claim, &Texts::of_practice(ten()), &who.profile(), &who.key()).unwrap()
}

/// The college's badge of the ten hours.
pub static COLLEGE: LazyLock<Badge> = LazyLock::new(|| {
    let record = record(&TEN_HOURS);
    issue(Who::College, &claim(Who::College, Assurance::Proctored, &TEN_HOURS, &record))
});

/// Saves exercises as if they had just been typed.
#[cfg(feature = "terminal")]
pub fn save(desk: &mut typeproof::desk::Desk, attempts: &[Attempt]) {
    for attempt in attempts {
        let time = |ms: i64| DateTime::<Utc>::from_timestamp_millis(ms).unwrap();
        let (start, end) = (attempt.started_unix_ms, attempt.started_unix_ms + attempt.wall_ms);
        desk.finish(attempt.replay().unwrap(), None, time(start)..time(end)).unwrap();
    }
}
