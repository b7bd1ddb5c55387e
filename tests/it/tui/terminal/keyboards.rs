//! Keyboards of other alphabets: which key of a US keyboard a letter stands for, where the terminal does not say it.

use typeproof::tui::input::{Input, KeyPress, Keyboard, Suggestion};

use super::rows;

/// A keyboard by the name of a layout, a list of names, or a locale.
fn keyboard(surroundings: &str) -> Keyboard {
    let (names, variants): (Vec<&str>, Vec<&str>) = surroundings
        .split(',')
        .map(|each| {
            each.split_once('(').map_or((each, ""), |(name, variant)| (name, variant.trim_end_matches(')')))
        })
        .unzip();
    Keyboard::new(Suggestion::of(&names.join(","), &variants.join(","), surroundings))
}

/// Presses keys where every key means something.
fn pressed(keyboard: &mut Keyboard, keys: &str) -> String {
    let mut press = |c| {
        keyboard.see(KeyPress::Char(c));
        match keyboard.as_command(KeyPress::Char(c), |_| true) {
            KeyPress::Char(c) => c,
            other => panic!("{c} is {other:?}"),
        }
    };
    keys.chars().map(&mut press).collect()
}

#[test]
fn commands_are_keys_by_their_place() {
    for row in rows(include_str!("../../../data/terminal/keyboards.txt")) {
        let [surroundings, keys, commands] = row[..] else { panic!("three columns: {row:?}") };
        assert_eq!(pressed(&mut keyboard(surroundings), keys), commands, "{row:?}");
        let text = keyboard(surroundings).as_text(KeyPress::Char('с'), |_| true);
        assert_eq!(text, KeyPress::Char('с'), "text stays what it is");
    }
}

/// Every letter of every layout that the program knows stands for the key it is on, once the layout is named.
#[test]
fn every_layout_reaches_every_letter() {
    const US: &str = "`1234567890-= qwertyuiop[]\\ asdfghjkl;' zxcvbnm,./";
    let file = include_str!("../../../../src/tui/input/layouts.txt");
    let mut layouts = 0;
    let (_, file) = file.split_once("\n\n").unwrap();
    for block in file.split("\n[") {
        let mut lines = block.lines();
        let name = lines.next().unwrap().split(']').next().unwrap().trim_start_matches('[');
        let plain = lines.next().unwrap();
        let rows: Vec<usize> = plain.split(' ').map(|row| row.chars().count()).collect();
        assert_eq!(rows, [13, 13, 11, 10], "{name}");
        layouts += 1;
        let once = |typed: char| plain.matches(typed).count() == 1;
        for (typed, us) in plain
            .chars()
            .zip(US.chars())
            .filter(|(typed, us)| *typed != '_' && us.is_ascii_lowercase() && once(*typed))
        {
            let command = keyboard(name).as_command(KeyPress::Char(typed), |_| true);
            assert_eq!(command, KeyPress::Char(us), "{name}: {typed}");
        }
    }
    assert!(layouts > 40, "{layouts}");
}

#[test]
fn a_place_that_is_not_sure_is_one_that_means_something() {
    let guessed =
        |key, meaning: &[KeyPress]| Keyboard::default().as_command(key, |key| meaning.contains(&key));
    use KeyPress::{Char, Ctrl};
    for (key, meaning, expected) in [
        (Char('с'), vec![Char('c'), Char('s')], Char('c')),
        (Char('с'), vec![Char('s')], Char('s')),
        (Char('с'), vec![Char('i')], Char('i')),
        (Char('с'), vec![], Char('c')),
        (Char('љ'), vec![Char('q')], Char('q')),
        // Another place than the commonest is never taken for what leaves.
        (Char('ф'), vec![Char('q')], Char('a')),
        (Ctrl('с'), vec![Ctrl('c')], Ctrl('c')),
        (Ctrl('ц'), vec![Ctrl('c')], Ctrl('c')),
        (Ctrl('ц'), vec![Ctrl('c'), KeyPress::DeleteWord], KeyPress::DeleteWord),
        (Ctrl('ъ'), vec![Ctrl('c')], Ctrl('c')),
        (Ctrl('ز'), vec![Ctrl('c')], Ctrl('c')),
        (Ctrl('ψ'), vec![Ctrl('c')], Ctrl('c')),
        (Ctrl('ց'), vec![Ctrl('c')], Ctrl('c')),
        (Ctrl('文'), vec![Ctrl('c')], Ctrl('文')),
        (Ctrl('x'), vec![Ctrl('c')], Ctrl('x')),
    ] {
        assert_eq!(guessed(key, &meaning), expected, "{key:?} where {meaning:?} mean something");
        if let Ctrl(_) = key {
            let as_text = Keyboard::default().as_text(key, |key| meaning.contains(&key));
            assert_eq!(as_text, expected, "where text is typed too");
        }
    }
    let serbian = keyboard("sr_RS.UTF-8");
    assert_eq!(serbian.as_text(Ctrl('ц'), |_| true), Ctrl('c'), "what is known is not guessed");
    assert_eq!(serbian.as_command(Char('с'), |key| key == Char('c')), Char('s'));
}

#[test]
fn a_place_that_the_terminal_says_is_taken() {
    let keyboard = keyboard("sr_RS.UTF-8");
    let placed = KeyPress::Placed { typed: 'с', us: 'c' };
    assert_eq!(keyboard.as_command(placed, |_| false), KeyPress::Char('c'));
    assert_eq!(keyboard.as_text(placed, |_| false), KeyPress::Char('с'));
    for key in [KeyPress::Enter, KeyPress::Ctrl('c'), KeyPress::Alt('ц'), KeyPress::F(1)] {
        assert_eq!((keyboard.as_command(key, |_| true), keyboard.as_text(key, |_| true)), (key, key));
    }
    let release = Input::Release(placed).map_key(|key| keyboard.as_command(key, |_| true));
    assert_eq!(release, Input::Release(KeyPress::Char('c')));
}
