//! The file of an exam, in TOML: what it may say, and what holds where it says nothing.

use serde::Deserialize;
use toml::Spanned;

use super::{
    Accommodation, Counting, Definition, Disconnect, Limits, MAX_ATTEMPTS, MAX_MINUTES, OnDisconnect,
    PassagePolicy, Shown, Start,
};
use crate::lessons::language::Language;
use crate::typing::rules::Rules;

/// What the file says.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct File {
    pub(super) title: Spanned<String>,
    pub(super) id: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) language: Language,
    pub(super) rules: Option<Spanned<String>>,
    pub(super) own_rules: Option<Spanned<Rules>>,
    pub(super) proctor: Proctor,
    #[serde(default)]
    pub(super) passages: Passages,
    #[serde(default)]
    pub(super) warm_up: WarmUp,
    #[serde(default)]
    pub(super) attempts: Attempts,
    #[serde(default)]
    pub(super) start: Mode,
    #[serde(default)]
    pub(super) disconnect: OnLoss,
    #[serde(default)]
    pub(super) results: Results,
    #[serde(default)]
    pub(super) limits: Minutes,
    #[serde(default)]
    pub(super) retention: Retention,
    #[serde(default)]
    pub(super) roster: Roster,
    #[serde(default, rename = "accommodation")]
    pub(super) accommodations: Vec<Need>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Proctor {
    pub(super) name: Spanned<String>,
    pub(super) title: Option<Spanned<String>>,
    pub(super) identity: Spanned<String>,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Passages {
    pub(super) policy: PassagePolicy,
    pub(super) kinds: Vec<Spanned<String>>,
    pub(super) bank: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct WarmUp {
    pub(super) seconds: Spanned<u32>,
}

impl Default for WarmUp {
    fn default() -> Self {
        Self { seconds: of_default(Definition::WARM_UP_S) }
    }
}

#[derive(Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Attempts {
    pub(super) number: Spanned<u32>,
    pub(super) counts: Counting,
}

impl Default for Attempts {
    fn default() -> Self {
        Self { number: of_default(1), counts: Counting::default() }
    }
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Mode {
    pub(super) mode: Start,
}

#[derive(Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct OnLoss {
    pub(super) policy: OnDisconnect,
    pub(super) fresh_at_most: Spanned<u32>,
}

impl Default for OnLoss {
    fn default() -> Self {
        Self { policy: OnDisconnect::default(), fresh_at_most: of_default(Definition::FRESH_AT_MOST) }
    }
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Results {
    pub(super) shown: Shown,
}

#[derive(Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Minutes {
    pub(super) idle_minutes: Spanned<u32>,
    pub(super) session_minutes: Spanned<u32>,
}

impl Default for Minutes {
    fn default() -> Self {
        let Limits { idle_s, session_s } = Definition::LIMITS;
        Self { idle_minutes: of_default(idle_s / 60), session_minutes: of_default(session_s / 60) }
    }
}

#[derive(Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Retention {
    pub(super) timing_days: Spanned<u32>,
}

impl Default for Retention {
    fn default() -> Self {
        Self { timing_days: of_default(Definition::RETENTION_DAYS) }
    }
}

#[derive(Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Roster {
    pub(super) file: Spanned<String>,
}

impl Default for Roster {
    fn default() -> Self {
        Self { file: of_default(Definition::ROSTER.to_owned()) }
    }
}

/// What a candidate needs.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Need {
    pub(super) number: Spanned<String>,
    pub(super) rest_minutes: Option<Spanned<u32>>,
    #[serde(default)]
    pub(super) wide_spacing: bool,
    #[serde(default)]
    pub(super) plain: bool,
    pub(super) seconds: Option<Spanned<u32>>,
    pub(super) warm_up_seconds: Option<Spanned<u32>>,
}

impl Need {
    pub(super) fn into_accommodation(self) -> Accommodation {
        let plain = |given: Option<Spanned<u32>>| given.map(Spanned::into_inner);
        Accommodation {
            number: self.number.into_inner().trim().to_owned(),
            rest_minutes: plain(self.rest_minutes).unwrap_or(0),
            wide_spacing: self.wide_spacing,
            plain: self.plain,
            seconds: plain(self.seconds),
            warm_up_s: plain(self.warm_up_seconds),
        }
    }
}

/// A value that the file does not state.
fn of_default<T>(value: T) -> Spanned<T> {
    Spanned::new(0..0, value)
}

/// A number that must lie in a range: where it stands, what it is called, its value and the range.
pub(super) type Bounded<'a> = (&'a Spanned<u32>, &'static str, u32, u32);

impl File {
    /// The numbers that must lie in a range.
    pub(super) fn bounded(&self) -> Vec<Bounded<'_>> {
        const SECONDS: u32 = MAX_MINUTES * 60;
        let mut all = vec![
            (&self.warm_up.seconds, "seconds of the warm-up", 0, SECONDS),
            (&self.attempts.number, "number of attempts", 1, MAX_ATTEMPTS),
            (&self.disconnect.fresh_at_most, "fresh-at-most", 0, MAX_ATTEMPTS),
            (&self.limits.idle_minutes, "idle-minutes", 1, MAX_MINUTES),
            (&self.limits.session_minutes, "session-minutes", 1, 24 * 60),
            (&self.retention.timing_days, "timing-days", 1, 3_650),
        ];
        for need in &self.accommodations {
            let own = [
                (&need.rest_minutes, "rest-minutes", 0, MAX_MINUTES),
                (&need.seconds, "seconds", 1, crate::typing::rules::MAX_SECONDS),
                (&need.warm_up_seconds, "warm-up-seconds", 0, SECONDS),
            ];
            all.extend(own.into_iter().filter_map(|(value, what, least, most)| {
                value.as_ref().map(|value| (value, what, least, most))
            }));
        }
        all
    }

    /// What is done when a connection is lost.
    pub(super) fn disconnect(&self) -> Disconnect {
        Disconnect { policy: self.disconnect.policy, fresh_at_most: *self.disconnect.fresh_at_most.get_ref() }
    }

    /// How long a session may last.
    pub(super) fn limits(&self) -> Limits {
        let seconds = |minutes: &Spanned<u32>| minutes.get_ref().saturating_mul(60);
        Limits {
            idle_s: seconds(&self.limits.idle_minutes),
            session_s: seconds(&self.limits.session_minutes),
        }
    }
}
