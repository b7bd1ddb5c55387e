//! One vector: a file with everything a verifier needs, and what it must answer. A page in a browser runs the same.

use std::collections::BTreeMap;
use std::path::PathBuf;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use typeproof::badge::carry::link;
use typeproof::badge::verify::status::{self, List};
use typeproof::badge::verify::verdict::{Answer, Verdict};
use typeproof::badge::verify::{self, Check, Report};
use typeproof::desk::{Found, Given, GivenError};
use typeproof::lessons::catalogue::Catalogue;
use typeproof::trust::{Issuer, TrustList, multikey};

use crate::support::cast::{self, Who};

/// What is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// The text of a badge file.
    Document,
    /// A link, or what follows its `#`.
    Token,
    /// The bytes of a file, in base64.
    File,
}

/// A vector as its file has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vector {
    /// One sentence.
    pub what: String,
    pub kind: Kind,
    /// The very text; what is read of it is the verifier's business.
    pub given: String,
    /// The time of asking.
    pub now: String,
    /// Issuer files.
    pub trusted: Vec<String>,
    /// The user's own key, as a multikey.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub yourself: Option<String>,
    /// A name or e-mail address to compare.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holder: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub did_documents: Vec<Value>,
    /// An attempt file, in base64.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attempt: Option<String>,
    /// Lists of revoked badges, each the text of a file.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub status_lists: Vec<String>,
    pub expect: Expect,
}

/// What must come out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expect {
    /// `valid`, `unproven`, `refused` or `cannot-tell`.
    pub outcome: String,
    /// `yes`, `no` or `not-checked` for each question.
    pub answers: BTreeMap<String, String>,
    /// Part of the closing sentence: of the answer that decides.
    pub why: String,
}

/// The five answers of a badge that could not be read.
pub const NOTHING: &str = "no - - - -";

/// The answers of a badge of which nothing can be told.
const OPEN: &str = "- - - - -";

impl Vector {
    /// A badge file, asked at [`cast::NOW`] by somebody who trusts the college, with expectations still to be stated.
    pub fn document(what: &str, given: impl Into<String>) -> Self {
        Self::new(Kind::Document, what, given.into())
    }

    /// The same with a credential.
    pub fn credential(what: &str, credential: &Value) -> Self {
        Self::document(what, credential.to_string())
    }

    /// The same with a link.
    pub fn token(what: &str, given: impl Into<String>) -> Self {
        Self::new(Kind::Token, what, given.into())
    }

    /// The same with a file.
    pub fn file(what: &str, given: &[u8]) -> Self {
        Self::new(Kind::File, what, data_encoding::BASE64.encode(given))
    }

    fn new(kind: Kind, what: &str, given: String) -> Self {
        let expect = Expect { outcome: String::new(), answers: BTreeMap::new(), why: String::new() };
        let what = what.to_owned();
        let (now, trusted) = (cast::NOW.to_owned(), vec![Who::College.toml()]);
        let (yourself, holder, attempt) = (None, None, None);
        let (did_documents, status_lists) = (Vec::new(), Vec::new());
        Self {
            what,
            kind,
            given,
            now,
            trusted,
            yourself,
            holder,
            did_documents,
            attempt,
            status_lists,
            expect,
        }
    }

    pub fn at(self, now: &str) -> Self {
        Self { now: now.to_owned(), ..self }
    }

    pub fn trusting(self, who: &[Who]) -> Self {
        Self { trusted: who.iter().map(|w| w.toml()).collect(), ..self }
    }

    pub fn being(self, who: Who) -> Self {
        Self { yourself: Some(who.multikey()), ..self }
    }

    pub fn holder(self, holder: &str) -> Self {
        Self { holder: Some(holder.to_owned()), ..self }
    }

    pub fn with_document(mut self, document: Value) -> Self {
        self.did_documents.push(document);
        self
    }

    pub fn with_log(self, bytes: &[u8]) -> Self {
        Self { attempt: Some(data_encoding::BASE64.encode(bytes)), ..self }
    }

    pub fn with_list(mut self, list: &Value) -> Self {
        self.status_lists.push(list.to_string());
        self
    }

    /// The outcome, the answers to integrity, issuer, holder, evidence and standing (`yes`, `no`, `-`), and the reason.
    pub fn expect(self, outcome: &str, answers: &str, why: &str) -> Self {
        let names = ["integrity", "issuer", "holder", "evidence", "standing"];
        let words = answers.split(' ').map(|w| if w == "-" { "not-checked" } else { w }.to_owned());
        let answers = names.map(str::to_owned).into_iter().zip(words).collect();
        Self { expect: Expect { outcome: outcome.to_owned(), answers, why: why.to_owned() }, ..self }
    }

    /// Refused before anything else could be asked; where the reason begins with "Cannot tell", left open.
    pub fn refused(self, why: &str) -> Self {
        match why.starts_with("Cannot tell") {
            true => self.left_open(why),
            false => self.expect("refused", NOTHING, why),
        }
    }

    /// Nothing can be told, for this reason.
    pub fn left_open(self, why: &str) -> Self {
        self.expect("cannot-tell", OPEN, why)
    }

    /// Whom the user trusts.
    pub fn trust(&self) -> TrustList {
        let mut trust = TrustList::default();
        for toml in &self.trusted {
            trust.add(Issuer::parse("issuer", toml).unwrap());
        }
        if let Some(key) = &self.yourself {
            trust.add_yourself(multikey::decode(key).unwrap());
        }
        trust
    }

    /// The lists of revoked badges that are believed; a list that is not counts as not given.
    pub fn statuses(&self) -> Vec<List> {
        let trust = self.trust();
        let read = |list: &String| status::read(list.as_bytes(), &trust, &self.did_documents).ok();
        self.status_lists.iter().filter_map(read).collect()
    }

    /// Runs the verifier as a program does.
    pub fn run(&self) -> Verdict {
        self.report().verdict
    }

    /// The same with what the badge says.
    pub fn report(&self) -> Report {
        let attempt = self.attempt.as_ref().map(|a| data_encoding::BASE64.decode(a.as_bytes()).unwrap());
        let check = Check {
            trust: &self.trust(),
            catalogue: &Catalogue::embedded(),
            now: self.now.parse::<DateTime<Utc>>().unwrap(),
            documents: &self.did_documents,
            holder: self.holder.as_deref(),
            attempt: attempt.as_deref(),
            statuses: &self.statuses(),
        };
        match self.kind {
            Kind::Document => verify::document(self.given.as_bytes(), &check),
            Kind::Token => match link::read(&self.given) {
                Ok(link) => verify::token(&link.payload, &check),
                Err(e) => verify::unreadable(Answer::No(e.reason())),
            },
            Kind::File => match Given::read(&data_encoding::BASE64.decode(self.given.as_bytes()).unwrap()) {
                Ok(Found { given: Given::Document(bytes), .. }) => verify::document(&bytes, &check),
                Ok(Found { given: Given::Token(bytes), .. }) => verify::token(&bytes, &check),
                Err(GivenError::Picture(e)) if e.is_open() => {
                    verify::unreadable(Answer::NotChecked(e.reason()))
                }
                Err(e) => verify::unreadable(Answer::No(e.reason())),
            },
        }
    }

    /// What differs from what was expected.
    pub fn failure(&self) -> Option<String> {
        let verdict = self.run();
        let found = Expect {
            outcome: serde_json::to_value(verdict.outcome()).unwrap().as_str().unwrap().to_owned(),
            answers: verdict
                .answers()
                .iter()
                .map(|(name, answer)| ((*name).to_owned(), answer.word().replace(' ', "-")))
                .collect(),
            why: verdict.sentence(),
        };
        let same = found.outcome == self.expect.outcome
            && found.answers == self.expect.answers
            && found.why.contains(&self.expect.why);
        (!same).then(|| format!("expected {:#?}, found {found:#?}", self.expect))
    }

    /// The text of its file.
    pub fn text(&self) -> String {
        format!("{}\n", serde_json::to_string_pretty(self).unwrap())
    }
}

/// Folders of refused vectors by kind of defect, each with the first words of the names that it holds.
pub const DEFECTS: [(&str, &[&str]); 22] = [
    ("altered", &["added", "changed", "dropped", "context"]),
    ("borrowed", &["borrowed"]),
    ("claim", &["assurance", "level"]),
    ("course", &["course"]),
    ("did", &["did"]),
    ("evidence", &["figures", "log", "foreign"]),
    ("form", &["form"]),
    ("holder", &["holder"]),
    ("impossible", &["impossible"]),
    ("key", &["key", "keys"]),
    ("others", &["others"]),
    ("pdf", &["pdf"]),
    ("picture", &["picture"]),
    ("poisoned", &["poisoned"]),
    ("practice", &["practice"]),
    ("proof", &["proof", "signer"]),
    ("respelled", &["respelled"]),
    ("status", &["status", "revocable"]),
    ("supervised", &["supervised"]),
    ("text", &["text"]),
    ("time", &["ends", "expired", "not", "self", "signed", "time"]),
    ("token", &["token"]),
];

/// The folder of a refused vector.
pub fn defect(name: &str) -> &'static str {
    let first = name.split('-').next().unwrap_or(name);
    let found = DEFECTS.iter().find(|(_, words)| words.contains(&first));
    found.unwrap_or_else(|| panic!("{name}: give it the folder of its defect")).0
}

/// Where a folder of vectors is.
pub fn folder(name: &str) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "tests", "data", "vectors", name].iter().collect()
}

/// The vectors that are valid or unproven, by name.
pub fn good() -> BTreeMap<String, Vector> {
    read("good")
}

/// The vectors that are refused or of which nothing can be told, of all kinds of defect, by name.
pub fn bad() -> BTreeMap<String, Vector> {
    DEFECTS.iter().flat_map(|(folder, _)| read(folder)).collect()
}

/// All vectors, good ones first, by folder and name: two folders may each have one of the same name.
pub fn all() -> impl Iterator<Item = (String, Vector)> {
    let bad = bad().into_iter().map(|(name, vector)| (format!("{}/{name}", defect(&name)), vector));
    let good = good().into_iter().map(|(name, vector)| (format!("good/{name}"), vector));
    good.chain(bad).chain(of_libraries())
}

/// Badges that published libraries signed (`tests/interop/foreign.mjs`), and the same badges spoilt.
pub fn of_libraries() -> impl Iterator<Item = (String, Vector)> {
    #[derive(Deserialize)]
    struct Line {
        what: String,
        given: String,
        outcome: String,
    }
    let lines = include_str!("../../data/libraries.jsonl").lines();
    lines.map(|line| {
        let Line { what, given, outcome } = serde_json::from_str(line).unwrap();
        let vector = Vector { trusted: Vec::new(), ..Vector::document(&what, given) };
        let vector = match outcome.as_str() {
            "unproven" => {
                vector.expect("unproven", "yes no - - yes", "is not on the list of trusted issuers")
            }
            _ => vector.refused(""),
        };
        (format!("libraries/{what}"), vector)
    })
}

/// The vectors of one folder by name.
pub fn read(name: &str) -> BTreeMap<String, Vector> {
    let entries = std::fs::read_dir(folder(name)).unwrap();
    let files = entries.map(|entry| entry.unwrap().path());
    files
        .map(|path| {
            let text = std::fs::read_to_string(&path).unwrap();
            let vector = serde_json::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
            (path.file_stem().unwrap().to_str().unwrap().to_owned(), vector)
        })
        .collect()
}
