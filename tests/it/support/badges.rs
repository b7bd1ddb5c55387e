//! The badge that most tests of badges begin with: its key and its claim.

use ed25519_dalek::SigningKey;
use typeproof::badge::claim::{Claim, Figures, IssuerRef, Measured};
use typeproof::badge::holder::HolderName;
use typeproof::badge::vc::did;
use typeproof::trust::{Assurance, multikey};

/// The key of every badge in these tests: no secret.
pub fn key() -> SigningKey {
    SigningKey::from_bytes(&[7; 32])
}

/// A claim with an inline key, a 16 character name and the figures of a good five minutes.
pub fn claim() -> Claim {
    Claim {
        level: [0xa1, 0xb2, 0xc3, 0xd4],
        supervision: Assurance::SelfAssessed.into(),
        issuer: IssuerRef::Inline { key: key().verifying_key().to_bytes(), name: None },
        name: Some(HolderName::new("Maria Lindqvist2").unwrap()),
        email: None,
        measured: Measured::of_test(figures()),
        start_unix: 1_795_430_000,
        log: [9; 16],
        valid_days: None,
        issued_after_s: 0,
        exam: None,
        attempt: None,
        status: None,
    }
}

/// The figures of a good five minutes.
pub const fn figures() -> Figures {
    Figures {
        net_x100: 6_212,
        gross_x100: 6_272,
        standing: 1_569,
        correct: 1_566,
        incorrect_left: 3,
        incorrect_fixed: 61,
        fixes: 40,
        right: 1_594,
        errors_x2: 6,
        consistency_bp: 8_120,
        duration_ms: 300_000,
    }
}

/// The verification method of a did:key: `did:key:z6Mk…#z6Mk…`.
pub fn did_key_method(key: &SigningKey) -> String {
    let key = key.verifying_key();
    format!("{}#{}", did::did_key(&key), multikey::encode(&key))
}
