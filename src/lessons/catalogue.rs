//! The catalogue: everything there is to type and to pass, the program's own and the user's files.
//!
//! What is shipped is read when it is first asked for, file by file.

use std::collections::BTreeSet;
use std::sync::LazyLock;

mod courses;

pub use courses::shipped_courses;

use super::course::Course;
use super::embedded;
use super::folder::Folder;
use super::language::Language;
use super::layout::{self, Layout};
use super::level::Level;
use super::own;
use super::passage::Passage;
use super::pathway::Pathway;
use super::problem::{Effect, MAX_FILE, Problem, Reading};
use super::rule_set::RuleSet;
use super::shelves::{Shelves, shipped_layout};
use super::terms::Origin;
use super::words::WordList;
use crate::typing::attempt::LevelRef;

/// The shipped pathways with their levels. The id of a level occurs in one file only; a test holds that.
static SHIPPED: Folder<(Pathway, Vec<Level>), { embedded::PATHWAYS.len() }> =
    Folder::new(embedded::PATHWAYS, |reading| Pathway::read(reading, &Shelves::embedded(), &Origin::Shipped));

/// The digests of the shipped levels, one by one: each is of all that the level says.
static DIGESTS: LazyLock<Vec<[u8; 32]>> =
    LazyLock::new(|| Catalogue::shipped_levels().map(Level::digest).collect());

/// Everything there is to type and to pass. Levels of the user's files have a namespace of their own, see
/// [`own`]: none takes a shipped level's place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Catalogue {
    pathways: Vec<Pathway>,
    levels: Vec<Level>,
    /// The user's levels as version 0.1.0 knew them.
    former: Vec<Level>,
    courses: Vec<Course>,
    shelves: Shelves,
}

/// What a file of the user holds.
enum Shelf {
    Pathway,
    RuleSet,
    Passage,
    Words,
    Layout,
    Kalamine,
    Course,
}

impl Catalogue {
    /// What is shipped, and nothing else; reads no file yet.
    pub fn embedded() -> Self {
        Self::default()
    }

    /// Every version of every shipped level.
    pub fn shipped_levels<'a>() -> impl Iterator<Item = &'a Level> {
        SHIPPED.all().flat_map(|(_, levels)| levels)
    }

    /// The passages, rule files and word lists.
    pub const fn shelves(&self) -> &Shelves {
        &self.shelves
    }

    /// Adds the user's files, given as names (paths) and texts; gives what is wrong with them. A pathway has `level`
    /// members, a course `lesson` members, a rule file `rules`, a passage `text`, a keyboard layout `plain` (or `base` or `full`, as Kalamine has
    /// it); a word list ends in `.txt`. Files of another kind are passed over.
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
                Some(Shelf::Layout) => self.add_layout(layout::file::read(&mut reading, origin())),
                Some(Shelf::Course) => self.add_course(&mut reading, origin()),
                Some(Shelf::Kalamine) => self.add_layout(layout::kalamine::read(&mut reading, origin())),
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

    fn add_layout(&mut self, read: Option<Layout>) {
        let named = read.map(|mut layout| {
            layout.id = own::id(&layout.id);
            layout
        });
        self.shelves.layouts.extend(named);
    }

    fn add_pathway(&mut self, reading: &mut Reading<'_>, origin: &Origin) {
        let Some((mut pathway, mut written)) = Pathway::read(reading, &self.shelves, origin) else { return };
        written.retain(|level| {
            let named = LevelRef { id: own::id(&level.id), version: level.version };
            let twice = self.levels.iter().find(|l| l.named() == named);
            if let Some(Level { origin: Origin::Own(file), .. }) = twice {
                let what = format!("level `{}` version {} is in {file} too", level.id, level.version);
                reading.note(None, &what, Effect::LevelLeftOut);
            }
            twice.is_none()
        });
        let here: Vec<String> = written.iter().map(|level| level.id.clone()).collect();
        let mut levels: Vec<Level> = written.iter().map(|level| own::level(level, &self.shelves)).collect();
        for id in levels.iter_mut().flat_map(|level| &mut level.prerequisites) {
            // A level of this file is meant before a shipped one, and that before a level of another file.
            if here.contains(id) || !Self::shipped_levels().any(|level| level.id == *id) {
                *id = own::id(id);
            }
        }
        pathway.id = own::id(&pathway.id);
        pathway.levels = levels.iter().map(Level::named).collect();
        self.former.extend(written.iter().map(|level| own::former(level, &self.shelves)));
        self.levels.append(&mut levels);
        self.pathways.push(pathway);
    }

    /// The pathways: the user's first, then the shipped ones.
    pub fn pathways(&self) -> impl Iterator<Item = &Pathway> {
        self.pathways.iter().chain(SHIPPED.all().map(|(pathway, _)| pathway))
    }

    /// The pathways that are offered to a person who types in a language: the user's, those in it, and the English ones.
    pub fn pathways_for(&self, language: Language) -> impl Iterator<Item = &Pathway> {
        let shipped =
            |of: Language| SHIPPED.all().map(|(pathway, _)| pathway).filter(move |p| p.language == of);
        let english = (language != Language::English).then(|| shipped(Language::English));
        self.pathways.iter().chain(shipped(language)).chain(english.into_iter().flatten())
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

    /// The keyboard layout of this name: a shipped one, or one of the user, with or without its namespace.
    pub fn layout(&self, name: &str) -> Option<&Layout> {
        let own = |id: &str| self.shelves.layouts.iter().find(|layout| layout.is_called(id));
        shipped_layout(name).or_else(|| own(name)).or_else(|| own(&own::id(name)))
    }

    /// Every version of every level that there is, and the user's as version 0.1.0 knew them: for verifying.
    pub fn all_levels(&self) -> impl Iterator<Item = &Level> {
        self.levels.iter().chain(&self.former).chain(Self::shipped_levels())
    }

    /// The newest version of a level: a shipped one of this id, or the user's, with or without its namespace.
    pub fn level(&self, id: &str) -> Option<&Level> {
        let shipped = SHIPPED.likely(id).find_map(|(_, levels)| newest(levels, id));
        shipped.or_else(|| newest(&self.levels, &own::id(id)))
    }

    /// A level by id and version; as for [`Self::level`], a shipped one before one of the user.
    pub fn level_version(&self, named: &LevelRef) -> Option<&Level> {
        let is = |level: &Level, id: &str| level.id == id && level.version == named.version;
        let shipped = SHIPPED.likely(&named.id);
        let shipped = shipped.into_iter().find_map(|(_, levels)| levels.iter().find(|l| is(l, &named.id)));
        shipped.or_else(|| self.levels.iter().find(|l| is(l, &own::id(&named.id))))
    }

    /// The id under which a level is known that a history names: version 0.1.0 gave the levels of the user's files no
    /// namespace.
    pub fn known_id<'a>(&'a self, id: &'a str) -> &'a str {
        self.level(id).map_or(id, |level| &level.id)
    }

    /// Every level as in [`Self::all_levels`] with its digest.
    pub fn digests(&self) -> impl Iterator<Item = (&Level, [u8; 32])> {
        let own = self.levels.iter().chain(&self.former).map(|level| (level, level.digest()));
        own.chain(Self::shipped_levels().zip(DIGESTS.iter().copied()))
    }

    /// All levels that a token's reference can mean.
    pub fn by_reference(&self, reference: [u8; 4]) -> impl Iterator<Item = &Level> {
        self.digests().filter(move |(_, digest)| digest.starts_with(&reference)).map(|(level, _)| level)
    }
}

/// The newest version of the level of this id.
fn newest<'a>(levels: &'a [Level], id: &str) -> Option<&'a Level> {
    levels.iter().filter(|level| level.id == id).max_by_key(|level| level.version)
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
    let shelf = [
        ("level", Shelf::Pathway),
        ("lesson", Shelf::Course),
        ("rules", Shelf::RuleSet),
        ("text", Shelf::Passage),
        ("plain", Shelf::Layout),
        ("base", Shelf::Kalamine),
        ("full", Shelf::Kalamine),
    ];
    let shelf = shelf.into_iter().find_map(|(name, shelf)| members.contains_key(name).then_some(shelf));
    if shelf.is_none() {
        // A line that is no TOML may be why nothing is known of the file.
        reading.table();
        let what = "expected [[level]] (a pathway), [[lesson]] (a course), [rules] (a rule file), text (a passage) or \
                    [plain] (a layout)";
        reading.note(None, what, Effect::FileLeftOut);
    }
    shelf
}
