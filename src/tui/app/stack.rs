//! Where one is, and the way back: a stack of routes, of which the page on top is open.
//!
//! What lies beneath is opened anew when it comes up again, so no page shows what is no more so. Going back is nothing
//! but taking the top away; where nothing lies beneath, the program ends.

use super::model::{App, Scene};
use crate::desk::DeskError;
use crate::sitting::{Practice, Task};
use crate::tui::screens::award::Award;
use crate::tui::screens::course::CoursePage;
use crate::tui::screens::courses::Courses;
use crate::tui::screens::help::Help;
use crate::tui::screens::history::HistoryPage;
use crate::tui::screens::holder::Holder;
use crate::tui::screens::home::Home;
use crate::tui::screens::layouts::Layouts;
use crate::tui::screens::lesson::LessonPage;
use crate::tui::screens::levels::Levels;
use crate::tui::screens::options::OptionsPage;
use crate::tui::screens::practice::PracticePage;
use crate::tui::screens::progress::ProgressPage;
use crate::tui::screens::reading::Reading;
use crate::tui::screens::replay::ReplayPage;
use crate::tui::screens::result::ResultPage;
use crate::tui::screens::share::SharePage;
use crate::tui::screens::texts::Texts;
use crate::tui::screens::verify::Verify;
use crate::tui::screens::wallet::Wallet;
use crate::tui::screens::{Page, Route};
use crate::tui::seat::Seat;
use crate::typing::hidden::Hidden;

impl App {
    /// Goes to a place. What cannot be opened leaves one where one is.
    pub(super) fn go(&mut self, route: Route) -> Result<(), DeskError> {
        if let Some(scene) = self.open(&route)? {
            self.show(route, scene);
        }
        Ok(())
    }

    /// Goes back to what lies beneath; from the last place that ends the program.
    pub(super) fn back(&mut self) -> Result<(), DeskError> {
        let beneath = self.stack.len().checked_sub(2).and_then(|at| self.stack.get(at)).cloned();
        let Some(route) = beneath else {
            self.quit();
            return Ok(());
        };
        if let Some(scene) = self.open(&route)? {
            self.stack.pop();
            self.turn_to(scene);
        }
        Ok(())
    }

    /// Puts a page that is open already on the stack, where its route belongs.
    pub(super) fn show(&mut self, route: Route, scene: Scene) {
        self.make_room_for(&route);
        self.stack.push(route);
        self.turn_to(scene);
    }

    /// Takes away what the route does not lie above. The main places lie above home, a level's test above the list of
    /// levels; others above whatever is on top, but for a page of their own kind.
    pub(super) fn make_room_for(&mut self, route: &Route) {
        let home = usize::from(!self.single);
        match route {
            Route::Home => self.stack.clear(),
            Route::Test(Task::Level(id)) if !self.single => {
                self.stack.truncate(home);
                self.stack.push(Route::Levels(Some(id.clone())));
            }
            Route::Test(Task::Lesson { course, lesson }) if !self.single => {
                self.above_course(home, course, lesson);
                self.stack.push(Route::Lesson { course: course.clone(), lesson: lesson.clone() });
            }
            Route::Lesson { course, lesson } if !self.single => self.above_course(home, course, lesson),
            Route::Course(course, _) if !self.single => {
                self.stack.truncate(home);
                self.stack.push(Route::Courses(Some(course.clone())));
            }
            Route::Test(Task::Practice(_)) if !self.single => {
                self.stack.truncate(home);
                self.stack.push(Route::Practice);
            }
            Route::Texts if !self.single => {
                self.stack.truncate(home);
                self.stack.push(Route::Courses(None));
            }
            Route::Levels(_)
            | Route::Texts
            | Route::Courses(_)
            | Route::Course(..)
            | Route::Lesson { .. }
            | Route::Test(_)
            | Route::Result
            | Route::Wallet
            | Route::Help
            | Route::Practice
            | Route::History
            | Route::Options
            | Route::Progress => {
                self.stack.truncate(home);
            }
            Route::Award
            | Route::Badge(_)
            | Route::Holder
            | Route::Layouts(_)
            | Route::Replay
            | Route::Attempt(_)
            | Route::Share { .. }
            | Route::Verify(_) => {
                let kind = std::mem::discriminant(route);
                self.stack.pop_if(|top| std::mem::discriminant(top) == kind);
            }
        }
    }

    /// Puts the lessons of a course, this one chosen, above the list of courses, and that above home.
    fn above_course(&mut self, home: usize, course: &str, lesson: &str) {
        self.stack.truncate(home);
        self.stack.push(Route::Courses(Some(course.to_owned())));
        self.stack.push(Route::Course(course.to_owned(), Some(lesson.to_owned())));
    }

    fn turn_to(&mut self, scene: Scene) {
        self.calm = None;
        self.scene = scene;
        self.tell_where_served();
    }

    /// Opens what a route leads to; nothing where there is nothing to be shown. What asks the coach waits until it has read a
    /// history that is new to it, on a screen that says so.
    fn open(&mut self, route: &Route) -> Result<Option<Scene>, DeskError> {
        let asks_layout = matches!(route, Route::Test(_)) && self.context.desk.layout().is_none();
        if asks_the_coach(route)
            && !asks_layout
            && let Some(reading) = Reading::on(&mut self.context, route)?
        {
            return Ok(page(reading));
        }
        self.open_at_once(route)
    }

    fn open_at_once(&mut self, route: &Route) -> Result<Option<Scene>, DeskError> {
        let context = &mut self.context;
        Ok(match route {
            Route::Home => page(Home::open(context)),
            Route::Levels(chosen) => page(Levels::open(context, chosen.as_deref())?),
            Route::Courses(chosen) => page(Courses::open(context, chosen.as_deref())?),
            Route::Course(id, chosen) => page(CoursePage::open(context, id, chosen.as_deref())?),
            Route::Lesson { .. } if context.desk.layout().is_none() => {
                page(Layouts::open(context, Some(Box::new(route.clone()))))
            }
            Route::Lesson { course, lesson } => page(LessonPage::open(context, course, lesson)?),
            // The layout is asked once, before it is needed.
            Route::Test(task) if task.teaches() && context.desk.layout().is_none() => {
                page(Layouts::open(context, Some(Box::new(route.clone()))))
            }
            Route::Layouts(then) => page(Layouts::open(context, then.clone())),
            Route::Test(task) => {
                let sitting = context.sit(task)?;
                let pace = context.pace(&sitting);
                let settings = &context.desk.settings;
                let (figures, blind) = (settings.live_stats, settings.blind);
                let sitting = sitting.hiding(Hidden { errors: blind, figures: !figures });
                let mut seat = Seat::new(sitting, figures, self.area).aided(pace, blind);
                seat.show_keyboard(context.board(task));
                Some(Scene::Test(Box::new(seat)))
            }
            Route::Result => ResultPage::open(context).and_then(page),
            Route::Replay => ReplayPage::open(context).and_then(page),
            Route::Award => Award::of_finished(context)?.and_then(page),
            Route::Wallet => page(Wallet::open(context)?),
            Route::Badge(id) => Award::open(context, id)?.and_then(page),
            Route::Share { id, write } => SharePage::open(context, id, *write)?.and_then(page),
            Route::Verify(given) => page(Verify::open(context, given.as_deref())),
            Route::Holder => page(Holder::open(context)),
            Route::Help => page(Help::open(context)),
            Route::Texts => page(Texts::open(context)?),
            Route::Practice => page(PracticePage::open(context)?),
            Route::History => page(HistoryPage::open(context)?),
            Route::Attempt(id) => {
                context.look_at(id)?;
                ResultPage::open(context).map(ResultPage::of_the_past).and_then(page)
            }
            Route::Progress => page(ProgressPage::open(context)?),
            Route::Options => page(OptionsPage::open(context)),
        })
    }

    /// Tells the screen that has the keyboard where the user's own page is served, if it is.
    pub(super) fn tell_where_served(&mut self) {
        if let (Some(at), Scene::Page(page)) = (self.context.serving.address(), &mut self.scene) {
            page.served(&at);
        }
    }
}

/// Whether what is shown there follows from all that the learner ever typed.
const fn asks_the_coach(route: &Route) -> bool {
    let practice = matches!(route, Route::Test(Task::Practice(Practice::Mode(_) | Practice::Level(_))));
    practice || matches!(route, Route::Practice | Route::Progress)
}

#[expect(clippy::unnecessary_wraps, reason = "some pages are not there")]
fn page(page: impl Page + 'static) -> Option<Scene> {
    Some(Scene::Page(Box::new(page)))
}
