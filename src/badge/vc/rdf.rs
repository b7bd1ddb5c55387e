//! JSON-LD in safe mode: a document becomes RDF only if nothing of it is lost on the way, and only if canonicalising
//! it cannot be made to take for ever.
//!
//! A JSON-LD processor silently drops what its contexts do not define. Whatever is dropped is not signed: anyone
//! could add it to a signed badge, or change it there. Open Badges 3.0 and Data Integrity (section 2.4.3) therefore
//! refuse such a document as a whole. Three rules hold that here, since the processor has no such mode:
//!
//! 1. no member name is empty, a keyword, a blank node or holds white space; none is an address or a class, by which
//!    a statement could be made under a second name; no nested array, no empty object. A null and an empty array say
//!    nothing, in RDF as to a reader, so they may stand under a name that has a meaning;
//! 2. every `id` is an absolute IRI and has become a node, every `type` is a text;
//! 3. every other value and every object has become exactly one RDF quad.

mod compiled;
mod graph;
mod numbers;
mod words;

pub use graph::{ALIKE_MAX, ALIKE_TOTAL_MAX};

use crate::badge::reasons::Reason;
use crate::badge::vc::context::{self, ContextError};
use crate::badge::vc::json::{shown, step};
use graph::Costly;
use oxiri::Iri;
use oxjsonld::{JsonLdParser, JsonLdRemoteDocument};
use oxrdf::vocab::rdf;
use oxrdf::{BlankNode, GraphName, NamedOrBlankNode, Quad, Term};
use serde_json::{Map, Value};
use std::collections::{BTreeSet, HashSet};
use words::{each_member, known_words, listed, unknown_words};

/// Why a document is not turned into RDF. A place is a JSON pointer (RFC 6901).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.reason())]
pub enum RdfError {
    /// The document's contexts are refused.
    Context(#[from] ContextError),
    /// The document is no JSON object.
    NotAnObject,
    /// A member name that JSON-LD would take for something else or drop.
    Name {
        /// Where it is.
        path: String,
    },
    /// A member name that says what a plain one says: an IRI (whole or with a prefix), or a class that a context lets
    /// stand for a property, as `Criteria` for `criteria`.
    Alias {
        /// Where it is.
        path: String,
    },
    /// A value that JSON-LD drops.
    Void {
        /// Where it is.
        path: String,
        /// What it is: the code of a reason.
        what: &'static str,
    },
    /// An `id` that is not an absolute IRI.
    Id {
        /// Where it is.
        path: String,
    },
    /// A `type` that is neither a text nor an array of texts, or names a blank node.
    Type {
        /// Where it is.
        path: String,
    },
    /// The processor refuses the document.
    JsonLd {
        /// The processor's words.
        why: String,
    },
    /// Values went missing on the way to RDF.
    DataLoss {
        /// How many.
        lost: usize,
        /// Member names and types that no context of the document defines, at most five.
        unknown: Vec<String>,
    },
    /// More RDF than values: this program does not understand the document well enough to vouch for it.
    Surplus {
        /// How many more.
        extra: usize,
    },
    /// More than [`ALIKE_MAX`] or [`ALIKE_TOTAL_MAX`] look-alikes.
    Alike {
        /// How many.
        count: usize,
    },
    /// An object without an `id` of its own is referred to from more than one place.
    Tangled,
}

impl RdfError {
    /// Whether the document may be sound, and is only in a form that is not read here.
    #[must_use]
    pub fn is_open(&self) -> bool {
        match self {
            Self::Context(why) => why.is_open(),
            Self::Name { path } => path.rsplit('/').next().is_some_and(|name| name.starts_with('@')),
            Self::Alias { .. } | Self::Surplus { .. } | Self::Alike { .. } | Self::Tangled => true,
            Self::NotAnObject
            | Self::Void { .. }
            | Self::Id { .. }
            | Self::Type { .. }
            | Self::JsonLd { .. }
            | Self::DataLoss { .. } => false,
        }
    }

    /// The reason: a code and what the words for it need.
    #[must_use]
    pub fn reason(&self) -> Reason {
        let at = |code, path: &str| Reason::new(code).with("path", path);
        match self {
            Self::Context(why) => why.reason(),
            Self::NotAnObject => Reason::new("rdf-not-object"),
            Self::Name { path } => at("rdf-name", path),
            Self::Alias { path } => at("rdf-alias", path),
            Self::Void { path, what } => at("rdf-void", path).with("what", Reason::new(what)),
            Self::Id { path } => at("rdf-id", path),
            Self::Type { path } => at("rdf-type", path),
            Self::JsonLd { why } => Reason::new("rdf-jsonld").with("why", why.as_str()),
            Self::DataLoss { lost, unknown } if unknown.is_empty() => {
                Reason::new("rdf-loss").with("lost", *lost)
            }
            Self::DataLoss { lost, unknown } => {
                Reason::new("rdf-loss-named").with("lost", *lost).with("words", unknown.join(", "))
            }
            Self::Surplus { extra } => Reason::new("rdf-surplus").with("extra", *extra),
            Self::Alike { count } => Reason::new("rdf-alike").with("count", *count),
            Self::Tangled => Reason::new("rdf-tangled"),
        }
    }
}

/// The RDF quads of a document, after every rule of this module.
///
/// # Errors
/// [`RdfError`] says which rule the document breaks, and where.
pub fn quads(document: &Value) -> Result<Vec<Quad>, RdfError> {
    let values = count(document)?;
    let contexts = context::of(document)?;
    check_voids(document)?;
    let quick = compiled::quads(document, &contexts).ok();
    match quick.filter(|quads| check(document, values, quads).is_ok()) {
        Some(quads) => Ok(quads),
        None => processed(document, values),
    }
}

/// As [`quads`], by the JSON-LD processor alone: slower, and the authority. Whatever [`quads`] accepts, this accepts, as
/// the same graph.
///
/// # Errors
/// As [`quads`].
pub fn quads_of_the_processor(document: &Value) -> Result<Vec<Quad>, RdfError> {
    let values = count(document)?;
    context::of(document)?;
    check_voids(document)?;
    processed(document, values)
}

fn processed(document: &Value, values: usize) -> Result<Vec<Quad>, RdfError> {
    let quads = emit(document)?;
    check(document, values, &quads)?;
    Ok(quads)
}

/// Whether the quads say all that the document says, and can be canonicalised.
fn check(document: &Value, values: usize, quads: &[Quad]) -> Result<(), RdfError> {
    let stated = statements(quads);
    if stated < values {
        return Err(RdfError::DataLoss { lost: values - stated, unknown: unknown_words(document) });
    }
    if stated > values {
        return Err(RdfError::Surplus { extra: stated - values });
    }
    if !holds_ids(document, quads) {
        return Err(RdfError::DataLoss { lost: 1, unknown: Vec::new() });
    }
    graph::check(quads).map_err(|costly| match costly {
        Costly::Alike(count) => RdfError::Alike { count },
        Costly::Tangled => RdfError::Tangled,
    })?;
    match hollow(quads) {
        0 => Ok(()),
        lost => Err(RdfError::DataLoss { lost, unknown: Vec::new() }),
    }
}

/// Rules 1 and 2, and the number of quads that rule 3 expects.
fn count(document: &Value) -> Result<usize, RdfError> {
    let members = document.as_object().ok_or(RdfError::NotAnObject)?;
    let mut sum = 0;
    for (name, value) in members.iter().filter(|(name, _)| *name != "@context") {
        sum += count_member(name, value, "")?;
    }
    Ok(sum)
}

fn count_member(name: &str, value: &Value, above: &str) -> Result<usize, RdfError> {
    let path = step(above, name);
    if name == "@context" && within_endorsement(above) {
        return Ok(context::named(value).map(|_| 0)?);
    }
    let hidden = name.starts_with('@') || name.starts_with("_:") || name.chars().any(char::is_whitespace);
    if name.is_empty() || hidden {
        return Err(RdfError::Name { path });
    }
    if name.contains(':') || name.starts_with(|c: char| c.is_ascii_uppercase()) {
        return Err(RdfError::Alias { path });
    }
    match name {
        "id" if value.as_str().is_some_and(is_absolute) => Ok(0),
        "id" => Err(RdfError::Id { path }),
        "type" => count_types(value, path),
        _ => count_value(value, &path),
    }
}

/// Whether a place lies within an endorsement, which is a credential of its own and names its contexts again. Nothing that
/// is read of the badge lies there, so its contexts change the meaning of nothing that is.
fn within_endorsement(path: &str) -> bool {
    path.split('/').any(|name| name == "endorsement")
}

fn is_absolute(id: &str) -> bool {
    !id.starts_with("_:") && Iri::parse(id).is_ok()
}

fn count_types(value: &Value, path: String) -> Result<usize, RdfError> {
    let types = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
    let plain = |name: &Value| name.as_str().is_some_and(|name| !name.starts_with("_:"));
    if types.is_empty() || !types.iter().all(plain) {
        return Err(RdfError::Type { path });
    }
    Ok(types.len())
}

fn count_value(value: &Value, path: &str) -> Result<usize, RdfError> {
    let void = |what| Err(RdfError::Void { path: path.to_owned(), what });
    match value {
        Value::Null => Ok(0),
        Value::Object(members) if members.is_empty() => void("rdf-void-object"),
        Value::Array(list) => list.iter().enumerate().try_fold(0, |sum, (index, item)| {
            let path = format!("{path}/{index}");
            match item {
                Value::Array(_) => Err(RdfError::Void { path, what: "rdf-void-nested" }),
                item => Ok(sum + count_value(item, &path)?),
            }
        }),
        Value::Object(members) => {
            members.iter().try_fold(1, |sum, (name, value)| Ok(sum + count_member(name, value, path)?))
        }
        Value::Bool(_) | Value::Number(_) | Value::String(_) => Ok(1),
    }
}

/// Refuses a null or an empty array under a name that no context defines: the reference library takes the name for a
/// mistake, whatever stands there.
fn check_voids(document: &Value) -> Result<(), RdfError> {
    let mut names = BTreeSet::new();
    each_member(document, &mut |name, value| {
        if says_nothing(value) {
            names.insert(name.to_owned());
        }
    });
    if names.is_empty() {
        return Ok(());
    }
    let known = known_words(document);
    let unknown: Vec<&String> = names.iter().filter(|name| !known.contains(*name)).collect();
    match unknown.len() {
        0 => Ok(()),
        lost => Err(RdfError::DataLoss { lost, unknown: listed(unknown) }),
    }
}

/// Whether a value says nothing in JSON-LD: null, or a list of nothing else.
fn says_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.iter().all(Value::is_null),
        _ => false,
    }
}

/// A document without the members that say nothing.
#[must_use]
pub fn without_voids(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let stays = members.iter().filter(|(name, value)| *name == "@context" || !says_nothing(value));
            stays.map(|(name, value)| (name.clone(), without_voids(value))).collect::<Map<_, _>>().into()
        }
        Value::Array(items) => items.iter().filter(|item| !item.is_null()).map(without_voids).collect(),
        other => other.clone(),
    }
}

/// Where the processor believes every context to lie. No bundled context holds a relative address, and one base lets
/// the processor see that two contexts define a protected term alike, as credentials/v2 and data-integrity/v2 do.
const CONTEXT_BASE: &str = "https://www.w3.org/ns/";

/// JSON-LD to RDF with the bundled contexts only.
fn emit(document: &Value) -> Result<Vec<Quad>, RdfError> {
    let text =
        numbers::text(document).map_err(|error| RdfError::JsonLd { why: shown(&error.to_string()) })?;
    JsonLdParser::new()
        .for_slice(&text)
        .with_load_document_callback(|url, _| {
            let context =
                context::find(url).ok_or_else(|| format!("the context {url} is not carried here"))?;
            Ok(JsonLdRemoteDocument { document: context.json.into(), document_url: CONTEXT_BASE.to_owned() })
        })
        .collect::<Result<_, _>>()
        .map_err(|error| RdfError::JsonLd { why: shown(&error.to_string()) })
}

/// How many values the quads state. A list of n values is 2n + 1 quads: one to its head, and for each value a
/// `first` and a `rest`, the last of which says `nil`; counted as n.
fn statements(quads: &[Quad]) -> usize {
    let rests = quads.iter().filter(|quad| quad.predicate == rdf::REST);
    let nil = Term::from(rdf::NIL);
    let scaffold: usize = rests.map(|quad| 1 + usize::from(quad.object == nil)).sum();
    quads.len().saturating_sub(scaffold)
}

/// How many quads say of something without a name only that it is there: where an address belongs, texts such as `@foo`
/// and `_:b` are one to the processor, and their own words are lost.
fn hollow(quads: &[Quad]) -> usize {
    let subject = |quad: &Quad| match &quad.subject {
        NamedOrBlankNode::BlankNode(node) => Some(node.clone()),
        NamedOrBlankNode::NamedNode(_) => None,
    };
    let graph = |quad: &Quad| match &quad.graph_name {
        GraphName::BlankNode(node) => Some(node.clone()),
        _ => None,
    };
    let described: HashSet<BlankNode> = quads.iter().flat_map(|q| [subject(q), graph(q)]).flatten().collect();
    let is_hollow = |quad: &&Quad| matches!(&quad.object, Term::BlankNode(node) if !described.contains(node));
    quads.iter().filter(is_hollow).count()
}

/// Whether every `id` of the document is a node of its RDF: a context may unsay what `id` means.
fn holds_ids(document: &Value, quads: &[Quad]) -> bool {
    let mut nodes = BTreeSet::new();
    for quad in quads {
        if let NamedOrBlankNode::NamedNode(node) = &quad.subject {
            nodes.insert(node.as_str());
        }
        if let Term::NamedNode(node) = &quad.object {
            nodes.insert(node.as_str());
        }
    }
    let mut all = true;
    each_member(document, &mut |name, value| {
        all &= name != "id" || value.as_str().is_some_and(|id| nodes.contains(id));
    });
    all
}
