//! The page is for everybody: read aloud, by keyboard, in both themes and languages, on a phone, on paper; and what a
//! badge says is text, whatever it looks like.

use std::path::Path;

use data_encoding::BASE64;
use serde_json::{Value, json};
use typeproof::badge::carry::link;
use typeproof::badge::carry::share::FOLDER;
use typeproof::badge::credential;
use typeproof::badge::vc::proof::Suite;
use typeproof::store::history::BadgeRow;
use typeproof::trust::Assurance;
use typeproof::web::hosted::HostedBadge;

use super::{Made, Site, browser};
use crate::support::cast::{self, COLLEGE, LEARNER, NOW, Who};
use crate::support::node;
use crate::support::vector;

/// What would run if a badge were markup; short enough not to be cut off.
const PLANTED: &str = "<script>globalThis.planted=1</script><img src=x onerror=alert(1)>";

/// Texts of a badge that a page may show.
const TEXTS: [&str; 14] = [
    "/name",
    "/issuer/name",
    "/credentialSubject/identifier/0/identityHash",
    "/credentialSubject/achievement/name",
    "/credentialSubject/achievement/description",
    "/credentialSubject/achievement/criteria/narrative",
    "/credentialSubject/achievement/humanCode",
    "/credentialSubject/achievement/tag/0",
    "/credentialSubject/achievement/resultDescription/0/name",
    "/credentialSubject/achievement/resultDescription/1/name",
    "/credentialSubject/result/0/value",
    "/credentialSubject/result/1/value",
    "/evidence/0/name",
    "/evidence/0/narrative",
];

/// A badge full of markup, signed by a stranger.
fn planted() -> Value {
    let mut badge = COLLEGE.credential.clone();
    for path in TEXTS {
        *badge.pointer_mut(path).unwrap_or_else(|| panic!("{path}")) = json!(PLANTED);
    }
    badge["issuer"]["id"] = json!(Who::Stranger.profile().did);
    cast::sign(Who::Stranger, &badge)
}

/// The college's badge as one of nobody's level, without counts: of a level of typeproof none of it could be odd.
fn of_no_level() -> Value {
    let own = COLLEGE.credential["credentialSubject"]["achievement"]["id"].as_str().unwrap();
    let names =
        [(own, "urn:x:odd"), ("SPEED-60-V1", "ODD"), ("Typing 60 WPM at 97 % (5 minutes)", "Something odd")];
    let text = names.iter().fold(COLLEGE.credential.to_string(), |text, (ours, odd)| text.replace(ours, odd));
    let mut badge: Value = serde_json::from_str(&text).unwrap();
    badge.as_object_mut().unwrap().remove("evidence");
    badge
}

/// Badges whose members are not what they should be, signed by a stranger: each is read, and shown as far as it goes.
fn odd() -> Vec<String> {
    let subject = "/credentialSubject/achievement";
    let net = format!("{subject}/resultDescription/0");
    let members = [
        (format!("{subject}/inLanguage"), json!({"id": "https://example.org/x"})),
        (format!("{net}/requiredValue"), json!({"id": "https://example.org/x"})),
        ("/credentialSubject/activityEndDate".to_owned(), json!("2026")),
        ("/credentialSubject/activityStartDate".to_owned(), json!("2999-01-01T00:00:00Z")),
        (format!("{net}/name"), json!("Net speed, RUBBISH (gross less the penalty of the rules)")),
    ];
    let signed = members.map(|(path, value)| {
        let mut badge = of_no_level();
        let (parent, name) = path.rsplit_once('/').unwrap();
        badge.pointer_mut(parent).unwrap_or_else(|| panic!("{path}"))[name] = value;
        badge["issuer"]["id"] = json!(Who::Stranger.profile().did);
        let signed = cast::sign_with(Who::Stranger, &badge, &[Suite::EddsaJcs2022], None);
        BASE64.encode(signed.to_string().as_bytes())
    });
    signed.into()
}

/// Where a page may stand that trusts a college whose own page is `https://example.org/~college/badges`.
const ADDRESSES: [(&str, &str); 8] = [
    ("https://example.org/~college/badges", "same"),
    ("https://example.org/~college/badges/", "same"),
    ("https://example.org/~college/badges/index.html", "same"),
    ("https://example.org/~college/badges/b/some.html", "same"),
    ("https://example.org/~college/badges-too/", "other"),
    ("https://example.org/~other/college/badges/", "other"),
    ("https://example.org/", "other"),
    ("https://example.org.example.net/~college/badges/", "other"),
];

/// A token as it stands behind a `#`.
fn digits(token: &[u8]) -> String {
    link::url("#", token).trim_start_matches('#').to_owned()
}

/// A state of the page by what is given for it.
fn states() -> Value {
    let altered = vector::bad().remove("changed-result-net").unwrap();
    let unknown = vector::bad().remove("token-level-unknown").unwrap();
    let both = credential::full_token(&COLLEGE.token, &COLLEGE.credential).unwrap();
    let own = cast::issue(Who::College, &cast::claim(Who::College, Assurance::SelfAssessed));
    let unsaid = cast::foreign(&Who::College.profile());
    let unsaid = cast::sign(Who::College, &unsaid);
    json!({
        "valid": {"how": "fragment", "what": digits(&both)},
        "unproven": {"how": "fragment", "what": digits(&LEARNER.token)},
        "self-assessed": {"how": "fragment", "what": digits(&own.token), "outcome": "valid"},
        "unsupervised": {"how": "file", "what": BASE64.encode(unsaid.to_string().as_bytes()), "outcome": "valid"},
        "refused": {"how": "file", "what": BASE64.encode(altered.given.as_bytes())},
        "cannot-tell": {"how": "paste", "what": unknown.given},
    })
}

/// The page of a hosted badge, put beside the verification page; its address.
fn host(site: &Site) -> String {
    let row = BadgeRow {
        id: COLLEGE.credential["id"].as_str().unwrap().to_owned(),
        attempt_id: None,
        level_id: None,
        issued_unix: 0,
        valid_until_unix: None,
        assurance: Assurance::Proctored,
        credential: COLLEGE.credential.to_string(),
        token: link::url("https://example.org/v/#", &COLLEGE.token),
        name: cast::NAME.to_owned(),
    };
    let badge = HostedBadge::of(&row, "https://example.org/v/#").unwrap();
    let folder = site.dir.path().join(FOLDER);
    std::fs::create_dir(&folder).unwrap();
    for (extension, bytes) in badge.files() {
        std::fs::write(folder.join(format!("{}.{extension}", badge.name)), bytes).unwrap();
    }
    site.served(0).replace("0.html", &format!("{FOLDER}/{}.html", badge.name))
}

#[test]
fn everybody_can_use_the_page() {
    let Some(chromium) = browser() else { return };
    let planted_name =
        Who::Reviewers.toml().replace("Review Board", "</script><script>globalThis.planted=1</script>");
    let made = Made { trusted: vec![Who::College.toml(), planted_name], ..Made::default() };
    let college = Who::College.toml() + "url = \"https://example.org/~college/badges\"\n";
    let at_home = Made { trusted: vec![college], ..Made::default() };
    let site = Site::new(&[made, at_home]);
    let shots = Path::new(env!("CARGO_TARGET_TMPDIR")).join("page");
    std::fs::create_dir_all(&shots).unwrap();
    let said = node::run(
        "manners.mjs",
        &json!({
            "chromium": chromium,
            "shots": shots,
            "site": site.served(0),
            "at_home": site.file(1),
            "addresses": ADDRESSES,
            "missing": site.served(0).replace("0.html", "v"),
            "hosted": host(&site),
            "now": NOW,
            "states": states(),
            "saved": format!("{}\n", serde_json::to_string_pretty(&COLLEGE.credential).unwrap()),
            "odd": odd(),
            "planted": BASE64.encode(planted().to_string().as_bytes()),
        }),
    );
    let (failed, trouble) = (said["failed"].as_object().unwrap(), said["trouble"].as_array().unwrap());
    let failed: String =
        failed.iter().map(|(check, why)| format!("{check}: {}\n", why.as_str().unwrap())).collect();
    assert!(failed.is_empty() && trouble.is_empty(), "{failed}{trouble:#?}");
}
