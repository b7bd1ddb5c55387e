//! What typeproof awards besides levels, as far as a badge could pretend to be of it.

use serde_json::Value;

use super::gathered;
use crate::lessons::catalogue::shipped_courses;
use crate::lessons::course::COURSE;
use crate::lessons::practice::{Milestone, PRACTICE};

/// Something that typeproof awards.
pub(super) struct Shipped {
    /// Its code without the version, in small letters.
    pub(super) code: String,
    /// Its version.
    pub(super) version: u32,
    /// What it is called.
    pub(super) title: String,
    /// The name of the definitions by which it is counted.
    counted_by: &'static str,
}

impl Shipped {
    /// Whether a badge is counted as badges of this are.
    pub(super) fn is_counted(&self, credential: &Value) -> bool {
        gathered::counts(credential, self.counted_by).next().is_some()
    }
}

/// All of it.
pub(super) fn shipped() -> impl Iterator<Item = Shipped> {
    let practice = Milestone::all().map(|milestone| Shipped {
        code: milestone.id(),
        version: milestone.version(),
        title: milestone.title(),
        counted_by: PRACTICE,
    });
    let courses = shipped_courses().map(|course| Shipped {
        code: course.code(),
        version: course.version,
        title: course.badge_title(),
        counted_by: COURSE,
    });
    practice.chain(courses)
}
