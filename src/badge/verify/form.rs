//! The form in which a badge is read: where one text is read there is one text, and nowhere else is it said otherwise.
//!
//! An RDF proof signs statements, not their spelling. The same statements can be written in several ways: a list of
//! one for the one, an object for the id it has, a node's members wherever the node is named. A reader of JSON would
//! see another badge in each. So the one spelling that is read here is stated in a table, and every other refused.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::badge::reasons::Reason;
use crate::badge::vc::json::{shown, step};

/// What may stand at a place that is read; it may always be missing.
enum Expected {
    /// One text.
    Text,
    /// `true` or `false`.
    Flag,
    /// Whatever it is: only whether it is there is read.
    Present,
    /// One object.
    One(Parts),
    /// One object, or a list of one.
    Sole(Parts),
    /// An object or a list of objects.
    Many(Parts),
    /// An object, or its id alone.
    Named(Parts),
}

/// The members of an object that are read.
type Parts = &'static [(&'static str, Expected)];

const PROFILE: Parts = &[("id", Expected::Text), ("name", Expected::Text), ("url", Expected::Text)];

const LEVEL: Parts = &[("id", Expected::Text), ("name", Expected::Text)];

const DESCRIPTION: Parts =
    &[("id", Expected::Text), ("name", Expected::Text), ("rubricCriterionLevel", Expected::Many(LEVEL))];

const ACHIEVEMENT: Parts = &[
    ("id", Expected::Text),
    ("name", Expected::Text),
    ("criteria", Expected::One(&[("id", Expected::Text), ("narrative", Expected::Text)])),
    ("resultDescription", Expected::Many(DESCRIPTION)),
];

const IDENTITY: Parts = &[
    ("identityHash", Expected::Text),
    ("identityType", Expected::Text),
    ("hashed", Expected::Flag),
    ("salt", Expected::Text),
];

const RESULT: Parts =
    &[("resultDescription", Expected::Text), ("achievedLevel", Expected::Text), ("value", Expected::Text)];

const SUBJECT: Parts = &[
    ("id", Expected::Text),
    ("name", Expected::Text),
    ("identifier", Expected::Many(IDENTITY)),
    ("activityStartDate", Expected::Text),
    ("activityEndDate", Expected::Text),
    ("achievement", Expected::One(ACHIEVEMENT)),
    ("result", Expected::Many(RESULT)),
];

/// Everything that is read of a badge besides its types and proofs.
const CREDENTIAL: Parts = &[
    ("id", Expected::Text),
    ("issuer", Expected::Named(PROFILE)),
    ("validFrom", Expected::Text),
    ("validUntil", Expected::Text),
    ("issuanceDate", Expected::Text),
    ("expirationDate", Expected::Text),
    ("credentialSubject", Expected::Sole(SUBJECT)),
    ("evidence", Expected::Many(&[("id", Expected::Text), ("narrative", Expected::Text)])),
    ("credentialStatus", Expected::Present),
];

/// Why a badge is not read. A place is a JSON pointer (RFC 6901).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.reason())]
pub enum FormError {
    /// Something else than is read there.
    Other {
        /// Where it is.
        path: String,
        /// What is read there: the code of a reason.
        what: &'static str,
    },
    /// A node's members are spread over the document.
    Elsewhere {
        /// The node's id.
        id: String,
        /// Where the node is read.
        path: String,
        /// The member that stands elsewhere, and not so there.
        name: &'static str,
    },
}

impl FormError {
    /// The reason: a code and what the words for it need.
    #[must_use]
    pub fn reason(&self) -> Reason {
        match self {
            Self::Other { path, what } => {
                Reason::new("form-other").with("path", path.as_str()).with("what", Reason::new(what))
            }
            Self::Elsewhere { id, path, name } => Reason::new("form-elsewhere")
                .with("id", id.as_str())
                .with("path", path.as_str())
                .with("name", *name),
        }
    }
}

/// An object that is read: where it is, its id, its members, and those of them that are read.
struct Read<'a> {
    path: String,
    id: &'a str,
    members: Option<&'a Map<String, Value>>,
    parts: Parts,
}

/// Whether a credential has the one form that is read here.
///
/// # Errors
/// [`FormError`] says where it has another.
pub fn check(credential: &Value) -> Result<(), FormError> {
    let mut read = Vec::new();
    object(credential, CREDENTIAL, "", &mut read)?;
    let mut nodes = BTreeMap::new();
    collect(credential, &mut nodes);
    read.iter().try_for_each(|node| said_here(node, &nodes))
}

fn object<'a>(value: &'a Value, parts: Parts, path: &str, read: &mut Vec<Read<'a>>) -> Result<(), FormError> {
    let Some(members) = value.as_object() else { return other(path, "form-object") };
    if let Some(id) = members.get("id").and_then(Value::as_str) {
        read.push(Read { path: path.to_owned(), id, members: Some(members), parts });
    }
    for (name, form) in parts {
        if let Some(value) = members.get(*name) {
            fits(value, form, &step(path, name), read)?;
        }
    }
    Ok(())
}

fn fits<'a>(
    value: &'a Value,
    form: &Expected,
    path: &str,
    read: &mut Vec<Read<'a>>,
) -> Result<(), FormError> {
    match (form, value) {
        (Expected::Text, Value::String(_)) | (Expected::Flag, Value::Bool(_)) | (Expected::Present, _) => {
            Ok(())
        }
        (Expected::Text, _) => other(path, "form-text"),
        (Expected::Flag, _) => other(path, "form-flag"),
        (Expected::Named(parts), Value::String(id)) => {
            read.push(Read { path: path.to_owned(), id, members: None, parts });
            Ok(())
        }
        (Expected::Many(parts), Value::Array(items)) => {
            let mut numbered = items.iter().enumerate();
            numbered.try_for_each(|(n, item)| object(item, parts, &step(path, &n.to_string()), read))
        }
        (Expected::Sole(parts), Value::Array(items)) => match items.as_slice() {
            [one] => object(one, parts, &step(path, "0"), read),
            _ => other(path, "form-one"),
        },
        (
            Expected::One(parts) | Expected::Sole(parts) | Expected::Many(parts) | Expected::Named(parts),
            value,
        ) => object(value, parts, path, read),
    }
}

fn other(path: &str, what: &'static str) -> Result<(), FormError> {
    Err(FormError::Other { path: path.to_owned(), what })
}

/// Every object of the document that has an id, by it.
fn collect<'a>(value: &'a Value, nodes: &mut BTreeMap<&'a str, Vec<&'a Map<String, Value>>>) {
    match value {
        Value::Object(members) => {
            if let Some(id) = members.get("id").and_then(Value::as_str) {
                nodes.entry(id).or_default().push(members);
            }
            members.values().for_each(|value| collect(value, nodes));
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, nodes)),
        _ => {}
    }
}

/// Whether no other object of this id says anything that is not said, and said so, where the node is read: to RDF
/// they are one node.
fn said_here(node: &Read<'_>, nodes: &BTreeMap<&str, Vec<&Map<String, Value>>>) -> Result<(), FormError> {
    let others = nodes.get(node.id).into_iter().flatten();
    for other in others.filter(|other| node.members.is_none_or(|own| !std::ptr::eq(own, **other))) {
        for (name, _) in node.parts {
            let own = node.members.and_then(|own| own.get(*name));
            if *name != "id" && other.get(*name).is_some_and(|value| Some(value) != own) {
                let (id, path) = (shown(node.id), node.path.clone());
                return Err(FormError::Elsewhere { id, path, name });
            }
        }
    }
    Ok(())
}
