//! A candidate at a seat: name, keys, warm-up, wait, test, and what the policy lets them see.

mod doing;
mod keys;
mod pages;
mod sitter;
mod stages;

pub use sitter::Sitter;
