//! The keyboard in the program: the layout is chosen once and kept, shown by one key, stated by attempts, and emulated.

use typeproof::desk::DeskError;
use typeproof::lessons::layout::place::Form;
use typeproof::store::settings::Settings;
use typeproof::tui::app::Start;
use typeproof::tui::input::{Input, KeyPress};
use typeproof::typing::keyboard::Keyboard;

use super::{Bench, Filter, TEXT, desk};

/// The settings as they are kept.
fn kept(bench: &Bench) -> Settings {
    desk(&bench.home).settings
}

/// The keyboard that the attempt saved last states, in its file and in the history.
fn stated(bench: &Bench) -> Option<Keyboard> {
    let mut desk = desk(&bench.home);
    let row = desk.history().unwrap().attempts(&Filter::default()).unwrap().remove(0);
    let attempt = desk.reopen(&row.id).unwrap().attempt;
    assert_eq!(attempt.keyboard, row.keyboard);
    row.keyboard
}

#[test]
fn a_layout_is_chosen_on_home_and_kept() {
    let mut bench = Bench::new(Start::Home, false);
    assert!(bench.draw().contains("My keyboard     layout not set"), "{}", bench.draw());
    let shown = bench.press(KeyPress::Char('k'));
    assert!(shown.contains("Which layout does your keyboard have?") && shown.contains("› US (QWERTY)"));
    bench.type_in("qsdfg");
    bench.press(KeyPress::Tab);
    let shown = bench.press(KeyPress::Enter);
    assert!(shown.contains("My keyboard     French (AZERTY)"), "{shown}");
    let settings = kept(&bench);
    assert_eq!(settings.layout.as_deref(), Some("fr"));
    assert_eq!((settings.keyboard_form, settings.keyboard_set_to), (Some(Form::Ansi), None));
    // Esc changes nothing.
    bench.press(KeyPress::Char('k'));
    bench.press(KeyPress::Down);
    let shown = bench.press(KeyPress::Esc);
    assert!(shown.contains("My keyboard     French (AZERTY)"), "{shown}");
    assert_eq!(kept(&bench).layout.as_deref(), Some("fr"));
}

#[test]
fn the_keyboard_is_off_for_tests_until_a_key_shows_it() {
    let mut bench = Bench::text(false);
    assert!(!bench.draw().contains("Shift"));
    let shown = bench.press(KeyPress::Ctrl('k'));
    assert!(
        shown.contains("once you have chosen your layout: press F2") && !shown.contains("Shift"),
        "{shown}"
    );
    let shown = bench.press(KeyPress::F(2));
    assert!(shown.contains("Which layout does your keyboard have?"), "{shown}");
    let shown = bench.press(KeyPress::Enter);
    assert!(shown.contains("T: left index finger, right little finger on Shift"), "{shown}");
    assert!(kept(&bench).test_keyboard);
    bench.type_in(TEXT);
    assert_eq!(stated(&bench), Some(Keyboard::of("us")));
    bench.calm();
    let shown = bench.press(KeyPress::Ctrl('t'));
    assert!(shown.contains("US (QWERTY)"), "{shown}");
    let shown = bench.press(KeyPress::Ctrl('k'));
    assert!(!shown.contains("US (QWERTY)") && !kept(&bench).test_keyboard, "{shown}");
}

#[test]
fn an_attempt_without_a_layout_states_none() {
    let mut bench = Bench::text(false);
    bench.type_in(TEXT);
    assert_eq!(stated(&bench), None);
}

/// Dvorak on a computer that is set to US: the keys are those of US, and what comes is Dvorak.
#[test]
fn an_emulated_layout_is_stated() {
    let home = tempfile::tempdir().unwrap();
    let mut desk = desk(&home);
    desk.settings.layout = Some("dvorak".to_owned());
    desk.settings.keyboard_set_to = Some("us".to_owned());
    desk.settings.test_keyboard = true;
    desk.save_settings().unwrap();
    let task = typeproof::sitting::Task::Text {
        name: "home row".to_owned(),
        raw: "aoeu htns".to_owned(),
        lookalikes: Default::default(),
    };
    let mut bench = Bench::in_home(home, Start::Test(task), false);
    assert!(bench.draw().contains("dvorak on us"), "{}", bench.draw());
    let shown = bench.type_in("asdf jkl;");
    assert!(shown.contains("100.0 % accuracy"), "{shown}");
    let emulated = Keyboard { set_to: Some("us".to_owned()), ..Keyboard::of("dvorak") };
    assert_eq!(stated(&bench), Some(emulated));
}

#[test]
fn a_layout_that_is_not_there_is_told() {
    let home = tempfile::tempdir().unwrap();
    std::fs::write(home.path().join("settings.toml"), "layout = \"klingon\"\n").unwrap();
    let mut bench = Bench::in_home(home, Start::Home, false);
    let shown = bench.draw().split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(shown.contains("there is no keyboard layout \"klingon\"; there are us, uk, de, fr, es, dvorak, colemak, colemak-dh, workman; your settings name it"), "{shown}");
    assert!(bench.press(KeyPress::Char('f')).contains("The first key starts the clock."));
    let mut desk = desk(&bench.home);
    assert!(matches!(desk.use_layout("vulcan"), Err(DeskError::NoLayout { .. })));
    desk.use_layout("qwertz").unwrap();
    assert_eq!(desk.layout().unwrap().id, "de");
    bench.take(&Input::Key(KeyPress::Esc));
}
