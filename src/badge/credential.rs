//! A credential is `template ⊕ level ⊕ claim`: issuing and rebuilding fill the same template.

use chrono::{DateTime, SecondsFormat};
use ed25519_dalek::{Signer, SigningKey, VerifyingKey};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use crate::badge::claim::{Claim, ClaimError, Figures, IssuerRef, Noted};
pub use crate::badge::figures::{halves, hundredths};
use crate::badge::template::{self, TemplateError};
use crate::badge::token::Token;
use crate::badge::vc::did;
use crate::badge::vc::proof::{self, ProofError, ProofOptions, Suite};
use crate::lessons::level::Level;
use crate::trust::multikey;

/// Name of a self-assessed badge's issuer where neither issuer nor holder has one.
const NAMELESS_ISSUER: &str = "a typeproof user";

/// What is constant for a version of a level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LevelTexts {
    /// The texts that the template's `{level. }` holes name.
    pub constants: Value,
    /// The digest of the level version: of these texts, its rules and its source of text.
    pub digest: [u8; 32],
    /// Days for which a badge of this level is valid unless its claim says otherwise.
    pub valid_days: u32,
}

impl LevelTexts {
    /// The texts of a level.
    pub fn of(level: &Level) -> Self {
        Self { constants: level.constants(), digest: level.digest(), valid_days: level.valid_days }
    }

    /// What the template's `{level. }` holes are filled with.
    pub fn holes(&self) -> Value {
        let mut holes = self.constants.clone();
        holes["urn"] = json!(self.urn());
        holes
    }

    /// The achievement's id: a UUID (version 8, RFC 9562) of the digest, so that another text is another achievement.
    pub fn urn(&self) -> String {
        urn_uuid(&self.digest)
    }

    /// The template of its credentials: a level of a user's file says in its name whose it is.
    fn template(&self) -> Result<Value, TemplateError> {
        match self.constants.get("own") {
            Some(_) => template::own_credential_1(),
            None => template::credential_1(),
        }
    }

    /// What a credential of an issuer of this name says of the level: the credential's name, and the achievement.
    ///
    /// # Errors
    /// When the embedded template is damaged, or a hole has no value.
    pub fn said(&self, issuer: &str) -> Result<(Value, Value), TemplateError> {
        let holes = json!({"level": self.holes(), "issuer": {"name": issuer}});
        let template = self.template()?;
        let part = |pointer| template::expand(template.pointer(pointer).unwrap_or(&Value::Null), &holes);
        Ok((part("/name")?, part("/credentialSubject/achievement")?))
    }
}

/// What a credential says of its issuer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuerProfile {
    /// The public key.
    pub key: VerifyingKey,
    /// The DID: did:key of the key unless the issuer has a did:web.
    pub did: String,
    /// Display name.
    pub name: String,
    /// Home page.
    pub url: Option<String>,
    /// URL of the status list credential.
    pub status_list: Option<String>,
}

impl IssuerProfile {
    /// The issuer of a self-assessed badge: the key, and the holder's name unless the claim has another.
    ///
    /// # Errors
    /// `None` when the key is no Ed25519 point.
    pub fn inline(key: &[u8; 32], name: Option<&str>) -> Option<Self> {
        multikey::from_bytes(key).ok().map(|key| Self::of_key(key, name))
    }

    /// The issuer of whom nothing is known but a key and, perhaps, a name.
    pub fn of_key(key: VerifyingKey, name: Option<&str>) -> Self {
        let name = name.unwrap_or(NAMELESS_ISSUER).to_owned();
        Self { did: did::did_key(&key), key, name, url: None, status_list: None }
    }

    /// A trusted issuer, as its entry in the list describes it, signing with this one of its keys.
    pub fn of(issuer: &crate::trust::Issuer, key: &VerifyingKey) -> Self {
        Self {
            key: *key,
            did: issuer.did.clone().unwrap_or_else(|| did::did_key(key)),
            name: issuer.name.clone(),
            url: issuer.url.clone(),
            status_list: issuer.status_list.clone(),
        }
    }

    /// The verification method of its proofs: the DID and the multikey as fragment.
    pub fn method(&self) -> String {
        format!("{}#{}", self.did, multikey::encode(&self.key))
    }

    fn holes(&self) -> Value {
        let mut holes = json!({"id": self.did, "name": self.name});
        for (name, value) in [("url", &self.url), ("status_list", &self.status_list)] {
            if let Some(value) = value {
                holes[name] = json!(value);
            }
        }
        holes
    }
}

/// A signed badge, not yet believed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Badge {
    /// The credential with its proofs.
    pub credential: Value,
    /// The short [`Token`]: the claim and the signature of the `eddsa-jcs-2022` proof.
    pub token: Vec<u8>,
}

/// Why a credential cannot be made.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum CredentialError {
    /// The claim.
    #[error(transparent)]
    Claim(#[from] ClaimError),
    /// The template.
    #[error(transparent)]
    Template(#[from] TemplateError),
    /// A proof.
    #[error("the credential could not be signed or rebuilt: {0}")]
    Proof(#[from] ProofError),
    /// A time outside of what dates can say.
    #[error("{0} seconds since 1970 is no date that a credential can hold")]
    Time(u64),
    /// The claim names another issuer than the key that is to sign.
    #[error("the claim names another issuer than the key that signs")]
    Issuer,
}

/// Fills the template: the credential without proofs.
///
/// # Errors
/// When the claim contradicts itself or a hole has no value.
pub fn document(claim: &Claim, level: &LevelTexts, issuer: &IssuerProfile) -> Result<Value, CredentialError> {
    let holes =
        json!({"level": level.holes(), "issuer": issuer.holes(), "claim": claim_holes(claim, level)?});
    Ok(template::expand(&level.template()?, &holes)?)
}

/// Makes a badge: fills the template and signs it twice, `eddsa-rdfc-2022` first, since wallets take the first.
///
/// # Errors
/// When the claim names another issuer than `issuer`, or a step fails.
///
/// # Examples
///
/// ```
/// use ed25519_dalek::SigningKey;
/// use typeproof::badge::claim::{Figures, Noted};
/// use typeproof::badge::credential::{self, LevelTexts};
/// use typeproof::badge::holder::HolderName;
/// use typeproof::badge::issuance::{Issuance, Tested};
/// use typeproof::badge::verify::{self, Check};
/// use typeproof::lessons::catalogue::Catalogue;
/// use typeproof::trust::TrustList;
/// # use std::sync::Arc;
/// # use typeproof::lessons::choice;
/// # use typeproof::typing::key::Stroke;
/// # use typeproof::typing::score::Score;
/// # use typeproof::typing::session::Session;
///
/// # let catalogue = Catalogue::embedded();
/// # let level = catalogue.level("speed-60").ok_or("the level is shipped")?;
/// # let mut session = Session::new(Arc::new(choice::choose(level, 1, &[], &catalogue)?));
/// # let mut at = 0;
/// # while session.log().is_none() {
/// #     let key = session.due().ok_or("this text can be typed key by key")?;
/// #     session.press(Stroke { at, key });
/// #     at += 150;
/// # }
/// # let score = Score::of(&session).ok_or("the session has ended")?;
/// # let attempt_digest = [7; 16];
/// let tested = Tested {
///     level: level.reference(),
///     figures: Figures::of(&score, &level.rules),
///     start_unix: 1_795_168_800,
///     log: attempt_digest,
///     noted: Noted::default(),
/// };
/// // A key from the system's randomness in earnest, and kept secret.
/// let key = SigningKey::from_bytes(&[42; 32]);
/// let issuance = Issuance::self_assessed(key.verifying_key(), HolderName::new("Ada Lovelace")?, None);
/// let (claim, issuer) = (issuance.claim(&tested), issuance.issuer());
/// let badge = credential::issue(&claim, &LevelTexts::of(level), &issuer, &key)?;
///
/// let check = Check {
///     trust: &TrustList::default(),
///     catalogue: &catalogue,
///     now: "2026-12-01T12:00:00Z".parse()?,
///     documents: &[],
///     holder: Some("Ada Lovelace"),
///     attempt: None,
///     statuses: &[],
/// };
/// let verdict = verify::document(badge.credential.to_string().as_bytes(), &check).verdict;
/// assert!(verdict.integrity.is_yes() && verdict.holder.is_yes());
/// assert!(!verdict.issuer.is_yes(), "nobody trusts this key yet");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn issue(
    claim: &Claim,
    level: &LevelTexts,
    issuer: &IssuerProfile,
    key: &SigningKey,
) -> Result<Badge, CredentialError> {
    if !names(&claim.issuer, &issuer.key) || key.verifying_key() != issuer.key {
        return Err(CredentialError::Issuer);
    }
    let mut credential = document(claim, level, issuer)?;
    let options = proof_options(claim, issuer)?;
    let rdfc = proof::sign(&credential, Suite::EddsaRdfc2022, &options, key)?;
    let signature = key.sign(&proof::signing_input(&credential, Suite::EddsaJcs2022, &options)?).to_bytes();
    let jcs = proof::proof_object(&credential, Suite::EddsaJcs2022, &options, &signature);
    let token = Token { claim: claim.clone(), jcs: signature, rdfc: None }.to_bytes()?;
    credential["proof"] = json!([rdfc, jcs]);
    Ok(Badge { credential, token })
}

/// Rebuilds the credential that a token's signatures are of: with both, the very credential that was issued; with one,
/// the same without its `eddsa-rdfc-2022` proof.
///
/// # Errors
/// When a hole has no value. The signatures are not checked here.
pub fn rebuild(token: &Token, level: &LevelTexts, issuer: &IssuerProfile) -> Result<Value, CredentialError> {
    let mut credential = document(&token.claim, level, issuer)?;
    let options = proof_options(&token.claim, issuer)?;
    let signatures = [(Suite::EddsaRdfc2022, token.rdfc), (Suite::EddsaJcs2022, Some(token.jcs))];
    let proof = |(suite, signature): (_, Option<_>)| {
        Some(proof::proof_object(&credential, suite, &options, &signature?))
    };
    let proofs: Value = signatures.into_iter().filter_map(proof).collect();
    credential["proof"] = proofs;
    Ok(credential)
}

/// The token with both signatures, of a short one and the credential that was issued with it. `None` where there is
/// nothing to add: a token that is no short one, or a credential without the one `eddsa-rdfc-2022` proof.
pub fn full_token(token: &[u8], credential: &Value) -> Option<Vec<u8>> {
    let short = Token::read(token).ok().filter(|token| token.rdfc.is_none())?;
    let of_suite = |proof: &&Value| {
        proof.get("cryptosuite").and_then(Value::as_str) == Some(Suite::EddsaRdfc2022.name())
    };
    let mut proofs = credential.get("proof")?.as_array()?.iter().filter(of_suite);
    let (Some(proof), None) = (proofs.next(), proofs.next()) else { return None };
    let rdfc = multikey::decode_base58(proof.get("proofValue")?.as_str()?)?;
    Token { rdfc: Some(rdfc), ..short }.to_bytes().ok()
}

/// Whether a claim's issuer is this key.
fn names(issuer: &IssuerRef, key: &VerifyingKey) -> bool {
    match issuer {
        IssuerRef::Hint(hint) => *hint == crate::trust::hint(key),
        IssuerRef::Inline { key: inline, .. } => inline == key.as_bytes(),
    }
}

fn proof_options(claim: &Claim, issuer: &IssuerProfile) -> Result<ProofOptions, CredentialError> {
    Ok(ProofOptions { created: instant(claim.issued_unix())?, verification_method: issuer.method() })
}

/// The texts of the figures, by the names of the template's `{claim. }` holes.
pub fn figure_holes(f: &Figures) -> Value {
    json!({
        "net": hundredths(f.net_x100),
        "gross": hundredths(f.gross_x100),
        "accuracy": hundredths(f.accuracy_bp()),
        "errors": halves(f.errors_x2),
        "consistency": hundredths(f.consistency_bp),
        "correct": f.correct.to_string(),
        "incorrect_left": f.incorrect_left.to_string(),
        "incorrect_fixed": f.incorrect_fixed.to_string(),
        "fixes": f.fixes.to_string(),
        "typed": f.typed().to_string(),
        "right": f.right.to_string(),
        "standing": f.standing.to_string(),
        "duration_ms": f.duration_ms.to_string(),
    })
}

/// The texts of what was noted, by the names of the template's `{claim. }` holes; none of what there is nothing to say.
pub fn noted_holes(noted: &Noted) -> Map<String, Value> {
    let all = [("together", noted.together), ("early", noted.early), ("wall_clock_s", noted.wall_clock_s)];
    let said = all.into_iter().filter(|(_, number)| *number > 0);
    said.map(|(name, number)| (name.to_owned(), json!(number.to_string()))).collect()
}

fn claim_holes(claim: &Claim, level: &LevelTexts) -> Result<Value, CredentialError> {
    let days = u64::from(claim.valid_days.unwrap_or(level.valid_days));
    let id: [u8; 32] = Sha256::digest(claim.to_bytes()?).into();
    let mut holes = figure_holes(&claim.figures);
    let texts = [
        ("id", Some(urn_uuid(&id))),
        ("assurance", Some(claim.assurance.as_str().to_owned())),
        ("start", Some(instant(claim.start_unix)?)),
        ("end", Some(instant(claim.end_unix())?)),
        ("valid_from", Some(instant(claim.issued_unix())?)),
        ("valid_until", Some(instant(claim.issued_unix() + days * 86_400)?)),
        ("log", Some(log_uri(&claim.log))),
        ("name", claim.name.as_ref().map(|n| n.as_str().to_owned())),
        ("email", claim.email.map(|e| e.text())),
        ("salt", claim.email.map(|e| e.salt_text())),
        ("exam", claim.exam.clone()),
        ("attempt", claim.attempt.map(|n| n.to_string())),
        ("status", claim.status.map(|n| n.to_string())),
    ];
    for (name, text) in texts {
        if let Some(text) = text {
            holes[name] = json!(text);
        }
    }
    for (name, text) in noted_holes(&claim.noted) {
        holes[name] = text;
    }
    Ok(holes)
}

/// How the name of an attempt file begins.
pub const LOG_URI: &str = "ni:///sha-256-128;";

/// The attempt file's digest as a name (RFC 6920, `sha-256-128`).
pub fn log_uri(digest: &[u8; 16]) -> String {
    format!("{LOG_URI}{}", data_encoding::BASE64URL_NOPAD.encode(digest))
}

fn instant(unix: u64) -> Result<String, CredentialError> {
    let time = i64::try_from(unix).ok().and_then(|s| DateTime::from_timestamp(s, 0));
    Ok(time.ok_or(CredentialError::Time(unix))?.to_rfc3339_opts(SecondsFormat::Secs, true))
}

/// A version 8 UUID (RFC 9562) of the first bytes of a digest, as a URN.
pub fn urn_uuid(digest: &[u8; 32]) -> String {
    let mut bytes = [0u8; 16];
    bytes.copy_from_slice(&digest[..16]);
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex = data_encoding::HEXLOWER.encode(&bytes);
    let parts: Vec<&str> =
        [(0, 8), (8, 12), (12, 16), (16, 20), (20, 32)].iter().map(|&(a, b)| &hex[a..b]).collect();
    format!("urn:uuid:{}", parts.join("-"))
}

/// A credential as its file holds it: readable, with a line end.
pub fn text(credential: &Value) -> String {
    // A JSON value with string keys always has a text.
    format!("{}\n", serde_json::to_string_pretty(credential).unwrap_or_default())
}
