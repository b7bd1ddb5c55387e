//! Verifying what somebody gave: one badge, or very many with one list of trusted issuers.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::{Desk, Given};
use crate::badge::verify::status::List;
use crate::badge::verify::{self, Check, Report};
use crate::lessons::catalogue::Catalogue;
use crate::system;
use crate::trust::TrustList;

/// How badges are to be verified.
#[derive(Default)]
pub struct Request<'a> {
    /// Whom to trust; the user's own list when `None`.
    pub trust: Option<TrustList>,
    /// The time of asking; now when `None`.
    pub now: Option<DateTime<Utc>>,
    /// DID documents given by the user.
    pub documents: &'a [Value],
    /// A name or e-mail address to compare.
    pub holder: Option<&'a str>,
    /// The attempt file to replay.
    pub attempt: Option<&'a [u8]>,
    /// Lists of revoked badges given by the user.
    pub statuses: &'a [List],
}

/// What badges are checked against, made once; several threads may ask it.
pub struct Checker<'a> {
    trust: TrustList,
    catalogue: Arc<Catalogue>,
    now: DateTime<Utc>,
    request: &'a Request<'a>,
}

impl Checker<'_> {
    /// The five answers about a badge.
    #[must_use]
    pub fn report(&self, given: &Given) -> Report {
        let check = Check {
            trust: &self.trust,
            catalogue: &self.catalogue,
            now: self.now,
            documents: self.request.documents,
            holder: self.request.holder,
            attempt: self.request.attempt,
            statuses: self.request.statuses,
        };
        match given {
            Given::Document(bytes) => verify::document(bytes, &check),
            Given::Token(bytes) => verify::token(bytes, &check),
        }
    }
}

impl Desk {
    /// What the badges of a request are checked against.
    pub fn checker<'a>(&mut self, request: &'a Request<'a>) -> Checker<'a> {
        Checker {
            trust: request.trust.clone().unwrap_or_else(|| self.trust()),
            catalogue: self.catalogue(),
            now: request.now.unwrap_or_else(system::now),
            request,
        }
    }

    /// Verifies what a person gave: the JSON of a badge file, or a link or token.
    pub fn verify(&mut self, given: &Given, request: &Request<'_>) -> Report {
        self.checker(request).report(given)
    }
}
