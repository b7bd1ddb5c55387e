//! `typeproof exam list`: the exams that were opened.

use std::io::Write;

use clap::Args;
use serde_json::{Value, json};

use super::kept::{Kept, exams_dir};
use crate::cli::error::CliError;
use crate::cli::exit::OK;
use crate::cli::print;

/// List the exams that were opened, the last one first
#[derive(Debug, Args)]
#[command(after_long_help = crate::cli::help::EXAM_LIST)]
pub(super) struct List {
    #[command(flatten)]
    kept: Kept,
    /// Print JSON, with `id`, `opened` and `candidates`
    #[arg(long)]
    json: bool,
}

impl List {
    pub(super) fn run(self, out: &mut dyn Write) -> Result<u8, CliError> {
        let exams = exams_dir()?;
        let mut storage = self.kept.open(&exams)?;
        let mut found = Vec::new();
        for exam in storage.exams()? {
            let candidates = storage.roster(&exam.id)?.len();
            found.push((exam.id, print::instant_ms(exam.opened_unix_ms), candidates));
        }
        if self.json {
            let object = |(id, opened, candidates): &(String, String, usize)| json!({ "id": id, "opened": opened, "candidates": candidates });
            print::json(out, &Value::from(found.iter().map(object).collect::<Vec<_>>()))?;
        } else if found.is_empty() {
            writeln!(out, "No exam was opened yet; `typeproof exam new` begins one")?;
        } else {
            let row = |(id, opened, candidates): &(String, String, usize)| {
                [id.clone(), opened.clone(), format!("{candidates} candidates")]
            };
            print::columns(out, &found.iter().map(row).collect::<Vec<_>>())?;
        }
        Ok(OK)
    }
}
