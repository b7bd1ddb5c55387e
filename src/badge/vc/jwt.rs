//! JSON Web Tokens as badges have them (RFC 7515, RFC 7519; Open Badges 3.0, section 8.2.4; W3C VC-JOSE-COSE): a compact
//! signature around a credential.
//!
//! The token says itself how it is signed, so only algorithms with a public key are known here: never `none`, and never one
//! whose key both sides share, with which everyone who can verify could also sign.

use data_encoding::BASE64URL_NOPAD;
use serde_json::{Map, Value};

use crate::badge::reasons::Reason;
use crate::badge::vc::did::{DidError, issuer_owns};
use crate::badge::vc::json::{self, JsonError, shown};
use crate::badge::vc::key::PublicKey;
use crate::trust::multikey::KeyError;

/// The algorithms that are known here, as a header names them (RFC 7518, RFC 8037, RFC 8812).
const ALGORITHMS: [&str; 7] = ["EdDSA", "Ed25519", "ES256", "ES384", "ES256K", "RS256", "PS256"];

/// Why a token is not believed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.reason())]
pub enum JwtError {
    /// Not three parts of base64url, or a part is not JSON.
    Form {
        /// Which part: the code of a reason.
        part: &'static str,
    },
    /// The header or the claims are JSON that is not read here.
    Json(#[from] JsonError),
    /// Signed with nothing, or with a key that both sides share.
    NoSignature {
        /// The algorithm that the header names.
        found: String,
    },
    /// An algorithm or an extension that is not known here.
    Algorithm {
        /// What the header names.
        found: String,
    },
    /// The header names no key.
    NoKey,
    /// The key that the header names.
    Key(#[from] DidError),
    /// The key that the header holds.
    OwnKey(#[from] KeyError),
    /// A claim says something else than the credential.
    Claim {
        /// The claim.
        name: &'static str,
    },
    /// The signature does not fit.
    Signature,
}

impl JwtError {
    /// Whether the token may be good, and is only beyond what is known or at hand here.
    #[must_use]
    pub fn is_open(&self) -> bool {
        match self {
            Self::Algorithm { .. } => true,
            Self::Json(why) => why.is_open(),
            Self::Key(why) => why.is_open(),
            Self::OwnKey(why) => *why == KeyError::Kind,
            _ => false,
        }
    }

    /// The reason: a code and what the words for it need.
    #[must_use]
    pub fn reason(&self) -> Reason {
        match self {
            Self::Form { part } => Reason::new("jwt-form").with("part", Reason::new(part)),
            Self::Json(why) => why.reason(),
            Self::NoSignature { found } => Reason::new("jwt-unsigned").with("found", found.as_str()),
            Self::Algorithm { found } => Reason::new("jwt-algorithm").with("found", found.as_str()),
            Self::NoKey => Reason::new("jwt-no-key"),
            Self::Key(why) => why.reason(),
            Self::OwnKey(why) => Reason::new("jwt-own-key").with("why", Reason::from(*why)),
            Self::Claim { name } => Reason::new("jwt-claim").with("name", *name),
            Self::Signature => Reason::new("jwt-signature"),
        }
    }
}

/// A token taken apart; nothing of it is believed yet.
#[derive(Debug, Clone, PartialEq)]
pub struct Jwt {
    header: Map<String, Value>,
    /// What it claims.
    pub claims: Map<String, Value>,
    signed: String,
    signature: Vec<u8>,
}

/// Whether bytes look like a compact token: three parts with dots between, the first of which is a JSON object in base64url.
#[must_use]
pub fn is_compact(bytes: &[u8]) -> bool {
    let bytes = bytes.trim_ascii();
    let plain = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
    bytes.starts_with(b"ey") && bytes.iter().filter(|b| **b == b'.').count() == 2 && bytes.iter().all(plain)
}

impl Jwt {
    /// Takes a compact token apart.
    ///
    /// # Errors
    /// [`JwtError::Form`] and [`JwtError::Json`] when it is none.
    pub fn read(text: &str) -> Result<Self, JwtError> {
        let form = |part| JwtError::Form { part };
        let text = text.trim_ascii();
        let parts: Vec<&str> = text.split('.').collect();
        let [header, claims, signature] = parts[..] else { return Err(form("jwt-parts")) };
        let bytes = |part: &str, name| {
            BASE64URL_NOPAD.decode(part.as_bytes()).map_err(|_| JwtError::Form { part: name })
        };
        let object = |part: &str, name| match json::parse(&bytes(part, name)?)? {
            Value::Object(members) => Ok(members),
            _ => Err(JwtError::Form { part: name }),
        };
        Ok(Self {
            header: object(header, "jwt-header")?,
            claims: object(claims, "jwt-claims")?,
            signed: format!("{header}.{claims}"),
            signature: bytes(signature, "jwt-signature-part")?,
        })
    }

    /// The algorithm, as a reason names it.
    #[must_use]
    pub fn algorithm(&self) -> &str {
        self.text("alg").unwrap_or_default()
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.header.get(name).and_then(Value::as_str)
    }

    /// Checks the signature, and gives the key that it was made with: that which `key_for` gives for the key that the
    /// header names, otherwise the one that the header holds, which ties the token to nobody.
    ///
    /// # Errors
    /// [`JwtError`] says why it is not believed.
    pub fn check(
        &self,
        issuer: &str,
        key_for: impl Fn(&str) -> Result<PublicKey, DidError>,
    ) -> Result<PublicKey, JwtError> {
        let algorithm = self.algorithm();
        if algorithm.eq_ignore_ascii_case("none") || algorithm.starts_with("HS") || algorithm.is_empty() {
            return Err(JwtError::NoSignature { found: shown(algorithm) });
        }
        if !ALGORITHMS.contains(&algorithm) {
            return Err(JwtError::Algorithm { found: shown(algorithm) });
        }
        if self.header.contains_key("crit") || self.header.contains_key("b64") {
            return Err(JwtError::Algorithm { found: "crit".to_owned() });
        }
        let key = self.key(issuer, key_for)?;
        let message = self.signed.as_bytes();
        let fits = match (algorithm, &key) {
            ("EdDSA" | "Ed25519", PublicKey::Ed25519(_))
            | ("ES256", PublicKey::P256(_))
            | ("ES384", PublicKey::P384(_))
            | ("ES256K", PublicKey::Secp256k1(_))
            | ("RS256", PublicKey::Rsa(_)) => key.fits(message, &self.signature),
            ("PS256", PublicKey::Rsa(_)) => key.fits_pss(message, &self.signature),
            _ => false,
        };
        fits.then_some(key).ok_or(JwtError::Signature)
    }

    fn key(
        &self,
        issuer: &str,
        key_for: impl Fn(&str) -> Result<PublicKey, DidError>,
    ) -> Result<PublicKey, JwtError> {
        let own = || match PublicKey::from_jwk(self.header.get("jwk")?) {
            Some(key) => Some(key.map_err(JwtError::OwnKey)),
            None => Some(Err(JwtError::OwnKey(KeyError::Kind))),
        };
        let named = self.text("kid").map(|kid| match kid.contains(':') {
            true => kid.to_owned(),
            false => format!("{issuer}#{}", kid.trim_start_matches('#')),
        });
        match named {
            // A key of somebody else does not speak for the issuer.
            Some(method) if !issuer_owns(issuer, &method) => {
                own().unwrap_or(Err(DidError::Unsupported { method: shown(&method) }.into()))
            }
            Some(method) => match (key_for(&method), own()) {
                (Err(why), Some(own)) if why.is_open() => own,
                (found, _) => Ok(found?),
            },
            None => own().unwrap_or(Err(JwtError::NoKey)),
        }
    }
}
