//! Files that have no name until they are whole: what a killed program was writing is gone with it.

use std::fs::File;
use std::io::Write;
use std::os::fd::AsRawFd;
use std::path::Path;

use rustix::fs::{AtFlags, CWD, Mode, OFlags, linkat, open};
use rustix::io::Errno;

use super::Access;
use super::error::FileError;

/// Writes a new file of `dir` and gives it its name, which must be free; nothing where that cannot be done here, as the
/// file system knows no such files or `/proc` is not there.
pub(super) fn write_new(
    path: &Path,
    dir: &Path,
    bytes: &[u8],
    access: Access,
) -> Option<Result<(), FileError>> {
    let flags = OFlags::TMPFILE | OFlags::WRONLY | OFlags::CLOEXEC;
    let mut file = File::from(open(dir, flags, Mode::from_raw_mode(access.mode())).ok()?);
    if let Err(why) = file.write_all(bytes) {
        return Some(Err(FileError::io(path, "written")(why)));
    }
    if let Err(why) = file.sync_all() {
        return Some(Err(FileError::io(path, "made durable")(why)));
    }
    let own = format!("/proc/self/fd/{}", file.as_raw_fd());
    match linkat(CWD, own, CWD, path, AtFlags::SYMLINK_FOLLOW) {
        Ok(()) => Some(Ok(())),
        Err(Errno::EXIST) => Some(Err(FileError::Exists(path.to_owned()))),
        Err(_) => None,
    }
}
