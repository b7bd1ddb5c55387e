//! Lists of revoked badges, read by themselves.

use serde_json::{Value, json};
use typeproof::badge::verify::status::{self, LENGTH_MAX, LENGTH_MIN, List, StatusList};
use typeproof::trust::{Issuer, TrustList};

use super::{college, list, odd, signed};
use crate::support::cast::{self, Who};
use crate::support::patch::apply;

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
