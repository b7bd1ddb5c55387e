//! Text pictures of screens: what is drawn is compared with a file, character by character, styles left out.

use std::path::PathBuf;

use ratatui::buffer::Buffer;
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
