//! Exams: how published tests are run and counted, one rule file each, with its source and what is uncertain.

use serde::Deserialize;

use super::decimal::Hundredths;
use super::problem::{Reading, is_id};
use super::terms::{Origin, Thresholds};
use crate::typing::rules::Rules;

/// The rules of a published test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleSet {
    /// The file's name without its extension.
    pub id: String,
    /// What the test is called.
    pub name: String,
    /// Who runs it.
    pub body: String,
    /// Where its rules are published.
    pub source: String,
    /// What the source states, in short.
    pub states: String,
    /// What it leaves open, and what was chosen here; empty when nothing.
    pub uncertain: String,
    /// Days for which its result holds.
    pub valid_days: Option<u32>,
    /// The rules.
    pub rules: Rules,
    /// What has to be reached, for each grade; none where that differs from case to case.
    pub grades: Vec<Grade>,
    /// Where it came from.
    pub origin: Origin,
}

/// A grade of an exam.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grade {
    /// Its id within the exam.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// Net speed in hundredths of the rules' unit, at least.
    pub speed: Hundredths,
    /// Accuracy in basis points, at least.
    pub accuracy: Option<Hundredths>,
}

impl Grade {
    /// What has to be reached.
    pub const fn thresholds(&self) -> Thresholds {
        Thresholds { speed: self.speed, accuracy: self.accuracy }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct File {
    name: String,
    body: String,
    source: String,
    states: String,
    #[serde(default)]
    uncertain: String,
    valid_days: Option<u32>,
    rules: Rules,
    #[serde(default, rename = "grade")]
    grades: Vec<Grade>,
}

impl RuleSet {
    /// Reads a rule file; `None` when it cannot be used, which `reading` then says.
    pub fn read(reading: &mut Reading<'_>, origin: Origin) -> Option<Self> {
        let file = reading.whole(check)?;
        Some(Self::of(reading.id().to_owned(), file, origin))
    }

    /// The grade of this id.
    pub fn grade(&self, id: &str) -> Option<&Grade> {
        self.grades.iter().find(|g| g.id == id)
    }

    fn of(id: String, file: File, origin: Origin) -> Self {
        let File { name, body, source, states, uncertain, valid_days, rules, grades } = file;
        Self { id, name, body, source, states, uncertain, valid_days, rules, grades, origin }
    }
}

fn check(id: &str, file: &File) -> Result<(), String> {
    let bad = std::iter::once(id).chain(file.grades.iter().map(|g| g.id.as_str())).find(|id| !is_id(id));
    if let Some(bad) = bad {
        return Err(format!("id `{bad}` must be lower-case letters, digits and hyphens"));
    }
    file.rules.check().map_err(|e| e.to_string())
}
