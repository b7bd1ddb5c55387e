//! Shipped levels: all load, none changes without a new version, and their texts are fit for a credential.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use typeproof::lessons::catalogue::Catalogue;
use typeproof::lessons::embedded;
use typeproof::lessons::language::Language;
use typeproof::lessons::level::Level;
use typeproof::lessons::terms::Origin;
use typeproof::lessons::wording::duration;

use super::{folder, read};

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

#[test]
fn shipped_files_have_no_problem() {
    let files = [
        (embedded::PATHWAYS, ".toml"),
        (embedded::EXAMS, ".toml"),
        (embedded::PASSAGES, ".toml"),
        (embedded::COURSES, ".toml"),
        (embedded::WORDS, ".txt"),
    ];
    let files: Vec<(String, &str)> = files
        .into_iter()
        .flat_map(|(files, ending)| files.iter().map(move |(name, text)| (format!("{name}{ending}"), *text)))
        .collect();
    let catalogue = Catalogue::embedded();
    let mut as_own = catalogue.clone();
    assert_eq!(as_own.extend(files.iter().map(|(name, text)| (name.as_str(), *text))), []);
    let own = as_own.all_levels().filter(|level| matches!(level.origin, Origin::Own(_))).count();
    assert_eq!(own, catalogue.all_levels().count(), "each level is read");
    assert_eq!(catalogue.shelves().exams().count(), embedded::EXAMS.len());
    assert_eq!(
        catalogue.pathways().map(|p| p.id.as_str()).collect::<Vec<_>>(),
        [
            "speed",
            "first-steps",
            "sprint",
            "office",
            "de-speed",
            "de-sprint",
            "fr-speed",
            "fr-sprint",
            "es-speed",
            "es-sprint"
        ]
    );
    for (id, _) in embedded::WORDS {
        assert!(catalogue.shelves().word_list(id, &Origin::Shipped).is_some(), "{id}");
    }
}

#[test]
fn the_id_of_a_shipped_level_is_in_one_pathway() {
    let mut homes: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let catalogue = Catalogue::embedded();
    for level in catalogue.all_levels() {
        homes.entry(&level.id).or_default().insert(&level.pathway);
    }
    homes.retain(|_, pathways| pathways.len() > 1);
    assert!(homes.is_empty(), "the first file with an id is not the only one: {homes:?}");
}

#[test]
fn every_file_of_a_folder_is_built_in() {
    for (name, extension, files) in [
        ("pathways", "toml", embedded::PATHWAYS),
        ("rules", "toml", embedded::EXAMS),
        ("words", "txt", embedded::WORDS),
        ("passages", "toml", embedded::PASSAGES),
        ("courses", "toml", embedded::COURSES),
    ] {
        let folders = std::iter::once(String::new()).chain(Language::ALL.map(|l| l.code().to_owned()));
        let folders = folders.map(|part| folder("lessons").join(name).join(part));
        let there: BTreeSet<String> = folders
            .filter_map(|folder| std::fs::read_dir(folder).ok())
            .flatten()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter_map(|file| Some(file.strip_suffix(&format!(".{extension}"))?.to_owned()))
            .collect();
        let built: BTreeSet<String> = files.iter().map(|(id, _)| (*id).to_owned()).collect();
        assert_eq!(there, built, "lessons/{name} and src/lessons/embedded.rs differ");
    }
}

#[test]
fn the_pathways_are_those_promised() {
    let catalogue = Catalogue::embedded();
    let speeds = |id: &str| -> Vec<u32> {
        let pathway = catalogue.pathways().find(|p| p.id == id).unwrap();
        catalogue.levels_of(pathway).map(|l| l.pass.speed.0 / 100).collect()
    };
    assert_eq!(speeds("speed"), [20, 25, 30, 35, 40, 45, 50, 60, 70, 80, 90, 100, 110, 120]);
    assert_eq!(speeds("first-steps"), [8, 10, 12, 14, 16, 18]);
    assert_eq!(speeds("sprint"), [20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120, 130, 140, 150]);
    assert_eq!(catalogue.level("speed-60").unwrap().title, "Typing 60 WPM at 97 % (5 minutes)");
    assert_eq!(catalogue.level("speed-20").unwrap().pass.accuracy.unwrap().0, 9_500);
    assert_eq!(catalogue.level("speed-120").unwrap().pass.accuracy.unwrap().0, 9_870);
    let floors: Vec<_> =
        catalogue.levels().filter(|l| l.pathway == "speed").map(|l| l.pass.accuracy).collect();
    assert!(floors.is_sorted());
    assert_eq!(catalogue.level("speed-60").unwrap().prerequisites, ["speed-50"]);
    assert_eq!(catalogue.level("speed-20").unwrap().prerequisites, ["first-steps-18"]);
    for level in catalogue.levels() {
        for id in &level.prerequisites {
            assert!(catalogue.level(id).is_some(), "{} asks for {id}", level.id);
        }
    }
}

#[test]
fn titles_carry_the_threshold_and_the_duration() {
    for level in Catalogue::embedded().levels() {
        let speed = format!("{} {}", level.pass.speed, level.rules.unit.name());
        assert!(level.title.contains(&speed), "{}: {}", level.id, level.title);
        assert!(level.title.contains(&duration(level.rules.limit)), "{}: {}", level.id, level.title);
        if let Some(accuracy) = level.pass.accuracy {
            assert!(level.title.contains(&format!("{accuracy} %")), "{}: {}", level.id, level.title);
        }
    }
}

#[test]
fn office_levels_say_that_they_are_not_issued_by_the_body() {
    let catalogue = Catalogue::embedded();
    for level in catalogue.levels().filter(|l| l.pathway == "office") {
        assert!(level.description.contains("Not issued, recognised or endorsed by "), "{}", level.id);
        let historic = level.id.starts_with("rsa-");
        assert_eq!(level.description.contains("no longer held"), historic, "{}", level.id);
    }
}

/// Every string anywhere in a value.
fn strings(value: &Value) -> Vec<&str> {
    match value {
        Value::String(s) => vec![s],
        Value::Array(items) => {
            assert!(!items.is_empty(), "an empty array");
            items.iter().flat_map(strings).collect()
        }
        Value::Object(members) => members.values().flat_map(strings).collect(),
        other => panic!("{other}: expected a string, an array or an object"),
    }
}

#[test]
fn constants_are_strings_without_braces_in_ascii() {
    for level in Catalogue::embedded().levels() {
        let constants = level.constants();
        for text in strings(&constants) {
            assert!(text.is_ascii() && !text.contains(['{', '}']), "{}: {text}", level.id);
            assert!(!text.is_empty() && !text.contains(char::is_control), "{}: {text:?}", level.id);
        }
        for part in ["typeproof metrics 1", "Gross speed is", "Net speed", "Accuracy is", "To pass: at least"]
        {
            assert!(level.narrative.contains(part), "{}: {}", level.id, level.narrative);
        }
        if let Some(accuracy) = level.pass.accuracy {
            assert!(level.narrative.contains(&format!("accuracy at least {accuracy} %")), "{}", level.id);
        }
    }
}

#[test]
fn the_constants_of_one_level_in_full() {
    let constants = Catalogue::embedded().level("speed-60").unwrap().constants();
    let expected: Value = serde_json::from_str(&read("tests/data/lessons/speed-60.json")).unwrap();
    assert_eq!(constants, expected, "now:\n{constants:#}");
}

#[test]
fn released_levels_do_not_change() {
    let pins: BTreeMap<String, String> =
        toml::from_str(&read("tests/data/lessons/level-digests.toml")).unwrap();
    let catalogue = Catalogue::embedded();
    let name = |l: &Level| format!("{}@{}", l.id, l.version);
    let now: BTreeMap<String, String> = catalogue.all_levels().map(|l| (name(l), hex(&l.digest()))).collect();
    for (name, pin) in &pins {
        let digest = now.get(name);
        assert!(
            digest == Some(pin),
            "level {name} is released and was changed (pinned {pin}, now {digest:?}). Badges refer to its texts: \
             keep it as it was, and give the changed level a new version beside it."
        );
    }
    let new: Vec<String> = now
        .iter()
        .filter(|(n, _)| !pins.contains_key(*n))
        .map(|(n, d)| format!("\"{n}\" = \"{d}\""))
        .collect();
    assert!(new.is_empty(), "levels without a pin; add to level-digests.toml:\n{}", new.join("\n"));
}

#[test]
fn references_name_one_level_each() {
    let catalogue = Catalogue::embedded();
    for level in catalogue.all_levels() {
        let found: Vec<_> = catalogue.by_reference(level.reference()).collect();
        assert_eq!(found, [level]);
        assert_eq!(level.reference(), level.digest()[..4]);
        assert_eq!(catalogue.level_version(&level.named()), Some(level));
    }
    assert_eq!(catalogue.by_reference([0; 4]).count(), 0);
}

#[test]
fn whatever_a_badge_states_changes_the_digest() {
    let level = Catalogue::embedded().level("speed-60").unwrap().clone();
    let changes: [fn(&mut Level); 9] = [
        |l| l.version = 2,
        |l| l.title.push('.'),
        |l| l.narrative.push('.'),
        |l| l.pass.speed.0 -= 1,
        |l| l.pass.accuracy = None,
        |l| l.rules.max_errors = Some(3),
        |l| l.valid_days += 1,
        |l| l.alignment.clear(),
        |l| l.source = typeproof::lessons::terms::TextSource::Words("common".to_owned()),
    ];
    for (i, change) in changes.iter().enumerate() {
        let mut changed = level.clone();
        change(&mut changed);
        assert_ne!(changed.digest(), level.digest(), "change {i}");
    }
    let same = Level { prerequisites: Vec::new(), origin: Origin::Former("x.toml".into()), ..level.clone() };
    assert_eq!(same.digest(), level.digest());
    let own = Level { origin: Origin::Own("x.toml".into()), ..level.clone() };
    assert_ne!(own.digest(), level.digest(), "a level of a user's file is another, whatever it says");
}
