//! The courses, the lessons of one, and the page of a lesson: pictures at every size, with and without colour, and keys.

use typeproof::desk::CourseProgress;
use typeproof::lessons::catalogue::Catalogue;
use typeproof::lessons::course::Lesson;
use typeproof::lessons::course::progress::{Standing, next};
use typeproof::lessons::language::Language;
use typeproof::sitting::Task;
use typeproof::tui::input::KeyPress;
use typeproof::tui::screens::course::CoursePage;
use typeproof::tui::screens::courses::Courses;
use typeproof::tui::screens::lesson::LessonPage;
use typeproof::tui::screens::{Page, Route, Step};

use super::{HUGE, SMALLEST, USUAL, WIDE, any_size, draw, pictures, press, text};
use crate::support::picture;
use crate::tui::screens::styled;

const SIZES: [(u16, u16); 4] = [USUAL, WIDE, HUGE, SMALLEST];

/// A course on a layout, the first lessons passed, one tried, one passed by a gate of one's own.
pub(super) fn progress(id: &str, layout: &str, passed: usize) -> CourseProgress {
    let catalogue = Catalogue::embedded();
    let course = catalogue.course(id).unwrap().clone();
    let ground = catalogue.ground(layout, Language::English).unwrap();
    let lessons = course.lessons(&ground);
    let standing = |at: usize| match at {
        _ if at < passed => Standing {
            passed: Some(format!("{at:04x}")),
            ground: (at != 1).then(|| format!("{at:04x}")),
            tries: 1 + at as u32 % 3,
            best: Some((800 + 37 * at as u32, 9_500 + 31 * (at as u32 % 9))),
        },
        _ if at == passed && at > 0 => Standing { tries: 2, best: Some((754, 9_280)), ..Standing::default() },
        _ => Standing::default(),
    };
    let standings: Vec<Standing> = (0..lessons.len()).map(standing).collect();
    let next = next(&standings);
    CourseProgress { course, lessons, standings, next }
}

fn all() -> Vec<CourseProgress> {
    let ids = Catalogue::embedded().courses().map(|course| course.id.clone()).collect::<Vec<_>>();
    let passed = |id: &str| if id == "foundations" { 7 } else { usize::from(id == "numbers") };
    ids.iter().map(|id| progress(id, "us", passed(id))).collect()
}

pub(super) fn courses() -> Courses {
    Courses::new(all(), None)
}

pub(super) fn course() -> CoursePage {
    CoursePage::new(progress("foundations", "us", 7), None)
}

/// A text that a lesson has.
fn taste(lesson: &Lesson) -> String {
    let catalogue = Catalogue::embedded();
    let (lesson, ground) = catalogue.lesson(&lesson.named).unwrap();
    lesson.exercise(&ground, 1).unwrap().text.to_string()
}

pub(super) fn lesson(progress: CourseProgress, at: usize) -> LessonPage {
    let taste = taste(&progress.lessons[at]);
    LessonPage::new(progress, at, &taste)
}

/// Pictures with the styles of every character, which without colour are weight and underline alone.
fn in_colour(name: &str, page: &dyn Page) {
    picture::compare(&format!("pages/{name}-80x24-styled"), &styled(&draw(page, USUAL).0));
}

#[test]
fn pictures_of_courses() {
    pictures("courses", &courses(), &SIZES);
    pictures("course", &course(), &SIZES);
    pictures("course-done", &CoursePage::new(progress("code-c", "us", 4), None), &[USUAL]);
    let first = lesson(progress("foundations", "us", 0), 0);
    pictures("lesson-first", &first, &SIZES);
    pictures("lesson-tried", &lesson(progress("foundations", "de", 7), 7), &[USUAL]);
    pictures("lesson-dead-key", &lesson(progress("foundations", "es", 7), 26), &[USUAL]);
    pictures("lesson-code", &lesson(progress("code-rust", "us", 0), 0), &[USUAL]);
    let mut own = progress("foundations", "us", 3);
    own.lessons = own.lessons.iter().map(|lesson| lesson.with_gate(Some(9_000), 80)).collect();
    pictures("lesson-own-gate", &lesson(own, 2), &[USUAL]);
    in_colour("courses", &courses());
    in_colour("course", &course());
    in_colour("lesson-first", &first);
    any_size(&courses());
    any_size(&course());
    any_size(&first);
}

/// Goal, explanation, keys, gate and example of every lesson are on a screen of 80×24 at once.
#[test]
fn every_lesson_fits_a_usual_screen() {
    for layout in ["us", "fr", "es", "dvorak"] {
        for id in ["foundations", "numbers", "code-rust", "code-sql"] {
            let lessons = progress(id, layout, 7).lessons.len();
            for at in 0..lessons {
                let progress = progress(id, layout, 7);
                let (goal, gate) = (progress.lessons[at].goal.clone(), progress.lessons[at].gate_in_words());
                let shown = text(&lesson(progress, at), USUAL);
                let words = shown.split_whitespace().collect::<Vec<_>>().join(" ");
                for part in [goal.as_str(), &gate, "For example:"] {
                    assert!(words.contains(part), "{id} {layout} {at}: {part} is not in {shown}");
                }
                assert!(!shown.contains('█'), "{id} {layout} {at} scrolls: {shown}");
            }
        }
    }
}

#[test]
fn keys_of_courses() {
    use KeyPress::{Char, Down, End, Enter, Esc, Left, Right, Up};
    let at = |course: &str, lesson: &str| {
        Some(Step::Go(Route::Lesson { course: course.to_owned(), lesson: lesson.to_owned() }))
    };
    for (keys, effect) in [
        (&[Enter][..], at("foundations", "keys-repeat-2")),
        (&[Down, Enter], at("numbers", "row-2")),
        (&[Down, Right], Some(Step::Go(Route::Course("numbers".to_owned(), None)))),
        (&[End, Char('l')], Some(Step::Go(Route::Course("code-html".to_owned(), None)))),
        (&[Up, Esc], Some(Step::Back)),
    ] {
        assert_eq!(press(&mut courses(), keys), effect, "{keys:?}");
    }
    for (keys, effect) in [
        (&[Enter][..], at("foundations", "keys-repeat-2")),
        (&[Up, Enter], at("foundations", "keys-6")),
        (&[End, Enter], at("foundations", "test")),
        (&[Char('q')], Some(Step::Back)),
    ] {
        assert_eq!(press(&mut course(), keys), effect, "{keys:?}");
    }
    let page = || lesson(progress("foundations", "us", 7), 1);
    let task = Task::Lesson { course: "foundations".to_owned(), lesson: "keys-2".to_owned() };
    for (keys, effect) in [
        (&[Enter][..], Some(Step::Go(Route::Test(task)))),
        (&[Left], at("foundations", "keys-1")),
        (&[Right], at("foundations", "keys-3")),
        (&[Esc], Some(Step::Back)),
    ] {
        assert_eq!(press(&mut page(), keys), effect, "{keys:?}");
    }
    assert_eq!(
        press(&mut lesson(progress("foundations", "us", 0), 0), &[Left]),
        None,
        "there is none before it"
    );
}
