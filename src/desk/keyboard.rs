//! The keyboard that is typed on: by the option of the command line, or else by the settings.

use super::{Desk, DeskError};
use crate::lessons::layout::Layout;
use crate::lessons::layout::emulation::Emulation;
use crate::lessons::layout::guess::{Region, by_region};
use crate::lessons::layout::place::Form;
use crate::lessons::shelves::shipped_layouts;
use crate::sitting::Sitting;
use crate::store::Notice;
use crate::typing::keyboard::Keyboard;

impl Desk {
    /// Takes another layout than that of the settings, until the program ends.
    ///
    /// # Errors
    /// When there is no layout of that name.
    pub fn use_layout(&mut self, name: &str) -> Result<(), DeskError> {
        self.layout_used = Some(self.named_layout(name)?.id);
        Ok(())
    }

    /// Takes that of the settings again.
    pub fn forget_layout_used(&mut self) {
        self.layout_used = None;
    }

    /// The layout of this name, shipped or the user's own.
    ///
    /// # Errors
    /// When there is none.
    pub fn named_layout(&mut self, name: &str) -> Result<Layout, DeskError> {
        let catalogue = self.catalogue();
        let known = || catalogue.shelves().layouts().map(|layout| layout.id.as_str()).collect::<Vec<_>>();
        catalogue
            .layout(name)
            .cloned()
            .ok_or_else(|| DeskError::NoLayout { name: name.to_owned(), known: known().join(", ") })
    }

    /// The layout that is typed, on the keyboard that is there; nothing as long as none was chosen. A name in the settings
    /// that no layout has is told once, and then counts as not chosen.
    pub fn layout(&mut self) -> Option<Layout> {
        let name = self.layout_used.clone().or_else(|| self.settings.layout.clone())?;
        match self.named_layout(&name) {
            Ok(layout) => {
                let form = self.form(&layout);
                Some(layout.on(form))
            }
            Err(why) => {
                self.notices.push(Notice::new(format!("{why}; your settings name it")));
                self.settings.layout = None;
                None
            }
        }
    }

    /// The form of the keyboard: by the settings, or else the one that the layout is made for.
    #[must_use]
    pub fn form(&self, layout: &Layout) -> Form {
        self.settings.keyboard_form.unwrap_or(layout.form)
    }

    /// The layout that the keyboard is set to, where that is another than the one that is typed.
    fn set_to(&mut self, typed: &Layout) -> Option<Layout> {
        let name = self.settings.keyboard_set_to.clone()?;
        let set_to = self.named_layout(&name);
        match set_to {
            Ok(set_to) => Some(set_to).filter(|set_to| set_to.id != typed.id),
            Err(why) => {
                self.notices.push(Notice::new(format!("{why}; your settings name it")));
                self.settings.keyboard_set_to = None;
                None
            }
        }
    }

    /// The layout that is typed and the one that the keyboard is set to, once a layout was chosen.
    pub fn keyboard(&mut self) -> Option<Keyboard> {
        let typed = self.layout()?;
        let set_to = self.set_to(&typed).map(|layout| layout.id);
        Some(Keyboard { layout: typed.id, set_to })
    }

    /// The keyboard on which a sitting is typed, once a layout was chosen.
    pub(super) fn on_keyboard(&mut self, sitting: Sitting) -> Sitting {
        let Some(typed) = self.layout() else { return sitting };
        let set_to = self.set_to(&typed);
        let keyboard =
            Keyboard { layout: typed.id.clone(), set_to: set_to.as_ref().map(|layout| layout.id.clone()) };
        let emulation = set_to.map(|set_to| {
            let form = self.form(&set_to);
            Emulation::new(&typed, &set_to.on(form))
        });
        sitting.on(keyboard, emulation)
    }

    /// The layout that is usual in a region: where it has none, the first that is offered.
    #[must_use]
    pub fn usual_layout(region: Option<Region>) -> Option<&'static Layout> {
        let usual = region.and_then(|region| by_region(shipped_layouts(), region));
        usual.or_else(|| shipped_layouts().next())
    }
}
