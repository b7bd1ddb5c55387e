//! The two ways of signing, and the hashes that each is over.

use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use crate::badge::vc::canon::{self, CanonError};

/// A way of signing that is known here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Suite {
    /// Over canonical RDF: what Open Badges asks for and wallets check.
    EddsaRdfc2022,
    /// Over canonical JSON: what a small verifier without JSON-LD can check.
    EddsaJcs2022,
}

impl Suite {
    /// Both suites, in the order in which a badge carries them.
    pub const ALL: [Self; 2] = [Self::EddsaRdfc2022, Self::EddsaJcs2022];

    /// The suite's name as a proof's `cryptosuite`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::EddsaRdfc2022 => "eddsa-rdfc-2022",
            Self::EddsaJcs2022 => "eddsa-jcs-2022",
        }
    }

    /// The suite of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|suite| suite.name() == name)
    }
}

/// SHA-256 of the canonical proof options. For RDF they take their meaning from the document's contexts.
pub(super) fn config_hash(
    document: &Value,
    config: &Map<String, Value>,
    suite: Suite,
) -> Result<[u8; 32], CanonError> {
    let mut config = config.clone();
    if suite == Suite::EddsaRdfc2022 {
        let contexts = document.get("@context").cloned().unwrap_or_default();
        config.insert("@context".into(), contexts);
    }
    canonical_hash(&Value::Object(config), suite)
}

/// SHA-256 of the canonical document. For JCS its contexts are those the proof repeats: others may have been appended
/// since (section 3.3.2), which [`check`](super::check()) has made sure of.
pub(super) fn document_hash(
    document: &Value,
    config: &Map<String, Value>,
    suite: Suite,
) -> Result<[u8; 32], CanonError> {
    match config.get("@context") {
        Some(contexts) if Some(contexts) != document.get("@context") => {
            let mut signed = document.clone();
            signed["@context"] = contexts.clone();
            canonical_hash(&signed, suite)
        }
        _ => canonical_hash(document, suite),
    }
}

pub(super) fn canonical_hash(value: &Value, suite: Suite) -> Result<[u8; 32], CanonError> {
    let digest = match suite {
        Suite::EddsaRdfc2022 => Sha256::digest(canon::canonical_nquads(value)?),
        Suite::EddsaJcs2022 => Sha256::digest(canon::jcs(value)?),
    };
    Ok(digest.into())
}

pub(super) fn join(config: [u8; 32], document: [u8; 32]) -> [u8; 64] {
    let mut both = [0; 64];
    let (first, second) = both.split_at_mut(32);
    first.copy_from_slice(&config);
    second.copy_from_slice(&document);
    both
}
