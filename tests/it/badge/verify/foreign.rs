//! Badges in forms that other programs write: older contexts, other proofs and keys, tokens, what is around a badge.

use data_encoding::BASE64URL_NOPAD;
use ed25519_dalek::Signer;
use p256::ecdsa::SigningKey;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use typeproof::badge::vc::canon;
use typeproof::badge::vc::key::PublicKey;
use typeproof::badge::vc::proof::Suite;
use typeproof::trust::multikey;

use crate::support::cast::{self, Who};
use crate::support::patch::apply;
use crate::support::vector::Vector;

type Cases = Vec<(&'static str, Vector)>;

const UNKNOWN: &str = "is not on the list of trusted issuers";
const UNFIT: &str = ": it does not fit";
const ED25519_2020: &str = "https://w3id.org/security/suites/ed25519-2020/v1";

/// A badge of a stranger, changed before it is signed.
fn badge(changes: Value) -> Value {
    apply(&json!({"set": changes}), &cast::foreign(&Who::Stranger.profile()))
}

fn signed(changes: Value) -> Value {
    cast::sign_with(Who::Stranger, &badge(changes), &[Suite::EddsaRdfc2022], None)
}

fn unproven(what: &str, credential: &Value) -> Vector {
    Vector::credential(what, credential).expect("unproven", "yes no - - yes", UNKNOWN)
}

fn refused(what: &str, credential: &Value, changes: Value, why: &str) -> Vector {
    Vector::credential(what, &apply(&json!({"set": changes}), credential)).refused(why)
}

/// The same badge in the words of Verifiable Credentials 1.1.
fn older() -> Value {
    let mut older = badge(json!({
        "/@context": ["https://www.w3.org/2018/credentials/v1", "https://purl.imsglobal.org/spec/ob/v3p0/context.json", ED25519_2020],
        "/issuanceDate": "2026-05-04T08:00:00Z",
        "/expirationDate": "2029-05-04T08:00:00Z",
    }));
    older.as_object_mut().unwrap().shift_remove("validFrom");
    older
}

/// The bytes that a proof over canonical RDF signs.
fn input(document: &Value, proof: &Value) -> Vec<u8> {
    let mut options = proof.clone();
    options["@context"] = document["@context"].clone();
    let hash = |value: &Value| Sha256::digest(canon::canonical_nquads(value).unwrap()).to_vec();
    [hash(&options), hash(document)].concat()
}

/// With a proof of the older type.
fn of_2020(document: &Value) -> Value {
    let method = Who::Stranger.profile().method();
    let mut proof = json!({"type": "Ed25519Signature2020", "created": "2026-05-04T08:00:00Z",
        "verificationMethod": method, "proofPurpose": "assertionMethod"});
    let signature = Who::Stranger.key().sign(&input(document, &proof)).to_bytes();
    proof["proofValue"] = multikey::encode_base58(&signature).into();
    let mut document = document.clone();
    document["proof"] = proof;
    document
}

fn curve_key() -> SigningKey {
    SigningKey::from_slice(&[7; 32]).unwrap()
}

fn curve_multikey() -> String {
    PublicKey::P256(Box::new(*curve_key().verifying_key())).shown()
}

/// A badge of an issuer whose did:key is one of P-256.
fn on_p256(suite: &str) -> Value {
    let key = curve_multikey();
    let mut document = badge(json!({"/issuer/id": format!("did:key:{key}")}));
    let mut proof = json!({"type": "DataIntegrityProof", "cryptosuite": suite, "created": "2026-05-04T08:00:00Z",
        "verificationMethod": format!("did:key:{key}#{key}"), "proofPurpose": "assertionMethod"});
    let bytes = match suite {
        "ecdsa-jcs-2019" => {
            proof["@context"] = document["@context"].clone();
            [&proof, &document].map(|value| Sha256::digest(canon::jcs(value).unwrap()).to_vec()).concat()
        }
        _ => input(&document, &proof),
    };
    let signature: p256::ecdsa::Signature = curve_key().sign(&bytes);
    proof["proofValue"] = multikey::encode_base58(&signature.to_bytes()).into();
    document["proof"] = proof;
    document
}

/// A compact token; `sign` gives the signature.
fn token(header: &Value, claims: &Value, sign: impl Fn(&[u8]) -> Vec<u8>) -> String {
    let part = |value: &Value| BASE64URL_NOPAD.encode(value.to_string().as_bytes());
    let signed = format!("{}.{}", part(header), part(claims));
    let signature = BASE64URL_NOPAD.encode(&sign(signed.as_bytes()));
    format!("{signed}.{signature}")
}

fn claims(changes: Value) -> Value {
    let badge = badge(json!({}));
    let added = json!({"/iss": badge["issuer"]["id"], "/jti": badge["id"], "/sub": "did:example:holder", "/nbf": 1_777_874_400});
    apply(&json!({"set": changes}), &apply(&json!({"set": added}), &badge))
}

fn by_stranger(message: &[u8]) -> Vec<u8> {
    Who::Stranger.key().sign(message).to_bytes().to_vec()
}

fn by_curve(message: &[u8]) -> Vec<u8> {
    let signature: p256::ecdsa::Signature = curve_key().sign(message);
    signature.to_bytes().to_vec()
}

fn eddsa() -> Value {
    json!({"alg": "EdDSA", "kid": Who::Stranger.profile().method(), "typ": "JWT"})
}

fn es256() -> Value {
    let point = curve_key().verifying_key().to_sec1_point(false);
    let coordinate = |range: std::ops::Range<usize>| BASE64URL_NOPAD.encode(&point.as_bytes()[range]);
    json!({"alg": "ES256", "jwk": {"kty": "EC", "crv": "P-256", "x": coordinate(1..33), "y": coordinate(33..65)}})
}

pub fn good() -> Cases {
    let token_badge =
        |what, text: String| Vector::document(what, text).expect("unproven", "yes no - - yes", UNKNOWN);
    let plain = signed(json!({}));
    let list = Vector::credential("A list of ids that does not name it.", &listed(None));
    let endless = list.with_list(&names(&["urn:x:other"])).expect("unproven", "yes no - - yes", UNKNOWN);
    let until = Vector::credential("The same, with an end.", &listed(Some("2029-05-04T08:00:00Z")));
    let until = until.with_list(&names(&[])).expect("unproven", "yes no - - yes", UNKNOWN);
    vec![
        ("others-null", unproven("Nulls and empty lists, which say nothing.", &signed(json!({
            "/credentialSubject/achievement/tag": [], "/credentialSubject/narrative": null, "/evidence": [null],
        })))),
        ("others-fraction", unproven("Numbers with a fraction.", &signed(json!({"/credentialSubject/creditsEarned": 2.5})))),
        ("others-whole-fraction", unproven("A whole number.", &signed(json!({"/credentialSubject/creditsEarned": 3.0})))),
        ("others-small-number", unproven("A small number.", &signed(json!({"/credentialSubject/creditsEarned": 1.25e-7})))),
        ("others-name-only", Vector::credential("The holder by name alone.", &{
            let badge = badge(json!({"/credentialSubject/name": "Maria Lindqvist"}));
            let badge = apply(&json!({"remove": ["/credentialSubject/id", "/credentialSubject/identifier"]}), &badge);
            cast::sign_with(Who::Stranger, &badge, &[Suite::EddsaRdfc2022], None)
        }).holder("maria lindqvist").expect("unproven", "yes no yes - yes", UNKNOWN)),
        ("others-version-1", unproven("Verifiable Credentials 1.1, with the older type of proof.", &of_2020(&older()))),
        ("others-2020", unproven("The older type of proof.", &of_2020(&badge(json!({"/@context/-": ED25519_2020}))))),
        ("others-p256", unproven("A key of P-256.", &on_p256("ecdsa-rdfc-2019"))),
        ("others-p256-jcs", unproven("A key of P-256, over canonical JSON.", &on_p256("ecdsa-jcs-2019"))),
        ("others-beside-unknown", unproven("A good proof beside one that is not known.", &apply(&json!({"set": {
            "/proof/-": {"type": "DataIntegrityProof", "cryptosuite": "bbs-2023", "verificationMethod": "did:x:y#z",
                "proofPurpose": "assertionMethod", "proofValue": "u2V0ChVhB"}}}), &plain))),
        ("others-method-without-fragment", unproven("The key's name without its second half.", &without_fragment())),
        ("others-endorsed", unproven("An endorsement within.", &endorsed())),
        ("others-list", token_badge("A list of one badge.", format!("[{plain}]"))),
        ("others-presentation", token_badge("A presentation with one badge.", json!({
            "@context": ["https://www.w3.org/ns/credentials/v2"], "type": ["VerifiablePresentation"],
            "verifiableCredential": [plain],
        }).to_string())),
        ("others-wrapped", token_badge("An object with the badge.", json!({"credential": plain}).to_string())),
        ("others-token", token_badge("A token signed by the issuer's did:key.", token(&eddsa(), &claims(json!({})), by_stranger))),
        ("others-token-p256", token_badge("A token that holds its key.", token(&es256(), &claims(json!({})), by_curve))),
        ("others-token-version-1", token_badge("A token of version 1.1.", {
            let badge = apply(&json!({"remove": ["/id", "/issuer", "/issuanceDate", "/expirationDate"]}), &older());
            let issuer = &Who::Stranger.profile().did;
            token(&eddsa(), &json!({"iss": issuer, "jti": "urn:x:badge", "nbf": 1_777_881_600, "vc": badge}), by_stranger)
        })),
        ("others-ids-listed", endless),
        ("others-ids-listed-until", until),
        ("others-hashed-spelling", Vector::credential("An address that was hashed with a capital.", &signed(json!({
            "/credentialSubject/identifier/0/identityHash": format!("sha256${}", data_encoding::HEXLOWER.encode(&Sha256::digest("Maria@Example.orgKosher"))),
        }))).holder("maria@example.org").expect("unproven", "yes no yes - yes", UNKNOWN)),
    ]
}

fn without_fragment() -> Value {
    let document = badge(json!({}));
    let issuer = document["issuer"]["id"].clone();
    let mut proof = json!({"type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022", "created": "2026-05-04T08:00:00Z",
        "verificationMethod": issuer, "proofPurpose": "assertionMethod"});
    let signature = Who::Stranger.key().sign(&input(&document, &proof)).to_bytes();
    proof["proofValue"] = multikey::encode_base58(&signature).into();
    apply(&json!({"set": {"/proof": proof}}), &document)
}

fn endorsed() -> Value {
    let contexts = badge(json!({}))["@context"].clone();
    signed(json!({"/credentialSubject/achievement/endorsement": [{
        "@context": contexts, "id": "urn:x:endorsement", "type": ["VerifiableCredential", "EndorsementCredential"],
        "issuer": {"id": "did:example:guild", "type": ["Profile"], "name": "Guild of Nurses"},
        "validFrom": "2026-05-04T08:00:00Z",
        "credentialSubject": {"id": "https://academy.example.net/achievements/first-aid", "type": ["EndorsementSubject"],
            "endorsementComment": "A sound course."},
    }]}))
}

const LIST: &str = "https://academy.example.net/revoked";

/// A badge whose issuer lists revoked badges by their ids.
fn listed(until: Option<&str>) -> Value {
    let mut changes = json!({
        "/@context/-": "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
        "/credentialStatus": {"id": LIST, "type": "1EdTechRevocationList"},
    });
    if let Some(until) = until {
        changes["/validUntil"] = until.into();
    }
    signed(changes)
}

fn names(ids: &[&str]) -> Value {
    let named: Vec<Value> = ids.iter().map(|id| json!({"id": id, "revoked": true})).collect();
    json!({"id": LIST, "issuer": Who::Stranger.profile().did, "revokedCredential": named})
}

pub fn bad() -> Cases {
    let text = |what, text: String, why: &str| Vector::document(what, text).refused(why);
    let tokens = |header: Value, changes: Value, why: &str| {
        text("A token.", token(&header, &claims(changes), by_stranger), why)
    };
    let flipped = |text: String| {
        let (front, signature) = text.rsplit_once('.').unwrap();
        let first = if signature.starts_with('A') { 'B' } else { 'A' };
        format!("{front}.{first}{}", &signature[1..])
    };
    let (version_1, p256, jcs) = (of_2020(&older()), on_p256("ecdsa-rdfc-2019"), on_p256("ecdsa-jcs-2019"));
    let plain = signed(json!({"/credentialSubject/creditsEarned": 2.5}));
    let two = format!("[{plain},{plain}]");
    let named = Vector::credential("A list of ids that names it.", &listed(None));
    let elsewhere = json!({"id": LIST, "issuer": "did:example:other", "revokedCredential": []});
    let title = |title: &str| json!({"/credentialSubject/achievement/name": title});
    let other_key = |suite: &str| json!({"/proof/cryptosuite": suite});
    vec![
        ("others-fraction-changed", refused("Another number.", &plain, json!({"/credentialSubject/creditsEarned": 2.75}), UNFIT)),
        ("others-null-unknown", refused("A null under a name without a meaning.", &plain, json!({"/rank": null}), "nothing defines \"rank\"")),
        ("others-version-1-changed", refused("Changed after signing.", &version_1, title("Surgery"), UNFIT)),
        ("others-version-1-date", refused("A later date.", &version_1, json!({"/issuanceDate": "2026-05-05T08:00:00Z"}), UNFIT)),
        ("others-version-1-end", refused("A later end.", &version_1, json!({"/expirationDate": "2039-05-04T08:00:00Z"}), UNFIT)),
        ("others-version-1-undated", refused("A date that is none.", &version_1, json!({"/issuanceDate": "May"}), "the date from which it is valid is missing")),
        ("others-2020-purpose", refused("Made for logging in.", &version_1, json!({"/proof/proofPurpose": "authentication"}), "signature 1 of 1")),
        ("others-p256-changed", refused("Changed after signing.", &p256, title("Surgery"), UNFIT)),
        ("others-p256-other-suite", refused("A key of P-256 for a suite of Ed25519.", &p256, other_key("eddsa-rdfc-2022"), "of another kind than it says")),
        ("others-p256-other-form", refused("Signed over RDF, said to be over JSON.", &p256, other_key("ecdsa-jcs-2019"), UNFIT)),
        ("others-p256-jcs-changed", refused("Changed after signing.", &jcs, title("Surgery"), UNFIT)),
        ("others-p256-short", refused("A signature without its half.", &p256, json!({"/proof/proofValue": "z3FXQ"}), "not have the form of a signature")),
        ("others-p256-point", refused("A key that is no point.", &p256, json!({"/issuer/id": "did:key:zDnaf111111111111111111111111111111111111111111111", "/proof/verificationMethod": "did:key:zDnaf111111111111111111111111111111111111111111111"}), "signature 1 of 1")),
        ("others-list-of-two", text("Two badges.", two, "Cannot tell: it holds 2 badges")),
        ("others-open-badges-2", text("An Open Badge 2.", json!({"@context": "https://w3id.org/openbadges/v2", "id": "https://b.example/1", "type": "Assertion"}).to_string(), "Cannot tell: it is an Open Badge 2.0")),
        ("others-token-changed", text("A token whose signature was changed.", flipped(token(&eddsa(), &claims(json!({})), by_stranger)), "the signature of the token does not fit")),
        ("others-token-other-key", text("A token of somebody else.", token(&eddsa(), &claims(json!({})), |m| Who::College.key().sign(m).to_bytes().to_vec()), "the signature of the token does not fit")),
        ("others-token-p256-changed", text("A token that holds its key, changed.", flipped(token(&es256(), &claims(json!({})), by_curve)), "the signature of the token does not fit")),
        ("others-token-none", tokens(json!({"alg": "none"}), json!({}), "anyone could have written it")),
        ("others-token-shared", tokens(json!({"alg": "HS256", "jwk": {"kty": "oct", "k": "AAAA"}}), json!({}), "anyone could have written it")),
        ("others-token-confused", tokens(json!({"alg": "ES256", "kid": Who::Stranger.profile().method()}), json!({}), "the signature of the token does not fit")),
        ("others-token-unknown", tokens(json!({"alg": "ML-DSA-44", "kid": Who::Stranger.profile().method()}), json!({}), "Cannot tell: the token is signed in a way")),
        ("others-token-critical", tokens(json!({"alg": "EdDSA", "kid": Who::Stranger.profile().method(), "crit": ["exp"]}), json!({}), "Cannot tell: the token is signed in a way")),
        ("others-token-keyless", tokens(json!({"alg": "EdDSA"}), json!({}), "the token names no key")),
        ("others-token-issuer", tokens(eddsa(), json!({"/iss": "did:example:other"}), "`iss` of the token")),
        ("others-token-id", tokens(eddsa(), json!({"/jti": "urn:x:other"}), "`jti` of the token")),
        ("others-token-subject", tokens(eddsa(), json!({"/sub": "did:example:other"}), "`sub` of the token")),
        ("others-token-beginning", tokens(eddsa(), json!({"/nbf": 1_577_874_400}), "`nbf` of the token")),
        ("others-token-end", tokens(eddsa(), json!({"/validUntil": "2030-01-01T00:00:00Z", "/exp": 1_999_999_999}), "`exp` of the token")),
        ("others-token-damaged", text("A token whose claims are no JSON.", format!("{}.e30x.AAAA", BASE64URL_NOPAD.encode(b"{\"alg\":\"EdDSA\"}")), "Not valid")),
        ("others-ids-named", named.with_list(&names(&["https://academy.example.net/credentials/17"])).expect("refused", "yes no - - no", "its issuer revoked it")),
        ("others-ids-missing", Vector::credential("No list of ids.", &listed(None)).expect("cannot-tell", "yes no - - -", "it names the list of revoked badges")),
        ("others-ids-of-another", Vector::credential("A list of another issuer.", &listed(None)).with_list(&elsewhere).expect("cannot-tell", "yes no - - -", "did:example:other")),
    ]
}
