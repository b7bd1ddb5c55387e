//! What people have around a badge: a list of one, a presentation, an object with the badge as its `credential`, a text in
//! UTF-16. One badge is taken out; of several, and of badges of Open Badges 2, it is said what they are.

use std::borrow::Cow;

use serde_json::Value;

use crate::badge::reasons::Reason;
use crate::badge::vc::json::shown;

/// How many wrappings are taken off: a presentation within an answer of a service has two.
const LAYERS_MAX: usize = 4;

/// How the addresses of the contexts of Open Badges 1 and 2 begin.
const OPEN_BADGES_2: &str = "https://w3id.org/openbadges/v";

/// What lies inside.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Inside {
    /// A credential, or what is no wrapping that is known here.
    Credential(Value),
    /// A compact token.
    Token(String),
}

/// The text as UTF-8, if it begins with the mark of UTF-16.
pub(super) fn as_utf8(bytes: &[u8]) -> Cow<'_, [u8]> {
    let units = |pair: fn([u8; 2]) -> u16| -> Option<String> {
        let (pairs, rest) = bytes.as_chunks::<2>();
        let units: Vec<u16> = pairs.iter().skip(1).map(|two| pair(*two)).collect();
        rest.is_empty().then(|| String::from_utf16(&units).ok())?
    };
    let text = match bytes {
        [0xff, 0xfe, ..] => units(u16::from_le_bytes),
        [0xfe, 0xff, ..] => units(u16::from_be_bytes),
        _ => None,
    };
    text.map_or(Cow::Borrowed(bytes), |text| Cow::Owned(text.into_bytes()))
}

/// Takes the one badge out of what is around it.
///
/// # Errors
/// The reason why nothing can be told: several badges, or one of Open Badges 2, which lives at an address.
pub(super) fn opened(mut value: Value) -> Result<Inside, Reason> {
    for _ in 0..LAYERS_MAX {
        value = match layer(value)? {
            Layer::Open(inner) => inner,
            Layer::None(Value::String(text)) if text.starts_with("ey") => return Ok(Inside::Token(text)),
            Layer::None(value) => return older(&value).map_or(Ok(Inside::Credential(value)), Err),
        };
    }
    Ok(Inside::Credential(value))
}

enum Layer {
    Open(Value),
    None(Value),
}

fn layer(value: Value) -> Result<Layer, Reason> {
    match value {
        Value::Array(mut items) => match items.len() {
            1 => Ok(Layer::Open(items.swap_remove(0))),
            0 => Ok(Layer::None(Value::Array(items))),
            count => Err(Reason::new("wrapped-several").with("count", count)),
        },
        Value::Object(mut members) => {
            let named = ["credential", "verifiableCredential", "verifiablePresentation"];
            let is_plain = !members.contains_key("credentialSubject") && !members.contains_key("proof");
            let is_presentation = is_of_type(members.get("type"), "VerifiablePresentation");
            let inner = match is_plain || is_presentation {
                true => named.into_iter().find(|name| members.contains_key(*name)),
                false => None,
            };
            match inner.and_then(|name| members.swap_remove(name)) {
                Some(inner) => Ok(Layer::Open(inner)),
                None => Ok(Layer::None(Value::Object(members))),
            }
        }
        value => Ok(Layer::None(value)),
    }
}

/// That it is a badge of Open Badges 2, and where it lives, if so.
fn older(value: &Value) -> Option<Reason> {
    let contexts = value.get("@context")?;
    let contexts = contexts.as_array().map_or(std::slice::from_ref(contexts), Vec::as_slice);
    let is_older = contexts.iter().filter_map(Value::as_str).any(|url| url.starts_with(OPEN_BADGES_2));
    let hosted = value.get("id").and_then(Value::as_str).filter(|id| id.starts_with("http"));
    match (is_older, hosted) {
        (false, _) => None,
        (true, Some(url)) => Some(Reason::new("older-hosted").with("url", shown(url))),
        (true, None) => Some(Reason::new("older-badge")),
    }
}

fn is_of_type(value: Option<&Value>, wanted: &str) -> bool {
    value.is_some_and(|value| {
        value == wanted || value.as_array().is_some_and(|all| all.iter().any(|t| t == wanted))
    })
}
