//! What was chosen of keyboards: which layout, on which keyboard.

use crate::lessons::layout::place::Form;

/// The layout, the form of keyboard and the layout that the computer is set to, as they were chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The layout that is typed, by its id.
    pub layout: String,
    /// The form of the keyboard, where it is another than the layout is made for.
    pub form: Option<Form>,
    /// The layout that the computer is set to, where it is another, by its id.
    pub set_to: Option<String>,
}
