//! Exit codes.

/// Done.
pub const OK: u8 = 0;
/// Refused, or something failed.
pub const REFUSED: u8 = 1;
/// Wrong usage, nothing to look at, or no terminal.
pub const USAGE: u8 = 2;
/// A badge that is intact, but whose issuer is not trusted or is oneself.
pub const UNPROVEN: u8 = 3;
