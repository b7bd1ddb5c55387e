//! The ground floor: what is typed, how it is logged and how it is counted. Pure.
//!
//! Reading order: [`key`], [`text`], [`rules`], [`exercise`], [`conduct`], [`log`], [`session`], [`circumstances`],
//! [`attempt`],
//! [`score`], [`keystrokes`], [`insight`], [`practice`], [`record`], [`pace`], [`plausibility`].

pub mod attempt;
pub mod bytes;
pub mod circumstances;
pub mod conduct;
pub mod distance;
pub mod exercise;
pub mod hidden;
pub mod insight;
pub mod key;
pub mod keyboard;
pub mod keystrokes;
pub mod log;
pub mod mistakes;
pub mod pace;
pub mod plausibility;
pub mod practice;
pub mod record;
pub mod rules;
pub mod score;
pub mod session;
pub mod text;
