//! Badges whose proofs are good, and which are still refused: the key, the date, the holder, the form.

mod forms;
mod holders;

use forms::forms;
use holders::holders;
use serde_json::{Value, json};
use typeproof::badge::carry::link;
use typeproof::badge::vc::proof::{self, ProofOptions, Suite};
use typeproof::trust::Assurance;

use super::Named;
use super::good::PAGE;
use crate::support::cast::{self, COLLEGE, LEARNER, Who};
use crate::support::patch::apply;
use crate::support::vector::Vector;

pub fn made() -> Named {
    let all = [keys(), assurances(), times(), holders(), forms()].concat();
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
        ("key-compromised-behind-an-unknown-one", two_keys()),
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

/// A badge by did:web with two proofs: the first by a key that nobody knows, the second by a compromised one.
fn two_keys() -> Vector {
    let profile = Who::Web.profile();
    let methods =
        [Who::Stranger, Who::Compromised].map(|who| (who, format!("{}#{}", profile.did, who.multikey())));
    let mut badge = cast::foreign(&profile);
    let created = badge["validFrom"].as_str().unwrap().to_owned();
    let proof = |(who, method): &(Who, String)| {
        let options = ProofOptions { created: created.clone(), verification_method: method.clone() };
        proof::sign(&badge, Suite::EddsaRdfc2022, &options, &who.key()).unwrap()
    };
    let proofs: Vec<Value> = methods.iter().map(proof).collect();
    badge["proof"] = proofs.into();
    let listed = |(who, method): &(Who, String)| json!({"id": method, "type": "Multikey", "controller": profile.did, "publicKeyMultibase": who.multikey()});
    let document = json!({
        "id": profile.did,
        "assertionMethod": methods.iter().map(listed).collect::<Vec<_>>(),
    });
    Vector::credential("The first proof by a key that nobody knows, the second by a compromised one.", &badge)
        .trusting(&[Who::Compromised])
        .with_document(document)
        .expect("refused", "yes no - - yes", "the key of Careless Academy is compromised")
}

/// Proctored in other words, by an issuer believed up to reviewed: what decides is said anywhere, under any name.
fn assurances() -> Cases {
    let reviewed = of(Who::Reviewers, Assurance::Reviewed);
    let result = "/credentialSubject/result/5";
    let description = "/credentialSubject/achievement/resultDescription/5";
    let place = |above: &str, member: &str| format!("{above}/{member}");
    let level = place(result, "achievedLevel");
    let elsewhere = "https://reviewers.example.org/levels/proctored";
    let (first, third) = ("rubricCriterionLevel/0", "rubricCriterionLevel/2");
    let claims = |what: &str, case: Value| {
        let credential = resigned(Who::Reviewers, &reviewed, &case);
        let vector = Vector::credential(what, &credential).trusting(&[Who::Reviewers]);
        // Where the achievement is changed besides, it is not the level's.
        let evidence =
            if case["set"].as_object().is_some_and(|set| set.keys().any(|at| at.contains("/achievement/"))) {
                "yes no - no yes"
            } else {
                "yes no - - yes"
            };
        vector.expect("refused", evidence, "it claims \"proctored\", but Review Board is believed up to")
    };
    let own = reviewed.pointer("/credentialSubject/achievement/id").unwrap().as_str().unwrap();
    let proctored = format!("{own}#proctored");
    let third_id = place(description, &place(third, "id"));
    let as_value = |what: &str, value: &str| {
        claims(what, json!({"remove": [level], "set": {place(result, "value"): value}}))
    };
    let looking_like = [
        (
            "assurance-in-cyrillic",
            "Cyrillic letters for Latin ones.",
            "\u{440}r\u{43e}\u{441}t\u{43e}r\u{435}d",
        ),
        ("assurance-in-greek", "Greek letters.", "\u{3c1}r\u{3bf}\u{3f2}\u{3c4}\u{3bf}r\u{3b5}d"),
        ("assurance-in-full-width", "Full width.", "Ｐｒｏｃｔｏｒｅｄ"),
        ("assurance-in-bold", "The bold letters of mathematics.", "𝐩𝐫𝐨𝐜𝐭𝐨𝐫𝐞𝐝"),
        ("assurance-in-circles", "Letters in circles.", "ⓟⓡⓞⓒⓣⓞⓡⓔⓓ"),
        ("assurance-in-squares", "White letters in squares.", "🅿🆁🅾🅲🆃🅾🆁🅴🅳"),
        ("assurance-in-small-capitals", "Small capitals.", "ᴘʀᴏᴄᴛᴏʀᴇᴅ"),
        ("assurance-in-capitals", "Capitals.", "PROCTORED"),
        ("assurance-with-accents", "An accent on each letter.", "p\u{301}r\u{301}o\u{308}ctor\u{323}ed"),
        ("assurance-with-strokes", "Letters with strokes.", "prøctøred"),
        ("assurance-with-digits", "Digits for letters.", "pr0ct0red"),
        ("assurance-with-spaces", "A space between the letters.", "p r o c t o r e d"),
        ("assurance-with-signs", "Signs around and within.", "«proc-tored».✓"),
        ("assurance-with-invisible-letters", "Invisible characters within.", "proc\u{ad}tor\u{200b}ed"),
        ("assurance-in-cherokee", "Capitals of Cherokee and Latin.", "ᏢᎡOᏟTOᎡᎬᎠ"),
    ];
    let looking_like = looking_like.map(|(name, what, value)| (name, as_value(what, value)));
    let mut all = vec![
        (
            "assurance-of-another-achievement",
            claims(
                "The achievement's id is another than that of its levels.",
                json!({"set": {"/credentialSubject/achievement/id": "urn:uuid:00000000-0000-8000-8000-000000000001", level.as_str(): proctored}}),
            ),
        ),
        (
            "assurance-as-a-value",
            claims(
                "As a value in place of a level.",
                json!({"remove": [level], "set": {place(result, "value"): " Proctored"}}),
            ),
        ),
        (
            "assurance-of-another-address",
            claims(
                "A level with another address.",
                json!({"set": {level.as_str(): elsewhere, third_id: elsewhere}}),
            ),
        ),
        (
            "assurance-by-the-levels-name",
            claims(
                "A weak level with a strong name.",
                json!({"set": {
                    level.as_str(): format!("{own}#self-assessed"),
                    place(description, &place(first, "name")): "proctored",
                }}),
            ),
        ),
        (
            "assurance-under-another-name",
            claims(
                "A result that the badge calls Supervision.",
                json!({"set": {
                    level.as_str(): proctored,
                    place(result, "resultDescription"): "urn:x:supervision",
                    place(description, "id"): "urn:x:supervision",
                    place(description, "name"): "Supervision",
                }}),
            ),
        ),
        (
            "assurance-by-a-name-that-looks-like-it",
            claims(
                "A weak level with a strong name in Cyrillic letters.",
                json!({"set": {
                    level.as_str(): format!("{own}#self-assessed"),
                    place(description, &place(first, "name")): "\u{440}roct\u{43e}red",
                }}),
            ),
        ),
    ];
    all.extend(looking_like);
    all
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
            "signed-in-the-future",
            Vector::credential("Its proofs say that they are of the year 2028.", &{
                cast::sign_with(Who::College, college, &Suite::ALL, Some("2028-01-01T00:00:00Z"))
            })
            .expect("refused", "yes yes - - no", "made in the future"),
        ),
        (
            "signed-after-its-end",
            Vector::credential("Its proofs were made a minute after its end, which is a minute away.", &{
                cast::sign_with(Who::College, college, &Suite::ALL, Some("2029-11-20T10:06:00Z"))
            })
            .at("2029-11-20T10:04:00Z")
            .expect("refused", "yes yes - - no", "made after its end, 2029-11-20"),
        ),
        (
            "revocable",
            Vector::credential("It names a list of revoked badges, which is not read.", &revocable).expect(
                "cannot-tell",
                "yes yes - - -",
                "Cannot tell: it names the list of revoked badges",
            ),
        ),
    ]
}
