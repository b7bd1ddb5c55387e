//! The data in the verification page: what the program itself knows, packed to be small.

pub mod contexts;
