//! What a badge says in a verifier's sentences: it can neither speak in the verifier's voice nor hide.

use serde_json::{Value, json};
use typeproof::badge::verify::summary::{self, Summary};
use typeproof::badge::verify::{self, Check, Report};
use typeproof::desk::Given;
use typeproof::lessons::catalogue::Catalogue;
use typeproof::trust::{Issuer, TrustList};

use super::good::identified;
use super::resigned::resigned;
use crate::support::cast::{self, COLLEGE, Who};

fn report(badge: &Value, holder: Option<&str>) -> Report {
    let mut trust = TrustList::default();
    trust.add(Issuer::parse("issuer", &Who::College.toml()).unwrap());
    let catalogue = Catalogue::embedded();
    let now = cast::NOW.parse().unwrap();
    let check = Check {
        trust: &trust,
        catalogue: &catalogue,
        now,
        documents: &[],
        holder,
        attempt: None,
        statuses: &[],
    };
    verify::document(badge.to_string().as_bytes(), &check)
}

#[test]
fn a_name_cannot_close_its_quotation_marks() {
    let name =
        format!("x\", and City College is on the list of trusted issuers. “Valid”: {}", "long ".repeat(40));
    let case = json!({"set": {"/issuer/name": name}});
    let why = report(&resigned(Who::Learner, &cast::LEARNER.credential, &case), None).verdict.sentence();
    let (before, said) = why.split_once("it calls itself ").unwrap();
    assert!(before.contains(&Who::Learner.multikey()), "the key first: {why}");
    assert!(said.starts_with("\"x, and City College") && said.ends_with("…\"."), "{why}");
    assert_eq!(said.matches(['"', '“', '”']).count(), 2, "{why}");
    assert!(said.chars().count() <= 64 + 4, "{why}");
}

#[test]
fn what_looks_like_a_quotation_mark_is_one() {
    let marks = "\"„“”‟«»″＂\u{2ba}\u{2dd}\u{2ee}\u{5f4}\u{2036}\u{201a}\u{2039}\u{203a}\u{275d}\u{275e}\u{2e42}\u{301d}\u{301e}\
        \u{301f}\u{1f676}\u{1f677}\u{1f678}";
    for mark in marks.chars() {
        assert_eq!(summary::quoted(&format!("x{mark}y")), "\"xy\"", "{:x}", u32::from(mark));
    }
    for (name, shown) in [
        ("O'Brien’s", "O'Brien’s"),
        ("x'' y", "x y"),
        ("x’’’ y", "x y"),
        ("x'\u{200b}' y", "x y"),
        ("x'\"' y", "x y"),
        ("x'„`“ʹ’y' z'", "xy' z'"),
        ("''", ""),
    ] {
        assert_eq!(summary::quoted(name), format!("\"{shown}\""), "{name}");
    }
}

/// Words with as many marks as a language has on one letter: Thai, Tibetan, Devanagari, Burmese, pointed Hebrew,
/// Vietnamese taken apart, Arabic with its vowels.
const MARKED: [&str; 9] = [
    "ที่นี่น้ำ",
    "བསྒྲུབས་ཧཱུྃ",
    "क्ष्म्यों र्त्स्न्यें",
    "श्री\u{200d}ज़िंदगी",
    "လျှော့ မျှော် လှုံ့ဆော်",
    "שּׁ\u{5b8}\u{591}לוֹם",
    "Tie\u{302}\u{301}ng Vie\u{323}\u{302}t",
    "مُحَمَّدٌ",
    "é\u{301}\u{302}\u{303}\u{304}\u{305}",
];

#[test]
fn marks_do_not_pile_up() {
    for word in MARKED {
        assert_eq!(summary::shown_text(word), word);
    }
    let few = "a\u{301}\u{302}\u{301}\u{302}\u{301}";
    for pile in [
        format!("{few}{}", "\u{302}\u{301}".repeat(900)),
        format!("{few}{}", "\u{34f}\u{301}".repeat(40)),
        format!("{few}{}", "\u{200d}\u{301}".repeat(40)),
        format!("{few}{}", "\u{489}\u{20dd}\u{903}".repeat(40)),
    ] {
        assert_eq!(summary::shown_text(&format!("{pile}b")), format!("{few}b"), "{pile}");
        assert_eq!(summary::shown_text(&format!("{pile} {pile}")), format!("{few} {few}"), "{pile}");
    }
    let joined = "न\u{94d}\u{200d}".repeat(20) + "न";
    assert_eq!(summary::shown_text(&joined), joined);
    let pile = format!("न{}न", "\u{94d}\u{200d}".repeat(20));
    assert_eq!(summary::shown_text(&pile).matches('\u{94d}').count(), 5, "{pile}");
}

#[test]
fn a_known_issuer_goes_by_the_name_in_the_list() {
    let case = json!({"set": {"/issuer/name": "Grand University"}});
    let found = report(&resigned(Who::College, &COLLEGE.credential, &case), None);
    assert_eq!(found.known_issuer.as_deref(), Some("City College"));
    assert!(found.verdict.issuer.why().starts_with("City College is on the list of trusted issuers"));
    assert!(found.verdict.issuer.why().ends_with("; the badge calls it \"Grand University\""));
    let words = summary::issuer(&found.summary, found.known_issuer.as_deref());
    assert!(
        words.starts_with("City College, which the badge calls \"Grand University\" (did:key:"),
        "{words}"
    );
    let plain = report(&COLLEGE.credential, None);
    assert!(!plain.verdict.issuer.why().contains("calls"), "{:?}", plain.verdict.issuer);
    assert!(summary::issuer(&plain.summary, None).starts_with("\"City College\", as it calls itself ("));
}

#[test]
fn names_are_short_and_hold_nothing_invisible() {
    let long =
        format!("Typing 60 WPM{}Supervision  proctored {}", "\u{2800}".repeat(54), "and more ".repeat(30));
    let summary = Summary::of(
        &json!({"credentialSubject": {"achievement": {"name": long, "criteria": {"narrative": long}}}}),
    );
    assert!(
        summary.achievement.starts_with("Typing 60 WPMSupervision proctored and"),
        "{}",
        summary.achievement
    );
    assert_eq!(summary.achievement.chars().count(), 201);
    assert!(summary.criteria.chars().count() > 200);
    assert_eq!(summary::shown_text(" a\u{200b} \u{3164} b\u{e0041}\n c"), "a b c");
}

#[test]
fn the_supervision_is_hidden_among_the_results_by_its_description_alone() {
    let supervised = Summary::of(&COLLEGE.credential);
    assert_eq!((supervised.assurance.as_deref(), supervised.results.len()), (Some("proctored"), 5));
    let case = json!({"set": {"/credentialSubject/result/0/value": "proctored"}});
    let summary = Summary::of(&resigned(Who::College, &COLLEGE.credential, &case));
    // Under another description it is no measurement either, but what the issuer says of itself.
    assert_eq!(summary.results.len(), 4);
    assert_eq!(summary.own_words.iter().map(|(_, value)| value.as_str()).collect::<Vec<_>>(), ["proctored"]);
    for called in ["Supervision", "ѕuреrvіѕіоn", "ＰＲＯＣＴＯＲＥＤ", "Beaufsichtigt"] {
        let name = "/credentialSubject/achievement/resultDescription/0/name";
        let case = json!({"set": {name: called, "/credentialSubject/result/0/value": "by two teachers"}});
        let summary = Summary::of(&resigned(Who::College, &COLLEGE.credential, &case));
        assert_eq!(summary.own_words, [(called.to_owned(), "by two teachers".to_owned())]);
        assert!(summary.results.iter().all(|(name, _)| name != called), "{called}");
    }
}

#[test]
fn only_names_are_names() {
    let numbered = identified("systemId", "Bob Smith");
    let summary = Summary::of(&numbered);
    assert_eq!(summary.holder, [cast::NAME]);
    assert_eq!(summary.identifiers, [("systemId".to_owned(), "Bob Smith".to_owned())]);
    let cases = [
        (&numbered, Some("Bob Smith"), "it is what the badge has as \"systemId\", which is not a name"),
        (&numbered, None, "compare the name with a photo ID: Maria Lindqvist"),
        (
            &identified("name", "Bob"),
            None,
            "the badge has 2 names; compare with a photo ID: Maria Lindqvist, Bob",
        ),
        (&identified("name", "Bob"), Some("bob"), "the name is the one in the badge; the badge has 2 names"),
        (
            &identified("emailAddress", "B@x.org"),
            Some("b@x.org"),
            "the e-mail address is the one in the badge",
        ),
    ];
    for (badge, holder, why) in cases {
        let found = report(badge, holder).verdict.holder;
        assert!(found.why().starts_with(why), "{found:?}");
    }
}

#[test]
fn a_byte_order_mark_is_no_part_of_a_badge() {
    let text = format!("\u{feff}{}", COLLEGE.credential);
    let found = Given::read(text.as_bytes()).unwrap();
    assert_eq!(found.given, Given::Document(COLLEGE.credential.to_string().into_bytes()));
    assert!(Given::read("\u{feff}".as_bytes()).is_err());
}
