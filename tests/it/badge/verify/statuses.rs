//! Badges that name a place in a list of revoked badges, and the lists that are given for them.

use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Value, json};
use typeproof::badge::carry::link;
use typeproof::badge::claim::Claim;
use typeproof::badge::credential::{self, Badge, IssuerProfile, Texts};
use typeproof::badge::vc::proof::{self, ProofOptions, Suite};
use typeproof::badge::verify::status::{self, LENGTH_MAX, LENGTH_MIN, List, Purpose, StatusList};
use typeproof::lessons::catalogue::Catalogue;
use typeproof::trust::{Assurance, Issuer, TrustList};

use super::Named;
use super::good::PAGE;
use super::resigned::resigned;
use crate::support::cast::{self, COLLEGE, Who};
use crate::support::patch::apply;
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

fn read(list: &Value, trust: &TrustList) -> Result<StatusList, String> {
    match status::read(list.to_string().as_bytes(), trust, &[]).map_err(|e| e.to_string())? {
        List::Places(list) => Ok(list),
        List::Names(_) => Err("a list of ids".to_owned()),
    }
}

#[test]
fn a_list_is_read_as_it_was_made() {
    let trust = TrustList::default();
    for length in [LENGTH_MIN, LENGTH_MIN + 8, LENGTH_MAX] {
        for revoked in [vec![], vec![0], vec![1, 2, 3, 5, 8, length - 1], (0..length).step_by(1001).collect()]
        {
            let made = StatusList { length, ..list(Who::College, &revoked) };
            assert_eq!(read(&signed(Who::College, &made), &trust).unwrap(), made);
        }
    }
    let json = list(Who::College, &[7, 9]).to_json();
    assert_eq!((&json["revoked"], &json["purpose"]), (&json!([7, 9]), &json!("revocation")));
}

/// The list of the specification's own example (Bitstring Status List 1.0, section 3.1): all of its places are free.
const EXAMPLE: &str = "uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA";

#[test]
fn a_list_that_others_packed_is_read() {
    let found = read(&odd(&json!({"/credentialSubject/encodedList": EXAMPLE})), &TrustList::default());
    assert_eq!(found, Ok(list(Who::College, &[])));
    let mut changed = EXAMPLE.to_owned().into_bytes();
    changed[60] ^= 1;
    let changed = String::from_utf8(changed).unwrap();
    let found = read(&odd(&json!({"/credentialSubject/encodedList": changed})), &TrustList::default());
    assert!(found.unwrap_err().contains("is damaged, or not all of it is there"));
}

#[test]
fn a_list_that_is_none_is_refused_with_its_reason() {
    let trust = TrustList::default();
    let cases = [
        (json!({"/validUntil": "tomorrow"}), "validUntil is not a date with a time zone"),
        (json!({"/validFrom": "2026-11-29"}), "validFrom is not a date with a time zone"),
        (json!({"/type": ["VerifiableCredential"]}), "its type does not say"),
        (
            json!({"/credentialSchema": {"id": "https://x.example", "type": "JsonSchema"}}),
            "it has \"credentialSchema\", which",
        ),
        (json!({"/credentialSubject/statusPurpose": "message"}), "its purpose is neither"),
        (json!({"/credentialSubject/statusPurpose": ["revocation"]}), "its purpose is neither"),
        (json!({"/credentialSubject/encodedList": "zAAAA"}), "does not begin with u"),
        (json!({"/credentialSubject/encodedList": "u A"}), "has characters that do not belong there"),
        (json!({"/credentialSubject/encodedList": "uAAAA"}), "is damaged, or not all"),
        (
            json!({"/credentialSubject/encodedList": "uH4sIAAAAAAAA_2MAAI3vAtIBAAAA"}),
            "fewer than 131072 places",
        ),
        (
            json!({"/credentialSubject/encodedList": "uH4sIAAAAAAAA_2MAAI3vAtIBAAEB"}),
            "more than 1048576 places",
        ),
    ];
    for (changes, why) in &cases {
        let found = read(&apply(&json!({"set": changes}), &college(&[])), &trust).unwrap_err();
        assert!(found.contains(why), "{changes}: {found}");
    }
    let member = |name: &str| {
        let mut list = college(&[]);
        list.as_object_mut().unwrap().shift_remove(name);
        read(&list, &trust).unwrap_err()
    };
    assert!(member("id").contains("it has no id or no issuer"));
    assert!(member("validFrom").contains("it does not say from when it is valid"));
    assert!(member("proof").contains("its signatures do not hold: nobody has signed the badge"));
    assert!(member("credentialSubject").contains("it is not about one list"));
    assert!(read(&json!([]), &trust).unwrap_err().contains("it is not a JSON object"));
    assert!(status::read(b"{", &trust, &[]).unwrap_err().to_string().contains("not JSON"));
    let of = |change: fn(StatusList) -> StatusList| {
        change(list(Who::College, &[])).document().unwrap_err().to_string()
    };
    assert!(of(|list| StatusList { length: 8, ..list }).contains("131072 to 1048576"));
    assert!(of(|list| StatusList { length: LENGTH_MIN + 1, ..list }).contains("in whole bytes"));
    assert!(
        of(|list| StatusList { revoked: [LENGTH_MIN].into(), ..list }).contains("lies beyond the list's")
    );
}

#[test]
fn a_key_in_other_hands_signs_no_list() {
    let mut trust = TrustList::default();
    trust.add(Issuer::parse("issuer", &Who::Compromised.toml()).unwrap());
    let signed = signed(Who::Compromised, &list(Who::Compromised, &[]));
    assert!(read(&signed, &trust).unwrap_err().contains("a key of Careless Academy, which is compromised"));
    assert!(read(&signed, &TrustList::default()).is_ok(), "whom nobody knows, nobody believes either");
}

#[test]
fn a_did_web_issuers_list_needs_its_document_or_its_entry() {
    let signed = signed(Who::Web, &list(Who::Web, &[7]));
    let document = cast::web_document();
    let mut trust = TrustList::default();
    assert!(read(&signed, &trust).unwrap_err().contains("is published at https://badges.example.org"));
    assert!(status::read(signed.to_string().as_bytes(), &trust, &[document]).is_ok());
    trust.add(Issuer::parse("issuer", &Who::Web.toml()).unwrap());
    assert!(read(&signed, &trust).is_ok());
}
