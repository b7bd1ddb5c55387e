//! What pages load their data from, and what commands work on: the desk, the viewer, and what was done last. Pages see it
//! only while they are opened; afterwards they have what they show.

use std::time::Instant;

use super::host::Capabilities;
use super::keyboard::Board;
use super::serving::Serving;
use crate::desk::{self, Desk, DeskError, Finished, Recipient, Suggestion};
use crate::lessons::course::Course;
use crate::lessons::practice::Milestone;
use crate::sitting::{Practice, Sitting, Task};
use crate::store::history::BadgeRow;
use crate::store::settings;
use crate::system::Clocks;
use crate::typing::exercise::Source;
use crate::typing::pace::Pace;

/// The desk and its surroundings.
pub(super) struct Context {
    pub(super) desk: Desk,
    /// What depends on where the screens are shown.
    pub(super) viewer: Capabilities,
    /// Whether there is a browser beside the screen.
    pub(super) browser: bool,
    /// What was practised last, and what it is called.
    pub(super) practised: Option<(Task, String)>,
    pub(super) finished: Option<Finished>,
    /// The practice whose badge is asked for; nothing where it is that of the test.
    pub(super) claimed: Option<Milestone>,
    /// Who the badge of that is for, once that was said.
    pub(super) recipient: Option<Recipient>,
    /// A sitting that has ended and could not be saved, and why.
    pub(super) unsaved: Option<(Sitting, String)>,
    /// The free test taken last, which home offers again.
    pub(super) last_free: Option<Task>,
    /// Why the text practised last was chosen, in two lines, where the coach chose it.
    pub(super) why: Option<String>,
    /// What the clocks say when something is read at a time.
    pub(super) read_clocks: fn(Instant) -> Clocks,
    /// The attempt of the history looked at last, which is chosen there again.
    pub(super) looked_at: Option<String>,
    /// The run that is typed against, and with which task.
    pub(super) raced: Option<(Task, Pace)>,
    /// The badge looked at last, which the wallet chooses again.
    pub(super) last_badge: Option<String>,
    /// The user's own verification page, once it is served.
    pub(super) serving: Serving,
}

impl Context {
    pub(super) fn new(desk: Desk) -> Self {
        Self {
            desk,
            viewer: Capabilities::default(),
            browser: false,
            practised: None,
            finished: None,
            claimed: None,
            recipient: None,
            unsaved: None,
            last_free: None,
            why: None,
            read_clocks: |_| Clocks::now(),
            looked_at: None,
            raced: None,
            last_badge: None,
            serving: Serving::default(),
        }
    }

    /// What the badge is for that is asked for.
    pub(super) fn badge_title(&mut self) -> String {
        let catalogue = self.desk.catalogue();
        let lesson = self.finished.as_ref().and_then(|finished| finished.lesson.as_ref());
        let course = lesson.and_then(|result| catalogue.course(&result.lesson.named.course));
        let title = self.claimed.map(Milestone::title).or(course.map(Course::badge_title));
        title.unwrap_or_else(|| self.title().unwrap_or_default().to_owned())
    }

    /// What the test taken last is called.
    pub(super) fn title(&self) -> Option<&str> {
        self.practised.as_ref().map(|(_, title)| title.as_str())
    }

    /// The speed that the level practised last asks for, in its unit.
    pub(super) fn threshold(&mut self) -> Option<u32> {
        let Some((Task::Level(id), _)) = &self.practised else { return None };
        let id = id.clone();
        let catalogue = self.desk.catalogue();
        catalogue.level(&id).map(|level| level.pass.speed.0 / 100)
    }

    /// The badge of the test just finished, if it has one.
    pub(super) fn badge_of_finished(&mut self) -> Result<Option<BadgeRow>, DeskError> {
        let Some(finished) = self.finished.as_ref().filter(|finished| finished.may_have_badge()) else {
            return Ok(None);
        };
        Ok(self.desk.history()?.badge_of(&finished.id)?)
    }

    /// A sitting of a task, which is then the one practised last.
    pub(super) fn sit(&mut self, task: &Task) -> Result<Sitting, DeskError> {
        let sitting = self.desk.sit(task.clone())?.with_clocks(self.read_clocks);
        self.why = sitting.why().map(str::to_owned);
        if matches!(task, Task::Time(_) | Task::Words(_)) {
            self.last_free = Some(task.clone());
        }
        self.practised = Some((task.clone(), sitting.title()));
        self.unsaved = None;
        Ok(sitting)
    }

    /// The keyboard below a test of a task, where it is wanted and the layout is known.
    pub(super) fn board(&mut self, task: &Task) -> Option<Board> {
        let settings = &self.desk.settings;
        let (wanted, hands) = (settings.shows_keyboard(task.teaches()), settings.hands);
        if !wanted {
            return None;
        }
        let board = Board::new(self.desk.layout()?, hands);
        let set_to = self.desk.keyboard().and_then(|keyboard| keyboard.set_to);
        Some(match set_to {
            Some(other) => board.set_to(&other),
            None => board,
        })
    }

    /// Scores and saves a sitting that has ended; says whether it is saved. If it cannot be, it is kept.
    pub(super) fn save(&mut self, sitting: Sitting) -> bool {
        match self.desk.save(&sitting) {
            Ok(finished) => {
                (self.finished, self.unsaved) = (Some(finished), None);
                true
            }
            Err(why) => {
                self.unsaved = Some((sitting, why.to_string()));
                false
            }
        }
    }

    /// Takes up a passed attempt of the history as if it were just finished, so that its badge can be issued.
    pub(super) fn reopen(&mut self, id: &str) -> Result<(), DeskError> {
        let finished = self.desk.reopen(id)?;
        if !finished.may_have_badge() {
            return Err(DeskError::NotPassed);
        }
        let catalogue = self.desk.catalogue();
        let level = finished.attempt.level.as_ref().and_then(|named| catalogue.level_version(named));
        let level = level.map(|level| (Task::Level(level.id.clone()), level.title.clone()));
        let lesson = finished.lesson.as_ref().map(|of| (desk::task(&of.lesson), of.lesson.name()));
        self.practised = level.or(lesson);
        (self.finished, self.unsaved) = (Some(finished), None);
        Ok(())
    }

    /// What to do after the test just finished: after practice another text of it, unless something better is at hand.
    pub(super) fn suggestion(&mut self) -> Result<Option<Suggestion>, DeskError> {
        let Some(finished) = self.finished.clone() else { return Ok(None) };
        let next = self.desk.suggestion_after(&finished)?;
        let practised = self.practised.as_ref().map(|(task, _)| task);
        let again = match practised {
            Some(Task::Practice(Practice::Mode(_) | Practice::Level(_))) => practised.cloned(),
            _ => None,
        };
        Ok(Some(match (again, &next.task) {
            (Some(task), Task::Practice(_) | Task::Time(_)) => Suggestion {
                label: "Go on",
                what: "another text".to_owned(),
                why: "The coach has learnt from this one.".to_owned(),
                task,
            },
            _ => next,
        }))
    }

    /// Takes up any attempt of the history as if it were just finished, so that its result can be seen and played, and its
    /// text typed again.
    pub(super) fn look_at(&mut self, id: &str) -> Result<(), DeskError> {
        let finished = self.desk.reopen(id)?;
        let catalogue = self.desk.catalogue();
        let level = finished.attempt.level.as_ref().and_then(|named| catalogue.level_version(named));
        let exercise = &finished.attempt.exercise;
        self.practised = Some(match (level, &exercise.source) {
            (Some(level), _) => (Task::Level(level.id.clone()), level.title.clone()),
            (None, Source::Lesson(of)) => {
                let name =
                    catalogue.lesson(of).map_or_else(|| of.lesson.clone(), |(lesson, _)| lesson.name());
                (Task::Lesson { course: of.course.clone(), lesson: of.lesson.clone() }, name)
            }
            (None, source) => {
                let name = match source {
                    Source::Own(name) => name.clone(),
                    Source::Coach(_) => "Practice".to_owned(),
                    Source::Words { .. } | Source::Passages(_) | Source::Lesson(_) => "Free test".to_owned(),
                };
                (Task::own(name.clone(), exercise.text.to_string(), exercise), name)
            }
        });
        (self.why, self.recipient) = (None, None);
        (self.finished, self.unsaved) = (Some(finished), None);
        self.looked_at = Some(id.to_owned());
        Ok(())
    }

    /// The text of an attempt of the history as a test of its own, which is typed against that run.
    pub(super) fn race(&mut self, id: &str) -> Result<Option<Task>, DeskError> {
        self.look_at(id)?;
        let (Some(finished), Some((_, title))) = (&self.finished, &self.practised) else { return Ok(None) };
        let exercise = &finished.attempt.exercise;
        let task = Task::own(title.clone(), exercise.text.to_string(), exercise);
        self.raced = Some((task.clone(), Pace::of_run(&finished.session)));
        Ok(Some(task))
    }

    /// The pace that a sitting is typed against: a former run, or what the settings say. Where the history cannot be read, that
    /// is told elsewhere, and nothing is typed against.
    pub(super) fn pace(&mut self, sitting: &Sitting) -> Option<Pace> {
        let raced = self.raced.as_ref().filter(|(task, _)| task == sitting.task());
        match raced {
            Some((_, pace)) => Some(pace.clone()),
            None => self.desk.pace(sitting).ok().flatten(),
        }
    }

    /// Keeps the holder's name and e-mail address, as entered.
    pub(super) fn keep_holder(&mut self, name: &str, email: &str) -> Result<(), DeskError> {
        let email = if email.is_empty() { None } else { Some(settings::holder_email(email)?) };
        self.desk.settings.holder_name = Some(settings::holder_name(name)?);
        self.desk.settings.holder_email = email;
        self.desk.save_settings()
    }

    /// The name and address of the settings as whom the badge is for.
    pub(super) fn holder(&self) -> Option<Recipient> {
        let settings = &self.desk.settings;
        let name = settings.holder_name.clone()?;
        Some(Recipient { name, email: settings.holder_email.clone() })
    }

    /// What the desk has to tell, once, a line each.
    pub(super) fn take_notices(&mut self) -> Vec<String> {
        self.desk.take_notices().iter().map(ToString::to_string).collect()
    }
}
