//! The exam room: the server that lets candidates in, and what attackers try on it.

mod attacks;
mod guests;
mod login;
