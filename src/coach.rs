//! The coach: what a learner's own keystrokes say about every key and pair of keys, and what to practise next. Pure.
//!
//! Reading order: [`watch`] (keystrokes to tries), [`track`] (the latest tries of one thing), [`state`] (all that is known
//! of a learner), [`vocabulary`] (words, and how common each pair is), [`need`] (what practice is worth), [`mode`],
//! [`invent`] (words made up where too few fit), [`candidates`] (words and their worth), [`choose`] (a text), [`wishes`] (what the
//! learner asks for), [`beyond`] (capitals, punctuation, digits, symbols), [`why`] (two lines on a text), [`tutor`] (all of it
//! together), [`between`] (what keeps a learner from a speed), [`drill`] (the words of one test again), [`request`] and [`talk`]
//! (the same as lines of JSON).

pub mod between;
pub mod beyond;
pub mod candidates;
pub mod choose;
pub mod drill;
pub mod invent;
pub mod mode;
pub mod need;
pub mod request;
pub mod state;
pub mod talk;
pub mod track;
pub mod tutor;
pub mod vocabulary;
pub mod watch;
pub mod why;
pub mod wishes;
