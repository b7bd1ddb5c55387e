//! What every screen is made of: title, footer with the keys that work, wrapped text, message, help overlay, styles.

use ratatui::buffer::{Buffer, CellWidth};
use ratatui::layout::{Margin, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Clear, Widget};

use crate::trust::judged;
use crate::tui::keymap::Listed;

/// The smallest screen on which pages are laid out, in columns and rows.
pub const SMALLEST: (u16, u16) = (40, 10);

/// The widest column of text: longer lines are hard to follow with the eye.
pub const COLUMN: u16 = 76;

/// Columns left free at both sides of a page, where there is room.
const MARGIN: u16 = 2;

/// The widest page: on wider screens it stands in the middle.
pub const WIDEST: u16 = 100;

/// Behind these a path or an address may go on in the next line.
const SEPARATORS: [char; 6] = ['/', '\\', '-', '&', '?', '='];

/// Rows from which on what is short does not stand at the very top.
const TALL: u16 = 30;

/// Styles by meaning. Named colours are the terminal's own palette, and each style reads without colour too.
pub mod style {
    use ratatui::style::{Modifier, Style};

    /// Plain text.
    pub const fn plain() -> Style {
        Style::new()
    }

    /// Titles and headings.
    pub const fn title() -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// What matters less, and what is still to come.
    pub const fn dim() -> Style {
        Style::new().add_modifier(Modifier::DIM)
    }

    /// Passed, valid, done.
    pub const fn good() -> Style {
        Style::new().green().add_modifier(Modifier::BOLD)
    }

    /// Refused, wrong, missing.
    pub const fn bad() -> Style {
        Style::new().red().add_modifier(Modifier::BOLD)
    }

    /// Keys, and what the eye should find first.
    pub const fn accent() -> Style {
        Style::new().cyan().add_modifier(Modifier::BOLD)
    }

    /// The chosen entry of a list.
    pub const fn selected() -> Style {
        Style::new().add_modifier(Modifier::REVERSED)
    }
}

/// Draws the title in the first row and the keys in the last, and returns the room between them. The row above the
/// footer stays free for [`message`], the one under the title where there are rows to spare.
pub fn frame(area: Rect, buffer: &mut Buffer, title: &str, keys: &[Listed]) -> Rect {
    frame_within(area, buffer, title, keys, WIDEST)
}

/// As [`frame`], for a page that may be this many columns wide.
pub fn frame_within(area: Rect, buffer: &mut Buffer, title: &str, keys: &[Listed], widest: u16) -> Rect {
    let page = page(area, widest);
    let title = fit(title, page.width.into());
    Line::styled(title, style::title()).render(Rect { height: page.height.min(1), ..page }, buffer);
    footer(page, buffer, keys);
    let above = if area.height >= SMALLEST.1 { 2 } else { 1 };
    let room = page.height.saturating_sub(above + 2);
    Rect { y: page.y + above.min(page.height), height: room, ..page }
}

/// The columns of a page.
fn page(area: Rect, widest: u16) -> Rect {
    let margin = if area.width >= SMALLEST.0 { MARGIN } else { 0 };
    centred(area.inner(Margin::new(margin, 0)), widest)
}

/// What holds `rows` rows of `area`: on a tall screen not at its very top.
pub fn lowered(area: Rect, rows: u16) -> Rect {
    let free = area.height.saturating_sub(rows);
    let down = if area.height >= TALL { free / 3 } else { 0 };
    Rect { y: area.y + down, height: area.height - down, ..area }
}

/// Draws the keys in the last row of `area`: as many as fit, the first first. Where some have no room, the row ends with
/// the key that shows them all.
pub fn footer(area: Rect, buffer: &mut Buffer, keys: &[Listed]) {
    let Some(row) = area.rows().next_back() else { return };
    let width = usize::from(row.width);
    let shown: Vec<_> = keys.iter().filter_map(Listed::footer).collect();
    let help = keys.iter().find(|keys| keys.is_help()).and_then(Listed::footer);
    let all = keys_line(&shown, usize::MAX);
    let line = match help {
        _ if all.width() <= width => all,
        None => keys_line(&shown, width),
        Some((key, word)) => {
            let others: Vec<_> = shown.into_iter().filter(|each| *each != (key.clone(), word)).collect();
            let more = keys_line(&[(String::new(), ""), (key, "more")], usize::MAX);
            let mut line = keys_line(&others, width.saturating_sub(more.width()));
            // The first entry is empty, so that a separator stands before the second.
            line.spans.extend(more.spans);
            line
        }
    };
    line.render(row, buffer);
}

/// The first keys that fit a number of columns.
fn keys_line(keys: &[(String, &str)], width: usize) -> Line<'static> {
    let mut line = Line::default();
    let mut left = width;
    for (key, what) in keys {
        let separator = if line.spans.is_empty() { "" } else { " · " };
        let space = if what.is_empty() { "" } else { " " };
        let spans = [
            Span::styled(separator, style::dim()),
            Span::styled(key.clone(), style::accent()),
            Span::styled(format!("{space}{what}"), style::dim()),
        ];
        let width: usize = spans.iter().map(Span::width).sum();
        if width > left {
            break;
        }
        left -= width;
        line.spans.extend(spans);
    }
    line
}

/// Draws one message into the row above the footer, on a page that may be this many columns wide.
pub fn message(area: Rect, buffer: &mut Buffer, text: &str, style: Style, widest: u16) {
    let page = page(area, widest);
    let lines = wrap(text, page.width);
    // A long message grows upwards: it says what to do next, so its end matters.
    let height = (lines.len() as u16).min(page.height.saturating_sub(2));
    let y = page.bottom().saturating_sub(1 + height);
    let room = Rect { y, height, ..page };
    Clear.render(room, buffer);
    draw_lines(room, buffer, &lines, style);
}

/// Draws text wrapped at spaces, line breaks kept, from the top of `area`; returns the rows it used.
pub fn paragraph(area: Rect, buffer: &mut Buffer, text: &str, style: Style) -> u16 {
    draw_lines(area, buffer, &wrap(text, area.width), style)
}

fn draw_lines(area: Rect, buffer: &mut Buffer, lines: &[String], style: Style) -> u16 {
    let rows = area.rows().zip(lines);
    rows.map(|(row, line)| Line::styled(line.as_str(), style).render(row, buffer)).count() as u16
}

/// Text in lines of at most `width` columns, control characters cleaned; words longer than a line are broken.
pub fn wrap(text: &str, width: u16) -> Vec<String> {
    let width = usize::from(width.max(1));
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        let mut line = String::new();
        for word in clean(paragraph).split(' ') {
            let gap = usize::from(!line.is_empty());
            if gap + columns(&line) + columns(word) > width && !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            } else if gap > 0 {
                line.push(' ');
            }
            line.push_str(word);
            while columns(&line) > width {
                let rest = line.split_off(break_in(&line, width));
                lines.push(std::mem::replace(&mut line, rest));
            }
        }
        lines.push(line);
    }
    lines
}

/// Where a line that is a word too long for it breaks, in bytes: behind a separator of paths and addresses in its second
/// half, or else where it is full.
fn break_in(line: &str, width: usize) -> usize {
    let ends = line.char_indices().map(|(at, c)| (at + c.len_utf8(), c));
    let fitting: Vec<_> =
        ends.take_while(|(end, _)| columns(line.get(..*end).unwrap_or(line)) <= width).collect();
    let breaks = |(end, c): &&(usize, char)| {
        SEPARATORS.contains(c) && columns(line.get(..*end).unwrap_or(line)) * 2 > width
    };
    let first = line.chars().next().map_or(line.len(), char::len_utf8);
    fitting.iter().rfind(breaks).or(fitting.last()).map_or(first, |(end, _)| *end)
}

/// Whole items in lines of at most `width` columns, so that no figure is cut or broken; one that is longer than a line
/// ends in an ellipsis.
pub fn items(items: &[String], separator: &str, width: u16) -> Vec<String> {
    let width = usize::from(width);
    let mut lines = Vec::<String>::new();
    for item in items {
        match lines.last_mut() {
            Some(line) if columns(line) + columns(separator) + columns(item) <= width => {
                line.push_str(separator);
                line.push_str(item);
            }
            _ => lines.push(fit(item, width)),
        }
    }
    lines
}

/// How long something took: `3.6 s`, from a minute on `1:05`. Rounded down.
pub fn span(ms: u32) -> String {
    match ms {
        0..60_000 => format!("{}.{} s", ms / 1_000, ms / 100 % 10),
        _ => format!("{}:{:02}", ms / 60_000, ms / 1_000 % 60),
    }
}

/// Columns that a text takes.
pub fn columns(text: &str) -> usize {
    usize::from(text.cell_width())
}

/// Text from outside; what is invisible or could rearrange a screen shows as U+FFFD.
pub fn clean(text: &str) -> String {
    judged(text).map(|(c, shown)| if shown { c } else { '\u{fffd}' }).collect()
}

/// A text in one line of at most this many columns; the end of a longer one is left out.
pub fn fit(text: &str, width: usize) -> String {
    let mut line = clean(text);
    if columns(&line) > width {
        while columns(&line) + 1 > width && line.pop().is_some() {}
        line.push('…');
    }
    line
}

/// What is left of `area` under its first rows.
pub fn below(area: Rect, rows: u16) -> Rect {
    let rows = rows.min(area.height);
    Rect { y: area.y + rows, height: area.height - rows, ..area }
}

/// A column of at most `width` in the middle of `area`.
pub fn centred(area: Rect, width: u16) -> Rect {
    let width = width.min(area.width);
    Rect { x: area.x + (area.width - width) / 2, width, ..area }
}

/// The first place that is seen of a list, so that the chosen one is about in the middle and no row is empty.
pub fn window(chosen: usize, count: usize, shown: usize) -> usize {
    chosen.saturating_sub(shown / 2).min(count.saturating_sub(shown))
}

/// Says what the screen would need where `area` is smaller, and whether that is so: then nothing else belongs there.
pub fn too_small(area: Rect, buffer: &mut Buffer, needs: (u16, u16)) -> bool {
    let small = area.width < needs.0 || area.height < needs.1;
    if small {
        let text = format!(
            "{}×{} needed, {}×{} here: make the window larger",
            needs.0, needs.1, area.width, area.height
        );
        paragraph(area, buffer, &text, Style::new());
    }
    small
}

/// Draws the keys that work over the middle of the screen, one row chosen and in sight.
pub fn help_overlay(area: Rect, buffer: &mut Buffer, keys: &[Listed], chosen: usize) {
    let labels: Vec<_> = keys.iter().map(|keys| (keys.label(), keys.words)).collect();
    let widest = |texts: &mut dyn Iterator<Item = usize>| texts.max().unwrap_or(0) as u16;
    let words_width = widest(&mut labels.iter().map(|(_, words)| columns(words)));
    let most = area.width.saturating_sub(HELP_EDGE);
    let key_width = widest(&mut labels.iter().map(|(key, _)| columns(key))).min(most / 3);
    let words_width = words_width.min(most.saturating_sub(key_width));
    let row = |(at, (key, words)): (usize, &(String, &str))| {
        let lines = beside(key, key_width, words, words_width);
        lines.into_iter().map(move |line| if at == chosen { line.style(style::selected()) } else { line })
    };
    let lines: Vec<_> = labels.iter().enumerate().flat_map(row).collect();
    let until_chosen = labels.iter().take(chosen + 1);
    let end: usize = until_chosen.map(|(key, words)| beside(key, key_width, words, words_width).len()).sum();
    // The empty rows within the frame give way to keys.
    let spare = u16::from(lines.len() + 4 <= usize::from(area.height));
    let height = (lines.len() as u16 + 2 + 2 * spare).min(area.height);
    let column = centred(area, key_width + words_width + HELP_EDGE);
    let window = Rect { y: area.y + (area.height - height) / 2, height, ..column };
    Clear.render(window, buffer);
    let room = usize::from(height.saturating_sub(2 + 2 * spare));
    let title = if lines.len() > room {
        " Keys: ↓ shows more, Enter presses "
    } else {
        " Keys: arrows choose, Enter presses "
    };
    let block = Block::bordered().title(fit(title, column.width.saturating_sub(2).into()));
    let inside = block.inner(window).inner(Margin::new(1, spare));
    block.render(window, buffer);
    for (row, line) in inside.rows().zip(lines.into_iter().skip(end.saturating_sub(room))) {
        line.render(row, buffer);
    }
}

/// Columns of the overlay that are neither keys nor words: frame, margin, gap.
const HELP_EDGE: u16 = 6;

/// Keys and what they do, side by side, each wrapped to its own width.
fn beside(keys: &str, key_width: u16, words: &str, width: u16) -> Vec<Line<'static>> {
    let (keys, words) = (wrap(keys, key_width), wrap(words, width));
    let line = |at: usize| {
        let key = keys.get(at).cloned().unwrap_or_default();
        let gap = " ".repeat(usize::from(key_width).saturating_sub(columns(&key)) + 2);
        let words = words.get(at).cloned().unwrap_or_default();
        Line::from_iter([Span::styled(key, style::accent()), Span::raw(gap), Span::raw(words)])
    };
    (0..keys.len().max(words.len())).map(line).collect()
}
