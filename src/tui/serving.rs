//! The user's own verification page, served from within the program: by a thread of its own, so that waiting for keys
//! costs no more than before.

use crate::desk::Desk;
#[cfg(feature = "network")]
use crate::web::server::{Server, ServerLimits, local_address};
#[cfg(feature = "network")]
use crate::web::site;

/// The server, once it was asked for.
#[derive(Default)]
pub(super) struct Serving {
    #[cfg(feature = "network")]
    server: Option<Server>,
}

impl Serving {
    /// The address of the page, where it is served.
    #[cfg(feature = "network")]
    pub(super) fn address(&self) -> Option<String> {
        self.server.as_ref().map(|server| format!("http://{}/", server.address()))
    }

    #[cfg(not(feature = "network"))]
    pub(super) fn address(&self) -> Option<String> {
        None
    }

    /// Builds the page and serves it where the links of this machine look for it.
    #[cfg(feature = "network")]
    pub(super) fn start(&mut self, desk: &mut Desk) -> Result<(), String> {
        let (dir, _) = site::build_own(desk).map_err(|why| why.to_string())?;
        let server =
            Server::start(&dir, local_address(&desk.settings.verify_url), &[], ServerLimits::default());
        self.server = Some(server.map_err(|why| why.to_string())?);
        Ok(())
    }

    #[cfg(not(feature = "network"))]
    pub(super) fn start(&mut self, _desk: &mut Desk) -> Result<(), String> {
        Err("this program was built without its server (feature `network`)".to_owned())
    }
}
