//! `typeproof plausibility`: whether the timing in a table of keystrokes is that of people, unit by unit.

use std::collections::HashMap;
use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use serde_json::{Value, json};

use super::error::CliError;
use super::exit::OK;
use super::print;
use crate::desk::read_keystrokes;
use crate::trust::displayable;
use crate::typing::plausibility::rhythm::{Rhythm, Same};
use crate::typing::plausibility::samples::{Unit, Units};
use crate::typing::plausibility::{Assessment, LIMITS, Verdict, Written, hundredths};

/// Rows that cannot be used and are named; the others are counted.
const NAMED_ROWS: u64 = 10;

#[derive(Debug, Args)]
#[command(after_long_help = super::help::PLAUSIBILITY)]
pub(super) struct Plausibility {
    /// The table: subject,session,text_id,t_ms,key,hold_ms, a line a keystroke; gzip will do
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The keyboard layout that was typed on
    #[arg(long, value_name = "L", default_value = "us")]
    layout: String,
    /// The language that was typed
    #[arg(long, value_name = "CODE", default_value = "en")]
    language: String,
    /// Join the sessions of a person until they have so many keystrokes; without it, sessions of 150 stay alone and shorter
    /// ones are joined to 300
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    keystrokes: Option<u32>,
    /// Also say which performances of the same text are one, as when a recording is played
    #[arg(long)]
    replays: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// A performance that was typed earlier in the table.
struct Earlier {
    subject: String,
    session: String,
    rhythm: Rhythm,
}

/// A session of a unit, and the earlier performance that it is.
struct Replayed {
    session: String,
    subject: String,
    of_session: String,
    same: Same,
}

/// How many units have each verdict.
#[derive(Default)]
struct Counts {
    consistent: u64,
    unusual: u64,
    not_assessed: u64,
    skipped: u64,
}

impl Plausibility {
    pub(super) fn run(self, out: &mut dyn Write) -> Result<u8, CliError> {
        let mut units = Units::new(self.keystrokes);
        let mut report = Report::new(&self, out);
        let mut written = Ok(());
        read_keystrokes(&self.file, |line, row| match row {
            Ok(row) => {
                if let (Some(unit), Ok(())) = (units.push(row), &written) {
                    written = report.unit(&unit);
                }
            }
            Err(why) => {
                units.interrupt();
                report.skip(line, &why.to_string());
            }
        })?;
        written?;
        if let Some(unit) = units.finish() {
            report.unit(&unit)?;
        }
        report.end()?;
        Ok(OK)
    }
}

/// Units as they are assessed, printed at once.
struct Report<'a> {
    asked: &'a Plausibility,
    out: &'a mut dyn Write,
    counts: Counts,
    earlier: HashMap<String, Vec<Earlier>>,
    begun: bool,
}

impl<'a> Report<'a> {
    fn new(asked: &'a Plausibility, out: &'a mut dyn Write) -> Self {
        Self { asked, out, counts: Counts::default(), earlier: HashMap::new(), begun: false }
    }

    fn unit(&mut self, unit: &Unit) -> io::Result<()> {
        let Plausibility { layout, language, replays, json, .. } = self.asked;
        let assessment = unit.evidence().assess(Written { layout: Some(layout), language: Some(language) });
        let counted = match assessment.verdict {
            Verdict::Consistent => &mut self.counts.consistent,
            Verdict::Unusual(_) => &mut self.counts.unusual,
            Verdict::NotAssessed(_) => &mut self.counts.not_assessed,
        };
        *counted += 1;
        let replayed = if *replays { self.replayed(unit) } else { Vec::new() };
        if *json {
            self.as_json(unit, &assessment, &replayed)
        } else {
            self.as_text(unit, &assessment, &replayed)
        }
    }

    fn skip(&mut self, line: u64, why: &str) {
        self.counts.skipped += 1;
        if self.counts.skipped <= NAMED_ROWS {
            print::complain(&format!("line {line} of {} is skipped: {why}", self.asked.file.display()));
        }
    }

    /// Which sessions of a unit are an earlier performance of the same text.
    fn replayed(&mut self, unit: &Unit) -> Vec<Replayed> {
        let mut replayed = Vec::new();
        for part in unit.parts.iter().filter(|part| !part.text.is_empty()) {
            let rhythm = part.rhythm();
            let earlier = self.earlier.entry(part.text.clone()).or_default();
            replayed.extend(earlier.iter().find_map(|other| {
                Some(Replayed {
                    same: rhythm.same(&other.rhythm)?,
                    session: part.session.clone(),
                    subject: other.subject.clone(),
                    of_session: other.session.clone(),
                })
            }));
            let (subject, session) = (unit.subject.clone(), part.session.clone());
            earlier.push(Earlier { subject, session, rhythm });
        }
        replayed
    }

    fn as_text(&mut self, unit: &Unit, assessment: &Assessment, replayed: &[Replayed]) -> io::Result<()> {
        if !self.begun {
            self.begun = true;
            writeln!(self.out, "{}", row("SUBJECT", "SESSION", "KEYS", ["TEXT", "WORDS"], "VERDICT"))?;
        }
        let figures = assessment.figures.map_or_else(Default::default, |figures| {
            [figures.text_permille, figures.words_permille].map(hundredths)
        });
        let verdict = assessment.verdict.to_string();
        let [text, words] = figures.each_ref().map(String::as_str);
        let keys = assessment.keystrokes.to_string();
        let line = row(&unit.subject, &sessions(unit), &keys, [text, words], &verdict);
        writeln!(self.out, "{}", displayable(&line))?;
        for Replayed { session, subject, of_session, same } in replayed {
            let line = format!(
                "  session {session} is the same performance as session {of_session} of {subject} (agreement {}, {} times compared)",
                hundredths(same.agreement_permille),
                same.times
            );
            writeln!(self.out, "{}", displayable(&line))?;
        }
        Ok(())
    }

    fn as_json(&mut self, unit: &Unit, assessment: &Assessment, replayed: &[Replayed]) -> io::Result<()> {
        let before = if self.begun { ",\n" } else { "{\"units\": [\n" };
        self.begun = true;
        write!(self.out, "{before}")?;
        print::json_line(self.out, &unit_as_json(unit, assessment, replayed))
    }

    fn end(&mut self) -> Result<(), CliError> {
        let Counts { consistent, unusual, not_assessed, skipped } = self.counts;
        if skipped > NAMED_ROWS {
            let more = skipped - NAMED_ROWS;
            print::complain(&format!("{more} more of {} are skipped", self.asked.file.display()));
        }
        if !self.begun {
            let path = self.asked.file.display();
            return Err(CliError::refused(format!(
                "{path} has no keystrokes that can be used; check its rows"
            )));
        }
        if self.asked.json {
            let counts = json!({"consistent": consistent, "unusual": unusual, "not_assessed": not_assessed});
            write!(self.out, "\n],\n\"counts\": ")?;
            print::json_line(self.out, &counts)?;
            write!(self.out, ",\n\"skipped_rows\": {skipped},\n\"limits\": ")?;
            print::json_line(self.out, &json!(LIMITS))?;
            writeln!(self.out, "}}")?;
            return Ok(());
        }
        let units = consistent + unusual + not_assessed;
        writeln!(
            self.out,
            "\n{units} in all: {consistent} consistent with human typing, {unusual} unusual, {not_assessed} not assessed.\n"
        )?;
        writeln!(self.out, "{}", print::paragraphs(&LIMITS.join("\n")))?;
        Ok(())
    }
}

/// A line of the table.
fn row(subject: &str, session: &str, keys: &str, [text, words]: [&str; 2], verdict: &str) -> String {
    format!("{subject:<10}  {session:<7}  {keys:>5}  {text:>5}  {words:>5}  {verdict}")
}

/// The sessions of a unit: the first and the last, where there are several.
fn sessions(unit: &Unit) -> String {
    match unit.sessions()[..] {
        [first, .., last] => format!("{first}-{last}"),
        [only] => only.to_owned(),
        [] => String::new(),
    }
}

fn unit_as_json(unit: &Unit, assessment: &Assessment, replayed: &[Replayed]) -> Value {
    let figures = assessment.figures.as_ref();
    let same_as = replayed.iter().map(|replayed| {
        json!({
            "session": replayed.session,
            "of_subject": replayed.subject,
            "of_session": replayed.of_session,
            "agreement_permille": replayed.same.agreement_permille,
            "times": replayed.same.times,
        })
    });
    json!({
        "subject": unit.subject,
        "session": sessions(unit),
        "sessions": unit.sessions(),
        "keystrokes": assessment.keystrokes,
        "verdict": assessment.verdict.name(),
        "reasons": assessment.verdict.reasons(),
        "figures": figures.map(|figures| json!({
            "pairs": figures.pairs,
            "pairs_in_words": figures.pairs_in_words,
            "median_ms": figures.median_ms,
            "text_permille": figures.text_permille,
            "letters_permille": figures.letters_permille,
            "words_permille": figures.words_permille,
        })),
        "same_as": same_as.collect::<Vec<_>>(),
    })
}
