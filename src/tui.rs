//! The screens of the terminal program, and the edge where it meets the terminal.
//!
//! The edge is three files: [`input`] makes keys of bytes, [`screen`] makes bytes of ratatui buffers, and a [`host`] reads,
//! waits, writes, and leaves the terminal as it was found. [`drive`] runs the program over any of these: one key costs
//! one wait, one read and one write; when nothing happens, nothing runs.
//!
//! ratatui's buffers, layout and widgets are used throughout; its `Terminal` is not, because that asks for the size,
//! fills the whole screen and compares it for every key.

pub mod app;
mod context;
pub mod drive;
pub mod errand;
pub mod host;
pub mod input;
pub mod keyboard;
pub mod keymap;
pub mod qr;
pub mod screen;
pub mod screens;
pub mod seat;
mod serving;
pub mod sheet;
