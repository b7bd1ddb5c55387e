//! The pages of hosted badges.

use data_encoding::BASE64;
use serde_json::Value;
use sha2::{Digest, Sha256};
use typeproof::badge::carry::{bake, link};
use typeproof::badge::draw::words;
use typeproof::badge::verify::summary::Summary;
use typeproof::desk::full_link;
use typeproof::store::history::BadgeRow;
use typeproof::web::hosted::HostedBadge;

use super::{Stage, URL, between};

#[test]
fn a_hosted_badge_has_a_page_for_people_and_previews() {
    let stage = Stage::new(1);
    let badge = stage.hosted(URL).remove(0);
    let page = &badge.page;
    let at = |extension: &str| format!("https://example.org/v/b/{}.{extension}", badge.name);
    let content = |name: &str| between(page, &format!("{name}\" content=\""), "\"").to_owned();
    assert!(content("og:title").starts_with("Ada &lt;Lovelace&gt; &amp; &quot;Co&quot;: "), "{page}");
    assert_eq!((content("og:image"), content("twitter:image")), (at("png"), at("png")));
    assert_eq!((content("og:url"), content("twitter:card")), (at("html"), "summary".to_owned()));
    let reader = png::Decoder::new(std::io::Cursor::new(&badge.png)).read_info().unwrap();
    let (width, height) = (reader.info().width.to_string(), reader.info().height.to_string());
    assert_eq!((content("og:image:width"), content("og:image:height")), (width.clone(), height.clone()));
    assert!(
        content("description").contains("Net speed")
            && content("description").contains("Nobody else observed")
    );
    // What it says, honestly, and where to check it.
    for words in [
        "proves nothing",
        "compare the name with a photo ID",
        "Self-assessed: signed by a key on the",
        "Accuracy",
    ] {
        assert!(page.contains(words), "{words}");
    }
    // Times are said as everywhere, and none as a machine writes it.
    let summary = Summary::of(&serde_json::from_str(&badge.json).unwrap());
    let (from, until) = (summary.valid_from.as_deref().unwrap(), summary.valid_until.as_deref().unwrap());
    for (name, value) in [
        ("Duration", "1 minute".to_owned()),
        ("Net speed", "Required 40 · Achieved 63.0 WPM".to_owned()),
        ("Test taken", words::times(&summary).unwrap()),
        ("Issued", words::day(from)),
        ("Valid until", words::day(until)),
    ] {
        assert!(page.contains(&format!("<dt>{name}</dt><dd>{value}</dd>")), "{name} {value}: {page}");
    }
    for instant in [from, until, &summary.activity.as_ref().unwrap().0] {
        assert!(!page.contains(instant), "{instant}");
    }
    let payload = link::read(&stage.rows[0].token).unwrap().payload;
    let moved = BadgeRow { token: link::url(URL, &payload), ..stage.rows[0].clone() };
    assert!(page.contains(&format!("href=\"{}\"", full_link(&moved))));
    // The pictures hold the very credential.
    assert_eq!((width.as_str(), height.as_str()), ("1200", "1200"));
    for picture in [badge.png.as_slice(), badge.svg.as_bytes()] {
        let found = bake::unbake(picture).unwrap().unwrap();
        let found: Value = serde_json::from_slice(&found).unwrap();
        assert_eq!(found, serde_json::from_str::<Value>(&badge.json).unwrap());
    }
    assert!(page.contains(&format!("href=\"https://verifierplus.org/#verify?vc={}\"", at("json"))));
    for extension in ["json", "png", "svg"] {
        assert!(page.contains(&format!("href=\"{}.{extension}\" download", badge.name)), "{extension}");
    }
    // Nothing runs, and nothing comes from elsewhere.
    let style = between(page, "<style>", "</style>");
    let policy = content("Content-Security-Policy").replace("&#39;", "'");
    assert!(policy.starts_with("default-src 'none'; img-src 'self'; style-src 'sha256-"), "{policy}");
    assert!(policy.contains(&BASE64.encode(&Sha256::digest(style))), "{policy}");
    for word in ["<script", "javascript:", " onload", " style=", "@import", "url("] {
        assert!(!page.contains(word), "{word}");
    }
    assert_eq!(page.matches("src=\"").count(), page.matches(&format!("src=\"{}.png\"", badge.name)).count());
}

#[test]
fn a_local_address_leads_to_no_other_verifier() {
    let stage = Stage::new(1);
    for url in ["http://127.0.0.1:8520/#", "http://typing.example.org/#", "https://intranet/#"] {
        let page = stage.hosted(url).remove(0).page;
        assert!(!page.contains("verifierplus") && page.contains("Verify it in your browser"), "{url}");
    }
}

#[test]
fn no_text_of_a_badge_becomes_markup() {
    let mut stage = Stage::new(1);
    let evil = "\\\"><script>alert(1)</script><img src=x onerror='a'>\\u202e\\u0000&quot;";
    let row = &mut stage.rows[0];
    let mut credential: Value = serde_json::from_str(&row.credential).unwrap();
    strings(&mut credential, &|text| {
        if text.contains("://") || text.starts_with("urn:") || text.len() < 4 {
            text.to_owned()
        } else {
            format!("{text}{evil}")
        }
    });
    row.credential = serde_json::to_string(&credential).unwrap();
    let page = stage.hosted("https://example.org/\"><script>/#").remove(0).page;
    assert!(!page.contains("<script") && !page.contains("onerror='") && !page.contains('\u{202e}'), "{page}");
    assert_eq!(page.matches("<img ").count(), 1);
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "it is shown as it is");
}

/// Changes every string value of a document.
fn strings(value: &mut Value, change: &dyn Fn(&str) -> String) {
    match value {
        Value::String(text) => *text = change(text),
        Value::Array(items) => items.iter_mut().for_each(|item| strings(item, change)),
        Value::Object(members) => members.values_mut().for_each(|member| strings(member, change)),
        _ => {}
    }
}

#[test]
fn a_damaged_badge_is_not_hosted() {
    let stage = Stage::new(1);
    let good = stage.rows[0].clone();
    for row in [
        BadgeRow { credential: good.credential[..good.credential.len() / 2].to_owned(), ..good.clone() },
        BadgeRow { token: "https://example.org/v#12".to_owned(), ..good.clone() },
        BadgeRow { token: "no link".to_owned(), ..good.clone() },
    ] {
        assert!(HostedBadge::of(&row, URL).is_err());
    }
}
