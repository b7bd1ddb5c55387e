//! What can go wrong at the desk.

use std::path::PathBuf;

use super::course_open::CourseOpen;
use super::review::ReviewError;
use crate::badge::carry::bake::BakeError;
use crate::badge::carry::symbol::SymbolError;
use crate::badge::credential::CredentialError;
use crate::badge::draw::certificate::CertificateError;
use crate::badge::draw::drawing::DrawingError;
use crate::badge::draw::picture::PictureError;
use crate::badge::holder::HolderError;
use crate::keyring::KeyringError;
use crate::lessons::choice::ChoiceError;
use crate::store::files::FileError;
use crate::store::history::StoreError;
use crate::store::issuers::ReadError;
use crate::store::paths::PathsError;
use crate::store::settings::SettingError;
use crate::system::NoRandomness;
use crate::typing::bytes::BytesError;
use crate::typing::exercise::ExerciseError;
use crate::typing::record::RecordError;
use crate::typing::session::ReplayError;

/// Why the desk could not do what was asked; nothing that was saved is lost.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// No folder to keep anything in.
    #[error(transparent)]
    Paths(#[from] PathsError),
    /// The history database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A file.
    #[error(transparent)]
    File(#[from] FileError),
    /// The issuer key.
    #[error(transparent)]
    Keyring(#[from] KeyringError),
    /// A name or address that cannot be kept.
    #[error(transparent)]
    Setting(#[from] SettingError),
    /// The operating system's die.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
    /// A text that cannot be typed.
    #[error(transparent)]
    Exercise(#[from] ExerciseError),
    /// A level without anything to type.
    #[error(transparent)]
    Choice(#[from] ChoiceError),
    /// A name or address.
    #[error(transparent)]
    Holder(#[from] HolderError),
    /// The credential.
    #[error(transparent)]
    Credential(#[from] CredentialError),
    /// The QR code.
    #[error(transparent)]
    Symbol(#[from] SymbolError),
    /// Its picture.
    #[error(transparent)]
    Drawing(#[from] DrawingError),
    /// The certificate.
    #[error(transparent)]
    Certificate(#[from] CertificateError),
    /// The badge as a picture.
    #[error(transparent)]
    Picture(#[from] PictureError),
    /// The credential within that.
    #[error(transparent)]
    Bake(#[from] BakeError),
    /// A badge that is saved and cannot be read.
    #[error("the badge {0} in the history is damaged ({1}); restore the history from a backup")]
    Damaged(String, String),
    /// No level of that id.
    #[error("there is no level {0:?}: `typeproof levels` lists them")]
    NoLevel(String),
    /// No course of that id.
    #[error("there is no course {0:?}: `typeproof course` lists them")]
    NoCourse(String),
    /// No such lesson in a course.
    #[error("there is no lesson {lesson:?} in the course {course}: `typeproof course {course}` lists them")]
    NoLesson {
        /// The course.
        course: String,
        /// What was asked for.
        lesson: String,
    },
    /// No keyboard layout of that name.
    #[error("there is no keyboard layout {name:?}; there are {known}")]
    NoLayout {
        /// As it was given.
        name: String,
        /// The ids of those that there are.
        known: String,
    },
    /// A file that is no text.
    #[error("{0} is not UTF-8 text; convert it first")]
    NoUtf8(String),
    /// No attempt of that id.
    #[error("there is no attempt {0:?}: `typeproof history` lists them")]
    NoAttempt(String),
    /// Nothing of an attempt's text is left to be typed.
    #[error("attempt {0} has nothing left to type: only an unfinished text of your own can be resumed")]
    NoRest(String),
    /// No text of the user's own was given up.
    #[error("there is no unfinished text of your own to resume: `typeproof history` lists the attempts")]
    NothingGivenUp,
    /// An attempt file.
    #[error(transparent)]
    Attempt(#[from] BytesError),
    /// A log that is not of its exercise.
    #[error(transparent)]
    Replay(#[from] ReplayError),
    /// A session that still runs.
    #[error("the test has not ended")]
    NotEnded,
    /// No badge without passing.
    #[error("the level was not passed, so there is no badge")]
    NotPassed,
    /// A course is not completed.
    #[error(transparent)]
    CourseOpen(Box<CourseOpen>),
    /// A course without a final test.
    #[error("the course {0} has no final test, and so no badge: give its last lesson `test = true`")]
    NoTest(String),
    /// Lessons on a layout that others do not have.
    #[error(
        "the layout {0} is your own, and no course has a badge on it: nobody else could check the lessons; take the course on \
            one of those that `typeproof layouts` lists as typeproof's"
    )]
    OwnLayout(String),
    /// Too few hours of practice.
    #[error(
        "{hours} hours of practice are asked, and {} h {} min count so far: pauses over five seconds do not",
        .minutes / 60,
        .minutes % 60
    )]
    TooLittlePractice {
        /// The hours that are asked.
        hours: u32,
        /// The minutes that count.
        minutes: u64,
    },
    /// Too many attempts for a record.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// The history has another attempt by now than the one that was taken.
    #[error("attempt {0} was changed in the history after it was typed, so no badge is issued for it")]
    Altered(String),
    /// The test ended later than it is now.
    #[error("attempt {0} ended in the future by this machine's clock: set the clock, then issue the badge")]
    Future(String),
    /// A badge needs a name.
    #[error("the badge needs the holder's name: give it when asked, or write holder_name in the settings")]
    NoName,
    /// Badges were signed, but the key is not there.
    #[error(
        "older badges were signed with a key that is gone ({issuer}): restore {file} and issuer.pub from a backup, \
            or make a \
         new key with `typeproof issuer new`, which others will see as another issuer"
    )]
    LostKey {
        /// The DID of the newest badge's issuer.
        issuer: String,
        /// Where its secret key should be.
        file: PathBuf,
    },
    /// No organisation of that id.
    #[error("there is no organisation {0:?} here: `typeproof issuer list` lists them")]
    NoOrganisation(String),
    /// An organisation's file.
    #[error(transparent)]
    OrganisationFile(#[from] ReadError),
    /// A profile that cannot be one.
    #[error("{0}")]
    Profile(String),
    /// An organisation's file that is not of its key.
    #[error("{file} describes another key than {id} of the keyring: restore both from one backup")]
    OtherKey {
        /// The organisation's file.
        file: PathBuf,
        /// The key.
        id: String,
    },
    /// A review that cannot be.
    #[error(transparent)]
    Review(#[from] ReviewError),
    /// The database could not be kept open.
    #[error("the history could not be opened")]
    NoHistory,
    /// What was signed did not pass our own verifier.
    #[error("the new badge did not pass the check that follows signing ({0}); nothing was written")]
    ReadBack(String),
    /// The badge is safe in the history, but its files are not written.
    #[error(
        "the badge is issued and saved, but its files were not written: {why}; `typeproof badge export {id} --to \
            DIR` writes them"
    )]
    Files {
        /// The badge.
        id: String,
        /// What was in the way.
        why: Box<DeskError>,
    },
}

impl DeskError {
    /// Whether nothing is there under the name that was given, or several things are, as opposed to something that is refused.
    #[must_use]
    pub const fn is_missing(&self) -> bool {
        match self {
            Self::NoLevel(_)
            | Self::NoCourse(_)
            | Self::NoLesson { .. }
            | Self::NoAttempt(_)
            | Self::NoOrganisation(_)
            | Self::NoRest(_)
            | Self::NothingGivenUp => true,
            Self::Store(why) => why.is_missing(),
            _ => false,
        }
    }
}
