//! The session: a pure state machine from strokes to what stands on the page. It holds its own log, and replaying
//! that log gives the identical session.

mod edit;
mod signs;

use std::sync::Arc;

use super::conduct::Conduct;
use super::exercise::Exercise;
use super::key::{Key, Millis, Stroke};
use super::log::{Close, End, Event, EventKind, Log, MAX_EVENTS, MAX_MS};
use super::rules::Clock;
use super::text::Grapheme;

/// Characters beyond a word's end that still stand; more are counted as wrong and dropped, so that a held key cannot
/// push the text off the screen.
pub const MAX_EXTRA: usize = 16;

/// Where a session is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// The clock has not started.
    Ready,
    /// The clock runs.
    Running,
    /// It is over.
    Ended(End),
}

/// What was inserted at one place and still stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    /// The character; the text's own where a look-alike was accepted.
    pub grapheme: Grapheme,
    /// Whether it is the character that belongs there.
    pub right: bool,
    /// The code points it was typed with, where these were several.
    pub signs: Option<Box<str>>,
    /// Whether its last sign was taken back, so that the next is another try.
    pub reopened: bool,
    /// Whether the program typed it, so that it counts in no figure.
    pub automatic: bool,
}

/// One word as it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedWord {
    /// The characters, in order; those beyond the word's length are superfluous.
    pub typed: Vec<Typed>,
    /// The separator that ended the word; `None` while it is the current one.
    pub separator: Option<Typed>,
}

impl TypedWord {
    /// How many characters of it the typist typed, its separator left out.
    #[must_use]
    pub fn typed_by_hand(&self) -> usize {
        self.typed.iter().filter(|typed| !typed.automatic).count()
    }
}

/// One insertion at the moment it was made, whether or not it was erased later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Insertion {
    /// When.
    pub at: Millis,
    /// Which grapheme of the text was due; `None` beyond a word's end.
    pub due: Option<u32>,
    /// Whether it was right when typed.
    pub right: bool,
}

/// Running totals, kept up with every stroke.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Characters inserted, erased ones included.
    pub typed: u32,
    /// Of these, right when typed.
    pub right: u32,
    /// Inserted and standing no more (IF).
    pub erased: u32,
    /// Erasing keys that erased something (F).
    pub fixes: u32,
}

impl Tally {
    /// Characters that stand.
    pub const fn standing(&self) -> u32 {
        self.typed.saturating_sub(self.erased)
    }
}

/// A typing test under way or over.
///
/// ```
/// use std::sync::Arc;
/// use typeproof::typing::exercise::{Exercise, Source};
/// use typeproof::typing::key::{Key, Stroke};
/// use typeproof::typing::log::End;
/// use typeproof::typing::rules::{Limit, Rules};
/// use typeproof::typing::session::{Phase, Session};
/// use typeproof::typing::text::Lookalikes;
///
/// let source = Source::Own("greeting".to_owned());
/// let rules = Rules::practice(Limit::Text);
/// let exercise = Arc::new(Exercise::new(source, 0, "hi", Lookalikes::Typographic, rules)?);
/// let mut session = Session::new(Arc::clone(&exercise));
/// session.press(Stroke { at: 0, key: Key::Char('h') });
/// let phase = session.press(Stroke { at: 120, key: Key::Char('i') });
/// assert_eq!(phase, Phase::Ended(End::Completed));
///
/// // The log alone gives the same session again.
/// let log = session.log().ok_or("the session has ended")?;
/// assert_eq!(Session::replay(exercise, &log)?, session);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    exercise: Arc<Exercise>,
    conduct: Conduct,
    phase: Phase,
    words: Vec<TypedWord>,
    tally: Tally,
    insertions: Vec<Insertion>,
    events: Vec<Event>,
    ended_at: Millis,
}

/// Why a log does not belong to an exercise, or was altered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReplayError {
    /// Event number `0` (from 1) comes after the session had ended.
    #[error(
        "event {0} of the log comes after the test had ended: the log was altered, or is of another test"
    )]
    AfterEnd(usize),
    /// An event before the first stroke, which no session records.
    #[error("the log does not begin with a key at time 0: the log was altered")]
    Start,
    /// The log closes otherwise than its events make it close.
    #[error("the log's close does not follow from its events: the log was altered, or is of another test")]
    Close,
}

impl Session {
    /// A session in [`Phase::Ready`], by the rules that new sessions on its text follow.
    pub fn new(exercise: Arc<Exercise>) -> Self {
        let conduct = Conduct::of(&exercise);
        Self::by_rules(exercise, conduct)
    }

    fn by_rules(exercise: Arc<Exercise>, conduct: Conduct) -> Self {
        Self {
            exercise,
            conduct,
            phase: Phase::Ready,
            words: vec![TypedWord::default()],
            tally: Tally::default(),
            insertions: Vec::new(),
            events: Vec::new(),
            ended_at: 0,
        }
    }

    /// A session that takes its first key, whichever way its clock starts.
    pub fn started(exercise: Arc<Exercise>) -> Self {
        let conduct = Conduct::of(&exercise);
        Self::started_by(exercise, conduct)
    }

    /// A session that takes its first key by the rules of a log, whichever way its clock starts.
    pub fn started_by(exercise: Arc<Exercise>, conduct: Conduct) -> Self {
        let mut session = Self::by_rules(exercise, conduct);
        session.start();
        session
    }

    /// By which rules keys are taken.
    pub const fn conduct(&self) -> Conduct {
        self.conduct
    }

    /// What is being typed.
    pub fn exercise(&self) -> &Arc<Exercise> {
        &self.exercise
    }

    /// Where the session is in its life.
    pub const fn phase(&self) -> Phase {
        self.phase
    }

    /// The words so far; the last is the current one.
    pub fn words(&self) -> &[TypedWord] {
        &self.words
    }

    /// The caret: index of the current word, and characters typed in it.
    pub fn caret(&self) -> (usize, usize) {
        (self.words.len() - 1, self.words.last().map_or(0, |w| w.typed.len()))
    }

    /// The key that the text asks for; `None` where no single key is due.
    pub fn due(&self) -> Option<Key> {
        let (index, offset) = self.caret();
        let text = &self.exercise.text;
        let due = text.word(index).get(offset);
        let due = due.or_else(|| text.separator(index).filter(|_| offset == text.word(index).len()));
        match due?.as_char()? {
            '\n' => Some(Key::Enter),
            '\t' => Some(Key::Tab),
            c => Some(Key::Char(c)),
        }
    }

    /// Running totals.
    pub const fn tally(&self) -> Tally {
        self.tally
    }

    /// Every insertion in order of time.
    pub fn insertions(&self) -> &[Insertion] {
        &self.insertions
    }

    /// Every event so far, as the log will have it.
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// Time of the last event in milliseconds, 0 before the first.
    pub fn last_at(&self) -> Millis {
        self.events.last().map_or(0, |e| e.at)
    }

    /// How long the test took in milliseconds; `None` until it has ended.
    pub const fn duration(&self) -> Option<Millis> {
        match self.phase {
            Phase::Ended(_) => Some(self.ended_at),
            _ => None,
        }
    }

    /// Gives the start signal; without effect unless ready and the rules start by a signal.
    pub fn start(&mut self) -> Phase {
        if self.phase == Phase::Ready && self.exercise.rules.clock == Clock::StartSignal {
            self.phase = Phase::Running;
        }
        self.phase
    }

    /// Takes a key. The first inserting key starts the clock where the rules say so, at time 0; erasing keys before
    /// it are nothing, and control characters always are. A time before the last one counts as the last one; at the limit the test is over.
    pub fn press(&mut self, stroke: Stroke) -> Phase {
        if self.is_nothing(stroke.key) || (self.phase == Phase::Ready && !self.starts(stroke.key)) {
            return self.phase;
        }
        if let Some(at) = self.clocked(stroke.at) {
            self.phase = Phase::Running;
            self.events.push(Event { at, what: EventKind::Press(stroke.key) });
            self.apply(at, stroke.key);
        }
        self.phase
    }

    /// Takes any event of a log; what is no key press is without effect unless the clock runs, and so is a control
    /// character.
    pub fn record(&mut self, at: Millis, what: EventKind) -> Phase {
        match (self.phase, what) {
            (_, EventKind::Press(key)) => return self.press(Stroke { at, key }),
            (_, EventKind::Release(key)) if self.is_nothing(key) => {}
            // What the program types follows from the key before it.
            (_, EventKind::Automatic(_)) => {}
            (Phase::Running, what) => {
                if let Some(at) = self.clocked(at) {
                    self.events.push(Event { at, what });
                }
            }
            _ => {}
        }
        self.phase
    }

    /// Tells the time, so that the limit can end the test.
    pub fn tick(&mut self, at: Millis) -> Phase {
        if self.phase == Phase::Running {
            self.clocked(at);
        }
        self.phase
    }

    /// Ends the test before its limit; without effect once it has ended.
    pub fn give_up(&mut self, at: Millis) -> Phase {
        match self.phase {
            Phase::Ready => self.end(End::GaveUp, 0),
            Phase::Running => {
                if let Some(at) = self.clocked(at) {
                    self.end(End::GaveUp, at);
                }
            }
            Phase::Ended(_) => {}
        }
        self.phase
    }

    /// Whether word `index` is right as it stands, its separator included; of the word that time cut off, what was
    /// typed of it.
    pub fn word_is_right(&self, index: usize) -> bool {
        let Some(word) = self.words.get(index) else { return false };
        let cut = word.separator.is_none() && self.phase != Phase::Ended(End::Completed);
        let whole = cut || word.typed.len() == self.exercise.text.word(index).len();
        whole && word.typed.iter().chain(&word.separator).all(|t| t.right)
    }

    /// The log of a session that has ended; `None` before.
    pub fn log(&self) -> Option<Log> {
        match self.phase {
            Phase::Ended(end) => {
                let close = Close { end, at: self.ended_at };
                Some(Log { conduct: self.conduct, events: self.events.clone(), close })
            }
            _ => None,
        }
    }

    /// Plays a log: the identical session, or the reason why this log cannot be of this exercise.
    ///
    /// # Errors
    /// When events come after the end, or the close does not follow from the events.
    pub fn replay(exercise: Arc<Exercise>, log: &Log) -> Result<Self, ReplayError> {
        let mut session = Self::started_by(exercise, log.conduct);
        for (i, event) in log.events.iter().enumerate() {
            if i < session.events.len() {
                // What the program typed after a key; the comparison at the end says whether it is that.
                continue;
            }
            match session.phase {
                Phase::Ended(_) => return Err(ReplayError::AfterEnd(i + 1)),
                Phase::Ready if event.at != 0 => return Err(ReplayError::Start),
                _ => {}
            }
            session.record(event.at, event.what);
            if session.events.len() <= i {
                return Err(if i == 0 { ReplayError::Start } else { ReplayError::AfterEnd(i + 1) });
            }
        }
        match log.close.end {
            End::Completed => session.phase,
            End::TimeUp => session.tick(log.close.at),
            End::GaveUp => session.give_up(log.close.at),
        };
        if session.log().as_ref() == Some(log) { Ok(session) } else { Err(ReplayError::Close) }
    }

    /// Plays a log up to and including the events at `until`, without its close: for showing a replay.
    pub fn replay_until(exercise: Arc<Exercise>, log: &Log, until: Millis) -> Self {
        let mut session = Self::started_by(exercise, log.conduct);
        for event in log.events.iter().take_while(|e| e.at <= until) {
            session.record(event.at, event.what);
        }
        session
    }

    fn starts(&self, key: Key) -> bool {
        self.exercise.rules.clock == Clock::FirstKey && matches!(key, Key::Char(_) | Key::Enter | Key::Tab)
    }

    /// Whether no rule gives a key a meaning.
    fn is_nothing(&self, key: Key) -> bool {
        key.is_control() || (key == Key::Tab && self.conduct != Conduct::Second)
    }

    /// The time to use for something at `at`, or `None` when the limit is reached, which ends the test.
    fn clocked(&mut self, at: Millis) -> Option<Millis> {
        if matches!(self.phase, Phase::Ended(_)) {
            return None;
        }
        let first = self.phase == Phase::Ready;
        let at = if first { 0 } else { at.max(self.last_at()) };
        let limit = self.exercise.rules.limit_ms().unwrap_or(MAX_MS);
        if at >= limit {
            let end = if self.exercise.rules.limit_ms().is_some() { End::TimeUp } else { End::GaveUp };
            self.end(end, limit);
            return None;
        }
        if self.events.len() >= MAX_EVENTS {
            self.end(End::GaveUp, at);
            return None;
        }
        Some(at)
    }

    fn end(&mut self, end: End, at: Millis) {
        self.phase = Phase::Ended(end);
        self.ended_at = at;
    }
}
