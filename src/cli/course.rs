//! `typeproof course`: the courses, or the lessons of one, with what is passed and what comes next.

use std::io::Write;

use clap::Args;
use serde_json::{Value, json};

use super::error::CliError;
use super::exit::OK;
use super::print;
use crate::badge::verify::summary::shown_text;
use crate::desk::{CourseProgress, Desk};
use crate::lessons::course::Lesson;
use crate::lessons::course::progress::Standing;

#[derive(Debug, Args)]
#[command(after_long_help = super::help::COURSE)]
pub(super) struct Course {
    /// The course whose lessons are listed; without it, the courses
    #[arg(value_name = "ID")]
    id: Option<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl Course {
    pub(super) fn run(self, desk: &mut Desk, out: &mut dyn Write) -> Result<u8, CliError> {
        match self.id {
            Some(id) => {
                let progress = desk.course_progress(&id)?;
                match self.json {
                    true => print::json(out, &course_json(&progress, true))?,
                    false => lessons(out, &progress)?,
                }
            }
            None => {
                let catalogue = desk.catalogue();
                let ids = catalogue.courses().map(|course| course.id.clone());
                let all = ids.map(|id| desk.course_progress(&id)).collect::<Result<Vec<_>, _>>()?;
                match self.json {
                    true => {
                        let all: Value = all.iter().map(|progress| course_json(progress, false)).collect();
                        print::json(out, &all)?;
                    }
                    false => courses(out, &all)?,
                }
            }
        }
        Ok(OK)
    }
}

fn courses(out: &mut dyn Write, all: &[CourseProgress]) -> Result<(), CliError> {
    let row = |progress: &CourseProgress| {
        let course = &progress.course;
        let passed = format!("{} of {}", progress.passed(), progress.lessons.len());
        [String::new(), course.id.clone(), passed, shown_text(&course.title)]
    };
    let rows: Vec<[String; 4]> = all.iter().map(row).collect();
    print::columns(out, &rows)?;
    writeln!(out)?;
    Ok(writeln!(
        out,
        "List the lessons of one with `typeproof course ID`; begin with `typeproof lesson ID`."
    )?)
}

fn lessons(out: &mut dyn Write, progress: &CourseProgress) -> Result<(), CliError> {
    writeln!(out, "{}", shown_text(&progress.course.title))?;
    let row = |(lesson, standing): (&Lesson, &Standing)| {
        let mark = if standing.passed.is_some() { "passed" } else { "" };
        let text = format!("{}. {}", lesson.number, shown_text(&lesson.title));
        let below = |text| [String::new(), String::new(), String::new(), text];
        [[String::new(), lesson.named.lesson.clone(), mark.to_owned(), text], below(lesson.gate_in_words())]
    };
    let rows: Vec<[String; 4]> = progress.lessons.iter().zip(&progress.standings).flat_map(row).collect();
    print::columns(out, &rows)?;
    writeln!(out)?;
    let next = match progress.next_lesson() {
        Some(next) => {
            format!("Next is {}: `typeproof lesson {}`.", shown_text(&next.name()), progress.course.id)
        }
        None => progress.at_its_end().to_owned(),
    };
    Ok(writeln!(out, "{next}")?)
}

fn course_json(progress: &CourseProgress, whole: bool) -> Value {
    let course = &progress.course;
    let lesson = |(lesson, standing): (&Lesson, &Standing)| {
        json!({
            "id": lesson.named.lesson,
            "number": lesson.number,
            "title": lesson.title,
            "goal": lesson.goal,
            "keys": lesson.new.iter().collect::<String>(),
            "accuracy_percent": lesson.gate.accuracy.map(|a| print::hundredths(a.0)),
            "speed": print::hundredths(lesson.gate.speed.0),
            "unit": lesson.rules.unit.name(),
            "minutes": lesson.minutes(),
            "tries": standing.tries,
            "passed": standing.passed.is_some(),
            "attempt": standing.passed,
            "counts_for_badge": standing.ground.is_some(),
        })
    };
    let mut value = json!({
        "id": course.id,
        "version": course.version,
        "title": course.title,
        "description": course.description,
        "lessons": progress.lessons.len(),
        "passed": progress.passed(),
        "next": progress.next_lesson().map(|lesson| lesson.named.lesson.clone()),
    });
    if let (true, Value::Object(members)) = (whole, &mut value) {
        let lessons: Value = progress.lessons.iter().zip(&progress.standings).map(lesson).collect();
        members.insert("lessons".to_owned(), lessons);
        let named = progress.lessons.first().map(|lesson| &lesson.named);
        members.insert("layout".to_owned(), json!(named.map(|named| &named.layout)));
        members.insert("language".to_owned(), json!(named.map(|named| &named.language)));
    }
    value
}
