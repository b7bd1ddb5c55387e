//! Awards are opened here: made when they are due, or taken from the history.

use super::{Award, Confirm, From, Passphrase};
use crate::badge::vc::json;
use crate::desk::{DeskError, Log, with_exports};
use crate::lessons::practice::Milestone;
use crate::store::history::BadgeRow;
use crate::tui::context::Context;
use crate::tui::screens::holder::{Holder, Purpose};
use crate::tui::screens::{Page, Secret};

/// The award of the test just finished, or the page that asks for what it still needs: whose it is, a passphrase. A badge
/// that was issued before is shown, not issued again.
pub(in crate::tui) fn due(
    context: &mut Context,
    passphrase: Option<&Secret>,
) -> Result<Box<dyn Page>, DeskError> {
    let before = match context.claimed {
        Some(milestone) => Award::of_practice(context, milestone)?,
        None => Award::of_finished(context)?,
    };
    if let Some(award) = before {
        return Ok(Box::new(award));
    }
    let Some(recipient) = context.recipient.clone() else { return Ok(whose(context)) };
    if passphrase.is_none() && context.desk.needs_passphrase()? {
        return Ok(Box::new(Passphrase::new(None)));
    }
    let secret = passphrase.map(|secret| &secret.0);
    let award = match (context.claimed, &context.finished) {
        (Some(milestone), _) => context.desk.award_practice(milestone, &recipient, secret),
        (None, Some(finished)) => context.desk.award_to(finished, &recipient, secret),
        (None, None) => Err(DeskError::NotPassed),
    };
    let award = match award {
        Err(DeskError::Keyring(why)) if passphrase.is_some() => {
            return Ok(Box::new(Passphrase::new(Some(why.to_string()))));
        }
        award => award?,
    };
    let page = Award::new(&award.credential, &award.url, award.files, context.viewer.code, From::Test);
    Ok(Box::new(page.with_browser(context.browser)))
}

/// The page that asks whose badge it is.
fn whose(context: &mut Context) -> Box<dyn Page> {
    match context.holder() {
        Some(holder) => Box::new(Confirm::new(&holder.name, &context.badge_title())),
        None => {
            let email = context.desk.settings.holder_email.as_deref().unwrap_or_default();
            Box::new(Holder::new("", email, Purpose::First))
        }
    }
}

impl Award {
    /// The badge of the test just finished, if it has one.
    pub(in crate::tui) fn of_finished(context: &mut Context) -> Result<Option<Self>, DeskError> {
        let badge = context.badge_of_finished()?;
        badge.map(|badge| Self::of(context, &badge, From::Result)).transpose()
    }

    /// The badge of these hours of practice, if there is one.
    fn of_practice(context: &mut Context, milestone: Milestone) -> Result<Option<Self>, DeskError> {
        let badge = context.desk.badge_of_practice(milestone)?;
        badge.map(|badge| Self::of(context, &badge, From::Result)).transpose()
    }

    /// A badge of the wallet, if there is one of this id.
    pub(in crate::tui) fn open(context: &mut Context, id: &str) -> Result<Option<Self>, DeskError> {
        let Some(row) = context.desk.history()?.badge(id)? else { return Ok(None) };
        context.last_badge = Some(row.id.clone());
        Self::of(context, &row, From::Wallet).map(Some)
    }

    /// A badge of the history; its files are written again, in case they were moved or lost.
    fn of(context: &mut Context, row: &BadgeRow, from: From) -> Result<Self, DeskError> {
        let dir = context.desk.paths().badges_dir();
        let files = with_exports(context.desk.write_files(row, &dir, Log::With)?);
        let credential =
            json::parse(row.credential.as_bytes()).map_err(|why| DeskError::ReadBack(why.to_string()))?;
        let page = Self::new(&credential, &context.desk.moved(row).token, files, context.viewer.code, from);
        Ok(page.with_browser(context.browser))
    }
}
