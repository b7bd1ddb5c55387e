//! Levels, pathways, passages and rule files: what there is to type, and what passes. Pure.
//!
//! Reading order: [`terms`], [`language`], [`level`], [`rule_set`], [`pathway`], [`own`], [`passage`], [`difficulty`], [`words`],
//! [`layout`], [`shelves`], [`catalogue`], [`amount`], [`choice`], [`judge`], [`letters`], [`course`], [`practice`]. The
//! files themselves are in `lessons/`, whose README says how to write one.

pub mod amount;
pub mod catalogue;
pub mod choice;
pub mod course;
pub mod decimal;
pub mod difficulty;
pub mod embedded;
mod folder;
pub mod generator;
pub mod judge;
pub mod language;
pub mod layout;
pub mod letters;
pub mod level;
pub mod own;
pub mod passage;
pub mod pathway;
pub mod practice;
pub mod problem;
pub mod rule_set;
pub mod shelves;
pub mod terms;
pub mod wording;
pub mod words;
