//! The words of a document, and those that its contexts define.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::badge::vc::context;
use crate::badge::vc::json::shown;

/// How many unknown words an error names.
const NAMED_MAX: usize = 5;

/// The member names and types of a document that stand in none of its contexts, for the error's sake.
pub(super) fn unknown_words(document: &Value) -> Vec<String> {
    let known = known_words(document);
    let mut used = BTreeSet::new();
    words(document, &mut used);
    listed(used.difference(&known).filter(|word| !word.contains(':')))
}

/// Every word that a context of the document defines somewhere.
pub(super) fn known_words(document: &Value) -> BTreeSet<String> {
    let mut known = BTreeSet::from(["@context".to_owned(), "id".to_owned(), "type".to_owned()]);
    for context in context::of(document).unwrap_or_default() {
        let terms: Value = serde_json::from_str(context.json).unwrap_or_default();
        words(&terms, &mut known);
    }
    known
}

/// The first few of these words, in quotation marks.
pub(super) fn listed<'a>(words: impl IntoIterator<Item = &'a String>) -> Vec<String> {
    words.into_iter().take(NAMED_MAX).map(|word| format!("\"{}\"", shown(word))).collect()
}

/// Every member name and every `type` within a value.
fn words(value: &Value, into: &mut BTreeSet<String>) {
    each_member(value, &mut |name, value| {
        into.insert(name.to_owned());
        if name == "type" {
            let types = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
            into.extend(types.iter().filter_map(Value::as_str).map(str::to_owned));
        }
    });
}

pub(super) fn each_member(value: &Value, see: &mut impl FnMut(&str, &Value)) {
    match value {
        Value::Object(members) => members.iter().for_each(|(name, value)| {
            see(name, value);
            each_member(value, see);
        }),
        Value::Array(list) => list.iter().for_each(|value| each_member(value, see)),
        _ => {}
    }
}
