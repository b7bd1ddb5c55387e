//! Badges whose proofs are good, and whose keystroke log does not bear them out.

use serde_json::{Value, json};
use typeproof::badge::claim::{Claim, Figures, Measured};
use typeproof::lessons::catalogue::Catalogue;
use typeproof::trust::Assurance;

use super::Named;
use super::resigned::resigned;
use crate::support::cast::{self, COLLEGE, LEARNER, TYPED, Who};
use crate::support::vector::Vector;

pub fn made() -> Named {
    let all = [logs(), false_figures()].concat();
    all.into_iter().map(|(name, vector)| (name.to_owned(), vector)).collect()
}

type Cases = Vec<(&'static str, Vector)>;

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
    let unknown = COLLEGE.credential.to_string().replace(
        COLLEGE.credential.pointer("/credentialSubject/achievement/id").unwrap().as_str().unwrap(),
        "urn:uuid:00000000-0000-8000-8000-000000000000",
    );
    let unknown = unknown.replace("SPEED-60-V1", "COLLEGE-60");
    let unknown = cast::sign(Who::College, &serde_json::from_str(&unknown).unwrap());
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
            "log-of-an-unknown-level",
            Vector::credential("The figures follow, and the level is not known here.", &unknown)
                .with_log(&TYPED.bytes)
                .expect("cannot-tell", "yes yes - - yes", "does not know the badge's level"),
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
                &claimed(Claim { measured: Measured::of_test(faster), ..learner() }),
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
                "the test was taken under rules other than this level's",
            ),
        ),
        (
            "level-renamed",
            own(
                "The level's id with another name.",
                &set("/credentialSubject/achievement/name", json!("Typing 120 WPM")),
                "the badge describes its level differently",
            ),
        ),
        (
            "level-criteria-rewritten",
            own(
                "The level's id with other criteria.",
                &set("/credentialSubject/achievement/criteria/narrative", json!("Be quick.")),
                "the badge describes its level differently",
            ),
        ),
    ]
}
