//! Reads a symbol whose modules are known one by one, as in our own pictures: nothing is corrected, and one that a scanner
//! would have to correct is not read, since it could read something else there (ISO/IEC 18004).

use super::MAX_VERSION;

/// The format bits are drawn with these flipped.
const FORMAT_MASK: u32 = 0x5412;

/// Version bits of versions 7 to 10.
const VERSION_BITS: [u32; 4] = [0x07c94, 0x085bc, 0x09a99, 0x0a4d3];

/// Codewords of error correction in each block, by level (L, M, Q, H) and version.
const CORRECTION: [[usize; 10]; 4] = [
    [7, 10, 15, 20, 26, 18, 20, 24, 30, 18],
    [10, 16, 26, 18, 24, 16, 18, 22, 22, 26],
    [13, 22, 18, 26, 18, 24, 18, 22, 20, 24],
    [17, 28, 22, 16, 22, 28, 26, 26, 24, 28],
];

/// Blocks, by level and version.
const BLOCKS: [[usize; 10]; 4] = [
    [1, 1, 1, 1, 1, 2, 2, 2, 2, 4],
    [1, 1, 1, 2, 2, 4, 4, 4, 5, 5],
    [1, 1, 2, 2, 4, 4, 6, 6, 8, 8],
    [1, 1, 2, 4, 4, 4, 5, 6, 8, 8],
];

/// The characters of the alphanumeric mode.
const ALPHANUMERIC: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/// The text of a symbol of version 1 to 10, row by row, `true` for dark; `None` for one that has a module other than it
/// should be, or a text that is not ASCII.
///
/// ```
/// use typeproof::badge::carry::symbol::{self, Symbol};
///
/// let mut rows = Symbol::new("https://example.org/#0042")?.framed(0);
/// assert_eq!(symbol::read(&rows).as_deref(), Some("https://example.org/#0042"));
/// rows[12][12] = !rows[12][12];
/// assert_eq!(symbol::read(&rows), None);
/// # Ok::<(), symbol::SymbolError>(())
/// ```
#[must_use]
pub fn read(rows: &[Vec<bool>]) -> Option<String> {
    let grid = Grid::of(rows)?;
    let (level, mask) = grid.format()?;
    let place = grid.version.checked_sub(1)?;
    let (correction, blocks) = (*CORRECTION.get(level)?.get(place)?, *BLOCKS.get(level)?.get(place)?);
    let codewords = grid.codewords(mask)?;
    text(&data(&codewords, correction, blocks)?, grid.version)
}

/// A symbol's modules.
struct Grid<'a> {
    rows: &'a [Vec<bool>],
    size: usize,
    version: usize,
}

impl<'a> Grid<'a> {
    /// A square of a symbol's size whose fixed modules are as they should be.
    fn of(rows: &'a [Vec<bool>]) -> Option<Self> {
        let size = rows.len();
        let version = size.checked_sub(17).filter(|more| more % 4 == 0)? / 4;
        let square = rows.iter().all(|row| row.len() == size);
        let grid = Self { rows, size, version };
        let fixed = || {
            (0..size).all(|y| (0..size).all(|x| grid.fixed(x, y).is_none_or(|dark| dark == grid.dark(x, y))))
        };
        (square && (1..=usize::from(MAX_VERSION)).contains(&version) && fixed()).then_some(grid)
    }

    fn dark(&self, x: usize, y: usize) -> bool {
        self.rows.get(y).and_then(|row| row.get(x)) == Some(&true)
    }

    /// Whether a module belongs to the format.
    fn is_format(&self, x: usize, y: usize) -> bool {
        let near = |at: usize| at < 9 && at != 6;
        x == 8 && (near(y) || y + 7 >= self.size) || y == 8 && (near(x) || x + 8 >= self.size)
    }

    /// The colour of a module that is the same in every symbol of this version; nothing of those with data, and of the format.
    fn fixed(&self, x: usize, y: usize) -> Option<bool> {
        let size = self.size;
        let finder = |left: usize, top: usize| {
            let (dx, dy) = (x.abs_diff(left + 3), y.abs_diff(top + 3));
            (dx.max(dy) <= 4).then(|| !matches!(dx.max(dy), 2 | 4))
        };
        let finders = finder(0, 0).or_else(|| finder(size - 7, 0)).or_else(|| finder(0, size - 7));
        let timing = || (x == 6 || y == 6).then(|| (x + y).is_multiple_of(2));
        let dark = || (x == 8 && y == size - 8).then_some(true);
        finders
            .or_else(dark)
            .or_else(|| self.version_bit(x, y))
            .or_else(|| self.alignment(x, y))
            .or_else(timing)
    }

    /// The colour of a module of the version's two blocks.
    fn version_bit(&self, x: usize, y: usize) -> Option<bool> {
        let bits = *VERSION_BITS.get(self.version.checked_sub(7)?)?;
        let (long, short) = if x < y { (x, y) } else { (y, x) };
        let short = short.checked_sub(self.size - 11).filter(|short| *short < 3 && long < 6)?;
        Some(bits >> (long * 3 + short) & 1 == 1)
    }

    /// The colour of a module of an alignment pattern.
    fn alignment(&self, x: usize, y: usize) -> Option<bool> {
        let last = self.size - 7;
        let middle = if self.version >= 7 { Some(usize::midpoint(6, last)) } else { None };
        let places: Vec<usize> = [Some(6), middle, Some(last)].into_iter().flatten().collect();
        if self.version < 2 {
            return None;
        }
        let near = |at: usize| places.iter().copied().find(|place| place.abs_diff(at) <= 2);
        let (left, top) = (near(x)?, near(y)?);
        // Three of them would lie on the finders.
        let on_a_finder = [(6, 6), (6, last), (last, 6)].contains(&(left, top));
        (!on_a_finder).then(|| x.abs_diff(left).max(y.abs_diff(top)) != 1)
    }

    /// Level (L, M, Q, H as 0 to 3) and mask, where both copies say the same and are whole.
    fn format(&self) -> Option<(usize, u32)> {
        let size = self.size;
        let first = |bit: usize| match bit {
            0..=5 => (8, bit),
            6 => (8, 7),
            7 => (8, 8),
            8 => (7, 8),
            _ => (14 - bit, 8),
        };
        let second = |bit: usize| if bit < 8 { (size - 1 - bit, 8) } else { (8, size - 15 + bit) };
        let bits = |place: &dyn Fn(usize) -> (usize, usize)| {
            (0..15).fold(0, |bits, bit| {
                let (x, y) = place(bit);
                bits | u32::from(self.dark(x, y)) << bit
            })
        };
        let (one, other) = (bits(&first) ^ FORMAT_MASK, bits(&second) ^ FORMAT_MASK);
        let data = one >> 10;
        let check = (0..10).fold(data, |rest, _| (rest << 1) ^ ((rest >> 9) * 0x537));
        let level = [1, 0, 3, 2].get((data >> 3) as usize).copied()?;
        (one == other && one == data << 10 | check).then_some((level, data & 7))
    }

    /// The codewords in the order in which they are drawn.
    fn codewords(&self, mask: u32) -> Option<Vec<u8>> {
        let size = self.size;
        let mut bits = Vec::new();
        let columns =
            (0..size).rev().step_by(2).map(|right| if right <= 6 { right.saturating_sub(1) } else { right });
        for (pair, right) in columns.enumerate().filter(|(_, right)| *right > 0) {
            for step in 0..size {
                let y = if pair % 2 == 0 { size - 1 - step } else { step };
                for x in [right, right - 1] {
                    if self.fixed(x, y).is_none() && !self.is_format(x, y) {
                        bits.push(self.dark(x, y) ^ masked(mask, x, y));
                    }
                }
            }
        }
        let byte = |bits: &[bool]| bits.iter().fold(0, |byte, bit| byte << 1 | u8::from(*bit));
        Some(bits.chunks_exact(8).map(byte).collect())
    }
}

/// Whether a mask flips a module.
const fn masked(mask: u32, x: usize, y: usize) -> bool {
    let rest = match mask {
        0 => (x + y) % 2,
        1 => y % 2,
        2 => x % 3,
        3 => (x + y) % 3,
        4 => (x / 3 + y / 2) % 2,
        5 => x * y % 2 + x * y % 3,
        6 => (x * y % 2 + x * y % 3) % 2,
        _ => ((x + y) % 2 + x * y % 3) % 2,
    };
    rest == 0
}

/// The codewords with data, in their order, where every block is whole.
fn data(codewords: &[u8], correction: usize, blocks: usize) -> Option<Vec<u8>> {
    let short = codewords.len() / blocks;
    let long = codewords.len() % blocks;
    let (mut data, least) = (Vec::new(), short.checked_sub(correction)?);
    for block in 0..blocks {
        let own = (0..least).map(|at| at * blocks + block);
        // The longer blocks are the last ones.
        let more = (block + long >= blocks).then(|| least * blocks + block + long - blocks);
        let behind = least * blocks + long;
        let check = (0..correction).map(|at| behind + at * blocks + block);
        let data_of = own.chain(more).map(|at| codewords.get(at).copied()).collect::<Option<Vec<u8>>>()?;
        let check = check.map(|at| codewords.get(at).copied()).collect::<Option<Vec<u8>>>()?;
        if !is_whole(data_of.iter().chain(&check), correction) {
            return None;
        }
        data.extend(data_of);
    }
    Some(data)
}

/// Whether a block is a word of its Reed-Solomon code: it is 0 at each of the code's zeros.
fn is_whole<'a>(block: impl Iterator<Item = &'a u8> + Clone, correction: usize) -> bool {
    let mut zero = 1;
    (0..correction).all(|_| {
        let value = block.clone().fold(0, |sum, word| times(sum, zero) ^ word);
        zero = times(zero, 2);
        value == 0
    })
}

/// The product of two elements of the field of 256, modulo x⁸ + x⁴ + x³ + x² + 1.
fn times(a: u8, b: u8) -> u8 {
    (0..8).rev().fold(0, |product, bit| {
        let doubled = (product << 1) ^ ((product >> 7) * 0x1d);
        doubled ^ ((b >> bit & 1) * a)
    })
}

/// The text of the data.
fn text(data: &[u8], version: usize) -> Option<String> {
    let mut at = 0;
    let mut take = |count: usize| {
        let bits = (at..at + count).map(|bit| Some(u32::from(data.get(bit / 8)? >> (7 - bit % 8) & 1)));
        at += count;
        bits.collect::<Option<Vec<u32>>>().map(|bits| bits.into_iter().fold(0, |value, bit| value << 1 | bit))
    };
    let mut text = String::new();
    let wide = version >= 10;
    loop {
        match take(4) {
            None | Some(0) => return Some(text),
            Some(1) => {
                let mut left = take(if wide { 12 } else { 10 })? as usize;
                while left > 0 {
                    let digits = left.min(3);
                    let value = take(digits * 3 + 1)?;
                    let written = format!("{value:0digits$}");
                    if written.len() > digits {
                        return None;
                    }
                    text.push_str(&written);
                    left -= digits;
                }
            }
            Some(2) => {
                let mut left = take(if wide { 11 } else { 9 })? as usize;
                while left > 0 {
                    let value = take(if left > 1 { 11 } else { 6 })? as usize;
                    let letters = if left > 1 { vec![value / 45, value % 45] } else { vec![value] };
                    for letter in &letters {
                        text.push(char::from(*ALPHANUMERIC.get(*letter)?));
                    }
                    left -= letters.len();
                }
            }
            Some(4) => {
                for _ in 0..take(if wide { 16 } else { 8 })? {
                    let byte = u8::try_from(take(8)?).ok().filter(u8::is_ascii)?;
                    text.push(char::from(byte));
                }
            }
            Some(_) => return None,
        }
    }
}
