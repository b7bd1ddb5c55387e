//! JSON-LD to RDF for documents of the usual form, with every context compiled once.
//!
//! The processor reads its contexts anew for each document, which takes ten times as long as all else that is asked of a
//! badge. Here they are read once. The processor stays the authority: whatever is unusual is declined and left to it, and
//! what is not declined has the same quads.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock, PoisonError, RwLock};

use oxiri::Iri;
use oxrdf::vocab::{rdf, xsd};
use oxrdf::{BlankNode, GraphName, Literal, NamedNode, NamedOrBlankNode, Quad, Term as RdfTerm};
use serde_json::{Map, Value};

use crate::badge::vc::context::{BUNDLED, Context};

/// How many contexts are kept compiled, those within types and properties included: about 40 serve all badges of one
/// kind, each takes some 20 KB, and documents made for it cannot fill the memory.
const KEPT_MAX: usize = 1024;

/// What a document says that is left to the processor.
pub(super) struct Declined;

type Result<T> = std::result::Result<T, Declined>;

/// What one term of a context means.
#[derive(PartialEq)]
struct Term {
    iri: String,
    kind: Kind,
    container: Container,
    /// The context of what stands under the term, or of objects of this type.
    local: Option<&'static Value>,
    is_prefix: bool,
}

/// What a text under a term is.
#[derive(PartialEq)]
enum Kind {
    Plain,
    Id,
    Vocab,
    Json,
    Data(String),
}

#[derive(PartialEq)]
enum Container {
    Plain,
    Graph,
    Other,
}

/// The terms at one place of a document (JSON-LD 1.1 API, section 4.1).
struct Active {
    terms: HashMap<&'static str, (Arc<Term>, bool)>,
    /// What holds again in the next object, where this context does not reach further.
    previous: Option<Arc<Active>>,
    scoped: RwLock<HashMap<Scope, Arc<Active>>>,
}

/// One context within another: the term that has it, whether it may define protected terms anew, and whether it reaches
/// into further objects.
type Scope = (&'static str, bool, bool);

static KEPT: AtomicUsize = AtomicUsize::new(0);

static PARSED: LazyLock<HashMap<&'static str, Value>> = LazyLock::new(|| {
    let parsed = |context: &Context| Some((context.url, serde_json::from_str(context.json).ok()?));
    BUNDLED.iter().filter_map(parsed).collect()
});

type Roots = HashMap<Vec<&'static str>, Arc<Active>>;

static ROOTS: LazyLock<RwLock<Roots>> = LazyLock::new(RwLock::default);

/// What was made for this key, or else what `make` makes; kept as long as there is room.
fn kept<K: std::hash::Hash + Eq>(
    cache: &RwLock<HashMap<K, Arc<Active>>>,
    key: K,
    make: impl FnOnce() -> Result<Arc<Active>>,
) -> Result<Arc<Active>> {
    if let Some(made) = cache.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
        return Ok(made.clone());
    }
    let made = make()?;
    if KEPT.fetch_add(1, Ordering::Relaxed) < KEPT_MAX {
        cache.write().unwrap_or_else(PoisonError::into_inner).insert(key, made.clone());
    }
    Ok(made)
}

/// The terms that these contexts define one after the other.
fn root(contexts: &[&'static Context]) -> Result<Arc<Active>> {
    let urls: Vec<&'static str> = contexts.iter().map(|context| context.url).collect();
    kept(&ROOTS, urls.clone(), || {
        let empty = Arc::new(Active::new(HashMap::new(), None));
        urls.iter().try_fold(empty, |active, url| {
            let local = PARSED.get(url).and_then(|context| context.get("@context")).ok_or(Declined)?;
            process(&active, local, false, true)
        })
    })
}

/// Section 4.1, for the forms that the bundled contexts have.
fn process(
    active: &Arc<Active>,
    local: &'static Value,
    may_override: bool,
    propagates: bool,
) -> Result<Arc<Active>> {
    match local {
        Value::Null if !may_override && active.terms.values().any(|(_, is_protected)| *is_protected) => {
            Err(Declined)
        }
        Value::Null => Ok(Arc::new(Active::new(HashMap::new(), None))),
        Value::Object(local) => {
            let previous = match (&active.previous, propagates) {
                (Some(previous), _) => Some(previous.clone()),
                (None, true) => None,
                (None, false) => Some(active.clone()),
            };
            let mut made = Active::new(active.terms.clone(), previous);
            let mut defined = Vec::new();
            for name in local.keys() {
                made.define(name, local, may_override, &mut defined)?;
            }
            Ok(Arc::new(made))
        }
        _ => Err(Declined),
    }
}

impl Active {
    fn new(terms: HashMap<&'static str, (Arc<Term>, bool)>, previous: Option<Arc<Self>>) -> Self {
        Self { terms, previous, scoped: RwLock::default() }
    }

    fn term(&self, name: &str) -> Option<&Term> {
        self.terms.get(name).map(|(term, _)| term.as_ref())
    }

    /// Section 4.2: one term of a context, and first those that its meaning is written with.
    fn define(
        &mut self,
        name: &'static str,
        local: &'static Map<String, Value>,
        may_override: bool,
        defined: &mut Vec<&'static str>,
    ) -> Result<()> {
        let Some(given) = local.get(name).filter(|_| !name.starts_with('@')) else { return Ok(()) };
        if defined.contains(&name) {
            return Ok(());
        }
        defined.push(name);
        let old = self.terms.remove(name);
        let text = |member: &str| given.get(member).and_then(Value::as_str);
        let iri = given.as_str().or_else(|| text("@id")).ok_or(Declined)?;
        let iri = self.resolve(iri, local, may_override, defined)?;
        let kind = match text("@type") {
            None => Kind::Plain,
            Some("@id") => Kind::Id,
            Some("@vocab") => Kind::Vocab,
            Some("@json") => Kind::Json,
            Some(data) => Kind::Data(self.resolve(data, local, may_override, defined)?),
        };
        let container = match given.get("@container").map(Value::as_str) {
            None | Some(Some("@set")) => Container::Plain,
            Some(Some("@graph")) => Container::Graph,
            Some(_) => Container::Other,
        };
        let is_prefix = iri.ends_with([':', '/', '?', '#', '[', ']', '@']);
        let term = Term { iri, kind, container, local: given.get("@context"), is_prefix };
        let is_protected = local.get("@protected") == Some(&Value::Bool(true));
        let kept = match old {
            Some((old, true)) if !may_override && *old != term => return Err(Declined),
            Some((old, true)) if !may_override => (old, true),
            _ => (Arc::new(term), is_protected),
        };
        self.terms.insert(name, kept);
        Ok(())
    }

    fn resolve(
        &mut self,
        iri: &'static str,
        local: &'static Map<String, Value>,
        may_override: bool,
        defined: &mut Vec<&'static str>,
    ) -> Result<String> {
        self.define(iri, local, may_override, defined)?;
        if let Some((prefix, _)) = iri.split_once(':') {
            self.define(prefix, local, may_override, defined)?;
        }
        Ok(self.expand(iri, true))
    }

    /// Section 5.2, without a base: a keyword and what stays relative name no node.
    fn expand(&self, text: &str, is_word: bool) -> String {
        if let Some(term) = self.term(text).filter(|term| is_word || is_keyword(&term.iri)) {
            return term.iri.clone();
        }
        let prefixed = text.split_once(':').and_then(|(prefix, rest)| {
            let term = self.term(prefix).filter(|term| term.is_prefix && !rest.starts_with("//"))?;
            Some(format!("{}{rest}", term.iri))
        });
        prefixed.unwrap_or_else(|| text.to_owned())
    }

    /// The context that a term brings, if it brings one.
    fn scope(
        self: &Arc<Self>,
        name: &str,
        may_override: bool,
        propagates: bool,
    ) -> Result<Option<Arc<Self>>> {
        let Some((&name, (term, _))) = self.terms.get_key_value(name) else { return Ok(None) };
        let Some(local) = term.local else { return Ok(None) };
        let key = (name, may_override, propagates);
        kept(&self.scoped, key, || process(self, local, may_override, propagates)).map(Some)
    }

    /// The terms within an object that stands under a name.
    fn within(self: &Arc<Self>, object: &Map<String, Value>, name: &str) -> Result<Arc<Self>> {
        if let Some(scoped) = self.scope(name, true, true)? {
            return Ok(scoped);
        }
        Ok(match &self.previous {
            Some(previous) if !self.is_reference(object) => previous.clone(),
            _ => self.clone(),
        })
    }

    /// Whether an object only refers to a node. As in the processor, a type behind the id changes nothing.
    fn is_reference(&self, object: &Map<String, Value>) -> bool {
        let mut meanings = object.keys().map(|name| self.expand(name, true));
        meanings.next().is_some_and(|first| first == "@id") && meanings.all(|meaning| meaning == "@type")
    }
}

fn is_keyword(text: &str) -> bool {
    text.strip_prefix('@')
        .is_some_and(|word| !word.is_empty() && word.bytes().all(|b| b.is_ascii_alphabetic()))
}

/// A node of this address; a blank node's label and what stays relative are left to the processor.
fn node(iri: String) -> Result<NamedNode> {
    match !iri.starts_with("_:") && Iri::parse(iri.as_str()).is_ok() {
        true => Ok(NamedNode::new_unchecked(iri)),
        false => Err(Declined),
    }
}

/// Where a value is stated: of what, by which property, in which graph.
#[derive(Clone)]
struct Place {
    subject: NamedOrBlankNode,
    property: NamedNode,
    graph: GraphName,
}

#[derive(Default)]
struct Writer {
    quads: Vec<Quad>,
    nodes: usize,
}

/// The quads of a document that names these contexts at its top.
///
/// # Errors
/// [`Declined`] where the document has a form that only the processor reads, or loses something.
pub(super) fn quads(document: &Value, contexts: &[&'static Context]) -> Result<Vec<Quad>> {
    let members = document.as_object().ok_or(Declined)?;
    let mut writer = Writer::default();
    writer.object(members, &root(contexts)?, GraphName::DefaultGraph, None)?;
    Ok(writer.quads)
}

impl Writer {
    fn fresh(&mut self) -> BlankNode {
        self.nodes += 1;
        BlankNode::new_unchecked(format!("n{}", self.nodes))
    }

    fn state(&mut self, place: &Place, object: impl Into<RdfTerm>) {
        let Place { subject, property, graph } = place.clone();
        self.quads.push(Quad::new(subject, property, object, graph));
    }

    /// An object, under contexts that its place gives it. Only the last type with a context of its own counts, as in the
    /// processor.
    fn object(
        &mut self,
        members: &Map<String, Value>,
        outer: &Arc<Active>,
        graph: GraphName,
        above: Option<&Place>,
    ) -> Result<()> {
        let mut types = Vec::new();
        let mut ids = Vec::new();
        for (name, value) in members {
            match outer.expand(name, true).as_str() {
                "@type" => types.extend(texts(value)?),
                "@id" => ids.extend(texts(value)?),
                _ => {}
            }
        }
        types.sort_unstable();
        let mut context = outer.clone();
        for name in &types {
            context = outer.scope(name, false, false)?.unwrap_or(context);
        }
        let subject: NamedOrBlankNode = match ids.first() {
            Some(id) => node(context.expand(id, false))?.into(),
            None => self.fresh().into(),
        };
        if let Some(above) = above {
            self.state(above, subject.clone());
        }
        let place = |property| Place { subject: subject.clone(), property, graph: graph.clone() };
        let is_a = place(rdf::TYPE.into());
        for name in types {
            self.state(&is_a, node(outer.expand(name, true))?);
        }
        for (name, value) in members.iter().filter(|(name, _)| *name != "@context") {
            let property = context.expand(name, true);
            if !is_keyword(&property) {
                self.property(value, &context, name, &place(node(property)?))?;
            }
        }
        Ok(())
    }

    fn property(&mut self, value: &Value, context: &Arc<Active>, name: &str, place: &Place) -> Result<()> {
        let term = context.term(name).ok_or(Declined)?;
        if term.kind == Kind::Json || term.container == Container::Other {
            return Err(Declined);
        }
        match value {
            Value::Array(items) => items.iter().try_for_each(|item| self.item(item, context, name, place)),
            one => self.item(one, context, name, place),
        }
    }

    fn item(&mut self, item: &Value, context: &Arc<Active>, name: &str, place: &Place) -> Result<()> {
        let is_graph = context.term(name).is_some_and(|term| term.container == Container::Graph);
        match item {
            Value::Null => Ok(()),
            Value::Array(_) => Err(Declined),
            Value::Object(members) if members.contains_key("@context") => Err(Declined),
            Value::Object(members) => {
                let inner = context.within(members, name)?;
                if !is_graph {
                    return self.object(members, &inner, place.graph.clone(), Some(place));
                }
                let graph = self.fresh();
                self.state(place, graph.clone());
                self.object(members, &inner, graph.into(), None)
            }
            _ if is_graph => Err(Declined),
            scalar => self.scalar(scalar, context, name, place),
        }
    }

    fn scalar(&mut self, value: &Value, outer: &Arc<Active>, name: &str, place: &Place) -> Result<()> {
        let scoped = outer.scope(name, false, true)?;
        let context = scoped.as_ref().unwrap_or(outer);
        let kind = &context.term(name).ok_or(Declined)?.kind;
        match (value, kind) {
            (Value::String(text), Kind::Plain) => self.state(place, Literal::new_simple_literal(text)),
            (Value::String(text), Kind::Data(datatype)) => {
                self.state(place, Literal::new_typed_literal(text, node(datatype.clone())?));
            }
            (Value::String(text), Kind::Id) => self.state(place, node(context.expand(text, false))?),
            (Value::String(text), Kind::Vocab) => {
                let word = context.expand(text, true);
                let inner = context.previous.as_ref().unwrap_or(context);
                self.state(place, node(inner.expand(&word, false))?);
            }
            (Value::Bool(truth), Kind::Plain | Kind::Id | Kind::Vocab) => {
                self.state(place, Literal::new_typed_literal(truth.to_string(), xsd::BOOLEAN));
            }
            (Value::Number(number), Kind::Plain | Kind::Id | Kind::Vocab) if !number.is_f64() => {
                self.state(place, Literal::new_typed_literal(number.to_string(), xsd::INTEGER));
            }
            _ => return Err(Declined),
        }
        Ok(())
    }
}

/// A text, or the texts of an array.
fn texts(value: &Value) -> Result<Vec<&str>> {
    let items = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
    items.iter().map(|item| item.as_str().ok_or(Declined)).collect()
}
