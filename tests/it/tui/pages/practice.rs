//! The screens of practice and progress: text pictures, and what keys make them ask for.

use typeproof::coach::between::Cost;
use typeproof::coach::mode::Mode;
use typeproof::coach::wishes::{Beyond, Wishes};
use typeproof::desk::{Ahead, Day, Figures, Outlook, Progress, Run, Table, Weak};
use typeproof::lessons::shelves::shipped_layout;
use typeproof::sitting::{Practice, Task};
use typeproof::store::history::{AttemptRow, Ended};
use typeproof::store::settings::{PaceSetting, Settings};
use typeproof::tui::input::KeyPress;
use typeproof::tui::screens::history::HistoryPage;
use typeproof::tui::screens::options::{Options, OptionsPage};
use typeproof::tui::screens::practice::PracticePage;
use typeproof::tui::screens::progress::ProgressPage;
use typeproof::tui::screens::{Command, Route, Step};
use typeproof::typing::rules::OnError;

use super::{SMALLEST, USUAL, WIDE, any_size, pictures, press, words};
use crate::support::rows::attempt;

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
        by_lessons: false,
        keys: vec![weak("q", 612, 12), weak("z", 590, 4), weak("x", 480, 0)],
        pairs: vec![weak("qu", 700, 2), weak("␣z", 655, 9), weak("ex", 502, 0)],
        slow: text(&["acquire", "zone", "exactly", "judge", "puzzle"]),
        missed: text(&["their", "receive", "which"]),
        level: Some(Ahead {
            id: "speed-40".to_owned(),
            title: "Typing 40 WPM at 96 % (5 minutes)".to_owned(),
            wpm: 40,
            costs: vec![
                cost('h', 'e', 331.0, 0.84),
                cost('t', 'h', 318.0, 0.71),
                cost(' ', 'w', 402.0, 0.44),
            ],
        }),
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

// -- history

/// Attempts of every kind, the newest first.
fn attempts() -> Vec<AttemptRow> {
    let kind = |n: u32, row: AttemptRow| match n % 4 {
        0 => AttemptRow { source: "practice: weak keys".to_owned(), level: None, passed: false, ..row },
        1 => AttemptRow { ended: Ended::GaveUp, passed: false, ..row },
        _ => row,
    };
    let row = |n: u32| AttemptRow {
        started_unix_ms: 1_795_430_000_000 - i64::from(n) * 40_000_000,
        net_wpm_x100: 4_000 + n * 97 % 900,
        duration_ms: 60_000 * (1 + n % 5),
        ..attempt(n).0
    };
    (0..30).map(|n| kind(n, row(n))).collect()
}

pub fn history() -> HistoryPage {
    HistoryPage::new(attempts(), &|id| Some(format!("Typing {} WPM at 96 % (5 minutes)", id.split_at(6).1)))
}

#[test]
fn history_pictures_and_keys() {
    use KeyPress::{Char, Down, End, Enter, Esc};
    pictures("history", &history(), &[USUAL, WIDE, SMALLEST]);
    any_size(&history());
    let empty = || HistoryPage::new(vec![], &|_| None);
    pictures("history-empty", &empty(), &[USUAL, SMALLEST]);
    let open = |n: u32| Some(Step::Go(Route::Attempt(attempt(n).0.id)));
    for (keys, step) in [
        (&[Enter][..], open(0)),
        (&[Down, Enter], open(1)),
        (&[End, Enter], open(29)),
        (&[Down, Char('r')], Some(Step::Do(Command::Play(attempt(1).0.id)))),
        (&[Down, Char('g')], Some(Step::Do(Command::Race(attempt(1).0.id)))),
        // Levels, what passed, practice, other texts, what is unfinished, and all again.
        (&[Char('f'), Enter], open(1)),
        (&[Char('f'), Char('f'), Enter], open(7)),
        (&[Char('f'), Char('f'), Char('f'), Enter], open(0)),
        (&[Char('f'), Char('f'), Char('f'), Char('f'), Enter], open(3)),
        (&[Char('f'), Char('f'), Char('f'), Char('f'), Char('f'), Enter], open(1)),
        (&[Char('f'), Char('f'), Char('f'), Char('f'), Char('f'), Char('f'), Enter], open(0)),
        (&[Esc], Some(Step::Back)),
    ] {
        assert_eq!(press(&mut history(), keys), step, "{keys:?}");
    }
    assert_eq!(press(&mut empty(), &[Enter, Char('r'), Char('f')]), None);
}

// -- progress

pub fn progress(view: usize) -> ProgressPage {
    let run = |n: u32| Run {
        started_unix_ms: 1_793_000_000_000 + i64::from(n) * 90_000_000,
        net_wpm_x100: 2_500 + n * 60 + n * 37 % 400,
        accuracy_bp: 9_300 + n * 41 % 600,
        hidden: Default::default(),
    };
    let day = |n: i64| Day { day: 20_700 + n, practised_ms: (n * 7 % 31) as u64 * 60_000 };
    let days = (0..30).filter(|n| n % 6 != 4).map(day).filter(|day| day.practised_ms > 0).collect();
    let progress = Progress { runs: (0..30).map(run).collect(), days, today: 20_729, goal_ms: 900_000 };
    let figures = |(n, keys): (u32, String)| Figures {
        keys,
        ms: 150 + n * 83 % 400,
        missed_bp: n * 131 % 900,
        tries: 10 + n * 97 % 600,
    };
    let keys = ('a'..='z').chain(" ,.T5".chars()).map(String::from);
    let pairs = ["th", "he", " t", "e ", "in", "qu", "ex"].map(str::to_owned);
    let table = Table {
        keys: (0..).zip(keys).map(figures).collect(),
        pairs: (0..).zip(pairs).map(figures).collect(),
        target_ms: 300,
    };
    let wishes = Wishes { pinned: vec!['q'], muted: vec!['z'], order: vec!['f'], beyond: Beyond::InTime };
    let mut page = ProgressPage::new(progress, table, shipped_layout("us").cloned(), wishes);
    press(&mut page, &vec![KeyPress::Tab; view]);
    page
}

/// Progress of somebody who has typed nothing.
pub fn no_progress(view: usize) -> ProgressPage {
    let progress = Progress { today: 20_729, goal_ms: 900_000, ..Progress::default() };
    let mut page =
        ProgressPage::new(progress, Table::default(), shipped_layout("us").cloned(), Wishes::default());
    press(&mut page, &vec![KeyPress::Tab; view]);
    page
}

#[test]
fn progress_pictures() {
    for (view, name) in ["time", "keyboard", "keys", "pairs", "habit"].into_iter().enumerate() {
        pictures(&format!("progress-{name}"), &progress(view), &[USUAL, WIDE, SMALLEST]);
        any_size(&progress(view));
        pictures(&format!("progress-{name}-newcomer"), &no_progress(view), &[USUAL]);
        any_size(&no_progress(view));
    }
    let mut misses = progress(1);
    press(&mut misses, &[KeyPress::Char('s')]);
    pictures("progress-keyboard-misses", &misses, &[USUAL]);
    for layout in ["de", "fr", "dvorak", "colemak-dh"] {
        let progress = Progress::default();
        let table = Table { keys: vec![], ..Table::default() };
        any_size(&ProgressPage::new(progress, table, shipped_layout(layout).cloned(), Wishes::default()));
    }
}

#[test]
fn keys_are_pinned_muted_and_put_first_where_their_figures_stand() {
    use KeyPress::{Char, Down, Esc, Left};
    let wish = |pinned: &str, muted: &str, order: &str| {
        let keys = |keys: &str| keys.chars().collect();
        let (pinned, muted, order) = (keys(pinned), keys(muted), keys(order));
        Some(Step::Do(Command::Wish(Wishes { pinned, muted, order, beyond: Beyond::InTime })))
    };
    // The slowest key is chosen at first.
    let slowest = words(&progress(2), USUAL);
    let key = slowest.split('›').nth(1).unwrap().trim_start().chars().next().unwrap();
    for (keys, step) in [
        (&[Char('p')][..], wish(&format!("q{key}"), "z", "f")),
        (&[Char('p'), Char('p')], wish("q", "z", "f")),
        (&[Char('p'), Char('m')], wish("q", &format!("z{key}"), "f")),
        (&[Char('o')], wish("q", "z", &format!("f{key}"))),
        (&[Esc], Some(Step::Back)),
    ] {
        assert_eq!(press(&mut progress(2), keys), step, "{keys:?}");
    }
    assert_eq!(press(&mut progress(3), &[Char('p'), Down, Char('m'), Char('o')]), None, "pairs are not");
    let goal = |minutes| Some(Step::Do(Command::Goal(minutes)));
    assert_eq!(press(&mut progress(4), &[Char('+')]), goal(20));
    assert_eq!(press(&mut progress(4), &[Char('-'), Char('-'), Char('-')]), goal(0));
    assert_eq!(press(&mut progress(4), &[Char('-'), Char('-'), Char('-'), Char('-')]), None);
    assert_eq!(press(&mut progress(0), &[Left, Char('+')]), goal(20), "from the first view back to the last");
}

// -- options

pub fn options() -> OptionsPage {
    OptionsPage::new(Options::of(&Settings::default()))
}

#[test]
fn options_pictures_and_keys() {
    use KeyPress::{Char, Down, Enter, Esc, Left, Right};
    pictures("options", &options(), &[USUAL, WIDE, SMALLEST]);
    any_size(&options());
    let usual = Options::of(&Settings::default());
    let set = |options| Some(Step::Do(Command::SetOptions(options)));
    let pace = |pace| set(Options { pace, ..usual });
    for (keys, step) in [
        (&[Right][..], pace(PaceSetting::Best)),
        (&[Right, Right], pace(PaceSetting::Average)),
        (&[Right, Right, Enter], pace(PaceSetting::Last)),
        (&[Right, Right, Right, Right], pace(PaceSetting::Speed(20))),
        (&[Left], pace(PaceSetting::Speed(120))),
        (&[Down, Char(' ')], set(Options { on_error: OnError::Stop, ..usual })),
        (&[Down, Left], set(Options { on_error: OnError::End, ..usual })),
        (&[Down, Down, Right], set(Options { forgive: true, ..usual })),
        (&[Down, Down, Down, Right], set(Options { blind: true, ..usual })),
        (&[Down, Down, Down, Down, Right], set(Options { figures: false, ..usual })),
        (&[Down, Down, Down, Right, Right], set(usual)),
        (&[Esc], Some(Step::Back)),
        (&[Char('x')], None),
    ] {
        assert_eq!(press(&mut options(), keys), step, "{keys:?}");
    }
    let mut settings = Settings::default();
    let all = Options {
        pace: PaceSetting::Speed(70),
        on_error: OnError::End,
        forgive: true,
        blind: true,
        figures: false,
    };
    all.keep_in(&mut settings);
    assert_eq!(Options::of(&settings), all);
}
