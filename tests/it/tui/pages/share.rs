//! The screen that shares a badge: its menu, what was written, and each form in full.

use std::path::PathBuf;

use serde_json::json;
use typeproof::badge::carry::share::{Channel, Share};
use typeproof::desk::Shared;
use typeproof::tui::errand::{MAX_COPY_BYTES, copying, may_open};
use typeproof::tui::input::KeyPress;
use typeproof::tui::screens::share::{SharePage, Write};
use typeproof::tui::screens::{Command, Route, Step};

use super::{HUGE, SMALLEST, USUAL, WIDE, any_size, pictures, press, text, words};

const TITLE: &str = "Typing 60 WPM at 97 % (5 minutes)";

pub(super) fn page(verify_url: &str, files: &[&str]) -> SharePage {
    let credential = json!({
        "id": "urn:uuid:8f3c2a91-7c1d-8a52-9c1e-0a1b2c3d4e5f",
        "issuer": {"id": "did:key:z6Mk", "name": "Ada Lovelace"},
        "validFrom": "2026-11-23T10:38:20Z",
        "validUntil": "2029-11-23T10:38:20Z",
        "credentialSubject": {
            "identifier": [{"identityType": "name", "hashed": false, "identityHash": "Ada Lovelace"}],
            "achievement": {
                "id": "urn:x", "name": TITLE,
                "resultDescription": [{"id": "urn:x#net", "name": "Net speed, WPM (gross less)"}],
            },
            "result": [
                {"resultDescription": "urn:x#net", "value": "62.12"},
                {"resultDescription": "urn:x#assurance", "achievedLevel": "urn:x#self-assessed"},
            ],
        },
    });
    let digits = "0123456789".repeat(33);
    let link = if verify_url == LOCAL { digits } else { format!("{verify_url}{digits}") };
    let share = Share::new(&credential, &link, verify_url);
    let shared =
        Shared { forms: Channel::ALL.map(|form| (form, share.form(form))).to_vec(), note: share.note() };
    let folder = PathBuf::from("/home/ada/.local/share/typeproof/badges");
    let files = files.iter().map(|name| folder.join(format!("speed-60-8f3c2a91.{name}"))).collect();
    SharePage::new("urn:uuid:8f3c2a91", TITLE, shared, files)
}

const LOCAL: &str = "http://127.0.0.1:8520/#";
pub(super) const PUBLIC: &str = "https://badges.example.org/v#";
pub(super) const ALL: [&str; 8] = ["json", "txt", "png", "svg", "pdf", "html", "md", "share.txt"];

#[test]
fn share_pictures() {
    pictures("share", &page(LOCAL, &[]), &[USUAL, WIDE, HUGE, SMALLEST]);
    pictures("share-written", &page(PUBLIC, &ALL), &[USUAL, WIDE, SMALLEST]);
    for (key, name) in [('l', "linkedin"), ('p', "verifierplus"), ('h', "html")] {
        let mut form = page(PUBLIC, &[]);
        press(&mut form, &[KeyPress::Char(key)]);
        pictures(&format!("share-{name}"), &form, &[USUAL]);
        any_size(&form);
    }
    any_size(&page(LOCAL, &ALL));
}

#[test]
fn share_keys() {
    use KeyPress::{Char, Down, Enter, Esc, Up};
    let id = "urn:uuid:8f3c2a91".to_owned();
    let share = |write| Some(Step::Go(Route::Share { id: id.clone(), write }));
    for (keys, effect) in [
        (&[Char('c')][..], share(Write::Certificate)),
        (&[Char('e')], share(Write::Everything)),
        (&[Esc], Some(Step::Back)),
        (&[Enter], None),
        (&[Down, Enter, Enter, Esc], Some(Step::Back)),
        (&[KeyPress::End, Up, Enter], share(Write::Everything)),
        (&[Char('l'), Esc], None),
        (&[Char('l'), Esc, Esc], Some(Step::Back)),
        (&[Char('l'), Char('e')], None),
        (&[Char('x')], None),
        (&[Down], None),
    ] {
        assert_eq!(press(&mut page(LOCAL, &[]), keys), effect, "{keys:?}");
    }
}

#[test]
fn each_form_is_there_in_full() {
    let link = "0123456789".repeat(33);
    for (key, base, parts) in [
        ('l', LOCAL, &["https://www.linkedin.com/profile/add?", "&expirationMonth=11&certId=8f3c2a91"][..]),
        ('l', PUBLIC, &["&certUrl=https%3A%2F%2Fbadges.example.org%2Fv%2Fb%2F8f3c2a91"]),
        (
            'p',
            PUBLIC,
            &[
                "https://verifierplus.org/#verify?vc=https://badges.example.org/v/b/8f3c2a91-7c1d-8a52-9c1e-0a1b2c3d4e5f.json",
            ],
        ),
        ('p', LOCAL, &["VerifierPlusfetchesabadgefromapublichttpsaddress", "typeproofsitebuild"]),
        ('t', LOCAL, &["AdaLovelace:Typing60WPM", link.as_str()]),
        (
            'm',
            PUBLIC,
            &[
                "**[Typing60WPM",
                "](https://badges.example.org/v#0123",
                "](https://badges.example.org/v/b/8f3c2a91",
            ],
        ),
        ('h', PUBLIC, &["<figure>", "</figcaption></figure>"]),
    ] {
        let mut page = page(base, &[]);
        press(&mut page, &[KeyPress::Char(key)]);
        let shown = text(&page, USUAL).split_whitespace().collect::<String>();
        for part in parts {
            assert!(shown.contains(part), "{key}: {part} in\n{shown}");
        }
        assert!(text(&page, USUAL).starts_with("  Share: "), "under its name");
    }
    assert!(words(&page(LOCAL, &[]), USUAL).contains("There is no link yet"));
}

/// What is chosen is copied as it is, and only links are opened, where there is a browser.
#[test]
fn forms_are_copied_and_links_opened() {
    use KeyPress::Char;
    let link = |page: &str| format!("https://badges.example.org/v/b/{page}");
    let hosted = link("8f3c2a91-7c1d-8a52-9c1e-0a1b2c3d4e5f.html");
    for keys in [&[Char('y')][..], &[Char('b'), Char('y')]] {
        assert_eq!(press(&mut page(PUBLIC, &[]), keys), Some(Step::Do(Command::Copy(hosted.clone()))));
    }
    let copied = press(&mut page(LOCAL, &[]), &[Char('t'), Char('y')]);
    assert!(matches!(copied, Some(Step::Do(Command::Copy(text))) if text.contains(&"0123456789".repeat(33))));
    assert_eq!(press(&mut page(LOCAL, &[]), &[Char('b'), Char('y')]), None, "there is nothing to copy");
    let beside = || page(PUBLIC, &[]).with_browser(true);
    assert_eq!(press(&mut beside(), &[Char('o')]), Some(Step::Do(Command::Browse(hosted))));
    assert_eq!(press(&mut beside(), &[Char('t'), Char('o')]), None, "a text is no address");
    assert_eq!(press(&mut page(PUBLIC, &[]), &[Char('o')]), None, "there is no browser");
}

#[test]
fn only_pages_are_handed_to_a_browser() {
    for (address, may) in [
        ("https://badges.example.org/v#0123", true),
        ("http://127.0.0.1:8520/#0123", true),
        ("http://localhost:8520/", true),
        ("http://badges.example.org/", false),
        ("file:///etc/passwd", false),
        ("javascript:alert(1)", false),
        ("https://a.example/ --profile", false),
        ("https://a.example/\n", false),
        ("https://a.example/\u{202e}", false),
        ("--version", false),
        ("", false),
    ] {
        assert_eq!(may_open(address), may, "{address:?}");
    }
}

#[test]
fn what_is_copied_goes_by_the_terminal_and_is_bounded() {
    assert_eq!(copying("Ada").unwrap(), b"\x1b]52;c;QWRh\x07");
    assert_eq!(
        copying("\x1b[2J").unwrap(),
        b"\x1b]52;c;G1sySg==\x07",
        "nothing in it reaches the terminal as it is"
    );
    assert!(copying(&"a".repeat(MAX_COPY_BYTES)).is_some());
    assert!(copying(&"a".repeat(MAX_COPY_BYTES + 1)).is_none());
}
