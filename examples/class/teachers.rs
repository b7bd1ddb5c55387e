//! Who chooses the texts: our coach, and what others do.

use std::sync::Arc;

use typeproof::coach::mode::Mode;
use typeproof::coach::state::State;
use typeproof::coach::track::{DAY, Moment};
use typeproof::coach::tutor::{Plan, Tutor};
use typeproof::coach::vocabulary::Vocabulary;
use typeproof::coach::watch::watch;
use typeproof::lessons::generator::Generator;
use typeproof::typing::key::Stroke;

use crate::chain::Chain;
use crate::english::English;
use crate::keyboard::{SIZE, index};
use crate::learner::uniform;

/// The teachers, ours first.
pub const NAMES: [&str; 6] =
    ["coach", "keybr, best", "keybr, present", "weak keys", "fixed course", "random words"];
/// Words of a text.
const WORDS: usize = 25;
/// Letters of a text that is made of generated words.
const LETTERS: usize = 110;
/// keybr's target time, 35 WPM, in milliseconds a key.
const KEYBR_MS: f64 = 12_000.0 / 35.0;
/// Letters that keybr begins with.
const KEYBR_FIRST: usize = 6;
/// The order of letters of the fixed course, two a lesson.
const COURSE: &str = "fjdkslaghrueitoycnwmbpvxzq";
/// Accuracy that a lesson of the course asks, and the speed of its first, of each further, and of the last lessons in WPM.
const GATE: (f64, f64, f64, f64) = (0.93, 10.0, 1.5, 28.0);

/// One who chooses texts.
pub trait Teacher {
    /// The next text.
    fn next(&mut self, day: f64) -> String;
    /// How it was typed.
    fn typed(&mut self, day: f64, text: &str, strokes: &[Stroke]);
}

/// What the teachers share.
pub struct School {
    /// The English of the goals.
    pub english: Arc<English>,
    chain: Arc<Chain>,
    vocabulary: Arc<Vocabulary>,
}

impl School {
    /// With what is shipped.
    pub fn new() -> Self {
        let english = Arc::new(English::shipped());
        let chain = Arc::new(Chain::new(&english));
        Self { english, chain, vocabulary: Arc::new(Vocabulary::english()) }
    }

    /// The teacher of that name.
    pub fn teacher(&self, name: &str, seed: u64, target_wpm: f64) -> Box<dyn Teacher> {
        let rule = match name {
            "coach" => {
                let plan = Plan { target_wpm, mode: Mode::Guided, seed };
                return Box::new(Ours(Tutor::new(Arc::clone(&self.vocabulary), plan, State::default())));
            }
            "keybr, best" => Rule::Keybr { best: true },
            "keybr, present" => Rule::Keybr { best: false },
            "weak keys" => Rule::WeakKeys,
            "fixed course" => Rule::Course,
            _ => Rule::Random,
        };
        Box::new(Other {
            rule,
            english: Arc::clone(&self.english),
            chain: Arc::clone(&self.chain),
            chance: Generator::new(seed),
            times: [None; SIZE],
            best: [None; SIZE],
            lesson: 0,
        })
    }
}

struct Ours(Tutor);

fn moment(day: f64) -> Moment {
    (day * DAY as f64) as Moment
}

impl Teacher for Ours {
    fn next(&mut self, day: f64) -> String {
        self.0.next(moment(day)).text
    }

    fn typed(&mut self, day: f64, text: &str, strokes: &[Stroke]) {
        self.0.typed(moment(day), text, strokes);
    }
}

enum Rule {
    /// Letter by letter, each until the best or the present smoothed time reaches the target.
    Keybr { best: bool },
    /// Common words, the more often the slower their keys.
    WeakKeys,
    /// Two keys a lesson, then common words.
    Course,
    /// Common words, each as likely.
    Random,
}

struct Other {
    rule: Rule,
    english: Arc<English>,
    chain: Arc<Chain>,
    chance: Generator,
    /// Smoothed time of each key, and the best it ever had.
    times: [Option<f64>; SIZE],
    best: [Option<f64>; SIZE],
    lesson: usize,
}

impl Other {
    fn random(&mut self) -> String {
        let words = &self.english.words;
        let mut word = || words[self.chance.below(words.len() as u64) as usize].as_str();
        (0..WORDS).map(|_| word()).collect::<Vec<_>>().join(" ")
    }

    fn keybr(&mut self, best: bool) -> String {
        let sure = |of: &[Option<f64>; SIZE], key: usize| of[key].map_or(0.0, |ms| KEYBR_MS / ms);
        let times = if best { &self.best } else { &self.times };
        let mut open: Vec<usize> = Vec::new();
        for key in self.chain.order.iter().copied() {
            let all_sure = open.iter().all(|key| sure(times, *key) >= 1.0);
            if open.len() < KEYBR_FIRST || sure(&self.best, key) >= 1.0 || all_sure {
                open.push(key);
            }
        }
        let weak = open.iter().copied().filter(|key| sure(times, *key) < 1.0);
        let focus = weak.min_by(|a, b| sure(times, *a).total_cmp(&sure(times, *b)));
        let allowed = open.iter().fold(0, |bits, key| bits | 1 << key);
        self.generated(|_| focus, allowed)
    }

    /// Generated words, each about the letter that `focus` names for it.
    fn generated(&mut self, focus: impl Fn(&mut Generator) -> Option<usize>, allowed: u64) -> String {
        let mut text = String::new();
        while text.len() < LETTERS {
            let focus = focus(&mut self.chance);
            let word = self.chain.word(allowed, focus, &mut self.chance);
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(&word);
        }
        text
    }

    fn weak_keys(&mut self) -> String {
        let slow = |c: char| index(c).and_then(|key| self.times[key]).unwrap_or(1_000.0);
        let weight = |word: &String| (word.chars().map(slow).sum::<f64>() / word.len() as f64).powi(3);
        let weights: Vec<f64> = self.english.words.iter().map(weight).collect();
        let total: f64 = weights.iter().sum();
        let mut word = || {
            let mut left = uniform(&mut self.chance) * total;
            let drawn = weights.iter().position(|weight| {
                left -= weight;
                left < 0.0
            });
            self.english.words[drawn.unwrap_or(0)].as_str()
        };
        (0..WORDS).map(|_| word()).collect::<Vec<_>>().join(" ")
    }

    fn course(&mut self) -> String {
        let open = KEYBR_FIRST + 2 * self.lesson;
        if open > COURSE.len() {
            return self.random();
        }
        let keys: Vec<usize> = COURSE.chars().take(open).filter_map(index).collect();
        let allowed = keys.iter().fold(0, |bits, key| bits | 1 << key);
        let fresh = keys[open - 4..].to_vec();
        self.generated(
            |chance| Some(fresh[chance.below(4) as usize]).filter(|_| uniform(chance) < 0.6),
            allowed,
        )
    }
}

impl Teacher for Other {
    fn next(&mut self, _: f64) -> String {
        match self.rule {
            Rule::Keybr { best } => self.keybr(best),
            Rule::WeakKeys => self.weak_keys(),
            Rule::Course => self.course(),
            Rule::Random => self.random(),
        }
    }

    /// keybr's figures: a step of the smoothed mean for each text and key, of first tries that were right.
    fn typed(&mut self, _: f64, text: &str, strokes: &[Stroke]) {
        let chars: Vec<char> = text.chars().collect();
        let seen = watch(&chars, strokes);
        let mut sums = [(0.0, 0.0); SIZE];
        for one in seen.iter().filter(|one| one.first_try) {
            let key = index(chars[one.place as usize]);
            if let (Some(key), Some(ms)) = (key, one.ms) {
                sums[key].0 += f64::from(ms);
                sums[key].1 += 1.0;
            }
        }
        for (key, (sum, n)) in sums.into_iter().enumerate().filter(|(_, (_, n))| *n > 0.0) {
            let smoothed = self.times[key].map_or(sum / n, |old| 0.1 * sum / n + 0.9 * old);
            self.times[key] = Some(smoothed);
            self.best[key] = Some(self.best[key].map_or(smoothed, |best| best.min(smoothed)));
        }
        let right = seen.iter().filter(|one| one.first_try).count() as f64 / seen.len() as f64;
        let took: f64 = seen.iter().filter_map(|one| one.ms).map(f64::from).sum();
        let (accuracy, first, further, last) = GATE;
        let asked = (first + further * self.lesson as f64).min(last);
        if right >= accuracy && seen.len() as f64 * 12_000.0 / took.max(1.0) >= asked {
            self.lesson += 1;
        }
    }
}
