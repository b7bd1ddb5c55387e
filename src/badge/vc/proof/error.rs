//! What can be wrong with a proof, each in words that say which.

use crate::badge::reasons::Reason;
use crate::badge::vc::canon::CanonError;
use crate::badge::vc::did::DidError;

/// How many proofs of one credential are checked: this program makes two, and each costs milliseconds.
pub const PROOFS_MAX: usize = 8;

/// Why a proof is not made or not believed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.reason())]
pub enum ProofError {
    /// The document to be signed, or checked against a separate proof, has a `proof` in it.
    AlreadyThere,
    /// The credential has no proof.
    Missing,
    /// More proofs than [`PROOFS_MAX`].
    TooMany {
        /// How many it carries.
        count: usize,
    },
    /// The credential names no issuer.
    NoIssuer,
    /// One of the credential's proofs is bad.
    Bad {
        /// Which one, from 1.
        number: usize,
        /// How many there are.
        count: usize,
        /// What is wrong with it.
        source: Box<ProofError>,
    },
    /// A proof that is not a JSON object.
    NotAnObject,
    /// A member is missing or is not a text.
    Member {
        /// The member.
        name: &'static str,
    },
    /// Not a kind of proof that is known here.
    Type {
        /// The type it gives.
        found: String,
    },
    /// A cryptosuite not known here.
    Suite {
        /// The suite it gives.
        found: String,
    },
    /// A proof made for another purpose, such as logging in.
    Purpose {
        /// The purpose it gives.
        found: String,
    },
    /// A proof that stands on another proof.
    Chained,
    /// A time that cannot be read.
    Time {
        /// The member.
        name: &'static str,
    },
    /// The proof's contexts are not those of the document.
    Context,
    /// The signature's text is malformed.
    Value,
    /// The key belongs to somebody else.
    NotIssuer {
        /// The verification method.
        method: String,
        /// The credential's issuer.
        issuer: String,
    },
    /// No key was found for the proof.
    Key(#[from] DidError),
    /// A key of a kind that does not sign with the suite that the proof names.
    OtherKey,
    /// A key of small order, for which signatures can be made without a secret.
    WeakKey,
    /// The document or the proof's options have no canonical form.
    Canon(#[from] CanonError),
    /// The signature does not fit: the document, the proof or the key is not the one that was signed with.
    Signature,
}

impl ProofError {
    /// Whether the proof may be good, and is only beyond what is known or at hand here.
    #[must_use]
    pub fn is_open(&self) -> bool {
        match self {
            Self::Type { .. } | Self::Suite { .. } | Self::Chained | Self::TooMany { .. } => true,
            Self::Key(why) => why.is_open(),
            Self::Canon(why) => why.is_open(),
            Self::Bad { source, .. } => source.is_open(),
            _ => false,
        }
    }

    /// The reason: a code and what the words for it need.
    #[must_use]
    pub fn reason(&self) -> Reason {
        let found = |code, found: &str| Reason::new(code).with("found", found);
        match self {
            Self::AlreadyThere => Reason::new("proof-there"),
            Self::Missing => Reason::new("proof-missing"),
            Self::TooMany { count } => {
                Reason::new("proof-many").with("count", *count).with("most", PROOFS_MAX)
            }
            Self::NoIssuer => Reason::new("proof-no-issuer"),
            Self::Bad { number, count, source } => Reason::new("proof-bad")
                .with("number", *number)
                .with("count", *count)
                .with("why", source.reason()),
            Self::NotAnObject => Reason::new("proof-no-object"),
            Self::Member { name } => Reason::new("proof-member").with("name", *name),
            Self::Type { found: it } => found("proof-type", it),
            Self::Suite { found: it } => found("proof-suite", it),
            Self::Purpose { found: it } => found("proof-purpose", it),
            Self::Chained => Reason::new("proof-chained"),
            Self::Time { name } => Reason::new("proof-time").with("name", *name),
            Self::Context => Reason::new("proof-context"),
            Self::Value => Reason::new("proof-value"),
            Self::NotIssuer { method, issuer } => Reason::new("proof-not-issuer")
                .with("method", method.as_str())
                .with("issuer", issuer.as_str()),
            Self::Key(why) => why.reason(),
            Self::OtherKey => Reason::new("proof-other-key"),
            Self::WeakKey => Reason::new("proof-weak-key"),
            Self::Canon(why) => why.reason(),
            Self::Signature => Reason::new("proof-signature"),
        }
    }
}
