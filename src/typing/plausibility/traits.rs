//! What the time before a key depends on: its place, the fingers, and how common the letters are in English.

use super::keys::{Place, Pressed};

/// Letters that are less than 2.5 % of English ones.
const RARE: &str = "bfgjkpqvwxyz";

/// The 50 most common pairs.
const PAIRS: &str = "al an ar as at be ch co de ea ed ee el en er es et ha he hi ho il in is it le ll lo me nd ne ng nt \
    on or ou ra re ro rs se st te th ti to ur ve wa we";

/// The 50 most common triples.
const TRIPLES: &str = "ain air all and ard are ate ati day ear ent ere ers eve for ght han hat hen her hin hou ide igh \
    ill ing ion ith its not ome one our ove rea res she sta ted ter tha the thi tio und ver was whe wit you";

/// What the time before a key depends on. The first two are of the key before it, the others of the key itself unless they say
/// otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trait {
    /// The key before was a space.
    AfterSpace,
    /// The key before was a Backspace.
    AfterErasing,
    /// The key before needed Shift.
    AfterShift,
    /// It is a space.
    Space,
    /// It is the first Backspace of several.
    Erasing,
    /// It needs Shift.
    Shift,
    /// It is neither letter nor space: a digit or a mark.
    Mark,
    /// Another finger of the hand that typed the key before.
    SameHand,
    /// The finger that typed the key before, on another key.
    SameFinger,
    /// It is the second letter of a word.
    SecondLetter,
    /// It is a letter that is rare in the language.
    RareLetter,
    /// It ends a pair of letters that is common in the language.
    CommonPair,
    /// It ends three letters in a row that are common in the language.
    CommonTriple,
}

impl Trait {
    /// How many there are.
    pub const COUNT: usize = 13;

    const fn bit(self) -> u16 {
        1 << self as u16
    }
}

/// The weight of each [`Trait`], in their order: thousandths of a natural logarithm by which the time is longer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weights(pub [i32; Trait::COUNT]);

/// The time between two keys, and the traits of the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// Milliseconds from one press to the next.
    pub ms: u32,
    /// Whether both are letters.
    pub in_word: bool,
    traits: u16,
}

impl Pair {
    /// Whether the second key has the [`Trait`] of this number, in their order.
    #[must_use]
    pub const fn has(&self, number: usize) -> bool {
        self.traits >> number & 1 == 1
    }

    /// By how much the time before it is longer than usual, in thousandths of a natural logarithm.
    #[must_use]
    pub fn expected_permille(&self, weights: &Weights) -> i32 {
        let of = |(number, weight): (usize, &i32)| if self.has(number) { *weight } else { 0 };
        weights.0.iter().enumerate().map(of).sum()
    }

    /// A key so many milliseconds after another, and the one before that; `None` for keys whose time says nothing.
    #[must_use]
    pub fn of(before: Option<Pressed>, last: Pressed, key: Pressed, ms: u32) -> Option<Self> {
        traits(before, last, key).map(|(traits, in_word)| Self { ms, in_word, traits })
    }
}

/// The traits of a key after another (and one before that), and whether both are letters.
fn traits(before: Option<Pressed>, last: Pressed, key: Pressed) -> Option<(u16, bool)> {
    use Pressed::{Backspace, Char};
    let mut all = match (last, key) {
        // A held key repeats by itself.
        (Backspace, Backspace) => return None,
        (Backspace, Char(_)) => Trait::AfterErasing.bit(),
        (Char(_), Backspace) => Trait::Erasing.bit(),
        (Char(_), Char(_)) => 0,
        _ => return None,
    };
    // A key that the layout does not have says nothing; Backspace has no place that matters.
    let place = |pressed| match pressed {
        Char(c) => Place::of(c).map(Some),
        _ => Some(None),
    };
    let (from, to) = (place(last)?, place(key)?);
    let mut set = |is: bool, which: Trait| all |= if is { which.bit() } else { 0 };
    if let Some(to) = to {
        set(to.is_space() && from.is_some(), Trait::Space);
        set(to.shift, Trait::Shift);
        set(!to.is_space() && !to.is_letter(), Trait::Mark);
        set(RARE.contains(to.base), Trait::RareLetter);
    }
    if let (Some(from), true) = (from, key != Backspace) {
        set(from.is_space(), Trait::AfterSpace);
        set(from.shift, Trait::AfterShift);
    }
    let (Some(from), Some(to)) = (from, to) else { return Some((all, false)) };
    if let (Some(a), Some(b)) = (from.finger, to.finger) {
        set(a != b && a / 4 == b / 4, Trait::SameHand);
        set(a == b && from.base != to.base, Trait::SameFinger);
    }
    let first = before.and_then(place).flatten();
    let in_word = from.is_letter() && to.is_letter();
    set(in_word && first.is_some_and(|first| first.is_space()), Trait::SecondLetter);
    set(in_word && is_among(PAIRS, &[from.base, to.base]), Trait::CommonPair);
    let triple = first.is_some_and(|first| is_among(TRIPLES, &[first.base, from.base, to.base]));
    set(triple, Trait::CommonTriple);
    Some((all, in_word))
}

/// Whether a list has these letters as a word.
fn is_among(list: &str, letters: &[char]) -> bool {
    list.split(' ').any(|word| word.chars().eq(letters.iter().copied()))
}
