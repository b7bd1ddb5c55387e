//! Levels, pathways, passages and rule files: what there is to type, and what passes. Pure.
//!
//! Reading order: [`level`], [`exam`], [`pathway`], [`passage`], [`difficulty`], [`words`], [`shelves`],
//! [`catalogue`], [`choice`],
//! [`judge`]. The files themselves are in `lessons/`, whose README says how to write one.

pub mod catalogue;
pub mod choice;
pub mod decimal;
pub mod difficulty;
pub mod embedded;
pub mod exam;
mod folder;
pub mod generator;
pub mod judge;
pub mod level;
pub mod passage;
pub mod pathway;
pub mod problem;
pub mod shelves;
pub mod wording;
pub mod words;
