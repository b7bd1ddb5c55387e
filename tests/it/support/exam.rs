//! Exams in tests: a definition, a roster, events, and a test that was typed.

use std::sync::Arc;

use typeproof::exam::event::{Begun, Connection, Incident, Note, Opened, Outcome, What};
use typeproof::exam::taken::Taken;
use typeproof::exam::{Actor, Candidate, Definition, Event};
use typeproof::lessons::shelves::Shelves;
use typeproof::typing::exercise::{Exercise, Source};
use typeproof::typing::key::{Key, Stroke};
use typeproof::typing::log;
use typeproof::typing::rules::{Limit, Rules};
use typeproof::typing::session::Session;
use typeproof::typing::text::Lookalikes;

/// The least that an exam's file says.
pub const LEAST: &str =
    "title = \"Typing test\"\n[proctor]\nname = \"Petra Proctor\"\nidentity = \"photo ID\"\n";

/// An exam of a file that says this besides the least.
pub fn definition(more: &str) -> Definition {
    Definition::parse("exam.toml", &format!("{LEAST}{more}"), &Shelves::embedded()).unwrap()
}

/// A candidate without more than a number and a name.
pub fn candidate(number: &str, name: &str) -> Candidate {
    Candidate { number: number.into(), name: name.into(), email: None, more: Vec::new() }
}

/// Three candidates.
pub fn roster() -> Vec<Candidate> {
    vec![
        Candidate { email: Some("ada@example.org".into()), ..candidate("17", "Ada Lovelace") },
        candidate("18", "Grace Hopper"),
        candidate("19", "Jean Bartik"),
    ]
}

/// What the first entry of a journal says.
pub fn opened(room: &str) -> Opened {
    Opened {
        exam: "typing-test".into(),
        room: room.into(),
        definition_sha256: "d".repeat(64),
        roster_sha256: "e".repeat(64),
    }
}

/// The proctor.
pub fn proctor() -> Actor {
    Actor::Proctor("Petra Proctor".into())
}

/// Something that somebody did at a seat.
pub fn event(by: Actor, reason: &str, what: What) -> Event {
    Event { at_unix_ms: 1_800_000_000_000, by, reason: reason.into(), what }
}

/// Something that the candidate did.
pub fn did(what: What) -> Event {
    event(Actor::Candidate, "", what)
}

/// A session that connects.
pub fn connected(claim: u64) -> Event {
    did(What::Connected(Connection { claim, address: "192.0.2.7".into(), client: String::new() }))
}

/// A test that begins.
pub fn started(run: u32, attempt: u32) -> Event {
    let passages = vec!["letter-01".into()];
    did(What::Started(Begun { run, attempt, passages, text_sha256: "a".repeat(64), seed: 7 }))
}

/// A test of which nothing was typed.
pub fn nothing(run: u32) -> Outcome {
    Outcome { run, attempt_sha256: None, score: None }
}

/// An incident of noise.
pub fn noise(run: Option<u32>) -> What {
    What::Noted(Note { code: Incident::Noise, text: "a drill next door".into(), run })
}

/// What is typed in these tests: a minute of a few words.
pub fn exercise() -> Arc<Exercise> {
    let rules = Rules::practice(Limit::Seconds(60));
    let text = "the quick brown fox jumps over the lazy dog";
    Arc::new(
        Exercise::new(Source::Passages(vec!["fox".into()]), 7, text, Lookalikes::Typographic, rules).unwrap(),
    )
}

/// The events of typing the first `count` characters, so many milliseconds each.
pub fn presses(count: usize, each_ms: u32) -> Vec<log::Event> {
    let text = exercise().text.to_string();
    let keys = text.chars().map(Key::Char).take(count);
    keys.zip(0..).map(|(key, i)| log::Event { at: i * each_ms, what: log::EventKind::Press(key) }).collect()
}

/// The session of typing the whole text.
pub fn finished_session(each_ms: u32) -> Session {
    let mut session = Session::new(exercise());
    for event in presses(usize::MAX, each_ms) {
        if let log::EventKind::Press(key) = event.what {
            session.press(Stroke { at: event.at, key });
        }
    }
    session
}

/// The test of typing the whole text.
pub fn finished(run: u32, each_ms: u32) -> Taken {
    Taken::of(run, &finished_session(each_ms), 1_800_000_000_000, 20_000)
}
