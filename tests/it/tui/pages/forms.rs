//! The forms before an award: name and e-mail address, passphrase.

use typeproof::tui::input::KeyPress;
use typeproof::tui::screens::award::{Confirm, Passphrase};
use typeproof::tui::screens::holder::{Holder, Purpose};
use typeproof::tui::screens::{Command, Page, Secret, Step};

use super::{HUGE, SMALLEST, USUAL, WIDE, any_size, draw, pictures, press, text, words, write};

#[test]
fn holder_pictures() {
    pictures("holder", &Holder::new("", "", Purpose::First), &[USUAL, WIDE, HUGE, SMALLEST]);
    let mut long = Holder::new("", "", Purpose::First);
    write(&mut long, "Ada Augusta King, Countess of Lovelace and more");
    pictures("holder-too-long", &long, &[USUAL, SMALLEST]);
    pictures("holder-undrawn", &Holder::new("李小龙", "", Purpose::First), &[USUAL, SMALLEST]);
    any_size(&long);
    let (_, cursor) = draw(&Holder::new("Ada", "", Purpose::First), USUAL);
    assert_eq!(cursor.map(|at| at.y), Some(2));
}

#[test]
fn holder_keys() {
    use KeyPress::{Backspace, Char, DeleteWord, Down, Enter, Esc, Home, Left};
    let holder = |name: &str, email: &str| {
        Some(Step::Do(Command::Holder {
            name: name.to_owned(),
            email: email.to_owned(),
            purpose: Purpose::First,
        }))
    };
    for (name, keys, email, more, effect) in [
        ("Ada Lovelace", &[Enter][..], "", &[Enter], holder("Ada Lovelace", "")),
        ("Ada Lovelace ", &[Enter], " ada@example.org", &[Enter], holder("Ada Lovelace", "ada@example.org")),
        (
            "Ada Lovelacx",
            &[Backspace, Char('e'), Down],
            "a@b.org",
            &[Enter],
            holder("Ada Lovelace", "a@b.org"),
        ),
        ("Ada Byron", &[DeleteWord, Char('K'), Enter], "", &[Enter], holder("Ada K", "")),
        ("da", &[Home, Char('A'), Enter], "", &[Enter], holder("Ada", "")),
        ("Zoe\u{308}", &[Left, Left, Char('x'), Enter], "", &[Enter], holder("Zxoe\u{308}", "")),
        ("", &[Enter], "", &[Enter], None),
        ("Ada", &[Enter], "no address", &[Enter], None),
        ("{Ada}", &[Enter], "", &[Enter], None),
        ("Ada", &[Enter], "", &[Esc], Some(Step::Back)),
    ] {
        let mut page = Holder::new("", "", Purpose::First);
        write(&mut page, name);
        assert_eq!(press(&mut page, keys), None, "{name:?}");
        write(&mut page, email);
        assert_eq!(press(&mut page, more), effect, "{name:?}, {email:?}");
    }
    let mut pasted = Holder::new("", "", Purpose::First);
    pasted.paste("Ada\r\n Lovelace\u{1b}");
    press(&mut pasted, &[Enter]);
    assert_eq!(press(&mut pasted, &[Enter]), holder("Ada Lovelace", ""));
}

#[test]
fn a_badge_is_issued_for_whom_the_person_says() {
    let mut page = Confirm::new("Ada Lovelace", "Typing 60 WPM at 97 % (5 minutes)");
    pictures("confirm", &page, &[USUAL, WIDE, HUGE, SMALLEST]);
    any_size(&page);
    assert_eq!(press(&mut page, &[KeyPress::Enter]), Some(Step::Do(Command::Own)));
    assert_eq!(press(&mut page, &[KeyPress::Char('n')]), Some(Step::Do(Command::Another)));
    assert_eq!(press(&mut page, &[KeyPress::Esc]), Some(Step::Back));
    pictures("holder-another", &Holder::new("", "", Purpose::Another), &[USUAL]);
    pictures("holder-settings", &Holder::new("Ada", "ada@example.org", Purpose::Settings), &[USUAL]);
}

#[test]
fn what_is_wrong_with_a_name_is_said_at_once() {
    for (name, said) in [
        ("a name that is far too long for any QR code", "At most 40 letters"),
        ("{x}", "brace"),
        ("Ada\u{202e}", "direction character"),
    ] {
        let mut page = Holder::new("", "", Purpose::First);
        write(&mut page, name);
        let shown = words(&page, USUAL);
        assert!(shown.contains(said), "{shown}");
        assert!(!shown.contains('\u{202e}'));
    }
}

#[test]
fn a_passphrase_is_shown_as_dots() {
    let mut page = Passphrase::new(None);
    assert_eq!(press(&mut page, &[KeyPress::Enter]), None);
    write(&mut page, "correct horse");
    pictures("passphrase", &page, &[USUAL, SMALLEST]);
    assert!(!text(&page, USUAL).contains("horse"));
    let secret = Secret("correct horse".to_owned().into());
    assert_eq!(format!("{secret:?}"), "Secret", "a passphrase is not printed");
    assert_eq!(press(&mut page, &[KeyPress::Enter]), Some(Step::Do(Command::Sign(secret))));
    assert_eq!(press(&mut page, &[KeyPress::Esc]), Some(Step::Back));
    let wrong = Passphrase::new(Some("the passphrase does not open the key; try again".to_owned()));
    assert!(text(&wrong, USUAL).contains("try again"));
    any_size(&wrong);
}
