//! A class that is simulated: how many keystrokes and minutes learners of three families need to two goals, practising
//! under the coach and under what others do. `cargo run --release --example class`; the same seed prints the same table.
//!
//! The learners are formulas. What they show is how the coach would do if people were like them, and no more.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod chain;
mod english;
mod goals;
mod keyboard;
mod learner;
mod statistics;
mod table;
mod teachers;

use goals::GOALS;
use learner::{FAMILIES, Family, Learner};
use teachers::{NAMES, School};

/// Longest session in minutes; the next one is a day later.
const SESSION: f64 = 40.0;
/// How many keystrokes lie between two looks at the goals.
const LOOK: usize = 600;

/// What a run of the class is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Class {
    /// Learners of each family.
    learners: u64,
    /// What the learners follow from.
    seed: u64,
    /// Which set of parameters they have, 0 to 3.
    variant: u64,
    /// After how many keystrokes a learner gives up.
    limit: usize,
    /// How many of the teachers are tried, the coach first.
    teachers: usize,
    /// The speed that the coach is asked for, words a minute.
    target_wpm: f64,
}

/// When a learner reached a goal: keystrokes and minutes.
pub type Reached = Option<(usize, f64)>;

const USAGE: &str = "class [learners=70] [seed=1] [variant=0..3] [limit=200000] [teachers=6] [target=35]";

impl Class {
    /// Reads `name=value` words.
    fn from(words: impl Iterator<Item = String>) -> Option<Self> {
        let mut class = Self {
            learners: 70,
            seed: 1,
            variant: 0,
            limit: 200_000,
            teachers: NAMES.len(),
            target_wpm: 35.0,
        };
        for word in words {
            let (name, value) = word.split_once('=')?;
            match name {
                "learners" => class.learners = value.parse().ok().filter(|n| *n > 0)?,
                "seed" => class.seed = value.parse().ok()?,
                "variant" => class.variant = value.parse().ok().filter(|v| *v < learner::VARIANTS)?,
                "limit" => class.limit = value.parse().ok()?,
                "teachers" => {
                    class.teachers = value.parse().ok().filter(|n| (1..=NAMES.len()).contains(n))?
                }
                "target" => class.target_wpm = value.parse().ok().filter(|wpm| *wpm > 0.0)?,
                _ => return None,
            }
        }
        Some(class)
    }

    /// One learner under one teacher, until every goal is reached.
    fn run(&self, family: Family, number: u64, name: &str, school: &School) -> [Reached; GOALS] {
        let number = self.seed.wrapping_mul(100_003).wrapping_add(number);
        let mut learner = Learner::new(family, number, self.variant);
        let mut teacher = school.teacher(name, number, self.target_wpm);
        let mut reached = [None; GOALS];
        let (mut day, mut session, mut minutes) = (0.0, 0.0, 0.0);
        let (mut strokes, mut looked) = (0, 0);
        while strokes < self.limit && reached.iter().any(Option::is_none) {
            let now = day + session / 1440.0;
            let text = teacher.next(now);
            let typed = learner.types(&text);
            strokes += typed.len();
            let took = typed.last().map_or(0.0, |stroke| f64::from(stroke.at) / 60_000.0);
            session += took;
            minutes += took;
            teacher.typed(now, &text, &typed);
            if session > SESSION {
                day += 1.0;
                session = 0.0;
                learner.rest(day);
            }
            if strokes / LOOK > looked {
                looked = strokes / LOOK;
                for (goal, there) in goals::reached(&learner, &school.english).into_iter().enumerate() {
                    if there && reached[goal].is_none() {
                        reached[goal] = Some((strokes, minutes));
                    }
                }
            }
        }
        reached
    }

    /// All learners of a family under one teacher, on two threads.
    fn all(&self, family: Family, name: &str, school: &School) -> Vec<[Reached; GOALS]> {
        let half = |from: u64| -> Vec<_> {
            (from..self.learners).step_by(2).map(|n| (n, self.run(family, n, name, school))).collect()
        };
        let mut rows = std::thread::scope(|scope| {
            let other = scope.spawn(|| half(1));
            let mut rows = half(0);
            rows.extend(other.join().unwrap());
            rows
        });
        rows.sort_by_key(|(number, _)| *number);
        rows.into_iter().map(|(_, row)| row).collect()
    }
}

fn main() {
    let Some(class) = Class::from(std::env::args().skip(1)) else {
        eprintln!("usage: {USAGE}");
        std::process::exit(2);
    };
    let school = School::new();
    println!(
        "{} learners a family, seed {}, variant {}, limit {} keystrokes, target {} WPM",
        class.learners, class.seed, class.variant, class.limit, class.target_wpm
    );
    for family in FAMILIES {
        let rows: Vec<_> =
            NAMES[..class.teachers].iter().map(|name| (*name, class.all(family, name, &school))).collect();
        for goal in 0..GOALS {
            table::print(family.name(), goal, &rows, class.limit);
        }
    }
}
