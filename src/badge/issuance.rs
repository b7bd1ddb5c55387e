//! What a badge says besides what was measured: who signs it, for whom, under which supervision, in which examination.
//!
//! Nothing of this is fixed in the code that signs. A learner's own award and a proctor's signature differ in one
//! [`Issuance`], no more.

use ed25519_dalek::VerifyingKey;

use crate::badge::claim::{Claim, IssuerRef, Measured};
pub use crate::badge::claim::{Counts, Identity, Note, Presence, Proctoring, Review, Supervision};
use crate::badge::credential::IssuerProfile;
use crate::badge::holder::{HashedEmail, HolderName};
use crate::trust;

/// Who signs, and how the badge names the key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Signer {
    /// A key that no list knows: it travels whole in the badge.
    Inline {
        /// The public key.
        key: VerifyingKey,
        /// The issuer's name; the holder's where this is `None`.
        name: Option<HolderName>,
    },
    /// An issuer that verifiers have on their list: the badge's token only hints at the key.
    Listed(IssuerProfile),
}

impl Signer {
    /// The public key under which the signature is checked.
    #[must_use]
    pub const fn key(&self) -> &VerifyingKey {
        match self {
            Self::Inline { key, .. } => key,
            Self::Listed(profile) => &profile.key,
        }
    }

    fn reference(&self) -> IssuerRef {
        match self {
            Self::Inline { key, name } => IssuerRef::Inline { key: key.to_bytes(), name: name.clone() },
            Self::Listed(profile) => IssuerRef::Hint(trust::hint(&profile.key)),
        }
    }
}

/// What was typed, as a badge states it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tested {
    /// The first bytes of the digest of what was achieved: of a level's version, a milestone or a course's version.
    pub level: [u8; 4],
    /// What was measured.
    pub measured: Measured,
    /// When it began, seconds since 1970 (UTC).
    pub start_unix: u64,
    /// First half of the SHA-256 of the attempt file, or of the name of the record of all attempts.
    pub log: [u8; 16],
}

/// How a badge is issued, as data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issuance {
    /// How the test was supervised, and by whom.
    pub supervision: Supervision,
    /// Who signs.
    pub signer: Signer,
    /// The holder's name.
    pub name: Option<HolderName>,
    /// The holder's e-mail address, hashed.
    pub email: Option<HashedEmail>,
    /// Days for which the badge is valid, where not the level's.
    pub valid_days: Option<u32>,
    /// Seconds from the end of the test to the issue.
    pub issued_after_s: u32,
    /// The examination; nothing where the supervision names it.
    pub exam: Option<String>,
    /// Which attempt of the holder this was under this issuer; nothing where the supervision says it.
    pub attempt: Option<u32>,
    /// Place in the issuer's list of revoked badges.
    pub status: Option<u32>,
}

impl Issuance {
    /// What a learner's own key signs for its owner: self-assessed, at once, in no examination.
    #[must_use]
    pub const fn self_assessed(key: VerifyingKey, name: HolderName, email: Option<HashedEmail>) -> Self {
        Self {
            supervision: Supervision::SelfAssessed,
            signer: Signer::Inline { key, name: None },
            name: Some(name),
            email,
            valid_days: None,
            issued_after_s: 0,
            exam: None,
            attempt: None,
            status: None,
        }
    }

    /// The claim of a badge that is issued so for this test. Whether it can be is said when it becomes bytes.
    #[must_use]
    pub fn claim(&self, tested: &Tested) -> Claim {
        Claim {
            level: tested.level,
            supervision: self.supervision.clone(),
            issuer: self.signer.reference(),
            name: self.name.clone(),
            email: self.email,
            measured: tested.measured,
            start_unix: tested.start_unix,
            log: tested.log,
            valid_days: self.valid_days,
            issued_after_s: self.issued_after_s,
            exam: self.exam.clone(),
            attempt: self.attempt,
            status: self.status,
        }
    }

    /// What the credential says of its issuer.
    #[must_use]
    pub fn issuer(&self) -> IssuerProfile {
        match &self.signer {
            Signer::Inline { key, name } => {
                let name = name.as_ref().or(self.name.as_ref());
                IssuerProfile::of_key(*key, name.map(HolderName::as_str))
            }
            Signer::Listed(profile) => profile.clone(),
        }
    }
}
