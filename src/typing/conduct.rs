//! How keys move the caret. What a log says must not change, so each rule that ever was has a name, and a log says its own.

use super::exercise::Exercise;
use super::text::Layout;

/// By which rules a session takes keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conduct {
    /// A character is one unit: Backspace takes all of it, and one of several code points is wrong until it is whole.
    First,
    /// As [`Self::First`], but a character is made of signs where its script is [typed so](super::text::signs):
    ///
    /// - Backspace takes the last sign.
    /// - A sign where a letter belongs, or a letter where a sign belongs, is one error and leaves its neighbours right.
    /// - A text does not end while its last character is only begun, such as by a letter whose accent comes next.
    /// - A letter typed in its composed form is the same as one typed in parts, in every script.
    ///
    /// White space that begins a word is typed as letters are, and Tab is a key; a space too many there is a stray one.
    Second,
    /// As [`Self::Second`], but the program types the indentation of a line as soon as the line before it is ended. What it
    /// types counts in no figure. Backspace at the beginning of a line takes indentation and line break back together.
    Third,
}

impl Conduct {
    /// The rules for new sessions on an exercise: for a plain text all are the same, and the first is what others know.
    #[must_use]
    pub fn of(exercise: &Exercise) -> Self {
        let text = &exercise.text;
        match exercise.layout {
            Layout::Automatic if text.is_indented() => Self::Third,
            _ if text.is_plain() => Self::First,
            _ => Self::Second,
        }
    }

    /// Whether a character can be made of signs, which come and go one by one.
    #[must_use]
    pub const fn knows_signs(self) -> bool {
        !matches!(self, Self::First)
    }
}
