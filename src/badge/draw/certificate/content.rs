//! What is on the page, in words, from the credential alone.

use serde_json::Value;

use crate::badge::carry::share::{Reach, folder, reach};
use crate::badge::draw::fonts::face::Faces;
use crate::badge::draw::words::{self, Figure};
use crate::badge::verify::summary::{self, Summary, result_value, shown_text};
use crate::trust::Assurance;

/// What stands in place of a text that the typefaces cannot draw: never an empty box.
pub const UNDRAWABLE: &str = "see the attached badge (in letters that this page lacks)";

/// What stands in place of a figure that a badge does not have.
const NOT_STATED: &str = "not stated";

/// Characters of an identifier that are shown: a did:key has 56, and more would crowd the page.
const MAX_ID: usize = 160;

/// A field that employers ask for.
pub struct Field {
    /// What it is.
    pub label: &'static str,
    /// Its value.
    pub value: String,
    /// What was required beside what was achieved.
    pub note: Option<String>,
}

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
    pub witness: (&'static str, &'static str),
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
            heading: heading(assurance),
            supervised: match assurance {
                Some(Assurance::SelfAssessed) => "self-assessed: nobody else observed this test".to_owned(),
                Some(observed) => observed.to_string(),
                None => "supervision not stated".to_owned(),
            },
            holder: holder(summary, faces),
            achievement: legible(&summary.achievement),
            taken: taken(summary),
            fields: fields(credential, summary),
            counted: counted(credential, &summary.criteria),
            supervision: supervision(summary, assurance),
            organisation: organisation(assurance, &issuer, summary),
            witness: witness(assurance),
            criteria: summary.criteria.clone(),
            checks: checks(credential, link, file),
            marks: marks(credential, summary),
            link: link
                .filter(|link| reach(link) != Reach::NoAddress)
                .map(|link| (link_shown(link), link.to_owned())),
        }
    }
}

/// A page that nobody but the holder stands behind is a record; a certificate is what somebody else certifies.
const fn heading(assurance: Option<Assurance>) -> &'static str {
    match assurance {
        Some(Assurance::Reviewed | Assurance::Proctored) => "Typing test certificate",
        Some(Assurance::SelfAssessed) | None => "Typing test record",
    }
}

fn holder(summary: &Summary, faces: &Faces) -> String {
    match summary.holder.join(", ") {
        name if name.is_empty() => "No name: see the attached badge".to_owned(),
        name if faces.have(&name) => cut(&name),
        _ => "Name: see the attached badge".to_owned(),
    }
}

/// `Typed on 23 November 2026, 14:05 to 14:10 (UTC).`
fn taken(summary: &Summary) -> String {
    words::times(summary).map_or_else(
        || "The badge does not say when the test was taken.".to_owned(),
        |times| format!("Typed on {times}."),
    )
}

/// The fields that employers ask for, in the order in which they are read: the four that count, then the rest.
fn fields(credential: &Value, summary: &Summary) -> Vec<Field> {
    let measured = |label, key: &str| {
        let figure = figure(credential, summary, key);
        let value = figure.as_ref().map_or_else(|| NOT_STATED.to_owned(), Figure::amount);
        Field { label, value, note: figure.and_then(|figure| figure.compared()) }
    };
    let plain = |label, value: Option<String>, without: &str| {
        let value = value.unwrap_or_else(|| without.to_owned());
        Field { label, value, note: None }
    };
    let dated = |instant: &Option<String>| instant.as_deref().map(words::day);
    let tested = summary.activity.as_ref().map(|(from, _)| words::day(from));
    vec![
        measured("Net speed", "net"),
        measured("Gross speed", "gross"),
        measured("Uncorrected errors", "errors"),
        measured("Accuracy", "accuracy"),
        plain("Duration", words::duration(summary), NOT_STATED),
        measured("Consistency", "consistency"),
        plain("Date of test", tested, NOT_STATED),
        plain("Valid until", dated(&summary.valid_until), "no end"),
    ]
}

/// What was measured under `#key` of the achievement.
fn figure(credential: &Value, summary: &Summary, key: &str) -> Option<Figure> {
    let value = result_value(credential, key).map(shown_text)?;
    let name = described(credential, key)?;
    Some(Figure::of(&name, &value, words::required(summary, &name)))
}

/// The name of the result description under `#key` of the achievement.
fn described(credential: &Value, key: &str) -> Option<String> {
    let achievement = summary::subject(credential).get("achievement")?;
    let id = format!("{}#{key}", achievement.get("id")?.as_str()?);
    let all = achievement.get("resultDescription")?.as_array()?;
    let description = all.iter().find(|d| d.get("id").and_then(Value::as_str) == Some(&id))?;
    description.get("name")?.as_str().map(shown_text)
}

/// The sentences of the criteria that say how speed was counted, and the name of the definitions.
fn counted(credential: &Value, criteria: &str) -> String {
    let sentences = criteria.split_inclusive(". ").map(str::trim);
    let speeds = sentences.filter(|s| s.starts_with("Net speed ") || s.starts_with("Gross speed "));
    let mut speeds: Vec<&str> = speeds.collect();
    // Net first: it is the figure that is asked for, and the one that differs from place to place.
    speeds.sort_by_key(|s| !s.starts_with("Net"));
    let formulas = match speeds.is_empty() {
        true => "Net speed is gross speed less the penalty of the rules, which are below.".to_owned(),
        false => speeds.join(" "),
    };
    match metrics(credential) {
        Some(name) => format!("{formulas} Definitions: {name}."),
        None => formulas,
    }
}

/// The name of the definitions: what stands before the counts in the evidence of a typeproof badge.
fn metrics(credential: &Value) -> Option<String> {
    let evidence = summary::list(credential.get("evidence"));
    let mut narratives = evidence.filter_map(|e| e.get("narrative")?.as_str());
    let name = narratives
        .find_map(|text| text.split_once(':').filter(|(name, _)| name.starts_with("typeproof metrics ")));
    name.map(|(name, _)| shown_text(name)).filter(|name| name.len() < 40)
}

fn supervision(summary: &Summary, assurance: Option<Assurance>) -> String {
    let sentence = match assurance {
        Some(Assurance::SelfAssessed) => {
            "Self-assessed: nobody else observed this test. It was signed with a key on the learner's own machine, which \
             could sign anything."
                .to_owned()
        }
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
const fn witness(assurance: Option<Assurance>) -> (&'static str, &'static str) {
    match assurance {
        Some(Assurance::Proctored) => {
            ("For the person who administered the test:", "Administrator, name in print")
        }
        Some(Assurance::Reviewed) => {
            ("For the person who reviewed the test's keystroke log:", "Reviewer, name in print")
        }
        Some(Assurance::SelfAssessed) | None => (
            "Nobody administered this test. These lines are for a person who reviews it, or has it repeated under their eyes:",
            "Administrator or reviewer, name in print",
        ),
    }
}

fn checks(credential: &Value, link: Option<&str>, file: &str) -> Vec<(&'static str, String)> {
    let scan = match link {
        Some(link) => ("Scan the code", scan(link)),
        None => ("No QR code", "This badge's link is too long for a code that cameras read well.".to_owned()),
    };
    let method =
        match summary::issuer_id(credential).and_then(|id| id.strip_prefix("did:")?.split(':').next()) {
            Some(method @ ("key" | "web")) => format!(" and did:{method}"),
            _ => String::new(),
        };
    let (signed, knows) = match suites(credential).as_slice() {
        [] => (String::new(), String::new()),
        [one] => (format!(", signed with {one}"), format!(" that knows it{method}")),
        all => (format!(", signed with {}", all.join(" and ")), format!(" that knows one of these{method}")),
    };
    let attached = format!(
        "This PDF carries the badge as the file {file}: an Open Badges 3.0 credential{signed}. Any verifier{knows} checks it, \
         among them VerifierPlus (verifierplus.org) and the validator of 1EdTech (vc.1ed.tech)."
    );
    let meaning = "That nothing was changed since the issuer below signed it. Whose key that is, the issuer \
        can tell; who sat at the keyboard, it does not show: compare the name with a photo ID.";
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

/// The cryptographic suites of the proofs, as the badge names them.
fn suites(credential: &Value) -> Vec<String> {
    let proofs = summary::list(credential.get("proof"));
    let named = proofs.filter_map(|proof| proof.get("cryptosuite")?.as_str());
    named.map(|name| shown_text(name).chars().take(40).collect()).take(4).collect()
}

fn marks(credential: &Value, summary: &Summary) -> Vec<(&'static str, String)> {
    let achievement = summary::subject(credential).get("achievement");
    let code = achievement.and_then(|a| a.get("humanCode")?.as_str()).map(|code| cut(&shown_text(code)));
    let marks =
        [("Badge", Some(cut(&summary.id))), ("Issuer's key", Some(cut(&summary.issuer_id))), ("Level", code)];
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
