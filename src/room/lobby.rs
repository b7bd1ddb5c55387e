//! The hall as the server sees it: a house with seats.

use std::sync::Arc;

use super::hall::{Answer, Hall};
use super::ssh::{Admission, Claim, Entry, House, Report};
use super::visit::Sitter;

/// The hall's side of the door.
#[derive(Clone, Debug)]
pub struct Lobby(pub Arc<Hall>);

impl House for Lobby {
    fn greeting(&self) -> String {
        format!("{}\r\nSpeed test, supervised by {}.", self.0.exam().title, self.0.exam().proctor.name)
    }

    fn admit<'a>(&'a self, claim: Claim<'a>) -> Admission<'a> {
        Box::pin(async move {
            match self.0.admit(claim.number, claim.code, claim.from).await {
                Answer::In(number, session) => {
                    Entry::In(Box::new(Sitter::new(Arc::clone(&self.0), number, session, claim.from)))
                }
                Answer::Wrong => Entry::Wrong,
                Answer::Refused(why) => Entry::Refused(why.to_owned()),
            }
        })
    }

    fn report(&self, what: Report) {
        match what {
            Report::WrongCode { number, .. } => self.0.knocked(&number),
            // The seat notes it when it is left.
            Report::Failed(_) => {}
        }
    }
}
