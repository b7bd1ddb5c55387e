//! Who issues and who types in the vectors: keys from fixed seeds (no secrets), one test typed by a machine.

use std::sync::{Arc, LazyLock};

use chrono::{DateTime, Utc};
use ed25519_dalek::SigningKey;
use serde_json::{Value, json};
use typeproof::badge::claim::{Claim, Figures, IssuerRef, Measured};
use typeproof::badge::credential::{self, Badge, IssuerProfile, Texts};
use typeproof::badge::holder::{HashedEmail, HolderName};
use typeproof::badge::vc::did;
use typeproof::badge::vc::proof::{self, ProofOptions, Suite};
use typeproof::lessons::catalogue::Catalogue;
use typeproof::lessons::choice;
use typeproof::trust::{self, Assurance, Issuer, multikey};
use typeproof::typing::attempt::{self, Attempt};
use typeproof::typing::circumstances::Circumstances;
use typeproof::typing::hidden::Hidden;
use typeproof::typing::key::{Key, Stroke};
use typeproof::typing::score::Score;
use typeproof::typing::session::{Phase, Session};

/// The attack that version 0.1.0 let pass: a level of one's own with a shipped level's id, title and time.
pub const NINE_LINES: &str = r#"title = "Speed"
[[level]]
id = "speed-60"
title = "Typing 60 WPM at 97 % (5 minutes)"
rules = { limit = { seconds = 300 } }
pass = { speed = 1 }
text = "aaaa aaaa"
"#;

/// When the vectors ask, unless they say otherwise.
pub const NOW: &str = "2026-12-01T12:00:00Z";
/// When the test began.
const START: &str = "2026-11-20T10:00:00Z";
pub const NAME: &str = "Maria Lindqvist";
pub const EMAIL: &str = "maria@example.org";

/// An issuer's key by the byte that its seed is made of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Who {
    College = 1,
    Reviewers = 2,
    Retired = 3,
    Compromised = 4,
    Young = 5,
    Web = 6,
    Learner = 7,
    Stranger = 9,
}

impl Who {
    pub fn key(self) -> SigningKey {
        SigningKey::from_bytes(&[self as u8; 32])
    }

    pub fn multikey(self) -> String {
        multikey::encode(&self.key().verifying_key())
    }

    /// The entry in a list of trusted issuers.
    pub fn toml(self) -> String {
        let (name, life, highest) = match self {
            Self::College => ("City College", "from = 2026-01-01\nstate = \"in-use\"", "proctored"),
            Self::Reviewers => ("Review Board", "from = 2026-01-01\nstate = \"in-use\"", "reviewed"),
            Self::Retired => {
                ("Old School", "from = 2024-01-01\nstate = \"retired\"\nuntil = 2026-06-30", "proctored")
            }
            Self::Compromised => {
                let life = "from = 2026-01-01\nstate = \"compromised\"\nsince = 2026-11-25";
                ("Careless Academy", life, "proctored")
            }
            Self::Young => ("New Institute", "from = 2026-11-21\nstate = \"in-use\"", "proctored"),
            Self::Web => {
                let life = "did = \"did:web:badges.example.org\"\nfrom = 2026-01-01\nstate = \"in-use\"";
                ("Example Institute", life, "proctored")
            }
            Self::Learner | Self::Stranger => panic!("nobody's trusted issuer"),
        };
        format!(
            "name = \"{name}\"\nkey = \"{}\"\n{life}\nhighest_assurance = \"{highest}\"\n",
            self.multikey()
        )
    }

    /// What a credential says of this issuer.
    pub fn profile(self) -> IssuerProfile {
        let key = self.key().verifying_key();
        match self {
            Self::Learner => IssuerProfile::inline(key.as_bytes(), Some(NAME)).unwrap(),
            Self::Stranger => IssuerProfile::inline(key.as_bytes(), Some("Best Certificates")).unwrap(),
            _ => IssuerProfile::of(&Issuer::parse("vector", &self.toml()).unwrap(), &key),
        }
    }
}

/// The one test that was typed.
pub struct Typed {
    pub bytes: Vec<u8>,
    pub figures: Figures,
}

pub static TYPED: LazyLock<Typed> = LazyLock::new(|| typed(1));
/// The same test where something is to be said of how the keys came.
pub static REMARKED: LazyLock<Typed> = LazyLock::new(|| typed_amid(1, Some(SEEN)));
/// The same test, begun with one key too early: of that nothing is said.
pub static EARLY: LazyLock<Typed> =
    LazyLock::new(|| typed_amid(1, Some(Circumstances { early: 1, ..Circumstances::default() })));
/// What was seen of that test: more than a hand gives, and no more than a level lets pass.
pub const SEEN: Circumstances = Circumstances {
    together: 12,
    early: 3,
    wall_ahead_ms: -3_600_000,
    machine_ahead_ms: 0,
    hidden: Hidden { errors: false, figures: false },
};

/// Five minutes of `speed-60`: 150 ms a key and a little more for some, every sixtieth wrong and corrected, every two
/// hundredth left wrong.
pub fn typed(seed: u64) -> Typed {
    typed_amid(seed, None)
}

/// The same where this was seen besides the keys.
pub fn typed_amid(seed: u64, circumstances: Option<Circumstances>) -> Typed {
    let catalogue = Catalogue::embedded();
    let level = catalogue.level("speed-60").unwrap();
    let exercise = Arc::new(choice::choose(level, seed, &[], &catalogue).unwrap());
    let mut session = Session::new(Arc::clone(&exercise));
    let (mut at, mut count) = (0, 0);
    while !matches!(session.phase(), Phase::Ended(_)) {
        let due = session.due().unwrap();
        count += 1;
        let letter = matches!(due, Key::Char(c) if c.is_alphabetic());
        let keys = match count {
            n if letter && n % 200 == 0 => vec![Key::Char('#')],
            n if letter && n % 60 == 0 => vec![Key::Char('#'), Key::Backspace, due],
            _ => vec![due],
        };
        for key in keys {
            session.press(Stroke { at, key });
            at += 150 + count * 7 % 30;
        }
        session.tick(at);
    }
    let score = Score::of(&session).unwrap();
    let started_unix_ms = START.parse::<DateTime<Utc>>().unwrap().timestamp_millis();
    let wall_ms = i64::from(score.counts.duration_ms);
    let log = session.log().unwrap();
    let attempt = Attempt {
        exercise,
        level: Some(level.named()),
        started_unix_ms,
        wall_ms,
        circumstances,
        keyboard: None,
        log,
    };
    Typed { bytes: attempt.to_bytes(), figures: Figures::of(&score, &level.rules) }
}

/// The digest by which a badge names an attempt file.
pub fn log_digest(bytes: &[u8]) -> [u8; 16] {
    attempt::digest(bytes)[..16].try_into().unwrap()
}

/// What the test gives: the claim of a badge of this issuer.
pub fn claim(who: Who, assurance: Assurance) -> Claim {
    let key = who.key().verifying_key();
    let issuer = match who {
        Who::Learner => IssuerRef::Inline { key: key.to_bytes(), name: None },
        Who::Stranger => {
            let name = Some(HolderName::new("Best Certificates").unwrap());
            IssuerRef::Inline { key: key.to_bytes(), name }
        }
        _ => IssuerRef::Hint(trust::hint(&key)),
    };
    Claim {
        level: Catalogue::embedded().level("speed-60").unwrap().reference(),
        supervision: assurance.into(),
        issuer,
        name: Some(HolderName::new(NAME).unwrap()),
        email: Some(HashedEmail::new(EMAIL, *b"saltsalt").unwrap()),
        measured: Measured::of_test(TYPED.figures),
        start_unix: START.parse::<DateTime<Utc>>().unwrap().timestamp().cast_unsigned(),
        log: log_digest(&TYPED.bytes),
        valid_days: None,
        issued_after_s: 0,
        exam: None,
        attempt: None,
        status: None,
    }
}

/// Issues a claim of whatever level it names.
pub fn issue(who: Who, claim: &Claim) -> Badge {
    let catalogue = Catalogue::embedded();
    let level = catalogue.by_reference(claim.level).next().unwrap();
    credential::issue(claim, &Texts::of(level), &who.profile(), &who.key()).unwrap()
}

/// The college's proctored badge, from which most cases are made.
pub static COLLEGE: LazyLock<Badge> =
    LazyLock::new(|| issue(Who::College, &claim(Who::College, Assurance::Proctored)));
/// The learner's own.
pub static LEARNER: LazyLock<Badge> =
    LazyLock::new(|| issue(Who::Learner, &claim(Who::Learner, Assurance::SelfAssessed)));

/// Signs a changed credential anew with both suites, as its issuer could: the proofs are good, whatever it says.
pub fn sign(who: Who, credential: &Value) -> Value {
    sign_with(who, credential, &Suite::ALL, None)
}

/// Signs with these suites; `created` is the credential's own date unless given.
pub fn sign_with(who: Who, credential: &Value, suites: &[Suite], created: Option<&str>) -> Value {
    let mut document = credential.clone();
    document.as_object_mut().unwrap().shift_remove("proof");
    let created = created.or_else(|| document["validFrom"].as_str()).unwrap_or(NOW).to_owned();
    let options = ProofOptions { created, verification_method: who.profile().method() };
    let proofs: Vec<Value> =
        suites.iter().map(|suite| proof::sign(&document, *suite, &options, &who.key()).unwrap()).collect();
    document["proof"] = proofs.into();
    document
}

/// A badge that another program might have issued: other contexts' edition, no typeproof terms, one RDF proof.
pub fn foreign(issuer: &IssuerProfile) -> Value {
    json!({
        "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json"],
        "id": "https://academy.example.net/credentials/17",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "First Aid at Work",
        "issuer": {"id": issuer.did, "type": ["Profile"], "name": "Example Academy", "url": "https://academy.example.net"},
        "validFrom": "2026-05-04T08:00:00+02:00",
        "credentialSubject": {
            "id": "did:example:holder",
            "type": ["AchievementSubject"],
            "identifier": [{
                "type": "IdentityObject", "hashed": true, "salt": "Kosher", "identityType": "emailAddress",
                "identityHash": "sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399",
            }],
            "achievement": {
                "id": "https://academy.example.net/achievements/first-aid",
                "type": ["Achievement"],
                "name": "First Aid at Work",
                "description": "A course of two days with an examination.",
                "criteria": {"narrative": "Pass the written and the practical examination."},
            },
        },
    })
}

/// The document of the did:web in [`Who::Web`], as the college's own programs would publish it.
pub fn web_document() -> Value {
    let id = did_of_web();
    let method = format!("{id}#{}", Who::Web.multikey());
    json!({
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": id,
        "verificationMethod": [{
            "id": method, "type": "Multikey", "controller": id, "publicKeyMultibase": Who::Web.multikey(),
        }],
        "assertionMethod": [method],
    })
}

fn did_of_web() -> String {
    Who::Web.profile().did
}

/// A did:key of small order, for which anybody can make signatures.
pub fn small_order() -> IssuerProfile {
    let mut bytes = [0; 32];
    bytes[0] = 1;
    let key = ed25519_dalek::VerifyingKey::from_bytes(&bytes).unwrap();
    IssuerProfile {
        did: did::did_key(&key),
        key,
        name: "Nobody".to_owned(),
        url: None,
        email: None,
        image: None,
        status_list: None,
    }
}
