//! Texts to type: how raw text is folded (`tests/data/text/folding.toml`), cut into words, and typed again.

use std::sync::Arc;

use proptest::prelude::*;
use proptest::sample::select;
use serde::Deserialize;
use typeproof::typing::exercise::{Exercise, Source};
use typeproof::typing::key::{Key, Stroke};
use typeproof::typing::log::End;
use typeproof::typing::rules::{Limit, Rules};
use typeproof::typing::session::{Phase, Session};
use typeproof::typing::text::{
    Grapheme, Layout, Lookalikes, MAX_BYTES, MAX_GRAPHEMES, Text, TextError, cluster_count,
};

use crate::support::typing::laws;

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
    indented: Option<String>,
    kept: Option<String>,
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
        for (lookalikes, layout, expected) in [
            (Lookalikes::Symbols, Layout::Indented, &case.indented),
            (Lookalikes::Exact, Layout::Kept, &case.kept),
        ] {
            let Some(expected) = expected else { continue };
            let text = Text::laid_out(&case.raw, lookalikes, layout).unwrap();
            assert_eq!(&text.to_string(), expected, "{} ({layout:?})", case.why);
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
fn symbols_have_keys_that_resemble_them() {
    let g = |c| Grapheme::new(c).unwrap();
    for (target, keys) in [
        ("•", "*-"),
        ("·", ".*"),
        ("×", "xX*"),
        ("÷", "/:"),
        ("ʻ", "'`"),
        ("´", "'`"),
        ("²", "2"),
        ("₉", "9"),
        ("°", "oO"),
        ("✓", "vV"),
        ("⋅", ".*"),
        ("Ａ", "A"),
        ("！", "!"),
        ("’", "'"),
        ("—", "-"),
        ("\n", " "),
    ] {
        for typed in keys.chars().map(Grapheme::One) {
            assert!(Lookalikes::Symbols.accept(&g(target), &typed), "{target} as {typed}");
            assert!(!Lookalikes::Exact.accept(&g(target), &typed), "{target} exactly");
            assert!(!Lookalikes::Symbols.accept(&typed, &g(target)), "{typed} the other way");
        }
        assert!(!Lookalikes::Symbols.accept(&g(target), &g("q")), "{target} as q");
    }
    // What the older rules said stays: logs name the rules they were made by.
    for (target, typed) in [("•", "*"), ("×", "x"), ("ʻ", "'"), ("Ａ", "A")] {
        assert!(!Lookalikes::Typographic.accept(&g(target), &g(typed)), "{target}");
    }
    let unfolded = Text::new("a → b ⇒ c ≤ d ½ …", Lookalikes::Symbols).unwrap().to_string();
    assert_eq!(unfolded, "a -> b => c <= d 1/2 ...");
    assert_eq!(Text::new("a → b", Lookalikes::Typographic).unwrap().to_string(), "a → b");
}

#[test]
fn characters_that_few_keyboards_have_are_known() {
    let keyless = |raw: &str, lookalikes| {
        let text = Text::new(raw, lookalikes).unwrap();
        text.keyless(lookalikes).iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
    };
    let raw = "• × → ʻ ☃ ♥ ∞ 😀 🇩🇪 \u{e0b0} ☃";
    assert_eq!(keyless(raw, Lookalikes::Symbols), "☃ ♥ ∞ 😀 🇩🇪 \u{e0b0}");
    assert_eq!(keyless(raw, Lookalikes::Typographic), "• × → ʻ ☃ ♥ ∞ 😀 🇩🇪 \u{e0b0}");
    assert_eq!(keyless("“a” – b…", Lookalikes::Typographic), "");
    assert_eq!(keyless("“a” – b…", Lookalikes::Exact), "“ ” – …");
    // What some country's keyboard has is not named, whatever the script.
    for raw in
        ["€5 £5 §1 ¿qué? «où» № ß ñ ø", "Привет, мир", "日本語、です。", "สวัสดี", "नमस्ते।", "שלום", "a_b-c|d"]
    {
        for lookalikes in [Lookalikes::Symbols, Lookalikes::Typographic, Lookalikes::Exact] {
            assert_eq!(keyless(raw, lookalikes), "", "{raw} ({lookalikes:?})");
        }
    }
}

#[test]
fn kept_white_space_begins_words() {
    let text = Text::laid_out("if x:\n\n    y  = 1\n\n", Lookalikes::Exact, Layout::Kept).unwrap();
    let words: Vec<String> =
        (0..text.word_count()).map(|i| text.word(i).iter().map(Grapheme::to_string).collect()).collect();
    assert_eq!(words, ["if", "x:", "\n    y", " =", "1"]);
    assert!(!text.has_tabs() && !text.is_plain());
    let tabs = Text::laid_out("a\n\tb", Lookalikes::Symbols, Layout::Indented).unwrap();
    assert!(tabs.has_tabs() && !tabs.is_plain());
    for (raw, plain) in [("a b\nc", true), ("“a” – ß", true), ("é", false), ("กา", false), ("🇩🇪", false)]
    {
        assert_eq!(Text::new(raw, Lookalikes::Exact).unwrap().is_plain(), plain, "{raw}");
    }
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

/// Every way in which a raw text becomes one to type.
fn form() -> impl Strategy<Value = (Lookalikes, Layout)> {
    let lookalikes = select(vec![Lookalikes::Typographic, Lookalikes::Symbols, Lookalikes::Exact]);
    (lookalikes, select(vec![Layout::Folded, Layout::Indented, Layout::Kept]))
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
    fn a_text_is_laid_out_once(raw in trouble(), (lookalikes, layout) in form()) {
        if let Ok(text) = Text::laid_out(&raw, lookalikes, layout) {
            prop_assert_eq!(&Text::laid_out(&text.to_string(), lookalikes, layout).unwrap(), &text);
            for i in 0..text.word_count() {
                prop_assert!(!text.word(i).is_empty(), "word {} of {:?}", i, text.to_string());
            }
        }
    }

    #[test]
    fn every_text_can_be_typed_without_an_error(raw in trouble(), form in form()) {
        let Ok(text) = Text::laid_out(&raw, form.0, form.1) else { return Ok(()) };
        let source = Source::Own("case".into());
        let exercise = Exercise::laid_out(source, 0, &raw, form, Rules::practice(Limit::Text)).unwrap();
        let mut session = Session::new(Arc::new(exercise));
        for c in text.to_string().chars() {
            prop_assert!(!matches!(session.phase(), Phase::Ended(_)), "{:?} ended before {:?}", text.to_string(), c);
            let key = match c {
                '\n' => Key::Enter,
                '\t' => Key::Tab,
                c => Key::Char(c),
            };
            session.press(Stroke { at: 0, key });
        }
        prop_assert_eq!(session.phase(), Phase::Ended(End::Completed), "{:?}", text.to_string());
        let tally = session.tally();
        prop_assert_eq!((tally.right, tally.erased), (tally.typed, 0), "{:?}", text.to_string());
        prop_assert_eq!(tally.typed as usize, text.graphemes().len());
    }
}
