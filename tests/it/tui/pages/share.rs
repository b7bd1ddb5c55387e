//! The screen that shares a badge: its menu, what was written, and each form in full.

use std::path::PathBuf;

use serde_json::json;
use typeproof::badge::carry::share::{Channel, Share};
use typeproof::desk::Shared;
use typeproof::tui::input::KeyPress;
use typeproof::tui::screens::share::{SharePage, Write};
use typeproof::tui::screens::{Route, Step};

use super::{SMALLEST, USUAL, WIDE, any_size, pictures, press, text, words};

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
    let link = format!("{verify_url}{}", "0123456789".repeat(33));
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
    pictures("share", &page(LOCAL, &[]), &[USUAL, WIDE, SMALLEST]);
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
    use KeyPress::{Char, Down, Enter, Esc};
    let id = "urn:uuid:8f3c2a91".to_owned();
    let share = |write| Some(Step::Go(Route::Share { id: id.clone(), write }));
    for (keys, effect) in [
        (&[Char('c')][..], share(Write::Certificate)),
        (&[Char('e')], share(Write::Everything)),
        (&[Esc], Some(Step::Back)),
        (&[Enter], Some(Step::Back)),
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
        ('l', PUBLIC, &["&certUrl=https%3A%2F%2Fbadges.example.org%2Fv%230123", link.as_str()]),
        (
            'p',
            PUBLIC,
            &[
                "https://verifierplus.org/#verify?vc=https://badges.example.org/v/b/8f3c2a91-7c1d-8a52-9c1e-0a1b2c3d4e5f.json",
            ],
        ),
        ('p', LOCAL, &["VerifierPlusfetchesabadgefromapublichttpsaddress", "typeproofsitebuild"]),
        ('t', LOCAL, &["AdaLovelace:Typing60WPM", link.as_str()]),
        ('m', PUBLIC, &["**[Typing60WPM", "](https://badges.example.org/v#0123"]),
        ('h', PUBLIC, &["<figure>", "</figcaption></figure>"]),
    ] {
        let mut page = page(base, &[]);
        press(&mut page, &[KeyPress::Char(key)]);
        let shown = text(&page, USUAL).split_whitespace().collect::<String>();
        for part in parts {
            assert!(shown.contains(part), "{key}: {part} in\n{shown}");
        }
        assert!(
            text(&page, USUAL).lines().next().is_some_and(|line| !line.starts_with(' ')),
            "at the left edge"
        );
    }
    assert!(words(&page(LOCAL, &[]), USUAL).contains("Nobody else can open these links"));
}
