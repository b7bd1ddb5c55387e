//! `typeproof` and `typeproof test`: the screens. Nothing is opened here but the desk and the text to be typed.

use std::io::{self, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};

use clap::builder::PossibleValuesParser;
use clap::{ArgGroup, Args};

use super::error::CliError;
use super::exit::OK;
use super::{print, result};
use crate::desk::Desk;
use crate::lessons::language::Language;
use crate::sitting::Task;
use crate::store::files::{FileError, read_file};
use crate::tui::app::{self, App, Ended, Left, Start};
use crate::tui::host::local::{Keyboard, Terminal, shows_screens, term};
use crate::typing::rules::MAX_SECONDS;
use crate::typing::text::{Lookalikes, MAX_BYTES};

/// Characters of an identifier that are shown: enough to find it again.
const SHORT_ID: usize = 8;

/// Most words of a free test: more than anybody types in the longest test, at the longest words.
const MAX_WORDS: u32 = 10_000;

#[derive(Debug, Args)]
#[command(after_long_help = super::help::TEST)]
#[command(group(ArgGroup::new("what").required(true).args(["time", "words", "text", "level", "resume", "stdin"])))]
pub(super) struct Test {
    /// Common words for this many seconds
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u32).range(1..=i64::from(MAX_SECONDS)))]
    time: Option<u32>,
    /// The language of the words: en, de, fr or es; without it that of the settings. A level has a language of its own
    #[arg(long, value_name = "CODE", conflicts_with_all = ["text", "level", "resume", "stdin"])]
    language: Option<Language>,
    /// This many common words
    #[arg(long, value_name = "COUNT", value_parser = clap::value_parser!(u32).range(1..=i64::from(MAX_WORDS)))]
    words: Option<u32>,
    /// The text of a file; `-` for standard input. The indentation of a file's lines is typed, other white space is
    /// folded. Keys stand for symbols that keyboards lack: `*` for •, `x` for ×, `->` for →
    #[arg(long, value_name = "FILE")]
    text: Option<PathBuf>,
    /// A level, by its id; `typeproof levels` lists them
    #[arg(long, value_name = "ID")]
    level: Option<String>,
    /// Continue an unfinished text of your own: the latest, or that of the attempt with this id
    #[arg(long, value_name = "ID", num_args = 0..=1, default_missing_value = "")]
    resume: Option<String>,
    /// The text from standard input
    #[arg(value_name = "-", value_parser = PossibleValuesParser::new(["-"]), hide_possible_values = true)]
    stdin: Option<String>,
    /// In a text of your own, type every character as it stands, with all spaces and blank lines: a straight quote
    /// for a
    /// curly one, a hyphen for a dash and the like are wrong
    #[arg(long, conflicts_with_all = ["time", "words", "level", "resume"])]
    exact: bool,
    /// The keyboard layout, instead of that of the settings: us, uk, de, fr, es, dvorak, colemak, colemak-dh, workman, or
    /// one of your own
    #[arg(long, value_name = "NAME")]
    layout: Option<String>,
    /// End with the test, and print its result as JSON
    #[arg(long)]
    json: bool,
    /// Panics at the first key, to show that the terminal is restored
    #[arg(long, hide = true)]
    crash: bool,
}

/// Runs the screens in this terminal, which is as it was found when they are left. What they need is found before
/// that is
/// touched.
pub(super) fn show(app: App, keyboard: Keyboard) -> Result<Ended, CliError> {
    let mut terminal = Terminal::open(keyboard)?;
    Ok(app::run(app, &mut terminal)?)
}

/// Refuses to begin where nothing can be shown.
pub(super) fn need_terminal() -> Result<(), CliError> {
    let why = "standard output is not a terminal: run this in a terminal window, without redirecting it; for scripts, \
               `typeproof history --json --limit 1` prints the result afterwards";
    if !io::stdout().is_terminal() {
        return Err(CliError::usage(why));
    }
    Ok(shows_screens(term().as_deref())?)
}

/// The home screen.
pub(super) fn home(mut desk: Desk, layout: Option<&str>) -> Result<u8, CliError> {
    if let Some(name) = layout {
        desk.use_layout(name)?;
    }
    Ok(show(App::new(desk, Start::Home, false)?, Keyboard::Standard)?.status)
}

impl Test {
    /// The same with this layout, where it names none itself.
    pub(super) fn or_layout(self, layout: Option<String>) -> Self {
        Self { layout: self.layout.or(layout), ..self }
    }

    pub(super) fn run(self, lessons: Option<PathBuf>, out: &mut dyn Write) -> Result<u8, CliError> {
        // Before a long text is read in vain.
        need_terminal()?;
        let (json, crash) = (self.json, self.crash);
        let mut desk = super::opened::desk(lessons)?;
        self.language.into_iter().for_each(|language| desk.speak(language));
        if let Some(name) = &self.layout {
            desk.use_layout(name)?;
        }
        let (start, keyboard) = self.start(&mut desk)?;
        let app = App::new(desk, start, json)?;
        let ended = show(if crash { app.crashing() } else { app }, keyboard)?;
        match &ended.left {
            Some(Left::Kept { id, has_rest: true }) => print::complain(&format!(
                "what you typed is kept as unfinished; `typeproof test --resume {}` continues the text",
                id.get(..SHORT_ID).unwrap_or(id)
            )),
            Some(Left::Kept { .. }) => print::complain("what you typed is kept as unfinished"),
            Some(Left::Lost(why)) => print::complain(&format!("what you typed could not be saved: {why}")),
            None => {}
        }
        if let Some(finished) = ended.finished.filter(|_| json && ended.status == OK) {
            print::json(out, &result::json(&finished))?;
        }
        Ok(ended.status)
    }

    fn start(self, desk: &mut Desk) -> Result<(Start, Keyboard), CliError> {
        let standard = |start| Ok((start, Keyboard::Standard));
        if let Some(id) = self.resume {
            let rest = desk.rest(Some(id.as_str()).filter(|id| !id.is_empty()))?;
            return standard(Start::Test(rest));
        }
        let lookalikes = if self.exact { Lookalikes::Exact } else { Lookalikes::Symbols };
        match (self.time, self.words, self.text, self.level) {
            (Some(seconds), ..) => standard(Start::Test(Task::Time(seconds))),
            (_, Some(count), ..) => standard(Start::Test(Task::Words(count))),
            (.., Some(id)) => standard(Start::Test(Task::Level(id))),
            (_, _, Some(path), _) if path != Path::new("-") => {
                standard(Start::Test(from_file(&path, lookalikes)?))
            }
            _ => Ok((Start::Test(from_stdin(lookalikes)?), Keyboard::Terminal)),
        }
    }
}

fn from_file(path: &Path, lookalikes: Lookalikes) -> Result<Task, CliError> {
    let bytes = match read_file(path, MAX_BYTES as u64) {
        Err(FileError::TooLarge { .. }) => return Err(too_long(&format!("in {}", path.display()))),
        Err(why @ FileError::Io { .. }) => return Err(CliError::usage(why.to_string())),
        bytes => bytes?,
    };
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let raw = String::from_utf8(bytes)
        .map_err(|_| CliError::refused(format!("{} is not UTF-8 text; convert it first", path.display())))?;
    Ok(Task::Text { name, raw, lookalikes })
}

fn from_stdin(lookalikes: Lookalikes) -> Result<Task, CliError> {
    if io::stdin().is_terminal() {
        print::explain(&format!(
            "type or paste the text to practise; end it with {END_OF_INPUT} on a line of its own"
        ));
    }
    let mut bytes = Vec::new();
    let read = io::stdin().take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes);
    read.map_err(|why| CliError::usage(format!("standard input cannot be read: {why}")))?;
    if bytes.len() > MAX_BYTES {
        return Err(too_long("on standard input"));
    }
    let raw = String::from_utf8(bytes)
        .map_err(|_| CliError::refused("standard input is not UTF-8 text; convert it first"))?;
    // What programs print has margins for reading.
    let raw = if lookalikes == Lookalikes::Exact { raw } else { without_margins(&raw) };
    Ok(Task::Text { name: "standard input".to_owned(), raw, lookalikes })
}

fn without_margins(text: &str) -> String {
    text.lines().map(str::trim_start).collect::<Vec<_>>().join("\n")
}

/// What ends input from a terminal.
const END_OF_INPUT: &str = if cfg!(windows) { "Ctrl-Z and Enter" } else { "Ctrl-D" };

fn too_long(place: &str) -> CliError {
    CliError::refused(format!("the text {place} is longer than {MAX_BYTES} bytes; shorten it"))
}
