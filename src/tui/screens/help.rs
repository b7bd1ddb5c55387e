//! Help: what the program is, its keys, how a test is counted, what a badge says, and where files are.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::document::{Document, Scroll};
use super::parts::{COLUMN, SMALLEST, frame_within, style, too_small};
use super::{Keyed, Keys, Page, Step};
use crate::badge::carry::share::WAYS_TO_AN_ADDRESS;
use crate::tui::context::Context;
use crate::tui::input::KeyPress;
use crate::tui::keymap::{Keymap, Motion, leaps, lines, row};
use crate::typing::score::METRICS;

/// What keys mean here.
#[derive(Clone, Copy)]
pub enum Action {
    /// Scrolls.
    Scroll(Motion),
    /// Goes back.
    Back,
}

/// Headings with their paragraphs; the files follow.
const TEXT: &[(&str, &str)] = &[
    (
        "What this is",
        "A typing trainer. Every test is scored from its keystroke log, and a level that you pass yields a badge: an \
         Open Badges 3.0 file with a signature and a QR code, which anyone can verify without asking you.",
    ),
    (
        "Keys",
        "Every screen names its keys in the last row. Arrows choose, Enter goes on, Esc goes back, Ctrl-C leaves. \
         Letters in front of an entry choose it at once; on a keyboard of another alphabet the key at the same place \
         does; and F1 lists all keys, to be chosen by arrows and Enter. Ctrl-L draws the screen anew, whatever another program wrote on it. During a test everything you type \
         belongs to the test; Backspace takes back a character, Ctrl-W or Ctrl-Backspace a word, and Ctrl-F shows or \
         hides the figures. Pasting is refused in tests.",
    ),
    (
        "Practice",
        "The coach learns from every key that you type, in tests too, how long it takes you and how often you miss it. It          chooses words by that, and F3 says why. In Progress, among the keys, p pins the chosen key, so that every text          has it, m mutes it, and o opens it first. Options has a pace to type against, and what a wrong key does; levels          keep their own rules.",
    ),
    (
        "How a test is counted",
        "A word is five characters. WPM is words per minute, CPM characters per minute, KPH keystrokes per hour. Gross speed: characters that stand at the end, per minute. Net speed: gross less \
         what the level takes off for errors that you left. Accuracy: the share of typed characters that were right \
         when typed, so errors count even when corrected. Consistency: how evenly you typed, second by second. Unless \
         the level says otherwise the clock starts with your first key, which is then not counted in the speed.",
    ),
    (
        "What a badge says, and what it does not",
        "It says what was asked, what was measured and by which formulas, when, whose key signed it, and how the \
         test was supervised. A badge that you make yourself is self-assessed: signed by a key on your own machine, \
         and nobody else observed the test. The signature shows that nothing was changed since; it does not show \
         who typed. Employers who ask for a supervised test will not take it as one. Reviewed and proctored badges \
         are signed by somebody else, whom the reader may trust or not.",
    ),
    (
        "Verifying",
        "A badge gets five answers: is it unchanged, is its issuer one you trust, is it about this person, do its \
         figures follow from the keystroke log, is it in force. Each is yes, no, or not checked, with the reason. A \
         good signature alone is no verdict.",
    ),
    (
        "The verification page",
        "A link carries the whole badge to a page that verifies it in the browser. Until that page is on the web, links \
         and codes are the badge itself, as a row of digits: no address would open anything for others. Where a badge is \
         shown, w serves the page to this machine until the program ends.",
    ),
    ("Getting an address", WAYS_TO_AN_ADDRESS),
    (
        "Sharing",
        "In My badges and where a badge is shown, s shares it: its page, links for LinkedIn and VerifierPlus, plain text, \
         Markdown and HTML. y copies what is chosen, by way of the terminal, so over ssh too. c writes the certificate as \
         PDF, e every form. \
         Files lie in the folder badges, and nothing is overwritten. `typeproof badge export` writes elsewhere.",
    ),
];

/// The help screen.
pub struct Help {
    document: Document,
    scroll: Scroll,
}

impl Help {
    /// Help for the program in its folders.
    pub(in crate::tui) fn open(context: &Context) -> Self {
        let paths = context.desk.paths();
        let places = [
            ("Settings", paths.settings_file()),
            ("History", paths.history_file()),
            ("Badges", paths.badges_dir()),
            ("Your key", paths.keys_dir()),
            ("Your lessons", paths.lessons_dir()),
            ("Trusted issuers", paths.trust_dir()),
            ("Your page", paths.site_dir()),
        ];
        Self::new(places.map(|(what, path)| (what.to_owned(), path.display().to_string())))
    }

    /// Help for a program that keeps its files in these places: what is kept, and where.
    pub fn new(places: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut document = Document::default();
        for (heading, text) in TEXT {
            document.text(*heading, style::title());
            document.text(*text, Style::new());
            document.gap();
        }
        document.text("Formulas", style::title());
        document.text(format!("All figures follow \"{METRICS}\", in whole numbers."), Style::new());
        document.gap();
        document.text("Where files are", style::title());
        document.table(places.into_iter().map(|(what, place)| (what, place, Style::new())));
        Self { document, scroll: Scroll::default() }
    }
}

impl Keyed for Help {
    type Action = Action;

    fn keymap(&self) -> Keymap<Action> {
        let [pages, ends] = leaps(Action::Scroll);
        let back = [KeyPress::Esc, KeyPress::Enter, KeyPress::Char('q')].map(|key| (key, Action::Back));
        Keymap::of([
            lines(Action::Scroll, "scroll").shown(2, "scroll"),
            row(back, "back to where you came from").shown(1, "home"),
            pages.shown(2, "a page"),
            ends.shown(2, "ends"),
            row([(KeyPress::Char(' '), Action::Scroll(Motion::PageDown))], "a page down"),
        ])
    }

    fn act(&mut self, action: Action) -> Step {
        match action {
            Action::Scroll(motion) => self.scroll.by(motion),
            Action::Back => return Step::Back,
        }
        Step::Stay
    }
}

impl Page for Help {
    fn view(&self, area: Rect, buffer: &mut Buffer) -> Option<Position> {
        if !too_small(area, buffer, SMALLEST) {
            let room = frame_within(area, buffer, "Help", &self.keys(), COLUMN);
            self.scroll.view(room, buffer, &self.document);
        }
        None
    }
}
