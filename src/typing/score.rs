//! "typeproof metrics 1": every formula of the program, in whole numbers. Nothing else divides by time.
//!
//! Sources: C, INF, IF, F and the error rates from Soukoreff & MacKenzie (CHI 2003); KSPC likewise; the first key
//! left out of speed from MacKenzie, "A Note on Calculating Text Entry Speed" (2002, updated 2022). A word is five
//! characters. Rounding is half up, at the end of each formula and nowhere before.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::conduct::Conduct;
use super::distance;
use super::key::Millis;
use super::log::End;
use super::mistakes;
use super::rules::{Clock, ErrorUnit, Penalty, Rules, ShareOf, TimeBase, Unit};
use super::session::{Phase, Session};
use super::text::Grapheme;

/// The name of this set of definitions, part of every result.
pub const METRICS: &str = "typeproof metrics 1";
/// Characters a word has where speed is meant.
pub const CHARACTERS_PER_WORD: u64 = 5;

/// The raw counts from which every figure follows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// C: characters that stand and are right.
    pub correct: u32,
    /// INF: errors that were left, by minimum string distance.
    pub incorrect_left: u32,
    /// IF: characters that were erased (or, as a stray space, never stood).
    pub incorrect_fixed: u32,
    /// F: erasing keys that erased something.
    pub fixes: u32,
    /// Characters inserted, erased ones included.
    pub typed: u32,
    /// Characters inserted that were right at that moment.
    pub right: u32,
    /// Characters that stand at the end.
    pub standing: u32,
    /// Characters of the text that were presented.
    pub presented: u32,
    /// Words of the text that were presented, the one cut off by time included.
    pub presented_words: u32,
    /// Characters that the rules take off for words with an error; 0 under other penalties.
    pub wrong_word_characters: u32,
    /// Uncorrected errors in the rules' unit, in halves.
    pub errors_x2: u32,
    /// The time taken in milliseconds.
    pub duration_ms: Millis,
}

/// A result: whole numbers with the unit in the name, and the counts they come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Score {
    /// Hundredths of a word per minute: characters that stand.
    pub gross_wpm_x100: u32,
    /// Hundredths of a word per minute: all characters typed, erased ones included.
    pub raw_wpm_x100: u32,
    /// Hundredths of a word per minute: gross less the rules' penalty, at least 0.
    pub net_wpm_x100: u32,
    /// Basis points: insertions right when typed, of all insertions.
    pub accuracy_bp: u32,
    /// Basis points: 1 less the coefficient of variation of characters a second; 0 for under two seconds.
    pub consistency_bp: u32,
    /// The raw counts.
    pub counts: Counts,
}

/// The figures of a test under way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Live {
    /// As [`Score::gross_wpm_x100`], over the time so far.
    pub gross_wpm_x100: u32,
    /// As [`Score::accuracy_bp`].
    pub accuracy_bp: u32,
}

impl Score {
    /// Scores a session; `None` until it has ended.
    ///
    /// ```
    /// # use std::sync::Arc;
    /// # use typeproof::typing::exercise::{Exercise, Source};
    /// # use typeproof::typing::key::{Key, Stroke};
    /// # use typeproof::typing::rules::{Limit, Rules};
    /// # use typeproof::typing::session::Session;
    /// # use typeproof::typing::text::Lookalikes;
    /// use typeproof::typing::score::Score;
    ///
    /// # let source = Source::Own("greeting".to_owned());
    /// # let rules = Rules::practice(Limit::Text);
    /// # let exercise = Exercise::new(source, 0, "hello", Lookalikes::Typographic, rules)?;
    /// let mut session = Session::new(Arc::new(exercise));
    /// assert_eq!(Score::of(&session), None, "the session has not ended");
    /// for (key, at) in "hello".chars().map(Key::Char).zip((0..).step_by(300)) {
    ///     session.press(Stroke { at, key });
    /// }
    /// let score = Score::of(&session).ok_or("the session has ended")?;
    /// // The first key starts the clock: four characters in 1.2 seconds are 40 WPM.
    /// assert_eq!((score.net_wpm_x100, score.accuracy_bp), (4_000, 10_000));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of(session: &Session) -> Option<Self> {
        let Phase::Ended(end) = session.phase() else { return None };
        let counts = count(session, end);
        let rules = &session.exercise().rules;
        Some(Self {
            consistency_bp: consistency_bp(session, counts.duration_ms),
            ..Self::from_counts(&counts, rules)
        })
    }

    /// Everything that follows from the counts and the rules alone: all but the consistency, which is 0.
    pub fn from_counts(counts: &Counts, rules: &Rules) -> Self {
        let time = base_ms(counts.duration_ms, rules);
        Self {
            gross_wpm_x100: gross_wpm_x100(counts.standing, rules, counts.duration_ms),
            raw_wpm_x100: wpm_x100(timed(counts.typed, rules), time),
            net_wpm_x100: net_x100(counts, rules, Unit::Wpm),
            accuracy_bp: share_bp(counts.right, counts.typed),
            consistency_bp: 0,
            counts: *counts,
        }
    }

    /// The net speed in hundredths of the rules' unit, from the counts and not from rounded words per minute.
    pub fn net_in_unit(&self, rules: &Rules) -> u32 {
        net_x100(&self.counts, rules, rules.unit)
    }

    /// Uncorrected errors as a share, in basis points of what `of` names; 10000 when nothing was presented.
    pub fn error_share_bp(&self, of: ShareOf) -> u32 {
        let whole = match of {
            ShareOf::Characters => self.counts.presented,
            ShareOf::Words => self.counts.presented_words,
        };
        if whole == 0 {
            10_000
        } else {
            div_up(u64::from(self.counts.errors_x2) * 10_000, u64::from(whole) * 2)
        }
    }
}

impl Counts {
    /// Corrected error rate in basis points: IF / (C + INF + IF).
    pub fn corrected_error_bp(&self) -> u32 {
        self.rate_bp(self.incorrect_fixed.into())
    }

    /// Uncorrected error rate in basis points: INF / (C + INF + IF).
    pub fn uncorrected_error_bp(&self) -> u32 {
        self.rate_bp(self.incorrect_left.into())
    }

    /// Total error rate in basis points: (INF + IF) / (C + INF + IF).
    pub fn total_error_bp(&self) -> u32 {
        self.rate_bp(u64::from(self.incorrect_left) + u64::from(self.incorrect_fixed))
    }

    /// Minimum string distance error rate in basis points: INF / max(presented, standing).
    pub fn msd_error_bp(&self) -> u32 {
        share_bp(self.incorrect_left, self.presented.max(self.standing))
    }

    /// Keystrokes per character in hundredths: (C + INF + IF + F) / (C + INF).
    pub fn kspc_x100(&self) -> u32 {
        let length = self.length();
        let keys = length + u64::from(self.incorrect_fixed) + u64::from(self.fixes);
        ratio(keys * 100, length)
    }

    /// C + INF: counts may come from outside, so sums are wider than their parts.
    fn length(&self) -> u64 {
        u64::from(self.correct) + u64::from(self.incorrect_left)
    }

    fn rate_bp(&self, part: u64) -> u32 {
        ratio(part * 10_000, self.length() + u64::from(self.incorrect_fixed))
    }
}

/// The live figures at `at` milliseconds, by the formulas of the final score.
pub fn live(session: &Session, at: Millis) -> Live {
    let tally = session.tally();
    let rules = &session.exercise().rules;
    let at = session.duration().unwrap_or(at);
    let gross = wpm_x100(timed(tally.standing(), rules), u64::from(at));
    Live { gross_wpm_x100: gross, accuracy_bp: share_bp(tally.right, tally.typed) }
}

/// Gross speed in hundredths of a word per minute of `standing` characters in `duration_ms`.
pub fn gross_wpm_x100(standing: u32, rules: &Rules, duration_ms: Millis) -> u32 {
    wpm_x100(timed(standing, rules), base_ms(duration_ms, rules))
}

/// Speed in hundredths of a word per minute: characters / 5 / minutes; 0 in no time.
pub fn wpm_x100(characters: u64, ms: u64) -> u32 {
    speed_x100(characters, ms, Unit::Wpm)
}

/// Gross speed in hundredths of the rules' unit.
pub fn gross_in_unit(standing: u32, rules: &Rules, duration_ms: Millis) -> u32 {
    speed_x100(timed(standing, rules), base_ms(duration_ms, rules), rules.unit)
}

/// Speed in hundredths of a unit; 0 in no time.
fn speed_x100(characters: u64, ms: u64, unit: Unit) -> u32 {
    ratio(characters * 100 * 60_000 * u64::from(unit.per_wpm()), CHARACTERS_PER_WORD * ms)
}

/// `part` of `whole` in basis points, 0 of nothing.
pub fn share_bp(part: u32, whole: u32) -> u32 {
    ratio(u64::from(part) * 10_000, u64::from(whole))
}

/// `n / d` rounded half up, 0 for `d` = 0.
fn ratio(n: u64, d: u64) -> u32 {
    (n + d / 2).checked_div(d).map_or(0, saturated)
}

fn saturated(n: u64) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// `n / d` rounded up, so that a cap is never met by rounding.
fn div_up(n: u64, d: u64) -> u32 {
    saturated(n.div_ceil(d))
}

/// Characters whose typing the clock saw: all but the first key where that key started the clock.
fn timed(characters: u32, rules: &Rules) -> u64 {
    u64::from(match rules.clock {
        Clock::FirstKey => characters.saturating_sub(1),
        Clock::StartSignal => characters,
    })
}

fn base_ms(duration_ms: Millis, rules: &Rules) -> u64 {
    u64::from(match rules.time_base {
        TimeBase::Elapsed => duration_ms,
        TimeBase::Allotted => rules.limit_ms().unwrap_or(duration_ms),
    })
}

/// Gross less the penalty, in hundredths of `unit`, rounded once.
fn net_x100(counts: &Counts, rules: &Rules, unit: Unit) -> u32 {
    let ms = base_ms(counts.duration_ms, rules);
    let minute = 100 * 60_000;
    // Both in halves of a character times `minute`, so that half mistakes stay whole.
    let standing = timed(counts.standing, rules) * 2 * minute;
    let part = |each: u32, unit| (u64::from(counts.errors_x2) * u64::from(each)).saturating_mul(unit);
    let less = match rules.penalty {
        Penalty::None => 0,
        Penalty::WordsPerError(words) => part(words, CHARACTERS_PER_WORD * minute),
        Penalty::CharactersPerError(characters) => part(characters, minute),
        Penalty::WrongWords => u64::from(counts.wrong_word_characters) * 2 * minute,
        Penalty::WpmX100PerError(points) => part(points, CHARACTERS_PER_WORD * ms),
    };
    ratio(standing.saturating_sub(less) * u64::from(unit.per_wpm()), CHARACTERS_PER_WORD * ms * 2)
}

fn count(session: &Session, end: End) -> Counts {
    let exercise = session.exercise();
    let tally = session.tally();
    let (word, offset) = session.caret();
    let (text, reached) = asked(session);
    let transcript = transcript(session);
    let whole = end == End::Completed;
    let d = distance::compare(&text, &transcript, reached, whole);
    let length = d.presented.max(transcript.len());
    let mut counts = Counts {
        correct: length.saturating_sub(d.edits) as u32,
        incorrect_left: d.edits as u32,
        incorrect_fixed: tally.erased,
        fixes: tally.fixes,
        typed: tally.typed,
        right: tally.right,
        standing: tally.standing(),
        presented: d.presented as u32,
        presented_words: (word + usize::from(offset > 0)) as u32,
        wrong_word_characters: 0,
        errors_x2: 0,
        duration_ms: session.duration().unwrap_or(0),
    };
    let rules = &exercise.rules;
    counts.errors_x2 = errors_x2(session, rules, &counts);
    if rules.penalty == Penalty::WrongWords {
        counts.wrong_word_characters = mistakes::characters_of_wrong_words(session);
    }
    counts
}

fn errors_x2(session: &Session, rules: &Rules, counts: &Counts) -> u32 {
    match rules.error_unit {
        ErrorUnit::Character => counts.incorrect_left * 2,
        ErrorUnit::Word => {
            let m = mistakes::of(session, 1, 1);
            (m.full + m.half) * 2
        }
        ErrorUnit::FullHalf => {
            let m = mistakes::of(session, 2, 1);
            m.full * 2 + m.half
        }
    }
}

/// What the typist is asked to type, without what the program types, and where in it the caret stands.
fn asked(session: &Session) -> (Cow<'_, [Grapheme]>, usize) {
    let text = &session.exercise().text;
    let (word, offset) = session.caret();
    let range = text.word_range(word);
    let reached = range.start + offset.min(range.len());
    if session.conduct() != Conduct::Third {
        return (Cow::Borrowed(text.graphemes()), reached);
    }
    let margins =
        (0..text.word_count()).map(|i| text.word_range(i).start..text.word_range(i).start + text.margin(i));
    let (mut asked, mut typed_itself, mut from) = (Vec::new(), 0, 0);
    for margin in margins {
        asked.extend_from_slice(text.graphemes().get(from..margin.start).unwrap_or_default());
        typed_itself += margin.end.min(reached).saturating_sub(margin.start);
        from = margin.end;
    }
    asked.extend_from_slice(text.graphemes().get(from..).unwrap_or_default());
    (Cow::Owned(asked), reached - typed_itself)
}

/// What stands of what was typed, as one sequence.
fn transcript(session: &Session) -> Vec<Grapheme> {
    session
        .words()
        .iter()
        .flat_map(|w| w.typed.iter().chain(&w.separator))
        .filter(|t| !t.automatic)
        .map(|t| t.grapheme.clone())
        .collect()
}

/// 1 − σ/μ of the characters inserted in each whole second, in basis points, not below 0.
fn consistency_bp(session: &Session, duration_ms: Millis) -> u32 {
    let seconds = (duration_ms / 1_000) as usize;
    if seconds < 2 {
        return 0;
    }
    let mut buckets = vec![0u64; seconds];
    for insertion in session.insertions() {
        if let Some(n) = buckets.get_mut((insertion.at / 1_000) as usize) {
            *n += 1;
        }
    }
    let (n, sum) = (seconds as u64, buckets.iter().sum::<u64>());
    let squares: u64 = buckets.iter().map(|b| b * b).sum();
    if sum == 0 {
        return 0;
    }
    // σ/μ = sqrt(n Σx² − (Σx)²) / Σx, scaled by 10000 under the root, and by 2 for rounding to halves.
    let variance = u128::from(n * squares - sum * sum) * 400_000_000;
    let floor = variance.isqrt();
    let twice = floor + u128::from(floor * floor < variance);
    // 10000 − x rounded half up: the least whole number that is not below x − ½ is taken off.
    let sum = u128::from(sum);
    10_000u64.saturating_sub(twice.saturating_sub(sum).div_ceil(2 * sum) as u64) as u32
}
