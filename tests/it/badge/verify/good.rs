//! Badges whose proofs are good and which are in force: valid, or unproven where nobody trusted stands behind them.

use data_encoding::BASE64URL_NOPAD;
use serde_json::{Value, json};
use typeproof::badge::carry::digits;
use typeproof::badge::carry::link;
use typeproof::badge::claim::Claim;
use typeproof::badge::credential::{self, Texts};
use typeproof::badge::token::Token;
use typeproof::badge::vc::proof::Suite;
use typeproof::lessons::catalogue::Catalogue;
use typeproof::trust::Assurance;

use super::Named;
use super::resigned::resigned;
use crate::support::cast::{self, COLLEGE, LEARNER, NAME, TYPED, Who};
use crate::support::vector::Vector;

/// Where the links of the vectors point.
pub const PAGE: &str = "https://badges.example.org/v";
pub const VALID: &str = "Valid: unchanged and in force; ";
pub const YOURSELF: &str = "you issued it yourself";
pub const UNKNOWN: &str = "its issuer is not on the list of trusted issuers";

pub fn made() -> Named {
    let all = [documents(), logs(), tokens(), others()].concat();
    all.into_iter().map(|(name, vector)| (name.to_owned(), vector)).collect()
}

fn valid(vector: Vector) -> Vector {
    vector.expect("valid", "yes yes - - yes", VALID)
}

fn unproven(vector: Vector, why: &str) -> Vector {
    vector.expect("unproven", "yes no - - yes", why)
}

fn documents() -> Vec<(&'static str, Vector)> {
    let reviewed = cast::issue(Who::Reviewers, &cast::claim(Who::Reviewers, Assurance::Reviewed));
    let college = &COLLEGE.credential;
    let mut swapped = college.clone();
    swapped["proof"].as_array_mut().unwrap().reverse();
    let document = |what, credential: &Value| Vector::credential(what, credential);
    vec![
        ("proctored", valid(document("A proctored badge of a trusted issuer.", college))),
        (
            "as-the-file",
            valid(Vector::document("The same, laid out as the program writes it.", format!("{college:#}\n"))),
        ),
        (
            "with-byte-order-mark",
            valid(Vector::document("The same with a byte-order mark.", format!("\u{feff}{college}"))),
        ),
        (
            "reviewed",
            valid(document("A reviewed badge of an issuer trusted so far.", &reviewed.credential))
                .trusting(&[Who::Reviewers, Who::College]),
        ),
        ("proofs-swapped", valid(document("The JSON proof before the RDF proof.", &swapped))),
        (
            "rdf-proof-alone",
            valid(document("Only the RDF proof.", &{
                cast::sign_with(Who::College, college, &[Suite::EddsaRdfc2022], None)
            })),
        ),
        (
            "rebuilt",
            valid(document("Only the JSON proof, as rebuilt from the QR code.", &{
                cast::sign_with(Who::College, college, &[Suite::EddsaJcs2022], None)
            })),
        ),
        (
            "retired-key-before-its-end",
            valid(document("Dated before the key was retired.", &dated_early(Who::Retired)))
                .trusting(&[Who::Retired]),
        ),
        (
            "self-assessed",
            unproven(document("The user's own badge.", &LEARNER.credential), YOURSELF).being(Who::Learner),
        ),
        (
            "self-assessed-of-another",
            unproven(document("A learner's own badge.", &LEARNER.credential), UNKNOWN),
        ),
        (
            "unknown-issuer",
            unproven(document("A good badge of nobody trusted.", college), UNKNOWN).trusting(&[]),
        ),
        (
            "own-key-among-trusted",
            unproven(document("The user's own key, though listed.", college), YOURSELF).being(Who::College),
        ),
        ("last-moment", valid(document("A second before it expires.", college)).at("2029-11-20T10:04:59Z")),
        (
            "holder-by-name",
            document("The holder's name in other letters.", college)
                .holder(&format!(" {} ", NAME.to_uppercase()))
                .expect("valid", "yes yes yes - yes", VALID),
        ),
        (
            "holder-by-another-identifier",
            document("A number that the badge bears beside the name.", &identified("systemId", "Bob Smith"))
                .holder("Bob Smith")
                .expect("valid", "yes yes yes - yes", VALID),
        ),
        (
            "holder-of-two-names",
            document("The second of two names.", &identified("name", "Maria Berg"))
                .holder("maria berg")
                .expect("valid", "yes yes yes - yes", VALID),
        ),
        (
            "holder-by-another-apostrophe",
            document("Apostrophe and hyphens of a typewriter.", &{
                let name =
                    json!({"set": {"/credentialSubject/identifier/0/identityHash": "Zoë Núñez‑O’Hara"}});
                let plain = Claim { email: None, ..cast::claim(Who::College, Assurance::Proctored) };
                resigned(Who::College, &cast::issue(Who::College, &plain).credential, &name)
            })
            .holder("zoe\u{308} NÚÑEZ-O'HARA")
            .expect("valid", "yes yes yes - yes", VALID),
        ),
        (
            "holder-by-another-dash",
            document("An apostrophe and a dash as a telephone has them.", &{
                let name =
                    json!({"set": {"/credentialSubject/identifier/0/identityHash": "Ann-Marie D'Arcy"}});
                let plain = Claim { email: None, ..cast::claim(Who::College, Assurance::Proctored) };
                resigned(Who::College, &cast::issue(Who::College, &plain).credential, &name)
            })
            .holder("Ann–Marie D‘Arcy")
            .expect("valid", "yes yes yes - yes", VALID),
        ),
        (
            "issuer-otherwise-called",
            valid(document(
                "A trusted issuer's badge that gives the issuer another name.",
                &resigned(Who::College, college, &json!({"set": {"/issuer/name": "Grand University"}})),
            )),
        ),
        (
            "holder-by-e-mail",
            document("The holder's e-mail address, hashed in the badge.", college)
                .holder("Maria@Example.org ")
                .expect("valid", "yes yes yes - yes", VALID),
        ),
    ]
}

/// The college's badge with one more identifier in plain text.
pub fn identified(kind: &str, value: &str) -> Value {
    let identity =
        json!({"type": "IdentityObject", "hashed": false, "identityHash": value, "identityType": kind});
    resigned(
        Who::College,
        &COLLEGE.credential,
        &json!({"set": {"/credentialSubject/identifier/-": identity}}),
    )
}

/// A badge of the spring of 2026.
fn dated_early(who: Who) -> Value {
    let claim = cast::claim(who, Assurance::Proctored);
    cast::issue(who, &Claim { start_unix: claim.start_unix - 200 * 86_400, ..claim }).credential
}

fn logs() -> Vec<(&'static str, Vector)> {
    let with = |what, credential| Vector::credential(what, credential).with_log(&TYPED.bytes);
    vec![
        (
            "with-log",
            with("The keystroke log gives every figure.", &COLLEGE.credential).expect(
                "valid",
                "yes yes - yes yes",
                VALID,
            ),
        ),
        (
            "self-assessed-with-log",
            with("The user's own badge with its log.", &LEARNER.credential).being(Who::Learner).expect(
                "unproven",
                "yes no - yes yes",
                YOURSELF,
            ),
        ),
    ]
}

fn tokens() -> Vec<(&'static str, Vector)> {
    let college = link::url(PAGE, &COLLEGE.token);
    let valid = |what, given: String| valid(Vector::token(what, given));
    let plain = Claim { email: None, ..cast::claim(Who::College, Assurance::Proctored) };
    let plain = cast::issue(Who::College, &plain).token;
    let everything = Claim {
        valid_days: Some(365),
        issued_after_s: 86_400,
        exam: Some("2026-11/B".to_owned()),
        attempt: Some(2),
        ..cast::claim(Who::College, Assurance::Proctored)
    };
    let everything = cast::issue(Who::College, &everything).token;
    let stranger = cast::issue(Who::Stranger, &cast::claim(Who::Stranger, Assurance::SelfAssessed)).token;
    vec![
        ("token", valid("A trusted issuer's badge as a link.", college.clone())),
        ("token-without-e-mail", valid("The shortest badge of a trusted issuer.", link::url(PAGE, &plain))),
        ("token-with-everything", valid("Every part that a token may have.", link::url(PAGE, &everything))),
        ("token-digits-alone", valid("Only the digits.", digits::encode(&COLLEGE.token))),
        (
            "token-base64url",
            valid("The bytes in base64url.", format!("{PAGE}#{}", BASE64URL_NOPAD.encode(&COLLEGE.token))),
        ),
        ("token-escaped", valid("The # escaped once.", college.replace('#', "%23"))),
        ("token-escaped-twice", valid("The # escaped twice.", college.replace('#', "%2523"))),
        (
            "token-in-a-sentence",
            valid("A line break within, brackets and a stop behind.", {
                let (front, back) = college.split_at(60);
                format!(" {front}\n  {back}).")
            }),
        ),
        (
            "token-other-host",
            valid("A link to another host: the host decides nothing.", college.replace("badges.", "evil.")),
        ),
        (
            "token-with-log",
            Vector::token("A link and the keystroke log.", college)
                .with_log(&TYPED.bytes)
                .holder(NAME)
                .expect("valid", "yes yes yes yes yes", VALID),
        ),
        (
            "token-self-assessed",
            unproven(
                Vector::token("The user's own badge as a link.", link::url(PAGE, &LEARNER.token)),
                YOURSELF,
            )
            .being(Who::Learner),
        ),
        (
            "token-of-a-stranger",
            unproven(
                Vector::token("A key and a name that nobody knows.", link::url(PAGE, &stranger)),
                UNKNOWN,
            ),
        ),
    ]
}

fn others() -> Vec<(&'static str, Vector)> {
    let key = |suites: &[Suite]| {
        cast::sign_with(Who::Stranger, &cast::foreign(&Who::Stranger.profile()), suites, None)
    };
    let web = cast::issue(Who::Web, &cast::claim(Who::Web, Assurance::Proctored));
    let foreign_web =
        cast::sign_with(Who::Web, &cast::foreign(&Who::Web.profile()), &[Suite::EddsaRdfc2022], None);
    let embedded = {
        let mut document = cast::web_document();
        document["assertionMethod"] =
            document.as_object_mut().unwrap().shift_remove("verificationMethod").unwrap();
        document
    };
    let jwk = {
        let mut document = cast::web_document();
        let x = BASE64URL_NOPAD.encode(Who::Web.key().verifying_key().as_bytes());
        let method = &mut document["verificationMethod"][0];
        method.as_object_mut().unwrap().shift_remove("publicKeyMultibase");
        method["type"] = "JsonWebKey".into();
        method["publicKeyJwk"] = json!({"kty": "OKP", "crv": "Ed25519", "x": x});
        document
    };
    let unlisted =
        |what, document| unproven(Vector::credential(what, &foreign_web), UNKNOWN).with_document(document);
    vec![
        (
            "foreign-did-key",
            unproven(
                Vector::credential("Another program's badge by did:key.", &key(&[Suite::EddsaRdfc2022])),
                UNKNOWN,
            ),
        ),
        (
            "foreign-holder",
            Vector::credential(
                "Its holder by the address in the specification's example.",
                &key(&Suite::ALL),
            )
            .holder("a@example.com")
            .expect("unproven", "yes no yes - yes", UNKNOWN),
        ),
        (
            "foreign-did-web",
            unlisted("Another program's badge by did:web, its document given.", cast::web_document()),
        ),
        ("foreign-did-web-embedded", unlisted("The key stands in assertionMethod itself.", embedded)),
        ("foreign-did-web-jwk", unlisted("The key is a JSON Web Key.", jwk)),
        (
            "did-web-trusted",
            valid(Vector::credential("A trusted did:web issuer, its document given.", &web.credential))
                .trusting(&[Who::Web])
                .with_document(cast::web_document()),
        ),
        (
            "did-web-pinned",
            valid(Vector::credential("The list of trusted issuers names key and did:web.", &web.credential))
                .trusting(&[Who::Web]),
        ),
        (
            "token-did-web",
            valid(Vector::token("A link to a badge of that issuer.", link::url(PAGE, &web.token)))
                .trusting(&[Who::Web]),
        ),
    ]
}

/// A badge rebuilt from a token, for comparing with the file.
#[test]
fn the_rebuilt_vector_is_what_a_token_gives() {
    let token = Token::read(&COLLEGE.token).unwrap();
    let level = Texts::of(Catalogue::embedded().level("speed-60").unwrap());
    let rebuilt = credential::rebuild(&token, &level, &Who::College.profile()).unwrap();
    let signed = cast::sign_with(Who::College, &COLLEGE.credential, &[Suite::EddsaJcs2022], None);
    assert_eq!(rebuilt, signed);
}
