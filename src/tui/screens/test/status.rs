//! The line above the text: clock, words, and the figures so far.

use ratatui::buffer::Buffer;

use super::{TestPage, clock};
use crate::sitting::Sitting;
use crate::tui::screens::parts::{SMALLEST, columns};
use crate::typing::key::Millis;
use crate::typing::rules::Limit;
use crate::typing::score::live;
use crate::typing::session::Phase;

/// A speed is shown from this time on, in milliseconds.
const SPEED_FROM: Millis = 3_000;

impl TestPage {
    pub(super) fn view_status(&self, sitting: &Sitting, buffer: &mut Buffer) {
        // It is in ASCII, and drawn once a second: each character goes into its cell, without looking for clusters.
        let Some(row) = self.places.status.rows().next() else { return };
        for (x, c) in (row.x..row.right()).zip(self.status(sitting).chars()) {
            if let Some(cell) = buffer.cell_mut((x, row.y)) {
                cell.set_char(c);
            }
        }
    }

    /// Clock, words, speed and accuracy; numbers keep their columns, so that few cells change.
    fn status(&self, sitting: &Sitting) -> String {
        let (session, now) = (sitting.session(), sitting.now());
        let rules = &session.exercise().rules;
        let narrow = self.places.status.width < SMALLEST.0;
        let words = (0..session.caret().0).filter(|word| session.word_is_right(*word)).count();
        let (time, words) = match rules.limit {
            Limit::Seconds(s) if narrow => (clock(s.saturating_sub(now / 1_000)), String::new()),
            Limit::Text if narrow => (clock(now / 1_000), String::new()),
            Limit::Seconds(s) => {
                let left = s.saturating_sub(now / 1_000);
                (format!("{} left", clock(left)), format!("   {words:>3} words right"))
            }
            Limit::Text => {
                let all = session.exercise().text.word_count();
                (clock(now / 1_000), format!("   {words:>3} of {all} words right"))
            }
        };
        let figures = self.live_figures(sitting, narrow);
        match time + &words + &figures {
            all if columns(&all) <= usize::from(self.places.status.width) => all,
            all => all.replacen(&words, "", 1),
        }
    }

    /// Speed and accuracy so far, where they are shown; a speed of the first moments says nothing and is held back.
    fn live_figures(&self, sitting: &Sitting, narrow: bool) -> String {
        let (session, now) = (sitting.session(), sitting.now());
        if !self.figures || session.phase() == Phase::Ready {
            return String::new();
        }
        let unit = session.exercise().rules.unit;
        let live = live(session, now);
        let speed = match now {
            0..SPEED_FROM => "--".to_owned(),
            _ => (u64::from(live.gross_wpm_x100) * u64::from(unit.per_wpm()) / 100).to_string(),
        };
        // Whole numbers, cut as the result cuts its tenths.
        let accuracy = live.accuracy_bp / 100;
        let (gap, gross, right) = if narrow { (" ", "", "") } else { ("   ", " gross", " accuracy") };
        format!("{gap}{speed:>3} {}{gross}{gap}{accuracy:>3} %{right}", unit.name())
    }
}
