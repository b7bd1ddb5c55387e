//! Reading the file of an exam: strictly, since trust rides on it; all that is wrong is said at once.

use std::collections::BTreeSet;

use toml::Spanned;
use toml::de::DeValue;

use super::file::File;
use super::{Attempts, Definition, PassageSource, Passages, Proctor};
use crate::exam::fault::{Fault, Faults};
use crate::exam::roster::is_number;
use crate::lessons::problem::{MAX_FILE, Reading, is_id};
use crate::lessons::shelves::Shelves;
use crate::lessons::terms::Origin;
use crate::trust::{checked_name, slug};
use crate::typing::rules::{Limit, Rules};
use crate::typing::text::Lookalikes;

/// The file as far as it was read, and what is wrong with it.
struct Read<'a> {
    name: &'a str,
    text: &'a str,
    faults: Vec<Fault>,
}

impl Definition {
    /// Reads the file of an exam: its name, its text, and the rule files that it may name.
    ///
    /// # Errors
    /// All that is wrong, each with its line and what to do.
    pub fn parse(name: &str, text: &str, shelves: &Shelves) -> Result<Self, Faults> {
        let mut read = Read { name, text, faults: Vec::new() };
        if text.len() > MAX_FILE {
            read.say(None, &format!("larger than {MAX_FILE} bytes; an exam needs a few hundred"));
            return Err(Faults::new(read.faults));
        }
        let exam = read.file().and_then(|file| read.definition(file, shelves));
        exam.filter(|_| read.faults.is_empty()).ok_or_else(|| Faults::new(read.faults))
    }
}

impl Read<'_> {
    fn say(&mut self, at: Option<usize>, what: &str) {
        let before = |at: usize| self.text.as_bytes().iter().take(at).filter(|b| **b == b'\n').count();
        self.faults.push(Fault::new(self.name, at.map(|at| before(at) + 1), what));
    }

    /// The members of the file.
    fn file(&mut self) -> Option<File> {
        let mut reading = Reading::new(self.name, self.text);
        let (table, bad) = reading.table();
        let syntax = reading.problems.len();
        let file = reading.members::<File>(Spanned::new(0..0, DeValue::Table(table)));
        for (i, problem) in reading.problems.iter().enumerate() {
            let todo = if i < syntax { "correct the line" } else { "correct the name, or remove it" };
            self.faults.push(Fault::new(self.name, problem.line, &format!("{}; {todo}", problem.what)));
        }
        match file {
            Ok(file) => Some(file),
            // A bad line may be what is missing.
            Err(_) if !bad.is_empty() => None,
            Err(refusals) => {
                for (at, what) in refusals {
                    let todo = if what.starts_with("missing field") { "add it" } else { "correct it" };
                    // A table that was left out begins nowhere.
                    let at = at.filter(|at| *at > 0 || !what.starts_with("missing field"));
                    self.say(at, &format!("{what}; {todo}"));
                }
                None
            }
        }
    }

    fn definition(&mut self, file: File, shelves: &Shelves) -> Option<Definition> {
        for (value, what, least, most) in file.bounded() {
            let (at, value) = (value.span().start, *value.get_ref());
            if !(least..=most).contains(&value) {
                self.say(Some(at), &format!("{what} is {value}; give {least} to {most}"));
            }
        }
        let title = self.words(&file.title, "title")?;
        let id = self.id(&file, &title);
        let proctor = self.proctor(&file);
        let (rule_file, rules) = self.rules(&file, shelves)?;
        let passages = self.passages(&file);
        self.needs(&file, &rules);
        let roster = file.roster.file.get_ref().trim().to_owned();
        if roster.is_empty() {
            self.say(
                Some(file.roster.file.span().start),
                "the roster's file has no name; write `roster.csv`",
            );
        }
        Some(Definition {
            id: id?,
            title,
            language: file.language,
            proctor: proctor?,
            rule_file,
            rules,
            lookalikes: Lookalikes::Typographic,
            passages: passages?,
            warm_up_s: *file.warm_up.seconds.get_ref(),
            attempts: Attempts { number: *file.attempts.number.get_ref(), counts: file.attempts.counts },
            start: file.start.mode,
            disconnect: file.disconnect(),
            shown: file.results.shown,
            limits: file.limits(),
            retention_days: *file.retention.timing_days.get_ref(),
            roster,
            accommodations: file
                .accommodations
                .into_iter()
                .map(super::file::Need::into_accommodation)
                .collect(),
        })
    }

    /// A text that stands on sheets and badges.
    fn words(&mut self, given: &Spanned<String>, what: &str) -> Option<String> {
        let checked = checked_name(given.get_ref());
        checked
            .map_err(|why| {
                let why = why.to_string().replace("the name", &format!("the {what}"));
                self.say(
                    Some(given.span().start),
                    &why.replace("as it should stand on the badge", "as badges shall have it"),
                );
            })
            .ok()
    }

    fn id(&mut self, file: &File, title: &str) -> Option<String> {
        let (at, id) = match &file.id {
            Some(id) => (id.span().start, id.get_ref().clone()),
            None => (file.title.span().start, slug(title, 48)),
        };
        if is_id(&id) {
            return Some(id);
        }
        let what =
            format!("id `{id}`: give one of lower-case letters, digits and hyphens, such as `typing-2027`");
        self.say(Some(at), &what);
        None
    }

    fn proctor(&mut self, file: &File) -> Option<Proctor> {
        let name = self.words(&file.proctor.name, "proctor's name");
        let identity = self.words(&file.proctor.identity, "check of identity");
        let title = match &file.proctor.title {
            Some(title) if !title.get_ref().trim().is_empty() => self.words(title, "proctor's title"),
            _ => Some(String::new()),
        };
        Some(Proctor { name: name?, title: title?, identity: identity? })
    }

    fn rules(&mut self, file: &File, shelves: &Shelves) -> Option<(Option<String>, Rules)> {
        match (&file.rules, &file.own_rules) {
            (Some(named), Some(own)) => {
                let at = named.span().start.max(own.span().start);
                self.say(Some(at), "there are both `rules` and `[own-rules]`; keep one of them");
                None
            }
            (Some(named), None) => {
                let found = shelves.exam(named.get_ref(), &Origin::Own(self.name.to_owned()));
                if let Some(set) = found {
                    return Some((Some(set.id.clone()), set.rules));
                }
                let known: Vec<&str> = shelves.exams().map(|set| set.id.as_str()).collect();
                let what =
                    format!("there are no rules `{}`; name one of: {}", named.get_ref(), known.join(", "));
                self.say(Some(named.span().start), &what);
                None
            }
            (None, Some(own)) => {
                if let Err(why) = own.get_ref().check() {
                    self.say(Some(own.span().start), &why.to_string());
                }
                Some((None, *own.get_ref()))
            }
            (None, None) => Some((None, Definition::RULES)),
        }
    }

    fn passages(&mut self, file: &File) -> Option<Passages> {
        let source = match &file.passages.bank {
            Some(bank) if !file.passages.kinds.is_empty() => {
                self.say(
                    Some(bank.span().start),
                    "`kinds` are of the shipped passages; remove `kinds` or `bank`",
                );
                return None;
            }
            Some(bank) if bank.get_ref().trim().is_empty() => {
                self.say(Some(bank.span().start), "the bank has no name; write its file, such as `bank.age`");
                return None;
            }
            Some(bank) => PassageSource::Bank(bank.get_ref().trim().to_owned()),
            None => PassageSource::Shipped(file.passages.kinds.iter().map(|k| k.get_ref().clone()).collect()),
        };
        for kind in file.passages.kinds.iter().filter(|kind| !is_id(kind.get_ref())) {
            let what = format!("kind `{}`: write one such as `letter` or `report`", kind.get_ref());
            self.say(Some(kind.span().start), &what);
        }
        Some(Passages { policy: file.passages.policy, source })
    }

    fn needs(&mut self, file: &File, rules: &Rules) {
        let mut numbers = BTreeSet::new();
        for need in &file.accommodations {
            let (at, number) = (need.number.span().start, need.number.get_ref().trim().to_owned());
            if !is_number(&number) {
                self.say(
                    Some(at),
                    &format!("`{number}` is no candidate's number; write it as the roster has it"),
                );
            }
            if !numbers.insert(number.to_lowercase()) {
                self.say(Some(at), &format!("candidate {number} has two accommodations; join them into one"));
            }
            if let Some(seconds) = need.seconds.as_ref().filter(|_| rules.limit == Limit::Text) {
                let what =
                    "an own time needs rules with a time; these end with the text, so remove `seconds`";
                self.say(Some(seconds.span().start), what);
            }
        }
    }
}
