//! Attempts: a test that ended, or was given up, is scored, judged and saved; a saved one is taken up again.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::courses::LessonResult;
use super::{Desk, DeskError, Finished};
use crate::lessons::choice;
use crate::lessons::judge::judge;
use crate::lessons::level::Level;
use crate::sitting::Sitting;
use crate::store::history::{AttemptRow, Ended, LessonRow, LevelRecord};
use crate::system;
use crate::typing::attempt::{self, Attempt};
use crate::typing::circumstances::Circumstances;
use crate::typing::exercise::{Exercise, Source};
use crate::typing::keyboard::Keyboard;
use crate::typing::log::End;
use crate::typing::rules::Limit;
use crate::typing::score::Score;
use crate::typing::session::{Phase, Session};

/// Begins the source of an attempt whose text the coach chose; what was practised follows.
pub const PRACTICE: &str = "practice: ";

/// What is known of a sitting besides its session.
#[derive(Default)]
struct Seen {
    circumstances: Option<Circumstances>,
    keyboard: Option<Keyboard>,
}

impl Desk {
    /// Saves a sitting that has ended, as [`Desk::finish`] does. One that was closed before its end is saved too, as an
    /// attempt that passes nothing.
    ///
    /// # Errors
    /// As for [`Desk::finish`]; with the same sitting it can be tried again.
    pub fn save(&mut self, sitting: &Sitting) -> Result<Finished, DeskError> {
        let times = sitting.wall().ok_or(DeskError::NotEnded)?;
        let seen = Seen { circumstances: sitting.circumstances(), keyboard: sitting.keyboard().cloned() };
        let finished = self.keep_attempt(sitting.session().clone(), sitting.level(), times, seen)?;
        self.tell_of_practice();
        Ok(finished)
    }

    /// Scores a session that has ended, judges it, and saves it: when this returns, the attempt is durable. `times` is
    /// what the wall clock said at its start and its end.
    ///
    /// # Errors
    /// When it cannot be saved; with the same session and times it can be tried again.
    pub fn finish(
        &mut self,
        session: Session,
        level: Option<&Level>,
        times: Range<DateTime<Utc>>,
    ) -> Result<Finished, DeskError> {
        self.keep_attempt(session, level, times, Seen::default())
    }

    fn keep_attempt(
        &mut self,
        session: Session,
        level: Option<&Level>,
        times: Range<DateTime<Utc>>,
        seen: Seen,
    ) -> Result<Finished, DeskError> {
        let ended = match session.phase() {
            Phase::Ended(End::Completed) => Ended::Completed,
            Phase::Ended(End::TimeUp) => Ended::TimeUp,
            Phase::Ended(End::GaveUp) => Ended::GaveUp,
            Phase::Ready | Phase::Running => return Err(DeskError::NotEnded),
        };
        let score = Score::of(&session).ok_or(DeskError::NotEnded)?;
        let log = session.log().ok_or(DeskError::NotEnded)?;
        let attempt = Attempt {
            exercise: Arc::clone(session.exercise()),
            level: level.map(Level::named),
            started_unix_ms: times.start.timestamp_millis(),
            wall_ms: (times.end - times.start).num_milliseconds(),
            circumstances: seen.circumstances,
            keyboard: seen.keyboard,
            log,
        };
        let verdict = level.map(|level| judge(level, &attempt, &self.catalogue()));
        let bytes = attempt.to_bytes();
        let lesson = self.judge_lesson(&attempt);
        let passed =
            matches!(verdict, Some(Ok(_))) || lesson.as_ref().is_some_and(|lesson| lesson.verdict.is_ok());
        let mut row = attempt_row(new_id()?, &attempt, ended, &score, passed, attempt::digest(&bytes));
        row.lesson = lesson_row(&attempt, lesson.as_ref());
        if let (Source::Passages(ids), Some(level)) = (&attempt.exercise.source, level) {
            let (word, offset) = session.caret();
            let at = attempt.exercise.text.word_range(word).start + offset;
            row.passages = choice::reached(ids, at, level, &self.catalogue());
        }
        self.history_to_write()?.save_attempt(&row, &bytes)?;
        Ok(Finished {
            id: row.id,
            attempt: Arc::new(attempt),
            session,
            score,
            verdict,
            lesson: lesson.map(Box::new),
        })
    }

    /// The levels that were passed, by the ids under which they are known now.
    ///
    /// # Errors
    /// When the history cannot be read.
    pub fn passed_levels(&mut self) -> Result<BTreeSet<String>, DeskError> {
        let catalogue = self.catalogue();
        let passed = self.history()?.passed_levels()?;
        Ok(passed.iter().map(|id| catalogue.known_id(id).to_owned()).collect())
    }

    /// What was done at each level, by the id under which it is known now; the level attempted last first.
    ///
    /// # Errors
    /// When the history cannot be read.
    pub fn level_records(&mut self) -> Result<Vec<LevelRecord>, DeskError> {
        let catalogue = self.catalogue();
        let mut records: Vec<LevelRecord> = Vec::new();
        for record in self.history()?.level_records()? {
            let level_id = catalogue.known_id(&record.level_id).to_owned();
            match records.iter_mut().find(|known| known.level_id == level_id) {
                Some(known) => {
                    known.passed |= record.passed;
                    known.best = known.best.max(record.best);
                    known.unclaimed = known.unclaimed.take().or(record.unclaimed);
                }
                None => records.push(LevelRecord { level_id, ..record }),
            }
        }
        Ok(records)
    }

    /// A saved attempt, replayed, scored and judged anew; `id` may be the beginning of one.
    ///
    /// # Errors
    /// When no attempt has that id, or its log cannot be replayed.
    pub fn reopen(&mut self, id: &str) -> Result<Finished, DeskError> {
        let saved = self.history()?.attempt(id)?;
        let (row, bytes) = saved.ok_or_else(|| DeskError::NoAttempt(id.to_owned()))?;
        let attempt = Attempt::from_bytes(&bytes)?;
        let session = attempt.replay()?;
        let score = Score::of(&session).ok_or(DeskError::NotEnded)?;
        let catalogue = self.catalogue();
        let level = attempt.level.as_ref().and_then(|named| catalogue.level_version(named));
        let verdict = level.map(|level| judge(level, &attempt, &catalogue));
        let lesson = self.judge_lesson(&attempt).map(Box::new);
        Ok(Finished { id: row.id, attempt: Arc::new(attempt), session, score, verdict, lesson })
    }
}

/// Which lesson an attempt was for, whether or not that is known here.
fn lesson_row(attempt: &Attempt, result: Option<&LessonResult>) -> Option<LessonRow> {
    let Source::Lesson(named) = &attempt.exercise.source else { return None };
    Some(LessonRow { named: named.clone(), ground: result.is_some_and(|result| result.ground) })
}

fn new_id() -> Result<String, DeskError> {
    Ok(data_encoding::HEXLOWER.encode(&system::random::<16>()?))
}

fn attempt_row(
    id: String,
    attempt: &Attempt,
    ended: Ended,
    score: &Score,
    passed: bool,
    digest: [u8; 32],
) -> AttemptRow {
    let passages = match &attempt.exercise.source {
        Source::Passages(ids) => ids.clone(),
        _ => Vec::new(),
    };
    let source = source(&attempt.exercise);
    AttemptRow {
        id,
        started_unix_ms: attempt.started_unix_ms,
        level: attempt.level.as_ref().map(|l| (l.id.clone(), l.version)),
        lesson: None,
        source,
        passages,
        passed,
        ended,
        gross_wpm_x100: score.gross_wpm_x100,
        net_wpm_x100: score.net_wpm_x100,
        raw_wpm_x100: score.raw_wpm_x100,
        accuracy_bp: score.accuracy_bp,
        consistency_bp: score.consistency_bp,
        duration_ms: score.counts.duration_ms,
        errors_x2: score.counts.errors_x2,
        // Whole numbers only: writing them cannot fail.
        score_json: serde_json::to_string(score).unwrap_or_default(),
        keyboard: attempt.keyboard.clone(),
        hidden: attempt.circumstances.map(|seen| seen.hidden).unwrap_or_default(),
        digest,
    }
}

/// Where a text came from, as histories show it.
pub(super) fn source(exercise: &Exercise) -> String {
    match &exercise.source {
        Source::Passages(_) => "passages".to_owned(),
        Source::Words { list, count } => match exercise.rules.limit {
            Limit::Seconds(seconds) => format!("{list} words, {seconds} s"),
            Limit::Text => format!("{count} {list} words"),
        },
        Source::Lesson(of) => format!("{} {}", of.course, of.lesson),
        Source::Own(name) => name.clone(),
        Source::Coach(name) => format!("{PRACTICE}{}", name.replace('-', " ")),
    }
}
