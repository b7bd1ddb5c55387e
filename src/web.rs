//! The verification page, the site that holds it beside hosted badges, and a server for those who have no host.
//!
//! The page is one HTML file without a framework: `page/` holds its sources, which are joined and hashed here. It
//! rebuilds a badge from the same template, levels and contexts as the program, and asks nobody anything.

pub mod data;
pub mod hosted;
pub mod page;
#[cfg(feature = "network")]
pub mod server;
pub mod site;
