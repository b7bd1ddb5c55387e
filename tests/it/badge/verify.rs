//! The verifier against vectors: files that hold all a verifier needs and what it must answer, so that a page in a
//! browser runs the very same. `UPDATE_VECTORS=1` writes them anew; see `tests/data/vectors/README.md`.

mod altered;
mod both;
mod course;
mod documents;
mod evidence;
mod foreign;
mod good;
mod links;
mod named;
mod pictures;
mod practice;
mod remarks;
mod resigned;
mod respelled;
mod several;
mod statuses;
mod supervised;
mod texts;
mod tokens;
mod verdicts;

use std::collections::{BTreeMap, BTreeSet};
use std::thread;

use typeproof::badge::verify::{self, Check};
use typeproof::lessons::catalogue::Catalogue;
use typeproof::trust::{Issuer, TrustList};

use crate::support::cast::{self, Who};
use crate::support::vector::{self, Vector};

/// Named vectors, as the makers give them.
type Named = Vec<(String, Vector)>;

fn owned(cases: Vec<(&str, Vector)>) -> Named {
    cases.into_iter().map(|(name, vector)| (name.to_owned(), vector)).collect()
}

fn good_made() -> Named {
    [
        good::made(),
        both::good(),
        links::good(),
        pictures::good(),
        documents::good(),
        statuses::good(),
        several::good(),
        named::good(),
        practice::good(),
        course::good(),
        remarks::good(),
        supervised::good(),
        owned(foreign::good()),
    ]
    .concat()
}

fn bad_made() -> Named {
    [
        altered::made(),
        supervised::made(),
        respelled::made(),
        resigned::made(),
        evidence::made(),
        tokens::made(),
        both::bad(),
        links::bad(),
        pictures::bad(),
        documents::bad(),
        statuses::bad(),
        several::bad(),
        named::bad(),
        practice::bad(),
        course::bad(),
        remarks::bad(),
        owned(foreign::bad()),
    ]
    .concat()
}

fn run(vectors: BTreeMap<String, Vector>) -> usize {
    let vectors: Vec<(String, Vector)> = vectors.into_iter().collect();
    let halves = vectors.chunks(vectors.len().div_ceil(2).max(1));
    let failed: Vec<String> = thread::scope(|scope| {
        let check = |(name, vector): &(String, Vector)| vector.failure().map(|why| format!("{name}: {why}"));
        let handles: Vec<_> = halves
            .map(|half| scope.spawn(move || half.iter().filter_map(check).collect::<Vec<_>>()))
            .collect();
        handles.into_iter().flat_map(|handle| handle.join().unwrap()).collect()
    });
    assert!(failed.is_empty(), "{} of {}:\n{}", failed.len(), vectors.len(), failed.join("\n"));
    vectors.len()
}

#[test]
fn good_vectors() {
    assert!(run(vector::good()) >= 95);
}

#[test]
fn bad_vectors() {
    assert!(run(vector::bad()) >= 504);
    assert!(vector::bad().values().all(|v| v.expect.outcome != "valid" && v.expect.outcome != "unproven"));
}

/// What the makers give, by folder and name.
fn made() -> BTreeMap<&'static str, BTreeMap<String, Vector>> {
    let mut folders = BTreeMap::from([("good", BTreeMap::new())]);
    let good = good_made().into_iter().map(|(name, vector)| ("good", name, vector));
    let bad = bad_made().into_iter().map(|(name, vector)| (vector::defect(&name), name, vector));
    for (folder, name, vector) in good.chain(bad) {
        let double = folders.entry(folder).or_default().insert(name.clone(), vector);
        assert!(double.is_none(), "two vectors {folder}/{name}");
    }
    folders
}

/// Badges in the forms of others, signed by libraries that others wrote.
#[test]
fn what_libraries_signed_is_judged() {
    let all: BTreeMap<String, Vector> = vector::of_libraries().collect();
    let good = all.values().filter(|vector| vector.expect.outcome == "unproven").count();
    assert!(good > 50 && run(all) >= 8 * good, "{good}");
}

#[test]
fn vectors_are_what_their_makers_give() {
    let made = made();
    let folders: BTreeSet<&str> = vector::DEFECTS.iter().map(|(name, _)| *name).chain(["good"]).collect();
    assert_eq!(made.keys().copied().collect::<BTreeSet<_>>(), folders, "folders");
    for (folder, made) in made {
        let path = vector::folder(folder);
        if std::env::var_os("UPDATE_VECTORS").is_some() {
            std::fs::remove_dir_all(&path).ok();
            std::fs::create_dir_all(&path).unwrap();
            for (name, vector) in &made {
                std::fs::write(path.join(format!("{name}.json")), vector.text()).unwrap();
            }
        }
        let found: Vec<_> = vector::read(folder).into_keys().collect();
        assert_eq!(found, made.keys().cloned().collect::<Vec<_>>(), "{folder}: files");
        for (name, vector) in &made {
            let text = std::fs::read_to_string(path.join(format!("{name}.json"))).unwrap();
            assert!(text == vector.text(), "{folder}/{name} is not what its maker gives");
        }
    }
}

/// The token with each of its bits changed in turn: never believed, and refused unless level or issuer become unknown.
fn flip_every_bit(token: &[u8], unknown: impl Fn(usize) -> bool + Sync) {
    let catalogue = Catalogue::embedded();
    let mut trust = TrustList::default();
    trust.add(Issuer::parse("issuer", &Who::College.toml()).unwrap());
    let now = cast::NOW.parse().unwrap();
    let check = Check {
        trust: &trust,
        catalogue: &catalogue,
        now,
        documents: &[],
        holder: None,
        attempt: None,
        statuses: &[],
    };
    assert!(verify::token(token, &check).verdict.integrity.is_yes());
    let wrong = |bit: &usize| {
        let mut flipped = token.to_vec();
        flipped[bit / 8] ^= 1 << (bit % 8);
        let integrity = verify::token(&flipped, &check).verdict.integrity;
        integrity.is_yes() || integrity.is_no() == unknown(bit / 8)
    };
    let bits: Vec<usize> = (0..token.len() * 8).collect();
    let found: Vec<usize> = thread::scope(|scope| {
        let halves = bits.chunks(bits.len() / 2 + 1);
        let handles: Vec<_> = halves
            .map(|half| scope.spawn(|| half.iter().copied().filter(wrong).collect::<Vec<_>>()))
            .collect();
        handles.into_iter().flat_map(|handle| handle.join().unwrap()).collect()
    });
    assert!(found.is_empty(), "bits {found:?}");
}

#[test]
fn every_bit_of_a_self_assessed_token_matters() {
    flip_every_bit(&cast::LEARNER.token, |byte| (2..6).contains(&byte));
}

#[test]
fn every_bit_of_a_trusted_issuers_token_matters() {
    flip_every_bit(&cast::COLLEGE.token, |byte| (2..10).contains(&byte));
}

#[test]
fn every_bit_of_a_token_with_both_signatures_matters() {
    let (token, credential) = (&cast::LEARNER.token, &cast::LEARNER.credential);
    let full = typeproof::badge::credential::full_token(token, credential).unwrap();
    flip_every_bit(&full, |byte| (2..6).contains(&byte));
}
