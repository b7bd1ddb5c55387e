//! Badges that name who supervised: a proctor and an examination, or a reviewer. Each acceptance has more than five refusals.

use serde_json::{Value, json};
use typeproof::badge::carry::link;
use typeproof::badge::claim::{Claim, Counts, Presence, Proctoring, Review, Supervision, passage_digest};
use typeproof::badge::credential::Badge;
use typeproof::badge::holder::Phrase;
use typeproof::badge::verify::summary::Summary;
use typeproof::trust::Assurance;
use typeproof::typing::attempt::Attempt;

use super::Named;
use super::good::{PAGE, UNKNOWN};
use crate::support::cast::{self, TYPED, Who};
use crate::support::patch::apply;
use crate::support::vector::Vector;

/// Where the supervision's parts begin among the evidence: behind the log.
const FIRST: usize = 1;

fn words<const MOST: usize>(text: &str) -> Phrase<MOST> {
    Phrase::new(text).unwrap()
}

pub fn proctoring() -> Proctoring {
    let attempt = Attempt::from_bytes(&TYPED.bytes).unwrap();
    Proctoring {
        proctor: words("Jo Doe"),
        title: Some(words("Head of Examinations")),
        presence: Presence::InPerson,
        identity: Some(words("photo ID")),
        exam: "TT-2026/11".to_owned(),
        exam_title: words("Typing for clerks"),
        attempt: 1,
        attempts: 2,
        counts: Counts::Best,
        passage: passage_digest(&attempt.exercise.text.to_string()),
        journal: [7; 16],
    }
}

pub fn review() -> Review {
    Review {
        reviewer: words("Ann Lee"),
        title: Some(words("Typing teacher")),
        note: Some(words("Typed at home, and steady throughout.")),
        badge: [9; 16],
    }
}

/// A claim of this issuer's about the test, supervised so; without an e-mail address, as there is no room for it in a code.
fn claim(who: Who, supervision: Supervision) -> Claim {
    Claim { supervision, email: None, ..cast::claim(who, Assurance::SelfAssessed) }
}

fn proctored() -> Badge {
    cast::issue(Who::College, &claim(Who::College, proctoring().into()))
}

fn reviewed() -> Badge {
    cast::issue(Who::Reviewers, &claim(Who::Reviewers, review().into()))
}

fn token(what: &str, badge: &Badge) -> Vector {
    Vector::token(what, link::url(PAGE, &badge.token))
}

fn named(cases: Vec<(&str, Vector)>) -> Named {
    cases.into_iter().map(|(name, vector)| (format!("supervised-{name}"), vector)).collect()
}

pub fn good() -> Named {
    let (proctored, reviewed) = (proctored(), reviewed());
    let few = Proctoring {
        presence: Presence::Virtually,
        title: None,
        identity: None,
        attempts: 1,
        counts: Counts::Only,
        ..proctoring()
    };
    let few = cast::issue(Who::College, &claim(Who::College, few.into()));
    let least = Review { title: None, note: None, ..review() };
    let stranger = cast::issue(Who::Stranger, &claim(Who::Stranger, least.into()));
    let by_college = |vector: Vector| vector.expect("valid", "yes yes - - yes", "supervised: proctored");
    let by_reviewers =
        |vector: Vector| vector.trusting(&[Who::Reviewers]).expect("valid", "yes yes - - yes", "reviewed");
    named(vec![
        ("proctored", by_college(Vector::credential("A proctor and an examination.", &proctored.credential))),
        ("proctored-token", by_college(token("The same as a link.", &proctored))),
        (
            "proctored-with-log",
            Vector::credential("With the log, which is of the passage.", &proctored.credential)
                .with_log(&TYPED.bytes)
                .expect("valid", "yes yes - yes yes", "proctored"),
        ),
        ("proctored-virtually", by_college(token("The least that can be said.", &few))),
        ("reviewed", by_reviewers(Vector::credential("A reviewer with a note.", &reviewed.credential))),
        ("reviewed-token", by_reviewers(token("The same as a link.", &reviewed))),
        (
            "reviewed-by-a-stranger",
            token("The least that can be said, by an issuer whom nobody knows.", &stranger).expect(
                "unproven",
                "yes no - - yes",
                UNKNOWN,
            ),
        ),
    ])
}

/// The place of the part of the evidence of this genre.
fn place(badge: &Value, genre: &str) -> String {
    let parts = badge["evidence"].as_array().unwrap();
    let at = parts.iter().position(|part| part["genre"] == genre).unwrap();
    assert!(at >= FIRST);
    format!("/evidence/{at}")
}

fn set(badge: &Value, genre: &str, member: &str, value: Value) -> Value {
    let pointer = format!("{}/{member}", place(badge, genre));
    apply(&json!({"set": {pointer: value}}), badge)
}

fn dropped(badge: &Value, genre: &str) -> Value {
    apply(&json!({"remove": [place(badge, genre)]}), badge)
}

fn doubled(badge: &Value, genre: &str) -> Value {
    let part = badge.pointer(&place(badge, genre)).unwrap().clone();
    apply(&json!({"set": {"/evidence/-": part}}), badge)
}

fn states(badge: &Value, assurance: &str) -> Value {
    let urn = badge["credentialSubject"]["achievement"]["id"].as_str().unwrap();
    apply(&json!({"set": {"/credentialSubject/result/5/achievedLevel": format!("{urn}#{assurance}")}}), badge)
}

const FORM: &str = "it is not written as typeproof writes it";
const OTHER: &str = "it names a proctor or a reviewer and states another supervision";
const ATTEMPTS: &str = "the number of the attempt";

/// What a change of a badge's supervision is called, what is changed, and why it is refused though its issuer signs it.
type Change = (&'static str, Value, &'static str);

fn proctored_changes() -> Vec<Change> {
    let badge = proctored().credential;
    let said = |genre, member, text: &str| set(&badge, genre, member, json!(text));
    let sitting = |text: &str| said("examination", "narrative", text);
    let old = json!({"type": ["Evidence"], "name": "Attempt", "narrative": "Attempt 2 of this level under this issuer."});
    let both = reviewed().credential["evidence"].as_array().unwrap()[FIRST..].to_vec();
    let both = both
        .into_iter()
        .fold(badge.clone(), |badge, part| apply(&json!({"set": {"/evidence/-": part}}), &badge));
    vec![
        ("with-an-empty-title", said("proctoring", "description", ""), FORM),
        ("by-two-proctors", doubled(&badge, "proctoring"), FORM),
        ("by-nobody", said("proctoring", "name", "Proctor: "), FORM),
        (
            "by-a-name-that-is-too-long",
            said("proctoring", "name", &format!("Proctor: {}", "A".repeat(41))),
            FORM,
        ),
        ("by-a-name-that-turns-around", said("proctoring", "name", "Proctor: \u{202e}eoD oJ"), FORM),
        ("by-a-name-with-spaces", said("proctoring", "name", "Proctor:  Jo Doe"), FORM),
        ("by-mail", said("proctoring", "narrative", "Proctored by mail. Identity checked: photo ID."), FORM),
        (
            "identity-checked-by-nothing",
            said("proctoring", "narrative", "Proctored in person. Identity checked: ."),
            FORM,
        ),
        (
            "with-more-said",
            said("proctoring", "narrative", "Proctored in person. Identity checked: photo ID. And more"),
            FORM,
        ),
        ("attempt-above-the-most", sitting("Attempt 3 of at most 2; the best attempt counts."), ATTEMPTS),
        ("attempt-0", sitting("Attempt 0 of at most 2; the best attempt counts."), ATTEMPTS),
        ("attempt-in-other-digits", sitting("Attempt 01 of at most 2; the best attempt counts."), FORM),
        ("attempt-with-a-sign", sitting("Attempt +1 of at most 2; the best attempt counts."), FORM),
        (
            "attempt-beyond-numbers",
            sitting("Attempt 1 of at most 4294967296; the best attempt counts."),
            FORM,
        ),
        ("only-attempt-of-two", sitting("Attempt 1 of at most 2; the only attempt counts."), ATTEMPTS),
        ("worst-attempt", sitting("Attempt 1 of at most 2; the worst attempt counts."), FORM),
        ("examination-with-a-space", said("examination", "name", "Examination TT 2026"), "the examination"),
        ("examination-dropped", dropped(&badge, "examination"), FORM),
        ("examination-twice", doubled(&badge, "examination"), FORM),
        ("passage-dropped", dropped(&badge, "passage"), FORM),
        ("passage-cut", said("passage", "id", "ni:///sha-256-64;AAAA"), FORM),
        ("passage-of-the-longer-kind", said("passage", "id", "ni:///sha-256-128;AAAAAAAAAAA"), FORM),
        ("journal-dropped", dropped(&badge, "journal"), FORM),
        ("journal-without-a-name", dropped_member(&badge, "journal", "id"), FORM),
        ("attempt-of-another-count-beside", apply(&json!({"set": {"/evidence/-": old}}), &badge), FORM),
        ("and-reviewed", both, FORM),
        ("that-states-reviewed", states(&badge, "reviewed"), OTHER),
        ("that-states-self-assessed", states(&badge, "self-assessed"), OTHER),
    ]
}

fn reviewed_changes() -> Vec<Change> {
    let badge = reviewed().credential;
    let said = |genre, member, text: &str| set(&badge, genre, member, json!(text));
    let replayed = "Replayed all that was typed and recomputed every figure.";
    vec![
        ("by-nobody", said("review", "name", "Reviewer: "), FORM),
        ("by-two-reviewers", doubled(&badge, "review"), FORM),
        ("without-a-reviewer", dropped(&badge, "review"), FORM),
        ("with-an-empty-title", said("review", "description", ""), FORM),
        ("with-an-empty-note", said("review", "narrative", &format!("{replayed} Note: ")), FORM),
        (
            "with-a-note-that-is-too-long",
            said("review", "narrative", &format!("{replayed} Note: {}", "a".repeat(101))),
            FORM,
        ),
        ("with-a-note-of-two-lines", said("review", "narrative", &format!("{replayed} Note: a\nb")), FORM),
        ("with-another-remark", said("review", "narrative", &format!("{replayed} Remark: steady.")), FORM),
        ("and-watched", said("review", "narrative", "Replayed all that was typed, and watched it."), FORM),
        ("of-no-badge", dropped(&badge, "reviewed badge"), FORM),
        ("of-a-badge-without-a-name", said("reviewed badge", "id", "urn:uuid:0909"), FORM),
        (
            "of-a-badge-of-another-form",
            said("reviewed badge", "id", "urn:uuid:09090909-0909-4909-8909-090909090909"),
            FORM,
        ),
        ("of-two-badges", doubled(&badge, "reviewed badge"), FORM),
        ("that-states-self-assessed", states(&badge, "self-assessed"), OTHER),
        ("of-an-examination", said("review", "genre", "examination"), FORM),
    ]
}

fn dropped_member(badge: &Value, genre: &str, member: &str) -> Value {
    apply(&json!({"remove": [format!("{}/{member}", place(badge, genre))]}), badge)
}

/// A badge's token in which this text is another of its length, and the signature as it was.
fn respelled(badge: &Badge, from: &[u8], to: &[u8]) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let mut bytes = badge.token.clone();
    let at = bytes.windows(from.len()).position(|window| window == from).unwrap();
    bytes[at..at + to.len()].copy_from_slice(to);
    bytes
}

fn tokens() -> Vec<(&'static str, Vector)> {
    let (proctored, reviewed) = (proctored(), reviewed());
    // The byte of the kind stands before attempt and attempts; passage, journal and signature follow.
    let kind = proctored.token.len() - 64 - 16 - 8 - 2 - 1;
    let with = |at: usize, byte: u8| {
        let mut bytes = proctored.token.clone();
        bytes[at] = byte;
        bytes
    };
    assert_eq!(proctored.token[kind..kind + 3], [(Counts::Best as u8) << 1, 1, 2]);
    let unsupervised = {
        let mut bytes = proctored.token.clone();
        bytes[1] &= !(3 << 3);
        bytes
    };
    let given = |what, bytes: Vec<u8>, why| Vector::token(what, link::url(PAGE, &bytes)).refused(why);
    let unfit = "the signature does not fit what the code says";
    let canonical = "not written as typeproof writes it";
    let reviewers = |vector: Vector| vector.trusting(&[Who::Reviewers]);
    vec![
        (
            "token-of-another-proctor",
            given("Another proctor.", respelled(&proctored, b"Jo Doe", b"Jo Roe"), unfit),
        ),
        (
            "token-of-another-examination",
            given("Another examination.", respelled(&proctored, b"TT-2026/11", b"TT-2026/12"), unfit),
        ),
        (
            "token-of-another-journal",
            given("Another journal.", respelled(&proctored, &[7; 16], &[6; 16]), unfit),
        ),
        (
            "token-of-an-odd-examination",
            given("A space in it.", respelled(&proctored, b"TT-2026/11", b"TT 2026/11"), "the examination"),
        ),
        (
            "token-of-an-odd-name",
            given("A space behind the name.", respelled(&proctored, b"Jo Doe", b"Jo Do "), canonical),
        ),
        (
            "token-of-a-name-with-a-brace",
            given("A brace.", respelled(&proctored, b"Jo Doe", b"Jo {oe"), "holds a brace"),
        ),
        ("token-of-an-unknown-kind", given("A fifth count.", with(kind, 4 << 1), "kind of examination")),
        ("token-of-attempt-0", given("No attempt.", with(kind + 1, 0), ATTEMPTS)),
        ("token-of-attempt-3", given("Above the most.", with(kind + 1, 3), ATTEMPTS)),
        ("token-of-an-only-attempt", given("Of two.", with(kind, 0), ATTEMPTS)),
        ("token-of-nobody", given("It states that nobody supervised.", unsupervised, "")),
        ("token-cut", given("The journal is cut.", proctored.token[..kind + 14].to_vec(), "is cut off at")),
        (
            "token-of-another-reviewer",
            reviewers(given("Another reviewer.", respelled(&reviewed, b"Ann Lee", b"Ann Bee"), unfit)),
        ),
        (
            "token-of-another-note",
            reviewers(given("Another note.", respelled(&reviewed, b"steady", b"unruly"), unfit)),
        ),
        (
            "token-of-another-badge",
            reviewers(given("Another badge.", respelled(&reviewed, &[9; 16], &[8; 16]), unfit)),
        ),
        (
            "token-of-a-note-that-is-no-text",
            reviewers(given("No text.", respelled(&reviewed, b"steady", b"stead\xff"), "note")),
        ),
        (
            "token-of-a-note-that-turns",
            reviewers(given(
                "A mark of direction.",
                respelled(&reviewed, b"ady", "\u{202e}".as_bytes()),
                "control or direction",
            )),
        ),
    ]
}

pub fn made() -> Named {
    let of = |kind: &str, who: Who, changes: Vec<Change>| -> Named {
        let one = |(name, badge, why): Change| {
            let what = format!("Signed by its issuer: {}.", name.replace('-', " "));
            let vector = Vector::credential(&what, &cast::sign(who, &badge)).trusting(&[who]);
            (format!("supervised-{kind}-{name}"), vector.expect("refused", "yes yes - no yes", why))
        };
        changes.into_iter().map(one).collect()
    };
    let badge = proctored().credential;
    let renamed = set(&badge, "proctoring", "name", json!("Proctor: Jo Roe"));
    let above = cast::issue(Who::Reviewers, &claim(Who::Reviewers, proctoring().into())).credential;
    let elsewhere = Proctoring { passage: [1; 8], ..proctoring() };
    let elsewhere = cast::issue(Who::College, &claim(Who::College, elsewhere.into())).credential;
    let raised = states(&reviewed().credential, "proctored");
    let own = cast::issue(Who::Learner, &claim(Who::Learner, Supervision::SelfAssessed)).credential;
    let part = badge.pointer(&place(&badge, "proctoring")).unwrap();
    let own = cast::sign(Who::Learner, &apply(&json!({"set": {"/evidence/-": part}}), &own));
    let single = named(vec![
        (
            "proctored-renamed",
            Vector::credential("Another proctor than was signed.", &renamed).refused("signature"),
        ),
        (
            "proctored-above-the-issuer",
            Vector::credential("By an issuer believed up to reviewed.", &above)
                .trusting(&[Who::Reviewers])
                .expect("refused", "yes no - - yes", "it claims \"proctored\""),
        ),
        (
            "proctored-of-another-text",
            Vector::credential("The log is of another text.", &elsewhere).with_log(&TYPED.bytes).expect(
                "refused",
                "yes yes - no yes",
                "of another text than the badge names",
            ),
        ),
        (
            "reviewed-and-raised",
            Vector::credential("A review that states proctored.", &cast::sign(Who::Reviewers, &raised))
                .trusting(&[Who::Reviewers])
                .expect("refused", "yes no - no yes", "it claims \"proctored\""),
        ),
        (
            "learner-names-a-proctor",
            Vector::credential("A learner adds a proctor.", &own).being(Who::Learner).expect(
                "refused",
                "yes no - no yes",
                FORM,
            ),
        ),
    ]);
    [
        of("proctored", Who::College, proctored_changes()),
        of("reviewed", Who::Reviewers, reviewed_changes()),
        single,
        named(tokens()),
    ]
    .concat()
}

/// Both kinds have at least five refusals for each acceptance.
#[test]
fn refusals_outnumber_acceptances_fivefold() {
    for kind in ["proctored", "reviewed"] {
        let count = |cases: Named| cases.iter().filter(|(name, _)| name.contains(kind)).count();
        assert!(count(made()) >= 5 * count(good()), "{kind}: {} to {}", count(made()), count(good()));
    }
}

/// What is summed up of a badge is what was signed.
#[test]
fn a_summary_names_who_supervised() {
    let of = |badge: &Badge| Summary::of(&badge.credential).supervised;
    assert_eq!(of(&proctored()), Some(proctoring().into()));
    assert!(
        matches!(of(&reviewed()), Some(Supervision::Reviewed(Some(found))) if found.reviewer == review().reviewer)
    );
    let nobody = cast::issue(Who::College, &claim(Who::College, Assurance::Proctored.into()));
    assert_eq!(of(&nobody), None);
}
