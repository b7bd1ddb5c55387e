//! A sitting without a screen: what it accepts, when its phase changes, and what is left when the line drops.

use std::time::{Duration, Instant};

use typeproof::sitting::{Accepted, Sitting, Task};
use typeproof::typing::conduct::Conduct;
use typeproof::typing::key::Key;
use typeproof::typing::log::{Close, End, Event, EventKind, Log};
use typeproof::typing::rules::{Clock, Limit, Rules};
use typeproof::typing::session::Phase;
use typeproof::typing::text::Lookalikes;

use crate::support::typing::{exercise, keys};

const TEXT: &str = "Two cats sat.";

fn sitting(rules: Rules) -> Sitting {
    let task = Task::Text { name: "cats".into(), raw: TEXT.into(), lookalikes: Lookalikes::Exact };
    Sitting::new(task, None, exercise(TEXT, Lookalikes::Exact, rules))
}

fn after(start: Instant, ms: u64) -> Instant {
    start + Duration::from_millis(ms)
}

/// A journal of what was accepted is the log.
#[test]
fn the_accepted_events_are_the_log() {
    let mut sitting = sitting(Rules::practice(Limit::Text));
    let start = Instant::now();
    let mut journal = Vec::new();
    let mut phases = Vec::new();
    let mut note = |accepted: Accepted| {
        journal.extend(accepted.event);
        phases.extend(accepted.phase);
    };
    // Before the first key nothing is taken.
    note(sitting.record(start, EventKind::FocusLost));
    note(sitting.press(start, Key::Backspace));
    assert_eq!((sitting.phase(), sitting.wall()), (Phase::Ready, None));
    for (n, key) in (0..).zip(keys("Twp⌫o cats sat.")) {
        let at = after(start, 1_000 + n * 100);
        note(sitting.press(at, key));
        note(sitting.record(at, EventKind::Release(key)));
        note(sitting.tick(at));
    }
    let late = after(start, 60_000);
    note(sitting.press(late, Key::Char('x')));
    note(sitting.close(late));
    assert_eq!(phases, [Phase::Running, Phase::Ended(End::Completed)], "told once each");
    assert_eq!(sitting.session().log().map(|log| log.events), Some(journal));
    assert_eq!(sitting.session().duration(), Some(1_400));
}

#[test]
fn the_time_is_up_at_its_limit_and_said_once() {
    let mut sitting = sitting(Rules::practice(Limit::Seconds(15)));
    let start = Instant::now();
    assert_eq!(sitting.limit(), None);
    assert_eq!(sitting.press(start, Key::Char('T')).phase, Some(Phase::Running));
    assert_eq!(sitting.limit(), Some(after(start, 15_000)));
    assert_eq!(sitting.tick(after(start, 14_999)), Accepted::default());
    let ended = Accepted { event: None, phase: Some(Phase::Ended(End::TimeUp)) };
    assert_eq!(sitting.tick(after(start, 15_003)), ended);
    assert_eq!(sitting.tick(after(start, 15_004)), Accepted::default());
    assert_eq!((sitting.limit(), sitting.session().duration()), (None, Some(15_000)));
}

#[test]
fn a_start_signal_is_no_event() {
    let mut sitting = sitting(Rules { clock: Clock::StartSignal, ..Rules::practice(Limit::Text) });
    let start = Instant::now();
    assert_eq!(sitting.press(start, Key::Char('T')), Accepted::default());
    assert_eq!(sitting.press(start, Key::Enter), Accepted { event: None, phase: Some(Phase::Running) });
    let first = Event { at: 700, what: EventKind::Press(Key::Char('T')) };
    let taken = sitting.press(after(start, 700), Key::Char('T'));
    assert_eq!(taken, Accepted { event: Some(first), phase: None });
}

#[test]
fn a_closed_sitting_keeps_its_log_and_one_that_never_began_stays_ready() {
    let start = Instant::now();
    let mut sitting = sitting(Rules::practice(Limit::Text));
    assert_eq!(sitting.close(start), Accepted::default());
    assert_eq!(sitting.phase(), Phase::Ready);
    sitting.press(start, Key::Char('T'));
    assert_eq!(sitting.close(after(start, 250)).phase, Some(Phase::Ended(End::GaveUp)));
    let events = vec![Event { at: 0, what: EventKind::Press(Key::Char('T')) }];
    assert_eq!(
        sitting.session().log(),
        Some(Log { conduct: Conduct::First, events, close: Close { end: End::GaveUp, at: 250 } })
    );
    assert!(sitting.wall().is_some_and(|wall| wall.start <= wall.end));
}
