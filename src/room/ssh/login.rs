//! Logging in with a number and a code, asked for by the server. It counts tries on the connection, whatever name the
//! client goes by, and takes no answer to a question that was put to another name.

use std::borrow::Cow;

use russh::server::Auth;
use russh::{MethodKind, MethodSet};

/// Tries of a connection.
pub const TRIES: u32 = 5;

/// Longest answer that is looked at, in bytes.
pub const LONGEST: usize = 200;

const NAME: &str = "Exam";
const PROMPTS: &[(Cow<'static, str>, bool)] =
    &[(Cow::Borrowed("Candidate number: "), true), (Cow::Borrowed("Seat code: "), false)];

/// A connection that logs in.
#[derive(Debug, Default)]
pub struct Login {
    /// The name that the question was put to; nothing while there is no open question.
    asked: Option<String>,
    tries: u32,
    /// Nothing is looked at any more.
    over: bool,
}

impl Login {
    /// Asks somebody of this name. Another name begins anew, but has no more tries.
    pub fn ask(&mut self, user: &str) -> Auth {
        if self.over {
            return over();
        }
        self.asked = Some(user.to_owned());
        let left = TRIES - self.tries;
        let said = match self.tries {
            0 => "Your number and your seat code are on the sheet. The code is not shown while you type it."
                .to_owned(),
            _ => format!("Number and seat code do not belong together. Tries left: {left}"),
        };
        question(said, PROMPTS)
    }

    /// Whether an answer belongs to a question that was put to this name; each question has one answer.
    pub fn takes_answer_of(&mut self, user: &str) -> bool {
        !self.over && self.asked.take().is_some_and(|asked| asked == user)
    }

    /// Counts a wrong answer, and asks again while there are tries.
    pub fn wrong(&mut self, user: &str) -> Auth {
        self.tries += 1;
        self.over = self.tries >= TRIES;
        self.ask(user)
    }

    /// Says why nobody can come in now, and looks at nothing more.
    pub fn refuse(&mut self, why: String) -> Auth {
        self.over = true;
        question(why, &[])
    }

    /// Refuses an answer that nobody asked for.
    pub fn reject(&mut self) -> Auth {
        if self.over { over() } else { Auth::reject() }
    }
}

fn question(instructions: String, prompts: &'static [(Cow<'static, str>, bool)]) -> Auth {
    Auth::Partial { name: NAME.into(), instructions: instructions.into(), prompts: prompts.into() }
}

/// There is no way to log in any more.
fn over() -> Auth {
    let none: &[MethodKind] = &[];
    Auth::Reject { proceed_with_methods: Some(MethodSet::from(none)), partial_success: false }
}
