//! The keyboard as a heat map: a bar beside each key, the higher the slower, the oftener missed or the oftener typed.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::measure::{Measure, shown};
use crate::desk::Figures;
use crate::lessons::layout::Layout;
use crate::lessons::layout::place::Row;
use crate::tui::screens::parts::{below, paragraph, style};

/// The bars, the lowest first.
const BARS: [&str; 8] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];
/// Columns of a key: as many as there is room for.
const WIDTHS: [u16; 3] = [5, 3, 2];
/// Keys of a row.
const KEYS: u16 = 14;
/// How many of the worst are named.
const NAMED: usize = 5;

pub(super) fn draw(area: Rect, buffer: &mut Buffer, layout: &Layout, keys: &[Figures], measure: Measure) {
    let (name, least, most) = measure.words();
    if keys.is_empty() {
        paragraph(area, buffer, "Nothing typed yet: the keyboard shows how each key goes.", Style::new());
        return;
    }
    let heading = format!("{}, by {name}:  ▁ {least}   █ {most}", layout.name);
    Line::styled(heading, style::dim()).render(Rect { height: area.height.min(1), ..area }, buffer);
    let spaced = area.height > 14;
    let mut y = area.y + if area.height > 9 { 2 } else { 1 };
    let width = WIDTHS.into_iter().find(|width| width * KEYS <= area.width).unwrap_or(WIDTHS[2]);
    for row in Row::ALL {
        if y < area.bottom() {
            draw_row(Rect { y, height: 1, ..area }, buffer, layout, (row, width), (keys, measure));
        }
        y += if spaced { 2 } else { 1 };
    }
    let mut worst: Vec<&Figures> = keys.iter().collect();
    worst.sort_by(|a, b| measure.of(b).cmp(&measure.of(a)).then_with(|| a.keys.cmp(&b.keys)));
    let named: Vec<String> =
        worst.iter().take(NAMED).map(|key| format!("{} {}", shown(&key.keys), measure.shown(key))).collect();
    paragraph(below(area, y - area.y), buffer, &format!("Most: {}", named.join("  ")), style::dim());
}

fn draw_row(
    area: Rect,
    buffer: &mut Buffer,
    layout: &Layout,
    (row, width): (Row, u16),
    (keys, measure): (&[Figures], Measure),
) {
    // Each row stands a little to the right of the one above it, as on a keyboard.
    let shift = match row {
        Row::Digits => 0,
        Row::Upper => width / 2,
        Row::Home => width * 3 / 4,
        Row::Lower => width * 5 / 4,
        Row::Space => width * 5,
    };
    for key in layout.keys().iter().filter(|key| key.place.row == row) {
        let Some(sign) = key.signs[0].shown() else { continue };
        let x = area.x + u16::from(key.place.column) * width + shift;
        if x + 2 > area.right() {
            continue;
        }
        let figures = keys.iter().find(|figures| figures.keys.chars().eq([sign]));
        let (bar, bar_style) = figures.map_or((" ", style::dim()), |figures| bar(figures, keys, measure));
        let name = shown(&sign.to_string());
        let line = Line::from_iter([Span::styled(name, bar_style), Span::styled(bar, bar_style)]);
        line.render(Rect { x, width: 2, ..area }, buffer);
    }
}

/// The bar of a key by its rank among all, and its style. Nothing rests on the colour alone.
fn bar(figures: &Figures, keys: &[Figures], measure: Measure) -> (&'static str, Style) {
    let below = keys.iter().filter(|other| measure.of(other) < measure.of(figures)).count();
    let level = below * BARS.len() / keys.len().max(1);
    let colour = match (measure, level) {
        (Measure::Use, _) => Style::new().cyan(),
        (_, 0..=2) => Style::new().green(),
        (_, 3..=5) => Style::new().yellow(),
        _ => style::bad(),
    };
    (BARS.get(level).copied().unwrap_or(" "), colour)
}
