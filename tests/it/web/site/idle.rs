//! The real program as a server: a thousand idle connections, and being told to stop while a request arrives.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Instant;

use tempfile::TempDir;

use super::requests::{PATIENCE, connect, get, rest, site};

/// The program serving a site, and its address.
struct Program {
    child: Child,
    out: BufReader<ChildStdout>,
    /// What it said before it was ready.
    before: String,
    address: SocketAddr,
    _home: TempDir,
}

impl Program {
    fn start(dir: &TempDir, with: &[&str]) -> Self {
        let home = TempDir::new().unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_typeproof"));
        command
            .env("TYPEPROOF_HOME", home.path())
            .args(["site", "serve", "--listen", "127.0.0.1:0"])
            .args(with);
        command.current_dir(dir.path()).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut before = String::new();
        let address = loop {
            let mut line = String::new();
            assert!(out.read_line(&mut line).unwrap() > 0, "it says where it serves");
            if let Some((_, rest)) = line.split_once(" at http://") {
                break rest.split_once('/').unwrap().0.parse().unwrap();
            }
            before.push_str(&line);
        };
        Self { child, out, before, address, _home: home }
    }

    #[cfg(unix)]
    fn tell(&self, signal: rustix::process::Signal) {
        let id = rustix::process::Pid::from_child(&self.child);
        rustix::process::kill_process(id, signal).unwrap();
    }

    /// The exit status, and everything that was still said.
    fn end(mut self) -> (Option<i32>, String) {
        let mut said = String::new();
        self.out.read_to_string(&mut said).unwrap();
        self.child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        (self.child.wait().unwrap().code(), said)
    }

    /// Memory in use, in kilobytes.
    #[cfg(target_os = "linux")]
    fn memory(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
        line.trim().trim_end_matches(" kB").parse().unwrap()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_thousand_idle_connections_keep_nobody_out_and_take_little() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let had = getrlimit(Resource::Nofile);
    let more = Rlimit { current: had.maximum.map_or(Some(8192), |most| Some(most.min(8192))), ..had };
    setrlimit(Resource::Nofile, more).unwrap();
    let dir = site();
    let program = Program::start(&dir, &["site"]);
    assert_eq!(get(program.address, "/", &[]).status, 200);
    let before = program.memory();
    let mut idle: Vec<TcpStream> = (0..1_000).map(|_| connect(program.address)).collect();
    for (n, stream) in idle.iter_mut().enumerate() {
        // A third says nothing, a third begins a request, a third made one.
        let words: &[u8] = match n % 3 {
            0 => b"",
            1 => b"GET /healthz HTTP/1.1\r\nHost: localhost",
            _ => b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n",
        };
        // Its place may be another's already.
        let _ = stream.write_all(words);
    }
    for _ in 0..10 {
        assert_eq!(get(program.address, "/healthz", &[]).body, b"ok");
    }
    let during = program.memory();
    let grown = during.saturating_sub(before);
    println!("1,000 idle connections: {before} kB, then {during} kB");
    assert!(grown < 24 * 1024, "{before} kB grew by {grown} kB");
    // Those that came last are still there and are answered.
    let mut last = idle.pop().unwrap();
    let mut again = idle.pop().unwrap();
    let _ = again.write_all(b"\r\n\r\n");
    let _ = last.write_all(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assert!(rest(last).ends_with(b"ok"));
    drop(idle);
    for _ in 0..2 {
        let many: Vec<TcpStream> = (0..1_000).map(|_| connect(program.address)).collect();
        assert_eq!(get(program.address, "/healthz", &[]).body, b"ok");
        drop(many);
    }
    let after = program.memory();
    assert!(after.saturating_sub(before) < 32 * 1024, "{before} kB, then {after} kB: it does not add up");
}

#[cfg(unix)]
#[test]
fn a_signal_stops_it_when_the_request_that_arrives_is_answered() {
    use rustix::process::Signal;
    for signal in [Signal::TERM, Signal::INT] {
        let dir = site();
        let program = Program::start(&dir, &["site"]);
        let mut stream = connect(program.address);
        stream.write_all(b"GET /notes.txt HTTP/1.1\r\nHost: localhost\r\n").unwrap();
        // An answer on a later connection shows that the beginning of this one has been read.
        assert_eq!(get(program.address, "/healthz", &[]).body, b"ok");
        program.tell(signal);
        // It takes no new connection from then on.
        let told = Instant::now();
        while TcpStream::connect(program.address).is_ok() {
            assert!(told.elapsed() < PATIENCE, "it stops");
            std::thread::yield_now();
        }
        stream.write_all(b"\r\n").unwrap();
        assert!(rest(stream).ends_with(b"\r\n\r\ntext"));
        let (status, said) = program.end();
        assert_eq!((status, said.as_str()), (Some(0), ""), "no request is logged");
    }
}

#[cfg(unix)]
#[test]
fn without_a_folder_the_users_own_page_is_served() {
    let dir = TempDir::new().unwrap();
    let program = Program::start(&dir, &[]);
    let page = get(program.address, "/", &[]);
    assert_eq!((page.status, page.header("content-type")), (200, "text/html; charset=utf-8"));
    assert_eq!(
        get(program.address, "/%23123456789", &[]).body,
        page.body,
        "a mangled link is read all the same"
    );
    program.tell(rustix::process::Signal::TERM);
    assert_eq!(program.end().0, Some(0));
}

#[test]
fn what_cannot_be_served_is_said() {
    let dir = site();
    let program = Program::start(&dir, &["site"]);
    let taken = program.address.to_string();
    for (args, status, words) in [
        (vec!["site", "--listen", &taken], 1, "is in use, perhaps by another typeproof"),
        (vec!["nowhere"], 2, "no such folder: nowhere"),
        (vec!["private"], 1, "holds no verification page"),
        (vec!["secret.txt"], 2, "no such folder: secret.txt"),
        (vec!["site", "--host", "a:80"], 2, "expected the name of a host"),
        (vec!["site", "--listen", "here"], 2, "expected an address and a port like 127.0.0.1:8520"),
        (vec!["site", "--listen", "127.0.0.1"], 2, "expected an address and a port"),
        (vec!["site", "--listen", "192.0.2.1:8520"], 1, "cannot be listened at"),
    ] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_typeproof"));
        command.env("TYPEPROOF_HOME", dir.path().join("home")).current_dir(dir.path());
        let output = command.args(["site", "serve"]).args(args).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.code() == Some(status) && said.contains(words), "{said}");
        assert!(said.starts_with("typeproof: "), "{said}");
    }
}

#[test]
fn it_listens_where_the_settings_say_that_links_lead() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap();
    let dir = site();
    let serve = |with: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_typeproof"));
        command.env("TYPEPROOF_HOME", dir.path().join("home")).current_dir(dir.path());
        command.args(["site", "serve"]).args(with).output().unwrap()
    };
    fs::create_dir(dir.path().join("home")).unwrap();
    let settings = format!("verify_url = \"http://{address}/#\"\n");
    fs::write(dir.path().join("home/settings.toml"), settings).unwrap();
    for with in [[].as_slice(), &["site"]] {
        let output = serve(with);
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.contains(&format!("{address} is in use")), "{said}");
        assert!(
            output.stdout.is_empty(),
            "nothing is said of a page that is not served: {:?}",
            output.stdout
        );
    }
    // It advises nothing that it does not take.
    let program = Program::start(&dir, &[]);
    assert!(program.before.contains("calls no badge valid: add issuers with `typeproof trust add`."));
    assert!(!program.before.contains("--issuer"));
}
