//! How a badge looks: in a terminal, as a picture, as a page to print, and in words.
//!
//! [`drawing`] draws a QR code; `picture` draws the badge and `certificate` a page to print, both with `fonts` (feature
//! `pictures`); [`words`] are the sentences for people.

#[cfg(feature = "pictures")]
pub mod certificate;
pub mod drawing;
#[cfg(feature = "pictures")]
pub mod fonts;
#[cfg(feature = "pictures")]
pub mod picture;
pub mod words;
