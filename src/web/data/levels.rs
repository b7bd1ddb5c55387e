//! The levels as the page carries them: what the credential template asks of each, its digest, and how long its badge
//! holds; packed, since levels of one pathway differ in a few words.

use data_encoding::BASE64URL_NOPAD;
use serde_json::{Map, Value, json};

use super::pack::pack;
use crate::badge::credential::LevelTexts;
use crate::lessons::catalogue::Catalogue;

/// The constants of a level that credential template 1 names; a test holds that it names no others.
const MEMBERS: [&str; 11] = [
    "title",
    "description",
    "narrative",
    "achievement_type",
    "human_code",
    "version",
    "alignment",
    "tags",
    "unit",
    "min_speed",
    "min_accuracy",
];

/// Every version of every level, packed: a list with one object a level, of the members that the template names,
/// `digest` (base64url) and `valid_days`.
pub(super) fn packed(catalogue: &Catalogue) -> Value {
    let levels: Vec<Value> = catalogue.all_levels().map(LevelTexts::of).map(|level| entry(&level)).collect();
    pack(&Value::Array(levels))
}

fn entry(level: &LevelTexts) -> Value {
    let constant = |name: &str| Some((name.to_owned(), level.constants.get(name)?.clone()));
    let mut entry: Map<String, Value> = MEMBERS.into_iter().filter_map(constant).collect();
    entry.insert("valid_days".to_owned(), json!(level.valid_days));
    entry.insert("digest".to_owned(), json!(BASE64URL_NOPAD.encode(&level.digest)));
    Value::Object(entry)
}
