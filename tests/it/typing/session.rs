//! The session: laws that hold for every sequence of events, and what it refuses; string distance and mistakes.

use std::sync::Arc;

use proptest::prelude::*;
use proptest::sample::select;
use typeproof::typing::attempt::{Attempt, LevelRef};
use typeproof::typing::distance::{self, Distance, MAX_DISTANCE};
use typeproof::typing::exercise::Exercise;
use typeproof::typing::insight;
use typeproof::typing::key::{Key, Millis, Stroke};
use typeproof::typing::log::{Close, End, Event, EventKind, Log, MAX_EVENTS, MAX_MS};
use typeproof::typing::mistakes;
use typeproof::typing::rules::{Clock, Correction, ErrorUnit, Limit, Penalty, Rules, TimeBase};
use typeproof::typing::score::Score;
use typeproof::typing::session::{MAX_EXTRA, Phase, ReplayError, Session};
use typeproof::typing::text::Lookalikes;

use crate::support::typing::{exercise, keys, laws};

const TEXT: &str = "It’s né x\u{301}y\nof 5\u{a0}kg a — b 🇩🇪";

fn rules() -> impl Strategy<Value = Rules> {
    let limits = [Limit::Text, Limit::Seconds(3), Limit::Seconds(60)];
    let penalties = [
        Penalty::None,
        Penalty::WordsPerError(1),
        Penalty::WpmX100PerError(101),
        Penalty::CharactersPerError(50),
        Penalty::WrongWords,
    ];
    (
        select(limits.to_vec()),
        select(vec![Clock::FirstKey, Clock::StartSignal]),
        select(vec![Correction::Free, Correction::None, Correction::CurrentWord]),
        select(vec![ErrorUnit::Character, ErrorUnit::Word, ErrorUnit::FullHalf]),
        select(penalties.to_vec()),
        any::<bool>(),
    )
        .prop_map(|(limit, clock, correction, error_unit, penalty, allotted)| {
            let timed = matches!(limit, Limit::Seconds(_));
            let time_base = if allotted && timed { TimeBase::Allotted } else { TimeBase::Elapsed };
            Rules { clock, correction, error_unit, penalty, time_base, ..Rules::practice(limit) }
        })
}

/// Scripts of which characters are typed sign by sign.
const SIGNS: &str = "ते กำม ड़ क\n한 שָׁ é";

fn an_exercise() -> impl Strategy<Value = Arc<Exercise>> {
    (rules(), any::<bool>(), select(vec![TEXT, SIGNS])).prop_map(|(rules, exact, text)| {
        exercise(text, if exact { Lookalikes::Exact } else { Lookalikes::Typographic }, rules)
    })
}

/// Mostly the key that is due, so that sessions come far; `None` stands for it.
fn an_event() -> impl Strategy<Value = (Millis, Option<EventKind>)> {
    let key = prop_oneof![
        4 => select("aéx’'-— \u{a0}\u{301}\u{323}\u{94d}🇩🇪e5kg\u{7f}\u{1}\t\nตतेीกำ่ามक\u{95c}\u{1112}\u{1161}\u{11ab}ש\u{5b8}\u{5c1}".chars().collect::<Vec<_>>()).prop_map(Key::Char),
        1 => Just(Key::Enter),
        3 => Just(Key::Backspace),
        2 => Just(Key::DeleteWord),
    ];
    let other =
        select(vec![EventKind::FocusLost, EventKind::FocusGained, EventKind::Suspended, EventKind::Resumed]);
    let what = prop_oneof![
        12 => Just(None),
        8 => key.clone().prop_map(|k| Some(EventKind::Press(k))),
        1 => key.prop_map(|k| Some(EventKind::Release(k))),
        1 => any::<u32>().prop_map(|n| Some(EventKind::Paste(n))),
        1 => other.prop_map(Some),
    ];
    (prop_oneof![9 => 0..300u32, 1 => 0..30_000u32], what)
}

fn due(session: &Session) -> Key {
    session.due().unwrap_or(Key::Char('\u{1f1e9}'))
}

/// A session that took these events at these gaps, forwards and (one in eight) backwards in time.
fn played(exercise: &Arc<Exercise>, events: &[(Millis, Option<EventKind>)]) -> Session {
    let mut session = Session::new(Arc::clone(exercise));
    session.start();
    let mut at = 0u32;
    for (i, (gap, what)) in events.iter().enumerate() {
        at = if i % 8 == 7 { at.saturating_sub(*gap) } else { at + gap };
        let what = what.unwrap_or_else(|| EventKind::Press(due(&session)));
        session.record(at, what);
    }
    session
}

fn finished(exercise: &Arc<Exercise>, events: &[(Millis, Option<EventKind>)]) -> Session {
    let mut session = played(exercise, events);
    session.give_up(session.last_at() + 40);
    session
}

fn attempt(session: &Session) -> Attempt {
    Attempt {
        exercise: Arc::clone(session.exercise()),
        level: Some(LevelRef { id: "speed/20".into(), version: 3 }),
        started_unix_ms: -5,
        wall_ms: 61_234,
        circumstances: None,
        keyboard: None,
        log: session.log().unwrap(),
    }
}

proptest! {
    #![proptest_config(laws(250))]

    #[test]
    fn a_replay_is_the_session(exercise in an_exercise(), events in prop::collection::vec(an_event(), 0..60)) {
        let session = finished(&exercise, &events);
        let log = session.log().unwrap();
        prop_assert_eq!(&Session::replay(Arc::clone(&exercise), &log).unwrap(), &session);
        prop_assert_eq!(&Log::from_bytes(&log.to_bytes(&exercise), &exercise).unwrap(), &log);
        prop_assert!(log.events.windows(2).all(|w| w[0].at <= w[1].at));
        prop_assert!(log.events.last().is_none_or(|e| e.at <= log.close.at));
        let attempt = attempt(&session);
        let read = Attempt::from_bytes(&attempt.to_bytes()).unwrap();
        prop_assert_eq!(&read, &attempt);
        let replayed = read.replay().unwrap();
        prop_assert_eq!(&replayed, &session);
        prop_assert_eq!(Score::of(&replayed), Score::of(&session));
    }

    #[test]
    fn the_counts_agree(exercise in an_exercise(), events in prop::collection::vec(an_event(), 0..60)) {
        let session = finished(&exercise, &events);
        let tally = session.tally();
        prop_assert_eq!(tally.typed, tally.standing() + tally.erased);
        prop_assert!(tally.right <= tally.typed);
        prop_assert!(tally.fixes <= tally.erased);
        let insertions = session.insertions();
        prop_assert_eq!(insertions.len(), tally.typed as usize);
        prop_assert_eq!(insertions.iter().filter(|i| i.right).count(), tally.right as usize);
        prop_assert!(insertions.iter().all(|i| !i.right || i.due.is_some()));
        let stands: usize =
            session.words().iter().map(|w| w.typed.len() + usize::from(w.separator.is_some())).sum();
        prop_assert_eq!(stands, tally.standing() as usize);
        for (i, word) in session.words().iter().enumerate() {
            prop_assert!(word.typed.len() <= exercise.text.word(i).len() + MAX_EXTRA);
            prop_assert_eq!(word.separator.is_none(), i + 1 == session.words().len());
        }
        let score = Score::of(&session).unwrap();
        let c = score.counts;
        prop_assert_eq!(c.correct + c.incorrect_left, c.presented.max(c.standing));
        prop_assert!(score.net_wpm_x100 <= score.gross_wpm_x100);
        prop_assert!(score.gross_wpm_x100 <= score.raw_wpm_x100);
        prop_assert!(score.accuracy_bp <= 10_000 && score.consistency_bp <= 10_000);
        prop_assert_eq!(c.duration_ms, session.duration().unwrap());
        let seconds = insight::seconds(&session);
        prop_assert_eq!(seconds.iter().map(|s| s.wrong).sum::<u32>(), tally.typed - tally.right);
        let hits: u32 = insight::keys(&session).iter().map(|k| k.hits).sum();
        prop_assert_eq!(hits, tally.right);
        insight::elsewhere(&session, &score);
    }

    #[test]
    fn a_replay_stops_anywhere(exercise in an_exercise(), events in prop::collection::vec(an_event(), 0..40), until in 0..9_000u32) {
        let session = finished(&exercise, &events);
        let log = session.log().unwrap();
        let part = Session::replay_until(Arc::clone(&exercise), &log, until);
        let shown = log.events.iter().filter(|e| e.at <= until).count();
        let typed = log.events[..shown].iter().filter(|e| matches!(e.what, EventKind::Press(_))).count();
        prop_assert!(part.insertions().len() <= typed);
        // Whether a character was right may change with the mark that comes after it.
        let places = |s: &Session| s.insertions().iter().map(|i| (i.at, i.due)).collect::<Vec<_>>();
        prop_assert!(places(&session).starts_with(&places(&part)));
    }
}

fn fox() -> Arc<Exercise> {
    exercise("the quick brown fox", Lookalikes::Typographic, Rules::practice(Limit::Text))
}

fn press(session: &mut Session, notation: &str) {
    for key in keys(notation) {
        let at = session.last_at() + 100;
        session.press(Stroke { at, key });
    }
}

fn log_of(notation: &str) -> Log {
    let mut session = Session::new(fox());
    press(&mut session, notation);
    session.give_up(session.last_at() + 50);
    session.log().unwrap()
}

type Altered<'a> = (&'a Log, &'a dyn Fn(&mut Log), ReplayError);

#[test]
fn logs_that_were_altered_do_not_replay() {
    let whole = log_of("the quick brown fox");
    let part = log_of("the qui");
    let replay = |change: &dyn Fn(&mut Log), log: &Log| {
        let mut log = log.clone();
        change(&mut log);
        Session::replay(fox(), &log).unwrap_err()
    };
    let event = |at, c| Event { at, what: EventKind::Press(Key::Char(c)) };
    let (after, start, close) = (ReplayError::AfterEnd, ReplayError::Start, ReplayError::Close);
    let refused: &[Altered] = &[
        (&whole, &|l| l.events.push(event(1_900, 'x')), after(20)),
        (&whole, &|l| l.events.push(Event { at: 1_900, what: EventKind::FocusLost }), after(20)),
        (&whole, &|l| l.events.truncate(18), close),
        (&whole, &|l| l.events.rotate_left(1), start),
        (&whole, &|l| l.close.at += 1, close),
        (&whole, &|l| l.close.at -= 1, close),
        (&whole, &|l| l.close.end = End::GaveUp, close),
        (&whole, &|l| l.close.end = End::TimeUp, close),
        (&whole, &|l| l.events[0].at = 1, start),
        (&whole, &|l| l.events[0].what = EventKind::FocusGained, start),
        (&whole, &|l| l.events[0].what = EventKind::Press(Key::Backspace), start),
        (&whole, &|l| l.events[0].what = EventKind::Press(Key::Char('\t')), start),
        (&whole, &|l| l.events[4].what = EventKind::Press(Key::Char('\t')), after(5)),
        (&whole, &|l| l.events[4].what = EventKind::Release(Key::Char('\u{9b}')), after(5)),
        (&whole, &|l| l.events.clear(), close),
        (&whole, &|l| l.events.swap(2, 9), close),
        (&part, &|l| l.close.end = End::Completed, close),
        (&part, &|l| l.close.end = End::TimeUp, close),
        (&part, &|l| l.close.at = 599, close),
        (&part, &|l| l.close.at = MAX_MS + 1, close),
        (&part, &|l| l.events[3].at = 50, close),
        (&part, &|l| l.events.push(event(MAX_MS, 'c')), after(8)),
        (&part, &|l| l.events.clear(), close),
    ];
    for (i, (log, change, expected)) in refused.iter().enumerate() {
        assert_eq!(replay(change, log), *expected, "case {i}");
    }
    assert!(Session::replay(fox(), &whole).is_ok() && Session::replay(fox(), &part).is_ok());
    let other = exercise("the quick", Lookalikes::Typographic, Rules::practice(Limit::Text));
    assert_eq!(Session::replay(other, &whole).unwrap_err(), after(10));
    for (error, says) in [
        (after(20), "event 20 of the log comes after the test had ended"),
        (start, "does not begin with a key at time 0"),
        (close, "the log's close does not follow from its events"),
    ] {
        assert!(error.to_string().contains(says), "{error}");
    }
}

#[test]
fn nothing_counts_before_the_clock_and_after_the_end() {
    let mut session = Session::new(fox());
    for key in [Key::Backspace, Key::DeleteWord, Key::Char('\u{8}'), Key::Char('\n')] {
        assert_eq!(session.press(Stroke { at: 5, key }), Phase::Ready);
    }
    assert_eq!(session.record(5, EventKind::FocusLost), Phase::Ready);
    assert_eq!((session.start(), session.tick(9)), (Phase::Ready, Phase::Ready));
    assert_eq!((session.log(), session.duration()), (None, None));
    press(&mut session, "the quick brown fox");
    let ended = session.clone();
    assert_eq!(ended.phase(), Phase::Ended(End::Completed));
    session.press(Stroke { at: 5_000, key: Key::Char('x') });
    session.press(Stroke { at: 5_000, key: Key::Backspace });
    session.record(5_000, EventKind::Paste(3));
    session.tick(9_000);
    session.give_up(9_000);
    assert_eq!(session, ended);

    let rules = Rules { clock: Clock::StartSignal, ..Rules::practice(Limit::Seconds(1)) };
    let mut session = Session::new(exercise("ab", Lookalikes::Exact, rules));
    assert_eq!(session.press(Stroke { at: 0, key: Key::Char('a') }), Phase::Ready);
    assert_eq!(session.start(), Phase::Running);
    assert_eq!(session.tick(999), Phase::Running);
    assert_eq!(session.press(Stroke { at: 1_000, key: Key::Char('a') }), Phase::Ended(End::TimeUp));
    assert_eq!((session.tally().typed, session.duration()), (0, Some(1_000)));
}

#[test]
fn a_session_beyond_its_limits_is_given_up() {
    let mut session = Session::new(fox());
    press(&mut session, "t");
    assert_eq!(session.press(Stroke { at: MAX_MS, key: Key::Char('h') }), Phase::Ended(End::GaveUp));
    assert_eq!(session.duration(), Some(MAX_MS));

    let mut session = Session::new(fox());
    press(&mut session, "t");
    for i in 1..MAX_EVENTS {
        session
            .record(0, if i % 2 == 0 { EventKind::Release(Key::Enter) } else { EventKind::Paste(u32::MAX) });
    }
    assert_eq!(session.phase(), Phase::Running);
    assert_eq!(session.press(Stroke { at: 7, key: Key::Char('h') }), Phase::Ended(End::GaveUp));
    let log = session.log().unwrap();
    assert_eq!((log.events.len(), log.close), (MAX_EVENTS, Close { end: End::GaveUp, at: 7 }));
    let read = Log::from_bytes(&log.to_bytes(&fox()), &fox()).unwrap();
    assert!(read == log && Session::replay(fox(), &read).unwrap() == session);
}

#[test]
fn due_is_the_key_the_text_asks_for() {
    let mut session =
        Session::new(exercise("a\nb’x\u{301} c", Lookalikes::Typographic, Rules::practice(Limit::Text)));
    for (key, due) in [
        ('a', Some(Key::Char('a'))),
        ('\u{1f}', Some(Key::Enter)),
        (' ', Some(Key::Enter)),
        ('b', Some(Key::Char('b'))),
        ('\'', Some(Key::Char('’'))),
        ('x', None),
        ('\u{301}', Some(Key::Char(' '))),
        ('y', Some(Key::Char(' '))),
        ('z', None),
        (' ', None),
        ('c', Some(Key::Char('c'))),
    ] {
        assert_eq!(session.due(), due, "before {key:?}");
        session.press(Stroke { at: 0, key: Key::Char(key) });
    }
    assert_eq!((session.due(), session.phase()), (None, Phase::Ended(End::Completed)));
}

/// The distance by the whole table, and for a beginning of the text the nearest such.
fn plain(text: &[u8], typed: &[u8], reached: usize, whole: bool) -> Distance {
    let mut row: Vec<usize> = (0..=text.len()).collect();
    for (i, t) in typed.iter().enumerate() {
        let mut next = vec![i + 1];
        for (j, c) in text.iter().enumerate() {
            next.push((row[j] + usize::from(c != t)).min(row[j + 1] + 1).min(next[j] + 1));
        }
        row = next;
    }
    if whole {
        return Distance { edits: row[text.len()], presented: text.len() };
    }
    let (presented, edits) =
        row.into_iter().enumerate().min_by_key(|(j, d)| (*d, j.abs_diff(reached))).unwrap();
    Distance { edits, presented }
}

proptest! {
    #![proptest_config(laws(1_500))]

    #[test]
    fn the_banded_distance_is_the_distance(
        text in prop::collection::vec(0..3u8, 0..40), typed in prop::collection::vec(0..3u8, 0..40),
        reached in 0..45usize, whole in any::<bool>(),
    ) {
        let expected = plain(&text, &typed, reached.min(text.len()), whole);
        prop_assert_eq!(distance::compare(&text, &typed, reached, whole), expected);
    }
}

#[test]
fn beyond_the_band_everything_is_wrong() {
    let (text, short, long) = (vec![1u8; 5_000], vec![2u8; 500], vec![2u8; 4_400]);
    let all = |edits, presented| Distance { edits, presented };
    assert_eq!(distance::compare(&text, &short, 500, true), all(5_000, 5_000));
    assert_eq!(distance::compare(&text[..100], &long, 90, false), all(4_400, 90));
    assert_eq!(distance::compare(&text, &text[..MAX_DISTANCE], 0, true), all(5_000 - MAX_DISTANCE, 5_000));
    assert_eq!(distance::compare(&text, &[], 7, true), all(5_000, 5_000));
    assert_eq!(distance::compare(&text, &[], 7, false), all(0, 0));
}

/// Full and half mistakes of `typed` on `text`, in halves, and wrong words.
fn judged(text: &str, typed: &str, time_up: bool) -> (u32, u32, u32) {
    let mut session =
        Session::new(exercise(text, Lookalikes::Typographic, Rules::practice(Limit::Seconds(100))));
    press(&mut session, typed);
    if time_up {
        session.tick(100_000);
    }
    assert!(matches!(session.phase(), Phase::Ended(_)), "{typed:?} on {text:?}");
    let (halves, words) = (mistakes::of(&session, 2, 1), mistakes::of(&session, 1, 1));
    (halves.full, halves.half, words.full + words.half)
}

#[test]
fn mistakes_are_full_or_half() {
    let text = "One two, three four five six.";
    for (typed, expected) in [
        (text, (0, 0, 0)),
        ("one two, three four five six.", (0, 1, 1)),
        ("One two three four five six.", (0, 1, 1)),
        ("One two; three four five six!", (0, 2, 2)),
        ("ONE TWO three Four five six.", (0, 3, 3)),
        ("One tow, three four five six.", (1, 0, 1)),
        ("One two, three five four six.", (0, 1, 1)),
        ("One two, three four five↵six.", (0, 1, 1)),
        ("One two, thre↵four five six.", (1, 0, 1)),
        ("One xxxx yyyyy four five six.", (2, 0, 2)),
        ("One two, threefour five six. six.", (1, 1, 2)),
        ("One one two, three four five.", (2, 0, 2)),
        ("One two, three four five six ", (0, 1, 1)),
    ] {
        assert_eq!(judged(text, typed, false), expected, "{typed}");
    }
    for (typed, expected) in [
        ("One two, thr", (0, 0, 0)),
        ("One two, ", (0, 0, 0)),
        ("One three four ", (1, 0, 1)),
        ("One two, two, three ", (1, 0, 1)),
        ("One two, th ree four ", (0, 1, 1)),
        ("One two,three four ", (0, 1, 1)),
        ("two, One three ", (0, 1, 1)),
        ("One three two, four ", (0, 1, 1)),
        ("four five ", (2, 0, 2)),
        ("x y z ", (3, 0, 3)),
    ] {
        assert_eq!(judged(text, typed, true), expected, "{typed}");
    }
}

#[test]
fn piled_marks_cost_no_more_than_other_keys() {
    use typeproof::typing::text::{MAX_CLUSTER, Text, TextError};
    let exercise = exercise("e xx", Lookalikes::Exact, Rules::practice(Limit::Text));
    let mut session = Session::new(exercise);
    session.press(Stroke { at: 0, key: Key::Char('e') });
    for at in 1..20_000 {
        session.press(Stroke { at, key: Key::Char('\u{301}') });
    }
    assert!(matches!(session.phase(), Phase::Running));
    let piled = |n| format!("x{}", "\u{316}".repeat(n));
    assert!(Text::new(&piled(MAX_CLUSTER - 1), Lookalikes::Exact).is_ok());
    assert!(matches!(Text::new(&piled(MAX_CLUSTER), Lookalikes::Exact), Err(TextError::Cluster(_))));
}
