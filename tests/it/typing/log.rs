//! Logs and attempts as bytes: what was written is read, and everything else is refused.

mod format1;

use std::sync::Arc;

use miniz_oxide::deflate::compress_to_vec;
use typeproof::typing::attempt::{Attempt, LevelRef, MAX_BYTES, digest};
use typeproof::typing::bytes::{BytesError, Reader, inflate, push_varint};
use typeproof::typing::exercise::Exercise;
use typeproof::typing::key::{Key, Stroke};
use typeproof::typing::log::{EventKind, Log, MAX_EVENTS, MAX_MS};
use typeproof::typing::rules::{Limit, Rules};
use typeproof::typing::session::Session;
use typeproof::typing::text::Lookalikes;

use crate::support::typing::{exercise, keys};

fn text() -> Arc<Exercise> {
    exercise("the quick brown fox", Lookalikes::Typographic, Rules::practice(Limit::Text))
}

fn attempt() -> Attempt {
    let mut session = Session::new(text());
    for (i, key) in keys("teh⌫⌫he quicj⌦quick browm é fox").enumerate() {
        session.press(Stroke { at: i as u32 * 137, key });
        if i == 3 {
            session.record(500, EventKind::FocusLost);
            session.record(501, EventKind::Release(Key::Backspace));
            session.record(502, EventKind::Paste(300));
        }
    }
    session.give_up(6_000);
    let log = session.log().unwrap();
    let level = Some(LevelRef { id: "speed/20".into(), version: 1 });
    Attempt {
        exercise: text(),
        level,
        started_unix_ms: 1_767_225_600_000,
        wall_ms: 6_001,
        circumstances: None,
        keyboard: None,
        log,
    }
}

/// A log file with these columns: codes, sixteenths and rests of the times, operands with the close.
fn log_file(count: u64, columns: [&[u8]; 4]) -> Vec<u8> {
    let mut out = b"TPL\x01".to_vec();
    push_varint(&mut out, count);
    for column in columns {
        let packed = compress_to_vec(column, 9);
        push_varint(&mut out, packed.len() as u64);
        out.extend(packed);
    }
    out
}

fn varints(values: &[u64]) -> Vec<u8> {
    let mut out = Vec::new();
    values.iter().for_each(|v| push_varint(&mut out, *v));
    out
}

#[test]
fn every_truncation_is_refused() {
    let attempt = attempt();
    let (file, log) = (attempt.to_bytes(), attempt.log.to_bytes(&attempt.exercise));
    assert_eq!(Attempt::from_bytes(&file).unwrap(), attempt);
    for n in 0..file.len() {
        assert!(Attempt::from_bytes(&file[..n]).is_err(), "{n} bytes of the attempt");
    }
    for n in 0..log.len() {
        assert!(Log::from_bytes(&log[..n], &attempt.exercise).is_err(), "{n} bytes of the log");
    }
}

#[test]
fn everything_appended_is_refused() {
    let attempt = attempt();
    let (file, log) = (attempt.to_bytes(), attempt.log.to_bytes(&attempt.exercise));
    for tail in [&b"\0"[..], b"\n", b"\x01", b"\xff", b"TPL\x01", &log, &file] {
        let refused = Err(BytesError::Trailing(tail.len()));
        assert_eq!(Attempt::from_bytes(&[&file, tail].concat()).map(|_| ()), refused, "{tail:?}");
        assert_eq!(
            Log::from_bytes(&[&log, tail].concat(), &attempt.exercise).map(|_| ()),
            refused,
            "{tail:?}"
        );
    }
}

/// A changed byte of packed data may, at the end of a stream, be padding that says nothing; the digest still changes.
#[test]
fn every_altered_byte_is_noticed() {
    let attempt = attempt();
    let (file, session) = (attempt.to_bytes(), attempt.replay().unwrap());
    let (mut unread, mut unplayed, mut other, mut padding) = (0, 0, 0, 0);
    for i in 0..file.len() {
        for bit in 0..8 {
            let mut altered = file.clone();
            altered[i] ^= 1 << bit;
            assert_ne!(digest(&altered), digest(&file));
            match Attempt::from_bytes(&altered) {
                Err(_) => unread += 1,
                Ok(read) if read == attempt => padding += 1,
                Ok(read) => match read.replay() {
                    Err(_) => unplayed += 1,
                    Ok(played) => {
                        let same = (&read.level, read.started_unix_ms, read.wall_ms)
                            == (&attempt.level, attempt.started_unix_ms, attempt.wall_ms);
                        assert!(!same || played != session, "byte {i}, bit {bit}");
                        other += 1;
                    }
                },
            }
        }
    }
    assert!(padding <= 5 * 7, "{padding} changes say nothing: more than five streams have padding");
    assert!(unread > 10 * other, "{unread} unread, {unplayed} unplayed, {other} other attempts");
}

#[test]
fn logs_that_no_session_writes_are_refused() {
    let (x, close) = (u64::from(b'x'), varints(&[3, 2]));
    let log = |count, codes: &[u64], fine: &[u8], coarse: &[u64], operands: &[u8]| {
        log_file(count, [&varints(codes), fine, &varints(coarse), operands])
    };
    let good = log(2, &[0, x], &[0, 5], &[0, 1], &close);
    let read = Log::from_bytes(&good, &text()).unwrap();
    assert_eq!((read.events.len(), read.events[1].at, read.close.at), (2, 21, 24));
    assert_eq!(read.to_bytes(&text()), good);

    let value = BytesError::Value;
    let (truncated, trailing, long) = (BytesError::Truncated, BytesError::Trailing, BytesError::LongForm);
    let far = MAX_MS / 16;
    for (i, (bytes, error)) in [
        (b"TPA\x01".to_vec(), BytesError::Magic("a typeproof keystroke log, version 1, 2 or 3")),
        (
            [b"TPL\x04", &good[4..]].concat(),
            BytesError::Magic("a typeproof keystroke log, version 1, 2 or 3"),
        ),
        (Vec::new(), BytesError::Magic("a typeproof keystroke log, version 1, 2 or 3")),
        (b"TPL\x01".to_vec(), truncated("number of events")),
        (
            log(MAX_EVENTS as u64 + 1, &[0, x], &[0, 5], &[0, 1], &close),
            value("number of events", MAX_EVENTS as u64 + 1),
        ),
        (log(u64::MAX, &[0, x], &[0, 5], &[0, 1], &close), value("number of events", u64::MAX)),
        // Columns that are too short or too long for the number of events.
        (log(3, &[0, x], &[0, 5, 1], &[0, 1, 1], &close), truncated("event code")),
        (log(3, &[0, x, x], &[0, 5], &[0, 1, 1], &close), truncated("time")),
        (log(3, &[0, x, x], &[0, 5, 1], &[0, 1], &close), truncated("time")),
        (log(1, &[0, x], &[0], &[0], &close), trailing(1)),
        (log(1, &[0], &[0, 5], &[0], &close), trailing(1)),
        (log(1, &[0], &[0], &[0, 1], &close), trailing(1)),
        (log(0, &[], &[], &[], &varints(&[3, 2, 0])), trailing(1)),
        (log(1, &[0], &[0], &[0], &[]), truncated("time of the close")),
        (log(1, &[0], &[0], &[0], &varints(&[3])), truncated("close")),
        (log(1, &[0], &[0], &[0], &varints(&[3, 3])), value("close", 3)),
        // Codes that are nothing.
        (log(1, &[10], &[0], &[0], &close), value("event code", 10)),
        (log(1, &[31], &[0], &[0], &close), value("event code", 31)),
        (log(1, &[0x7f], &[0], &[0], &close), value("event code", 0x7f)),
        (log(1, &[0x9b], &[0], &[0], &close), value("event code", 0x9b)),
        (log(1, &[0xd800], &[0], &[0], &close), value("event code", 0xd800)),
        (log(1, &[0x11_0000], &[0], &[0], &close), value("event code", 0x11_0000)),
        (log(1, &[1 << 32], &[0], &[0], &close), value("event code", 1 << 32)),
        (log(1, &[4], &[0], &[0], &varints(&[5, 3, 2])), value("released key", 5)),
        (log(1, &[4], &[0], &[0], &varints(&[0, 3, 2])), value("released key", 0)),
        (log(1, &[5], &[0], &[0], &varints(&[1 << 32, 3, 2])), value("pasted characters", 1 << 32)),
        // The key that is due, written as a character.
        (log(1, &[u64::from(b't')], &[0], &[0], &close), long("event code")),
        // Times that are no times.
        (log(1, &[0], &[16], &[0], &close), value("time", 0)),
        (log(1, &[0], &[0], &[u64::from(far) + 1], &close), value("time", u64::from(far) + 1)),
        (log(2, &[0, x], &[0, 1], &[1, u64::from(far)], &close), value("time", u64::from(far))),
        (log(1, &[0], &[0], &[u64::from(u32::MAX)], &close), value("time", u64::from(u32::MAX))),
        (log(1, &[0], &[0], &[1 << 40], &close), value("time", 1 << 40)),
        (log(0, &[], &[], &[], &varints(&[u64::from(MAX_MS) + 1, 2])), value("time", u64::from(far))),
        // Numbers in a longer form.
        (log_file(1, [&[0x80, 0], &[0], &[0], &close]), long("event code")),
        (log_file(1, [&[0], &[0], &[0x80, 0], &close]), long("time")),
        (log_file(1, [&[0], &[0], &[0], &[0x83, 0, 2]]), long("time of the close")),
        ([b"TPL\x01\x82\x00", &good[5..]].concat(), long("number of events")),
    ]
    .into_iter()
    .enumerate()
    {
        assert_eq!(Log::from_bytes(&bytes, &text()), Err(error), "case {i}");
    }
}

#[test]
fn attempts_that_nobody_wrote_are_refused() {
    let attempt = attempt();
    let log = attempt.log.to_bytes(&attempt.exercise);
    let json = {
        let file = attempt.to_bytes();
        let mut r = Reader::new(&file[4..]);
        let n = r.varint("length").unwrap() as usize;
        String::from_utf8(inflate(r.take(n, "description").unwrap(), 1 << 20).unwrap()).unwrap()
    };
    let file = |json: &str| {
        let packed = compress_to_vec(json.as_bytes(), 9);
        [&b"TPA\x01"[..], &varints(&[packed.len() as u64]), &packed, &log].concat()
    };
    assert_eq!(Attempt::from_bytes(&file(&json)).unwrap(), attempt);
    for (from, to, says) in [
        ("the quick", "the  quick", "not in the form in which it was typed"),
        ("the quick", "the\\r\\nquick", "not in the form in which it was typed"),
        ("the quick", "the \\u200bquick", "not in the form in which it was typed"),
        ("the quick", "the qui\\ufb01ck", "not in the form in which it was typed"),
        ("the quick", "the e\\u0301", "not in the form in which it was typed"),
        ("the quick", "the \\ufffd", "U+FFFD"),
        ("the quick", "the \\ud800", "the description of the attempt"),
        ("the quick brown fox", "", "the text is empty"),
        ("\"seed\":0", "\"seed\":-1", "the description of the attempt"),
        ("\"seed\":0", "\"seed\":0.5", "the description of the attempt"),
        ("\"seed\":0", "\"seed\":0,\"seed\":0", "duplicate field"),
        ("\"seed\":0", "\"seed\":0,\"salt\":0", "unknown field"),
        ("\"seed\":0,", "", "missing field"),
        ("\"version\":1", "\"version\":4294967296", "the description of the attempt"),
        ("\"version\":1", "\"version\":1,\"title\":\"x\"", "unknown field"),
        ("\"limit\":\"text\"", "\"limit\":{\"seconds\":0}", "give 1 to 7200 seconds"),
        ("\"limit\":\"text\"", "\"limit\":{\"seconds\":7201}", "give 1 to 7200 seconds"),
        ("\"limit\":\"text\"", "\"limit\":\"words\"", "unknown variant"),
        ("\"time-base\":\"elapsed\"", "\"time-base\":\"allotted\"", "needs a limit in seconds"),
        (
            "\"unit\":\"wpm\"",
            "\"unit\":\"wpm\",\"max-error-share\":{\"bp\":10001,\"of\":\"words\"}",
            "give 0 to 10000",
        ),
        ("{\"source\"", "x{\"source\"", "the description of the attempt"),
    ] {
        assert!(json.contains(from), "{from} in {json}");
        let error = Attempt::from_bytes(&file(&json.replace(from, to))).unwrap_err();
        assert!(error.to_string().contains(says), "{from} -> {to}: {error}");
    }
    assert!(Attempt::from_bytes(&file(&(json.clone() + " {}"))).is_err());
    assert!(matches!(Attempt::from_bytes(b"TPA\x04"), Err(BytesError::Magic(_))));
    assert!(matches!(Attempt::from_bytes(b"TPA\x01"), Err(BytesError::Truncated(_))));
    assert_eq!(Attempt::from_bytes(&vec![0; MAX_BYTES + 1]), Err(BytesError::Inflate(MAX_BYTES)));
}

#[test]
fn bombs_are_refused() {
    let bomb = compress_to_vec(&vec![0; 16 << 20], 9);
    assert!(bomb.len() < 20_000);
    assert_eq!(inflate(&bomb, 1 << 20), Err(BytesError::Inflate(1 << 20)));
    let file = [&b"TPA\x01"[..], &varints(&[bomb.len() as u64]), &bomb].concat();
    assert!(matches!(Attempt::from_bytes(&file), Err(BytesError::Inflate(_))));
    for column in 0..4 {
        let mut file = b"TPL\x01\x01".to_vec();
        for i in 0..4 {
            let packed = if i == column { bomb.clone() } else { compress_to_vec(&[0], 9) };
            push_varint(&mut file, packed.len() as u64);
            file.extend(packed);
        }
        assert!(matches!(Log::from_bytes(&file, &text()), Err(BytesError::Inflate(_))), "column {column}");
    }
}

#[test]
fn deflate_streams_are_read_exactly() {
    for length in [0, 1, 2, 7, 100, 1_000, 70_000] {
        let raw: Vec<u8> = (0..length as u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 27) as u8).collect();
        for level in [0, 1, 6, 9] {
            let packed = compress_to_vec(&raw, level);
            assert_eq!(inflate(&packed, length), Ok(raw.clone()), "{length} bytes, level {level}");
            assert_eq!(inflate(&[&packed, &b"\0"[..]].concat(), length), Err(BytesError::Trailing(1)));
            assert!(inflate(&packed[..packed.len() - 1], length).is_err());
            if length > 0 {
                assert_eq!(inflate(&packed, length - 1), Err(BytesError::Inflate(length - 1)));
            }
        }
    }
    for bytes in [&b""[..], b"\xff", b"\0", b"\x07", b"not deflate at all"] {
        assert!(inflate(bytes, 100).is_err(), "{bytes:?}");
    }
}

#[test]
fn varints_have_one_form() {
    for value in [0, 1, 127, 128, 300, 16_383, 16_384, u64::from(u32::MAX), 1 << 63, u64::MAX] {
        let bytes = varints(&[value]);
        let mut r = Reader::new(&bytes);
        assert_eq!(r.varint("n"), Ok(value));
        assert_eq!(r.finish(), Ok(()));
        for n in 0..bytes.len() {
            assert_eq!(Reader::new(&bytes[..n]).varint("n"), Err(BytesError::Truncated("n")));
        }
        if bytes.len() < 10 {
            let mut longer = bytes;
            *longer.last_mut().unwrap() |= 0x80;
            longer.push(0);
            assert_eq!(Reader::new(&longer).varint("n"), Err(BytesError::LongForm("n")), "{value}");
        }
    }
    for bytes in [
        &b"\x80\x00"[..],
        b"\xff\x00",
        b"\x80\x80\x00",
        b"\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02",
        b"\xff\xff\xff\xff\xff\xff\xff\xff\xff\x7f",
        b"\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01",
        b"\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff",
    ] {
        assert_eq!(Reader::new(bytes).varint("n"), Err(BytesError::LongForm("n")), "{bytes:?}");
    }
    assert_eq!(Reader::new(&varints(&[1 << 32])).u32("n"), Err(BytesError::Value("n", 1 << 32)));
    assert_eq!(Reader::new(b"\x05").varint_to(4, "n"), Err(BytesError::Value("n", 5)));
    assert_eq!(Reader::new(b"\x05\x05").array::<3>("n"), Err(BytesError::Truncated("n")));
    assert_eq!(Reader::new(b"\x05").take(2, "n"), Err(BytesError::Truncated("n")));
    assert_eq!(Reader::new(b"\x05\x06").finish(), Err(BytesError::Trailing(2)));
}

#[test]
fn errors_say_what_to_do() {
    for (error, says) in [
        (BytesError::Magic("a log"), "this is not a log: it begins differently; give another file"),
        (BytesError::Truncated("time"), "the data is cut off at: time; copy the file again"),
        (BytesError::Trailing(3), "3 bytes follow the end of the data; the file was altered"),
        (BytesError::LongForm("time"), "a number is not in its shortest form at: time"),
        (BytesError::Value("close", 7), "close: 7 cannot be; the file was altered"),
        (BytesError::Inflate(9), "the compressed data is damaged, or larger than 9 bytes"),
    ] {
        assert!(error.to_string().starts_with(says), "{error}");
    }
}
