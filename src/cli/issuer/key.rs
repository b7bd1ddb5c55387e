//! A key as it is printed, and an issuer as it is checked.

use std::io::Write;

use crate::badge::vc::did;
use crate::cli::error::CliError;
use crate::cli::print;
use crate::keyring::StoredKey;
use crate::trust::Issuer;

/// Prints the public half of a key, and where it lies.
pub(in crate::cli) fn show_key(stored: &StoredKey, out: &mut dyn Write) -> Result<(), CliError> {
    let key = stored.public()?;
    let lock = if stored.is_encrypted()? { "encrypted with a passphrase" } else { "not encrypted" };
    writeln!(out, "{}", did::did_key(&key))?;
    writeln!(
        out,
        "secret key  {} ({lock}; keep a copy in a safe place)",
        print::path(&stored.secret_file())
    )?;
    writeln!(out, "public key  {}", print::path(&stored.public_file()))?;
    Ok(())
}

/// An issuer as it is after writing and reading, which checks every member of it.
pub(in crate::cli) fn checked(issuer: &Issuer) -> Result<Issuer, CliError> {
    Issuer::parse("the issuer", &issuer.to_toml()).map_err(|why| CliError::usage(why.message))
}
