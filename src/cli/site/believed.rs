//! Whom a page trusts, printed.

use std::io::Write;

use crate::cli::error::CliError;
use crate::cli::{print, trust};
use crate::trust::{Issuer, KeyTerm, TrustList, multikey};

/// Whom the page trusts; `remedy` says what to do where that is nobody.
pub(super) fn trusts(out: &mut dyn Write, list: &TrustList, remedy: &str) -> Result<(), CliError> {
    if list.issuers().is_empty() {
        return Ok(writeln!(out, "\nThe page trusts nobody, so it calls no badge valid: {remedy}.")?);
    }
    writeln!(out, "\nThe page trusts:")?;
    let row = |i: &Issuer, term: &KeyTerm| {
        let highest = format!("up to {}", i.highest_assurance);
        [i.name.clone(), trust::life(term.life), highest, multikey::encode(&term.key)]
    };
    Ok(print::columns(out, &trust::by_keys(list, row))?)
}
