//! The standards of verifiable credentials and nothing of ours: JSON-LD, canonical RDF, DIDs, Data Integrity proofs.
//!
//! In reading order: [`json`] reads a document once and strictly; [`context`] holds the JSON-LD contexts, pinned;
//! [`rdf`] turns a document into RDF only if nothing is lost; [`canon`] gives the canonical bytes; [`key`]
//! holds public keys of every kind, [`did`] finds them; [`proof`] signs and checks,
//! and [`jwt`] checks the other form of signature.

pub mod canon;
pub mod context;
pub mod did;
pub mod json;
pub mod jwt;
pub mod key;
pub mod proof;
pub mod rdf;
