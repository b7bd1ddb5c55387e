//! Pathway files: levels in an order, with what they share stated once and their texts written as templates.

mod check;

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::language::Language;
use super::level::{Alignment, Level, VALID_DAYS};
use super::problem::{Effect, Reading, Refusal, is_id, refusal, without_controls};
use super::rule_set::RuleSet;
use super::shelves::Shelves;
use super::terms::{Origin, TextSource, Thresholds};
use super::wording;
use crate::typing::attempt::LevelRef;
use crate::typing::rules::{Limit, Rules};
use crate::typing::score::METRICS;
use crate::typing::text::Lookalikes;

/// Most levels in a file.
pub const MAX_LEVELS: usize = 500;

/// Levels in an order, as they are offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pathway {
    /// The file's name without its extension.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// What it is for.
    pub description: String,
    /// The language of its texts, as far as its levels share one.
    pub language: Language,
    /// Its levels, easiest first.
    pub levels: Vec<LevelRef>,
    /// Where it came from.
    pub origin: Origin,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    title: String,
    #[serde(default)]
    description: String,
    /// Whether each level is best taken after the one before it.
    #[serde(default)]
    ordered: bool,
}

/// A level as a file writes it, or what the levels of a file share.
#[derive(Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct Draft {
    id: Option<String>,
    version: Option<u32>,
    title: Option<String>,
    description: Option<String>,
    narrative: Option<String>,
    exam: Option<String>,
    grade: Option<String>,
    rules: Option<Rules>,
    pass: Option<Thresholds>,
    language: Option<Language>,
    text: Option<String>,
    words: Option<String>,
    passages: Option<Vec<String>>,
    lookalikes: Option<Lookalikes>,
    prerequisites: Option<Vec<String>>,
    valid_days: Option<u32>,
    tags: Option<Vec<String>>,
    alignment: Option<Vec<Alignment>>,
    achievement_type: Option<String>,
}

impl Draft {
    /// This draft, completed by what its file shares. Of members that exclude each other the level's own hold.
    fn or(self, shared: &Self) -> Self {
        let mut base = shared.clone();
        if self.exam.is_some() || self.rules.is_some() {
            (base.exam, base.grade, base.rules) = (None, None, None);
        }
        if self.pass.is_some() || self.grade.is_some() {
            (base.grade, base.pass) = (None, None);
        }
        if self.text.is_some() || self.words.is_some() || self.passages.is_some() {
            (base.text, base.words, base.passages) = (None, None, None);
        }
        Self {
            id: self.id.or(base.id),
            version: self.version.or(base.version),
            title: self.title.or(base.title),
            description: self.description.or(base.description),
            narrative: self.narrative.or(base.narrative),
            exam: self.exam.or(base.exam),
            grade: self.grade.or(base.grade),
            rules: self.rules.or(base.rules),
            pass: self.pass.or(base.pass),
            language: self.language.or(base.language),
            text: self.text.or(base.text),
            words: self.words.or(base.words),
            passages: self.passages.or(base.passages),
            lookalikes: self.lookalikes.or(base.lookalikes),
            prerequisites: self.prerequisites.or(base.prerequisites),
            valid_days: self.valid_days.or(base.valid_days),
            tags: self.tags.or(base.tags),
            alignment: self.alignment.or(base.alignment),
            achievement_type: self.achievement_type.or(base.achievement_type),
        }
    }

    fn source(&self) -> Result<TextSource, String> {
        match (&self.text, &self.words, &self.passages) {
            (Some(text), None, None) => Ok(TextSource::Own(text.clone())),
            (None, Some(list), None) => Ok(TextSource::Words(list.clone())),
            (None, None, kinds) => Ok(TextSource::Passages(kinds.clone().unwrap_or_default())),
            _ => Err("`text`, `words` and `passages` exclude each other: give one".to_owned()),
        }
    }

    fn rules(&self, exam: Option<&RuleSet>) -> Result<Rules, String> {
        let rules = match (exam, self.rules) {
            (Some(exam), None) => exam.rules,
            (None, Some(rules)) => rules,
            (None, None) => {
                return Err(
                    "the rules are missing: give `rules = { limit = { seconds = 300 } }`, or `exam`".into()
                );
            }
            (Some(_), Some(_)) => return Err("`rules` and `exam` exclude each other: give one".into()),
        };
        rules.check().map(|()| rules).map_err(|e| e.to_string())
    }

    /// What has to be reached, and the name of the grade that asks it.
    fn pass(&self, exam: Option<&RuleSet>) -> Result<(Thresholds, String), String> {
        match (self.pass, &self.grade, exam) {
            (Some(_), Some(_), _) => Err("`pass` and `grade` exclude each other: give one".into()),
            (Some(pass), None, _) => Ok((pass, String::new())),
            (None, Some(id), Some(exam)) => exam
                .grade(id)
                .map(|grade| (grade.thresholds(), grade.name.clone()))
                .ok_or_else(|| format!("exam `{}` has no grade `{id}`: give one of its grades", exam.id)),
            _ => Err("the threshold is missing: give `pass = { speed = 60, accuracy = 97 }`".into()),
        }
    }
}

impl Pathway {
    /// Reads a pathway file; levels that cannot be used are left out, which `reading` then says. `None` when no level
    /// is left.
    pub fn read(reading: &mut Reading<'_>, shelves: &Shelves, origin: &Origin) -> Option<(Self, Vec<Level>)> {
        let (mut table, bad) = reading.table();
        let id = reading.id().to_owned();
        let drafts = take_levels(&mut table);
        let (head, shared) = head(reading, table, &id)?;
        let starts: Vec<usize> = drafts.iter().map(|d| d.span().start).collect();
        // A line that is no TOML spoils the level in which it stands: what it was to say is not known.
        let spoilt: BTreeSet<usize> =
            bad.iter().map(|at| starts.partition_point(|start| start <= at)).collect();
        if spoilt.contains(&0) {
            reading.note(None, "what the levels share cannot be read", Effect::FileLeftOut);
            return None;
        }
        if drafts.len() > MAX_LEVELS {
            let what = format!("more than {MAX_LEVELS} levels: those after it are left out");
            reading.note(starts.get(MAX_LEVELS).copied(), &what, Effect::LevelLeftOut);
        }
        let mut levels: Vec<Level> = Vec::new();
        for (n, draft) in drafts.into_iter().take(MAX_LEVELS).enumerate() {
            let at = draft.span().start;
            let read = if spoilt.contains(&(n + 1)) {
                Err(vec![(Some(at), "a line of this level cannot be read".to_owned())])
            } else {
                read_level(reading, draft, &shared, shelves, origin)
            };
            match read {
                Ok(level) if levels.iter().any(|l| l.named() == level.named()) => {
                    let what = format!("level `{}` version {} is there twice", level.id, level.version);
                    reading.note(Some(at), &what, Effect::LevelLeftOut);
                }
                Ok(level) => levels.push(Level { pathway: id.clone(), ..level }),
                Err(refusals) => {
                    for (at, what) in refusals {
                        reading.note(at, &what, Effect::LevelLeftOut);
                    }
                }
            }
        }
        if head.ordered {
            order(&mut levels);
        }
        if levels.is_empty() {
            if reading.problems.is_empty() {
                reading.note(None, "expected at least one [[level]]", Effect::FileLeftOut);
            }
            return None;
        }
        let named = levels.iter().map(Level::named).collect();
        let pathway = Self {
            id,
            title: without_controls(&head.title),
            description: without_controls(&head.description),
            language: shared.language.unwrap_or_default(),
            levels: named,
            origin: origin.clone(),
        };
        Some((pathway, levels))
    }
}

fn take_levels<'a>(table: &mut DeTable<'a>) -> Vec<Spanned<DeValue<'a>>> {
    match table.remove("level").map(Spanned::into_inner) {
        Some(DeValue::Array(levels)) => levels.into_iter().collect(),
        _ => Vec::new(),
    }
}

fn head<'a>(reading: &mut Reading<'a>, mut table: DeTable<'a>, id: &str) -> Option<(Head, Draft)> {
    let shared = match table.remove("defaults").map(|defaults| reading.value(defaults)) {
        None => Ok(Draft::default()),
        Some(read) => read,
    };
    let head = reading.value::<Head>(Spanned::new(0..0, DeValue::Table(table)));
    let (at, what) = match (head, shared) {
        (Ok(head), Ok(shared)) if is_id(id) => return Some((head, shared)),
        (Ok(_), Ok(_)) => (None, format!("file name `{id}` must be lower-case letters, digits and hyphens")),
        (Err(error), _) | (_, Err(error)) => refusal(&error),
    };
    reading.note(at, &what, Effect::FileLeftOut);
    None
}

/// Puts each level after the one before it, unless it names its own prerequisites.
fn order(levels: &mut [Level]) {
    for i in 1..levels.len() {
        let before = levels.get(i - 1).map(|l| l.id.clone());
        if let Some(level) = levels.get_mut(i).filter(|l| l.prerequisites.is_empty()) {
            level.prerequisites.extend(before.filter(|id| *id != level.id));
        }
    }
}

fn read_level<'a>(
    reading: &mut Reading<'a>,
    draft: Spanned<DeValue<'a>>,
    shared: &Draft,
    shelves: &Shelves,
    origin: &Origin,
) -> Result<Level, Vec<Refusal>> {
    let at = draft.span().start;
    let refused = |what| vec![(Some(at), what)];
    let draft: Draft = reading.members(draft)?;
    let level = level(draft.or(shared), shelves, origin).map_err(refused)?;
    // What is shipped is found right by a test, and not at every start.
    if *origin != Origin::Shipped {
        check::level(&level, shelves).map_err(refused)?;
    }
    Ok(level)
}

/// The level that a complete draft describes, its templates filled.
fn level(draft: Draft, shelves: &Shelves, origin: &Origin) -> Result<Level, String> {
    let exam = match &draft.exam {
        Some(id) => Some(
            shelves
                .exam(id, origin)
                .ok_or_else(|| format!("there is no exam `{id}`: name a file of the folder rules"))?,
        ),
        None => None,
    };
    let rules = draft.rules(exam)?;
    let (pass, grade) = draft.pass(exam)?;
    let source = draft.source()?;
    let language = draft.language.unwrap_or_default();
    let lookalikes = draft.lookalikes.unwrap_or_default();
    let mut holes = holes(&rules, &pass);
    holes.insert("text", wording::source(&source, language, lookalikes));
    holes.insert("language", language.name().to_owned());
    holes.insert("grade", grade);
    if let Some(exam) = exam {
        let texts = [
            ("exam", &exam.name),
            ("body", &exam.body),
            ("source", &exam.source),
            ("states", &exam.states),
            ("uncertain", &exam.uncertain),
        ];
        holes.extend(texts.map(|(name, text)| (name, text.clone())));
    }
    let needed = |name: &str, template: Option<String>| {
        template.ok_or_else(|| format!("the {name} is missing: give `{name} = \"...\"`"))
    };
    let filled = |template: Option<String>, usual: &str| {
        wording::fill_template(template.as_deref().unwrap_or(usual), &holes)
    };
    Ok(Level {
        id: wording::fill_template(&needed("id", draft.id)?, &holes)?,
        version: draft.version.unwrap_or(1),
        pathway: String::new(),
        title: wording::fill_template(&needed("title", draft.title)?, &holes)?,
        description: filled(draft.description, wording::DESCRIPTION)?,
        narrative: filled(draft.narrative, wording::NARRATIVE)?,
        rules,
        pass,
        language,
        source,
        lookalikes,
        ends_early: false,
        prerequisites: draft.prerequisites.unwrap_or_default(),
        valid_days: draft.valid_days.or(exam.and_then(|e| e.valid_days)).unwrap_or(VALID_DAYS),
        tags: draft.tags.unwrap_or_default(),
        alignment: draft.alignment.unwrap_or_default(),
        achievement_type: draft.achievement_type.unwrap_or_else(|| "Assessment".to_owned()),
        origin: origin.clone(),
    })
}

/// What a template may name, besides what is typed and the texts of an exam.
fn holes(rules: &Rules, pass: &Thresholds) -> BTreeMap<&'static str, String> {
    let mut holes = BTreeMap::from([
        ("speed", pass.speed.to_string()),
        ("unit", rules.unit.name().to_owned()),
        ("duration", wording::duration(rules.limit)),
        ("rules", wording::rules(rules)),
        ("requirement", wording::requirement(rules, pass)),
        ("metrics", METRICS.to_owned()),
    ]);
    if let Some(accuracy) = pass.accuracy {
        holes.insert("accuracy", accuracy.to_string());
    }
    if let Limit::Seconds(s) = rules.limit
        && s % 60 == 0
    {
        holes.insert("minutes", (s / 60).to_string());
    }
    holes
}
