//! typeproof: a terminal typing trainer whose badges can be believed.
//!
//! The keystroke log is the ground truth. Score, result screen, badge and replay are derived from it by one code
//! path, so everyone who holds the log gets the same numbers; and what is signed says how the test was supervised.
//!
//! # The house
//!
//! One library and a thin binary. Each room belongs to a floor and imports only from rooms above it in this list (which is
//! the way to read it); no files import each other in a circle. Tests in `tests/it/floors` read the sources and hold
//! both. They name every room, so a new one is entered there too.
//!
//! | floor | room | subject |
//! |---|---|---|
//! | ground | [`typing`] | keys, text, the session, its log and the formats of logs, keystroke times, the score, whether people type so |
//! | 1 | [`lessons`] | levels, pathways, passages, words, rule files; which text comes next; who passed a level |
//! | 1 | [`coach`] | what a learner's keystrokes say about every key and pair of keys, and what to practise next |
//! | 1 | [`exam`] | exams: definition, roster, seat codes, seats, the journal's chain, results |
//! | 1 | [`trust`] | issuers, their keys and how far each is believed |
//! | 1 | [`badge::reasons`] | why a badge is refused: codes, and the words in English and German |
//! | 1 | [`badge::vc`] | the standards of verifiable credentials: JSON-LD, canonical RDF, DIDs, proofs |
//! | 1 | [`badge`] | what issues: claim, holder, issuance, template, credential, token |
//! | 1 | [`badge::verify`] | a badge of any issuer in, five answers out |
//! | 1 | [`badge::carry`], [`badge::draw`] | links, codes, pictures and documents with a badge inside; pictures and words for people |
//! | 2 | `system` | the one clock, the one die |
//! | 2 | `store` | paths, settings, badge files, trusted issuers, own lessons |
//! | 2 | `store::history`, `store::sqlite` | the history as a trait in the words of the field, and its one backend |
//! | 2 | `store::exam` | exams as a trait, its backends, the journal that a room writes |
//! | 2 | `keyring` | secret keys on disk, by id |
//! | 2 | `sitting` | one running test: its task, session and clock; it returns what it accepted |
//! | 2 | `desk` | exercises, attempts, awards, exports: what screens and command line both do |
//! | 3 | `web` | the verification page, the site around it, its server |
//! | 3 | `tui` | the screens: routes and commands, a stack of pages, one file a screen, one keymap |
//! | 3 | `room` | the exam room: an SSH server, its seats, the proctor's board |
//! | 3 | `cli` | command line to plain commands |
//!
//! Ground and floor 1 are pure: no file, socket, environment, clock, randomness, terminal or log output; time, seeds and
//! keys come in as arguments. They build alone with `--no-default-features`. `lessons` and `trust` stand side by side and
//! do not know each other.
//!
//! The page verifies badges in the visitor's browser, in JavaScript (`src/web/page/engine`), so that nothing but a browser
//! is needed to build and to read it. A change of [`badge::verify`] or [`badge::vc`] is made there too. What can be data
//! is shared, and one set of files, `tests/data/vectors`, asks both and expects the same answer.
//!
//! # Where to look
//!
//! | question | place |
//! |---|---|
//! | Where does a keystroke become a figure? | `sitting` stamps it, `press` in [`typing::session`] takes it, `Score::of` and `live` in [`typing::score`] count; a log is played back first (`Session::replay`) |
//! | What did an old log mean? | `typing::log::format1`, which never changes; newer forms stand beside it |
//! | Where is a proof checked? | `check` and `check_all` in [`badge::vc::proof`], asked by `document` and `token` in [`badge::verify`] |
//! | Where would another proof or form of badge be read? | `src/badge/vc/proof/suite.rs`, [`badge::verify::form`]; and in the page's engine |
//! | Where would a second database come in? | beside `store::sqlite`: it implements `store::history::Store` and passes `tests/it/store/conformance.rs`; `Desk::history` opens it |
//! | Where does the text of a refusal stand? | of a badge: `src/badge/reasons/texts.json`, for program and page, by the code in [`badge::reasons`]; of anything else: beside its error type |
//! | How plausible is the timing of a log? | [`typing::plausibility`]; of an attempt `desk::plausibility`; how well that does, `examples/plausibility` |
//! | Who signs, for whom, and under which supervision? | [`badge::issuance`] |
//! | How does a screen come to another terminal, such as a channel of a network? | `tui::host::stream` shows it over any two byte streams; `tui::host::Host` is the trait |
//! | How does a screen lead to another? | `tui::screens` has routes and commands, `tui::app` performs them, `tui::keymap` says which key asks |
//!
//! READMEs in `src/badge`, `src/room`, `src/store`, `src/typing`, `src/web`, `lessons` and `keys` say how to use what is there.
//!
//! # Absent on purpose
//!
//! - No floating point in anything that is signed or compared: whole numbers with the unit in the name.
//! - No fetching: JSON-LD contexts are bundled and pinned, and no verification asks anybody anything, neither here nor
//!   in the page. The sockets are those of two servers: the site's and the exam room's.
//! - No second scoring path: the live figures, the result, the badge and the replay ask [`typing::score`].
//! - No believing by signature alone: only a verifier makes a verdict, and it has five separate answers.

pub mod badge;
pub mod coach;
pub mod exam;
pub mod lessons;
pub mod trust;
pub mod typing;

#[cfg(feature = "terminal")]
pub mod cli;
#[cfg(feature = "storage")]
pub mod desk;
#[cfg(feature = "storage")]
pub mod keyring;
#[cfg(feature = "room")]
pub mod room;
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
