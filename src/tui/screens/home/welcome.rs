//! What home knows of the one who is here: what was done, and what comes next.

use crate::desk::{DeskError, Suggestion};
use crate::sitting::Task;
use crate::tui::context::Context;

/// Attempts that are looked at for a text to go on with.
const REST_AMONG: u32 = 100;

/// What home shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Welcome {
    /// The name that stands on badges, if one was given.
    pub holder: Option<String>,
    /// The name of the keyboard layout, if one was chosen.
    pub layout: Option<String>,
    /// Tests taken to their end.
    pub tests: u32,
    /// Tests that were given up.
    pub unfinished: u32,
    /// Badges issued.
    pub badges: u32,
    /// Whether the history cannot be read, so that nothing is known of tests, badges and levels.
    pub unreadable: bool,
    /// What to do next, and why.
    pub suggestion: Option<Suggestion>,
    /// The free test taken last, to be offered again.
    pub free: Option<Task>,
    /// The rest of a text that was given up, to be offered.
    pub rest: Option<Task>,
    /// What should be read once.
    pub notices: Vec<String>,
}

impl Welcome {
    pub(super) fn load(context: &mut Context) -> Result<Self, DeskError> {
        let counts = context.desk.history()?.counts()?;
        let suggestion = Some(context.desk.suggestion()?);
        let (unfinished, badges) = (counts.unfinished, counts.badges);
        let tests = counts.attempts.saturating_sub(unfinished);
        // Only few were given up by most; a log that cannot be read is no reason to show less.
        let rest = if unfinished > 0 {
            context.desk.newest_rest(Some(REST_AMONG)).unwrap_or_default()
        } else {
            None
        };
        Ok(Self { tests, unfinished, badges, suggestion, rest, ..Self::default() })
    }
}
