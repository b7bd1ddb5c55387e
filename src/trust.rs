//! Issuers, their keys, and how far each is believed. Pure.
//!
//! A signature proves that a key signed; whether that key deserves belief is decided here, from a list of issuers
//! that ships with the program (`keys/`) and that the user extends. An issuer is one TOML file ([`Issuer`]) with
//! one key or several, each with a life of its own ([`KeyTerm`]); the list ([`TrustList`]) judges a key, the date of a
//! badge and the assurance it claims ([`Standing`]).

mod assurance;
mod file;
mod issuer;
mod keys;
mod list;
mod lookalike;
pub mod multikey;
mod name;
mod profile;

pub use assurance::Assurance;
pub use file::IssuerError;
pub use issuer::Issuer;
pub use keys::{KeyTerm, Keys, KeysError, Life, MAX_KEYS};
pub use list::{Added, EMBEDDED, Standing, TrustList, hint};
pub use lookalike::{LOOKALIKES, is_reserved, looks, looks_alike, skeletons, speaks_of_supervision};
pub use name::{
    Face, MAX_NAME_GRAPHEMES, NameError, checked_name, displayable, is_displayable, judged, looks_same, slug,
};
pub use profile::Profile;
