//! Lessons: the shipped files, bad files of the user, choosing a text, and judging.

mod choosing;
mod courses;
mod difficulty;
mod easy;
mod files;
mod judging;
mod layouts;
mod levels;
mod passages;
mod words;

/// The repository's folder of this subject.
fn folder(name: &str) -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn read(name: &str) -> String {
    let path = folder(name);
    std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}
