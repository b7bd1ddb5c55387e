//! The exam room: the server that lets candidates in, and what attackers try on it.

mod attacks;
mod board;
mod exam;
mod exams;
mod guests;
mod login;
mod opening;
#[cfg(unix)]
mod openssh;
