//! Emulation: a layout practised on a keyboard that is set to another one. What comes from the keyboard is taken back to
//! the keys that were pressed, and those type what the layout that is practised has there.

use super::Layout;
use super::sign::{Press, Sign};

/// A keyboard that is set to one layout and types another.
#[derive(Clone, Debug)]
pub struct Emulation {
    set_to: Layout,
    practised: Layout,
    /// The dead key that was pressed last, if the next character has not come yet.
    dead: Option<char>,
}

impl Emulation {
    /// Types `practised` on a keyboard that is set to `set_to`. Keys are those of the keyboard that is set up.
    #[must_use]
    pub fn new(practised: &Layout, set_to: &Layout) -> Self {
        let practised = practised.on(set_to.form);
        Self { set_to: set_to.clone(), practised, dead: None }
    }

    /// The characters that come of one: none for a dead key, or where a key types nothing; more than one where it was typed
    /// over a dead key, or a dead key makes nothing of it. A character that the keyboard cannot type stays as it is.
    pub fn take(&mut self, c: char) -> Vec<char> {
        let Some(way) = self.set_to.way(c) else { return vec![c] };
        way.presses().flat_map(|press| self.press(press)).collect()
    }

    /// Forgets a dead key, as Backspace does.
    pub const fn forget(&mut self) {
        self.dead = None;
    }

    fn press(&mut self, press: Press) -> Vec<char> {
        match (self.dead.take(), self.practised.sign(press)) {
            (dead, Sign::Nothing) => {
                self.dead = dead;
                Vec::new()
            }
            (before, Sign::Dead(sign)) => {
                self.dead = Some(sign);
                before.into_iter().collect()
            }
            (Some(dead), Sign::Char(c)) => match self.practised.made(dead, c) {
                Some(made) => vec![made],
                None => vec![dead, c],
            },
            (None, Sign::Char(c)) => vec![c],
        }
    }
}
