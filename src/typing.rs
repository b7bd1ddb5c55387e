//! The ground floor: what is typed, how it is logged and how it is counted. Pure.
