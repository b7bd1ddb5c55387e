//! `typeproof exam`: an exam from its file to appeals and deletion.

use std::fs;
use std::path::PathBuf;

use typeproof::desk::exams::ExamFiles;
use typeproof::exam::Actor;
use typeproof::exam::event::What;
use typeproof::exam::journal::{Entry, Journal};
use typeproof::lessons::catalogue::Catalogue;
use typeproof::store::exam::ledger::{Ledger, Of};
use typeproof::store::exam::open;

use crate::support::exam::{connected, did, event, exercise, finished, presses, proctor, started};
use crate::support::stage::Stage;

const NEW: &str =
    "exam new {dir}/exam.toml --title 'Typing test' --proctor 'Petra Proctor' --identity 'photo ID'";
const ROSTER: &str = "Nummer;Name;E-Mail\n17;Ada Lovelace;ada@example.org\n18;Grace Hopper;\n";

fn with_files() -> Stage {
    let stage = Stage::bare();
    stage.newcomer().runs(NEW).prints("exam.toml").prints("roster.csv").exits(0);
    stage.write("roster.csv", ROSTER);
    stage
}

#[test]
fn a_file_is_written_and_checked() {
    let stage = with_files();
    let person = stage.newcomer();
    person.runs(NEW).complains("exam.toml is already there").exits(1);
    let said = person.runs("exam check {dir}/exam.toml");
    let said =
        said.prints("Petra Proctor; identity checked: photo ID").prints("together, at the proctor's signal");
    said.prints("1 attempt")
        .prints("a fresh passage, 2 times without the proctor")
        .prints("90 days")
        .exits(0);
    let text = fs::read_to_string(stage.home("exam.toml")).unwrap();
    assert!(text.contains("# Default: 1.\nnumber = 1"), "{text}");
    let all = "exam new {dir}/other.toml --title T --proctor P --identity I --proctor-title Head --minutes 10 --attempts 3 \
        --counts mean --warm-up 0 --bank b.age --different --one-by-one --resume --roster list.csv";
    person.runs(all).prints("other.toml").prints("list.csv").exits(0);
    let text = fs::read_to_string(stage.home("other.toml")).unwrap();
    for line in [
        "seconds = 600",
        "counts = \"mean\"",
        "mode = \"one-by-one\"",
        "policy = \"resume\"",
        "bank = \"b.age\"",
    ] {
        assert!(text.contains(line), "{line} is not in {text}");
    }
}

#[test]
fn wrong_files_are_refused_with_their_lines() {
    let stage = with_files();
    let person = stage.newcomer();
    person.runs("exam new {dir}/x.toml").complains("--title, --proctor and --identity").exits(2);
    let with = |more: &str| format!("exam new {{dir}}/x.toml --title T --proctor P --identity I {more}");
    for (more, says) in [
        ("--attempts 99", "give 1 to 20"),
        ("--counts worst", "expected one of"),
        ("--rules nasa", "name one of"),
        ("--minutes 0", "1..=120"),
        ("--minutes 5 --rules calhr", "cannot be used with"),
    ] {
        person.runs(&with(more)).complains(says).exits(2);
    }
    person.runs("exam check {dir}/none.toml").complains("no such file").exits(2);
    stage.write("roster.csv", "Nummer;Name\n17;Ada\n17;\n");
    person.runs("exam check {dir}/exam.toml").complains("roster.csv, line 3: the name is empty").exits(1);
    stage.write("roster.csv", ROSTER);
    let file = stage.home("exam.toml");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replace("number = 1\n", "number = 0\n")).unwrap();
    person.runs("exam check {dir}/exam.toml").complains("number of attempts is 0; give 1 to 20").exits(1);
    fs::write(&file, text.replace("number = 1\n", "numbers = 1\n")).unwrap();
    person.runs("exam check {dir}/exam.toml").complains("unknown field `numbers`").exits(1);
    fs::write(&file, format!("{text}[[accommodation]]\nnumber = \"99\"\n")).unwrap();
    person.runs("exam check {dir}/exam.toml").complains("candidate 99 has an accommodation").exits(1);
    fs::write(&file, text.replace("number = 1\n", "number = 20\n")).unwrap();
    person
        .runs("exam check {dir}/exam.toml")
        .complains("of 20 attempts of this length; add passages")
        .exits(1);
    stage.write("roster.csv", b"Nummer;Name\n17;J\xfcrgen\n");
    fs::write(&file, text).unwrap();
    person.runs("exam check {dir}/exam.toml").prints("candidates").complains("Latin-1").exits(0);
}

#[test]
fn a_bank_is_encrypted_and_checked_with_its_passphrase() {
    let stage = with_files();
    let person = stage.newcomer();
    let passage = |n: u32| {
        format!(
            "[[passage]]\nid = \"p-{n}\"\ntext = \"{}\"\n",
            format!("Passage {n} of the bank says this. ").repeat(230)
        )
    };
    stage.write("bank.toml", (1..4).map(passage).collect::<String>());
    let bank = "exam bank {dir}/bank.toml {dir}/bank.age --passphrase-stdin";
    person.runs(bank).given("short\n").complains("fewer than 8 characters").exits(1);
    person.runs(bank).given("correct horse\n").prints("bank.age").exits(0);
    person.runs(bank).given("correct horse\n").complains("already there").exits(1);
    assert!(!fs::read(stage.home("bank.age")).unwrap().windows(7).any(|part| part == b"Passage"));
    let text = fs::read_to_string(stage.home("exam.toml")).unwrap();
    fs::write(stage.home("exam.toml"), text.replace("kinds = []", "bank = \"bank.age\"")).unwrap();
    person.runs("exam check {dir}/exam.toml").prints("the bank bank.age (not opened").exits(0);
    let check = "exam check {dir}/exam.toml --passphrase-stdin";
    person.runs(check).given("correct horse\n").prints("3 passages").exits(0);
    person.runs(check).given("another one\n").complains("does not open the bank").exits(1);
    fs::remove_file(stage.home("bank.age")).unwrap();
    person.runs(check).given("correct horse\n").complains("no such file").exits(2);
    person.runs("exam check {dir}/exam.toml").complains("no such file").exits(2);
    stage.write("bank.toml", "[[passage]]\nid = \"A\"\ntext = \"x\"\n");
    person.runs(bank).given("correct horse\n").complains("bank.toml, line 2").exits(1);
}

/// An exam of which Ada took one test, and Grace was interrupted; the room has brought nothing into the database.
fn held() -> (Stage, PathBuf) {
    let stage = with_files();
    let files = ExamFiles::read(&stage.home("exam.toml"), &Catalogue::embedded()).unwrap();
    let exams = stage.home("newcomer/exams");
    open(&exams, None).unwrap().keep_exam(&files.row(1_800_000_000_000), &files.roster.candidates).unwrap();
    let of = Of { exam: &files.definition, roster: &files.roster.candidates, opened: &files.opened("a") };
    let folder = exams.join("typing-test");
    let (mut ledger, _) = Ledger::open(&folder, of, 1_800_000_000_000).unwrap();
    for number in ["17", "18"] {
        for event in [connected(1), did(What::Confirmed), did(What::WarmUp), did(What::Ready)] {
            ledger.happen(number, event).unwrap();
        }
        ledger.begin(number, started(1, 1), &exercise()).unwrap();
        ledger.press(number, 1, &presses(20, 200));
    }
    let end = (1_800_000_060_000, Actor::Room, "");
    ledger.end("17", &finished(1, 200), end, What::Finished).unwrap();
    assert!(ledger.flush().wait());
    drop(ledger);
    // Opened once more, Grace's test is aborted.
    let (mut ledger, _) = Ledger::open(&folder, of, 1_800_000_070_000).unwrap();
    ledger.happen("18", event(proctor(), "", crate::support::exam::noise(Some(1)))).unwrap();
    (stage, folder)
}

#[test]
fn results_are_exported_and_recomputed_on_another_machine() {
    let (stage, folder) = held();
    let person = stage.newcomer();
    person.runs("exam list").prints("typing-test").prints("2 candidates").exits(0);
    person
        .runs("exam export typing-test {dir}/out")
        .prints("results.csv")
        .prints("journal of room a")
        .exits(0);
    person.runs("exam export typing-test {dir}/out").complains("is there already").exits(1);
    let csv = fs::read_to_string(stage.home("out/results.csv")).unwrap();
    assert!(csv.contains("17,Ada Lovelace,ada@example.org,1,1,1,1 attempt,yes,finished"), "{csv}");
    assert!(csv.contains("18,Grace Hopper,,1,1,1,1 attempt,no,aborted"), "{csv}");
    assert!(csv.contains("60.00,0,60.00"), "{csv}");
    let journal = fs::read(stage.home("out/a.journal")).unwrap();
    assert_eq!(journal, fs::read(folder.join("a.journal")).unwrap());
    assert_eq!(fs::read_dir(stage.home("out/logs")).unwrap().count(), 2);
    // Somebody who has nothing but the folder.
    let other = stage.employer();
    let again = other.runs("exam replay {dir}/out 17 --by 'Second Examiner'");
    again.prints("every figure is the one on file").prints("60.00").prints("entry 1").exits(0);
    other.runs("exam replay {dir}/out 18").prints("every figure").prints("entry 2").exits(0);
    let office = Journal::read(&fs::read(stage.home("out/office.journal")).unwrap());
    assert!(office.damage.is_empty());
    assert!(matches!(&office.entries[0].by, Actor::Proctor(name) if name == "Second Examiner"));
    for (line, says, status) in [
        ("exam replay {dir}/out 99", "candidate 99 has no test", 2),
        ("exam replay {dir}/out 17 --run 7", "has no test 7", 2),
        ("exam replay nothing 17", "there is no exam nothing", 2),
        ("exam export nothing {dir}/x", "there is no exam nothing", 2),
        ("exam purge nothing", "there is no exam nothing", 2),
        ("exam purge {dir}/out", "deleted by hand", 2),
        ("exam list --database mysql://x", "postgres://", 2),
    ] {
        other.runs(line).complains(says).exits(status);
    }
}

#[test]
fn a_log_that_was_altered_does_not_confirm_a_result() {
    let (stage, _) = held();
    let person = stage.newcomer();
    person.runs("exam export typing-test {dir}/out").prints("a.journal").exits(0);
    let log = fs::read_dir(stage.home("out/logs")).unwrap().map(|file| file.unwrap().path());
    let log = log.into_iter().find(|path| path.to_string_lossy().contains("/17-1-")).unwrap();
    fs::write(&log, finished(1, 100).attempt).unwrap();
    person.runs("exam replay {dir}/out 17").prints("its log is not on file any more").exits(1);
    let journal = stage.home("out/a.journal");
    let text = fs::read_to_string(&journal).unwrap();
    fs::write(&journal, text.replacen("\"net_wpm_x100\":6000", "\"net_wpm_x100\":9000", 1)).unwrap();
    person.runs("exam replay {dir}/out 17").complains("was altered").exits(1);
}

#[test]
fn keystrokes_go_after_their_time_and_results_stay() {
    let (stage, folder) = held();
    let person = stage.newcomer();
    person.runs("exam purge typing-test").complains("kept until 2027-04-15").exits(1);
    let journal = typeproof::store::files::append::Growing::open(&folder.join("a.journal")).unwrap();
    person.runs("exam purge typing-test --early").complains("in use by another program").exits(1);
    drop(journal);
    person.runs("exam purge typing-test --early --reason 'all were told'").prints("2 tests").exits(0);
    assert!(!folder.join("a.strokes").exists());
    assert_eq!(fs::read_dir(folder.join("logs")).unwrap().count(), 0);
    person.runs("exam export typing-test {dir}/out").prints("office.journal").lacks("logs/").exits(0);
    let csv = fs::read_to_string(stage.home("out/results.csv")).unwrap();
    assert!(csv.contains("60.00,0,60.00"), "{csv}");
    person.runs("exam replay typing-test 17").prints("not on file any more").exits(1);
    let office = Journal::read(&fs::read(stage.home("out/office.journal")).unwrap());
    assert_eq!(office.entries[0].reason, "all were told");
}

#[test]
fn a_person_is_exported_and_erased() {
    let (stage, folder) = held();
    let person = stage.newcomer();
    person.runs("exam export typing-test {dir}/ada --person 17").prints("results.csv").exits(0);
    let read = |name: &str| fs::read_to_string(stage.home(name)).unwrap();
    assert!(read("ada/results.csv").contains("Ada") && !read("ada/results.csv").contains("Grace"));
    assert!(
        !read("ada/a.journal").contains("\"seat\":\"18\"")
            && read("ada/a.journal").contains("\"seat\":\"17\"")
    );
    assert_eq!(fs::read_dir(stage.home("ada/logs")).unwrap().count(), 1);
    person
        .runs("exam export typing-test {dir}/nobody --person 99")
        .complains("candidate 99 has no test")
        .exits(2);
    person
        .runs("exam purge typing-test --person 17 --reason 'asked for it'")
        .prints("number, results")
        .exits(0);
    person.runs("exam purge typing-test --person 99").complains("no candidate 99").exits(2);
    person.runs("exam export typing-test {dir}/out").prints("results.csv").exits(0);
    let csv = read("out/results.csv");
    assert!(!csv.contains("Ada") && csv.contains("17,,,1,1") && csv.contains("Grace"), "{csv}");
    let database = fs::read(folder.parent().unwrap().join("exams.sqlite3")).unwrap();
    assert!(!database.windows(12).any(|part| part == b"Ada Lovelace"), "the name is nowhere in the file");
    assert_eq!(fs::read_dir(folder.join("logs")).unwrap().count(), 1);
    let strokes = fs::read(folder.join("a.strokes")).unwrap();
    let tests = typeproof::exam::strokes::Strokes::read(&strokes).tests;
    assert_eq!(tests.keys().map(|(number, _)| number.as_str()).collect::<Vec<_>>(), ["18"]);
    let entries = Journal::read(&fs::read(stage.home("out/a.journal")).unwrap());
    assert!(entries.damage.is_empty() && entries.entries.iter().any(|entry: &Entry| entry.event().is_some()));
}
