//! What the server answers: `tests/data/site/requests.toml` is a list of requests and answers; and what no list can say.

use std::fs;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use flate2::read::GzDecoder;
use serde::Deserialize;
use tempfile::TempDir;
use typeproof::web::server::{DEFAULT_ADDRESS, Server, ServerError, ServerLimits, local_address};

/// How long an answer may take before a test has failed: far longer than any does.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// A page by what the server knows it by.
pub const PAGE: &str = "<!doctype html><title>typeproof</title><main id=\"verdict\"></main><p id=\"data\">a page, a page, a page, a page";

#[derive(Deserialize)]
struct Cases {
    case: Vec<Case>,
}

/// One request and what must come.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// A path to GET as a browser would.
    #[serde(default)]
    get: String,
    /// Headers with it.
    #[serde(default)]
    with: Vec<String>,
    /// The whole request in its place. `{many:N}` stands for N times the letter `a`.
    #[serde(default)]
    raw: String,
    status: u16,
    /// Lines of the head, in lower case; the beginning of one will do.
    #[serde(default)]
    has: Vec<String>,
    /// Headers that must not be there.
    #[serde(default)]
    not: Vec<String>,
    /// What the body is.
    body: Option<String>,
}

/// An answer as it came.
pub struct Answer {
    pub status: u16,
    /// Lines of the head in lower case, without the first.
    pub head: Vec<String>,
    pub body: Vec<u8>,
}

impl Answer {
    fn read(bytes: &[u8]) -> Option<Self> {
        let end = bytes.windows(4).position(|part| part == b"\r\n\r\n")?;
        let text = String::from_utf8(bytes[..end].to_vec()).unwrap();
        let mut lines = text.lines();
        let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
        let head = lines.map(str::to_lowercase).collect();
        Some(Self { status, head, body: bytes[end + 4..].to_vec() })
    }

    pub fn header(&self, name: &str) -> &str {
        let value = self.head.iter().find_map(|line| line.strip_prefix(&format!("{name}: ")));
        value.unwrap_or_else(|| panic!("{name} is in {:?}", self.head))
    }
}

/// A site in a folder, and what must not be seen beside it.
pub fn site() -> TempDir {
    let dir = TempDir::new().unwrap();
    let root = dir.path().join("site");
    fs::create_dir_all(root.join("b/.hidden")).unwrap();
    fs::create_dir_all(root.join("empty")).unwrap();
    fs::create_dir_all(dir.path().join("private")).unwrap();
    let missing = PAGE.replace("a page,", "not here,");
    for (name, text) in [
        ("site/index.html", PAGE),
        ("site/404.html", &missing),
        ("site/issuers.json", "{\"built\": \"2026-11-23\", \"issuers\": []}"),
        ("site/b/1f.json", "{\"a\": 1}"),
        ("site/b/1f.png", "no picture, but called one, no picture, but called one"),
        ("site/b/1f.svg", "<svg/>"),
        ("site/b/1f.html", "<p>"),
        ("site/paper.pdf", "%PDF"),
        ("site/notes.txt", "text"),
        ("site/.secret.txt", "SECRET"),
        ("site/b/.hidden/secret.txt", "SECRET"),
        ("site/script.js", "SECRET"),
        ("site/keys.pem", "SECRET"),
        ("site/history.sqlite3", "SECRET"),
        ("site/attempt.tpa", "SECRET"),
        ("site/noextension", "SECRET"),
        ("secret.txt", "SECRET"),
        ("private/secret.txt", "SECRET"),
    ] {
        fs::write(dir.path().join(name), text).unwrap();
    }
    fs::write(root.join("large.txt"), vec![b'a'; 5 * 1024 * 1024]).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::symlink;
        symlink(dir.path().join("secret.txt"), root.join("link.txt")).unwrap();
        symlink(dir.path().join("private"), root.join("folder")).unwrap();
        symlink("notes.txt", root.join("inside.txt")).unwrap();
    }
    dir
}

pub fn start(dir: &TempDir, limits: ServerLimits) -> Server {
    let any: SocketAddr = "127.0.0.1:0".parse().unwrap();
    Server::start(&dir.path().join("site"), any, &[], limits).unwrap()
}

pub fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream.set_write_timeout(Some(PATIENCE)).unwrap();
    stream
}

/// Sends bytes and takes everything that comes until the other side ends the connection.
pub fn send(address: SocketAddr, request: &[u8]) -> Vec<u8> {
    let mut stream = connect(address);
    // Whoever is refused early may find the connection closed while still sending.
    let _ = stream.write_all(request);
    rest(stream)
}

/// Everything that still comes.
pub fn rest(mut stream: TcpStream) -> Vec<u8> {
    let mut answer = Vec::new();
    match stream.read_to_end(&mut answer) {
        Err(why) if why.kind() == std::io::ErrorKind::ConnectionReset => {}
        other => drop(other.unwrap()),
    }
    answer
}

pub fn get(address: SocketAddr, path: &str, with: &[&str]) -> Answer {
    let with: String = with.iter().map(|header| format!("{header}\r\n")).collect();
    let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{with}\r\n");
    Answer::read(&send(address, request.as_bytes())).unwrap_or_else(|| panic!("{path} is answered"))
}

/// `{many:N}` as N letters.
fn filled(text: &str) -> String {
    let Some((before, rest)) = text.split_once("{many:") else { return text.to_owned() };
    let (number, after) = rest.split_once('}').unwrap();
    format!("{before}{}{}", "a".repeat(number.parse().unwrap()), filled(after))
}

fn mistakes(case: &Case, address: SocketAddr) -> Vec<String> {
    let answer = if case.raw.is_empty() {
        let with: Vec<String> = case.with.iter().map(|header| filled(header)).collect();
        get(address, &filled(&case.get), &with.iter().map(String::as_str).collect::<Vec<_>>())
    } else {
        match Answer::read(&send(address, filled(&case.raw).as_bytes())) {
            Some(answer) => answer,
            None => return vec!["no answer".to_owned()],
        }
    };
    let mut wrong = Vec::new();
    if answer.status != case.status {
        wrong.push(format!("{} in place of {}", answer.status, case.status));
    }
    let lacks = case.has.iter().filter(|line| !answer.head.iter().any(|l| l.starts_with(line.as_str())));
    wrong.extend(lacks.map(|line| format!("lacks {line}")));
    let extra = case.not.iter().filter(|name| answer.head.iter().any(|l| l.starts_with(&format!("{name}:"))));
    wrong.extend(extra.map(|name| format!("has {name}")));
    let body = String::from_utf8_lossy(&answer.body);
    if case.body.as_ref().is_some_and(|expected| *expected != body) {
        wrong.push(format!("body {body:?}"));
    }
    if body.contains("SECRET") {
        wrong.push("shows what it must not".to_owned());
    }
    // Answers of the library itself, to what is no request, bear no headers of ours.
    let ours = !matches!(answer.status, 400 | 431);
    if ours && !answer.head.iter().any(|line| line == "x-content-type-options: nosniff") {
        wrong.push("lacks nosniff".to_owned());
    }
    if !wrong.is_empty() {
        wrong.push(format!("head {:?}", answer.head));
    }
    wrong
}

#[test]
fn every_request_gets_its_answer() {
    let cases: Cases = toml::from_str(include_str!("../../../data/site/requests.toml")).unwrap();
    let dir = site();
    let server = start(&dir, ServerLimits::default());
    let mut all = String::new();
    for case in &cases.case {
        let wrong = mistakes(case, server.address());
        if !wrong.is_empty() {
            all.push_str(&format!("== {}{:?}\n{}\n", case.get, case.raw, wrong.join("\n")));
        }
    }
    assert!(all.is_empty(), "{all}");
    let refused = cases.case.iter().filter(|c| c.status >= 400).count();
    assert!(refused * 2 > cases.case.len(), "refusals outnumber: {refused} of {}", cases.case.len());
}

/// The status of a request for this name, and what is said.
fn asked_as(address: SocketAddr, host: &str) -> (u16, String) {
    let request = format!("GET /healthz HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    let answer =
        Answer::read(&send(address, request.as_bytes())).unwrap_or_else(|| panic!("{host} is answered"));
    (answer.status, String::from_utf8(answer.body).unwrap())
}

/// A page of another site whose name leads here must not read what is served here.
#[test]
fn the_server_answers_to_its_own_names_only() {
    let dir = site();
    let at = |address: &str, names: &[&str]| {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        Server::start(&dir.path().join("site"), address.parse().unwrap(), &names, ServerLimits::default())
            .unwrap()
    };
    let own = ["localhost", "LocalHost:80", "localhost.", "127.0.0.1", "127.0.0.1:8520", "[::1]", "[::1]:9"];
    let others = [
        "elsewhere.example",
        "elsewhere.example:8520",
        "localhost.elsewhere.example",
        "elsewhere.example.localhost",
        "127.0.0.1.elsewhere.example",
        "127.0.0.2",
        "0.0.0.0",
        "192.0.2.1",
        "[::2]",
        "[::ffff:7f00:1]",
        "2130706433",
        "0x7f.1",
        "badges.example.org",
        "localhost..",
        "xn--lcalhost-54a",
    ];
    let bad = [
        "",
        "a b",
        "ada@localhost",
        "localhost:port",
        "local/host",
        "[::1",
        "localhost, elsewhere.example",
        "é",
    ];
    let server = at("127.0.0.1:0", &[]);
    for (hosts, status) in [(&own[..], 200), (&others, 421), (&bad, 400)] {
        for host in hosts {
            let (found, said) = asked_as(server.address(), host);
            assert_eq!(found, status, "{host:?}: {said}");
            assert!(status != 421 || said.contains("typeproof site serve --host NAME"), "{said}");
        }
    }
    drop(server);
    let server = at("127.0.0.2:0", &["badges.example.org", "Other.Example."]);
    for (host, status) in [
        ("127.0.0.2", 200),
        ("localhost", 200),
        ("badges.example.org", 200),
        ("BADGES.example.org:443", 200),
        ("other.example", 200),
        ("127.0.0.3", 421),
        ("example.org", 421),
        ("x.badges.example.org", 421),
        ("badges.example.org.elsewhere.example", 421),
    ] {
        assert_eq!(asked_as(server.address(), host).0, status, "{host}");
    }
    drop(server);
    // At every address of the machine each is its own, and names are not.
    let server = at("0.0.0.0:0", &[]);
    let here = SocketAddr::new("127.0.0.1".parse().unwrap(), server.address().port());
    for (host, status) in [
        ("127.0.0.1", 200),
        ("192.0.2.7", 200),
        ("[2001:db8::7]", 200),
        ("elsewhere.example", 421),
        ("1.2.3", 421),
    ] {
        assert_eq!(asked_as(here, host).0, status, "{host}");
    }
}

/// What lies in the folder and is no file is not opened.
#[cfg(unix)]
#[test]
fn pipes_in_the_folder_are_not_served() {
    let dir = site();
    crate::store::odd::pipe(&dir.path().join("site/pipe.txt"));
    let server = start(&dir, ServerLimits::default());
    assert_eq!(get(server.address(), "/pipe.txt", &[]).status, 404);
    fs::remove_file(dir.path().join("site/index.html")).unwrap();
    crate::store::odd::pipe(&dir.path().join("site/index.html"));
    let any: SocketAddr = "127.0.0.1:0".parse().unwrap();
    assert!(Server::start(&dir.path().join("site"), any, &[], ServerLimits::default()).is_err());
}

#[test]
fn a_head_is_that_of_the_whole_answer() {
    let dir = site();
    let server = start(&dir, ServerLimits::default());
    for path in ["/", "/b/1f.json", "/healthz", "/nowhere"] {
        let request = format!("HEAD {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        let head = Answer::read(&send(server.address(), request.as_bytes())).unwrap();
        let whole = get(server.address(), path, &[]);
        let but_date = |answer: &Answer| {
            answer.head.iter().filter(|line| !line.starts_with("date: ")).cloned().collect::<Vec<_>>()
        };
        assert_eq!((head.status, but_date(&head)), (whole.status, but_date(&whole)), "{path}");
        assert!(head.body.is_empty() && !whole.body.is_empty(), "{path}");
        assert_eq!(whole.header("content-length"), whole.body.len().to_string());
    }
}

#[test]
fn what_is_compressed_is_the_same_and_has_its_own_tag() {
    let dir = site();
    let server = start(&dir, ServerLimits::default());
    let gzip = "Accept-Encoding: br, gzip;q=0.8";
    let (plain, small) = (get(server.address(), "/", &[]), get(server.address(), "/", &[gzip]));
    assert_eq!(small.header("content-encoding"), "gzip");
    let mut unpacked = Vec::new();
    GzDecoder::new(small.body.as_slice()).read_to_end(&mut unpacked).unwrap();
    assert_eq!(unpacked, plain.body);
    assert!(small.body.len() < plain.body.len());
    let tags = [&plain, &small].map(|answer| answer.header("etag").to_owned());
    assert_ne!(tags[0], tags[1]);
    for (tag, with, status) in [
        (&tags[0], "X: y", 304),
        (&tags[1], gzip, 304),
        (&tags[0], gzip, 200),
        (&tags[1], "X: y", 200),
        (&format!("W/{}", tags[0]), "X: y", 304),
        (&format!("\"other\", {}", tags[0]), "X: y", 304),
        (&"*".to_owned(), "X: y", 304),
        (&tags[0].replace('"', ""), "X: y", 200),
        (&"\"\"".to_owned(), "X: y", 200),
    ] {
        let answer = get(server.address(), "/", &[&format!("If-None-Match: {tag}"), with]);
        assert_eq!(answer.status, status, "{tag} {with}");
        assert_eq!(answer.body.is_empty(), status == 304);
        assert_eq!(answer.header("vary"), "accept-encoding");
        assert!(answer.header("etag").starts_with('"') && answer.header("cache-control") == "no-cache");
    }
}

#[test]
fn a_file_that_is_replaced_is_seen_at_once() {
    let dir = site();
    let server = start(&dir, ServerLimits::default());
    let before = get(server.address(), "/notes.txt", &[]);
    let path = dir.path().join("site/notes.txt");
    for n in 0..20 {
        let text = format!("text{n:04}");
        typeproof::store::files::replace(&path, text.as_bytes(), typeproof::store::files::Access::Everyone)
            .unwrap();
        let tag = format!("If-None-Match: {}", before.header("etag"));
        let now = get(server.address(), "/notes.txt", &[&tag]);
        assert_eq!((now.status, now.body), (200, text.into_bytes()));
    }
    fs::remove_file(&path).unwrap();
    assert_eq!(get(server.address(), "/notes.txt", &[]).status, 404);
}

#[test]
fn requests_in_one_piece_are_answered_in_order() {
    let dir = site();
    let server = start(&dir, ServerLimits::default());
    let one = |path: &str, last: &str| format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n{last}\r\n");
    let many = [
        one("/healthz", ""),
        one("/notes.txt", ""),
        one("/../secret.txt", ""),
        one("/b/1f.json", "Connection: close\r\n"),
        one("/healthz", ""),
    ];
    let answers = String::from_utf8(send(server.address(), many.concat().as_bytes())).unwrap();
    let statuses: Vec<&str> = answers.split("HTTP/1.1 ").skip(1).map(|answer| &answer[..3]).collect();
    assert_eq!(statuses, ["200", "200", "404", "200"], "none after the one that ends the connection");
    let (first, last) = (answers.find("\r\n\r\nok").unwrap(), answers.find("{\"a\": 1}").unwrap());
    assert!(first < last);
}

#[test]
fn no_page_no_server_and_an_address_only_once() {
    let dir = site();
    let any: SocketAddr = "127.0.0.1:0".parse().unwrap();
    for folder in ["site/b", "site/empty", "nowhere", "secret.txt"] {
        let why = Server::start(&dir.path().join(folder), any, &[], ServerLimits::default()).unwrap_err();
        assert!(matches!(why, ServerError::NoPage(_)), "{why}");
        assert!(why.to_string().contains("`typeproof site build"), "{why}");
    }
    let first = start(&dir, ServerLimits::default());
    let why =
        Server::start(&dir.path().join("site"), first.address(), &[], ServerLimits::default()).unwrap_err();
    assert!(matches!(why, ServerError::InUse(at) if at == first.address()), "{why}");
    assert!(why.to_string().contains("stop that, or choose another address"), "{why}");
    let elsewhere = Server::start(
        &dir.path().join("site"),
        "192.0.2.1:80".parse().unwrap(),
        &[],
        ServerLimits::default(),
    )
    .unwrap_err();
    assert!(elsewhere.to_string().contains("an address of this machine"), "{elsewhere}");
    let address = first.address();
    drop(first);
    let again = Server::start(&dir.path().join("site"), address, &[], ServerLimits::default()).unwrap();
    assert_eq!(get(again.address(), "/healthz", &[]).body, b"ok");
    again.stop();
    assert!(TcpStream::connect(address).is_err());
}

#[test]
fn links_of_this_machine_say_where_to_listen() {
    for (url, address) in [
        ("http://127.0.0.1:8520/#", "127.0.0.1:8520"),
        ("http://127.0.0.1:9000/v#", "127.0.0.1:9000"),
        ("http://localhost:9000/#", "127.0.0.1:9000"),
        ("http://[::1]:9000/#", "[::1]:9000"),
        ("https://example.org/v#", "127.0.0.1:8520"),
        ("http://192.0.2.1:80/#", "127.0.0.1:8520"),
        ("http://127.0.0.1/#", "127.0.0.1:8520"),
        ("", "127.0.0.1:8520"),
    ] {
        assert_eq!(local_address(url).to_string(), address, "{url}");
    }
    let default = format!("http://{DEFAULT_ADDRESS}/#");
    assert_eq!(typeproof::store::settings::LOCAL_VERIFY_URL, default);
}
