//! `typeproof levels`: the pathways, what each level asks, and what is passed.

use std::collections::BTreeSet;
use std::io::Write;

use clap::Args;
use serde_json::{Value, json};

use super::error::CliError;
use super::exit::OK;
use super::print;
use crate::desk::Desk;
use crate::lessons::catalogue::Catalogue;
use crate::lessons::language::Language;
use crate::lessons::level::Level;
use crate::lessons::pathway::Pathway;
use crate::lessons::wording;
use crate::typing::rules::Limit;

#[derive(Debug, Args)]
#[command(after_long_help = super::help::LEVELS)]
pub(super) struct Levels {
    /// The levels with texts in this language, and the English ones: en, de, fr or es; without it the language of the
    /// settings
    #[arg(long, value_name = "CODE")]
    language: Option<Language>,
    /// Print JSON: the levels in every language
    #[arg(long, conflicts_with = "language")]
    json: bool,
}

impl Levels {
    pub(super) fn run(self, desk: &mut Desk, out: &mut dyn Write) -> Result<u8, CliError> {
        let catalogue = desk.catalogue();
        // Without a history that can be read the levels are what they are, and what is passed is not known.
        // A level below one that is passed counts as passed, here as on the screen.
        let passed = desk.passed_levels().map(|passed| catalogue.with_those_below(&passed));
        let known = passed.as_ref().ok();
        if self.json {
            let pathways = catalogue.pathways().map(|p| pathway_json(p, &catalogue, known)).collect();
            print::json(out, &pathways)?;
        } else {
            let language = self.language.unwrap_or_else(|| desk.language());
            for pathway in catalogue.pathways_for(language) {
                text(out, pathway, &catalogue, known)?;
            }
            writeln!(out, "Take one with `typeproof test --level ID`.")?;
            let others: Vec<String> = Language::ALL
                .into_iter()
                .filter(|other| ![language, Language::English].contains(other))
                .map(|other| format!("{} ({other})", other.code()))
                .collect();
            writeln!(out, "More with `typeproof levels --language CODE`: {}.", others.join(", "))?;
            if known.is_none() {
                writeln!(out, "The history cannot be read, so it is not known which levels you passed.")?;
            }
        }
        passed?;
        Ok(OK)
    }
}

fn text(
    out: &mut dyn Write,
    pathway: &Pathway,
    catalogue: &Catalogue,
    passed: Option<&BTreeSet<String>>,
) -> Result<(), CliError> {
    writeln!(out, "{}", crate::badge::verify::summary::shown_text(&pathway.title))?;
    let row = |level: &Level| {
        let mark = if passed.is_some_and(|passed| passed.contains(&level.id)) { "passed" } else { "" };
        let duration = wording::duration(level.rules.limit);
        let asks = format!("{duration}: {}", wording::requirement(&level.rules, &level.pass));
        let below = |text| [String::new(), String::new(), String::new(), text];
        [
            [String::new(), level.id.clone(), mark.to_owned(), level.title.clone()],
            below(asks),
            below(format!("penalty: {}", wording::penalty(level.rules.penalty))),
        ]
    };
    let rows: Vec<[String; 4]> = catalogue.levels_of(pathway).flat_map(row).collect();
    print::columns(out, &rows)?;
    Ok(writeln!(out)?)
}

fn pathway_json(pathway: &Pathway, catalogue: &Catalogue, passed: Option<&BTreeSet<String>>) -> Value {
    let level = |level: &Level| {
        let seconds = match level.rules.limit {
            Limit::Seconds(seconds) => Some(seconds),
            Limit::Text => None,
        };
        json!({
            "id": level.id,
            "version": level.version,
            "title": level.title,
            "language": level.language.code(),
            "duration": wording::duration(level.rules.limit),
            "requirement": wording::requirement(&level.rules, &level.pass),
            "penalty": wording::penalty(level.rules.penalty),
            "speed": print::hundredths(level.pass.speed.0),
            "unit": level.rules.unit.name(),
            "accuracy_percent": level.pass.accuracy.map(|a| print::hundredths(a.0)),
            "seconds": seconds,
            "max_errors": level.rules.max_errors,
            "rules": wording::rules(&level.rules),
            "prerequisites": level.prerequisites,
            "passed": passed.map(|passed| passed.contains(&level.id)),
        })
    };
    let levels: Value = catalogue.levels_of(pathway).map(level).collect();
    json!({"id": pathway.id, "title": pathway.title, "description": pathway.description, "levels": levels})
}
