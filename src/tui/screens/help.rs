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
        "typeproof is a typing trainer. Every test is scored from its keystroke log. When you pass a level, you get a badge: \
         a signed Open Badges 3.0 file with a QR code, which anyone can verify without asking you.",
    ),
    (
        "Keys",
        "The last row of every screen shows its keys. Use the arrows to choose, Enter to continue, Esc to go back and \
         Ctrl-C to quit. The letter in front of an entry opens it at once. On a keyboard of another alphabet, press the key \
         where that letter is on a US keyboard. F1 lists all keys; choose one with the arrows and press Enter to use it. \
         Ctrl-L redraws the screen when another program wrote on it. During a test, everything you type belongs to the \
         test: Backspace deletes a character, Ctrl-W or Ctrl-Backspace deletes a word, and Ctrl-F shows or hides speed and \
         accuracy. Tests do not accept pasted text. A long test that you leave is kept as unfinished and never earns a \
         badge; if it was a text of your own, Resume on the home screen continues it.",
    ),
    (
        "Practice",
        "The coach learns from every key that you type, in tests too, how long it takes you and how often you miss it. It \
         chooses words by that, and F3 says why. In Progress, among the keys, p pins the chosen key, so that every text \
         has it, m mutes it, and o opens it first. Options has a pace to type against, and what a wrong key does; levels \
         keep their own rules. Files in the folder texts are typed from Courses, with x: in programs you type \
         Enter, and the program types the indentation.",
    ),
    (
        "How a test is counted",
        "A word is five characters. WPM is words per minute, CPM characters per minute, KPH keystrokes per hour. Gross speed \
         counts the characters of the final text per minute. Net speed is gross speed minus what the level deducts for \
         errors that you left. Accuracy is the share of typed characters that were correct when you typed them, so an error \
         counts even if you correct it. Consistency shows how evenly you typed from second to second. Unless the level says \
         otherwise, your first key starts the clock and does not count towards the speed.",
    ),
    (
        "What a badge says, and what it does not",
        "A badge says what was required, what was measured and by which formulas, when, whose key signed it, and how the \
         test was supervised. A badge that you make yourself is self-assessed: a key on your own machine signed it, and \
         nobody else observed the test. The signature shows that nothing was changed since; it does not show who typed. \
         Employers who ask for a supervised test will not accept it as one. Reviewed and proctored badges are signed by \
         somebody else, and their readers decide whether they trust that person.",
    ),
    (
        "Verifying",
        "A badge gets five answers: is it unchanged, do you trust its issuer, is it about this person, do its figures follow \
         from the keystroke log, and is it in force? Each answer is yes, no or not checked, with a reason. A good signature \
         alone does not make a badge valid.",
    ),
    (
        "The verification page",
        "A badge's link contains the whole badge and opens a page that verifies it in the browser. Until you publish that \
         page, there is no link for others: text and QR code then contain the badge as a row of digits. Where a badge is \
         shown, w serves the page on this machine until the program ends.",
    ),
    ("Getting a web address", WAYS_TO_AN_ADDRESS),
    (
        "Sharing",
        "Press s in My badges or where a badge is shown. You can share its page, links for LinkedIn and VerifierPlus, plain \
         text, Markdown and HTML. y copies the chosen form through the terminal, which also works over ssh. c writes the \
         certificate as PDF, e writes all files. The files are in the folder badges; existing files are never replaced. \
         `typeproof badge export` writes them elsewhere.",
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
            ("Your texts", paths.texts_dir()),
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
        document.text(format!("All figures are computed by \"{METRICS}\", in whole numbers."), Style::new());
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
            row(back, "back").shown(1, "back"),
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
    fn widest(&self) -> u16 {
        COLUMN
    }

    fn view(&self, area: Rect, buffer: &mut Buffer) -> Option<Position> {
        if !too_small(area, buffer, SMALLEST) {
            let room = frame_within(area, buffer, "Help", &self.keys(), COLUMN);
            self.scroll.view(room, buffer, &self.document);
        }
        None
    }
}
