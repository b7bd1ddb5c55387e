//! What there is to assess: key presses as they come, gathered into pairs with a time.

use super::keys::Pressed;
use super::measure;
use super::model::Model;
use super::traits::{Pair, Weights};
use super::verdict::{
    Assessment, LEAST_KEYSTROKES, LEAST_PAIRS, LEAST_PAIRS_IN_WORDS, NotAssessed, Oddity, Verdict, Written,
};

/// Key presses as they come, and the pairs that they make.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    keystrokes: u32,
    pairs: Vec<Pair>,
    /// The last press, if a time from it can be used.
    last: Option<(i64, Pressed)>,
    /// The key before that.
    before: Option<Pressed>,
}

impl Evidence {
    /// Takes a press at a time in milliseconds. A time before the last one is a new beginning.
    pub fn press(&mut self, at_ms: i64, key: Pressed) {
        self.keystrokes = self.keystrokes.saturating_add(1);
        if self.last.is_some_and(|(last, _)| at_ms < last) {
            self.interrupt();
        }
        let before = self.before;
        if let Some((last_ms, last)) = self.last {
            let ms = u32::try_from(at_ms.saturating_sub(last_ms)).unwrap_or(u32::MAX);
            self.pairs.extend(Pair::of(before, last, key, ms));
            self.before = Some(last);
        }
        self.last = Some((at_ms, key));
    }

    /// Ends a stretch of typing: the time from the last press to the next is not used.
    pub const fn interrupt(&mut self) {
        self.last = None;
        self.before = None;
    }

    /// Presses taken so far.
    #[must_use]
    pub const fn keystrokes(&self) -> u32 {
        self.keystrokes
    }

    /// The usable pairs so far.
    #[must_use]
    pub fn pairs(&self) -> &[Pair] {
        &self.pairs
    }

    /// Assesses what there is.
    #[must_use]
    pub fn assess(&self, written: Written<'_>) -> Assessment {
        match Model::find(written) {
            Ok(model) => self.assess_by(&model.weights),
            Err(why) => self.unassessed(why),
        }
    }

    /// Assesses what there is by weights of one's own, such as those fitted to other people.
    #[must_use]
    pub fn assess_by(&self, weights: &Weights) -> Assessment {
        if self.keystrokes < LEAST_KEYSTROKES {
            return self.unassessed(NotAssessed::Short(self.keystrokes));
        }
        let in_words = self.pairs.iter().filter(|pair| pair.in_word).count();
        if self.pairs.len() < LEAST_PAIRS as usize || in_words < LEAST_PAIRS_IN_WORDS as usize {
            return self.unassessed(NotAssessed::FewPairs(self.pairs.len() as u32));
        }
        let figures = measure::figures(&self.pairs, weights);
        let oddities: Vec<Oddity> = measure::oddities(&figures).collect();
        let verdict = if oddities.is_empty() { Verdict::Consistent } else { Verdict::Unusual(oddities) };
        Assessment { keystrokes: self.keystrokes, figures: Some(figures), verdict }
    }

    const fn unassessed(&self, why: NotAssessed) -> Assessment {
        Assessment { keystrokes: self.keystrokes, figures: None, verdict: Verdict::NotAssessed(why) }
    }
}
