//! `typeproof issuer` with an organisation, `typeproof badge request`, and `typeproof review`: a learner sends a test in, and a
//! college signs what it recomputed.

use std::fs;

use data_encoding::BASE64;
use serde_json::{Value, json};
use typeproof::badge::verify::summary::Summary;

use crate::support::stage::Stage;

const COLLEGE: &str = "issuer new --name 'Example College' --url https://college.example --email office@college.example \
    --passphrase-stdin";
const ACCEPT: &str = "review {dir}/ada.tprr --accept --reviewer 'Ann Lee' --passphrase-stdin";
const SECRET: &str = "battery-staple\n";

/// Ada's request lies in the folder, and the newcomer has a college.
fn stage() -> Stage {
    let stage = Stage::new();
    stage.holder().runs("badge request {badge} --to {dir}/ada.tprr").prints("ada.tprr").exits(0);
    stage.newcomer().runs(COLLEGE).given(SECRET).prints("Example College (example-college)").exits(0);
    stage
}

fn request(stage: &Stage) -> Value {
    serde_json::from_str(&fs::read_to_string(stage.home("ada.tprr")).unwrap()).unwrap()
}

/// The one badge that the newcomer has.
fn signed(stage: &Stage) -> Value {
    let dir = fs::read_dir(stage.home("newcomer/badges")).unwrap();
    let mut files =
        dir.map(|entry| entry.unwrap().path()).filter(|path| path.extension().is_some_and(|e| e == "json"));
    let (file, none) = (files.next().unwrap(), files.next());
    assert_eq!(none, None, "one badge");
    serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap()
}

#[test]
fn an_organisation_has_a_profile_and_a_key_of_its_own() {
    let stage = Stage::bare();
    let trainer = stage.newcomer();
    trainer.runs("issuer list").prints("No organisation yet").exits(0);
    trainer.runs("issuer show example-college").complains("there is no organisation").exits(2);
    trainer.runs("issuer new --url https://college.example").complains("--name").exits(2);
    trainer.runs("issuer new --name 'Example College'").complains("--passphrase-stdin").exits(2);
    trainer
        .runs("issuer new --name typeproof --passphrase-stdin")
        .given(SECRET)
        .complains("this program's own")
        .exits(1);
    trainer
        .runs("issuer new --name Εταιρία --passphrase-stdin")
        .given(SECRET)
        .complains("--id college")
        .exits(2);
    trainer
        .runs("issuer new --name 'Example College' --passphrase-stdin")
        .given("\n")
        .complains("empty")
        .exits(1);
    let odd = "issuer new --name 'Example College' --url college.example --passphrase-stdin";
    trainer.runs(odd).given(SECRET).complains("https://").exits(1);
    let odd = "issuer new --name 'Example College' --email nobody --passphrase-stdin";
    trainer.runs(odd).given(SECRET).complains("e-mail address").exits(1);
    assert!(!stage.home("newcomer/keys").exists(), "a profile that cannot be one makes no key");
    trainer.runs(COLLEGE).given(SECRET).prints("did:key:z6Mk").prints("encrypted with a passphrase").exits(0);
    trainer.runs(COLLEGE).given(SECRET).complains("it is not overwritten").exits(1);
    trainer
        .runs("issuer list")
        .prints("example-college")
        .prints("Example College")
        .prints("version 1")
        .exits(0);
    trainer
        .runs("issuer show example-college")
        .prints("office@college.example")
        .prints("https://college.example")
        .exits(0);
    trainer.runs("issuer show").complains("there is no issuer key").exits(1);
    trainer.runs("issuer edit example-college").complains("nothing is changed").exits(2);
    trainer
        .runs("issuer edit example-college --url https://college.example/typing")
        .prints("version")
        .exits(0);
    trainer.runs("issuer list --json").prints(r#""version": 2"#).exits(0);
    trainer
        .runs("issuer export example-college --format toml")
        .prints(r#"name = "Example College""#)
        .prints("[[former]]")
        .prints(r#"highest_assurance = "proctored""#)
        .exits(0);
    trainer
        .runs("issuer export example-college --format toml --name Other")
        .complains("issuer edit")
        .exits(2);
    trainer.runs("issuer new").prints("issuer.pem").prints("not encrypted").exits(0);
}

#[test]
fn what_holds_is_signed_for_the_college_and_believed_as_far_as_granted() {
    let stage = stage();
    let trainer = stage.newcomer();
    let note = "review {dir}/ada.tprr --accept --reviewer 'Ann Lee' --title Teacher --note 'Steady.' --passphrase-stdin";
    trainer
        .runs(note)
        .given(SECRET)
        .prints("Ada Lovelace: Typing 40 WPM")
        .prints("recomputed and the same")
        .prints("Pasted")
        .prints("Pauses")
        .prints("reviewed by Ann Lee for Example College")
        .exits(0);
    let badge = signed(&stage);
    assert_eq!(badge["issuer"]["name"], "Example College");
    assert_eq!(badge["issuer"]["email"], "office@college.example");
    let summary = Summary::of(&badge);
    let review = summary.supervised.as_ref().and_then(|said| said.review()).unwrap();
    assert_eq!((review.reviewer.as_str(), summary.holder[0].as_str()), ("Ann Lee", "Ada Lovelace"));
    assert_eq!(summary.assurance.as_deref(), Some("reviewed"));
    stage.write("reviewed.json", badge.to_string());
    let text = trainer.runs("issuer export example-college --format toml").says().1;
    stage.write("college.toml", text);
    let employer = stage.employer();
    employer
        .runs("verify {dir}/reviewed.json --log {tpa}")
        .prints("Ann Lee")
        .lacks("issued it yourself")
        .exits(3);
    employer.runs("trust add {dir}/college.toml").prints("up to self-assessed").exits(0);
    employer.runs("verify {dir}/reviewed.json").prints("Not valid").exits(1);
    employer.runs("trust remove 'Example College'").exits(0);
    employer.runs("trust add {dir}/college.toml --highest reviewed").exits(0);
    employer
        .runs("verify {dir}/reviewed.json --log {tpa} --holder 'Ada Lovelace'")
        .prints("Valid:")
        .prints("Example College")
        .prints("Ann Lee, Teacher")
        .exits(0);
}

#[test]
fn codes_of_an_earlier_profile_are_still_read() {
    let stage = stage();
    let trainer = stage.newcomer();
    trainer.runs(ACCEPT).given(SECRET).exits(0);
    trainer
        .runs("issuer edit example-college --name 'Example University'")
        .prints("Example University")
        .exits(0);
    let text = trainer.runs("issuer export example-college --format toml").says().1;
    stage.write("college.toml", text);
    let dir = fs::read_dir(stage.home("newcomer/badges")).unwrap();
    let mut links =
        dir.map(|entry| entry.unwrap().path()).filter(|path| path.extension().is_some_and(|e| e == "txt"));
    fs::copy(links.next().unwrap(), stage.home("code.txt")).unwrap();
    let employer = stage.employer();
    employer.runs("verify {dir}/code.txt").complains("").exits(1);
    employer.runs("trust add {dir}/college.toml --highest reviewed").prints("Example University").exits(0);
    employer.runs("verify {dir}/code.txt").prints("Valid:").exits(0);
}

/// Requests that were changed, each with a part of what is said.
fn altered(request: &Value) -> Vec<(&'static str, Value, &'static str)> {
    let with = |pointer: &str, value: Value| {
        let mut changed = request.clone();
        *changed.pointer_mut(pointer).unwrap() = value;
        changed
    };
    let result =
        |at: usize, value: &str| with(&format!("/badge/credentialSubject/result/{at}/value"), json!(value));
    let mut attempt = BASE64.decode(request["attempt"].as_str().unwrap().as_bytes()).unwrap();
    let end = attempt.len() - 1;
    attempt[end] ^= 1;
    let more = {
        let mut changed = request.clone();
        changed["note"] = json!("please");
        changed
    };
    let without = |name: &str| {
        let mut changed = request.clone();
        changed.as_object_mut().unwrap().shift_remove(name);
        changed
    };
    vec![
        ("a faster speed", result(0, "99.00"), "does not hold"),
        ("fewer errors", result(3, "0.5"), "does not hold"),
        (
            "another name",
            with("/badge/credentialSubject/identifier/0/identityHash", json!("Eve")),
            "does not hold",
        ),
        ("another day", with("/badge/validFrom", json!("2026-11-01T00:00:00Z")), "does not hold"),
        ("no signature", with("/badge/proof", json!([])), "does not hold"),
        ("an altered attempt", with("/attempt", json!(BASE64.encode(&attempt))), "does not hold"),
        ("no attempt", without("attempt"), "no request for a review"),
        ("no badge", without("badge"), "no request for a review"),
        ("no base64", with("/attempt", json!("***")), "its attempt is no base64"),
        ("another form", with("/request", json!("typeproof review request 2")), "of another version"),
        ("more members", more, "other members"),
        ("a list", json!([request]), "no request for a review"),
    ]
}

#[test]
fn what_was_altered_or_differs_is_refused_and_nothing_is_signed() {
    let stage = stage();
    let trainer = stage.newcomer();
    let request = request(&stage);
    for (what, changed, why) in altered(&request) {
        stage.write("ada.tprr", changed.to_string());
        let (status, text) = trainer.runs(ACCEPT).given(SECRET).says();
        assert!(status == 1 && text.contains("refused: ") && text.contains(why), "{what}: {status} {text}");
    }
    fs::copy(stage.named("other"), stage.home("other.tpa")).unwrap();
    let other = BASE64.encode(&fs::read(stage.home("other.tpa")).unwrap());
    stage.write(
        "ada.tprr",
        json!({"request": request["request"], "badge": request["badge"], "attempt": other}).to_string(),
    );
    trainer.runs(ACCEPT).given(SECRET).prints("refused: ").exits(1);
    stage.write("ada.tprr", request.to_string());
    trainer.runs(ACCEPT).given("tin-opener\n").complains("is not the passphrase").exits(1);
    trainer
        .runs("review {dir}/ada.tprr --accept --passphrase-stdin")
        .given(SECRET)
        .complains("--reviewer")
        .exits(2);
    let oneself = "review {dir}/ada.tprr --accept --reviewer 'ada  lovelace' --passphrase-stdin";
    trainer.runs(oneself).given(SECRET).prints("nobody reviews their own test").exits(1);
    trainer.runs("review {dir}/ada.tprr --reviewer 'Ann Lee'").complains("--accept").exits(2);
    let long = "review {dir}/ada.tprr --accept --reviewer 'Ann Lee' --note '{long}' --passphrase-stdin";
    let long = long.replace("{long}", &"a".repeat(101));
    trainer.runs(&long).given(SECRET).complains("--note").exits(2);
    trainer
        .runs("review {dir}/nothing.tprr --accept --reviewer 'Ann Lee' --passphrase-stdin")
        .given(SECRET)
        .complains("no such file")
        .exits(2);
    trainer
        .runs("review {dir}/strangers --accept --reviewer 'Ann Lee' --passphrase-stdin")
        .complains("no request")
        .exits(2);
    stage
        .employer()
        .runs("review {dir}/ada.tprr --accept --reviewer 'Ann Lee'")
        .complains("issuer new --name")
        .exits(2);
    assert!(!stage.home("newcomer/badges").exists(), "nothing was signed");
}

#[test]
fn a_folder_is_reviewed_file_by_file_and_what_is_reviewed_is_not_reviewed_again() {
    let stage = stage();
    let trainer = stage.newcomer();
    fs::create_dir(stage.home("requests")).unwrap();
    fs::copy(stage.home("ada.tprr"), stage.home("requests/a.tprr")).unwrap();
    stage.write("requests/b.tprr", "{}");
    stage.write("requests/notes.txt", "no request");
    let all = "review {dir}/requests --accept --reviewer 'Ann Lee' --passphrase-stdin --to {dir}/signed";
    trainer.runs(all).given(SECRET).prints("reviewed by Ann Lee").prints("refused: ").exits(1);
    let badge = signed(&stage);
    let attempt = request(&stage)["attempt"].clone();
    stage.write(
        "ada.tprr",
        json!({"request": "typeproof review request 1", "badge": badge, "attempt": attempt}).to_string(),
    );
    trainer.runs(ACCEPT).given(SECRET).prints("\"reviewed\" already").exits(1);
    stage.holder().runs("badge request nothing").complains("there is no badge").exits(2);
}
