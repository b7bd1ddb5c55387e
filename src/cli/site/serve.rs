//! `typeproof site serve`: a folder with the page, served until the program is told to stop.

use std::io::Write;
use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Args;

use super::super::{CliError, OK, print};
use super::trusts;
use crate::desk::Desk;
use crate::web::server::{DEFAULT_ADDRESS, Server};
use crate::web::site;

/// Serve the page from this machine, until Ctrl-C
///
/// Without a folder the page is built from your own settings and trusted issuers, and no badge is hosted. It speaks plain
/// http: for others put a proxy with https before it, or any web host in its place. Requests are not logged.
#[derive(Debug, Args)]
pub(super) struct Serve {
    /// A folder that `typeproof site build` made
    dir: Option<PathBuf>,
    /// The address and port to listen at
    #[arg(long, value_name = "ADDR", default_value_t = DEFAULT_ADDRESS, value_parser = listen)]
    listen: SocketAddr,
}

fn listen(text: &str) -> Result<SocketAddr, String> {
    text.parse().map_err(|_| format!("expected an address and a port like {DEFAULT_ADDRESS}"))
}

impl Serve {
    pub(super) fn run(self, desk: &mut Desk, out: &mut dyn Write) -> Result<u8, CliError> {
        let dir = match self.dir {
            Some(dir) => dir,
            None => {
                let (dir, trust) = site::build_own(desk)?;
                trusts(out, &trust)?;
                dir
            }
        };
        let server = Server::start(&dir, self.listen)?;
        let stop = server.stop_signal()?;
        if !server.address().ip().is_loopback() {
            print::complain(
                "this is plain http, and others can reach it: put a proxy with https before it for more than a try",
            );
        }
        writeln!(out, "Serving {} at http://{}/ until Ctrl-C.", dir.display(), server.address())?;
        out.flush()?;
        stop.wait();
        server.stop();
        Ok(OK)
    }
}
