//! Texts and programs of the user's own, as plain files.

use typeproof::desk::Desk;
use typeproof::sitting::Task;
use typeproof::store::paths::Paths;
use typeproof::typing::exercise::Source;
use typeproof::typing::key::{Key, Stroke};
use typeproof::typing::session::Session;
use typeproof::typing::text::Layout;

const PROGRAM: &str = "fn main() {\n    if true {\n\tprint();\n    }\n}\n";

/// A desk with these files among its texts.
fn with(files: &[(&str, &[u8])]) -> (tempfile::TempDir, Desk) {
    let home = tempfile::tempdir().unwrap();
    let texts = Paths::below(home.path()).texts_dir();
    std::fs::create_dir_all(texts.join("a folder.txt")).unwrap();
    for (name, bytes) in files {
        std::fs::write(texts.join(name), bytes).unwrap();
    }
    let desk = Desk::at(Paths::below(home.path()), None);
    (home, desk)
}

#[test]
fn files_are_listed_by_name_and_programs_by_their_ending() {
    let (_home, desk) =
        with(&[("b.md", b"text"), ("a.RS", PROGRAM.as_bytes()), (".hidden", b"no"), ("Makefile", b"all:")]);
    let listed: Vec<(String, bool)> =
        desk.own_texts().unwrap().into_iter().map(|text| (text.name, text.is_code)).collect();
    let expected =
        [("Makefile", false), ("a.RS", true), ("b.md", false)].map(|(name, code)| (name.to_owned(), code));
    assert_eq!(listed, expected);
    let nothing = tempfile::tempdir().unwrap();
    assert_eq!(Desk::at(Paths::below(nothing.path()), None).own_texts().unwrap(), []);
}

/// In a program Enter is typed, and the program types the indentation; the rest of one that was left is a program too.
#[test]
fn a_program_is_typed_with_its_indentation() {
    let (_home, mut desk) = with(&[("a.rs", PROGRAM.as_bytes())]);
    let task = desk.own_text("a.rs").unwrap();
    assert_eq!(task, Task::Code { name: "a.rs".to_owned(), raw: PROGRAM.to_owned() });
    let sitting = desk.sit(task).unwrap();
    let exercise = sitting.session().exercise();
    assert_eq!((&exercise.source, exercise.layout), (&Source::Own("a.rs".to_owned()), Layout::Automatic));
    let mut session = Session::new(exercise.clone());
    let mut keys = String::new();
    while let Some(key) = session.due() {
        keys.push(match key {
            Key::Enter => '\n',
            Key::Char(c) => c,
            other => panic!("{other:?} is not typed"),
        });
        session.press(Stroke { at: 100 * keys.len() as u32, key });
        if keys.ends_with("{\n") && keys.len() < 15 {
            let rest = Task::rest(&session).unwrap();
            assert!(matches!(&rest, Task::Code { name, .. } if name == "a.rs, the rest"), "{rest:?}");
        }
    }
    assert_eq!(keys, "fn main() {\nif true {\nprint();\n}\n}");
}

#[test]
fn what_is_no_text_is_named() {
    let large = vec![b'a'; (1 << 20) + 1];
    let (_home, mut desk) = with(&[("a.txt", b"caf\xe9"), ("large.txt", &large), ("empty.txt", b" \n")]);
    for (name, says) in [
        ("a.txt", "a.txt is not UTF-8 text; convert it first"),
        ("large.txt", "large.txt is larger than 1048576 bytes"),
        ("missing.txt", "no such file: "),
        ("a folder.txt", "a folder.txt could not be read: it is a folder, not a file"),
    ] {
        let said = desk.own_text(name).unwrap_err().to_string();
        assert!(said.contains(says), "{said}");
    }
    let empty = desk.own_text("empty.txt").unwrap();
    let said = desk.sit(empty).unwrap_err().to_string();
    assert!(said.contains("the text is empty"), "{said}");
}
