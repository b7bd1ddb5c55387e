//! Whom the page of a site trusts.

use crate::desk::Desk;
use crate::store::Notice;
use crate::trust::{Added, Issuer, TrustList};

/// Whom a page of this user trusts: the user's list, and those given besides. The user's own key is no third party and
/// is among them only if it was given.
pub fn trusted(desk: &mut Desk, given: Vec<Issuer>) -> (TrustList, Vec<Notice>) {
    let own = desk.keyring().public().ok();
    let (mut list, mut notices) = (TrustList::default(), Vec::new());
    let known = desk.trust();
    for issuer in known.issuers().iter().filter(|issuer| Some(issuer.key) != own) {
        let _ = list.add(issuer.clone());
    }
    for issuer in given {
        let name = issuer.name.clone();
        if list.add(issuer) == Added::StaysStricter {
            notices.push(Notice::new(format!(
                "the key of {name:?} is known as retired or compromised, and stays so in the page"
            )));
        }
    }
    (list, notices)
}
