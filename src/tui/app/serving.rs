//! The user's own verification page, served from within the program: by a thread of its own, so that waiting for keys
//! costs no more than before.

use super::model::{App, Scene};
use crate::desk::Desk;
use crate::tui::screens::parts::style;
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
    fn address(&self) -> Option<String> {
        self.server.as_ref().map(|server| format!("http://{}/", server.address()))
    }

    #[cfg(not(feature = "network"))]
    fn address(&self) -> Option<String> {
        None
    }

    /// Builds the page and serves it where the links of this machine look for it.
    #[cfg(feature = "network")]
    fn start(&mut self, desk: &mut Desk) -> Result<(), String> {
        let (dir, _) = site::build_own(desk).map_err(|why| why.to_string())?;
        let server = Server::start(&dir, local_address(&desk.settings.verify_url), ServerLimits::default());
        self.server = Some(server.map_err(|why| why.to_string())?);
        Ok(())
    }

    #[cfg(not(feature = "network"))]
    fn start(&mut self, _desk: &mut Desk) -> Result<(), String> {
        Err("this program was built without its server (feature `network`)".to_owned())
    }
}

impl App {
    /// Serves the page until the program ends, and says where.
    pub(super) fn serve(&mut self) {
        let before = self.serving.address();
        if before.is_none()
            && let Err(why) = self.serving.start(&mut self.desk)
        {
            self.message = Some((why, style::bad()));
            return;
        }
        let at = self.serving.address().unwrap_or_default();
        let text = match before {
            Some(_) => format!("The verification page is served already, at {at} until the program ends."),
            None => format!("The verification page is served at {at} until the program ends."),
        };
        self.message = Some((text, style::accent()));
        self.tell_where_served();
    }

    /// Tells the screen that has the keyboard where the page is served, if it is.
    pub(super) fn tell_where_served(&mut self) {
        if let (Some(at), Scene::Page(page)) = (self.serving.address(), &mut self.scene) {
            page.served(&at);
        }
    }
}
