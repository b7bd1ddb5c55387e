//! The screens of the terminal program.

pub mod qr;
