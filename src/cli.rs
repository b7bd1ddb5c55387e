//! The command line: clap types are the plain commands, one file each; a command asks the desk and prints to a writer.
//!
//! Exit codes: 0 done; 1 refused or failed; 2 wrong usage, nothing to look at, or no terminal; 3 a badge that is intact
//! but from an issuer not trusted, or from oneself.

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

use crate::desk::Desk;
use crate::system::Clocks;

mod backup;
mod badge;
mod coach;
mod completions;
mod config;
mod course;
mod error;
#[cfg(feature = "room")]
mod exam;
mod exit;
mod help;
mod history;
mod issuer;
mod lesson;
mod levels;
mod man;
mod opened;
mod passphrase;
mod plausibility;
mod play;
mod print;
mod replay;
mod result;
mod review;
mod site;
mod stats;
mod trust;
mod verify;

pub use error::CliError;
pub use exit::{OK, REFUSED, UNPROVEN, USAGE};

/// A typing trainer whose badges can be believed.
#[derive(Debug, Parser)]
#[command(name = "typeproof", version, about, disable_help_subcommand = true)]
#[command(after_help = help::PROGRAM_SHORT, after_long_help = help::program())]
pub struct Args {
    /// A folder of lessons that extend or replace the program's
    #[arg(long, global = true, value_name = "DIR")]
    lessons: Option<PathBuf>,
    /// The keyboard layout, instead of that of the settings
    #[arg(long, value_name = "NAME")]
    layout: Option<String>,
    #[command(subcommand)]
    command: Option<Command>,
}

/// What can be done. The arguments of a command are built when it is given: a test starts sooner.
#[derive(Debug, Subcommand)]
#[command(defer = true)]
enum Command {
    /// Take a test: common words, a text of your own, or a level
    ///
    /// The test is taken in the terminal, so standard output cannot be redirected. A script gets the result
    /// afterwards from
    /// `typeproof history --json --limit 1`.
    ///
    /// With --json the program ends with the test and prints one object: `metrics` (the name of the definitions), `id`,
    /// `level`, `passed`, `missing`, `layout`, `ended` (completed or time-up), `seconds`, `net_wpm`, `gross_wpm`, `raw_wpm`,
    /// `accuracy_percent`, `consistency_percent`, `errors`, `counts`, `rates`, and `elsewhere`, what other programs would
    /// show.
    Test(play::Test),
    /// List the levels: what each asks, and which are passed
    Levels(levels::Levels),
    /// List the courses, or the lessons of one: what each asks, which are passed, and which comes next
    ///
    /// With --json and a course there are `lessons` with `id`, `number`, `title`, `goal`, `keys` (those it introduces),
    /// `accuracy_percent`, `speed`, `unit`, `minutes`, `tries`, `passed`, `attempt` (the one that passed it) and
    /// `counts_for_badge` (whether an attempt passed the course's own gate).
    Course(course::Course),
    /// Open a lesson: the next one, or the one you name
    ///
    /// The page of a lesson says what is to be reached and how its new keys are found; Enter begins to type. The lesson is
    /// typed in the terminal, so standard output cannot be redirected.
    Lesson(lesson::Lesson),
    /// Verify a badge: a file, a link, a token, or `-` for standard input
    ///
    /// A file is a badge's JSON, a PNG or SVG picture with the badge baked in, or a PDF document with the badge
    /// attached.
    /// Exit code: 0 for a badge that is unchanged, in force and from an issuer you trust; 1 for one that is refused,
    /// or for
    /// which nothing can be said because its level or its issuer's key is not known here, or because --log or
    /// --holder was
    /// given and cannot be answered; 3 for one that is unchanged and in force, but from an issuer you do not trust,
    /// or from
    /// yourself; 2 for wrong usage, or no such file.
    /// Nothing is ever fetched.
    Verify(verify::Verify),
    /// Create, show or export the key that signs your badges, and the organisations that sign here
    ///
    /// The key is an Ed25519 key in PKCS#8, in keys/issuer.pem of the data folder. Only its owner can read the file,
    /// and it
    /// is never overwritten. Keep a copy in a safe place: without the key nobody can sign as you again.
    Issuer(issuer::Issuer),
    /// List, add or remove issuers whose badges you believe
    ///
    /// A badge counts as valid only if you trust its issuer. An issuer is believed for self-assessed badges until
    /// you grant
    /// more with --highest, whatever its file claims. Your own key is known as yourself, and is never a third party.
    Trust(trust::Trust),
    /// List, show, share, export or issue badges
    Badge(badge::Badge),
    Review(review::Review),
    /// The verification page: build it for any web host, or serve it from here
    Site(site::Site),
    /// List the attempts, newest first
    ///
    /// With --json each attempt has `id`, `started`, `level`, `level_version`, `source`, `passages`, `passed`, `ended`,
    /// `layout` and `keyboard_set_to` (another where a layout is emulated), `seconds`, the figures, `errors`, and `score`: the whole score in whole numbers whose names end with their unit.
    History(history::History),
    /// The exam room: proctored tests over SSH, for candidates whose machines have nothing but an SSH client
    ///
    /// An exam is a file, exam.toml, with a table of candidates beside it. What happens in its session is kept in a journal in
    /// which every entry has a digest over all before it.
    #[cfg(feature = "room")]
    Exam(exam::Exam),
    /// Show speed, hours practised, streak, and how every key and pair goes
    ///
    /// With --json: `practised_minutes`, `today_minutes`, `goal_minutes`, `streak_days`, `longest_streak_days`, `days` (with
    /// `day` and `minutes`), `runs` (with `started`, `net_wpm` and `accuracy_percent`), and `keys` and `pairs` (with `keys`, `ms`,
    /// `missed_percent` and `tries`). Days are those of UTC, and pauses of more than five seconds are no practice.
    Stats(stats::Stats),
    /// Choose texts for a learner: lines of JSON in and out, for other front ends
    ///
    /// Each line on standard input is answered by one line.
    /// `{"type":"hello","seed":7,"layout":"us","target_wpm":35}` begins
    /// anew; `{"type":"next","day":0}` asks for a text; `{"type":"typed","day":0,"strokes":[[0,"t"],[182,"h"]]}`
    /// says how
    /// it was typed: milliseconds from the first key, and keys as characters, `Backspace` or `Enter`. A line that
    /// cannot be
    /// followed is answered with `{"error":"..."}`. Nothing is stored.
    Coach(coach::Coach),
    /// Say of a table of keystrokes whether their timing depends on what is typed, as that of people does
    ///
    /// Each row of the table is a keystroke; `t_ms` is the time of the press in milliseconds from any moment, and `key` a character
    /// or a name such as BS for Backspace. Each session of a subject is assessed by itself; sessions that are too short for it
    /// are joined with those that follow. The verdict is "consistent with human typing", "unusual" with the figures that are,
    /// or "not assessed": below 150 keystrokes, and for layouts and languages without a model (there is one for English on
    /// the US and UK layouts). It is never a proof of anything.
    ///
    /// With --json: `units` with `subject`, `session`, `sessions`, `keystrokes`, `verdict`, `reasons`, `figures` (in thousandths) and
    /// `same_as` (with --replays); `counts`, `skipped_rows` and `limits`.
    Plausibility(plausibility::Plausibility),
    /// Play an attempt's keystrokes in the terminal
    Replay(replay::Replay),
    /// Copy the history (attempts, logs, badges) into a new file
    Backup(backup::Backup),
    /// Show each setting: its value, default and meaning, and where it came from
    ///
    /// Settings come from settings.toml, from the environment, or from an option. With --json each setting has
    /// `name`, `value`
    /// and `default` (null for none), `meaning`, and `from`: `default`, `file` (with `file` and `line`),
    /// `environment` (with
    /// `variable`) or `option` (with `option`).
    Config(config::Config),
    /// Print what a shell needs to complete commands and options
    Completions(completions::Completions),
    /// Write the manual pages of the program and its commands into a folder
    ///
    /// Read one with `man -l DIR/typeproof-verify.1`, or write them into a folder of your manual path, such as
    /// ~/.local/share/man/man1. Pages of an earlier version are replaced.
    Man(man::Man),
}

/// Runs the program with the arguments it was started with.
#[must_use]
pub fn main() -> ExitCode {
    let _ = Clocks::at_start();
    let args = match given() {
        Ok(args) => args,
        Err(why) => return ExitCode::from(explain(&why)),
    };
    let mut out = BufWriter::new(io::stdout());
    let status = run(args, &mut out).and_then(|status| Ok(out.flush().map(|()| status)?));
    ExitCode::from(status.unwrap_or_else(|why| {
        // What was printed before the failure still counts.
        let _ = out.flush();
        why.report()
    }))
}

/// The arguments. Where there are none, the home screen is not kept waiting for a parser.
fn given() -> Result<Args, clap::Error> {
    match std::env::args_os().len() {
        0 | 1 => Ok(Args { lessons: None, layout: None, command: None }),
        _ => Args::try_parse(),
    }
}

/// Help and version go to standard output; a wrong argument is a sentence like every other error.
fn explain(why: &clap::Error) -> u8 {
    if why.use_stderr() {
        let text =
            why.render().to_string().replace("invalid digit found in string", "expected a whole number");
        print::explain(text.strip_prefix("error: ").unwrap_or(&text).trim_end());
        return USAGE;
    }
    // Nobody may be reading.
    let _ = why.print();
    OK
}

/// What to do with a layout that a command has no use for.
const LAYOUT_WHERE: &str = "--layout before a command is for the screens: run `typeproof --layout NAME`, or \
    `typeproof test --layout NAME`";

fn run(args: Args, out: &mut dyn Write) -> Result<u8, CliError> {
    let Args { lessons, layout, command } = args;
    if let Some(dir) = lessons.as_deref().filter(|dir| !dir.is_dir()) {
        return Err(CliError::usage(format!("--lessons {}: no such folder; check the path", dir.display())));
    }
    if layout.is_some() && !matches!(command, None | Some(Command::Test(_))) {
        return Err(CliError::usage(LAYOUT_WHERE));
    }
    let command = match command {
        None => return play::home(opened::desk(lessons)?, layout.as_deref()),
        Some(Command::Test(test)) => return test.or_layout(layout).run(lessons, out),
        Some(Command::Lesson(lesson)) => return lesson.run(lessons),
        Some(Command::Replay(replay)) => return replay.run(opened::desk(lessons)?),
        Some(Command::Coach(coach)) => return coach.run(out),
        #[cfg(feature = "room")]
        Some(Command::Exam(exam)) => return exam.run(lessons, out),
        Some(Command::Plausibility(plausibility)) => return plausibility.run(out),
        Some(Command::Man(man)) => return man.run(Args::command(), out),
        Some(Command::Completions(shell)) => {
            let catalogue = opened::desk(lessons)?.catalogue();
            let known = completions::Known {
                levels: catalogue.levels().map(|level| level.id.clone()).collect(),
                courses: catalogue.courses().map(|course| course.id.clone()).collect(),
            };
            return shell.run(Args::command(), &known, out);
        }
        Some(Command::Config(config)) => return config.run(lessons, out),
        Some(command) => command,
    };
    opened::at(opened::desk(lessons)?, |desk| command.run(desk, out))
}

impl Command {
    fn run(self, desk: &mut Desk, out: &mut dyn Write) -> Result<u8, CliError> {
        match self {
            Self::Levels(command) => command.run(desk, out),
            Self::Course(command) => command.run(desk, out),
            Self::Verify(command) => command.run(desk, out),
            Self::Issuer(command) => command.run(desk, out),
            Self::Trust(command) => command.run(desk, out),
            Self::Badge(command) => command.run(desk, out),
            Self::Review(command) => command.run(desk, out),
            Self::Site(command) => command.run(desk, out),
            Self::History(command) => command.run(desk, out),
            Self::Stats(command) => command.run(desk, out),
            Self::Backup(command) => command.run(desk, out),
            // These hand the desk over to the screens, or need none.
            Self::Test(_)
            | Self::Lesson(_)
            | Self::Replay(_)
            | Self::Coach(_)
            | Self::Plausibility(_)
            | Self::Man(_)
            | Self::Completions(_)
            | Self::Config(_) => Ok(OK),
            #[cfg(feature = "room")]
            Self::Exam(_) => Ok(OK),
        }
    }
}
