//! The coach as lines of JSON: what it answers, and what it refuses, in plain words.

use std::sync::LazyLock;

use serde::Deserialize;
use serde_json::{Value, json};
use typeproof::coach::mode::Mode;
use typeproof::coach::talk::Talk;
use typeproof::coach::tutor::Plan;
use typeproof::coach::vocabulary::Vocabulary;
use typeproof::lessons::language::Language;
use typeproof::lessons::shelves::shipped_layouts;
use typeproof::typing::key::Key;

use super::typist::Typist;

fn talk() -> Talk {
    static TALK: LazyLock<Talk> = LazyLock::new(|| {
        Talk::new(Plan { target_wpm: 35.0, mode: Mode::Guided, seed: 0 }, ("us", Language::English))
    });
    TALK.clone()
}

fn says(talk: &mut Talk, line: &str) -> Value {
    let answer = talk.answer(line.as_bytes());
    assert!(!answer.contains('\n'), "one line: {answer}");
    serde_json::from_str(&answer).unwrap()
}

fn strokes(typist: &mut Typist, text: &str) -> Value {
    let shown = |key| match key {
        Key::Char(c) => c.to_string(),
        key => format!("{key:?}"),
    };
    typist.types(text).into_iter().map(|stroke| json!([stroke.at, shown(stroke.key)])).collect()
}

/// A conversation over some texts; all answers.
fn conversation(hello: &str, texts: u32) -> Vec<Value> {
    let mut talk = talk();
    let mut typist = Typist::new(2);
    let mut answers = vec![says(&mut talk, hello)];
    for n in 0..texts {
        let day = f64::from(n) / 100.0;
        let next = says(&mut talk, &json!({ "type": "next", "day": day }).to_string());
        let strokes = strokes(&mut typist, next["text"].as_str().unwrap());
        answers.push(next);
        answers
            .push(says(&mut talk, &json!({ "type": "typed", "day": day, "strokes": strokes }).to_string()));
    }
    answers
}

#[test]
fn a_conversation() {
    let hello = r#"{"type":"hello","seed":7,"layout":"qwerty","target_wpm":35}"#;
    let answers = conversation(hello, 12);
    assert_eq!(
        answers[0],
        json!({ "ok": true, "layout": "us", "language": "en", "target_wpm": 35.0, "mode": "guided", "seed": 7 })
    );
    for next in answers[1..].iter().step_by(2) {
        let length = next["text"].as_str().unwrap().chars().count();
        assert!((20..=400).contains(&length), "{next}");
        assert_eq!(next["why"].as_str().unwrap().lines().count(), 2, "{next}");
    }
    let last = answers.last().unwrap();
    assert_eq!(last["ok"], true);
    let (e, wpm) = (&last["keys"]["e"], last["wpm"].as_f64().unwrap());
    assert!((200.0..300.0).contains(&e["ms"].as_f64().unwrap()), "{e}");
    assert!(e["uncertain_ms"].as_f64().unwrap() > 0.0 && e["tries"].as_u64().unwrap() > 20, "{e}");
    assert!(
        (0.9..1.0).contains(&e["accuracy"].as_f64().unwrap()) && (35.0..55.0).contains(&wpm),
        "{e} {wpm}"
    );
    assert!(!last["pairs"].as_object().unwrap().is_empty());
    assert_eq!(conversation(hello, 12), answers, "a seed gives the same conversation twice");
    assert_ne!(conversation(&hello.replace('7', "8"), 12)[1], answers[1]);
}

#[test]
fn hello_begins_anew_and_every_member_may_be_left_out() {
    let mut talk = talk();
    let begin = |talk: &mut Talk, hello: &str| (says(talk, hello), says(talk, r#"{"type":"next","day":0}"#));
    let plain = begin(&mut talk, r#"{"type":"hello"}"#);
    assert_eq!(plain.0["target_wpm"], 35.0);
    let other =
        begin(&mut talk, r#"{"type":"hello","seed":4,"mode":"weak-pairs","target_wpm":62.5,"later":[]}"#);
    assert_eq!((&other.0["mode"], &other.0["target_wpm"]), (&json!("weak-pairs"), &json!(62.5)));
    assert_eq!(begin(&mut talk, r#"{"type":"hello"}"#), plain, "what another hello said is forgotten");
    let again = says(&mut talk, r#"{"type":"typed","day":0,"strokes":[]}"#);
    assert_eq!(again["ok"], true, "a text may be left untyped");
}

/// Every shipped layout is known, by each of its names; what is proposed does not differ by it.
#[test]
fn every_shipped_layout_is_known_by_its_names() {
    let mut texts = Vec::new();
    let mut names = 0;
    for layout in shipped_layouts() {
        for name in layout.aliases.iter().chain([&layout.id]) {
            let mut talk = talk();
            let hello = says(&mut talk, &json!({ "type": "hello", "layout": name, "seed": 4 }).to_string());
            assert_eq!((&hello["ok"], &hello["layout"]), (&json!(true), &json!(layout.id)), "{name}");
            texts.push(says(&mut talk, r#"{"type":"next","day":0}"#));
            names += 1;
        }
    }
    assert!(names > 9 && texts.iter().all(|text| *text == texts[0]));
}

/// A text has the words of the language that was asked for, and `hello` without one goes back to the usual.
#[test]
fn texts_are_in_the_language_of_hello() {
    let mut talk = talk();
    let next = r#"{"type":"next","day":0}"#;
    for language in Language::ALL {
        let hello = json!({ "type": "hello", "language": language.code(), "seed": 3 }).to_string();
        assert_eq!(says(&mut talk, &hello)["language"], language.code());
        let text = says(&mut talk, next)["text"].as_str().unwrap().to_owned();
        let vocabulary = Vocabulary::of(language);
        let known = |word: &str| vocabulary.words().iter().any(|known| known.text == word);
        assert!(text.split(' ').all(known), "{language}: {text}");
    }
    assert_eq!(says(&mut talk, r#"{"type":"hello"}"#)["language"], "en");
}

/// Lines, each in a conversation of its own after those before it.
#[derive(Deserialize)]
struct Cases {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    #[serde(default)]
    before: Vec<String>,
    line: String,
    /// What is wrong; the line is followed when it is left out.
    error: Option<String>,
}

#[test]
fn lines_are_followed_or_refused_in_plain_words() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/coach/lines.toml");
    let cases: Cases = toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let mut refused = 0;
    for case in &cases.case {
        let mut talk = talk();
        for line in &case.before {
            assert!(says(&mut talk, line).get("error").is_none(), "{}: {line}", case.name);
        }
        let untouched = talk.clone();
        let answer = says(&mut talk, &case.line);
        match &case.error {
            None => assert!(answer.get("error").is_none(), "{}: {answer}", case.name),
            Some(error) => {
                refused += 1;
                let known: Vec<&str> = shipped_layouts().map(|layout| layout.id.as_str()).collect();
                let error = error.replace("KNOWN", &known.join(", "));
                assert_eq!(answer, json!({ "error": error }), "{}", case.name);
                let next = r#"{"type":"next","day":1}"#;
                assert_eq!(
                    says(&mut talk, next),
                    says(&mut untouched.clone(), next),
                    "{}: it goes on",
                    case.name
                );
            }
        }
    }
    assert!(refused > 30 && refused * 2 > cases.case.len(), "refusals are the majority: {refused}");
}

#[test]
fn lines_that_no_text_file_holds_are_refused() {
    let mut talk = talk();
    for (line, error) in [
        (vec![0xff, b'{'], "the line is not UTF-8; send JSON in UTF-8"),
        (vec![b' '; (1 << 20) + 1], "the line is longer than 1048576 bytes; say less at once"),
    ] {
        let answer: Value = serde_json::from_str(&talk.answer(&line)).unwrap();
        assert_eq!(answer, json!({ "error": error }));
    }
    let many = json!({ "type": "typed", "day": 0, "strokes": vec![json!([0, "a"]); 20_001] }).to_string();
    let answer = says(&mut talk, &many);
    assert_eq!(answer["error"], "there are 20001 strokes; a text takes at most 20000");
}
