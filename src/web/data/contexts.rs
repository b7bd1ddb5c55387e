//! The bundled JSON-LD contexts, packed for the page: 50 kB of JSON become 11, and not a member is lost, since a
//! context that differs in anything may clash with another.
//!
//! A text `~2x` is prefix 2 and `x`; `=2` is prefix 2 and the member's own name. An array is a term's `@id`, `@type`
//! and `@container`, of which 0 is absent. A member `*` is the three members of nearly every context. A whole number
//! is an entry of `shared`. `page/engine/rdf-contexts.mjs` unpacks.

use crate::badge::context;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// How the addresses in contexts begin, at most ten; a longer one stands before one that it begins with.
const PREFIXES: [&str; 9] = [
    "https://purl.imsglobal.org/spec/vc/ob/vocab.html#",
    "https://schema.org/",
    "https://www.w3.org/2018/credentials#",
    "https://w3id.org/security#",
    "http://www.w3.org/2001/XMLSchema#",
    "https://www.w3.org/2001/XMLSchema#",
    "https://www.w3.org/ns/credentials/status#",
    "https://www.iana.org/assignments/jwt#",
    "https://www.iana.org/assignments/jose#",
];

/// What nearly every context says.
const COMMON: [(&str, &str); 2] = [("id", "@id"), ("type", "@type")];

/// The members that a packed term has places for.
const MEMBERS: [&str; 3] = ["@id", "@type", "@container"];

/// The shortest packed value that is worth an entry in `shared`, in bytes of JSON.
const SHARED_MIN: usize = 8;

/// `{"prefixes": […], "shared": […], "contexts": {address: packed}}`.
pub fn packed() -> Value {
    let contexts: Vec<(&str, Value)> = context::BUNDLED
        .iter()
        .map(|context| (context.url, serde_json::from_str::<Value>(context.json).unwrap_or_default()))
        .map(|(url, json)| (url, pack("", &json["@context"])))
        .collect();
    let mut seen = BTreeMap::new();
    contexts.iter().for_each(|(_, packed)| tally(packed, &mut seen));
    let mut shared = Shared { seen, places: BTreeMap::new(), entries: Vec::new() };
    let contexts: Map<String, Value> =
        contexts.into_iter().map(|(url, packed)| (url.to_owned(), shared.share(packed))).collect();
    json!({ "prefixes": PREFIXES, "shared": shared.entries, "contexts": contexts })
}

fn pack(name: &str, value: &Value) -> Value {
    match value {
        Value::String(text) => pack_text(name, text).into(),
        Value::Object(members) if is_term(members) => pack_term(name, members),
        Value::Object(members) => pack_members(members),
        other => other.clone(),
    }
}

fn pack_text(name: &str, text: &str) -> String {
    let found = PREFIXES.iter().enumerate().find_map(|(n, prefix)| Some((n, text.strip_prefix(prefix)?)));
    match found {
        Some((n, rest)) if rest == name => format!("={n}"),
        Some((n, rest)) => format!("~{n}{rest}"),
        None => text.to_owned(),
    }
}

fn is_term(members: &Map<String, Value>) -> bool {
    members.contains_key("@id")
        && members.iter().all(|(name, value)| MEMBERS.contains(&name.as_str()) && value.is_string())
}

fn pack_term(name: &str, members: &Map<String, Value>) -> Value {
    let mut packed: Vec<Value> = MEMBERS
        .iter()
        .map(|member| members.get(*member).map_or(json!(0), |value| pack(name, value)))
        .collect();
    while packed.last() == Some(&json!(0)) {
        packed.pop();
    }
    packed.into()
}

/// The members in the order of their names, so that equal contexts are equal texts.
fn pack_members(members: &Map<String, Value>) -> Value {
    let common = members.get("@protected") == Some(&Value::Bool(true))
        && COMMON.iter().all(|(name, value)| members.get(*name).is_some_and(|v| v == value));
    let is_common = |name: &str| name == "@protected" || COMMON.iter().any(|(common, _)| *common == name);
    let sorted: BTreeMap<&String, &Value> = members.iter().collect();
    let own = sorted.into_iter().filter(|(name, _)| !(common && is_common(name)));
    let own = own.map(|(name, value)| (name.clone(), pack(name, value)));
    common.then(|| ("*".to_owned(), json!(1))).into_iter().chain(own).collect::<Map<_, _>>().into()
}

/// How often each packed value occurs.
fn tally(value: &Value, seen: &mut BTreeMap<String, usize>) {
    if let Value::Object(members) = value {
        members.values().for_each(|value| tally(value, seen));
    }
    if value.is_object() || value.is_array() {
        *seen.entry(value.to_string()).or_default() += 1;
    }
}

/// Values that occur more than once, each kept once.
struct Shared {
    seen: BTreeMap<String, usize>,
    places: BTreeMap<String, usize>,
    entries: Vec<Value>,
}

impl Shared {
    fn share(&mut self, value: Value) -> Value {
        let text = value.to_string();
        if let Some(place) = self.places.get(&text) {
            return json!(place);
        }
        let value = match value {
            Value::Object(members) => members
                .into_iter()
                .map(|(name, value)| (name, self.share(value)))
                .collect::<Map<_, _>>()
                .into(),
            other => other,
        };
        if text.len() < SHARED_MIN || self.seen.get(&text).is_none_or(|count| *count < 2) {
            return value;
        }
        self.entries.push(value);
        self.places.insert(text, self.entries.len() - 1);
        json!(self.entries.len() - 1)
    }
}
