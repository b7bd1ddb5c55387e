//! The screens of practice and progress: text pictures, and what keys make them ask for.

use typeproof::coach::between::Cost;
use typeproof::coach::mode::Mode;
use typeproof::coach::wishes::{Beyond, Wishes};
use typeproof::desk::{Outlook, Weak};
use typeproof::sitting::{Practice, Task};
use typeproof::tui::input::KeyPress;
use typeproof::tui::screens::practice::PracticePage;
use typeproof::tui::screens::{Command, Route, Step};

use super::{SMALLEST, USUAL, WIDE, any_size, pictures, press, words};

fn weak(name: &str, ms: u32, missed_percent: u32) -> Weak {
    Weak { name: name.to_owned(), ms, missed_percent }
}

/// What lies before somebody who has typed a while.
pub fn outlook() -> Outlook {
    let cost = |first, second, ms, wpm| Cost { pair: (first, second), ms, wpm, tries: 40 };
    let text = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    Outlook {
        target_wpm: 45,
        target_is_own: false,
        wpm: Some(38),
        letters: (26, 26),
        keys: vec![weak("q", 612, 12), weak("z", 590, 4), weak("x", 480, 0)],
        pairs: vec![weak("qu", 700, 2), weak("␣z", 655, 9), weak("ex", 502, 0)],
        slow: text(&["acquire", "zone", "exactly", "judge", "puzzle"]),
        missed: text(&["their", "receive", "which"]),
        level: Some((
            "speed-40".to_owned(),
            "Typing 40 WPM at 96 % (5 minutes)".to_owned(),
            40,
            vec![cost('h', 'e', 331.0, 0.84), cost('t', 'h', 318.0, 0.71), cost(' ', 'w', 402.0, 0.44)],
        )),
        wishes: Wishes { pinned: vec!['q', ';'], muted: vec!['~'], order: vec![], beyond: Beyond::InTime },
    }
}

#[test]
fn practice_pictures() {
    let mut page = PracticePage::new(outlook());
    pictures("practice", &page, &[USUAL, WIDE, SMALLEST]);
    press(&mut page, &[KeyPress::End; 1]);
    press(&mut page, &[KeyPress::Down; 5]);
    pictures("practice-level", &page, &[USUAL, SMALLEST]);
    any_size(&page);
    let nothing = Outlook { target_wpm: 35, letters: (8, 26), ..Outlook::default() };
    let newcomer = PracticePage::new(nothing);
    pictures("practice-newcomer", &newcomer, &[USUAL, SMALLEST]);
    any_size(&newcomer);
}

#[test]
fn practice_keys() {
    use KeyPress::{Char, Down, Enter, Esc, Left, Right, Up};
    let mode = |mode| Some(Step::Go(Route::Test(Task::Practice(Practice::Mode(mode)))));
    let aim = |wpm| Some(Step::Do(Command::Aim(wpm)));
    for (keys, step) in [
        (&[Enter][..], mode(Mode::Guided)),
        (&[Down, Enter], mode(Mode::WeakKeys)),
        (&[Down, Down, Enter], mode(Mode::WeakPairs)),
        (&[Down, Down, Down, Enter], mode(Mode::SlowWords)),
        (&[Down, Down, Down, Down, Enter], mode(Mode::MissedWords)),
        (&[Down, Up, Enter], mode(Mode::Guided)),
        (&[Right], aim(Some(50))),
        (&[Right, Right], aim(Some(55))),
        (&[Left], aim(Some(40))),
        (&[Right, Char('a')], aim(None)),
        (&[Char('a')], None),
        (&[Esc], Some(Step::Back)),
        (&[Char('x')], None),
    ] {
        assert_eq!(press(&mut PracticePage::new(outlook()), keys), step, "{keys:?}");
    }
    let level = Some(Step::Go(Route::Test(Task::Practice(Practice::Level("speed-40".to_owned())))));
    assert_eq!(press(&mut PracticePage::new(outlook()), &[&[Down; 9][..], &[Enter]].concat()), level);
    let passed = || PracticePage::new(Outlook { level: None, ..outlook() });
    assert_eq!(press(&mut passed(), &[&[Down; 9][..], &[Enter]].concat()), mode(Mode::ToTarget));
    let low = || PracticePage::new(Outlook { target_wpm: 7, ..outlook() });
    assert_eq!(press(&mut low(), &[Left]), aim(Some(5)), "a target between two steps goes to the next");
    assert_eq!(press(&mut low(), &[Left, Left]), None, "and never beyond what can be aimed at");
    let mut page = PracticePage::new(outlook());
    let wish = |beyond| Some(Step::Do(Command::Wish(Wishes { beyond, ..outlook().wishes })));
    for (beyond, says) in [
        (Beyond::Now, "Texts have capitals"),
        (Beyond::Never, "small letters only"),
        (Beyond::InTime, "come in time"),
    ] {
        assert_eq!(press(&mut page, &[Char('b')]), wish(beyond));
        assert!(words(&page, USUAL).contains(says));
    }
}
