//! A signature that was found good, whatever it was made with.

use chrono::{DateTime, Utc};

use crate::badge::vc::key::PublicKey;

/// A good signature: how it was made, when, and with which key.
pub(super) struct Signed {
    /// The suite or algorithm.
    pub(super) how: String,
    /// When it was made, as it says itself.
    pub(super) created: Option<DateTime<Utc>>,
    /// When it ceases to hold.
    pub(super) expires: Option<DateTime<Utc>>,
    /// The key.
    pub(super) key: PublicKey,
}
