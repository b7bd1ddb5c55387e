//! Log format 1 is frozen: files written when it was frozen are read, written again and scored as they were then.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use data_encoding::HEXLOWER;
use proptest::prelude::*;
use serde::Deserialize;
use typeproof::typing::attempt::{Attempt, digest};
use typeproof::typing::bytes::{BytesError, Reader, inflate};
use typeproof::typing::conduct::Conduct;
use typeproof::typing::exercise::{Exercise, Source};
use typeproof::typing::key::Key;
use typeproof::typing::log::{Close, EventKind, Log};
use typeproof::typing::rules::{Clock, Correction, Limit, Rules};
use typeproof::typing::score::Score;
use typeproof::typing::session::Session;
use typeproof::typing::text::Lookalikes;

/// What a file of `tests/data/log/format-1` says of its attempt; JSON within it is as the program wrote it then.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    why: String,
    text: String,
    lookalikes: Lookalikes,
    rules: String,
    source: String,
    seed: String,
    level: String,
    started_unix_ms: i64,
    wall_ms: i64,
    events: Vec<String>,
    close: String,
    score: String,
    digest: String,
    attempt: String,
}

fn cases() -> BTreeMap<String, Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/log/format-1");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files
        .map(|path| {
            let case = toml::from_str(&fs::read_to_string(&path).unwrap())
                .unwrap_or_else(|e| panic!("{}: {e}", path.display()));
            (path.file_stem().unwrap().to_str().unwrap().to_owned(), case)
        })
        .collect()
}

fn key(key: Key) -> String {
    match key {
        Key::Char(c) => format!("U+{:04X}", u32::from(c)),
        other => format!("{other:?}"),
    }
}

fn event(what: EventKind) -> String {
    match what {
        EventKind::Press(pressed) => format!("press {}", key(pressed)),
        EventKind::Release(released) => format!("release {}", key(released)),
        EventKind::Paste(n) => format!("paste {n}"),
        EventKind::FocusLost => "focus-lost".to_owned(),
        EventKind::FocusGained => "focus-gained".to_owned(),
        EventKind::Suspended => "suspended".to_owned(),
        EventKind::Resumed => "resumed".to_owned(),
        EventKind::Automatic(key) => format!("automatic {key:?}"),
    }
}

#[test]
fn files_of_its_time_are_read_as_they_were() {
    let cases = cases();
    assert!(cases.len() >= 24, "the files were found");
    for (name, case) in cases {
        let bytes = HEXLOWER.decode(case.attempt.as_bytes()).unwrap();
        assert_eq!(HEXLOWER.encode(&digest(&bytes)), case.digest, "{name}: the file is whole");
        let attempt = Attempt::from_bytes(&bytes).unwrap_or_else(|e| panic!("{name}, {}: {e}", case.why));
        let exercise = &attempt.exercise;
        assert_eq!(exercise.text.to_string(), case.text, "{name}");
        assert_eq!(exercise.lookalikes, case.lookalikes, "{name}");
        assert_eq!(exercise.rules, serde_json::from_str::<Rules>(&case.rules).unwrap(), "{name}");
        assert_eq!(exercise.source, serde_json::from_str::<Source>(&case.source).unwrap(), "{name}");
        assert_eq!(exercise.seed.to_string(), case.seed, "{name}");
        let level = attempt.level.as_ref().map(|level| format!("{} {}", level.id, level.version));
        assert_eq!(level.unwrap_or_default(), case.level, "{name}");
        assert_eq!(
            (attempt.started_unix_ms, attempt.wall_ms),
            (case.started_unix_ms, case.wall_ms),
            "{name}"
        );
        let events: Vec<String> =
            attempt.log.events.iter().map(|e| format!("{} {}", e.at, event(e.what))).collect();
        assert_eq!(events, case.events, "{name}");
        let Close { end, at } = attempt.log.close;
        assert_eq!(format!("{at} {end:?}"), case.close, "{name}");
    }
}

#[test]
fn files_of_its_time_are_written_again_byte_for_byte() {
    for (name, case) in cases() {
        let bytes = HEXLOWER.decode(case.attempt.as_bytes()).unwrap();
        assert_eq!(HEXLOWER.encode(&Attempt::from_bytes(&bytes).unwrap().to_bytes()), case.attempt, "{name}");
    }
}

#[test]
fn files_of_its_time_give_the_figures_of_their_time() {
    for (name, case) in cases() {
        let bytes = HEXLOWER.decode(case.attempt.as_bytes()).unwrap();
        let played = Attempt::from_bytes(&bytes).unwrap().replay().unwrap();
        let score = serde_json::to_string(&Score::of(&played)).unwrap();
        assert_eq!(score, case.score, "{name}, {}", case.why);
    }
}

/// The codes of a log file: the first of its four columns.
fn codes(file: &[u8], count: usize) -> Result<Vec<u32>, BytesError> {
    let mut file = Reader::new(&file[4..]);
    file.u32("events")?;
    let length = file.u32("length")? as usize;
    let column = inflate(file.take(length, "column")?, count * 5)?;
    let mut column = Reader::new(&column);
    (0..count).map(|_| column.u32("code")).collect()
}

/// What a hand may do on these texts: mostly the due key, and everything that moves the caret in another way.
fn presses() -> impl Strategy<Value = Vec<(u32, Option<EventKind>)>> {
    let chars: Vec<char> = "  \ntheon4wé\u{301}\u{323}\u{302}x'\"-🇩🇪कषि\u{94d}".chars().collect();
    let other = prop_oneof![
        6 => prop::sample::select(chars).prop_map(Key::Char),
        2 => Just(Key::Backspace),
        1 => Just(Key::DeleteWord),
        1 => Just(Key::Enter),
    ];
    let kind = prop_oneof![
        8 => Just(None),
        5 => other.clone().prop_map(|key| Some(EventKind::Press(key))),
        1 => other.prop_map(|key| Some(EventKind::Release(key))),
        1 => Just(Some(EventKind::FocusLost)),
        1 => Just(Some(EventKind::Suspended)),
        1 => (0..300u32).prop_map(|n| Some(EventKind::Paste(n))),
    ];
    prop::collection::vec((0..900u32, kind), 0..80)
}

proptest! {
    /// A session by the rules of format 1 asks for the same key as format 1 does.
    #[test]
    fn its_due_key_is_the_sessions(
        text in prop::sample::select(vec![
            "the one to two", "a", "é x\u{323}\u{302} x", "one\ntwo 4", "“x” – 'to'", "x\u{323}\u{302}", "क्षि नी", "🇩🇪 x",
        ]),
        exact in any::<bool>(),
        signal in any::<bool>(),
        correction in prop::sample::select(vec![Correction::Free, Correction::None, Correction::CurrentWord]),
        limit in prop::sample::select(vec![Limit::Text, Limit::Seconds(20)]),
        presses in presses(),
    ) {
        let lookalikes = if exact { Lookalikes::Exact } else { Lookalikes::Typographic };
        let clock = if signal { Clock::StartSignal } else { Clock::FirstKey };
        let rules = Rules { clock, correction, ..Rules::practice(limit) };
        let exercise = Arc::new(Exercise::new(Source::Own("x".into()), 0, text, lookalikes, rules).unwrap());
        let mut session = Session::started_by(Arc::clone(&exercise), Conduct::First);
        let mut at = 0;
        for (gap, kind) in presses {
            at += gap;
            let Some(kind) = kind.or(session.due().map(EventKind::Press)) else { continue };
            session.record(at, kind);
        }
        session.give_up(at);
        let log = session.log().unwrap();
        let mut session = Session::started_by(Arc::clone(&exercise), Conduct::First);
        let due: Vec<bool> = log.events.iter().map(|event| {
            let due = session.due();
            session.record(event.at, event.what);
            matches!(event.what, EventKind::Press(key) if due == Some(key))
        }).collect();
        let bytes = log.to_bytes(&exercise);
        let zero: Vec<bool> = codes(&bytes, due.len()).unwrap().iter().map(|code| *code == 0).collect();
        prop_assert_eq!(zero, due);
        prop_assert_eq!(Log::from_bytes(&bytes, &exercise).unwrap(), log);
    }
}
