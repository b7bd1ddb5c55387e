//! A folder of shipped files. Each file is read when it is first asked for, so that a test of one level reads little.

use std::sync::OnceLock;

use super::embedded::File;
use super::problem::Reading;

/// `N` shipped files, each of which holds a `T`.
pub(super) struct Folder<T: 'static, const N: usize> {
    files: &'static [File],
    read: fn(&mut Reading<'_>) -> Option<T>,
    cells: [OnceLock<Option<T>>; N],
}

impl<T, const N: usize> Folder<T, N> {
    /// The folder with these files; reads none yet.
    pub(super) const fn new(files: &'static [File], read: fn(&mut Reading<'_>) -> Option<T>) -> Self {
        Self { files, read, cells: [const { OnceLock::new() }; N] }
    }

    /// What the file of this name holds. Reads no other file.
    pub(super) fn get(&self, name: &str) -> Option<&T> {
        self.contents().find(|(file, _)| *file == name).and_then(|(_, content)| content().as_ref())
    }

    /// What the files hold, those first whose names `id` begins with: what has this id is most likely there.
    pub(super) fn likely<'s>(&'s self, id: &str) -> impl Iterator<Item = &'s T> {
        let likely =
            move |likely: bool| self.contents().filter(move |(name, _)| id.starts_with(*name) == likely);
        likely(true).chain(likely(false)).filter_map(|(_, content)| content().as_ref())
    }

    /// What the files hold, in their order.
    pub(super) fn all(&self) -> impl Iterator<Item = &T> {
        self.contents().filter_map(|(_, content)| content().as_ref())
    }

    /// The names of the files, each with what reads it.
    fn contents<'s>(&'s self) -> impl Iterator<Item = (&'static str, impl FnOnce() -> &'s Option<T>)> {
        self.files.iter().zip(&self.cells).map(|((name, text), cell)| {
            let read = || (self.read)(&mut Reading::new(name, text));
            (*name, move || cell.get_or_init(read))
        })
    }
}
