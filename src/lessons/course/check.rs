//! What a course of a file must keep to beyond its types.

use std::collections::{BTreeMap, BTreeSet};

use super::part::{At, Course, Drill, Part};
use crate::lessons::language::Language;
use crate::lessons::layout::place::Row;
use crate::lessons::problem::is_id;
use crate::lessons::wording;
use crate::typing::text::{Layout, Lookalikes, Text};

/// Longest title of a course or lesson in characters: it stands in a row of a list.
const MAX_TITLE: usize = 60;
/// Longest goal in characters: a sentence.
const MAX_GOAL: usize = 120;
/// Longest explanation in characters: with goal, keys and gate it fits 80×24.
const MAX_EXPLANATION: usize = 520;
/// Most lessons in a file.
const MAX_LESSONS: usize = 200;
/// Most characters that one lesson introduces.
const MAX_NEW: usize = 4;
/// How long a text may be, in characters.
const LENGTHS: std::ops::RangeInclusive<usize> = 60..=2_000;
/// Longest snippet in characters: some twenty lines.
const MAX_SNIPPET: usize = 1_200;
/// Most snippets of a lesson.
const MAX_SNIPPETS: usize = 50;
/// The last column of a keyboard.
const LAST_COLUMN: u8 = 13;
/// Characters of numbers besides digits.
const IN_NUMBERS: &str = ".,-+/*";

/// Checks ids, ranges and texts; `id` is the file's name.
pub(super) fn course(id: &str, course: &Course) -> Result<(), String> {
    if !is_id(id) {
        return Err(format!("file name `{id}` must be lower-case letters, digits and hyphens"));
    }
    text("title", &course.title, MAX_TITLE)?;
    if course.version == 0 {
        return Err("version 0: versions count from 1".to_owned());
    }
    if !(1..=10_000).contains(&course.accuracy_bp) {
        return Err("accuracy: give a percentage above 0, at most 100".to_owned());
    }
    if course.from_x100 == 0 {
        return Err("speed: `from` is 0: ask for at least 0.01".to_owned());
    }
    if course.to_x100 < course.from_x100 {
        return Err("speed: `to` is below `from`: lessons do not become easier".to_owned());
    }
    match course.parts.len() {
        0 => return Err("expected at least one [[lesson]]".to_owned()),
        1..=MAX_LESSONS => {}
        _ => return Err(format!("more than {MAX_LESSONS} lessons: make two courses of it")),
    }
    let mut ids = BTreeSet::new();
    for each in &course.parts {
        part(each).map_err(|what| format!("lesson `{}`: {what}", each.id))?;
        if !ids.insert(&each.id) {
            return Err(format!("lesson `{}` is there twice: give each its own id", each.id));
        }
    }
    let tests = course.parts.iter().filter(|part| part.test).count();
    let last = course.parts.last().is_some_and(|part| part.test);
    match (tests, last) {
        (0, _) | (1, true) => Ok(()),
        _ => Err("`test = true` belongs to the last lesson alone".to_owned()),
    }
}

fn part(part: &Part) -> Result<(), String> {
    if !is_id(&part.id) {
        return Err("its id must be lower-case letters, digits and hyphens".to_owned());
    }
    text("title", &part.title, MAX_TITLE)?;
    text("goal", &part.goal, MAX_GOAL)?;
    if part.explanations.is_empty() {
        return Err("the explanation is missing: give `explanation = [\"...\"]`".to_owned());
    }
    for explanation in &part.explanations {
        text("explanation", explanation, MAX_EXPLANATION)?;
    }
    let holes = BTreeMap::from([("keys", String::new()), ("language", String::new())]);
    for template in [&part.title, &part.goal].into_iter().chain(&part.explanations) {
        wording::fill_template(template, &holes)?;
    }
    if !LENGTHS.contains(&part.length) {
        return Err(format!(
            "length {}: give {} to {} characters",
            part.length,
            LENGTHS.start(),
            LENGTHS.end()
        ));
    }
    if let Some(code) = part.languages.iter().find(|code| Language::of_code(code).is_none()) {
        let known = Language::ALL.map(Language::code).join(", ");
        return Err(format!("there is no language `{code}` here: it can be {known}"));
    }
    drill(&part.drill)
}

fn text(name: &str, text: &str, most: usize) -> Result<(), String> {
    match text.trim().chars().count() {
        0 => Err(format!("the {name} is empty: say in a few words what it is")),
        n if n > most => Err(format!("the {name} has {n} characters: at most {most} fit the screen")),
        _ => Ok(()),
    }
}

fn drill(drill: &Drill) -> Result<(), String> {
    match drill {
        Drill::Letters { .. } | Drill::Accents | Drill::Capitals | Drill::Review | Drill::Prose => Ok(()),
        Drill::Marks(entries) => {
            entries_are(entries, |c| !c.is_alphanumeric() && !c.is_whitespace(), "punctuation or a symbol")
        }
        Drill::Numbers { characters, .. } if characters.is_empty() => Ok(()),
        Drill::Numbers { characters, .. } => {
            entries_are(characters, |c| c.is_ascii_digit() || IN_NUMBERS.contains(c), "part of a number")
        }
        Drill::Code(snippets) => code(snippets),
    }
}

fn entries_are(entries: &[String], fits: impl Fn(char) -> bool, what: &str) -> Result<(), String> {
    if entries.is_empty() {
        return Err("`characters` is empty: give an entry for each lesson".to_owned());
    }
    let mut seen = BTreeSet::new();
    for entry in entries {
        if entry.is_empty() || entry.chars().count() > MAX_NEW {
            return Err(format!("characters `{entry}`: give 1 to {MAX_NEW} for a lesson"));
        }
        for c in entry.chars() {
            if !fits(c) {
                return Err(format!("characters `{entry}`: `{c}` is not {what}"));
            }
            if !seen.insert(c) {
                return Err(format!("characters `{entry}`: `{c}` is introduced twice"));
            }
        }
    }
    Ok(())
}

fn code(snippets: &[String]) -> Result<(), String> {
    if snippets.is_empty() || snippets.len() > MAX_SNIPPETS {
        return Err(format!("give 1 to {MAX_SNIPPETS} snippets"));
    }
    for (n, snippet) in snippets.iter().enumerate() {
        let which = n + 1;
        let characters = snippet.chars().count();
        if characters > MAX_SNIPPET {
            return Err(format!(
                "snippet {which} has {characters} characters: at most {MAX_SNIPPET} are typed at once"
            ));
        }
        Text::laid_out(snippet, Lookalikes::Exact, Layout::Automatic)
            .map_err(|why| format!("snippet {which}: {why}"))?;
    }
    Ok(())
}

/// Reads a place such as `home 4`: a row and a column.
pub(super) fn place(text: &str) -> Result<At, String> {
    let read = || {
        let (row, column) = text.split_once(' ')?;
        let row = Row::ALL.into_iter().find(|known| known.name() == row && *known != Row::Space)?;
        let column = column.parse::<u8>().ok().filter(|column| *column <= LAST_COLUMN)?;
        Some((row.name().to_owned(), column))
    };
    read().ok_or_else(|| {
        format!("`{text}` is no place of a key: give a row (digits, upper, home, lower) and a column, as in \"home 4\"")
    })
}
