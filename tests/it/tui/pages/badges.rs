//! Badges on screens: the award with its QR code, the wallet, verification.

use std::path::{Path, PathBuf};

use chrono::DateTime;
use ratatui::buffer::Buffer;
use ratatui::style::Color;
use serde_json::Value;
use typeproof::badge::carry::share::{Channel, Share};
use typeproof::badge::carry::{link, share};
use typeproof::badge::claim::Claim;
use typeproof::badge::credential::{self, Badge, IssuerProfile, Texts};
use typeproof::badge::draw::drawing::cells::{BLACK, QrStyle, WHITE};
use typeproof::badge::draw::picture::Drawing;
use typeproof::badge::holder::HolderName;
use typeproof::badge::verify::{self, Check, Report};
use typeproof::desk::Given;
use typeproof::lessons::catalogue::Catalogue;
use typeproof::lessons::practice::Milestone;
use typeproof::store::history::BadgeRow;
use typeproof::trust::{Assurance, Issuer, TrustList};
use typeproof::tui::input::KeyPress;
use typeproof::tui::screens::award::{Award, From};
use typeproof::tui::screens::share::Write;
use typeproof::tui::screens::verify::Verify;
use typeproof::tui::screens::wallet::{Unclaimed, Wallet};
use typeproof::tui::screens::{Command, Page, Route, Step};

use super::{HUGE, SMALLEST, USUAL, WIDE, any_size, draw, pictures, press, text, words};
use crate::badge::draw::pictures::noted;
use crate::support::{badges, picture};

/// Where a QR code opens before a page is hosted.
pub(super) const LOCAL: &str = "http://127.0.0.1:8520/#";

pub(super) struct Issued {
    badge: Badge,
    url: String,
}

/// A badge of the first five-minute test at 60 WPM; `name` decides how large its QR code is.
pub(super) fn issued(name: &str, base: &str) -> Issued {
    let catalogue = Catalogue::embedded();
    let level = catalogue.level("speed-60").unwrap();
    let name = Some(HolderName::new(name).unwrap());
    let claim = Claim { level: level.reference(), name, ..badges::claim() };
    let name = claim.name.as_ref().map(HolderName::as_str);
    let issuer = IssuerProfile::inline(badges::key().verifying_key().as_bytes(), name).unwrap();
    let badge = credential::issue(&claim, &Texts::of(level), &issuer, &badges::key()).unwrap();
    let url = share::carried(base, &badge.token);
    Issued { badge, url }
}

fn files() -> Vec<PathBuf> {
    let stem = "/home/ada/.local/share/typeproof/badges/speed-60-8f3c2a91";
    ["json", "txt", "png", "svg", "qr.png", "tpa"]
        .map(|extension| PathBuf::from(format!("{stem}.{extension}")))
        .to_vec()
}

pub(super) fn award(issued: &Issued, from: From) -> Award {
    Award::new(&issued.badge.credential, &issued.url, files(), QrStyle::HalfBlocks, from)
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
    pictures("award", &award(&issued, From::Test), &[USUAL, WIDE, HUGE, SMALLEST]);
    let mut alone = award(&issued, From::Test);
    press(&mut alone, &[KeyPress::Char('f')]);
    pictures("award-alone", &alone, &[USUAL]);
    any_size(&alone);
    let mut served = award(&issued, From::Test);
    served.served("http://127.0.0.1:8520/");
    pictures("award-served", &served, &[USUAL, SMALLEST]);
    any_size(&served);
    any_size(&award(&issued, From::Wallet));
}

#[test]
fn nothing_of_an_award_is_cut_at_the_usual_size() {
    for name in ["Ada Lovelace", "Ada Augusta King, Countess of Lovelace"] {
        let issued = issued(name, LOCAL);
        let mut page = award(&issued, From::Test);
        press(&mut page, &[KeyPress::Char('u')]);
        let link = words(&page, USUAL);
        assert!(link.replace(' ', "").contains(&issued.url), "{link}");
        assert_eq!(press(&mut page, &[KeyPress::Esc]), None);
        // The text beside the drawing, whose right edge is the thirtieth column.
        let beside = |size| {
            let shown = text(&page, size);
            let rows = shown.lines().take(usize::from(size.1) - 1);
            let right = rows.map(|line| line.chars().skip(32).collect::<String>());
            right.collect::<Vec<_>>().join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
        };
        let drawn = text(&page, USUAL);
        for part in ["╭", "Typing 60 WPM at 97 %", "2026-11-23", "self-assessed", "╰"] {
            assert!(drawn.contains(part), "{part} in\n{drawn}");
        }
        let shown = beside(USUAL);
        for part in [
            name,
            "Net speed 62.1 WPM (required 60)",
            "Accuracy 97.7 % (required 97)",
            "Self-assessed: signed by a key on your own machine. Nobody else observed the test.",
            "This badge has no web address yet, so there is no link to send.",
            "Digits: 0",
            "(u shows all)",
            "speed-60-8f3c2a91.json, .txt, .png, .svg, .qr.png, .tpa",
        ] {
            let part: String = part.split_whitespace().collect();
            assert!(shown.replace(' ', "").contains(&part), "{part} in\n{shown}");
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
        (&long, USUAL, &[Char('f')], true),
        (&long, (49, 24), &[Char('f')], true),
        (&long, (48, 24), &[Char('f')], false),
        (&long, (80, 23), &[Char('f')], false),
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
        let says = needed.replace(' ', "").contains("needsawindowof49×24") || needed.contains("Press f for");
        assert_eq!(says, !seen, "{size:?} {keys:?}\n{needed}");
    }
}

#[test]
fn without_utf8_a_code_has_two_columns_a_module() {
    let issued = issued("Ada Lovelace", "https://a.example/#");
    let page = Award::new(&issued.badge.credential, &issued.url, files(), QrStyle::Spaces, From::Test);
    let shown = words(&page, USUAL);
    assert!(shown.replace(' ', "").contains("106×52"), "{shown}");
    assert!(!shown.contains("no web address yet"));
}

#[test]
fn a_link_to_elsewhere_is_shown_with_the_one_that_opens_here() {
    use KeyPress::Char;
    const HERE: &str = "http://127.0.0.1:8520/";
    for base in [LOCAL, "https://badges.example.org/v/#"] {
        let issued = issued("Ada Lovelace", base);
        let mut page = award(&issued, From::Test);
        page.served(HERE);
        let shown = words(&page, USUAL);
        assert!(shown.contains("Press u for the badge's link there."), "{shown}");
        assert!(shown.contains("until the program ends") && !shown.contains("w to open it"), "{shown}");
        press(&mut page, &[Char('u')]);
        let shown = words(&page, USUAL).replace(' ', "");
        let token = issued.url.split_once('#').map_or(issued.url.as_str(), |(_, token)| token);
        assert!(shown.contains(&issued.url) && shown.contains(&format!("{HERE}#{token}")), "{shown}");
        assert!(shown.contains("Onthismachine,untiltheprogramends:"), "{shown}");
        any_size(&page);
    }
}

#[test]
fn award_keys() {
    use KeyPress::{Char, Down, Esc};
    let issued = issued("Ada", LOCAL);
    let id = issued.badge.credential["id"].as_str().unwrap().to_owned();
    let share = |write| Some(Step::Go(Route::Share { id: id.clone(), write }));
    for (from, keys, effect) in [
        (From::Test, &[Esc][..], Some(Step::Back)),
        (From::Wallet, &[Esc], Some(Step::Back)),
        (From::Test, &[Char('b')], Some(Step::Go(Route::Wallet))),
        (From::Test, &[Char('w')], Some(Step::Do(Command::Serve))),
        (From::Wallet, &[Char('w')], Some(Step::Do(Command::Serve))),
        (From::Test, &[Char('s')], share(Write::Nothing)),
        (From::Result, &[Char('c')], share(Write::Certificate)),
        (From::Wallet, &[Char('s')], share(Write::Nothing)),
        (From::Wallet, &[Char('c')], share(Write::Certificate)),
        (From::Test, &[Char('f'), Char('w')], None),
        (From::Test, &[Char('u'), Char('s')], None),
        (From::Test, &[Char('f'), Esc], None),
        (From::Test, &[Char('f'), Char('b')], None),
        (From::Test, &[Char('f'), Esc, Esc], Some(Step::Back)),
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
        attempt_id: None,
        level_id: Some(level.to_owned()),
        issued_unix: issued,
        valid_until_unix: until,
        assurance: Assurance::SelfAssessed,
        credential: credential.to_owned(),
        token: format!("{LOCAL}123"),
        name: "Ada Lovelace".to_owned(),
    }
}

pub(super) fn wallet(count: usize) -> Wallet {
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
    Wallet::new(&rows, &[], Path::new("/home/ada/.local/share/typeproof/badges"), now)
}

#[test]
fn wallet_pictures() {
    pictures("wallet", &wallet(3), &[USUAL, WIDE, HUGE, SMALLEST]);
    pictures("wallet-empty", &wallet(0), &[USUAL, SMALLEST]);
    pictures("wallet-long", &wallet(30), &[USUAL]);
    any_size(&wallet(9));
    assert!(!text(&wallet(3), USUAL).contains('\u{1b}'));
}

#[test]
fn wallet_keys() {
    use KeyPress::{Char, Down, Enter, Esc, PageDown, Up};
    let badge = |id: &str| Some(Step::Go(Route::Badge(id.to_owned())));
    let share = |id: &str, write| Some(Step::Go(Route::Share { id: id.to_owned(), write }));
    for (count, keys, effect) in [
        (3, &[Enter][..], badge("urn:uuid:00000000")),
        (3, &[Down, Enter], badge("urn:uuid:00000001")),
        (3, &[PageDown, Enter], badge("urn:uuid:00000002")),
        (3, &[Up, Enter], badge("urn:uuid:00000000")),
        (
            3,
            &[Char('v')],
            Some(Step::Do(Command::VerifyBadge {
                id: "urn:uuid:00000000".to_owned(),
                link: format!("{LOCAL}123"),
            })),
        ),
        (3, &[Char('s')], share("urn:uuid:00000000", Write::Nothing)),
        (3, &[Down, Char('c')], share("urn:uuid:00000001", Write::Certificate)),
        (3, &[Char('e')], share("urn:uuid:00000000", Write::Everything)),
        (3, &[Esc], Some(Step::Back)),
        (0, &[Enter], None),
        (0, &[Down, Up, Char('v')], None),
        (0, &[Char('s')], None),
        (0, &[Char('e')], None),
        (0, &[Char('l')], Some(Step::Go(Route::Levels(None)))),
    ] {
        assert_eq!(press(&mut wallet(count), keys), effect, "{count} {keys:?}");
    }
    let mut chosen = wallet(3);
    chosen.choose("urn:uuid:00000002");
    assert_eq!(press(&mut chosen, &[Enter]), badge("urn:uuid:00000002"));
}

#[test]
fn a_passed_attempt_without_a_badge_can_be_claimed() {
    let unclaimed = Unclaimed {
        attempt: "4f".to_owned(),
        title: "Typing 30 WPM at 95 % (5 minutes)".to_owned(),
        started_unix_ms: 1_795_430_000_000,
    };
    let now = DateTime::from_timestamp(1_795_430_000, 0).unwrap();
    let mut page = Wallet::new(&[], &[unclaimed], Path::new("badges"), now);
    pictures("wallet-unclaimed", &page, &[USUAL, SMALLEST]);
    for letter in ['v', 's', 'c', 'e'] {
        assert_eq!(press(&mut page, &[KeyPress::Char(letter)]), None);
    }
    assert_eq!(press(&mut page, &[KeyPress::Enter]), Some(Step::Do(Command::Claim("4f".to_owned()))));
}

#[test]
fn hours_that_were_reached_can_be_claimed() {
    let now = DateTime::from_timestamp(1_795_430_000, 0).unwrap();
    let ten = Milestone::of_hours(10).unwrap();
    let mut page = Wallet::new(&[], &[], Path::new("badges"), now).with_practice(&[ten]);
    pictures("wallet-hours", &page, &[USUAL, SMALLEST]);
    assert_eq!(press(&mut page, &[KeyPress::Char('s')]), None, "there is nothing to share yet");
    assert_eq!(press(&mut page, &[KeyPress::Enter]), Some(Step::Do(Command::ClaimPractice(ten))));
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
        statuses: &[],
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
    own.add_yourself(badges::key().verifying_key());
    let asking = Verify::empty();
    let yourself = Verify::answered("speed-60-8f3c2a91.json", &report(|_| {}, &own), None);
    let altered =
        report(|c| c["credentialSubject"]["identifier"][0]["identityHash"] = "Eve\u{1b}[2J".into(), &own);
    let altered = Verify::answered("altered.json", &altered, None);
    let failed = Verify::failed("nowhere.json", "nowhere.json: there is no such file");
    pictures("verify", &asking, &[USUAL, SMALLEST]);
    pictures("verify-yourself", &yourself, &[USUAL, WIDE, HUGE, SMALLEST]);
    pictures("verify-altered", &altered, &[USUAL]);
    pictures("verify-failed", &failed, &[USUAL]);
    for page in [&asking, &yourself, &altered, &failed] {
        any_size(page);
        let (buffer, _) = draw(page, WIDE);
        let shown = picture::text(&buffer);
        assert!(!green(&buffer) && !shown.contains('✓') && !shown.contains('\u{1b}'), "{shown}");
    }
}

/// What became of comparing a picture is said, a difference at the top; the answers stay as they are.
#[test]
fn verify_says_whether_a_picture_shows_its_badge() {
    let report = report(|_| {}, &TrustList::default());
    let shown = |drawing| {
        let (buffer, _) = draw(&Verify::answered("badge.png", &report, drawing), HUGE);
        picture::text(&buffer)
    };
    let place = |text: &str, part: &str| text.find(part).unwrap_or_else(|| panic!("{part} in {text}"));
    let differs = shown(Some(Drawing::Differs));
    assert!(
        place(&differs, "The picture does not show what the badge's data say") < place(&differs, "Integrity")
    );
    for (drawing, words) in [
        (Drawing::Same, "The picture shows what the badge's data say; only the data are signed"),
        (Drawing::NotCompared, "Only the data in this file are signed"),
    ] {
        let text = shown(Some(drawing));
        assert!(place(&text, words) > place(&text, "Integrity"));
        assert!(!text.contains("does not show"));
    }
    let none = shown(None);
    assert!(!none.contains("picture") && !none.contains("are signed"), "{none}");
}

#[test]
fn only_a_badge_from_a_trusted_issuer_is_shown_as_good() {
    let key = typeproof::trust::multikey::encode(&badges::key().verifying_key());
    let file = format!(
        "name = \"Harbour College\"\nurl = \"https://harbour.example\"\nkey = \"{key}\"\nfrom = 2020-01-01\n\
         state = \"in-use\"\nhighest_assurance = \"self-assessed\"\n"
    );
    let mut trust = TrustList::default();
    trust.add(Issuer::parse("harbour.toml", &file).unwrap());
    let page = Verify::answered("badge.json", &report(|_| {}, &trust), None);
    let (buffer, _) = draw(&page, USUAL);
    assert!(green(&buffer), "{}", picture::text(&buffer));
    assert!(picture::text(&buffer).contains("Valid: unchanged and in force;"));
}

#[test]
fn verify_keys() {
    use KeyPress::{Backspace, Char, Ctrl, Down, Enter, Esc};
    let verify = |text: &str| Some(Step::Go(Route::Verify(Some(text.to_owned()))));
    for (keys, effect) in [
        (&[Enter][..], None),
        (&[Char(' '), Enter], None),
        (&[Char('a'), Char('b'), Backspace, Enter], verify("a")),
        (&[Char('a'), Ctrl('u'), Enter], None),
        (&[Char('a'), Down, Char('q'), Enter], verify("aq")),
        (&[Esc], Some(Step::Back)),
    ] {
        assert_eq!(press(&mut Verify::empty(), keys), effect, "{keys:?}");
    }
    let mut page = Verify::empty();
    press(&mut page, &[Enter]);
    assert!(words(&page, USUAL).contains("Nothing was entered"));
    let mut page = Verify::failed("nowhere.json", "there is no such file");
    press(&mut page, &[KeyPress::Left]);
    assert!(words(&page, USUAL).contains("could not be verified"), "moving is no editing");
    press(&mut page, &[Char('x')]);
    assert!(!words(&page, USUAL).contains("could not be verified"), "an answer is about what was given");
    assert_eq!(press(&mut page, &[Esc]), Some(Step::Back));
    let mut pasted = Verify::empty();
    let url = issued("Ada", LOCAL).url;
    pasted.paste(&format!("{url}\n"));
    assert_eq!(press(&mut pasted, &[Enter]), verify(&url));
}

/// A text that was shared is pasted as it is, with its lines, and broken where a mail program broke it.
#[test]
fn a_shared_text_is_pasted_and_read_as_a_whole() {
    let issued = issued("Ada", LOCAL);
    let share = Share::new(&issued.badge.credential, &issued.url, LOCAL);
    for channel in [Channel::Text, Channel::Markdown, Channel::Html] {
        let text = share.form(channel).unwrap();
        let mail = text.replace(&issued.url, &format!("{}\n> {}", &issued.url[..150], &issued.url[150..]));
        let mail = if channel == Channel::Html { text.clone() } else { mail };
        for pasted in [text.clone(), format!("Hello,\n\n{text}\n\n-- \nAda\n"), mail] {
            let mut page = Verify::empty();
            page.paste(&pasted);
            let Some(Step::Go(Route::Verify(Some(given)))) = press(&mut page, &[KeyPress::Enter]) else {
                panic!("{pasted}")
            };
            let found = Given::find(&given).unwrap();
            assert_eq!(found.given, Given::Token(issued.badge.token.clone()), "{pasted}");
        }
    }
}

/// What the program noted of the test stands beside the supervision.
#[test]
fn the_award_says_what_was_noted() {
    let badge = noted(Assurance::SelfAssessed);
    let url = share::carried(LOCAL, &badge.token);
    let page = Award::new(&badge.credential, &url, files(), QrStyle::HalfBlocks, From::Wallet);
    // The code stands beside the text.
    let shown = words(&page, WIDE).replace('▄', " ").split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(shown.contains("Noted by the program: 4000000 characters came"), "{shown}");
}
