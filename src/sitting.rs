//! One running test: what is practised, the session, and the clock. Screens look at it; the code that runs them owns it.
//!
//! Everything typed goes through here, with the time at which it was read. What the session took comes back as the
//! event that its log has now, so that a journal can follow; and a change of phase is reported then, once. When the line
//! drops, [`Sitting::close`] ends the test as given up, and what there is can be saved: no such attempt passes a level.

use std::ops::Range;
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};

use crate::lessons::course::Lesson;
use crate::lessons::layout::emulation::Emulation;
use crate::lessons::level::Level;
use crate::system::Clocks;
use crate::typing::circumstances::Circumstances;
use crate::typing::exercise::Exercise;
use crate::typing::hidden::Hidden;
use crate::typing::key::{Key, Millis, Stroke};
use crate::typing::keyboard::Keyboard;
use crate::typing::log::{Event, EventKind, MAX_MS};
use crate::typing::rules::Clock;
use crate::typing::session::{Phase, Session};

mod task;

pub use task::{Practice, Task};

/// What came of an input to a sitting.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Accepted {
    /// The event as the log has it; nothing where none was taken.
    pub event: Option<Event>,
    /// The phase that began with it.
    pub phase: Option<Phase>,
}

/// A test from the moment its text is there until it is saved.
#[derive(Debug)]
pub struct Sitting {
    task: Task,
    level: Option<Box<Level>>,
    lesson: Option<Box<Lesson>>,
    session: Session,
    started: Option<Instant>,
    /// What the wall clock said at the start, and at the end or the start again.
    wall: Option<Range<DateTime<Utc>>>,
    now: Millis,
    /// What the clocks said when the test started.
    clocks: Option<Clocks>,
    circumstances: Circumstances,
    /// What the clocks say when something is read at that time.
    read_clocks: fn(Instant) -> Clocks,
    /// Why this text, where somebody chose it for a reason.
    why: Option<String>,
    keyboard: Option<Keyboard>,
    emulation: Option<Box<Emulation>>,
}

impl Sitting {
    /// A sitting that is ready; `level` is the one that the task names.
    pub fn new(task: Task, level: Option<Level>, exercise: Arc<Exercise>) -> Self {
        let session = Session::new(exercise);
        let circumstances = Circumstances::default();
        let level = level.map(Box::new);
        Self {
            task,
            level,
            lesson: None,
            session,
            started: None,
            wall: None,
            now: 0,
            clocks: None,
            circumstances,
            read_clocks: |_| Clocks::now(),
            why: None,
            keyboard: None,
            emulation: None,
        }
    }

    /// The sitting with the reason for its text, in two lines.
    #[must_use]
    pub fn because(self, why: String) -> Self {
        Self { why: Some(why), ..self }
    }

    /// Why this text; nothing where no coach chose it.
    pub fn why(&self) -> Option<&str> {
        self.why.as_deref()
    }

    /// The sitting with other clocks: what they say when something is read at a time.
    #[must_use]
    pub fn with_clocks(self, read_clocks: fn(Instant) -> Clocks) -> Self {
        Self { read_clocks, ..self }
    }

    /// A sitting of a lesson that is ready.
    pub fn of_lesson(task: Task, lesson: Lesson, exercise: Arc<Exercise>) -> Self {
        Self { lesson: Some(Box::new(lesson)), ..Self::new(task, None, exercise) }
    }

    /// The lesson that is typed, with the gate that is set; nothing for another test.
    pub fn lesson(&self) -> Option<&Lesson> {
        self.lesson.as_deref()
    }

    /// The same on a keyboard that is known, and that types another layout than it is set to where there is an emulation.
    #[must_use]
    pub fn on(self, keyboard: Keyboard, emulation: Option<Emulation>) -> Self {
        Self { keyboard: Some(keyboard), emulation: emulation.map(Box::new), ..self }
    }

    /// The keyboard that it is typed on, where that is known.
    pub const fn keyboard(&self) -> Option<&Keyboard> {
        self.keyboard.as_ref()
    }

    /// The keys that are meant by one that came from the keyboard: itself, unless a layout is emulated.
    pub fn meant(&mut self, key: Key) -> impl Iterator<Item = Key> + use<> {
        // Nothing is allocated for a key that is itself.
        let (itself, others) = match (&mut self.emulation, key) {
            (Some(emulation), Key::Char(c)) => (None, emulation.take(c)),
            (emulation, key) => {
                emulation.iter_mut().for_each(|emulation| emulation.forget());
                (Some(key), Vec::new())
            }
        };
        itself.into_iter().chain(others.into_iter().map(Key::Char))
    }

    /// What is practised.
    pub const fn task(&self) -> &Task {
        &self.task
    }

    /// The level that the test is for; nothing for a free test.
    pub fn level(&self) -> Option<&Level> {
        self.level.as_deref()
    }

    /// What the test is called.
    pub fn title(&self) -> String {
        match (&self.level, &self.lesson) {
            (Some(level), _) => level.title.clone(),
            (None, Some(lesson)) => lesson.name(),
            (None, None) => self.task.title(),
        }
    }

    /// The session, as far as it is.
    pub const fn session(&self) -> &Session {
        &self.session
    }

    /// Where the test is in its life.
    pub const fn phase(&self) -> Phase {
        self.session.phase()
    }

    /// The time that was given last, in milliseconds of the test.
    pub const fn now(&self) -> Millis {
        self.now
    }

    /// When the clock of the test started.
    pub const fn started(&self) -> Option<Instant> {
        self.started
    }

    /// When the time of a running test is up.
    pub fn limit(&self) -> Option<Instant> {
        let started = self.started.filter(|_| self.phase() == Phase::Running)?;
        let limit = self.session.exercise().rules.limit_ms()?;
        Some(started + Duration::from_millis(u64::from(limit)))
    }

    /// What the wall clock said at the start and at the end; nothing for a test that never started.
    pub fn wall(&self) -> Option<Range<DateTime<Utc>>> {
        self.wall.clone()
    }

    /// What was seen besides the keys, once the test has ended; nothing where there is nothing to say of it.
    pub fn circumstances(&self) -> Option<Circumstances> {
        Some(self.circumstances).filter(|seen| !seen.remarks().is_empty() || !seen.hidden.is_nothing())
    }

    /// The sitting with something hidden from the typist.
    #[must_use]
    pub const fn hiding(mut self, hidden: Hidden) -> Self {
        self.circumstances.hidden = hidden;
        self
    }

    /// Notes that speed and accuracy were seen.
    pub const fn saw_figures(&mut self) {
        self.circumstances.hidden.figures = false;
    }

    /// Notes that so many characters came in one read. Where the line `bundles` them that says nothing.
    pub fn came_together(&mut self, characters: u32, bundles: bool) {
        if !bundles {
            self.circumstances.together = self.circumstances.together.max(characters);
        }
    }

    /// Notes that so many characters had come before the text was on the screen, or while the program was stopped.
    pub const fn came_early(&mut self, characters: u32) {
        self.circumstances.early = self.circumstances.early.saturating_add(characters);
    }

    /// Compares the clocks at the end of the test.
    fn compare_clocks(&mut self, end: &Clocks) {
        let ms = |duration: Duration| i64::try_from(duration.as_millis()).unwrap_or(i64::MAX);
        let timed = |from: &Clocks| ms(end.monotonic.saturating_duration_since(from.monotonic));
        let machine = |from: &Clocks| Some(ms(end.machine?.saturating_sub(from.machine?)));
        let begun = Clocks::at_start();
        let wall = (end.wall - begun.wall).num_milliseconds();
        self.circumstances.wall_ahead_ms = wall.saturating_sub(machine(&begun).unwrap_or(timed(&begun)));
        if let Some((timed, machine)) = self.clocks.and_then(|from| Some((timed(&from), machine(&from)?))) {
            self.circumstances.machine_ahead_ms = machine.saturating_sub(timed);
        }
    }

    /// Milliseconds since the clock started, rounded down; 0 before.
    pub fn millis(&self, at: Instant) -> Millis {
        let since = self.started.map_or(Duration::ZERO, |started| at.saturating_duration_since(started));
        Millis::try_from(since.as_millis()).unwrap_or(MAX_MS)
    }

    /// Takes a key. Where the clock starts by a signal, that is Enter, and other keys before it are nothing.
    pub fn press(&mut self, at: Instant, key: Key) -> Accepted {
        let by_signal = self.session.exercise().rules.clock == Clock::StartSignal;
        match by_signal && self.phase() == Phase::Ready {
            true if key == Key::Enter => self.follow(at, |session, _| session.start()),
            true => Accepted::default(),
            false => self.follow(at, |session, ms| session.press(Stroke { at: ms, key })),
        }
    }

    /// Takes what is no key press: a release, a paste that was refused, a window that lost the focus.
    pub fn record(&mut self, at: Instant, what: EventKind) -> Accepted {
        self.follow(at, |session, ms| session.record(ms, what))
    }

    /// Takes the time; at its limit the test ends.
    pub fn tick(&mut self, at: Instant) -> Accepted {
        self.follow(at, Session::tick)
    }

    /// Ends a running test as given up, because nothing more can come; a test that never started stays ready.
    pub fn close(&mut self, at: Instant) -> Accepted {
        if self.phase() == Phase::Running { self.follow(at, Session::give_up) } else { Accepted::default() }
    }

    /// Hands something to the session, and says what it took.
    fn follow(&mut self, at: Instant, take: impl FnOnce(&mut Session, Millis) -> Phase) -> Accepted {
        let (before, events, ms) = (self.phase(), self.session.events().len(), self.millis(at));
        let after = take(&mut self.session, ms);
        if self.started.is_none() && after != Phase::Ready {
            self.started = Some(at);
            let now = (self.read_clocks)(at);
            self.wall = Some(now.wall..now.wall);
            self.clocks = Some(now);
        }
        self.now = self.millis(at);
        let phase = (before != after).then_some(after);
        if let (Some(Phase::Ended(_)), Some(wall)) = (phase, &mut self.wall) {
            let end = (self.read_clocks)(at);
            wall.end = end.wall;
            self.compare_clocks(&end);
        }
        Accepted { event: self.session.events().get(events).copied(), phase }
    }
}
