//! `typeproof history`, `typeproof levels`, `typeproof backup`: what was done so far.

use crate::support::stage::Stage;

#[test]
fn attempts_are_listed() {
    let stage = Stage::new();
    let newcomer = stage.newcomer();
    let holder = stage.holder();
    newcomer.runs("history").prints("No attempts yet").exits(0);
    holder
        .runs("history --level sprint-40 --limit 1")
        .prints("net WPM")
        .prints("sprint-40")
        .prints("1:00")
        .exits(0);
    holder.runs("history --level speed-60").prints("No attempts at speed-60 yet").exits(0);
    holder
        .runs("history --level nope")
        .complains(r#"there is no level "nope""#)
        .complains("typeproof levels")
        .exits(2);
    holder.runs("history --json --level nope").complains(r#"there is no level "nope""#).exits(2);
    holder.runs("history --json --level speed-60").prints("[]").exits(0);
    holder.runs("history --limit 0").complains("1..").exits(2);
    holder.runs("history --json --csv").complains("cannot be used with").exits(2);
    holder
        .runs("history --limit many")
        .complains("invalid value")
        .complains("expected a whole number")
        .exits(2);
}

#[test]
fn levels_are_listed_with_what_was_passed() {
    let stage = Stage::new();
    let newcomer = stage.newcomer();
    let holder = stage.holder();
    newcomer
        .runs("levels")
        .prints("speed-60")
        .prints("5 minutes: at least 60 WPM net, accuracy at least 97 %")
        .prints("test --level ID")
        .exits(0);
    holder
        .runs("levels")
        .prints("sprint-40   passed  ")
        .prints("Typing 60 WPM at 97 % (5 minutes)")
        .prints("penalty: 1 word of 5 characters for each uncorrected error")
        .exits(0);
    newcomer
        .runs("--lessons {dir}/lessons levels")
        .prints("speed-60")
        .complains("bad.toml")
        .complains("line 1")
        .exits(0);
}

#[test]
fn the_history_is_copied_once() {
    let stage = Stage::new();
    let newcomer = stage.newcomer();
    let holder = stage.holder();
    holder
        .runs("backup {dir}/copy.sqlite3")
        .prints("5 attempts")
        .prints("1 badge.")
        .prints("does not hold the issuer key")
        .prints("issuer.pem")
        .exits(0);
    holder.runs("backup {dir}/copy.sqlite3").complains("already there and is not overwritten").exits(1);
    holder
        .runs("backup {dir}/nowhere/copy.sqlite3")
        .complains("no such folder")
        .complains("nowhere; make it first")
        .exits(2);
    newcomer
        .runs("backup {dir}/empty.sqlite3")
        .complains("there is no history yet at {dir}/newcomer")
        .exits(1);
    newcomer.runs("history").prints("No attempts yet").exits(0);
    newcomer.runs("backup {dir}/empty.sqlite3").prints("0 attempts").prints("0 badges").exits(0);
    holder.runs("backup").complains("<FILE>").exits(2);
}

#[test]
fn attempts_are_json_and_csv() {
    let stage = Stage::new();
    let history = stage.holder().runs("history --json").json();
    let first = history.as_array().unwrap().iter().find(|a| a["id"] == stage.named("attempt")).unwrap();
    assert_eq!(
        (&first["net_wpm"], &first["accuracy_percent"], &first["passed"]),
        (&59.8.into(), &100.0.into(), &true.into())
    );
    assert_eq!(first["score"]["net_wpm_x100"], 5980);
    assert_eq!(first["score"]["counts"]["correct"], first["score"]["counts"]["typed"]);
    let (_, csv) = stage.holder().runs("history --csv").says();
    assert!(csv.ends_with("\r\n") && csv.matches("\r\n").count() == 6, "{csv}");
    assert!(csv.contains("\"'=HYPERLINK(\"\"x\"\"),y\""), "{csv}");
}

#[test]
fn levels_are_json() {
    let stage = Stage::new();
    let levels = stage.holder().runs("levels --json").json();
    let levels: Vec<_> =
        levels.as_array().unwrap().iter().flat_map(|p| p["levels"].as_array().unwrap()).collect();
    let passed: Vec<_> = levels.iter().filter(|l| l["passed"] == true).collect();
    let passed: Vec<_> = passed.iter().map(|level| level["id"].as_str().unwrap()).collect();
    let (first_steps, sprint) = passed.split_at(6);
    assert!(first_steps.iter().all(|id| id.starts_with("first-steps-")), "{passed:?}");
    assert_eq!(sprint, ["sprint-20", "sprint-30", "sprint-40"], "those below it count as passed");
    let asked = |id: &str| {
        let level = levels.iter().find(|l| l["id"] == id).unwrap();
        ["speed", "unit", "accuracy_percent", "seconds", "max_errors"].map(|member| level[member].to_string())
    };
    assert_eq!(asked("speed-45"), ["45.0", "\"WPM\"", "96.5", "300", "null"]);
    assert_eq!(asked("opm-40"), ["40.0", "\"WPM\"", "null", "300", "3"]);
    assert_eq!(asked("ssc-dest"), ["8000.0", "\"KPH\"", "null", "900", "null"]);
}

#[test]
fn statistics_are_text_and_json() {
    let stage = Stage::new();
    stage.newcomer().runs("stats").prints("Nothing typed yet").prints("typeproof test --time 60").exits(0);
    stage
        .holder()
        .runs("stats")
        .prints("practised")
        .prints("of 15 min")
        .prints("59.8 WPM net")
        .prints("slowest keys")
        .exits(0);
    let stats = stage.holder().runs("stats --json").json();
    assert_eq!(stats["goal_minutes"], 15);
    assert_eq!(stats["days"].as_array().unwrap().len(), 1);
    assert!(
        stats["runs"].as_array().unwrap().len() >= 3 && stats["practised_minutes"].as_u64().unwrap() >= 3
    );
    let keys = stats["keys"].as_array().unwrap();
    let e = keys.iter().find(|key| key["keys"] == "e").unwrap();
    // Every key takes 200 ms, but for the first of a text, which starts the clock; texts are drawn, and may begin with it.
    assert!(e["ms"].as_u64().unwrap() >= 180 && e["tries"].as_u64().unwrap() > 30, "{e}");
    assert!(stats["pairs"].as_array().unwrap().iter().any(|pair| pair["keys"] == "th"));
    stage.holder().runs("stats --csv").complains("--csv").exits(2);
    stage.holder().runs("stats all").complains("all").exits(2);
}

#[test]
fn a_course_or_lesson_that_is_not_there_is_wrong_usage() {
    let stage = Stage::new();
    stage.newcomer().runs("course dance").complains("there is no course \"dance\"").exits(2);
    stage.newcomer().runs("course foundations").prints("f and j").exits(0);
}
