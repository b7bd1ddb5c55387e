//! Measures how hard a passage is to type, each language by its own commonest pairs.

use super::Difficulty;
use crate::lessons::language::Language;

/// The hundred commonest pairs of adjacent letters in the first 48 passages of this project, capitals folded, in
/// order of frequency: 76 % of all their pairs. Frozen, since stated difficulties rest on it.
const ENGLISH_PAIRS: &str = "th he in er re an nd ed en es on ar te ng at ou st it or ha ve ea se le ne to be as \
    nt ro me ll is de al co ti ur ee lo ch el ho ly hi et il wi om we ri wa ra pe rs si li fo of la sh ce un oo ai us \
    ow no ge wh ke ot ca ma ec ta ns id ev ac ay bo ts ad pr em ir tr ic ld ul mo pa gh ut ol ry os ss pl";

/// The same of the first 12 German passages: 79 % of their pairs.
const GERMAN_PAIRS: &str = "en er ch ei de in te ie nd ge st un ne an he au es be ic re se si di da le as sc we hr it me el ht ng ra \
    is al ss li nn em wa wi eh mi ha ll et us ar uf fe zu am or ni ri vo um ag rt na so ma ke lt ta ck ns eg \
    hl nt ac ig tt im la ab at on ur rs mm rd ir ah ve ze fr gt hn rü eb ka uc br fa ür bi ih";

/// The same of the first 12 French passages: 79 % of their pairs.
const FRENCH_PAIRS: &str = "le es en de re ou nt on er la te an ur ai ne se et un ie qu it ar au eu is in me ra co il ns ue po us ll \
    ma ui pa ve ch tr ce ir ro ri ti ut oi ss nd as pr em or si sa st ta ez av rs so at ré el rt vo pe mo pl \
    to al va da he li di su ux ge om nc du lu no tt té vi ni ée dé ha ts mp os ca ac am lo mi";

/// The same of the first 12 Spanish passages: 81 % of their pairs.
const SPANISH_PAIRS: &str = "la de en es as el ue ar os ra er do ta re co or un an nt se qu on te to ad lo ie ro ca al na pa no st me \
    da le po ci tr ab ma si ha in nd ri ba ti ll mo sa ce ec ac pe pr ve gu so ía di rt cu ne em mi om ua ed \
    eg id br ol am io mp nc su vi ia at oc im ho ic il ir ga ur et ot rr od ui is it ap li va";

/// The hundred commonest pairs of a language.
#[must_use]
pub const fn common_pairs(language: Language) -> &'static str {
    match language {
        Language::English => ENGLISH_PAIRS,
        Language::German => GERMAN_PAIRS,
        Language::French => FRENCH_PAIRS,
        Language::Spanish => SPANISH_PAIRS,
    }
}

impl Difficulty {
    /// Measures a text in a language; all 0 for an empty one.
    #[must_use]
    pub fn of(text: &str, language: Language) -> Self {
        let all = text.chars().count();
        let share = |belongs: fn(&char) -> bool| per(10_000, text.chars().filter(belongs).count(), all);
        let lengths: usize = text.split_whitespace().map(|w| w.chars().count()).sum();
        let (pairs, rare) = pairs(text, language);
        Self {
            word_length_x100: per(100, lengths, text.split_whitespace().count()),
            capitals_bp: share(|c| c.is_uppercase()),
            punctuation_bp: share(|c| !c.is_alphanumeric() && !c.is_whitespace()),
            digits_bp: share(|c| c.is_numeric()),
            rare_pairs_bp: per(10_000, rare, pairs),
            special_letters_bp: share(|c| c.is_alphabetic() && !c.is_ascii()),
        }
    }
}

/// Pairs of adjacent letters, and those among them that are rare in the language.
fn pairs(text: &str, language: Language) -> (usize, usize) {
    let folded: Vec<char> = text.chars().flat_map(char::to_lowercase).collect();
    let letters = folded.windows(2).filter(|pair| pair.iter().all(|c| c.is_alphabetic()));
    let common: Vec<&str> = common_pairs(language).split(' ').collect();
    letters.fold((0, 0), |(all, rare), pair| {
        let pair: String = pair.iter().collect();
        (all + 1, rare + usize::from(!common.contains(&pair.as_str())))
    })
}

/// `scale` times `part` / `whole`, rounded half up, 0 of nothing.
fn per(scale: usize, part: usize, whole: usize) -> u32 {
    (part * scale + whole / 2).checked_div(whole).map_or(0, |n| u32::try_from(n).unwrap_or(u32::MAX))
}
