//! Badges whose proofs are good, and which are still refused: the key, the date, the claim, the holder, the log.

use serde_json::{Value, json};
use typeproof::badge::claim::{Claim, Figures};
use typeproof::badge::link;
use typeproof::badge::proof::Suite;
use typeproof::lessons::catalogue::Catalogue;
use typeproof::trust::Assurance;

use super::Named;
use super::cast::{self, COLLEGE, LEARNER, TYPED, Who};
use super::good::PAGE;
use super::vector::Vector;
use crate::patch::apply;

pub fn made() -> Named {
    let all = [keys(), times(), holders(), logs(), false_figures(), forms()].concat();
    all.into_iter().map(|(name, vector)| (name.to_owned(), vector)).collect()
}

type Cases = Vec<(&'static str, Vector)>;

/// The badge of an issuer as it would be with this supervision.
fn of(who: Who, assurance: Assurance) -> Value {
    cast::issue(who, &cast::claim(who, assurance)).credential
}

/// Changed as a case says, and signed anew by its issuer.
fn resigned(who: Who, credential: &Value, case: &Value) -> Value {
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

fn logs() -> Cases {
    let mut altered = TYPED.bytes.clone();
    let middle = altered.len() / 2;
    altered[middle] ^= 1;
    let longer = [&TYPED.bytes[..], &[0]].concat();
    let other = cast::typed(2).bytes;
    let refused = |what, log: &[u8]| {
        let why = "this keystroke log is not the one that the badge names";
        Vector::credential(what, &COLLEGE.credential).with_log(log).expect("refused", "yes yes - no yes", why)
    };
    let named = |bytes: &[u8]| {
        let claim = Claim { log: cast::log_digest(bytes), ..cast::claim(Who::College, Assurance::Proctored) };
        cast::issue(Who::College, &claim).credential
    };
    let broken = |what, log: &[u8], why| {
        Vector::credential(what, &named(log)).with_log(log).expect("refused", "yes yes - no yes", why)
    };
    vec![
        ("log-of-another-test", refused("The log of another test.", &other)),
        ("log-altered", refused("One bit of the log changed.", &altered)),
        ("log-cut-off", refused("The log without its last byte.", &TYPED.bytes[..TYPED.bytes.len() - 1])),
        ("log-with-a-byte-more", refused("One byte behind the log.", &longer)),
        ("log-empty", refused("An empty log.", &[])),
        (
            "log-named-and-no-log",
            broken(
                "A file that is no log, and the badge names it.",
                b"not a log",
                "the keystroke log cannot be replayed: this is not a typeproof attempt",
            ),
        ),
        (
            "log-named-and-cut-off",
            broken(
                "A log cut off, and the badge names it.",
                &TYPED.bytes[..middle],
                "the keystroke log cannot be replayed: the data is cut off",
            ),
        ),
        (
            "log-named-and-of-another-test",
            broken("The log of another test, and the badge names it.", &other, "the badge says"),
        ),
        (
            "foreign-with-log",
            Vector::credential("A log beside another program's badge.", &{
                cast::sign(Who::College, &cast::foreign(&Who::College.profile()))
            })
            .with_log(&TYPED.bytes)
            .expect("refused", "yes yes - no yes", "the badge names no keystroke log"),
        ),
    ]
}

/// Signed by the learner's own key, which can sign anything: the log shows that it is not so.
fn false_figures() -> Cases {
    let refused = |what, credential: &Value, why| {
        Vector::credential(what, credential).being(Who::Learner).with_log(&TYPED.bytes).expect(
            "refused",
            "yes no - no yes",
            why,
        )
    };
    let own =
        |what, case: &Value, why| refused(what, &resigned(Who::Learner, &LEARNER.credential, case), why);
    let set = |pointer: &str, value: Value| json!({"set": {pointer: value}});
    let claimed = |claim: Claim| cast::issue(Who::Learner, &claim).credential;
    let learner = || cast::claim(Who::Learner, Assurance::SelfAssessed);
    let faster = Figures { net_x100: 9_900, gross_x100: 9_950, ..TYPED.figures };
    let harder = Catalogue::embedded().level("speed-100").unwrap().reference();
    let words = Catalogue::embedded().level("sprint-60").unwrap().reference();
    let second_net = json!({
        "type": ["Result"], "value": "120.00",
        "resultDescription": LEARNER.credential.pointer("/credentialSubject/result/0/resultDescription"),
    });
    vec![
        (
            "figures-faster",
            refused(
                "A higher speed than the log gives.",
                &claimed(Claim { figures: faster, ..learner() }),
                "the badge says 99.00 for net speed, the log gives 69.72",
            ),
        ),
        (
            "figures-accuracy",
            own(
                "A higher accuracy than the log gives.",
                &set("/credentialSubject/result/2/value", json!("100.00")),
                "the badge says 100.00 for accuracy",
            ),
        ),
        (
            "figures-errors",
            own(
                "Fewer errors than the log gives.",
                &set("/credentialSubject/result/3/value", json!("0")),
                "the badge says 0 for uncorrected errors",
            ),
        ),
        (
            "figures-missing",
            own(
                "No gross speed.",
                &json!({"remove": ["/credentialSubject/result/1"]}),
                "the badge says nothing for gross speed",
            ),
        ),
        (
            "figures-net-twice",
            own(
                "A second net speed beside the true one.",
                &set("/credentialSubject/result/-", second_net.clone()),
                "other results than a keystroke log gives",
            ),
        ),
        (
            "figures-net-for-assurance",
            own(
                "A second net speed in place of the supervision.",
                &set("/credentialSubject/result/5", second_net),
                "other results than a keystroke log gives",
            ),
        ),
        (
            "figures-counts",
            own(
                "Other counts than the log's.",
                &set("/evidence/0/narrative", json!("typeproof metrics 1: no errors.")),
                "the badge's counts are not those of the log",
            ),
        ),
        (
            "figures-start",
            own(
                "Another day.",
                &set("/credentialSubject/activityStartDate", json!("2026-11-19T10:00:00Z")),
                "another time than the log's",
            ),
        ),
        (
            "figures-end",
            own(
                "A later end.",
                &set("/credentialSubject/activityEndDate", json!("2026-11-20T10:10:00Z")),
                "another time than the log's",
            ),
        ),
        (
            "level-of-a-higher-speed",
            refused(
                "A level that the log does not pass.",
                &claimed(Claim { level: harder, ..learner() }),
                "the attempt does not pass the level: ",
            ),
        ),
        (
            "level-of-other-rules",
            refused(
                "A level with other rules.",
                &claimed(Claim { level: words, ..learner() }),
                "the test was taken under other rules",
            ),
        ),
        (
            "level-renamed",
            own(
                "The level's id with another name.",
                &set("/credentialSubject/achievement/name", json!("Typing 120 WPM")),
                "the badge describes its level otherwise",
            ),
        ),
        (
            "level-criteria-rewritten",
            own(
                "The level's id with other criteria.",
                &set("/credentialSubject/achievement/criteria/narrative", json!("Be quick.")),
                "the badge describes its level otherwise",
            ),
        ),
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
