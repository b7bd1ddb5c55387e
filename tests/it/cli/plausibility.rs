//! `typeproof plausibility`.

use std::fmt::Write;

use crate::support::stage::Stage;

const TEXT: &str = "the other side of the river is best seen from the old bridge and there is always somebody there who knows \
    the way to the station and can tell you when the next train will leave for the town in the hills ";

/// A table: each session is the text, with these milliseconds before each key.
fn table(sessions: &[(&str, u32, &[u32])]) -> String {
    let mut table = "subject,session,text_id,t_ms,key,hold_ms\n".to_owned();
    for (subject, session, times) in sessions {
        let mut at = 0;
        for (c, ms) in TEXT.chars().zip(times.iter().cycle()) {
            at += ms;
            writeln!(table, "{subject},{session},9,{at},{c},").unwrap();
        }
    }
    table
}

#[test]
fn each_session_has_a_verdict_with_its_figures() {
    let stage = Stage::bare();
    stage.write("table.csv", table(&[("ann", 1, &[120]), ("bob", 7, &[90, 151, 113, 240, 97])]));
    let ann = stage.newcomer();
    ann.runs("plausibility {dir}/table.csv")
        .prints("ann")
        .prints("unusual: the times hardly depend on what is typed (0.00; usual is 0.21 or more)")
        .prints("2 in all: 0 consistent with human typing, 2 unusual, 0 not assessed.")
        .prints("It does not say who typed.")
        .exits(0);
    ann.runs("plausibility {dir}/table.csv --language de")
        .prints("not assessed: there is no model for the language \"de\"")
        .exits(0);
    let (status, json) = ann.runs("plausibility {dir}/table.csv --json").says();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(status, 0);
    assert_eq!(json["units"][0]["subject"], "ann");
    assert_eq!(json["units"][1]["sessions"], serde_json::json!(["7"]));
    assert_eq!(json["units"][1]["verdict"], "unusual");
    assert!(json["units"][1]["figures"]["text_permille"].is_i64());
    assert_eq!(json["counts"]["unusual"], 2);
    assert_eq!((json["skipped_rows"].clone(), json["limits"].as_array().unwrap().len()), (0.into(), 3));
}

#[test]
fn rows_that_cannot_be_used_are_named_and_skipped() {
    let stage = Stage::bare();
    let mut rows = table(&[("ann", 1, &[120, 90])]);
    rows.insert_str(rows.find('\n').unwrap() + 1, "ann,1,9,soon,t,\n\nann,1\n");
    rows.push_str(&"x\n".repeat(12));
    stage.write("table.csv", &rows);
    let ann = stage.newcomer();
    ann.runs("plausibility {dir}/table.csv")
        .complains("line 2 of {dir}/table.csv is skipped: t_ms is no time in milliseconds: \"soon\"")
        .prints("1 in all")
        .exits(0);
    ann.runs("plausibility {dir}/table.csv")
        .complains("line 4 of {dir}/table.csv is skipped: t_ms is missing")
        .exits(0);
    ann.runs("plausibility {dir}/table.csv").complains("4 more of {dir}/table.csv are skipped").exits(0);
}

#[test]
fn what_is_no_table_is_refused() {
    let stage = Stage::bare();
    stage.write("letter.txt", "Dear Sir or Madam\n");
    stage.write("empty.csv", "");
    stage.write("head.csv", "subject,session,t_ms,key\n");
    stage.write("broken.gz", [0x1f, 0x8b, 8, 0, 1, 2, 3]);
    let ann = stage.newcomer();
    ann.runs("plausibility {dir}/none.csv").complains("no such file").exits(2);
    ann.runs("plausibility {dir}").complains("it is a folder").exits(2);
    ann.runs("plausibility").complains("FILE").exits(2);
    ann.runs("plausibility {dir}/letter.txt")
        .complains("is no table of keystrokes: the first line names no column subject")
        .exits(1);
    ann.runs("plausibility {dir}/empty.csv").complains("is no table of keystrokes").exits(1);
    ann.runs("plausibility {dir}/head.csv").complains("has no keystrokes that can be used").exits(1);
    ann.runs("plausibility {dir}/broken.gz").complains("could not be read").exits(1);
    ann.runs("plausibility {dir}/head.csv --keystrokes 0").complains("--keystrokes").exits(2);
}

#[test]
fn a_recording_that_is_played_again_is_found_where_one_asks() {
    let stage = Stage::bare();
    let times = [90, 151, 113, 240, 97, 130, 77, 310];
    let faster = times.map(|ms| ms * 2 / 3);
    let others = [140, 75, 190, 90, 88, 230, 120];
    stage.write("table.csv", table(&[("ann", 1, &times), ("bob", 1, &others), ("cy", 3, &faster)]));
    let ann = stage.newcomer();
    ann.runs("plausibility {dir}/table.csv --replays")
        .prints("session 3 is the same performance as session 1 of ann")
        .exits(0);
    let (_, json) = ann.runs("plausibility {dir}/table.csv --replays --json").says();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["units"][2]["same_as"][0]["of_subject"], "ann");
    assert_eq!(json["units"][1]["same_as"], serde_json::json!([]));
}
