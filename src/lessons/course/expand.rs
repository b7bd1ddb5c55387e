//! From a course to its lessons: what each part means on a layout, in a language.

use std::collections::{BTreeMap, BTreeSet};

use super::drill::upper;
use super::ground::Ground;
use super::lesson::{Lesson, Material};
use super::part::{At, Course, Drill, Part};
use super::reach;
use crate::lessons::decimal::Hundredths;
use crate::lessons::layout::Key;
use crate::lessons::layout::place::{Hand, Row};
use crate::lessons::layout::sign::Level;
use crate::lessons::terms::Thresholds;
use crate::lessons::wording;
use crate::typing::exercise::LessonRef;
use crate::typing::rules::{Limit, Rules};

/// New keys whose way is described one by one; more would fill the screen.
const DESCRIBED: usize = 4;
/// Keys that a title names.
const NAMED: usize = 6;

/// What is said of a repetition.
const REPEAT_GOAL: &str = "Type the keys of the last lessons together, without looking at your hands.";
const REPEAT: &str =
    "Nothing is new here. Where a key is slow, take it slowly: right comes first, and speed follows.";

/// What a part becomes before titles and gates are known.
struct Draft<'a> {
    part: &'a Part,
    id: String,
    new: Vec<char>,
    material: Material,
    /// Its place among the lessons of its part, from 0; nothing for a repetition, which the file does not word.
    nth: Option<usize>,
}

impl Course {
    /// The lessons for a layout and a language, in order.
    #[must_use]
    pub fn lessons(&self, ground: &Ground<'_>) -> Vec<Lesson> {
        let here = |part: &&Part| {
            part.languages.is_empty() || part.languages.iter().any(|code| code == ground.language.code())
        };
        let mut known = BTreeSet::from([' ']);
        let mut drafts = Vec::new();
        for part in self.parts.iter().filter(here) {
            if part.anew {
                known = BTreeSet::from([' ']);
            }
            for draft in drafted(part, ground, &known) {
                known.extend(draft.new.iter().copied());
                drafts.push((draft, known.clone()));
            }
        }
        let count = drafts.len();
        let lesson = |(at, (draft, known))| self.lesson(draft, known, (at, count), ground);
        drafts.into_iter().enumerate().map(lesson).collect()
    }

    fn lesson(
        &self,
        draft: Draft<'_>,
        known: BTreeSet<char>,
        (at, count): (usize, usize),
        ground: &Ground<'_>,
    ) -> Lesson {
        let Draft { part, id, new, material, nth } = draft;
        let holes = BTreeMap::from([("keys", listed(&new)), ("language", ground.language.to_string())]);
        // The holes were checked when the file was read.
        let filled =
            |template: &str| wording::fill_template(template, &holes).unwrap_or_else(|_| template.to_owned());
        let (title, goal, explanation) = match nth {
            None => (format!("Repeat {}", listed(&new)), REPEAT_GOAL.to_owned(), REPEAT.to_owned()),
            Some(nth) => {
                let explanation = part.explanations.get(nth).or(part.explanations.last());
                let explanation = explanation.map(String::as_str).unwrap_or_default();
                (filled(&part.title), filled(&part.goal), filled(explanation))
            }
        };
        let described = new.iter().take(DESCRIBED).filter(|_| nth.is_some() && new.len() <= DESCRIBED);
        let reach = described.filter_map(|c| reach::line(ground.layout, *c)).collect();
        let known = match material {
            Material::Code(_) => ground.characters().into_iter().chain(['\n', ' ']).collect(),
            Material::Numbers => known.into_iter().chain(['\n']).collect(),
            _ => known,
        };
        let length = match &material {
            Material::Code(snippets) => {
                snippets.iter().map(|snippet| snippet.trim().chars().count()).sum::<usize>()
                    / snippets.len().max(1)
            }
            _ => part.length,
        };
        Lesson {
            named: LessonRef {
                course: self.id.clone(),
                version: self.version,
                lesson: id,
                layout: ground.layout.id.clone(),
                language: ground.language.code().to_owned(),
            },
            number: at + 1,
            title,
            goal,
            explanation,
            reach,
            new,
            known,
            material,
            length,
            rules: Rules { unit: self.unit, ..Rules::practice(Limit::Text) },
            gate: Thresholds {
                speed: Hundredths(self.speed_x100(at, count)),
                accuracy: Some(Hundredths(self.accuracy_bp)),
            },
            is_test: part.test,
        }
    }
}

/// The lessons of a part, where so much is known.
fn drafted<'a>(part: &'a Part, ground: &Ground<'_>, known: &BTreeSet<char>) -> Vec<Draft<'a>> {
    let one = |new: Vec<char>, material: Material| {
        vec![Draft { part, id: part.id.clone(), new, material, nth: Some(0) }]
    };
    let typed = |characters: &String| -> Vec<char> {
        characters.chars().filter(|c| ground.layout.way(*c).is_some()).collect()
    };
    let several = |entries: Vec<(usize, Vec<char>)>, material: Material| -> Vec<Draft<'a>> {
        let fits = entries.into_iter().filter(|(_, new)| !new.is_empty());
        let draft = |(nth, (entry, new)): (usize, (usize, Vec<char>))| Draft {
            part,
            id: format!("{}-{}", part.id, entry + 1),
            new,
            material: material.clone(),
            nth: Some(nth),
        };
        fits.enumerate().map(draft).collect()
    };
    match &part.drill {
        Drill::Letters { start, review_every } => {
            let pairs = pairs(start, ground).into_iter().enumerate().collect();
            with_repetitions(several(pairs, Material::Letters), *review_every)
        }
        Drill::Accents => {
            let left: Vec<char> = ground.alphabet().into_iter().filter(|c| !known.contains(c)).collect();
            let pairs = left.chunks(2).map(<[char]>::to_vec).enumerate().collect();
            several(pairs, Material::Letters)
        }
        Drill::Capitals => several(capitals(ground, known), Material::Capitals),
        Drill::Marks(entries) => several(entries.iter().map(typed).enumerate().collect(), Material::Marks),
        Drill::Numbers { characters, among_words } => {
            let material = if *among_words { Material::NumbersAmongWords } else { Material::Numbers };
            if characters.is_empty() {
                return one(known.iter().copied().filter(|c| *c != ' ').collect(), material);
            }
            several(characters.iter().map(typed).enumerate().collect(), material)
        }
        Drill::Review => one(known.iter().copied().filter(|c| c.is_lowercase()).collect(), Material::Words),
        Drill::Prose => one(Vec::new(), Material::Prose),
        Drill::Code(snippets) => one(Vec::new(), Material::Code(snippets.clone())),
    }
}

/// A repetition after every so many lessons, of what these introduced.
fn with_repetitions(lessons: Vec<Draft<'_>>, every: usize) -> Vec<Draft<'_>> {
    let mut all = Vec::new();
    let mut repeated = Vec::new();
    let mut count = 0;
    for (at, lesson) in lessons.into_iter().enumerate() {
        repeated.extend(lesson.new.iter().copied());
        let part = lesson.part;
        all.push(lesson);
        if every > 0 && (at + 1).is_multiple_of(every) {
            count += 1;
            all.push(Draft {
                part,
                id: format!("{}-repeat-{count}", part.id),
                new: std::mem::take(&mut repeated),
                material: Material::Words,
                nth: None,
            });
        }
    }
    all
}

/// The letters that have a key of their own, two a lesson, one a hand as long as both hands have any: those of the places at
/// the start in their order, then the commonest first; those in the row of the digits last.
fn pairs(start: &[At], ground: &Ground<'_>) -> Vec<Vec<char>> {
    let alphabet = ground.alphabet();
    let letter = |key: &Key| key.sign(Level::Plain).shown().filter(|c| alphabet.contains(c));
    let at_start = |key: &Key| {
        start.iter().position(|(row, column)| key.place.row.name() == row && key.place.column == *column)
    };
    let order = |key: &Key, c: char| {
        let outward = if key.place.row == Row::Digits { 1 } else { 0 };
        let commonness = alphabet.iter().position(|letter| *letter == c).unwrap_or(usize::MAX);
        at_start(key).map_or((1, outward, commonness), |place| (0, 0, place))
    };
    let of_hand = |hand: Hand| -> Vec<char> {
        let keys = ground.layout.keys().iter().filter(|key| key.finger.hand() == Some(hand));
        let mut letters: Vec<_> = keys
            .filter_map(|key| letter(key).map(|c| (order(key, c), c)))
            .filter(|(_, c)| ground.layout.way(*c).is_some_and(|way| way.dead.is_none()))
            .collect();
        letters.sort_unstable();
        letters.into_iter().map(|(_, c)| c).collect()
    };
    let (left, right) = (of_hand(Hand::Left), of_hand(Hand::Right));
    let both = left.len().min(right.len());
    let mut lessons: Vec<Vec<char>> = left.iter().zip(&right).map(|(l, r)| vec![*l, *r]).collect();
    let rest = left.iter().skip(both).chain(right.iter().skip(both)).copied().collect::<Vec<_>>();
    lessons.extend(rest.chunks(2).map(<[char]>::to_vec));
    lessons
}

/// The capitals of the known letters, by the hand that types the letter; the left hand's first.
fn capitals(ground: &Ground<'_>, known: &BTreeSet<char>) -> Vec<(usize, Vec<char>)> {
    let of_hand = |hand: Hand| -> Vec<char> {
        let letters = known
            .iter()
            .copied()
            .filter(|c| ground.layout.key_of(*c).is_some_and(|key| key.finger.hand() == Some(hand)));
        letters.filter_map(upper).filter(|capital| ground.layout.way(*capital).is_some()).collect()
    };
    [Hand::Left, Hand::Right].into_iter().map(of_hand).enumerate().collect()
}

/// Keys in words: `e and i`, `f, j, d and k`, of many the first ones.
fn listed(keys: &[char]) -> String {
    let name = |c: &char| if *c == ' ' { "Space".to_owned() } else { c.to_string() };
    let names: Vec<String> = keys.iter().map(name).collect();
    match names.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] if first.len() < NAMED => format!("{} and {last}", first.join(" ")),
        [first, .., last] => format!("{first} … {last}"),
    }
}
