//! How many candidates a room carries: real connections on loopback, each typing at 60 words a minute, and how long each key
//! takes to come back.
//!
//! `cargo run --release --example room -- 30 100 300 500` prints a row for each count. It ends by itself: every row takes as
//! long as logging in takes, and twenty seconds. Memory and CPU are of the whole program, the clients included; a first row
//! without candidates says what the program takes by itself.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, missing_docs)]

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use russh::ChannelMsg;
use russh::client::{self, KeyboardInteractiveAuthResponse};
use russh::keys::PublicKeyOrCertificate;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};
use typeproof::exam::passages::Bank;
use typeproof::exam::{Candidate, SeatCode, State};
use typeproof::lessons::catalogue::Catalogue;
use typeproof::room::hall::{Hall, Opening};
use typeproof::room::lobby::Lobby;
use typeproof::room::rehearsal::{exam, ledger};
use typeproof::room::ssh::{Door, HostKey, Limits, Server};
use typeproof::room::texts::Shelf;

/// 60 words of five characters a minute.
const GAP: Duration = Duration::from_millis(200);
const TYPED_FOR: Duration = Duration::from_secs(20);
const MOST: usize = 1_000;

/// Run in a process of its own, so that its memory and time are the server's alone.
const SERVE: &str = "--serve";

fn code(n: usize) -> SeatCode {
    SeatCode::of([1, 2, 3, (n >> 8) as u8, n as u8])
}

/// What `/proc` says of a process: resident memory in KiB, and ticks of CPU.
fn taken(pid: u32) -> (u64, u64) {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let rss = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))
        .and_then(|line| line.split_whitespace().next());
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|field| field.parse::<u64>().ok()).unwrap_or_default();
    (rss.and_then(|kib| kib.parse().ok()).unwrap_or_default(), ticks(11) + ticks(12))
}

/// The server: an exam with so many candidates, whose tests begin when all are ready.
fn serve(count: usize) {
    let mut exam = exam();
    exam.warm_up_s = 0;
    let candidate = |n: usize| Candidate {
        number: n.to_string(),
        name: format!("Candidate {n}"),
        email: None,
        more: Vec::new(),
    };
    let roster: Vec<Candidate> = (0..count).map(candidate).collect();
    let codes: BTreeMap<_, _> = (0..count).map(|n| (n.to_string(), code(n).digest([0; 16]))).collect();
    let (folder, catalogue) = (tempfile::tempdir().unwrap(), Catalogue::embedded());
    let bank = Bank::shipped(&[], exam.language, &catalogue);
    let hall = Hall::open(Opening {
        ledger: ledger(folder.path(), &exam, &roster).unwrap(),
        texts: Box::new(Shelf::new(exam.clone(), bank, catalogue, BTreeMap::new())),
        room: exam.id.clone(),
        mirror: None,
        exam,
        roster,
        codes,
    });
    let limits = Limits { waiting: MOST, address_burst: 10_000, ..Limits::default() };
    let door = Door::new(Arc::new(Lobby(Arc::clone(&hall))), &HostKey::of(&[1; 32]), limits);
    let server = Server::start(door, SocketAddr::from(([127, 0, 0, 1], 0))).unwrap();
    println!("{}", server.address().port());
    loop {
        std::thread::sleep(Duration::from_millis(100));
        let all = |wanted: State| {
            (0..count)
                .filter(|n| hall.seat(&n.to_string(), |seat| seat.state() == wanted) == Some(true))
                .count()
        };
        if all(State::Ready) == count {
            hall.go();
        }
    }
}

struct AnyKey;

impl client::Handler for AnyKey {
    type Error = russh::Error;
    async fn check_server_key(&mut self, _: &PublicKeyOrCertificate) -> Result<bool, Self::Error> {
        Ok(true)
    }
}

/// One candidate: microseconds from each key to the first bytes that came back.
async fn candidate(n: usize, address: SocketAddr, ready: Arc<AtomicUsize>) -> Option<(Vec<u64>, usize)> {
    sleep(Duration::from_millis(n as u64 * 8)).await;
    let mut handle = client::connect(Arc::default(), address, AnyKey).await.ok()?;
    handle.authenticate_keyboard_interactive_start("exam", None).await.ok()?;
    let answers = vec![n.to_string(), code(n).to_string()];
    let said = handle.authenticate_keyboard_interactive_respond(answers).await.ok()?;
    matches!(said, KeyboardInteractiveAuthResponse::Success).then_some(())?;
    let mut channel = handle.channel_open_session().await.ok()?;
    channel.request_pty(true, "xterm-256color", 80, 24, 0, 0, &[]).await.ok()?;
    channel.request_shell(true).await.ok()?;
    for text in ["\r", "The quick brown fox jumps over the lazy dog.", "\r"] {
        quiet(&mut channel).await;
        channel.data(text.as_bytes()).await.ok()?;
    }
    // The text is drawn when the test begins: then there are many bytes at once.
    let mut drawn = 0;
    ready.fetch_add(1, Ordering::Relaxed);
    while drawn < 2 {
        if let Some(ChannelMsg::Data { data }) = channel.wait().await {
            drawn += usize::from(data.len() > 150);
        }
    }
    quiet(&mut channel).await;
    let (mut taken, mut lost) = (Vec::new(), 0);
    let end = Instant::now() + TYPED_FOR;
    while Instant::now() < end {
        sleep(GAP).await;
        let sent = Instant::now();
        // A letter, and taken back: each changes what is shown.
        let key = if taken.len().is_multiple_of(2) { &b"e"[..] } else { &b"\x7f"[..] };
        channel.data(key).await.ok()?;
        let echo = async {
            loop {
                match channel.wait().await {
                    Some(ChannelMsg::Data { .. }) | None => return,
                    Some(_) => {}
                }
            }
        };
        match timeout(Duration::from_secs(5), echo).await {
            Ok(()) => taken.push(sent.elapsed().as_micros() as u64),
            Err(_) => lost += 1,
        }
    }
    Some((taken, lost))
}

async fn quiet(channel: &mut russh::Channel<client::Msg>) {
    while timeout(Duration::from_millis(150), channel.wait()).await.is_ok() {}
}

fn measure(count: usize) {
    let mut server = Command::new(std::env::current_exe().unwrap())
        .args([SERVE, &count.to_string()])
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    std::io::BufRead::read_line(&mut std::io::BufReader::new(server.stdout.take().unwrap()), &mut line)
        .unwrap();
    let address = SocketAddr::from(([127, 0, 0, 1], line.trim().parse().unwrap()));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let ready = Arc::new(AtomicUsize::new(0));
    let (mut all, mut lost, mut gone) = (Vec::new(), 0, 0);
    let mut used = (0, 0);
    let begun = Instant::now();
    runtime.block_on(async {
        let mut candidates = JoinSet::new();
        for n in 0..count {
            candidates.spawn(candidate(n, address, Arc::clone(&ready)));
        }
        let pid = server.id();
        while ready.load(Ordering::Relaxed) < count && begun.elapsed() < Duration::from_secs(120) {
            sleep(Duration::from_millis(50)).await;
        }
        sleep(Duration::from_secs(3)).await;
        let (_, before) = taken(pid);
        sleep(Duration::from_secs(15)).await;
        let (rss, after) = taken(pid);
        used = (rss, after - before);
        while let Some(done) = candidates.join_next().await {
            match done.ok().flatten() {
                Some((taken, missed)) => {
                    all.extend(taken);
                    lost += missed;
                }
                None => gone += 1,
            }
        }
    });
    let _ = server.kill();
    let _ = server.wait();
    all.sort_unstable();
    let at = |share: usize| all.get(all.len() * share / 1000).map_or(0.0, |us| *us as f64 / 1000.0);
    // A hundred ticks a second, over fifteen seconds.
    let (rss, ticks) = used;
    println!(
        "{count:>5} | {:>6} keys | p50 {:>7.2} ms | p99 {:>7.2} ms | {:>6.1} MiB, {:>5.0} KiB a seat | CPU {:>5.1} % of a core | lost {lost}, gone {gone}",
        all.len(),
        at(500),
        at(990),
        rss as f64 / 1024.0,
        if count > 0 { rss as f64 / count as f64 } else { 0.0 },
        ticks as f64 / 15.0,
    );
}

fn main() {
    let given: Vec<String> = std::env::args().skip(1).collect();
    if let [serving, count] = &given[..]
        && serving == SERVE
    {
        return serve(count.parse().unwrap());
    }
    let counts: Vec<usize> =
        given.iter().filter_map(|count| count.parse().ok()).filter(|count| *count <= MOST).collect();
    for count in if counts.is_empty() { vec![30] } else { counts } {
        measure(count);
    }
}
