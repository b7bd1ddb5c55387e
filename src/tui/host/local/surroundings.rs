//! What the environment says about the terminal and the person before it.

use std::env;
#[cfg(unix)]
use std::time::Duration;

use crate::badge::draw::certificate::Paper;
use crate::badge::draw::drawing::cells::QrStyle;
use crate::lessons::language::Language;
use crate::lessons::layout::guess::Region;
use crate::tui::host::Capabilities;
#[cfg(unix)]
use crate::tui::input::Parser;
use crate::tui::input::Suggestion;
use crate::tui::screen::{Colours, Signs};

/// Variables that are set where the terminal is at the other end of a line.
const AFAR: [&str; 3] = ["SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY"];

/// What the screen and the person before it can make use of, before the terminal itself is asked.
pub(super) fn capabilities() -> Capabilities {
    Capabilities {
        colours: Colours::by_no_color(env::var_os("NO_COLOR").as_deref()),
        signs: Signs::of(&term().unwrap_or_default(), is_utf8()),
        code: code(),
        paper: Paper::of_locale(&locale("LC_PAPER")),
        region: Region::of_locale(&locale("LC_MESSAGES")),
        bundles: is_afar(),
        keyboard: keyboard(),
    }
}

/// The language of the person's locale, where there are texts in it.
pub fn language() -> Option<Language> {
    Language::of_locale(&locale("LC_MESSAGES"))
}

/// The keyboard by what Wayland's compositors are given, and by the locale.
fn keyboard() -> Suggestion {
    let [names, variants] =
        ["XKB_DEFAULT_LAYOUT", "XKB_DEFAULT_VARIANT"].map(|name| variable(name).unwrap_or_default());
    Suggestion::of(&names, &variants, &locale("LC_CTYPE"))
}

/// The form of a QR code that this terminal can show, by the locale's character set.
pub fn code() -> QrStyle {
    QrStyle::for_locale(is_utf8())
}

/// The name of the terminal, where it has one.
pub fn term() -> Option<String> {
    if cfg!(windows) { Some("windows".to_owned()) } else { variable("TERM") }
}

/// How long an escape byte may stand alone before it is the Escape key.
#[cfg(unix)]
pub(super) fn escape_patience() -> Duration {
    if is_afar() { Parser::AFAR } else { Parser::AT_HAND }
}

fn is_afar() -> bool {
    AFAR.into_iter().any(|name| variable(name).is_some())
}

fn is_utf8() -> bool {
    let locale = locale("LC_CTYPE").to_ascii_lowercase();
    cfg!(windows) || locale.ends_with("utf-8") || locale.ends_with("utf8")
}

/// The locale of a category, e.g. `de_AT.UTF-8` (POSIX: the first of `LC_ALL`, the category and `LANG` that is not empty).
fn locale(category: &str) -> String {
    ["LC_ALL", category, "LANG"].into_iter().find_map(variable).unwrap_or_default()
}

fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}
