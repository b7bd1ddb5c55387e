//! Where everything stands in the picture of a badge.

use super::canvas::{Canvas, Style, number};
use super::said::Said;
use crate::badge::draw::drawing::{self, QUIET_ZONE, escape};
use crate::badge::draw::fonts::face::Weight::{self, Bold, Regular};
use crate::badge::draw::words::Figure;
use crate::trust::Assurance;

/// Units along a side of the picture.
pub const SIDE: f32 = 600.0;

/// The version of this drawing, with which the picture is marked. Where a credential is drawn otherwise than before, it
/// goes up by one, so that a picture from before is not taken for an altered one. The first version had no mark.
pub const VERSION: usize = 3;

/// Where the line at the foot begins, in which the mark is.
pub const FOOT: f32 = 592.0;

/// The dark of the keycap in the achievement's image.
const NAVY: &str = "#123558";
/// Keys of the keyboard behind the title.
const KEYS: &str = "#173d63";
/// Words on navy beside the title, and the fill of a proctored badge's ribbon.
const PALE: &str = "#d3e0ec";
/// The ground of what is set apart.
const MIST: &str = "#f0f5fa";
/// Labels.
const SLATE: &str = "#4a647e";
/// Hairlines.
const LINE: &str = "#b9c8d7";

/// Left and right of everything that is read.
const MARGIN: f32 = 36.0;
/// Width of what is read.
const WIDTH: f32 = SIDE - 2.0 * MARGIN;
/// Where the ribbon begins that says how the test was supervised, and where it ends.
const RIBBON: (f32, f32) = (186.0, 238.0);
/// Left, top and side of the room for the code's modules; its quiet zone is around that.
const CODE: (f32, f32, f32) = (336.0, 326.0, 228.0);
/// Width of the column beside the code.
const COLUMN: f32 = 264.0;

/// A text that takes one line and shrinks to it.
const fn one(weight: Weight, ink: &'static str, size: f32, width: f32) -> Style {
    Style { weight, ink, size, least: size * 0.6, width, lines: 1 }
}

/// The picture as SVG text; `None` when the embedded typefaces are damaged.
pub fn draw(said: &Said) -> Option<String> {
    let mut canvas = Canvas::new()?;
    canvas.add(&format!("<path fill=\"#fff\" d=\"M0 0h{SIDE}v{SIDE}H0z\"/>"));
    head(&mut canvas, said);
    ribbon(&mut canvas, said);
    holder(&mut canvas, said);
    canvas.group("figures", |canvas| figures(canvas, &said.figures));
    canvas.group("issue", |canvas| issue(canvas, &said.issue));
    match &said.code {
        Some(rows) => code(&mut canvas, rows, said.opens),
        None => no_code(&mut canvas),
    }
    canvas.add(&format!("<path fill=\"{NAVY}\" d=\"M0 {FOOT}h{SIDE}v{}H0z\"/>", SIDE - FOOT));
    canvas.group(&mark(), |canvas| {
        for key in 0..VERSION {
            let paint = format!("fill=\"{PALE}\"");
            canvas.add(&rounded(MARGIN + key as f32 * 6.0, FOOT + 2.0, 4.0, 4.0, 1.0, &paint));
        }
    });
    let (title, description) = (escape(&said.whole_title()), escape(&said.description));
    Some(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{SIDE}\" height=\"{SIDE}\" viewBox=\"0 0 {SIDE} {SIDE}\" \
         stroke=\"none\" role=\"img\"><title>{title}</title><desc>{description}</desc>{}</svg>\n",
        canvas.into_svg()
    ))
}

/// The name of the group that marks a picture as ours and of this version: small keys in the line at the foot, one for
/// each version.
pub fn mark() -> String {
    format!("drawing-{VERSION}")
}

/// Left and top of a code of so many modules along a side, and the length of one: all in whole units.
pub fn code_place(modules: usize) -> (f32, f32, f32) {
    let (left, top, room) = CODE;
    let module = (room / modules as f32).floor();
    let gap = ((room - module * modules as f32) / 2.0).floor();
    (left + gap, top + gap, module)
}

/// A rectangle with round corners.
fn rounded(x: f32, y: f32, width: f32, height: f32, radius: f32, paint: &str) -> String {
    let [x, y, width, height, radius] = [x, y, width, height, radius].map(number);
    format!("<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"{radius}\" {paint}/>")
}

/// The keycap of the achievement's image: with the letter T, or with a word where the level is not one of typeproof's.
fn keycap(canvas: &mut Canvas, shipped: bool, x: f32, y: f32, side: f32) {
    let at = |part: f32| part * side / 64.0;
    canvas.add(&rounded(
        x,
        y,
        side,
        side,
        at(12.0),
        &format!("fill=\"{}\"", if shipped { PALE } else { SLATE }),
    ));
    canvas.add(&rounded(x + at(7.0), y + at(4.0), at(50.0), at(46.0), at(8.0), "fill=\"#fff\""));
    let (word, size, baseline) = if shipped { ("T", 44.0, 42.5) } else { ("OWN", 18.0, 33.5) };
    let letter = one(Bold, NAVY, at(size), side);
    let fitted = canvas.fit(word, &letter);
    canvas.line(word, &letter, fitted.size, x + (side - fitted.width) / 2.0, y + at(baseline));
}

/// Title and keycap on navy, with the keys of a keyboard behind.
fn head(canvas: &mut Canvas, said: &Said) {
    canvas.add(&format!("<path fill=\"{NAVY}\" d=\"M0 0h{SIDE}v{}H0z\"/>", RIBBON.0));
    keyboard(canvas);
    keycap(canvas, said.shipped, MARGIN, 48.0, 88.0);
    let left = MARGIN + 88.0 + 24.0;
    let width = SIDE - MARGIN - left;
    canvas.group("title", |canvas| {
        let missing = "See the badge's data for its title";
        let legible = !said.title.is_empty() && canvas.has(&said.title);
        let title = if legible { said.title.as_str() } else { missing };
        let large = Style { weight: Bold, ink: "#fff", size: 36.0, least: 20.0, width, lines: 2 };
        let small = Style { weight: Regular, ink: PALE, size: 17.0, least: 12.0, width, lines: 2 };
        let rule = said.rule.as_deref().filter(|rule| canvas.has(rule));
        let (title, rule) = (canvas.fit(title, &large), rule.map(|rule| canvas.fit(rule, &small)));
        let leading = title.size * 1.15;
        let below = rule.as_ref().map_or(0.0, |rule| 10.0 + rule.size * 1.25 * rule.lines.len() as f32);
        let height = leading * title.lines.len() as f32 + below;
        let mut baseline = (RIBBON.0 - height) / 2.0 + title.size * 0.92;
        for line in &title.lines {
            canvas.line(line, &large, title.size, left, baseline);
            baseline += leading;
        }
        if let Some(rule) = rule {
            baseline += 10.0 + rule.size - leading + title.size * 0.1;
            for line in &rule.lines {
                canvas.line(line, &small, rule.size, left, baseline);
                baseline += rule.size * 1.25;
            }
        }
    });
}

/// Rows of keys, each a little further to the right, as on a keyboard.
fn keyboard(canvas: &mut Canvas) {
    canvas.add(&format!("<g fill=\"{KEYS}\">"));
    for row in 0..4 {
        for key in 0..14 {
            let x = -40.0 + row as f32 * 14.0 + key as f32 * 48.0;
            canvas.add(&rounded(x, -4.0 + row as f32 * 48.0, 42.0, 42.0, 8.0, ""));
        }
    }
    canvas.add("</g>");
}

/// How the test was supervised: a band that is darker the stronger the supervision, three marks of which one, two or
/// three are full, and words.
fn ribbon(canvas: &mut Canvas, said: &Said) {
    let (top, bottom) = RIBBON;
    let level = said.assurance.map_or(0, |assurance| assurance as usize + 1);
    let ground = match said.assurance {
        Some(Assurance::Proctored) => PALE,
        Some(Assurance::Reviewed) => MIST,
        _ => "#fff",
    };
    canvas.add(&format!("<path fill=\"{ground}\" d=\"M0 {top}h{SIDE}v{}H0z\"/>", bottom - top));
    let dashes = if level < 2 { " stroke-dasharray=\"5 4\"" } else { "" };
    canvas.add(&format!(
        "<path fill=\"none\" stroke=\"{NAVY}\" stroke-width=\"1\"{dashes} d=\"M0 {}h{SIDE}\"/>",
        bottom - 0.5
    ));
    let (word, rest) = said.supervision.split_once(": ").unwrap_or(("Not stated", &said.supervision));
    canvas.group("supervision", |canvas| {
        marks(canvas, level, top + 18.75);
        let bold = one(Bold, NAVY, 16.0, 136.0);
        canvas.text(&word.to_uppercase(), &bold, MARGIN + 68.0, top + 32.0, 1.0);
        let left = MARGIN + 68.0 + 136.0 + 8.0;
        let short = said.noted.is_empty() && !said.named;
        let plain = Style {
            weight: Regular,
            ink: NAVY,
            size: if short { 13.0 } else { 10.0 },
            least: 9.0,
            width: SIDE - MARGIN - left,
            lines: if short { 2 } else { 4 },
        };
        let mut capital = rest.chars();
        let mut rest: String =
            capital.next().into_iter().flat_map(char::to_uppercase).chain(capital).collect();
        if !said.noted.is_empty() {
            rest = format!("{rest} {}", said.noted);
        }
        let fitted = canvas.fit(&rest, &plain);
        let middle = (top + bottom) / 2.0;
        let first = middle + fitted.size * 0.36 - (fitted.lines.len() as f32 - 1.0) * fitted.size * 0.62;
        canvas.text(&rest, &plain, left, first, 1.24);
    });
}

/// Three marks, `full` of them filled.
fn marks(canvas: &mut Canvas, full: usize, y: f32) {
    for mark in 0..3 {
        let (fill, stroke) = if mark < full { (NAVY, NAVY) } else { ("#fff", SLATE) };
        let paint = format!("fill=\"{fill}\" stroke=\"{stroke}\" stroke-width=\"1.5\"");
        canvas.add(&rounded(MARGIN + 0.75 + mark as f32 * 20.0, y, 14.5, 14.5, 4.0, &paint));
    }
}

/// Whose badge it is. A name that the typeface cannot draw whole is not drawn at all, and that is said.
fn holder(canvas: &mut Canvas, said: &Said) {
    canvas.group("holder", |canvas| {
        let name = Style { weight: Bold, ink: NAVY, size: 34.0, least: 14.0, width: WIDTH, lines: 1 };
        let note = one(Regular, SLATE, 17.0, WIDTH);
        canvas.text("HOLDER", &one(Bold, SLATE, 11.0, WIDTH), MARGIN, 263.0, 1.0);
        match said.holder.as_deref() {
            Some(holder) if canvas.has(holder) => canvas.text(holder, &name, MARGIN, 298.0, 1.1),
            Some(_) => canvas.text(
                "See the badge's data for the name: it has letters that cannot be drawn here",
                &note,
                MARGIN,
                294.0,
                1.0,
            ),
            None => canvas.text("Named in the badge's data by a hash", &note, MARGIN, 294.0, 1.0),
        };
    });
}

/// The first figure large, with what was required under it; the others below in two columns.
fn figures(canvas: &mut Canvas, figures: &[Figure]) {
    let Some((first, others)) = figures.split_first() else { return };
    let value = canvas.text(&first.value, &one(Bold, NAVY, 48.0, 180.0), MARGIN, 358.0, 1.0);
    let beside = MARGIN + value.width + 10.0;
    let width = MARGIN + COLUMN - beside;
    canvas.text(&first.unit, &one(Bold, NAVY, 16.0, width), beside, 339.0, 1.0);
    canvas.text(&first.what.to_lowercase(), &one(Regular, SLATE, 13.0, width), beside, 357.0, 1.0);
    if let Some(compared) = first.compared() {
        canvas.text(&compared, &one(Bold, NAVY, 14.0, COLUMN), MARGIN, 382.0, 1.0);
    }
    let cell = COLUMN / 2.0;
    for (n, figure) in others.iter().take(4).enumerate() {
        let (x, y) = (MARGIN + (n % 2) as f32 * cell, 409.0 + (n / 2) as f32 * 37.0);
        let what = match &figure.required {
            Some(required) => format!("{} (required {required})", figure.what),
            None => figure.what.clone(),
        };
        canvas.text(&figure.amount(), &one(Bold, NAVY, 16.0, cell - 8.0), x, y, 1.0);
        canvas.text(&what, &one(Regular, SLATE, 12.0, cell - 8.0), x, y + 14.0, 1.0);
    }
}

/// When, by whom, until when.
fn issue(canvas: &mut Canvas, lines: &[(&'static str, String)]) {
    canvas.add(&format!("<path fill=\"{LINE}\" d=\"M{MARGIN} 470h{COLUMN}v1h-{COLUMN}z\"/>"));
    let mut baseline = 496.0;
    for (label, value) in lines {
        canvas.text(label, &one(Regular, SLATE, 13.0, 84.0), MARGIN, baseline, 1.0);
        let value = if canvas.has(value) { value.as_str() } else { "see the badge's data" };
        let style =
            Style { weight: Bold, ink: NAVY, size: 14.0, least: 10.0, width: COLUMN - 88.0, lines: 3 };
        let fitted = canvas.text(value, &style, MARGIN + 88.0, baseline, 1.25);
        baseline += 24.0 + (fitted.lines.len() as f32 - 1.0) * fitted.size * 1.25;
    }
}

/// The code in whole units, black on white, and what it is for.
fn code(canvas: &mut Canvas, rows: &[Vec<bool>], opens: bool) {
    let (left, top, room) = CODE;
    let ((x, y, module), path) = (code_place(rows.len()), drawing::path(rows));
    canvas.group("code", |canvas| {
        canvas.add(&format!(
            "<path fill=\"#000\" shape-rendering=\"crispEdges\" transform=\"translate({x} {y})scale({module})\" \
             d=\"{path}\"/>"
        ));
    });
    let caption = if opens { "Scan to verify" } else { "The whole signed badge as a code" };
    let style = one(Regular, SLATE, 12.0, room);
    let fitted = canvas.fit(caption, &style);
    let baseline = top + room + QUIET_ZONE as f32 * module + 10.0;
    canvas.group("caption", |canvas| {
        canvas.line(caption, &style, fitted.size, left + (room - fitted.width) / 2.0, baseline);
    });
}

/// What stands in place of a code that no camera would read.
fn no_code(canvas: &mut Canvas) {
    let (left, top, room) = CODE;
    canvas.add(&rounded(left, top, room, room, 10.0, &format!("fill=\"{MIST}\"")));
    canvas.group("verify", |canvas| {
        let width = room - 40.0;
        canvas.text("How to verify", &one(Bold, NAVY, 17.0, width), left + 20.0, top + 42.0, 1.0);
        let text = "The signed badge is inside this picture's file. Give the file to a verifier of Open Badges 3.0, or to \
                    the command typeproof verify.";
        let style = Style { weight: Regular, ink: NAVY, size: 14.0, least: 11.0, width, lines: 8 };
        canvas.text(text, &style, left + 20.0, top + 70.0, 1.4);
    });
}
