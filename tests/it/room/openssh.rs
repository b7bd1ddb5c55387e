//! Candidates with the real OpenSSH client, each in a terminal of its own.

use std::net::SocketAddr;
use std::sync::Arc;

use portable_pty::CommandBuilder;
use rustix::process::Signal;
use typeproof::exam::State;
use typeproof::room::lobby::Lobby;
use typeproof::room::ssh::{Door, HostKey, Limits, Server};

use super::exams::{Room, TEXT, code, definition, open};
use crate::support::pty::Outside;

/// Whether there is a client; says so where there is none.
fn has_ssh() -> bool {
    let found = std::process::Command::new("ssh").arg("-V").output().is_ok();
    if !found {
        println!("SKIPPED: no candidate connects with OpenSSH, since the ssh command is not installed");
    }
    found
}

fn serve(room: &Room) -> Server {
    let door = Door::new(Arc::new(Lobby(Arc::clone(&room.hall))), &HostKey::of(&[5; 32]), Limits::default());
    Server::start(door, SocketAddr::from(([127, 0, 0, 1], 0))).unwrap()
}

fn ssh(server: &Server, more: &[&str]) -> CommandBuilder {
    let mut command = CommandBuilder::new("ssh");
    command.args(["-p", &server.address().port().to_string(), "-F", "/dev/null", "-a", "-x"]);
    for option in ["StrictHostKeyChecking=no", "UserKnownHostsFile=/dev/null", "IdentityFile=none"] {
        command.args(["-o", option]);
    }
    command.args(more);
    command.arg("exam@127.0.0.1");
    command.env("TERM", "xterm-256color");
    command
}

fn connect(server: &Server) -> Outside {
    Outside::start(ssh(server, &[]), (24, 80))
}

fn log_in(candidate: &mut Outside, number: usize, code: &str) {
    candidate.until("Candidate number:");
    candidate.send(format!("{number}\r"));
    candidate.until("Seat code:");
    candidate.send(format!("{code}\r"));
}

fn prepare(candidate: &mut Outside) {
    candidate.until("Is that you?");
    candidate.send("\r");
    candidate.until("Try your keyboard");
    candidate.send("The quick brown fox jumps over the lazy dog.");
    candidate.until("All letters came.");
    candidate.send("\r");
    candidate.until("You are ready.");
}

fn state(room: &Room, number: &str) -> Option<(State, bool)> {
    room.hall.seat(number, |seat| (seat.state(), seat.live().is_some()))
}

/// Looks until it holds: the server runs on a thread of its own.
fn until(holds: impl Fn() -> bool) {
    let end = std::time::Instant::now() + std::time::Duration::from_secs(30);
    while !holds() {
        assert!(std::time::Instant::now() < end, "in time");
        std::thread::yield_now();
    }
}

#[test]
fn three_candidates_one_mistypes_the_code_one_is_cut_off_one_is_made_void() {
    if !has_ssh() {
        return;
    }
    let room = open(definition(), 3);
    let server = serve(&room);
    let mut candidates = [connect(&server), connect(&server), connect(&server)];
    let [ada, grace, zoe] = &mut candidates;
    for candidate in [&mut *ada, &mut *grace, &mut *zoe] {
        candidate.until("supervised by Petra Proctor");
    }
    log_in(ada, 1, "AAAA-AAAA");
    ada.until("Tries left: 4");
    log_in(grace, 2, &code(1).to_string());
    log_in(zoe, 3, &code(2).to_string().to_lowercase());
    // The screen still has the first questions.
    ada.send("1\r");
    ada.wait_for("the second question", |ada| ada.count("Seat code:") == 2);
    ada.send(format!("{}\r", code(0)));
    for candidate in [&mut *ada, &mut *grace, &mut *zoe] {
        prepare(candidate);
    }
    assert!(room.hall.seat("1", |seat| seat.preflight().unwrap().columns == 80).unwrap());
    assert_eq!(room.hall.go(), 3);
    for candidate in [&mut *ada, &mut *grace, &mut *zoe] {
        candidate.until(TEXT);
    }
    ada.send("Two ca");
    grace.send("Two bats");
    zoe.send("Two cots sat.");
    until(|| room.notebook.keys("1") == 6 && room.notebook.keys("2") == 8 && room.notebook.keys("3") == 13);
    grace.signal(Signal::KILL);
    until(|| state(&room, "2") == Some((State::Aborted, false)));
    room.hall.void("3", "used a telephone").unwrap();
    zoe.until("does not count");
    ada.send(&TEXT[6..]);
    ada.until("its result is kept");
    let results: Vec<_> = ["1", "2", "3"].into_iter().map(|number| state(&room, number).unwrap().0).collect();
    assert_eq!(results, [State::Finished, State::Aborted, State::Void]);
    let typed = room.hall.seat("1", |seat| seat.runs()[0].outcome.clone().unwrap().score.unwrap()).unwrap();
    assert_eq!(typed.accuracy_bp, 10_000);
    until(|| room.notebook.logs().len() == 3);
    drop(server);
    zoe.end();
}

#[test]
fn whoever_leaves_finds_the_terminal_as_it_was() {
    if !has_ssh() {
        return;
    }
    let room = open(definition(), 1);
    let server = serve(&room);
    let mut candidate = connect(&server);
    log_in(&mut candidate, 1, &code(0).to_string());
    candidate.until("Is that you?");
    candidate.resize(30, 100);
    candidate.send("n");
    candidate.until("Tell the proctor that the name was not yours");
    let status = candidate.end();
    assert!(status.success(), "{status:?}");
    candidate.assert_restored("leaving");
    until(|| state(&room, "1") == Some((State::Registered, false)));
}

#[test]
fn commands_files_and_forwarding_are_refused() {
    if !has_ssh() {
        return;
    }
    let room = open(definition(), 1);
    let server = serve(&room);
    let mut forwarding = Outside::start(
        ssh(&server, &["-o", "ExitOnForwardFailure=yes", "-R", "8099:localhost:80"]),
        (24, 80),
    );
    log_in(&mut forwarding, 1, &code(0).to_string());
    assert!(!forwarding.end().success());
    let mut command = ssh(&server, &[]);
    command.arg("cat /etc/passwd");
    let mut command = Outside::start(command, (24, 80));
    log_in(&mut command, 1, &code(0).to_string());
    let status = command.end();
    assert!(!status.success() && !command.contents().contains("root:"));
}
