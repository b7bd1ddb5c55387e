//! `typeproof verify`: what is read, what is answered, what is refused.

use std::fs;
use std::path::Path;

use typeproof::badge::claim::{Claim, Measured, Noted};
use typeproof::trust::Assurance;
use typeproof::typing::attempt::Attempt;

use crate::support::cast::{self, REMARKED, TYPED, Who};
use crate::support::stage::Stage;

/// What is said of [`cast::SEEN`].
const NOTED: &str = "12 characters came at the same moment, as from a program and not from a hand, and characters \
    were there \
                     before the text was on the screen: 3, and the computer's date and time were changed by 3600 \
                     seconds while the program ran";

#[test]
fn the_holder_finds_a_badge_that_is_unchanged() {
    let stage = Stage::new();
    let holder = stage.holder();
    holder
        .runs("verify {json}")
        .prints("Unchanged and in force, but you issued it yourself")
        .prints("integrity  yes")
        .prints("issuer     no")
        .prints("holder     not checked")
        .prints("evidence   not checked")
        .prints("standing   yes")
        .prints("Ada Lovelace")
        .prints("Supervision")
        .prints("self-assessed")
        .prints("Net speed           Required 40 · Achieved 59.8 WPM")
        .lacks("59.80")
        .lacks("eddsa")
        .exits(3);
    holder.runs("verify {txt}").prints("you issued it yourself").lacks("eddsa").exits(3);
    holder.runs("verify {url}").prints("you issued it yourself").exits(3);
    holder.runs("verify {token}").prints("you issued it yourself").exits(3);
    holder.runs("verify -").given("  {url}\n").prints("you issued it yourself").exits(3);
}

#[test]
fn what_was_dragged_or_pasted_is_read() {
    let stage = Stage::new();
    let holder = stage.holder();
    holder.runs(r#"verify " '{json}' ""#).prints("you issued it yourself").exits(3);
    holder.runs(r#"verify '"{json}"'"#).prints("you issued it yourself").exits(3);
    holder.runs("verify ~/altered.json").prints("Not valid").exits(1);
    holder.runs("verify {document}").prints("you issued it yourself").exits(3);
    holder
        .runs("verify {elsewhere}")
        .prints("you issued it yourself")
        .prints("issuer.example, was not asked")
        .prints("must not name its own judge")
        .exits(3);
}

#[test]
fn the_name_and_the_log_are_compared() {
    let stage = Stage::new();
    let holder = stage.holder();
    holder
        .runs("verify {json} --holder ''")
        .complains("--holder is empty")
        .complains("give the name or e-mail address")
        .exits(2);
    holder.runs("verify {json} --holder ' '").complains("--holder is empty").exits(2);
    holder.runs("verify {json} --holder 'ada lovelace'").prints("holder     yes").exits(3);
    holder
        .runs("verify {json} --holder ada@example.org")
        .prints("the e-mail address is the one in the badge")
        .exits(3);
    holder.runs("verify {url} --log {tpa}").prints("evidence   yes").exits(3);
    holder
        .runs("verify {json} --holder Bob")
        .prints("Not valid")
        .prints("holder     no")
        .prints(r#""Bob" is not whom the badge is about"#)
        .exits(1);
    holder.runs("verify {json} --holder eve@example.org").prints("holder     no").exits(1);
    holder
        .runs("verify {json} --log {other}")
        .prints("evidence   no")
        .prints("is not the one that the badge names")
        .exits(1);
}

/// What the log notes of how the keys came is said with the answer that it bears the badge out.
#[test]
fn what_the_log_notes_is_said() {
    let stage = Stage::bare();
    let claim = cast::claim(Who::Learner, Assurance::SelfAssessed);
    for (name, typed) in [("plain", &TYPED), ("noted", &REMARKED)] {
        let noted = Attempt::from_bytes(&typed.bytes).unwrap().circumstances;
        let log = cast::log_digest(&typed.bytes);
        let measured = Measured::Test { figures: TYPED.figures, noted: Noted::of(noted) };
        let claim = Claim { log, measured, ..claim.clone() };
        let badge = cast::issue(Who::Learner, &claim);
        stage.write(&format!("{name}.json"), badge.credential.to_string());
        stage.write(&format!("{name}.tpa"), &typed.bytes);
    }
    let newcomer = stage.newcomer();
    newcomer
        .runs("verify {dir}/noted.json --log {dir}/noted.tpa --now 2026-12-01")
        .prints("evidence   yes")
        .prints(&format!("every figure follows from it; but {NOTED}\n"))
        .exits(3);
    newcomer
        .runs("verify {dir}/noted.json --log {dir}/noted.tpa --now 2026-12-01 --json")
        .prints(r#""code": "evidence-remarks""#)
        .exits(3);
    // The badge says it without its log, too.
    newcomer
        .runs("verify {dir}/noted.json --now 2026-12-01")
        .prints("evidence   not checked")
        .prints("Noted by the program: 12 characters came at the same moment, as from a program and not from a hand.")
        .prints("Noted by the program: characters were there before the text was on the screen: 3.")
        .prints("Noted by the program: the computer's date and time were changed by 3600 seconds while it ran.")
        .exits(3);
    newcomer
        .runs("verify {dir}/plain.json --log {dir}/plain.tpa --now 2026-12-01")
        .prints("every figure follows from it\n")
        .exits(3);
    // A log that says less than was seen is another log.
    newcomer
        .runs("verify {dir}/noted.json --log {dir}/plain.tpa --now 2026-12-01")
        .prints("is not the one that the badge names")
        .exits(1);
}

#[test]
fn what_was_altered_or_cut_is_refused() {
    let stage = Stage::new();
    let holder = stage.holder();
    holder.runs("verify {json} --now 2024-01-31").prints("it is not valid before").exits(1);
    holder.runs("verify {json} --now 2099-01-31T12:00:00+01:00").prints("it expired on").exits(1);
    holder
        .runs("verify {dir}/altered.json")
        .prints("Not valid")
        .prints("integrity  no")
        .prints("not to be relied on")
        .prints("Bob Lovelace")
        .exits(1);
    holder
        .runs("verify {dir}/altered.json --json")
        .prints(r#""outcome": "refused""#)
        .prints(r#""answer": "no""#)
        .exits(1);
    holder.runs("verify {dir}/twice.json").prints("Not valid").prints("twice").exits(1);
    holder.runs("verify {dir}/cut.json").prints("Not valid").exits(1);
    holder.runs("verify {dir}/array.json").prints("Cannot tell").exits(1);
    holder
        .runs("verify {dir}/large.json")
        .prints("Cannot tell")
        .prints("more than the 524288 that are read")
        .exits(1);
    holder.runs("verify {flipped}").prints("Not valid").exits(1);
    holder.runs("verify {short}").prints("Not valid").prints("cut off at: signature").exits(1);
    // As many digits as a badge has, and no badge.
    let digits = format!("verify {}", "12345".repeat(20));
    holder.runs(&digits).prints("Not valid: the badge code is of format").exits(1);
    holder.runs("verify -").complains("there is no badge in this text").exits(1);
    holder
        .runs("verify {nofragment}")
        .complains("nothing is ever fetched")
        .complains("give the file")
        .exits(1);
}

#[test]
fn the_badge_is_read_from_pictures_that_hold_one() {
    let stage = Stage::new();
    let holder = stage.holder();
    holder.runs("verify {dir}/huge.png").complains("larger than 16777216 bytes").exits(1);
    holder
        .runs("verify {png} --holder 'Ada Lovelace'")
        .prints("you issued it yourself")
        .prints("integrity  yes")
        .prints("holder     yes")
        .exits(3);
    holder
        .runs("verify {svg} --log {tpa}")
        .prints("you issued it yourself")
        .prints("integrity  yes")
        .prints("evidence   yes")
        .exits(3);
    holder
        .runs("verify {code}")
        .prints("Cannot tell: this picture holds no badge")
        .prints("integrity  not checked")
        .prints("standing   not checked")
        .exits(1);
    holder
        .runs("verify {dir}/plain.png")
        .prints("Cannot tell: this picture holds no badge")
        .prints("Scan its code with a phone, or give the badge's own file")
        .exits(1);
    holder
        .runs("verify {dir}/plain.png --json")
        .prints(r#""outcome": "cannot-tell""#)
        .prints(r#""facts": null"#)
        .prints("this picture holds no badge")
        .exits(1);
    holder
        .runs("verify {dir}/photo.jpg")
        .prints("Cannot tell: this is a JPEG picture")
        .prints("ask for the .json file")
        .exits(1);
    holder.runs("verify {dir}/baked.png").prints("you issued it yourself").exits(3);
    holder.runs("verify {dir}/baked.svg").prints("you issued it yourself").exits(3);
    holder.runs("verify {dir}/altered.svg").prints("Not valid").prints(": it does not fit").exits(1);
    holder
        .runs("verify {dir}/cut.png")
        .prints("Not valid: the PNG picture is not all there")
        .prints("integrity  no")
        .exits(1);
}

/// A picture that shows something else than its badge says is named, and no answer changes for it.
#[test]
fn a_picture_is_compared_with_the_badge_in_it() {
    let stage = Stage::new();
    let svg = fs::read_to_string(stage.named("svg")).unwrap();
    stage.write("laid.svg", svg.replace("</svg>", "<rect width=\"600\" height=\"300\"/></svg>"));
    stage.write("unmarked.svg", svg.replace("id=\"drawing-3\"", "id=\"x\""));
    let holder = stage.holder();
    for picture in ["{png}", "{svg}"] {
        holder
            .runs(&format!("verify {picture}"))
            .prints("The picture shows what the badge's data say; only the data are signed")
            .exits(3);
    }
    holder
        .runs("verify {dir}/laid.svg")
        .prints("Unchanged and in force, but you issued it yourself")
        .prints("The picture does not show what the badge's data say: only the data are signed")
        .prints("integrity  yes")
        .prints("standing   yes")
        .exits(3);
    holder
        .runs("verify {dir}/laid.svg --json")
        .prints(r#""drawing": "the picture does not show what the badge's data say"#)
        .prints(r#""drawing_code": "drawing-differs""#)
        .exits(3);
    for other in ["unmarked.svg", "baked.png", "baked.svg"] {
        holder
            .runs(&format!("verify {{dir}}/{other} --json"))
            .prints(r#""drawing": "only the data in this file are signed"#)
            .prints(r#""drawing_code": "drawing-unsigned""#)
            .exits(3);
    }
    holder
        .runs("verify {dir}/altered.svg --json")
        .prints(r#""outcome": "refused""#)
        .prints(r#""drawing_code": "drawing-unsigned""#)
        .exits(1);
    holder
        .runs("verify {json} --json")
        .prints(r#""drawing": null"#)
        .prints(r#""drawing_code": null"#)
        .exits(3);
}

#[test]
fn a_badge_with_a_place_in_a_list_of_revoked_badges_needs_that_list() {
    let stage = Stage::new().with_status_lists();
    let holder = stage.holder();
    holder
        .runs("verify {dir}/revocable.json --trust {dir}/college --now 2026-12-01")
        .prints("Cannot tell: it names the list of revoked badges at https://college.example.org/status")
        .prints("--status-list FILE")
        .exits(1);
    holder
        .runs(
            "verify {dir}/revocable.json --trust {dir}/college --now 2026-12-01 --status-list \
        {dir}/free.json",
        )
        .prints("Valid")
        .prints(
            "in force until 2029-11-20; not revoked in its issuer's list of \
        2026-11-29",
        )
        .exits(0);
    holder.runs("verify {dir}/revocable.json --trust {dir}/college --now 2026-12-01 --status-list {dir}/free.json \
        --status-list {dir}/revoked.json").prints("Not valid: it was revoked by its issuer, as the list of \
        2026-11-29 says").exits(1);
    holder
        .runs(
            "verify {dir}/revocable.json --trust {dir}/college --now 2027-01-01 --status-list \
        {dir}/free.json",
        )
        .prints(
            "Cannot tell: the list of revoked badges that was given ran out on \
        2026-12-31",
        )
        .exits(1);
    holder
        .runs("verify {dir}/revocable.json --status-list {dir}/forged.json")
        .complains("forged.json cannot be used as a list of revoked badges: its signatures do not hold")
        .exits(2);
    holder
        .runs("verify {dir}/revocable.json --status-list {json}")
        .complains("cannot be used as a list of revoked badges: it is not a list of revoked badges that can be read here")
        .exits(2);
    holder
        .runs("verify {dir}/revocable.json --status-list {dir}/nowhere.json")
        .complains("no such file: {dir}/nowhere.json")
        .exits(2);
}

#[test]
fn what_is_no_badge_is_named() {
    let stage = Stage::new();
    let holder = stage.holder();
    holder.runs("verify {tpa}").complains("there is no badge in this file").exits(1);
    holder.runs("verify https://ada@issuer.example/v#{token}").complains("the host of this address").exits(1);
    holder.runs("verify").complains("FILE|DIR|URL|TOKEN").exits(2);
    holder.runs("verify ''").complains("nothing was given to verify").exits(2);
    holder.runs(r#"verify "''""#).complains("nothing was given to verify").exits(2);
    holder.runs("verify ~/nothing.json").complains("no such file: {dir}/nothing.json").exits(2);
    holder.runs(r#"verify '{"type"'"#).prints("Not valid").exits(1);
    holder.runs("verify {dir}/nothing.json").complains("no such file: {dir}/nothing.json").exits(2);
    holder
        .runs("verify {json} --log {dir}")
        .complains("could not be read: it is a folder, not a file;")
        .exits(2);
}

/// Also where a name could be read as bytes in base64url, or as digits.
#[test]
fn a_name_of_no_file_is_no_such_file() {
    let stage = Stage::new();
    let holder = stage.holder();
    let neither = "no such file, and not a badge's link or token either: ";
    holder.runs("verify nope").complains(neither).complains("\"nope\"").exits(2);
    holder.runs("verify nope --json").complains(neither).exits(2);
    holder.runs("verify 1234").complains(neither).exits(2);
    holder.runs("verify 12345").complains(neither).exits(2);
    holder.runs("verify badge").complains(neither).exits(2);
    holder.runs("verify 'my badge'").complains(neither).exits(2);
    holder.runs("verify --log {tpa} nope").complains(neither).exits(2);
    holder.runs("verify nowhere/nope").complains("no such file: nowhere/nope").exits(2);
    holder.runs("verify nope.png").complains("no such file: nope.png").exits(2);
    holder.runs("verify {json}/nope").complains("a part of its path is no folder").exits(2);
}

/// What `badge share` prints is verified as a whole, from a file, from standard input or as an argument; and what holds no
/// badge is said to hold none.
#[test]
fn shared_texts_are_read_as_a_whole() {
    let stage = Stage::new();
    let holder = stage.holder();
    holder.runs("badge export {badge} --all-formats --to {dir}/shared").complains("no link").exits(0);
    let folder = Path::new(&stage.fill("{dir}")).join("shared");
    for ending in [".share.txt", ".md", ".html", ".txt"] {
        let files = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
        let file = files.into_iter().find(|file| file.to_str().unwrap().ends_with(ending)).unwrap();
        let text = fs::read_to_string(&file).unwrap();
        holder.runs(&format!("verify {}", file.display())).prints("you issued it yourself").exits(3);
        holder.runs("verify -").given(&text).prints("you issued it yourself").exits(3);
        if !text.contains('\'') {
            holder.runs(&format!("verify '{text}'")).prints("you issued it yourself").exits(3);
        }
    }
    let long = "a word. ".repeat(80);
    holder
        .runs(&format!("verify '{long}'"))
        .complains("there is no badge in this text")
        .lacks("too long")
        .exits(1);
    for (text, says) in [
        ("hostname-of-a-machine\n", "there is no badge in this text: give a badge's file"),
        (
            "# a comment\nHOME_URL=https://www.debian.org/\n",
            "there is no badge in this text: give a badge's file",
        ),
        ("localhost\n", "there is no badge in this text: give a badge's file"),
    ] {
        holder.runs("verify -").given(text).complains(says).lacks("base64").exits(1);
    }
}

#[test]
fn options_that_lead_nowhere_are_wrong_usage() {
    let stage = Stage::new();
    let holder = stage.holder();
    holder
        .runs("verify {json} --log {dir}/nothing.tpa")
        .complains("no such file: {dir}/nothing.tpa")
        .exits(2);
    holder
        .runs("verify {json} --did-doc {dir}/nowhere.json")
        .complains("no such file: {dir}/nowhere.json")
        .exits(2);
    holder.runs("verify {json} --trust {dir}/nowhere").complains("no such folder").exits(2);
    holder.runs("verify {json} --now yesterday").complains("expected a day like 2026-01-31").exits(2);
    holder
        .runs("verify {json} --did-doc {dir}/text.txt")
        .complains("is not an issuer's document with its keys (did.json)")
        .exits(2);
}

#[test]
fn a_control_character_in_a_badge_reaches_no_terminal() {
    let stage = Stage::new();
    let text = fs::read_to_string(stage.named("json")).unwrap();
    stage.write("escape.json", text.replace("Ada Lovelace", "Ada\\u001b[31m\\u009b2J\\u202eLovelace"));
    for line in ["verify {dir}/escape.json", "verify {dir}/escape.json --json"] {
        let (status, shown) = stage.holder().runs(line).says();
        assert_eq!(status, 1);
        assert!(!shown.contains(['\u{1b}', '\u{9b}', '\u{202e}']), "{shown:?}");
    }
}

#[test]
fn the_answers_are_json_with_codes() {
    let stage = Stage::new();
    let verdict = stage.holder().runs("verify {json} --json --log {tpa}").json();
    assert_eq!(verdict["outcome"], "unproven");
    assert_eq!(verdict["verdict"]["evidence"]["answer"], "yes");
    assert_eq!(verdict["verdict"]["holder"]["answer"], "not-checked");
    assert_eq!(verdict["verdict"]["holder"]["code"], "holder-compare");
    assert!(verdict["verdict"]["holder"]["parameters"]["name"].is_string(), "{verdict}");
    assert_eq!(verdict["code"], "issuer-yourself");
    assert_eq!(verdict["verdict"]["issuer"]["code"], verdict["code"]);
}
