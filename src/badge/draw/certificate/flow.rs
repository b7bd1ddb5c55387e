//! Sets text in a column, line by line, from the top downwards.

use super::content::UNDRAWABLE;
use super::fields::Field;
use super::item::{Colour, Item, Role, Style, Text};
use crate::badge::draw::fonts::face::{Faces, Weight};

/// What ends a text that not even the tightest setting holds.
const CUT: &str = "… (the whole text is in the attached badge)";

/// Text set from the top downwards in a column.
pub struct Flow<'a> {
    /// The typefaces.
    pub faces: &'a Faces,
    /// What was set so far.
    pub items: Vec<Item>,
    /// Left edge of the column in points.
    pub x: f32,
    /// Width of the column in points.
    pub width: f32,
    /// Where the next text begins, in points from the top.
    pub y: f32,
}

impl Flow<'_> {
    /// Sets text in at most `most` lines; the end of a longer one is cut, and says so.
    pub fn lines(&mut self, role: Role, text: &str, style: Style, most: usize) {
        let text = self.text(role, text, style, most);
        self.items.push(Item::Text(text));
    }

    /// Sets large text in one line, between the first and the second size; where it is longer, in two lines of about
    /// one length at the third.
    pub fn display(&mut self, role: Role, text: &str, colour: Colour, [most, least, two]: [f32; 3]) {
        let face = self.faces.of(Weight::Bold);
        let size = self.fitted(text, Weight::Bold, most, least);
        if face.width(text, size) <= self.width {
            return self.lines(role, text, Style(Weight::Bold, size, colour), 1);
        }
        let whole = self.width;
        let narrower = (10..20).map(|twentieths| whole * twentieths as f32 / 20.0);
        let width = narrower.into_iter().find(|width| face.wrap(text, two, *width).len() <= 2);
        self.width = width.unwrap_or(whole);
        self.lines(role, text, Style(Weight::Bold, two, colour), 2);
        self.width = whole;
    }

    /// A label, its value in letters of `size` points or smaller, and what was required of it.
    pub fn field(&mut self, field: &Field, size: f32) {
        let small = Style(Weight::Regular, 8.0, Colour::Grey);
        let label = self.text(Role::Paragraph, field.label, small, 1);
        let fitted = self.fitted(&field.value, Weight::Bold, size, 7.0);
        // Values of a row stand on one line, however much one of them is shrunk.
        self.y += (size - fitted) * 0.98;
        let value = self.text(Role::Paragraph, &field.value, Style(Weight::Bold, fitted, Colour::Ink), 1);
        self.items.push(Item::Pair(label, value));
        if let Some(note) = &field.note {
            let fitted = self.fitted(note, Weight::Regular, 8.0, 6.0);
            self.lines(Role::Paragraph, note, Style(Weight::Regular, fitted, Colour::Ink), 1);
        }
    }

    pub fn heading(&mut self, text: &str, size: f32) {
        self.lines(Role::Heading, text, Style(Weight::Bold, size, Colour::Navy), 1);
    }

    pub fn rule(&mut self, thickness: f32, colour: Colour) {
        self.items.push(Item::Rule(self.x, self.y, self.width, thickness, colour));
        self.y += thickness;
    }

    /// As [`Self::lines`], and returns the text instead.
    pub fn text(&mut self, role: Role, text: &str, style: Style, most: usize) -> Text {
        let Style(weight, size, _) = style;
        let face = self.faces.of(weight);
        let text = if self.faces.have(text) { text } else { UNDRAWABLE };
        let mut lines = face.wrap(text, size, self.width);
        if lines.len() > most {
            lines.truncate(most);
            if let Some(last) = lines.last_mut() {
                let end = if most > 2 { CUT } else { "…" };
                while !last.is_empty() && face.width(&format!("{last}{end}"), size) > self.width {
                    last.pop();
                }
                last.push_str(end);
            }
        }
        let leading = style.leading();
        let y = self.y + leading * 0.77;
        self.y += leading * lines.len() as f32;
        Text { role, style, x: self.x, y, leading, lines }
    }

    /// The largest size, from `most` down to `least` points, in which a text is no wider than the column.
    pub fn fitted(&self, text: &str, weight: Weight, most: f32, least: f32) -> f32 {
        let wide = self.faces.of(weight).width(text, most);
        // A hair less than what would just fit: sums of advances are not exact.
        if wide <= self.width { most } else { (most * 0.999 * self.width / wide).max(least) }
    }
}
