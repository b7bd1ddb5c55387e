//! Awards that were ended between saving and writing: the badge is in the history, and its files are written now.

use super::{Desk, DeskError, Log};
use crate::store::Notice;
use crate::store::files::Pending;

impl Desk {
    /// Completes what programs that were ended left, and says so.
    pub(super) fn complete_awards(&mut self) {
        for left in Pending::left(&self.paths.badges_dir()) {
            let id = left.id().to_owned();
            match self.complete(left) {
                Ok(false) => {}
                Ok(true) => self.notices.push(Notice::new(format!(
                    "the badge {id} was issued, and the program ended before its files were written; they are now \
                        in {}",
                    self.paths.badges_dir().display()
                ))),
                Err(why) => {
                    let why = DeskError::Files { id, why: Box::new(why) };
                    self.notices.push(Notice::new(why.to_string()));
                }
            }
        }
    }

    /// Writes the files of a badge that was marked; false if it was not saved, so that there is none.
    fn complete(&mut self, left: Pending) -> Result<bool, DeskError> {
        let row = self.history()?.badge(left.id())?;
        if let Some(row) = &row {
            let dir = self.paths.badges_dir();
            self.write_files(row, &dir, Log::With)?;
        }
        left.done()?;
        Ok(row.is_some())
    }
}
