//! The keys of all pages: a key that is listed works, and a key that works is listed.

use std::collections::BTreeSet;
use std::path::Path;
use std::rc::Rc;
use std::time::{Duration, Instant};

use typeproof::desk::Outlook;
use typeproof::lessons::catalogue::Catalogue;
use typeproof::lessons::language::Language;
use typeproof::lessons::shelves::shipped_layouts;
use typeproof::tui::input::{Input, KeyPress};
use typeproof::tui::keymap::{self, Listed};
use typeproof::tui::screens::award::{Confirm, From, Passphrase};
use typeproof::tui::screens::help::Help;
use typeproof::tui::screens::holder::{Holder, Purpose};
use typeproof::tui::screens::home::{Home, Welcome};
use typeproof::tui::screens::layouts::Layouts;
use typeproof::tui::screens::levels::Levels;
use typeproof::tui::screens::practice::PracticePage;
use typeproof::tui::screens::result::Outcome;
use typeproof::tui::screens::verify::Verify;
use typeproof::tui::screens::wallet::{Unclaimed, Wallet};
use typeproof::tui::screens::{Page, Step, test};

use super::{
    SMALLEST, USUAL, badges, courses, draw, plain, practice, press, share, some_records, take_the_level,
    text, welcome,
};
use crate::support::picture;
use crate::tui::screens::{page as seat, replay, result, timed};

type Make = Box<dyn Fn() -> Box<dyn Page>>;

/// A page with keys pressed.
fn after<P: Page + 'static>(make: impl Fn() -> P + 'static, keys: &'static [KeyPress]) -> Make {
    Box::new(move || {
        let mut page = make();
        press(&mut page, keys);
        Box::new(page)
    })
}

/// Every page in every state in which it has keys of its own, with as much on it as lists and texts need to be moved in.
fn pages() -> Vec<(&'static str, Make)> {
    use KeyPress::{Char, End};
    let home = || Home::new(Welcome { notices: vec!["a notice".repeat(40); 9], ..welcome() });
    let levels = || Levels::new(&Catalogue::embedded(), &some_records(), Language::English, None);
    let claim = || {
        let mut records = some_records();
        records.get_mut("speed-30").unwrap().claim = Some("4f".to_owned());
        Levels::new(&Catalogue::embedded(), &records, Language::English, Some("speed-30"))
    };
    let unclaimed = || {
        let passed = |n: u32| Unclaimed {
            attempt: n.to_string(),
            title: format!("Level {n}"),
            started_unix_ms: 1_795_430_000_000,
        };
        let now = chrono::DateTime::from_timestamp(1_795_430_000, 0).unwrap();
        Wallet::new(&[], &(0..9).map(passed).collect::<Vec<_>>(), Path::new("badges"), now)
    };
    let issued = Rc::new(badges::issued("Ada Lovelace", badges::LOCAL));
    let award = move || badges::award(&issued, From::Test);
    let shared = || share::page(share::PUBLIC, &share::ALL).with_browser(true);
    let help = || Help::new([("Settings".to_owned(), "/home/ada".to_owned())]);
    let failed = || Verify::failed("nowhere.json", &"there is no such file, and so on; ".repeat(40));
    vec![
        ("home", after(|| Home::new(welcome()), &[])),
        ("home with notices", after(home, &[])),
        ("notices", after(home, &[Char('n')])),
        ("levels", after(levels, &[])),
        ("levels, a badge to claim", after(claim, &[])),
        ("practice", after(|| PracticePage::new(practice::outlook()), &[])),
        ("practice, with a target of one's own", {
            let own = || PracticePage::new(Outlook { target_is_own: true, ..practice::outlook() });
            after(own, &[])
        }),
        ("courses", after(courses::courses, &[])),
        ("course", after(courses::course, &[])),
        ("lesson", after(|| courses::lesson(courses::progress("foundations", "us", 7), 3), &[])),
        ("history", after(practice::history, &[])),
        ("texts", after(plain::many_texts, &[])),
        ("reading", after(plain::reading, &[])),
        ("options", after(practice::options, &[])),
        ("progress", after(|| practice::progress(0), &[])),
        ("progress, keyboard", after(|| practice::progress(1), &[])),
        ("progress, keys", after(|| practice::progress(2), &[])),
        ("progress, pairs", after(|| practice::progress(3), &[])),
        ("progress, habit", after(|| practice::progress(4), &[])),
        ("progress, nothing yet", after(|| practice::no_progress(2), &[])),
        ("wallet", after(|| badges::wallet(9), &[])),
        ("wallet, empty", after(|| badges::wallet(0), &[])),
        ("wallet, to claim", after(unclaimed, &[])),
        ("award", after(award.clone(), &[])),
        ("award, served", {
            let award = award.clone();
            let served = move || {
                let mut page = award().with_browser(true);
                page.served("http://127.0.0.1:8520/");
                page
            };
            after(served, &[])
        }),
        ("award, code", after(award.clone(), &[Char('f')])),
        ("award, link", after(award, &[Char('u')])),
        ("confirm", after(|| Confirm::new("Ada", "Speed"), &[])),
        ("passphrase", after(|| Passphrase::new(None), &[])),
        ("holder", after(|| Holder::new("", "", Purpose::First), &[])),
        ("share", after(shared, &[])),
        ("share, a form", after(shared, &[Char('h')])),
        ("share, a link", after(shared, &[Char('l')])),
        ("help", after(help, &[])),
        (
            "layouts",
            after(|| Layouts::new(shipped_layouts().cloned().collect(), Some("de"), None, None, None), &[]),
        ),
        ("verify", after(failed, &[])),
        ("replay", after(|| replay(10), &[])),
        ("replay, at its end", after(|| replay(10), &[End])),
        ("result, saved", after(|| result(Outcome::Saved), &[])),
        ("result, passed", after(|| result(Outcome::Passed), &[])),
        ("result, awarded", after(|| result(Outcome::Awarded), &[])),
        ("result, missing", after(|| result(Outcome::Missing(vec!["speed".to_owned()])), &[])),
        ("result, unsaved", after(|| result(Outcome::Unsaved("full".to_owned())), &[])),
        ("result, with what comes next", after(|| result(Outcome::Saved).with_next(take_the_level()), &[])),
        ("result, figures", after(|| result(Outcome::Saved), &[Char('m')])),
    ]
}

/// All keys that there are, characters as a sample.
fn all_keys() -> Vec<KeyPress> {
    use KeyPress::*;
    let named = [
        Enter, Backspace, DeleteWord, Esc, Tab, BackTab, Up, Down, Left, Right, Home, End, PageUp, PageDown,
        Delete,
    ];
    let letters = || ('a'..='z').chain('0'..='9');
    let characters = (' '..='~').chain(['é', '⏎', 'ж']).map(Char);
    let others = letters().flat_map(|c| [Ctrl(c), Alt(c)]).chain((1..=12).map(F));
    named.into_iter().chain(characters).chain(others).collect()
}

/// The rows of the page itself, without those of every page.
fn own(page: &dyn Page) -> Vec<Listed> {
    let common = keymap::everywhere(page.is_typing()).listed();
    page.keys().into_iter().filter(|row| !common.contains(row)).collect()
}

/// Where a key leads, and what the page looks like, at two sizes: the small one first, because drawing ends all scrolling
/// that a size does not need.
fn seen(page: &dyn Page, step: Option<Step>) -> impl PartialEq + std::fmt::Debug + use<> {
    let drawn =
        [SMALLEST, USUAL].map(|size| draw(page, size)).map(|(buffer, at)| (picture::text(&buffer), at));
    (step, drawn)
}

#[test]
fn every_listed_key_does_something() {
    for (name, make) in pages() {
        let listed: Vec<KeyPress> = own(&*make()).into_iter().flat_map(|row| row.keys).collect();
        // A key that goes up does nothing at the top, so each is tried behind each other one, and behind some text.
        let typed = [KeyPress::Char('x'), KeyPress::Char('y')];
        let stays = |keys: &[KeyPress]| press(&mut *make(), keys).is_none();
        let mut before = vec![vec![], typed.to_vec()];
        before.extend(listed.iter().flat_map(|key| [vec![*key], [&typed[..], &[*key]].concat()]));
        before.retain(|keys| stays(keys));
        for key in &listed {
            let works = before.iter().any(|before| {
                let (mut untouched, mut touched) = (make(), make());
                press(&mut *untouched, before);
                press(&mut *touched, before);
                let step = press(&mut *touched, &[*key]);
                seen(&*untouched, None) != seen(&*touched, step)
            });
            assert!(works, "{name}: {} does nothing", keymap::name(*key));
        }
    }
}

#[test]
fn a_key_that_is_not_listed_does_nothing() {
    for (name, make) in pages() {
        let listed: Vec<KeyPress> = make().keys().into_iter().flat_map(|row| row.keys).collect();
        let once: BTreeSet<String> = listed.iter().map(|key| keymap::name(*key)).collect();
        assert_eq!(once.len(), listed.len(), "{name}: a key is listed twice, {listed:?}");
        let mut page = make();
        let before = seen(&*page, None);
        for key in all_keys() {
            let is_text = matches!(key, KeyPress::Char(_));
            // A capital letter is its small one, as long as there is no field.
            let small = match key {
                KeyPress::Char(c) => KeyPress::Char(c.to_ascii_lowercase()),
                key => key,
            };
            if listed.contains(&key) || listed.contains(&small) || page.is_typing() && is_text {
                continue;
            }
            assert_eq!(page.update(key), Step::Unchanged, "{name}: {}", keymap::name(key));
        }
        assert_eq!(seen(&*page, None), before, "{name}");
    }
}

/// What the footer shows are keys of its row, and at the smallest size it says how to see the others.
#[test]
fn every_footer_names_keys_that_work_and_leads_to_the_others() {
    for (name, make) in pages() {
        let page = make();
        let help = if page.is_typing() { "F1" } else { "?" };
        let rows = page.keys();
        assert!(rows.iter().any(|row| row.footer() == Some((help.to_owned(), "keys"))), "{name}");
        for row in &rows {
            assert!(row.footer().is_none_or(|(keys, _)| row.label().starts_with(&keys)), "{name}: {row:?}");
            assert!(!row.words.is_empty() && !row.keys.is_empty(), "{name}: {row:?}");
        }
        for size in [USUAL, SMALLEST] {
            let shown = text(&*page, size);
            let footer = shown.lines().last().unwrap();
            // A code that just fits has all rows for itself.
            if name == "award, code" && size == USUAL {
                assert!(footer.contains('▄'), "{footer}");
                continue;
            }
            let all = [format!("{help} keys"), format!("{help} more")];
            assert!(all.iter().any(|end| footer.ends_with(end)), "{name}: {footer}");
        }
    }
}

#[test]
fn every_listed_key_of_a_test_does_something() {
    for key in test::keys(false).into_iter().flat_map(|row| row.keys) {
        let mut seat = seat(timed(), USUAL);
        let at = Instant::now();
        seat.take(at, &Input::Key(KeyPress::Char('T')));
        let typed = seat.session().tally();
        let (step, accepted) = seat.take(at + Duration::from_millis(100), &Input::Key(key));
        let erased = matches!(step, Step::Stay) && !accepted.is_empty() && seat.session().tally() != typed;
        assert!(
            erased || matches!(step, Step::Do(_) | Step::Back | Step::Go(_)),
            "{}: {step:?}",
            keymap::name(key)
        );
    }
}
