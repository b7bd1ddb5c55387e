//! What to do next, and why: one suggestion, which never points backwards.

use std::collections::BTreeSet;

use super::attempts::PRACTICE;
use super::{CourseProgress, Desk, DeskError, Finished, LessonResult};
use crate::coach::drill::trouble;
use crate::coach::mode::Mode;
use crate::lessons::catalogue::Catalogue;
use crate::lessons::course::Lesson;
use crate::lessons::judge::Shortfall;
use crate::lessons::language::Language;
use crate::lessons::level::Level;
use crate::lessons::wording::counted;
use crate::sitting::{Practice, Task};
use crate::store::history::{AttemptRow, Ended, Filter, LevelRecord};
use crate::typing::exercise::Source;

/// The pathway of somebody who has not tried any, as it is called in English.
const FIRST_PATHWAY: &str = "speed";
/// How many of the latest runs say what somebody can do,
const RUNS: usize = 3;
/// and in how many of them a level has to be reached before it is suggested.
const REACHED: usize = 2;
/// Attempts among which runs are looked for: practice and what was given up are no runs.
const LATEST: u32 = 40;
/// The shortest run in milliseconds: less says nothing of a test of minutes.
const SHORTEST_RUN_MS: u32 = 30_000;
/// Words of a test that are worth a practice of their own.
const WORDS: usize = 3;

/// Below this speed, in hundredths of a word a minute, a course brings more than tests: the first speed level asks for it.
const BEGINNER_X100: u32 = 2_000;
const NO_SYSTEM: &str = "Ten fingers and a fixed place for each key bring more here than tests.";

/// What to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// What it is, as the label of a menu: two or three words.
    pub label: &'static str,
    /// What exactly.
    pub what: String,
    /// Why, in a sentence.
    pub why: String,
    /// The task itself.
    pub task: Task,
}

/// The first level that does not count as passed ([`Catalogue::with_those_below`]), of the pathway of the level tried last, or
/// else of `speed` in the learner's language, or else of any.
pub fn next_level<'a>(
    catalogue: &'a Catalogue,
    passed: &BTreeSet<String>,
    last: Option<&str>,
    language: Language,
) -> Option<&'a Level> {
    let tried = last.and_then(|id| catalogue.level(id)).map(|level| level.pathway.as_str());
    let open = |level: &&Level| !passed.contains(&level.id);
    let open_in = |id: &str| catalogue.levels_in(id).find(open);
    let first = || open_in(&language.id(FIRST_PATHWAY)).or_else(|| open_in(FIRST_PATHWAY));
    tried.and_then(open_in).or_else(first).or_else(|| catalogue.levels().find(open))
}

/// The level that comes next for somebody with these records, the level tried last first, who types in a language.
pub fn next_of<'a>(
    catalogue: &'a Catalogue,
    records: &[LevelRecord],
    language: Language,
) -> Option<&'a Level> {
    let passed =
        records.iter().filter(|record| record.passed).map(|record| record.level_id.clone()).collect();
    let last = records.first().map(|last| last.level_id.as_str());
    next_level(catalogue, &catalogue.with_those_below(&passed), last, language)
}

impl Desk {
    /// What to do next, at home.
    ///
    /// # Errors
    /// When the history cannot be read.
    pub fn suggestion(&mut self) -> Result<Suggestion, DeskError> {
        let catalogue = self.catalogue();
        let (records, passed) = (self.level_records()?, self.passed_levels()?);
        let passed = catalogue.with_those_below(&passed);
        let last = records.first().map(|last| last.level_id.as_str());
        let next = next_level(&catalogue, &passed, last, self.language());
        let latest = self.history()?.attempts(&Filter { limit: Some(LATEST), ..Filter::default() })?;
        let runs = runs(&latest);
        if let Some(ready) = next.and_then(|next| ready_for(&catalogue, next, &passed, &runs)) {
            return Ok(ready);
        }
        let lesson =
            latest.iter().find(|row| row.ended != Ended::GaveUp).is_some_and(|row| row.lesson.is_some());
        if lesson || runs.iter().any(|row| row.net_wpm_x100 < BEGINNER_X100) {
            let why = if lesson { "You are in the middle of a course." } else { NO_SYSTEM };
            if let Some(next) = self.next_lesson()? {
                return Ok(lesson_next("Lesson", &next, why));
            }
        }
        if latest.is_empty() {
            let task = Task::Time(60);
            let (language, what) = (self.language(), "a free test, 1 minute".to_owned());
            let words = match language {
                Language::English => "A minute of common words shows where you stand.".to_owned(),
                other => format!("A minute of common words in {other} shows where you stand."),
            };
            return Ok(Suggestion { label: "Begin", what, why: words, task });
        }
        Ok(practise(next, &runs))
    }

    /// What to do after this attempt.
    ///
    /// # Errors
    /// When the history cannot be read.
    pub fn suggestion_after(&mut self, finished: &Finished) -> Result<Suggestion, DeskError> {
        if let Some(result) = &finished.lesson {
            return self.suggestion_after_lesson(result);
        }
        let exercise = &finished.attempt.exercise;
        let practised = matches!(exercise.source, Source::Coach(_));
        let passed = matches!(finished.verdict, Some(Ok(_)));
        let (missed, slow) = trouble(&finished.session);
        let label = "Practise";
        if !passed && !practised && missed.len() >= WORDS {
            let why = format!("You missed a key in {}.", counted(missed.len() as u32, "word"));
            let what = first_of(&missed);
            return Ok(Suggestion { label, what, why, task: Task::Practice(Practice::Missed(missed)) });
        }
        if !passed && !practised && slow.len() >= WORDS {
            let why = format!("{} took you longer than the rest.", counted(slow.len() as u32, "word"));
            let what = first_of(&slow);
            return Ok(Suggestion { label, what, why, task: Task::Practice(Practice::Slow(slow)) });
        }
        self.suggestion()
    }
}

/// The first words, and how many more there are.
fn first_of(words: &[String]) -> String {
    let first: Vec<&str> = words.iter().take(WORDS).map(String::as_str).collect();
    match words.len().saturating_sub(WORDS) {
        0 => first.join(", "),
        more => format!("{} and {more} more", first.join(", ")),
    }
}

impl Desk {
    /// After a lesson: the one that comes next, or the same again.
    fn suggestion_after_lesson(&mut self, result: &LessonResult) -> Result<Suggestion, DeskError> {
        let progress = self.course_progress(&result.lesson.named.course)?;
        if result.verdict.is_err() {
            let why = match result.verdict.as_ref().err().and_then(|missing| missing.first()) {
                Some(Shortfall::Accuracy { .. }) => "Take it slower: right comes first, and speed follows.",
                Some(Shortfall::Speed { .. }) => "All was right enough; now let it flow a little faster.",
                _ => "Type it once more, from the beginning to the end.",
            };
            let what = result.lesson.name();
            let task = super::task(&result.lesson);
            return Ok(Suggestion { label: "Again", what, why: why.to_owned(), task });
        }
        match progress.next_lesson() {
            Some(next) => Ok(lesson_next("Next", next, &next.goal)),
            None => self.suggestion_after_course(&progress, result),
        }
    }

    /// When all lessons are passed: what the course's badge still needs, if that can be passed now; else what comes next at
    /// home.
    fn suggestion_after_course(
        &mut self,
        progress: &CourseProgress,
        result: &LessonResult,
    ) -> Result<Suggestion, DeskError> {
        if let Err(DeskError::CourseOpen(open)) = self.completion(&result.lesson.named, None) {
            let missing = open.missing.first().filter(|_| result.ground);
            let lesson =
                missing.and_then(|missing| progress.lessons.iter().find(|l| l.named == missing.named));
            if let Some(lesson) = lesson.filter(|lesson| !progress.is_changed(lesson)) {
                return Ok(lesson_next("Next", lesson, "The course's badge still needs it."));
            }
        }
        self.suggestion()
    }
}

/// A lesson as what comes next.
fn lesson_next(label: &'static str, lesson: &Lesson, why: &str) -> Suggestion {
    Suggestion { label, what: lesson.in_short(), why: why.to_owned(), task: super::task(lesson) }
}

/// The latest runs that say something of a level: neither practice nor given up, and long enough.
fn runs(latest: &[AttemptRow]) -> Vec<&AttemptRow> {
    let counts = |row: &&AttemptRow| {
        let run = row.lesson.is_none() && !row.source.starts_with(PRACTICE);
        run && row.ended != Ended::GaveUp && row.duration_ms >= SHORTEST_RUN_MS
    };
    latest.iter().filter(counts).take(RUNS).collect()
}

/// The highest level of a pathway, from the next one on, that most of the latest runs reach.
fn ready_for(
    catalogue: &Catalogue,
    next: &Level,
    passed: &BTreeSet<String>,
    runs: &[&AttemptRow],
) -> Option<Suggestion> {
    let reaches = |row: &AttemptRow, level: &Level| {
        let speed = u64::from(row.net_wpm_x100) * u64::from(level.rules.unit.per_wpm());
        let accurate = level.pass.accuracy.is_none_or(|accuracy| row.accuracy_bp >= accuracy.0);
        speed >= u64::from(level.pass.speed.0) && accurate
    };
    let reached = |level: &Level| runs.iter().filter(|row| reaches(row, level)).count();
    let levels = catalogue.levels_in(&next.pathway);
    let ahead = levels.skip_while(|level| level.id != next.id).filter(|level| !passed.contains(&level.id));
    let highest = ahead.filter(|level| reached(level) >= REACHED).last()?;
    let share = if reached(highest) == RUNS { "each of your last three runs" } else { "two of three runs" };
    let why =
        format!("You pass {} {} in {share}: take the level.", highest.pass.speed, highest.rules.unit.name());
    let task = Task::Level(highest.id.clone());
    Some(Suggestion { label: "Take the level", what: highest.title.clone(), why, task })
}

/// Practice, with what speaks for it.
fn practise(next: Option<&Level>, runs: &[&AttemptRow]) -> Suggestion {
    let best = runs.iter().map(|row| row.net_wpm_x100).max();
    let why = match (next, best) {
        (Some(level), Some(best)) => {
            let speed = (u64::from(best) * u64::from(level.rules.unit.per_wpm()) + 50) / 100;
            let (asked, unit) = (level.pass.speed, level.rules.unit.name());
            if speed * 100 >= u64::from(level.pass.speed.0) {
                format!("You reached {asked} {unit}, but not in most runs. What costs you time comes first.")
            } else {
                format!("The next level asks {asked} {unit}; your best of late is {speed}.")
            }
        }
        _ => "The coach chooses what brings you most.".to_owned(),
    };
    let (task, what) = match next {
        Some(level) if best.is_some() => {
            (Practice::Level(level.id.clone()), "what keeps you from the next level")
        }
        _ => (Practice::Mode(Mode::Guided), "what brings you most"),
    };
    Suggestion { label: "Practise", what: what.to_owned(), why, task: Task::Practice(task) }
}
