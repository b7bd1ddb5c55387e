//! How much was practised: hours, streak, daily goal, and the last days.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use crate::desk::Progress;
use crate::lessons::wording::counted;
use crate::tui::screens::document::Document;
use crate::tui::screens::parts::{below, style};

/// Days that are drawn, at most.
const DAYS: i64 = 28;
/// Columns of a day.
const DAY: u16 = 2;
/// Rows of the bars.
const ROWS: u16 = 4;
const BARS: [&str; 8] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];

pub(super) fn draw(area: Rect, buffer: &mut Buffer, progress: &Progress) {
    let minutes = |ms: u64| ms / 60_000;
    let total = minutes(progress.practised_ms());
    let today = minutes(progress.practised_on(progress.today));
    let goal = match minutes(progress.goal_ms) {
        0 => format!("{} ‹ no daily goal ›", counted(today as u32, "minute")),
        goal if today >= goal => format!("{today} of ‹ {goal} › minutes: done"),
        goal => format!("{today} of ‹ {goal} › minutes"),
    };
    let streak = match progress.streak() {
        0 => "none; a minute of practice begins one".to_owned(),
        days => {
            format!("{}, the longest {}", counted(days, "day"), counted(progress.longest_streak(), "day"))
        }
    };
    let mut document = Document::default();
    document.table([
        ("Practised".to_owned(), format!("{} h {:02} min", total / 60, total % 60), style::title()),
        ("Today".to_owned(), goal, Style::new()),
        ("Days in a row".to_owned(), streak, Style::new()),
        ("Days in all".to_owned(), progress.days.len().to_string(), Style::new()),
    ]);
    document.text("Pauses of more than five seconds are no practice. Days are those of UTC.", style::dim());
    let used = document.lines(area.width, area.height).len() as u16;
    document.draw(area, buffer);
    let rest = below(area, used + 1);
    if rest.height > ROWS && !progress.days.is_empty() {
        draw_days(rest, buffer, progress);
    }
}

/// A bar for each of the last days, today at the right.
fn draw_days(area: Rect, buffer: &mut Buffer, progress: &Progress) {
    let count = DAYS.min(i64::from(area.width / DAY));
    let first = progress.today - count + 1;
    let most = (first..=progress.today).map(|day| progress.practised_on(day)).max().unwrap_or(0);
    let scale = most.max(progress.goal_ms).max(1);
    let rows = u64::from(ROWS);
    for (column, day) in (0..).zip(first..=progress.today) {
        // Eighths of a row.
        let height = progress.practised_on(day) * rows * 8 / scale;
        for row in 0..rows {
            let eighths = height.saturating_sub(row * 8).min(8);
            let Some(bar) = (eighths as usize).checked_sub(1).and_then(|at| BARS.get(at)) else { continue };
            let y = area.y + ROWS - 1 - row as u16;
            let reached = progress.goal_ms > 0 && progress.practised_on(day) >= progress.goal_ms;
            let bar_style = if reached { Style::new().green() } else { Style::new().cyan() };
            buffer.set_string(area.x + column * DAY, y, bar, bar_style);
        }
    }
    let width = count as u16 * DAY;
    let row = Rect { y: area.y + ROWS, height: 1, width, ..area };
    Line::styled(format!("{count} days ago"), style::dim()).render(row, buffer);
    Line::from(Span::styled("today", style::dim())).right_aligned().render(row, buffer);
}
