//! The ways of signing that are known, and the hashes that each is over.

use serde_json::{Map, Value};
use sha2::{Digest, Sha256, Sha384};

use crate::badge::vc::canon::{self, CanonError, NodeHash};
use crate::badge::vc::context;
use crate::badge::vc::key::PublicKey;

/// A way of signing that is known here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Suite {
    /// Over canonical RDF: what Open Badges asks for and wallets check.
    EddsaRdfc2022,
    /// Over canonical JSON: what a small verifier without JSON-LD can check.
    EddsaJcs2022,
    /// The forerunner of `eddsa-rdfc-2022`, which many badges in circulation have.
    Ed25519Signature2020,
    /// Over canonical RDF, on a NIST curve.
    EcdsaRdfc2019,
    /// Over canonical JSON, on a NIST curve.
    EcdsaJcs2019,
}

/// What a suite takes for the canonical form of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Rdf,
    Json,
}

impl Suite {
    /// Both suites with which this program signs, in the order in which a badge carries them.
    pub const ALL: [Self; 2] = [Self::EddsaRdfc2022, Self::EddsaJcs2022];

    /// Every suite that is checked and has a name as a `cryptosuite`.
    const NAMED: [Self; 4] =
        [Self::EddsaRdfc2022, Self::EddsaJcs2022, Self::EcdsaRdfc2019, Self::EcdsaJcs2019];

    /// The suite's name as a proof's `cryptosuite`; of a proof without one, its `type`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::EddsaRdfc2022 => "eddsa-rdfc-2022",
            Self::EddsaJcs2022 => "eddsa-jcs-2022",
            Self::Ed25519Signature2020 => "Ed25519Signature2020",
            Self::EcdsaRdfc2019 => "ecdsa-rdfc-2019",
            Self::EcdsaJcs2019 => "ecdsa-jcs-2019",
        }
    }

    /// The suite of that name as a `cryptosuite`.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::NAMED.into_iter().find(|suite| suite.name() == name)
    }

    /// The suite of a proof by its `type` alone.
    pub(super) fn from_type(name: &str) -> Option<Self> {
        (name == Self::Ed25519Signature2020.name()).then_some(Self::Ed25519Signature2020)
    }

    pub(super) const fn form(self) -> Form {
        match self {
            Self::EddsaRdfc2022 | Self::Ed25519Signature2020 | Self::EcdsaRdfc2019 => Form::Rdf,
            Self::EddsaJcs2022 | Self::EcdsaJcs2019 => Form::Json,
        }
    }

    /// Whether keys of this kind sign with the suite.
    pub(super) const fn takes(self, key: &PublicKey) -> bool {
        match self {
            Self::EddsaRdfc2022 | Self::EddsaJcs2022 | Self::Ed25519Signature2020 => {
                matches!(key, PublicKey::Ed25519(_))
            }
            Self::EcdsaRdfc2019 | Self::EcdsaJcs2019 => {
                matches!(key, PublicKey::P256(_) | PublicKey::P384(_))
            }
        }
    }

    /// The context in which the suite's proofs have their meaning, where neither W3C Verifiable Credentials 2.0 nor the
    /// document's own contexts give it: signers add it to the proof's options.
    const fn own_context(self) -> &'static str {
        match self {
            Self::Ed25519Signature2020 => "https://w3id.org/security/suites/ed25519-2020/v1",
            _ => "https://w3id.org/security/data-integrity/v2",
        }
    }
}

/// The contexts under which proof options become RDF: the document's, and the suite's own where those lack it.
fn option_contexts(document: &Value, suite: Suite) -> Value {
    let contexts = document.get("@context").cloned().unwrap_or_default();
    let named = match &contexts {
        Value::Array(list) => list.clone(),
        one => vec![one.clone()],
    };
    let gives_it = |context: &Value| match context.as_str() {
        Some("https://w3id.org/security/data-integrity/v1" | context::CREDENTIALS_V2) => {
            suite != Suite::Ed25519Signature2020
        }
        url => url == Some(suite.own_context()),
    };
    match named.iter().any(gives_it) {
        true => contexts,
        false => named.into_iter().chain([suite.own_context().into()]).collect(),
    }
}

/// The hash of the canonical proof options.
pub(super) fn config_hash(
    document: &Value,
    config: &Map<String, Value>,
    suite: Suite,
    hash: NodeHash,
) -> Result<Vec<u8>, CanonError> {
    let mut config = config.clone();
    if suite.form() == Form::Rdf {
        config.insert("@context".into(), option_contexts(document, suite));
    }
    canonical_hash(&Value::Object(config), suite.form(), hash)
}

/// The hash of the canonical document. For JCS its contexts are those the proof repeats: others may have been appended
/// since (section 3.3.2), which [`check`](super::check()) has made sure of.
pub(super) fn document_hash(
    document: &Value,
    config: &Map<String, Value>,
    suite: Suite,
    hash: NodeHash,
) -> Result<Vec<u8>, CanonError> {
    match config.get("@context") {
        Some(contexts) if suite.form() == Form::Json && Some(contexts) != document.get("@context") => {
            let mut signed = document.clone();
            signed["@context"] = contexts.clone();
            canonical_hash(&signed, suite.form(), hash)
        }
        _ => canonical_hash(document, suite.form(), hash),
    }
}

pub(super) fn canonical_hash(value: &Value, form: Form, hash: NodeHash) -> Result<Vec<u8>, CanonError> {
    let canonical = match form {
        Form::Rdf => canon::nquads(value, hash)?.into_bytes(),
        Form::Json => canon::jcs(value)?,
    };
    Ok(match hash {
        NodeHash::Sha256 => Sha256::digest(canonical).to_vec(),
        NodeHash::Sha384 => Sha384::digest(canonical).to_vec(),
    })
}

/// The hash that goes with a key.
pub(super) const fn hash_of(key: &PublicKey) -> NodeHash {
    match key {
        PublicKey::P384(_) => NodeHash::Sha384,
        _ => NodeHash::Sha256,
    }
}
