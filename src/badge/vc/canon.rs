//! The two canonical forms that Data Integrity signs: sorted N-Quads of the document's RDF, and sorted JSON.

use crate::badge::reasons::Reason;
use crate::badge::vc::rdf::{self, RdfError};
use oxrdf::Dataset;
use oxrdf::dataset::{CanonicalizationAlgorithm, CanonicalizationHashAlgorithm};
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
    /// The reason: a code and what the words for it need.
    #[must_use]
    pub fn reason(&self) -> Reason {
        match self {
            Self::Safe(why) => why.reason(),
            Self::Json { why } => Reason::new("canon-json").with("why", why.as_str()),
        }
    }
}

/// The document's RDF as canonical N-Quads (W3C RDFC-1.0 with SHA-256), lines sorted by code point.
///
/// # Errors
/// [`CanonError::Safe`] when JSON-LD would drop part of the document, does not know a context of it, or when
/// canonicalising it would take too long.
pub fn canonical_nquads(document: &Value) -> Result<String, CanonError> {
    let mut dataset: Dataset = rdf::quads(document)?.into_iter().collect();
    let hash_algorithm = CanonicalizationHashAlgorithm::Sha256;
    dataset.canonicalize(CanonicalizationAlgorithm::Rdfc10 { hash_algorithm });
    let mut lines: Vec<String> = dataset.iter().map(|quad| format!("{quad} .\n")).collect();
    lines.sort_unstable();
    Ok(lines.concat())
}

/// The document as canonical JSON (RFC 8785), in UTF-8. Numbers are expected to be whole and of at most 53 bits, as
/// [`crate::badge::vc::json::parse`] leaves them.
///
/// # Errors
/// [`CanonError::Json`] for a value without a form in RFC 8785.
pub fn jcs(document: &Value) -> Result<Vec<u8>, CanonError> {
    serde_json_canonicalizer::to_vec(document).map_err(|e| CanonError::Json { why: e.to_string() })
}
