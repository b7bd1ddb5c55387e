//! Rules in words: the sentences of a badge's criteria follow from the rules themselves, so that they cannot differ from
//! what was counted. Every released level pins these words; a change here is a new version of every level.

use std::collections::BTreeMap;

use super::decimal::text;
use super::language::Language;
use super::terms::{TextSource, Thresholds};
use crate::typing::rules::{
    Clock, Correction, ErrorUnit, Limit, OnError, Penalty, Rules, ShareOf, TimeBase, Unit,
};
use crate::typing::text::Lookalikes;

/// The criteria of a level whose file words none.
pub const NARRATIVE: &str = "{text} {rules} Counted by {metrics}. To pass: {requirement}.";
/// The description of a level whose file words none.
pub const DESCRIPTION: &str = "A typing test ({duration}). To pass: {requirement}.";

/// Fills the named holes of a template.
///
/// # Errors
/// When a hole is not among `holes`, or braces do not pair: what was expected.
pub fn fill_template(template: &str, holes: &BTreeMap<&str, String>) -> Result<String, String> {
    let mut out = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) =
            after.split_once('}').ok_or_else(|| format!("`{{` without `}}` in \"{template}\""))?;
        let value = holes.get(name).ok_or_else(|| {
            let known: Vec<_> = holes.keys().map(|k| format!("{{{k}}}")).collect();
            format!("`{{{name}}}` has no value here; known: {}", known.join(", "))
        })?;
        out.push_str(before);
        out.push_str(value);
        rest = after;
    }
    out.push_str(rest);
    Ok(out.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// How long a test lasts.
pub fn duration(limit: Limit) -> String {
    match limit {
        Limit::Text => "a whole text".to_owned(),
        Limit::Seconds(s) if s % 60 == 0 => counted(s / 60, "minute"),
        Limit::Seconds(s) => counted(s, "second"),
    }
}

/// What uncorrected errors take from the speed.
pub fn penalty(penalty: Penalty) -> String {
    match penalty {
        Penalty::None => "no penalty".to_owned(),
        Penalty::WrongWords => "all characters of words with an error".to_owned(),
        each => format!("{} for each uncorrected error", toll(each)),
    }
}

/// What an error that is left takes from the speed, as a clause; `None` for nothing.
pub fn each_error(penalty: Penalty) -> Option<String> {
    match penalty {
        Penalty::None => None,
        Penalty::WrongWords => Some("words with an error do not count".to_owned()),
        each => Some(format!("each error left takes off {}", toll(each))),
    }
}

/// What one error takes; empty where that is no fixed measure.
fn toll(penalty: Penalty) -> String {
    match penalty {
        Penalty::None | Penalty::WrongWords => String::new(),
        Penalty::WordsPerError(n) => format!("{} of 5 characters", counted(n, "word")),
        Penalty::WpmX100PerError(n) => format!("{} WPM", text(u64::from(n))),
        Penalty::CharactersPerError(n) => counted(n, "character"),
    }
}

/// What has to be reached.
pub fn requirement(rules: &Rules, pass: &Thresholds) -> String {
    let mut parts = vec![format!("at least {} {} net", pass.speed, rules.unit.name())];
    parts.extend(pass.accuracy.map(|a| format!("accuracy at least {a} %")));
    parts.extend(rules.max_errors.map(|n| format!("at most {}", counted(n, "uncorrected error"))));
    parts.extend(rules.max_error_share.map(|share| {
        let of = share_of(share.of);
        format!("uncorrected errors at most {} % of the {of} presented", text(u64::from(share.bp)))
    }));
    parts.join(", ")
}

/// The rules as sentences: duration, clock, correction, errors, gross, net, accuracy.
pub fn rules(rules: &Rules) -> String {
    rules_lasting(rules, false)
}

/// As [`rules`]; `ends_early` where the text may end before the time is up.
pub fn rules_lasting(rules: &Rules, ends_early: bool) -> String {
    let mut sentences = vec![
        match rules.limit {
            Limit::Text => "The test ends with the last character of the text.".to_owned(),
            limit if ends_early => {
                format!(
                    "The test lasts at most {}, and ends with the last character of the text.",
                    duration(limit)
                )
            }
            limit => format!("The test lasts {}.", duration(limit)),
        },
        clock(rules.clock).to_owned(),
        correction(rules.correction).to_owned(),
        error_unit(rules.error_unit).to_owned(),
        gross(rules.time_base).to_owned(),
        net(rules.penalty),
    ];
    sentences.extend(on_error(rules.on_error).map(str::to_owned));
    sentences.extend(unit(rules.unit).map(str::to_owned));
    sentences.push(
        "Accuracy is the share of typed characters that were right when typed, so corrected errors count."
            .to_owned(),
    );
    sentences.join(" ")
}

/// What is typed, as a sentence; further ones where it is not English, or every character has to be typed as it is.
pub fn source(source: &TextSource, language: Language, lookalikes: Lookalikes) -> String {
    let copied = match source {
        TextSource::Passages(kinds) if kinds.is_empty() => {
            "Copying passages of prose chosen by the program.".to_owned()
        }
        TextSource::Passages(kinds) => {
            format!("Copying passages chosen by the program ({}).", kinds.join(", "))
        }
        TextSource::Words(list) => {
            format!("Copying entries drawn at random from the list \"{list}\".")
        }
        TextSource::Own(_) => "Copying a text that the level gives.".to_owned(),
    };
    with_manner(copied, language, lookalikes)
}

/// What is typed, with a sentence where it is not English, and one where every character has to be typed as it is.
pub(super) fn with_manner(copied: String, language: Language, lookalikes: Lookalikes) -> String {
    let foreign = (language != Language::English).then(|| format!(" The text is in {language}."));
    let exact = match lookalikes {
        Lookalikes::Typographic | Lookalikes::Symbols => None,
        Lookalikes::Exact => Some(" Every character has to be typed exactly as it stands there.".to_owned()),
    };
    std::iter::once(copied).chain(foreign).chain(exact).collect()
}

/// The word for what a share of errors is a share of.
pub const fn share_of(of: ShareOf) -> &'static str {
    match of {
        ShareOf::Characters => "characters",
        ShareOf::Words => "words",
    }
}

/// A number and its noun, with an s unless it is one.
pub fn counted(n: u32, noun: &str) -> String {
    if n == 1 { format!("1 {noun}") } else { format!("{n} {noun}s") }
}

const fn clock(clock: Clock) -> &'static str {
    match clock {
        Clock::FirstKey => "The clock starts with the first key, which is not counted in the speed.",
        Clock::StartSignal => "The clock starts with a signal.",
    }
}

const fn correction(correction: Correction) -> &'static str {
    match correction {
        Correction::Free => "Anything typed before may be corrected.",
        Correction::None => "Nothing can be corrected.",
        Correction::CurrentWord => "Only the current word can be corrected.",
    }
}

const fn on_error(on_error: OnError) -> Option<&'static str> {
    match on_error {
        OnError::GoOn => None,
        OnError::Stop => Some("A wrong key is counted, and the caret waits for the right one."),
        OnError::End => Some("A wrong key ends the test."),
    }
}

const fn error_unit(unit: ErrorUnit) -> &'static str {
    match unit {
        ErrorUnit::Character => "An uncorrected error is a wrong, missing or superfluous character.",
        ErrorUnit::Word => "An uncorrected error is a word with anything wrong in it.",
        ErrorUnit::FullHalf => {
            "A word left out, added or wrong is a full mistake; wrong spacing, capitals, punctuation or two words \
             transposed are half a mistake."
        }
    }
}

const fn gross(base: TimeBase) -> &'static str {
    match base {
        TimeBase::Elapsed => {
            "Gross speed is the number of characters standing at the end, divided by 5, per minute."
        }
        TimeBase::Allotted => {
            "Gross speed is the number of characters standing at the end, divided by 5, per minute of the time \
             allowed, even when the typist stops early."
        }
    }
}

fn net(rule: Penalty) -> String {
    match rule {
        Penalty::None => "Net speed is gross speed.".to_owned(),
        Penalty::WrongWords => "Net speed leaves out all characters of words with an error.".to_owned(),
        each => {
            format!("Net speed is gross speed after each uncorrected error has taken off {}.", toll(each))
        }
    }
}

const fn unit(unit: Unit) -> Option<&'static str> {
    match unit {
        Unit::Wpm => None,
        Unit::Cpm => Some("CPM is characters per minute, 5 to a word."),
        Unit::Kph => Some("KPH is keystrokes per hour, 300 to one word per minute."),
    }
}
