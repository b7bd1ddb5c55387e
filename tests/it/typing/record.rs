//! The form of a record: what is written is read, and nothing else is.

use typeproof::typing::attempt;
use typeproof::typing::record::{MAX_ATTEMPTS, MAX_BYTES, Record, RecordError, is_record};

use crate::support::records;

fn whole() -> Vec<u8> {
    Record::of(vec![b"first", b"second attempt", b""]).to_bytes().unwrap()
}

#[test]
fn what_is_written_is_read() {
    for files in [vec![], vec![&b"one"[..]], vec![b"first", b"second attempt", b""]] {
        let record = Record::of(files.clone());
        let bytes = record.to_bytes().unwrap();
        assert!(is_record(&bytes));
        assert_eq!(Record::from_bytes(&bytes).unwrap(), record);
        assert_eq!(record.digests, files.iter().map(|file| attempt::digest(file)).collect::<Vec<_>>());
    }
}

#[test]
fn the_name_is_of_the_list_alone() {
    let bytes = whole();
    let record = Record::from_bytes(&bytes).unwrap();
    let exchanged = Record { files: vec![b"other", b"files", b"here"], ..record.clone() };
    assert_eq!(exchanged.name(), record.name(), "the files are held by their digests");
    let mut reversed = record.clone();
    reversed.digests.reverse();
    assert_ne!(reversed.name(), record.name(), "the order counts");
    assert_ne!(Record::of(vec![b"first", b"second attempt"]).name(), record.name(), "the number counts");
}

#[test]
fn no_other_bytes_are_a_record() {
    let bytes = whole();
    for length in 0..bytes.len() {
        assert!(Record::from_bytes(&bytes[..length]).is_err(), "cut to {length} bytes");
    }
    let longer = [&bytes[..], &[0]].concat();
    assert!(Record::from_bytes(&longer).is_err(), "a byte more");
    let mut version = bytes.clone();
    version[3] = 2;
    assert!(Record::from_bytes(&version).is_err() && !is_record(&version), "another version");
    let mut padded = bytes.clone();
    padded[4] |= 0x80;
    padded.insert(5, 0);
    assert!(Record::from_bytes(&padded).is_err(), "a number in a longer form");
    let many = [&b"TPR\x01"[..], &[0xff, 0xff, 0xff, 0x7f]].concat();
    assert!(Record::from_bytes(&many).is_err(), "more than are read");
}

#[test]
fn a_record_has_a_limit() {
    let many = Record::of(vec![b""; MAX_ATTEMPTS + 1]);
    assert_eq!(many.to_bytes(), Err(RecordError::Many(MAX_ATTEMPTS + 1)));
    let large = vec![0; 5 << 20];
    let large = Record::of(vec![large.as_slice(); 13]);
    assert!(matches!(large.to_bytes(), Err(RecordError::Large(_))));
}

/// An hour at 60 words a minute, no two pauses alike: a hundred of them, and in exercises of a minute each, fill a small part
/// of what a record holds.
#[test]
fn a_hundred_hours_fit() {
    let pause = |n: u32| 100 + (n.wrapping_mul(2_654_435_761) >> 22) % 200;
    let hour = records::with_pauses("2026-11-20T10:00:00Z", (0..18_000).map(pause)).to_bytes();
    let minute = records::with_pauses("2026-11-20T10:00:00Z", (0..300).map(pause)).to_bytes();
    assert!(hour.len() * 100 < MAX_BYTES / 8, "{} bytes an hour", hour.len());
    assert!((minute.len() + 40) * 60 * 100 < MAX_BYTES / 8, "{} bytes a minute", minute.len());
}
