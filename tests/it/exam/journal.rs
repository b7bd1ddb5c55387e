//! The journal's chain: what was altered, moved, cut or added is found and named.

use proptest::prelude::*;
use typeproof::exam::code::SeatCode;
use typeproof::exam::event::{RoomWhat, What};
use typeproof::exam::journal::{Damage, Entry, Head, Journal};
use typeproof::exam::strokes::{self, MAGIC, Strokes};
use typeproof::exam::{Actor, Seats};
use typeproof::typing::key::Key;
use typeproof::typing::log::{Event, EventKind};

use super::seat::any_event;
use crate::support::exam::{
    connected, definition, did, event, exercise, noise, opened, presses, proctor, roster,
};
use crate::support::typing::laws;

/// A journal of six entries.
fn entries() -> Vec<Entry> {
    let mut entries = vec![Entry::of_room(
        Head::default(),
        1_800_000_000_000,
        Actor::Room,
        String::new(),
        RoomWhat::Opened(opened("a")),
    )];
    let events = [
        connected(1),
        did(What::Confirmed),
        event(proctor(), "", noise(None)),
        event(proctor(), "it was short", What::Settled { note: 1 }),
        did(What::Disconnected),
    ];
    for event in events {
        let head = entries.last().unwrap().head();
        entries.push(Entry::of_seat(head, "17", event));
    }
    entries
}

fn lines(entries: &[Entry]) -> Vec<String> {
    entries.iter().map(Entry::line).collect()
}

fn damage(lines: &[String]) -> Vec<Damage> {
    Journal::read(lines.concat().as_bytes()).damage
}

#[test]
fn a_journal_reads_back_as_it_was_written() {
    let entries = entries();
    let journal = Journal::read(lines(&entries).concat().as_bytes());
    assert_eq!((&journal.entries, journal.torn), (&entries, 0));
    assert!(journal.damage.is_empty());
    for entry in &entries {
        assert_eq!(journal.check_head(entry.head()), Ok(()));
    }
    let (seats, conflicts) = Seats::replayed(&definition(""), &roster(), &entries);
    assert!(conflicts.is_empty());
    assert!(seats.get("17").unwrap().is_confirmed());
}

#[test]
fn the_first_entry_is_frozen() {
    let line = entries()[0].line();
    let body = line.split_once(' ').unwrap().1.trim_end();
    assert_eq!(
        body,
        format!(
            r#"{{"seq":1,"at_unix_ms":1800000000000,"by":"room","room":{{"opened":{{"exam":"typing-test","room":"a","definition_sha256":"{}","roster_sha256":"{}"}}}}}}"#,
            "d".repeat(64),
            "e".repeat(64)
        )
    );
    assert_eq!(&line[..16], "5a9d630075b62915", "{line}");
}

#[test]
fn what_was_done_to_it_is_named() {
    let sound = lines(&entries());
    let with = |change: &dyn Fn(&mut Vec<String>)| {
        let mut lines = sound.clone();
        change(&mut lines);
        damage(&lines)
    };
    assert_eq!(with(&|lines| lines[3] = lines[3].replace("drill", "bird")), [Damage::Altered(4)]);
    assert_eq!(with(&|lines| lines[1] = lines[1].replace("192.0.2.7", "192.0.2.8")), [Damage::Altered(2)]);
    assert_eq!(with(&|lines| drop(lines.remove(2))), [Damage::Missing { from: 3, to: 3 }]);
    assert_eq!(with(&|lines| drop(lines.drain(1..4))), [Damage::Missing { from: 2, to: 4 }]);
    assert_eq!(with(&|lines| drop(lines.remove(0))), [Damage::Missing { from: 1, to: 1 }]);
    assert_eq!(with(&|lines| lines.swap(2, 3))[0], Damage::Missing { from: 3, to: 3 });
    assert_eq!(with(&|lines| lines.insert(2, lines[1].clone())), [Damage::Again { line: 3, seq: 2 }]);
    assert_eq!(with(&|lines| lines.insert(2, "\n".into())), [Damage::Strange(3)]);
    assert_eq!(with(&|lines| lines.push("x\n".into())), [Damage::Strange(7)]);
    assert_eq!(
        with(&|lines| lines[4] = lines[4].to_uppercase()),
        [Damage::Strange(5), Damage::Missing { from: 5, to: 5 }]
    );
    let two = with(&|lines| {
        lines[1] = lines[1].replace("192.0.2.7", "192.0.2.8");
        lines[4] = lines[4].replace("short", "long");
    });
    assert_eq!(two, [Damage::Altered(2), Damage::Altered(5)]);
    let sentence = two[0].to_string();
    assert_eq!(sentence, "entry 2 was altered: its digest does not fit");
}

#[test]
fn a_whole_end_that_was_cut_off_shows_against_a_digest_that_was_given_out() {
    let entries = entries();
    let given = entries[5].head();
    let cut = Journal::read(lines(&entries[..4]).concat().as_bytes());
    assert!(cut.damage.is_empty(), "by itself it looks whole");
    assert!(matches!(cut.check_head(given), Err(Damage::Cut { seq: 6, found: 4, .. })));
    // Somebody writes another end with a right chain.
    let mut other = entries[..5].to_vec();
    other.push(Entry::of_seat(other[4].head(), "17", event(proctor(), "", What::Erased)));
    let other = Journal::read(lines(&other).concat().as_bytes());
    assert!(other.damage.is_empty());
    assert!(other.check_head(given).is_err());
    assert_eq!(other.check_head(entries[4].head()), Ok(()));
}

#[test]
fn a_torn_end_is_counted_wherever_it_is_torn() {
    let (entries, bytes) = (entries(), lines(&entries()).concat());
    let ends: Vec<usize> = bytes.match_indices('\n').map(|(at, _)| at + 1).collect();
    for cut in 0..=bytes.len() {
        let journal = Journal::read(&bytes.as_bytes()[..cut]);
        let whole = ends.iter().filter(|end| **end <= cut).count();
        assert_eq!(journal.entries, entries[..whole], "cut at {cut}");
        assert_eq!(journal.torn, cut - whole.checked_sub(1).map_or(0, |i| ends[i]));
        assert!(journal.damage.is_empty());
    }
}

proptest! {
    #![proptest_config(laws(64))]

    #[test]
    fn any_change_of_a_byte_is_found(at in 0usize..1_400, bit in 0u8..8) {
        let bytes = lines(&entries()).concat().into_bytes();
        let at = at % bytes.len();
        let mut altered = bytes.clone();
        altered[at] ^= 1 << bit;
        let (before, after) = (Journal::read(&bytes), Journal::read(&altered));
        prop_assert!(!after.damage.is_empty() || after.torn > 0 || after.check_head(before.head()).is_err());
    }

    #[test]
    fn any_entry_is_written_and_read(events in prop::collection::vec(any_event(), 1..40)) {
        let mut entries: Vec<Entry> = Vec::new();
        for event in events {
            let head = entries.last().map_or_else(Head::default, Entry::head);
            entries.push(Entry::of_seat(head, "17", event));
        }
        let journal = Journal::read(lines(&entries).concat().as_bytes());
        prop_assert_eq!(journal.entries, entries);
        prop_assert!(journal.damage.is_empty());
    }
}

#[test]
fn keystrokes_are_read_up_to_where_they_are_torn() {
    let mut bytes = MAGIC.to_vec();
    bytes.extend(strokes::began("17", 1, &exercise()));
    let first = bytes.len();
    bytes.extend(strokes::events("17", 1, &presses(5, 100)));
    let second = bytes.len();
    let odd = [
        Event { at: 700, what: EventKind::Paste(40) },
        Event { at: 701, what: EventKind::FocusLost },
        Event { at: 702, what: EventKind::Press(Key::Char('ß')) },
        Event { at: 703, what: EventKind::Release(Key::Backspace) },
        Event { at: 704, what: EventKind::Automatic(Key::Tab) },
    ];
    bytes.extend(strokes::events("17", 1, &odd));
    for cut in 0..=bytes.len() {
        let Strokes { tests, sound } = Strokes::read(&bytes[..cut]);
        let expected = [0, MAGIC.len(), first, second, bytes.len()];
        assert_eq!(Some(&sound), expected.iter().rev().find(|end| **end <= cut), "cut at {cut}");
        let typed = tests.get(&("17".to_owned(), 1));
        let count = if sound < second {
            0
        } else if sound < bytes.len() {
            5
        } else {
            10
        };
        assert_eq!(typed.map_or(0, |typed| typed.events.len()), count);
        if sound >= first {
            assert_eq!(typed.unwrap().exercise.as_ref(), Some(&*exercise()));
        }
    }
    let typed = &Strokes::read(&bytes).tests[&("17".to_owned(), 1)];
    assert_eq!(typed.events[5..], odd);
    bytes[second - 1] ^= 1;
    assert_eq!(Strokes::read(&bytes).sound, first, "a record that is damaged ends what is read");
}

#[test]
fn codes_are_read_however_they_are_typed() {
    let code = SeatCode::of([0x00, 0x44, 0x32, 0x14, 0xc7]);
    assert_eq!(code.to_string(), "2345-6789");
    assert_eq!(SeatCode::of([0xff; 5]).to_string(), "ZZZZ-ZZZZ");
    let kept = code.digest([9; 16]);
    for typed in ["2345-6789", "23456789", " 2345 6789 ", "2345–6789"] {
        assert!(kept.matches(typed), "{typed}");
    }
    for typed in ["", "2345-678", "2345-67899", "2345-6788", "ＺＺ", "2345-6789x", "\u{1b}23456789"] {
        assert!(!kept.matches(typed), "{typed}");
    }
    assert!(!code.digest([8; 16]).matches("2222-2222"));
    assert_ne!(code.digest([8; 16]).digest, kept.digest);
    assert_eq!(format!("{code:?}"), "SeatCode(..)");
}
