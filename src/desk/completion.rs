//! Completed courses: the attempts of the history that complete one, and its badge.

use std::collections::BTreeSet;

use zeroize::Zeroizing;

use super::award::{Award, Recipient, Sealed, is_to_come};
use super::course_open::CourseOpen;
use super::records::half;
use super::{Desk, DeskError};
use crate::badge::claim::{Final, Gathered, Measured, Taught};
use crate::badge::figures::Figures;
use crate::badge::issuance::Tested;
use crate::badge::texts::Texts;
use crate::lessons::course::progress::Tried;
use crate::lessons::course::{Completed, Course, Ground, Lesson, complete, judge};
use crate::lessons::practice::Practice;
use crate::store::history::BadgeRow;
use crate::typing::attempt::Attempt;
use crate::typing::exercise::LessonRef;
use crate::typing::record::Record;

/// A course that was completed, and what shows it.
#[derive(Clone, Debug)]
pub struct Completion {
    /// The course.
    pub course: Course,
    /// The id of the attempt at its final test.
    pub last: String,
    /// The attempt files, in the order in which they were begun.
    files: Vec<Vec<u8>>,
    practice: Practice,
    completed: Completed,
}

impl Desk {
    /// The attempts that complete the course of this lesson, on its layout and in its language: the earliest, ending with the
    /// first final test that was passed after all lessons, or with the attempt `last`.
    ///
    /// # Errors
    /// [`DeskError::CourseOpen`] when something is missing; when the course can have no badge, is not known, or the history
    /// cannot be read.
    pub fn completion(&mut self, named: &LessonRef, last: Option<&str>) -> Result<Completion, DeskError> {
        let catalogue = self.catalogue();
        let course = catalogue.course(&named.course).filter(|course| course.version == named.version);
        let course = course.ok_or_else(|| DeskError::NoCourse(named.course.clone()))?;
        if !course.has_test() {
            return Err(DeskError::NoTest(course.id.clone()));
        }
        let ground = catalogue
            .badge_ground(&named.layout, &named.language)
            .ok_or_else(|| DeskError::OwnLayout(named.layout.clone()))?;
        let lessons = course.lessons(&ground);
        let mut tried = self.history()?.tried(&course.id)?;
        tried.retain(|tried| tried.ground && lessons.iter().any(|lesson| lesson.named == tried.lesson));
        // The newest are first.
        tried.reverse();
        let open = |missing: Vec<Lesson>| {
            let tested = lessons.iter().any(|l| l.is_test && tried.iter().any(|t| t.lesson == l.named));
            DeskError::CourseOpen(Box::new(CourseOpen { course: course.id.clone(), missing, tested }))
        };
        let untried = |lesson: &&Lesson| !tried.iter().any(|tried| tried.lesson == lesson.named);
        let mut missing: Vec<Lesson> = lessons.iter().filter(untried).cloned().collect();
        if !missing.is_empty() {
            // A final test that was passed too early is taken once more.
            missing.extend(lessons.iter().filter(|lesson| lesson.is_test && !untried(lesson)).cloned());
            return Err(open(missing));
        }
        let gathered = self.gather(&lessons, &ground, &tried, last)?;
        if let Some(missing) = gathered.missing(&lessons) {
            return Err(open(missing));
        }
        let completed = complete(course, &ground, &gathered.attempts).map_err(|_| DeskError::NotPassed)?;
        let Gathering { files, practice, last, .. } = gathered;
        Ok(Completion { course: course.clone(), last, files, practice, completed })
    }

    /// The earliest attempts that pass, one for each lesson and none that overlaps another; the final test when all others are
    /// there.
    fn gather(
        &mut self,
        lessons: &[Lesson],
        ground: &Ground<'_>,
        tried: &[Tried],
        last: Option<&str>,
    ) -> Result<Gathering, DeskError> {
        let mut gathered = Gathering::default();
        for tried in tried {
            let lesson = lessons.iter().find(|lesson| lesson.named == tried.lesson);
            let Some(lesson) = lesson.filter(|lesson| !gathered.passed.contains(&lesson.named)) else {
                continue;
            };
            let too_early = gathered.passed.len() + 1 < lessons.len();
            if lesson.is_test && (too_early || last.is_some_and(|last| last != tried.attempt)) {
                continue;
            }
            let Some((_, bytes)) = self.history()?.attempt(&tried.attempt)? else { continue };
            let Ok(attempt) = Attempt::from_bytes(&bytes) else { continue };
            if judge(lesson, &attempt, ground).is_ok() && gathered.practice.add(&attempt).is_ok() {
                gathered.passed.insert(lesson.named.clone());
                gathered.last.clone_from(&tried.attempt);
                gathered.files.push(bytes);
                gathered.attempts.push(attempt);
            }
        }
        Ok(gathered)
    }

    /// The badge of the course of this lesson, on its layout and in its language, if there is one.
    ///
    /// # Errors
    /// When the history cannot be read.
    pub fn badge_of_course(&mut self, named: &LessonRef) -> Result<Option<BadgeRow>, DeskError> {
        let catalogue = self.catalogue();
        let Some(code) = catalogue.course(&named.course).map(Course::code) else { return Ok(None) };
        for badge in self.history()?.badges()? {
            let Some(id) = badge.attempt_id.as_ref().filter(|_| badge.level_id.as_ref() == Some(&code))
            else {
                continue;
            };
            let lesson = self.history()?.attempt(id)?.and_then(|(row, _)| row.lesson);
            if lesson.is_some_and(|lesson| is_of_one_course(&lesson.named, named)) {
                return Ok(Some(badge));
            }
        }
        Ok(None)
    }

    /// The courses that were completed, on whatever layout, and have no badge yet.
    ///
    /// # Errors
    /// When the history cannot be read.
    pub fn due_courses(&mut self) -> Result<Vec<Completion>, DeskError> {
        let catalogue = self.catalogue();
        let mut due = Vec::new();
        for course in catalogue.courses() {
            let mut tried = self.history()?.tried(&course.id)?;
            tried.retain(|tried| tried.ground);
            let mut seen: Vec<LessonRef> = Vec::new();
            for Tried { lesson, .. } in tried {
                if seen.iter().any(|known| is_of_one_course(known, &lesson)) {
                    continue;
                }
                if let Some(completion) = self.completion_without_badge(&lesson)? {
                    due.push(completion);
                }
                seen.push(lesson);
            }
        }
        Ok(due)
    }

    fn completion_without_badge(&mut self, named: &LessonRef) -> Result<Option<Completion>, DeskError> {
        match self.completion(named, None) {
            Ok(completion) => {
                let badge = self.badge_of_course(named)?;
                Ok(Some(completion).filter(|_| badge.is_none()))
            }
            Err(DeskError::Store(why)) => Err(DeskError::Store(why)),
            Err(_) => Ok(None),
        }
    }

    /// Issues the badge of a course with the user's own key: of the completion that ends with this attempt.
    ///
    /// # Errors
    /// When the attempt completes no course; otherwise as [`Self::award_to`].
    pub fn award_course(
        &mut self,
        last: &str,
        recipient: &Recipient,
        passphrase: Option<&Zeroizing<String>>,
    ) -> Result<Award, DeskError> {
        let saved = self.history()?.attempt(last)?;
        let (row, _) = saved.ok_or_else(|| DeskError::NoAttempt(last.to_owned()))?;
        let named = row.lesson.ok_or(DeskError::NotPassed)?.named;
        let completion = self.completion(&named, Some(&row.id))?;
        let ended_unix_ms = completion.practice.ended_unix_ms;
        if is_to_come(ended_unix_ms) {
            return Err(DeskError::Future(row.id));
        }
        let record = completion.record();
        let evidence = record.to_bytes()?;
        let texts = Texts::of_course(&completion.course);
        let (measured, start_unix) = completion.measured()?;
        let what = Sealed {
            tested: Tested { level: texts.reference(), measured, start_unix, log: half(&record.name()) },
            texts,
            evidence: &evidence,
            attempt: Some(row.id),
            kept_as: completion.course.code(),
        };
        let own = self.own_issuance(recipient, passphrase, ended_unix_ms)?;
        self.seal(what, &own.issuance, &own.key, &own.trust)
    }
}

impl Completion {
    /// The record of its attempts.
    #[must_use]
    pub fn record(&self) -> Record<'_> {
        Record::of(self.files.iter().map(Vec::as_slice).collect())
    }

    /// When its final test had ended, milliseconds since 1970 (UTC).
    #[must_use]
    pub const fn ended_unix_ms(&self) -> i64 {
        self.practice.ended_unix_ms
    }

    /// What a badge of it states, and when it began.
    fn measured(&self) -> Result<(Measured, u64), DeskError> {
        let (gathered, start_unix) = Gathered::of(&self.practice);
        let figures = Figures::of(self.completed.score(), self.completed.rules());
        let ended = Final {
            net_x100: figures.net_x100,
            gross_x100: figures.gross_x100,
            accuracy_bp: figures.accuracy_bp(),
        };
        let named = self.completed.ended().lesson();
        let taught = Taught::new(&named.layout, &named.language);
        let taught = taught.ok_or_else(|| DeskError::OwnLayout(named.layout.clone()))?;
        Ok((Measured::Course { gathered, ended, taught }, start_unix))
    }
}

/// What was gathered of a course so far.
#[derive(Default)]
struct Gathering {
    passed: BTreeSet<LessonRef>,
    files: Vec<Vec<u8>>,
    attempts: Vec<Attempt>,
    practice: Practice,
    last: String,
}

impl Gathering {
    /// The lessons that are not among it, if any.
    fn missing(&self, lessons: &[Lesson]) -> Option<Vec<Lesson>> {
        let missing = lessons.iter().filter(|lesson| !self.passed.contains(&lesson.named));
        Some(missing.cloned().collect::<Vec<_>>()).filter(|missing| !missing.is_empty())
    }
}

/// Whether two lessons are of the same version of a course, for the same layout and language.
fn is_of_one_course(a: &LessonRef, b: &LessonRef) -> bool {
    let key = |named: &LessonRef| {
        (named.course.clone(), named.version, named.layout.clone(), named.language.clone())
    };
    key(a) == key(b)
}
