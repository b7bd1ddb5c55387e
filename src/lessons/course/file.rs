//! Course files: how a course is written in TOML.

use serde::Deserialize;

use super::check;
use super::part::{Course, Drill, Part};
use crate::lessons::decimal::Hundredths;
use crate::lessons::own;
use crate::lessons::problem::{Reading, without_controls};
use crate::lessons::terms::Origin;
use crate::typing::rules::Unit;

/// Characters of a lesson's text where its file says nothing else: five minutes at 8 WPM.
const LENGTH: usize = 200;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct File {
    title: String,
    #[serde(default)]
    description: String,
    #[serde(default = "first")]
    version: u32,
    #[serde(default)]
    unit: Unit,
    #[serde(default = "accurate")]
    accuracy: Hundredths,
    speed: Rise,
    #[serde(default = "usual")]
    length: usize,
    #[serde(default, rename = "lesson")]
    lessons: Vec<Entry>,
}

/// The speed of the first and the last lesson.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rise {
    from: Hundredths,
    to: Hundredths,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Entry {
    id: String,
    title: String,
    goal: String,
    explanation: Vec<String>,
    drill: Kind,
    start: Option<Vec<String>>,
    repeat_every: Option<usize>,
    characters: Option<Vec<String>>,
    among_words: Option<bool>,
    snippets: Option<Vec<String>>,
    #[serde(default)]
    languages: Vec<String>,
    length: Option<usize>,
    #[serde(default)]
    anew: bool,
    #[serde(default)]
    test: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    Letters,
    Accents,
    Capitals,
    Marks,
    Numbers,
    Review,
    Prose,
    Code,
}

const fn first() -> u32 {
    1
}

const fn accurate() -> Hundredths {
    Hundredths(9_500)
}

const fn usual() -> usize {
    LENGTH
}

impl Course {
    /// Reads a course file; `None` when it cannot be used, which `reading` then says.
    pub fn read(reading: &mut Reading<'_>, origin: Origin) -> Option<Self> {
        let file = reading.whole(|id, file| course(id, file, &Origin::Shipped).map(drop))?;
        course(reading.id(), &file, &origin).ok()
    }
}

fn course(id: &str, file: &File, origin: &Origin) -> Result<Course, String> {
    let own = matches!(origin, Origin::Own(_));
    let course = Course {
        id: if own { own::id(id) } else { id.to_owned() },
        version: file.version,
        title: without_controls(&file.title),
        description: without_controls(&file.description),
        unit: file.unit,
        accuracy_bp: file.accuracy.0,
        from_x100: file.speed.from.0,
        to_x100: file.speed.to.0,
        parts: file.lessons.iter().map(|entry| part(entry, file.length)).collect::<Result<_, _>>()?,
        origin: origin.clone(),
    };
    check::course(id, &course).map(|()| course)
}

fn part(entry: &Entry, length: usize) -> Result<Part, String> {
    Ok(Part {
        id: entry.id.clone(),
        title: without_controls(&entry.title),
        goal: without_controls(&entry.goal),
        explanations: entry.explanation.iter().map(|text| without_controls(text)).collect(),
        drill: drill(entry).map_err(|what| format!("lesson `{}`: {what}", without_controls(&entry.id)))?,
        languages: entry.languages.clone(),
        length: entry.length.unwrap_or(length),
        anew: entry.anew,
        test: entry.test,
    })
}

/// What is practised, by the members that belong to this kind of lesson; others are refused.
fn drill(entry: &Entry) -> Result<Drill, String> {
    let Entry { start, repeat_every, characters, among_words, snippets, .. } = entry;
    let given = [
        ("start", start.is_some()),
        ("repeat-every", repeat_every.is_some()),
        ("characters", characters.is_some()),
        ("among-words", among_words.is_some()),
        ("snippets", snippets.is_some()),
    ];
    let (name, takes): (&str, &[&str]) = match entry.drill {
        Kind::Letters => ("letters", &["start", "repeat-every"]),
        Kind::Accents => ("accents", &[]),
        Kind::Capitals => ("capitals", &[]),
        Kind::Marks => ("marks", &["characters"]),
        Kind::Numbers => ("numbers", &["characters", "among-words"]),
        Kind::Review => ("review", &[]),
        Kind::Prose => ("prose", &[]),
        Kind::Code => ("code", &["snippets"]),
    };
    if let Some((member, _)) = given.iter().find(|(member, given)| *given && !takes.contains(member)) {
        return Err(format!("`{member}` does not belong to drill = \"{name}\": leave it out"));
    }
    let needed = |member: &str, example: &str| format!("drill = \"{name}\" needs `{member} = {example}`");
    Ok(match entry.drill {
        Kind::Letters => {
            let start = start.as_ref().ok_or_else(|| needed("start", "[\"home 4\", \"home 7\"]"))?;
            let start = start.iter().map(|place| check::place(place)).collect::<Result<_, _>>()?;
            Drill::Letters { start, review_every: repeat_every.unwrap_or(0) }
        }
        Kind::Accents => Drill::Accents,
        Kind::Capitals => Drill::Capitals,
        Kind::Marks => {
            Drill::Marks(characters.clone().ok_or_else(|| needed("characters", "[\".,\", \"?!\"]"))?)
        }
        Kind::Numbers => Drill::Numbers {
            characters: entry.characters.clone().unwrap_or_default(),
            among_words: among_words.unwrap_or(false),
        },
        Kind::Review => Drill::Review,
        Kind::Prose => Drill::Prose,
        Kind::Code => Drill::Code(snippets.clone().ok_or_else(|| needed("snippets", "[\"...\"]"))?),
    })
}
