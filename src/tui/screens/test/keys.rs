//! What keys mean during a test, besides typing.

use crate::tui::input::KeyPress;
use crate::tui::keymap::{Keymap, row};

/// What keys mean on this screen, but for the text.
#[derive(Clone, Copy, Debug)]
pub(super) enum Action {
    Restart,
    Leave,
    Figures,
    Keyboard,
    Layout,
    Redraw,
    Quit,
    Why,
    /// Takes back what was typed.
    Erase,
}

/// The keys of this screen. All others are typed, Tab too where the text asks for it. A text that was `chosen` has a reason.
pub(super) fn keymap(tabs: bool, chosen: bool) -> Keymap<Action> {
    let why = chosen.then_some((KeyPress::F(3), Action::Why));
    let restart = [KeyPress::Tab, KeyPress::Ctrl('r')].into_iter().skip(usize::from(tabs));
    let restart = restart.map(|key| (key, Action::Restart));
    Keymap::of([
        row(restart, "restart").shown(1, "restart"),
        row([(KeyPress::Esc, Action::Leave)], "back").shown(1, "back"),
        row(why, "why this text?").shown(1, "why this text?"),
        row([(KeyPress::Ctrl('f'), Action::Figures)], "show or hide the figures").shown(1, "figures"),
        row([(KeyPress::Ctrl('k'), Action::Keyboard)], "show or hide the keyboard").shown(1, "keyboard"),
        row([(KeyPress::Ctrl('c'), Action::Quit)], "quit").shown(1, "quit"),
        row([(KeyPress::F(2), Action::Layout)], "choose another keyboard layout"),
        row([(KeyPress::Ctrl('l'), Action::Redraw)], "redraw the screen"),
        row([(KeyPress::Backspace, Action::Erase)], "delete a character"),
        row([(KeyPress::DeleteWord, Action::Erase)], "delete a word"),
    ])
}

/// The keys in an exam.
pub(super) fn supervised(may_leave: bool) -> Keymap<Action> {
    let leave = may_leave.then_some((KeyPress::Esc, Action::Leave));
    Keymap::of([
        row(leave, "end the warm-up").shown(1, "end the warm-up"),
        row([(KeyPress::Ctrl('f'), Action::Figures)], "show or hide the figures").shown(1, "figures"),
        row([(KeyPress::Ctrl('l'), Action::Redraw)], "redraw the screen").shown(1, "redraw"),
        row([(KeyPress::Backspace, Action::Erase)], "delete a character"),
        row([(KeyPress::DeleteWord, Action::Erase)], "delete a word"),
    ])
}
