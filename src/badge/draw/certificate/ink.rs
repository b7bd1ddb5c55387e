//! Draws what stands on the page, and tags it, so that it can be read aloud in order.

use std::num::NonZeroU16;

use krilla::action::{Action, LinkAction};
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::color::rgb;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::page::Page;
use krilla::paint::Fill;
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, BBox, ContentTag, ListNumbering, Node, Placement, SpanTag, Tag, TagGroup, TagTree,
};

use super::item::{Colour, Item, Role, Text};
use crate::badge::carry::symbol::Symbol;
use crate::badge::draw::fonts::face::Faces;

/// What a screen reader says of the QR code.
const CODE_ALT: &str = "QR code that holds the badge";

/// A text on the page that opens an address: where it is, its node in the tree, the address.
struct Linked {
    place: Rect,
    text: Node,
    target: String,
    /// Where in the tree it goes.
    at: usize,
}

/// Draws everything on a page, and returns the tree that gives the order of reading.
pub fn draw(mut page: Page<'_>, items: &[Item], faces: &Faces) -> TagTree {
    let pen = Pen { surface: page.surface(), faces, tree: Vec::new(), links: Vec::new() };
    let (mut tree, links) = pen.draw(items);
    for link in links.into_iter().rev() {
        let action = Target::Action(Action::Link(LinkAction::new(link.target)));
        let annotation = Annotation::new_link(
            LinkAnnotation::new(link.place, action),
            Some("The badge's link".to_owned()),
        );
        let annotation = page.add_tagged_annotation(annotation);
        let node = TagGroup::with_children(Tag::Link, vec![link.text, annotation.into()]);
        tree.insert(link.at, TagGroup::with_children(Tag::P, vec![node.into()]).into());
    }
    page.finish();
    TagTree { children: tree, lang: Some("en".to_owned()) }
}

struct Pen<'a, 'p> {
    surface: Surface<'p>,
    faces: &'a Faces,
    tree: Vec<Node>,
    links: Vec<Linked>,
}

impl Pen<'_, '_> {
    fn draw(mut self, items: &[Item]) -> (Vec<Node>, Vec<Linked>) {
        items.iter().for_each(|item| self.item(item));
        self.surface.finish();
        (self.tree, self.links)
    }

    fn item(&mut self, item: &Item) {
        match item {
            Item::Text(text) => {
                let children = self.text(text);
                let group = match text.role {
                    Role::Title => TagGroup::with_children(
                        Tag::Hn(NonZeroU16::MIN, Some(text.lines.join(" "))),
                        children,
                    ),
                    Role::Heading => {
                        let second = NonZeroU16::MIN.saturating_add(1);
                        TagGroup::with_children(Tag::Hn(second, Some(text.lines.join(" "))), children)
                    }
                    Role::Paragraph => TagGroup::with_children(Tag::P, children),
                };
                self.tree.push(group.into());
            }
            Item::Pair(label, value) => self.pair(label, value),
            Item::Link(text, target) => self.link(text, target),
            Item::Rule(x, y, width, thickness, colour) => self.rule(*x, *y, *width, *thickness, *colour),
            Item::Code(x, y, module, symbol) => self.code(*x, *y, *module, symbol),
        }
    }

    /// A label and its value, as an entry of the list that the entry before belongs to.
    fn pair(&mut self, label: &Text, value: &Text) {
        let label = TagGroup::with_children(Tag::Lbl, self.text(label));
        let value = TagGroup::with_children(Tag::LBody, self.text(value));
        let entry = TagGroup::with_children(Tag::LI, vec![label.into(), value.into()]);
        match self.tree.last_mut() {
            Some(Node::Group(list)) if matches!(list.tag, krilla::tagging::TagKind::L(_)) => list.push(entry),
            _ => {
                let list = TagGroup::with_children(Tag::L(ListNumbering::None), vec![entry.into()]);
                self.tree.push(list.into());
            }
        }
    }

    fn link(&mut self, text: &Text, target: &str) {
        let face = self.faces.of(text.style.0);
        let size = text.style.1;
        let wide = text.lines.iter().map(|line| face.width(line, size)).fold(0.0, f32::max);
        let high = text.leading * text.lines.len() as f32;
        let children = self.text(text);
        let place = Rect::from_xywh(text.x, text.y - size, wide.max(1.0), high.max(1.0));
        let node: Node = TagGroup::with_children(Tag::Span, children).into();
        match place {
            Some(place) => {
                let at = self.tree.len();
                self.links.push(Linked { place, text: node, target: target.to_owned(), at });
            }
            None => self.tree.push(TagGroup::with_children(Tag::P, vec![node]).into()),
        }
    }

    /// Draws lines; each is a part of the tree. A line that another follows ends with a space, so that words stay apart.
    fn text(&mut self, text: &Text) -> Vec<Node> {
        let face = self.faces.of(text.style.0);
        self.set_colour(text.style.2);
        let last = text.lines.len().saturating_sub(1);
        let mut y = text.y;
        let mut parts = Vec::new();
        for (at, line) in text.lines.iter().enumerate() {
            let line = if at < last { format!("{line} ") } else { line.clone() };
            let part = self.surface.start_tagged(ContentTag::Span(SpanTag::empty()));
            let start = Point::from_xy(text.x, y);
            self.surface.draw_glyphs(start, &face.run(&line).glyphs, face.font(), &line, text.style.1, false);
            self.surface.end_tagged();
            parts.push(part.into());
            y += text.leading;
        }
        parts
    }

    fn rule(&mut self, x: f32, y: f32, width: f32, thickness: f32, colour: Colour) {
        self.set_colour(colour);
        self.surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)));
        self.rectangles(Rect::from_xywh(x, y, width, thickness).into_iter());
        self.surface.end_tagged();
    }

    /// The dark runs of the symbol's rows.
    fn code(&mut self, x: f32, y: f32, module: f32, symbol: &Symbol) {
        self.surface.set_fill(Some(Fill { paint: rgb::Color::new(0, 0, 0).into(), ..Fill::default() }));
        let part = self.surface.start_tagged(ContentTag::Other);
        let mut runs = Vec::new();
        for (row, modules) in symbol.framed(0).iter().enumerate() {
            let mut column = 0;
            for run in modules.chunk_by(|a, b| a == b) {
                if run.first() == Some(&true) {
                    let (left, top) = (x + module * column as f32, y + module * row as f32);
                    runs.extend(Rect::from_xywh(left, top, module * run.len() as f32, module));
                }
                column += run.len();
            }
        }
        self.rectangles(runs.into_iter());
        self.surface.end_tagged();
        let side = module * symbol.size() as f32;
        let bounds = Rect::from_xywh(x, y, side, side).map(|rect| BBox::new(0, rect));
        let figure =
            Tag::Figure(Some(CODE_ALT.to_owned())).with_bbox(bounds).with_placement(Some(Placement::Block));
        self.tree.push(TagGroup::with_children(figure, vec![part.into()]).into());
    }

    fn rectangles(&mut self, all: impl Iterator<Item = Rect>) {
        let mut path = PathBuilder::new();
        all.for_each(|rectangle| path.push_rect(rectangle));
        if let Some(path) = path.finish() {
            self.surface.draw_path(&path);
        }
    }

    fn set_colour(&mut self, colour: Colour) {
        let colour = match colour {
            Colour::Navy => rgb::Color::new(12, 35, 58),
            Colour::Ink => rgb::Color::new(28, 32, 38),
            Colour::Grey => rgb::Color::new(88, 97, 107),
            Colour::Line => rgb::Color::new(190, 198, 206),
        };
        self.surface.set_fill(Some(Fill { paint: colour.into(), ..Fill::default() }));
    }
}
