//! An attempt: exercise, log and the circumstances, as one file that anyone can replay. The evidence of a badge.
//!
//! # Bytes, version 1
//!
//! `"TPA" 0x01`, varint length of the description, the description (JSON, raw deflate), the log.
//!
//! Version 2 begins with `"TPA" 0x02` and is the same, with circumstances in the description. Version 3 begins with `"TPA"
//! 0x03` and has the keyboard in it, and may have circumstances.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::bytes::{BytesError, Reader, inflate, push_varint};
use super::circumstances::Circumstances;
use super::exercise::{Exercise, Source};
use super::keyboard::Keyboard;
use super::log::Log;
use super::rules::Rules;
use super::session::{ReplayError, Session};
use super::text::{Layout, Lookalikes};

/// Largest attempt file: the longest text and the longest log, compressed, with room.
pub const MAX_BYTES: usize = 8 << 20;
/// Largest description after inflating: a text of the longest size, as JSON with escapes.
const MAX_DESCRIPTION: usize = 4 << 20;
const MAGIC: &[u8; 4] = b"TPA\x01";
/// The beginning where there are circumstances to tell.
const MAGIC_2: &[u8; 4] = b"TPA\x02";
/// The beginning where it is known on which keyboard it was typed.
const MAGIC_3: &[u8; 4] = b"TPA\x03";

/// Which level a test was taken for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LevelRef {
    /// The level's id.
    pub id: String,
    /// Its version.
    pub version: u32,
}

/// One test taken: what was typed, when, and every key of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// What was to be typed.
    pub exercise: Arc<Exercise>,
    /// For which level; `None` for a free test.
    pub level: Option<LevelRef>,
    /// Wall clock when the clock of the test started, milliseconds since 1970 (UTC).
    pub started_unix_ms: i64,
    /// Wall clock time between start and end in milliseconds; differs from the log's where a clock was changed or the
    /// machine slept.
    pub wall_ms: i64,
    /// What else was seen; nothing where there is nothing to say of it.
    pub circumstances: Option<Circumstances>,
    /// The keyboard that it was typed on; nothing where that is not known.
    pub keyboard: Option<Keyboard>,
    /// Every event.
    pub log: Log,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Description {
    source: Source,
    seed: u64,
    lookalikes: Lookalikes,
    #[serde(default, skip_serializing_if = "Layout::is_folded")]
    layout: Layout,
    rules: Rules,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    level: Option<LevelRef>,
    started_unix_ms: i64,
    wall_ms: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    circumstances: Option<Circumstances>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    keyboard: Option<Keyboard>,
    text: String,
}

impl Attempt {
    /// Writes the attempt; see the module's text for the format.
    pub fn to_bytes(&self) -> Vec<u8> {
        let Exercise { source, seed, lookalikes, layout, text, rules } = &*self.exercise;
        let description = Description {
            source: source.clone(),
            seed: *seed,
            lookalikes: *lookalikes,
            layout: *layout,
            rules: *rules,
            level: self.level.clone(),
            started_unix_ms: self.started_unix_ms,
            wall_ms: self.wall_ms,
            circumstances: self.circumstances,
            keyboard: self.keyboard.clone(),
            text: text.to_string(),
        };
        // Plain data with string keys: serialising it cannot fail; were it to, reading back would say so.
        let json = serde_json::to_vec(&description).unwrap_or_default();
        let packed = miniz_oxide::deflate::compress_to_vec(&json, 9);
        let magic = match (&self.keyboard, self.circumstances) {
            (Some(_), _) => MAGIC_3,
            (None, Some(_)) => MAGIC_2,
            (None, None) => MAGIC,
        };
        let mut out = magic.to_vec();
        push_varint(&mut out, packed.len() as u64);
        out.extend_from_slice(&packed);
        out.extend_from_slice(&self.log.to_bytes(&self.exercise));
        out
    }

    /// Reads an attempt.
    ///
    /// # Errors
    /// On anything that [`Self::to_bytes`] would not write, and on data beyond the limits.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, BytesError> {
        if bytes.len() > MAX_BYTES {
            return Err(BytesError::Inflate(MAX_BYTES));
        }
        let versions = [MAGIC, MAGIC_2, MAGIC_3].into_iter().zip(1..);
        let mut bodies = versions.filter_map(|(magic, version)| Some((bytes.strip_prefix(magic)?, version)));
        let (body, version) =
            bodies.next().ok_or(BytesError::Magic("a typeproof attempt, version 1 to 3"))?;
        let mut r = Reader::new(body);
        let length = r.varint_to(MAX_BYTES as u64, "length of the description")? as usize;
        let json = inflate(r.take(length, "description")?, MAX_DESCRIPTION)?;
        let refused =
            |e: &dyn std::fmt::Display| BytesError::Text("the description of the attempt", e.to_string());
        let d: Description = serde_json::from_slice(&json).map_err(|e| refused(&e))?;
        if version < 3 && d.circumstances.is_some() != (version == 2) {
            return Err(refused(&"its version says otherwise whether there are circumstances"));
        }
        if d.keyboard.is_some() != (version == 3) {
            return Err(refused(&"its version says otherwise whether the keyboard is known"));
        }
        if d.keyboard.as_ref().is_some_and(|keyboard| !keyboard.is_valid()) {
            return Err(refused(&"its keyboard has no layout by such a name"));
        }
        let exercise =
            Exercise::laid_out(d.source.clone(), d.seed, &d.text, (d.lookalikes, d.layout), d.rules)
                .map_err(|e| refused(&e))?;
        if exercise.text.to_string() != d.text {
            return Err(refused(&"the text is not in the form in which it was typed"));
        }
        let exercise = Arc::new(exercise);
        let log = Log::from_bytes(r.rest(), &exercise)?;
        let Description { level, started_unix_ms, wall_ms, circumstances, keyboard, .. } = d;
        Ok(Self { exercise, level, started_unix_ms, wall_ms, circumstances, keyboard, log })
    }

    /// Plays the log on the exercise.
    ///
    /// # Errors
    /// When the log is not of this exercise.
    pub fn replay(&self) -> Result<Session, ReplayError> {
        Session::replay(Arc::clone(&self.exercise), &self.log)
    }
}

/// The digest of an attempt file, which a badge names as its evidence: SHA-256 of its bytes.
pub fn digest(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}
