//! Files: regular ones are opened here and nowhere else; what is written is whole and durable when it has its name.

#[cfg(feature = "room")]
pub mod append;
mod badges;
mod error;
#[cfg(target_os = "linux")]
mod nameless;
mod open;
mod pending;
mod remains;
mod write;

pub use badges::{badge_stem, write_badge_files};
pub use error::FileError;
pub(crate) use error::words;
pub(crate) use open::{open_lock, refuse_other};
pub use open::{open_regular, read_at_most, read_file, refuse_dangling};
pub use pending::Pending;
pub use remains::clear_remains;
pub(crate) use write::{beside, settle_new};
pub use write::{make_dir, replace, rewrite, write_new};

/// Who may read a new file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Its owner alone (mode 0600 on Unix; elsewhere the rights of the user's own directory).
    Owner,
    /// Everyone who may read the directory (mode 0644 less the umask on Unix).
    Everyone,
}

impl Access {
    /// The permission bits on Unix, before the umask.
    pub(crate) const fn mode(self) -> u32 {
        match self {
            Self::Owner => 0o600,
            Self::Everyone => 0o644,
        }
    }
}
