//! Whom the page of a site trusts.

use crate::desk::Desk;
use crate::store::Notice;
use crate::trust::{Added, Issuer, TrustList, is_reserved};

/// Whom a page of this user trusts: the user's list, and those given besides. The user's own keys are no third party
/// and are among them only if they were given.
pub fn trusted(desk: &mut Desk, given: Vec<Issuer>) -> (TrustList, Vec<Notice>) {
    let (own, _) = desk.own_keys();
    let (mut list, mut notices) = (TrustList::default(), Vec::new());
    // Which keys of one's own cannot be read, and so may be among the others, is told with the list.
    let known = desk.trust();
    for issuer in known.issuers().iter().filter_map(|issuer| issuer.retaining(|key| !own.contains(key))) {
        let _ = list.add(issuer);
    }
    for issuer in given {
        let name = issuer.name.clone();
        if is_reserved(&name) || list.alike(&issuer).is_some() {
            notices.push(Notice::new(format!(
                "{name:?} is left out of the page: the name looks like another's on the list, or like this program's own"
            )));
            continue;
        }
        let key = if issuer.keys.count() == 1 { "the key" } else { "a key" };
        if list.add(issuer) == Added::StaysStricter {
            notices.push(Notice::new(format!(
                "{key} of {name:?} is known as retired or compromised, and stays so in the page"
            )));
        }
    }
    (list, notices)
}
