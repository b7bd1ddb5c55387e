//! One integration binary for everything that crosses rooms; a file here is a subject.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod did;
mod json;
mod patch;
mod proofs;
mod qr;
mod safe;
#[cfg(feature = "storage")]
mod files;
#[cfg(feature = "storage")]
mod history;
#[cfg(feature = "storage")]
mod keys;
#[cfg(feature = "storage")]
mod settings;
mod trust;
