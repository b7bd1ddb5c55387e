//! Mistakes by words: full and half ones, as examining bodies count them.
//!
//! Omission, substitution, addition and repetition of a word are full mistakes; wrong spacing (words joined or
//! split, a line ended where it should go on), capitals, punctuation and two words in each other's place are half ones (the Indian Staff Selection
//! Commission's skill test; notices differ on spelling, which counts in full here).

use std::collections::HashMap;

use super::log::End;
use super::session::{Phase, Session, TypedWord};
use super::text::{Grapheme, Lookalikes};

/// Words by which the transcript may run ahead of or behind the text and still be aligned: more is another text.
const BAND: usize = 256;
const FAR: u32 = u32::MAX / 2;

/// Mistakes of a session, in halves of a mistake.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mistakes {
    /// Full mistakes.
    pub full: u32,
    /// Half mistakes.
    pub half: u32,
}

/// Finds the mistakes of a session: the alignment of words with the fewest, full ones weighing `full` and half ones
/// `half` (both at least 1). A word that time cut off is not judged.
pub fn of(session: &Session, full: u32, half: u32) -> Mistakes {
    let (text, lookalikes) = (&session.exercise().text, session.exercise().lookalikes);
    let done = session.phase() == Phase::Ended(End::Completed);
    let typed = session.words().iter().filter(|w| w.separator.is_some() || done);
    let typed: Vec<_> = typed.map(|w| (w.typed.iter().map(|t| &t.grapheme), parted(w, lookalikes))).collect();
    let reach = if done { text.word_count() } else { (typed.len() + BAND).min(text.word_count()) };
    let mut names = Names::default();
    let presented: Vec<Word> = (0..reach)
        .map(|i| {
            let fits = |key| text.separator(i).is_none_or(|s| lookalikes.accept(s, &Grapheme::One(key)));
            names.word(text.word(i).iter(), Parting { space: fits(' '), line: fits('\n') })
        })
        .collect();
    let typed: Vec<Word> = typed.into_iter().map(|(word, parting)| names.word(word, parting)).collect();
    align(&names.joined(&presented), &names.joined(&typed), done, full, half)
}

/// What a typed word's separator may be taken for: a line break that stands may have been typed as a space.
fn parted(word: &TypedWord, lookalikes: Lookalikes) -> Parting {
    let Some(separator) = &word.separator else { return Parting { space: true, line: true } };
    let line = separator.grapheme == Grapheme::One('\n');
    Parting { space: !line || (separator.right && lookalikes != Lookalikes::Exact), line }
}

/// Characters of the words in which something is wrong, their separators included in the judgement but not the count.
pub fn characters_of_wrong_words(session: &Session) -> u32 {
    let words = session.words().iter().enumerate();
    words.filter(|(i, _)| !session.word_is_right(*i)).map(|(_, word)| word.typed_by_hand() as u32).sum()
}

/// A word by number: equal numbers are equal words.
#[derive(Clone, Copy)]
struct Word {
    exact: u32,
    /// Without capitals and punctuation.
    folded: u32,
    /// Joined to the word before it.
    joined: Option<u32>,
    parting: Parting,
}

/// Which separators after a word are right, or may have been typed.
#[derive(Clone, Copy)]
struct Parting {
    space: bool,
    line: bool,
}

impl Parting {
    fn fits(self, other: Self) -> bool {
        (self.space && other.space) || (self.line && other.line)
    }
}

#[derive(Default)]
struct Names {
    numbers: HashMap<String, u32>,
    texts: Vec<String>,
}

impl Names {
    fn number(&mut self, text: String) -> u32 {
        let next = self.texts.len() as u32;
        let number = *self.numbers.entry(text.clone()).or_insert(next);
        if number == next {
            self.texts.push(text);
        }
        number
    }

    fn word<'a>(&mut self, graphemes: impl Iterator<Item = &'a Grapheme>, parting: Parting) -> Word {
        let mut text = String::new();
        graphemes.for_each(|g| g.push_to(&mut text));
        let bare: String =
            text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        let folded = if bare.is_empty() { text.clone() } else { bare };
        Word { exact: self.number(text), folded: self.number(folded), joined: None, parting }
    }

    fn joined(&mut self, words: &[Word]) -> Vec<Word> {
        let mut out: Vec<Word> = Vec::with_capacity(words.len());
        for word in words {
            let joined = out.last().map(|before| {
                let text: String = [before.exact, word.exact]
                    .iter()
                    .filter_map(|n| self.texts.get(*n as usize).map(String::as_str))
                    .collect();
                self.number(text)
            });
            out.push(Word { joined, ..*word });
        }
        out
    }
}

#[derive(Clone, Copy)]
struct Cost {
    weight: u32,
    mistakes: Mistakes,
}

impl Cost {
    const NONE: Self = Self { weight: FAR, mistakes: Mistakes { full: 0, half: 0 } };

    fn plus(self, weight: u32, full: u32, half: u32) -> Self {
        let Mistakes { full: f, half: h } = self.mistakes;
        Self { weight: self.weight + weight, mistakes: Mistakes { full: f + full, half: h + half } }
    }
}

/// Optimal string alignment over words, with joining and splitting, within [`BAND`]. Where the text ended the test it
/// is aligned as a whole; where time did, it may end anywhere.
fn align(text: &[Word], typed: &[Word], whole: bool, full: u32, half: u32) -> Mistakes {
    let width = text.len() + 1;
    let first = (0..width).map(|j| start(j, full)).collect();
    let mut rows: [Vec<Cost>; 3] = [vec![Cost::NONE; width], first, vec![Cost::NONE; width]];
    for i in 1..=typed.len() {
        let [two, one, now] = &mut rows;
        now.fill(Cost::NONE);
        for j in i.saturating_sub(BAND)..=(i + BAND).min(text.len()) {
            let best = cell(text, typed, (i, j), (two, one, now), full, half);
            if let Some(place) = now.get_mut(j) {
                *place = best;
            }
        }
        rows.rotate_left(1);
    }
    let from = if whole { text.len() } else { 0 };
    let ends = rows[1].iter().skip(from);
    ends.min_by_key(|c| c.weight).map_or_else(Mistakes::default, |c| c.mistakes)
}

fn start(j: usize, full: u32) -> Cost {
    let j = j as u32;
    if j as usize > BAND {
        Cost::NONE
    } else {
        Cost { weight: j * full, mistakes: Mistakes { full: j, half: 0 } }
    }
}

/// The cheapest way to have typed `i` words of the first `j`.
fn cell(
    text: &[Word],
    typed: &[Word],
    (i, j): (usize, usize),
    (two, one, now): (&[Cost], &[Cost], &[Cost]),
    full: u32,
    half: u32,
) -> Cost {
    let at = |row: &[Cost], back: usize| {
        j.checked_sub(back).and_then(|k| row.get(k)).copied().unwrap_or(Cost::NONE)
    };
    let word = |words: &[Word], n: usize| n.checked_sub(1).and_then(|k| words.get(k)).copied();
    let (t, p) = (word(typed, i), word(text, j));
    let mut best = at(one, 0).plus(full, 1, 0);
    let mut offer = |cost: Cost| {
        if cost.weight < best.weight {
            best = cost;
        }
    };
    offer(at(now, 1).plus(full, 1, 0));
    if let (Some(t), Some(p)) = (t, p) {
        offer(match (t.exact == p.exact, t.folded == p.folded) {
            (true, _) if t.parting.fits(p.parting) => at(one, 1),
            (true, _) | (false, true) => at(one, 1).plus(half, 0, 1),
            (false, false) => at(one, 1).plus(full, 1, 0),
        });
        if p.joined == Some(t.exact) {
            offer(at(one, 2).plus(half, 0, 1));
        }
        if t.joined == Some(p.exact) {
            offer(at(two, 1).plus(half, 0, 1));
        }
        let crossed = |a: Option<Word>, b: Word| a.is_some_and(|a| a.exact == b.exact);
        if i > 1 && j > 1 && crossed(word(typed, i - 1), p) && crossed(word(text, j - 1), t) {
            offer(at(two, 2).plus(half, 0, 1));
        }
    }
    best
}
