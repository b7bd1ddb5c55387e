//! The exam room: candidates type on machines that have nothing but an SSH client, and all that counts is here: text, clock
//! and log.

pub mod ssh;
