//! Keyboard layouts: what is shipped, what files may say, and a layout typed on a keyboard that is set to another.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use proptest::prelude::*;
use typeproof::lessons::catalogue::Catalogue;
use typeproof::lessons::layout::Layout;
use typeproof::lessons::layout::emulation::Emulation;
use typeproof::lessons::layout::guess;
use typeproof::lessons::layout::place::{Finger, Form, Hand, Place, Row};
use typeproof::lessons::layout::sign::{Level, Sign};
use typeproof::lessons::shelves::{shipped_layout, shipped_layouts};

use crate::support::node::{has, skip};
use crate::support::typing::laws;

fn layout(name: &str) -> &'static Layout {
    shipped_layout(name).unwrap()
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

#[test]
fn every_shipped_layout_types_what_english_needs_with_every_finger() {
    let ids: Vec<&str> = shipped_layouts().map(|layout| layout.id.as_str()).collect();
    assert_eq!(ids, ["us", "uk", "de", "fr", "es", "dvorak", "colemak", "colemak-dh", "workman"]);
    for layout in shipped_layouts() {
        let id = &layout.id;
        for c in (' '..='~').chain("´¨".chars().filter(|_| id == "es")) {
            let way = layout.way(c).unwrap_or_else(|| panic!("{id} types no {c:?}"));
            let last = layout.sign(way.key);
            match way.dead {
                None => assert_eq!(last, Sign::Char(c), "{id}"),
                Some(press) => {
                    let (Sign::Dead(dead), Sign::Char(next)) = (layout.sign(press), last) else {
                        panic!("{id}: {c} is typed over no dead key")
                    };
                    assert_eq!(layout.made(dead, next), Some(c), "{id}");
                }
            }
        }
        for letter in 'a'..='z' {
            assert_eq!(layout.way(letter).unwrap().key.level, Level::Plain, "{id}: {letter}");
            let capital = layout.way(letter.to_ascii_uppercase()).unwrap().key;
            assert_eq!((capital.level, capital.place), (Level::Shift, layout.way(letter).unwrap().key.place));
        }
        for finger in Finger::RESTING {
            let home = layout.of_finger(finger, Level::Plain)[0];
            assert_eq!(layout.distance(home), Some(0), "{id}: {home} lies under the {}", finger.name());
        }
        assert_eq!(layout.keys().len(), layout.form.places().count(), "{id}");
        assert_eq!(layout.outward().len() + 1, layout.keys().len(), "{id}: all but the space bar");
    }
}

#[test]
fn keys_lie_where_people_know_them() {
    let home = |name: &str| layout(name).of_row(Row::Home, Level::Plain).into_iter().collect::<String>();
    assert_eq!(home("us"), "fjdksla;gh'");
    assert_eq!(home("fr"), "fjdkslqmghù*");
    assert_eq!(home("dvorak"), "uhetonasid-");
    assert_eq!(home("colemak"), "tnseriaodh'");
    let of =
        |name: &str, finger| layout(name).of_finger(finger, Level::Plain).into_iter().collect::<String>();
    assert_eq!(of("us", Finger::LeftIndex), "fgrvtb45");
    assert_eq!(of("de", Finger::RightIndex), "jhumzn76");
    assert_eq!(of("us", Finger::RightLittle), ";'p/[0]-\\=");
    // The lower row of Colemak-DH lies further left.
    assert_eq!(layout("colemak-dh").key_of('c').unwrap().finger, Finger::LeftMiddle);
    assert_eq!(layout("colemak").key_of('x').unwrap().finger, Finger::LeftRing);
    let press = |name: &str, c| layout(name).way(c).unwrap().key;
    assert_eq!(press("de", '@').level, Level::AltGr);
    assert_eq!(press("fr", '1').level, Level::Shift);
    assert_eq!(press("us", 'A').shift_hand(), Some(Hand::Right));
    assert_eq!(press("us", '?').shift_hand(), Some(Hand::Left));
    assert_eq!(press("us", 'a').shift_hand(), None);
    let hat = layout("fr").way('ê').unwrap();
    assert_eq!(layout("fr").sign(hat.dead.unwrap()), Sign::Dead('^'));
    assert_eq!(layout("fr").sign(hat.key), Sign::Char('e'));
    assert!(layout("fr").way('é').unwrap().dead.is_none());
    assert_eq!(layout("us").way('é'), None);
    assert_eq!(layout("de").way('^').unwrap().presses().count(), 2);
    for (name, id) in [("qwerty", "us"), ("gb", "uk"), ("qwertz", "de"), ("azerty", "fr"), ("us", "us")] {
        assert_eq!(layout(name).id, id);
    }
    assert_eq!(shipped_layout("klingon"), None);
}

#[test]
fn a_layout_fits_a_keyboard_of_the_other_form() {
    for layout in shipped_layouts() {
        for form in Form::ALL {
            let there = layout.on(form);
            assert_eq!((there.form, &there.id), (form, &layout.id));
            assert_eq!(there.keys().len(), form.places().count());
            let lost: BTreeSet<char> = layout.characters().filter(|c| there.way(*c).is_none()).collect();
            let extra = layout.key(Place::EXTRA).filter(|_| form == Form::Ansi);
            let on_extra: BTreeSet<char> =
                extra.iter().flat_map(|key| key.signs).filter_map(Sign::shown).collect();
            assert!(lost.is_subset(&on_extra), "{}: {lost:?}", layout.id);
            if form == layout.form {
                assert_eq!(&there, layout);
            }
        }
    }
    let back = |layout: &Layout| layout.on(Form::Iso).on(Form::Ansi);
    assert_eq!(&back(layout("us")), layout("us"));
    assert_eq!(layout("us").on(Form::Iso).key_of('\\').unwrap().place, Place { row: Row::Home, column: 12 });
}

#[test]
fn the_locale_or_the_home_row_suggests_a_layout() {
    let by_locale = |locale: &str| {
        let region = guess::Region::of_locale(locale)?;
        guess::by_region(shipped_layouts(), region).map(|layout| layout.id.as_str())
    };
    for (locale, id) in [
        ("en_US.UTF-8", Some("us")),
        ("en_GB.UTF-8", Some("uk")),
        ("de_AT", Some("de")),
        ("de", Some("de")),
        ("es_ES.UTF-8@euro", Some("es")),
        ("fr_FR.UTF-8", Some("fr")),
        // These have layouts of their own.
        ("de_CH.UTF-8", None),
        ("fr_CA.UTF-8", None),
        ("C.UTF-8", None),
        ("", None),
    ] {
        assert_eq!(by_locale(locale), id, "{locale}");
    }
    let by_home_row = |typed| -> Vec<&str> {
        guess::by_home_row(shipped_layouts(), typed).into_iter().map(|layout| layout.id.as_str()).collect()
    };
    assert_eq!(by_home_row("asdf jklö"), ["de"]);
    assert_eq!(by_home_row("asdfghjklö"), ["de"]);
    assert_eq!(by_home_row("QSDFGHJKLM"), ["fr"]);
    assert_eq!(by_home_row("asdfghjkl;'"), ["us", "uk"]);
    assert_eq!(by_home_row("asdfghjkl;'#"), ["uk"]);
    assert_eq!(by_home_row("asdfghjklñ"), ["es"]);
    assert_eq!(by_home_row("aoeuidhtns-"), ["dvorak"]);
    assert_eq!(by_home_row("arstd"), ["colemak"]);
    assert_eq!(by_home_row("arstg"), ["colemak-dh"]);
    assert_eq!(by_home_row("ashtg"), ["workman"]);
    assert_eq!(by_home_row(""), Vec::<&str>::new());
    assert_eq!(by_home_row("фыва"), Vec::<&str>::new());
}

/// What files say of themselves in their first lines, behind this.
const SAYS: &str = "# says: ";

#[test]
fn a_bad_layout_says_what_is_wrong_with_it() {
    let mut wrong = Vec::new();
    let mut files: Vec<PathBuf> = fs::read_dir(folder("tests/data/lessons/bad-layouts"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    for path in &files {
        let text = fs::read_to_string(path).unwrap();
        let name = path.file_name().unwrap().to_str().unwrap();
        let expected: Vec<&str> = text.lines().map_while(|line| line.strip_prefix(SAYS)).collect();
        let mut catalogue = Catalogue::embedded();
        let said: Vec<String> =
            catalogue.extend([(name, text.as_str())]).iter().map(ToString::to_string).collect();
        let left_out = catalogue.shelves().layouts().count() == shipped_layouts().count();
        let expects_that = expected.iter().any(|said| said.ends_with("the file is left out"));
        if expected.is_empty() || said != expected || left_out != expects_that {
            wrong.push(format!("{name}:\n{}", said.join("\n")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    assert!(files.len() >= 16, "{}", files.len());
}

/// A layout of the user, in a file of this name.
fn own(name: &str, text: &str) -> Catalogue {
    let mut catalogue = Catalogue::embedded();
    assert_eq!(catalogue.extend([(name, text)]), [], "{name}");
    catalogue
}

#[test]
fn a_layout_of_ones_own_has_a_namespace_of_its_own() {
    let text = fs::read_to_string(folder("lessons/layouts/de.toml")).unwrap();
    let catalogue = own("D/de.toml", &text.replace("German (QWERTZ)", "Mine"));
    assert_eq!(catalogue.layout("de").unwrap().name, "German (QWERTZ)");
    assert_eq!(catalogue.layout("own-de").unwrap().name, "Mine");
    let us = fs::read_to_string(folder("lessons/layouts/us.toml")).unwrap();
    let mine = own("mine.toml", &us.replace("o p [", "o p é"));
    assert_eq!(mine.layout("mine").unwrap().way('é').unwrap().key.level, Level::Plain);
    assert_eq!(mine.layout("mine").unwrap().way('['), None);
    assert_eq!(mine.layout("yours"), None);
    assert_eq!(mine.shelves().layouts().count(), shipped_layouts().count() + 1);
}

#[test]
fn a_dead_key_can_have_a_table_of_its_own() {
    let text = fs::read_to_string(folder("lessons/layouts/us.toml")).unwrap();
    let text = text.replace("l ; '\"", "l ; *★\"") + "\n[dead]\n\"★\" = \"eé oœ \\\"“\"\n";
    let catalogue = own("star.toml", &text);
    let star = catalogue.layout("star").unwrap();
    let way = star.way('œ').unwrap();
    assert_eq!((star.sign(way.dead.unwrap()), star.sign(way.key)), (Sign::Dead('★'), Sign::Char('o')));
    assert_eq!(star.sign(star.way('“').unwrap().key), Sign::Char('"'));
    assert_eq!(star.way('\''), None);
}

#[test]
fn a_layout_drawn_for_kalamine_is_read() {
    let text = fs::read_to_string(folder("tests/data/lessons/kalamine-iso.toml")).unwrap();
    let catalogue = own("kalamine-iso.toml", &text);
    let layout = catalogue.layout("kalamine-iso").unwrap();
    assert_eq!((layout.name.as_str(), layout.form), ("Nordlicht", Form::Iso));
    let sign = |c: char| layout.way(c).map(|way| (way.dead.map(|press| layout.sign(press)), way.key));
    assert_eq!(sign('a').unwrap().1.place, Place { row: Row::Home, column: 1 });
    assert_eq!(sign('Ö').unwrap().1.level, Level::Shift);
    assert_eq!(sign('ê').unwrap().0, Some(Sign::Dead('^')));
    assert_eq!(sign('ø').unwrap().0, Some(Sign::Dead('★')), "a key's second sign follows the dead key");
    assert_eq!(sign('Ø').unwrap().0, Some(Sign::Dead('★')), "its capital too");
    assert_eq!(sign('{').unwrap().1.level, Level::AltGr);
    assert_eq!(layout.key(Place::EXTRA).unwrap().sign(Level::Plain), Sign::Nothing, "it repeats a key");
    assert_eq!(sign('*').unwrap().1.place, Place::EXTRA);
    let full = fs::read_to_string(folder("tests/data/lessons/kalamine-ansi.toml")).unwrap();
    let catalogue = own("kalamine-ansi.toml", &full);
    let layout = catalogue.layout("own-kalamine-ansi").unwrap();
    assert_eq!(layout.form, Form::Ansi);
    assert_eq!(layout.way('ñ').unwrap().key.level, Level::AltGr);
    assert_eq!(layout.way('Ñ').unwrap().key.level, Level::AltGrShift);
    assert_eq!(layout.way('(').unwrap().key.level, Level::Shift, "the easier way stays");
}

#[test]
fn the_shipped_files_are_what_the_script_makes_of_xkb_data() {
    let symbols = Path::new("/usr/share/X11/xkb/symbols");
    if !has("node", "--version") {
        return skip("Node is not installed", "install Node 20 or later");
    }
    if !symbols.is_dir() {
        return skip("the package xkb-data is not installed", "run `apt-get install xkb-data`");
    }
    let script = folder("lessons/layouts/derive.mjs");
    let output = Command::new("node").arg(script).arg("--check").output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn every_file_of_the_folder_is_shipped() {
    let files = fs::read_dir(folder("lessons/layouts")).unwrap().map(|entry| entry.unwrap().path());
    let found: BTreeSet<String> = files
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    assert_eq!(found, shipped_layouts().map(|layout| layout.id.clone()).collect());
}

fn take(emulation: &mut Emulation, typed: &str) -> String {
    typed.chars().flat_map(|c| emulation.take(c)).collect()
}

#[test]
fn one_layout_is_typed_on_a_keyboard_set_to_another() {
    for (practised, set_to, typed, comes) in [
        ("dvorak", "us", "asdf jkl;", "aoeu htns"),
        ("us", "dvorak", "aoeu htns", "asdf jkl;"),
        ("colemak", "us", "Kfa", "Eta"),
        ("de", "us", "z'", "yä"),
        // A dead key of the layout that is practised waits for the next key.
        ("fr", "us", "[d", "^d"),
        ("fr", "us", "[e", "ê"),
        ("fr", "us", "[ ", "^"),
        ("es", "us", "''a", "´á"),
        // What was typed over a dead key of the keyboard is two keys.
        ("us", "fr", "ê", "[e"),
        ("us", "fr", "é", "2"),
        // What the keyboard does not have stays.
        ("dvorak", "us", "日", "日"),
    ] {
        let mut emulation = Emulation::new(layout(practised), layout(set_to));
        assert_eq!(take(&mut emulation, typed), comes, "{practised} on {set_to}");
    }
    let mut emulation = Emulation::new(layout("es"), layout("us"));
    assert_eq!(emulation.take('\''), []);
    emulation.forget();
    assert_eq!(emulation.take('a'), ['a']);
}

/// Whether both layouts type a character with the key of `c`, and no dead key is needed.
fn is_plain(c: char, from: &Layout, to: &Layout) -> bool {
    let Some(way) = from.way(c).filter(|way| way.dead.is_none()) else { return false };
    // The easiest way back leads to the same key.
    matches!(to.sign(way.key), Sign::Char(there) if to.way(there).is_some_and(|back| back == way))
}

proptest! {
    #![proptest_config(laws(200))]

    #[test]
    fn emulation_undone_is_what_was_typed(from in 0..9_usize, to in 0..9_usize, picked in proptest::collection::vec(any::<u16>(), 1..60)) {
        let layouts: Vec<&Layout> = shipped_layouts().collect();
        // Both on the one keyboard that is there.
        let (from, to) = (layouts[from], layouts[to].on(layouts[from].form));
        let there: Vec<char> = from.characters().filter(|c| is_plain(*c, from, &to)).collect();
        let typed: String = picked.iter().map(|n| there[usize::from(*n) % there.len()]).collect();
        let comes = take(&mut Emulation::new(&to, from), &typed);
        prop_assert_eq!(comes.chars().count(), typed.chars().count());
        let back = take(&mut Emulation::new(from, &to), &comes);
        prop_assert_eq!(back, typed);
    }

    #[test]
    fn a_layout_on_a_keyboard_set_to_itself_changes_nothing(which in 0..9_usize, typed in "[ -~äöüßéèñ]{0,40}") {
        let layout = shipped_layouts().nth(which).unwrap();
        let same: String = typed.chars().filter(|c| layout.way(*c).is_some()).collect();
        prop_assert_eq!(take(&mut Emulation::new(layout, layout), &same), same);
    }
}
