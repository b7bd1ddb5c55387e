//! The screens that are lists, forms and badges: text pictures at several sizes, and what keys make them ask for.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use chrono::DateTime;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Color;
use serde_json::Value;
use typeproof::badge::credential::{self, Badge, IssuerProfile, LevelTexts};
use typeproof::badge::drawing::cells::{BLACK, Form, WHITE};
use typeproof::badge::holder::HolderName;
use typeproof::badge::verify::{self, Check, Report};
use typeproof::badge::{claim::Claim, link};
use typeproof::desk::FreeTest;
use typeproof::lessons::catalogue::Catalogue;
use typeproof::store::history::{AttemptRow, BadgeRow};
use typeproof::trust::{Assurance, Issuer, TrustList};
use typeproof::tui::input::KeyPress;
use typeproof::tui::screens::award::{Award, From, Passphrase};
use typeproof::tui::screens::help::Help;
use typeproof::tui::screens::holder::Holder;
use typeproof::tui::screens::home::{Home, Welcome, next_level};
use typeproof::tui::screens::levels::{self, Levels, Record};
use typeproof::tui::screens::verify::Verify;
use typeproof::tui::screens::wallet::Wallet;
use typeproof::tui::screens::{Effect, Page, Step};

use crate::{badge, picture};

const USUAL: (u16, u16) = (80, 24);
const WIDE: (u16, u16) = (120, 40);
const SMALLEST: (u16, u16) = (40, 10);

/// Where a QR code opens before a page is hosted.
const LOCAL: &str = "http://127.0.0.1:8520/#";

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

fn press(page: &mut dyn Page, keys: &[KeyPress]) -> Option<Effect> {
    let mut last = None;
    for key in keys {
        last = match page.update(*key) {
            Step::Do(effect) => Some(effect),
            Step::Stay | Step::Unchanged => None,
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

fn welcome() -> Welcome {
    Welcome {
        holder: Some("Ada Lovelace".to_owned()),
        tests: 12,
        badges: 2,
        next: Some(("speed-40".to_owned(), "Typing 40 WPM at 96 % (5 minutes)".to_owned())),
        free: None,
        notices: Vec::new(),
    }
}

#[test]
fn home_pictures() {
    let newcomer = Welcome { holder: None, tests: 0, badges: 0, ..welcome() };
    pictures("home", &Home::new(welcome()), &[USUAL, WIDE, SMALLEST]);
    pictures("home-newcomer", &Home::new(newcomer), &[USUAL, SMALLEST]);
    let notice = "settings.toml, line 3: `colour` is no setting and is ignored; expected one of holder_name, \
                  holder_email, verify_url, live_stats";
    let notices = Welcome { notices: vec![notice.to_owned(); 5], ..welcome() };
    pictures("home-notices", &Home::new(notices), &[USUAL]);
    any_size(&Home::new(welcome()));
}

#[test]
fn home_keys() {
    use KeyPress::{Char, Down, End, Enter, Left, Right, Up};
    let next = || Some(Effect::Level("speed-40".to_owned()));
    for (keys, effect) in [
        (&[Enter][..], next()),
        (&[Char('c')], next()),
        (&[Down, Enter], Some(Effect::Levels(None))),
        (&[Char('L')], Some(Effect::Levels(None))),
        (&[Char('f')], Some(Effect::Free(FreeTest::Time(60)))),
        (&[Right, Enter], Some(Effect::Free(FreeTest::Time(120)))),
        (&[Left, Left, Enter], Some(Effect::Free(FreeTest::Time(15)))),
        (&[Left, Left, Left, Char('f')], Some(Effect::Free(FreeTest::Words(100)))),
        (&[Right, Right, Up, Enter], Some(Effect::Levels(None))),
        (&[Down, Down, Down, Enter], Some(Effect::Wallet)),
        (&[Char('v')], Some(Effect::AskVerify)),
        (&[Char('h')], Some(Effect::Help)),
        (&[Up, Enter], Some(Effect::Quit)),
        (&[End, Down, Enter], next()),
        (&[Char('q')], Some(Effect::Quit)),
        (&[Char('x')], None),
        (&[KeyPress::Esc], None),
    ] {
        assert_eq!(press(&mut Home::new(welcome()), keys), effect, "{keys:?}");
    }
    let mut passed = Home::new(Welcome { next: None, ..welcome() });
    assert_eq!(press(&mut passed, &[Enter]), Some(Effect::Levels(None)));
    let mut again = Home::new(Welcome { free: Some(FreeTest::Words(50)), ..welcome() });
    assert_eq!(press(&mut again, &[Char('f')]), Some(Effect::Free(FreeTest::Words(50))));
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
        next_level(&catalogue, passed, last).map(|level| level.id.clone())
    };
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
    let passed = |net| Record { passed: true, best: Some((net, 9_730)) };
    BTreeMap::from([
        ("speed-20".to_owned(), passed(2_315)),
        ("speed-30".to_owned(), passed(3_120)),
        ("speed-40".to_owned(), Record { passed: false, best: Some((3_795, 9_510)) }),
    ])
}

#[test]
fn levels_pictures() {
    let catalogue = Catalogue::embedded();
    let levels = |chosen| Levels::new(&catalogue, &some_records(), chosen);
    pictures("levels", &levels(None), &[USUAL, WIDE, SMALLEST]);
    pictures("levels-office", &levels(Some("san-diego-30")), &[USUAL, WIDE, SMALLEST]);
    pictures("levels-advice", &levels(Some("speed-60")), &[USUAL]);
    any_size(&levels(Some("ssc-dest")));
}

#[test]
fn levels_keys() {
    use KeyPress::{Down, End, Enter, Esc, Home, Left, PageDown, Right, Up};
    let catalogue = Catalogue::embedded();
    let level = |id: &str| Some(Effect::Level(id.to_owned()));
    for (keys, effect) in [
        (&[Enter][..], level("speed-40")),
        (&[Down, Enter], level("speed-45")),
        (&[Up, Up, Up, Up, Enter], level("speed-20")),
        (&[End, Enter], level("speed-120")),
        (&[End, PageDown, Enter], level("speed-120")),
        (&[Down, Home, Enter], level("speed-20")),
        (&[Right, Left, Enter], level("speed-40")),
        (&[Esc], Some(Effect::Home)),
    ] {
        let mut page = Levels::new(&catalogue, &some_records(), Some("speed-40"));
        assert_eq!(press(&mut page, keys), effect, "{keys:?}");
    }
    // Every level can be reached, and its whole title and description are seen when chosen.
    for wanted in catalogue.levels() {
        let mut page = Levels::new(&catalogue, &BTreeMap::new(), Some(&wanted.id));
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
fn records_keep_the_best_attempt_and_whether_one_passed() {
    let attempt = |level: Option<&str>, passed, net| AttemptRow {
        id: String::new(),
        started_unix_ms: 0,
        level: level.map(|id| (id.to_owned(), 1)),
        source: String::new(),
        passages: Vec::new(),
        passed,
        ended: "time-up".to_owned(),
        gross_wpm_x100: net,
        net_wpm_x100: net,
        raw_wpm_x100: net,
        accuracy_bp: 9_700,
        consistency_bp: 0,
        duration_ms: 0,
        errors: 0,
        score_json: String::new(),
        digest: [0; 32],
    };
    let attempts = [
        attempt(Some("speed-20"), false, 2_500),
        attempt(Some("speed-20"), true, 2_100),
        attempt(None, false, 9_900),
        attempt(Some("speed-30"), false, 1_000),
    ];
    let records = levels::records(&attempts);
    assert_eq!(records.len(), 2);
    assert_eq!(records["speed-20"], Record { passed: true, best: Some((2_500, 9_700)) });
    assert_eq!(records["speed-30"], Record { passed: false, best: Some((1_000, 9_700)) });
}

// -- holder and passphrase

#[test]
fn holder_pictures() {
    pictures("holder", &Holder::new("", ""), &[USUAL, SMALLEST]);
    let mut long = Holder::new("", "");
    write(&mut long, "Ada Augusta King, Countess of Lovelace and more");
    pictures("holder-too-long", &long, &[USUAL, SMALLEST]);
    any_size(&long);
    let (_, cursor) = draw(&Holder::new("Ada", ""), USUAL);
    assert_eq!(cursor.map(|at| at.y), Some(2));
}

#[test]
fn holder_keys() {
    use KeyPress::{Backspace, Char, DeleteWord, Down, Enter, Esc, Home, Left};
    let holder =
        |name: &str, email: &str| Some(Effect::Holder { name: name.to_owned(), email: email.to_owned() });
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
        ("Ada", &[Enter], "", &[Esc], Some(Effect::Result)),
    ] {
        let mut page = Holder::new("", "");
        write(&mut page, name);
        assert_eq!(press(&mut page, keys), None, "{name:?}");
        write(&mut page, email);
        assert_eq!(press(&mut page, more), effect, "{name:?}, {email:?}");
    }
    let mut pasted = Holder::new("", "");
    pasted.paste("Ada\r\n Lovelace\u{1b}");
    press(&mut pasted, &[Enter]);
    assert_eq!(press(&mut pasted, &[Enter]), holder("Ada Lovelace", ""));
}

#[test]
fn what_is_wrong_with_a_name_is_said_at_once() {
    for (name, said) in [
        ("a name that is far too long for any QR code", "at most 40"),
        ("{x}", "brace"),
        ("Ada\u{202e}", "direction character"),
    ] {
        let mut page = Holder::new("", "");
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
    assert_eq!(press(&mut page, &[KeyPress::Enter]), Some(Effect::Award(Some("correct horse".to_owned()))));
    assert_eq!(press(&mut page, &[KeyPress::Esc]), Some(Effect::Result));
    let wrong = Passphrase::new(Some("the passphrase does not open the key; try again".to_owned()));
    assert!(text(&wrong, USUAL).contains("try again"));
    any_size(&wrong);
}

// -- badges

struct Issued {
    badge: Badge,
    url: String,
}

/// A badge of the first five-minute test at 60 WPM; `name` decides how large its QR code is.
fn issued(name: &str, base: &str) -> Issued {
    let catalogue = Catalogue::embedded();
    let level = catalogue.level("speed-60").unwrap();
    let name = Some(HolderName::new(name).unwrap());
    let claim = Claim { level: level.reference(), name, ..badge::claim() };
    let name = claim.name.as_ref().map(HolderName::as_str);
    let issuer = IssuerProfile::inline(badge::key().verifying_key().as_bytes(), name).unwrap();
    let badge = credential::issue(&claim, &LevelTexts::of(level), &issuer, &badge::key()).unwrap();
    let url = link::url(base, &badge.token);
    Issued { badge, url }
}

fn files() -> Vec<PathBuf> {
    let stem = "/home/ada/.local/share/typeproof/badges/speed-60-8f3c2a91";
    ["json", "txt", "png", "svg", "tpa"]
        .map(|extension| PathBuf::from(format!("{stem}.{extension}")))
        .to_vec()
}

fn award(issued: &Issued, from: From) -> Award {
    Award::new(&issued.badge.credential, &issued.url, files(), true, Form::HalfBlocks, from)
}

/// What a decoder that others wrote reads from the QR code's cells in a buffer; `None` where there is no code.
fn scan(buffer: &Buffer) -> Option<String> {
    let palette = |colour| match colour {
        Color::Indexed(BLACK) => Some(true),
        Color::Indexed(WHITE) => Some(false),
        _ => None,
    };
    let area = buffer.area;
    let modules: Vec<Vec<bool>> = area
        .rows()
        .flat_map(|row| {
            let cell = |x| buffer.cell((x, row.y)).unwrap();
            let upper = (0..area.width).map(|x| palette(cell(x).bg).unwrap_or(false)).collect();
            let lower = (0..area.width).map(|x| palette(cell(x).fg).unwrap_or(false)).collect();
            [upper, lower]
        })
        .collect();
    let pixel = |x: usize, y: usize| if modules[y / 4][x / 4] { 0 } else { 255 };
    let (wide, high) = (modules[0].len() * 4, modules.len() * 4);
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(wide, high, pixel);
    let grids = image.detect_grids();
    grids.first().map(|grid| grid.decode().unwrap().1)
}

#[test]
fn award_pictures() {
    let issued = issued("Ada Lovelace", LOCAL);
    pictures("award", &award(&issued, From::Test), &[USUAL, WIDE, SMALLEST]);
    let mut alone = award(&issued, From::Test);
    press(&mut alone, &[KeyPress::Char('f')]);
    pictures("award-alone", &alone, &[USUAL]);
    any_size(&alone);
    any_size(&award(&issued, From::Wallet));
}

#[test]
fn nothing_of_an_award_is_cut_at_the_usual_size() {
    for name in ["Ada Lovelace", "Ada Augusta King, Countess of Lovelace"] {
        let issued = issued(name, LOCAL);
        let shown = words(&award(&issued, From::Test), USUAL);
        assert!(shown.replace(' ', "").contains(&issued.url), "{shown}");
        for part in [
            name,
            "Typing 60 WPM at 97 %",
            "Net speed 62.12 WPM",
            "Accuracy 97.79 %",
            "Self-assessed: signed by a key on your own machine. Nobody else observed the test.",
            "opens this machine until a verification page is set",
            "speed-60-8f3c2a91.json, .txt, .png, .svg, .tpa",
        ] {
            assert!(shown.contains(part), "{part} in\n{shown}");
        }
        assert!(!shown.to_lowercase().contains("certified") && !shown.contains('✓'));
    }
}

#[test]
fn the_code_on_the_screen_is_the_link() {
    use KeyPress::Char;
    let long = issued("Ada Lovelace", LOCAL);
    // As a badge of an issuer whose key others know: 101 bytes.
    let short = Issued {
        url: link::url("https://badges.example.org/v/#", &long.badge.token[..101]),
        ..issued("Ada", LOCAL)
    };
    for (issued, size, keys, seen) in [
        (&long, WIDE, &[][..], true),
        (&long, WIDE, &[Char('f')], true),
        (&long, (100, 33), &[], true),
        (&long, (70, 60), &[], true),
        (&long, USUAL, &[], false),
        (&long, USUAL, &[Char('f')], false),
        (&long, (80, 28), &[Char('f')], true),
        (&long, (80, 27), &[Char('f')], false),
        (&short, USUAL, &[Char('f')], true),
    ] {
        let mut page = award(issued, From::Test);
        press(&mut page, keys);
        let (buffer, _) = draw(&page, size);
        assert_eq!(
            scan(&buffer),
            seen.then(|| issued.url.clone()),
            "{size:?} {keys:?}\n{}",
            picture::text(&buffer)
        );
        let needed = words(&page, size);
        let says = needed.contains("needs a window of 53×28");
        assert_eq!(says, !seen, "{size:?} {keys:?}\n{needed}");
    }
}

#[test]
fn without_utf8_a_code_has_two_columns_a_module() {
    let issued = issued("Ada Lovelace", LOCAL);
    let page = Award::new(&issued.badge.credential, &issued.url, files(), false, Form::Spaces, From::Test);
    let shown = words(&page, USUAL);
    assert!(
        shown.split_whitespace().collect::<Vec<_>>().join(" ").contains("needs a window of 106×54"),
        "{shown}"
    );
    assert!(!shown.contains("opens this machine"));
}

#[test]
fn award_keys() {
    use KeyPress::{Char, Down, Esc};
    let issued = issued("Ada", LOCAL);
    for (from, keys, effect) in [
        (From::Test, &[Esc][..], Some(Effect::Result)),
        (From::Wallet, &[Esc], Some(Effect::Wallet)),
        (From::Test, &[Char('b')], Some(Effect::Wallet)),
        (From::Test, &[Char('f'), Esc], None),
        (From::Test, &[Char('f'), Char('b')], None),
        (From::Test, &[Char('f'), Esc, Esc], Some(Effect::Result)),
        (From::Test, &[Down], None),
    ] {
        assert_eq!(press(&mut award(&issued, from), keys), effect, "{keys:?}");
    }
    // The smallest screen is scrolled to its end and back.
    let mut page = award(&issued, From::Test);
    let first = text(&page, SMALLEST);
    press(&mut page, &[KeyPress::End]);
    assert!(text(&page, SMALLEST).contains(".tpa"));
    press(&mut page, &[KeyPress::PageUp; 9]);
    assert_eq!(text(&page, SMALLEST), first);
}

// -- wallet

fn row(id: &str, level: &str, credential: &str, issued: i64, until: Option<i64>) -> BadgeRow {
    BadgeRow {
        id: id.to_owned(),
        attempt_id: String::new(),
        level_id: level.to_owned(),
        issued_unix: issued,
        valid_until_unix: until,
        assurance: Assurance::SelfAssessed,
        credential: credential.to_owned(),
        token: format!("{LOCAL}123"),
        name: "Ada Lovelace".to_owned(),
    }
}

fn wallet(count: usize) -> Wallet {
    let credential = issued("Ada Lovelace", LOCAL).badge.credential.to_string();
    let now = DateTime::from_timestamp(1_795_430_000, 0).unwrap();
    let rows: Vec<BadgeRow> = (0..count)
        .map(|n| match n % 3 {
            0 => row(
                &format!("urn:uuid:0000000{n}"),
                "speed-60",
                &credential,
                1_795_430_000,
                Some(1_890_124_400),
            ),
            1 => row(
                &format!("urn:uuid:0000000{n}"),
                "speed-50",
                "damaged",
                1_700_000_000,
                Some(1_795_000_000),
            ),
            _ => row(&format!("urn:uuid:0000000{n}"), "speed-40\u{1b}[2J", "{}", 1_690_000_000, None),
        })
        .collect();
    Wallet::new(&rows, Path::new("/home/ada/.local/share/typeproof/badges"), now)
}

#[test]
fn wallet_pictures() {
    pictures("wallet", &wallet(3), &[USUAL, WIDE, SMALLEST]);
    pictures("wallet-empty", &wallet(0), &[USUAL, SMALLEST]);
    pictures("wallet-long", &wallet(30), &[USUAL]);
    any_size(&wallet(9));
    assert!(!text(&wallet(3), USUAL).contains('\u{1b}'));
}

#[test]
fn wallet_keys() {
    use KeyPress::{Char, Down, Enter, Esc, PageDown, Up};
    let badge = |id: &str| Some(Effect::Badge(id.to_owned()));
    for (count, keys, effect) in [
        (3, &[Enter][..], badge("urn:uuid:00000000")),
        (3, &[Down, Enter], badge("urn:uuid:00000001")),
        (3, &[PageDown, Enter], badge("urn:uuid:00000002")),
        (3, &[Up, Enter], badge("urn:uuid:00000000")),
        (3, &[Char('v')], Some(Effect::Verify(format!("{LOCAL}123")))),
        (3, &[Esc], Some(Effect::Home)),
        (0, &[Enter], None),
        (0, &[Down, Up, Char('v')], None),
        (0, &[Char('l')], Some(Effect::Levels(None))),
    ] {
        assert_eq!(press(&mut wallet(count), keys), effect, "{count} {keys:?}");
    }
    let mut chosen = wallet(3);
    chosen.choose("urn:uuid:00000002");
    assert_eq!(press(&mut chosen, &[Enter]), badge("urn:uuid:00000002"));
}

// -- verify

fn report(change: impl FnOnce(&mut Value), trust: &TrustList) -> Report {
    let mut credential = issued("Ada Lovelace", LOCAL).badge.credential;
    change(&mut credential);
    let check = Check {
        trust,
        catalogue: &Catalogue::embedded(),
        now: DateTime::from_timestamp(1_795_500_000, 0).unwrap(),
        documents: &[],
        holder: None,
        attempt: None,
    };
    verify::document(credential.to_string().as_bytes(), &check)
}

/// Whether the buffer has a cell in the colour that says good.
fn green(buffer: &Buffer) -> bool {
    buffer.content.iter().any(|cell| cell.fg == Color::Green || cell.bg == Color::Green)
}

#[test]
fn verify_pictures() {
    let mut own = TrustList::default();
    own.set_yourself(badge::key().verifying_key());
    let asking = Verify::empty();
    let yourself = Verify::answered("speed-60-8f3c2a91.json", &report(|_| {}, &own));
    let altered =
        report(|c| c["credentialSubject"]["identifier"][0]["identityHash"] = "Eve\u{1b}[2J".into(), &own);
    let altered = Verify::answered("altered.json", &altered);
    let failed = Verify::failed("nowhere.json", "nowhere.json: there is no such file");
    pictures("verify", &asking, &[USUAL, SMALLEST]);
    pictures("verify-yourself", &yourself, &[USUAL, WIDE, SMALLEST]);
    pictures("verify-altered", &altered, &[USUAL]);
    pictures("verify-failed", &failed, &[USUAL]);
    for page in [&asking, &yourself, &altered, &failed] {
        any_size(page);
        let (buffer, _) = draw(page, WIDE);
        let shown = picture::text(&buffer);
        assert!(!green(&buffer) && !shown.contains('✓') && !shown.contains('\u{1b}'), "{shown}");
    }
}

#[test]
fn only_a_badge_from_a_trusted_issuer_is_shown_as_good() {
    let key = typeproof::trust::multikey::encode(&badge::key().verifying_key());
    let file = format!(
        "name = \"Harbour College\"\nurl = \"https://harbour.example\"\nkey = \"{key}\"\nfrom = 2020-01-01\n\
         state = \"in-use\"\nhighest_assurance = \"self-assessed\"\n"
    );
    let mut trust = TrustList::default();
    trust.add(Issuer::parse("harbour.toml", &file).unwrap());
    let page = Verify::answered("badge.json", &report(|_| {}, &trust));
    let (buffer, _) = draw(&page, USUAL);
    assert!(green(&buffer), "{}", picture::text(&buffer));
    assert!(picture::text(&buffer).contains("Valid: unchanged, in force, and from an issuer you trust."));
}

#[test]
fn verify_keys() {
    use KeyPress::{Backspace, Char, Ctrl, Down, Enter, Esc};
    let verify = |text: &str| Some(Effect::Verify(text.to_owned()));
    for (keys, effect) in [
        (&[Enter][..], None),
        (&[Char(' '), Enter], None),
        (&[Char('a'), Char('b'), Backspace, Enter], verify("a")),
        (&[Char('a'), Ctrl('u'), Enter], None),
        (&[Char('a'), Down, Char('q'), Enter], verify("aq")),
        (&[Esc], Some(Effect::Home)),
    ] {
        assert_eq!(press(&mut Verify::empty(), keys), effect, "{keys:?}");
    }
    let mut pasted = Verify::empty();
    let url = issued("Ada", LOCAL).url;
    pasted.paste(&format!("{url}\n"));
    assert_eq!(press(&mut pasted, &[Enter]), verify(&url));
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
    pictures("help", &page, &[USUAL, SMALLEST]);
    any_size(&page);
    press(&mut page, &[KeyPress::End]);
    assert!(text(&page, USUAL).contains("/home/ada/.local/share/typeproof/settings"));
    assert_eq!(press(&mut page, &[KeyPress::Esc]), Some(Effect::Home));
}
