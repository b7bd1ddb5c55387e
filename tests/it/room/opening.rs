//! A room made of files: codes and sheets, opening it again, and two rooms that share a roster.

use std::fs;
use std::sync::Arc;

use russh::client::{self, KeyboardInteractiveAuthResponse as Answer};
use tempfile::TempDir;
use tokio::io::duplex;
use typeproof::exam::{Definition, State};
use typeproof::lessons::catalogue::Catalogue;
use typeproof::room::lobby::Lobby;
use typeproof::room::opening::{OpeningError, Room, Wanted};
use typeproof::room::sheet::{self, Place};
use typeproof::room::ssh::{Door, HostKey};

use super::exams::definition;
use super::guests::{Guest, HERE, Trusting, answer, ask, asked, quick, run};

fn folder(exam: &Definition) -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("exam.toml"), exam.to_toml()).unwrap();
    fs::write(
        folder.path().join("roster.csv"),
        "\u{feff}number;name\r\n17;Ada Lovelace\r\n18;\"Hopper, Grace\"\r\n",
    )
    .unwrap();
    folder
}

fn open(folder: &TempDir, room: &str, new_codes: bool) -> Result<Room, OpeningError> {
    let (file, exams) = (folder.path().join("exam.toml"), folder.path().join("exams"));
    let passphrase = || None;
    let wanted =
        Wanted { file: &file, exams: &exams, database: None, room, new_codes, passphrase: &passphrase };
    Room::open(&wanted, Catalogue::embedded())
}

fn exam() -> Definition {
    Definition { accommodations: Vec::new(), ..definition() }
}

async fn knock(room: &Room, number: &str, code: &str) -> (client::Handle<Trusting>, Option<String>) {
    let door = Door::new(Arc::new(Lobby(Arc::clone(&room.hall))), &HostKey::of(&[9; 32]), quick());
    let (near, far) = duplex(64 * 1024);
    tokio::spawn(async move { door.serve(far, HERE).await });
    let mut handle = client::connect_stream(Arc::default(), near, Trusting).await.unwrap();
    ask(&mut handle, "exam").await.unwrap();
    match answer(&mut handle, [number, code]).await {
        Answer::Success => (handle, None),
        other => (handle, asked(other).map(|(said, _)| said)),
    }
}

#[test]
fn codes_are_made_once_and_stand_on_the_sheets() {
    let folder = folder(&exam());
    let room = open(&folder, "main", false).unwrap();
    let (place, key) = (Place { host: "10.0.0.5".to_owned(), port: 2222 }, HostKey::of(&[1; 32]));
    let text = sheet::text(room.hall.exam(), &place, &key, &room.codes);
    let page = sheet::page(room.hall.exam(), &place, &key, &room.codes);
    for said in [&text, &page] {
        for wanted in
            ["ssh -p 2222 exam@10.0.0.5", &key.fingerprint(), "Hopper, Grace", &room.codes[0].1.to_string()]
        {
            assert!(said.contains(wanted), "{wanted} in {said}");
        }
    }
    assert!(page.contains("<svg"), "a code to scan");
    drop(room);
    let again = open(&folder, "main", false).unwrap();
    assert!(again.codes.is_empty(), "the old ones hold");
    drop(again);
    assert_eq!(open(&folder, "main", true).unwrap().codes.len(), 2);
}

#[test]
fn a_changed_roster_and_bad_files_are_refused() {
    let folder = folder(&exam());
    drop(open(&folder, "main", false).unwrap());
    fs::write(folder.path().join("roster.csv"), "number;name\n17;Somebody Else\n").unwrap();
    let why = open(&folder, "main", false).unwrap_err().to_string();
    assert!(why.contains("is kept already"), "{why}");
    fs::remove_file(folder.path().join("roster.csv")).unwrap();
    assert!(open(&folder, "main", false).unwrap_err().to_string().contains("roster.csv"));
    fs::write(folder.path().join("exam.toml"), "title = 3").unwrap();
    assert!(open(&folder, "main", false).unwrap_err().to_string().contains("exam.toml"));
}

#[test]
fn two_rooms_never_give_one_candidate_two_seats() {
    run(async {
        let folder = folder(&exam());
        let (main, east) = (open(&folder, "main", false).unwrap(), open(&folder, "east", false).unwrap());
        let code = main.codes[0].1.to_string();
        let (handle, refused) = knock(&main, "17", &code).await;
        assert_eq!(refused, None);
        let mut guest = Guest::at(handle).await;
        guest.until("Is that you?").await;
        let (_, refused) = knock(&east, "17", &code).await;
        assert!(refused.unwrap().contains("signed in on another machine"));
        // Once the first has left, the other room may have the candidate.
        guest.type_text("n").await;
        guest.end().await;
        let mut let_in = false;
        while !let_in {
            let_in = knock(&east, "17", &code).await.1.is_none();
        }
        // A new code that one room gives holds in the other.
        let new = main.hall.rebind("18", "the sheet was lost").unwrap().to_string();
        while knock(&east, "18", &new).await.1.is_some() {}
        let before = main.codes[1].1.to_string();
        assert!(knock(&main, "18", &before).await.1.is_some());
        assert_eq!(main.hall.seat("17", |seat| seat.state()), Some(State::Registered));
    });
}
