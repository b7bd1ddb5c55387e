//! The rhythm of a performance, and whether two are the same one: a stored log that was played again.
//!
//! The times between keys are compared where both performances came from the same keys to the same key. A performance is the
//! same when it is shifted, faster or slower, or has some noise, since only the relation of its times is compared.
//!
//! Two people who copy the same sentence agree by at most 0.81 (2,476 pairs); one person at the same keys in two sentences
//! does too (55 people with 60 such times or more).

use std::collections::HashMap;

use super::keys::Pressed;
use super::measure::{correlation, median};
use crate::typing::log::{EventKind, Log};

/// Keys that must be the same before a time for it to be compared, its own included.
const CONTEXT: usize = 4;

/// Fewest times that are compared.
pub const LEAST_TIMES: usize = 30;

/// From so many times on chance is small, and a noisier copy is still found.
const MANY_TIMES: usize = 150;

/// How far the times of one performance agree at least, in thousandths; in a long one less.
const LEAST_PERMILLE: (i32, i32) = (900, 850);

/// Logarithms of times less their median are kept between minus and plus this: a pause of minutes does not decide alone.
const KEPT: f64 = 1.5;

/// The times between the keys of a performance.
#[derive(Clone, Debug, Default)]
pub struct Rhythm {
    last_ms: Option<i64>,
    context: Context,
    times: Vec<Beat>,
}

/// A key in its context, and the time before it.
#[derive(Clone, Copy, Debug)]
struct Beat {
    context: Context,
    ms: u32,
}

/// The last keys, its own included; at the beginning there are fewer.
type Context = [Option<Pressed>; CONTEXT];

/// Two performances that are one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Same {
    /// How far their times agree, in thousandths of 1.
    pub agreement_permille: i32,
    /// How many times were compared.
    pub times: u32,
}

impl Rhythm {
    /// The rhythm of a log.
    #[must_use]
    pub fn of_log(log: &Log) -> Self {
        let mut rhythm = Self::default();
        for event in &log.events {
            match event.what {
                EventKind::Press(key) => rhythm.press(i64::from(event.at), key.into()),
                EventKind::Release(_) => {}
                _ => rhythm.interrupt(),
            }
        }
        rhythm
    }

    /// Takes a press at a time in milliseconds. A time before the last one is a new beginning.
    pub fn press(&mut self, at_ms: i64, key: Pressed) {
        self.context.rotate_left(1);
        self.context[CONTEXT - 1] = Some(key);
        if let Some(ms) = self.last_ms.and_then(|last| at_ms.checked_sub(last)).filter(|ms| *ms >= 0) {
            let ms = u32::try_from(ms).unwrap_or(u32::MAX);
            self.times.push(Beat { context: self.context, ms });
        }
        self.last_ms = Some(at_ms);
    }

    /// The time from the last press to the next is not used.
    pub const fn interrupt(&mut self) {
        self.last_ms = None;
    }

    /// Whether this and another are the same performance; `None` where they are not, or too little can be compared.
    #[must_use]
    pub fn same(&self, other: &Self) -> Option<Same> {
        let mut waiting: HashMap<Context, Vec<u32>> = HashMap::new();
        // The last of each context comes first, so that they are taken in their order.
        for beat in other.times.iter().rev() {
            waiting.entry(beat.context).or_default().push(beat.ms);
        }
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for beat in &self.times {
            if let Some(ms) = waiting.get_mut(&beat.context).and_then(Vec::pop) {
                ours.push(logarithm(beat.ms));
                theirs.push(logarithm(ms));
            }
        }
        if ours.len() < LEAST_TIMES {
            return None;
        }
        let least = if ours.len() < MANY_TIMES { LEAST_PERMILLE.0 } else { LEAST_PERMILLE.1 };
        let agreement_permille = (correlation(&centred(&ours), &centred(&theirs)) * 1_000.0).round() as i32;
        let times = ours.len() as u32;
        (agreement_permille >= least).then_some(Same { agreement_permille, times })
    }
}

fn logarithm(ms: u32) -> f64 {
    f64::from(ms.max(1)).ln()
}

fn centred(logarithms: &[f64]) -> Vec<f64> {
    let middle = median(logarithms);
    logarithms.iter().map(|ln| (ln - middle).clamp(-KEPT, KEPT)).collect()
}
