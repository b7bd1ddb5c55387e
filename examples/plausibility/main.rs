//! Prints how well the check of plausibility does, on a table of keystrokes as `typeproof plausibility` reads it:
//!
//! ```sh
//! cargo run --release --example plausibility -- keystrokes.csv.gz
//! ```
//!
//! Validation is by person in ten folds: each person's keystrokes are judged by weights that were fitted to the people of the
//! nine other folds (person n of the table is in fold n mod 10). The thresholds are the program's. Units are consecutive
//! sessions of one person, joined until they have 150, 300 or 600 keystrokes; what is left over is not judged. A bot types the
//! same keys, corrections included, at the person's mean speed.

mod bots;
mod fit;

use std::collections::BTreeMap;
use std::error::Error;
use std::path::PathBuf;

use bots::{Bot, Die, typed};
use fit::Sums;
use typeproof::desk::read_keystrokes;
use typeproof::typing::plausibility::samples::{Row, Unit, Units};
use typeproof::typing::plausibility::{Verdict, Weights};

/// Groups of people.
const FOLDS: usize = 10;
/// Sizes of units in keystrokes.
const SIZES: [u32; 3] = [150, 300, 600];

const PEOPLE: [(&str, Bot); 6] = [
    ("as recorded", Bot::Human),
    ("clock of 8 ms", Bot::Clock(80)),
    ("clock of 10 ms", Bot::Clock(100)),
    ("clock of 15.6 ms", Bot::Clock(156)),
    ("clock of 16.7 ms", Bot::Clock(167)),
    ("clock of 20 ms", Bot::Clock(200)),
];

const BOTS: [(&str, Bot); 19] = [
    ("paste", Bot::Paste),
    ("constant", Bot::Constant),
    ("uniform ±10 %", Bot::Uniform(10)),
    ("uniform ±30 %", Bot::Uniform(30)),
    ("uniform ±50 %", Bot::Uniform(50)),
    ("uniform ±90 %", Bot::Uniform(90)),
    ("Gaussian 10 %", Bot::Gaussian(10)),
    ("Gaussian 25 %", Bot::Gaussian(25)),
    ("Gaussian 40 %", Bot::Gaussian(40)),
    ("exponential", Bot::Exponential),
    ("log-normal", Bot::LogNormal),
    ("shuffled", Bot::Shuffled),
    ("other text", Bot::OtherText),
    ("word pauses of 30 %", Bot::WordPauses(30)),
    ("word pauses of 60 %", Bot::WordPauses(60)),
    ("word pauses of 120 %", Bot::WordPauses(120)),
    ("log-normal, word pauses of 60 %", Bot::LogNormalWordPauses(60)),
    ("has learned the model", Bot::Learned),
    ("recording, 1.67 times faster", Bot::Scaled(60)),
];

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args_os().nth(1).map(PathBuf::from);
    let path = path.ok_or("give the table: cargo run --release --example plausibility -- FILE.csv")?;
    let mut rows = Vec::new();
    read_keystrokes(&path, |line, row| match row {
        Ok(row) => rows.push(row),
        Err(why) => eprintln!("line {line} is skipped: {why}"),
    })?;
    let fitted = Fitted::to(&rows);
    println!(
        "{}: {} rows of {} people, {FOLDS} folds by person",
        path.display(),
        rows.len(),
        fitted.fold.len()
    );
    for (fold, weights) in fitted.weights.iter().enumerate() {
        println!("fold {fold}, weights in thousandths: {:?}", weights.0);
    }
    let units = SIZES.map(|size| units(&rows, size));
    println!("\n{:32}{}", "found unusual, of", SIZES.map(|size| format!("{size:>31}")).concat());
    for (heading, kinds) in [("people (false alarms)", &PEOPLE[..]), ("programs", &BOTS[..])] {
        println!("{heading}");
        for (name, bot) in kinds {
            let cells = units.each_ref().map(|units| cell(units, *bot, &fitted));
            println!("  {name:32}{}", cells.concat());
        }
    }
    Ok(())
}

/// Weights for each fold, from the others.
struct Fitted {
    fold: BTreeMap<String, usize>,
    weights: Vec<Weights>,
}

impl Fitted {
    fn to(rows: &[Row]) -> Self {
        let mut fold = BTreeMap::new();
        let mut sums = vec![Sums::NONE; FOLDS];
        let mut all = Sums::NONE;
        for person in units(rows, u32::MAX) {
            let count = fold.len();
            let fold = *fold.entry(person.subject.clone()).or_insert(count % FOLDS);
            let own = Sums::of(person.evidence().pairs());
            sums[fold].add(&own, 1.0);
            all.add(&own, 1.0);
        }
        let others = |own: &Sums| {
            let mut others = all.clone();
            others.add(own, -1.0);
            others.solve()
        };
        Self { fold, weights: sums.iter().map(others).collect() }
    }

    fn of(&self, subject: &str) -> &Weights {
        &self.weights[self.fold[subject]]
    }
}

/// Whole units of a size; with the largest size everything of a person.
fn units(rows: &[Row], size: u32) -> Vec<Unit> {
    let mut joined = Units::new(Some(size));
    let mut units: Vec<Unit> = rows.iter().filter_map(|row| joined.push(row.clone())).collect();
    units.extend(joined.finish());
    units.retain(|unit| size == u32::MAX || unit.keystrokes() >= size as usize);
    units
}

/// How many units are unusual, of how many, in percent, with the limits of 95 % (Clopper and Pearson).
fn cell(units: &[Unit], bot: Bot, fitted: &Fitted) -> String {
    let mut die = Die(0x7e57);
    let mut unusual = 0;
    for (i, unit) in units.iter().enumerate() {
        let other = &units[(i + units.len() / 2) % units.len()];
        let weights = fitted.of(&unit.subject);
        let assessment = typed(bot, unit, other, weights, &mut die).evidence().assess_by(weights);
        unusual += u64::from(matches!(assessment.verdict, Verdict::Unusual(_)));
    }
    let (count, percent) = (units.len() as u64, 100.0 / units.len().max(1) as f64);
    let (low, high) = limits(unusual, count);
    let share = unusual as f64 * percent;
    format!("{unusual:>6}/{count:<5}{share:>6.2} % [{:.2}, {:.2}]", low * 100.0, high * 100.0)
}

/// The limits of Clopper and Pearson for a share, by halving.
fn limits(found: u64, count: u64) -> (f64, f64) {
    let solve = |target: f64, upto: Option<u64>| {
        let (mut low, mut high) = (0.0, 1.0);
        for _ in 0..60 {
            let middle = (low + high) / 2.0;
            let below = upto.map_or(0.0, |upto| at_most(upto, count, middle));
            if below > target { low = middle } else { high = middle }
        }
        low
    };
    let low = if found == 0 { 0.0 } else { solve(0.975, Some(found - 1)) };
    let high = if found == count { 1.0 } else { solve(0.025, Some(found)) };
    (low, high)
}

/// The probability of at most so many of `count`, each with probability `p`.
fn at_most(upto: u64, count: u64, p: f64) -> f64 {
    if p <= 0.0 {
        return 1.0;
    }
    let (mut log, mut sum) = (count as f64 * (1.0 - p).ln(), 0.0);
    for k in 0..=upto {
        sum += log.exp();
        log += ((count - k) as f64 / (k + 1) as f64).ln() + p.ln() - (1.0 - p).ln();
    }
    sum
}
