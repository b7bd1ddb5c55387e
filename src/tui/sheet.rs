//! The text as it stands on the screen: broken into lines, with what was typed marked in it. Test and replay share it.
//!
//! Lines are laid out once for a width, and only as far as they are seen. A key repaints the cells between the old and
//! the new caret; only superfluous characters, which push the text on, make the lines around the caret anew.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};

use super::screen::Screen;
use crate::typing::key::Key;
use crate::typing::log::{Event, EventKind};
use crate::typing::session::Session;
use crate::typing::text::Grapheme;
use slot::{Place, slots};

mod slot;

/// How many places of the caret are remembered: what is drawn anew begins two columns before the last one.
const TRAIL: usize = 3;

/// The character before which somebody stands who is typed against. It reads without colour, and is no error: those are not
/// faint.
const PACE: Style =
    Style::new().fg(ratatui::style::Color::Yellow).add_modifier(Modifier::REVERSED.union(Modifier::DIM));

/// A place with the line and the column where it is on the sheet.
#[derive(Clone, Copy, Debug, Default)]
struct Spot {
    place: Place,
    line: usize,
    column: u16,
}

/// Lines of text in an area of the screen, of which the second has the caret.
#[derive(Debug)]
pub struct Sheet {
    area: Rect,
    /// Where the lines begin that are laid out so far, the first always.
    starts: Vec<Place>,
    /// Whether these are all.
    all: bool,
    /// The first line seen.
    top: usize,
    caret: Place,
    /// Where the caret was at the last drawings, the newest first: what a key changes is found from there, without going
    /// through its line.
    trail: [Option<Spot>; TRAIL],
    /// Whether the caret's word has superfluous characters.
    extras: bool,
    /// Whether a key beyond ASCII was typed: only then can a key change the character before the caret.
    joins: bool,
    /// The places the caret was at since the last drawing.
    touched: (Place, Place),
    /// Where somebody stands who is typed against, and where the last drawing had them.
    pace: Option<Place>,
    paced: Option<Place>,
    /// Whether errors look as what is right.
    blind: bool,
    /// Rows of the screen from one line to the next: 1, or 2 for those who need room between them.
    pitch: u16,
    /// Everything is to be drawn.
    stale: bool,
}

impl Sheet {
    /// A sheet at the start of its text.
    pub fn new(area: Rect) -> Self {
        Self {
            area,
            starts: vec![Place::default()],
            all: false,
            top: 0,
            caret: Place::default(),
            trail: [None; TRAIL],
            extras: false,
            joins: false,
            touched: Default::default(),
            pace: None,
            paced: None,
            blind: false,
            pitch: 1,
            stale: true,
        }
    }

    /// Puts an empty row between the lines.
    pub const fn space_widely(&mut self) {
        self.pitch = 2;
        self.stale = true;
    }

    /// How many lines are seen.
    fn height(&self) -> usize {
        self.area.height.div_ceil(self.pitch).into()
    }

    /// Shows errors as what is right, or as errors.
    pub const fn hide_errors(&mut self, blind: bool) {
        self.blind = blind;
        self.stale = true;
    }

    /// Marks where somebody stands who is typed against: before this character of the text, or nowhere. Whether that is
    /// another place than before.
    pub fn mark_pace(&mut self, place: Option<u32>, session: &Session) -> bool {
        let place = place.and_then(|at| place_of(session, at as usize));
        std::mem::replace(&mut self.pace, place) != place
    }

    /// Where it is.
    pub const fn area(&self) -> Rect {
        self.area
    }

    /// Moves the sheet to another area, or takes up another session: everything is laid out and drawn anew.
    pub fn renew(&mut self, area: Rect, session: &Session) {
        *self = Self { pace: self.pace, blind: self.blind, pitch: self.pitch, ..Self::new(area) };
        self.caret = caret(session);
        self.extras = has_extras(session, self.caret.word);
        self.joins = session.events().iter().any(may_join);
        self.touched = (self.caret, self.caret);
        self.settle(session);
    }

    /// Follows the session by one event.
    pub fn follow(&mut self, session: &Session) {
        let (before, now) = (self.caret, caret(session));
        let extras = has_extras(session, now.word);
        self.joins |= session.events().last().is_some_and(may_join);
        if self.extras || extras || now.word < before.word {
            // A word that grew may have left its line, and one that shrank may go back to the line before.
            let line = self.line_of(now.min(before), session);
            self.starts.truncate(line.max(1));
            self.trail = [None; TRAIL];
            self.all = false;
            self.stale = true;
        }
        let (from, to) = self.touched;
        // The word that the caret comes to is marked.
        let end = Place { word: now.word, slot: session.exercise().text.word(now.word).len() };
        let seen = if now.word == before.word { now } else { now.max(end) };
        self.touched = (from.min(now), to.max(seen));
        (self.caret, self.extras) = (now, extras);
    }

    /// Draws all that is seen.
    pub fn draw(&mut self, session: &Session, buffer: &mut Buffer) {
        self.settle(session);
        self.paint_rows(session, buffer);
        self.touched = (self.caret, self.caret);
        self.paced = self.pace;
        self.stale = false;
    }

    /// Draws, as a part of a drawing that the caller ends, what changed since the last time.
    pub fn draw_changes(&mut self, session: &Session, screen: &mut Screen) {
        self.settle(session);
        let part = if self.stale { self.area } else { self.touched_area(session) };
        screen.paint(part, |buffer| self.paint_rows(session, buffer));
        if self.pace != self.paced {
            for place in [self.paced, self.pace].into_iter().flatten() {
                let spot = self.spot(place, session);
                screen.paint(spot, |buffer| self.paint_rows(session, buffer));
            }
            self.paced = self.pace;
        }
        self.touched = (self.caret, self.caret);
        self.stale = false;
    }

    /// The cells of a place, as far as they are seen.
    fn spot(&mut self, place: Place, session: &Session) -> Rect {
        let (line, column) = self.locate(place, session);
        let Some(row) = line.checked_sub(self.top).filter(|row| *row < self.height()) else {
            return Rect::default();
        };
        let spot =
            Rect { x: self.area.x + column, y: self.area.y + row as u16 * self.pitch, width: 2, height: 1 };
        spot.intersection(self.area)
    }

    /// Where the terminal's cursor belongs.
    pub fn cursor(&mut self, session: &Session) -> Option<Position> {
        let (line, column) = self.locate(self.caret, session);
        self.note(Spot { place: self.caret, line, column });
        let y = self.area.y + line.checked_sub(self.top)? as u16 * self.pitch;
        let x = self.area.x + column;
        Some(Position { x, y }).filter(|at| self.area.contains(*at))
    }

    /// Lays out what will be seen, and scrolls so that the caret is in the second line.
    fn settle(&mut self, session: &Session) {
        let top = self.line_of(self.caret, session).saturating_sub(usize::from(self.height() > 1));
        self.stale |= top != self.top;
        self.top = top;
        self.lay_out(top + self.height(), session);
    }

    /// The cells between the places that the caret was at.
    fn touched_area(&mut self, session: &Session) -> Rect {
        let (from, to) = self.touched;
        let (first, from) = self.locate(from, session);
        let (last, to) = self.locate(to, session);
        let (left, right) = match first == last {
            // A mark may have joined the character before the caret, and each may be two columns wide.
            true if self.joins => (from.saturating_sub(2), to + 2),
            true => (from, to),
            false => (0, self.area.width),
        };
        let y = self.area.y + first.saturating_sub(self.top) as u16 * self.pitch;
        let height = (last - first) as u16 * self.pitch + 1;
        Rect { x: self.area.x + left, y, width: right - left, height }.intersection(self.area)
    }

    /// Draws the lines that `buffer` has a part of.
    fn paint_rows(&self, session: &Session, buffer: &mut Buffer) {
        let part = buffer.area.intersection(self.area);
        let pitch = self.pitch;
        for y in part.rows().map(|row| row.y).filter(|y| (y - self.area.y).is_multiple_of(pitch)) {
            let line = self.top + usize::from((y - self.area.y) / pitch);
            let Some(near) = self.near(line, |spot| self.area.x + spot.column <= part.x) else { return };
            let end = self.starts.get(line + 1);
            let mut x = self.area.x + near.column;
            for (place, slot) in slots(session, near.place) {
                if end.is_some_and(|end| place >= *end) || x >= part.right() {
                    break;
                }
                for column in 0..slot.width() {
                    if let Some(cell) = buffer.cell_mut((x + column, y)) {
                        slot.put(column, cell, self.blind);
                        if column == 0 && self.pace == Some(place) {
                            cell.set_style(PACE);
                        }
                    }
                }
                x += slot.width();
            }
        }
    }

    /// The line that a place is in.
    fn line_of(&mut self, place: Place, session: &Session) -> usize {
        while self.starts.last().is_some_and(|last| *last <= place) && !self.all {
            self.lay_out(self.starts.len(), session);
        }
        self.starts.partition_point(|start| *start <= place).saturating_sub(1)
    }

    /// Line and column of a place.
    fn locate(&mut self, place: Place, session: &Session) -> (usize, u16) {
        let line = self.line_of(place, session);
        let near = self.near(line, |spot| spot.place <= place).unwrap_or_default();
        let between = slots(session, near.place).take_while(|(at, _)| *at < place);
        (line, near.column + between.map(|(_, slot)| slot.width()).sum::<u16>())
    }

    /// Where to begin on a line: where the caret was, as far on as is before what is wanted, or else at the line's start.
    fn near(&self, line: usize, is_before: impl Fn(&Spot) -> bool) -> Option<Spot> {
        let start = self.starts.get(line).map(|place| Spot { place: *place, line, column: 0 });
        let known = self.trail.iter().flatten().filter(|spot| spot.line == line && is_before(spot));
        known.max_by_key(|spot| spot.place).copied().or(start)
    }

    /// Notes where the caret is.
    fn note(&mut self, caret: Spot) {
        let [newest, before, _] = self.trail;
        if newest.is_none_or(|newest| newest.place != caret.place) {
            self.trail = [Some(caret), newest, before];
        }
    }

    /// Lays out lines until the end of this one is known.
    fn lay_out(&mut self, line: usize, session: &Session) {
        while self.starts.len() <= line + 1 && !self.all {
            let start = self.starts.last().copied().unwrap_or_default();
            match line_end(session, start, self.area.width) {
                Some(end) => self.starts.push(end),
                None => self.all = true,
            }
        }
    }
}

/// The place of a character of the text; nothing behind its end.
fn place_of(session: &Session, at: usize) -> Option<Place> {
    let text = &session.exercise().text;
    // The last word that begins no later.
    let (mut first, mut last) = (0, text.word_count());
    while first + 1 < last {
        let middle = first.midpoint(last);
        if text.word_range(middle).start <= at { first = middle } else { last = middle }
    }
    let slot = at.checked_sub(text.word_range(first).start)?;
    (at < text.graphemes().len()).then_some(Place { word: first, slot })
}

/// Whether an event is a key that may join the character before it.
fn may_join(event: &Event) -> bool {
    matches!(event.what, EventKind::Press(Key::Char(c)) if !c.is_ascii())
}

fn caret(session: &Session) -> Place {
    let (word, slot) = session.caret();
    Place { word, slot }
}

fn has_extras(session: &Session, word: usize) -> bool {
    let typed = session.words().get(word).map_or(0, |word| word.typed.len());
    typed > session.exercise().text.word(word).len()
}

/// Where the line that begins at `start` ends: after the last separator that fits, within a word that is longer than
/// a line, or after a line break. `None` for the last line. The last column is kept for a separator.
fn line_end(session: &Session, start: Place, width: u16) -> Option<Place> {
    let room = width.saturating_sub(1).max(1);
    let mut column = 0;
    let mut space = None;
    for (place, slot) in slots(session, start) {
        let after = match slot.separator {
            true => Place { word: place.word + 1, slot: 0 },
            false => Place { slot: place.slot + 1, ..place },
        };
        if *slot.grapheme == Grapheme::One('\n') {
            return Some(after);
        } else if slot.separator {
            space = Some(after);
            column += 1;
        } else if column + slot.width() > room && place > start {
            return space.or(Some(place));
        } else {
            column += slot.width();
        }
    }
    None
}
