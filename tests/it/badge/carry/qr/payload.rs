//! Digits and links: what is read, what is refused, and in which words.

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use proptest::prelude::*;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use typeproof::badge::carry::digits;
use typeproof::badge::carry::link;

use super::{BASE, payload};

#[derive(Deserialize)]
struct Cases<A, R> {
    accepted: Vec<A>,
    refused: Vec<R>,
}

#[derive(Deserialize)]
struct DigitsAccepted {
    digits: String,
    hex: String,
}

#[derive(Deserialize)]
struct DigitsRefused {
    why: String,
    digits: String,
    error: String,
}

#[derive(Deserialize)]
struct LinkAccepted {
    text: String,
    host: Option<String>,
}

#[derive(Deserialize)]
struct LinkRefused {
    why: String,
    text: String,
    error: String,
}

fn cases<A: DeserializeOwned, R: DeserializeOwned>(text: &str) -> Cases<A, R> {
    let cases: Cases<A, R> = toml::from_str(text).unwrap();
    assert!(cases.refused.len() > cases.accepted.len(), "refusals outnumber acceptances");
    cases
}

#[test]
fn digits_follow_the_cases() {
    let cases = cases::<DigitsAccepted, DigitsRefused>(include_str!("../../../../data/qr/digits.toml"));
    for case in cases.accepted {
        let payload = HEXLOWER.decode(case.hex.as_bytes()).unwrap();
        assert_eq!(digits::encode(&payload), case.digits);
        assert_eq!(digits::decode(&case.digits), Ok(payload));
    }
    for case in cases.refused {
        let error = digits::decode(&case.digits).expect_err(&case.why).to_string();
        assert!(error.contains(&case.error), "{}: {error}", case.why);
        assert!(!error.chars().any(char::is_control), "{}: {error}", case.why);
    }
}

#[test]
fn digits_have_a_largest_length() {
    let longest = digits::encode(&payload(digits::MAX_PAYLOAD_BYTES));
    assert_eq!(longest.len(), digits::MAX_DIGITS);
    assert_eq!(digits::decode(&longest), Ok(payload(digits::MAX_PAYLOAD_BYTES)));
    let longer = digits::encode(&payload(digits::MAX_PAYLOAD_BYTES + 1));
    assert_eq!(digits::decode(&longer), Err(digits::DigitsError::TooLong { digits: longer.len() }));
}

#[test]
fn links_follow_the_cases() {
    let cases = cases::<LinkAccepted, LinkRefused>(include_str!("../../../../data/qr/links.toml"));
    for case in cases.accepted {
        let link = link::read(&case.text).unwrap_or_else(|error| panic!("{}: {error}", case.text));
        assert_eq!((link.host, link.payload), (case.host, (1..=10).collect()), "{}", case.text);
    }
    for case in cases.refused {
        let error = link::read(&case.text).expect_err(&case.why).to_string();
        assert!(error.contains(&case.error), "{}: {error}", case.why);
        assert!(!error.chars().any(char::is_control), "{}: {error}", case.why);
    }
}

#[test]
fn links_have_largest_lengths() {
    let refused = |text: String, words: &str| {
        let error = link::read(&text).unwrap_err().to_string();
        assert!(error.contains(words), "{error}");
    };
    refused("0".repeat(link::MAX_LINK_BYTES + 1), "the text has 4097 bytes");
    refused(link::url(BASE, &payload(401)), "there are 974 digits");
    refused(BASE64URL_NOPAD.encode(&payload(401)), "carries 401 bytes");
    refused(format!("https://{}/#000", "a.".repeat(130) + "a"), "host of this address");
    assert_eq!(link::read(&BASE64URL_NOPAD.encode(&payload(400))).unwrap().payload, payload(400));
}

#[test]
fn links_are_found_in_texts() {
    let link = link::url(BASE, &payload(200));
    let read = |text: String| link::read(&text);
    let full = link::MAX_TEXT_BYTES - link.len() - 1;
    assert_eq!(read(format!("{} {link}", "a".repeat(full))).unwrap().payload, payload(200));
    assert_eq!(
        read(format!("{}  {link}", "a".repeat(full))),
        Err(link::LinkError::TooLong { bytes: 65_537 })
    );
    for text in
        ["#".repeat(60_000), "> \n".repeat(16_000), format!("a{}b", " ".repeat(60_000)), "1\n".repeat(30_000)]
    {
        assert_eq!(link::within(&text), Ok(None));
    }
    let escaped =
        link.replace("https://badges.example.org", "HTTP%3a%2f%2fLocalhost%3A8080").replace('#', "%23");
    let found = read(format!("https://social.example/add?url={escaped}&id=1")).unwrap();
    assert_eq!(found.host.as_deref(), Some("localhost:8080"));
    assert_eq!(
        read(format!("See ({}", &link["https://".len()..])).unwrap().host.as_deref(),
        Some("badges.example.org")
    );
    assert_eq!(
        read(format!("{link} {link}x")).unwrap_err().to_string(),
        read(format!("{link}x")).unwrap_err().to_string()
    );
    assert_eq!(read(format!("{link} {}", link::url(BASE, &payload(199)))), Err(link::LinkError::Several));
}

#[test]
fn urls_are_lower_case_where_scanners_need_it() {
    for (base, url) in [
        ("https://badges.example.org/v/#", "https://badges.example.org/v/#001"),
        ("https://badges.example.org/v/", "https://badges.example.org/v/#001"),
        ("HTTPS://Badges.Example.org/Repo/", "https://badges.example.org/Repo/#001"),
        ("https://badges.example.org", "https://badges.example.org#001"),
        ("https://badges.example.org/v#old", "https://badges.example.org/v#001"),
    ] {
        assert_eq!(link::url(base, &[1]), url);
    }
}

proptest! {
    #[test]
    fn any_payload_survives_digits_and_link(payload in prop::collection::vec(any::<u8>(), 1..=400)) {
        prop_assert_eq!(digits::decode(&digits::encode(&payload)), Ok(payload.clone()));
        let link = link::read(&link::url(BASE, &payload)).unwrap();
        prop_assert_eq!(link.host.as_deref(), Some("badges.example.org"));
        prop_assert_eq!(&link.payload, &payload);
    }

    #[test]
    fn digits_that_are_read_are_written_the_same(text in "[0-9]{0,60}") {
        if let Ok(payload) = digits::decode(&text) {
            prop_assert_eq!(digits::encode(&payload), text);
        }
    }

    #[test]
    fn any_text_is_read_or_refused_without_a_panic(text in "(https?://)?[a-z.:@/%#]{0,12}[#%]?\\PC{0,40}") {
        if let Err(error) = link::read(&text) {
            prop_assert!(!error.to_string().chars().any(char::is_control));
        }
    }
}
