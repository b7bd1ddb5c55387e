//! A call of the program as a sentence: `holder.runs("badge show {badge}").prints("Ada Lovelace").exits(0)`.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

use super::stage::Stage;

/// The real program with a home of its own.
pub fn program(home: &Path) -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_typeproof"));
    program.env("TYPEPROOF_HOME", home).env("HOME", home.parent().unwrap_or(home)).env_remove("NO_COLOR");
    program.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    program
}

/// Somebody on a stage.
#[derive(Clone, Copy)]
pub struct Person<'a> {
    stage: &'a Stage,
    home: &'a str,
}

impl Stage {
    /// Somebody who has done nothing yet.
    pub fn newcomer(&self) -> Person<'_> {
        Person { stage: self, home: "newcomer" }
    }

    /// The holder of the badge.
    pub fn holder(&self) -> Person<'_> {
        Person { stage: self, home: "holder" }
    }

    /// Somebody to whom the badge is shown, and who knows no issuer at first.
    pub fn employer(&self) -> Person<'_> {
        Person { stage: self, home: "employer" }
    }
}

impl<'a> Person<'a> {
    /// Begins a sentence. The line is parted at spaces, except within '…' and "…"; `{names}` of the stage are filled
    /// in afterwards.
    pub fn runs(self, line: &'a str) -> Sentence<'a> {
        Sentence {
            person: self,
            line,
            given: "",
            prints: Vec::new(),
            complains: Vec::new(),
            lacks: Vec::new(),
        }
    }
}

/// What is run, and what is expected of it so far.
#[must_use = "a sentence ends with `exits`, `json` or `says`"]
#[derive(Clone)]
pub struct Sentence<'a> {
    person: Person<'a>,
    line: &'a str,
    given: &'a str,
    prints: Vec<&'a str>,
    complains: Vec<&'a str>,
    lacks: Vec<&'a str>,
}

impl<'a> Sentence<'a> {
    /// Standard input.
    pub fn given(self, text: &'a str) -> Self {
        Self { given: text, ..self }
    }

    /// Standard output holds this.
    pub fn prints(mut self, text: &'a str) -> Self {
        self.prints.push(text);
        self
    }

    /// Standard error holds this; without such a clause it is empty.
    pub fn complains(mut self, text: &'a str) -> Self {
        self.complains.push(text);
        self
    }

    /// Neither output holds this.
    pub fn lacks(mut self, text: &'a str) -> Self {
        self.lacks.push(text);
        self
    }

    fn run(&self) -> Output {
        let Person { stage, home } = self.person;
        let args = parted(self.line).into_iter().map(|arg| stage.fill(&arg));
        let mut child = program(&stage.home(home)).args(args).spawn().unwrap();
        // A program that asks for nothing may be gone already.
        let _ = child.stdin.take().unwrap().write_all(stage.fill(self.given).as_bytes());
        child.wait_with_output().unwrap()
    }

    /// Runs the program and checks everything.
    #[track_caller]
    pub fn exits(self, status: i32) {
        let output = self.run();
        let (out, err) = (text(output.stdout), text(output.stderr));
        let mut wrong = Vec::new();
        if output.status.code() != Some(status) {
            wrong.push(format!("status {:?}, expected {status}", output.status.code()));
        }
        for (stream, text, expected) in
            [("output", &out, &self.prints), ("the complaint", &err, &self.complains)]
        {
            let missing = expected.iter().map(|e| self.person.stage.fill(e)).filter(|e| !text.contains(e));
            wrong.extend(missing.map(|e| format!("{stream} lacks {e:?}")));
        }
        let unwanted = self.lacks.iter().filter(|text| out.contains(**text) || err.contains(**text));
        wrong.extend(unwanted.map(|text| format!("it says {text:?}")));
        if self.complains.is_empty() && !err.is_empty() {
            wrong.push("standard error is not empty".to_owned());
        }
        if err.lines().next().is_some_and(|line| !line.starts_with("typeproof: ")) {
            wrong.push("a complaint does not begin with the program's name".to_owned());
        }
        if out.contains('\x1b') || err.contains('\x1b') || err.contains("panicked") {
            wrong.push("escapes or a panic".to_owned());
        }
        let wrong = wrong.join("\n");
        assert!(wrong.is_empty(), "typeproof {}\n{wrong}\noutput: {out}\ncomplaint: {err}", self.line);
    }

    /// Runs the program; its exit code, and both its outputs as one text.
    pub fn says(self) -> (i32, String) {
        let output = self.run();
        (output.status.code().unwrap(), text([output.stdout, output.stderr].concat()))
    }

    /// Runs the program and reads its output as JSON.
    #[track_caller]
    pub fn json(self) -> Value {
        let output = text(self.run().stdout);
        serde_json::from_str(&output).unwrap_or_else(|why| panic!("{}: {why} in {output}", self.line))
    }
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap()
}

/// The calls of the program in a line of shell, each as its words.
pub fn calls(line: &str) -> Vec<Vec<String>> {
    let line = line.split(" #").next().unwrap_or_default();
    let parts = line.split(['|', '>', '<', ';']).flat_map(|part| part.split("&&"));
    let words = parts.map(|part| parted(part.trim()));
    words.filter(|words| words.first().is_some_and(|word| word == "typeproof")).collect()
}

/// The arguments of a line; one in quotation marks may be empty or hold spaces.
fn parted(line: &str) -> Vec<String> {
    let (mut args, mut arg, mut quote) = (Vec::new(), None::<String>, None);
    for c in line.chars() {
        match quote {
            Some(mark) if c == mark => quote = None,
            None if c == ' ' => args.extend(arg.take()),
            None if c == '\'' || c == '"' => {
                quote = Some(c);
                arg.get_or_insert_default();
            }
            _ => arg.get_or_insert_default().push(c),
        }
    }
    assert_eq!(quote, None, "a quotation mark is not closed in {line}");
    args.extend(arg);
    args
}
