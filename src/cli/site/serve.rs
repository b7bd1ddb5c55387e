//! `typeproof site serve`: a folder with the page, served until the program is stopped.

use std::io::Write;
use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Args;

use super::believed::trusts;
use crate::cli::error::CliError;
use crate::cli::exit::OK;
use crate::cli::print;
use crate::desk::Desk;
use crate::web::server::{DEFAULT_ADDRESS, Server, ServerLimits, checked_name, local_address};
use crate::web::site;

/// Serve the page from this machine, until Ctrl-C
///
/// Without a folder the page is built from your own settings and trusted issuers, and no badge is hosted. It speaks plain
/// http: for others put a proxy with https before it, or any web host in its place. It answers only to its own names, so a
/// proxy that passes on the name it was asked for needs --host. Requests are not logged.
#[derive(Debug, Args)]
#[command(after_long_help = crate::cli::help::SITE_SERVE)]
pub(super) struct Serve {
    /// A folder that `typeproof site build` made
    dir: Option<PathBuf>,
    /// The address and port to listen at; where it is not given, those of `verify_url` in the settings if they are this
    /// machine's, else 127.0.0.1:8520
    #[arg(long, value_name = "ADDR", value_parser = listen)]
    listen: Option<SocketAddr>,
    /// A name under which it answers besides localhost, 127.0.0.1, [::1] and the address it listens at, such as that of a
    /// proxy before it; may be given several times
    #[arg(long = "host", value_name = "NAME", value_parser = checked_name)]
    names: Vec<String>,
}

fn listen(text: &str) -> Result<SocketAddr, String> {
    text.parse().map_err(|_| format!("expected an address and a port like {DEFAULT_ADDRESS}"))
}

impl Serve {
    pub(super) fn run(self, desk: &mut Desk, out: &mut dyn Write) -> Result<u8, CliError> {
        let (dir, own) = match self.dir {
            Some(dir) if !dir.is_dir() => {
                return Err(CliError::usage(format!(
                    "no such folder: {}; `typeproof site build` makes one",
                    dir.display()
                )));
            }
            Some(dir) => (dir, None),
            None => site::build_own(desk).map(|(dir, trust)| (dir, Some(trust)))?,
        };
        let address = self.listen.unwrap_or_else(|| local_address(&desk.settings.verify_url));
        let server = Server::start(&dir, address, &self.names, ServerLimits::default())?;
        let stop = server.stop_signal()?;
        if !server.address().ip().is_loopback() {
            print::complain(
                "this is plain http, and others can reach it: put a proxy with https before it for more than a try",
            );
        }
        if let Some(trust) = own {
            trusts(out, &trust, "add issuers with `typeproof trust add`")?;
        }
        writeln!(out, "Serving {} at http://{}/ until Ctrl-C.", print::path(&dir), server.address())?;
        out.flush()?;
        stop.wait();
        server.stop();
        Ok(OK)
    }
}
