//! Badges whose proofs are good, and which are still refused: the key, the date, the holder, the form.

use serde_json::{Value, json};
use typeproof::badge::claim::Claim;
use typeproof::badge::link;
use typeproof::badge::proof::Suite;
use typeproof::trust::Assurance;

use super::Named;
use super::cast::{self, COLLEGE, LEARNER, Who};
use super::good::PAGE;
use super::vector::Vector;
use crate::patch::apply;

pub fn made() -> Named {
    let all = [keys(), times(), holders(), forms()].concat();
    all.into_iter().map(|(name, vector)| (name.to_owned(), vector)).collect()
}

type Cases = Vec<(&'static str, Vector)>;

/// The badge of an issuer as it would be with this supervision.
fn of(who: Who, assurance: Assurance) -> Value {
    cast::issue(who, &cast::claim(who, assurance)).credential
}

/// Changed as a case says, and signed anew by its issuer.
pub fn resigned(who: Who, credential: &Value, case: &Value) -> Value {
    cast::sign(who, &apply(case, credential))
}

fn keys() -> Cases {
    let refused = |what, credential: &Value, who, why| {
        let vector = Vector::credential(what, credential).trusting(&[who]);
        vector.expect("refused", "yes no - - yes", why)
    };
    let above = of(Who::Reviewers, Assurance::Proctored);
    let proctored = above.pointer("/credentialSubject/result/5").unwrap().clone();
    let twice = resigned(
        Who::Reviewers,
        &of(Who::Reviewers, Assurance::Reviewed),
        &json!({"set": {"/credentialSubject/result/-": proctored}}),
    );
    let late = of(Who::Retired, Assurance::Proctored);
    let backdated = apply(&json!({"set": {"/validFrom": "2026-06-01T00:00:00Z"}}), &late);
    let backdated = cast::sign_with(Who::Retired, &backdated, &Suite::ALL, Some("2026-11-20T10:05:00Z"));
    let compromised = of(Who::Compromised, Assurance::Proctored);
    let young = of(Who::Young, Assurance::Proctored);
    let claim = cast::claim(Who::Reviewers, Assurance::Proctored);
    let token = link::url(PAGE, &cast::issue(Who::Reviewers, &claim).token);
    vec![
        (
            "assurance-above-the-issuers",
            refused(
                "Proctored, by an issuer believed up to reviewed.",
                &above,
                Who::Reviewers,
                "it claims \"proctored\"",
            ),
        ),
        (
            "assurance-stated-twice",
            refused("Reviewed and proctored at once.", &twice, Who::Reviewers, "it claims \"proctored\""),
        ),
        (
            "token-assurance-above-the-issuers",
            Vector::token("The same as a link.", token).trusting(&[Who::Reviewers]).expect(
                "refused",
                "yes no - - yes",
                "it claims \"proctored\"",
            ),
        ),
        (
            "key-retired",
            refused(
                "Dated after the key was retired.",
                &late,
                Who::Retired,
                "after the key of Old School was retired",
            ),
        ),
        (
            "key-retired-and-backdated",
            refused(
                "Dated before, signed after.",
                &backdated,
                Who::Retired,
                "after the key of Old School was retired",
            ),
        ),
        (
            "key-compromised",
            refused(
                "The key is in other hands.",
                &compromised,
                Who::Compromised,
                "the key of Careless Academy is compromised",
            ),
        ),
        (
            "key-not-yet-in-use",
            refused(
                "Dated before the key was in use.",
                &young,
                Who::Young,
                "before the key of New Institute was in use",
            ),
        ),
    ]
}

fn times() -> Cases {
    let college = &COLLEGE.credential;
    let at =
        |what, now, why| Vector::credential(what, college).at(now).expect("refused", "yes yes - - no", why);
    let token = |what, now, why| {
        Vector::token(what, link::url(PAGE, &COLLEGE.token)).at(now).expect("refused", "yes yes - - no", why)
    };
    let revocable = json!([{
        "id": "https://college.example.org/status#7", "type": "BitstringStatusListEntry", "statusPurpose": "revocation",
        "statusListIndex": "7", "statusListCredential": "https://college.example.org/status",
    }]);
    let revocable = resigned(Who::College, college, &json!({"set": {"/credentialStatus": revocable}}));
    let backwards = resigned(Who::College, college, &json!({"set": {"/validUntil": "2026-11-01T00:00:00Z"}}));
    vec![
        ("expired", at("Asked after its end.", "2029-11-20T10:05:01Z", "it expired on 2029-11-20")),
        ("expired-this-second", at("Asked at its end.", "2029-11-20T10:05:00Z", "it expired on 2029-11-20")),
        (
            "not-yet-valid",
            at("Asked before its beginning.", "2026-11-20T10:04:59Z", "it is not valid before 2026-11-20"),
        ),
        (
            "token-expired",
            token("A link, asked after its end.", "2030-01-01T00:00:00Z", "it expired on 2029-11-20"),
        ),
        (
            "token-not-yet-valid",
            token("A link, asked before its beginning.", "2026-01-01T00:00:00Z", "it is not valid before"),
        ),
        (
            "self-assessed-expired",
            Vector::credential("One's own badge, expired: that is the reason.", &LEARNER.credential)
                .being(Who::Learner)
                .at("2030-01-01T00:00:00Z")
                .expect("refused", "yes no - - no", "Not valid: it expired on 2029-11-20"),
        ),
        (
            "ends-before-it-begins",
            Vector::credential("Its end lies before its beginning.", &backwards).expect(
                "refused",
                "yes yes - - no",
                "it expired on 2026-11-01",
            ),
        ),
        (
            "revocable",
            Vector::credential("It names a list of revoked badges, which is not read.", &revocable).expect(
                "cannot-tell",
                "yes yes - - -",
                "Cannot tell: it names a list of revoked badges",
            ),
        ),
    ]
}

fn holders() -> Cases {
    let college = cast::claim(Who::College, Assurance::Proctored);
    let nameless = cast::issue(Who::College, &Claim { name: None, ..college.clone() }).credential;
    let plain = cast::issue(Who::College, &Claim { email: None, ..college }).credential;
    let asked = |what, credential: &Value, holder, why| {
        Vector::credential(what, credential).holder(holder).expect("refused", "yes yes no - yes", why)
    };
    let college = &COLLEGE.credential;
    vec![
        (
            "holder-other-name",
            asked(
                "Another name.",
                college,
                "Mario Lindqvist",
                "\"Mario Lindqvist\" is not whom the badge is about (Maria Lindqvist)",
            ),
        ),
        ("holder-part-of-the-name", asked("Only the first name.", college, "Maria", "\"Maria\" is not whom")),
        (
            "holder-other-e-mail",
            asked(
                "Another e-mail address.",
                college,
                "mario@example.org",
                "the e-mail address \"mario@example.org\" is not the one",
            ),
        ),
        ("holder-empty", asked("An empty name.", college, "", "\"\" is not whom")),
        (
            "holder-e-mail-unknown",
            asked(
                "An address, where the badge has a name alone.",
                &plain,
                "maria@example.org",
                "the badge bears no e-mail address",
            ),
        ),
        (
            "holder-name-unknown",
            asked(
                "A name, where the badge has an address alone.",
                &nameless,
                "Maria Lindqvist",
                "the badge bears no name",
            ),
        ),
        ("holder-hash-itself", asked("The hash in place of the address.", college, "sha256$", "is not whom")),
    ]
}

/// Signed as they stand, and no Open Badge that this program would believe.
fn forms() -> Cases {
    let college = &COLLEGE.credential;
    let subject = &college["credentialSubject"];
    let created = college["validFrom"].as_str();
    let signed = |case: &Value| cast::sign_with(Who::College, &apply(case, college), &Suite::ALL, created);
    let one = |what, case: Value, why: &str| Vector::credential(what, &signed(&case)).refused(why);
    let set = |pointer: &str, value: Value| json!({"set": {pointer: value}});
    vec![
        (
            "form-no-badge",
            one(
                "A credential that is no badge.",
                set("/type", json!(["VerifiableCredential"])),
                "its type is not",
            ),
        ),
        (
            "form-two-subjects",
            one(
                "About two people.",
                set("/credentialSubject", json!([subject, subject])),
                "it has no subject, or several",
            ),
        ),
        (
            "form-nobody",
            one(
                "About nobody.",
                json!({"remove": ["/credentialSubject/identifier"]}),
                "it does not say whose it is",
            ),
        ),
        (
            "form-no-achievement",
            one(
                "For nothing.",
                json!({"remove": ["/credentialSubject/achievement"]}),
                "it has no achievement",
            ),
        ),
        (
            "form-no-beginning",
            one("Without a beginning.", json!({"remove": ["/validFrom"]}), "validFrom is missing"),
        ),
        (
            "form-beginning-without-zone",
            one(
                "A beginning without a time zone.",
                set("/validFrom", json!("2026-11-20T10:05:00")),
                "validFrom is missing, or no date with a time zone",
            ),
        ),
        (
            "form-end-without-sense",
            one("An end that is no date.", set("/validUntil", json!("never")), "validUntil is no date"),
        ),
        (
            "form-contexts-swapped",
            one(
                "Contexts in the other order.",
                set("/@context", json!([college["@context"][1], college["@context"][0]])),
                "its contexts do not begin with",
            ),
        ),
        (
            "form-open-badges-context-missing",
            one(
                "Without the context of Open Badges.",
                json!({
                    "set": {"/@context": ["https://www.w3.org/ns/credentials/v2"], "/type": ["VerifiableCredential"], "/issuer": college["issuer"]["id"],
                        "/credentialSubject": {"id": "urn:x:y"}},
                    "remove": ["/evidence"],
                }),
                "its contexts do not begin with",
            ),
        ),
    ]
}
