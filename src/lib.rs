//! typeproof: a terminal typing trainer whose badges can be believed.
//!
//! The keystroke log is the ground truth. Score, result screen, badge and replay are derived from it by one code
//! path, so everyone who holds the log gets the same numbers; and what is signed says how the test was supervised.
//!
//! # The house
//!
//! One library and a thin binary. Each room belongs to a floor, and imports only go down; no files import each other in
//! a circle. Tests read the sources and hold both, for the inner rooms too (`tests/it/floors`).
//!
//! | floor | room | subject |
//! |---|---|---|
//! | ground | [`typing`] | keys, text, the session, its log, the score |
//! | 1 | [`lessons`] | levels, pathways, passages, rule files; what a level asks and who passed it |
//! | 1 | [`coach`] | what a learner's keystrokes say about every key and pair of keys, and what to practise next |
//! | 1 | [`trust`] | issuers, their keys and how far each is believed |
//! | 1 | [`badge`] | claim, holder, issuance, template, credential, token, and five rooms of its own: |
//! | | [`badge::vc`] | the standards: JSON-LD, canonical RDF, DIDs, proofs |
//! | | [`badge::verify`] | a badge in, five answers out |
//! | | [`badge::carry`] | links, QR codes, pictures with a badge inside, sharing |
//! | | [`badge::draw`] | pictures, certificates and words for people |
//! | | [`badge::reasons`] | why a badge is refused: codes, and the words in every language |
//! | 2 | `system` | the one clock, the one die |
//! | 2 | `store` | paths, settings, badge files, trusted issuers, own lessons |
//! | | `store::history` | what callers know of the history: the trait `Store`, and its rows |
//! | | `store::sqlite` | its one backend |
//! | 2 | `keyring` | secret keys on disk, by id |
//! | 2 | `sitting` | one running test: its task, session and clock; it returns what it accepted |
//! | 2 | `desk` | exercises, attempts, awards, exports: what screens and command line both do |
//! | 3 | `web` | the verification page, the site around it, its server |
//! | 3 | `tui` | the screens: routes and commands, a stack of pages, one file a screen |
//! | | `tui::host` | where screens are shown: the local terminal, or any pair of byte streams |
//! | | `tui::input`, `tui::screen` | keys from bytes, and bytes from drawings |
//! | 3 | `cli` | command line to plain commands |
//!
//! Read in that order. Ground and floor 1 are pure: no file, socket, environment, clock, randomness, terminal or log
//! output; time, seeds and keys come in as arguments. They build alone with `--no-default-features`.
//!
//! # Where to look
//!
//! | question | place |
//! |---|---|
//! | Where does a keystroke become a figure? | [`typing::session`] takes it, [`typing::log`] keeps it, [`typing::score`] counts |
//! | Where is a proof checked? | [`badge::vc::proof`], which only [`badge::verify`] asks on behalf of a badge |
//! | Where would a second database come in? | beside `store::sqlite`: it implements `store::history::Store` and passes `tests/it/store/conformance.rs` |
//! | Where does the text of a refusal stand? | `src/badge/reasons/texts.json`, for the program and the page; [`badge::reasons`] has the codes |
//! | Where would another kind of terminal come in? | beside `tui::host::local`: it implements `tui::host::Host` |
//! | Where is it decided who signs, for whom, and under which supervision? | [`badge::issuance`] |
//! | Where does a screen lead to another? | `tui::screens` has the routes and commands, `tui::app` performs them |
//! | What did an old log mean? | `typing::log::format1`, which never changes |
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
