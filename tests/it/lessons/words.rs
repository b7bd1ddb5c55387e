//! Word lists: common words of each language, spelt as dictionaries have them, never changed; and lists with mistakes.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::process::{Command, Stdio};

use serde::Deserialize;
use sha2::{Digest, Sha256};
use typeproof::coach::vocabulary::Vocabulary;
use typeproof::lessons::catalogue::Catalogue;
use typeproof::lessons::embedded;
use typeproof::lessons::language::Language;
use typeproof::lessons::shelves::shipped_layout;
use typeproof::lessons::terms::Origin;

use super::{folder, read};

fn words(id: &str) -> Vec<String> {
    Catalogue::embedded().shelves().word_list(id, &Origin::Shipped).expect(id).words.clone()
}

fn is(words: &[String], word: &str) -> bool {
    words.iter().any(|w| w == word)
}

/// The list holds what everybody writes: a whole list of rare words that an earlier one had is gone, and so is anything
/// that is no plain word.
#[test]
fn common_words_are_common() {
    let words = words("common");
    let rare = "squeezes mended weekday emptied scarcely cupboard biscuit inspected sideways staircase damp beforehand \
                seldom inspect fetch hangs folding friction upwards shelves repaired queue sticky lid numbered hut climbed \
                apologies fourteen rack borrowed tenth dial pencil hollow corrected stuffed bicycle slipped propose";
    for rare in rare.split_whitespace() {
        assert!(!is(&words, rare), "{rare}");
        assert!(is(&self::words("common-1"), rare), "{rare} was in the list before");
    }
    for word in "the and you get think want people going time work".split(' ') {
        assert!(is(&words, word), "{word} is missing");
    }
    for (at, word) in words.iter().enumerate() {
        assert!((1..=14).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_lowercase()), "{word}");
        assert!(!words[..at].contains(word), "{word} is there twice");
    }
}

/// What is known of the list of a language.
struct Known {
    language: Language,
    /// The letters of its words, capitals folded.
    letters: &'static str,
    /// Words that everybody uses.
    common: &'static str,
    /// Words that few use, ligatures that keyboards lack, names, abbreviations.
    absent: &'static str,
    /// The words at its beginning, in some order.
    first: &'static str,
}

const KNOWN: [Known; 3] = [
    Known {
        language: Language::German,
        letters: "abcdefghijklmnopqrstuvwxyzäöüß",
        common: "ich nicht haben gemacht heute größer Zeit Menschen Straße schließen möchte wieder Schule Frühling \
                 verstehen außerdem zwölf Wasser gegangen schönen dass müssen",
        absent: "daß muß usw Berlin Peter Rohrdommel Sauerteig zeit straße hinterfragen Dampfschiff",
        first: "der die und in den von zu das mit sich",
    },
    Known {
        language: Language::French,
        letters: "abcdefghijklmnopqrstuvwxyzàâçéèêîïôùû",
        common: "je pas être avec maintenant heure très beaucoup où été français même fenêtre comprendre où là garçon \
                 leçon prêt naître voilà",
        absent: "œuvre coeur etc Paris Pierre écluse aujourd'hui c'est sonnailles l'heure",
        first: "de la le et les à des en un du",
    },
    Known {
        language: Language::Spanish,
        letters: "abcdefghijklmnopqrstuvwxyzáéíñóú",
        common: "yo no está después también año mañana niño corazón día aquí quiero hacer siempre según pequeño árbol \
                 común fácil",
        absent: "sólo rió etc Madrid Pedro botijo acequia tréboles vosostros",
        first: "de la que el en y a los se del",
    },
];

#[test]
fn common_words_are_common_in_every_language() {
    for Known { language, letters, common, absent, first } in KNOWN {
        let words = words(language.common_words());
        assert!((1_500..=2_000).contains(&words.len()), "{language}: {}", words.len());
        for word in common.split_whitespace() {
            assert!(is(&words, word), "{language}: {word} is missing");
        }
        for word in absent.split_whitespace() {
            assert!(!is(&words, word), "{language}: {word}");
        }
        let first: BTreeSet<&str> = first.split(' ').collect();
        let begins: BTreeSet<&str> = words.iter().take(first.len()).map(String::as_str).collect();
        assert_eq!(begins, first, "{language}");
        let mut seen = BTreeSet::new();
        for word in &words {
            assert!(seen.insert(word), "{language}: {word} is there twice");
            assert!((1..=16).contains(&word.chars().count()), "{language}: {word}");
            let folded: Vec<char> = word.chars().flat_map(char::to_lowercase).collect();
            assert!(folded.iter().all(|c| letters.contains(*c)), "{language}: {word}");
            let capital = word.chars().any(char::is_uppercase);
            assert!(!capital || language == Language::German, "{language}: {word}");
            assert!(word.chars().skip(1).all(char::is_lowercase), "{language}: {word}");
        }
    }
}

/// The dictionaries are under licences of their own, so they are asked here and nothing of them is in the project.
#[test]
fn words_and_passages_are_spelt_as_dictionaries_have_them() {
    for (language, dictionary) in
        [(Language::German, "de_DE"), (Language::French, "fr"), (Language::Spanish, "es_ES")]
    {
        let known = folder("tests/data/lessons").join(format!("names-{}.txt", language.code()));
        let known = std::fs::read_to_string(known).unwrap();
        let known: BTreeSet<&str> = known.split_whitespace().collect();
        let catalogue = Catalogue::embedded();
        let mut text = words(language.common_words()).join("\n");
        for entry in catalogue.shelves().passages_in(language, &Origin::Shipped) {
            text.push('\n');
            text.push_str(&catalogue.shelves().passage(entry.id, &Origin::Shipped).unwrap().text);
        }
        let Some(unknown) = misspelt(&text, dictionary) else {
            println!(
                "SKIPPED: the spelling of {language} is not checked, since hunspell or its dictionary {dictionary} is not \
                 installed"
            );
            continue;
        };
        let strange: Vec<&String> = unknown.iter().filter(|word| !known.contains(word.as_str())).collect();
        assert!(strange.is_empty(), "{language}: {strange:?}");
        let gone: Vec<&&str> = known.iter().filter(|word| !text.contains(**word)).collect();
        assert!(gone.is_empty(), "{language}: {gone:?} are in no text");
    }
}

/// The words of a text that a dictionary does not know; `None` without hunspell or the dictionary.
fn misspelt(text: &str, dictionary: &str) -> Option<Vec<String>> {
    let command = Command::new("hunspell")
        .args(["-i", "utf-8", "-d", dictionary, "-l"])
        .env("LC_ALL", "C.UTF-8")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn();
    let mut checker = command.ok()?;
    let mut input = checker.stdin.take()?;
    let text = text.to_owned();
    let writer = std::thread::spawn(move || input.write_all(text.as_bytes()));
    let output = checker.wait_with_output().ok()?;
    let written = writer.join().unwrap().is_ok();
    let said = String::from_utf8(output.stdout).unwrap();
    (output.status.success() && written)
        .then(|| said.lines().map(|word| word.trim_end_matches('.').to_owned()).collect())
}

#[test]
fn a_misspelt_word_is_found() {
    let text = "Das ist ein Hauss und ein Haus.";
    match misspelt(text, "de_DE") {
        Some(found) => assert_eq!(found, ["Hauss"]),
        None => println!("SKIPPED: a misspelt word is not looked for, since hunspell is not installed"),
    }
    assert_eq!(misspelt(text, "no_SUCH"), None);
}

/// Everything of a language can be typed on the keyboard of its country.
#[test]
fn every_character_has_a_key_in_its_country() {
    let catalogue = Catalogue::embedded();
    for (language, layouts) in [
        (Language::English, ["us", "uk"].as_slice()),
        (Language::German, &["de"]),
        (Language::French, &["fr"]),
        (Language::Spanish, &["es"]),
    ] {
        let mut characters: BTreeMap<char, String> = BTreeMap::new();
        let lists =
            language.practice_words().iter().flat_map(|id| words(id).into_iter().map(|w| (w.clone(), w)));
        let passages = catalogue.shelves().passages_in(language, &Origin::Shipped).into_iter().map(|entry| {
            let passage = catalogue.shelves().passage(entry.id, &Origin::Shipped).unwrap();
            (passage.text.clone(), passage.id.clone())
        });
        for (text, whose) in lists.chain(passages) {
            for c in text.chars().filter(|c| *c != '\n') {
                characters.entry(c).or_insert_with(|| whose.clone());
            }
        }
        for layout in layouts {
            let keys = shipped_layout(layout).unwrap();
            for (c, whose) in &characters {
                assert!(*c == ' ' || keys.way(*c).is_some(), "{layout}: {c:?} of {whose} has no key");
            }
        }
    }
}

#[test]
fn released_lists_do_not_change() {
    let pins: BTreeMap<String, String> =
        toml::from_str(&read("tests/data/lessons/word-digests.toml")).unwrap();
    let digest =
        |text: &str| -> String { Sha256::digest(text).iter().take(16).map(|b| format!("{b:02x}")).collect() };
    let now: BTreeMap<String, String> =
        embedded::WORDS.iter().map(|(id, text)| ((*id).to_owned(), digest(text))).collect();
    let lines: String = now.iter().map(|(id, d)| format!("{id} = \"{d}\"\n")).collect();
    assert_eq!(
        now, pins,
        "a seed draws from a list as it was: keep that one under a name with a number, and name the pair in \
         EARLIER_WORDS. Now:\n{lines}"
    );
}

#[test]
fn a_seed_draws_the_same_words_of_every_language_for_ever() {
    for (id, drawn) in [
        ("de-common", "frische wieso Titel blaue verkaufen galt"),
        ("fr-common", "régulier élection progrès dormir terminer envoyé"),
        ("es-common", "personal usan hambre dejaba seguridad jueves"),
    ] {
        let catalogue = Catalogue::embedded();
        let list = catalogue.shelves().word_list(id, &Origin::Shipped).unwrap();
        assert_eq!(list.draw(6, 2_026), drawn, "{id}");
    }
}

/// The coach practises with small letters, so German nouns are not among its words.
#[test]
fn every_language_has_a_vocabulary_for_the_coach() {
    for Known { language, letters, .. } in KNOWN {
        let vocabulary = Vocabulary::of(language);
        assert!(vocabulary.words().len() > 1_200, "{language}: {}", vocabulary.words().len());
        let found: String = vocabulary.letters().iter().filter(|c| **c != ' ').collect();
        assert!(found.chars().all(|c| letters.contains(c)), "{language}: {found}");
        let commonest: Vec<char> =
            vocabulary.order().iter().take(3).map(|letter| vocabulary.letters()[*letter]).collect();
        let expected = match language {
            Language::German => ['e', 'n', 'i'],
            Language::French => ['e', 's', 'a'],
            _ => ['a', 'e', 'o'],
        };
        assert_eq!(commonest, expected, "{language}");
    }
}

#[derive(Deserialize)]
struct Said {
    /// What is said of each file.
    says: BTreeMap<String, Vec<String>>,
}

/// Each file is named by what is wrong with it.
#[test]
fn a_bad_list_says_what_is_wrong_with_it() {
    let said: Said = toml::from_str(&read("tests/data/lessons/bad-words/says.toml")).unwrap();
    let mut wrong = Vec::new();
    let files: BTreeSet<String> = std::fs::read_dir(folder("tests/data/lessons/bad-words"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".txt"))
        .collect();
    for name in &files {
        let text = read(&format!("tests/data/lessons/bad-words/{name}"));
        let mut catalogue = Catalogue::embedded();
        let problems: Vec<String> =
            catalogue.extend([(name.as_str(), text.as_str())]).iter().map(ToString::to_string).collect();
        let id = name.strip_suffix(".txt").unwrap();
        let own = Origin::Own(String::new());
        let left_out = catalogue.shelves().word_list(id, &own).is_none();
        let expected = said.says.get(name).cloned().unwrap_or_default();
        let expects_that = expected.iter().any(|said| said.ends_with("the file is left out"));
        if expected.is_empty() || problems != expected || left_out != expects_that {
            wrong.push(format!("\"{name}\" = {}", toml::Value::from(problems)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(said.says.keys().cloned().collect::<BTreeSet<_>>(), files);
    assert!(files.len() >= 8);
}
