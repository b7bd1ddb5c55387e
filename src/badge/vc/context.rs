//! The JSON-LD contexts that credentials name, carried as data and pinned by hash: nothing is ever fetched.
//!
//! A context gives every member of a credential its meaning, so a changed context changes what was signed.
//! The files lie in `contexts/` with their notices; a test holds each to its digest.

use crate::badge::reasons::Reason;
use crate::badge::vc::json::shown;
use serde_json::Value;

/// The context of W3C Verifiable Credentials 2.0, which every credential of this program names first.
pub const CREDENTIALS_V2: &str = "https://www.w3.org/ns/credentials/v2";

/// The context of W3C Verifiable Credentials 1.1, which badges of other issuers may name first.
pub const CREDENTIALS_V1: &str = "https://www.w3.org/2018/credentials/v1";

/// The context of Open Badges 3.0 (edition 3.0.3), which every badge of this program names second.
pub const OPEN_BADGES: &str = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";

/// How many contexts a credential may name: badges seen in use name two to five, and each costs time to process.
pub const CONTEXTS_MAX: usize = 8;

/// One context as this program carries it.
#[derive(Debug)]
pub struct Context {
    /// The address that credentials name it by; never visited.
    pub url: &'static str,
    /// The SHA-256 of its bytes, in lower-case hex.
    pub sha256: &'static str,
    /// Its bytes.
    pub json: &'static str,
}

macro_rules! bundled {
    ($url:expr, $file:literal, $sha256:literal) => {
        Context { url: $url, sha256: $sha256, json: include_str!(concat!("contexts/", $file)) }
    };
}

/// Every context that is known here: those of our own badges first, then those met in other issuers' badges.
pub static BUNDLED: [Context; 15] = [
    bundled!(
        CREDENTIALS_V2,
        "credentials-v2.json",
        "8a9f494a89ecc51db093e90e84713e07e84d6d9204364a9b3c7868b21751236f"
    ),
    bundled!(
        OPEN_BADGES,
        "open-badges-3.0.3.json",
        "ef2fa9c7846dce233cc166b43639027278be4ee44f00bb1d45c75de2dd0cd761"
    ),
    bundled!(
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json",
        "open-badges-3.0.2.json",
        "00666ad080ba407687ed1846b7f5e7495f5019042b202a727de47c48a1755c53"
    ),
    bundled!(
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json",
        "open-badges-3.0.1.json",
        "af095468326d3449160509b26ca71576e6321d13c85b0369cfe3b654c9a48fba"
    ),
    bundled!(
        "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
        "open-badges-extensions.json",
        "2d013f981d1f4516081a6a04e55468ba2b071d4153b794f19a79715c45a89a5e"
    ),
    bundled!(
        CREDENTIALS_V1,
        "credentials-v1.json",
        "00d7dd6d3ad8b920e3e550dd3a3d9090bffcac84cdbf943da6924b3e0a5c8bb8"
    ),
    bundled!(
        "https://w3id.org/security/data-integrity/v2",
        "data-integrity-v2.json",
        "0f77743daf5b4e8fc067fc5ba5b21044283053aa717fc6b0219843bed3b00363"
    ),
    bundled!(
        "https://w3id.org/security/data-integrity/v1",
        "data-integrity-v1.json",
        "b5d829bd09aa7c42abc6efa0c8ed7635313b5487f37ccfce3ecd149ca9418554"
    ),
    bundled!(
        "https://w3id.org/security/multikey/v1",
        "multikey-v1.json",
        "c5f3806f8286920573221938917988a18a4cc5a09e968d29649613c7a1c2b1f6"
    ),
    bundled!(
        "https://w3id.org/security/suites/ed25519-2020/v1",
        "ed25519-2020-v1.json",
        "b9e1ab971fd8bf2c7553e0c4a9438e0b9450afde1ea1ca5b2492368b9f549588"
    ),
    bundled!(
        "https://www.w3.org/ns/did/v1",
        "did-v1.json",
        "62c1054bf404d6dd3a4b26b64f830fd72095f6a26edc4469908c94351352ce5f"
    ),
    bundled!(
        "https://purl.imsglobal.org/spec/ob/v3p0/context.json",
        "open-badges-3.json",
        "9f1c8f9f361ba2994b9b50701f41149919542c50c7b7455b2846d87959295d72"
    ),
    bundled!(
        "https://w3id.org/security/suites/ed25519-2018/v1",
        "ed25519-2018-v1.json",
        "166c6abb9e08176cee5f6c87c9c1bbfefa5717da391bcac525e5437f93eab809"
    ),
    bundled!(
        "https://w3id.org/vc/status-list/2021/v1",
        "status-list-2021-v1.json",
        "fbed35e8a8f01448db4c2db7fa37496f71588aa9cf1e64f71a50fe58677f1c53"
    ),
    bundled!(
        "https://www.w3.org/ns/credentials/status/v1",
        "status-v1.json",
        "fd08cbf28ddd829ab2f1978c48f43ab07a112c1c90245a0cfac7ba721c65170c"
    ),
];

/// The bundled context of this address, compared byte for byte.
pub fn find(url: &str) -> Option<&'static Context> {
    BUNDLED.iter().find(|context| context.url == url)
}

/// Why the contexts a document names are refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.reason())]
pub enum ContextError {
    /// No `@context`, or an empty one.
    Missing,
    /// A context that is not carried here.
    Unknown {
        /// Its address.
        url: String,
    },
    /// A context written into the document.
    Inline {
        /// Which entry, from 1.
        number: usize,
    },
    /// More than [`CONTEXTS_MAX`].
    TooMany {
        /// How many it names.
        count: usize,
    },
}

impl ContextError {
    /// Whether the document may be sound, and only its contexts are not at hand here.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        !matches!(self, Self::Missing)
    }

    /// The reason: a code and what the words for it need.
    #[must_use]
    pub fn reason(&self) -> Reason {
        match self {
            Self::Missing => Reason::new("rdf-context-missing"),
            Self::Unknown { url } => Reason::new("rdf-context-unknown").with("url", url.as_str()),
            Self::Inline { number } => Reason::new("rdf-context-inline").with("number", *number),
            Self::TooMany { count } => {
                Reason::new("rdf-context-many").with("count", *count).with("most", CONTEXTS_MAX)
            }
        }
    }
}

/// The contexts that a document names at its top, in order, every one of them known here.
///
/// # Errors
/// [`ContextError`] when the document names no context, when one is unknown or not an address, or when there are too many.
pub fn of(document: &Value) -> Result<Vec<&'static Context>, ContextError> {
    named(document.get("@context").unwrap_or(&Value::Null))
}

/// The contexts that the value of an `@context` names, as [`of`].
///
/// # Errors
/// As [`of`].
pub fn named(value: &Value) -> Result<Vec<&'static Context>, ContextError> {
    let named = match value {
        Value::Array(list) => list.as_slice(),
        Value::Null => &[],
        one => std::slice::from_ref(one),
    };
    match named.len() {
        0 => return Err(ContextError::Missing),
        1..=CONTEXTS_MAX => {}
        count => return Err(ContextError::TooMany { count }),
    }
    let known = |(index, entry): (usize, &Value)| {
        let url = entry.as_str().ok_or(ContextError::Inline { number: index + 1 })?;
        find(url).ok_or_else(|| ContextError::Unknown { url: shown(url) })
    };
    named.iter().enumerate().map(known).collect()
}
