//! A badge as a drawing in characters: what it is for, whose it is, from when, and how the test was supervised.

use ratatui::buffer::Buffer;
use ratatui::layout::{Alignment, Rect};
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::widgets::{Block, BorderType, Widget};

use crate::badge::draw::words;
use crate::badge::verify::summary::Summary;
use crate::tui::screens::parts::{style, wrap};

/// Columns of the drawing.
pub(super) const COLUMNS: u16 = 28;

/// Its rows.
pub(super) const ROWS: u16 = 13;

/// Rows for the achievement's name at most.
const TITLE_ROWS: usize = 3;

/// Draws it at the top left of an area, which has room for it.
pub(super) fn draw(summary: &Summary, area: Rect, buffer: &mut Buffer) {
    // What stands in brackets has a line of its own, and behind it a level of somebody's own says whose it is.
    let (title, rest) = summary.achievement.split_once(" (").unwrap_or((&summary.achievement, ""));
    let (rule, maker) = rest.split_once(')').unwrap_or((rest, ""));
    let (head, note) = if maker.is_empty() {
        (" typeproof ", None)
    } else {
        (" own level ", Some("not one of typeproof's"))
    };
    let shield = Rect { width: COLUMNS, height: ROWS - 2, ..area };
    let block = Block::bordered()
        .border_type(BorderType::Rounded)
        .border_style(style::accent())
        .title(head)
        .title_alignment(Alignment::Center);
    let inside = block.inner(shield);
    block.render(shield, buffer);
    let room = inside.width.saturating_sub(2);
    let mut lines = vec![(String::new(), Style::new())];
    // No line begins with the sign of a unit.
    let title = wrap(&title.replace(" %", "\u{a0}%"), room).into_iter().take(TITLE_ROWS);
    lines.extend(title.map(|line| (line.replace('\u{a0}', " "), style::title())));
    lines.extend(wrap(rule, room).into_iter().take(1).map(|line| (line, style::dim())));
    lines.extend(note.map(|note| (note.to_owned(), style::dim())));
    lines.push((String::new(), Style::new()));
    lines.extend(
        wrap(&summary.holder.join(", "), room).into_iter().take(2).map(|line| (line, style::accent())),
    );
    let date = summary.valid_from.as_deref().map(words::date).unwrap_or_default();
    lines.push((date.to_owned(), Style::new()));
    lines.push((summary.assurance.clone().unwrap_or_default(), style::dim()));
    for (row, (text, style)) in inside.rows().zip(lines) {
        Line::styled(text, style).centered().render(row, buffer);
    }
    let ribbons = [r"\  /\  /", r" \/  \/ "];
    let below = Rect { y: shield.bottom(), height: 2, ..shield };
    for (row, ribbon) in below.rows().zip(ribbons) {
        Line::styled(ribbon, style::accent()).centered().render(row, buffer);
    }
}
