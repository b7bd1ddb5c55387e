//! The conformance suite: what every history does and what it refuses, whatever it is kept in. Another backend needs
//! its own pair of tests at the end, nothing else.

mod refusals;

use chrono::{DateTime, Utc};
use tempfile::TempDir;
use typeproof::store::history::{
    AttemptRow, BadgeRow, CoachRow, Counts, Ended, Filter, LevelRecord, Practised, Store, StoreError,
};
use typeproof::store::sqlite::Sqlite;
use typeproof::typing::keystrokes::Keystrokes;

use crate::support::rows::{attempt, attempt_of, badge, foreign_badge, rows, save};
use crate::support::typing::{attempt_file, typed};
use refusals::{REFUSALS, refuses_what_a_history_refuses};

/// Opens one and the same history, again and again.
type Open<'a> = &'a dyn Fn() -> Box<dyn Store>;

/// What a history answers to everything it can be asked.
#[derive(Debug, PartialEq)]
struct Contents {
    attempts: Vec<Option<(AttemptRow, Vec<u8>)>>,
    badges: Vec<BadgeRow>,
    counts: Counts,
    records: Vec<LevelRecord>,
    unclaimed: Vec<AttemptRow>,
    seen: Vec<(String, u32)>,
    keystrokes: Keystrokes,
    practised: Vec<Practised>,
    after: Vec<(u64, Vec<u8>)>,
    coach: Option<CoachRow>,
}

impl Contents {
    fn of(history: &mut dyn Store) -> Self {
        Self {
            attempts: rows(history).iter().map(|row| history.attempt(&row.id).unwrap()).collect(),
            badges: history.badges().unwrap(),
            counts: history.counts().unwrap(),
            records: history.level_records().unwrap(),
            unclaimed: history.unclaimed().unwrap(),
            seen: history.seen_passages().unwrap(),
            keystrokes: history.keystrokes(&Filter::default()).unwrap(),
            practised: history.practised().unwrap(),
            after: history.attempts_after(0, u32::MAX).unwrap(),
            coach: history.coach("us", "en").unwrap(),
        }
    }
}

fn at(time: &str) -> DateTime<Utc> {
    time.parse().unwrap()
}

fn gave_up(n: u32) -> (AttemptRow, Vec<u8>) {
    let (row, bytes) = attempt(n);
    (AttemptRow { passed: false, ended: Ended::GaveUp, ..row }, bytes)
}

// -- what a history does

/// A name, and what is done with an empty history.
type Case = (&'static str, fn(&mut dyn Store));

const CASES: &[Case] = &[
    ("an empty history has nothing", nothing),
    ("what is saved is read back equal", read_back),
    ("filters choose by level, pass and number", filters),
    ("the beginning of an identifier is enough", beginnings),
    ("records are the best of each level", level_records),
    ("what is passed and has no badge can be claimed", unclaimed),
    ("an attempt has its badge", badge_of),
    ("a badge needs no attempt and no level", foreign),
    ("newest is what was saved last, whatever the clock said", newest),
    ("passages are counted each time they are seen", seen),
    ("keystrokes are added up, and what cannot be read counts nothing", keystrokes),
    ("practice is the time between keys, of every attempt that can be read", practised),
    ("attempts are read on from any place, in the order in which they were saved", attempts_after),
    ("what the coach knows is kept for each layout and language, the newest of it", coach),
];

fn nothing(history: &mut dyn Store) {
    let found = Contents::of(history);
    assert_eq!(found.counts, Counts::default());
    assert_eq!((found.attempts, found.badges, found.records), (vec![], vec![], vec![]));
    assert_eq!((found.unclaimed, found.seen, found.keystrokes), (vec![], vec![], Keystrokes::default()));
    assert_eq!((found.practised, found.after, found.coach), (vec![], vec![], None));
    assert_eq!((history.attempt("0").unwrap(), history.badge("0").unwrap()), (None, None));
    assert!(history.passed_levels().unwrap().is_empty() && history.badge_of("0").unwrap().is_none());
}

fn read_back(history: &mut dyn Store) {
    save(history, 0..7);
    history.save_badge(&badge(1, 1)).unwrap();
    history.save_badge(&badge(2, 4)).unwrap();
    let expected: Vec<_> = (0..7).rev().map(|n| attempt(n).0).collect();
    assert_eq!(rows(history), expected, "newest first");
    for n in 0..7 {
        assert_eq!(history.attempt(&format!("{n:026x}")).unwrap(), Some(attempt(n)));
    }
    assert_eq!(history.badges().unwrap(), [badge(2, 4), badge(1, 1)]);
    assert_eq!(history.counts().unwrap(), Counts { attempts: 7, unfinished: 0, badges: 2 });
    assert_eq!(history.passed_levels().unwrap().into_iter().collect::<Vec<_>>(), ["speed-30"]);
    for (n, ended) in [(7, Ended::Completed), (8, Ended::TimeUp), (9, Ended::GaveUp)] {
        let (row, bytes) = attempt(n);
        history.save_attempt(&AttemptRow { ended, passed: false, ..row }, &bytes).unwrap();
        assert_eq!(rows(history)[0].ended, ended);
        assert_eq!(history.counts().unwrap().unfinished, u32::from(ended == Ended::GaveUp));
    }
}

fn filters(history: &mut dyn Store) {
    save(history, 0..9);
    let count = |level: Option<&str>, passed_only, limit| {
        let filter = Filter { level_id: level.map(str::to_owned), passed_only, limit };
        history.attempts(&filter).unwrap().len()
    };
    assert_eq!([count(None, false, None), count(None, true, None), count(None, false, Some(4))], [9, 3, 4]);
    let of = |level, passed_only| count(Some(level), passed_only, None);
    assert_eq!([of("speed-30", false), of("speed-40", true), of("x", false)], [3, 0, 0]);
    assert_eq!(count(None, false, Some(0)), 0);
}

fn beginnings(history: &mut dyn Store) {
    save(history, [0x1, 0x2]);
    let (row, bytes) = attempt(3);
    for id in ["abc", "abcd", "abxy", "%", "a_c"] {
        history.save_attempt(&AttemptRow { id: id.to_owned(), ..row.clone() }, &bytes).unwrap();
    }
    let id = |prefix: &str| history.attempt(prefix).unwrap().map(|(row, _)| row.id);
    assert_eq!(id("abx").as_deref(), Some("abxy"));
    assert_eq!(id("abc").as_deref(), Some("abc"), "a whole one wins");
    assert_eq!(id("%").as_deref(), Some("%"), "no wildcards");
    assert_eq!(id("a_").as_deref(), Some("a_c"), "no wildcards");
    for unknown in ["", "zz", "abcde", "ABXY", "' OR 1=1 --"] {
        assert_eq!(id(unknown), None, "{unknown:?}");
    }
    history.save_badge(&badge(0x12, 1)).unwrap();
    history.save_badge(&badge(0x13, 2)).unwrap();
    assert_eq!(history.badge("00000012").unwrap(), Some(badge(0x12, 1)));
    assert_eq!(history.badge("urn:uuid:00000013").unwrap(), Some(badge(0x13, 2)));
    for unknown in ["", "00000014", "uuid:00000013", "%"] {
        assert_eq!(history.badge(unknown).unwrap(), None, "{unknown:?}");
    }
}

fn level_records(history: &mut dyn Store) {
    let mut save = |n, net, accuracy, ended| {
        let (row, bytes) = attempt(n);
        let row = AttemptRow { net_wpm_x100: net, accuracy_bp: accuracy, ended, ..row };
        let passed = row.passed && ended != Ended::GaveUp;
        history.save_attempt(&AttemptRow { passed, ..row }, &bytes).unwrap();
    };
    save(1, 2_500, 9_700, Ended::TimeUp);
    save(4, 2_500, 9_800, Ended::TimeUp);
    save(7, 2_400, 10_000, Ended::Completed);
    save(10, 9_000, 10_000, Ended::GaveUp);
    save(3, 9_900, 10_000, Ended::Completed);
    save(11, 8_000, 9_900, Ended::GaveUp);
    let id = |n: u32| format!("{n:026x}");
    let record = |level: &str, passed, best, unclaimed: Option<u32>| LevelRecord {
        level_id: level.to_owned(),
        passed,
        best,
        unclaimed: unclaimed.map(id),
    };
    // One typed last comes first; what was given up is nobody's best; a free test is at no level.
    let open = record("speed-30", true, Some((2_500, 9_800)), Some(7));
    let begun = record("speed-40", false, None, None);
    assert_eq!(history.level_records().unwrap(), [begun.clone(), open.clone()]);
    // A badge of another level, or of none, is not this level's.
    let other = BadgeRow { level_id: Some("speed-40".to_owned()), ..foreign_badge(1) };
    history.save_badge(&other).unwrap();
    history.save_badge(&foreign_badge(2)).unwrap();
    assert_eq!(history.level_records().unwrap(), [begun.clone(), open.clone()]);
    history.save_badge(&badge(3, 1)).unwrap();
    assert_eq!(history.level_records().unwrap(), [begun, LevelRecord { unclaimed: None, ..open }]);
}

fn unclaimed(history: &mut dyn Store) {
    save(history, 0..8);
    let claimable = |history: &dyn Store| history.unclaimed().unwrap();
    assert_eq!(claimable(history), [attempt(7).0, attempt(4).0, attempt(1).0]);
    history.save_badge(&badge(1, 4)).unwrap();
    history.save_badge(&foreign_badge(2)).unwrap();
    assert_eq!(claimable(history), [attempt(7).0, attempt(1).0]);
    history.save_badge(&badge(3, 7)).unwrap();
    history.save_badge(&badge(4, 1)).unwrap();
    assert_eq!(claimable(history), []);
}

fn badge_of(history: &mut dyn Store) {
    save(history, 0..8);
    history.save_badge(&foreign_badge(9)).unwrap();
    history.save_badge(&badge(1, 4)).unwrap();
    let of = |history: &dyn Store, id: &str| history.badge_of(id).unwrap();
    assert_eq!(of(history, &attempt(4).0.id), Some(badge(1, 4)));
    // Badges of no attempt of this history are none of its attempts'.
    history.save_badge(&foreign_badge(3)).unwrap();
    assert_eq!(of(history, &attempt(4).0.id), Some(badge(1, 4)));
    // The whole identifier is asked for.
    for none in ["", "0", &attempt(1).0.id, &attempt(4).0.id[..25], "%"] {
        assert_eq!(of(history, none), None, "{none:?}");
    }
}

/// The clock may be wrong at first and put right later, be it by centuries.
fn newest(history: &mut dyn Store) {
    let clocks =
        [1_769_860_800_000, 1_769_857_200_000, -86_400_000, i64::MAX, 0, i64::MIN, 1_769_860_800_000];
    let attempt_at = |n: u32, clock: i64| {
        let (row, bytes) = attempt(n);
        (AttemptRow { started_unix_ms: clock, ..row }, bytes)
    };
    let numbers = [1, 4, 7, 10, 2, 13, 16];
    for (n, clock) in numbers.into_iter().zip(clocks) {
        let (row, bytes) = attempt_at(n, clock);
        history.save_attempt(&row, &bytes).unwrap();
    }
    let ids = |rows: Vec<AttemptRow>| rows.into_iter().map(|row| row.id).collect::<Vec<_>>();
    let id = |n: u32| format!("{n:026x}");
    assert_eq!(ids(rows(history)), [16, 13, 2, 10, 7, 4, 1].map(id));
    let two = Filter { limit: Some(2), level_id: Some("speed-30".to_owned()), ..Filter::default() };
    assert_eq!(ids(history.attempts(&two).unwrap()), [16, 13].map(id));
    assert_eq!(ids(history.unclaimed().unwrap()), [16, 13, 10, 7, 4, 1].map(id));
    let records = history.level_records().unwrap();
    assert_eq!(records.iter().map(|r| r.level_id.as_str()).collect::<Vec<_>>(), ["speed-30", "speed-40"]);
    assert_eq!(records[0].unclaimed, Some(id(16)));
    for (n, issued) in [(1, i64::MAX), (2, 0), (3, i64::MIN), (4, 1_769_860_800)] {
        history.save_badge(&BadgeRow { issued_unix: issued, ..foreign_badge(n) }).unwrap();
    }
    let badges: Vec<String> = history.badges().unwrap().into_iter().map(|badge| badge.id).collect();
    assert_eq!(badges, [4, 3, 2, 1].map(|n| foreign_badge(n).id));
    assert_eq!(
        history.level_records().unwrap()[0].unclaimed,
        Some(id(16)),
        "a badge of no level claims none"
    );
}

fn foreign(history: &mut dyn Store) {
    let level = BadgeRow { level_id: Some("speed-30".to_owned()), ..foreign_badge(2) };
    for badge in [foreign_badge(1), level.clone()] {
        history.save_badge(&badge).unwrap();
        assert_eq!(history.badge(&badge.id).unwrap(), Some(badge));
    }
    assert_eq!(history.badges().unwrap(), [level, foreign_badge(1)]);
    assert_eq!(history.counts().unwrap(), Counts { attempts: 0, unfinished: 0, badges: 2 });
    assert_eq!((rows(history), history.level_records().unwrap()), (vec![], vec![]));
    assert!(history.passed_levels().unwrap().is_empty(), "a badge from elsewhere passes nothing here");
}

fn seen(history: &mut dyn Store) {
    save(history, 0..7);
    let seen = |history: &dyn Store| {
        let seen = history.seen_passages().unwrap();
        seen.into_iter().map(|(id, times)| format!("{id} {times}")).collect::<Vec<_>>()
    };
    assert_eq!(seen(history), ["letter-0 2", "letter-1 2", "letter-2 2", "letter-3 1", "notice-1 7"]);
    history.saw(&["a".to_owned(), "notice-1".to_owned()], at("2026-01-31T12:00:00Z")).unwrap();
    history.saw(&["a".to_owned()], at("1999-01-31T12:00:00Z")).unwrap();
    history.saw(&[], at("2026-01-31T12:00:00Z")).unwrap();
    assert_eq!(seen(history), ["a 2", "letter-0 2", "letter-1 2", "letter-2 2", "letter-3 1", "notice-1 8"]);
    assert_eq!(history.counts().unwrap().attempts, 7, "what was seen is no attempt");
}

fn keystrokes(history: &mut dyn Store) {
    let tests = [
        (1, typed("abba", "abba", 100)),
        (2, typed("né 🇩🇪 a — b", "né 🇩🇪 x⌫a — b", 150)),
        (4, typed("abba", "axb", 200)),
        (5, typed("abba", "", 100)),
    ];
    for (n, session) in &tests {
        let bytes = attempt_file(session);
        history.save_attempt(&attempt_of(*n, &bytes), &bytes).unwrap();
    }
    save(history, [7, 8]);
    let sum = |numbers: &[u32]| {
        let mut sum = Keystrokes::default();
        let chosen = tests.iter().filter(|(n, _)| numbers.contains(n));
        chosen.for_each(|(_, session)| sum.add_bytes(&Keystrokes::of(session).to_bytes()).unwrap());
        sum
    };
    let filter = |level: Option<&str>, passed_only, limit| Filter {
        level_id: level.map(str::to_owned),
        passed_only,
        limit,
    };
    for (filter, numbers) in [
        (Filter::default(), &[1, 2, 4, 5][..]),
        (filter(Some("speed-30"), false, None), &[1, 4]),
        (filter(Some("speed-40"), false, None), &[2, 5]),
        (filter(None, true, None), &[1, 4]),
        (filter(None, false, Some(4)), &[4, 5]),
        (filter(Some("x"), false, None), &[]),
    ] {
        assert_eq!(history.keystrokes(&filter).unwrap(), sum(numbers), "{filter:?}");
    }
}

fn practised(history: &mut dyn Store) {
    for (n, pace) in [(1, 100), (2, 5_000), (4, 5_001)] {
        let bytes = attempt_file(&typed("abba", "abba", pace));
        history.save_attempt(&attempt_of(n, &bytes), &bytes).unwrap();
    }
    save(history, [7]);
    let started_unix_ms = |n| attempt(n).0.started_unix_ms;
    let expected = [(1, 300), (2, 15_000), (4, 0)]
        .map(|(n, ms)| Practised { started_unix_ms: started_unix_ms(n), practised_ms: ms });
    assert_eq!(history.practised().unwrap(), expected);
}

fn attempts_after(history: &mut dyn Store) {
    save(history, [5, 3, 9, 1]);
    let all = history.attempts_after(0, 10).unwrap();
    let files: Vec<Vec<u8>> = all.iter().map(|(_, bytes)| bytes.clone()).collect();
    assert_eq!(files, [5, 3, 9, 1].map(|n| attempt(n).1));
    assert!(all.is_sorted_by(|a, b| a.0 < b.0) && all[0].0 > 0, "{:?}", all.iter().map(|(at, _)| at));
    assert_eq!(history.attempts_after(0, 2).unwrap(), all[..2]);
    assert_eq!(history.attempts_after(all[1].0, 10).unwrap(), all[2..]);
    for at in [all[3].0, u64::MAX] {
        assert_eq!(history.attempts_after(at, 10).unwrap(), []);
    }
    save(history, [2]);
    assert_eq!(history.attempts_after(all[3].0, 10).unwrap()[0].1, attempt(2).1);
}

fn coach(history: &mut dyn Store) {
    let row = |layout: &str, language: &str, through, state: &[u8]| CoachRow {
        layout: layout.to_owned(),
        language: language.to_owned(),
        through,
        state: state.to_vec(),
    };
    let first = row("us", "en", 4, b"four");
    history.keep_coach(&first).unwrap();
    history.keep_coach(&row("us", "de", 2, b"")).unwrap();
    history.keep_coach(&row("dvorak", "en", 9, b"nine")).unwrap();
    assert_eq!(history.coach("us", "en").unwrap(), Some(first.clone()));
    history.keep_coach(&row("us", "en", 3, b"three")).unwrap();
    assert_eq!(history.coach("us", "en").unwrap(), Some(first), "another program was further");
    for again in [b"FOUR".as_slice(), b"later"] {
        history.keep_coach(&row("us", "en", 4, again)).unwrap();
        assert_eq!(history.coach("us", "en").unwrap(), Some(row("us", "en", 4, again)));
    }
    history.keep_coach(&row("us", "en", 7, b"seven")).unwrap();
    assert_eq!(history.coach("us", "en").unwrap().unwrap().through, 7);
    for (layout, language) in [("us", "fr"), ("de", "en"), ("", ""), ("%", "%"), ("US", "en")] {
        assert_eq!(history.coach(layout, language).unwrap(), None, "{layout} {language}");
    }
}

/// Whoever opens the history next finds what was saved.
fn does_what_a_history_does(case: &Case, open: Open<'_>) {
    let (name, run) = case;
    let mut history = open();
    run(&mut *history);
    let left = Contents::of(&mut *history);
    drop(history);
    assert_eq!(Contents::of(&mut *open()), left, "{name}: opened again");
}

/// Two that have it open see what the other saved, and neither takes the other's identifiers.
fn is_open_to_two(open: Open<'_>) {
    let (mut one, mut other) = (open(), open());
    save(&mut *one, [1, 2]);
    save(&mut *other, [3, 4]);
    assert_eq!(rows(&*one), [4, 3, 2, 1].map(|n| attempt(n).0));
    one.save_badge(&badge(1, 4)).unwrap();
    assert_eq!(other.badge_of(&attempt(4).0.id).unwrap(), Some(badge(1, 4)));
    let (row, bytes) = attempt(1);
    assert!(matches!(other.save_attempt(&row, &bytes), Err(StoreError::Exists { .. })));
    assert!(matches!(other.save_badge(&badge(1, 4)), Err(StoreError::Claimed { .. })));
    assert_eq!(Contents::of(&mut *one), Contents::of(&mut *other));
}

// -- the backends

fn in_sqlite(run: impl Fn(Open<'_>)) {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("data/history");
    run(&|| {
        let (history, notice) = Sqlite::open(&path, at("2026-01-31T12:00:00Z")).unwrap();
        assert_eq!(notice, None);
        Box::new(history)
    });
}

#[test]
fn sqlite_does_what_a_history_does() {
    CASES.iter().for_each(|case| in_sqlite(|open| does_what_a_history_does(case, open)));
    in_sqlite(is_open_to_two);
}

#[test]
fn sqlite_refuses_what_a_history_refuses() {
    REFUSALS.iter().for_each(|refusal| in_sqlite(|open| refuses_what_a_history_refuses(refusal, open)));
}
