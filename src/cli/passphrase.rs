//! Passphrases: typed unseen, or given on standard input; never printed.

use std::io::{self, Read};

use zeroize::Zeroizing;

use super::error::CliError;

/// The longest passphrase from standard input, in bytes: far more than anybody types.
const MAX_BYTES: usize = 1_024;

/// Asks for the passphrase of a key.
pub(super) fn ask(prompt: &str) -> Result<Zeroizing<String>, CliError> {
    rpassword::prompt_password(prompt).map(Zeroizing::new).map_err(|why| {
        CliError::usage(format!(
            "the passphrase cannot be asked for here ({why}); run this in a terminal, or give it with \
                --passphrase-stdin"
        ))
    })
}

/// Asks for a new passphrase, twice.
pub(super) fn ask_new() -> Result<Zeroizing<String>, CliError> {
    let first = ask("New passphrase: ")?;
    if *first != *ask("The same again: ")? {
        return Err(CliError::refused("the two passphrases differ; nothing was made, try again"));
    }
    Ok(first)
}

/// The first line of standard input.
pub(super) fn from_stdin() -> Result<Zeroizing<String>, CliError> {
    // Room from the start: a growing buffer would leave unwiped copies behind.
    let mut text = Zeroizing::new(String::with_capacity(MAX_BYTES + 1));
    let read = io::stdin().take(MAX_BYTES as u64 + 1).read_to_string(&mut text);
    read.map_err(|_| CliError::usage("standard input is not UTF-8 text; give the passphrase as one line"))?;
    if text.len() > MAX_BYTES {
        return Err(CliError::usage(format!("the passphrase is longer than {MAX_BYTES} bytes; shorten it")));
    }
    let end = text.find(['\r', '\n']).unwrap_or(text.len());
    text.truncate(end);
    Ok(text)
}
