//! What home offers: its entries, and the lengths of a free test.

use crate::lessons::wording::{counted, duration};
use crate::sitting::Task;
use crate::typing::rules::Limit;

/// The lengths of a free test, in the order of the arrows.
pub(super) const FREE_TESTS: [Task; 7] = [
    Task::Time(15),
    Task::Time(30),
    Task::Time(60),
    Task::Time(120),
    Task::Words(25),
    Task::Words(50),
    Task::Words(100),
];

/// A minute: long enough for a figure, short enough to begin.
pub(super) const USUAL_FREE_TEST: usize = 2;

/// What can be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// What is suggested.
    Continue,
    /// The courses.
    Courses,
    /// Practice with the coach.
    Practice,
    /// The rest of a text that was given up.
    Resume,
    /// The list of levels.
    Levels,
    /// A free test.
    Free,
    /// Every attempt.
    History,
    /// What came of practice so far.
    Progress,
    /// Pace and what errors do.
    Options,
    /// The badge wallet.
    Wallet,
    /// The holder's name.
    Name,
    /// The keyboard layout.
    Keyboard,
    /// Verification.
    Verify,
    /// Help.
    Help,
    /// Leaving the program.
    Quit,
}

/// The entries: letter, entry, name. [`Entry::Resume`] is there when a text was given up.
pub(super) const MENU: [(char, Entry, &str); 15] = [
    ('c', Entry::Continue, "Continue"),
    ('r', Entry::Resume, "Resume"),
    ('s', Entry::Courses, "Courses"),
    ('p', Entry::Practice, "Practise"),
    ('l', Entry::Levels, "Take a level"),
    ('f', Entry::Free, "Free test"),
    ('t', Entry::History, "History"),
    ('g', Entry::Progress, "Progress"),
    ('b', Entry::Wallet, "My badges"),
    ('v', Entry::Verify, "Verify a badge"),
    ('m', Entry::Name, "My name"),
    ('o', Entry::Options, "Options"),
    ('k', Entry::Keyboard, "My keyboard"),
    ('h', Entry::Help, "Help"),
    ('q', Entry::Quit, "Quit"),
];

/// A text that was given up, and how much of it is left.
pub(super) fn rest_name(rest: &Task) -> String {
    let (Task::Text { name, raw, .. } | Task::Code { name, raw }) = rest else { return rest.title() };
    let left = u32::try_from(raw.split_whitespace().count()).unwrap_or(u32::MAX);
    format!("{} · {} left", Task::whole_name(name), counted(left, "word"))
}

/// What a free test is called.
pub(super) fn free_name(test: &Task) -> String {
    match test {
        Task::Time(seconds) => duration(Limit::Seconds(*seconds)),
        Task::Words(words) => counted(*words, "word"),
        other => other.title(),
    }
}
