//! `typeproof exam open`: the room of an exam.

use std::io::Write;
use std::net::{IpAddr, SocketAddr, UdpSocket};
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;

use super::board::show;
use crate::cli::error::CliError;
use crate::cli::exit::OK;
use crate::cli::play::need_terminal;
use crate::cli::{passphrase, print};
use crate::desk::Desk;
use crate::room::lobby::Lobby;
use crate::room::opening::{Room, Wanted};
use crate::room::sheet::{self, Place};
use crate::room::ssh::{Door, HostKey, Limits, Server};
use crate::store::files::{Access, replace};

/// Open the room of an exam: candidates connect, and the board shows them
///
/// The first time, seat codes are made, and a sheet is written with them, the line to connect with and the host key's
/// fingerprint: as text, and as a page to print. Closed or killed, the room opens again where it was; tests that ran are
/// aborted then, with all that was typed.
#[derive(Debug, Args)]
#[command(after_long_help = crate::cli::help::EXAM_OPEN)]
pub(super) struct Open {
    /// The exam's file
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The address and port to listen at: 0.0.0.0:2222 lets candidates of the same network in
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:2222")]
    listen: SocketAddr,
    /// How candidates call this machine, where that is not the address of its network
    #[arg(long, value_name = "NAME")]
    host: Option<String>,
    /// The database that rooms share: postgres://USER@HOST/NAME
    #[arg(long, value_name = "ADDR")]
    database: Option<String>,
    /// The id of this room, where several share a database
    #[arg(long, value_name = "ID", default_value = "main")]
    room: String,
    /// Give every candidate a new code, and write new sheets
    #[arg(long)]
    new_codes: bool,
}

impl Open {
    pub(super) fn run(self, lessons: Option<PathBuf>, out: &mut dyn Write) -> Result<u8, CliError> {
        need_terminal()?;
        let mut desk = Desk::open(lessons)?;
        let (catalogue, exams) = (desk.catalogue(), desk.paths().exams_dir());
        let wanted = Wanted {
            file: &self.file,
            exams: &exams,
            database: self.database.as_deref(),
            room: &self.room,
            new_codes: self.new_codes,
            passphrase: &|| passphrase::ask("Passphrase of the bank: ").ok(),
        };
        let room = Room::open(&wanted, (*catalogue).clone())?;
        for notice in &room.notices {
            print::complain(&notice.to_string());
        }
        let key = HostKey::kept_in(&exams.join("host-key"))?;
        let door = Door::new(Arc::new(Lobby(Arc::clone(&room.hall))), &key, Limits::of(room.hall.exam()));
        let server = Server::start(door, self.listen)?;
        let place = self.place(server.address());
        let mut ways = vec![
            format!("Candidates type: {}", place.command()),
            format!("Fingerprint: {}", key.fingerprint()),
        ];
        if server.address().ip().is_loopback() {
            ways.push("Only this machine can connect: --listen 0.0.0.0:2222 lets others in.".to_owned());
        }
        if !room.codes.is_empty() {
            ways.push(format!("Codes: {}", print::path(&write_sheets(&room, &place, &key)?)));
        }
        show(&room.hall, ways)?;
        drop(server);
        let results = room.folder.join("results.csv");
        replace(&results, room.hall.results().as_bytes(), Access::Owner)?;
        writeln!(out, "The room is closed. Results: {}", print::path(&results))?;
        writeln!(out, "Journal: {} entries, digest {}", room.hall.head().seq, room.hall.head().hex())?;
        Ok(OK)
    }

    /// How candidates reach this machine.
    fn place(&self, address: SocketAddr) -> Place {
        let own = || {
            if address.ip().is_unspecified() { own_address().unwrap_or(address.ip()) } else { address.ip() }
        };
        let host = self.host.clone().unwrap_or_else(|| own().to_string());
        Place { host, port: address.port() }
    }
}

/// The address by which this machine is known in its network: the one from which it would speak to others. Nothing is sent.
fn own_address() -> Option<IpAddr> {
    let socket = UdpSocket::bind("0.0.0.0:0").ok()?;
    // An address that is for documents only.
    socket.connect("192.0.2.1:9").ok()?;
    socket.local_addr().ok().map(|address| address.ip())
}

/// Writes the codes that were made, for the proctor alone to read; gives the page to print.
fn write_sheets(room: &Room, place: &Place, key: &HostKey) -> Result<PathBuf, CliError> {
    let exam = room.hall.exam();
    let page = room.folder.join("codes.html");
    replace(
        &room.folder.join("codes.txt"),
        sheet::text(exam, place, key, &room.codes).as_bytes(),
        Access::Owner,
    )?;
    replace(&page, sheet::page(exam, place, key, &room.codes).as_bytes(), Access::Owner)?;
    Ok(page)
}
