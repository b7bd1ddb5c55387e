//! Documents and names made at random, always the same ones: near enough to credentials that many pass, and odd enough
//! to meet every rule.

use proptest::prelude::{Rng, RngExt};
use proptest::test_runner::{TestRng, TestRunner};
use serde_json::{Map, Value, json};
use typeproof::badge::vc::context;

use super::Case;
use crate::support::patch::data;

const V1: &str = "https://www.w3.org/2018/credentials/v1";
const V2: &str = context::CREDENTIALS_V2;
const OB: &str = context::OPEN_BADGES;
const OB1: &str = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json";
const OB2: &str = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json";
const DI2: &str = "https://w3id.org/security/data-integrity/v2";

/// The contexts of badges in use, and the clashes between them.
const SETS: [&[&str]; 9] =
    [&[V2, OB], &[V2, OB], &[V2, OB, DI2], &[V2, OB2], &[V1, OB1, DI2], &[V1, OB], &[OB1, OB], &[V1], &[OB1]];

const IDS: &[&str] = &[
    "urn:x:1",
    "urn:x:2",
    "urn:x:3",
    "did:key:z6Mk#z6Mk",
    "https://example.org/a?b=c#d",
    "mailto:a@example.org",
    "https://exämple.org/ü/%C3%BC",
    "http://[::1]:80/",
    "xsd:x",
    "cred:x",
    "sec:x",
    "xsd:x#y",
    "a:",
    "urn:x:😀",
];

const REFERENCES: &[&str] =
    &["_:a", "_:b", "_:a.", "_:", "log", "#me", "", "@foo", "@id", "type", "name", "a b", "urn:x:a b"];

const WORDS: &[&str] = &[
    "wpm",
    "constructor",
    "__proto__",
    "toString",
    "...",
    "ü",
    "a'b",
    "😀",
    "\u{301}x",
    "a/b~c",
    "urn:x:p",
    "Criteria",
    "-1",
];

const TYPES: &[&str] =
    &["Gold", "id", "type", "name", "urn:x:T", "cred:T", "xsd:T", "", "a b", "@foo", "__proto__"];

const PIECES: &[&str] = &[
    "a",
    "B",
    "7",
    " ",
    "é",
    "\"",
    "\\",
    "'",
    "\u{0}",
    "\u{1}",
    "\u{8}",
    "\t",
    "\n",
    "\u{b}",
    "\u{c}",
    "\r",
    "\u{1f}",
    "\u{7f}",
    "\u{80}",
    "\u{85}",
    "\u{a0}",
    "\u{300}",
    "\u{2028}",
    "\u{d7ff}",
    "\u{e000}",
    "\u{feff}",
    "\u{fffd}",
    "\u{fffe}",
    "\u{ffff}",
    "\u{10000}",
    "😀",
    "\u{10ffff}",
    "@",
    "_:",
    "<",
    ">",
    "^^",
    "\\u0041",
    " .\n",
];

struct Odd {
    rng: TestRng,
    /// What stands in the contexts of the present document: a name, and its term if it is one.
    terms: Vec<(String, Value)>,
}

impl Odd {
    fn new() -> Self {
        Self { rng: TestRunner::deterministic().new_rng(), terms: Vec::new() }
    }

    fn one_in(&mut self, n: u32) -> bool {
        self.rng.next_u32().is_multiple_of(n)
    }

    fn pick<'a, T: ?Sized>(&mut self, items: &[&'a T]) -> &'a T {
        items[self.rng.random_range(0..items.len())]
    }

    fn text(&mut self) -> String {
        let length = self.rng.random_range(0..6);
        (0..length).map(|_| self.pick(PIECES)).collect()
    }

    fn number(&mut self) -> Value {
        match self.rng.random_range(0..4) {
            0 => json!(0),
            1 => json!(self.rng.random_range(-20..20)),
            2 => json!(self.rng.random_range(-9_007_199_254_740_991_i64..=9_007_199_254_740_991)),
            _ => json!(self.rng.random_range(1..1000) * 1000),
        }
    }

    fn document(&mut self) -> Value {
        let contexts: Vec<&str> = if self.one_in(8) {
            (0..self.rng.random_range(1..4))
                .map(|_| self.rng.random_range(0..context::BUNDLED.len()))
                .map(|n| context::BUNDLED[n].url)
                .collect()
        } else {
            SETS[self.rng.random_range(0..SETS.len())].to_vec()
        };
        self.terms = contexts.iter().flat_map(|url| terms_of(url)).collect();
        let mut document = self.object(4, &[]);
        document["@context"] = if contexts.len() == 1 { json!(contexts[0]) } else { json!(contexts) };
        document
    }

    fn object(&mut self, depth: usize, around: &[(String, Value)]) -> Value {
        let classes: Vec<(String, Value)> = self
            .terms
            .iter()
            .filter(|(name, _)| name.starts_with(|c: char| c.is_ascii_uppercase()))
            .cloned()
            .collect();
        let mut types = Vec::new();
        let mut scoped = around.to_vec();
        for _ in 0..[1, 1, 1, 1, 0, 2][self.rng.random_range(0..6)] {
            let (name, term) =
                classes.get(self.rng.random_range(0..classes.len().max(1))).cloned().unwrap_or_default();
            types.push(if self.one_in(40) || name.is_empty() { self.pick(TYPES).to_owned() } else { name });
            scoped = members_of(&term["@context"]);
        }
        let mut members = Map::new();
        let id_first = self.one_in(2);
        let ids = if self.one_in(12) { REFERENCES } else { IDS };
        let id = self.one_in(3).then(|| self.pick(ids));
        if let (Some(id), true) = (id, id_first) {
            members.insert("id".into(), id.into());
        }
        match types.as_slice() {
            [] => {}
            [one] if self.one_in(2) => drop(members.insert("type".into(), json!(one))),
            many => drop(members.insert("type".into(), json!(many))),
        }
        if let (Some(id), false) = (id, id_first) {
            members.insert("id".into(), id.into());
        }
        for _ in 0..self.rng.random_range(usize::from(members.is_empty())..5) {
            let (name, term) = self.term(&scoped);
            let value = self.values(&term, depth, &scoped);
            members.insert(name, value);
        }
        members.into()
    }

    /// A member that has a meaning here, mostly.
    fn term(&mut self, scoped: &[(String, Value)]) -> (String, Value) {
        if self.one_in(60) {
            let name = if self.one_in(2) { self.text() } else { self.pick(WORDS).to_owned() };
            return (name, Value::Null);
        }
        let wide = scoped.is_empty() || self.one_in(3);
        let from = if wide { self.terms.clone() } else { scoped.to_vec() };
        let is_member = |name: &str| name.starts_with(|c: char| c.is_ascii_lowercase() || c == '_');
        let is_plain = |name: &str| is_member(name) && !["id", "type"].contains(&name);
        let from: Vec<_> = from.into_iter().filter(|(name, _)| is_plain(name)).collect();
        from.get(self.rng.random_range(0..from.len().max(1))).cloned().unwrap_or(("name".into(), Value::Null))
    }

    fn values(&mut self, term: &Value, depth: usize, around: &[(String, Value)]) -> Value {
        match self.rng.random_range(0..12) {
            0 => (0..self.rng.random_range(1..4)).map(|_| self.value(term, depth, around)).collect(),
            1 if self.one_in(2) => vec![self.value(term, depth, around); self.rng.random_range(1..6)].into(),
            2 if self.one_in(8) => self.void(),
            _ => self.value(term, depth, around),
        }
    }

    fn void(&mut self) -> Value {
        [json!(null), json!([]), json!({}), json!([null]), json!([["x"]]), json!([{}])]
            [self.rng.random_range(0..6)]
        .clone()
    }

    fn value(&mut self, term: &Value, depth: usize, around: &[(String, Value)]) -> Value {
        let is_reference = term["@type"] == "@id";
        match self.rng.random_range(0..12) {
            0..4 if depth > 0 => self.object(depth - 1, around),
            4 => self.number(),
            5 => json!(self.one_in(2)),
            _ if term["@type"] == "@vocab" => {
                json!(self.pick(&["assertionMethod", "authentication", "urn:x:1", "no", "name"]))
            }
            _ if is_reference && self.one_in(8) => json!(self.pick(REFERENCES)),
            _ if is_reference => json!(self.pick(IDS)),
            _ => self.text().into(),
        }
    }
}

fn members_of(context: &Value) -> Vec<(String, Value)> {
    let members = context.as_object().into_iter().flatten();
    members
        .filter(|(name, _)| !name.starts_with('@'))
        .map(|(name, term)| (name.clone(), term.clone()))
        .collect()
}

fn terms_of(url: &str) -> Vec<(String, Value)> {
    let json: Value = serde_json::from_str(context::find(url).unwrap().json).unwrap();
    members_of(&json["@context"])
}

impl Odd {
    /// A badge with one to three places changed.
    fn altered(&mut self, badge: &Value) -> Value {
        self.terms = [V2, OB].into_iter().flat_map(terms_of).collect();
        let mut badge = badge.clone();
        for _ in 0..self.rng.random_range(1..4) {
            let mut places = Vec::new();
            pointers(&badge, "", &mut places);
            let (place, other) =
                (self.rng.random_range(0..places.len()), self.rng.random_range(0..places.len()));
            let source = badge.pointer(&places[other]).cloned().unwrap_or_default();
            let (name, term) = self.term(&[]);
            let value = self.values(&term, 1, &[]);
            let ids = if self.one_in(2) { IDS } else { REFERENCES };
            let id = json!(self.pick(ids));
            let target = badge.pointer_mut(&places[place]).unwrap();
            match (self.rng.random_range(0..5), target) {
                (0, target) => *target = source,
                (1, target) => *target = value,
                (2, target) => *target = id,
                (3, target) => *target = vec![target.take(); self.rng.random_range(1..6)].into(),
                (_, Value::Object(members)) => drop(members.insert(name, value)),
                (_, Value::Array(items)) => items.push(source),
                (_, target) => *target = source,
            }
        }
        badge
    }
}

/// Where every value below this one stands, the contexts apart.
fn pointers(value: &Value, path: &str, into: &mut Vec<String>) {
    let members: Vec<(String, &Value)> = match value {
        Value::Object(members) => members.iter().map(|(name, value)| (name.clone(), value)).collect(),
        Value::Array(items) => items.iter().enumerate().map(|(at, value)| (at.to_string(), value)).collect(),
        _ => Vec::new(),
    };
    for (name, value) in members.into_iter().filter(|(name, _)| name != "@context") {
        let path = format!("{path}/{}", name.replace('~', "~0").replace('/', "~1"));
        pointers(value, &path, into);
        into.push(path);
    }
}

/// That many badges with something changed.
pub(super) fn altered(count: usize) -> Vec<Case> {
    let (mut odd, badge) = (Odd::new(), data("proofs/credential.json"));
    (0..count).map(|number| (format!("altered badge {number}"), odd.altered(&badge))).collect()
}

/// That many documents.
pub(super) fn documents(count: usize) -> Vec<Case> {
    let mut odd = Odd::new();
    (0..count).map(|number| (format!("odd document {number}"), odd.document())).collect()
}

const SCHEMES: &[&str] = &["a:", "http:", "A1+.-:", "urn:", "1:", ":", "", "é:", "a", "a_b:"];
const AUTHORITIES: &[&str] = &[
    "",
    "//",
    "//h",
    "//h:80",
    "//h:8x",
    "//u:p@h",
    "//u@v@h",
    "//[::1]",
    "//[::1]:80",
    "//[::1]x",
    "//[::1",
    "//u@[::1]",
    "//[1::2::3]",
    "//[1:2:3:4:5:6:7:8]",
    "//[1:2:3:4:5:6:7::]",
    "//[1:2:3:4:5:6:7:8::]",
    "//[::1.2.3.4]",
    "//[::01.2.3.4]",
    "//[::1.2.3.256]",
    "//[1.2.3.4::]",
    "//[v1.a:b]",
    "//[V.a]",
    "//[v1.]",
    "//[]",
    "//[::1%25eth0]",
    "//[a@[::1]",
    "//%41%zz",
    "//ü",
    "//h\\",
    "/",
    "///",
    "//[12345::]",
    "//[::ffff:1.2.3.4]",
    "//[1:2:3:4:5:6:7:1.2.3.4]",
    "//[::\t1]",
    "//[::1]@h",
    "//h[",
];
const PATHS: &[&str] = &[
    "",
    "/",
    "/a/b",
    "a:b@c",
    "/%C3%A9",
    "/%",
    "/%4",
    "/a b",
    "/<a>",
    "/é😀",
    "/\u{e000}",
    "/\u{fffe}",
    "//x",
    "/[",
    "/\\",
    "/^",
    "/`",
    "/{}",
    "/|",
    "/\"",
    "/'",
];
const ENDS: &[&str] = &[
    "",
    "?",
    "?a=b/c?d",
    "?\u{e000}\u{10fffd}",
    "?[",
    "#",
    "#a/b?c",
    "#a#b",
    "#\u{e000}",
    "?a#\u{feff}",
    "#%zz",
    "?\u{fdd0}",
    "#\u{efffd}",
    "#\u{e0001}",
];
const LABEL_PIECES: &[&str] = &[
    "a",
    "Z",
    "0",
    "_",
    ":",
    ".",
    "-",
    "·",
    "\u{300}",
    "\u{37e}",
    "\u{203f}",
    "é",
    "×",
    "÷",
    "😀",
    "\u{f0000}",
    "\u{2190}",
    "\u{200c}",
    " ",
    "\u{fffe}",
    "\u{3000}",
    "\u{fdd0}",
];

/// Addresses and labels of blank nodes, good and bad, each where it decides whether a document passes.
pub(super) fn names() -> Vec<Case> {
    let mut odd = Odd::new();
    let mut cases = Vec::new();
    for _ in 0..1500 {
        let (scheme, authority) = (odd.pick(SCHEMES), odd.pick(AUTHORITIES));
        let iri = format!("{scheme}{authority}{}{}", odd.pick(PATHS), odd.pick(ENDS));
        cases.push((iri.clone(), json!({"@context": V2, "id": iri, "name": "x"})));
    }
    for authority in AUTHORITIES {
        for end in ["", "/", "?", "#"] {
            let iri = format!("http:{authority}{end}");
            cases.push((iri.clone(), json!({"@context": V2, "id": iri, "name": "x"})));
        }
    }
    for _ in 0..300 {
        let length = odd.rng.random_range(1..4);
        let label: String = (0..length).map(|_| odd.pick(LABEL_PIECES)).collect();
        cases.push((
            label.clone(),
            json!({"@context": V2, "type": "VerifiableCredential", "evidence": format!("_:{label}")}),
        ));
    }
    cases
}
