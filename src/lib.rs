//! typeproof: a terminal typing trainer whose badges can be believed.
//!
//! The keystroke log is the ground truth. Score, result screen, badge and replay are derived from it by one code
//! path, so everyone who holds the log gets the same numbers; and what is signed says how the test was supervised.
//!
//! # The house
//!
//! One library and a thin binary. Each room belongs to a floor, and imports only go down; a test reads the sources
//! and holds that.
//!
//! | floor | room | subject |
//! |---|---|---|
//! | ground | [`typing`] | keys, text, the session, its log, the score |
//! | 1 | [`lessons`] | levels, pathways, passages, rule files; what a level asks and who passed it |
//! | 1 | [`coach`] | what a learner's keystrokes say about every key and pair of keys, and what to practise next |
//! | 1 | [`trust`] | issuers, their keys and how far each is believed |
//! | 1 | [`badge`] | claim, template, credential, proofs, token, QR, verification, revocation lists; why a badge is refused, in codes and words ([`badge::reasons`]); pictures, certificate, sharing |
//! | 2 | `system` | the one clock, the one die |
//! | 2 | `store` | paths, settings, badge files, trusted issuers, own lessons; the history: a trait in `store::history`, its one backend in `store::sqlite` |
//! | 2 | `keyring` | secret keys on disk, by id |
//! | 2 | `sitting` | one running test: its task, session and clock; tells what it accepted |
//! | 2 | `desk` | exercises, attempts, awards: what screens and command line both do |
//! | 3 | `web` | the verification page, the site around it, its server |
//! | 3 | `tui` | the screens: model, update, view, and the terminal's edge |
//! | 3 | `cli` | command line to plain commands |
//!
//! Read in that order. Ground and floor 1 are pure: no file, socket, environment, clock, randomness, terminal or log
//! output; time, seeds and keys come in as arguments. They build alone with `--no-default-features`.
//!
//! # Absent on purpose
//!
//! - No floating point in anything that is signed or compared: whole numbers with the unit in the name.
//! - No fetching: JSON-LD contexts are bundled and pinned, and no verification asks anybody anything, neither here nor
//!   in the page. The one socket is that of the site's server.
//! - No second scoring path: the live figures, the result, the badge and the replay ask [`typing::score`].
//! - No believing by signature alone: only [`badge::verify`] makes a verdict, and it has five separate answers.

pub mod badge;
pub mod coach;
pub mod lessons;
pub mod trust;
pub mod typing;

#[cfg(feature = "terminal")]
pub mod cli;
#[cfg(feature = "storage")]
pub mod desk;
#[cfg(feature = "storage")]
pub mod keyring;
#[cfg(feature = "storage")]
pub mod sitting;
#[cfg(feature = "storage")]
pub mod store;
#[cfg(feature = "storage")]
pub mod system;
#[cfg(feature = "terminal")]
pub mod tui;
#[cfg(feature = "storage")]
pub mod web;
