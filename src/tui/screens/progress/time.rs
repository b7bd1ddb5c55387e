//! Speed and accuracy over time, one graph below the other.

use chrono::DateTime;
use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::widgets::{Sparkline, Widget};

use crate::desk::Run;
use crate::tui::screens::parts::{paragraph, style};

/// Columns of the scale at the left.
const SCALE: u16 = 7;
/// Rows of a graph, at most.
const ROWS: u16 = 8;
/// Fewer runs make no graph.
const FEWEST: usize = 2;

pub(super) fn draw(area: Rect, buffer: &mut Buffer, runs: &[Run]) {
    if runs.len() < FEWEST {
        let text = "Two tests make a graph: take one from home, or practise.";
        paragraph(area, buffer, text, Style::new());
        return;
    }
    let rows = (area.height.saturating_sub(3) / 2).clamp(1, ROWS);
    let parts = [rows, 1, rows, 1, 1].map(Constraint::Length);
    let [speed, gap, accuracy, dates, words] = Layout::vertical(parts).areas(area);
    let width = usize::from(area.width.saturating_sub(SCALE)).max(1);
    let speeds = spread(&runs.iter().map(|run| run.net_wpm_x100).collect::<Vec<_>>(), width);
    let accuracies = spread(&runs.iter().map(|run| run.accuracy_bp).collect::<Vec<_>>(), width);
    graph(speed, buffer, &speeds, 0, "WPM");
    // Accuracies lie close together: their graph begins a little below the lowest.
    let floor = accuracies.iter().min().map_or(0, |least| least.saturating_sub(200) / 100 * 100);
    graph(accuracy, buffer, &accuracies, floor, "%");
    let _ = gap;
    let day = |run: Option<&Run>| {
        let at = run.and_then(|run| DateTime::from_timestamp_millis(run.started_unix_ms));
        at.map_or_else(String::new, |at| at.format("%Y-%m-%d").to_string())
    };
    let inside = Rect { x: dates.x + SCALE, width: dates.width.saturating_sub(SCALE), ..dates };
    Line::styled(day(runs.first()), style::dim()).render(inside, buffer);
    let inside = Rect { width: inside.width.min(accuracies.len() as u16), ..inside };
    if inside.width > 24 {
        Line::styled(day(runs.last()), style::dim()).right_aligned().render(inside, buffer);
    }
    let mean = |runs: &[Run]| {
        let sum: u64 = runs.iter().map(|run| u64::from(run.net_wpm_x100)).sum();
        (sum / runs.len().max(1) as u64 + 50) / 100
    };
    let few = (runs.len() / 2).clamp(1, 10);
    let (then, now) = (mean(&runs[..few]), mean(&runs[runs.len() - few..]));
    let best = runs.iter().map(|run| run.net_wpm_x100).max().unwrap_or(0) / 100;
    let text = format!("At first {then} WPM, of late {now} WPM, at best {best} WPM; {} tests.", runs.len());
    Line::raw(text).render(words, buffer);
}

/// Values as bars with a scale.
fn graph(area: Rect, buffer: &mut Buffer, values: &[u32], floor: u32, unit: &str) {
    let top = values.iter().copied().max().unwrap_or(0).max(floor + 1);
    let bars: Vec<u64> = values.iter().map(|value| u64::from(value.saturating_sub(floor))).collect();
    let field = Rect { x: area.x + SCALE, width: area.width.saturating_sub(SCALE), ..area };
    let colours = Style::new().cyan();
    Sparkline::default().data(&bars).max(u64::from(top - floor)).style(colours).render(field, buffer);
    let label = |text: String, y: u16, buffer: &mut Buffer| {
        let place = Rect { width: SCALE - 1, height: 1, y, ..area };
        Line::styled(text, style::dim()).right_aligned().render(place, buffer);
    };
    label(format!("{} {unit}", top.div_ceil(100)), area.y, buffer);
    if area.height > 2 && floor > 0 {
        label(format!("{} {unit}", floor / 100), area.bottom() - 1, buffer);
    }
}

/// The values over so many columns: several to a column are their mean, or each has several columns.
fn spread(values: &[u32], columns: usize) -> Vec<u32> {
    let each = (columns / values.len().max(1)).max(1);
    let count = values.len().min(columns) * each;
    let mean = |column: usize| {
        let from = column * values.len() / count;
        let to = ((column + 1) * values.len() / count).max(from + 1);
        let some = values.get(from..to).unwrap_or_default();
        (some.iter().map(|value| u64::from(*value)).sum::<u64>() / some.len().max(1) as u64) as u32
    };
    (0..count).map(mean).collect()
}
