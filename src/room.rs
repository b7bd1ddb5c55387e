//! The exam room: candidates type on machines that have nothing but an SSH client, and all that counts is here: text, clock
//! and log.
//!
//! [`hall`] has the seats and does what the proctor says; [`opening`] makes it of files; [`ssh`] lets candidates in through the [`lobby`],
//! each to a [`visit`]; [`board`] is what the proctor sees; [`sheet`] is what is handed out. The README beside this file is for
//! proctors.

pub mod board;
pub mod hall;
pub mod lobby;
pub mod opening;
pub mod rehearsal;
pub mod sheet;
pub mod ssh;
pub mod texts;
pub mod visit;
