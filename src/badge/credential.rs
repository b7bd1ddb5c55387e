//! A credential is `template ⊕ achievement ⊕ claim`: issuing and rebuilding fill the same template.

pub mod batch;

use ed25519_dalek::{Signer, SigningKey, VerifyingKey};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::badge::claim::{Claim, ClaimError, IssuerRef};
pub use crate::badge::figures::{halves, hundredths};
use crate::badge::holes::{TimeError, claim_holes, instant};
use crate::badge::template::{self, TemplateError};
pub use crate::badge::texts::Texts;
use crate::badge::token::Token;
use crate::badge::vc::did;
use crate::badge::vc::proof::{self, ProofError, ProofOptions, Suite};
use crate::trust::{Issuer, Profile, multikey};

/// Name of a self-assessed badge's issuer where neither issuer nor holder has one.
const NAMELESS_ISSUER: &str = "a typeproof user";

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
    /// The address for questions.
    pub email: Option<String>,
    /// The address of a picture.
    pub image: Option<String>,
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
        Self { did: did::did_key(&key), key, name, url: None, email: None, image: None, status_list: None }
    }

    /// A trusted issuer, as its entry in the list describes it, signing with this one of its keys.
    pub fn of(issuer: &Issuer, key: &VerifyingKey) -> Self {
        Self::described(issuer, key, issuer.profile())
    }

    /// All that the badges of a trusted issuer signed with this key may say of it, as it described itself now and formerly.
    pub fn all_of(issuer: &Issuer, key: &VerifyingKey) -> Vec<Self> {
        issuer.profiles().map(|profile| Self::described(issuer, key, profile)).collect()
    }

    fn described(issuer: &Issuer, key: &VerifyingKey, profile: Profile) -> Self {
        let Profile { name, url, email, image } = profile;
        let did = issuer.did.clone().unwrap_or_else(|| did::did_key(key));
        Self { key: *key, did, name, url, email, image, status_list: issuer.status_list.clone() }
    }

    /// The verification method of its proofs: the DID and the multikey as fragment.
    pub fn method(&self) -> String {
        format!("{}#{}", self.did, multikey::encode(&self.key))
    }

    fn holes(&self) -> Value {
        let mut holes = json!({"id": self.did, "name": self.name});
        let optional = [
            ("url", &self.url),
            ("email", &self.email),
            ("image", &self.image),
            ("status_list", &self.status_list),
        ];
        for (name, value) in optional {
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
    #[error(transparent)]
    Time(#[from] TimeError),
    /// The claim names another issuer than the key that is to sign.
    #[error("the claim names another issuer than the key that signs")]
    Issuer,
}

/// Fills the template: the credential without proofs.
///
/// # Errors
/// When the claim contradicts itself or a hole has no value.
pub fn document(claim: &Claim, level: &Texts, issuer: &IssuerProfile) -> Result<Value, CredentialError> {
    let digest = Sha256::digest(claim.to_bytes()?).into();
    let claim = claim_holes(claim, &digest, level.valid_days)?;
    let holes = json!({"level": level.holes(), "issuer": issuer.holes(), "claim": claim});
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
/// use typeproof::badge::claim::{Figures, Measured};
/// use typeproof::badge::credential::{self, Texts};
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
///     measured: Measured::of_test(Figures::of(&score, &level.rules)),
///     start_unix: 1_795_168_800,
///     log: attempt_digest,
/// };
/// // A key from the system's randomness in earnest, and kept secret.
/// let key = SigningKey::from_bytes(&[42; 32]);
/// let issuance = Issuance::self_assessed(key.verifying_key(), HolderName::new("Ada Lovelace")?, None);
/// let (claim, issuer) = (issuance.claim(&tested), issuance.issuer());
/// let badge = credential::issue(&claim, &Texts::of(level), &issuer, &key)?;
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
    level: &Texts,
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
pub fn rebuild(token: &Token, level: &Texts, issuer: &IssuerProfile) -> Result<Value, CredentialError> {
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

/// A credential as its file holds it: readable, with a line end.
pub fn text(credential: &Value) -> String {
    // A JSON value with string keys always has a text.
    format!("{}\n", serde_json::to_string_pretty(credential).unwrap_or_default())
}
