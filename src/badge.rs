//! From a passed level to a signed Open Badge, and from a badge to a verdict. Pure.
//!
//! What issues, in reading order: [`claim`] is what is asserted, about a [`holder`], with its [`figures`]; [`issuance`] says who signs it, for whom
//! and under which supervision; [`template`] is the one expansion, filled with the [`texts`] of what was achieved and with
//! what a claim gives for its [`holes`], among them the [`uris`] of digests; [`credential`] issues and rebuilds; [`token`] is what rebuilding needs. Where something is refused, [`reasons`] has the code and the words.
//!
//! Four inner rooms. [`vc`] is the standards and nothing of ours. [`verify`] gives a badge its five answers. [`carry`]
//! takes badges from place to place: codes, links, pictures with a badge inside. [`draw`] shows them to people.

pub mod carry;
pub mod claim;
pub mod credential;
pub mod draw;
pub mod figures;
pub mod holder;
pub mod holes;
pub mod issuance;
pub mod reasons;
pub mod template;
pub mod texts;
pub mod token;
pub mod uris;
pub mod vc;
pub mod verify;
