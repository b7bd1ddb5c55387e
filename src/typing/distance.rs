//! Minimum string distance between what was presented and what stands (Levenshtein; Soukoreff & MacKenzie, CHI 2003).

/// More errors than this are not counted: the work grows with their number, and no test passes with as many.
pub const MAX_DISTANCE: usize = 1_024;

/// How far a transcript is from the text, and how much of the text was presented.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Distance {
    /// Insertions, deletions and substitutions, the fewest that will do.
    pub edits: usize,
    /// Length of the part of the text that the transcript was compared with.
    pub presented: usize,
}

/// Compares a transcript with a text, both as sequences.
///
/// `reached` is where the caret stood in the text. With `whole`, the transcript is compared with all of `text`; else
/// with that beginning of it which is nearest to the transcript, and among equals the one that ends nearest to
/// `reached`: so a word that was left out counts once, not once where it was left out and once at the end.
///
/// Beyond [`MAX_DISTANCE`] everything counts as wrong: `edits` is then the longer of both lengths.
pub fn compare<T: PartialEq>(text: &[T], transcript: &[T], reached: usize, whole: bool) -> Distance {
    let reached = if whole { text.len() } else { reached.min(text.len()) };
    let same = text.iter().zip(transcript).take_while(|(a, b)| a == b).count();
    let (rest, typed) = (text.get(same..).unwrap_or_default(), transcript.get(same..).unwrap_or_default());
    if typed.is_empty() {
        let presented = if whole { text.len() } else { same };
        return Distance { edits: presented - same, presented };
    }
    let mut band = 4;
    while band <= MAX_DISTANCE {
        if let Some((edits, end)) = banded(rest, typed, reached.saturating_sub(same), whole, band) {
            return Distance { edits, presented: same + end };
        }
        band *= 2;
    }
    Distance { edits: reached.max(transcript.len()), presented: reached }
}

/// The distance when it is at most `band` and the ends lie within it, by dynamic programming along the diagonal
/// (Ukkonen 1985): `(edits, length of the text compared)`.
fn banded<T: PartialEq>(
    text: &[T],
    typed: &[T],
    reached: usize,
    whole: bool,
    band: usize,
) -> Option<(usize, usize)> {
    if typed.len() > text.len() + band || (whole && text.len() > typed.len() + band) {
        return None;
    }
    let far = usize::MAX / 2;
    let width = text.len().min(typed.len() + band) + 1;
    let mut above: Vec<usize> = (0..width).map(|j| if j <= band { j } else { far }).collect();
    let mut row = vec![far; width];
    for (i, t) in typed.iter().enumerate() {
        let i = i + 1;
        let (from, to) = (i.saturating_sub(band), (i + band).min(width - 1));
        let mut left = far;
        for j in from..=to {
            let diagonal = match j.checked_sub(1) {
                Some(k) => above[k] + usize::from(text[k] != *t),
                None => far,
            };
            let up = if j < i + band { above[j] } else { far };
            left = diagonal.min(up.min(left) + 1);
            row[j] = left;
        }
        if let Some(outside) = from.checked_sub(1) {
            row[outside] = far;
        }
        std::mem::swap(&mut above, &mut row);
    }
    let last = |j: usize| above.get(j).copied().unwrap_or(far);
    let best = if whole {
        (last(text.len()), text.len())
    } else {
        let from = typed.len().saturating_sub(band);
        (from..width).map(|j| (last(j), j)).min_by_key(|&(edits, j)| (edits, j.abs_diff(reached)))?
    };
    (best.0 <= band).then_some(best)
}
