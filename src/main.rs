//! The door: hands the arguments to [`typeproof::cli`] and returns its exit code.

fn main() {}
