//! From claim to credential to token and back: golden vectors pin every step, and nothing else is read.

use serde_json::{Value, json};
use typeproof::badge::carry::digits;
use typeproof::badge::carry::link;
use typeproof::badge::carry::symbol::Symbol;
use typeproof::badge::claim::{Claim, ClaimError, Figures, IssuerRef, Measured, Noted};
use typeproof::badge::credential::{self, IssuerProfile, Texts};
use typeproof::badge::holder::{HashedEmail, HolderName};
use typeproof::badge::token::Token;
use typeproof::badge::vc::canon;
use typeproof::store::settings::LOCAL_VERIFY_URL;
use typeproof::trust::{self, Assurance};

use crate::support::badges::{claim, figures, key};

fn texts() -> Texts {
    let constants = serde_json::from_str(include_str!("../../data/badge/level.json")).unwrap();
    Texts { constants, digest: [0xa1; 32], valid_days: 1_096 }
}

fn inline_issuer(claim: &Claim) -> IssuerProfile {
    let name = claim.name.as_ref().map(HolderName::as_str);
    IssuerProfile::inline(key().verifying_key().as_bytes(), name).unwrap()
}

fn issue(claim: &Claim) -> credential::Badge {
    credential::issue(claim, &texts(), &inline_issuer(claim), &key()).unwrap()
}

/// The claims whose whole way is pinned, by name.
fn golden_claims() -> Vec<(&'static str, Claim)> {
    let email = HashedEmail::new("Maria@Example.org", *b"saltsalt").unwrap();
    vec![
        ("self-assessed", claim()),
        ("with-e-mail", Claim { email: Some(email), ..claim() }),
        ("e-mail-only", Claim { name: None, email: Some(email), ..claim() }),
        (
            "every-extra",
            Claim {
                supervision: Assurance::Proctored.into(),
                valid_days: Some(365),
                issued_after_s: 86_400,
                exam: Some("2026-11/B".to_owned()),
                attempt: Some(2),
                ..claim()
            },
        ),
        (
            "remarks",
            Claim {
                measured: Measured::Test {
                    figures: figures(),
                    noted: Noted { together: 12, early: 3, wall_clock_s: 3_600 },
                },
                ..claim()
            },
        ),
        (
            "half-errors",
            Claim { measured: Measured::of_test(Figures { errors_x2: 5, ..figures() }), ..claim() },
        ),
    ]
}

#[test]
fn golden_vectors() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/badge/golden.json");
    let mut found = serde_json::Map::new();
    for (name, claim) in golden_claims() {
        let document = credential::document(&claim, &texts(), &inline_issuer(&claim)).unwrap();
        let badge = issue(&claim);
        let vector = json!({
            "claim": data_encoding::HEXLOWER.encode(&claim.to_bytes().unwrap()),
            "document": document,
            "jcs": String::from_utf8(canon::jcs(&document).unwrap()).unwrap(),
            "signature": data_encoding::HEXLOWER.encode(&badge.token[badge.token.len() - 64..]),
            "digits": digits::encode(&badge.token),
            "url": link::url("https://badges.example.org/v#", &badge.token),
            "proofs": badge.credential["proof"],
        });
        found.insert(name.to_owned(), vector);
    }
    let text = format!("{}\n", serde_json::to_string_pretty(&Value::Object(found)).unwrap());
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(path, &text).unwrap();
    }
    assert_eq!(std::fs::read_to_string(path).unwrap(), text, "what was issued must be rebuilt for ever");
}

#[test]
fn issued_and_rebuilt_are_the_same() {
    for (name, claim) in golden_claims() {
        let badge = issue(&claim);
        let read = Token::read(&badge.token).unwrap();
        assert_eq!(read.claim, claim, "{name}");
        let rebuilt = credential::rebuild(&read, &texts(), &inline_issuer(&claim)).unwrap();
        assert_eq!(rebuilt["proof"][0], badge.credential["proof"][1], "{name}: the JCS proof");
        let without = |mut c: Value| {
            c.as_object_mut().unwrap().shift_remove("proof");
            c
        };
        assert_eq!(without(rebuilt), without(badge.credential.clone()), "{name}");
    }
}

#[test]
fn budgets_hold() {
    let hinted = Claim {
        issuer: IssuerRef::Hint(trust::hint(&key().verifying_key())),
        supervision: Assurance::Proctored.into(),
        ..claim()
    };
    let length = |claim: &Claim| claim.to_bytes().unwrap().len() + 64;
    assert!(length(&hinted) <= 130, "trusted issuer: {} bytes", length(&hinted));
    assert!(length(&claim()) <= 158, "self-assessed: {} bytes", length(&claim()));
}

/// A link with both signatures fits a code that cameras still read, with the program's own address and a usual one; a
/// self-assessed badge with a name and an e-mail address takes the short link.
#[test]
fn both_signatures_fit_a_code() {
    let email = HashedEmail::new("maria@example.org", *b"saltsalt").unwrap();
    for (claim, fits) in [(claim(), true), (Claim { email: Some(email), ..claim() }, false)] {
        let badge = issue(&claim);
        let full = credential::full_token(&badge.token, &badge.credential).unwrap();
        assert_eq!(full.len(), badge.token.len() + 64);
        for base in [LOCAL_VERIFY_URL, "https://badges.example.org/v#"] {
            let version = Symbol::new(&link::url(base, &full)).map(|symbol| symbol.version());
            assert_eq!(version.is_ok_and(|v| (9..=10).contains(&v)), fits, "{base}: {} bytes", full.len());
        }
    }
}

#[test]
fn claims_that_cannot_be() {
    let figures = figures();
    let long = "x".repeat(17);
    let cases: Vec<(&str, Claim)> = vec![
        (
            "net above gross",
            Claim { measured: Measured::of_test(Figures { net_x100: 9_999, ..figures }), ..claim() },
        ),
        (
            "more right than typed",
            Claim { measured: Measured::of_test(Figures { right: 9_999, ..figures }), ..claim() },
        ),
        (
            "neither right nor wrong",
            Claim { measured: Measured::of_test(Figures { correct: 1, ..figures }), ..claim() },
        ),
        (
            "sums that do not fit",
            Claim {
                measured: Measured::of_test(Figures { correct: u32::MAX, incorrect_left: 1, ..figures }),
                ..claim()
            },
        ),
        (
            "sums that do not fit",
            Claim {
                measured: Measured::of_test(Figures { incorrect_fixed: u32::MAX, ..figures }),
                ..claim()
            },
        ),
        (
            "consistency",
            Claim { measured: Measured::of_test(Figures { consistency_bp: 10_001, ..figures }), ..claim() },
        ),
        ("before 2024", Claim { start_unix: 5, ..claim() }),
        ("examination", Claim { exam: Some(String::new()), ..claim() }),
        ("examination", Claim { exam: Some(long), ..claim() }),
        ("examination", Claim { exam: Some("a b".to_owned()), ..claim() }),
        ("names nobody", Claim { name: None, ..claim() }),
    ];
    for (why, claim) in cases {
        let error = claim.to_bytes().unwrap_err().to_string();
        assert!(error.contains(why), "{why}: {error}");
    }
}

#[test]
fn no_other_bytes_are_a_claim() {
    let token = issue(&claim()).token;
    for length in 0..token.len() {
        assert!(Token::read(&token[..length]).is_err(), "cut to {length} bytes");
    }
    let mut longer = token.clone();
    longer.push(0);
    assert!(Token::read(&longer).is_err(), "one byte more");
    let mut version = token.clone();
    version[0] = 2;
    assert_eq!(Token::read(&version).unwrap_err(), ClaimError::Version(2));
    // The first figure, net, in a longer form.
    let at = 2 + 4 + 32 + 1 + 16;
    let mut padded = token.clone();
    padded[at + 1] |= 0x80;
    padded.insert(at + 2, 0);
    assert!(Token::read(&padded).is_err(), "a varint in a longer form");
}

#[test]
fn names_and_addresses_that_are_refused() {
    let long = "x".repeat(41);
    for (name, why) in [
        ("", "empty"),
        ("  ", "empty"),
        (long.as_str(), "bytes long"),
        ("a\u{1b}[31m", "control"),
        ("a\u{202e}b", "control"),
        ("a{b", "brace"),
    ] {
        let error = HolderName::new(name).unwrap_err().to_string();
        assert!(error.contains(why), "{name:?}: {error}");
    }
    for address in ["", "a", "a@", "@b.c", "a@b", "a b@c.d", "a@b.c\n d"] {
        assert!(HashedEmail::new(address, [0; 8]).is_err(), "{address:?}");
    }
    assert_eq!(HolderName::new("  Zoë   K. ").unwrap().as_str(), "Zoë K.");
}

#[test]
fn the_specifications_identity_hash() {
    // Open Badges 3.0, IdentityHash: a@example.com with the salt Kosher.
    let hash = typeproof::badge::holder::hash("a@example.com", "Kosher");
    let expected = "b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399";
    assert_eq!(data_encoding::HEXLOWER.encode(&hash), expected);
}
