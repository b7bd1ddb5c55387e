//! What the screens of a test do: keys, clock, interruptions, and what a key costs.

use std::time::{Duration, Instant};

use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use ratatui::style::Modifier;
use typeproof::tui::input::{Input, KeyPress};
use typeproof::tui::screen::{Colours, Screen};
use typeproof::tui::screens::result::Outcome;
use typeproof::tui::screens::{Command, Keys, Route, Step};
use typeproof::typing::key::Key;
use typeproof::typing::log::{End, EventKind};
use typeproof::typing::rules::{Clock, Rules};
use typeproof::typing::session::Phase;

use super::{SIZES, WITH_ERRORS, key, page, picture, result, timed, type_in};

#[test]
fn keys_of_the_result() {
    use KeyPress::{Char, Ctrl, Enter, Esc, Tab};
    let outcomes =
        [Outcome::Saved, Outcome::Passed, Outcome::Missing(vec![]), Outcome::Unsaved(String::new())];
    let cases = [
        (Enter, [None, Some(Step::Do(Command::Award)), None, Some(Step::Do(Command::Save))]),
        (Char('s'), [None, None, None, Some(Step::Do(Command::Save))]),
        (Tab, [const { Some(Step::Do(Command::Restart)) }; 4]),
        (Ctrl('t'), [const { Some(Step::Do(Command::Restart)) }; 4]),
        (Ctrl('p'), [const { Some(Step::Do(Command::Replay)) }; 4]),
        (Ctrl('n'), [const { Some(Step::Go(Route::Levels(None))) }; 4]),
        (Esc, [const { Some(Step::Back) }; 4]),
        (Ctrl('q'), [const { Some(Step::Do(Command::Quit)) }; 4]),
        // What is typed on leads nowhere.
        (Char('r'), [const { None }; 4]),
        (Char('q'), [const { None }; 4]),
        (Char('p'), [const { None }; 4]),
        (Char('l'), [const { None }; 4]),
        (Char('h'), [const { None }; 4]),
        (Char(' '), [const { None }; 4]),
        (Char('x'), [const { None }; 4]),
    ];
    for (key, expected) in cases {
        for (outcome, expected) in outcomes.iter().zip(expected) {
            let mut page = result(outcome.clone());
            match page.update(key) {
                Step::Stay | Step::Unchanged => assert_eq!(None, expected, "{key:?} {outcome:?}"),
                step => assert_eq!(Some(step), expected, "{key:?} {outcome:?}"),
            }
        }
    }
}

#[test]
fn keys_of_the_test() {
    let cases = [
        (KeyPress::Esc, Some(Step::Back)),
        (KeyPress::Tab, Some(Step::Do(Command::Restart))),
        (KeyPress::Ctrl('r'), Some(Step::Do(Command::Restart))),
        (KeyPress::Ctrl('f'), Some(Step::Do(Command::ToggleLive))),
        (KeyPress::Ctrl('l'), Some(Step::Do(Command::Redraw))),
        (KeyPress::Char('?'), None),
        (KeyPress::Char('q'), None),
        (KeyPress::Up, None),
        (KeyPress::Alt('x'), None),
    ];
    for (key, expected) in cases {
        for keys in ["", "The"] {
            let mut page = page(timed(), (80, 24));
            let at = type_in(&mut page, Instant::now(), 100, keys);
            let typed = page.session().tally().typed;
            let (step, _) = page.take(at, &Input::Key(key));
            assert!(Some(&step) == expected.as_ref() || expected.is_none());
            let is_text = matches!(key, KeyPress::Char(_));
            assert_eq!(page.session().tally().typed, typed + u32::from(is_text), "{key:?}");
        }
    }
}

#[test]
fn the_clock_starts_with_the_first_key_and_wakes_once_a_second() {
    let mut page = page(timed(), (80, 24));
    let start = Instant::now();
    let after = |ms| start + Duration::from_millis(ms);
    for input in [
        Input::FocusLost,
        Input::FocusGained,
        Input::Release(KeyPress::Enter),
        Input::Key(KeyPress::Backspace),
    ] {
        page.take(start, &input);
        page.tick(start);
        assert_eq!((page.wake(), page.session().phase()), (None, Phase::Ready), "{input:?}");
    }
    page.take(start, &Input::Key(KeyPress::Char('T')));
    assert_eq!(page.wake(), Some(after(1_250)));
    page.tick(after(1_250));
    assert_eq!(page.wake(), Some(after(2_250)));
    page.take(after(2_100), &Input::Key(KeyPress::Char('h')));
    assert_eq!(page.wake(), Some(after(3_250)), "a key within the lateness saves the wake-up");
    page.tick(after(59_900));
    assert_eq!(page.wake(), Some(after(60_000)), "the end of the time is never late");
    page.tick(after(60_003));
    assert_eq!(page.session().phase(), Phase::Ended(End::TimeUp));
    assert_eq!(page.session().duration(), Some(60_000));
    assert_eq!(page.wake(), None);
}

#[test]
fn a_start_signal_counts_every_key() {
    let mut page = page(Rules { clock: Clock::StartSignal, ..timed() }, (80, 24));
    let start = type_in(&mut page, Instant::now(), 10, "Th");
    assert_eq!(page.session().tally().typed, 0, "what comes before the signal is nothing");
    page.take(start, &Input::Key(KeyPress::Enter));
    type_in(&mut page, start + Duration::from_millis(500), 100, "The");
    assert_eq!(page.session().tally().typed, 3);
    assert_eq!(page.session().last_at(), 700);
}

#[test]
fn interruptions_are_noted() {
    let mut page = page(timed(), (80, 24));
    let at = type_in(&mut page, Instant::now(), 100, "The");
    page.take(at, &Input::FocusLost);
    page.take(at, &Input::FocusGained);
    page.take(at, &Input::Paste { text: "closed".to_owned(), chars: 6 });
    page.take(at, &Input::Release(KeyPress::Char('e')));
    page.record(at, EventKind::Suspended);
    page.tick(at + Duration::from_secs(60));
    let log = page.session().log().unwrap();
    let noted: Vec<_> = log.events.iter().skip(3).map(|event| event.what).collect();
    let expected = [
        EventKind::FocusLost,
        EventKind::FocusGained,
        EventKind::Paste(6),
        EventKind::Release(Key::Char('e')),
        EventKind::Suspended,
    ];
    assert_eq!(noted, expected);
}

/// Drawing in parts shows the same as drawing anew, whatever is typed, and a usual key costs little.
#[test]
fn changes_add_up_to_the_whole_screen() {
    let keys = "The botice on thee^the dor<<oor sayss \"closed  until  Monday\".\nPeople < <<<^^red it, shruggggg<<< and";
    for size in SIZES {
        let area = Size::new(size.0, size.1);
        let mut screen = Screen::new(area, Colours::All);
        let mut page = page(timed(), size);
        page.draw(&mut screen);
        let mut at = Instant::now();
        for (i, c) in keys.chars().enumerate() {
            page.take(at, &Input::Key(key(c)));
            at += Duration::from_millis(90);
            // Every third time several keys come at once.
            if i % 3 == 0 {
                continue;
            }
            // The figures follow once a second; here they are asked for.
            page.show_figures(true);
            page.draw(&mut screen);
            let mut whole = Buffer::empty(screen.area());
            page.view(&mut whole);
            let (shown, whole) = (picture(screen.shown(), None), picture(&whole, None));
            assert_eq!(shown, whole, "{size:?} after {:?}", keys.chars().take(i + 1).collect::<String>());
        }
    }
}

/// A key costs little, though the word at the caret is marked: all of a word's keys within it, and the one to the next word.
#[test]
fn a_key_costs_few_bytes() {
    for colours in [Colours::All, Colours::None] {
        let mut screen = Screen::new(Size::new(80, 24), colours);
        let mut page = page(timed(), (80, 24));
        page.draw(&mut screen);
        let mut at = Instant::now();
        let (mut within, mut between) = (Vec::new(), Vec::new());
        for c in "The notice on the door".chars() {
            page.take(at, &Input::Key(KeyPress::Char(c)));
            let bytes = page.draw(&mut screen).len();
            if c == ' ' { &mut between } else { &mut within }.push(bytes);
            at += Duration::from_millis(40);
        }
        // The first key starts the clock, whose row is drawn too.
        let others = within.iter().skip(1).chain(&between);
        let mean = others.clone().sum::<usize>() / others.count();
        assert!(mean <= 18, "{mean} bytes a key: {within:?}, {between:?}");
        // The place is told each time, so that what others write to the terminal pushes nothing about.
        let dear = within.iter().skip(1).any(|bytes| *bytes > 24) || between.iter().any(|bytes| *bytes > 48);
        assert!(!dear, "{within:?}, {between:?}");
    }
}

/// What is typed, what is not, and what is wrong differ in more than colour and faintness.
#[test]
fn typed_and_untyped_differ_without_colour() {
    let mut page = page(timed(), (80, 24));
    type_in(&mut page, Instant::now(), 150, WITH_ERRORS);
    let mut buffer = Buffer::empty(Rect::new(0, 0, 80, 24));
    page.view(&mut buffer);
    let marks = |at: u16| buffer[(at, 9)].modifier - Modifier::DIM;
    // Typed right, wrong, too many, passed over; the word at the caret, and what follows it.
    let places = [2, 6, 19, 24];
    let kinds: Vec<Modifier> = places.map(marks).into_iter().collect();
    assert!(kinds.iter().all(|kind| !kind.is_empty()), "{kinds:?}");
    for (i, kind) in kinds.iter().enumerate() {
        assert!(!kinds[..i].contains(kind), "{kinds:?}");
    }
}
