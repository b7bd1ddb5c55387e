//! The file of an exam: what holds where it says nothing, and what is refused.

use typeproof::exam::Definition;
use typeproof::exam::definition::{
    Counting, Limits, OnDisconnect, PassagePolicy, PassageSource, Shown, Start,
};
use typeproof::lessons::language::Language;
use typeproof::lessons::shelves::Shelves;
use typeproof::typing::rules::Limit;

use crate::support::exam::{LEAST, definition};

#[test]
fn what_the_file_leaves_out_has_its_default() {
    let exam = definition("");
    assert_eq!((exam.id.as_str(), exam.title.as_str()), ("typing-test", "Typing test"));
    assert_eq!(exam.language, Language::English);
    assert_eq!((exam.rules.limit, exam.rule_file.as_deref()), (Limit::Seconds(300), None));
    assert_eq!(exam.passages.policy, PassagePolicy::Same);
    assert_eq!(exam.passages.source, PassageSource::Shipped(Vec::new()));
    assert_eq!((exam.warm_up_s, exam.attempts.number, exam.attempts.counts), (60, 1, Counting::Best));
    assert_eq!(exam.start, Start::Together);
    assert_eq!((exam.disconnect.policy, exam.disconnect.fresh_at_most), (OnDisconnect::FreshPassage, 2));
    assert_eq!(exam.shown, Shown::Figures);
    assert_eq!(exam.limits, Limits { idle_s: 600, session_s: 10_800 });
    assert_eq!((exam.retention_days, exam.roster.as_str()), (90, "roster.csv"));
    assert!(exam.accommodations.is_empty());
    assert_eq!(exam.policy(), "1 attempt");
}

/// Everything that a file can say, otherwise than by default.
const ALL: &str = r#"title = "Prüfung im Herbst"
id = "herbst-2027"
language = "de"
rules = "calhr"
[proctor]
name = "Petra \"P\" Proctor"
title = "Head of training"
identity = "photo ID"
[passages]
policy = "different"
bank = "bank.age"
[warm-up]
seconds = 0
[attempts]
number = 3
counts = "mean"
[start]
mode = "one-by-one"
[disconnect]
policy = "resume"
fresh-at-most = 0
[results]
shown = "nothing"
[limits]
idle-minutes = 5
session-minutes = 90
[retention]
timing-days = 30
[roster]
file = "list.csv"
[[accommodation]]
number = "17"
rest-minutes = 10
wide-spacing = true
plain = true
seconds = 450
warm-up-seconds = 300
[[accommodation]]
number = "18"
"#;

#[test]
fn everything_is_read_and_written_again() {
    let shelves = Shelves::embedded();
    let exam = Definition::parse("exam.toml", ALL, &shelves).unwrap();
    assert_eq!(exam.rule_file.as_deref(), Some("calhr"));
    assert_eq!(exam.policy(), "mean of 3 attempts");
    assert_eq!(exam.rules_for("17").limit, Limit::Seconds(450));
    assert_eq!(exam.rules_for("18").limit, Limit::Seconds(300));
    assert_eq!((exam.warm_up_for("17"), exam.warm_up_for("18")), (300, 0));
    let own = "[own-rules]\nlimit = { seconds = 120 }\npenalty = { words-per-error = 2 }\nclock = \"start-signal\"\n";
    let kinds = "[passages]\nkinds = [\"letter\", \"report\"]\n";
    for exam in [exam, definition(""), definition(own), definition(kinds)] {
        let text = exam.to_toml();
        assert_eq!(
            Definition::parse("exam.toml", &text, &shelves).map_err(|why| why.to_string()),
            Ok(exam),
            "{text}"
        );
    }
}

/// What is added to the least, and what the refusal says.
const REFUSED: &[(&str, &[&str])] = &[
    ("[attempts]\nnumber = 0\n", &["line 6", "number of attempts is 0; give 1 to 20"]),
    ("[attempts]\nnumber = 21\n", &["line 6"]),
    ("[attempts]\nnumber = \"two\"\n", &["line 6", "whole number"]),
    ("[attempts]\nnumber = -1\n", &["line 6"]),
    ("[attempts]\ncounts = \"worst\"\n", &["line 6", "best"]),
    ("[atempts]\nnumber = 2\n", &["line 5", "atempts", "correct the name, or remove it"]),
    ("[attempts]\nnumbers = 2\n", &["line 6", "numbers"]),
    ("[warm-up]\nseconds = 20000\n", &["line 6", "give 0 to 10800"]),
    ("[start]\nmode = \"now\"\n", &["line 6", "together"]),
    ("[disconnect]\npolicy = \"ignore\"\n", &["line 6", "fresh-passage"]),
    ("[disconnect]\nfresh-at-most = 99\n", &["line 6"]),
    ("[limits]\nidle-minutes = 0\n", &["line 6", "give 1 to 180"]),
    ("[limits]\nsession-minutes = 0\n", &["line 6"]),
    ("[retention]\ntiming-days = 0\n", &["line 6", "give 1 to 3650"]),
    ("[results]\nshown = \"all\"\n", &["line 6", "figures"]),
    ("[passages]\npolicy = \"random\"\n", &["line 6", "different"]),
    ("[passages]\nbank = \"\"\n", &["line 6", "the bank has no name"]),
    ("[passages]\nbank = \"b.age\"\nkinds = [\"letter\"]\n", &["remove `kinds` or `bank`"]),
    ("[passages]\nkinds = [\"Letter one\"]\n", &["line 6", "kind `Letter one`"]),
    ("[roster]\nfile = \" \"\n", &["line 6", "the roster's file has no name"]),
    ("[own-rules]\nlimit = { seconds = 0 }\n", &["0 seconds"]),
    ("[own-rules]\nlimit = { seconds = 60 }\nclocks = \"x\"\n", &["line 7", "clocks"]),
    ("[own-rules]\ntime-base = \"allotted\"\nlimit = \"text\"\n", &["allotted"]),
    ("[[accommodation]]\nrest-minutes = 5\n", &["number"]),
    ("[[accommodation]]\nnumber = \"1 7\"\n", &["line 6", "`1 7` is no candidate's number"]),
    (
        "[[accommodation]]\nnumber = \"17\"\n[[accommodation]]\nnumber = \"17\"\n",
        &["line 8", "two accommodations"],
    ),
    ("[[accommodation]]\nnumber = \"17\"\nseconds = 0\n", &["line 7", "give 1 to 7200"]),
    ("[[accommodation]]\nnumber = \"17\"\nrest-minutes = 999\n", &["line 7"]),
    ("[[accommodation]]\nnumber = \"17\"\nreason = \"x\"\n", &["line 7", "reason"]),
    (
        "[own-rules]\nlimit = \"text\"\n[[accommodation]]\nnumber = \"17\"\nseconds = 60\n",
        &["remove `seconds`"],
    ),
    ("[attempts\nnumber = 2\n", &["line 5", "correct the line"]),
];

#[test]
fn what_is_wrong_is_refused_with_its_line_and_what_to_do() {
    for (more, says) in REFUSED {
        let read = Definition::parse("exam.toml", &format!("{LEAST}{more}"), &Shelves::embedded());
        let why = read.expect_err(more).to_string();
        for part in *says {
            assert!(why.contains(part), "{more:?}: {part:?} is not in: {why}");
        }
    }
}

#[test]
fn what_must_be_there_is_missed() {
    let whole = [
        ("", "title"),
        ("title = \"T\"\n", "proctor"),
        ("title = \"T\"\n[proctor]\nname = \"P\"\n", "identity"),
        ("title = \"\"\n[proctor]\nname = \"P\"\nidentity = \"ID\"\n", "title is empty"),
        ("title = \"T\"\n[proctor]\nname = \"P\\u001b\"\nidentity = \"ID\"\n", "line 3"),
        ("title = \"T\"\n[proctor]\nname = \"P\"\nidentity = \"\\u202e\"\n", "line 4"),
        ("title = \"試験\"\n[proctor]\nname = \"P\"\nidentity = \"ID\"\n", "id ``"),
        ("title = \"T\"\nid = \"../x\"\n[proctor]\nname = \"P\"\nidentity = \"ID\"\n", "id `../x`"),
        ("title = \"T\"\nlanguage = \"xx\"\n[proctor]\nname = \"P\"\nidentity = \"ID\"\n", "line 2"),
        ("title = \"T\"\nrules = \"nasa\"\n[proctor]\nname = \"P\"\nidentity = \"ID\"\n", "name one of: "),
        (
            "title = \"T\"\nrules = \"calhr\"\n[proctor]\nname = \"P\"\nidentity = \"ID\"\n[own-rules]\nlimit = \"text\"\n",
            "keep one of them",
        ),
    ];
    for (text, says) in whole {
        let why = Definition::parse("exam.toml", text, &Shelves::embedded()).expect_err(text).to_string();
        assert!(why.contains(says), "{text:?}: {says:?} is not in: {why}");
    }
}

#[test]
fn all_faults_are_said_at_once() {
    let text = "[attempts]\nnumber = 0\n[warm-up]\nseconds = \"x\"\n[limits]\nidle = 3\n";
    let read = Definition::parse("exam.toml", &format!("{LEAST}{text}"), &Shelves::embedded());
    let why = read.unwrap_err().to_string();
    for line in ["line 8", "line 10"] {
        assert!(why.contains(line), "{why}");
    }
}
