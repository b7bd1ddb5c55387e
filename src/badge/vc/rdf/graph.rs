//! Whether a graph can be canonicalised in reasonable time.

use std::collections::BTreeMap;

use oxrdf::{BlankNode, GraphName, NamedOrBlankNode, Quad, Term};

/// How many objects without `id` may look alike. Canonicalisation tries every order of those (RDFC-1.0, section 7.1):
/// four are 24 orders; nine, in a file of 5 kB, take a processor twenty seconds.
pub const ALIKE_MAX: usize = 4;

/// How many objects without `id` may have a look-alike in all: each is one step of recursion in canonicalisation.
pub const ALIKE_TOTAL_MAX: usize = 64;

/// Why a graph would take too long.
pub(super) enum Costly {
    /// So many nodes without a name look alike.
    Alike(usize),
    /// A node without a name has several parents.
    Tangled,
}

/// Refuses graphs made to be expensive. Blank nodes must hang like leaves on a tree, and few may look alike by
/// their own quads (RDFC-1.0's first-degree hash): then the orders to be tried stay few.
pub(super) fn check(quads: &[Quad]) -> Result<(), Costly> {
    let mut seen: BTreeMap<&str, (usize, Vec<String>)> = BTreeMap::new();
    for quad in quads {
        for node in blank_nodes(quad) {
            let (parents, look) = seen.entry(node.as_str()).or_default();
            *parents += usize::from(matches!(&quad.object, Term::BlankNode(object) if object == node));
            look.push(line(quad, node));
        }
    }
    let mut looks: BTreeMap<Vec<String>, usize> = BTreeMap::new();
    for (parents, mut look) in seen.into_values() {
        if parents > 1 {
            return Err(Costly::Tangled);
        }
        look.sort_unstable();
        // A statement made twice is one: canonicalisation sees no difference there.
        look.dedup();
        *looks.entry(look).or_default() += 1;
    }
    let most = looks.values().copied().max().unwrap_or(0);
    let all: usize = looks.values().filter(|count| **count > 1).sum();
    match (most > ALIKE_MAX, all > ALIKE_TOTAL_MAX) {
        (true, _) => Err(Costly::Alike(most)),
        (_, true) => Err(Costly::Alike(all)),
        _ => Ok(()),
    }
}

fn blank_nodes(quad: &Quad) -> impl Iterator<Item = &BlankNode> {
    let subject = match &quad.subject {
        NamedOrBlankNode::BlankNode(node) => Some(node),
        NamedOrBlankNode::NamedNode(_) => None,
    };
    let object = match &quad.object {
        Term::BlankNode(node) => Some(node),
        _ => None,
    };
    let graph = match &quad.graph_name {
        GraphName::BlankNode(node) => Some(node),
        _ => None,
    };
    [subject, object, graph].into_iter().flatten()
}

/// The quad as one of its blank nodes sees it: itself `_:a`, every other `_:z` (RDFC-1.0, section 4.6).
fn line(quad: &Quad, me: &BlankNode) -> String {
    let face = |node: &BlankNode| if node == me { "_:a" } else { "_:z" }.to_owned();
    let subject = match &quad.subject {
        NamedOrBlankNode::BlankNode(node) => face(node),
        named => named.to_string(),
    };
    let object = match &quad.object {
        Term::BlankNode(node) => face(node),
        term => term.to_string(),
    };
    let graph = match &quad.graph_name {
        GraphName::BlankNode(node) => face(node),
        named => named.to_string(),
    };
    format!("{subject} {} {object} {graph}", quad.predicate)
}
