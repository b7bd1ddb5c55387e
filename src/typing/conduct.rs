//! How keys move the caret. What a log says must not change, so each rule that ever was has a name, and a log says its own.

use super::text::Text;

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
}

impl Conduct {
    /// The rules for new sessions on a text: for a plain one both are the same, and the first is what others know.
    pub fn of_text(text: &Text) -> Self {
        if text.is_plain() { Self::First } else { Self::Second }
    }
}
