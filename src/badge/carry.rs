//! How a badge travels: as a link, as a QR code, inside a picture, and in the texts that people share.
//!
//! [`digits`] and [`link`] make a web address of a token, [`symbol`] makes a matrix of that. [`bake`] puts a credential
//! into a picture and takes it out again. [`share`] has the links and texts for other sites.

pub mod bake;
pub mod digits;
pub mod link;
pub mod share;
pub mod symbol;
