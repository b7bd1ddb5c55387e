//! Texts in the language that was chosen: by the settings, or for once.

use typeproof::desk::Desk;
use typeproof::lessons::choice::check_source;
use typeproof::lessons::language::Language;
use typeproof::lessons::terms::Origin;
use typeproof::sitting::Task;
use typeproof::store::paths::Paths;
use typeproof::store::settings::Settings;
use typeproof::typing::exercise::{Exercise, Source};

fn desk(home: &tempfile::TempDir) -> Desk {
    Desk::at(Paths::below(home.path()), None)
}

/// What a free test of words is about, in the end.
fn words(desk: &mut Desk) -> Exercise {
    Exercise::clone(desk.sit(Task::Words(200)).unwrap().session().exercise())
}

#[test]
fn a_free_test_is_in_the_language_of_the_settings() {
    let home = tempfile::tempdir().unwrap();
    assert_eq!(words(&mut desk(&home)).source, Source::Words { list: "common".into(), count: 200 });
    for language in Language::ALL {
        desk(&home).keep_language(language).unwrap();
        let mut desk = desk(&home);
        let exercise = words(&mut desk);
        let list = language.common_words();
        assert_eq!(exercise.source, Source::Words { list: list.into(), count: 200 });
        let catalogue = desk.catalogue();
        let known = &catalogue.shelves().word_list(list, &Origin::Shipped).unwrap().words;
        let text = exercise.text.to_string();
        assert!(text.split(' ').all(|word| known.iter().any(|w| w == word)), "{text}");
    }
}

#[test]
fn a_language_for_once_is_not_kept() {
    let home = tempfile::tempdir().unwrap();
    let mut once = desk(&home);
    once.speak(Language::French);
    assert_eq!(once.language(), Language::French);
    assert_eq!(words(&mut once).source, Source::Words { list: "fr-common".into(), count: 200 });
    once.settings.live_stats = false;
    once.save_settings().unwrap();
    let settings = Settings::load(&Paths::below(home.path()).settings_file()).0;
    assert_eq!((settings.language, settings.live_stats), (None, false));
}

/// Who chose no language gets the one of the locale: texts, levels, lessons, and what the coach knows. A choice stays a choice.
#[test]
fn the_language_of_the_locale_holds_until_another_is_chosen() {
    for (locale, language) in [
        ("de_AT.UTF-8", Some(Language::German)),
        ("fr_CH", Some(Language::French)),
        ("es", Some(Language::Spanish)),
        ("en_GB.UTF-8", Some(Language::English)),
        ("it_IT.UTF-8", None),
        ("C.UTF-8", None),
        ("", None),
    ] {
        assert_eq!(Language::of_locale(locale), language, "{locale}");
        let home = tempfile::tempdir().unwrap();
        let mut usual = desk(&home).usually_in(language);
        let expected = language.unwrap_or_default();
        assert_eq!((usual.language(), usual.ground().language), (expected, expected.code().to_owned()));
        let list = expected.common_words();
        assert_eq!(words(&mut usual).source, Source::Words { list: list.into(), count: 200 });
        let suggestion = usual.suggestion().unwrap();
        assert_eq!(
            suggestion.why.contains(expected.name()),
            expected != Language::English,
            "{}",
            suggestion.why
        );
        let lesson = usual.course_progress("foundations").unwrap().lessons[0].named.language.clone();
        assert_eq!(lesson, expected.code());
        let next = usual.outlook().unwrap().level.unwrap().id;
        assert_eq!(next, expected.id("speed-20"));
        usual.keep_language(Language::English).unwrap();
        assert_eq!(desk(&home).usually_in(language).language(), Language::English, "what was chosen is kept");
    }
}

#[test]
fn a_list_of_ones_own_takes_the_place_of_that_of_its_language() {
    let home = tempfile::tempdir().unwrap();
    let lessons = Paths::below(home.path()).lessons_dir();
    std::fs::create_dir_all(&lessons).unwrap();
    std::fs::write(lessons.join("de-common.txt"), "Moin\nTach\n").unwrap();
    let mut desk = desk(&home);
    assert!(!words(&mut desk).text.to_string().contains("Moin"));
    desk.speak(Language::German);
    assert!(words(&mut desk).text.to_string().starts_with(['M', 'T']));
}

#[test]
fn a_level_has_texts_in_its_language_only() {
    let home = tempfile::tempdir().unwrap();
    let mut desk = desk(&home);
    let catalogue = desk.catalogue();
    for (id, language) in [
        ("speed-60", Language::English),
        ("de-speed-60", Language::German),
        ("fr-sprint-40", Language::French),
        ("es-speed-20", Language::Spanish),
    ] {
        let level = desk.level(id).unwrap();
        assert_eq!(level.language, language);
        assert_eq!(level.title.contains(&format!(" in {language} ")), language != Language::English);
        let stated = level.narrative.contains(&format!("The text is in {language}."));
        assert_eq!(stated, language != Language::English, "{}", level.narrative);
        let mut seen = std::collections::BTreeSet::new();
        // Three tests of five minutes take twelve passages.
        for _ in 0..3 {
            let exercise = desk.level_exercise(&level).unwrap();
            assert!(check_source(&level, &exercise, &catalogue), "{id}");
            let Source::Passages(ids) = &exercise.source else { panic!("passages") };
            for passage in ids {
                assert_eq!(
                    catalogue.shelves().passage(passage, &Origin::Shipped).unwrap().language,
                    language
                );
                seen.insert(passage.clone());
            }
        }
        assert!(seen.len() >= 3, "{id}: {seen:?}");
    }
    // A text of one language is none of a level of another, whatever the level's rules.
    let (english, german) = (desk.level("speed-60").unwrap(), desk.level("de-speed-60").unwrap());
    let text = desk.level_exercise(&english).unwrap();
    assert!(!check_source(&german, &text, &catalogue));
    let text = desk.level_exercise(&german).unwrap();
    assert!(!check_source(&english, &text, &catalogue));
}

#[test]
fn a_level_of_ones_own_says_its_language() {
    let home = tempfile::tempdir().unwrap();
    let lessons = Paths::below(home.path()).lessons_dir();
    std::fs::create_dir_all(&lessons).unwrap();
    let level = "[[level]]\nid = \"abend\"\ntitle = \"Abendkurs\"\nlanguage = \"de\"\n\
                 rules = { limit = { seconds = 60 } }\npass = { speed = 30, accuracy = 95 }\n";
    std::fs::write(lessons.join("kurs.toml"), format!("title = \"Kurs\"\n{level}")).unwrap();
    let mut desk = desk(&home);
    let level = desk.level("abend").unwrap();
    assert_eq!(level.title, "Own level “Abendkurs”: 30 WPM net in German at 95 % (1 minute)");
    assert!(
        level.narrative.starts_with("Copying passages that come with typeproof. The text is in German."),
        "{}",
        level.narrative
    );
    let exercise = desk.level_exercise(&level).unwrap();
    let Source::Passages(ids) = &exercise.source else { panic!("passages") };
    assert!(ids.iter().all(|id| id.starts_with("de-")), "{ids:?}");
}

#[test]
fn the_locale_names_a_language_or_none() {
    for (locale, language) in [
        ("de_AT.UTF-8", Some(Language::German)),
        ("fr", Some(Language::French)),
        ("es_MX@euro", Some(Language::Spanish)),
        ("en_GB.UTF-8", Some(Language::English)),
        ("DE-ch", Some(Language::German)),
        ("C", None),
        ("C.UTF-8", None),
        ("POSIX", None),
        ("", None),
        ("ded_XX", None),
        ("it_IT.UTF-8", None),
    ] {
        assert_eq!(Language::of_locale(locale), language, "{locale}");
    }
    for language in Language::ALL {
        assert_eq!(Language::of_code(language.code()), Some(language));
        assert_eq!(Language::of_id(&language.id("letter-01")), language);
        assert_eq!(Language::bare(&language.id("letter-01")), "letter-01");
    }
    assert_eq!("it".parse::<Language>().unwrap_err().to_string(), "expected one of en, de, fr, es");
}
