//! Why a site was not built.

use std::path::PathBuf;

use crate::badge::template::TemplateError;
use crate::desk::DeskError;
use crate::store::files::FileError;

/// Why a site was not built.
#[derive(Debug, thiserror::Error)]
pub enum SiteError {
    /// A file.
    #[error(transparent)]
    File(#[from] FileError),
    /// The page.
    #[error(transparent)]
    Page(#[from] TemplateError),
    /// What the site is made of.
    #[error(transparent)]
    Desk(#[from] DeskError),
    /// A file of the user's own would be overwritten.
    #[error(
        "{0} was not written by this program and is not overwritten: move it away, or choose another folder"
    )]
    Foreign(PathBuf),
    /// A symbolic link.
    #[error(
        "{path} is a symbolic link to {target}, and a site is not written through links: name the place itself, or remove \
         the link"
    )]
    Link {
        /// The link.
        path: PathBuf,
        /// Where it leads.
        target: PathBuf,
    },
    /// The folder is one that must not be published.
    #[error(
        "{dir} lies within {private}, where keys and history are, or holds it: choose a folder of its own for what the world may see"
    )]
    Private {
        /// The folder that was named.
        dir: PathBuf,
        /// What it must not touch.
        private: PathBuf,
    },
}
