//! One integration binary for everything that crosses rooms; a file here is a subject.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod qr;
mod score;
