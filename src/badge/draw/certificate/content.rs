//! What is on the page, in words, from the credential alone.

use serde_json::Value;

use crate::badge::carry::share::{Reach, folder, reach};
use crate::badge::claim::Supervision;
use crate::badge::draw::fonts::face::Faces;
use crate::badge::draw::words::{self, noun};
use crate::badge::verify::summary::{self, Kind, Summary, shown_text};
use crate::trust::Assurance;

use super::fields::{Field, counted, fields};

/// What stands in place of a text that the typefaces cannot draw: never an empty box.
pub const UNDRAWABLE: &str = "see the attached badge (in letters that this page lacks)";

/// Characters of an identifier that are shown: a did:key has 56, and more would crowd the page.
const MAX_ID: usize = 160;

/// Everything on the page.
pub struct Content {
    /// What kind of page it is.
    pub heading: &'static str,
    /// How it was supervised, in a word or two.
    pub supervised: String,
    /// Whose it is.
    pub holder: String,
    /// What was achieved; it carries the threshold.
    pub achievement: String,
    /// When the test was taken, in a sentence.
    pub taken: String,
    /// What was measured, and when.
    pub fields: Vec<Field>,
    /// How the figures were counted, with the name of the definitions.
    pub counted: String,
    /// How it was supervised, in a sentence or two.
    pub supervision: String,
    /// Who stands behind it, in a sentence.
    pub organisation: String,
    /// Whose the lines for a signature are, and what that person is.
    pub witness: (String, String),
    /// What had to be done.
    pub criteria: String,
    /// How it can be checked: a heading and a text each.
    pub checks: Vec<(&'static str, String)>,
    /// What identifies it: labels and values.
    pub marks: Vec<(&'static str, String)>,
    /// What the link of the QR code looks like on paper, and the link, where the code has an address.
    pub link: Option<(String, String)>,
}

impl Content {
    /// The content of a badge's page; `link` is given where the page has a QR code, `file` is the name of the attached
    /// badge.
    pub fn of(credential: &Value, summary: &Summary, link: Option<&str>, file: &str, faces: &Faces) -> Self {
        let legible = |text: &str| if faces.have(text) { text.to_owned() } else { UNDRAWABLE.to_owned() };
        let assurance = summary.assurance.as_deref().and_then(Assurance::from_word);
        let issuer = if summary.issuer_name.is_empty() { &summary.issuer_id } else { &summary.issuer_name };
        let issuer = legible(&cut(issuer));
        Self {
            heading: heading(summary.kind, assurance),
            supervised: match assurance {
                Some(Assurance::SelfAssessed) => {
                    format!("self-assessed: nobody else observed this {}", noun(summary.kind))
                }
                Some(observed) => observed.to_string(),
                None => "supervision not stated".to_owned(),
            },
            holder: holder(summary, faces),
            achievement: legible(&summary.achievement),
            taken: taken(summary),
            fields: fields(credential, summary),
            counted: counted(credential, summary),
            supervision: supervision(summary, assurance),
            organisation: organisation(assurance, &issuer, summary) + &legible(&reached(credential)),
            witness: witness(summary, assurance, faces),
            criteria: summary.criteria.clone(),
            checks: checks(link, file),
            marks: marks(credential, summary),
            link: link
                .filter(|link| reach(link) != Reach::NoAddress)
                .map(|link| (link_shown(link), link.to_owned())),
        }
    }
}

/// A page that nobody but the holder stands behind is a record; a certificate is what somebody else certifies.
const fn heading(kind: Kind, assurance: Option<Assurance>) -> &'static str {
    let is_certified = matches!(assurance, Some(Assurance::Reviewed | Assurance::Proctored));
    match (kind, is_certified) {
        (Kind::Test, true) => "Typing test certificate",
        (Kind::Test, false) => "Typing test record",
        (Kind::Practice, true) => "Typing practice certificate",
        (Kind::Practice, false) => "Typing practice record",
        (Kind::Course, true) => "Typing course certificate",
        (Kind::Course, false) => "Typing course record",
    }
}

fn holder(summary: &Summary, faces: &Faces) -> String {
    match summary.holder.join(", ") {
        name if name.is_empty() => "No name: see the attached badge".to_owned(),
        name if faces.have(&name) => cut(&name),
        _ => "Name: see the attached badge".to_owned(),
    }
}

/// `Typed on 23 November 2026, 14:05 to 14:10 (UTC).`, `Typed from 23 November 2026 to 4 January 2027 (UTC).`
fn taken(summary: &Summary) -> String {
    let unsaid = || "The badge does not say when the test was taken.".to_owned();
    match (summary.kind, &summary.activity) {
        (Kind::Test, _) => words::times(summary).map_or_else(unsaid, |times| format!("Typed on {times}.")),
        (_, Some((from, to))) => format!("Typed from {} to {} (UTC).", words::day(from), words::day(to)),
        (_, None) => format!("The badge does not say when this {} was.", noun(summary.kind)),
    }
}

fn supervision(summary: &Summary, assurance: Option<Assurance>) -> String {
    let sentence = match assurance {
        Some(Assurance::SelfAssessed) => format!(
            "Self-assessed: nobody else observed this {}. It was signed with a key on the learner's own machine, which \
             could sign anything.",
            noun(summary.kind)
        ),
        _ => words::assurance(summary, false),
    };
    [sentence].into_iter().chain(summary.remarks.iter().cloned()).collect::<Vec<_>>().join(" ")
}

fn organisation(assurance: Option<Assurance>, issuer: &str, summary: &Summary) -> String {
    // No line ends within the date.
    let issued = summary.valid_from.as_deref().map(|instant| words::day(instant).replace(' ', "\u{a0}"));
    let issued = issued.map_or_else(String::new, |day| format!(" on {day}"));
    let own = assurance == Some(Assurance::SelfAssessed) && summary.holder.contains(&summary.issuer_name);
    match own {
        true => format!("None. Issued by the holder{issued}."),
        false => format!("{issuer}. Issued{issued}."),
    }
}

/// Whose the lines for a signature are, in words, and what stands under the first of them.
fn witness(summary: &Summary, assurance: Option<Assurance>, faces: &Faces) -> (String, String) {
    let (whose, person) = signer(summary.kind, assurance);
    let named = summary.supervised.as_ref().and_then(by).filter(|name| faces.have(name));
    (whose, named.unwrap_or_else(|| person.to_owned()))
}

/// Who supervised, with the title.
fn by(supervision: &Supervision) -> Option<String> {
    let (name, title) = match (supervision.proctoring(), supervision.review()) {
        (Some(p), _) => (&p.proctor, &p.title),
        (_, Some(r)) => (&r.reviewer, &r.title),
        _ => return None,
    };
    let title = title.as_ref().map_or_else(String::new, |title| format!(", {}", title.as_str()));
    Some(format!("{}{title}", name.as_str()))
}

/// Page and e-mail address of the issuer, as the badge gives them.
fn reached(credential: &Value) -> String {
    let text = |name: &str| credential.get("issuer")?.get(name)?.as_str().map(|text| cut(&shown_text(text)));
    let given: Vec<String> = [text("url"), text("email")].into_iter().flatten().collect();
    if given.is_empty() { String::new() } else { format!(" {}", given.join(", ")) }
}

/// Whose the lines are where nobody is named.
fn signer(kind: Kind, assurance: Option<Assurance>) -> (String, &'static str) {
    let what = noun(kind);
    match assurance {
        Some(Assurance::Proctored) => {
            (format!("For the person who administered the {what}:"), "Administrator, name in print")
        }
        Some(Assurance::Reviewed) => {
            let logs = if kind == Kind::Test { "keystroke log" } else { "keystroke logs" };
            (format!("For the person who reviewed the {what}'s {logs}:"), "Reviewer, name in print")
        }
        Some(Assurance::SelfAssessed) | None => (
            match kind {
                Kind::Test => {
                    "Nobody administered this test. These lines are for a person who reviews it, or has it \
                               repeated under their eyes:"
                        .to_owned()
                }
                _ => format!(
                    "Nobody administered this {what}. These lines are for a person who reviews its logs:"
                ),
            },
            "Administrator or reviewer, name in print",
        ),
    }
}

fn checks(link: Option<&str>, file: &str) -> Vec<(&'static str, String)> {
    let scan = match link {
        Some(link) => ("Scan the code", scan(link)),
        None => ("No QR code", "This badge's link is too long for a code that cameras read well.".to_owned()),
    };
    let attached = format!(
        "This PDF carries the badge as the file {file}, an Open Badge 3.0. Programs that verify such badges can check it, among \
         them typeproof, VerifierPlus (verifierplus.org) and the validator of 1EdTech (vc.1ed.tech)."
    );
    let meaning = "That nothing was changed since the issuer below signed it. The issuer can say whose key that is. It does not \
        show who sat at the keyboard: compare the name with a photo ID.";
    vec![scan, ("Or open the attached badge", attached), ("What a good signature shows", meaning.to_owned())]
}

/// What scanning brings, and who chose where it leads: a code must not name its own judge.
fn scan(link: &str) -> String {
    if reach(link) == Reach::NoAddress {
        return "It holds the whole badge as a row of digits. Give them to a page or program of your own choice, such as the \
                command typeproof verify."
            .to_owned();
    }
    let address = cut(&shown_text(folder(link)));
    let opens = match reach(link) {
        Reach::Public => {
            format!("the page that it opens ({address}) checks it in the browser")
        }
        Reach::Some => format!("its address ({address}) opens only where that can be reached"),
        Reach::ThisMachine | Reach::NoAddress => {
            format!("its address ({address}) opens nothing on other machines")
        }
    };
    format!(
        "It holds the whole badge; {opens}. The maker of this page chose that address: where it matters, give the link to a \
         page or program of your own choice, such as the command typeproof verify."
    )
}

fn marks(credential: &Value, summary: &Summary) -> Vec<(&'static str, String)> {
    let achievement = summary::subject(credential).get("achievement");
    let code = achievement.and_then(|a| a.get("humanCode")?.as_str()).map(|code| cut(&shown_text(code)));
    let of = if summary.kind == Kind::Test { "Level" } else { "Code" };
    let marks =
        [("Badge", Some(cut(&summary.id))), ("Issuer's key", Some(cut(&summary.issuer_id))), (of, code)];
    let given = marks.into_iter().filter_map(|(label, value)| Some((label, value?)));
    given.filter(|(_, value)| !value.is_empty()).collect()
}

/// The address before the `#`, and that more follows.
fn link_shown(link: &str) -> String {
    match link.split_once('#') {
        Some((address, _)) => format!("{}#…", cut(&shown_text(address))),
        None => cut(&shown_text(link)),
    }
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(MAX_ID) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
