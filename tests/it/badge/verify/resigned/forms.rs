//! Forms of a badge that are not those of Open Badges, signed by its issuer.

use serde_json::{Value, json};
use typeproof::badge::vc::proof::Suite;

use super::Cases;
use crate::support::cast::{self, COLLEGE, Who};
use crate::support::patch::apply;
use crate::support::vector::Vector;

/// Signed as they stand, and no Open Badge that this program would believe.
pub(super) fn forms() -> Cases {
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
                "Cannot tell: it is not an Open Badge 3.0 as it is read here: its type does not say",
            ),
        ),
        (
            "form-two-subjects",
            one(
                "About two people.",
                set("/credentialSubject", json!([subject, subject])),
                "Cannot tell: it is not an Open Badge 3.0 as it is read here: it has no subject, or several",
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
            one(
                "Without a beginning.",
                json!({"remove": ["/validFrom"]}),
                "the date from which it is valid is missing",
            ),
        ),
        (
            "form-beginning-without-zone",
            one(
                "A beginning without a time zone.",
                set("/validFrom", json!("2026-11-20T10:05:00")),
                "the date from which it is valid is missing, or has no time zone",
            ),
        ),
        (
            "form-end-without-sense",
            one(
                "An end that is no date.",
                set("/validUntil", json!("never")),
                "the date until which it is valid has no time zone",
            ),
        ),
        (
            "form-contexts-swapped",
            one(
                "Contexts in the other order.",
                set("/@context", json!([college["@context"][1], college["@context"][0]])),
                "Cannot tell: it is not an Open Badge 3.0 as it is read here: its `@context` does not say",
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
                "Cannot tell: it is not an Open Badge 3.0 as it is read here: its `@context` does not say",
            ),
        ),
    ]
}
