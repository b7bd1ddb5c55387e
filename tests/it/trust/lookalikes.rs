//! Names and words that look alike in whatever alphabet, and issuers that are refused for it.

use ed25519_dalek::SigningKey;
use typeproof::trust::{
    Assurance, Issuer, LOOKALIKES, TrustList, is_reserved, looks, looks_alike, multikey,
    speaks_of_supervision,
};

/// Names that a person takes for one another.
const ALIKE: [(&str, &str); 34] = [
    ("City College", "City College"),
    ("City College", "CITY COLLEGE"),
    ("City College", "City  College"),
    ("City College", "City\u{a0}College"),
    ("City College", "City-College"),
    ("City College", "City College."),
    ("City College", "CityCollege"),
    ("City College", "С\u{456}ty Соllеgе"),
    ("City College", "Ｃｉｔｙ Ｃｏｌｌｅｇｅ"),
    ("City College", "𝐂𝐢𝐭𝐲 𝐂𝐨𝐥𝐥𝐞𝐠𝐞"),
    ("City College", "ℂ𝕚𝕥𝕪 ℂ𝕠𝕝𝕝𝕖𝕘𝕖"),
    ("City College", "Ⓒⓘⓣⓨ Ⓒⓞⓛⓛⓔⓖⓔ"),
    ("City College", "🅲🅸🆃🆈 🅲🅾🅻🅻🅴🅶🅴"),
    ("City College", "ᴄɪᴛʏ ᴄᴏʟʟᴇɢᴇ"),
    ("City College", "City Co11ege"),
    ("City College", "City CoIIege"),
    ("City College", "City C0llege"),
    ("City College", "Cıty College"),
    ("City College", "Ϲity Ϲollege"),
    ("City College", "City Colle\u{581}e"),
    ("City College", "City Coll\u{ad}ege"),
    ("City College", "City Coll\u{200b}ege"),
    ("City College", "City Coll\u{202e}ege"),
    ("City College", "Cíty Cóllege"),
    ("Modern School", "Modem School"),
    ("Wessex", "VVessex"),
    ("Московский колледж", "Mocкoвcкий кoллeдж"),
    ("Αθήνα", "Aθήvα"),
    ("東京学院", "東京学院"),
    ("金口学院", "金囗学院"),
    ("כולל", "כולל."),
    ("مدرسة", "مدرﺳة"),
    ("O'Brien Academy", "O’Brien Academy"),
    ("Straße", "Strasse"),
];

/// Names that are told apart.
const APART: [(&str, &str); 11] = [
    ("City College", "City Colleges"),
    ("City College", "Town College"),
    ("City College", "College City"),
    ("School 2", "School 3"),
    ("Review Board", "Reviewers Board"),
    ("Московский колледж", "Московский лицей"),
    ("東京学院", "京都学院"),
    ("Αθήνα", "Πάτρα"),
    ("🎓", "🏫"),
    ("!", "?"),
    ("Bern", "Berlin"),
];

#[test]
fn names_that_look_alike_are_found_in_whatever_alphabet() {
    for (a, b) in ALIKE {
        // ß and ss are one in capitals alone, which is how such names are cut over doors.
        let (a, b) = if a == "Straße" { ("STRASSE", b) } else { (a, b) };
        assert!(looks_alike(a, b) && looks_alike(b, a), "{a:?} {b:?}: {:?} {:?}", looks(a), looks(b));
    }
    for (a, b) in APART {
        assert!(!looks_alike(a, b) && !looks_alike(b, a), "{a:?} {b:?}: {:?} {:?}", looks(a), looks(b));
    }
}

fn issuer(key: u8, name: &str) -> Issuer {
    let key = multikey::encode(&SigningKey::from_bytes(&[key; 32]).verifying_key());
    let text = format!(
        "name = {name:?}\nkey = \"{key}\"\nfrom = 2026-01-31\nstate = \"in-use\"\nhighest_assurance = \"reviewed\""
    );
    Issuer::parse("issuer.toml", &text).unwrap()
}

#[test]
fn an_issuer_that_looks_like_another_is_found_by_the_list() {
    let mut list = TrustList::default();
    list.add(issuer(1, "City College"));
    for name in ["City College", "С\u{456}ty Соllеgе", "City Co11ege", "Ｃｉｔｙ Ｃｏｌｌｅｇｅ"]
    {
        let (found, _) = list.alike(&issuer(2, name)).expect(name);
        assert_eq!(found.name, "City College");
        assert_eq!(list.alike(&issuer(1, name)), None, "the same key");
    }
    for name in ["Town College", "City Colleges"] {
        assert_eq!(list.alike(&issuer(2, name)), None, "{name}");
    }
}

#[test]
fn some_names_are_nobodys() {
    for name in [
        "yourself",
        "Yourself",
        "уоurѕеlf",
        "YOURSELF.",
        "ｙｏｕｒｓｅｌｆ",
        "you",
        "typeproof",
        "Typeproof Ltd",
        "ТуреРrооf",
        "type-proof",
        "𝓽𝔂𝓹𝓮𝓹𝓻𝓸𝓸𝓯",
        "Official typepr00f issuer",
        "a typeproof user",
        "The Holder",
        "ᴛʏᴘᴇᴘʀᴏᴏꜰ",
    ] {
        assert!(is_reserved(name), "{name}: {}", looks(name));
    }
    for name in ["City College", "Young Academy", "Type Foundry", "Proof Readers", "Ourselves Ltd"] {
        assert!(!is_reserved(name), "{name}");
    }
}

#[test]
fn words_of_supervision_are_found_in_whatever_letters() {
    for text in [
        "Supervision",
        "Supervised by a teacher",
        "ѕuреrvіѕіоn",
        "ＳＵＰＥＲＶＩＳＩＯＮ",
        "Su\u{ad}per\u{ad}vi\u{ad}sion",
        "SUPERVlSlON",
        "Proctoring",
        "рrосtоr: yes",
        "ⓟⓡⓞⓒⓣⓞⓡ",
        "Invigilated",
        "Reviewed by City College",
        "self assessed",
        "Beaufsichtigt",
        "AUFSICHT: ja",
        "u\u{308}berwacht",
    ] {
        assert!(speaks_of_supervision(text), "{text}: {}", looks(text));
    }
    for text in [
        "Net speed, WPM (gross less the penalty of the rules)",
        "Accuracy, percent",
        "Uncorrected errors",
        "",
    ] {
        assert!(!speaks_of_supervision(text), "{text}");
    }
    for (text, wanted) in [
        ("Proctored", Some(Assurance::Proctored)),
        ("рrосtоrеd", Some(Assurance::Proctored)),
        ("REVIEWED!", Some(Assurance::Reviewed)),
        ("self assessed", Some(Assurance::SelfAssessed)),
        ("not proctored", None),
        ("", None),
    ] {
        assert_eq!(Assurance::looking_like(text), wanted, "{text}");
    }
}

/// The table has every letter once, and none that is plain.
#[test]
fn the_table_of_letters_is_sound() {
    let table: std::collections::BTreeMap<String, String> = serde_json::from_str(LOOKALIKES).unwrap();
    let mut letters: Vec<char> = table.values().flat_map(|alike| alike.chars()).collect();
    let count = letters.len();
    letters.sort_unstable();
    letters.dedup();
    assert_eq!(letters.len(), count, "a letter stands twice");
    assert!(count > 900 && letters.iter().all(|letter| !letter.is_ascii()));
    assert_eq!(table.into_keys().collect::<String>(), ('a'..='z').collect::<String>());
}
