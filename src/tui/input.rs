//! What comes from the terminal: keys, pastes, focus, signals; and the parser that makes them of bytes.

mod csi;
mod keyboard;
mod kinds;
mod layouts;
mod parser;

pub use keyboard::{Keyboard, Suggestion};
pub use kinds::{Input, KeyPress, Signal};
pub use parser::{Answer, PASTE_KEPT, Parser};
