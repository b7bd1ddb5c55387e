//! The keyboard on the screen: the next key and its finger, hands, other forms and layouts, a heat map; what it costs; and
//! the page on which a layout is chosen.

use std::time::{Duration, Instant};

use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use ratatui::style::{Modifier, Style};
use typeproof::lessons::layout::Layout;
use typeproof::lessons::layout::place::Form;
use typeproof::lessons::shelves::{shipped_layout, shipped_layouts};
use typeproof::sitting::{Sitting, Task};
use typeproof::tui::input::{Input, KeyPress};
use typeproof::tui::keyboard::{Board, Look, Next, ROWS, caption};
use typeproof::tui::screen::{Colours, Screen, Signs};
use typeproof::tui::screens::layouts::{Choice, Layouts};
use typeproof::tui::screens::{Command, Keys, Page, Step};
use typeproof::tui::seat::Seat;
use typeproof::typing::key::Key;
use typeproof::typing::rules::{Limit, Rules};
use typeproof::typing::text::Lookalikes;

use super::screens::{check, exercise};
use crate::support::picture;

fn layout(name: &str) -> Layout {
    shipped_layout(name).unwrap().clone()
}

/// A seat before a text, with the keyboard of a layout.
fn seat(text: &str, board: Option<Board>, size: (u16, u16)) -> Seat {
    let name = "words".to_owned();
    let task = Task::Text { name, raw: text.to_owned(), lookalikes: Lookalikes::Typographic };
    let sitting = Sitting::new(task, None, exercise(text, Rules::practice(Limit::Text)));
    let mut seat = Seat::new(sitting, true, Rect::new(0, 0, size.0, size.1));
    seat.show_keyboard(board);
    seat
}

const TEXT: &str = "Fjord and dale: “Où est l’été?” asked Noël, and paid 12 € (or £10) for a map of the whole coast, \
                    which he folded, unfolded, and lost again before the ferry had left the harbour.";

#[test]
fn the_keyboard_shows_the_next_key() {
    for (size, hands) in
        [((80, 24), true), ((120, 40), true), ((40, 12), true), ((40, 10), false), ((20, 5), true)]
    {
        let board = Board::new(layout("us"), hands);
        check("keyboard-us", size, |_, buffer| seat(TEXT, Some(board), size).view(buffer));
    }
    let german = Board::new(layout("de"), false);
    check("keyboard-de", (80, 24), |_, buffer| seat("(ê) und €", Some(german), (80, 24)).view(buffer));
    let french = Board::new(layout("fr"), true);
    check("keyboard-fr-dead", (80, 24), |_, buffer| seat("ê", Some(french), (80, 24)).view(buffer));
}

/// Every shipped layout on every form, in a picture of its own.
#[test]
fn every_layout_is_drawn_on_every_form() {
    let mut pictures = String::new();
    for layout in shipped_layouts() {
        for form in Form::ALL {
            for width in [60, 40] {
                let there = layout.on(form);
                let area = Rect::new(0, 0, width, ROWS + 1);
                let mut buffer = Buffer::empty(area);
                Board::new(there.clone(), true).draw_next(area, &mut buffer, &Next::default());
                let drawn = picture::text(&buffer);
                for key in there.keys() {
                    let plain = key.signs[0].shown().filter(|c| *c != ' ');
                    assert!(plain.is_none_or(|c| drawn.contains(c)), "{}: {plain:?}\n{drawn}", layout.id);
                }
                pictures += &format!("{} {} {width}\n{drawn}", layout.id, form.name());
            }
        }
    }
    picture::compare("keyboards", &pictures);
}

#[test]
fn words_say_which_finger_takes_a_key() {
    let said = |name: &str, c: char| caption(&layout(name), Some(Key::Char(c)));
    for (name, c, words) in [
        ("us", 'f', "f: left index finger"),
        ("us", 'F', "F: left index finger, right little finger on Shift"),
        ("us", '?', "?: right little finger, left little finger on Shift"),
        ("us", ' ', "Space: either thumb"),
        ("us", '’', "’: right little finger"),
        ("us", 'é', "é: no key of US (QWERTY) types it"),
        ("de", '@', "@: left little finger, right thumb on AltGr"),
        ("de", '^', "^: ^ (left little finger), then Space"),
        ("fr", 'ê', "ê: ^ (right little finger), then e (left middle finger)"),
        ("es", 'Á', "Á: ´ (right little finger), then A (left little finger, right little finger on Shift)"),
        ("dvorak", 'u', "u: left index finger"),
    ] {
        assert_eq!(said(name, c), words, "{name}");
    }
    assert_eq!(caption(&layout("us"), Some(Key::Enter)), "Enter: right little finger");
    assert_eq!(caption(&layout("us"), Some(Key::Tab)), "");
    assert_eq!(caption(&layout("us"), None), "");
}

/// The cells of a board that differ from those of one on which nothing is next.
fn marked(board: &Board, key: Key) -> String {
    let area = Rect::new(0, 0, 60, 6);
    let drawn = |next: &Next| {
        let mut buffer = Buffer::empty(area);
        board.draw_next(area, &mut buffer, next);
        buffer
    };
    let (with, without) = (drawn(&Next::of(board.layout(), Some(key))), drawn(&Next::default()));
    let pairs = with.content.iter().zip(&without.content);
    let differ = pairs.filter(|(with, without)| with.modifier != without.modifier);
    differ.map(|(cell, _)| cell.symbol()).collect::<String>().split_whitespace().collect()
}

/// Marks rest on more than colour: a key is reversed, and one that follows a dead key underlined.
#[test]
fn marks_are_seen_without_colour() {
    for (name, key, marks) in [
        ("us", Key::Char('f'), "f1"),
        ("us", Key::Char('F'), "fShift1"),
        ("us", Key::Enter, "Enter"),
        ("us", Key::Char(' '), "[Space]"),
        ("de", Key::Char('€'), "eAltGr2"),
        ("fr", Key::Char('ê'), "e^24"),
        ("us", Key::Char('é'), ""),
    ] {
        assert_eq!(marked(&Board::new(layout(name), true), key), marks, "{name} {key:?}");
    }
}

#[test]
fn a_board_is_a_heat_map_too() {
    let board = Board::new(layout("us"), false);
    let area = Rect::new(0, 0, 60, ROWS);
    let mut buffer = Buffer::empty(area);
    board.draw(area, &mut buffer, |key| match key.distance() {
        0 => Look { style: Style::new().red(), mark: Some('█') },
        _ => Look::default(),
    });
    let drawn = picture::text(&buffer);
    assert!(drawn.contains(" a█  s█  d█  f█  g   h   j█  k█  l█  ;█ "), "{drawn}");
}

/// On a terminal that has ASCII only, nothing else is written for a layout of ASCII.
#[test]
fn a_keyboard_is_drawn_in_ascii() {
    for width in [80, 40] {
        let mut screen = Screen::new(Size::new(width, 24), Colours::None);
        screen.set_signs(Signs::Ascii);
        let mut seat = seat("Tab", Some(Board::new(layout("us"), true)), (width, 24));
        let bytes = seat.draw(&mut screen).to_vec();
        assert!(bytes.is_ascii(), "{}", String::from_utf8_lossy(&bytes));
    }
}

/// Bytes of a key, on the average, at this pace.
fn bytes_a_key(board: Option<Board>, colours: Colours, gap: u64) -> usize {
    let text = "The notice on the door says that the shop is closed today.";
    let mut screen = Screen::new(Size::new(80, 24), colours);
    let mut seat = seat(text, board, (80, 24));
    seat.draw(&mut screen);
    let (mut at, mut bytes) = (Instant::now(), 0);
    for c in text.chars() {
        // What falls due between two keys is drawn then.
        while let Some(wake) = seat.wake().filter(|wake| *wake < at) {
            seat.tick(wake);
            bytes += seat.draw(&mut screen).len();
        }
        seat.take(at, &Input::Key(KeyPress::Char(c)));
        bytes += seat.draw(&mut screen).len();
        at += Duration::from_millis(gap);
    }
    bytes / text.len()
}

#[test]
fn the_keyboard_costs_few_bytes_a_key() {
    for colours in [Colours::All, Colours::None] {
        for gap in [40, 100, 200, 300, 600, 750] {
            let further = bytes_a_key(Some(Board::new(layout("us"), true)), colours, gap)
                .saturating_sub(bytes_a_key(None, colours, gap));
            assert!(further <= 10, "{further} further bytes a key at {gap} ms");
        }
        // Who looks for every key sees each one marked, and its finger named.
        let slow = bytes_a_key(Some(Board::new(layout("us"), true)), colours, 1_200);
        let slow = slow.saturating_sub(bytes_a_key(None, colours, 1_200));
        assert!((30..=100).contains(&slow), "{slow} further bytes a key at 1.2 s");
    }
}

/// What the words above the keyboard say after each press, for keys that come at these times in milliseconds.
fn led(text: &str, presses: &[(u64, char)]) -> Vec<String> {
    let mut screen = Screen::new(Size::new(80, 24), Colours::All);
    let mut seat = seat(text, Some(Board::new(layout("us"), false)), (80, 24));
    let start = Instant::now();
    let mut words = vec![words(&mut seat, &mut screen)];
    for (ms, c) in presses {
        let at = start + Duration::from_millis(*ms);
        while let Some(wake) = seat.wake().filter(|wake| *wake < at) {
            seat.tick(wake);
        }
        seat.take(at, &Input::Key(KeyPress::Char(*c)));
        words.push(self::words(&mut seat, &mut screen));
    }
    words
}

/// The words above the keyboard; nothing where no key is shown.
fn words(seat: &mut Seat, screen: &mut Screen) -> String {
    seat.draw(screen);
    let shown = picture::text(screen.shown());
    let line = shown.lines().find(|line| line.contains("finger") && !line.contains(" is for "));
    line.unwrap_or_default().trim().chars().take(1).collect()
}

#[test]
fn the_keyboard_leads_who_looks_for_keys() {
    // Slowly: every key at once.
    let slow: Vec<(u64, char)> =
        "abcde".chars().zip([0, 900, 1_800, 2_700, 3_600]).map(|(c, at)| (at, c)).collect();
    assert_eq!(led("abcdef", &slow), ["a", "b", "c", "d", "e", "f"]);
    // Evenly: none, after the second key has shown how fast they come.
    for gap in [60, 300, 700] {
        let even: Vec<(u64, char)> = "abcde".chars().enumerate().map(|(n, c)| (n as u64 * gap, c)).collect();
        assert_eq!(led("abcdef", &even), ["a", "b", "", "", "", ""], "{gap}");
    }
    // A key that was missed is shown when it is due again.
    let missed = [(0, 'a'), (300, 'b'), (600, 'x'), (900, 'a'), (1_200, 'b')];
    assert_eq!(led("abcabc", &missed), ["a", "b", "", "", "", "c"]);
}

/// At the first hesitation the due key is shown, and only then.
#[test]
fn the_keyboard_follows_who_hesitates() {
    let mut screen = Screen::new(Size::new(80, 24), Colours::All);
    let mut seat = seat("abcdef", Some(Board::new(layout("us"), false)), (80, 24));
    let start = Instant::now();
    let at = |ms: u64| start + Duration::from_millis(ms);
    for (n, c) in "abcd".chars().enumerate() {
        seat.take(at(n as u64 * 100), &Input::Key(KeyPress::Char(c)));
    }
    assert_eq!(words(&mut seat, &mut screen), "");
    assert_eq!(seat.wake(), Some(at(550)));
    seat.tick(at(549));
    assert_eq!(words(&mut seat, &mut screen), "");
    seat.tick(at(550));
    assert_eq!(words(&mut seat, &mut screen), "e");
    assert_ne!(seat.wake(), Some(at(550)), "it does not wake again for what it shows");
}

fn chooser(now: Option<&str>) -> Layouts {
    Layouts::new(shipped_layouts().cloned().collect(), now, None, None, None)
}

fn press(page: &mut Layouts, keys: &[KeyPress]) -> Step {
    keys.iter().fold(Step::Unchanged, |_, key| page.update(*key))
}

fn type_in(page: &mut Layouts, typed: &str) {
    typed.chars().for_each(|c| drop(page.update(KeyPress::Char(c))));
}

fn taken(step: Step) -> Choice {
    match step {
        Step::Do(Command::TakeLayout(choice, None)) => choice,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_layout_is_chosen() {
    for size in [(80, 24), (120, 40), (40, 10)] {
        check("layouts", size, |area, buffer| chooser(Some("de")).view(area, buffer));
    }
    use KeyPress::{Backspace, Down, Enter, Esc, F, Tab, Up};
    let choice = |layout: &str, form, set_to: Option<&str>| Choice {
        layout: layout.to_owned(),
        form,
        set_to: set_to.map(str::to_owned),
    };
    for (now, typed, keys, taken_over) in [
        (None, "", &[Enter][..], choice("us", None, None)),
        (Some("de"), "", &[Enter], choice("de", None, None)),
        (Some("de"), "", &[Down, Down, Up, Enter], choice("fr", None, None)),
        (None, "qsdfg", &[Enter], choice("fr", None, None)),
        (None, "QSDFGHJKLM", &[Enter], choice("fr", None, None)),
        (Some("uk"), "asdfghjkl;'", &[Enter], choice("uk", None, None)),
        (Some("de"), "asdfghjkl;", &[Enter], choice("us", None, None)),
        (None, "arstg", &[Enter], choice("colemak-dh", None, None)),
        (None, "arstgarstg", &[Backspace, Enter], choice("colemak-dh", None, None)),
        (None, "", &[Tab, Enter], choice("us", Some(Form::Iso), None)),
        (None, "", &[Tab, Tab, Enter], choice("us", None, None)),
        // The computer is set to US, and Colemak is typed.
        (None, "arstd", &[Up, Up, Up, Up, Up, Up, F(3), Enter], choice("us", None, None)),
        (None, "", &[F(3), Down, Enter], choice("uk", None, Some("us"))),
        (None, "", &[F(3), F(3), Down, Enter], choice("uk", None, None)),
    ] {
        let mut page = chooser(now);
        type_in(&mut page, typed);
        assert_eq!(taken(press(&mut page, keys)), taken_over, "{now:?} {typed} {keys:?}");
    }
    // A sentence with every letter: as the computer gives it, or as another layout has the keys.
    for (now, typed, taken_over) in [
        (Some("dvorak"), "the quick brown fox jumps", choice("dvorak", None, None)),
        (None, "Zwölf Boxkämpfer jagen", choice("de", None, None)),
        (
            Some("us"),
            "el pingüino wenceslao hizo kilómetros bajo exhaustiva lluvia y frío añoraba",
            choice("es", None, None),
        ),
        // Typed as on another layout than the computer is set to; with a slip.
        (None, "fhk qilcn bs;wj e;x yimrd", choice("colemak", None, Some("us"))),
        (None, "fhk qilcn bs;wj e;x yumrd", choice("colemak", None, Some("us"))),
        (None, "kjd xfgiv nos,l ysb cfmr;", choice("dvorak", None, Some("us"))),
        (None, "the auick brozn fox ju,ps over the lqwy dog", choice("us", None, Some("fr"))),
        (None, "yd. 'gcjt xpr,b urq hgmlo", choice("us", None, Some("dvorak"))),
    ] {
        let mut page = chooser(now);
        type_in(&mut page, typed);
        assert_eq!(taken(press(&mut page, &[Enter])), taken_over, "{now:?} {typed}");
    }
    assert_eq!(press(&mut chooser(None), &[Esc]), Step::Back);
    let mut emulated = chooser(None);
    press(&mut emulated, &[F(3), Down, Down]);
    check("layouts-emulated", (80, 24), |area, buffer| emulated.view(area, buffer));
}

#[test]
fn a_hidden_keyboard_takes_no_room() {
    let size = (80, 24);
    let drawn = |seat: &mut Seat| {
        let mut buffer = Buffer::empty(Rect::new(0, 0, size.0, size.1));
        seat.view(&mut buffer);
        buffer
    };
    let without = drawn(&mut seat(TEXT, None, size));
    let mut shown = seat(TEXT, Some(Board::new(layout("us"), true)), size);
    assert_ne!(drawn(&mut shown), without);
    shown.show_keyboard(None);
    assert_eq!(drawn(&mut shown), without);
    assert!(!without.content.iter().any(|cell| cell.modifier.contains(Modifier::REVERSED)));
}
