//! Five answers, and what they come to.

use typeproof::badge::reasons::Reason;
use typeproof::badge::verify::verdict::{Answer, Outcome, Verdict};

/// Answers to integrity, issuer, holder, evidence and standing by their first letters (`-` not checked; `?` not checked
/// though asked for; `!` for an issuer who is refused), the outcome, and how the sentence goes on.
const TABLE: &[(&str, Outcome, &str)] = &[
    ("yy--y", Outcome::Valid, "Valid: "),
    ("yyyyy", Outcome::Valid, "Valid: "),
    ("yyy-y", Outcome::Valid, "Valid: "),
    ("yy-yy", Outcome::Valid, "Valid: "),
    ("yn--y", Outcome::Unproven, "Unchanged and in force, but issuer."),
    ("ynyyy", Outcome::Unproven, "Unchanged and in force, but issuer."),
    ("y---y", Outcome::Unproven, "Unchanged and in force, but issuer."),
    ("y!--y", Outcome::Refused, "Not valid: issuer."),
    ("y!yyy", Outcome::Refused, "Not valid: issuer."),
    ("y!nnn", Outcome::Refused, "Not valid: issuer."),
    ("y!---", Outcome::Refused, "Not valid: issuer."),
    ("yyn-y", Outcome::Refused, "Not valid: holder."),
    ("ynn-y", Outcome::Refused, "Not valid: holder."),
    ("yynnn", Outcome::Refused, "Not valid: holder."),
    ("yy-ny", Outcome::Refused, "Not valid: evidence."),
    ("yn-ny", Outcome::Refused, "Not valid: evidence."),
    ("yy--n", Outcome::Refused, "Not valid: standing."),
    ("yn--n", Outcome::Refused, "Not valid: standing."),
    ("yyyyn", Outcome::Refused, "Not valid: standing."),
    ("yn-n-", Outcome::Refused, "Not valid: evidence."),
    ("yyn--", Outcome::Refused, "Not valid: holder."),
    ("n----", Outcome::Refused, "Not valid: integrity."),
    ("nyyyy", Outcome::Refused, "Not valid: integrity."),
    ("n!nnn", Outcome::Refused, "Not valid: integrity."),
    ("-----", Outcome::CannotTell, "Cannot tell: integrity."),
    ("-yyyy", Outcome::CannotTell, "Cannot tell: integrity."),
    ("yy---", Outcome::CannotTell, "Cannot tell: standing."),
    ("yyyy-", Outcome::CannotTell, "Cannot tell: standing."),
    ("yn---", Outcome::CannotTell, "Cannot tell: standing."),
    ("yy-?y", Outcome::CannotTell, "Cannot tell: evidence."),
    ("yyy?y", Outcome::CannotTell, "Cannot tell: evidence."),
    ("yy?-y", Outcome::CannotTell, "Cannot tell: holder."),
    ("yy?yy", Outcome::CannotTell, "Cannot tell: holder."),
    ("yn-?y", Outcome::CannotTell, "Cannot tell: evidence."),
    ("yy??-", Outcome::CannotTell, "Cannot tell: standing."),
    ("yn?ny", Outcome::Refused, "Not valid: evidence."),
    ("y!??y", Outcome::Refused, "Not valid: issuer."),
];

/// A reason whose words are these.
fn saying(words: &str) -> Reason {
    Reason::new("template-damaged").with("why", words)
}

fn verdict(letters: &str) -> Verdict {
    let answer = |place: usize, name: &str| match &letters[place..=place] {
        "y" => Answer::Yes(saying(name)),
        "n" | "!" => Answer::No(saying(name)),
        _ => Answer::NotChecked(saying(name)),
    };
    Verdict {
        integrity: answer(0, "integrity"),
        issuer: answer(1, "issuer"),
        holder: answer(2, "holder"),
        evidence: answer(3, "evidence"),
        standing: answer(4, "standing"),
        issuer_refused: letters.contains('!'),
        holder_asked: letters[2..3] != *"-",
        evidence_asked: letters[3..4] != *"-",
    }
}

#[test]
fn outcomes_and_sentences() {
    for (letters, outcome, sentence) in TABLE {
        let verdict = verdict(letters);
        assert_eq!(verdict.outcome(), *outcome, "{letters}");
        assert!(verdict.sentence().starts_with(sentence), "{letters}: {}", verdict.sentence());
    }
}

#[test]
fn only_yes_to_the_three_that_count_is_valid() {
    let letters = ["y", "n", "-", "!"];
    let all = (0..4usize.pow(5))
        .map(|n| (0..5).map(|place| letters[n / 4usize.pow(place) % 4]).collect::<String>());
    for letters in all.filter(|l| !l.contains('!') || l[1..].starts_with('!')) {
        let valid = verdict(&letters).outcome() == Outcome::Valid;
        let good = letters.starts_with("yy") && letters.ends_with('y') && !letters.contains(['n', '!']);
        assert_eq!(valid, good, "{letters}");
    }
}

#[test]
fn words() {
    let (yes, no, open) =
        (Answer::Yes(saying("a")), Answer::No(saying("b")), Answer::NotChecked(saying("c")));
    assert_eq!([yes.word(), no.word(), open.word()], ["yes", "no", "not checked"]);
    assert_eq!([yes.why(), no.why(), open.why()], ["a", "b", "c"]);
}
