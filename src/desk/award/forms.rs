//! The forms of a badge that was issued: its credential, its pictures, and its longest link.

use serde_json::Value;

use crate::badge::carry::symbol::Symbol;
use crate::badge::carry::{bake, digits, link};
use crate::badge::credential;
use crate::badge::draw::picture;
use crate::desk::DeskError;
use crate::store::history::BadgeRow;

/// The credential of a row.
pub(in crate::desk) fn credential_of(row: &BadgeRow) -> Result<Value, DeskError> {
    serde_json::from_str(&row.credential).map_err(|e| DeskError::Damaged(row.id.clone(), e.to_string()))
}

/// The badge as PNG and SVG, the credential in both of them, with the link that has the most room for itself.
///
/// # Errors
/// When the row's credential is damaged, or the pictures cannot be made.
pub fn pictures(row: &BadgeRow) -> Result<(Vec<u8>, String), DeskError> {
    let credential = credential_of(row)?;
    let svg = picture::svg(&credential, &full_link(row))?;
    let png = picture::rendered(&svg)?;
    Ok((bake::png(&png, &credential)?, bake::svg(&svg, &credential)?))
}

/// The link of a badge for where there is room: with both signatures, so that the badge's file can be rebuilt from it
/// byte for byte; the short one, as in [`BadgeRow::token`], where no QR code of a version up to
/// [`MAX_VERSION`](crate::badge::carry::symbol::MAX_VERSION) would hold that.
pub fn full_link(row: &BadgeRow) -> String {
    let full = || {
        let (base, digits) = match row.token.split_once('#') {
            Some((base, digits)) => (Some(base), digits),
            None => (None, row.token.as_str()),
        };
        let credential = serde_json::from_str(&row.credential).ok()?;
        let token = credential::full_token(&digits::decode(digits).ok()?, &credential)?;
        let full = base.map_or_else(|| digits::encode(&token), |base| link::url(base, &token));
        Some(full).filter(|url| Symbol::new(url).is_ok())
    };
    full().unwrap_or_else(|| row.token.clone())
}
