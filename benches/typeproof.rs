//! Benchmarks; see the README's development part.
fn main() {}
