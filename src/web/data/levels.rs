//! Levels and milestones as the page carries them: what the credential template asks of each, its digest, and how long its
//! badge holds; packed, since levels of one pathway differ in a few words.

use data_encoding::BASE64URL_NOPAD;
use serde_json::{Map, Value, json};

use super::pack::pack;
use crate::badge::credential::Texts;
use crate::lessons::amount::least_at_the_end;
use crate::lessons::catalogue::Catalogue;
use crate::lessons::level::Level;
use crate::lessons::practice::Milestone;
use crate::lessons::terms::{Origin, TextSource};

/// The constants that credential template 1 and its overlays name; a test holds that they name no others.
const MEMBERS: [&str; 13] = [
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
    "hours",
    "lessons",
];

/// Every version of every level, packed: a list with one object a level, of the members that the template names, of
/// what a badge of it is compared with (`own`, `rules`, `least`, and `words` where its text is drawn from a list), `kind`
/// (`shipped`, `own`, or `former` as version 0.1.0 knew an own one), `digest` (base64url) and `valid_days`. Behind them
/// milestones of practice, the same without what is of levels alone; their `kind` is that of their overlay.
pub(super) fn packed(catalogue: &Catalogue) -> Value {
    let award = |texts: Texts| Value::Object(common(&texts, "kind"));
    let milestones = Milestone::all().map(Texts::of_practice).map(award);
    pack(&catalogue.all_levels().map(entry).chain(milestones).collect())
}

/// What is there of every achievement.
fn common(texts: &Texts, more: &str) -> Map<String, Value> {
    let constant = |name: &str| Some((name.to_owned(), texts.constants.get(name)?.clone()));
    let mut entry: Map<String, Value> = MEMBERS.into_iter().chain([more]).filter_map(constant).collect();
    entry.insert("valid_days".to_owned(), json!(texts.valid_days));
    entry.insert("digest".to_owned(), json!(BASE64URL_NOPAD.encode(&texts.digest)));
    entry
}

fn entry(level: &Level) -> Value {
    let texts = Texts::of(level);
    let mut entry = common(&texts, "own");
    let kind = match level.origin {
        Origin::Shipped => "shipped",
        Origin::Own(_) => "own",
        Origin::Former(_) => "former",
    };
    if let TextSource::Words(list) = &level.source {
        entry.insert("words".to_owned(), json!(list));
    }
    entry.insert("kind".to_owned(), json!(kind));
    entry.insert("rules".to_owned(), json!(level.rules));
    entry.insert("least".to_owned(), json!(least_at_the_end(level)));
    Value::Object(entry)
}
