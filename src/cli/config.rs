//! `typeproof config`: each setting with its default, its meaning, and where its value came from.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::{Map, Value, json};

use super::error::CliError;
use super::exit::OK;
use super::print;
use crate::desk::DeskError;
use crate::store::paths::{Paths, Place};
use crate::store::settings::{Loaded, SETTINGS, Settings};
use crate::tui::screen::Colours;

#[derive(Debug, Args)]
#[command(after_long_help = super::help::CONFIG)]
pub(super) struct Config {
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// Where a value came from.
enum From {
    Default,
    Line(usize),
    Variable(&'static str),
    Option(&'static str),
}

struct Entry {
    name: &'static str,
    meaning: &'static str,
    value: Value,
    default: Value,
    from: From,
}

impl Config {
    /// Prints the settings; `lessons` is what the option says.
    pub(super) fn run(self, lessons: Option<PathBuf>, out: &mut dyn Write) -> Result<u8, CliError> {
        let paths = Paths::find().map_err(DeskError::from)?;
        let file = paths.settings_file();
        let loaded = Settings::load_with_lines(&file);
        let mut entries = in_file(&loaded);
        entries.extend(around(&paths, lessons.as_deref()));
        match self.json {
            true => print::json(out, &entries.iter().map(|entry| entry.json(&file)).collect())?,
            false => {
                writeln!(out, "The settings file is {}\n", shown(&file))?;
                entries.iter().try_for_each(|entry| entry.print(out))?;
            }
        }
        for notice in loaded.notices {
            print::complain(&notice.to_string());
        }
        Ok(OK)
    }
}

/// The settings of the file.
fn in_file(loaded: &Loaded) -> Vec<Entry> {
    let defaults = Settings::default();
    let entry = |setting: &crate::store::settings::Setting| {
        let value = |settings| setting.value(settings).map_or(Value::Null, |value| json!(value));
        let line = loaded.lines.iter().find(|(name, _)| *name == setting.name);
        Entry {
            name: setting.name,
            meaning: setting.meaning,
            value: value(&loaded.settings),
            default: value(&defaults),
            from: line.map_or(From::Default, |(_, line)| From::Line(*line)),
        }
    };
    SETTINGS.iter().map(entry).collect()
}

/// What the environment and options decide.
fn around(paths: &Paths, lessons: Option<&Path>) -> [Entry; 4] {
    let folder = |name, meaning, path: &Path, place: &Place| Entry {
        name,
        meaning,
        value: json!(path.display().to_string()),
        default: json!(place.usual),
        from: place.variable.map_or(From::Default, From::Variable),
    };
    let [config, data] = Paths::places();
    let no_color = std::env::var_os("NO_COLOR");
    let colours = Colours::by_no_color(no_color.as_deref()) == Colours::All;
    [
        folder(
            "settings_folder",
            "Settings and trusted issuers; TYPEPROOF_HOME or XDG_CONFIG_HOME moves it.",
            &paths.config,
            &config,
        ),
        folder(
            "data_folder",
            "History, badges, keys, lessons; TYPEPROOF_HOME or XDG_DATA_HOME moves it.",
            &paths.data,
            &data,
        ),
        Entry {
            name: "lessons",
            meaning: "A folder of lessons besides your own; --lessons DIR names it.",
            value: lessons.map_or(Value::Null, |dir| json!(dir.display().to_string())),
            default: Value::Null,
            from: if lessons.is_some() { From::Option("--lessons") } else { From::Default },
        },
        Entry {
            name: "colours",
            meaning: "Whether colours are used: true or false; NO_COLOR switches them off.",
            value: json!(colours),
            default: json!(true),
            from: if colours { From::Default } else { From::Variable("NO_COLOR") },
        },
    ]
}

impl Entry {
    fn print(&self, out: &mut dyn Write) -> std::io::Result<()> {
        let from = match self.from {
            From::Default => "by default".to_owned(),
            From::Line(line) => format!("from line {line} of the settings file"),
            From::Variable(name) => format!("from the environment ({name})"),
            From::Option(name) => format!("from the option {name}"),
        };
        let default = match self.from {
            From::Default => String::new(),
            _ => format!("; default: {}", in_words(&self.default)),
        };
        writeln!(out, "{} = {}", self.name, in_words(&self.value))?;
        writeln!(out, "    {}", self.meaning)?;
        writeln!(out, "    {from}{default}\n")
    }

    fn json(&self, file: &Path) -> Value {
        let from = match self.from {
            From::Default => json!({"from": "default"}),
            From::Line(line) => json!({"from": "file", "file": file.display().to_string(), "line": line}),
            From::Variable(name) => json!({"from": "environment", "variable": name}),
            From::Option(name) => json!({"from": "option", "option": name}),
        };
        let mut entry = Map::new();
        entry.insert("name".to_owned(), json!(self.name));
        entry.insert("value".to_owned(), self.value.clone());
        entry.insert("default".to_owned(), self.default.clone());
        entry.insert("meaning".to_owned(), json!(self.meaning));
        entry.extend(from.as_object().cloned().unwrap_or_default());
        Value::Object(entry)
    }
}

/// A value as TOML has it, `none` without one.
fn in_words(value: &Value) -> String {
    match value {
        Value::Null => "none".to_owned(),
        value => crate::badge::verify::summary::shown_text(&value.to_string()),
    }
}

/// A path as a terminal may show it.
fn shown(path: &Path) -> String {
    crate::badge::verify::summary::shown_text(&path.display().to_string())
}
