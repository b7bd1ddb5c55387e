//! Records: attempts of the history gathered into the evidence of one badge, and such badges issued.

use zeroize::Zeroizing;

use super::award::{Award, Recipient, Sealed, credential_of, is_to_come};
use super::{Desk, DeskError};
use crate::badge::claim::{Gathered, Measured};
use crate::badge::holes::log_uri;
use crate::badge::issuance::Tested;
use crate::badge::texts::Texts;
use crate::lessons::practice::{Milestone, Practice};
use crate::store::Notice;
use crate::store::history::{BadgeRow, Filter, Practised};
use crate::typing::attempt::Attempt;
use crate::typing::record::Record;

/// Attempts that were gathered from the history.
struct Collected {
    /// The attempt files, in the order in which they were begun.
    files: Vec<Vec<u8>>,
    /// The id of the last, which reaches the milestone.
    last: String,
    /// What they come to.
    practice: Practice,
}

impl Desk {
    /// The milestones of practice that were reached and have no badge yet, the shortest first.
    ///
    /// # Errors
    /// When the history cannot be read.
    pub fn due_practice(&mut self) -> Result<Vec<Milestone>, DeskError> {
        let history = self.history()?;
        let practised: u64 = history.practised()?.iter().map(|each| u64::from(each.practised_ms)).sum();
        let has = |badges: &[BadgeRow], m: &Milestone| badges.iter().any(|b| b.level_id == Some(m.id()));
        let badges = history.badges()?;
        let likely = |m: &Milestone| practised >= u64::from(m.seconds()) * 1_000 && !has(&badges, m);
        let likely: Vec<Milestone> = Milestone::all().filter(likely).collect();
        // Some of the history may not count, so what is likely is looked at whole.
        let mut due = Vec::new();
        for milestone in likely {
            match self.collected(milestone) {
                Ok(_) => due.push(milestone),
                Err(DeskError::TooLittlePractice { .. }) => {}
                Err(why) => return Err(why),
            }
        }
        Ok(due)
    }

    /// The milestone that was reached with the attempt saved last, if it has no badge yet.
    ///
    /// # Errors
    /// When the history cannot be read.
    pub fn reached_just_now(&mut self) -> Result<Option<Milestone>, DeskError> {
        let practised = self.history()?.practised()?;
        let sum = |all: &[Practised]| all.iter().map(|each| u64::from(each.practised_ms)).sum::<u64>();
        let before = practised.split_last().map_or(0, |(_, before)| sum(before));
        let is_new = |m: &Milestone| before < u64::from(m.seconds()) * 1_000;
        Ok(self.due_practice()?.into_iter().find(is_new))
    }

    /// Says that a milestone of practice was reached just now. That it cannot be looked up is no reason to refuse a test.
    pub(super) fn tell_of_practice(&mut self) {
        if let Ok(Some(milestone)) = self.reached_just_now() {
            let hours = milestone.hours();
            let text = format!(
                "You have practised {hours} hours. My badges has your badge for it: Enter claims it there."
            );
            self.notices.push(Notice::new(text));
        }
    }

    /// The badge of this milestone, if there is one.
    ///
    /// # Errors
    /// When the history cannot be read.
    pub fn badge_of_practice(&mut self, milestone: Milestone) -> Result<Option<BadgeRow>, DeskError> {
        let badges = self.history()?.badges()?;
        Ok(badges.into_iter().find(|badge| badge.level_id == Some(milestone.id())))
    }

    /// Issues the badge of a milestone of practice with the user's own key, on the earliest attempts of the history that
    /// reach it.
    ///
    /// # Errors
    /// [`DeskError::TooLittlePractice`] when it is not reached; otherwise as [`Self::award_to`].
    pub fn award_practice(
        &mut self,
        milestone: Milestone,
        recipient: &Recipient,
        passphrase: Option<&Zeroizing<String>>,
    ) -> Result<Award, DeskError> {
        let Collected { files, practice, last } = self.collected(milestone)?;
        if is_to_come(practice.ended_unix_ms) {
            return Err(DeskError::Future(last));
        }
        let record = Record::of(files.iter().map(Vec::as_slice).collect());
        let evidence = record.to_bytes()?;
        let (gathered, start_unix) = Gathered::of(&practice);
        let texts = Texts::of_practice(milestone);
        let what = Sealed {
            tested: Tested {
                level: texts.reference(),
                measured: Measured::Practice(gathered),
                start_unix,
                log: half(&record.name()),
            },
            texts,
            evidence: &evidence,
            attempt: None,
            kept_as: milestone.id(),
        };
        let own = self.own_issuance(recipient, passphrase, practice.ended_unix_ms)?;
        self.seal(what, &own.issuance, &own.key, &own.trust)
    }

    /// What a badge rests on, with the extension of its file: its attempt, or its record, put together again. Nothing where
    /// the history no longer has it.
    pub(super) fn evidence_of(
        &mut self,
        row: &BadgeRow,
    ) -> Result<Option<(&'static str, Vec<u8>)>, DeskError> {
        if let Some(id) = &row.attempt_id {
            let Some((attempt, bytes)) = self.history()?.attempt(id)? else { return Ok(None) };
            let Some(lesson) = attempt.lesson else { return Ok(Some(("tpa", bytes))) };
            let completion = match self.completion(&lesson.named, Some(id)) {
                Ok(completion) => completion,
                Err(DeskError::Store(why)) => return Err(DeskError::Store(why)),
                Err(_) => return Ok(None),
            };
            return named_record(&completion.record(), row);
        }
        let milestone = Milestone::all().find(|milestone| row.level_id == Some(milestone.id()));
        let Some(milestone) = milestone else { return Ok(None) };
        let collected = match self.collected(milestone) {
            Ok(collected) => collected,
            Err(DeskError::TooLittlePractice { .. }) => return Ok(None),
            Err(why) => return Err(why),
        };
        named_record(&Record::of(collected.files.iter().map(Vec::as_slice).collect()), row)
    }

    /// The earliest attempts of the history that reach a milestone. Attempts that do not count are left out, and of two that
    /// overlap the one that was begun later.
    fn collected(&mut self, milestone: Milestone) -> Result<Collected, DeskError> {
        let mut rows = self.history()?.attempts(&Filter::default())?;
        rows.sort_by(|a, b| (a.started_unix_ms, &a.id).cmp(&(b.started_unix_ms, &b.id)));
        let mut practice = Practice::default();
        let mut files = Vec::new();
        for row in rows {
            let Some((_, bytes)) = self.history()?.attempt(&row.id)? else { continue };
            let Ok(attempt) = Attempt::from_bytes(&bytes) else { continue };
            if practice.add(&attempt).is_err() {
                continue;
            }
            files.push(bytes);
            if practice.practised_ms >= u64::from(milestone.seconds()) * 1_000 {
                return Ok(Collected { files, last: row.id, practice });
            }
        }
        let minutes = practice.practised_ms / 60_000;
        Err(DeskError::TooLittlePractice { hours: milestone.hours(), minutes })
    }
}

/// A record with the extension of its file, if it is the one that the badge names.
fn named_record(record: &Record<'_>, row: &BadgeRow) -> Result<Option<(&'static str, Vec<u8>)>, DeskError> {
    let named = log_uri(&half(&record.name()));
    let credential = credential_of(row)?;
    let is_it = credential.pointer("/evidence/0/id").and_then(|id| id.as_str()) == Some(named.as_str());
    Ok(if is_it { Some(("tpr", record.to_bytes()?)) } else { None })
}

/// The first half of a digest, which a badge names.
pub(super) fn half(digest: &[u8; 32]) -> [u8; 16] {
    let mut half = [0; 16];
    half.copy_from_slice(&digest[..16]);
    half
}
