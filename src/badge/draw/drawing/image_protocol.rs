//! A symbol as an image inside a terminal, for the few terminals that say they can show one.

use data_encoding::BASE64;

use super::{DrawingError, QUIET_ZONE, png};
use crate::badge::carry::symbol::Symbol;

/// Base64 characters in one kitty escape (kitty graphics protocol: chunks of at most 4096, a multiple of four).
const KITTY_CHUNK: usize = 4096;

/// Pixels along a module in sixels. A sixel is six pixels high, so that one band is one row of modules; version 8 is
/// 342 pixels high, about 20 rows of text.
const SIXEL_SCALE: usize = 6;

/// A way to put an image into a terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protocol {
    /// The kitty graphics protocol.
    Kitty,
    /// iTerm2's inline images.
    Iterm2,
    /// DEC sixels.
    Sixel,
}

/// What the environment says about the terminal; each the value of the variable of that name. Empty means unset.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Environment<'a> {
    /// `TERM`
    pub term: &'a str,
    /// `TERM_PROGRAM`
    pub term_program: &'a str,
    /// `KITTY_WINDOW_ID`
    pub kitty_window_id: &'a str,
    /// `TMUX`
    pub tmux: &'a str,
}

/// The protocol of the terminal, where the environment names one that is known to have it. Inside tmux and screen
/// it is `None`: they hold images back. Programs started from kitty inherit its window, so that comes last.
pub fn choose(environment: &Environment<'_>) -> Option<Protocol> {
    let Environment { term, term_program, kitty_window_id, tmux } = *environment;
    if !tmux.is_empty() || term.starts_with("tmux") || term.starts_with("screen") {
        return None;
    }
    match (term, term_program) {
        ("xterm-kitty" | "xterm-ghostty", _) | (_, "ghostty") => Some(Protocol::Kitty),
        (_, "iTerm.app" | "WezTerm" | "mintty") => Some(Protocol::Iterm2),
        ("foot" | "foot-extra" | "mlterm", _) => Some(Protocol::Sixel),
        (_, "") if !kitty_window_id.is_empty() && term.starts_with("xterm") => Some(Protocol::Kitty),
        _ => None,
    }
}

/// The escape that shows the symbol at the cursor, `rows` text rows high (sixels have their own height).
///
/// # Errors
///
/// [`DrawingError`] if the PNG that kitty and iTerm2 are given cannot be written.
pub fn escape(protocol: Protocol, symbol: &Symbol, rows: u16) -> Result<String, DrawingError> {
    match protocol {
        Protocol::Kitty => Ok(kitty(&png(symbol)?, rows)),
        Protocol::Iterm2 => Ok(iterm2(&png(symbol)?, rows)),
        Protocol::Sixel => Ok(sixel(symbol)),
    }
}

/// A PNG as kitty graphics: transmit and show (`a=T`), PNG (`f=100`), and no answer (`q=2`), which would be read as
/// keys. The width follows from the height.
fn kitty(png: &[u8], rows: u16) -> String {
    let base64 = BASE64.encode(png);
    let mut escapes = String::new();
    let mut rest = base64.as_str();
    let mut control = format!("a=T,f=100,q=2,r={rows},");
    loop {
        let (chunk, more) = rest.split_at(rest.len().min(KITTY_CHUNK));
        escapes.push_str(&format!("\x1b_G{control}m={};{chunk}\x1b\\", u8::from(!more.is_empty())));
        if more.is_empty() {
            return escapes;
        }
        rest = more;
        control = String::from("q=2,");
    }
}

/// A PNG as an iTerm2 inline image. The width follows from the height.
fn iterm2(png: &[u8], rows: u16) -> String {
    let size = png.len();
    format!(
        "\x1b]1337;File=inline=1;size={size};height={rows};preserveAspectRatio=1:{}\x07",
        BASE64.encode(png)
    )
}

/// The symbol as sixels: square pixels, colour 0 black and 1 white, one band for each row of modules.
fn sixel(symbol: &Symbol) -> String {
    let rows = symbol.framed(QUIET_ZONE);
    let side = rows.len() * SIXEL_SCALE;
    let bands: String =
        rows.iter().map(|row| format!("#0{}$#1{}-", sixel_runs(row, true), sixel_runs(row, false))).collect();
    format!("\x1bP0;1q\"1;1;{side};{side}#0;2;0;0;0#1;2;100;100;100{bands}\x1b\\")
}

/// One colour of a band: `~` is six pixels set, `?` none, `!n` repeats.
fn sixel_runs(row: &[bool], colour: bool) -> String {
    row.chunk_by(|a, b| a == b)
        .map(|run| {
            format!("!{}{}", run.len() * SIXEL_SCALE, if run.first() == Some(&colour) { '~' } else { '?' })
        })
        .collect()
}
