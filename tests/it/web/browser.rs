//! The verification page in a real browser: it answers every vector as the program does, asks nobody anything, and can be
//! used by everybody.

mod manners;
mod vectors;

use std::path::PathBuf;

use tempfile::TempDir;
use typeproof::badge::verify::status::List;
use typeproof::lessons::catalogue::Catalogue;
use typeproof::trust::Issuer;
use typeproof::web::data::PageData;
use typeproof::web::page;
use typeproof::web::server::{Server, ServerLimits};

use crate::support::cast::NOW;
use crate::support::node;

/// What a page is made for: the texts of issuers that it trusts, DID documents, and lists of revoked badges.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Made {
    pub trusted: Vec<String>,
    pub documents: Vec<serde_json::Value>,
    pub statuses: Vec<List>,
}

impl Made {
    /// The whole page.
    fn html(&self) -> String {
        let issuers = self.trusted.iter().map(|toml| Issuer::parse("issuer", toml).unwrap());
        let data = PageData {
            catalogue: &Catalogue::embedded(),
            issuers: &issuers.collect::<Vec<_>>(),
            documents: &self.documents,
            statuses: &self.statuses,
            built: NOW.parse().unwrap(),
        };
        page::html(&data).unwrap()
    }
}

/// Pages in a folder of their own, and the program's server for it.
pub struct Site {
    dir: TempDir,
    server: Server,
}

impl Site {
    /// Page `n` of these is the file `n.html`; the first is the folder's own, too.
    pub fn new(pages: &[Made]) -> Self {
        let dir = TempDir::new().unwrap();
        for (n, made) in pages.iter().enumerate() {
            std::fs::write(dir.path().join(format!("{n}.html")), made.html()).unwrap();
        }
        for name in ["index.html", "404.html"] {
            std::fs::copy(dir.path().join("0.html"), dir.path().join(name)).unwrap();
        }
        let server =
            Server::start(dir.path(), "127.0.0.1:0".parse().unwrap(), &[], ServerLimits::default()).unwrap();
        Self { dir, server }
    }

    /// Where the server has that page.
    pub fn served(&self, n: usize) -> String {
        format!("http://{}/{n}.html", self.server.address())
    }

    /// Where the disk has it.
    pub fn file(&self, n: usize) -> String {
        format!("file://{}/{n}.html", self.dir.path().display())
    }
}

/// The browser, if it and all else that its tests need is there; otherwise what is missing is said.
pub fn browser() -> Option<PathBuf> {
    if node::ready() { node::chromium() } else { None }
}
