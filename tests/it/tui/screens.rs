//! The screens of test, result and replay: text pictures in `tests/data/screens`, and what keys do.
//!
//! A picture is the characters, then a row of styles under each row that has any (`-` dim, `#` bold, `k` key, `g` good or
//! typed right, `u` the word at the caret, `b` bad, `w` wrong, `m` missed, `x` extra, `c` bar, `n` the next key, `d` the one after a dead key), then the cursor. `UPDATE_SCREENS=1` writes them anew.

use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::support::picture::compare;
use ratatui::buffer::{Buffer, Cell, CellWidth};
use ratatui::layout::{Position, Rect, Size};
use ratatui::style::{Color, Modifier};
use typeproof::sitting::{Sitting, Task};
use typeproof::tui::input::{Input, KeyPress};
use typeproof::tui::screen::{Colours, Screen};
use typeproof::tui::screens::replay::ReplayPage;
use typeproof::tui::screens::result::{Outcome, ResultPage};
use typeproof::tui::screens::{Command, Keys, Page, Route, Step};
use typeproof::tui::seat::Seat;
use typeproof::typing::attempt::Attempt;
use typeproof::typing::exercise::{Exercise, Source};
use typeproof::typing::key::{Key, Millis, Stroke};
use typeproof::typing::log::{End, EventKind};
use typeproof::typing::rules::{Clock, Limit, Rules};
use typeproof::typing::score::Score;
use typeproof::typing::session::{Phase, Session};
use typeproof::typing::text::Lookalikes;

const TEXT: &str = "The notice on the door says “closed until Monday”.\nPeople read it, shrug, and come back next week with \
                    their parcels, 日本 stamps and 12 kg of patience. Others knock, wait a while, and knock again; the \
                    door does not open, because nobody is behind it. A long word such as \
                    Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft is broken.";
const SIZES: [(u16, u16); 6] = [(80, 24), (120, 40), (40, 12), (20, 5), (12, 3), (1, 1)];

pub(super) fn exercise(text: &str, rules: Rules) -> Arc<Exercise> {
    let source = Source::Own("notice.txt".to_owned());
    Arc::new(Exercise::new(source, 0, text, Lookalikes::Typographic, rules).unwrap())
}

pub(super) fn page(rules: Rules, size: (u16, u16)) -> Seat {
    page_of(TEXT, rules, size)
}

fn page_of(text: &str, rules: Rules, size: (u16, u16)) -> Seat {
    let task = Task::Text {
        name: "notice.txt".to_owned(),
        raw: text.to_owned(),
        lookalikes: Lookalikes::Typographic,
    };
    let sitting = Sitting::new(task, None, exercise(text, rules));
    Seat::new(sitting, true, Rect::new(0, 0, size.0, size.1))
}

pub(super) fn timed() -> Rules {
    Rules::practice(Limit::Seconds(60))
}

/// Types `keys` into the page, one every `gap` milliseconds from `from` on: `<` erases, `\n` is Enter.
fn type_in(page: &mut Seat, from: Instant, gap: u64, keys: &str) -> Instant {
    let mut at = from;
    for c in keys.chars() {
        page.take(at, &Input::Key(key(c)));
        at += Duration::from_millis(gap);
    }
    at
}

fn key(c: char) -> KeyPress {
    match c {
        '<' => KeyPress::Backspace,
        '\n' => KeyPress::Enter,
        '^' => KeyPress::DeleteWord,
        c => KeyPress::Char(c),
    }
}

/// Every kind of error: a wrong letter, letters passed over, letters too many, and one that was put right.
const WITH_ERRORS: &str = "The botice on thee dor says";

/// A log of typing at a pace that varies by a fixed pattern, with an error at every 37th character.
fn typed(text: &str, rules: Rules, until: usize) -> Attempt {
    let exercise = exercise(text, rules);
    let mut session = Session::started(Arc::clone(&exercise));
    let mut at: Millis = 0;
    for i in 0..until {
        let Some(key) = session.due() else { break };
        let wrong = i % 37 == 20 && key != Key::Char(' ');
        let key = if wrong { Key::Char('#') } else { key };
        session.press(Stroke { at, key });
        at += 90 + (i as u32 * 53) % 120;
    }
    session.record(at, EventKind::FocusLost);
    session.record(at, EventKind::Paste(12));
    session.tick(60_000);
    session.give_up(at);
    let log = session.log().unwrap();
    Attempt {
        exercise,
        level: None,
        started_unix_ms: 0,
        wall_ms: i64::from(log.close.at),
        circumstances: None,
        keyboard: None,
        log,
    }
}

fn style(cell: &Cell) -> char {
    let m = cell.modifier;
    match cell.fg {
        Color::Red if m.contains(Modifier::CROSSED_OUT) => 'x',
        Color::Red if m.contains(Modifier::UNDERLINED) => 'm',
        Color::Red if m.contains(Modifier::REVERSED) => 'w',
        Color::Red => 'b',
        Color::Green => 'g',
        Color::Cyan if m.contains(Modifier::REVERSED) => 'n',
        Color::Cyan if m.contains(Modifier::UNDERLINED) => 'd',
        Color::Cyan if m.contains(Modifier::BOLD) => 'k',
        Color::Cyan => 'c',
        _ if m.contains(Modifier::UNDERLINED) => 'u',
        _ if m.contains(Modifier::DIM) => '-',
        _ if m.contains(Modifier::BOLD) => '#',
        _ => ' ',
    }
}

/// A buffer with the styles of its rows.
pub(super) fn styled(buffer: &Buffer) -> String {
    picture(buffer, None)
}

fn picture(buffer: &Buffer, cursor: Option<Position>) -> String {
    let mut out = String::new();
    for y in 0..buffer.area.height {
        let (mut text, mut styles) = (String::new(), String::new());
        let mut x = 0;
        while x < buffer.area.width {
            let cell = &buffer[(x, y)];
            let width = cell.cell_width().max(1);
            text.push_str(cell.symbol());
            // Spaces show no foreground, and would only make the picture noisy.
            let style = if cell.symbol() == " " { ' ' } else { style(cell) };
            styles.extend(std::iter::repeat_n(style, usize::from(width)));
            x += width;
        }
        out.push_str(format!("|{text}").trim_end());
        out.push('\n');
        if !styles.trim().is_empty() {
            out.push_str(format!(" {styles}").trim_end());
            out.push('\n');
        }
    }
    match cursor {
        Some(at) => out.push_str(&format!("cursor {},{}\n", at.x, at.y)),
        None => out.push_str("no cursor\n"),
    }
    out
}

/// Compares a picture with its file.
pub(super) fn check(name: &str, size: (u16, u16), view: impl FnOnce(Rect, &mut Buffer) -> Option<Position>) {
    let area = Rect::new(0, 0, size.0, size.1);
    let mut buffer = Buffer::empty(area);
    let cursor = view(area, &mut buffer);
    compare(&format!("{name}-{}x{}", size.0, size.1), &picture(&buffer, cursor));
}

#[test]
fn the_test_before_its_first_key() {
    for size in SIZES {
        check("test-ready", size, |_, buffer| page(timed(), size).view(buffer));
    }
    let signal = Rules { clock: Clock::StartSignal, ..timed() };
    check("test-signal", (80, 24), |_, buffer| page(signal, (80, 24)).view(buffer));
}

#[test]
fn the_test_with_every_kind_of_error() {
    for size in SIZES {
        let mut page = page(timed(), size);
        type_in(&mut page, Instant::now(), 150, WITH_ERRORS);
        check("test-errors", size, |_, buffer| page.view(buffer));
    }
}

#[test]
fn the_test_scrolled_resized_and_without_figures() {
    let mut page = page(Rules::practice(Limit::Text), (80, 24));
    let text: String = TEXT.chars().take(150).map(|c| if c == '“' || c == '”' { '"' } else { c }).collect();
    type_in(&mut page, Instant::now(), 120, &text);
    check("test-scrolled", (80, 24), |_, buffer| page.view(buffer));
    page.resize(Rect::new(0, 0, 44, 12));
    page.show_figures(false);
    check("test-resized", (44, 12), |_, buffer| page.view(buffer));
}

#[test]
fn results() {
    let attempt = typed(&TEXT.repeat(4), timed(), 380);
    let session = attempt.replay().unwrap();
    let score = Score::of(&session).unwrap();
    let missing = vec![
        "net 52.7 WPM, 60 required: 7.3 WPM short".to_owned(),
        "accuracy 96.5 %, 97 required: 0.5 points short".to_owned(),
    ];
    let outcomes = [
        ("result-saved", Outcome::Saved),
        ("result-passed", Outcome::Passed),
        ("result-awarded", Outcome::Awarded),
        ("result-missing", Outcome::Missing(missing)),
        ("result-unsaved", Outcome::Unsaved("/home/ada/history.db: the disk is full; make room".to_owned())),
    ];
    for (name, outcome) in outcomes {
        let mut page = ResultPage::new("Typing 60 WPM at 97 % (1 minute)", session.clone(), score, outcome);
        for size in [(80, 24), (40, 10)] {
            check(name, size, |area, buffer| page.view(area, buffer));
        }
        if name == "result-saved" {
            check(name, (120, 40), |area, buffer| page.view(area, buffer));
            assert!(matches!(page.update(KeyPress::Char('m')), Step::Stay));
            for size in [(80, 24), (40, 10)] {
                check("result-elsewhere", size, |area, buffer| page.view(area, buffer));
            }
            assert!(matches!(page.update(KeyPress::Esc), Step::Stay), "Esc leads back to the graph");
            assert!(matches!(page.update(KeyPress::Esc), Step::Back));
        }
    }
}

/// A result of every outcome, and a replay under way, for whoever looks at all pages.
pub(super) fn result(outcome: Outcome) -> ResultPage {
    let session = typed(TEXT, timed(), 50).replay().unwrap();
    let score = Score::of(&session).unwrap();
    ResultPage::new("", session, score, outcome)
}

pub(super) fn replay(seconds: u64) -> ReplayPage {
    let mut page = ReplayPage::new("notice.txt", Arc::new(typed(TEXT, timed(), 300)));
    let start = Instant::now();
    page.tick(start);
    page.tick(start + Duration::from_secs(seconds));
    page
}

/// The graph says what the level asks for, above all bars here, and its bars are no single keys.
#[test]
fn the_graph_shows_the_threshold() {
    let session = typed(&TEXT.repeat(4), timed(), 380).replay().unwrap();
    let score = Score::of(&session).unwrap();
    let page = ResultPage::new("", session, score, Outcome::Saved).with_threshold(Some(120));
    check("result-threshold", (80, 24), |area, buffer| page.view(area, buffer));
}

#[test]
fn a_result_of_one_key_is_no_error() {
    let attempt = typed("a", timed(), 1);
    let session = attempt.replay().unwrap();
    let score = Score::of(&session).unwrap();
    let page = ResultPage::new("a", session, score, Outcome::Saved);
    check("result-one-key", (80, 24), |area, buffer| page.view(area, buffer));
}

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
    add_up(TEXT, keys);
}

/// The same where a key changes the character before the caret: a mark that joins it, is taken back, or is one too many,
/// behind keys in ASCII alone and before others.
#[test]
fn changes_add_up_where_keys_join() {
    let text = "He ate ộp kép Việt 日本 กำลัง नमस्ते élan and more.";
    let keys = [
        "He xte<<<ate o\u{302}\u{323}p ke\u{301}<\u{301}p Vie\u{323}\u{302}t 日x<本 ก\u{e33}ลัง",
        "He ate o\u{302}xp kq\u{301}p<p Viê^Vi\u{301}et 日本日 กาล<<ำ\u{e31}",
        "He ate ộp kép Việt 日本 กำลัง न\u{947}म<मस्<्त\u{947}\u{947} e\u{301}\u{301}lan e<<<an\u{308}d",
    ];
    for keys in keys {
        add_up(text, keys);
    }
}

fn add_up(text: &str, keys: &str) {
    for size in SIZES {
        let area = Size::new(size.0, size.1);
        let mut screen = Screen::new(area, Colours::All);
        let mut page = page_of(text, timed(), size);
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

#[test]
fn replays() {
    let attempt = Arc::new(typed(&TEXT.repeat(2), timed(), 300));
    let start = Instant::now();
    let after = |ms| start + Duration::from_millis(ms);
    for size in [(80, 24), (40, 10), (20, 5)] {
        let mut page = ReplayPage::new("notice.txt", Arc::clone(&attempt));
        page.tick(start);
        page.tick(after(10_000));
        check("replay", size, |area, buffer| page.view(area, buffer));
    }
}

#[test]
fn a_replay_wakes_for_the_next_key_and_ends() {
    let attempt = Arc::new(typed(TEXT, timed(), 300));
    let due = |n: usize| u64::from(attempt.log.events[n].at);
    let start = Instant::now();
    let after = |ms| start + Duration::from_millis(ms);
    let mut page = ReplayPage::new("notice.txt", Arc::clone(&attempt));
    assert_eq!(page.wake(), None, "nothing runs before the first drawing");
    page.tick(start);
    assert_eq!(page.wake(), Some(after(due(1))));
    page.tick(after(due(1)));
    assert_eq!(page.wake(), Some(after(due(2))));
    page.update(KeyPress::Char(' '));
    assert_eq!(page.wake(), None, "paused");
    page.tick(after(5_000));
    page.update(KeyPress::Char(' '));
    assert_eq!(page.wake(), Some(after(5_000 + due(2) - due(1))), "goes on where it was");
    page.update(KeyPress::Char('8'));
    assert_eq!(page.wake(), Some(after(5_000 + (due(2) - due(1)).div_ceil(8))));
    page.update(KeyPress::End);
    assert_eq!(page.wake(), None, "at the end");
    page.update(KeyPress::Left);
    assert!(page.wake().is_some());
    page.tick(after(500_000));
    assert_eq!(page.wake(), None);
    assert!(matches!(page.update(KeyPress::Esc), Step::Back));
}
