//! One integration binary for everything that crosses rooms; a file here is a subject.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[cfg(feature = "terminal")]
mod app;
mod badge;
mod bake;
#[cfg(feature = "network")]
mod browser;
#[cfg(feature = "pictures")]
mod certificate;
#[cfg(feature = "terminal")]
mod cli;
mod desk;
mod did;
#[cfg(all(unix, feature = "terminal", feature = "network"))]
mod employer;
mod engine;
mod files;
mod floors;
mod history;
mod interop;
#[cfg(feature = "terminal")]
mod issuance;
mod json;
mod keys;
mod lessons;
mod log;
mod node;
mod page;
#[cfg(feature = "terminal")]
mod pages;
mod patch;
#[cfg(feature = "terminal")]
mod picture;
#[cfg(feature = "storage")]
mod pictures;
#[cfg(all(unix, feature = "terminal"))]
mod program;
mod proofs;
#[cfg(all(unix, feature = "terminal"))]
mod pty;
mod qr;
mod rdf;
mod safe;
mod score;
#[cfg(feature = "terminal")]
mod screens;
mod session;
mod settings;
mod share;
#[cfg(all(feature = "terminal", feature = "network"))]
mod site;
#[cfg(feature = "terminal")]
mod terminal;
mod text;
mod trust;
mod verify;
