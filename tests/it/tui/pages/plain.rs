//! The screens that teach as a terminal without colours shows them (NO_COLOR): nothing on them rests on colour alone.

use std::time::Instant;

use typeproof::desk::OwnText;
use typeproof::lessons::shelves::shipped_layouts;
use typeproof::tui::input::KeyPress;
use typeproof::tui::screens::layouts::Layouts;
use typeproof::tui::screens::practice::PracticePage;
use typeproof::tui::screens::reading::Reading;
use typeproof::tui::screens::texts::Texts;
use typeproof::tui::screens::{Command, Page, Route, Step};

use super::courses::{course, courses, lesson, progress};
use super::{HUGE, SMALLEST, USUAL, WIDE, any_size, draw, practice, press, text};
use crate::support::picture;

fn texts() -> Texts {
    let text = |(name, bytes, is_code): (&str, u64, bool)| OwnText { name: name.to_owned(), bytes, is_code };
    let all = [("letter to ann.txt", 1_830, false), ("parse.rs", 912, true), ("日本語.txt", 40, false)];
    Texts::new(all.map(text).into(), "/home/ada/.local/share/typeproof/texts".to_owned())
}

pub(super) fn many_texts() -> Texts {
    let text = |n: u64| OwnText { name: format!("{n:02}.txt"), bytes: n, is_code: false };
    Texts::new((0..30).map(text).collect(), "texts".to_owned())
}

pub(super) fn reading() -> Reading {
    Reading::new(Route::Practice, 2_400, Some(10_000), Instant::now())
}

#[test]
fn what_teaches_is_seen_without_colour() {
    let layouts = Layouts::new(shipped_layouts().cloned().collect(), Some("de"), None, None, None);
    let pages: [(&str, Box<dyn Page>); 11] = [
        ("courses", Box::new(courses())),
        ("course", Box::new(course())),
        ("lesson", Box::new(lesson(progress("foundations", "us", 7), 7))),
        ("practice", Box::new(PracticePage::new(practice::outlook()))),
        ("history", Box::new(practice::history())),
        ("progress-time", Box::new(practice::progress(0))),
        ("heat-map", Box::new(practice::progress(1))),
        ("progress-keys", Box::new(practice::progress(2))),
        ("options", Box::new(practice::options())),
        ("layouts", Box::new(layouts)),
        ("texts", Box::new(texts())),
    ];
    for (name, page) in &pages {
        for size in [USUAL, WIDE, HUGE] {
            let drawn = picture::plain(&draw(page.as_ref(), size).0);
            picture::compare(&format!("plain/{name}-{}x{}", size.0, size.1), &drawn);
        }
    }
}

#[test]
fn own_texts_are_listed_and_typed() {
    use KeyPress::{Down, Enter, Esc};
    let typed = |name: &str| Some(Step::Do(Command::TypeOwn(name.to_owned())));
    assert_eq!(press(&mut texts(), &[Enter]), typed("letter to ann.txt"));
    assert_eq!(press(&mut texts(), &[Down, Down, Enter]), typed("日本語.txt"));
    assert_eq!(press(&mut texts(), &[Esc]), Some(Step::Back));
    let none = || Texts::new(Vec::new(), "/home/ada/texts".to_owned());
    assert_eq!(press(&mut none(), &[Enter]), None);
    assert!(text(&none(), USUAL).contains("Put files into /home/ada/texts"));
    any_size(&texts());
    any_size(&none());
}

#[test]
fn it_is_said_how_far_the_coach_has_read() {
    assert!(text(&reading(), USUAL).contains("2400 of 10000 attempts read"), "{}", text(&reading(), USUAL));
    let more = Reading::new(Route::Practice, 75, None, Instant::now());
    assert!(text(&more, SMALLEST).contains("75 attempts read"), "{}", text(&more, SMALLEST));
    let mut page = reading();
    assert!(page.wake().is_some());
    assert_eq!(page.tick(Instant::now()), Step::Do(Command::GoOn(Box::new(Route::Practice))));
    assert_eq!(press(&mut page, &[KeyPress::Esc]), Some(Step::Back));
    any_size(&reading());
}
