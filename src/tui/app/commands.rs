//! What the screens ask for is done here and nowhere else: everything with a disk, a clock or a key in it.

use super::model::{App, Nothing, Scene};
use crate::desk::{DeskError, Recipient};
use crate::sitting::Sitting;
use crate::tui::errand::Errand;
use crate::tui::screens::award;
use crate::tui::screens::holder::{Holder, Purpose};
use crate::tui::screens::layouts::Choice;
use crate::tui::screens::parts::style;
use crate::tui::screens::{Command, Route, Secret};

const COPIED: &str =
    "Sent to the terminal's clipboard. If pasting it does not work, select the text with the mouse.";

const NO_LAYOUT: &str = "The keyboard is shown once you have chosen your layout: press F2.";

impl App {
    /// Does what a screen asks for.
    pub(super) fn perform(&mut self, command: Command) -> Result<(), DeskError> {
        match command {
            Command::Quit => self.quit(),
            Command::Redraw => self.redraw = true,
            Command::Restart => {
                if let Some((task, _)) = self.context.practised.clone() {
                    self.go(Route::Test(task))?;
                }
            }
            Command::ToggleLive => self.toggle_figures()?,
            Command::NextLanguage => self.next_language()?,
            Command::ToggleKeyboard => self.toggle_keyboard()?,
            Command::TakeLayout(choice, then) => self.take_layout(choice, then)?,
            Command::Save => {
                if let Some((sitting, _)) = self.context.unsaved.take() {
                    self.save(sitting)?;
                }
            }
            Command::Replay if self.context.unsaved.is_some() => {
                self.message =
                    Some(("Save the result first; then it can be replayed.".to_owned(), style::accent()));
            }
            Command::Replay => self.go(Route::Replay)?,
            Command::Serve => self.serve(),
            Command::Copy(text) => {
                self.message = Some((COPIED.to_owned(), style::accent()));
                self.errand = Some(Errand::Copy(text));
            }
            Command::Browse(address) => {
                self.message = Some(("Opening it in the browser.".to_owned(), style::accent()));
                self.errand = Some(Errand::Open(address));
            }
            Command::Award => {
                (self.context.claimed, self.context.recipient) = (None, None);
                self.award(None)?;
            }
            Command::Own => {
                self.context.recipient = self.context.holder();
                self.award(None)?;
            }
            Command::Another => {
                let page = Holder::new("", "", Purpose::Another);
                self.show(Route::Award, Scene::Page(Box::new(page)));
            }
            Command::Sign(passphrase) => self.award(Some(&passphrase))?,
            Command::Holder { name, email, purpose } => self.take_holder(name, email, purpose)?,
            Command::Claim(attempt) => {
                self.context.reopen(&attempt)?;
                (self.context.claimed, self.context.recipient) = (None, None);
                let page = award::due(&mut self.context, None)?;
                self.make_room_for(&Route::Result);
                self.stack.push(Route::Result);
                self.show(Route::Award, Scene::Page(page));
            }
            Command::Aim(target) => {
                self.context.desk.settings.target_wpm = target;
                self.context.desk.save_settings()?;
                if target.is_none() {
                    self.go(Route::Practice)?;
                }
            }
            Command::Goal(minutes) => {
                self.context.desk.settings.daily_goal_minutes = minutes;
                self.context.desk.save_settings()?;
            }
            Command::Play(id) => {
                self.context.look_at(&id)?;
                self.go(Route::Replay)?;
            }
            Command::Race(id) => {
                if let Some(task) = self.context.race(&id)? {
                    self.go(Route::Test(task))?;
                }
            }
            Command::SetOptions(options) => {
                options.keep_in(&mut self.context.desk.settings);
                self.context.desk.save_settings()?;
            }
            Command::Wish(wishes) => self.context.desk.keep_wishes(&wishes)?,
            Command::GoOn(route) => self.go(*route)?,
            Command::TypeOwn(name) => {
                let task = self.context.desk.own_text(&name)?;
                self.go(Route::Test(task))?;
            }
            Command::Why => {
                let why = match &self.scene {
                    Scene::Test(seat) => seat.sitting().why().map(str::to_owned),
                    Scene::Page(_) => self.context.why.clone(),
                };
                self.message = why.map(|why| (why, style::plain()));
            }
            Command::ClaimPractice(milestone) => {
                (self.context.claimed, self.context.recipient) = (Some(milestone), None);
                self.award(None)?;
            }
            Command::VerifyBadge { id, link } => {
                let file = self.file_of(&id)?;
                self.context.last_badge = Some(id);
                self.go(Route::Verify(Some(file.unwrap_or(link))))?;
            }
        }
        Ok(())
    }

    /// Says what went wrong on the screen that asked; otherwise what the desk has to tell.
    pub(super) fn tell(&mut self, done: Result<(), DeskError>) {
        if let Err(why) = done {
            self.message = Some((why.to_string(), style::bad()));
        } else {
            self.read_notices();
        }
    }

    /// Takes the sitting that has ended from its screen, saves it, and shows its result.
    pub(super) fn finish(&mut self) {
        match std::mem::replace(&mut self.scene, Scene::Page(Box::new(Nothing))) {
            Scene::Test(seat) => {
                let done = self.save(seat.into_sitting());
                self.tell(done);
            }
            other @ Scene::Page(_) => self.scene = other,
        }
    }

    /// Shows, once, what the desk has to tell.
    pub(super) fn read_notices(&mut self) {
        let notices = self.context.take_notices();
        if !notices.is_empty() {
            self.message = Some((notices.join("\n"), style::accent()));
        }
    }

    fn save(&mut self, sitting: Sitting) -> Result<(), DeskError> {
        let saved = self.context.save(sitting);
        self.go(Route::Result)?;
        if saved && self.single && self.quick {
            self.quit();
        }
        Ok(())
    }

    /// The award of the test just finished, or what it still needs.
    fn award(&mut self, passphrase: Option<&Secret>) -> Result<(), DeskError> {
        let page = award::due(&mut self.context, passphrase)?;
        self.show(Route::Award, Scene::Page(page));
        Ok(())
    }

    /// Takes a name and an address as what they were asked for.
    fn take_holder(&mut self, name: String, email: String, purpose: Purpose) -> Result<(), DeskError> {
        match purpose {
            Purpose::Settings => {
                self.context.keep_holder(&name, &email)?;
                return self.back();
            }
            Purpose::First => {
                self.context.keep_holder(&name, &email)?;
                self.context.recipient = self.context.holder();
            }
            Purpose::Another => {
                let email = Some(email).filter(|email| !email.is_empty());
                self.context.recipient = Some(Recipient { name, email });
            }
        }
        self.award(None)
    }

    /// The path of a badge's file, beside which its keystroke log lies; nothing where its files cannot be written.
    fn file_of(&mut self, id: &str) -> Result<Option<String>, DeskError> {
        let Some(row) = self.context.desk.history()?.badge(id)? else { return Ok(None) };
        // A path that is no text cannot be entered, either.
        Ok(self.context.desk.file_of(&row).ok().and_then(|file| file.to_str().map(str::to_owned)))
    }

    /// Serves the page until the program ends, and says where.
    fn serve(&mut self) {
        let context = &mut self.context;
        let before = context.serving.address();
        if before.is_none()
            && let Err(why) = context.serving.start(&mut context.desk)
        {
            self.message = Some((why, style::bad()));
            return;
        }
        let at = context.serving.address().unwrap_or_default();
        let text = match before {
            Some(_) => format!("The verification page is already served at {at} until the program ends."),
            None => format!("The verification page is served at {at} until the program ends."),
        };
        self.message = Some((text, style::accent()));
        self.tell_where_served();
    }

    /// Remembers a keyboard layout, and goes on to where it was asked for.
    fn take_layout(&mut self, choice: Choice, then: Option<Box<Route>>) -> Result<(), DeskError> {
        let Choice { layout, form, set_to } = choice;
        let settings = &mut self.context.desk.settings;
        (settings.layout, settings.keyboard_form, settings.keyboard_set_to) = (Some(layout), form, set_to);
        self.context.desk.forget_layout_used();
        self.context.desk.save_settings()?;
        match then {
            Some(route) => {
                self.stack.pop_if(|top| matches!(top, Route::Layouts(_)));
                self.go(*route)
            }
            None => self.back(),
        }
    }

    /// Shows or hides the keyboard now, and remembers it for what teaches or for tests.
    fn toggle_keyboard(&mut self) -> Result<(), DeskError> {
        let Scene::Test(seat) = &mut self.scene else { return Ok(()) };
        let task = seat.sitting().task().clone();
        let wanted = !seat.shows_keyboard();
        let settings = &mut self.context.desk.settings;
        match task.teaches() {
            true => settings.lesson_keyboard = wanted,
            false => settings.test_keyboard = wanted,
        }
        let board = self.context.board(&task);
        if wanted && board.is_none() {
            self.message = Some((NO_LAYOUT.to_owned(), style::accent()));
        }
        seat.show_keyboard(board);
        self.context.desk.save_settings()
    }

    /// Takes the next language for texts, and opens the page anew, which may show others now.
    fn next_language(&mut self) -> Result<(), DeskError> {
        let language = self.context.desk.language().next();
        let kept = self.context.desk.keep_language(language);
        if let Some(here) = self.stack.last().cloned() {
            self.go(here)?;
        }
        self.message = Some((format!("Texts are in {language} from now on."), style::accent()));
        kept
    }

    /// Shows or hides the figures now, and remembers it.
    fn toggle_figures(&mut self) -> Result<(), DeskError> {
        let shown = !self.context.desk.settings.live_stats;
        self.context.desk.settings.live_stats = shown;
        if let Scene::Test(seat) = &mut self.scene {
            seat.show_figures(shown);
        }
        self.context.desk.save_settings()
    }
}
