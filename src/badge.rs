//! From a passed level to a signed Open Badge, and from a badge to a verdict. Pure.
//!
//! The standards' layer, in reading order: [`json`] reads a document once and strictly; [`context`] holds the JSON-LD
//! contexts, pinned; [`safe`] turns a document into RDF only if nothing is lost; [`canon`] gives the canonical bytes;
//! [`multikey`] and [`did`] give the keys; [`proof`] signs and checks.

pub mod canon;
pub mod context;
pub mod did;
pub mod json;
pub mod multikey;
pub mod proof;
pub mod safe;
