//! Speed over time as bars, and a mark under each stretch in which something wrong was typed.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::widgets::{Sparkline, Widget};

use crate::tui::screens::parts::style;
use crate::typing::insight::Second;
use crate::typing::rules::Unit;

/// Columns of the scale at the left.
const SCALE: u16 = 7;

/// The fewest rows that make a graph: two of bars, the error marks, the time.
pub(super) const FEWEST: u16 = 4;

/// One column of the graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Bar {
    speed: u32,
    wrong: bool,
}

/// Characters that a stretch holds over which speed is averaged: fewer make a graph of single keys.
const STRETCH_CHARACTERS: u64 = 17;

/// The longest such stretch, in seconds.
const LONGEST_STRETCH: usize = 10;

/// What a graph shows besides the seconds.
pub(super) struct Scale<'a> {
    /// The unit of speed.
    pub(super) unit: Unit,
    /// How long the test took.
    pub(super) duration: &'a str,
    /// The speed that the level asks for, in the unit.
    pub(super) threshold: Option<u32>,
}

/// Draws the graph of a test; whether there was room, and enough of a test, for one.
pub(super) fn draw(area: Rect, buffer: &mut Buffer, seconds: &[Second], shown: &Scale<'_>) -> bool {
    let unit = shown.unit;
    if area.height < FEWEST || area.width < SCALE + 10 || seconds.len() < 2 {
        return false;
    }
    let bars = bars(&averaged(seconds), area.width - SCALE, unit);
    let fastest = bars.iter().map(|bar| bar.speed).max().unwrap_or(0).max(1);
    let top = fastest.max(shown.threshold.unwrap_or(0));
    let field = Rect { x: area.x + SCALE, width: bars.len() as u16, height: area.height - 2, ..area };
    let speeds: Vec<u64> = bars.iter().map(|bar| u64::from(bar.speed)).collect();
    Sparkline::default().data(&speeds).max(u64::from(top)).style(Style::new().cyan()).render(field, buffer);
    let scale = |text: String, y: u16, buffer: &mut Buffer| {
        let label = Rect { width: SCALE - 1, height: 1, y, ..area };
        Line::styled(text, style::dim()).right_aligned().render(label, buffer);
    };
    scale(top.to_string(), field.y, buffer);
    scale(unit.name().to_owned(), field.y + 1, buffer);
    if let Some(threshold) = shown.threshold.filter(|threshold| *threshold > 0) {
        let y = row_of(threshold, top, field);
        scale(format!("{threshold} ┄"), y, buffer);
        mark_threshold(Rect { y, height: 1, ..field }, buffer);
    }
    scale("errors".to_owned(), field.bottom(), buffer);
    for (x, _) in (field.x..).zip(&bars).filter(|(_, bar)| bar.wrong) {
        buffer.set_string(x, field.bottom(), "x", style::bad());
    }
    let time = Rect { y: field.bottom() + 1, height: 1, ..field };
    Line::styled("0:00", style::dim()).render(time, buffer);
    Line::styled(shown.duration, style::dim()).right_aligned().render(time, buffer);
    true
}

/// The row of a graph in which a speed lies, if the topmost ends at `top`.
fn row_of(speed: u32, top: u32, field: Rect) -> u16 {
    let height = u64::from(field.height);
    let above = (u64::from(speed) * height).div_ceil(u64::from(top.max(1))).clamp(1, height.max(1));
    field.bottom() - above as u16
}

/// A line through what the bars leave free of a row.
fn mark_threshold(row: Rect, buffer: &mut Buffer) {
    for x in row.left()..row.right() {
        if let Some(cell) = buffer.cell_mut((x, row.y)).filter(|cell| cell.symbol() == " ") {
            cell.set_symbol("┄").set_style(style::dim());
        }
    }
}

/// The seconds with their speed averaged over a stretch around each, longer the slower the typing is.
fn averaged(seconds: &[Second]) -> Vec<Second> {
    let sum: u64 = seconds.iter().map(|second| u64::from(second.wpm_x100)).sum();
    let mean_x100 = (sum / seconds.len().max(1) as u64).max(1);
    // A word per minute is five characters in sixty seconds.
    let stretch = (STRETCH_CHARACTERS * 60 * 100).div_ceil(mean_x100 * 5) as usize;
    let half = stretch.clamp(1, LONGEST_STRETCH) / 2;
    let around = |at: usize| {
        let near =
            seconds.get(at.saturating_sub(half)..(at + half + 1).min(seconds.len())).unwrap_or_default();
        let sum: u64 = near.iter().map(|second| u64::from(second.wpm_x100)).sum();
        (sum / near.len().max(1) as u64) as u32
    };
    let smooth = |(at, second): (usize, &Second)| Second { wpm_x100: around(at), ..*second };
    seconds.iter().enumerate().map(smooth).collect()
}

/// The seconds spread over the columns: several to a column, whose speed is their mean, or several columns to a second.
fn bars(seconds: &[Second], width: u16, unit: Unit) -> Vec<Bar> {
    let (count, width) = (seconds.len(), usize::from(width));
    let per_second = (width / count.max(1)).max(1);
    let columns = if count < width { count * per_second } else { width };
    (0..columns)
        .map(|column| {
            let from = column * count / columns;
            let to = ((column + 1) * count / columns).max(from + 1);
            let stretch = seconds.get(from..to).unwrap_or_default();
            let sum: u64 = stretch.iter().map(|second| u64::from(second.wpm_x100)).sum();
            let mean = (sum / stretch.len().max(1) as u64 * u64::from(unit.per_wpm()) + 50) / 100;
            // A second that takes several columns is marked in its middle.
            let marked = column % per_second == per_second / 2;
            Bar { speed: mean as u32, wrong: marked && stretch.iter().any(|second| second.wrong > 0) }
        })
        .collect()
}
