//! The bundled JSON-LD contexts for the page: 50 kB of JSON as 5, and not a member is lost, since a context that
//! differs in anything may clash with another.

use serde_json::{Map, Value};

use super::pack;
use crate::badge::vc::context;

/// What stands under `@context`, by the address of each context, as one packed text. Members are in the order of their
/// names, so that contexts that say the same are the same text.
pub fn packed() -> Value {
    let inner = |json| serde_json::from_str::<Value>(json).unwrap_or_default()["@context"].take();
    let by_url = context::BUNDLED.iter().map(|context| (context.url.to_owned(), inner(context.json)));
    let mut contexts: Value = by_url.collect::<Map<_, _>>().into();
    contexts.sort_all_objects();
    pack::pack(&contexts)
}
