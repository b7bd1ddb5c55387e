//! Against which pace a test is typed, and which rules of one's own hold where no level sets them.

use super::{Desk, DeskError};
use crate::sitting::{Sitting, Task};
use crate::store::history::{AttemptRow, Ended, Filter};
use crate::store::settings::PaceSetting;
use crate::typing::pace::Pace;
use crate::typing::rules::{Limit, Penalty, Rules};

/// How many of the latest runs an average is of.
const AVERAGED: usize = 10;

impl Desk {
    /// The pace for a sitting by the settings: of former runs of the same kind, or a chosen speed. Nothing where there is
    /// no such run.
    ///
    /// # Errors
    /// When the history cannot be read.
    pub fn pace(&mut self, sitting: &Sitting) -> Result<Option<Pace>, DeskError> {
        let setting = self.settings.pace;
        let of_runs = match setting {
            PaceSetting::Off => return Ok(None),
            PaceSetting::Speed(wpm) => return Ok(Pace::steady(wpm.saturating_mul(100))),
            PaceSetting::Best | PaceSetting::Average | PaceSetting::Last => self.runs_like(sitting)?,
        };
        let speeds: Vec<u64> = of_runs.iter().map(|row| u64::from(row.gross_wpm_x100)).collect();
        let speed = match setting {
            PaceSetting::Best => speeds.iter().copied().max(),
            PaceSetting::Last => speeds.first().copied(),
            _ => {
                let latest = &speeds[..speeds.len().min(AVERAGED)];
                latest.iter().sum::<u64>().checked_div(latest.len() as u64)
            }
        };
        Ok(speed.and_then(|speed| Pace::steady(u32::try_from(speed).unwrap_or(u32::MAX))))
    }

    /// Runs of the same level, or of the same kind of text, that came to their end; the newest first.
    fn runs_like(&mut self, sitting: &Sitting) -> Result<Vec<AttemptRow>, DeskError> {
        let level_id = match sitting.task() {
            Task::Level(id) => Some(id.clone()),
            _ => None,
        };
        let source = super::attempts::source(sitting.session().exercise());
        let filter = Filter { level_id: level_id.clone(), ..Filter::default() };
        let mut rows = self.history()?.attempts(&filter)?;
        let alike = |row: &AttemptRow| level_id.is_some() || row.level.is_none() && row.source == source;
        rows.retain(|row| row.ended != Ended::GaveUp && alike(row));
        Ok(rows)
    }

    /// The rules of a test that is no level: those of practice, and what the settings say of errors.
    pub(super) fn own_rules(&self, limit: Limit) -> Rules {
        let rules = Rules::practice(limit);
        let penalty = if self.settings.forgive_errors { Penalty::None } else { rules.penalty };
        Rules { penalty, on_error: self.settings.on_error, ..rules }
    }
}
