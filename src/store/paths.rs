//! Where each platform keeps settings and data, and the one place where the environment is read for it.

use std::env;
use std::io;
use std::path::{Path, PathBuf};

use etcetera::{AppStrategy, AppStrategyArgs};

/// The environment variable below whose directory everything is kept, when it is set and not empty.
pub const HOME_VARIABLE: &str = "TYPEPROOF_HOME";

/// The program's name in the platform's directories.
const APP: &str = "typeproof";

/// Why no place for files was found.
#[derive(Debug, thiserror::Error)]
pub enum PathsError {
    /// The platform names no home directory.
    #[error("no home directory was found; set {HOME_VARIABLE} to a directory for settings and history")]
    NoHome,
    /// The directory of the environment variable cannot be made absolute.
    #[error("{HOME_VARIABLE} names no usable directory ({0}); set it to an absolute path")]
    BadHome(io::Error),
}

/// The folders of settings and of data, as the platform has them.
const USUAL: [&str; 2] = if cfg!(windows) {
    ["%APPDATA%\\typeproof\\config", "%APPDATA%\\typeproof\\data"]
} else {
    ["~/.config/typeproof", "~/.local/share/typeproof"]
};

/// Where a folder is by default, and what puts it elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The platform's place, for people: it begins with `~` or a variable.
    pub usual: &'static str,
    /// The environment variable that puts the folder elsewhere now.
    pub variable: Option<&'static str>,
}

/// The directories of settings and of data. Naming them creates nothing; they are made when first written to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paths {
    /// What a person decides: settings, trusted issuers.
    pub config: PathBuf,
    /// What the program keeps: history, badges, keys, own lessons.
    pub data: PathBuf,
}

impl Paths {
    /// The directories for this user: below `TYPEPROOF_HOME` if set, otherwise by the platform's conventions (the XDG
    /// Base Directory Specification on Unix, the known folders on Windows).
    ///
    /// # Errors
    /// When no home directory is known.
    pub fn find() -> Result<Self, PathsError> {
        if let Some(home) = env::var_os(HOME_VARIABLE).filter(|home| !home.is_empty()) {
            return std::path::absolute(home).map(|home| Self::below(&home)).map_err(PathsError::BadHome);
        }
        let args = AppStrategyArgs { app_name: APP.to_owned(), ..Default::default() };
        let platform = etcetera::choose_app_strategy(args).map_err(|_| PathsError::NoHome)?;
        Ok(Self { config: platform.config_dir(), data: platform.data_dir() })
    }

    /// Where the folders of settings and of data are by default, and which environment variable puts each elsewhere now.
    #[must_use]
    pub fn places() -> [Place; 2] {
        let given = |name: &&str| env::var_os(name).is_some_and(|value| !value.is_empty());
        // The specification ignores a path that is not absolute.
        let moved =
            |name: &&str| cfg!(unix) && env::var_os(name).is_some_and(|dir| Path::new(&dir).is_absolute());
        let variable = |xdg| Some(HOME_VARIABLE).filter(given).or_else(|| Some(xdg).filter(moved));
        let [config, data] = USUAL;
        [
            Place { usual: config, variable: variable("XDG_CONFIG_HOME") },
            Place { usual: data, variable: variable("XDG_DATA_HOME") },
        ]
    }

    /// Settings and data in one directory.
    #[must_use]
    pub fn below(home: &Path) -> Self {
        Self { config: home.to_owned(), data: home.to_owned() }
    }

    /// The settings, in TOML.
    #[must_use]
    pub fn settings_file(&self) -> PathBuf {
        self.config.join("settings.toml")
    }

    /// The user's own trusted issuers, one TOML file each.
    #[must_use]
    pub fn trust_dir(&self) -> PathBuf {
        self.config.join("trust")
    }

    /// The history database.
    #[must_use]
    pub fn history_file(&self) -> PathBuf {
        self.data.join("history.sqlite3")
    }

    /// The exams: their database, and a folder for each.
    #[must_use]
    pub fn exams_dir(&self) -> PathBuf {
        self.data.join("exams")
    }

    /// The badges as plain files.
    #[must_use]
    pub fn badges_dir(&self) -> PathBuf {
        self.data.join("badges")
    }

    /// The user's own verification page, which is built anew whenever it is served.
    #[must_use]
    pub fn site_dir(&self) -> PathBuf {
        self.data.join("site")
    }

    /// The secret issuer key and its public half.
    #[must_use]
    pub fn keys_dir(&self) -> PathBuf {
        self.data.join("keys")
    }

    /// The organisations that badges are signed for on this machine, one TOML file each.
    #[must_use]
    pub fn organisations_dir(&self) -> PathBuf {
        self.data.join("issuers")
    }

    /// Texts and programs of the user's own, to be typed as they are.
    #[must_use]
    pub fn texts_dir(&self) -> PathBuf {
        self.data.join("texts")
    }

    /// The user's own lessons, which extend or override the program's.
    #[must_use]
    pub fn lessons_dir(&self) -> PathBuf {
        self.data.join("lessons")
    }
}

/// A path as a shell would have it: with `~/` in front it lies in the user's own folder, if there is one.
#[must_use]
pub fn expanded(text: &str) -> PathBuf {
    let home = text.strip_prefix("~/").and_then(|rest| Some(etcetera::home_dir().ok()?.join(rest)));
    home.unwrap_or_else(|| PathBuf::from(text))
}
