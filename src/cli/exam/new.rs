//! `typeproof exam new`: asks what an exam needs, and writes its file.

use std::io::{self, BufRead, IsTerminal, Write};
use std::path::PathBuf;

use clap::Args;

use crate::cli::error::CliError;
use crate::cli::exit::OK;
use crate::cli::print;
use crate::desk::Desk;
use crate::exam::Definition;
use crate::lessons::language::Language;
use crate::store::files::{Access, FileError, write_new};
use crate::trust::displayable;

/// Write the file of an exam: asks what is not given
#[derive(Debug, Args)]
#[command(after_long_help = crate::cli::help::EXAM_NEW)]
pub(super) struct New {
    /// The file; nothing is overwritten
    #[arg(default_value = "exam.toml")]
    file: PathBuf,
    /// What the exam is called
    #[arg(long)]
    title: Option<String>,
    /// Who supervises
    #[arg(long, value_name = "NAME")]
    proctor: Option<String>,
    /// Title or office of who supervises
    #[arg(long)]
    proctor_title: Option<String>,
    /// How identity is checked, e.g. "photo ID"
    #[arg(long, value_name = "HOW")]
    identity: Option<String>,
    /// A rule file, such as calhr; five minutes where it is not given
    #[arg(long, value_name = "NAME")]
    rules: Option<String>,
    /// Minutes of the test, by the usual rules
    #[arg(long, value_name = "N", conflicts_with = "rules", value_parser = clap::value_parser!(u32).range(1..=120))]
    minutes: Option<u32>,
    /// How many attempts each candidate has
    #[arg(long, value_name = "N")]
    attempts: Option<u32>,
    /// Which attempt is the result: best, last or mean
    #[arg(long, value_name = "WHICH")]
    counts: Option<String>,
    /// Seconds of the warm-up; 0 for none
    #[arg(long, value_name = "SECONDS")]
    warm_up: Option<u32>,
    /// The exam's own passages: a file that `typeproof exam bank` made
    #[arg(long, value_name = "FILE")]
    bank: Option<String>,
    /// Other texts for each candidate, of equal measured difficulty
    #[arg(long)]
    different: bool,
    /// Each candidate starts when ready, instead of all together
    #[arg(long)]
    one_by_one: bool,
    /// After a lost connection the proctor may let a test go on
    #[arg(long)]
    resume: bool,
    /// The table of candidates, beside the exam's file
    #[arg(long, value_name = "FILE")]
    roster: Option<String>,
}

/// What is asked: the question, and what an empty answer means.
struct Question(&'static str, Option<&'static str>);

impl New {
    pub(super) fn run(mut self, desk: &mut Desk, out: &mut dyn Write) -> Result<u8, CliError> {
        if self.file.symlink_metadata().is_ok() {
            // Said before anything is asked.
            return Err(FileError::Exists(self.file).into());
        }
        self.ask()?;
        let language = desk.language();
        let text = self.toml(language);
        let exam = Definition::parse("exam.toml", &text, desk.catalogue().shelves());
        let exam = exam.map_err(|faults| CliError::usage(told(&faults.to_string())))?;
        write_new(&self.file, exam.to_toml().as_bytes(), Access::Everyone)?;
        writeln!(out, "{}", print::path(&self.file))?;
        writeln!(out, "Every setting is in the file, with its default and what else it may be.")?;
        let file = print::path(&self.file);
        writeln!(
            out,
            "Put the candidates into {} beside it, then run `typeproof exam check {file}`.",
            exam.roster
        )?;
        Ok(OK)
    }

    /// Asks for what must be there and was not given; in a terminal also for what is good to decide.
    fn ask(&mut self) -> Result<(), CliError> {
        let all = self.title.is_some() && self.proctor.is_some() && self.identity.is_some();
        if all {
            return Ok(());
        }
        if !io::stdin().is_terminal() {
            return Err(CliError::usage(
                "an exam needs a title, a proctor and how identity is checked: give --title, --proctor and --identity, or run this \
                 in a terminal, where they are asked for",
            ));
        }
        let answer =
            |given: &mut Option<String>, Question(question, usual): Question| -> Result<(), CliError> {
                while given.is_none() {
                    let hint = usual.map_or_else(String::new, |usual| format!(" [{usual}]"));
                    write!(io::stderr(), "{question}{hint}: ")?;
                    let mut line = String::new();
                    if io::stdin().lock().read_line(&mut line)? == 0 {
                        return Err(CliError::refused("nothing was written: the questions were left"));
                    }
                    let line = displayable(line.trim());
                    *given = Some(line).filter(|line| !line.is_empty()).or_else(|| usual.map(str::to_owned));
                }
                Ok(())
            };
        answer(&mut self.title, Question("What is the exam called", None))?;
        answer(&mut self.proctor, Question("Who supervises", None))?;
        answer(
            &mut self.proctor_title,
            Question("Title or office of who supervises, - for none", Some("-")),
        )?;
        answer(&mut self.identity, Question("How is identity checked", Some("photo ID")))?;
        let number = |given: &mut Option<u32>, question: Question| -> Result<(), CliError> {
            let mut text = given.map(|n| n.to_string());
            answer(&mut text, question)?;
            let text = text.unwrap_or_default();
            let wrong =
                || CliError::usage(format!("`{text}` is no whole number; nothing was written, start again"));
            *given = Some(text.parse().map_err(|_| wrong())?);
            Ok(())
        };
        if self.rules.is_none() {
            number(&mut self.minutes, Question("Minutes of the test", Some("5")))?;
        }
        number(&mut self.attempts, Question("Attempts for each candidate", Some("1")))?;
        if self.attempts.is_some_and(|n| n > 1) {
            answer(
                &mut self.counts,
                Question("Which attempt is the result: best, last or mean", Some("best")),
            )?;
        }
        number(&mut self.warm_up, Question("Seconds of the warm-up, 0 for none", Some("60")))?;
        answer(&mut self.roster, Question("The table of candidates", Some(Definition::ROSTER)))
    }

    /// The file with what was given, and nothing else.
    fn toml(&self, language: Language) -> String {
        let quoted = |text: &str| toml::Value::from(text).to_string();
        let title = quoted(self.title.as_deref().unwrap_or_default());
        let mut out = format!("title = {title}\nlanguage = \"{}\"\n", language.code());
        if let Some(rules) = &self.rules {
            out += &format!("rules = {}\n", quoted(rules));
        }
        let office = self.proctor_title.as_deref().filter(|title| *title != "-").unwrap_or_default();
        let proctor = self.proctor.as_deref().unwrap_or_default();
        let identity = self.identity.as_deref().unwrap_or_default();
        out += &format!(
            "[proctor]\nname = {}\ntitle = {}\nidentity = {}\n",
            quoted(proctor),
            quoted(office),
            quoted(identity)
        );
        if let Some(minutes) = self.minutes {
            out += &format!(
                "[own-rules]\nlimit = {{ seconds = {} }}\npenalty = {{ words-per-error = 1 }}\n",
                minutes * 60
            );
        }
        out += "[passages]\n";
        if self.different {
            out += "policy = \"different\"\n";
        }
        if let Some(bank) = &self.bank {
            out += &format!("bank = {}\n", quoted(bank));
        }
        out += "[attempts]\n";
        if let Some(attempts) = self.attempts {
            out += &format!("number = {attempts}\n");
        }
        if let Some(counts) = &self.counts {
            out += &format!("counts = {}\n", quoted(counts));
        }
        if let Some(seconds) = self.warm_up {
            out += &format!("[warm-up]\nseconds = {seconds}\n");
        }
        if self.one_by_one {
            out += "[start]\nmode = \"one-by-one\"\n";
        }
        if self.resume {
            out += "[disconnect]\npolicy = \"resume\"\n";
        }
        if let Some(roster) = &self.roster {
            out += &format!("[roster]\nfile = {}\n", quoted(roster));
        }
        out
    }
}

/// Faults of a file that nobody sees, without its lines.
fn told(faults: &str) -> String {
    let bare = |line: &str| {
        let line = line.strip_prefix("exam.toml").unwrap_or(line);
        line.split_once(": ").map_or(line, |(_, what)| what).to_owned()
    };
    faults.lines().map(bare).collect::<Vec<_>>().join("; ")
}
