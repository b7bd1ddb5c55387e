//! Whom a badge is about, signed anew by its issuer.

use serde_json::{Value, json};
use typeproof::badge::claim::Claim;
use typeproof::trust::Assurance;

use super::super::good::identified;
use super::{Cases, resigned};
use crate::support::cast::{self, COLLEGE, Who};
use crate::support::vector::Vector;

pub(super) fn holders() -> Cases {
    let college = cast::claim(Who::College, Assurance::Proctored);
    let nameless = cast::issue(Who::College, &Claim { name: None, ..college.clone() }).credential;
    let plain = cast::issue(Who::College, &Claim { email: None, ..college }).credential;
    let asked = |what, credential: &Value, holder, why| {
        Vector::credential(what, credential).holder(holder).expect("refused", "yes yes no - yes", why)
    };
    let open = |what, credential: &Value, holder, why| {
        Vector::credential(what, credential).holder(holder).expect("cannot-tell", "yes yes - - yes", why)
    };
    let spelled = |name: &str| {
        let case = json!({"set": {"/credentialSubject/identifier/0/identityHash": name}});
        resigned(Who::College, &plain, &case)
    };
    let college = &COLLEGE.credential;
    vec![
        (
            "holder-other-name",
            asked(
                "Another name.",
                college,
                "Mario Lindqvist",
                "\"Mario Lindqvist\" is not whom the badge is about (Maria Lindqvist); the spelling may differ: compare it \
                 with a photo ID",
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
            open(
                "An address, where the badge has a name alone.",
                &plain,
                "maria@example.org",
                "Cannot tell: the badge has no e-mail address",
            ),
        ),
        (
            "holder-name-unknown",
            open(
                "A name, where the badge has an address alone.",
                &nameless,
                "Maria Lindqvist",
                "Cannot tell: the badge has no name",
            ),
        ),
        (
            "holder-number-for-a-name",
            asked(
                "A number in other letters, as if it were a name.",
                &identified("systemId", "Bob Smith"),
                "bob smith",
                "\"bob smith\" is not whom the badge is about (Maria Lindqvist)",
            ),
        ),
        (
            "holder-otherwise-hashed",
            Vector::credential("An address hashed in a way that is not read here.", &{
                let md5 = json!({"set": {"/credentialSubject/identifier/0/identityHash": "md5$28d50415252ab6c689a54413da15b083"}});
                resigned(Who::College, &cast::foreign(&Who::College.profile()), &md5)
            })
            .holder("a@example.com")
            .expect("cannot-tell", "yes yes - - yes", "of a kind that is not read here"),
        ),
        (
            "holder-without-accent",
            asked("An accent dropped.", &spelled("Zoë Núñez-O’Hara"), "Zoe Nunez-O’Hara", "the spelling may differ"),
        ),
        (
            "holder-in-another-order",
            asked(
                "Family name first.",
                &spelled("Zoë Núñez-O’Hara"),
                "Núñez-O’Hara Zoë",
                "the spelling may differ",
            ),
        ),
        (
            "holder-without-hyphen",
            asked("A space for the hyphen.", &spelled("Ann-Marie Berg"), "Ann Marie Berg", "the spelling may differ"),
        ),
        (
            "holder-without-apostrophe",
            asked("The apostrophe left out.", &spelled("Seán O’Hara"), "Seán OHara", "the spelling may differ"),
        ),
        ("holder-hash-itself", asked("The hash in place of the address.", college, "sha256$", "is not whom")),
    ]
}
