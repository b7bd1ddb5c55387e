//! Where the letters lie on a US keyboard, and what that means for a pair of keys.

/// The characters of the class: the space, then a to z.
pub const SIZE: usize = 27;
const ROWS: [&str; 3] = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];

/// The place of a character among the 27; `None` for any other.
pub fn index(c: char) -> Option<usize> {
    match c {
        ' ' => Some(0),
        'a'..='z' => Some(c as usize - 'a' as usize + 1),
        _ => None,
    }
}

/// The character at a place.
pub fn character(i: usize) -> char {
    if i == 0 { ' ' } else { char::from(b'a' + (i as u8 - 1)) }
}

fn place(i: usize) -> Option<(usize, usize)> {
    ROWS.iter().enumerate().find_map(|(row, keys)| keys.find(character(i)).map(|column| (row, column)))
}

/// The finger, 0 to 7 from the left; 8 is the thumb.
fn finger(i: usize) -> usize {
    match place(i) {
        None => 8,
        Some((_, column)) => [0, 1, 2, 3, 3, 4, 4, 5, 6, 7][column],
    }
}

/// What a pair's time is of the mean, for a skilled typist (measured class offsets).
pub fn offset(before: usize, key: usize) -> f64 {
    let (a, b) = (finger(before), finger(key));
    match (before, key) {
        (0, _) => 1.42,
        (_, 0) => 0.9,
        _ if before == key => 0.95,
        _ if a == b => 1.25,
        _ if (a < 4) == (b < 4) => 1.03,
        _ => 0.94,
    }
}

/// The keys that are taken for this one: its neighbours in the row, and the same finger of the other hand.
pub fn confusable(i: usize) -> Vec<usize> {
    let Some((row, column)) = place(i) else { return Vec::new() };
    let keys: Vec<char> = ROWS[row].chars().collect();
    let beside = [column.checked_sub(1), Some(column + 1), 9_usize.checked_sub(column)];
    let found = beside.into_iter().flatten().filter_map(|c| keys.get(c).copied().and_then(index));
    found.filter(|other| *other != i).collect()
}
