//! Badges that travel: hosted addresses, links and texts, and a badge in every form in a folder.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use percent_encoding::percent_decode_str;
use serde_json::{Value, json};
use typeproof::badge::carry::digits;
use typeproof::badge::carry::link;
use typeproof::badge::carry::share::{
    Channel, Reach, Share, ShareError, carried, folder, hosted, reach, short_id,
};
use typeproof::badge::carry::symbol::Symbol;
use typeproof::badge::credential::{self, IssuerProfile, Texts};
use typeproof::badge::draw::certificate::Paper;
use typeproof::badge::draw::drawing;
use typeproof::badge::verify::summary;
use typeproof::desk::{Desk, Log, pictures};
use typeproof::lessons::catalogue::Catalogue;
use typeproof::store::history::BadgeRow;
use typeproof::store::paths::Paths;
use typeproof::trust::Assurance;

use crate::support::badges;

const LOCAL: &str = "http://127.0.0.1:8520/#";
const PUBLIC: &str = "https://badges.example.org/v/#";

/// Names that want to be something else: markup, links, commands, other alphabets.
const NASTY: [&str; 9] = [
    "Ada Lovelace",
    "O'Brien & \"Sons\" <b>",
    "</a><script>alert(1)</script>",
    "[x](javascript:alert(1)) `*_~|#",
    "100% &name=Bob&certUrl=x",
    "a\\b ![i](http://x/y.png)",
    "Łukasz 王小明 مريم",
    "+1 = ?; /?#@",
    "\u{202e}evol\u{7}\u{1b}[2J",
];

/// A badge that says `name` of its holder, and of its issuer and title if `all`.
fn credential(name: &str, all: bool) -> Value {
    let catalogue = Catalogue::embedded();
    let level = catalogue.level("speed-60").unwrap();
    let profile =
        IssuerProfile::inline(badges::key().verifying_key().as_bytes(), Some("City College")).unwrap();
    let mut credential = credential::document(&badges::claim(), &Texts::of(level), &profile).unwrap();
    credential["credentialSubject"]["identifier"][0]["identityHash"] = json!(name);
    if all {
        credential["issuer"]["name"] = json!(name);
        credential["credentialSubject"]["achievement"]["name"] = json!(name);
    }
    credential
}

#[test]
fn golden_texts() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/share/golden.json");
    let mut found = Vec::new();
    for (at, name) in NASTY.into_iter().enumerate() {
        let base = if at % 2 == 0 { PUBLIC } else { LOCAL };
        let (credential, link) = (credential(name, at > 0), carried(base, b"12345"));
        let share = Share::new(&credential, &link, base);
        let forms: BTreeMap<String, Value> = Channel::ALL
            .map(|form| {
                let text =
                    share.form(form).map_or_else(|why| json!({"refused": why.to_string()}), Value::from);
                (format!("{form:?}"), text)
            })
            .into();
        found.push(json!({"name": name, "verify_url": base, "forms": forms, "note": share.note()}));
    }
    let text = format!("{}\n", serde_json::to_string_pretty(&found).unwrap());
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::create_dir_all(Path::new(path).parent().unwrap()).unwrap();
        fs::write(path, &text).unwrap();
    }
    assert_eq!(
        fs::read_to_string(path).unwrap(),
        text,
        "UPDATE_GOLDEN=1 writes them anew; read them after that"
    );
}

/// The parameters of a link, decoded as a server decodes them.
fn parameters(link: &str) -> Vec<(&str, String)> {
    let query = link.split_once('?').unwrap().1;
    let parameter = |pair: &'_ str| -> (usize, String) {
        let (name, value) = pair.split_once('=').unwrap();
        (name.len(), percent_decode_str(value).decode_utf8().unwrap().into_owned())
    };
    query.split('&').map(|pair| (&pair[..parameter(pair).0], parameter(pair).1)).collect()
}

#[test]
fn linkedin_gets_each_text_whole_and_nothing_else() {
    // A profile gets no address that opens nothing.
    for (name, base) in NASTY.into_iter().zip([PUBLIC, LOCAL].into_iter().cycle()) {
        let mut credential = credential(name, true);
        let college = format!("{name} College");
        credential["issuer"]["name"] = json!(college);
        let link = carried(base, b"12345");
        let (shown, college) = (summary::shown_text(name), summary::shown_text(&college));
        let page = hosted(base, credential["id"].as_str().unwrap()).page;
        let given = Share::new(&credential, &link, base).form(Channel::LinkedIn).unwrap();
        assert!(given.is_ascii() && !given.contains([' ', '"', '<', '>', '\'', '#']), "{given}");
        let id = short_id(credential["id"].as_str().unwrap());
        let expected = [
            ("startTask", "CERTIFICATION_NAME"),
            ("name", &shown),
            ("organizationName", &college),
            ("issueYear", "2026"),
            ("issueMonth", "11"),
            ("expirationYear", "2029"),
            ("expirationMonth", "11"),
            ("certUrl", &page),
            ("certId", &id),
        ]
        .into_iter()
        .filter(|(parameter, _)| base == PUBLIC || *parameter != "certUrl")
        .collect::<Vec<_>>();
        let found = parameters(&given);
        assert_eq!(found.iter().map(|(name, value)| (*name, value.as_str())).collect::<Vec<_>>(), expected);
    }
    let mut undated = credential("Ada", false);
    undated["validFrom"] = json!("2026-03-01T00:00:00Z");
    undated.as_object_mut().unwrap().shift_remove("validUntil");
    let within = "http://a.example/#12";
    let given = Share::new(&undated, within, within).form(Channel::LinkedIn).unwrap();
    assert!(given.contains("&issueMonth=3&certUrl=http%3A%2F%2Fa.example%2F%2312&certId"), "{given}");
}

#[test]
fn html_has_our_tags_and_no_others() {
    for name in NASTY {
        let credential = credential(name, true);
        let html = Share::new(&credential, PUBLIC, PUBLIC).form(Channel::Html).unwrap();
        let tags: Vec<&str> =
            html.split('<').skip(1).map(|tag| tag.split([' ', '>']).next().unwrap()).collect();
        assert_eq!(
            tags,
            ["figure", "a", "img", "/a", "figcaption", "a", "/a", "a", "/a", "/figcaption", "/figure"],
            "{html}"
        );
        assert_eq!(html.matches('"').count(), 2 * 7, "only our attributes: {html}");
        assert!(!html.contains('\''));
    }
}

#[test]
fn markdown_shows_names_as_they_are() {
    for name in NASTY {
        let credential = credential(name, false);
        let text = Share::new(&credential, "http://a.example/#1", "http://a.example/#")
            .form(Channel::Markdown)
            .unwrap();
        let shown: String = text
            .split('\\')
            .enumerate()
            .map(|(n, part)| if n > 0 && part.is_empty() { "\\" } else { part })
            .collect();
        assert!(
            shown.contains(&summary::shown_text(name).replace('\\', "")) || name.contains('\\'),
            "{name}: {text}"
        );
        let bare = text.replace("\\[", "").replace("\\]", "").replace("\\!", "");
        assert_eq!((bare.matches('[').count(), bare.matches('!').count()), (1, 0), "one link, ours: {text}");
    }
}

#[test]
fn the_hosted_addresses() {
    let id = "urn:uuid:8F3C2a91-0000-8000-8000-000000000001";
    let name = "8f3c2a91-0000-8000-8000-000000000001";
    for (base, folder) in [
        ("https://badges.example.org/#", "https://badges.example.org"),
        ("https://badges.example.org#", "https://badges.example.org"),
        ("https://badges.example.org/v/#", "https://badges.example.org/v"),
        ("https://badges.example.org/v#", "https://badges.example.org/v"),
        ("https://badges.example.org/v", "https://badges.example.org/v"),
        ("https://badges.example.org/v/verify.html?lang=de#", "https://badges.example.org/v"),
        ("http://127.0.0.1:8520/#", "http://127.0.0.1:8520"),
    ] {
        let found = hosted(base, id);
        let expected =
            ["html", "json", "png", "svg"].map(|extension| format!("{folder}/b/{name}.{extension}"));
        assert_eq!([found.page, found.json, found.png, found.svg], expected, "{base}");
    }
    assert_eq!(folder("https://a.example/x//#"), "https://a.example/x");
    for (id, name) in [
        ("", ""),
        ("https://x/y/../z?a=b", "zab"),
        ("../../etc/passwd", "passwd"),
        ("urn:uuid:%2e%2e%2f", "2e2e2f"),
    ] {
        assert_eq!(short_id(id), name, "no name leads out of its folder");
    }
}

#[test]
fn who_can_open_an_address() {
    for (address, expected) in [
        ("http://127.0.0.1:8520/#", Reach::ThisMachine),
        ("http://localhost/#", Reach::ThisMachine),
        ("https://LOCALHOST:8520/#", Reach::ThisMachine),
        ("http://[::1]:8520/#", Reach::ThisMachine),
        ("https://127.9.9.9/v#", Reach::ThisMachine),
        ("http://badges.example.org/#", Reach::Some),
        ("https://192.168.1.7/#", Reach::Some),
        ("https://[2001:db8::1]/#", Reach::Some),
        ("https://room-3/#", Reach::Some),
        ("https://room-3.local/#", Reach::Some),
        ("ftp://badges.example.org/#", Reach::Some),
        ("", Reach::NoAddress),
        ("00284", Reach::NoAddress),
        ("https://badges.example.org/#", Reach::Public),
        ("HTTPS://Badges.Example.org:8443/v?x#", Reach::Public),
    ] {
        assert_eq!(reach(address), expected, "{address}");
    }
}

#[test]
fn verifierplus_only_gets_what_it_can_fetch() {
    let credential = credential("Ada", false);
    let id = short_id(credential["id"].as_str().unwrap());
    for base in [LOCAL, "http://badges.example.org/#", "https://192.168.1.7/#"] {
        let link = carried(base, b"12345");
        let share = Share::new(&credential, &link, base);
        assert_eq!(share.form(Channel::VerifierPlus), Err(ShareError::NotFetched));
        assert_eq!(share.form(Channel::Page), Err(ShareError::NoPage));
    }
    let given = Share::new(&credential, PUBLIC, PUBLIC).form(Channel::VerifierPlus).unwrap();
    assert_eq!(
        given,
        format!("https://verifierplus.org/#verify?vc=https://badges.example.org/v/b/{id}.json")
    );
}

/// With a host the badge's own page is offered first, and wherever a preview is wanted.
#[test]
fn with_a_host_the_page_is_offered_first() {
    let (credential, link) = (credential("Ada", false), format!("{PUBLIC}12345"));
    let share = Share::new(&credential, &link, PUBLIC);
    let id = short_id(credential["id"].as_str().unwrap());
    let page = format!("https://badges.example.org/v/b/{id}.html");
    assert_eq!((Channel::ALL[0], share.form(Channel::Page).unwrap()), (Channel::Page, page.clone()));
    for form in Channel::ALL {
        let text = share.form(form).unwrap();
        let text = percent_decode_str(&text).decode_utf8().unwrap();
        assert_eq!(text.contains(&page), form != Channel::VerifierPlus, "{text}");
        let carries = !matches!(form, Channel::Page | Channel::LinkedIn | Channel::VerifierPlus);
        assert_eq!(text.contains(&link), carries, "{text}");
    }
    assert!(share.note().contains(&format!("`typeproof site build DIR --badge {id}`")), "{}", share.note());
}

/// Without one nothing names an address that opens only this machine, and the badge itself is carried.
#[test]
fn without_a_host_the_badge_itself_is_carried() {
    let credential = credential("Ada", false);
    for base in [LOCAL, "https://localhost/#", "http://[::1]:8520/v/#"] {
        let token = carried(base, b"a badge");
        assert_eq!(token, "27338679653787493", "digits and nothing else");
        let share = Share::new(&credential, &token, base);
        let texts = Channel::ALL.map(|form| share.form(form).unwrap_or_else(|why| why.to_string()));
        for text in texts.iter().chain([&share.note()]) {
            assert!(
                !text.contains("127.0.0.1") && !text.contains("localhost") && !text.contains("::1"),
                "{text}"
            );
        }
        for form in [Channel::Text, Channel::Markdown, Channel::Html] {
            let text = share.form(form).unwrap();
            assert!(text.contains(&token) && text.contains("typeproof verify"), "{text}");
        }
        let note = share.note();
        for way in ["1. A web host", "2. The pages of a code host", "3. A server of your own", "site build"] {
            assert!(note.contains(way), "{way}: {note}");
        }
    }
}

#[test]
fn the_learner_is_no_organisation() {
    let mut credential = credential("Ada Lovelace", false);
    let organisation = |credential: &Value| {
        let link = Share::new(credential, PUBLIC, PUBLIC).form(Channel::LinkedIn).unwrap();
        parameters(&link).into_iter().find(|(name, _)| *name == "organizationName").unwrap().1
    };
    assert_eq!(organisation(&credential), "City College");
    for own in ["Ada Lovelace", "ADA  LOVELACE", ""] {
        credential["issuer"]["name"] = json!(own);
        assert_eq!(organisation(&credential), "typeproof (self-assessed)", "{own:?}");
    }
}

// -- files

fn row() -> BadgeRow {
    let claim = badges::claim();
    let catalogue = Catalogue::embedded();
    let level = catalogue.level("speed-60").unwrap();
    let name = claim.name.as_ref().map(|name| name.as_str().to_owned());
    let profile = IssuerProfile::inline(badges::key().verifying_key().as_bytes(), name.as_deref()).unwrap();
    let badge = credential::issue(&claim, &Texts::of(level), &profile, &badges::key()).unwrap();
    BadgeRow {
        id: badge.credential["id"].as_str().unwrap().to_owned(),
        attempt_id: Some("00".to_owned()),
        level_id: Some("speed-60".to_owned()),
        issued_unix: 1_795_430_300,
        valid_until_unix: None,
        assurance: Assurance::SelfAssessed,
        credential: credential::text(&badge.credential),
        token: link::url(LOCAL, &badge.token),
        name: name.unwrap_or_default(),
    }
}

#[test]
fn a_folder_gets_every_form_and_nothing_is_overwritten() {
    let home = tempfile::tempdir().unwrap();
    let mut desk = Desk::at(Paths::below(home.path()), None);
    let (row, dir) = (row(), home.path().join("out"));
    let names = |files: &[std::path::PathBuf]| -> Vec<String> {
        files.iter().map(|file| file.file_name().unwrap().to_str().unwrap().to_owned()).collect()
    };
    let files = desk.export_all(&row, &dir, Paper::A4, Log::Without).unwrap();
    let stem = names(&files)[0].trim_end_matches(".json").to_owned();
    for extension in ["json", "txt", "png", "svg", "pdf", "html", "md", "share.txt"] {
        assert!(names(&files).contains(&format!("{stem}.{extension}")), "{extension} in {files:?}");
    }
    let pdf = fs::read(dir.join(format!("{stem}.pdf"))).unwrap();
    assert!(pdf.starts_with(b"%PDF"));
    let links = fs::read_to_string(dir.join(format!("{stem}.share.txt"))).unwrap();
    assert!(
        links.contains("linkedin.com") && links.contains("There is no link yet that others can open"),
        "{links}"
    );
    // The same again: the same files, and no others.
    assert_eq!(desk.export_all(&row, &dir, Paper::A4, Log::Without).unwrap(), files);
    assert_eq!(fs::read_dir(&dir).unwrap().count(), files.len());
    // Another paper is another file, and the first stays.
    let other = desk.export_all(&row, &dir, Paper::Letter, Log::Without).unwrap();
    assert!(names(&other).contains(&format!("{stem}-2.pdf")), "{other:?}");
    assert_eq!(fs::read(dir.join(format!("{stem}.pdf"))).unwrap(), pdf);
    assert_eq!(desk.write_certificate(&row, &dir, Paper::A4).unwrap(), [dir.join(format!("{stem}.pdf"))]);
}

#[test]
fn links_follow_the_settings() {
    let home = tempfile::tempdir().unwrap();
    let mut desk = Desk::at(Paths::below(home.path()), None);
    let row = row();
    let text = |desk: &Desk| desk.share(&row).unwrap().forms[3].1.clone().unwrap();
    let token = link::read(&row.token).unwrap().payload;
    assert!(text(&desk).ends_with(&digits::encode(&token)));
    desk.settings.verify_url = "https://badges.example.org/v#".to_owned();
    let moved = row.token.replace("http://127.0.0.1:8520/#", "https://badges.example.org/v#");
    assert!(text(&desk).ends_with(&moved), "{}", text(&desk));
    desk.settings.verify_url = "https://192.168.1.7/#".to_owned();
    let moved = row.token.replace("http://127.0.0.1:8520/#", "https://192.168.1.7/#");
    assert!(text(&desk).ends_with(&moved), "{}", text(&desk));
    let damaged = BadgeRow { credential: "{".to_owned(), ..row.clone() };
    for why in [desk.share(&damaged).unwrap_err(), desk.certificate(&damaged, Paper::A4).unwrap_err()] {
        assert!(why.to_string().contains("in the history is damaged"), "{why}");
    }
}

/// An export holds one address, that of today's settings, whichever was set when the badge was earned.
#[test]
fn every_file_of_an_export_has_the_address_of_today() {
    let home = tempfile::tempdir().unwrap();
    let mut desk = Desk::at(Paths::below(home.path()), None);
    let row = row();
    for base in [LOCAL, PUBLIC, "https://Other.example/#"] {
        desk.settings.verify_url = base.to_owned();
        let base = base.to_lowercase();
        let dir = home.path().join(base.len().to_string());
        let moved = desk.moved(&row);
        let payload = link::read(&row.token).unwrap().payload;
        assert_eq!(moved.token, carried(&base, &payload));
        assert_eq!(desk.moved(&moved), moved, "once is enough");
        let files = desk.export_all(&row, &dir, Paper::A4, Log::Without).unwrap();
        let file = |end: &str| {
            let path = files.iter().find(|path| path.to_str().unwrap().ends_with(end)).unwrap();
            fs::read(path).unwrap()
        };
        assert_eq!(String::from_utf8(file(".txt")).unwrap().trim_end(), moved.token);
        let (png, svg) = pictures(&moved).unwrap();
        assert!(file(".png") == png, "{base}");
        assert_eq!(String::from_utf8(file(".svg")).unwrap(), svg);
        assert_eq!(file(".qr.png"), drawing::png(&Symbol::new(&moved.token).unwrap()).unwrap());
        for text in [".txt", ".html", ".md", ".share.txt", ".svg", ".json"] {
            let text = String::from_utf8(file(text)).unwrap();
            assert!(!text.contains("127.0.0.1"), "{base} {text}");
        }
        for text in [".txt", ".html", ".md", ".share.txt"] {
            assert!(String::from_utf8(file(text)).unwrap().contains(&moved.token), "{base} {text}");
        }
    }
    // What is no link stays as it is.
    let odd = BadgeRow { token: "no link".to_owned(), ..row };
    assert_eq!(desk.moved(&odd), odd);
}
