//! The screens, and what they ask of the edge. A screen is a state with `update` and `view`, one file each: update
//! decides, the edge ([`super::app`]) performs, the view only looks. What a screen shows it loads when it is opened.

use std::time::Instant;

use std::fmt;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use zeroize::Zeroizing;

use super::input::KeyPress;
use super::keymap::{self, Keymap, Listed};
use crate::coach::wishes::Wishes;
use crate::lessons::practice::Milestone;
use crate::sitting::Task;
use crate::typing::exercise::LessonRef;

pub mod award;
mod badge_text;
pub mod course;
pub mod courses;
mod document;
pub mod field;
pub mod help;
pub mod history;
pub mod holder;
pub mod home;
pub mod layouts;
pub mod lesson;
pub mod levels;
pub mod options;
pub mod parts;
mod places;
pub mod practice;
pub mod progress;
pub mod reading;
pub mod replay;
pub mod result;
pub mod share;
pub mod test;
pub mod texts;
pub mod verify;
pub mod wallet;

/// What a screen wants after a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Nothing but to be drawn again.
    Stay,
    /// Not even that.
    Unchanged,
    /// To go to another place; this one lies beneath it, where that does not lie above home.
    Go(Route),
    /// To go back to what lies beneath.
    Back,
    /// Something that the edge does.
    Do(Command),
}

/// A place in the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// The home screen.
    Home,
    /// The list of levels, the given one chosen.
    Levels(Option<String>),
    /// The list of courses, the given one chosen.
    Courses(Option<String>),
    /// The lessons of a course, the given one chosen.
    Course(String, Option<String>),
    /// The page of a lesson.
    Lesson {
        /// The course.
        course: String,
        /// The lesson.
        lesson: String,
    },
    /// A test.
    Test(Task),
    /// The result of the attempt just finished.
    Result,
    /// The attempt just finished, played.
    Replay,
    /// The badge of the attempt just finished.
    Award,
    /// The badge wallet.
    Wallet,
    /// One badge of it, with its QR code.
    Badge(String),
    /// How a badge can be shared, after writing files of it.
    Share {
        /// The badge.
        id: String,
        /// What is to be written first.
        write: share::write::Write,
    },
    /// Verification: the answer to a path, link or token, or the question for one.
    Verify(Option<String>),
    /// The choice of a keyboard layout, and where to go on to.
    Layouts(Option<Box<Route>>),
    /// The holder's name and e-mail address, to be changed.
    Holder,
    /// The help screen.
    Help,
    /// Practice with the coach.
    Practice,
    /// The user's own texts.
    Texts,
    /// Every attempt.
    History,
    /// The result of the saved attempt of this id.
    Attempt(String),
    /// What came of practice so far.
    Progress,
    /// Pace and what errors do.
    Options,
}

impl Route {
    /// The page of a lesson.
    #[must_use]
    pub fn lesson(named: &LessonRef) -> Self {
        Self::Lesson { course: named.course.clone(), lesson: named.lesson.clone() }
    }

    /// Where a task begins: a lesson on its page, any other with its text.
    #[must_use]
    pub fn of(task: Task) -> Self {
        match task {
            Task::Lesson { course, lesson } => Self::Lesson { course, lesson },
            task => Self::Test(task),
        }
    }
}

/// A passphrase on its way to the keyring: wiped when dropped, and never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(pub Zeroizing<String>);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

/// What the edge does for a screen: everything with a disk, a clock or a key in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Takes the test that was on anew: another text for a level, the same for the user's own text.
    Restart,
    /// Shows the badge of the attempt just finished, or asks whose it is.
    Award,
    /// Says whose badge it is, and goes on with the award.
    Holder {
        /// As entered.
        name: String,
        /// As entered; empty for none.
        email: String,
        /// What name and address were asked for.
        purpose: holder::purpose::Purpose,
    },
    /// The badge is for the one whom the settings name: goes on with the award.
    Own,
    /// The badge is for another person: asks for whom.
    Another,
    /// Goes on with the award, which needs this passphrase.
    Sign(Secret),
    /// Issues the badge of the passed attempt of this id, which has none yet.
    Claim(String),
    /// Issues the badge of these hours of practice, which were reached and have none yet.
    ClaimPractice(Milestone),
    /// Plays the attempt just finished, if it is saved.
    Replay,
    /// Verifies a badge of the wallet, which is the one chosen there later.
    VerifyBadge {
        /// The badge.
        id: String,
        /// Its link.
        link: String,
    },
    /// Serves the user's own verification page until the program ends.
    Serve,
    /// Copies a text to the clipboard of the terminal.
    Copy(String),
    /// Opens an address in the browser beside the screen.
    Browse(String),
    /// Saves the attempt just finished, which could not be saved before.
    Save,
    /// Shows or hides speed and accuracy during tests, and remembers it.
    ToggleLive,
    /// Chooses texts in the next language from now on, and says so.
    NextLanguage,
    /// Shows or hides the keyboard below a lesson or a test, and remembers it for the kind.
    ToggleKeyboard,
    /// Remembers the keyboard layout that was chosen, and goes on.
    TakeLayout(layouts::choice::Choice, Option<Box<Route>>),
    /// Types the user's own text of this name.
    TypeOwn(String),
    /// Goes on to a place, for which there is something to be done first, and part of it is done.
    GoOn(Box<Route>),
    /// Draws the screen anew, whatever others wrote there.
    Redraw,
    /// Aims practice at a speed in words a minute, or leaves that to the coach.
    Aim(Option<u32>),
    /// Takes up what the learner asks of the coach.
    Wish(Wishes),
    /// Sets the daily goal, in minutes.
    Goal(u32),
    /// Plays the saved attempt of this id.
    Play(String),
    /// Types the text of the saved attempt of this id again, against that run.
    Race(String),
    /// Takes up other options.
    SetOptions(options::values::Options),
    /// Says why the text was chosen that is typed, or was typed last.
    Why,
    /// Leaves the program.
    Quit,
}

/// What a screen's keys mean. All that it does with keys follows from this, see [`Keys`].
pub trait Keyed {
    /// What keys can mean here.
    type Action: Copy;

    /// The keys that work at the moment.
    fn keymap(&self) -> Keymap<Self::Action>;

    /// Does what a key means.
    fn act(&mut self, action: Self::Action) -> Step;
}

/// What a screen does with keys: what its keymap says, and nothing else.
pub trait Keys {
    /// Takes a key.
    fn update(&mut self, key: KeyPress) -> Step;

    /// The keys that work at the moment, those of every page at the end.
    fn keys(&self) -> Vec<Listed>;

    /// Whether a key does anything at the moment.
    fn means(&self, key: KeyPress) -> bool;

    /// Whether there is a field here, to which characters belong.
    fn is_typing(&self) -> bool;
}

impl<P: Keyed> Keys for P {
    fn update(&mut self, key: KeyPress) -> Step {
        match self.keymap().action(key) {
            Some(action) => self.act(action),
            None => Step::Unchanged,
        }
    }

    fn keys(&self) -> Vec<Listed> {
        let keymap = self.keymap();
        let mut keys = keymap.listed();
        keys.extend(keymap::everywhere(keymap.is_typing()).listed());
        keys
    }

    fn means(&self, key: KeyPress) -> bool {
        self.keymap().action(key).is_some()
    }

    fn is_typing(&self) -> bool {
        self.keymap().is_typing()
    }
}

/// A screen that has the keyboard (the drawing surface is [`super::screen::Screen`]).
pub trait Page: Keys + Send {
    /// Draws into `area`; returns where the terminal's cursor belongs.
    fn view(&self, area: Rect, buffer: &mut Buffer) -> Option<Position>;

    /// How many columns wide the page may be, and the message on it.
    fn widest(&self) -> u16 {
        parts::WIDEST
    }

    /// Takes pasted text, which only fields want.
    fn paste(&mut self, _text: &str) -> Step {
        Step::Unchanged
    }

    /// Tells where the user's own verification page is served, which only badges want to know.
    fn served(&mut self, _address: &str) {}

    /// When the screen wants to be woken although nothing is pressed; most never do.
    fn wake(&self) -> Option<Instant> {
        None
    }

    /// Tells the time: before each key, and when the screen asked to be woken.
    fn tick(&mut self, _now: Instant) -> Step {
        Step::Unchanged
    }
}
