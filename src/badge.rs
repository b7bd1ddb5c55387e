//! From a passed level to a signed Open Badge, and from a badge to a verdict. Pure.

pub mod multikey;
