//! Keymaps: what each key does on a page. Dispatch, footer and help are all read from the one map, so a key that is shown
//! works, and a key that works is listed.

use super::input::KeyPress;

/// The keys of a page in its state of the moment, the most important first; each means one of its actions.
#[derive(Debug)]
pub struct Keymap<A> {
    /// The keys of all rows, one row after another: every key pressed is looked up here, and goes through nothing else.
    keys: Vec<(KeyPress, A)>,
    rows: Vec<Words>,
    /// What a character means that no row has, where there is a field to type into.
    types: Option<fn(char) -> A>,
}

/// What help and footer say of the next keys of a map.
#[derive(Debug)]
struct Words {
    /// How many these are.
    keys: usize,
    footer: Option<(usize, &'static str)>,
    words: &'static str,
}

/// Keys that belong together: one line of the help, one entry of the footer.
#[derive(Debug)]
pub struct Row<A> {
    keys: Vec<(KeyPress, A)>,
    /// How many of the keys the footer shows, and its word for them.
    footer: Option<(usize, &'static str)>,
    words: &'static str,
}

/// Keys with what they do, in the words of the help. The footer does not show them, unless [`Row::shown`] says so.
pub fn row<A>(keys: impl IntoIterator<Item = (KeyPress, A)>, words: &'static str) -> Row<A> {
    Row { keys: keys.into_iter().collect(), footer: None, words }
}

impl<A> Row<A> {
    /// Has the footer show the first `keys` keys, with a word of its own.
    #[must_use]
    pub fn shown(self, keys: usize, word: &'static str) -> Self {
        Self { footer: Some((keys, word)), ..self }
    }
}

impl<A: Copy> Keymap<A> {
    /// A map of rows in the order of their worth: where the footer is short, the last have no room.
    pub fn of(rows: impl IntoIterator<Item = Row<A>>) -> Self {
        Self { keys: Vec::new(), rows: Vec::new(), types: None }.and(rows)
    }

    /// Adds rows behind the others.
    #[must_use]
    pub fn and(mut self, rows: impl IntoIterator<Item = Row<A>>) -> Self {
        for Row { keys, footer, words } in rows {
            self.rows.push(Words { keys: keys.len(), footer, words });
            self.keys.extend(keys);
        }
        self
    }

    /// Characters that no row has are typed into a field.
    #[must_use]
    pub fn typing(self, types: fn(char) -> A) -> Self {
        Self { types: Some(types), ..self }
    }

    /// Whether characters are typed into a field here.
    pub const fn is_typing(&self) -> bool {
        self.types.is_some()
    }

    /// What a key means here. Capital letters mean what small ones do, as long as no field wants them.
    pub fn action(&self, key: KeyPress) -> Option<A> {
        let bound = |key: KeyPress| {
            let mut all = self.keys.iter();
            all.find(|(each, _)| *each == key).map(|(_, action)| *action)
        };
        let typed = |c: char| match self.types {
            Some(types) => Some(types(c)),
            None if c.is_ascii_uppercase() => bound(KeyPress::Char(c.to_ascii_lowercase())),
            None => None,
        };
        match key {
            KeyPress::Char(c) => bound(key).or_else(|| typed(c)),
            key => bound(key),
        }
    }

    /// The rows for footer and help.
    pub fn listed(&self) -> Vec<Listed> {
        let mut keys = self.keys.iter().map(|(key, _)| *key);
        let listed = |row: &Words| Listed {
            keys: keys.by_ref().take(row.keys).collect(),
            footer: row.footer,
            words: row.words,
        };
        self.rows.iter().filter(|row| row.keys > 0).map(listed).collect()
    }
}

/// A row as footer and help show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The keys.
    pub keys: Vec<KeyPress>,
    footer: Option<(usize, &'static str)>,
    /// What they do.
    pub words: &'static str,
}

impl Listed {
    /// All its keys, as they are called.
    pub fn label(&self) -> String {
        names(&self.keys)
    }

    /// What the footer shows, if it does: keys and word.
    pub fn footer(&self) -> Option<(String, &'static str)> {
        let (count, word) = self.footer?;
        Some((names(self.keys.get(..count).unwrap_or(&self.keys)), word))
    }

    /// Whether these keys show the others: their place in the footer is kept.
    pub fn is_help(&self) -> bool {
        self.keys.contains(&KeyPress::F(1))
    }
}

/// What keys mean on every page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Everywhere {
    /// Shows the keys.
    Keys,
    /// Leaves the program.
    Quit,
    /// Stops the program until the shell continues it.
    Stop,
    /// Draws the screen anew, whatever others wrote there.
    Redraw,
}

/// The keys of every page; where there is a field, `?` is typed.
pub fn everywhere(is_typing: bool) -> Keymap<Everywhere> {
    let question = (!is_typing).then_some((KeyPress::Char('?'), Everywhere::Keys));
    let keys = question.into_iter().chain([(KeyPress::F(1), Everywhere::Keys)]);
    Keymap::of([
        row(keys, "show these keys").shown(1, "keys"),
        row([(KeyPress::Ctrl('c'), Everywhere::Quit)], "leave the program"),
        row([(KeyPress::Ctrl('z'), Everywhere::Stop)], "suspend the program"),
        row(
            [(KeyPress::Ctrl('l'), Everywhere::Redraw), (KeyPress::Ctrl('r'), Everywhere::Redraw)],
            "redraw the screen",
        ),
    ])
}

/// A step within a list or a long text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Motion {
    /// To what is above.
    Up,
    /// To what is below.
    Down,
    /// Up by a screenful.
    PageUp,
    /// Down by a screenful.
    PageDown,
    /// To the beginning.
    First,
    /// To the end.
    Last,
}

impl Motion {
    /// Where this leads from `at`, in a list whose last place is `last` and of which `page` places are a screenful.
    pub fn from(self, at: usize, last: usize, page: usize) -> usize {
        let to = match self {
            Self::Up => at.saturating_sub(1),
            Self::Down => at.saturating_add(1),
            Self::PageUp => at.saturating_sub(page),
            Self::PageDown => at.saturating_add(page),
            Self::First => 0,
            Self::Last => last,
        };
        to.min(last)
    }
}

/// The row of the arrows that go up and down.
pub fn lines<A>(action: fn(Motion) -> A, words: &'static str) -> Row<A> {
    row([(KeyPress::Up, action(Motion::Up)), (KeyPress::Down, action(Motion::Down))], words)
}

/// The rows of the keys that go up and down by more than a line.
pub fn leaps<A>(action: fn(Motion) -> A) -> [Row<A>; 2] {
    [
        row(
            [(KeyPress::PageUp, action(Motion::PageUp)), (KeyPress::PageDown, action(Motion::PageDown))],
            "a page up or down",
        ),
        row([(KeyPress::Home, action(Motion::First)), (KeyPress::End, action(Motion::Last))], "to the ends"),
    ]
}

fn names(keys: &[KeyPress]) -> String {
    keys.iter().map(|key| name(*key)).collect::<Vec<_>>().join(" ")
}

/// What a key is called on screens.
pub fn name(key: KeyPress) -> String {
    let name = match key {
        KeyPress::Char(' ') => "Space",
        KeyPress::Char(c) | KeyPress::Placed { typed: c, .. } => return c.to_string(),
        KeyPress::Enter => "Enter",
        KeyPress::Backspace => "Backspace",
        KeyPress::DeleteWord => "Ctrl-W",
        KeyPress::Esc => "Esc",
        KeyPress::Tab => "Tab",
        KeyPress::BackTab => "Shift-Tab",
        KeyPress::Up => "↑",
        KeyPress::Down => "↓",
        KeyPress::Left => "←",
        KeyPress::Right => "→",
        KeyPress::Home => "Home",
        KeyPress::End => "End",
        KeyPress::PageUp => "PgUp",
        KeyPress::PageDown => "PgDn",
        KeyPress::Delete => "Del",
        KeyPress::F(n) => return format!("F{n}"),
        KeyPress::Ctrl(c) => return format!("Ctrl-{}", c.to_ascii_uppercase()),
        KeyPress::Alt(c) => return format!("Alt-{}", c.to_ascii_uppercase()),
    };
    name.to_owned()
}
