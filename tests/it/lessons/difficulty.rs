//! Measures how hard a passage is to type.

use typeproof::lessons::difficulty::Difficulty;

/// The hundred commonest pairs of adjacent letters in the first 48 passages of this project, capitals folded, in
/// order of frequency: 76 % of all their pairs. Frozen, since stated difficulties rest on it.
pub const COMMON_PAIRS: &str = "th he in er re an nd ed en es on ar te ng at ou st it or ha ve ea se le ne to be as \
    nt ro me ll is de al co ti ur ee lo ch el ho ly hi et il wi om we ri wa ra pe rs si li fo of la sh ce un oo ai us \
    ow no ge wh ke ot ca ma ec ta ns id ev ac ay bo ts ad pr em ir tr ic ld ul mo pa gh ut ol ry os ss pl";

/// The bands within which every shipped passage lies: smallest and largest of each measure.
pub const BANDS: [Difficulty; 2] = [
    Difficulty {
        word_length_x100: 455,
        capitals_bp: 150,
        punctuation_bp: 275,
        digits_bp: 50,
        rare_pairs_bp: 2_050,
    },
    Difficulty {
        word_length_x100: 535,
        capitals_bp: 280,
        punctuation_bp: 415,
        digits_bp: 160,
        rare_pairs_bp: 2_700,
    },
];

/// The measures in the order of their definition.
pub fn all(difficulty: &Difficulty) -> [u32; 5] {
    let Difficulty { word_length_x100, capitals_bp, punctuation_bp, digits_bp, rare_pairs_bp } = *difficulty;
    [word_length_x100, capitals_bp, punctuation_bp, digits_bp, rare_pairs_bp]
}

/// Measures a text; all 0 for an empty one.
pub fn measure(text: &str) -> Difficulty {
    let all = text.chars().count();
    let share = |belongs: fn(&char) -> bool| per(10_000, text.chars().filter(belongs).count(), all);
    let lengths: usize = text.split_whitespace().map(|w| w.chars().count()).sum();
    let (pairs, rare) = pairs(text);
    Difficulty {
        word_length_x100: per(100, lengths, text.split_whitespace().count()),
        capitals_bp: share(|c| c.is_uppercase()),
        punctuation_bp: share(|c| !c.is_alphanumeric() && !c.is_whitespace()),
        digits_bp: share(|c| c.is_numeric()),
        rare_pairs_bp: per(10_000, rare, pairs),
    }
}

/// Pairs of adjacent letters, and those among them that are rare.
fn pairs(text: &str) -> (usize, usize) {
    let folded: Vec<char> = text.chars().flat_map(char::to_lowercase).collect();
    let letters = folded.windows(2).filter(|pair| pair.iter().all(|c| c.is_alphabetic()));
    let common: Vec<String> = COMMON_PAIRS.split(' ').map(String::from).collect();
    letters.fold((0, 0), |(all, rare), pair| {
        let pair: String = pair.iter().collect();
        (all + 1, rare + usize::from(!common.contains(&pair)))
    })
}

/// `scale` times `part` / `whole`, rounded half up, 0 of nothing.
fn per(scale: usize, part: usize, whole: usize) -> u32 {
    (part * scale + whole / 2).checked_div(whole).map_or(0, |n| u32::try_from(n).unwrap_or(u32::MAX))
}
