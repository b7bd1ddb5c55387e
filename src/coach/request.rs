//! Reading a line that is said to the coach. What is wrong with it is said in plain words.

use serde_json::{Map, Value};

use super::mode::Mode;
use super::track::{DAY, Moment};
use super::tutor::Plan;
use crate::lessons::language::Language;
use crate::lessons::shelves::{shipped_layout, shipped_layouts};
use crate::typing::key::{Key, Stroke};

/// Longest line in bytes: more strokes than the longest text takes, with room.
pub const LONGEST_LINE: usize = 1 << 20;
/// Most strokes for a text.
const MOST_STROKES: usize = 20_000;
/// The last day that can be named: some 270 years.
const LAST_DAY: f64 = 100_000.0;
/// Target speeds in words a minute.
pub const TARGETS: std::ops::RangeInclusive<f64> = 5.0..=250.0;

/// What is asked of the coach.
#[derive(Clone, Debug, PartialEq)]
pub enum Request {
    /// Begin anew, on the layout of this id, with words of this language.
    Hello(Plan, Ground),
    /// A text for that moment.
    Next(Moment),
    /// The text was typed at that moment.
    Typed(Moment, Vec<Stroke>),
}

/// On which layout, by its id, and in which language somebody practises.
pub type Ground = (&'static str, Language);

/// Reads a line; a member that `hello` leaves out is taken from the usual plan and ground.
///
/// # Errors
/// A sentence on what is wrong with the line.
pub fn read(line: &[u8], usual: (Plan, Ground)) -> Result<Request, String> {
    if line.len() > LONGEST_LINE {
        return Err(format!("the line is longer than {LONGEST_LINE} bytes; say less at once"));
    }
    let text = std::str::from_utf8(line).map_err(|_| "the line is not UTF-8; send JSON in UTF-8")?;
    let value: Value = serde_json::from_str(text).map_err(|why| {
        format!("the line is not JSON ({why}); send an object such as {{\"type\":\"next\",\"day\":0}}")
    })?;
    let Value::Object(members) = value else {
        return Err("the line is not an object; send one such as {\"type\":\"next\",\"day\":0}".to_owned());
    };
    match members.get("type").map(Value::as_str) {
        Some(Some("hello")) => hello(&members, usual).map(|(plan, ground)| Request::Hello(plan, ground)),
        Some(Some("next")) => day(&members).map(Request::Next),
        Some(Some("typed")) => Ok(Request::Typed(day(&members)?, strokes(&members)?)),
        Some(Some(other)) => Err(format!("type {other:?} is unknown; it can be hello, next or typed")),
        Some(None) => Err("type is not a string; it can be \"hello\", \"next\" or \"typed\"".to_owned()),
        None => Err("type is missing; it can be \"hello\", \"next\" or \"typed\"".to_owned()),
    }
}

/// Reads a `hello`; layout and language are the usual ones where none is named.
fn hello(members: &Map<String, Value>, usual: (Plan, Ground)) -> Result<(Plan, Ground), String> {
    let (mut plan, (mut on, mut speaks)) = usual;
    if let Some(seed) = members.get("seed") {
        plan.seed = seed
            .as_u64()
            .ok_or(format!("seed is {seed}; it has to be a whole number from 0 to {}", u64::MAX))?;
    }
    if let Some(name) = members.get("layout") {
        on = layout(name.as_str().ok_or(format!("layout is {name}; it has to be a string such as \"us\""))?)?;
    }
    if let Some(name) = members.get("language") {
        let name =
            name.as_str().ok_or(format!("language is {name}; it has to be a string such as \"en\""))?;
        speaks = language(name)?;
    }
    if let Some(wpm) = members.get("target_wpm") {
        plan.target_wpm =
            wpm.as_f64().ok_or(format!("target_wpm is {wpm}; it has to be a number such as 35"))?;
        target(plan.target_wpm)?;
    }
    if let Some(name) = members.get("mode") {
        plan.mode =
            mode(name.as_str().ok_or(format!("mode is {name}; it has to be a string such as \"guided\""))?)?;
    }
    Ok((plan, (on, speaks)))
}

/// The id of the shipped layout of that name.
///
/// # Errors
/// When there is none.
pub fn layout(name: &str) -> Result<&'static str, String> {
    let found = shipped_layout(name).map(|layout| layout.id.as_str());
    found.ok_or_else(|| {
        let known: Vec<&str> = shipped_layouts().map(|layout| layout.id.as_str()).collect();
        format!("the coach does not know the layout {name:?}; it knows {}", known.join(", "))
    })
}

/// The language of this code.
///
/// # Errors
/// When there are no words in it.
pub fn language(code: &str) -> Result<Language, String> {
    let known = || Language::ALL.map(Language::code).join(", ");
    Language::of_code(code)
        .ok_or_else(|| format!("the coach does not know the language {code:?}; it knows {}", known()))
}

/// Whether a target can be aimed at.
///
/// # Errors
/// When it lies outside [`TARGETS`].
pub fn target(wpm: f64) -> Result<(), String> {
    if TARGETS.contains(&wpm) {
        return Ok(());
    }
    Err(format!(
        "the target is {wpm} words a minute; it has to be from {} to {}",
        TARGETS.start(),
        TARGETS.end()
    ))
}

/// The mode of that name.
///
/// # Errors
/// When there is none.
pub fn mode(name: &str) -> Result<Mode, String> {
    let known = Mode::ALL.map(Mode::name).join(", ");
    Mode::named(name).ok_or_else(|| format!("the mode {name:?} is unknown; it can be {known}"))
}

fn day(members: &Map<String, Value>) -> Result<Moment, String> {
    let given = members.get("day").ok_or("day is missing; it says when, as a number of days such as 3.02")?;
    let day = given.as_f64().filter(|day| (0.0..=LAST_DAY).contains(day));
    let day = day.ok_or(format!("day is {given}; it has to be a number from 0 to {LAST_DAY}"))?;
    Ok((day * DAY as f64).round() as Moment)
}

fn strokes(members: &Map<String, Value>) -> Result<Vec<Stroke>, String> {
    const FORM: &str = "a list such as [[0,\"t\"],[182,\"h\"]]";
    let given = members.get("strokes").ok_or(format!("strokes is missing; it has to be {FORM}"))?;
    let list = given.as_array().ok_or(format!("strokes is not a list; it has to be {FORM}"))?;
    if list.len() > MOST_STROKES {
        return Err(format!("there are {} strokes; a text takes at most {MOST_STROKES}", list.len()));
    }
    let mut strokes: Vec<Stroke> = Vec::with_capacity(list.len());
    for (place, given) in list.iter().enumerate() {
        let stroke = stroke(given).map_err(|why| format!("stroke {}: {why}", place + 1))?;
        if strokes.last().is_some_and(|last| last.at > stroke.at) {
            return Err(format!(
                "stroke {}: it is earlier than the one before it; strokes stand in the order of time",
                place + 1
            ));
        }
        strokes.push(stroke);
    }
    Ok(strokes)
}

fn stroke(given: &Value) -> Result<Stroke, String> {
    let pair = given.as_array().map(Vec::as_slice);
    let Some([at, key]) = pair else {
        return Err("it is not a pair of milliseconds and a key, such as [182,\"h\"]".to_owned());
    };
    let ms = at.as_f64().filter(|ms| (0.0..=f64::from(u32::MAX)).contains(ms));
    let ms =
        ms.ok_or(format!("its time is {at}; it has to be milliseconds from the first key, 0 or more"))?;
    let name = key
        .as_str()
        .ok_or(format!("its key is {key}; it has to be a string such as \"h\" or \"Backspace\""))?;
    Ok(Stroke { at: ms.round() as u32, key: named(name)? })
}

fn named(name: &str) -> Result<Key, String> {
    let mut chars = name.chars();
    match (name, chars.next(), chars.next()) {
        ("Backspace", ..) => Ok(Key::Backspace),
        ("Enter", ..) => Ok(Key::Enter),
        (_, Some(c), None) if !c.is_control() => Ok(Key::Char(c)),
        _ => Err(format!("its key is {name:?}; it has to be one character, \"Backspace\" or \"Enter\"")),
    }
}
