//! The badge's link on the award: where it leads, or that it has no address yet.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{Award, WIDEST};
use crate::badge::carry::share::{Reach, reach};
use crate::tui::screens::Keys;
use crate::tui::screens::document::Document;
use crate::tui::screens::parts::{fit, frame_within, style};

/// What is said where a badge has no link for others.
const NO_ADDRESS: &str = "This badge has no web address yet, so there is no link to send. Press s to share it and to see how \
    to get an address, or w to open it on a page of this machine.";

/// What the digits are for.
const DIGITS: &str = "These digits are the whole badge, as the QR code has it. `typeproof verify` and every typeproof \
    verification page take them.";

/// Columns of the beginning of a link where its whole has no room.
const LINK_START: usize = 40;

/// Columns of the beginning of the digits where there is no link.
const DIGITS_START: usize = 21;

impl Award {
    /// What the link opens, where that is not a page for everyone.
    pub(super) fn where_it_opens(&self) -> String {
        match &self.served {
            Some(at) => {
                format!(
                    "The page at {at} is served until the program ends. Press u for the badge's link there."
                )
            }
            None if self.has_no_address() => NO_ADDRESS.to_owned(),
            None => String::new(),
        }
    }

    /// Whether there is no page that others can open, so that the badge travels as digits.
    pub(super) fn has_no_address(&self) -> bool {
        reach(&self.url) == Reach::NoAddress
    }

    /// The link's beginning, and where the whole of it is.
    pub(super) fn link_start(&self) -> String {
        let (what, start) =
            if self.has_no_address() { ("Digits", DIGITS_START) } else { ("Link", LINK_START) };
        format!("{what}: {} (u shows all)", fit(&self.url, start))
    }

    /// The whole link, or the digits where there is no page yet.
    pub(super) fn draw_link(&self, area: Rect, buffer: &mut Buffer) {
        let title = if self.has_no_address() { "The badge as digits" } else { "The badge's link" };
        let room = frame_within(area, buffer, title, &self.keys(), WIDEST);
        let mut document = Document::default();
        if self.has_no_address() {
            document.text(DIGITS, style::dim());
            document.gap();
        }
        document.text(&*self.url, Style::new());
        if let Some(here) = self.link_here().filter(|here| *here != self.url) {
            document.gap();
            document.text("On this machine, until the program ends:", style::dim());
            document.text(here, Style::new());
        }
        self.scroll.view(room, buffer, &document);
    }

    /// The badge's link on the page that is served.
    pub(super) fn link_here(&self) -> Option<String> {
        let token = self.url.split_once('#').map_or(self.url.as_str(), |(_, token)| token);
        self.served.as_ref().map(|at| format!("{at}#{token}"))
    }
}
