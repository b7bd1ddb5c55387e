//! The screens that are lists, forms and badges: text pictures at several sizes, and what keys make them ask for.

mod badges;
mod courses;
mod forms;
mod keys;
mod plain;
mod practice;
mod share;

use std::collections::{BTreeMap, BTreeSet};

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use typeproof::desk::{Suggestion, next_level};
use typeproof::lessons::catalogue::Catalogue;
use typeproof::lessons::language::Language;
use typeproof::sitting::Task;
use typeproof::store::history::LevelRecord;
use typeproof::tui::input::KeyPress;
use typeproof::tui::screens::help::Help;
use typeproof::tui::screens::home::{Home, Welcome};
use typeproof::tui::screens::levels::{self, Levels, Record};
use typeproof::tui::screens::{Command, Page, Route, Step};

use crate::support::picture;

const USUAL: (u16, u16) = (80, 24);
const WIDE: (u16, u16) = (120, 40);
const HUGE: (u16, u16) = (200, 60);
const SMALLEST: (u16, u16) = (40, 10);

fn draw(page: &dyn Page, (width, height): (u16, u16)) -> (Buffer, Option<Position>) {
    let area = Rect::new(0, 0, width, height);
    let mut buffer = Buffer::empty(area);
    let cursor = page.view(area, &mut buffer);
    (buffer, cursor)
}

fn text(page: &dyn Page, size: (u16, u16)) -> String {
    picture::text(&draw(page, size).0)
}

/// What is said, on however many lines.
fn words(page: &dyn Page, size: (u16, u16)) -> String {
    text(page, size).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Pictures `pages/NAME-WxH` at these sizes.
fn pictures(name: &str, page: &dyn Page, sizes: &[(u16, u16)]) {
    for size in sizes {
        picture::check(&format!("pages/{name}-{}x{}", size.0, size.1), &draw(page, *size).0);
    }
}

/// Sizes from nothing to large: nothing panics, and no cursor stands outside.
fn any_size(page: &dyn Page) {
    for width in (0..=3).chain(38..=42).chain([50, 60, 70, 79, 80, 81, 100, 120, 200]) {
        for height in (0..=12).chain([16, 20, 23, 24, 25, 30, 40, 60]) {
            let (_, cursor) = draw(page, (width, height));
            assert!(cursor.is_none_or(|at| at.x < width && at.y < height), "{cursor:?} in {width}x{height}");
        }
    }
}

fn press(page: &mut dyn Page, keys: &[KeyPress]) -> Option<Step> {
    let mut last = None;
    for key in keys {
        last = match page.update(*key) {
            Step::Stay | Step::Unchanged => None,
            step => Some(step),
        };
    }
    last
}

fn write(page: &mut dyn Page, text: &str) {
    text.chars().for_each(|c| {
        page.update(KeyPress::Char(c));
    });
}

// -- home

fn take_the_level() -> Suggestion {
    Suggestion {
        label: "Take the level",
        what: "Typing 40 WPM at 96 % (5 minutes)".to_owned(),
        why: "You pass 40 WPM in two of three runs: take the level.".to_owned(),
        task: Task::Level("speed-40".to_owned()),
    }
}

fn welcome() -> Welcome {
    Welcome {
        holder: Some("Ada Lovelace".to_owned()),
        layout: Some("German (QWERTZ)".to_owned()),
        tests: 12,
        unfinished: 0,
        badges: 2,
        unreadable: false,
        suggestion: Some(take_the_level()),
        free: None,
        rest: None,
        notices: Vec::new(),
    }
}

#[test]
fn home_pictures() {
    let begin = Suggestion {
        label: "Begin",
        what: "a free test, 1 minute".to_owned(),
        why: "A minute of common words shows where you stand.".to_owned(),
        task: Task::Time(60),
    };
    let newcomer =
        Welcome { holder: None, layout: None, tests: 0, badges: 0, suggestion: Some(begin), ..welcome() };
    pictures("home", &Home::new(welcome()), &[USUAL, WIDE, HUGE, SMALLEST]);
    pictures("home-newcomer", &Home::new(newcomer), &[USUAL, SMALLEST]);
    let raw = "of a long text that was given up".to_owned();
    let rest =
        Task::Text { name: "chapter one.txt, the rest".to_owned(), raw, lookalikes: Default::default() };
    pictures(
        "home-rest",
        &Home::new(Welcome { unfinished: 1, rest: Some(rest), ..welcome() }),
        &[USUAL, SMALLEST],
    );
    let notice = "settings.toml, line 3: `colour` is not a setting and is ignored; expected one of holder_name, \
                  holder_email, verify_url, live_stats";
    let notices = (1..=7).map(|n| format!("{n}. {notice}")).collect();
    let mut notices = Home::new(Welcome { notices, ..welcome() });
    pictures("home-notices", &notices, &[USUAL]);
    press(&mut notices, &[KeyPress::Char('n')]);
    pictures("home-notices-all", &notices, &[USUAL]);
    any_size(&notices);
    assert_eq!(press(&mut notices, &[KeyPress::Esc, KeyPress::Char('q')]), Some(Step::Do(Command::Quit)));
    any_size(&Home::new(welcome()));
}

#[test]
fn home_keys() {
    use KeyPress::{Char, Down, End, Enter, Left, Right, Up};
    let next = || Some(Step::Go(Route::Test(Task::Level("speed-40".to_owned()))));
    for (keys, effect) in [
        (&[Enter][..], next()),
        (&[Char('c')], next()),
        (&[Down, Enter], Some(Step::Go(Route::Courses(None)))),
        (&[Char('s')], Some(Step::Go(Route::Courses(None)))),
        (&[Down, Down, Enter], Some(Step::Go(Route::Practice))),
        (&[Char('p')], Some(Step::Go(Route::Practice))),
        (&[Down, Down, Down, Enter], Some(Step::Go(Route::Levels(None)))),
        (&[Char('L')], Some(Step::Go(Route::Levels(None)))),
        (&[Char('f')], Some(Step::Go(Route::Test(Task::Time(60))))),
        (&[Right, Enter], Some(Step::Go(Route::Test(Task::Time(120))))),
        (&[Left, Left, Enter], Some(Step::Go(Route::Test(Task::Time(15))))),
        (&[Left, Left, Left, Char('f')], Some(Step::Go(Route::Test(Task::Words(100))))),
        (&[Right, Right, Up, Enter], Some(Step::Go(Route::Levels(None)))),
        (&[Char('m')], Some(Step::Go(Route::Holder))),
        (&[Char('o')], Some(Step::Go(Route::Options))),
        (&[Down, Down, Down, Down, Down, Enter], Some(Step::Go(Route::History))),
        (&[Char('t')], Some(Step::Go(Route::History))),
        (&[Char('g')], Some(Step::Go(Route::Progress))),
        (&[Char('b')], Some(Step::Go(Route::Wallet))),
        (&[Char('k')], Some(Step::Go(Route::Layouts(None)))),
        (&[Char('v')], Some(Step::Go(Route::Verify(None)))),
        (&[Char('h')], Some(Step::Go(Route::Help))),
        (&[Up, Enter], Some(Step::Do(Command::Quit))),
        (&[End, Down, Enter], next()),
        (&[Char('q')], Some(Step::Do(Command::Quit))),
        (&[Char('x')], None),
        (&[KeyPress::Esc], None),
    ] {
        assert_eq!(press(&mut Home::new(welcome()), keys), effect, "{keys:?}");
    }
    let rest = Task::Text {
        name: "a.txt, the rest".to_owned(),
        raw: "b c".to_owned(),
        lookalikes: Default::default(),
    };
    let resume = || Home::new(Welcome { rest: Some(rest.clone()), ..welcome() });
    for keys in [&[Char('r')][..], &[Down, Enter]] {
        assert_eq!(press(&mut resume(), keys), Some(Step::Go(Route::Test(rest.clone()))));
    }
    assert_eq!(press(&mut resume(), &[Down, Down, Enter]), Some(Step::Go(Route::Courses(None))));
    assert_eq!(press(&mut Home::new(welcome()), &[Char('r')]), None, "there is nothing to go on with");
    let mut passed = Home::new(Welcome { suggestion: None, ..welcome() });
    assert_eq!(press(&mut passed, &[Enter]), Some(Step::Go(Route::Levels(None))));
    let mut again = Home::new(Welcome { free: Some(Task::Words(50)), ..welcome() });
    assert_eq!(press(&mut again, &[Char('f')]), Some(Step::Go(Route::Test(Task::Words(50)))));
}

#[test]
fn the_next_level_is_the_first_open_one_of_the_pathway_tried_last() {
    let catalogue = Catalogue::embedded();
    let of = |pathway: &str| -> Vec<String> {
        catalogue.levels().filter(|l| l.pathway == pathway).map(|l| l.id.clone()).collect()
    };
    let (speed, sprint) = (of("speed"), of("sprint"));
    let all: BTreeSet<String> = catalogue.levels().map(|l| l.id.clone()).collect();
    let set = |ids: &[String]| ids.iter().cloned().collect::<BTreeSet<_>>();
    let next = |passed: &BTreeSet<String>, last: Option<&str>| {
        let passed = catalogue.with_those_below(passed);
        next_level(&catalogue, &passed, last, Language::English).map(|level| level.id.clone())
    };
    for language in Language::ALL {
        let first = next_level(&catalogue, &BTreeSet::new(), None, language).unwrap();
        assert_eq!((first.id.as_str(), first.language), (language.id("speed-20").as_str(), language));
    }
    // Somebody who began in the middle is not sent back.
    assert_eq!(next(&set(&speed[7..8]), Some(&speed[7])).as_ref(), Some(&speed[8]));
    assert_eq!(next(&set(&[speed[7].clone(), speed[2].clone()]), Some(&speed[2])).as_ref(), Some(&speed[8]));
    assert_eq!(next(&set(&speed[13..]), Some(&speed[13])).as_ref(), Some(&sprint[0]), "all of it is passed");
    // Where a pathway has no order, nothing is below anything.
    assert_eq!(
        next(&set(&["opm-40".to_owned(), "sqa-40".to_owned()]), Some("sqa-40")).as_deref(),
        Some("calhr-40")
    );
    assert_eq!(next(&set(&[]), None).as_ref(), Some(&speed[0]));
    assert_eq!(next(&set(&[]), Some("no-such-level")).as_ref(), Some(&speed[0]));
    assert_eq!(next(&set(&sprint[..2]), Some(&sprint[5])).as_ref(), Some(&sprint[2]));
    assert_eq!(next(&set(&sprint), Some(&sprint[0])).as_ref(), Some(&speed[0]));
    let but_one = all.iter().filter(|id| **id != "opm-40").cloned().collect();
    assert_eq!(next(&but_one, Some(&speed[0])).as_deref(), Some("opm-40"));
    assert_eq!(next(&all, None), None);
}

// -- levels

fn some_records() -> BTreeMap<String, Record> {
    let passed = |net| Record { passed: true, best: Some((net, 9_730)), ..Record::default() };
    BTreeMap::from([
        ("speed-20".to_owned(), passed(2_315)),
        ("speed-30".to_owned(), passed(3_120)),
        ("speed-40".to_owned(), Record { best: Some((3_795, 9_510)), ..Record::default() }),
    ])
}

#[test]
fn levels_pictures() {
    let catalogue = Catalogue::embedded();
    let levels = |chosen| Levels::new(&catalogue, &some_records(), Language::English, chosen);
    pictures("levels", &levels(None), &[USUAL, WIDE, HUGE, SMALLEST]);
    pictures("levels-office", &levels(Some("san-diego-30")), &[USUAL, WIDE, HUGE, SMALLEST]);
    pictures("levels-advice", &levels(Some("speed-60")), &[USUAL]);
    any_size(&levels(Some("ssc-dest")));
}

/// In the list, which is above the text about the chosen level, every title stands whole.
#[test]
fn long_titles_are_whole_at_the_usual_size() {
    let catalogue = Catalogue::embedded();
    for level in catalogue.levels() {
        let shown =
            text(&Levels::new(&catalogue, &some_records(), Language::English, Some(&level.id)), USUAL);
        let list = shown.split("  To pass: ").next().unwrap();
        let list = list.rsplit_once("\n\n").map_or(list, |(list, _)| list);
        let (first, rest) = level.title.split_at(level.title.rfind(" (").unwrap_or(level.title.len()));
        assert!(list.contains(first) && list.contains(rest.trim()), "{}:\n{shown}", level.title);
    }
}

/// The map says where one is: what is passed, what counts as passed, what was tried, and what is open.
#[test]
fn the_map_shows_each_pathway_and_the_way_through_it() {
    let catalogue = Catalogue::embedded();
    let shown = text(&Levels::new(&catalogue, &some_records(), Language::English, None), USUAL);
    let row = |name: &str| {
        shown.lines().find(|line| line.trim_start_matches([' ', '›']).starts_with(name)).unwrap().to_owned()
    };
    assert!(row("Speed").contains("3 of 14  ✓ ✓ ✓ · ~ · · ·"), "{shown}");
    assert!(row("Sprint").contains("· · ·") && row("Sprint").contains("0 of 14"), "{shown}");
    assert!(row("Office").contains("0 of 27"), "{shown}");
}

#[test]
fn levels_keys() {
    use KeyPress::{Down, End, Enter, Esc, Home, Left, PageDown, Right, Up};
    let catalogue = Catalogue::embedded();
    let level = |id: &str| Some(Step::Go(Route::Test(Task::Level(id.to_owned()))));
    for (keys, effect) in [
        (&[Enter][..], level("speed-40")),
        (&[Down, Enter], level("speed-45")),
        (&[Up, Up, Up, Up, Enter], level("speed-20")),
        (&[End, Enter], level("speed-120")),
        (&[End, PageDown, Enter], level("speed-120")),
        (&[Down, Home, Enter], level("speed-20")),
        (&[Right, Left, Enter], level("speed-40")),
        (&[Esc], Some(Step::Back)),
    ] {
        let mut page = Levels::new(&catalogue, &some_records(), Language::English, Some("speed-40"));
        assert_eq!(press(&mut page, keys), effect, "{keys:?}");
    }
    // Every level can be reached, and its whole title and description are seen when chosen.
    for wanted in catalogue.levels() {
        let mut page = Levels::new(&catalogue, &BTreeMap::new(), Language::English, Some(&wanted.id));
        let shown = words(&page, USUAL);
        assert!(
            shown.contains(&wanted.title) && shown.contains(&wanted.description),
            "{}: {shown}",
            wanted.id
        );
        assert_eq!(press(&mut page, &[Enter]), level(&wanted.id));
    }
}

#[test]
fn records_are_those_of_the_history_by_level() {
    let record = |level: &str, passed, unclaimed: Option<&str>, best| LevelRecord {
        level_id: level.to_owned(),
        passed,
        best,
        unclaimed: unclaimed.map(str::to_owned),
    };
    let best = Some((2_500, 9_700));
    let records = levels::records(vec![
        record("speed-20", true, Some("4f"), best),
        record("speed-30", true, None, Some((1_000, 9_000))),
        record("speed-40", false, None, None),
    ]);
    assert_eq!(records.len(), 3);
    assert_eq!(
        records["speed-20"],
        Record { passed: true, claim: Some("4f".to_owned()), best, ..Record::default() }
    );
    assert_eq!(records["speed-30"], Record { passed: true, best: Some((1_000, 9_000)), ..Record::default() });
    assert_eq!(records["speed-40"], Record::default(), "an attempt that was given up is nobody's best");
}

#[test]
fn a_passed_level_without_a_badge_is_claimed_with_b() {
    use KeyPress::Char;
    let catalogue = Catalogue::embedded();
    let mut records = some_records();
    records.get_mut("speed-30").unwrap().claim = Some("4f".to_owned());
    let mut page = Levels::new(&catalogue, &records, Language::English, Some("speed-30"));
    assert!(text(&page, USUAL).contains("b claim the badge"));
    assert_eq!(press(&mut page, &[Char('b')]), Some(Step::Do(Command::Claim("4f".to_owned()))));
    assert_eq!(press(&mut page, &[KeyPress::Up, Char('b')]), None);
    assert!(!text(&page, USUAL).contains("claim"));
}

// -- help

#[test]
fn help_pictures() {
    let places = || {
        ["Badges", "History", "Settings"].map(|what| {
            (what.to_owned(), format!("/home/ada/.local/share/typeproof/{}", what.to_lowercase()))
        })
    };
    let mut page = Help::new(places());
    pictures("help", &page, &[USUAL, WIDE, HUGE, SMALLEST]);
    any_size(&page);
    press(&mut page, &[KeyPress::End]);
    assert!(text(&page, USUAL).contains("/home/ada/.local/share/typeproof/settings"));
    assert_eq!(press(&mut page, &[KeyPress::Esc]), Some(Step::Back));
}
