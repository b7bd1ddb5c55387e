//! What a level of a file must keep to beyond its types.

use std::collections::BTreeSet;

use crate::lessons::level::Level;
use crate::lessons::problem::is_id;
use crate::lessons::shelves::Shelves;
use crate::lessons::terms::TextSource;
use crate::typing::text::Text;

/// Longest title in characters: one line of a badge.
const MAX_TITLE: usize = 100;
/// Longest description or narrative in characters.
const MAX_TEXT: usize = 2_000;
/// Longest validity in days: a century.
const MAX_VALID_DAYS: u32 = 36_525;
/// Most tags, alignments or prerequisites of a level: more would make a badge unwieldy.
const MAX_LIST: usize = 16;

/// Checks what types cannot: ids, ranges, texts, and that the source of the text exists.
pub(super) fn level(level: &Level, shelves: &Shelves) -> Result<(), String> {
    let ids = std::iter::once(&level.id).chain(&level.prerequisites);
    if let Some(id) = ids.into_iter().find(|id| !is_id(id)) {
        return Err(format!("id `{id}` must be lower-case letters, digits and hyphens, at most 48"));
    }
    if level.version == 0 {
        return Err("version 0: versions count from 1".to_owned());
    }
    if level.pass.speed.0 == 0 {
        return Err("speed 0: ask for at least 0.01".to_owned());
    }
    if level.pass.accuracy.is_some_and(|a| a.0 > 10_000) {
        return Err("accuracy above 100 %: give a percentage".to_owned());
    }
    if level.valid_days == 0 || level.valid_days > MAX_VALID_DAYS {
        return Err(format!("valid-days: {} days: give 1 to {MAX_VALID_DAYS}", level.valid_days));
    }
    check_texts(level)?;
    check_source(level, shelves)
}

fn check_texts(level: &Level) -> Result<(), String> {
    let alignments = level.alignment.iter().flat_map(|a| {
        [&a.target_name, &a.target_url, &a.target_framework]
            .into_iter()
            .chain(&a.target_code)
            .chain(&a.target_type)
    });
    let lists = [level.tags.len(), level.alignment.len(), level.prerequisites.len()];
    if lists.iter().any(|n| *n > MAX_LIST) {
        return Err(format!("too many tags, alignments or prerequisites: at most {MAX_LIST} of each"));
    }
    plain("title", &level.title, MAX_TITLE)?;
    plain("description", &level.description, MAX_TEXT)?;
    plain("narrative", &level.narrative, MAX_TEXT)?;
    plain("achievement-type", &level.achievement_type, MAX_TITLE)?;
    level.tags.iter().try_for_each(|tag| plain("tag", tag, MAX_TITLE))?;
    alignments.into_iter().try_for_each(|text| plain("alignment", text, MAX_TITLE * 2))?;
    match level.alignment.iter().find(|a| oxiri::Iri::parse(a.target_url.as_str()).is_err()) {
        Some(bad) => Err(format!("target-url `{}` is not an absolute address", bad.target_url)),
        None => Ok(()),
    }
}

/// A text for a credential: some readers of badges count braces without looking at strings, so there are none.
fn plain(name: &str, text: &str, most: usize) -> Result<(), String> {
    if text.is_empty() || text.chars().count() > most {
        return Err(format!("{name}: expected 1 to {most} characters"));
    }
    if text.contains(|c: char| c.is_control() || matches!(c, '{' | '}')) {
        return Err(format!("{name}: control characters and braces are not allowed"));
    }
    Ok(())
}

fn check_source(level: &Level, shelves: &Shelves) -> Result<(), String> {
    match &level.source {
        TextSource::Own(text) => Text::new(text, level.lookalikes).map(drop).map_err(|e| e.to_string()),
        TextSource::Words(list) if shelves.word_list(list, &level.origin).is_none() => {
            Err(format!("there is no word list `{list}`: name a file of the folder words"))
        }
        TextSource::Words(_) => Ok(()),
        TextSource::Passages(kinds) => {
            let passages = shelves.passages_in(level.language, &level.origin);
            let known: BTreeSet<&str> = passages.into_iter().map(|passage| passage.kind).collect();
            match kinds.iter().find(|kind| !known.contains(kind.as_str())) {
                Some(kind) => {
                    let known: Vec<&str> = known.into_iter().collect();
                    Err(format!("there is no passage of the kind `{kind}`; known: {}", known.join(", ")))
                }
                None => Ok(()),
            }
        }
    }
}
