//! Levels of the user's own files: a namespace of their own, in which nothing can be taken for a shipped level.
//!
//! Id and code begin with [`PREFIX`]. The title says what has to be reached and how long the test is from the rules; of
//! the file's own title it takes words, no numbers. Description and criteria are worded from the rules too, and what the
//! file says stands behind them, in quotation marks, as the words of its maker.

use unicode_normalization::char::is_combining_mark;

use super::amount::{SHIPPED_PASSAGE, needed_graphemes};
use super::language::Language;
use super::level::Level;
use super::shelves::Shelves;
use super::terms::{Origin, TextSource};
use super::wording;
use crate::typing::rules::{Limit, Unit};
use crate::typing::score::METRICS;
use crate::typing::text::cluster_count;

/// How the id of every level of a user's file begins; no shipped id does.
pub const PREFIX: &str = "own-";

/// Most characters of a file's own title that a level's name takes over.
const MAX_WORDS: usize = 40;

/// The id under which a level or pathway of a user's file is known.
#[must_use]
pub fn id(written: &str) -> String {
    format!("{PREFIX}{}", bare(written))
}

/// An id without the namespace: as the file writes it, if it writes it so.
#[must_use]
pub fn bare(id: &str) -> &str {
    id.strip_prefix(PREFIX).unwrap_or(id)
}

/// A level as its file writes it, in the namespace of such levels.
#[must_use]
pub fn level(written: &Level, shelves: &Shelves) -> Level {
    let early = ends_early(written, shelves);
    Level {
        id: id(&written.id),
        pathway: id(&written.pathway),
        title: title(written, early),
        description: description(written, early),
        narrative: narrative(written, shelves, early),
        ends_early: early,
        ..written.clone()
    }
}

/// The same level as version 0.1.0 knew it, by which a badge of that time is recognised.
#[must_use]
pub fn former(written: &Level, shelves: &Shelves) -> Level {
    let origin = match &written.origin {
        Origin::Own(file) => Origin::Former(file.clone()),
        other => other.clone(),
    };
    Level { origin, ends_early: ends_early(written, shelves), ..written.clone() }
}

/// Whether the text may end before the time is up.
fn ends_early(level: &Level, shelves: &Shelves) -> bool {
    if level.rules.limit == Limit::Text {
        return false;
    }
    let length = |id: &str| shelves.passage(id, &level.origin).map_or(0, |p| cluster_count(&p.text) + 1);
    let there: usize = match &level.source {
        TextSource::Own(text) => cluster_count(text) + 1,
        // How long the words of a list are, nobody looks at.
        TextSource::Words(list) => return has_own_list(list, level, shelves),
        TextSource::Passages(kinds) => {
            let ids = shelves.passages_of(kinds, level.language, &level.origin).into_iter();
            ids.map(|id| if shelves.is_own_passage(id) { length(id) } else { SHIPPED_PASSAGE }).sum()
        }
    };
    there < needed_graphemes(&level.rules)
}

fn has_own_list(list: &str, level: &Level, shelves: &Shelves) -> bool {
    shelves.word_list(list, &level.origin).is_some_and(|list| list.origin != Origin::Shipped)
}

/// How long the test lasts, and that it may be shorter.
fn lasts(level: &Level, early: bool) -> String {
    let duration = wording::duration(level.rules.limit);
    if early { format!("at most {duration}") } else { duration }
}

/// `Own level “A poem”: 20 WPM net at 90 % (5 minutes)`.
fn title(level: &Level, early: bool) -> String {
    let name = words(&level.title).map_or_else(|| level.id.clone(), |words| format!("“{words}”"));
    let accuracy = level.pass.accuracy.map(|a| format!(" at {a} %")).unwrap_or_default();
    let (speed, unit, lasts) = (level.pass.speed, level.rules.unit.name(), lasts(level, early));
    let language = match level.language {
        Language::English => String::new(),
        other => format!(" in {other}"),
    };
    format!("Own level {name}: {speed} {unit} net{language}{accuracy} ({lasts})")
}

/// The title of a file where it is but words: no number, no unit, no claim to be this program's, nothing that would end
/// a quotation.
pub(super) fn words(title: &str) -> Option<&str> {
    let folded: String = title.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let units = [Unit::Wpm, Unit::Cpm, Unit::Kph].map(|unit| unit.name().to_lowercase());
    let spoken = units.iter().map(String::as_str).chain(["typeproof"]);
    // No digit, and nothing that is invisible, turns a text around or ends a quotation.
    let usual = |c: char| {
        c.is_alphabetic() && !c.is_numeric() || is_combining_mark(c) || " .,:;!?'’()-–&/".contains(c)
    };
    let plain = title.chars().all(usual) && !spoken.into_iter().any(|word| folded.contains(word));
    (plain && !folded.is_empty() && title.chars().count() <= MAX_WORDS).then_some(title)
}

fn description(level: &Level, early: bool) -> String {
    let requirement = wording::requirement(&level.rules, &level.pass);
    let usual = |duration: &str| format!("A typing test ({duration}). To pass: {requirement}.");
    let written = said(&level.description, &usual(&wording::duration(level.rules.limit)));
    format!("A level made by its issuer, not one of typeproof's. {}{written}", usual(&lasts(level, early)))
}

fn narrative(level: &Level, shelves: &Shelves, early: bool) -> String {
    let requirement = wording::requirement(&level.rules, &level.pass);
    let usual =
        |text: &str, rules: &str| format!("{text} {rules} Counted by {METRICS}. To pass: {requirement}.");
    let plain = usual(
        &wording::source(&level.source, level.language, level.lookalikes),
        &wording::rules(&level.rules),
    );
    let rules = wording::rules_lasting(&level.rules, early);
    format!("{}{}", usual(&source(level, shelves), &rules), said(&level.narrative, &plain))
}

/// What a file says in its own words, if those are not the usual ones.
pub(super) fn said(written: &str, usual: &str) -> String {
    match written == usual {
        true => String::new(),
        false => format!(" In its maker's words: “{}”", written.replace(['“', '”'], "\"")),
    }
}

/// What is typed, as a sentence that says whose it is; further ones as `wording::with_manner` adds them.
fn source(level: &Level, shelves: &Shelves) -> String {
    let copied = match &level.source {
        TextSource::Own(_) => "Copying a text of the issuer's own.".to_owned(),
        TextSource::Words(list) if has_own_list(list, level, shelves) => {
            format!("Copying entries drawn at random from the issuer's own list \"{list}\".")
        }
        TextSource::Words(list) => {
            format!("Copying entries drawn at random from the list \"{list}\", which comes with typeproof.")
        }
        TextSource::Passages(kinds) => {
            let ids = shelves.passages_of(kinds, level.language, &level.origin);
            match ids.into_iter().any(|id| shelves.is_own_passage(id)) {
                true => "Copying passages, the issuer's own among them.".to_owned(),
                false => "Copying passages that come with typeproof.".to_owned(),
            }
        }
    };
    wording::with_manner(copied, level.language, level.lookalikes)
}
