//! From a passed level to a signed Open Badge, and from a badge to a verdict. Pure.
//!
//! The standards' layer, in reading order: [`json`] reads a document once and strictly; [`context`] holds the JSON-LD
//! contexts, pinned; [`safe`] turns a document into RDF only if nothing is lost; [`canon`] gives the canonical bytes;
//! [`did`] gives the keys; [`proof`] signs and checks.
//!
//! The badge: [`claim`] is what is asserted, about a [`holder`], and [`issuance`] who signs it and how; [`template`] is the one expansion; [`credential`]
//! issues and rebuilds; [`token`] is what rebuilding needs. The verdict: [`form`] is the one way to write a badge that is
//! read, [`facts`] what it says; [`identity`] says whose it is, [`evidence`] replays its log, [`status`] looks into lists
//! of revoked badges, [`verify`] gives the five answers of a [`verdict`].
//!
//! Files that travel: [`bake`] puts a credential into a picture and takes it out again; `picture` draws the badge, and
//! `certificate` a page to print (feature `pictures`). What people read: [`words`] are its sentences, [`share`] the links
//! and texts.
//!
//! The QR: [`digits`] and [`link`] make a web address of a token, [`symbol`] a matrix of that, [`drawing`] a picture.

pub mod bake;
pub mod canon;
#[cfg(feature = "pictures")]
pub mod certificate;
pub mod claim;
pub mod context;
pub mod credential;
pub mod did;
pub mod digits;
pub mod drawing;
pub mod evidence;
pub mod facts;
#[cfg(feature = "pictures")]
pub mod fonts;
pub mod form;
pub mod holder;
pub mod identity;
pub mod issuance;
pub mod json;
pub mod link;
#[cfg(feature = "pictures")]
pub mod picture;
pub mod proof;
pub mod safe;
pub mod share;
pub mod status;
pub mod symbol;
pub mod template;
pub mod token;
pub mod verdict;
pub mod verify;
pub mod words;
