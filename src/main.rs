//! The door: hands the arguments to [`typeproof::cli`] and returns its exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    typeproof::cli::main()
}
