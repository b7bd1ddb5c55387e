//! Every vector, given to the page as people give badges, is answered as the program answers it.

use std::collections::BTreeMap;

use data_encoding::BASE64;
use serde::Deserialize;
use serde_json::{Value, json};
use typeproof::badge::verify::verdict::Verdict;

use super::{Made, Site, browser};
use crate::support::node;
use crate::support::vector::{self, Kind, Vector};
use crate::web::engine::OWN_WORDS;

/// The address before the `#` of most tokens among the vectors.
const BASE: &str = "https://badges.example.org/v#";

/// Asks of one tab: more would leave the others without work.
const TAB: usize = 40;

/// One of so many vectors is also asked of a browser without WebCrypto at all.
const SAMPLE: usize = 10;

/// How something is given.
#[derive(Clone, Copy, Debug, PartialEq)]
enum How {
    Fragment,
    File,
    Paste,
}

/// A vector, the number of its page, and its name.
struct Ask {
    name: String,
    page: usize,
    vector: Vector,
}

/// What the page says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Said {
    error: Option<String>,
    outcome: String,
    answers: BTreeMap<String, String>,
    sentence: String,
    /// The reason that the sentence gives.
    code: String,
}

/// All vectors, as the page can be asked: it replays no log and nobody is signed in.
fn asks() -> (Vec<Ask>, Vec<Made>) {
    let mut pages = Vec::new();
    let asks = vector::all().map(|(name, mut vector)| {
        (vector.attempt, vector.yourself) = (None, None);
        vector.holder = vector.holder.filter(|holder| !holder.trim().is_empty());
        let statuses = vector.statuses();
        let made =
            Made { trusted: vector.trusted.clone(), documents: vector.did_documents.clone(), statuses };
        let page = pages.iter().position(|known| *known == made).unwrap_or_else(|| {
            pages.push(made);
            pages.len() - 1
        });
        Ask { name, page, vector }
    });
    (asks.collect(), pages)
}

impl Ask {
    fn bytes(&self) -> Vec<u8> {
        match self.vector.kind {
            Kind::File => BASE64.decode(self.vector.given.as_bytes()).unwrap(),
            Kind::Document | Kind::Token => self.vector.given.clone().into_bytes(),
        }
    }

    /// What is behind the `#`, where the address before it decides nothing and no text follows, which nobody opens.
    fn fragment(&self) -> Option<&str> {
        let alone =
            |rest: &&str| !rest.is_empty() && !rest.contains([' ', '\n', '&']) && !rest.contains("://");
        self.vector.given.strip_prefix(BASE).filter(alone).filter(|_| self.vector.kind == Kind::Token)
    }

    /// The way that is preferred, if it is one for this vector. A text field makes other line ends of some.
    fn how(&self, preferred: How) -> How {
        match (self.vector.kind, preferred) {
            (Kind::Token, How::Fragment) if self.fragment().is_some() => How::Fragment,
            (Kind::Document, How::Paste) if self.vector.given.contains(['\r', '\0']) => How::File,
            (Kind::Document, How::Fragment) | (Kind::File, _) => How::File,
            _ => How::Paste,
        }
    }

    fn to_json(&self, how: How) -> Value {
        let what = match how {
            How::Fragment => self.fragment().unwrap().to_owned(),
            How::File => BASE64.encode(&self.bytes()),
            How::Paste => self.vector.given.clone(),
        };
        let how = format!("{how:?}").to_lowercase();
        json!({"name": self.name, "how": how, "what": what, "now": self.vector.now, "holder": self.vector.holder})
    }

    /// What the program says when it is given the same in the same way: a text may be a link, whatever it was meant as.
    fn verdict(&self, how: How) -> Verdict {
        match how {
            How::Fragment => self.vector.run(),
            // The page leaves out what surrounds a pasted text.
            How::Paste => self.read(self.vector.given.trim().as_bytes()),
            How::File => self.read(&self.bytes()),
        }
    }

    fn read(&self, bytes: &[u8]) -> Verdict {
        Vector { kind: Kind::File, given: BASE64.encode(bytes), ..self.vector.clone() }.run()
    }

    /// What differs.
    fn failure(&self, how: How, said: &Said) -> Option<String> {
        let verdict = self.verdict(how);
        let answers =
            verdict.answers().map(|(name, answer)| (name.to_owned(), answer.word().replace(' ', "-")));
        let outcome = serde_json::to_value(verdict.outcome()).unwrap();
        let same = said.error.is_none()
            && said.outcome == outcome.as_str().unwrap()
            && said.answers == BTreeMap::from(answers)
            && said.code == verdict.deciding().reason().code()
            && (said.sentence == verdict.sentence() || OWN_WORDS.contains(&said.code.as_str()));
        (!same).then(|| {
            format!("{} by {how:?}: expected {outcome} {}\n    found {said:?}", self.name, verdict.sentence())
        })
    }
}

/// A pass over all of these in tabs of a few, by file or by server.
fn pass(name: &str, crypto: &str, asks: &[(&Ask, How)], address: impl Fn(usize) -> String) -> Value {
    let mut pages: BTreeMap<usize, Vec<Value>> = BTreeMap::new();
    for (ask, how) in asks {
        pages.entry(ask.page).or_default().push(ask.to_json(*how));
    }
    let tabs = pages.iter().flat_map(|(page, asks)| asks.chunks(TAB).map(|asks| (*page, asks)));
    let tabs = tabs.map(|(page, asks)| json!({"address": address(page), "asks": asks}));
    json!({"name": name, "crypto": crypto, "tabs": tabs.collect::<Vec<_>>()})
}

#[test]
fn the_page_answers_every_vector_as_the_program_does() {
    let Some(chromium) = browser() else { return };
    let (asks, pages) = asks();
    let site = Site::new(&pages);
    let by = |preferred: How| asks.iter().map(|ask| (ask, ask.how(preferred))).collect::<Vec<_>>();
    let served = by(How::Fragment);
    let files = by(How::Paste);
    let sample: Vec<_> = served.iter().step_by(SAMPLE).copied().collect();
    let passes = [
        ("served", "native", &served, true),
        ("file, Ed25519 refused", "refused", &files, false),
        ("file, no WebCrypto", "absent", &sample, false),
    ];
    let address = |served: bool| {
        let site = &site;
        move |page| if served { site.served(page) } else { site.file(page) }
    };
    let jobs =
        passes.each_ref().map(|(name, crypto, asks, served)| pass(name, crypto, asks, address(*served)));
    let said = node::run("vectors.mjs", &json!({"chromium": chromium, "passes": jobs}));
    assert_eq!(said["trouble"], json!([]), "no request, no violation, no error");
    let mut answers: BTreeMap<String, BTreeMap<String, Said>> =
        serde_json::from_value(said["answers"].clone()).unwrap();
    for (name, _, asks, _) in passes {
        let answers = answers.remove(name).unwrap();
        assert_eq!(answers.len(), asks.len(), "{name}");
        let failures: Vec<_> =
            asks.iter().filter_map(|(ask, how)| ask.failure(*how, &answers[&ask.name])).collect();
        assert!(
            failures.is_empty(),
            "{name}: {} of {}:\n{}",
            failures.len(),
            asks.len(),
            failures.join("\n")
        );
    }
}
