//! Texts to type: how raw text is folded (`tests/data/text/folding.toml`), cut into words, and typed again.

use proptest::prelude::*;
use proptest::sample::select;
use serde::Deserialize;
use typeproof::typing::key::{Key, Stroke};
use typeproof::typing::log::End;
use typeproof::typing::rules::{Limit, Rules};
use typeproof::typing::session::{Phase, Session};
use typeproof::typing::text::{
    Grapheme, Lookalikes, MAX_BYTES, MAX_GRAPHEMES, Text, TextError, cluster_count,
};

use crate::support::typing::{exercise, laws};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    why: String,
    raw: String,
    typographic: Option<String>,
    exact: Option<String>,
    refused: Option<String>,
}

#[test]
fn raw_text_is_folded_as_the_table_says() {
    let cases: Cases = toml::from_str(include_str!("../../data/text/folding.toml")).unwrap();
    for case in cases.case {
        let fold = |l| Text::new(&case.raw, l).map(|t| t.to_string()).map_err(|e| e.to_string());
        for (lookalikes, expected) in
            [(Lookalikes::Typographic, &case.typographic), (Lookalikes::Exact, &case.exact)]
        {
            let expected = expected.clone().ok_or_else(|| case.refused.clone().unwrap());
            assert_eq!(fold(lookalikes), expected, "{} ({lookalikes:?})", case.why);
        }
    }
}

#[test]
fn texts_beyond_the_limits_are_refused() {
    let most = "ab ".repeat(MAX_GRAPHEMES / 3) + "a";
    assert_eq!(Text::new(&most, Lookalikes::Exact).unwrap().graphemes().len(), MAX_GRAPHEMES);
    let marks = "a".to_owned() + &"\u{344}".repeat(MAX_BYTES / 3);
    for raw in [
        most.clone() + "b",
        "…".repeat(MAX_GRAPHEMES / 3 + 1),
        "a".repeat(MAX_BYTES + 1),
        " ".repeat(MAX_BYTES + 1),
        "\u{fffd}".repeat(MAX_BYTES),
        // Few enough raw, too many once composed.
        marks,
    ] {
        let error = Text::new(&raw, Lookalikes::Typographic).unwrap_err();
        assert_eq!(error, TextError::TooLong(raw.len()));
        let text = error.to_string();
        assert!(
            text.contains("at most 100000 characters and 1048576 bytes")
                && text.contains(&raw.len().to_string()),
            "{text}"
        );
    }
}

#[test]
fn words_are_parted_by_single_separators() {
    let text = Text::new("one  two\nthr\u{e9}e 4\u{a0}km", Lookalikes::Typographic).unwrap();
    let words: Vec<String> =
        (0..text.word_count()).map(|i| text.word(i).iter().map(Grapheme::to_string).collect()).collect();
    assert_eq!(words, ["one", "two", "thrée", "4\u{a0}km"]);
    let separators: Vec<_> = (0..5).map(|i| text.separator(i).and_then(Grapheme::as_char)).collect();
    assert_eq!(separators, [Some(' '), Some('\n'), Some(' '), None, None]);
    assert_eq!((text.word_range(1), text.word_range(4), text.word_range(usize::MAX)), (4..7, 18..18, 18..18));
    assert!(text.word(4).is_empty());
}

#[test]
fn lookalikes_are_accepted_one_way_only() {
    let g = |c| Grapheme::new(c).unwrap();
    for (target, typed) in [
        ("’", "'"),
        ("‚", "'"),
        ("′", "'"),
        ("“", "\""),
        ("»", "\""),
        ("–", "-"),
        ("—", "-"),
        ("−", "-"),
        ("\u{a0}", " "),
        ("\u{202f}", " "),
        ("\n", " "),
    ] {
        assert!(Lookalikes::Typographic.accept(&g(target), &g(typed)), "{target:?}");
        assert!(!Lookalikes::Exact.accept(&g(target), &g(typed)), "{target:?} exactly");
        assert!(!Lookalikes::Typographic.accept(&g(typed), &g(target)), "{typed:?} the other way");
        assert!(!Lookalikes::Typographic.accept(&g(target), &g("x")), "{target:?} as x");
    }
    for (target, typed) in [
        ("’", "\""),
        ("“", "'"),
        ("–", "_"),
        ("é", "e"),
        ("E", "e"),
        ("…", "."),
        ("ß", "s"),
        (" ", "\n"),
        ("’\u{301}", "'"),
    ] {
        assert!(!Lookalikes::Typographic.accept(&g(target), &g(typed)), "{target:?} as {typed:?}");
    }
    assert_eq!(Grapheme::new(""), None);
}

#[test]
fn widths_are_one_or_two_columns() {
    for (cluster, width) in [
        ("a", 1),
        ("é", 1),
        ("打", 2),
        ("👩\u{200d}👧", 2),
        ("🇩🇪", 2),
        ("x\u{301}", 1),
        ("\n", 1),
        ("\u{301}", 1),
    ] {
        assert_eq!(Grapheme::new(cluster).unwrap().width(), width, "{cluster:?}");
    }
}

/// Characters that have something to do with folding, composing or joining.
fn trouble() -> impl Strategy<Value = String> {
    let some = "ae1 \n\r\t\u{a0}\u{202f}\u{301}\u{323}\u{344}\u{30a}\u{200b}\u{200d}\u{ad}\u{61c}\u{600}\u{fe0f}ﬁ…’–éÅ\u{1100}\u{1161}\u{11a8}가🇩🇪👩👧🏽क\u{94d}ष\u{e33}กא";
    proptest::collection::vec(select(some.chars().collect::<Vec<_>>()), 0..14)
        .prop_map(|chars| chars.into_iter().collect())
}

proptest! {
    #![proptest_config(laws(500))]

    #[test]
    fn ascii_is_parted_as_it_is_beside_other_letters(raw in "[ -~\\x00-\\x1f\\x7f]{0,80}") {
        let Ok(alone) = Text::new(&raw, Lookalikes::Exact) else { return Ok(()) };
        let beside = Text::new(&format!("é {raw}"), Lookalikes::Exact).unwrap();
        prop_assert_eq!(Some(alone.graphemes()), beside.graphemes().get(2..));
        prop_assert_eq!(cluster_count(&raw) + 1, cluster_count(&format!("é{raw}")));
    }

    #[test]
    fn a_folded_text_folds_to_itself(raw in trouble(), exact in any::<bool>()) {
        let lookalikes = if exact { Lookalikes::Exact } else { Lookalikes::Typographic };
        if let Ok(text) = Text::new(&raw, lookalikes) {
            prop_assert_eq!(&Text::new(&text.to_string(), lookalikes).unwrap(), &text);
            for i in 0..text.word_count() {
                prop_assert!(!text.word(i).is_empty(), "word {} of {:?}", i, text.to_string());
            }
        }
    }

    #[test]
    fn every_text_can_be_typed_without_an_error(raw in trouble(), exact in any::<bool>()) {
        let lookalikes = if exact { Lookalikes::Exact } else { Lookalikes::Typographic };
        let Ok(text) = Text::new(&raw, lookalikes) else { return Ok(()) };
        let mut session = Session::new(exercise(&raw, lookalikes, Rules::practice(Limit::Text)));
        for c in text.to_string().chars() {
            prop_assert!(!matches!(session.phase(), Phase::Ended(_)), "{:?} ended before {:?}", text.to_string(), c);
            let key = if c == '\n' { Key::Enter } else { Key::Char(c) };
            session.press(Stroke { at: 0, key });
        }
        prop_assert_eq!(session.phase(), Phase::Ended(End::Completed), "{:?}", text.to_string());
        let tally = session.tally();
        prop_assert_eq!((tally.right, tally.erased), (tally.typed, 0), "{:?}", text.to_string());
        prop_assert_eq!(tally.typed as usize, text.graphemes().len());
    }
}
