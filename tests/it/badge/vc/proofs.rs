//! Data Integrity proofs: the published vector, our own, and what must not be believed.

use crate::support::badges;
use crate::support::patch::{apply, data};
use data_encoding::HEXLOWER;
use ed25519_dalek::{SigningKey, VerifyingKey};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use typeproof::badge::vc::canon::{canonical_nquads, jcs};
use typeproof::badge::vc::did;
use typeproof::badge::vc::proof::{
    PROOFS_MAX, ProofError, ProofOptions, Suite, check, check_all, proof_object, sign, signing_input,
};
use typeproof::trust::multikey;

fn key() -> SigningKey {
    SigningKey::from_bytes(&[7; 32])
}

fn options(key: &SigningKey) -> ProofOptions {
    ProofOptions { created: "2026-11-20T18:06:00Z".into(), verification_method: badges::did_key_method(key) }
}

fn document() -> Value {
    let mut document = data("proofs/credential.json");
    document["issuer"]["id"] = did::did_key(&key().verifying_key()).into();
    document
}

fn proofs(document: &Value, key: &SigningKey) -> Vec<Value> {
    Suite::ALL.map(|suite| sign(document, suite, &options(key), key).unwrap()).to_vec()
}

fn badge() -> Value {
    let mut badge = document();
    badge["proof"] = proofs(&document(), &key()).into();
    badge
}

fn verify(credential: &Value) -> Result<Vec<Suite>, ProofError> {
    let good = check_all(credential, |method| did::resolve(method, &[]))?;
    Ok(good.good.into_iter().map(|good| good.suite).collect())
}

#[test]
fn the_published_vector_reproduces_byte_for_byte() {
    let vector = data("proofs/ob3-eddsa-rdfc-2022.json");
    let hex = |name: &str| HEXLOWER.decode(vector[name].as_str().unwrap().as_bytes()).unwrap();
    let mut document = vector["signed"].clone();
    let proof = document.as_object_mut().unwrap().shift_remove("proof").unwrap();
    assert_eq!(canonical_nquads(&document).unwrap(), vector["documentCanon"].as_str().unwrap());
    let mut config = proof.clone();
    config.as_object_mut().unwrap().shift_remove("proofValue");
    config["@context"] = document["@context"].clone();
    let config = canonical_nquads(&config).unwrap();
    assert_eq!(config, vector["proofCanon"].as_str().unwrap());
    assert_eq!(Sha256::digest(&config).as_slice(), hex("ob-proof-hash"));

    let options = ProofOptions {
        created: proof["created"].as_str().unwrap().into(),
        verification_method: proof["verificationMethod"].as_str().unwrap().into(),
    };
    let input = signing_input(&document, Suite::EddsaRdfc2022, &options).unwrap();
    assert_eq!(input.as_slice(), hex("ob-data"));
    assert_eq!(input[32..], hex("ob-document-hash"));
    let secret: [u8; 32] = hex("secretKeyHex")[..32].try_into().unwrap();
    let key = SigningKey::from_bytes(&secret);
    assert_eq!(key.verifying_key().as_bytes().as_slice(), hex("publicKeyHex"));
    let made = sign(&document, Suite::EddsaRdfc2022, &options, &key).unwrap();
    assert_eq!(made["proofValue"], vector["ob-proof-value"]);
    assert_eq!(made, proof);
    let signature = hex("ob-signature").try_into().unwrap();
    assert_eq!(proof_object(&document, Suite::EddsaRdfc2022, &options, &signature), proof);
    check(&document, &proof, &key.verifying_key().into()).unwrap();
    let found = check_all(&vector["signed"], |_| Ok(key.verifying_key().into())).unwrap();
    assert_eq!(found.good[0].created.unwrap().to_rfc3339(), "2010-01-01T19:23:24+00:00");
}

#[test]
fn our_own_proofs_stay_as_they_are() {
    let golden = data("proofs/golden.json");
    let document = document();
    let canonical = [canonical_nquads(&document).unwrap().into_bytes(), jcs(&document).unwrap()];
    for ((suite, canonical), proof) in Suite::ALL.into_iter().zip(canonical).zip(proofs(&document, &key())) {
        let input = signing_input(&document, suite, &options(&key())).unwrap();
        let expected = &golden[suite.name()];
        assert_eq!(HEXLOWER.encode(&Sha256::digest(canonical)), expected["documentHash"], "{suite:?}");
        assert_eq!(HEXLOWER.encode(&input[..32]), expected["proofHash"], "{suite:?}");
        assert_eq!(HEXLOWER.encode(&input[32..]), expected["documentHash"], "{suite:?}");
        assert_eq!(proof, expected["proof"], "{suite:?}");
    }
}

#[test]
fn the_members_of_a_proof_stand_in_order() {
    let names = |proof: &Value| proof.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    let own = ["type", "cryptosuite", "created", "verificationMethod", "proofPurpose", "proofValue"];
    let proofs = proofs(&document(), &key());
    assert_eq!(names(&proofs[0]), own);
    assert_eq!(names(&proofs[1])[1..], own);
    assert_eq!(proofs[1]["@context"], document()["@context"]);
}

#[test]
fn good_proofs_in_any_number_and_order_are_good() {
    let mut badge = badge();
    assert_eq!(verify(&badge), Ok(Suite::ALL.to_vec()));
    badge["proof"].as_array_mut().unwrap().reverse();
    assert_eq!(verify(&badge), Ok(vec![Suite::EddsaJcs2022, Suite::EddsaRdfc2022]));
    for (proof, suite) in proofs(&document(), &key()).into_iter().zip(Suite::ALL) {
        badge["proof"] = proof;
        assert_eq!(verify(&badge), Ok(vec![suite]));
    }
    let mut list = document();
    list["issuer"] = list["issuer"]["id"].clone();
    list["proof"] = proofs(&list, &key()).into();
    assert_eq!(verify(&list), Ok(Suite::ALL.to_vec()));
}

#[test]
fn an_older_credential_of_another_issuer_is_read() {
    let change = json!({
        "remove": ["/validFrom", "/validUntil"],
        "set": {
            "/issuanceDate": "2024-11-20T18:05:00Z",
            "/@context": [
                "https://www.w3.org/2018/credentials/v1",
                "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json",
                "https://w3id.org/security/data-integrity/v2",
            ],
        },
    });
    let mut badge = apply(&change, &document());
    badge["proof"] = proofs(&badge, &key()).into();
    assert_eq!(verify(&badge), Ok(Suite::ALL.to_vec()));
}

#[test]
fn member_order_is_not_signed() {
    let badge = badge();
    let members = badge.as_object().unwrap().iter().rev();
    let turned: serde_json::Map<_, _> = members.map(|(name, value)| (name.clone(), value.clone())).collect();
    assert_eq!(verify(&Value::Object(turned)), Ok(Suite::ALL.to_vec()));
}

#[test]
fn altered_badges_are_refused_for_the_stated_reason() {
    let badge = badge();
    let cases = data("proofs/altered.json");
    let wrong: Vec<String> = cases
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|case| {
            let (name, expected) = (&case["name"], case["expect"].as_str().unwrap());
            match verify(&apply(case, &badge)) {
                Ok(suites) => Some(format!("{name}: accepted by {suites:?}")),
                Err(error) if !error.to_string().contains(expected) => Some(format!("{name}: {error}")),
                Err(_) => None,
            }
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(cases.as_array().unwrap().len() >= 50);
}

#[test]
fn every_scalar_of_a_badge_is_signed_by_both_suites() {
    fn scalars(value: &Value, path: &str, into: &mut Vec<String>) {
        match value {
            Value::Object(members) => {
                members.iter().for_each(|(name, value)| scalars(value, &format!("{path}/{name}"), into));
            }
            Value::Array(list) => {
                list.iter().enumerate().for_each(|(n, value)| scalars(value, &format!("{path}/{n}"), into));
            }
            _ => into.push(path.to_owned()),
        }
    }
    let (document, key) = (document(), key());
    let proofs = proofs(&document, &key);
    let mut paths = Vec::new();
    scalars(&document, "", &mut paths);
    assert!(paths.len() > 80);
    for path in paths {
        let mut changed = document.clone();
        let value = changed.pointer_mut(&path).unwrap();
        *value = match &*value {
            Value::Bool(value) => (!value).into(),
            value => format!("{}x", value.as_str().unwrap()).into(),
        };
        for proof in &proofs {
            assert!(check(&changed, proof, &key.verifying_key().into()).is_err(), "{path}");
        }
    }
}

#[test]
fn every_byte_of_a_signature_matters() {
    let (document, key) = (document(), key());
    for suite in Suite::ALL {
        let proof = sign(&document, suite, &options(&key), &key).unwrap();
        let value = proof["proofValue"].as_str().unwrap();
        let signature = bs58::decode(&value[1..]).into_vec().unwrap();
        for bit in (0..512).step_by(if suite == Suite::EddsaRdfc2022 { 31 } else { 1 }) {
            let mut signature: [u8; 64] = signature.clone().try_into().unwrap();
            signature[bit / 8] ^= 1 << (bit % 8);
            let bad = proof_object(&document, suite, &options(&key), &signature);
            assert_eq!(
                check(&document, &bad, &key.verifying_key().into()),
                Err(ProofError::Signature),
                "{bit}"
            );
        }
    }
}

#[test]
fn a_proof_belongs_to_the_issuer_and_to_its_document() {
    let (mine, theirs) = (key(), SigningKey::from_bytes(&[8; 32]));
    let mut forged = document();
    forged["proof"] = proofs(&document(), &theirs).into();
    let bad = |source| ProofError::Bad { number: 1, count: 2, source: Box::new(source) };
    let method = badges::did_key_method(&theirs);
    let issuer = did::did_key(&mine.verifying_key());
    assert_eq!(verify(&forged), Err(bad(ProofError::NotIssuer { method, issuer })));
    assert_eq!(check_all(&badge(), |_| Ok(theirs.verifying_key().into())), Err(bad(ProofError::Signature)));
    let refused = did::DidError::Unsupported { method: "x".into() };
    assert_eq!(check_all(&badge(), |_| Err(refused.clone())), Err(bad(ProofError::Key(refused))));
    let mut other = document();
    other["name"] = "Typing 120 WPM".into();
    other["proof"] = badge()["proof"].clone();
    assert_eq!(verify(&other), Err(bad(ProofError::Signature)));
}

#[test]
fn small_order_keys_are_refused() {
    let weak = VerifyingKey::from_bytes(&{
        let mut one = [0; 32];
        one[0] = 1;
        one
    })
    .unwrap();
    let document = document();
    let mut signature = [0; 64];
    signature[0] = 1;
    for suite in Suite::ALL {
        let proof = proof_object(&document, suite, &options(&key()), &signature);
        assert_eq!(check(&document, &proof, &weak.into()), Err(ProofError::WeakKey));
    }
    assert_eq!(multikey::decode(&multikey::encode(&weak)), Err(multikey::KeyError::Weak));
}

#[test]
fn a_set_of_proofs_has_a_measure() {
    let mut many = document();
    many["proof"] = vec![badge()["proof"][0].clone(); PROOFS_MAX + 1].into();
    assert_eq!(verify(&many), Err(ProofError::TooMany { count: PROOFS_MAX + 1 }));
    many["proof"] = vec![badge()["proof"][0].clone(); PROOFS_MAX].into();
    assert_eq!(verify(&many).unwrap().len(), PROOFS_MAX);
}

#[test]
fn a_json_proof_alone_does_not_excuse_from_safe_mode() {
    let key = key();
    let mut badge = document();
    badge["rank"] = "gold".into();
    let proof = sign(&badge, Suite::EddsaJcs2022, &options(&key), &key).unwrap();
    assert!(check(&badge, &proof, &key.verifying_key().into()).is_ok());
    badge["proof"] = proof;
    let why = verify(&badge).unwrap_err().to_string();
    assert!(why.contains("nothing defines \"rank\""), "{why}");
}

#[test]
fn contexts_appended_after_a_json_proof() {
    let mut badge = badge();
    badge["proof"] = badge["proof"][1].clone();
    badge["@context"].as_array_mut().unwrap().push("https://w3id.org/security/data-integrity/v2".into());
    assert_eq!(verify(&badge), Ok(vec![Suite::EddsaJcs2022]));
    badge["@context"].as_array_mut().unwrap().swap(0, 2);
    assert!(verify(&badge).is_err());
}

#[test]
fn an_expiry_is_signed_and_handed_over() {
    let (document, key) = (document(), key());
    let proof = sign(&document, Suite::EddsaJcs2022, &options(&key), &key).unwrap();
    let mut config = proof.clone();
    config.as_object_mut().unwrap().shift_remove("proofValue");
    config["expires"] = "2027-01-01T00:00:00+01:00".into();
    let hashes = [jcs(&config).unwrap(), jcs(&document).unwrap()].map(Sha256::digest).concat();
    let signature = ed25519_dalek::Signer::sign(&key, &hashes);
    config["proofValue"] = format!("z{}", bs58::encode(signature.to_bytes()).into_string()).into();
    let good = check(&document, &config, &key.verifying_key().into()).unwrap();
    assert_eq!(good.expires.unwrap().to_rfc3339(), "2026-12-31T23:00:00+00:00");
    config["expires"] = "2028-01-01T00:00:00Z".into();
    assert_eq!(check(&document, &config, &key.verifying_key().into()), Err(ProofError::Signature));
}

#[test]
fn what_cannot_be_signed() {
    let key = key();
    let mut options = options(&key);
    for suite in Suite::ALL {
        assert_eq!(sign(&badge(), suite, &options, &key), Err(ProofError::AlreadyThere));
        assert_eq!(
            check(&badge(), &badge()["proof"][0], &key.verifying_key().into()),
            Err(ProofError::AlreadyThere)
        );
    }
    assert!(sign(&json!("text"), Suite::EddsaRdfc2022, &options, &key).is_err());
    options.created = "yesterday".into();
    for suite in Suite::ALL {
        let refused = sign(&document(), suite, &options, &key);
        assert_eq!(refused, Err(ProofError::Time { name: "created" }));
    }
}
