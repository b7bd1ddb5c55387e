//! The texts of an exam: of equal difficulty, new to each candidate, and the same in every room.

use std::collections::BTreeSet;

use typeproof::exam::passages::{Bank, Chosen, Text, TextsError, Whose, equal, warm_up};
use typeproof::lessons::amount::needed_graphemes;
use typeproof::lessons::catalogue::Catalogue;
use typeproof::lessons::language::Language;
use typeproof::typing::exercise::Source;
use typeproof::typing::rules::Limit;

use crate::support::exam::definition;

fn shipped() -> Bank {
    Bank::shipped(&[], Language::English, &Catalogue::embedded())
}

fn choose(bank: &Bank, more: &str, number: &str, attempt: u32, seen: &BTreeSet<String>) -> Chosen {
    bank.choose(&definition(more), Whose { number, attempt, seen }).unwrap()
}

#[test]
fn all_type_the_same_text_in_the_same_attempt_unless_it_is_not_new() {
    let (bank, more, nothing) = (shipped(), "[attempts]\nnumber = 2\n", BTreeSet::new());
    let first = choose(&bank, more, "17", 1, &nothing);
    assert_eq!(first, choose(&bank, more, "18", 1, &nothing));
    let second = choose(&bank, more, "17", 2, &nothing);
    assert!(first.keys.iter().all(|key| !second.keys.contains(key)));
    assert!(first.exercise.text.graphemes().len() + 1 >= needed_graphemes(&definition(more).rules));
    assert_eq!(first.exercise.source, Source::Passages(first.passages.clone()));
    // After a lost connection: neither the text of this attempt nor that of the next.
    let seen = first.keys.iter().cloned().collect();
    let fresh = choose(&bank, more, "17", 1, &seen);
    assert!(fresh.keys.iter().all(|key| !first.keys.contains(key) && !second.keys.contains(key)));
}

#[test]
fn each_has_another_text_and_never_one_twice() {
    let (bank, more) = (shipped(), "[passages]\npolicy = \"different\"\n");
    let mut firsts = BTreeSet::new();
    for number in ["17", "18", "19", "20"] {
        let mut seen = BTreeSet::new();
        let mut tests = 0;
        let why = loop {
            match bank.choose(&definition(more), Whose { number, attempt: 1, seen: &seen }) {
                Ok(chosen) => {
                    firsts.insert((tests == 0).then(|| chosen.passages.clone()));
                    assert!(
                        chosen.keys.iter().all(|key| seen.insert(key.clone())),
                        "a passage was shown twice"
                    );
                    tests += 1;
                }
                Err(why) => break why,
            }
        };
        assert!(tests >= 4, "{tests}");
        assert!(
            matches!(why, TextsError::UsedUp { .. }) && why.to_string().contains("add passages"),
            "{why}"
        );
    }
    assert!(firsts.len() > 3, "candidates have different texts: {firsts:?}");
}

#[test]
fn an_own_time_has_a_text_that_lasts() {
    let more = "[[accommodation]]\nnumber = \"17\"\nseconds = 900\n";
    let nothing = BTreeSet::new();
    let [long, short] = ["17", "18"].map(|number| choose(&shipped(), more, number, 1, &nothing));
    assert_eq!(long.exercise.rules.limit, Limit::Seconds(900));
    assert!(long.exercise.text.graphemes().len() + 1 >= needed_graphemes(&long.exercise.rules));
    assert!(short.exercise.text.graphemes().len() < long.exercise.text.graphemes().len());
}

#[test]
fn a_passage_is_known_by_its_words() {
    let text = |id: &str, text: &str| Text { id: id.into(), text: text.into() };
    let one = text("a", "Two  words\n");
    assert_eq!(one.key(), text("b", "Two words").key());
    assert_ne!(one.key(), text("a", "Two Words").key());
    assert_eq!(text("a", "Caf\u{e9}").key(), text("a", "Cafe\u{301}").key());
}

#[test]
fn what_is_harder_or_easier_is_left_out_and_said() {
    let mut texts = shipped().texts().to_vec();
    let (all, odd) = equal(&Bank::of(texts.clone()), Language::English);
    let kept = all.texts().len();
    assert!(kept * 10 >= texts.len() * 9, "{kept} of {}: {odd:?}", texts.len());
    texts.push(Text { id: "zz-figures".into(), text: "In 1984 it was 17 of 2,048, or 0.83 %. ".repeat(50) });
    texts.push(Text {
        id: "zz-shouting".into(),
        text: "THE OFFICE IS CLOSED ON FRIDAY AFTERNOON. ".repeat(50),
    });
    let (now, uneven) = equal(&Bank::of(texts), Language::English);
    assert_eq!(now.texts().len(), kept);
    let said: Vec<String> = uneven.iter().map(ToString::to_string).collect();
    assert!(
        said.iter().any(|s| s.contains("zz-figures")) && said.iter().any(|s| s.contains("zz-shouting")),
        "{said:?}"
    );
}

#[test]
fn a_warm_up_spends_no_passage() {
    let catalogue = Catalogue::embedded();
    let exercise = warm_up(&definition(""), "17", &catalogue).unwrap().unwrap();
    assert!(matches!(exercise.source, Source::Words { .. }));
    assert_eq!(exercise.rules.limit, Limit::Seconds(60));
    assert_eq!(warm_up(&definition("[warm-up]\nseconds = 0\n"), "17", &catalogue), Ok(None));
}

/// Banks that are refused, and what the refusal says.
const REFUSED: &[(&str, &str)] = &[
    ("", "it has no passage"),
    ("[[passage]]\nid = \"a\"\n", "missing field `text`"),
    ("[[passage]]\ntext = \"a\"\n", "missing field `id`"),
    ("[[passage]]\nid = \"A b\"\ntext = \"words\"\n", "line 2: id `A b`"),
    ("[[passage]]\nid = \"a\"\ntext = \" \"\n", "line 3: the text is empty"),
    ("[[passage]]\nid = \"a\"\ntext = \"x\u{fffd}\"\n", "was probably not UTF-8"),
    (
        "[[passage]]\nid = \"a\"\ntext = \"one\"\n[[passage]]\nid = \"a\"\ntext = \"two\"\n",
        "line 5: passage a is there twice",
    ),
    (
        "[[passage]]\nid = \"a\"\ntext = \"one\"\n[[passage]]\nid = \"b\"\ntext = \" one \"\n",
        "line 6: passage b has the text",
    ),
    ("[[passage]]\nid = \"a\"\ntext = \"one\"\ntitle = \"x\"\n", "title"),
    ("[[passages]]\nid = \"a\"\ntext = \"one\"\n", "passages"),
    ("[[passage]\n", "line 1"),
];

#[test]
fn banks_are_read_or_refused_with_the_line() {
    let bank = Bank::parse(
        "bank.toml",
        "[[passage]]\nid = \"b\"\ntext = \"two\"\n[[passage]]\nid = \"a\"\ntext = \"one\"\n",
    );
    let ids: Vec<String> = bank.unwrap().texts().iter().map(|text| text.id.clone()).collect();
    assert_eq!(ids, ["a", "b"]);
    for (text, says) in REFUSED {
        let why = Bank::parse("bank.toml", text).expect_err(text).to_string();
        assert!(why.contains(says), "{text:?}: {says:?} is not in: {why}");
    }
}
