//! Text pictures of screens: what is drawn is compared with a file, character by character, styles left out.

use std::path::PathBuf;

use ratatui::buffer::Buffer;
use ratatui::style::Modifier;
use unicode_width::UnicodeWidthStr;

/// The rows of a buffer as lines of text, spaces at their ends left out.
pub fn text(buffer: &Buffer) -> String {
    let mut picture = String::new();
    for y in buffer.area.rows().map(|row| row.y) {
        let mut line = String::new();
        let mut x = buffer.area.x;
        while x < buffer.area.right() {
            let symbol = buffer.cell((x, y)).unwrap().symbol();
            line.push_str(symbol);
            // What lies under the second half of a wide character is not seen.
            x += symbol.width().max(1) as u16;
        }
        picture.push_str(line.trim_end());
        picture.push('\n');
    }
    picture
}

/// The rows of a buffer as a terminal without colours shows them: below a row stand letters where its characters are bold,
/// dim, reversed or underlined (`b`, `d`, `r`, `u`; `+` for several). What rests on colour alone is not seen.
pub fn plain(buffer: &Buffer) -> String {
    const LETTERS: [(Modifier, char); 4] =
        [(Modifier::BOLD, 'b'), (Modifier::DIM, 'd'), (Modifier::REVERSED, 'r'), (Modifier::UNDERLINED, 'u')];
    let mark = |x: u16, y: u16| {
        let modifier = buffer.cell((x, y)).unwrap().modifier;
        let mut letters =
            LETTERS.into_iter().filter(|(one, _)| modifier.contains(*one)).map(|(_, letter)| letter);
        match (letters.next(), letters.next()) {
            (None, _) => ' ',
            (Some(letter), None) => letter,
            (Some(_), Some(_)) => '+',
        }
    };
    let text = text(buffer);
    let rows = text.lines().zip(buffer.area.rows()).map(|(line, row)| {
        let marks: String = (row.x..row.right()).map(|x| mark(x, row.y)).collect();
        match marks.trim_end() {
            "" => format!("|{line}\n"),
            marks => format!("|{line}\n:{marks}\n"),
        }
    });
    rows.collect()
}

/// Compares a buffer with its picture.
pub fn check(name: &str, buffer: &Buffer) {
    compare(name, &text(buffer));
}

/// Compares what was drawn with `tests/data/screens/NAME.txt`; with `UPDATE_SCREENS` set, writes that file instead.
pub fn compare(name: &str, drawn: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("tests/data/screens/{name}.txt"));
    if std::env::var_os("UPDATE_SCREENS").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, drawn).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(
        kept == drawn,
        "{name}: expected\n{kept}\nfound\n{drawn}\n(UPDATE_SCREENS=1 rewrites the pictures; read them after that)"
    );
}
