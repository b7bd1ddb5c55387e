//! The coach as lines of JSON: one line is answered by one line, and nothing is stored.
//!
//! | in | out |
//! |---|---|
//! | `{"type":"hello","seed":7,"layout":"us","language":"en","target_wpm":35,"mode":"guided"}` | `{"ok":true,…}` with the plan; begins anew |
//! | `{"type":"next","day":3.02}` | `{"text":"…","why":"…"}` |
//! | `{"type":"typed","day":3.02,"strokes":[[0,"t"],[182,"h"],[455,"Backspace"]]}` | `{"ok":true,…}` with the estimates |
//! | anything else | `{"error":"…"}`, and nothing has changed |
//!
//! Every member of `hello` may be left out. Members that are not listed are ignored.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::request::{self, Ground, Request};
use super::state::State;
use super::track::{Estimate, Moment};
use super::tutor::{MS_PER_WPM, Plan, Tutor};
use super::vocabulary::Vocabulary;
use crate::lessons::language::Language;

/// How many pairs an answer names: those that are furthest from the target.
const PAIRS: usize = 20;

/// A conversation with one learner's coach.
#[derive(Clone, Debug)]
pub struct Talk {
    /// The words of the language that was spoken last.
    words: (Language, Arc<Vocabulary>),
    usual: (Plan, Ground),
    tutor: Tutor,
    text: Option<String>,
}

impl Talk {
    /// A conversation about a plan, on a layout and in a language, which hold where `hello` says nothing else.
    #[must_use]
    pub fn new(plan: Plan, ground: Ground) -> Self {
        let words = Arc::new(Vocabulary::of(ground.1));
        let tutor = Tutor::new(Arc::clone(&words), plan, State::default());
        Self { words: (ground.1, words), usual: (plan, ground), tutor, text: None }
    }

    /// Begins anew.
    fn begin(&mut self, plan: Plan, language: Language) {
        if self.words.0 != language {
            self.words = (language, Arc::new(Vocabulary::of(language)));
        }
        self.tutor = Tutor::new(Arc::clone(&self.words.1), plan, State::default());
        self.text = None;
    }

    /// The answer to a line, without its line break.
    pub fn answer(&mut self, line: &[u8]) -> String {
        let answer = request::read(line, self.usual).and_then(|request| self.follow(request));
        answer.unwrap_or_else(|why| json!({ "error": why })).to_string()
    }

    fn follow(&mut self, request: Request) -> Result<Value, String> {
        match request {
            Request::Hello(plan, (layout, language)) => {
                self.begin(plan, language);
                let Plan { target_wpm, mode, seed } = plan;
                Ok(json!({
                    "ok": true,
                    "layout": layout,
                    "language": language.code(),
                    "target_wpm": target_wpm,
                    "mode": mode.name(),
                    "seed": seed,
                }))
            }
            Request::Next(now) => {
                let proposal = self.tutor.next(now);
                let answer = json!({ "text": proposal.text, "why": proposal.why });
                self.text = Some(proposal.text);
                Ok(answer)
            }
            Request::Typed(when, strokes) => {
                let text = self.text.take().ok_or(
                    "there is no text that was not yet typed; ask for one with {\"type\":\"next\",\"day\":0}",
                )?;
                self.tutor.typed(when, &text, &strokes);
                Ok(self.estimates(when))
            }
        }
    }

    /// What is believed of the learner at a moment.
    fn estimates(&self, now: Moment) -> Value {
        let need = self.tutor.need(now);
        let letters = self.tutor.vocabulary().letters();
        let tried = |estimates: &[Estimate]| -> Vec<usize> {
            (0..estimates.len()).filter(|place| estimates[*place].tries > 0).collect()
        };
        let keys: Map<String, Value> = tried(&need.keys)
            .into_iter()
            .map(|key| (letters[key].to_string(), shown(&need.keys[key])))
            .collect();
        let mut weakest = tried(&need.pairs);
        weakest.sort_by(|a, b| need.reach[*b].total_cmp(&need.reach[*a]).then(a.cmp(b)));
        weakest.truncate(PAIRS);
        let name =
            |pair: usize| [letters[pair / letters.len()], letters[pair % letters.len()]].iter().collect();
        let pairs: Map<String, Value> =
            weakest.into_iter().map(|pair| (name(pair), shown(&need.pairs[pair]))).collect();
        json!({
            "ok": true,
            "wpm": tenths(MS_PER_WPM / need.text_ms),
            "keys": keys,
            "pairs": pairs,
        })
    }
}

fn shown(estimate: &Estimate) -> Value {
    json!({
        "ms": estimate.ms.round(),
        "uncertain_ms": estimate.uncertain_ms.round(),
        "accuracy": (estimate.accuracy * 1000.0).round() / 1000.0,
        "tries": estimate.tries,
    })
}

fn tenths(n: f64) -> f64 {
    (n * 10.0).round() / 10.0
}
