//! Verifying a badge: what is to be verified, the five answers, and what the badge says.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::document::{Document, Scroll};
use super::field::{self, Edit, Field};
use super::parts::{SMALLEST, frame, style, too_small};
use super::{Keyed, Keys, Page, Route, Step, badge_text};
use crate::badge::carry::link::{self, MAX_TEXT_BYTES};
use crate::badge::draw::picture::Drawing;
use crate::badge::reasons::Reason;
use crate::badge::verify::Report;
use crate::badge::verify::summary::{issuer, shown_text};
use crate::badge::verify::verdict::{Answer, Outcome};
use crate::desk::{Given, Request};
use crate::store::files::read_at_most;
use crate::trust::Assurance;
use crate::tui::context::Context;
use crate::tui::input::KeyPress;
use crate::tui::keymap::{Keymap, Motion, row};
use crate::typing::{attempt, record};

/// What keys mean on this screen.
#[derive(Clone, Copy)]
pub enum Action {
    /// Verifies what was entered.
    Verify,
    /// Edits the field.
    Edit(Edit),
    /// Scrolls the answer.
    Scroll(Motion),
    /// Goes back.
    Back,
}

const INTRODUCTION: [&str; 2] = [
    "Enter the path of a badge file, or paste a badge's link or token. Nothing leaves this machine.",
    "The answer has five parts: is the badge unchanged, do you trust its issuer, whose is it, do its figures follow \
        from a keystroke log, and is it in force?",
];

/// The option of the command line in an answer, and what to do here instead.
const OPTION: &str = "(--log FILE)";
const BESIDE: &str = "(put the .tpa file beside the badge file)";

/// What nobody has to be believed for.
const SELF_ASSESSED: &str = Assurance::SelfAssessed.as_str();

const NOTHING: &str = "Nothing was entered. Type the path of a badge file, or paste a badge's link or token.";

/// The verification screen.
pub struct Verify {
    field: Field,
    document: Document,
    scroll: Scroll,
}

impl Verify {
    /// The answer to what was given, or the question. The evidence of a badge file lies beside it, where the badge
    /// is one's
    /// own.
    pub(in crate::tui) fn open(context: &mut Context, given: Option<&str>) -> Self {
        let Some(given) = given else { return Self::empty() };
        let path = Given::path(given);
        let beside = [("tpa", attempt::MAX_BYTES), ("tpr", record::MAX_BYTES)].into_iter();
        let mut beside = beside
            .filter_map(|(end, most)| read_at_most(&path.with_extension(end), most as u64).ok().flatten());
        let attempt = beside.next();
        let request = Request { attempt: attempt.as_deref(), ..Request::default() };
        match Given::find(given) {
            Ok(found) => {
                let report = context.desk.verify(&found.given, &request);
                Self::answered(given, &report, found.drawing(&report))
            }
            Err(why) => Self::failed(given, &why.to_string()),
        }
    }

    /// The screen with an empty field.
    pub fn empty() -> Self {
        Self::with("", introduction())
    }

    /// The answer to what was given, and for a picture whether it shows what the badge in it says. One that does not
    /// is what
    /// its reader saw first, so that this stands above all that the badge says.
    pub fn answered(given: &str, report: &Report, drawing: Option<Drawing>) -> Self {
        let mut document = Document::default();
        document.text(report.verdict.sentence(), sentence_style(report.verdict.outcome()));
        document.gap();
        let sentence = |drawing: Drawing| format!("{}.", capital(&drawing.reason().to_string()));
        if let Some(warning) = drawing.filter(|drawing| drawing.is_warning()) {
            document.text(sentence(warning), style::title());
            document.gap();
        }
        answer(&mut document, report);
        if let Some(note) = drawing.filter(|drawing| !drawing.is_warning()) {
            document.gap();
            document.text(sentence(note), style::title());
        }
        Self::with(given, document)
    }

    /// Why there is no answer: the file could not be read, the text is no link.
    pub fn failed(given: &str, why: &str) -> Self {
        let mut document = Document::default();
        document.text(format!("This could not be verified: {why}"), style::title());
        Self::with(given, document)
    }

    fn with(given: &str, document: Document) -> Self {
        let field = Field::new(given, MAX_TEXT_BYTES);
        Self { field, document, scroll: Scroll::default() }
    }

    /// An answer is about what was given, so it goes when that is changed.
    fn forget(&mut self) {
        (self.document, self.scroll) = (introduction(), Scroll::default());
    }

    fn enter(&mut self) -> Step {
        let given = self.field.text().trim();
        if !given.is_empty() {
            return Step::Go(Route::Verify(Some(given.to_owned())));
        }
        let mut document = Document::default();
        document.text(NOTHING, style::title());
        (self.document, self.scroll) = (document, Scroll::default());
        Step::Stay
    }

    fn edit(&mut self, edit: Edit) {
        let before = self.field.text().len();
        self.field.edit(edit);
        if self.field.text().len() != before {
            self.forget();
        }
    }
}

fn introduction() -> Document {
    let mut document = Document::default();
    for text in INTRODUCTION {
        document.text(text, Style::new());
        document.gap();
    }
    document
}

/// The answers, what the badge says. Only a badge from a trusted issuer is shown as good: a signature by itself
/// earns no
/// colour and no mark.
fn answer(document: &mut Document, report: &Report) {
    let (outcome, summary) = (report.verdict.outcome(), &report.summary);
    let believed = outcome == Outcome::Valid;
    if believed {
        badge_text::holder(document, summary);
    }
    document.table(report.verdict.answers().map(|(name, answer)| {
        (
            capital(name),
            format!("{}: {}", answer.word(), answer.why().replace(OPTION, BESIDE)),
            answer_style(answer),
        )
    }));
    if report.credential.is_none() {
        return;
    }
    document.gap();
    let heading = match outcome {
        Outcome::Refused | Outcome::CannotTell => "What it claims, which is not to be relied on",
        Outcome::Unproven => "What it claims",
        Outcome::Valid => "What the badge says",
    };
    document.text(heading, style::title());
    let activity = summary.activity.as_ref().map(|(from, to)| format!("{from} to {to}")).unwrap_or_default();
    let supervised = badge_text::assurance(summary, false);
    let claimed = !report.verdict.issuer.is_yes() && summary.assurance.as_deref() != Some(SELF_ASSESSED);
    let supervised = match claimed && summary.assurance.is_some() {
        true => format!("By its own account. {supervised}"),
        false => supervised,
    };
    let own_words = summary.own_words.iter().map(|(name, value)| format!("{name}: {value}"));
    let own_words = own_words.collect::<Vec<_>>().join("; ");
    let others = summary.identifiers.iter().map(|(kind, value)| format!("{value} ({kind})"));
    let test = report.test.as_ref();
    let said =
        |reason: Option<&Reason>| reason.map(|reason| shown_text(&reason.to_string())).unwrap_or_default();
    let says = [
        ("Holder", if believed { String::new() } else { summary.holder.join(", ") }),
        ("Achieved", summary.achievement.clone()),
        ("Level", said(test.map(|test| &test.level))),
        ("Identifiers", others.collect::<Vec<_>>().join(", ")),
        ("Measured", badge_text::figures(summary)),
        ("Supervision", supervised),
        ("Remarks", summary.remarks.join(" ")),
        ("Its own words", own_words),
        ("Text", said(test.map(|test| &test.text))),
        ("Took", said(test.and_then(|test| test.took.as_ref()))),
        ("Issued by", issuer(summary, report.known_issuer.as_deref())),
        ("Typed", activity),
        ("Dated", badge_text::dates(summary)),
        ("How", summary.criteria.clone()),
        ("Id", summary.id.clone()),
    ];
    let says = says.into_iter().filter(|(_, text)| !text.is_empty());
    document.table(says.map(|(label, text)| (label.to_owned(), text, Style::new())));
}

fn sentence_style(outcome: Outcome) -> Style {
    match outcome {
        Outcome::Valid => style::good(),
        Outcome::Refused => style::bad(),
        Outcome::Unproven | Outcome::CannotTell => style::title(),
    }
}

fn answer_style(answer: &Answer) -> Style {
    match answer {
        Answer::Yes(_) => Style::new(),
        Answer::No(_) => style::title(),
        Answer::NotChecked(_) => style::dim(),
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

impl Keyed for Verify {
    type Action = Action;

    fn keymap(&self) -> Keymap<Action> {
        let scroll = [
            (KeyPress::Up, Motion::Up),
            (KeyPress::Down, Motion::Down),
            (KeyPress::PageUp, Motion::PageUp),
            (KeyPress::PageDown, Motion::PageDown),
        ];
        let scroll = scroll.map(|(key, motion)| (key, Action::Scroll(motion)));
        Keymap::of([
            row([(KeyPress::Enter, Action::Verify)], "verify").shown(1, "verify"),
            row([(KeyPress::Esc, Action::Back)], "back").shown(1, "back"),
            row(scroll, "scroll").shown(scroll.len(), "scroll"),
        ])
        .and(field::keys(Action::Edit))
        .typing(|c| Action::Edit(Edit::Insert(c)))
    }

    fn act(&mut self, action: Action) -> Step {
        match action {
            Action::Verify => return self.enter(),
            Action::Edit(edit) => self.edit(edit),
            Action::Scroll(motion) => self.scroll.by(motion),
            Action::Back => return Step::Back,
        }
        Step::Stay
    }
}

impl Page for Verify {
    fn paste(&mut self, text: &str) -> Step {
        // The field has one line.
        self.field.paste(&match text.trim_start().starts_with(['{', '<']) {
            true => text.replace(['\n', '\r'], " "),
            false => link::unwrapped(text).trim().to_owned(),
        });
        self.forget();
        Step::Stay
    }

    fn view(&self, area: Rect, buffer: &mut Buffer) -> Option<Position> {
        if too_small(area, buffer, SMALLEST) {
            return None;
        }
        let mut room = frame(area, buffer, "Verify a badge: path, link or token", &self.keys());
        room.height += 1;
        let cursor = self.field.view(Rect { height: 1, ..room }, buffer);
        let above = if room.height > 10 { 2 } else { 1 };
        let text = Rect { y: room.y + above, height: room.height.saturating_sub(above), ..room };
        self.scroll.view(text, buffer, &self.document);
        cursor
    }
}
