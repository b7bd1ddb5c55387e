//! Stub.
use super::terminal::Keyboard;
use crate::desk::{Desk, Finished, FreeTest};
use crate::typing::attempt::Attempt;
use std::sync::Arc;
#[allow(missing_docs)]
pub enum Start {
    Home,
    Free(FreeTest),
    Level(String),
    Replay(Arc<Attempt>),
}
#[allow(missing_docs)]
pub struct Options {
    pub keyboard: Keyboard,
}
#[allow(missing_docs)]
pub struct Ended {
    pub status: u8,
    pub finished: Option<Finished>,
}
#[derive(Debug, thiserror::Error)]
#[allow(missing_docs)]
pub enum AppError {
    #[error("no terminal")]
    None,
}
#[allow(missing_docs)]
impl AppError {
    pub fn status(&self) -> u8 {
        2
    }
}
#[allow(missing_docs)]
pub fn run(_: Desk, start: Start, o: Options) -> Result<Ended, AppError> {
    let _ = (start, o.keyboard);
    Err(AppError::None)
}
