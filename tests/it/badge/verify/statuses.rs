//! Badges that name a place in a list of revoked badges, and the lists that are given for them.

mod lists;

use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Value, json};
use typeproof::badge::carry::link;
use typeproof::badge::claim::Claim;
use typeproof::badge::credential::{self, Badge, IssuerProfile, Texts};
use typeproof::badge::vc::proof::{self, ProofOptions, Suite};
use typeproof::badge::verify::status::{LENGTH_MIN, Purpose, StatusList};
use typeproof::lessons::catalogue::Catalogue;
use typeproof::trust::Assurance;

use super::Named;
use super::good::PAGE;
use super::resigned::resigned;
use crate::support::cast::{self, COLLEGE, Who};
use crate::support::vector::Vector;

/// Where the college's lists are.
pub const URL: &str = "https://college.example.org/status";
/// The place of the badge in question.
const PLACE: u32 = 7;

fn time(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// A list of that issuer with these places marked, two days old.
pub fn list(who: Who, revoked: &[u32]) -> StatusList {
    StatusList {
        url: URL.to_owned(),
        issuer: who.profile().did,
        purpose: Purpose::Revocation,
        from: time("2026-11-29T12:00:00Z"),
        until: Some(time("2026-12-31T00:00:00Z")),
        length: LENGTH_MIN,
        revoked: revoked.iter().copied().collect(),
    }
}

pub fn signed(who: Who, list: &StatusList) -> Value {
    let created = list.from.to_rfc3339_opts(SecondsFormat::Secs, true);
    let options = ProofOptions { created, verification_method: who.profile().method() };
    let mut document = list.document().unwrap();
    let proofs = Suite::ALL.map(|suite| proof::sign(&document, suite, &options, &who.key()).unwrap());
    document["proof"] = json!(proofs);
    document
}

/// The college's list with these places marked.
fn college(revoked: &[u32]) -> Value {
    signed(Who::College, &list(Who::College, revoked))
}

fn entry(purpose: &str, index: &str) -> Value {
    json!({
        "id": format!("{URL}#{purpose}-{index}"), "type": "BitstringStatusListEntry", "statusPurpose": purpose,
        "statusListIndex": index, "statusListCredential": URL,
    })
}

/// The college's badge with these places.
fn with(status: &Value) -> Value {
    resigned(Who::College, &COLLEGE.credential, &json!({"set": {"/credentialStatus": status}}))
}

/// A badge whose token has a place, and the issuer's entry in the list of trusted issuers.
fn issued() -> (Badge, String) {
    let claim = Claim { status: Some(PLACE), ..cast::claim(Who::College, Assurance::Proctored) };
    let level = Texts::of(Catalogue::embedded().level("speed-60").unwrap());
    let issuer = IssuerProfile { status_list: Some(URL.to_owned()), ..Who::College.profile() };
    let badge = credential::issue(&claim, &level, &issuer, &Who::College.key()).unwrap();
    let toml = Who::College.toml().replace("\nkey", &format!("\nstatus_list = \"{URL}\"\nkey"));
    (badge, toml)
}

fn token() -> Vector {
    let (badge, toml) = issued();
    Vector {
        trusted: vec![toml],
        ..Vector::token("A link to a badge with a place.", link::url(PAGE, &badge.token))
    }
}

fn badge(what: &str) -> Vector {
    Vector::credential(what, &with(&entry("revocation", "7")))
}

fn both(what: &str) -> Vector {
    Vector::credential(what, &with(&json!([entry("revocation", "7"), entry("suspension", "9")])))
}

fn suspensions(places: &[u32]) -> StatusList {
    StatusList { purpose: Purpose::Suspension, ..list(Who::College, places) }
}

fn named(cases: Vec<(&str, Vector)>) -> Named {
    cases.into_iter().map(|(name, vector)| (format!("status-{name}"), vector)).collect()
}

pub fn good() -> Named {
    let valid = |vector: Vector| {
        vector.expect("valid", "yes yes - - yes", "Valid: unchanged and in force; City College")
    };
    let endless = StatusList { until: None, length: 2 * LENGTH_MIN, ..list(Who::College, &[8, 131_072]) };
    let older = StatusList { from: time("2026-11-21T00:00:00Z"), ..list(Who::College, &[]) };
    let case = json!({"remove": ["/validUntil"], "set": {"/credentialStatus": entry("revocation", "7")}});
    let no_end = Vector::credential(
        "The badge has no end either.",
        &resigned(Who::College, &COLLEGE.credential, &case),
    );
    named(vec![
        ("free-without-end", valid(no_end).with_list(&college(&[]))),
        ("free", valid(badge("Its place is free.").with_list(&college(&[])))),
        (
            "neighbours-revoked",
            valid(badge("All around it are marked.").with_list(&college(&[0, 6, 8, 15, 131_071]))),
        ),
        (
            "list-without-end",
            valid(badge("A longer list without an end.").with_list(&signed(Who::College, &endless))),
        ),
        (
            "two-editions",
            valid(
                badge("The newer of two lists tells.")
                    .with_list(&signed(Who::College, &older))
                    .with_list(&college(&[3])),
            ),
        ),
        (
            "both-purposes",
            valid(both("Neither revoked nor suspended."))
                .with_list(&college(&[9]))
                .with_list(&signed(Who::College, &suspensions(&[7]))),
        ),
        (
            "file",
            valid(Vector::credential("A badge as issued with a place.", &issued().0.credential))
                .with_list(&college(&[])),
        ),
        ("token", valid(token()).with_list(&college(&[]))),
        (
            "list-not-asked-for",
            valid(Vector::credential("A list, and a badge without a place.", &COLLEGE.credential))
                .with_list(&college(&[7])),
        ),
    ])
}

/// What is signed with good proofs by the college, whatever it says.
fn odd(changes: &Value) -> Value {
    let case = json!({"set": changes});
    resigned(Who::College, &college(&[]), &case)
}

pub fn bad() -> Named {
    [revoked(), unusable(), unbelieved(), entries()].concat()
}

fn revoked() -> Named {
    let no = |vector: Vector, why| vector.expect("refused", "yes yes - - no", why);
    let by_list = "it was revoked by its issuer, as the list of 2026-11-29 says";
    let old = StatusList { until: Some(time("2026-11-30T00:00:00Z")), ..list(Who::College, &[PLACE]) };
    let older = StatusList { from: time("2026-11-21T00:00:00Z"), ..list(Who::College, &[]) };
    named(vec![
        ("revoked", no(badge("Its place is marked.").with_list(&college(&[7])), by_list)),
        ("revoked-among-many", no(badge("Many are.").with_list(&college(&[1, 2, 7, 99, 70_000])), by_list)),
        ("revoked-token", no(token().with_list(&college(&[7])), by_list)),
        (
            "revoked-in-a-list-out-of-date",
            no(badge("What is revoked stays so.").with_list(&signed(Who::College, &old)), by_list),
        ),
        (
            "revoked-since",
            no(
                badge("The newer of two lists tells.")
                    .with_list(&college(&[7]))
                    .with_list(&signed(Who::College, &older)),
                by_list,
            ),
        ),
        (
            "suspended",
            no(
                both("Suspended.")
                    .with_list(&college(&[]))
                    .with_list(&signed(Who::College, &suspensions(&[9]))),
                "it is suspended by its issuer, as the list of 2026-11-29 says",
            ),
        ),
        (
            "suspended-and-one-list-missing",
            no(
                both("No before not checked.").with_list(&signed(Who::College, &suspensions(&[9]))),
                "it is suspended",
            ),
        ),
        (
            "expired-and-revoked",
            no(
                badge("Its own end comes first.").at("2029-12-01T00:00:00Z").with_list(&college(&[7])),
                "it expired on 2029-11-20",
            ),
        ),
    ])
}

fn open(vector: Vector, why: &str) -> Vector {
    vector.expect("cannot-tell", "yes yes - - -", why)
}

const MISSING: &str =
    "it names the list of revoked badges at https://college.example.org/status; nothing is fetched here";

fn unusable() -> Named {
    let of = |change: fn(StatusList) -> StatusList| signed(Who::College, &change(list(Who::College, &[])));
    let past = of(|list| StatusList { until: Some(time("2026-11-30T00:00:00Z")), ..list });
    let to_come = of(|list| StatusList { from: time("2026-12-02T00:00:00Z"), ..list });
    let elsewhere = of(|list| StatusList { url: format!("{URL}/2"), ..list });
    let suspended_past = StatusList { until: Some(time("2026-11-30T00:00:00Z")), ..suspensions(&[9]) };
    let strangers = signed(Who::Stranger, &list(Who::Stranger, &[]));
    named(vec![
        ("no-list", open(badge("No list was given."), MISSING)),
        ("token-no-list", open(token(), MISSING)),
        ("list-of-another-address", open(badge("Another list.").with_list(&elsewhere), MISSING)),
        (
            "list-of-another-purpose",
            open(
                badge("A list of suspensions.").with_list(&signed(Who::College, &suspensions(&[]))),
                MISSING,
            ),
        ),
        ("one-list-of-two", open(both("Only one of two lists.").with_list(&college(&[])), MISSING)),
        (
            "list-of-another-issuer",
            open(badge("A list that a stranger signed.").with_list(&strangers), "is of did:key:z6Mk"),
        ),
        (
            "list-out-of-date",
            open(
                badge("A list past its end.").with_list(&past),
                "the list of revoked badges that was given ran out on 2026-11-30",
            ),
        ),
        (
            "list-to-come",
            open(badge("A list of tomorrow.").with_list(&to_come), "is of 2026-12-02, a day to come"),
        ),
        (
            "suspended-in-a-list-out-of-date",
            open(
                both("Who was suspended may be free.")
                    .with_list(&college(&[]))
                    .with_list(&signed(Who::College, &suspended_past)),
                "ran out on",
            ),
        ),
    ])
}

/// Lists that count as not given.
fn unbelieved() -> Named {
    let not = |what, list: &Value| open(badge(what).with_list(list), MISSING);
    let changed = |pointer: &str, value: Value| {
        let mut list = college(&[7]);
        *list.pointer_mut(pointer).unwrap() = value;
        list
    };
    let free = college(&[])["credentialSubject"]["encodedList"].clone();
    let lone = {
        let mut list = college(&[]);
        list.as_object_mut().unwrap().shift_remove("proof");
        list
    };
    let second = {
        let mut list = college(&[]);
        list["proof"][1]["proofValue"] = college(&[1])["proof"][1]["proofValue"].clone();
        list
    };
    let claimed = {
        let list = StatusList { issuer: Who::College.profile().did, ..list(Who::Stranger, &[]) };
        cast::sign(Who::Stranger, &list.document().unwrap())
    };
    named(vec![
        ("list-altered", not("The mark was taken out.", &changed("/credentialSubject/encodedList", free))),
        (
            "list-prolonged",
            not("Its end was put off.", &changed("/validUntil", "2027-12-31T00:00:00Z".into())),
        ),
        ("list-without-proof", not("Nobody signed it.", &lone)),
        ("list-one-bad-proof", not("One of two proofs is another list's.", &second)),
        ("list-signed-by-another", not("A stranger signed in the issuer's name.", &claimed)),
        (
            "list-too-short",
            not(
                "Eight places.",
                &odd(&json!({"/credentialSubject/encodedList": "uH4sIAAAAAAAA_2MAAI3vAtIBAAAA"})),
            ),
        ),
        ("list-no-gzip", not("No gzip.", &odd(&json!({"/credentialSubject/encodedList": "uAAAA"})))),
        (
            "list-not-multibase",
            not("Another base.", &odd(&json!({"/credentialSubject/encodedList": "zH4sIAAAAAAAA"}))),
        ),
        (
            "list-other-type",
            not("A list of another kind.", &odd(&json!({"/type": ["VerifiableCredential"]}))),
        ),
        (
            "list-other-purpose",
            not("For messages.", &odd(&json!({"/credentialSubject/statusPurpose": "message"}))),
        ),
        ("list-is-a-badge", not("A badge in place of a list.", &COLLEGE.credential)),
    ])
}

/// Entries that are not read.
fn entries() -> Named {
    let unread = "it names a list of revoked badges in a form that is not read here";
    let of = |what, status: Value, why| {
        open(Vector::credential(what, &with(&status)).with_list(&college(&[7])), why)
    };
    let changed = |name: &str, value: Value| {
        let mut entry = entry("revocation", "7");
        entry[name] = value;
        entry
    };
    named(vec![
        (
            "place-outside",
            of(
                "A place behind the list's end.",
                entry("revocation", "131072"),
                "its place 131072 lies beyond",
            ),
        ),
        ("place-negative", of("A negative place.", entry("revocation", "-7"), unread)),
        ("place-with-zeros", of("A place with zeros in front.", entry("revocation", "007"), unread)),
        ("place-too-large", of("A place beyond 32 bits.", entry("revocation", "4294967303"), unread)),
        ("place-a-number", of("A number in place of a text.", changed("statusListIndex", json!(8)), unread)),
        ("place-of-two-bits", of("Two bits a place.", changed("statusSize", json!(2)), unread)),
        ("purpose-message", of("For messages.", changed("statusPurpose", json!("message")), unread)),
        (
            "kind-unknown",
            of("Another kind.", json!({"id": URL, "type": "BitstringStatusListCredential"}), unread),
        ),
        (
            "one-of-two-unread",
            of(
                "One entry that is read, one that is not.",
                json!([entry("revocation", "8"), changed("statusPurpose", json!("refresh"))]),
                unread,
            ),
        ),
    ])
}
