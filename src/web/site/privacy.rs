//! What a site must not publish: the folders with keys and history.

use std::path::{Component, Path};

use super::error::SiteError;
use crate::store::paths::Paths;

/// Refuses a folder that holds keys and history or lies among them: what is in the folder is for the world to see.
///
/// # Errors
/// [`SiteError::Private`], unless it is the user's own site.
pub fn refuse_private(dir: &Path, paths: &Paths) -> Result<(), SiteError> {
    let real = |path: &Path| {
        let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        // Of a folder that is still to be made, the part that is there is what links may lead elsewhere.
        let there = absolute.ancestors().find_map(|part| Some((part, part.canonicalize().ok()?)));
        let Some((part, mut real)) = there else { return absolute };
        for name in absolute.strip_prefix(part).into_iter().flat_map(Path::components) {
            match name {
                Component::ParentDir => drop(real.pop()),
                name => real.push(name),
            }
        }
        real
    };
    let site = real(dir);
    if site.starts_with(real(&paths.site_dir())) {
        return Ok(());
    }
    for private in [&paths.data, &paths.config] {
        let place = real(private);
        if site.starts_with(&place) || place.starts_with(&site) {
            return Err(SiteError::Private { dir: dir.to_owned(), private: private.clone() });
        }
    }
    Ok(())
}
