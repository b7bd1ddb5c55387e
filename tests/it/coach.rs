//! The coach: what it knows, what it proposes, and how it talks to other programs.

mod beyond;
mod kept;
mod state;
mod talk;
mod texts;
mod typist;
