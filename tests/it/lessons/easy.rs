//! Easy passages: shorter words and fewer marks than those of other tests, and only where they are asked for.

use std::collections::BTreeSet;

use typeproof::lessons::catalogue::Catalogue;
use typeproof::lessons::choice;
use typeproof::lessons::course::Material;
use typeproof::lessons::language::Language;
use typeproof::lessons::shelves::EASY;
use typeproof::lessons::terms::{Origin, TextSource};
use typeproof::typing::exercise::Source;

use super::difficulty::measure;

#[test]
fn easy_passages_are_easy_and_alike() {
    let catalogue = Catalogue::embedded();
    let easy = catalogue.shelves().passages_of(&[EASY.to_owned()], Language::English, &Origin::Shipped);
    assert!(easy.len() >= 6);
    for id in easy {
        let text = &catalogue.shelves().passage(id, &Origin::Shipped).unwrap().text;
        let now = measure(text, Language::English);
        assert!((310..=350).contains(&now.word_length_x100), "{id}: {now:?}");
        assert!(now.digits_bp == 0 && now.capitals_bp <= 270 && now.punctuation_bp <= 320, "{id}: {now:?}");
        assert!((1_600..=1_900).contains(&now.rare_pairs_bp), "{id}: {now:?}");
        let marks: BTreeSet<char> =
            text.chars().filter(|c| !c.is_alphanumeric() && !c.is_whitespace()).collect();
        assert!(marks.is_subset(&BTreeSet::from(['.', ','])), "{id}: {marks:?}");
    }
}

#[test]
fn only_levels_that_ask_for_easy_passages_get_them() {
    let catalogue = Catalogue::embedded();
    for level in catalogue.levels().filter(|level| matches!(level.source, TextSource::Passages(_))) {
        for seed in 0..4 {
            let exercise = choice::choose(level, seed, &[], &catalogue).unwrap();
            let Source::Passages(ids) = &exercise.source else { panic!("{}", level.id) };
            let asked = level.pathway == "first-steps";
            assert!(ids.iter().all(|id| id.starts_with("easy-") == asked), "{}: {ids:?}", level.id);
        }
    }
    // Lessons of sentences do not hold them either, so that their texts stay what they are.
    let ground = catalogue.ground("us", Language::English).unwrap();
    let lessons = catalogue.course("foundations").unwrap().lessons(&ground);
    assert!(lessons.iter().any(|lesson| lesson.material == Material::Prose));
    assert!(ground.passages().all(|text| measure(text, Language::English).word_length_x100 > 400));
}
