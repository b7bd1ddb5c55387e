//! Choosing a text: the frozen generator, chains of passages, words, and recognising a level's text.

use std::collections::BTreeMap;
use std::sync::Arc;

use proptest::prelude::*;
use typeproof::lessons::catalogue::Catalogue;
use typeproof::lessons::choice::{
    ChoiceError, chain, check_source, choose, exercise_for, free_words, needed_graphemes,
};
use typeproof::lessons::generator::Generator;
use typeproof::lessons::level::Level;
use typeproof::lessons::terms::{Origin, TextSource};
use typeproof::typing::exercise::{Exercise, Source};
use typeproof::typing::rules::{Limit, Rules};
use typeproof::typing::text::Text;

#[test]
fn the_generator_is_frozen() {
    // The first three outputs for seed 1234567 are those of the reference implementation (prng.di.unimi.it).
    let mut g = Generator::new(1_234_567);
    assert_eq!(
        [g.next(), g.next(), g.next()],
        [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]
    );
    let mut g = Generator::new(0);
    assert_eq!(g.next(), 0xe220_a839_7b1d_cdaf);
    let mut g = Generator::new(7);
    assert_eq!((0..8).map(|_| g.below(10)).collect::<Vec<_>>(), [3, 0, 9, 5, 4, 2, 4, 3]);
    let mut items = [0, 1, 2, 3, 4, 5, 6, 7];
    Generator::new(42).shuffle(&mut items);
    assert_eq!(items, [4, 3, 2, 0, 7, 6, 1, 5]);
    assert_eq!((g.below(0), g.below(1)), (0, 0));
}

#[test]
fn a_seed_means_the_same_text_for_ever() {
    let catalogue = Catalogue::embedded();
    let level = catalogue.level("speed-60").unwrap();
    let exercise = choose(level, 2_026, &[], &catalogue).unwrap();
    let Source::Passages(ids) = &exercise.source else { panic!("passages") };
    assert_eq!(ids, &["instruction-01", "minutes-04", "instruction-03", "instruction-05"]);
    for (id, words) in [
        ("common-1", "hear ones slip turning carries cheese"),
        ("common", "lot possible himself person education suggest"),
    ] {
        let list = catalogue.shelves().word_list(id, &Origin::Shipped).unwrap();
        assert_eq!(list.draw(6, 2_026), words);
    }
}

#[test]
fn a_chain_lasts_for_the_fastest_and_repeats_nothing() {
    let catalogue = Catalogue::embedded();
    for level in catalogue.levels() {
        let exercise = choose(level, 5, &[], &catalogue).unwrap();
        assert!(exercise.text.graphemes().len() + 1 >= needed_graphemes(&level.rules), "{}", level.id);
        assert!(check_source(level, &exercise, &catalogue), "{}", level.id);
    }
}

#[test]
fn nobody_sees_a_passage_again_before_all_were_seen() {
    let catalogue = Catalogue::embedded();
    let level = catalogue.level("sprint-60").unwrap();
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    for seed in 0..144 {
        let list: Vec<_> = seen.clone().into_iter().collect();
        let exercise = choose(level, seed, &list, &catalogue).unwrap();
        let Source::Passages(ids) = exercise.source else { panic!("passages") };
        for id in ids {
            *seen.entry(id).or_default() += 1;
        }
        let most = seen.values().max().unwrap();
        let least = if seen.len() == 48 { *seen.values().min().unwrap() } else { 0 };
        assert!(most - least <= 1, "after {seed}: {seen:?}");
    }
    assert!(seen.values().all(|n| *n == 3));
}

proptest! {
    #[test]
    fn a_chain_is_of_different_known_ids_least_seen_first(
        seed: u64,
        needed in 0usize..3_000,
        times in prop::collection::vec(0u32..4, 12),
    ) {
        let ids: Vec<String> = (0..12).map(|i| format!("p-{i}")).collect();
        let names: Vec<&str> = ids.iter().map(String::as_str).collect();
        let seen: Vec<(String, u32)> = ids.iter().cloned().zip(times).collect();
        let chosen = chain(&names, &seen, seed, needed, |_| 199);
        prop_assert_eq!(chosen.len(), needed.div_ceil(200).min(12));
        let of = |id: &String| seen.iter().find(|(n, _)| n == id).unwrap().1;
        prop_assert!(chosen.iter().map(of).is_sorted());
        let mut sorted = chosen.clone();
        sorted.sort();
        sorted.dedup();
        prop_assert_eq!(sorted.len(), chosen.len());
        prop_assert_eq!(chosen, chain(&names, &seen, seed, needed, |_| 199));
    }

    #[test]
    fn below_is_below(seed: u64, bound in 1u64..) {
        prop_assert!(Generator::new(seed).below(bound) < bound);
    }
}

/// What is not the text of a level, made from what is.
fn forged(exercise: &Exercise, change: impl Fn(&mut Exercise)) -> Exercise {
    let mut other = exercise.clone();
    change(&mut other);
    other
}

#[test]
fn other_texts_are_recognised() {
    let catalogue = Catalogue::embedded();
    let level = catalogue.level("speed-60").unwrap();
    let exercise = choose(level, 9, &[], &catalogue).unwrap();
    let Source::Passages(ids) = exercise.source.clone() else { panic!("passages") };
    let lookalikes = exercise.lookalikes;
    let text = |t: &str| Text::new(t, lookalikes).unwrap();
    let passage = |id: &str| catalogue.shelves().passage(id, &Origin::Shipped).unwrap().text.clone();
    let joined = |ids: &[String]| text(&ids.iter().map(|id| passage(id)).collect::<Vec<_>>().join("\n"));
    let twice = vec![ids[0].clone(); 4];
    let refused = [
        forged(&exercise, |e| e.text = text("a a a a a a")),
        forged(&exercise, |e| e.text = text(&e.text.to_string().to_lowercase())),
        forged(&exercise, |e| e.source = Source::Own("notes.txt".into())),
        forged(&exercise, |e| e.source = Source::Words { list: "common".into(), count: 1_320 }),
        forged(&exercise, |e| e.source = Source::Passages(ids.iter().rev().cloned().collect())),
        forged(&exercise, |e| e.source = Source::Passages(vec![])),
        forged(&exercise, |e| e.source = Source::Passages(vec!["no-such".into()])),
        forged(&exercise, |e| e.lookalikes = typeproof::typing::text::Lookalikes::Exact),
        forged(&exercise, |e| (e.source, e.text) = (Source::Passages(ids[..1].to_vec()), joined(&ids[..1]))),
        forged(&exercise, |e| (e.source, e.text) = (Source::Passages(twice.clone()), joined(&twice))),
    ];
    for (i, other) in refused.iter().enumerate() {
        assert!(!check_source(level, other, &catalogue), "forgery {i}");
    }
    let key = catalogue.level("ten-key-8000").unwrap();
    let numbers = choose(key, 9, &[], &catalogue).unwrap();
    assert!(check_source(key, &numbers, &catalogue));
    assert!(
        !check_source(key, &forged(&numbers, |e| e.seed = 10), &catalogue),
        "another seed, other numbers"
    );
    assert!(!check_source(level, &numbers, &catalogue));
    assert!(!check_source(key, &exercise, &catalogue));
}

#[test]
fn what_cannot_be_chosen_is_said() {
    let catalogue = Catalogue::embedded();
    let level = catalogue.level("speed-60").unwrap();
    let error = exercise_for(level, &["nope".to_owned()], 1, &catalogue).unwrap_err();
    assert_eq!(
        error.to_string(),
        "passage `nope` is not one that level `speed-60` can use: choose passages of its kinds, each once"
    );
    assert_eq!(exercise_for(level, &[], 1, &catalogue), Err(ChoiceError::NoPassage("speed-60".into())));
    let mut lost = level.clone();
    lost.source = TextSource::Words("klingon".into());
    assert_eq!(
        choose(&lost, 1, &[], &catalogue).unwrap_err().to_string(),
        "there is no word list `klingon`: add a file klingon.txt with a word on each line"
    );
}

#[test]
fn free_words_are_drawn_by_the_seed() {
    let catalogue = Catalogue::embedded();
    let list = catalogue.shelves().word_list("common", &Origin::Shipped).unwrap();
    assert!((1_000..=1_300).contains(&list.words.len()));
    let rules = Rules::practice(Limit::Text);
    let exercise = Arc::new(free_words(list, 50, 3, rules).unwrap());
    assert_eq!(exercise.text.word_count(), 50);
    assert_eq!(exercise.source, Source::Words { list: "common".into(), count: 50 });
    assert_ne!(free_words(list, 50, 4, rules).unwrap().text, exercise.text);
    assert!(free_words(list, 0, 3, rules).is_err());
    assert!(free_words(list, u32::MAX, 3, rules).is_err());
}

#[test]
fn words_drawn_from_the_list_before_are_recognised() {
    let catalogue = Catalogue::embedded();
    let level = Level {
        source: TextSource::Words("common".to_owned()),
        ..catalogue.level("sprint-20").unwrap().clone()
    };
    let before = Level { source: TextSource::Words("common-1".to_owned()), ..level.clone() };
    let as_of_then = |seed| {
        let exercise = choose(&before, seed, &[], &catalogue).unwrap();
        forged(&exercise, |e| {
            let Source::Words { list, .. } = &mut e.source else { panic!("words") };
            *list = "common".to_owned();
        })
    };
    let now = choose(&level, 7, &[], &catalogue).unwrap();
    assert_ne!(now.text, as_of_then(7).text);
    assert!(check_source(&level, &now, &catalogue) && check_source(&level, &as_of_then(7), &catalogue));
    assert!(!check_source(&level, &forged(&as_of_then(7), |e| e.seed = 8), &catalogue));
    assert!(!check_source(&before, &as_of_then(7), &catalogue), "another list, another source");
}
