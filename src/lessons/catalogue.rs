//! The catalogue: everything there is to type and to pass, the program's own and the user's files.
//!
//! What is shipped is read when it is first asked for, file by file.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::embedded;
use super::folder::Folder;
use super::level::Level;
use super::passage::Passage;
use super::pathway::Pathway;
use super::problem::{Effect, MAX_FILE, Problem, Reading};
use super::rule_set::RuleSet;
use super::shelves::Shelves;
use super::terms::Origin;
use super::words::WordList;
use crate::typing::attempt::LevelRef;

/// The shipped pathways with their levels. The id of a level occurs in one file only; a test holds that.
static SHIPPED: Folder<(Pathway, Vec<Level>), { embedded::PATHWAYS.len() }> =
    Folder::new(embedded::PATHWAYS, |reading| Pathway::read(reading, &Shelves::embedded(), &Origin::Shipped));

/// The references of the shipped levels, one by one: each is a digest of all that the level says.
static REFERENCES: LazyLock<Vec<[u8; 4]>> =
    LazyLock::new(|| shipped_levels().map(Level::reference).collect());

fn shipped_levels<'a>() -> impl Iterator<Item = &'a Level> {
    SHIPPED.all().flat_map(|(_, levels)| levels)
}

/// Everything there is to type and to pass.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Catalogue {
    pathways: Vec<Pathway>,
    levels: Vec<Level>,
    shelves: Shelves,
}

/// What a file of the user holds.
enum Shelf {
    Pathway,
    RuleSet,
    Passage,
    Words,
}

impl Catalogue {
    /// What is shipped, and nothing else; reads no file yet.
    pub fn embedded() -> Self {
        Self::default()
    }

    /// The passages, rule files and word lists.
    pub const fn shelves(&self) -> &Shelves {
        &self.shelves
    }

    /// Adds the user's files, given as names (paths) and texts; gives what is wrong with them. A pathway has `level`
    /// members, a rule file `rules`, a passage `text`; a word list ends in `.txt`. Files of another kind are passed over.
    pub fn extend<'a>(&mut self, files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Vec<Problem> {
        let mut problems = Vec::new();
        let mut pathways = Vec::new();
        for (name, text) in files {
            let mut reading = Reading::new(name, text);
            let origin = || Origin::Own(name.to_owned());
            match shelf(&mut reading) {
                Some(Shelf::Pathway) => pathways.push((name, text)),
                Some(Shelf::RuleSet) => self.shelves.exams.extend(RuleSet::read(&mut reading, origin())),
                Some(Shelf::Passage) => self.shelves.passages.extend(Passage::read(&mut reading, origin())),
                Some(Shelf::Words) => self.shelves.words.extend(WordList::read(&mut reading, origin())),
                None => {}
            }
            problems.append(&mut reading.problems);
        }
        // Levels last: they refer to the others.
        for (name, text) in pathways {
            let mut reading = Reading::new(name, text);
            self.add_pathway(&mut reading, &Origin::Own(name.to_owned()));
            problems.append(&mut reading.problems);
        }
        problems
    }

    fn add_pathway(&mut self, reading: &mut Reading<'_>, origin: &Origin) {
        let Some((mut pathway, mut levels)) = Pathway::read(reading, &self.shelves, origin) else { return };
        levels.retain(|level| {
            let twice = self.levels.iter().find(|l| l.named() == level.named());
            if let Some(Level { origin: Origin::Own(file), .. }) = twice {
                let what = format!("level `{}` version {} is in {file} too", level.id, level.version);
                reading.note(None, &what, Effect::LevelLeftOut);
            }
            twice.is_none()
        });
        pathway.levels = levels.iter().map(Level::named).collect();
        self.levels.append(&mut levels);
        self.pathways.push(pathway);
    }

    /// The pathways: the user's first, then the shipped ones whose id the user did not take.
    pub fn pathways(&self) -> impl Iterator<Item = &Pathway> {
        let free = |p: &&Pathway| !self.pathways.iter().any(|own| own.id == p.id);
        self.pathways.iter().chain(SHIPPED.all().map(|(pathway, _)| pathway).filter(free))
    }

    /// The newest version of every level of a pathway, in its order.
    pub fn levels_of<'a>(&'a self, pathway: &'a Pathway) -> impl Iterator<Item = &'a Level> {
        let newest = |named| self.level_version(named).filter(|l| self.level(&l.id) == Some(*l));
        pathway.levels.iter().filter_map(newest)
    }

    /// The newest version of every level, once, pathway by pathway.
    pub fn levels(&self) -> impl Iterator<Item = &Level> {
        self.pathways().flat_map(|p| self.levels_of(p).filter(|level| level.pathway == p.id))
    }

    /// As [`Self::levels`], of the pathway of this id alone. Reads no other shipped pathway.
    pub fn levels_in(&self, id: &str) -> impl Iterator<Item = &Level> {
        let mut pathways: Vec<&Pathway> = self.pathways.iter().filter(|p| p.id == id).collect();
        if pathways.is_empty() {
            pathways.extend(SHIPPED.get(id).map(|(pathway, _)| pathway));
        }
        pathways.into_iter().flat_map(|p| self.levels_of(p).filter(|level| level.pathway == p.id))
    }

    /// The levels that count as passed: these, and those below them. A level is below another one that names it among its
    /// prerequisites, or names one that it is below.
    pub fn with_those_below(&self, passed: &BTreeSet<String>) -> BTreeSet<String> {
        let mut all = passed.clone();
        let mut open: Vec<String> = passed.iter().cloned().collect();
        while let Some(id) = open.pop() {
            let below = self.level(&id).into_iter().flat_map(|level| &level.prerequisites);
            open.extend(below.filter(|id| all.insert((*id).clone())).cloned());
        }
        all
    }

    /// Every version of every level that there is, shipped ones that the user replaced included: for verifying.
    pub fn all_levels(&self) -> impl Iterator<Item = &Level> {
        self.levels.iter().chain(shipped_levels())
    }

    /// The newest version of a level; the user's where the user has one of this id.
    pub fn level(&self, id: &str) -> Option<&Level> {
        let newest = |levels: &'_ [Level]| -> Option<usize> {
            let same = levels.iter().enumerate().filter(|(_, l)| l.id == id);
            same.max_by_key(|(_, l)| l.version).map(|(i, _)| i)
        };
        newest(&self.levels)
            .and_then(|i| self.levels.get(i))
            .or_else(|| SHIPPED.likely(id).find_map(|(_, levels)| levels.get(newest(levels)?)))
    }

    /// A level by id and version; the user's first.
    pub fn level_version(&self, named: &LevelRef) -> Option<&Level> {
        let same = |l: &&Level| l.id == named.id && l.version == named.version;
        let own = self.levels.iter().find(same);
        own.or_else(|| SHIPPED.likely(&named.id).find_map(|(_, levels)| levels.iter().find(same)))
    }

    /// All levels that a token's reference can mean.
    pub fn by_reference(&self, reference: [u8; 4]) -> impl Iterator<Item = &Level> {
        let own = self.levels.iter().filter(move |level| level.reference() == reference);
        let shipped = shipped_levels().zip(REFERENCES.iter());
        own.chain(shipped.filter(move |(_, its)| **its == reference).map(|(level, _)| level))
    }
}

/// What a file holds, by its name and members.
fn shelf(reading: &mut Reading<'_>) -> Option<Shelf> {
    let name = reading.file().to_ascii_lowercase();
    let (toml, words) = (name.ends_with(".toml"), name.ends_with(".txt"));
    if !toml && !words {
        return None;
    }
    if reading.text().len() > MAX_FILE {
        reading.note(None, &format!("larger than {MAX_FILE} bytes"), Effect::FileLeftOut);
        return None;
    }
    if words {
        return Some(Shelf::Words);
    }
    let members = toml::de::DeTable::parse_recoverable(reading.text()).0.into_inner();
    let shelf = [("level", Shelf::Pathway), ("rules", Shelf::RuleSet), ("text", Shelf::Passage)]
        .into_iter()
        .find_map(|(name, shelf)| members.contains_key(name).then_some(shelf));
    if shelf.is_none() {
        // A line that is no TOML may be why nothing is known of the file.
        reading.table();
        let what = "expected [[level]] (a pathway), [rules] (a rule file) or text (a passage)";
        reading.note(None, what, Effect::FileLeftOut);
    }
    shelf
}
