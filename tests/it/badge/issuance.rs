//! Who signs, for whom and under which supervision is data: one attempt, signed in several ways, and refused in more.

use typeproof::badge::carry::link;
use typeproof::badge::claim::{Claim, IssuerRef};
use typeproof::badge::credential::IssuerProfile;
use typeproof::badge::holder::{HashedEmail, HolderName};
use typeproof::badge::issuance::{Issuance, Signer, Tested};
use typeproof::badge::token::Token;
use typeproof::desk::{Desk, DeskError, Finished, Given, Request};
use typeproof::keyring::{IssuerKey, KeyId};
use typeproof::store::history::StoreError;
use typeproof::store::paths::Paths;
use typeproof::trust::{Assurance, Issuer, KeyTerm, Life, TrustList};
use zeroize::Zeroizing;

use crate::support::badges;
use crate::support::stage::taken;

fn name() -> HolderName {
    HolderName::new("Maria Lindqvist2").unwrap()
}

/// What the desk signs by itself is what was always signed: the golden bytes of `badge` are of these claims.
#[test]
fn a_self_assessed_issuance_gives_the_golden_claims() {
    let key = badges::key().verifying_key();
    let email = HashedEmail::new("Maria@Example.org", *b"saltsalt").unwrap();
    for (claim, email) in
        [(badges::claim(), None), (Claim { email: Some(email), ..badges::claim() }, Some(email))]
    {
        let tested = Tested {
            level: claim.level,
            measured: claim.measured,
            start_unix: claim.start_unix,
            log: claim.log,
        };
        let issuance = Issuance::self_assessed(key, name(), email);
        assert_eq!(issuance.claim(&tested), claim);
        let inline = IssuerProfile::inline(key.as_bytes(), Some("Maria Lindqvist2"));
        assert_eq!(Some(issuance.issuer()), inline);
        let own = HolderName::new("Typing School").unwrap();
        let signer = Signer::Inline { key, name: Some(own.clone()) };
        let named = Issuance { signer, ..issuance };
        assert_eq!(named.issuer().name, "Typing School");
        assert_eq!(named.claim(&tested).issuer, IssuerRef::Inline { key: key.to_bytes(), name: Some(own) });
    }
}

/// A proctor's machine: a passed attempt, a keyring with a key for this examination, and the issuer's own entry.
struct Room {
    _dir: tempfile::TempDir,
    desk: Desk,
    finished: Finished,
    key: IssuerKey,
    issuer: Issuer,
}

impl Room {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let mut desk = Desk::at(Paths::below(dir.path()), None);
        desk.settings.holder_name = Some("Proctor".to_owned());
        let level = desk.level("sprint-40").unwrap();
        let finished = taken(&mut desk, &level, 190);
        let autumn: KeyId = "autumn".parse().unwrap();
        let key = desk.keyring().key(&autumn).create(None, &Zeroizing::new([5; 32])).unwrap();
        let term = |key, life| KeyTerm { key, from: "2024-01-01".parse().unwrap(), life };
        let before = badges::key().verifying_key();
        let retired = Life::Retired { until: "2025-12-31".parse().unwrap() };
        let mut keys = typeproof::trust::Keys::from(term(before, retired));
        keys.push(term(key.public(), Life::InUse)).unwrap();
        let issuer = Issuer {
            name: "City College".to_owned(),
            url: Some("https://college.example/v/".to_owned()),
            keys,
            highest_assurance: Assurance::Proctored,
            did: Some("did:web:college.example".to_owned()),
            status_list: Some("https://college.example/status".to_owned()),
            email: None,
            image: None,
            former: Vec::new(),
        };
        Self { _dir: dir, desk, finished, key, issuer }
    }

    fn proctored(&self) -> Issuance {
        Issuance {
            supervision: Assurance::Proctored.into(),
            signer: Signer::Listed(IssuerProfile::of(&self.issuer, &self.key.public())),
            name: Some(name()),
            email: None,
            valid_days: Some(365),
            issued_after_s: 90,
            exam: Some("2026-11/B".to_owned()),
            attempt: Some(2),
            status: Some(77),
        }
    }

    fn list(&self) -> TrustList {
        let mut list = TrustList::default();
        list.add(self.issuer.clone());
        list
    }

    fn refusal(&mut self, issuance: &Issuance, list: &TrustList) -> String {
        let why = self.desk.issue(&self.finished, issuance, &self.key, list).unwrap_err().to_string();
        assert_eq!(self.desk.history().unwrap().badges().unwrap(), [], "nothing is written: {why}");
        why
    }
}

#[test]
fn a_key_of_the_keyring_signs_a_proctored_badge_that_strangers_believe() {
    let mut room = Room::new();
    let (issuance, list) = (room.proctored(), room.list());
    let award = room.desk.issue(&room.finished, &issuance, &room.key, &list).unwrap();
    assert_eq!((award.row.assurance, award.row.name.as_str()), (Assurance::Proctored, "Maria Lindqvist2"));
    let claim = Token::read(&link::read(&award.url).unwrap().payload).unwrap().claim;
    assert_eq!((claim.exam.as_deref(), claim.attempt, claim.status), (Some("2026-11/B"), Some(2), Some(77)));
    assert_eq!((claim.valid_days, claim.issued_after_s), (Some(365), 90));
    assert_eq!(award.credential["issuer"]["id"], "did:web:college.example");
    for given in [
        Given::Document(award.row.credential.into_bytes()),
        Given::Token(link::read(&award.url).unwrap().payload),
    ] {
        let request = Request { trust: Some(list.clone()), ..Request::default() };
        let report = room.desk.verify(&given, &request);
        assert!(report.verdict.integrity.is_yes() && report.verdict.issuer.is_yes(), "{:?}", report.verdict);
        assert_eq!(report.known_issuer.as_deref(), Some("City College"));
    }
    // That another key's badge is kept does not make the user's own key a lost one.
    assert!(!room.desk.own_key().exists().unwrap());
    let second = room.desk.award(&room.finished, None).unwrap_err();
    assert!(
        matches!(second, DeskError::Store(StoreError::Claimed { .. })),
        "one attempt, one badge: {second}"
    );
    let level = room.desk.level("sprint-40").unwrap();
    let again = taken(&mut room.desk, &level, 191);
    let own = room.desk.award(&again, None).unwrap();
    assert_eq!(own.row.assurance, Assurance::SelfAssessed);
    assert!(room.desk.own_key().exists().unwrap());
    // But where it signed, it is missed.
    std::fs::remove_file(room.desk.own_key().secret_file()).unwrap();
    std::fs::remove_file(room.desk.own_key().public_file()).unwrap();
    let lost = room.desk.award(&room.finished, None).unwrap_err();
    assert!(matches!(lost, DeskError::LostKey { .. }), "{lost}");
}

#[test]
fn what_cannot_be_issued_is_refused_before_anything_is_written() {
    let mut room = Room::new();
    let (good, list) = (room.proctored(), room.list());
    let other = |signer| Issuance { signer, ..good.clone() };
    let unlisted = IssuerProfile { status_list: None, ..good.issuer() };
    let retired = IssuerProfile::of(&room.issuer, &badges::key().verifying_key());
    let long = "x".repeat(17);
    let cases = [
        (other(Signer::Listed(retired)), "names another issuer than the key that signs"),
        (
            other(Signer::Inline { key: badges::key().verifying_key(), name: None }),
            "names another issuer than the key that signs",
        ),
        (other(Signer::Listed(unlisted)), "issuer.status_list"),
        (Issuance { name: None, ..good.clone() }, "names nobody"),
        (Issuance { exam: Some(long), ..good.clone() }, "the examination"),
        (Issuance { exam: Some(String::new()), ..good.clone() }, "the examination"),
        (Issuance { exam: Some("a b".to_owned()), ..good.clone() }, "the examination"),
    ];
    for (issuance, why) in cases {
        let found = room.refusal(&issuance, &list);
        assert!(found.contains(why), "expected {why:?} in {found:?}");
    }
    let read_back = "did not pass the check that follows signing";
    let issuer = room.issuer.clone();
    let reviewed = Issuer { highest_assurance: Assurance::Reviewed, ..issuer.clone() };
    let elsewhere = Issuer { name: "Another College".to_owned(), ..issuer.clone() };
    let key = room.key.public();
    let term = |from: &str, life| KeyTerm { key, from: from.parse().unwrap(), life };
    let since = "2026-01-01".parse().unwrap();
    let young = Issuer { keys: term("2999-01-01", Life::InUse).into(), ..issuer.clone() };
    let lost = Issuer { keys: term("2024-01-01", Life::Compromised { since }).into(), ..issuer };
    for (issuer, why) in [
        (None, "nothing is fetched here"),
        (Some(reviewed), "it claims \"proctored\""),
        (Some(elsewhere), "the signature does not fit"),
        (Some(young), "before the key of City College was in use"),
        (Some(lost), "the key of City College is compromised"),
    ] {
        let mut list = TrustList::default();
        if let Some(issuer) = issuer {
            list.add(issuer);
        }
        let found = room.refusal(&good, &list);
        assert!(found.contains(read_back) && found.contains(why), "expected {why:?} in {found:?}");
    }
    room.finished.verdict = Some(Err(Vec::new()));
    assert!(room.refusal(&good, &list).contains("the level was not passed"));
    room.finished.verdict = None;
    assert!(room.refusal(&good, &list).contains("the level was not passed"));
}
