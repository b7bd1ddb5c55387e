//! The screens that have their own files are opened here, with what they show.

use super::model::{App, Scene};
use crate::badge::vc::json;
use crate::desk::{DeskError, Finished, Given, Log, Request};
use crate::sitting::Task;
use crate::store::files::read_at_most;
use crate::store::history::BadgeRow;
use crate::store::settings;
use crate::system;
use crate::tui::screens::award::{Award, From, Passphrase};
use crate::tui::screens::help::Help;
use crate::tui::screens::holder::Holder;
use crate::tui::screens::home::{Home, Welcome, next_level};
use crate::tui::screens::levels::{Levels, records};
use crate::tui::screens::share::{SharePage, Write};
use crate::tui::screens::verify::Verify;
use crate::tui::screens::wallet::{Unclaimed, Wallet, title};
use crate::tui::screens::{Effect, Page, Secret};
use crate::typing::attempt;

impl App {
    /// Opens a screen. What is no screen of these opens nothing.
    pub(super) fn open(&mut self, effect: Effect) -> Result<(), DeskError> {
        let page: Box<dyn Page> = match effect {
            Effect::Home => Box::new(self.home()),
            Effect::Levels(chosen) => Box::new(self.levels(chosen.as_deref())?),
            Effect::Award(passphrase) => self.award(passphrase)?,
            Effect::Holder { name, email } => {
                self.keep_holder(&name, &email)?;
                self.award(None)?
            }
            Effect::Wallet => Box::new(self.wallet()?),
            Effect::Badge(id) => match self.badge(&id)? {
                Some(page) => Box::new(page),
                None => return Ok(()),
            },
            Effect::Share { id, write, back } => match self.share(&id, write, *back)? {
                Some(page) => Box::new(page),
                None => return Ok(()),
            },
            Effect::Claim(attempt) => {
                self.reopen(&attempt)?;
                self.award(None)?
            }
            Effect::AskVerify => {
                self.verify_back = Effect::Home;
                Box::new(Verify::empty())
            }
            Effect::Verify(given) => Box::new(self.verify(&given)),
            Effect::VerifyBadge { id, link } => {
                (self.last_badge, self.verify_back) = (Some(id), Effect::Wallet);
                Box::new(self.verify(&link))
            }
            Effect::Help => Box::new(self.help()),
            _ => return Ok(()),
        };
        self.scene = Scene::Page(page);
        self.tell_where_served();
        Ok(())
    }

    /// Home opens whatever is broken: a history that cannot be read is told there.
    fn home(&mut self) -> Home {
        let (mut welcome, trouble) = match self.welcome() {
            Ok(welcome) => (welcome, None),
            Err(why) => (Welcome::default(), Some(why.to_string())),
        };
        welcome.holder = self.desk.settings.holder_name.clone();
        welcome.free = self.last_free.clone();
        welcome.notices = self.desk.take_notices().iter().map(ToString::to_string).chain(trouble).collect();
        Home::new(welcome)
    }

    fn welcome(&mut self) -> Result<Welcome, DeskError> {
        let catalogue = self.desk.catalogue();
        let history = self.desk.history()?;
        let (counts, records) = (history.counts()?, history.level_records()?);
        let passed = history.passed_levels()?;
        let next = next_level(&catalogue, &passed, records.first().map(|last| last.level_id.as_str()));
        let pathway = |id: &str| catalogue.level(id).map(|level| &level.pathway);
        let begun = next
            .is_some_and(|next| records.iter().any(|tried| pathway(&tried.level_id) == Some(&next.pathway)));
        let next = next.map(|level| (level.id.clone(), level.title.clone()));
        Ok(Welcome { tests: counts.attempts, badges: counts.badges, begun, next, ..Welcome::default() })
    }

    fn levels(&mut self, chosen: Option<&str>) -> Result<Levels, DeskError> {
        let catalogue = self.desk.catalogue();
        let records = records(self.desk.history()?.level_records()?);
        Ok(Levels::new(&catalogue, &records, chosen))
    }

    /// The award of the test just finished, or what it still needs: a name, a passphrase. A badge that was issued
    /// before is shown, not issued again.
    fn award(&mut self, passphrase: Option<Secret>) -> Result<Box<dyn Page>, DeskError> {
        if let Some(badge) = self.badge_of_finished()? {
            return Ok(Box::new(self.badge_page(&badge, From::Result)?));
        }
        if self.desk.settings.holder_name.is_none() {
            let email = self.desk.settings.holder_email.as_deref().unwrap_or_default();
            return Ok(Box::new(Holder::new("", email)));
        }
        if passphrase.is_none() && self.desk.needs_passphrase()? {
            return Ok(Box::new(Passphrase::new(None)));
        }
        let Some(finished) = &self.finished else { return Err(DeskError::NotPassed) };
        let award = match self.desk.award(finished, passphrase.as_ref().map(|secret| &secret.0)) {
            Err(DeskError::Keyring(why)) if passphrase.is_some() => {
                return Ok(Box::new(Passphrase::new(Some(why.to_string()))));
            }
            award => award?,
        };
        Ok(Box::new(Award::new(&award.credential, &award.url, award.files, self.viewer.code, From::Test)))
    }

    /// The badge of the test just finished, if it has one.
    pub(super) fn badge_of_finished(&mut self) -> Result<Option<BadgeRow>, DeskError> {
        let passed = |finished: &&Finished| matches!(finished.verdict, Some(Ok(_)));
        let Some(finished) = self.finished.as_ref().filter(passed) else { return Ok(None) };
        Ok(self.desk.history()?.badge_of(&finished.id)?)
    }

    /// Takes up a passed attempt of the history as if it were just finished, so that its badge can be issued.
    fn reopen(&mut self, id: &str) -> Result<(), DeskError> {
        let finished = self.desk.reopen(id)?;
        if !matches!(finished.verdict, Some(Ok(_))) {
            return Err(DeskError::NotPassed);
        }
        let catalogue = self.desk.catalogue();
        let level = finished.attempt.level.as_ref().and_then(|named| catalogue.level_version(named));
        self.task = level.map(|level| (Task::Level(level.id.clone()), level.title.clone()));
        (self.finished, self.unsaved) = (Some(finished), None);
        Ok(())
    }

    fn keep_holder(&mut self, name: &str, email: &str) -> Result<(), DeskError> {
        let email = if email.is_empty() { None } else { Some(settings::holder_email(email)?) };
        self.desk.settings.holder_name = Some(settings::holder_name(name)?);
        self.desk.settings.holder_email = email;
        self.desk.save_settings()
    }

    fn wallet(&mut self) -> Result<Wallet, DeskError> {
        let catalogue = self.desk.catalogue();
        let history = self.desk.history()?;
        let (badges, attempts) = (history.badges()?, history.unclaimed()?);
        let unclaimed: Vec<Unclaimed> = attempts
            .into_iter()
            .filter_map(|attempt| {
                let (level, _) = attempt.level?;
                let title = catalogue.level(&level).map_or(level, |level| level.title.clone());
                Some(Unclaimed { attempt: attempt.id, title, started_unix_ms: attempt.started_unix_ms })
            })
            .collect();
        let folder = self.desk.paths().badges_dir();
        let mut wallet = Wallet::new(&badges, &unclaimed, &folder, system::now());
        if let Some(id) = &self.last_badge {
            wallet.choose(id);
        }
        Ok(wallet)
    }

    fn badge(&mut self, id: &str) -> Result<Option<Award>, DeskError> {
        let Some(row) = self.desk.history()?.badge(id)? else { return Ok(None) };
        self.last_badge = Some(row.id.clone());
        self.badge_page(&row, From::Wallet).map(Some)
    }

    /// How a badge can be shared; files are written beside the badge's others.
    fn share(&mut self, id: &str, write: Write, back: Effect) -> Result<Option<SharePage>, DeskError> {
        let Some(row) = self.desk.history()?.badge(id)? else { return Ok(None) };
        self.last_badge = Some(row.id.clone());
        let (dir, paper) = (self.desk.paths().badges_dir(), self.viewer.paper);
        let files = match write {
            Write::Nothing => Vec::new(),
            Write::Certificate => self.desk.write_certificate(&row, &dir, paper)?,
            Write::Everything => self.desk.export_all(&row, &dir, paper, Log::Without)?,
        };
        let (shared, title) = (self.desk.share(&row)?, title(&row));
        Ok(Some(SharePage::new(&row.id, &title, shared, files, back)))
    }

    /// A badge of the history; its files are written again, in case they were moved or lost.
    fn badge_page(&mut self, row: &BadgeRow, from: From) -> Result<Award, DeskError> {
        let dir = self.desk.paths().badges_dir();
        let files = self.desk.write_files(row, &dir, Log::With)?;
        let credential =
            json::parse(row.credential.as_bytes()).map_err(|why| DeskError::ReadBack(why.to_string()))?;
        Ok(Award::new(&credential, &self.desk.moved(row).token, files, self.viewer.code, from))
    }

    fn verify(&mut self, given: &str) -> Verify {
        // The evidence of a badge file lies beside it, where the badge is one's own.
        let beside = Given::path(given).with_extension("tpa");
        let attempt = read_at_most(&beside, attempt::MAX_BYTES as u64).ok().flatten();
        let request = Request { attempt: attempt.as_deref(), ..Request::default() };
        match Given::find(given) {
            Ok(found) => Verify::answered(given, &self.desk.verify(&found.given, &request)),
            Err(why) => Verify::failed(given, &why.to_string()),
        }
        .leading_back(self.verify_back.clone())
    }

    fn help(&self) -> Help {
        let paths = self.desk.paths();
        let places = [
            ("Settings", paths.settings_file()),
            ("History", paths.history_file()),
            ("Badges", paths.badges_dir()),
            ("Your key", paths.keys_dir()),
            ("Your lessons", paths.lessons_dir()),
            ("Trusted issuers", paths.trust_dir()),
            ("Your page", paths.site_dir()),
        ];
        Help::new(places.map(|(what, path)| (what.to_owned(), path.display().to_string())))
    }
}
