//! Where everything stands: a grid of margins, columns and gaps, set tighter until all of it fits one page.

use super::content::Content;
use super::flow::Flow;
use super::item::{Colour, Item, Role, Style};
use super::paper::Paper;
use crate::badge::carry::symbol::Symbol;
use crate::badge::draw::drawing::QUIET_ZONE;
use crate::badge::draw::fonts::face::{Faces, Weight};

/// Points from the edges of the paper: room for a punch or a folder at the left, and for every printer's margin.
const MARGIN: f32 = 58.0;

/// Points from the upper edge to the first rule, and from the last line to the lower edge.
const HEAD: f32 = 50.0;

/// Points along the dark square of the QR code: 36 mm, so that with its quiet zone it is over 35 mm in every version, and
/// a module of the largest is 0.63 mm.
const CODE: f32 = 36.0 * 72.0 / 25.4;

/// Points between columns.
const GUTTER: f32 = 16.0;

/// Columns of figures.
const COLUMNS: usize = 4;

/// Sizes of running text and gaps between sections in points, from comfortable to the tightest that can still be read.
const DENSITIES: [(f32, f32); 9] = [
    (9.2, 26.0),
    (9.2, 20.0),
    (9.0, 16.0),
    (8.5, 14.0),
    (8.0, 12.0),
    (7.5, 10.0),
    (7.0, 9.0),
    (6.5, 8.0),
    (6.0, 7.0),
];

/// The widest gap between sections in points: with more, a short page would fall apart.
const MAX_GAP: f32 = 44.0;

/// Everything on the page, in reading order: as large as fits, and with the gaps widened until the page is full.
pub fn compose(content: &Content, symbol: Option<&Symbol>, faces: &Faces, paper: Paper) -> Vec<Item> {
    let (width, height) = paper.size();
    let page = Page { content, faces, symbol, width: width - 2.0 * MARGIN, height };
    for (size, gap) in DENSITIES {
        let slack = page.slack(size, gap);
        if slack >= 0.0 {
            // What a point more of gap takes, in points of the page.
            let taken = slack - page.slack(size, gap + 1.0);
            let wider = gap + slack / taken.max(1.0);
            return page.set(size, wider.clamp(gap, MAX_GAP), None);
        }
    }
    let [.., (size, gap)] = DENSITIES;
    page.set(size, gap, Some(page.foot_top(size, gap) - gap))
}

struct Page<'a> {
    content: &'a Content,
    faces: &'a Faces,
    symbol: Option<&'a Symbol>,
    width: f32,
    height: f32,
}

impl<'a> Page<'a> {
    fn flow(&self, y: f32) -> Flow<'a> {
        Flow { faces: self.faces, items: Vec::new(), x: MARGIN, width: self.width, y }
    }

    /// Where the foot of the page begins.
    fn foot_top(&self, size: f32, gap: f32) -> f32 {
        self.height - HEAD - self.foot(size.min(8.0), gap).y
    }

    /// Points that stay free between body and foot, less the gap between them; negative where they do not fit.
    fn slack(&self, size: f32, gap: f32) -> f32 {
        self.foot_top(size, gap) - gap - self.body(size, gap, None).y
    }

    /// Body and foot; the body ends above `end` if that is given.
    fn set(&self, size: f32, gap: f32, end: Option<f32>) -> Vec<Item> {
        let (mut items, top) = (self.body(size, gap, end).items, self.foot_top(size, gap));
        let foot = self.foot(size.min(8.0), gap).items;
        items.extend(foot.into_iter().map(|item| item.lower(top)));
        items
    }

    /// From the heading to the criteria, which end above `end` if that is given.
    fn body(&self, size: f32, gap: f32, end: Option<f32>) -> Flow<'a> {
        let content = self.content;
        let mut flow = self.flow(HEAD);
        self.head(&mut flow, gap);
        self.figures(&mut flow, gap);
        flow.y += 4.0;
        flow.lines(Role::Paragraph, &content.counted, Style(Weight::Regular, size.min(8.5), Colour::Grey), 4);
        flow.y += gap;
        self.beside(&mut flow, size);
        flow.y += gap * 0.8;
        flow.heading("What had to be done", size);
        let style = Style(Weight::Regular, size, Colour::Ink);
        let room = end.map_or(usize::MAX, |end| ((end - flow.y) / style.leading()).max(1.0) as usize);
        flow.lines(Role::Paragraph, &content.criteria, style, room);
        flow
    }

    /// What kind of page it is, whose, for what, and when.
    fn head(&self, flow: &mut Flow<'_>, gap: f32) {
        let content = self.content;
        flow.rule(1.6, Colour::Navy);
        flow.y += 9.0;
        let small = Style(Weight::Regular, 9.5, Colour::Grey);
        let wide = self.faces.of(Weight::Regular).width(&content.supervised, 9.5);
        let mut right = Flow { items: Vec::new(), x: MARGIN + self.width - wide, width: wide + 1.0, ..*flow };
        right.y += 1.2;
        flow.lines(Role::Title, content.heading, Style(Weight::Bold, 11.0, Colour::Navy), 1);
        right.lines(Role::Paragraph, &content.supervised, small, 1);
        flow.items.extend(right.items);
        flow.y += gap * 1.3;
        flow.display(Role::Heading, &content.holder, Colour::Navy, [28.0, 19.0, 20.0]);
        flow.y += 3.0;
        flow.display(Role::Paragraph, &content.achievement, Colour::Ink, [15.0, 12.5, 13.5]);
        flow.y += 2.0;
        flow.lines(Role::Paragraph, &content.taken, small, 1);
        flow.y += gap * 0.8;
    }

    /// The figures in columns, the four that count above the others.
    fn figures(&self, flow: &mut Flow<'_>, gap: f32) {
        let column = (self.width + GUTTER) / COLUMNS as f32;
        for (row, size) in self.content.fields.chunks(COLUMNS).zip([17.0, 11.0, 11.0]) {
            flow.rule(0.6, Colour::Line);
            flow.y += gap * 0.3;
            let top = flow.y;
            for (at, field) in row.iter().enumerate() {
                let x = MARGIN + column * at as f32;
                let mut cell = Flow { items: Vec::new(), x, width: column - GUTTER, y: top, ..*flow };
                cell.field(field, size);
                flow.y = flow.y.max(cell.y);
                flow.items.extend(cell.items);
            }
            flow.y += gap * 0.3;
        }
        flow.rule(0.6, Colour::Line);
    }

    /// Supervision at the left, organisation at the right.
    fn beside(&self, flow: &mut Flow<'_>, size: f32) {
        let column = (self.width - GUTTER) / 2.0;
        let top = flow.y;
        let sections =
            [("Supervision", &self.content.supervision), ("Organisation", &self.content.organisation)];
        for (at, (heading, text)) in sections.into_iter().enumerate() {
            let x = MARGIN + (column + GUTTER) * at as f32;
            let mut half = Flow { items: Vec::new(), x, width: column, y: top, ..*flow };
            half.heading(heading, size);
            half.lines(Role::Paragraph, text, Style(Weight::Regular, size, Colour::Ink), 6);
            flow.items.extend(half.items);
            flow.y = flow.y.max(half.y);
        }
    }

    /// The lines to sign on, the QR code and how to check it, and what identifies it; from 0 downwards.
    fn foot(&self, size: f32, gap: f32) -> Flow<'a> {
        let mut flow = self.flow(0.0);
        self.signature(&mut flow, gap);
        flow.rule(0.6, Colour::Line);
        flow.y += gap * 0.6;
        let top = flow.y;
        let side = self.symbol.map(|symbol| self.code(&mut flow, symbol));
        let indent = side.unwrap_or_default();
        let mut text =
            Flow { items: Vec::new(), x: MARGIN + indent, width: self.width - indent, y: top - 2.0, ..flow };
        for (heading, check) in &self.content.checks {
            text.heading(heading, size);
            text.lines(Role::Paragraph, check, Style(Weight::Regular, size, Colour::Ink), 6);
            text.y += size * 0.5;
        }
        let code_end = if self.symbol.is_some() { top + CODE } else { top };
        flow.items.extend(text.items);
        flow.y = text.y.max(code_end) + gap * 0.35;
        self.marks(&mut flow);
        flow
    }

    /// Three lines to be written on.
    fn signature(&self, flow: &mut Flow<'_>, gap: f32) {
        let style = Style(Weight::Regular, 8.0, Colour::Grey);
        let (whose, person) = &self.content.witness;
        flow.lines(Role::Paragraph, whose, style, 1);
        // Room for a hand: 9 mm above the line.
        flow.y += 26.0;
        let [name, signature, date] = [0.40, 0.36, 0.24].map(|share| share * (self.width - 2.0 * GUTTER));
        let (mut x, top) = (MARGIN, flow.y);
        for (label, width) in [(person.as_str(), name), ("Signature", signature), ("Date", date)] {
            let mut field = Flow { items: Vec::new(), x, width, y: top, ..*flow };
            field.rule(0.7, Colour::Ink);
            field.y += 2.0;
            field.lines(Role::Paragraph, label, style, 1);
            flow.items.extend(field.items);
            flow.y = field.y;
            x += width + GUTTER;
        }
        flow.y += gap * 0.7;
    }

    /// Draws the code with its left edge in the margin's line; its quiet zone is the margin and what is returned: the
    /// points from there to where text may begin.
    fn code(&self, flow: &mut Flow<'_>, symbol: &Symbol) -> f32 {
        let module = CODE / symbol.size() as f32;
        flow.items.push(Item::Code(MARGIN, flow.y, module, Box::new(symbol.clone())));
        let quiet = module * QUIET_ZONE as f32;
        CODE + quiet.max(GUTTER)
    }

    /// What identifies the badge, in the smallest letters, and its link.
    fn marks(&self, flow: &mut Flow<'_>) {
        let style = Style(Weight::Regular, 7.0, Colour::Grey);
        let label_width = 52.0;
        let line = |flow: &mut Flow<'_>, label: &str, value: &str| {
            let mut row = Flow { items: Vec::new(), ..*flow };
            let label = row.text(Role::Paragraph, label, style, 1);
            let mut row =
                Flow { items: Vec::new(), x: flow.x + label_width, width: flow.width - label_width, ..*flow };
            let value = row.text(Role::Paragraph, value, style, 2);
            flow.y = row.y;
            (label, value)
        };
        for (label, value) in &self.content.marks {
            let (label, value) = line(flow, label, value);
            flow.items.push(Item::Pair(label, value));
        }
        if let Some((shown, link)) = &self.content.link {
            let (label, value) = line(flow, "Link", shown);
            flow.items.push(Item::Text(label));
            flow.items.push(Item::Link(value, link.clone()));
        }
    }
}
