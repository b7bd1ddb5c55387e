//! One integration binary for everything that crosses rooms; a file here is a subject.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[cfg(feature = "terminal")]
mod app;
mod badge;
mod did;
mod files;
mod floors;
mod history;
mod json;
mod keys;
mod lessons;
#[cfg(feature = "terminal")]
mod pages;
mod patch;
#[cfg(feature = "terminal")]
mod picture;
mod proofs;
mod qr;
mod safe;
mod score;
#[cfg(feature = "terminal")]
mod screens;
mod settings;
#[cfg(feature = "terminal")]
mod terminal;
mod text;
mod trust;
