//! The life of a seat: what can happen when, by whom, and that nothing is ever taken away.

use proptest::prelude::*;
use typeproof::exam::event::{Outcome, Preflight, Recomputed, What};
use typeproof::exam::seat::{Refused, Standing};
use typeproof::exam::{Actor, Event, Seat, State};

use crate::support::exam::{connected, definition, did, event, noise, nothing, proctor, started};
use crate::support::typing::laws;

const RESUMES: &str = "[disconnect]\npolicy = \"resume\"\n";

fn seat(more: &str) -> Seat {
    Seat::new("17", &definition(more))
}

/// A seat after these events, all of which it takes.
fn after(more: &str, events: &[Event]) -> Seat {
    let mut seat = seat(more);
    for event in events {
        seat.apply(event).unwrap_or_else(|why| panic!("{event:?}: {why}"));
    }
    seat
}

fn to_running() -> Vec<Event> {
    vec![connected(1), did(What::Confirmed), did(What::WarmUp), did(What::Ready), started(1, 1)]
}

fn finish(run: u32) -> Event {
    event(Actor::Room, "", What::Finished(nothing(run)))
}

fn abort(run: u32, by: Actor) -> Event {
    event(by, "the line dropped", What::Aborted(nothing(run)))
}

fn void(run: u32) -> Event {
    event(proctor(), "help was given", What::Voided { run })
}

#[test]
fn a_candidate_goes_from_the_roster_to_the_result() {
    let mut seat = seat("[attempts]\nnumber = 2\n");
    let mut states = vec![seat.state()];
    for event in to_running() {
        states.push(seat.apply(&event).unwrap());
    }
    states.push(seat.apply(&finish(1)).unwrap());
    states.push(seat.apply(&did(What::Ready)).unwrap());
    states.push(seat.apply(&started(2, 2)).unwrap());
    states.push(seat.apply(&finish(2)).unwrap());
    use State::{Finished, Ready, Registered, Running, WarmingUp};
    let expected =
        [Registered, Registered, Registered, WarmingUp, Ready, Running, Finished, Ready, Running, Finished];
    assert_eq!(states, expected);
    assert_eq!((seat.used(), seat.left()), (2, 0));
    assert!(matches!(seat.apply(&did(What::Ready)), Err(Refused::Attempts { allowed: 2, .. })));
    seat.apply(&event(proctor(), "noise", What::Extra)).unwrap();
    assert_eq!(seat.apply(&did(What::Ready)), Ok(Ready));
}

#[test]
fn a_void_test_stays_on_file_and_uses_its_attempt() {
    let mut events = to_running();
    events.extend([finish(1), void(1)]);
    let mut seat = after("", &events);
    assert_eq!((seat.state(), seat.left()), (State::Void, 0));
    assert_eq!((seat.runs()[0].standing, seat.runs()[0].reason.as_str()), (Standing::Void, "help was given"));
    assert!(matches!(seat.apply(&void(1)), Err(Refused::State { .. })), "it is void already");
    assert!(seat.apply(&did(What::Ready)).is_err());
    seat.apply(&event(proctor(), "a fair try", What::Extra)).unwrap();
    seat.apply(&did(What::Ready)).unwrap();
    seat.apply(&started(2, 2)).unwrap();
    assert_eq!(seat.runs().len(), 2);
}

#[test]
fn a_lost_connection_gives_a_fresh_passage_so_many_times() {
    let mut seat = after("", &to_running());
    for run in 1..=3 {
        seat.apply(&did(What::Disconnected)).unwrap();
        assert_eq!(seat.state(), State::Running, "the room says what becomes of the test");
        seat.apply(&abort(run, Actor::Room)).unwrap();
        assert_eq!((seat.state(), seat.used()), (State::Aborted, 0));
        seat.apply(&connected(u64::from(run) + 1)).unwrap();
        if run < 3 {
            seat.apply(&event(Actor::Room, "", What::Ready)).unwrap();
            seat.apply(&started(run + 1, 1)).unwrap();
        }
    }
    assert!(matches!(seat.apply(&did(What::Ready)), Err(Refused::Lost(_))));
    assert_eq!(seat.apply(&event(proctor(), "", What::Ready)), Ok(State::Ready));
}

#[test]
fn a_test_goes_on_by_the_proctor_and_the_policy_alone() {
    let mut events = to_running();
    events.extend([did(What::Disconnected), abort(1, Actor::Room)]);
    let resume = |by| event(by, "a cable", What::Resumed);
    assert!(matches!(after("", &events).apply(&resume(proctor())), Err(Refused::NoResuming)));
    let mut seat = after(RESUMES, &events);
    assert!(matches!(seat.apply(&resume(Actor::Room)), Err(Refused::Proctor(_))));
    assert!(matches!(seat.apply(&resume(Actor::Candidate)), Err(Refused::Proctor(_))));
    assert_eq!(seat.apply(&resume(proctor())), Ok(State::Resumed));
    assert!(matches!(seat.apply(&did(What::Continued)), Err(Refused::NotLive(_))));
    seat.apply(&connected(2)).unwrap();
    assert!(seat.apply(&finish(1)).is_err(), "it has to go on first");
    assert_eq!(seat.apply(&did(What::Continued)), Ok(State::Running));
    assert_eq!(seat.apply(&finish(1)), Ok(State::Finished));
    assert_eq!((seat.runs().len(), seat.runs()[0].resumed), (1, 1));
}

/// Events before, the event that is refused, and what the refusal says.
fn refusals() -> Vec<(Vec<Event>, Event, &'static str)> {
    let live = || vec![connected(1)];
    let ready = || to_running()[..4].to_vec();
    let done = || [to_running(), vec![finish(1)]].concat();
    vec![
        (vec![], did(What::Disconnected), "not connected"),
        (vec![], did(What::Confirmed), "not connected"),
        (vec![], did(What::WarmUp), "not connected"),
        (vec![], did(What::Ready), "not connected"),
        (vec![], started(1, 1), "not connected"),
        (vec![], did(What::Continued), "not connected"),
        (live(), connected(2), "has a session already"),
        (live(), did(What::WarmUp), "confirm the name"),
        (live(), did(What::Ready), "confirm the name"),
        (live(), started(1, 1), "is registered, and cannot start a test"),
        (ready(), did(What::WarmUp), "cannot warm up"),
        (ready(), did(What::Ready), "cannot be made ready"),
        (ready(), started(2, 1), "not the one that is due (1)"),
        (ready(), started(1, 2), "not the one that is due (1)"),
        (ready(), finish(1), "no test runs"),
        (ready(), abort(1, proctor()), "no test runs"),
        (ready(), void(1), "has no test 1"),
        (to_running(), started(2, 1), "is running, and cannot start a test"),
        (to_running(), did(What::Ready), "cannot be made ready"),
        (to_running(), finish(2), "not the one that is due (1)"),
        (to_running(), void(1), "abort the test first"),
        (to_running(), abort(1, Actor::Candidate), "only the proctor"),
        (to_running(), event(proctor(), " ", What::Aborted(nothing(1))), "a reason is needed"),
        (done(), event(proctor(), "", What::Voided { run: 1 }), "a reason is needed"),
        (done(), event(Actor::Room, "x", What::Voided { run: 1 }), "only the proctor"),
        (done(), event(Actor::Candidate, "x", What::Extra), "only the proctor"),
        (done(), event(Actor::Room, "x", What::Rebound), "only the proctor"),
        (done(), event(Actor::Candidate, "", noise(None)), "only the proctor"),
        (done(), event(proctor(), "x", What::Settled { note: 1 }), "has no note 1"),
        (done(), event(proctor(), "x", What::Voided { run: 0 }), "has no test 0"),
        (done(), did(What::Recomputed(Recomputed { run: 2, same: true, score: None })), "has no test 2"),
        (done(), did(What::Ready), "taken all 1 attempts"),
        (vec![event(proctor(), "", What::Erased)], connected(1), "data were deleted"),
    ]
}

#[test]
fn what_cannot_happen_is_refused_and_changes_nothing() {
    for (before, event, says) in refusals() {
        let mut seat = after("", &before);
        let unchanged = seat.clone();
        let why = seat.apply(&event).expect_err(&format!("{event:?}")).to_string();
        assert!(why.contains(says), "{event:?}: {why}");
        assert_eq!(seat, unchanged, "{event:?}");
    }
}

#[test]
fn an_incident_is_noted_and_decided() {
    let events =
        [event(proctor(), "", noise(None)), event(proctor(), "it was short", What::Settled { note: 1 })];
    let seat = after("", &events);
    assert_eq!(seat.notes()[0].decision.as_deref(), Some("it was short"));
}

#[test]
fn a_new_code_frees_the_seat() {
    let mut seat = after("", &[connected(1), event(proctor(), "another machine", What::Rebound)]);
    assert!(seat.live().is_none());
    assert_eq!(seat.apply(&connected(3)), Ok(State::Registered));
}

/// Any event, most of them with values that fit.
pub fn any_event() -> impl Strategy<Value = Event> {
    let by = prop_oneof![Just(Actor::Candidate), Just(Actor::Room), Just(proctor())];
    let what = (0..16u32, 1..4u32, 1..3u32).prop_map(|(kind, run, attempt)| match kind {
        0 => connected(u64::from(run)).what,
        1 => What::Disconnected,
        2 => What::Confirmed,
        3 => What::Checked(Preflight { columns: 80, rows: 24, latency_ms: 3, missing: String::new() }),
        4 => What::WarmUp,
        5 | 6 => What::Ready,
        7 | 8 => started(run, attempt).what,
        9 => What::Finished(Outcome { run, attempt_sha256: None, score: None }),
        10 => What::Aborted(nothing(run)),
        11 => What::Voided { run },
        12 => What::Resumed,
        13 => What::Continued,
        14 => What::Extra,
        _ => noise(Some(run)),
    });
    (by, what, prop_oneof![Just(""), Just("because")]).prop_map(|(by, what, reason)| event(by, reason, what))
}

proptest! {
    #![proptest_config(laws(400))]

    #[test]
    fn tests_are_never_taken_away_and_attempts_never_exceeded(events in prop::collection::vec(any_event(), 0..120)) {
        let mut seat = seat(RESUMES);
        for event in events {
            let before = seat.clone();
            match seat.apply(&event) {
                Ok(state) => {
                    prop_assert_eq!(state, seat.state());
                    prop_assert!(seat.runs().len() >= before.runs().len());
                    for (now, then) in seat.runs().iter().zip(before.runs()) {
                        prop_assert_eq!(&now.begun, &then.begun);
                        prop_assert!(then.standing != Standing::Void || now.standing == Standing::Void);
                    }
                }
                Err(_) => prop_assert_eq!(&seat, &before),
            }
            prop_assert!(seat.runs().iter().filter(|run| run.standing == Standing::Finished).count() as u32 <= seat.allowed());
            prop_assert_eq!(seat.current().is_some(), matches!(seat.state(), State::Running | State::Resumed));
        }
    }
}
