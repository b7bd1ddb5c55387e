//! Scores: every case is a file in `tests/data/score/`, whose figures follow from the definitions, not from the code.
//!
//! In `keys`, ⌫ is Backspace, ⌦ deletes a word, ↵ is Enter; everything else is the character itself. Keys come `gap`
//! milliseconds apart, from 0 on, or at `times`.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use serde::Deserialize;
use typeproof::typing::insight;
use typeproof::typing::key::{Key, Millis, Stroke};
use typeproof::typing::log::{End, Log};
use typeproof::typing::rules::{Limit, Penalty, Rules, ShareOf, TimeBase, Unit};
use typeproof::typing::score::{Counts, Score, live};
use typeproof::typing::session::{Phase, Session};
use typeproof::typing::text::Lookalikes;

use crate::support::typing::{exercise, keys};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    why: String,
    text: String,
    keys: String,
    gap: Option<Millis>,
    times: Option<Vec<Millis>>,
    close: Closing,
    #[serde(default)]
    lookalikes: Lookalikes,
    rules: Rules,
    expect: toml::Table,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
enum Closing {
    Completed,
    TimeUp,
    GaveUp(Millis),
}

fn play(name: &str, case: &Case) -> Session {
    let mut session = Session::new(exercise(&case.text, case.lookalikes, case.rules));
    session.start();
    for (i, key) in keys(&case.keys).enumerate() {
        let at = match (&case.times, case.gap) {
            (Some(times), None) => times[i],
            (None, Some(gap)) => i as Millis * gap,
            _ => panic!("{name}: either times or a gap"),
        };
        assert!(!matches!(session.phase(), Phase::Ended(End::Completed)), "{name}: key {i} after the end");
        session.press(Stroke { at, key });
    }
    let end = match (case.close, case.rules.limit) {
        (Closing::Completed, _) => End::Completed,
        (Closing::TimeUp, Limit::Seconds(s)) => {
            session.tick(s * 1_000);
            End::TimeUp
        }
        (Closing::TimeUp, Limit::Text) => panic!("{name}: no time to be up"),
        (Closing::GaveUp(at), _) => {
            session.give_up(at);
            End::GaveUp
        }
    };
    assert_eq!(session.phase(), Phase::Ended(end), "{name}: {}", case.why);
    session
}

/// Every figure of a session by its name, in the order of the files.
fn figures(session: &Session, score: &Score) -> toml::Table {
    let (counts, rules) = (score.counts, &session.exercise().rules);
    let mut all = toml::Table::try_from(score).unwrap();
    let Some(toml::Value::Table(raw)) = all.remove("counts") else { panic!("counts are a table") };
    all.extend(raw);
    let derived: [(_, u32); 8] = [
        ("net_in_unit_x100", score.net_in_unit(rules)),
        ("corrected_error_bp", counts.corrected_error_bp()),
        ("uncorrected_error_bp", counts.uncorrected_error_bp()),
        ("total_error_bp", counts.total_error_bp()),
        ("msd_error_bp", counts.msd_error_bp()),
        ("kspc_x100", counts.kspc_x100()),
        ("errors_of_characters_bp", score.error_share_bp(ShareOf::Characters)),
        ("errors_of_words_bp", score.error_share_bp(ShareOf::Words)),
    ];
    all.extend(derived.map(|(name, value)| (name.into(), toml::Value::Integer(value.into()))));
    let elsewhere = toml::Table::try_from(insight::elsewhere(session, score)).unwrap();
    all.insert("elsewhere".into(), elsewhere.into());
    all
}

/// Where two tables differ, a line each.
fn differences(expected: &toml::Table, got: &toml::Table) -> Vec<String> {
    let mut out = Vec::new();
    for name in expected.keys().chain(got.keys().filter(|k| !expected.contains_key(*k))) {
        match (expected.get(name), got.get(name)) {
            (Some(toml::Value::Table(e)), Some(toml::Value::Table(g))) => out.extend(differences(e, g)),
            (e, g) if e != g => out.push(format!("{name}: expected {e:?}, got {g:?}")),
            _ => {}
        }
    }
    out
}

fn cases() -> Vec<(String, Case)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/score");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|f| f.unwrap().path()).collect();
    files.sort();
    let name = |p: &Path| p.file_stem().unwrap().to_string_lossy().into_owned();
    let read = |p: &Path| toml::from_str(&fs::read_to_string(p).unwrap());
    files.iter().map(|p| (name(p), read(p).unwrap_or_else(|e| panic!("{}: {e}", p.display())))).collect()
}

#[test]
fn every_case_scores_as_the_definitions_say() {
    let cases = cases();
    assert!(cases.len() >= 80, "{} cases", cases.len());
    let mut wrong = Vec::new();
    for (name, case) in &cases {
        let session = play(name, case);
        let score = Score::of(&session).unwrap();
        let differences = differences(&case.expect, &figures(&session, &score));
        if !differences.is_empty() {
            wrong.push(format!("{name} ({}):\n    {}", case.why, differences.join("\n    ")));
        }
        let live = live(&session, 0);
        assert_eq!(live.accuracy_bp, score.accuracy_bp, "{name}");
        if case.rules.time_base == TimeBase::Elapsed {
            assert_eq!(live.gross_wpm_x100, score.gross_wpm_x100, "{name}");
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_case_replays_from_its_bytes_to_the_same_score() {
    for (name, case) in cases() {
        let session = play(&name, &case);
        let exercise = session.exercise();
        let log = session.log().unwrap();
        let read = Log::from_bytes(&log.to_bytes(exercise), exercise).unwrap();
        assert_eq!(read, log, "{name}");
        let replayed = Session::replay(Arc::clone(exercise), &read).unwrap();
        assert_eq!(replayed, session, "{name}");
    }
}

#[test]
fn a_session_under_way_has_no_score() {
    let rules = Rules::practice(Limit::Text);
    let mut session = Session::new(exercise("two words", Lookalikes::Typographic, rules));
    assert_eq!(Score::of(&session), None);
    session.press(Stroke { at: 0, key: Key::Char('t') });
    assert_eq!(Score::of(&session), None);
}

#[test]
fn counts_from_outside_never_overflow() {
    let all = u32::MAX;
    let counts = Counts {
        correct: all,
        incorrect_left: all,
        incorrect_fixed: all,
        fixes: all,
        typed: all,
        right: all,
        standing: all,
        presented: all,
        presented_words: all,
        wrong_word_characters: all,
        errors_x2: all,
        duration_ms: 1,
    };
    for penalty in [
        Penalty::None,
        Penalty::WordsPerError(all),
        Penalty::WpmX100PerError(all),
        Penalty::CharactersPerError(all),
        Penalty::WrongWords,
    ] {
        for duration_ms in [0, 1, all] {
            let rules = Rules { penalty, unit: Unit::Kph, ..Rules::practice(Limit::Seconds(7_200)) };
            let score = Score::from_counts(&Counts { duration_ms, ..counts }, &rules);
            assert!(score.net_in_unit(&rules) >= score.net_wpm_x100);
        }
    }
    let rates = [
        counts.corrected_error_bp(),
        counts.uncorrected_error_bp(),
        counts.total_error_bp(),
        counts.kspc_x100(),
    ];
    assert_eq!(rates, [3333, 3333, 6667, 200]);
}
