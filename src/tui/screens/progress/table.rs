//! Every key or pair with its figures.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::measure::{Measure, shown};
use crate::coach::wishes::Wishes;
use crate::desk::Figures;
use crate::tui::screens::document::scroll_bar;
use crate::tui::screens::parts::{below, paragraph, style};

/// Columns of the name and of each figure.
const NAME: usize = 6;
const FIGURE: usize = 9;

pub(super) fn draw(
    area: Rect,
    buffer: &mut Buffer,
    rows: &[&Figures],
    wishes: &Wishes,
    (measure, chosen): (Measure, usize),
) {
    if rows.is_empty() {
        paragraph(area, buffer, "Nothing typed often enough yet.", Style::new());
        return;
    }
    let name =
        |of: Measure| if of == measure { format!("{} ↓", of.words().0) } else { of.words().0.to_owned() };
    let [speed, misses, tries] = [Measure::Speed, Measure::Misses, Measure::Use].map(name);
    let heading = format!("  {:NAME$}{speed:>FIGURE$}{misses:>FIGURE$}{tries:>FIGURE$}", "");
    Line::styled(heading, style::dim()).render(Rect { height: area.height.min(1), ..area }, buffer);
    let mut list = below(area, 1);
    let fits = usize::from(list.height);
    let first = chosen.saturating_sub(fits / 2).min(rows.len().saturating_sub(fits));
    if rows.len() > fits {
        scroll_bar(list, buffer, rows.len() - fits + 1, first);
        list.width = list.width.saturating_sub(2);
    }
    for (row, (at, figures)) in list.rows().zip(rows.iter().enumerate().skip(first)) {
        line(figures, wishes, at == chosen).render(row, buffer);
    }
}

fn line(figures: &Figures, wishes: &Wishes, chosen: bool) -> Line<'static> {
    let [speed, misses, tries] =
        [Measure::Speed, Measure::Misses, Measure::Use].map(|measure| measure.shown(figures));
    let key = figures.keys.chars().next().filter(|_| figures.keys.chars().count() == 1);
    let has = |keys: &[char]| key.is_some_and(|key| keys.contains(&key));
    let said = [
        (has(&wishes.pinned), "pinned"),
        (has(&wishes.muted), "muted"),
        (has(&wishes.order), "opened first"),
    ];
    let said: Vec<&str> = said.into_iter().filter(|(is, _)| *is).map(|(_, word)| word).collect();
    let line = Line::from_iter([
        Span::raw(if chosen { "› " } else { "  " }),
        Span::styled(format!("{:NAME$}", shown(&figures.keys)), style::title()),
        Span::raw(format!("{speed:>FIGURE$}{misses:>FIGURE$}{tries:>FIGURE$}")),
        Span::styled(format!("   {}", said.join(", ")), if chosen { Style::new() } else { style::accent() }),
    ]);
    if chosen { line.style(style::selected()) } else { line }
}
