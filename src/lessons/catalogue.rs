//! The catalogue: everything there is to type and to pass, the program's own and the user's files.
//!
//! What is shipped is read when it is first asked for, passages one by one. A shipped level sees shipped passages, lists
//! and exams only, since whoever checks its badge has no others; a level of the user sees both, the user's first.

use std::sync::{LazyLock, OnceLock};

use super::embedded;
use super::level::{Level, Origin};
use super::passage::Passage;
use super::pathway::Pathway;
use super::problem::{Effect, MAX_FILE, Problem, Reading};
use super::rule_set::RuleSet;
use super::words::WordList;

/// The shipped pathways and levels with whatever is wrong with their files, which a test holds to be nothing.
struct Shipped {
    pathways: Vec<Pathway>,
    levels: Vec<Level>,
    problems: Vec<Problem>,
}

static SHIPPED: LazyLock<Shipped> = LazyLock::new(|| {
    let mut shipped = Shipped { pathways: Vec::new(), levels: Vec::new(), problems: Vec::new() };
    let bare = Catalogue::embedded();
    for (name, text) in embedded::PATHWAYS {
        let mut reading = Reading::new(name, text);
        if let Some((pathway, levels)) = Pathway::read(&mut reading, &bare, &Origin::Shipped) {
            shipped.pathways.push(pathway);
            shipped.levels.extend(levels);
        }
        shipped.problems.append(&mut reading.problems);
    }
    shipped
});

/// The references of [`Shipped::levels`], one by one: each is a digest of all that the level says.
static REFERENCES: LazyLock<Vec<[u8; 4]>> =
    LazyLock::new(|| SHIPPED.levels.iter().map(Level::reference).collect());

static EXAMS: LazyLock<Vec<RuleSet>> = LazyLock::new(|| {
    let read = |(name, text): &embedded::File| RuleSet::read(&mut Reading::new(name, text), Origin::Shipped);
    embedded::EXAMS.iter().filter_map(read).collect()
});

static PASSAGES: LazyLock<Vec<OnceLock<Option<Passage>>>> =
    LazyLock::new(|| embedded::PASSAGES.iter().map(|_| OnceLock::new()).collect());

static WORDS: LazyLock<Vec<WordList>> = LazyLock::new(|| {
    let read = |(name, text): &embedded::File| WordList::read(&mut Reading::new(name, text), Origin::Shipped);
    embedded::WORDS.iter().filter_map(read).collect()
});

/// Everything there is to type and to pass.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Catalogue {
    pathways: Vec<Pathway>,
    levels: Vec<Level>,
    passages: Vec<Passage>,
    exams: Vec<RuleSet>,
    words: Vec<WordList>,
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

    /// What is wrong with the shipped files: nothing.
    pub fn shipped_problems() -> &'static [Problem] {
        &SHIPPED.problems
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
                Some(Shelf::RuleSet) => self.exams.extend(RuleSet::read(&mut reading, origin())),
                Some(Shelf::Passage) => self.passages.extend(Passage::read(&mut reading, origin())),
                Some(Shelf::Words) => self.words.extend(WordList::read(&mut reading, origin())),
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
        let Some((mut pathway, mut levels)) = Pathway::read(reading, self, origin) else { return };
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
        self.pathways.iter().chain(SHIPPED.pathways.iter().filter(free))
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

    /// Every version of every level that there is, shipped ones that the user replaced included: for verifying.
    pub fn all_levels(&self) -> impl Iterator<Item = &Level> {
        self.levels.iter().chain(&SHIPPED.levels)
    }

    /// The newest version of a level; the user's where the user has one of this id.
    pub fn level(&self, id: &str) -> Option<&Level> {
        let newest = |levels: &'_ [Level]| -> Option<usize> {
            let same = levels.iter().enumerate().filter(|(_, l)| l.id == id);
            same.max_by_key(|(_, l)| l.version).map(|(i, _)| i)
        };
        newest(&self.levels)
            .and_then(|i| self.levels.get(i))
            .or_else(|| newest(&SHIPPED.levels).and_then(|i| SHIPPED.levels.get(i)))
    }

    /// A level by id and version; the user's first.
    pub fn level_version(&self, named: &crate::typing::attempt::LevelRef) -> Option<&Level> {
        self.all_levels().find(|l| l.id == named.id && l.version == named.version)
    }

    /// All levels that a token's reference can mean.
    pub fn by_reference(&self, reference: [u8; 4]) -> impl Iterator<Item = &Level> {
        let own = self.levels.iter().filter(move |level| level.reference() == reference);
        let shipped = SHIPPED.levels.iter().zip(REFERENCES.iter());
        own.chain(shipped.filter(move |(_, its)| **its == reference).map(|(level, _)| level))
    }

    /// The rule files, the user's first.
    pub fn exams(&self) -> impl Iterator<Item = &RuleSet> {
        self.exams.iter().chain(EXAMS.iter())
    }

    /// A rule file as a level of `origin` sees it.
    pub fn exam(&self, id: &str, origin: &Origin) -> Option<&RuleSet> {
        visible(&self.exams, origin).iter().chain(EXAMS.iter()).find(|e| e.id == id)
    }

    /// A word list as a level of `origin` sees it; for a free test, that of the user.
    pub fn word_list(&self, id: &str, origin: &Origin) -> Option<&WordList> {
        visible(&self.words, origin).iter().chain(WORDS.iter()).find(|w| w.id == id)
    }

    /// Ids and kinds of the passages that a level of `origin` sees. Reads none of the shipped ones.
    pub fn passage_ids<'a>(&'a self, origin: &Origin) -> Vec<(&'a str, &'a str)> {
        let own = visible(&self.passages, origin);
        let free = |(id, _): &&embedded::File| !own.iter().any(|p| p.id == *id);
        let kind = |id: &'static str| id.rsplit_once('-').map_or(id, |(kind, _)| kind);
        own.iter()
            .map(|p| (p.id.as_str(), p.kind.as_str()))
            .chain(embedded::PASSAGES.iter().filter(free).map(|(id, _)| (*id, kind(id))))
            .collect()
    }

    /// A passage as a level of `origin` sees it; reads a shipped one when it is first asked for.
    pub fn passage(&self, id: &str, origin: &Origin) -> Option<&Passage> {
        visible(&self.passages, origin).iter().find(|p| p.id == id).or_else(|| shipped_passage(id))
    }
}

/// What a level of `origin` sees of the user's things.
fn visible<'a, T>(own: &'a [T], origin: &Origin) -> &'a [T] {
    match origin {
        Origin::Shipped => &[],
        Origin::Own(_) => own,
    }
}

fn shipped_passage(id: &str) -> Option<&'static Passage> {
    let place = embedded::PASSAGES.iter().position(|(name, _)| *name == id)?;
    let (name, text) = embedded::PASSAGES.get(place)?;
    let read = || Passage::read(&mut Reading::new(name, text), Origin::Shipped);
    PASSAGES.get(place)?.get_or_init(read).as_ref()
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
