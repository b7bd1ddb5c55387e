//! `typeproof coach`: the coach as a filter, a line of JSON answered by a line of JSON.

use std::io::{self, BufRead, Read, Write};

use clap::Args;

use super::error::CliError;
use super::exit::OK;
use crate::coach::mode::Mode;
use crate::coach::request::{self, LONGEST_LINE};
use crate::coach::talk::Talk;
use crate::coach::tutor::Plan;
use crate::lessons::language::Language;

#[derive(Debug, Args)]
#[command(after_long_help = super::help::COACH)]
pub(super) struct Coach {
    /// Read lines of JSON from standard input, and answer each with one
    #[arg(long, required = true)]
    stdio: bool,
    /// The keyboard layout
    #[arg(long, value_name = "L", default_value = "us", value_parser = request::layout)]
    layout: &'static str,
    /// The language of the words: en, de, fr or es
    #[arg(long, value_name = "CODE", default_value = "en", value_parser = request::language)]
    language: Language,
    /// The speed to reach, in words a minute
    #[arg(long, value_name = "N", default_value = "35", value_parser = target)]
    target_wpm: f64,
    /// What the choice of words follows from
    #[arg(long, value_name = "S", default_value_t = 0)]
    seed: u64,
    /// guided, weak-keys, weak-pairs, slow-words, missed-words or to-target
    #[arg(long, value_name = "M", default_value = "guided", value_parser = request::mode)]
    mode: Mode,
}

fn target(text: &str) -> Result<f64, String> {
    let wpm = text.parse().map_err(|_| "expected a number such as 35".to_owned())?;
    request::target(wpm).map(|()| wpm)
}

impl Coach {
    /// Answers every line of standard input until it ends.
    pub(super) fn run(self, out: &mut dyn Write) -> Result<u8, CliError> {
        let Self { target_wpm, seed, mode, layout, language, .. } = self;
        let plan = Plan { target_wpm, mode, seed };
        let mut talk = Talk::new(plan, (layout, language));
        let mut input = io::stdin().lock();
        while let Some(line) = line(&mut input)? {
            writeln!(out, "{}", talk.answer(&line))?;
            out.flush()?;
        }
        Ok(OK)
    }
}

/// The next line without its end; `None` at the end of the input. Of a line that is too long only so much is kept that this
/// can be seen.
fn line(input: &mut dyn BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    input.take(LONGEST_LINE as u64 + 2).read_until(b'\n', &mut line)?;
    if line.is_empty() {
        return Ok(None);
    }
    if line.last() != Some(&b'\n') {
        input.skip_until(b'\n')?;
    } else {
        line.pop();
    }
    Ok(Some(line))
}
