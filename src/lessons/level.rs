//! Levels: what is asked, under which rules, and the constant texts of its badge. A released level never changes: a
//! changed one is a new version, and the old one stays.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::decimal::Hundredths;
use super::language::Language;
use super::terms::{Origin, TextSource, Thresholds};
use super::wording;
use crate::typing::attempt::LevelRef;
use crate::typing::rules::{Limit, Rules};
use crate::typing::score::METRICS;
use crate::typing::text::Lookalikes;

/// Days for which a badge holds unless its level says otherwise: three years.
pub const VALID_DAYS: u32 = 1_096;

/// A skill of a published framework that a level shows (Open Badges 3.0 `Alignment`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all(serialize = "camelCase", deserialize = "kebab-case"), deny_unknown_fields)]
pub struct Alignment {
    /// The skill's name.
    pub target_name: String,
    /// Its address.
    pub target_url: String,
    /// The framework's name.
    pub target_framework: String,
    /// Its code within the framework.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_code: Option<String>,
    /// What kind of thing it is, as Open Badges 3.0 names them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_type: Option<String>,
}

impl Alignment {
    /// Skills as a badge lists them: Open Badges objects.
    pub(super) fn all_as_badge(all: &[Self]) -> Value {
        let one = |alignment| {
            let mut members = Map::from_iter([("type".to_owned(), json!(["Alignment"]))]);
            if let Value::Object(rest) = json!(alignment) {
                members.extend(rest);
            }
            Value::Object(members)
        };
        all.iter().map(one).collect()
    }
}

/// One level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Level {
    /// Its id: lower-case letters, digits and hyphens.
    pub id: String,
    /// Its version, from 1.
    pub version: u32,
    /// The pathway it belongs to.
    pub pathway: String,
    /// Its name, which carries the threshold.
    pub title: String,
    /// What it is, in a sentence or two.
    pub description: String,
    /// The criteria of its badge: rules, duration, formula, requirement, in one paragraph.
    pub narrative: String,
    /// The rules of its test.
    pub rules: Rules,
    /// What has to be reached.
    pub pass: Thresholds,
    /// The language of its text.
    pub language: Language,
    /// What its text is made of.
    pub source: TextSource,
    /// Which keys may stand for characters that a keyboard has not.
    pub lookalikes: Lookalikes,
    /// Whether its text may end before its time is up; never so at shipped levels.
    pub ends_early: bool,
    /// Levels that are best passed before; advice, not a condition.
    pub prerequisites: Vec<String>,
    /// Days for which its badge holds, 1 to 36,525.
    pub valid_days: u32,
    /// Words by which it is found.
    pub tags: Vec<String>,
    /// Published skills it shows.
    pub alignment: Vec<Alignment>,
    /// The kind of achievement, as Open Badges 3.0 names them.
    pub achievement_type: String,
    /// Where it came from.
    pub origin: Origin,
}

impl Level {
    /// Id and version, as an attempt names its level.
    pub fn named(&self) -> LevelRef {
        LevelRef { id: self.id.clone(), version: self.version }
    }

    /// The texts of a credential that are the same for everyone who passes: strings, arrays of strings, and `alignment`
    /// as Open Badges objects. A member without a value is left out.
    ///
    /// Members: `id`, `version`, `title`, `description`, `narrative`, `achievement_type`, `human_code`, `metrics`,
    /// `unit`, `min_speed`, `valid_days`, `duration`, `penalty`, `requirement` always; `min_accuracy`, `max_errors`,
    /// `max_error_share` (percent), `seconds`, `minutes`, `tags`, `alignment` where they apply; `language` (the name) where
    /// the text is not English; `own` (`yes`) at a level of a user's file.
    pub fn constants(&self) -> Value {
        let rules = &self.rules;
        let (seconds, minutes) = match rules.limit {
            Limit::Seconds(s) => (Some(s), (s % 60 == 0).then_some(s / 60)),
            Limit::Text => (None, None),
        };
        let text = |n: Option<u32>| n.map(|n| n.to_string());
        let percent = |bp: u32| Hundredths(bp).to_string();
        let texts = [
            ("id", Some(self.id.clone())),
            ("version", text(Some(self.version))),
            ("own", matches!(self.origin, Origin::Own(_)).then(|| "yes".to_owned())),
            ("title", Some(self.title.clone())),
            ("language", (self.language != Language::English).then(|| self.language.name().to_owned())),
            ("description", Some(self.description.clone())),
            ("narrative", Some(self.narrative.clone())),
            ("achievement_type", Some(self.achievement_type.clone())),
            ("human_code", Some(format!("{}-V{}", self.id.to_ascii_uppercase(), self.version))),
            ("metrics", Some(METRICS.to_owned())),
            ("unit", Some(rules.unit.name().to_owned())),
            ("min_speed", Some(self.pass.speed.to_string())),
            ("min_accuracy", self.pass.accuracy.map(|a| a.to_string())),
            ("max_errors", text(rules.max_errors)),
            ("max_error_share", rules.max_error_share.map(|share| percent(share.bp))),
            ("valid_days", text(Some(self.valid_days))),
            ("duration", Some(wording::duration(rules.limit))),
            ("seconds", text(seconds)),
            ("minutes", text(minutes)),
            ("penalty", Some(wording::penalty(rules.penalty))),
            ("requirement", Some(wording::requirement(rules, &self.pass))),
        ];
        let mut members: Map<String, Value> =
            texts.into_iter().filter_map(|(name, text)| Some((name.to_owned(), text?.into()))).collect();
        let lists = [("tags", json!(self.tags)), ("alignment", Alignment::all_as_badge(&self.alignment))];
        let full = lists.into_iter().filter(|(_, list)| list.as_array().is_some_and(|l| !l.is_empty()));
        members.extend(full.map(|(name, list)| (name.to_owned(), list)));
        Value::Object(members)
    }

    /// SHA-256 over the canonical JSON (RFC 8785) of everything that is fixed for a level: its constants, rules,
    /// thresholds and source of text; look-alikes are in it when none is accepted.
    pub fn digest(&self) -> [u8; 32] {
        let mut whole = json!({
            "constants": self.constants(),
            "rules": self.rules,
            "source": self.source,
        });
        if self.lookalikes != Lookalikes::default()
            && let Value::Object(members) = &mut whole
        {
            members.insert("lookalikes".to_owned(), json!(self.lookalikes));
        }
        // Strings and whole numbers only: writing them cannot fail.
        Sha256::digest(serde_json_canonicalizer::to_vec(&whole).unwrap_or_default()).into()
    }

    /// The first four bytes of [`Self::digest`], by which a token names the level.
    pub fn reference(&self) -> [u8; 4] {
        let [a, b, c, d, ..] = self.digest();
        [a, b, c, d]
    }
}
