//! The values of the options.

use crate::store::settings::{PaceSetting, Settings};
use crate::typing::rules::OnError;

/// The values of the options.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// What is typed against.
    pub pace: PaceSetting,
    /// What an error does.
    pub on_error: OnError,
    /// Whether errors that are left take nothing off.
    pub forgive: bool,
    /// Whether errors are not shown.
    pub blind: bool,
    /// Whether speed and accuracy are shown.
    pub figures: bool,
}

impl Options {
    /// Those of the settings.
    #[must_use]
    pub const fn of(settings: &Settings) -> Self {
        Self {
            pace: settings.pace,
            on_error: settings.on_error,
            forgive: settings.forgive_errors,
            blind: settings.blind,
            figures: settings.live_stats,
        }
    }

    /// Puts them into the settings.
    pub const fn keep_in(self, settings: &mut Settings) {
        let Self { pace, on_error, forgive, blind, figures } = self;
        settings.pace = pace;
        settings.on_error = on_error;
        settings.forgive_errors = forgive;
        settings.blind = blind;
        settings.live_stats = figures;
    }
}
