//! Who holds the key that a proof names: did:key from the name itself, others from a document that the user supplies.
//!
//! Nothing is fetched. A did:key carries its key; a did:web names a document at an https address, which the user
//! hands over. A key counts only if the document names it for making assertions.

use crate::badge::reasons::Reason;
use crate::badge::vc::json::{self, shown};
use crate::badge::vc::key::PublicKey;
use crate::trust::TrustList;
use crate::trust::multikey::{self, KeyError};
use data_encoding::BASE64URL_NOPAD;
use ed25519_dalek::VerifyingKey;
use serde_json::Value;

/// Why no key is found for the verification method of a proof.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.reason())]
pub enum DidError {
    /// The method names a holder but none of its keys.
    NoFragment {
        /// The method.
        method: String,
    },
    /// A did:key whose `#` part is not its own key.
    OtherFragment {
        /// The method.
        method: String,
    },
    /// The key itself is refused.
    Key {
        /// The method.
        method: String,
        /// What is wrong with its key.
        why: KeyError,
    },
    /// Neither did:key, did:jwk, did:web nor an https address.
    Unsupported {
        /// The method.
        method: String,
    },
    /// A did:web that names no host or an odd path.
    WebName {
        /// The name.
        did: String,
    },
    /// A document is needed and was not supplied.
    NoDocument {
        /// Whose key.
        holder: String,
        /// Where its document would be.
        address: String,
    },
    /// The supplied document does not name the method for making assertions.
    NotListed {
        /// Whose document.
        holder: String,
        /// The method.
        method: String,
    },
    /// The document lists a method that belongs to somebody else.
    Controller {
        /// Whose document.
        holder: String,
        /// The method.
        method: String,
    },
    /// The document says the key is revoked or runs out.
    Withdrawn {
        /// Whose document.
        holder: String,
        /// The method.
        method: String,
        /// The member found: `revoked` or `expires`.
        mark: &'static str,
    },
    /// The key is written in a form not read here.
    Form {
        /// Whose document.
        holder: String,
        /// The method.
        method: String,
    },
}

impl DidError {
    /// Whether no key was found that could speak against the badge: somebody who has more may know it.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        matches!(
            self,
            Self::NoFragment { .. }
                | Self::OtherFragment { .. }
                | Self::Unsupported { .. }
                | Self::NoDocument { .. }
                | Self::Form { .. }
                | Self::Key { why: KeyError::Kind, .. }
        )
    }

    /// The reason: a code and what the words for it need.
    #[must_use]
    pub fn reason(&self) -> Reason {
        let by = |code, method: &str| Reason::new(code).with("method", method);
        let of = |code, holder: &str, method: &str| by(code, method).with("holder", holder);
        match self {
            Self::NoFragment { method } => by("did-no-fragment", method),
            Self::OtherFragment { method } => by("did-other-fragment", method),
            Self::Key { method, why } => by("did-key", method).with("why", Reason::from(*why)),
            Self::Unsupported { method } => by("did-unsupported", method),
            Self::WebName { did } => Reason::new("did-web-name").with("did", did.as_str()),
            Self::NoDocument { holder, address } => Reason::new("did-no-document")
                .with("holder", holder.as_str())
                .with("address", address.as_str()),
            Self::NotListed { holder, method } => of("did-unlisted", holder, method),
            Self::Controller { holder, method } => of("did-controller", holder, method),
            Self::Withdrawn { holder, method, mark } => {
                of("did-withdrawn", holder, method).with("mark", *mark)
            }
            Self::Form { holder, method } => of("did-form", holder, method),
        }
    }
}

/// The did:key name of a public key: `did:key:z6Mk…`.
pub fn did_key(key: &VerifyingKey) -> String {
    format!("did:key:{}", multikey::encode(key))
}

/// Whether a verification method belongs to this issuer: the part before the `#` is the issuer's id. Without this a
/// proof shows only that somebody signed. A name that is one key needs no `#`.
pub fn issuer_owns(issuer_id: &str, method: &str) -> bool {
    match method.split_once('#') {
        Some((holder, _)) => holder == issuer_id,
        None => method == issuer_id,
    }
}

/// The public key that a verification method names, from the name (did:key) or from the documents supplied
/// (did:web, https).
///
/// # Errors
/// [`DidError`] when the method names no key, needs a document that is not among `documents`, or is not named there
/// for making assertions.
pub fn resolve(method: &str, documents: &[Value]) -> Result<PublicKey, DidError> {
    let (holder, fragment) = match method.split_once('#') {
        Some((holder, fragment)) => (holder, Some(fragment)),
        None => (method, None),
    };
    if let Some(multikey) = holder.strip_prefix("did:key:") {
        if fragment.is_some_and(|fragment| fragment != multikey) {
            return Err(DidError::OtherFragment { method: shown(method) });
        }
        return PublicKey::from_multikey(multikey)
            .map_err(|why| DidError::Key { method: shown(method), why });
    }
    if let Some(jwk) = holder.strip_prefix("did:jwk:") {
        return of_jwk(jwk, fragment, method);
    }
    let address = match holder.strip_prefix("did:web:") {
        Some(_) => web_address(holder)?,
        None if holder.starts_with("https://") => holder.to_owned(),
        None => return Err(DidError::Unsupported { method: shown(method) }),
    };
    let document = documents.iter().find(|document| text(document, "id") == Some(holder));
    let document =
        document.ok_or_else(|| DidError::NoDocument { holder: shown(holder), address: shown(&address) })?;
    let fragment = fragment.ok_or_else(|| DidError::NoFragment { method: shown(method) })?;
    Listing { holder, fragment, method, document }.key()
}

/// The key of a did:jwk, which is a JSON Web Key in base64url; its one method is `#0` (did:jwk method specification).
fn of_jwk(jwk: &str, fragment: Option<&str>, method: &str) -> Result<PublicKey, DidError> {
    let wrong = |why| DidError::Key { method: shown(method), why };
    if fragment.is_some_and(|fragment| fragment != "0") {
        return Err(DidError::OtherFragment { method: shown(method) });
    }
    let bytes = BASE64URL_NOPAD.decode(jwk.as_bytes()).map_err(|_| wrong(KeyError::Form))?;
    let jwk = json::parse(&bytes).map_err(|_| wrong(KeyError::Form))?;
    match PublicKey::from_jwk(&jwk) {
        Some(key) => key.map_err(wrong),
        None => Err(wrong(KeyError::Kind)),
    }
}

/// As [`resolve`]; where a document was not supplied, the key of a trusted issuer with this DID, whose entry in the list
/// says that the key is the DID's.
///
/// # Errors
/// As [`resolve`].
pub fn known(method: &str, documents: &[Value], trust: &TrustList) -> Result<PublicKey, DidError> {
    resolve(method, documents).or_else(|e| {
        let (DidError::NoDocument { .. }, Some((did, key))) = (&e, method.split_once('#')) else {
            return Err(e);
        };
        let is_pinned = |key: &VerifyingKey| trust.by_key(key).is_some_and(|i| i.did.as_deref() == Some(did));
        multikey::decode(key).ok().filter(is_pinned).map(PublicKey::from).ok_or(e)
    })
}

/// The https address of a did:web's document: `did:web:host` is at `/.well-known/did.json`, `did:web:host:a:b` at
/// `/a/b/did.json`, and `%3A` in the host precedes a port (did:web method, section 3.2).
///
/// # Errors
/// [`DidError::WebName`] when the name has no host, an empty part, or characters that do not belong there.
pub fn web_address(did: &str) -> Result<String, DidError> {
    let wrong = || DidError::WebName { did: shown(did) };
    let name = did.strip_prefix("did:web:").ok_or_else(wrong)?;
    let fits = |part: &str| {
        let allowed = |c: char| c.is_ascii_alphanumeric() || ".-_%".contains(c);
        !part.is_empty() && part.chars().all(allowed) && !part.chars().all(|c| c == '.')
    };
    if !name.split(':').all(fits) {
        return Err(wrong());
    }
    let (host, path) = name.split_once(':').unwrap_or((name, ".well-known"));
    let host = host.replace("%3A", ":").replace("%3a", ":");
    Ok(format!("https://{host}/{}/did.json", path.replace(':', "/")))
}

/// Whether this is the document of a holder who makes assertions, as [`resolve`] reads it: it has the holder's id, and
/// lists methods for that purpose (DID Core, sections 5.1.1 and 5.3.2).
pub fn is_document(document: &Value) -> bool {
    let id = text(document, "id").unwrap_or_default();
    let holder = id.starts_with("did:") || id.starts_with("https://");
    let methods = document.get("assertionMethod");
    holder && methods.is_some_and(|methods| methods.is_array() || methods.is_string() || methods.is_object())
}

fn text<'a>(object: &'a Value, member: &str) -> Option<&'a str> {
    object.get(member)?.as_str()
}

/// A method looked up in its holder's document.
struct Listing<'a> {
    holder: &'a str,
    fragment: &'a str,
    method: &'a str,
    document: &'a Value,
}

impl<'a> Listing<'a> {
    fn key(&self) -> Result<PublicKey, DidError> {
        let (holder, method) = (shown(self.holder), shown(self.method));
        let Some(entry) = self.entry() else {
            return Err(DidError::NotListed { holder, method });
        };
        if text(entry, "controller") != Some(self.holder) {
            return Err(DidError::Controller { holder, method });
        }
        if let Some(mark) = ["revoked", "expires"].into_iter().find(|mark| entry.get(*mark).is_some()) {
            return Err(DidError::Withdrawn { holder, method, mark });
        }
        match key_of(entry) {
            Some(key) => key.map_err(|why| DidError::Key { method, why }),
            None => Err(DidError::Form { holder, method }),
        }
    }

    /// The method's entry: in `assertionMethod` itself, or in `verificationMethod` when it is named there by its id.
    fn entry(&self) -> Option<&'a Value> {
        let asserted = self.list("assertionMethod").find(|entry| self.is_it(entry))?;
        if asserted.is_object() {
            return Some(asserted);
        }
        self.list("verificationMethod").find(|entry| entry.is_object() && self.is_it(entry))
    }

    fn list(&self, member: &str) -> impl Iterator<Item = &'a Value> + use<'a> {
        let listed = self.document.get(member);
        listed
            .map_or(&[][..], |listed| listed.as_array().map_or(std::slice::from_ref(listed), Vec::as_slice))
            .iter()
    }

    /// Whether an entry, a text or an object with an id, is this method, written in full or as `#…` alone.
    fn is_it(&self, entry: &Value) -> bool {
        let id = entry.as_str().or_else(|| text(entry, "id"));
        id.is_some_and(|id| id == self.method || id.strip_prefix('#') == Some(self.fragment))
    }
}

/// The key within a verification method; nothing when its form is not known.
fn key_of(entry: &Value) -> Option<Result<PublicKey, KeyError>> {
    match text(entry, "type")? {
        "Multikey" | "Ed25519VerificationKey2020" => {
            Some(PublicKey::from_multikey(text(entry, "publicKeyMultibase")?))
        }
        "Ed25519VerificationKey2018" => {
            let key = bs58::decode(text(entry, "publicKeyBase58")?).into_vec().ok();
            let bytes = key.and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
            let key = bytes.ok_or(KeyError::Form).and_then(|bytes| multikey::from_bytes(&bytes));
            Some(key.map(PublicKey::from))
        }
        "JsonWebKey" | "JsonWebKey2020" => PublicKey::from_jwk(entry.get("publicKeyJwk")?),
        _ => None,
    }
}
