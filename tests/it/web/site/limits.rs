//! What strangers may take: slow ones, idle ones, too many, and those who are there when the server stops.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use typeproof::web::server::ServerLimits;

use super::requests::{connect, get, rest, site, start};

const SHORT: Duration = Duration::from_millis(150);
const LONG: Duration = Duration::from_secs(600);

fn limits() -> ServerLimits {
    ServerLimits { header_time: LONG, connection_time: LONG, connections: 100, grace: LONG }
}

/// Whether the other side has ended the connection; waits until it does or says something.
fn ended(mut stream: TcpStream) -> bool {
    let mut byte = [0; 1];
    !matches!(stream.read(&mut byte), Ok(1..))
}

#[test]
fn a_request_that_does_not_arrive_ends_its_connection() {
    let dir = site();
    let server = start(&dir, ServerLimits { header_time: SHORT, ..limits() });
    for begun in ["", "G", "GET / HTTP/1.1\r\nHost: localhost\r\nX: y"] {
        let mut stream = connect(server.address());
        stream.write_all(begun.as_bytes()).unwrap();
        assert_eq!(get(server.address(), "/healthz", &[]).status, 200, "others are answered");
        let answer = String::from_utf8(rest(stream)).unwrap();
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 408"), "{answer}");
    }
    // One answered request buys no more time for the next.
    let mut stream = connect(server.address());
    stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\nGET /hea").unwrap();
    assert!(rest(stream).ends_with(b"\r\n\r\nok"));
}

#[test]
fn no_connection_lasts_for_ever() {
    let dir = site();
    let server = start(&dir, ServerLimits { connection_time: SHORT, ..limits() });
    assert!(ended(connect(server.address())));
    let mut busy = connect(server.address());
    let mut answered = 0;
    while busy.write_all(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n").is_ok() {
        let mut answer = [0; 1024];
        match busy.read(&mut answer) {
            Ok(1..) => answered += 1,
            _ => break,
        }
    }
    assert!(answered > 0, "it was served as long as it lasted");
    assert_eq!(get(server.address(), "/healthz", &[]).status, 200);
}

#[test]
fn a_reader_that_takes_nothing_goes() {
    let dir = site();
    let large = vec![b'a'; 4 * 1024 * 1024];
    std::fs::write(dir.path().join("site/notes.txt"), large).unwrap();
    let server = start(&dir, ServerLimits { connection_time: SHORT, ..limits() });
    let mut stream = connect(server.address());
    // More than the buffers on the way can hold.
    let one = "GET /notes.txt HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(20);
    stream.write_all(one.as_bytes()).unwrap();
    let other = connect(server.address());
    assert!(ended(other), "its time is over, and so is that of the reader before");
    assert!(rest(stream).len() < 20 * 4 * 1024 * 1024);
}

#[test]
fn a_newcomer_takes_the_place_of_the_oldest() {
    let dir = site();
    let server = start(&dir, ServerLimits { connections: 3, ..limits() });
    let hello = |stream: &mut TcpStream| {
        stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
        let mut answer = [0; 1024];
        let count = stream.read(&mut answer).unwrap();
        assert!(answer[..count].ends_with(b"ok"));
    };
    let mut idle: Vec<TcpStream> = Vec::new();
    for _ in 0..3 {
        let mut stream = connect(server.address());
        hello(&mut stream);
        idle.push(stream);
    }
    let mut fourth = connect(server.address());
    hello(&mut fourth);
    let last = idle.split_off(1);
    assert!(ended(idle.remove(0)), "the first is gone");
    for mut stream in last {
        hello(&mut stream);
    }
    // A place that was left is free.
    drop(fourth);
    for _ in 0..20 {
        assert_eq!(get(server.address(), "/healthz", &[]).status, 200);
    }
}

#[test]
fn stopping_waits_for_answers_but_not_for_ever() {
    let dir = site();
    let server = start(&dir, ServerLimits { grace: SHORT, ..limits() });
    let mut stuck = connect(server.address());
    stuck.write_all(b"GET /notes.txt HTTP/1.1\r\nHost: localhost\r\n").unwrap();
    let idle = connect(server.address());
    assert_eq!(get(server.address(), "/healthz", &[]).status, 200);
    let address = server.address();
    let begun = Instant::now();
    server.stop();
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
    assert!(ended(stuck) && ended(idle) && TcpStream::connect(address).is_err());
    let server = start(&dir, limits());
    let stuck = connect(server.address());
    drop(server);
    assert!(ended(stuck), "dropping waits for nobody");
}
