//! The courses of the catalogue: the program's own and the user's.

use std::sync::LazyLock;

use super::Catalogue;
use crate::lessons::course::{Course, Ground, Lesson};
use crate::lessons::embedded;
use crate::lessons::folder::Folder;
use crate::lessons::language::Language;
use crate::lessons::layout::Layout;
use crate::lessons::own;
use crate::lessons::problem::{Effect, Reading};
use crate::lessons::shelves::{shipped_layout, shipped_layouts};
use crate::lessons::terms::Origin;
use crate::typing::exercise::LessonRef;

static SHIPPED: Folder<Course, { embedded::COURSES.len() }> =
    Folder::new(embedded::COURSES, |reading| Course::read(reading, Origin::Shipped));

/// The digests by which the badges of the shipped courses are known, made when the first badge is compared with them.
static BADGE_DIGESTS: LazyLock<Vec<[u8; 32]>> =
    LazyLock::new(|| SHIPPED.all().map(Course::badge_digest).collect());

/// The shipped courses, in the order in which they are offered.
pub fn shipped_courses() -> impl Iterator<Item = &'static Course> {
    SHIPPED.all()
}

impl Catalogue {
    /// The courses: the shipped ones, then the user's.
    pub fn courses(&self) -> impl Iterator<Item = &Course> {
        SHIPPED.all().chain(&self.courses)
    }

    /// Every course as in [`Self::courses`], with the digest by which its badge is known.
    pub fn course_digests(&self) -> impl Iterator<Item = (&Course, [u8; 32])> {
        let own = self.courses.iter().map(|course| (course, course.badge_digest()));
        SHIPPED.all().zip(BADGE_DIGESTS.iter().copied()).chain(own)
    }

    /// The course of this id: a shipped one, or one of the user, with or without its namespace.
    pub fn course(&self, id: &str) -> Option<&Course> {
        let own = |id: &str| self.courses.iter().find(|course| course.id == id);
        SHIPPED.get(id).or_else(|| own(id)).or_else(|| own(&own::id(id)))
    }

    /// The ground of a layout and a language; `None` where there is no such layout.
    pub fn ground(&self, layout: &str, language: Language) -> Option<Ground<'_>> {
        Some(Ground::new(self.layout(layout)?, language, self.shelves()))
    }

    /// The ground of a badge: a layout that comes with typeproof, by its very id, and a language that has words, by its code;
    /// `None` where one of them is not known here.
    pub fn badge_ground(&self, layout: &str, language: &str) -> Option<Ground<'_>> {
        let layout = shipped_layout(layout).filter(|known| known.id == layout)?;
        let ground = Ground::new(layout, Language::of_code(language)?, self.shelves());
        Some(ground).filter(|ground| ground.language.code() == language && !ground.words.is_empty())
    }

    /// The grounds that a badge can have.
    pub fn badge_grounds(&self) -> impl Iterator<Item = Ground<'_>> {
        let of = |layout: &'static Layout| {
            Language::ALL.into_iter().filter_map(|language| self.badge_ground(&layout.id, language.code()))
        };
        shipped_layouts().flat_map(of)
    }

    /// The lesson that an attempt names, with its ground; `None` where course, version, lesson, layout or language is not
    /// known here.
    pub fn lesson(&self, named: &LessonRef) -> Option<(Lesson, Ground<'_>)> {
        let course = self.course(&named.course).filter(|course| course.version == named.version)?;
        let ground = self.ground(&named.layout, Language::of_code(&named.language)?)?;
        let lesson = course.lessons(&ground).into_iter().find(|lesson| lesson.named == *named)?;
        Some((lesson, ground))
    }

    /// Adds a course of the user.
    pub(super) fn add_course(&mut self, reading: &mut Reading<'_>, origin: Origin) {
        let Some(course) = Course::read(reading, origin) else { return };
        if let Some(Course { origin: Origin::Own(file), .. }) =
            self.courses.iter().find(|known| known.id == course.id)
        {
            let what = format!("course `{}` is in {file} too", reading.id());
            reading.note(None, &what, Effect::FileLeftOut);
            return;
        }
        self.courses.push(course);
    }
}
