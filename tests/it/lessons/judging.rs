//! Judging: every rule file on stated counts, and whole attempts with what can be missing from them.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::Deserialize;
use typeproof::lessons::catalogue::Catalogue;
use typeproof::lessons::choice::choose;
use typeproof::lessons::judge::{Passed, Shortfall, figures, judge};
use typeproof::lessons::level::Level;
use typeproof::lessons::terms::Origin;
use typeproof::typing::attempt::Attempt;
use typeproof::typing::circumstances::Circumstances;
use typeproof::typing::exercise::{Exercise, Source};
use typeproof::typing::key::{Key, Stroke};
use typeproof::typing::keyboard::Keyboard;
use typeproof::typing::log::EventKind;
use typeproof::typing::rules::{Limit, Rules};
use typeproof::typing::score::{Counts, Score};
use typeproof::typing::session::{Phase, Session};

use super::read;

#[derive(Deserialize)]
struct Case {
    exam: String,
    grade: String,
    characters: u32,
    #[serde(default)]
    errors_x2: u32,
    words: Option<u32>,
    wrong: Option<u32>,
    right: Option<u32>,
    seconds: Option<u32>,
    short: Vec<String>,
}

#[derive(Deserialize)]
struct Cases {
    case: Vec<Case>,
}

#[test]
fn rule_files_pass_and_refuse_as_their_bodies_do() {
    let cases: Cases = toml::from_str(&read("tests/data/lessons/exams.toml")).unwrap();
    let catalogue = Catalogue::embedded();
    let mut wrong = Vec::new();
    for (i, case) in cases.case.iter().enumerate() {
        let exam = catalogue.shelves().exam(&case.exam, &Origin::Shipped).expect(&case.exam);
        let grade = exam.grade(&case.grade).expect(&case.grade);
        let Limit::Seconds(limit) = exam.rules.limit else { panic!("{}: a time limit", case.exam) };
        // The first key starts the clock and is not counted.
        let standing = case.characters + 1;
        let counts = Counts {
            standing,
            typed: standing,
            right: case.right.unwrap_or(standing),
            presented: standing,
            presented_words: case.words.unwrap_or(standing / 5),
            errors_x2: case.errors_x2,
            wrong_word_characters: case.wrong.unwrap_or(0),
            duration_ms: case.seconds.unwrap_or(limit) * 1_000,
            ..Counts::default()
        };
        let score = Score::from_counts(&counts, &exam.rules);
        let short: Vec<_> =
            figures(&exam.rules, &grade.thresholds(), &score).iter().map(ToString::to_string).collect();
        if short != case.short {
            wrong.push(format!("{i} {} {}: {short:?}", case.exam, case.grade));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let of = |passes: bool| -> BTreeSet<&str> {
        let cases = cases.case.iter().filter(|c| c.short.is_empty() == passes);
        cases.map(|c| c.exam.as_str()).collect()
    };
    let graded: BTreeSet<&str> =
        catalogue.shelves().exams().filter(|e| !e.grades.is_empty()).map(|e| e.id.as_str()).collect();
    assert_eq!((of(true), of(false)), (graded.clone(), graded), "a pass and a refusal for every rule file");
}

/// Presses a key every 12 s / `wpm` until the test is over: what `press` makes of the number of the key and the key
/// due.
fn pressed(exercise: Exercise, wpm: u64, press: impl Fn(u64, Key) -> Key) -> Session {
    let exercise = Arc::new(exercise);
    let mut session = Session::started(Arc::clone(&exercise));
    let limit = exercise.rules.limit_ms().unwrap_or(u32::MAX);
    for n in 0.. {
        let at = (n * 12_000 / wpm).min(u64::from(limit)) as u32;
        // Behind the last character nothing is due.
        let due = session.due().unwrap_or(Key::Char(' '));
        if let Phase::Ended(_) = session.press(Stroke { at, key: press(n, due) }) {
            break;
        }
    }
    session
}

/// Types the text at `wpm`, each 20th key wrong when `sloppy`, up to the limit.
fn typed(exercise: Exercise, wpm: u64, sloppy: bool) -> Session {
    pressed(exercise, wpm, |n, due| match due {
        Key::Char(c) if sloppy && n % 20 == 19 && c != ' ' => Key::Char('#'),
        due => due,
    })
}

fn attempt(session: &Session) -> Attempt {
    let log = session.log().expect("ended");
    Attempt {
        exercise: Arc::clone(session.exercise()),
        level: None,
        started_unix_ms: 1_700_000_000_000,
        wall_ms: i64::from(log.close.at),
        circumstances: None,
        keyboard: None,
        log,
    }
}

fn level<'a>(catalogue: &'a Catalogue, id: &str) -> &'a Level {
    catalogue.level(id).expect(id)
}

fn said(result: Result<Passed, Vec<Shortfall>>) -> Vec<String> {
    result.expect_err("not passed").iter().map(ToString::to_string).collect()
}

#[test]
fn a_fast_and_exact_test_passes() {
    let catalogue = Catalogue::embedded();
    for id in ["speed-60", "sprint-60", "opm-40", "ten-key-8000", "san-diego-30"] {
        let level = level(&catalogue, id);
        let session = typed(choose(level, 1, &[], &catalogue).unwrap(), 61, false);
        let passed = judge(level, &attempt(&session), &catalogue).expect(id);
        assert_eq!(Some(*passed.score()), Score::of(&session));
        assert_eq!(passed.level(), &level.named());
        assert_eq!((passed.rules(), passed.origin()), (&level.rules, &Origin::Shipped));
    }
}

#[test]
fn one_test_passes_every_level_of_its_rules_that_it_satisfies() {
    let catalogue = Catalogue::embedded();
    let session = typed(choose(level(&catalogue, "sprint-40"), 1, &[], &catalogue).unwrap(), 61, false);
    let attempt = attempt(&session);
    let passed = catalogue.levels().filter(|l| judge(l, &attempt, &catalogue).is_ok());
    assert_eq!(
        passed.map(|l| l.id.as_str()).collect::<Vec<_>>(),
        ["sprint-20", "sprint-30", "sprint-40", "sprint-50", "sprint-60", "bryq-38"]
    );
}

#[test]
fn keys_that_all_came_at_once_measure_nothing() {
    let mut catalogue = Catalogue::embedded();
    let file = "title = \"T\"\n[[level]]\nid = \"line\"\ntitle = \"L\"\nrules = { limit = \"text\" }\n\
                pass = { speed = 5, accuracy = 90 }\ntext = \"Good bread.\"\n";
    assert_eq!(catalogue.extend([("own.toml", file)]), []);
    let line = level(&catalogue, "line");
    let mut session = Session::new(Arc::new(choose(line, 1, &[], &catalogue).unwrap()));
    while let Some(key) = session.due() {
        session.press(Stroke { at: 0, key });
    }
    let expected = ["too short to be measured"];
    assert_eq!(said(judge(line, &attempt(&session), &catalogue)), expected);
}

#[test]
fn what_is_missing_is_said_with_how_much() {
    let catalogue = Catalogue::embedded();
    let sixty = level(&catalogue, "sprint-60");
    let text = || choose(sixty, 3, &[], &catalogue).unwrap();
    let slow = typed(text(), 55, false);
    assert_eq!(said(judge(sixty, &attempt(&slow), &catalogue)), ["net 54.8 WPM, 60 required: 5.2 WPM short"]);
    let hundred = level(&catalogue, "sprint-100");
    let sloppy = typed(text(), 90, true);
    assert_eq!(
        said(judge(hundred, &attempt(&sloppy), &catalogue)),
        ["net 71.8 WPM, 100 required: 28.2 WPM short", "accuracy 96 %, 97 required: 1 point short"]
    );
}

#[test]
fn circumstances_that_spoil_a_test() {
    let catalogue = Catalogue::embedded();
    let sixty = level(&catalogue, "sprint-60");
    let good = attempt(&typed(choose(sixty, 4, &[], &catalogue).unwrap(), 70, false));
    assert!(judge(sixty, &good, &catalogue).is_ok());
    let judged = |change: &dyn Fn(&mut Attempt)| {
        let mut other = good.clone();
        change(&mut other);
        said(judge(sixty, &other, &catalogue))
    };
    let late = "the machine slept or its clock was changed: 62001 ms went by on the wall clock, 60000 ms in the test";
    assert_eq!(judged(&|a| a.wall_ms += 2_001), [late]);
    assert_eq!(judged(&|a| a.wall_ms = 0).len(), 1);
    assert_eq!(judged(&|a| a.wall_ms = i64::MIN).len(), 1);
    for fine in [-2_000, 2_000] {
        let near = Attempt { wall_ms: good.wall_ms + fine, ..good.clone() };
        assert!(judge(sixty, &near, &catalogue).is_ok());
    }
    let seen = |seen: Circumstances| judged(&|a| a.circumstances = Some(seen));
    let early = Circumstances { early: 11, ..Circumstances::default() };
    assert_eq!(seen(early), ["11 characters were there before the text was on the screen"]);
    for (ms, said) in [(2_001, "2.0 s slow"), (60_000, "60.0 s slow"), (-30_000, "30.0 s fast")] {
        let clock = Circumstances { machine_ahead_ms: ms, ..Circumstances::default() };
        assert_eq!(seen(clock), [format!("the clock that timed the test was {said}")]);
    }
    for passes in [
        Circumstances { early: 10, ..Circumstances::default() },
        Circumstances { together: 40, ..Circumstances::default() },
        Circumstances { wall_ahead_ms: 86_400_000, ..Circumstances::default() },
        Circumstances { machine_ahead_ms: -2_000, ..Circumstances::default() },
    ] {
        let other = Attempt { circumstances: Some(passes), ..good.clone() };
        assert!(judge(sixty, &other, &catalogue).is_ok(), "{passes:?}");
    }
    let keyboard =
        |set_to: Option<&str>| Keyboard { set_to: set_to.map(str::to_owned), ..Keyboard::of("colemak") };
    assert_eq!(
        judged(&|a| a.keyboard = Some(keyboard(Some("us")))),
        ["the layout was emulated on a keyboard that is set to another, and no badge rests on that"]
    );
    let typed = Attempt { keyboard: Some(keyboard(None)), ..good.clone() };
    assert!(judge(sixty, &typed, &catalogue).is_ok());
    for what in [EventKind::Suspended, EventKind::Resumed] {
        assert_eq!(judged(&|a| a.log.events[9].what = what)[0], "the program was stopped during the test");
    }
    assert!(judged(&|a| a.log.close.at -= 1)[0].contains("altered"));
    assert!(judged(&|a| a.log.events.swap(0, 90))[0].contains("altered"));
    assert!(judged(&|a| a.log.events[0].at = 1)[0].contains("altered"));
    let with = |change: &dyn Fn(&mut Exercise)| {
        let mut exercise = (*good.exercise).clone();
        change(&mut exercise);
        Arc::new(exercise)
    };
    let wrong_rules = "the test was taken under rules other than this level's";
    let loose = with(&|e| e.rules.penalty = typeproof::typing::rules::Penalty::None);
    assert_eq!(judged(&|a| a.exercise = Arc::clone(&loose)), [wrong_rules]);
    let other = with(&|e| e.source = Source::Passages(vec!["letter-02".into()]));
    assert_eq!(judged(&|a| a.exercise = Arc::clone(&other)), ["the text is not one of this level's"]);
}

/// A thousand characters in one write: the figures are fine, and nobody typed them.
#[test]
fn what_no_hand_types_passes_no_level() {
    let catalogue = Catalogue::embedded();
    let sixty = level(&catalogue, "sprint-60");
    for pace in [0, 1, 5] {
        let mut session = Session::new(Arc::new(choose(sixty, 4, &[], &catalogue).unwrap()));
        for n in 0..300 {
            let key = session.due().unwrap();
            session.press(Stroke { at: n * pace, key });
        }
        session.tick(60_000);
        let said = said(judge(sixty, &attempt(&session), &catalogue));
        assert!(said[0].ends_with("nobody types that fast"), "{said:?}");
    }
}

#[test]
fn giving_up_is_not_passing_however_fast() {
    let catalogue = Catalogue::embedded();
    let sixty = level(&catalogue, "sprint-60");
    let exercise = Arc::new(choose(sixty, 5, &[], &catalogue).unwrap());
    let mut session = Session::new(exercise);
    for n in 0..50 {
        let key = session.due().unwrap();
        session.press(Stroke { at: n * 100, key });
    }
    session.give_up(5_000);
    assert_eq!(said(judge(sixty, &attempt(&session), &catalogue)), ["the test was ended before its limit"]);
    let mut unstarted = Session::new(Arc::new(choose(sixty, 5, &[], &catalogue).unwrap()));
    unstarted.give_up(0);
    assert_eq!(said(judge(sixty, &attempt(&unstarted), &catalogue)).len(), 1);
}

#[test]
fn a_free_test_of_any_text_passes_no_level() {
    let catalogue = Catalogue::embedded();
    let sixty = level(&catalogue, "sprint-60");
    let text = "an easy text ".repeat(200);
    let own =
        Exercise::new(Source::Own("easy.txt".into()), 0, &text, Default::default(), sixty.rules).unwrap();
    let attempt = attempt(&typed(own, 100, false));
    assert_eq!(said(judge(sixty, &attempt, &catalogue)), ["the text is not one of this level's"]);
}

#[test]
fn a_text_limit_asks_for_the_whole_text() {
    let mut catalogue = Catalogue::embedded();
    let file = "title = \"T\"\n[[level]]\nid = \"line\"\ntitle = \"A line\"\nrules = { limit = \"text\" }\n\
        pass = { speed = 30, accuracy = 100 }\ntext = \"One short line, and a second.\"\n";
    assert_eq!(catalogue.extend([("t.toml", file)]), []);
    let line = level(&catalogue, "line");
    let session = typed(choose(line, 0, &[], &catalogue).unwrap(), 31, false);
    let passed = judge(line, &attempt(&session), &catalogue).expect("passes");
    assert_eq!(passed.origin(), &Origin::Own("t.toml".into()));
    assert_eq!(
        line.rules,
        Rules { limit: Limit::Text, penalty: line.rules.penalty, ..Rules::practice(Limit::Text) }
    );
    let sloppy = typed(choose(line, 0, &[], &catalogue).unwrap(), 29, false);
    assert_eq!(said(judge(line, &attempt(&sloppy), &catalogue)), ["net 29 WPM, 30 required: 1 WPM short"]);
}

/// What is pressed as key `n` where `due` is due.
type Press = fn(n: u64, due: Key) -> Key;

/// Ways to hit keys fast without copying the text.
const MASHING: [(&str, Press); 7] = [
    ("a wrong letter everywhere", |_, due| wrong(due)),
    (
        "wrong letters, spaces where they belong",
        |_, due| if due == Key::Char(' ') { due } else { wrong(due) },
    ),
    (
        "wrong letters, a space after every fifth",
        |n, due| if n % 6 == 5 { Key::Char(' ') } else { wrong(due) },
    ),
    ("a right letter, again and again", |_, _| Key::Char('e')),
    ("a right letter, spaces where they belong", |_, due| match due {
        Key::Char(' ') => due,
        _ => Key::Char('e'),
    }),
    ("a held space", |_, _| Key::Char(' ')),
    ("a held Enter", |_, _| Key::Enter),
];

/// A key that is not the one that is due.
fn wrong(due: Key) -> Key {
    Key::Char(if due == Key::Char('q') { 'j' } else { 'q' })
}

#[test]
fn mashing_keys_passes_no_shipped_level() {
    let catalogue = Catalogue::embedded();
    let mut passed = Vec::new();
    for level in catalogue.levels() {
        // Quick to run, and the easier test: errors are fewer under the same cap, speeds and shares are as in a long one.
        let rules = Rules { limit: Limit::Seconds(20), ..level.rules };
        let short = Level { rules, ..level.clone() };
        let exercise = choose(&short, 2, &[], &catalogue).unwrap();
        for (name, press) in MASHING {
            let attempt = attempt(&pressed(exercise.clone(), 150, press));
            if let Ok(score) = judge(&short, &attempt, &catalogue) {
                passed.push(format!("{}: {name}: {score:?}", level.id));
            }
        }
    }
    assert!(passed.is_empty(), "{}", passed.join("\n"));
}
