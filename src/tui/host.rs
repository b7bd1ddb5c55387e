//! Where screens are shown: a host brings what was typed and takes what is drawn. Nothing above it knows a terminal, a
//! process or the environment.
//!
//! The local terminal is one host ([`local`]), a pair of byte streams another ([`stream`]). A third one ([`fed`]) waits for
//! nothing itself: it is for those who wait for many terminals at once.

use std::io;
use std::time::Instant;

use ratatui::layout::Size;

use super::input::{Input, Suggestion};
use super::screen::{Colours, Signs};
use crate::badge::draw::certificate::Paper;
use crate::badge::draw::drawing::cells::QrStyle;
use crate::lessons::layout::guess::Region;

pub mod fed;
mod line;
pub mod local;
mod modes;
pub mod stream;
mod talk;

/// A place where screens are shown to one person.
pub trait Host {
    /// The size of the screen in columns and rows.
    fn size(&self) -> Size;

    /// What the screen and the person before it can make use of. It may become less when the terminal's answers are in.
    fn capabilities(&self) -> Capabilities;

    /// Whether a drawing sent now can reach the screen. While it cannot, draw nothing and wait: changes merge.
    fn can_draw(&self) -> bool;

    /// Sends a drawing; an empty one costs nothing. The next wait says when nobody is there any more.
    ///
    /// # Errors
    /// When the system refuses.
    fn send(&mut self, drawing: &[u8]) -> Result<(), HostError>;

    /// Waits until there is input, the deadline has come, or drawings can be sent again, and appends the input. Returns
    /// the time stamp of that input, taken when it was read; without a deadline it waits for ever.
    ///
    /// # Errors
    /// When the system refuses to wait.
    fn wait(&mut self, deadline: Option<Instant>, inputs: &mut Vec<Input>) -> Result<Instant, HostError>;

    /// Whether there is a browser beside the screen.
    fn has_browser(&self) -> bool {
        false
    }

    /// Opens an address in that browser.
    ///
    /// # Errors
    /// When there is none, or it cannot be started.
    fn open(&mut self, _address: &str) -> io::Result<()> {
        Err(io::Error::new(io::ErrorKind::Unsupported, "there is no browser beside this screen"))
    }

    /// Whether the program can be stopped here and continued later.
    fn may_suspend(&self) -> bool;

    /// Stops the program until it is continued; says whether it was. The next wait then reports
    /// [`Signal::Continue`](super::input::Signal::Continue).
    fn suspend(&mut self) -> bool;
}

/// What depends on the screen and on the person before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Capabilities {
    /// Which colours are written.
    pub colours: Colours,
    /// Which signs beyond ASCII are drawn.
    pub signs: Signs,
    /// How a QR code is made of characters.
    pub code: QrStyle,
    /// The paper that certificates are printed on.
    pub paper: Paper,
    /// The language and country of the person's locale, by which a keyboard layout is suggested.
    pub region: Option<Region>,
    /// Whether keys come over a line that bundles them, as that of ssh does.
    pub bundles: bool,
    /// The keyboard that somebody is likely to have.
    pub keyboard: Suggestion,
}

impl Default for Capabilities {
    /// All colours, UTF-8, and the paper of a locale that names no country.
    fn default() -> Self {
        Self {
            colours: Colours::All,
            signs: Signs::All,
            code: QrStyle::for_locale(true),
            paper: Paper::of_locale(""),
            region: None,
            bundles: true,
            keyboard: Suggestion::default(),
        }
    }
}

impl Capabilities {
    /// What a terminal of this name can make use of, where that is all that is known.
    #[must_use]
    pub fn of_terminal(name: &str) -> Self {
        let plain = name.is_empty() || name == "dumb" || name.starts_with("vt1") || name.starts_with("vt2");
        let colours = if plain { Colours::None } else { Colours::All };
        Self { colours, signs: Signs::of(name, true), ..Self::default() }
    }

    /// The same for a terminal on which only ASCII is sure to be drawn right.
    #[must_use]
    pub fn in_ascii(self) -> Self {
        Self { signs: Signs::Ascii, code: QrStyle::for_locale(false), ..self }
    }
}

/// Why a host could not do what it was asked for.
#[derive(Debug, thiserror::Error)]
#[error("cannot {doing}: {source}; is the terminal still open?")]
pub struct HostError {
    /// What was tried.
    doing: &'static str,
    /// What the system answered.
    source: io::Error,
}

impl HostError {
    fn refused(doing: &'static str) -> impl FnOnce(io::Error) -> Self {
        move |source| Self { doing, source }
    }
}
