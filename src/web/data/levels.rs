//! Levels, milestones and courses as the page carries them: what the credential template asks of each, its digest, and how long its
//! badge holds; packed, and with what they have in common stated once, since levels of one pathway differ in a few numbers.

use std::collections::BTreeMap;

use data_encoding::BASE64URL_NOPAD;
use serde_json::{Map, Value, json};

use super::pack::pack;
use crate::badge::claim::Taught;
use crate::badge::credential::Texts;
use crate::lessons::amount::least_at_the_end;
use crate::lessons::catalogue::Catalogue;
use crate::lessons::course::Course;
use crate::lessons::level::Level;
use crate::lessons::practice::Milestone;
use crate::lessons::terms::{Origin, TextSource};

/// The constants that credential template 1 and its overlays name; a test holds that they name no others.
const MEMBERS: [&str; 12] = [
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
];

/// The bytes of a digest by which the page knows a level: those that make its URN.
const DIGEST: usize = 16;

/// What stands in a text of `shared` for a level's `min_speed` and `min_accuracy`. No text of a level has braces.
const SPEED: &str = "{s}";
const ACCURACY: &str = "{a}";

/// Every version of every level, packed: `levels` has one object a level, of the members that the template names, of
/// what a badge of it is compared with (`own`, `rules`, `least`, and `words` where its text is drawn from a list), `kind`
/// (`shipped`, `own`, or `former` as version 0.1.0 knew an own one), `digest` (the first [`DIGEST`] bytes in base64url) and
/// `valid_days`. Behind them milestones of practice and courses, the same without what is of levels alone; their `kind` is that
/// of their overlay, and courses have `own` and in `lessons` their number for each layout and language. All members but `digest`, `min_speed` and `min_accuracy` are places in `shared`, where each value stands
/// once.
pub(super) fn packed(catalogue: &Catalogue) -> Value {
    let milestones = Milestone::all().map(Texts::of_practice).map(|texts| common(&texts, &["kind"]));
    let courses = courses(catalogue);
    let mut shared = Vec::new();
    let all = catalogue.all_levels().map(entry).chain(milestones).chain(courses);
    let levels: Vec<Value> = all.map(|entry| sharing(&entry, &mut shared)).collect();
    pack(&json!({"shared": shared, "levels": levels}))
}

/// An entry with places in `shared` for values, which are added there where they are new.
fn sharing(entry: &Map<String, Value>, shared: &mut Vec<Value>) -> Value {
    let own = |name: &str| entry.get(name).and_then(Value::as_str).map(str::to_owned);
    let numbers = [(own("min_speed"), SPEED), (own("min_accuracy"), ACCURACY)];
    let place = |(name, value): (String, Value)| {
        if ["digest", "min_speed", "min_accuracy"].contains(&name.as_str()) {
            return (name, value);
        }
        let value = match value {
            Value::String(text) => Value::String(without_numbers(text, &numbers)),
            other => other,
        };
        let place = shared.iter().position(|known| *known == value).unwrap_or_else(|| {
            shared.push(value);
            shared.len() - 1
        });
        (name, json!(place))
    };
    entry.clone().into_iter().map(place).collect::<Map<_, _>>().into()
}

/// A text with signs in the places of a level's numbers.
fn without_numbers(text: String, numbers: &[(Option<String>, &str)]) -> String {
    let filled = numbers.iter().filter_map(|(number, sign)| Some((number.as_deref()?, sign)));
    filled.fold(text, |text, (number, sign)| text.replace(number, sign))
}

/// What is there of every achievement.
fn common(texts: &Texts, more: &[&str]) -> Map<String, Value> {
    let constant = |name: &str| Some((name.to_owned(), texts.constants.get(name)?.clone()));
    let names = MEMBERS.iter().chain(more);
    let mut entry: Map<String, Value> = names.filter_map(|name| constant(name)).collect();
    entry.insert("valid_days".to_owned(), json!(texts.valid_days));
    entry.insert("digest".to_owned(), json!(BASE64URL_NOPAD.encode(&texts.digest[..DIGEST])));
    entry
}

fn entry(level: &Level) -> Map<String, Value> {
    let texts = Texts::of(level);
    let mut entry = common(&texts, &["own"]);
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
    entry
}

/// The courses, and how many lessons each has on every layout that comes with typeproof, in every language.
fn courses(catalogue: &Catalogue) -> Vec<Map<String, Value>> {
    let courses: Vec<&Course> = catalogue.courses().collect();
    let mut lessons = vec![BTreeMap::new(); courses.len()];
    for ground in catalogue.badge_grounds() {
        let taught = Taught::new(&ground.layout.id, ground.language.code()).map(|taught| taught.to_string());
        for (course, lessons) in courses.iter().zip(&mut lessons) {
            lessons.extend(taught.clone().map(|taught| (taught, course.lessons(&ground).len())));
        }
    }
    let entry = |(course, lessons): (&Course, BTreeMap<String, usize>)| {
        let mut entry = common(&Texts::of_course(course), &["kind", "own"]);
        entry.insert("lessons".to_owned(), json!(lessons));
        entry
    };
    courses.into_iter().zip(lessons).map(entry).collect()
}
