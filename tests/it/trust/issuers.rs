//! Issuer files and the judgement over keys, dates and assurance.

use chrono::{DateTime, Utc};
use ed25519_dalek::{SigningKey, VerifyingKey};
use typeproof::trust::multikey;
use typeproof::trust::{
    Added, Assurance, EMBEDDED, Issuer, KeyTerm, Keys, KeysError, Life, MAX_KEYS, Standing, TrustList,
    checked_name, displayable, hint, is_displayable, looks_same, slug,
};

fn key(number: u8) -> VerifyingKey {
    SigningKey::from_bytes(&[number; 32]).verifying_key()
}

fn at(day: &str) -> DateTime<Utc> {
    format!("{day}T12:00:00Z").parse().unwrap()
}

fn issuer(number: u8, tail: &str) -> Issuer {
    let key = multikey::encode(&key(number));
    let text = format!("name = \"College {number}\"\nkey = \"{key}\"\nfrom = 2026-01-31\n{tail}");
    Issuer::parse("college.toml", &text).unwrap()
}

const IN_USE: &str = "state = \"in-use\"\nhighest_assurance = \"reviewed\"";
const RETIRED: &str = "state = \"retired\"\nuntil = 2026-06-30\nhighest_assurance = \"proctored\"";
const COMPROMISED: &str = "state = \"compromised\"\nsince = 2026-06-30\nhighest_assurance = \"proctored\"";

/// Each case is a block of `tests/data/trust/refused.txt`: what the message must hold, then a file.
#[test]
fn a_bad_issuer_file_is_refused_by_line_and_reason() {
    let cases = include_str!("../../data/trust/refused.txt");
    let mut count = 0;
    for case in cases.split("\n=== ").skip(1) {
        let (expected, text) = case.split_once('\n').unwrap();
        let error = Issuer::parse("bad.toml", text).expect_err(expected).to_string();
        // A whole sentence begins with the file's name, and then nothing else may be said.
        let fits =
            if expected.starts_with("bad.toml") { error == expected } else { error.contains(expected) };
        assert!(error.starts_with("bad.toml") && fits, "expected {expected:?} in {error:?}");
        count += 1;
    }
    assert!(count >= 60, "{count} cases");
    let long = format!("# {}\n", "x".repeat(10_000));
    assert!(Issuer::parse("long.toml", &long).unwrap_err().to_string().contains("longer than 8192 bytes"));
}

#[test]
fn every_small_order_key_is_refused() {
    // The encodings of the eight points of small order (Hacl, Cremers and Jackson, "Prime, order please!", 2019).
    let points = [
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
    ];
    for point in points {
        let bytes = data_encoding::HEXLOWER.decode(point.as_bytes()).unwrap();
        let multikey = format!("z{}", bs58::encode([&[0xed, 0x01][..], &bytes].concat()).into_string());
        let text = format!("name = \"Weak\"\nkey = \"{multikey}\"\nfrom = 2026-01-31\n{IN_USE}");
        let error = Issuer::parse("weak.toml", &text).unwrap_err().to_string();
        assert!(
            error.starts_with("weak.toml, line 2: ") && error.contains("anybody can sign with this key"),
            "{point}: {error}"
        );
    }
}

#[test]
fn an_issuer_is_written_and_read_back_equal() {
    let full = "url = \"https://college.example\"\ndid = \"did:web:college.example\"\n\
                status_list = \"https://college.example/status\"\n";
    for tail in [IN_USE, RETIRED, COMPROMISED, &format!("{full}{IN_USE}"), &format!("{full}{RETIRED}")] {
        let issuer = issuer(1, tail);
        assert_eq!(Issuer::parse("again", &issuer.to_toml()).as_ref(), Ok(&issuer), "{}", issuer.to_toml());
        assert!(issuer.file_name().starts_with("college-1-") && issuer.file_name().ends_with(".toml"));
    }
    let odd = Issuer { name: "\"Q\" \\ 'é' 漢".to_owned(), ..issuer(2, IN_USE) };
    assert_eq!(Issuer::parse("odd", &odd.to_toml()).as_ref(), Ok(&odd));
    assert!(odd.file_name().starts_with("q-"), "{}", odd.file_name());
}

#[test]
fn the_example_of_the_folder_parses_and_every_file_there_is_embedded() {
    let readme = include_str!("../../../keys/README.md");
    let examples = readme.split("```toml\n").skip(1).map(|rest| rest.split("```").next().unwrap());
    let read = |example| Issuer::parse("README.md", example).unwrap();
    let found: Vec<(Assurance, usize)> =
        examples.map(read).map(|issuer| (issuer.highest_assurance, issuer.keys.count())).collect();
    assert_eq!(found, [(Assurance::Proctored, 1), (Assurance::Proctored, 2)]);
    let (list, errors) = TrustList::embedded();
    assert_eq!(errors, []);
    assert_eq!(list.issuers().len(), EMBEDDED.len(), "one key, one file");
    let dir = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("keys");
    for entry in std::fs::read_dir(dir).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let listed = EMBEDDED.iter().any(|(file, _)| *file == name);
        assert!(!name.ends_with(".toml") || listed, "{name} is not embedded");
    }
}

#[test]
fn a_key_is_judged_by_its_life_and_highest_assurance() {
    use Assurance::{Proctored, Reviewed, SelfAssessed};
    let mut list = TrustList::default();
    for (number, tail) in [(1, IN_USE), (2, RETIRED), (3, COMPROMISED), (4, IN_USE)] {
        assert_eq!(list.add(issuer(number, tail)), Added::New);
    }
    list.add_yourself(key(4));
    let cases = [
        (1, "2026-01-31", Reviewed, "Trusted"),
        (1, "2026-01-30", Reviewed, "TooEarly"),
        (1, "2026-02-01", SelfAssessed, "Trusted"),
        (1, "2026-02-01", Proctored, "AboveHighestAssurance"),
        (2, "2026-06-30", Proctored, "Trusted"),
        (2, "2026-07-01", SelfAssessed, "Retired"),
        (2, "2026-01-30", SelfAssessed, "TooEarly"),
        (3, "2026-02-01", SelfAssessed, "Compromised"),
        (3, "2026-07-01", Proctored, "Compromised"),
        (3, "2020-01-01", Proctored, "Compromised"),
        (4, "2026-02-01", SelfAssessed, "Yourself"),
        (4, "2026-02-01", Proctored, "Yourself"),
        (5, "2026-02-01", SelfAssessed, "Unknown"),
    ];
    for (number, day, assurance, expected) in cases {
        let standing = list.judge(&key(number), at(day), assurance);
        let name = format!("{standing:?}");
        assert_eq!(name.split('(').next(), Some(expected), "key {number} on {day}, {assurance}");
        assert_eq!(matches!(standing, Standing::Trusted(_)), expected == "Trusted");
    }
}

#[test]
fn a_users_file_prevails_but_a_compromised_key_stays_so() {
    let mut list = TrustList::default();
    assert_eq!(list.add(issuer(1, IN_USE)), Added::New);
    assert_eq!(list.add(issuer(1, COMPROMISED)), Added::Replaced);
    assert_eq!(list.add(issuer(1, IN_USE)), Added::StaysStricter);
    assert_eq!(list.add(issuer(1, RETIRED)), Added::StaysStricter);
    assert!(matches!(list.find(&key(1)).unwrap().1.life, Life::Compromised { .. }));
    assert_eq!(list.issuers().len(), 1);
}

#[test]
fn the_stricter_life_of_a_key_wins_whatever_the_order() {
    let earlier = RETIRED.replace("06-30", "05-31");
    let lives = [IN_USE, RETIRED, &earlier, COMPROMISED];
    for (n, strict) in lives.iter().enumerate() {
        for mild in &lives[..n] {
            for (first, second, added) in
                [(strict, mild, Added::StaysStricter), (mild, strict, Added::Replaced)]
            {
                let mut list = TrustList::default();
                list.add(issuer(1, first));
                assert_eq!(list.add(issuer(1, second)), added, "{first:?} then {second:?}");
                assert_eq!(list.issuers(), [issuer(1, strict)]);
            }
        }
    }
}

/// An issuer with a key of each life: 1 in use, 2 retired, 3 compromised, named by their seeds.
fn with_keys(name: &str, keys: &[(u8, &str)]) -> Issuer {
    let entry = |(number, life): &(u8, &str)| {
        format!("\n[[keys]]\nkey = \"{}\"\nfrom = 2026-01-31\n{life}\n", multikey::encode(&key(*number)))
    };
    let entries: String = keys.iter().map(entry).collect();
    let text = format!("name = \"{name}\"\nhighest_assurance = \"proctored\"\n{entries}");
    Issuer::parse("college.toml", &text).unwrap()
}

const USED: &str = "state = \"in-use\"";
const ENDED: &str = "state = \"retired\"\nuntil = 2026-06-30";
const LOST: &str = "state = \"compromised\"\nsince = 2026-06-30";

#[test]
fn each_key_of_an_issuer_is_judged_by_its_own_life() {
    let mut list = TrustList::default();
    assert_eq!(list.add(with_keys("College", &[(1, ENDED), (2, USED), (3, LOST)])), Added::New);
    let cases = [
        (1, "2026-06-30", "Trusted"),
        (1, "2026-07-01", "Retired"),
        (1, "2026-01-30", "TooEarly"),
        (2, "2026-07-01", "Trusted"),
        (2, "2026-01-30", "TooEarly"),
        (3, "2026-02-01", "Compromised"),
        (3, "2026-07-01", "Compromised"),
        (4, "2026-02-01", "Unknown"),
    ];
    for (number, day, expected) in cases {
        let standing = format!("{:?}", list.judge(&key(number), at(day), Assurance::Proctored));
        assert_eq!(standing.split('(').next(), Some(expected), "key {number} on {day}");
    }
    for number in 1..=3 {
        assert_eq!(list.by_hint(hint(&key(number))), [key(number)]);
        assert_eq!(list.by_key(&key(number)).map(|issuer| issuer.name.as_str()), Some("College"));
    }
    list.add_yourself(key(2));
    list.add_yourself(key(8));
    for number in [2, 8] {
        assert_eq!(list.judge(&key(number), at("2026-02-01"), Assurance::Proctored), Standing::Yourself);
        assert_eq!(list.by_hint(hint(&key(number))), [key(number)], "once");
    }
    let late = list.judge(&key(1), at("2026-07-01"), Assurance::Proctored);
    assert!(matches!(late, Standing::Retired(issuer) if issuer.keys.count() == 3));
}

#[test]
fn several_keys_are_written_and_read_back_in_their_order() {
    let several = with_keys("College", &[(2, USED), (1, ENDED), (3, LOST)]);
    let text = several.to_toml();
    assert_eq!(Issuer::parse("again", &text).as_ref(), Ok(&several), "{text}");
    assert_eq!(text.matches("[[keys]]").count(), 3);
    let numbers: Vec<VerifyingKey> = several.keys.iter().map(|term| term.key).collect();
    assert_eq!(numbers, [key(2), key(1), key(3)]);
    assert!(several.file_name().ends_with(&format!("{}.toml", &multikey::encode(&key(2))[40..])));
    let elsewhere = Issuer { did: Some("did:web:college.example".to_owned()), ..several };
    assert_eq!(Issuer::parse("again", &elsewhere.to_toml()), Ok(elsewhere));
    // One key has one form, whichever its file had.
    let one = with_keys("College", &[(1, USED)]);
    let multikey = multikey::encode(&key(1));
    assert_eq!(
        one.to_toml(),
        format!(
            "name = \"College\"\nkey = \"{multikey}\"\nfrom = 2026-01-31\nstate = \"in-use\"\n\
             highest_assurance = \"proctored\"\n"
        )
    );
}

#[test]
fn keys_that_cannot_be_of_one_issuer() {
    let term =
        |number: u8| KeyTerm { key: key(number), from: "2026-01-31".parse().unwrap(), life: Life::InUse };
    assert_eq!(Keys::new([]).unwrap_err(), KeysError::Empty);
    assert_eq!(Keys::new([term(1), term(2), term(1)]).unwrap_err(), KeysError::Twice);
    let most: Vec<KeyTerm> = (1..=16).map(term).collect();
    assert_eq!(Keys::new(most.clone()).unwrap().count(), MAX_KEYS);
    assert_eq!(Keys::new(most.into_iter().chain([term(17)])).unwrap_err(), KeysError::TooMany);
    let entries: Vec<(u8, &str)> = (1..=17).map(|number| (number, USED)).collect();
    let entry = |number| {
        format!("[[keys]]\nkey = \"{}\"\nfrom = 2026-01-31\n{USED}\n", multikey::encode(&key(number)))
    };
    let text: String = entries.iter().map(|(number, _)| entry(*number)).collect();
    let text = format!("name = \"College\"\nhighest_assurance = \"reviewed\"\n{text}");
    assert_eq!(
        Issuer::parse("many.toml", &text).unwrap_err().to_string(),
        "many.toml, line 68: there are more than 16 keys; leave out those whose badges have expired"
    );
    let one = Keys::from(term(1));
    assert_eq!(one.retained(|_| false), None);
    assert_eq!(one.retained(|_| true), Some(one));
}

/// A file decides for the keys that it names, and for no others; a key known as worse stays with whoever had it.
#[test]
fn a_file_takes_over_its_keys_and_leaves_the_others() {
    let mut list = TrustList::default();
    list.add(with_keys("First", &[(1, USED), (2, ENDED), (3, LOST)]));
    list.add(with_keys("Other", &[(9, USED)]));
    let added = list.add_each(with_keys("Second", &[(1, ENDED), (2, USED), (3, USED), (4, USED)]));
    let expected = [Added::Replaced, Added::StaysStricter, Added::StaysStricter, Added::New];
    assert_eq!(added, [1, 2, 3, 4].map(key).into_iter().zip(expected).collect::<Vec<_>>());
    let of = |number| {
        let (issuer, term) = list.find(&key(number)).unwrap();
        (issuer.name.as_str(), format!("{:?}", term.life).split(' ').next().unwrap().to_owned())
    };
    assert_eq!(of(1), ("Second", "Retired".to_owned()));
    assert_eq!(of(2), ("First", "Retired".to_owned()));
    assert_eq!(of(3), ("First", "Compromised".to_owned()));
    assert_eq!(of(4), ("Second", "InUse".to_owned()));
    let names: Vec<&str> = list.issuers().iter().map(|issuer| issuer.name.as_str()).collect();
    assert_eq!(names, ["Second", "First", "Other"]);
    // Nothing of a file counts whose keys are all known as worse.
    assert_eq!(list.add(with_keys("Third", &[(2, USED), (3, ENDED)])), Added::StaysStricter);
    assert!(list.issuers().iter().all(|issuer| issuer.name != "Third"));
}

#[test]
fn a_hint_finds_every_key_that_has_it_and_no_other() {
    let mut list = TrustList::default();
    for number in 1..=3 {
        list.add(issuer(number, IN_USE));
    }
    list.add_yourself(key(9));
    for number in [1, 2, 3, 9] {
        assert_eq!(list.by_hint(hint(&key(number))), [key(number)]);
    }
    assert_eq!(list.by_hint(hint(&key(10))), []);
    list.add(issuer(9, IN_USE));
    assert_eq!(list.by_hint(hint(&key(9))), [key(9)], "listed and own: once");
}

#[test]
fn names_are_trimmed_and_deceptive_ones_refused() {
    assert_eq!(checked_name("  Ada   Lovelace ").unwrap(), "Ada Lovelace");
    assert_eq!(checked_name("Zoe\u{308}").unwrap(), "Zoë");
    assert!(checked_name(&"é".repeat(64)).is_ok());
    let combining = format!("a{}", "\u{301}".repeat(300));
    for bad in [
        "",
        "   ",
        "a\u{1b}[31mb",
        "a\nb",
        "a\u{202e}b",
        "a\u{2066}b",
        "\u{feff}a",
        "a\u{9b}b",
        "a\0",
        &combining,
    ] {
        assert!(checked_name(bad).is_err(), "{bad:?}");
    }
    assert!(checked_name(&"a".repeat(65)).is_err());
    assert!(!is_displayable("a\u{2028}b"));
}

#[test]
fn nothing_invisible_stands_in_a_name() {
    let invisible = [
        '\u{ad}',
        '\u{34f}',
        '\u{61c}',
        '\u{115f}',
        '\u{1160}',
        '\u{17b4}',
        '\u{17b5}',
        '\u{180b}',
        '\u{180e}',
        '\u{180f}',
        '\u{200b}',
        '\u{200c}',
        '\u{200d}',
        '\u{200e}',
        '\u{2060}',
        '\u{2064}',
        '\u{206f}',
        '\u{2800}',
        '\u{3164}',
        '\u{fe00}',
        '\u{fe0f}',
        '\u{feff}',
        '\u{ffa0}',
        '\u{fff0}',
        '\u{fffb}',
        '\u{1bca0}',
        '\u{1d173}',
        '\u{e0000}',
        '\u{e0041}',
        '\u{e01ef}',
        '\u{e0fff}',
    ];
    for c in invisible {
        for name in
            [format!("{c}"), format!("Mar{c}ia"), format!("Maria Lindqvist{c}"), format!("\u{41c}{c}\u{430}")]
        {
            assert!(checked_name(&name).is_err(), "{name:?}");
            assert!(!displayable(&name).contains(c), "{name:?}");
        }
    }
    for nothing in ["\u{301}", " \u{301}\u{300} ", "\u{a0}", "\u{202f}\u{2003}"] {
        assert!(checked_name(nothing).is_err(), "{nothing:?}");
    }
    // Joiners where a script needs them: Persian, Sinhala, Malayalam.
    for name in [
        "\u{645}\u{6cc}\u{200c}\u{62e}\u{648}\u{627}\u{647}\u{645}",
        "\u{dc1}\u{dca}\u{200d}\u{dbb}\u{dd3}",
        "\u{d28}\u{d4d}\u{200d}\u{d2e}",
    ] {
        assert_eq!(checked_name(name).as_deref(), Ok(name));
        assert!(checked_name(&format!("{name}\u{200d}")).is_err(), "at the end");
    }
}

#[test]
fn names_that_look_the_same() {
    for (a, b) in [
        ("City College", " city  COLLEGE "),
        ("Zoe\u{308}", "zo\u{eb}"),
        ("\u{ff23}ity", "City"),
        ("Ci\u{200b}ty", "City"),
    ] {
        assert!(looks_same(a, b), "{a:?} {b:?}");
    }
    assert!(!looks_same("City College", "City Collage"));
}

#[test]
fn slugs_hold_only_what_every_file_system_takes() {
    let cases = [
        ("Speed 60!", 20, "speed-60"),
        ("../../etc", 20, "etc"),
        ("é漢", 20, ""),
        ("a---b", 20, "a-b"),
        ("ab cd", 3, "ab"),
    ];
    for (text, limit, expected) in cases {
        assert_eq!(slug(text, limit), expected, "{text:?}");
    }
}

#[test]
fn assurance_is_ordered_and_has_one_word_each() {
    assert!(Assurance::SelfAssessed < Assurance::Reviewed && Assurance::Reviewed < Assurance::Proctored);
    for assurance in Assurance::ALL {
        assert_eq!(Assurance::from_word(assurance.as_str()), Some(assurance));
        assert_eq!(serde_json::to_value(assurance).unwrap(), assurance.as_str());
    }
    assert_eq!(Assurance::from_word("Proctored"), None);
}
