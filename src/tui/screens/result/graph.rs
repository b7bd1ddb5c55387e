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

/// Draws the graph of a test that took `duration`; whether there was room, and enough of a test, for one.
pub(super) fn draw(area: Rect, buffer: &mut Buffer, seconds: &[Second], unit: Unit, duration: &str) -> bool {
    if area.height < FEWEST || area.width < SCALE + 10 || seconds.len() < 2 {
        return false;
    }
    let bars = bars(seconds, area.width - SCALE, unit);
    let top = bars.iter().map(|bar| bar.speed).max().unwrap_or(0).max(1);
    let field = Rect { x: area.x + SCALE, width: bars.len() as u16, height: area.height - 2, ..area };
    let speeds: Vec<u64> = bars.iter().map(|bar| u64::from(bar.speed)).collect();
    Sparkline::default().data(&speeds).max(u64::from(top)).style(Style::new().cyan()).render(field, buffer);
    let scale = |text: String, y: u16, buffer: &mut Buffer| {
        let label = Rect { width: SCALE - 1, height: 1, y, ..area };
        Line::styled(text, style::dim()).right_aligned().render(label, buffer);
    };
    scale(top.to_string(), field.y, buffer);
    scale(unit.name().to_owned(), field.y + 1, buffer);
    scale("errors".to_owned(), field.bottom(), buffer);
    for (x, _) in (field.x..).zip(&bars).filter(|(_, bar)| bar.wrong) {
        buffer.set_string(x, field.bottom(), "x", style::bad());
    }
    let time = Rect { y: field.bottom() + 1, height: 1, ..field };
    Line::styled("0:00", style::dim()).render(time, buffer);
    Line::styled(duration, style::dim()).right_aligned().render(time, buffer);
    true
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
