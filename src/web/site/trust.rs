//! Whom the page of a site trusts.

use crate::desk::Desk;
use crate::store::Notice;
use crate::trust::{Added, Assurance, Issuer, TrustList, is_reserved};

/// Issuers of files, each believed as far as the user grants it: `highest`, or what the user's list says of one that is
/// on it, or else self-assessed. What a file claims grants nothing, and a notice says so.
pub fn granted(
    desk: &mut Desk,
    files: Vec<Issuer>,
    highest: Option<Assurance>,
) -> (Vec<Issuer>, Vec<Notice>) {
    let (list, mut notices, mut granted) = (desk.trust(), Vec::new(), Vec::new());
    for file in files {
        let claimed = file.highest_assurance;
        let listed = on_list(&list, &file);
        let issuer = file.granted(highest.or(listed));
        if highest.is_none() && issuer.highest_assurance < claimed {
            notices.push(Notice::new(format!(
                "the file of {:?} claims {claimed}, which is yours to grant: the page believes it up to {}, unless you say \
                 --highest {claimed}",
                issuer.name, issuer.highest_assurance
            )));
        }
        granted.push(issuer);
    }
    (granted, notices)
}

/// How far an issuer is believed already, all of whose keys are on the list: the least of what is said there.
fn on_list(list: &TrustList, issuer: &Issuer) -> Option<Assurance> {
    let each = issuer.keys.iter().map(|term| list.by_key(&term.key).map(|known| known.highest_assurance));
    each.collect::<Option<Vec<_>>>()?.into_iter().min()
}

/// Whom a page of this user trusts: the user's list, and those given besides, as far as each is [`granted`]. The user's
/// own keys are no third party and are among them only if they were given.
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
