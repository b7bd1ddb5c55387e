//! The two canonical forms that Data Integrity signs: sorted N-Quads of the document's RDF, and sorted JSON.

use crate::badge::reasons::Reason;
use crate::badge::vc::rdf::{self, RdfError};
use oxrdf::dataset::{CanonicalizationAlgorithm, CanonicalizationHashAlgorithm};
use oxrdf::{Dataset, Quad};
use serde_json::Value;

/// Why a document has no canonical form.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.reason())]
pub enum CanonError {
    /// JSON-LD would lose something of the document, or cannot take it.
    Safe(#[from] RdfError),
    /// RFC 8785 has no form for it.
    Json {
        /// The serialiser's words.
        why: String,
    },
}

impl CanonError {
    /// Whether the document may be sound, and is only beyond what is read here.
    #[must_use]
    pub fn is_open(&self) -> bool {
        matches!(self, Self::Safe(why) if why.is_open())
    }

    /// The reason: a code and what the words for it need.
    #[must_use]
    pub fn reason(&self) -> Reason {
        match self {
            Self::Safe(why) => why.reason(),
            Self::Json { why } => Reason::new("canon-json").with("why", why.as_str()),
        }
    }
}

/// Which hash RDFC-1.0 numbers blank nodes by: SHA-256, and SHA-384 for keys of P-384 (W3C Data Integrity ECDSA 1.0).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NodeHash {
    /// SHA-256.
    Sha256,
    /// SHA-384.
    Sha384,
}

/// The document's RDF as canonical N-Quads (W3C RDFC-1.0 with SHA-256), lines sorted by code point.
///
/// # Errors
/// [`CanonError::Safe`] when JSON-LD would drop part of the document, does not know a context of it, or when
/// canonicalising it would take too long.
pub fn canonical_nquads(document: &Value) -> Result<String, CanonError> {
    nquads(document, NodeHash::Sha256)
}

/// As [`canonical_nquads`], with blank nodes numbered by that hash.
///
/// # Errors
/// As [`canonical_nquads`].
pub fn nquads(document: &Value, hash: NodeHash) -> Result<String, CanonError> {
    Ok(sorted(rdf::quads(document)?, hash))
}

/// As [`canonical_nquads`], with no compiled context: the document's RDF is what the JSON-LD processor makes of it. It is
/// slower and the authority; a test holds both to the same text.
///
/// # Errors
/// As [`canonical_nquads`].
pub fn nquads_of_the_processor(document: &Value) -> Result<String, CanonError> {
    Ok(sorted(rdf::quads_of_the_processor(document)?, NodeHash::Sha256))
}

fn sorted(quads: Vec<Quad>, hash: NodeHash) -> String {
    let mut dataset: Dataset = quads.into_iter().collect();
    let hash_algorithm = match hash {
        NodeHash::Sha256 => CanonicalizationHashAlgorithm::Sha256,
        NodeHash::Sha384 => CanonicalizationHashAlgorithm::Sha384,
    };
    dataset.canonicalize(CanonicalizationAlgorithm::Rdfc10 { hash_algorithm });
    let mut lines: Vec<String> = dataset.iter().map(|quad| format!("{quad} .\n")).collect();
    lines.sort_unstable();
    lines.concat()
}

/// The document as canonical JSON (RFC 8785), in UTF-8. Whole numbers are expected to be of at most 53 bits, as
/// [`crate::badge::vc::json::parse`] leaves them.
///
/// # Errors
/// [`CanonError::Json`] for a value without a form in RFC 8785.
pub fn jcs(document: &Value) -> Result<Vec<u8>, CanonError> {
    serde_json_canonicalizer::to_vec(document).map_err(|e| CanonError::Json { why: e.to_string() })
}
