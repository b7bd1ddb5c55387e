//! What lies before the learner: where they stand, what is weak, and what keeps them from the next level.

use std::collections::BTreeSet;

use super::advice::next_level;
use super::practice::now;
use super::{Desk, DeskError};
use crate::coach::between::{Between, Cost};
use crate::coach::mode::Mode;
use crate::coach::track::Estimate;
use crate::coach::tutor::MS_PER_WPM;
use crate::coach::wishes::Wishes;

/// How many keys, pairs, words and costs are named.
const NAMED: usize = 5;
/// Tries from which on a key or pair can be called weak.
const TRIES: u32 = 8;

/// A key, pair or word with its estimate.
#[derive(Clone, Debug, PartialEq)]
pub struct Weak {
    /// Its characters.
    pub name: String,
    /// Expected milliseconds of a key.
    pub ms: u32,
    /// Expected share of wrong first tries, in percent.
    pub missed_percent: u32,
}

/// A level that comes next, and what stands between.
#[derive(Clone, Debug, PartialEq)]
pub struct Ahead {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The speed that it asks for, in words a minute.
    pub wpm: u32,
    /// The pairs that cost most.
    pub costs: Vec<Cost>,
}

/// What lies before the learner.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outlook {
    /// The speed to reach, in words a minute.
    pub target_wpm: u32,
    /// Whether the learner set it.
    pub target_is_own: bool,
    /// The expected speed of running text in words a minute; nothing before anything was typed.
    pub wpm: Option<u32>,
    /// How many letters are open, and how many there are.
    pub letters: (usize, usize),
    /// Whether the lessons of a course open them.
    pub by_lessons: bool,
    /// The weakest keys.
    pub keys: Vec<Weak>,
    /// The weakest pairs.
    pub pairs: Vec<Weak>,
    /// The slowest words.
    pub slow: Vec<String>,
    /// The words that were missed most.
    pub missed: Vec<String>,
    /// The level that comes next.
    pub level: Option<Ahead>,
    /// What the learner asked of the coach.
    pub wishes: Wishes,
}

impl Desk {
    /// What lies before the learner.
    ///
    /// # Errors
    /// When the history cannot be read.
    pub fn outlook(&mut self) -> Result<Outlook, DeskError> {
        let (target, introduced) = (self.target()?, self.introduced()?);
        let (target_is_own, wishes) = (self.settings.target_wpm.is_some(), self.wishes());
        let tutor = self.tutor(Mode::Guided, target, 0)?;
        let (need, state) = (tutor.need(now()), tutor.state());
        let letters = tutor.vocabulary().letters();
        let name = |c: char| if c == ' ' { '␣' } else { c };
        let keys = weakest(&need.keys, |at| name(letters[at]).to_string());
        let pair = |at: usize| [letters[at / letters.len()], letters[at % letters.len()]].map(name);
        let pairs = weakest(&need.pairs, |at| pair(at).iter().collect());
        let mut words: Vec<(&str, f64, f64)> = state
            .words()
            .map(|(word, track)| (word, track.mean_ms().unwrap_or(0.0), track.missed()))
            .collect();
        // Groups of letters that a lesson made up are no words to practise.
        let known: BTreeSet<&str> =
            tutor.vocabulary().words().iter().map(|word| word.text.as_str()).collect();
        words.retain(|(word, ..)| known.contains(word));
        words.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(b.0)));
        let slow = words.iter().take(NAMED).map(|(word, ..)| (*word).to_owned()).collect();
        words.retain(|(.., missed)| *missed > 0.0);
        words.sort_by(|a, b| b.2.total_cmp(&a.2).then(a.0.cmp(b.0)));
        let missed = words.iter().take(NAMED).map(|(word, ..)| (*word).to_owned()).collect();
        let typed = state.right() > 0;
        Ok(Outlook {
            target_wpm: target.round() as u32,
            target_is_own,
            wpm: typed.then(|| (MS_PER_WPM / need.text_ms).round() as u32),
            letters: (introduced.as_ref().map_or(tutor.opened(), Vec::len), tutor.vocabulary().order().len()),
            by_lessons: introduced.is_some(),
            keys,
            pairs,
            slow,
            missed,
            level: self.ahead()?,
            wishes,
        })
    }

    /// The level that comes next, and what stands between.
    fn ahead(&mut self) -> Result<Option<Ahead>, DeskError> {
        let catalogue = self.catalogue();
        let (records, passed) = (self.level_records()?, self.passed_levels()?);
        let passed = catalogue.with_those_below(&passed);
        let last = records.first().map(|last| last.level_id.as_str());
        let next = next_level(&catalogue, &passed, last, self.language());
        let Some(level) = next else { return Ok(None) };
        let wpm = self.level_wpm(&level.id)?;
        let tutor = self.tutor(Mode::ToTarget, wpm, 0)?;
        let mut costs = Between::new(&tutor.need(now()), tutor.vocabulary()).costs;
        costs.truncate(NAMED);
        let (id, title) = (level.id.clone(), level.title.clone());
        Ok(Some(Ahead { id, title, wpm: wpm.round() as u32, costs }))
    }
}

/// The slowest of those that were tried, wrong tries counted as what they cost.
fn weakest(estimates: &[Estimate], name: impl Fn(usize) -> String) -> Vec<Weak> {
    let cost = |at: usize| estimates[at].ms * (2.0 - estimates[at].accuracy);
    let mut tried: Vec<usize> = (0..estimates.len()).filter(|at| estimates[*at].tries >= TRIES).collect();
    tried.sort_by(|a, b| cost(*b).total_cmp(&cost(*a)).then(a.cmp(b)));
    let weak = |at: usize| Weak {
        name: name(at),
        ms: estimates[at].ms.round() as u32,
        missed_percent: ((1.0 - estimates[at].accuracy) * 100.0).round() as u32,
    };
    tried.into_iter().take(NAMED).map(weak).collect()
}
