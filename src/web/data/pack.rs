//! Text that repeats itself, packed so that forty lines of script unpack it: each phrase is stored once.
//!
//! The pair of letters that is most frequent becomes one letter that the text does not use, and so on until no pair is
//! worth it (N. J. Larsson, A. Moffat, "Off-line dictionary-based compression", 2000: Re-Pair).

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::{Value, json};

/// A pair is replaced if it occurs this often: its rule takes about six bytes, and each replacement saves one or two.
const WORTH: usize = 5;

/// The letters that may stand for a pair: of one byte in UTF-8 first, then of two, none of which combines, is invisible,
/// runs from right to left, or is escaped in JSON or in a page.
fn symbols() -> impl Iterator<Item = char> {
    ('!'..='~')
        .filter(|c| !"\"\\<>&".contains(*c))
        .chain('¡'..='ʯ')
        .chain('Ͱ'..='҂')
        .chain('Ҋ'..='Ֆ')
        .filter(|c| c.is_alphanumeric() || c.is_ascii())
}

/// A packed text: `symbols`, one letter a rule; `pairs`, two letters a rule, which it stands for and which may be
/// earlier symbols; and `text`. To unpack, replace every symbol by what it stands for.
#[must_use]
pub fn pack(text: &str) -> Value {
    let used: BTreeSet<char> = text.chars().collect();
    let mut free = symbols().filter(|symbol| !used.contains(symbol));
    let mut letters: Vec<char> = text.chars().collect();
    let (mut symbols, mut pairs) = (String::new(), String::new());
    loop {
        let rules: BTreeMap<Pair, char> = frequent(&letters).into_iter().zip(free.by_ref()).collect();
        if rules.is_empty() {
            return json!({"symbols": symbols, "pairs": pairs, "text": letters.into_iter().collect::<String>()});
        }
        letters = replaced(&letters, &rules);
        symbols.extend(rules.values());
        pairs.extend(rules.keys().flat_map(|pair| [pair.0, pair.1]));
    }
}

/// Two letters, one after the other.
type Pair = (char, char);

/// The pairs that occur most often, none of which shares a letter with another: they can be replaced in one go. Those
/// are left for later that occur less than half as often as the first.
fn frequent(letters: &[char]) -> Vec<Pair> {
    let mut counts: HashMap<Pair, usize> = HashMap::new();
    for pair in letters.iter().copied().zip(letters.iter().copied().skip(1)) {
        *counts.entry(pair).or_default() += 1;
    }
    let mut counts: Vec<(Reverse<usize>, Pair)> =
        counts.into_iter().filter(|(_, n)| *n >= WORTH).map(|(pair, n)| (Reverse(n), pair)).collect();
    counts.sort_unstable();
    let most = counts.first().map_or(0, |(Reverse(n), _)| *n);
    let mut seen = BTreeSet::new();
    let often = counts.into_iter().take_while(|(Reverse(n), _)| n * 2 > most);
    let apart = often.map(|(_, pair)| pair).filter(|(a, b)| {
        a != b && !seen.contains(a) && !seen.contains(b) && {
            seen.extend([*a, *b]);
            true
        }
    });
    apart.collect()
}

fn replaced(letters: &[char], rules: &BTreeMap<Pair, char>) -> Vec<char> {
    let mut out = Vec::with_capacity(letters.len());
    let mut rest = letters.iter().copied().peekable();
    while let Some(letter) = rest.next() {
        let symbol = rest.peek().and_then(|next| rules.get(&(letter, *next)));
        out.push(*symbol.unwrap_or(&letter));
        if symbol.is_some() {
            rest.next();
        }
    }
    out
}
