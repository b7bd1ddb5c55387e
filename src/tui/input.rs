//! What comes from the terminal: keys, pastes, focus, signals; and the parser that makes them of bytes.

mod csi;
mod kinds;
mod layouts;
mod parser;

pub use kinds::{Input, KeyPress, Signal};
pub use parser::{Answer, PASTE_KEPT, Parser};
