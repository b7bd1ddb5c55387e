//! `typeproof badge`: the badges that were issued.

use crate::support::stage::Stage;

#[test]
fn badges_are_listed_and_shown() {
    let stage = Stage::new();
    let newcomer = stage.newcomer();
    let holder = stage.holder();
    newcomer.runs("badge list").prints("No badges yet").exits(0);
    holder
        .runs("badge list")
        .prints("Typing 40 WPM at 95 % (1 minute)")
        .prints("self-assessed")
        .prints("Ada Lovelace")
        .exits(0);
    holder
        .runs("badge show {badge}")
        .prints("Ada Lovelace")
        .prints("{token}")
        .prints("These digits are the badge.")
        .prints(".png")
        .exits(0);
    holder
        .runs("badge show nothing")
        .complains(r#"there is no badge "nothing""#)
        .complains("typeproof badge list")
        .exits(2);
}

#[test]
fn a_badge_is_exported() {
    let stage = Stage::new();
    let holder = stage.holder();
    holder
        .runs("badge export {badge} --with-log --to {dir}/exported")
        .prints("exported/sprint-40-")
        .prints(".json")
        .prints(".tpa")
        .prints(".svg")
        .prints(".qr.png")
        .complains("these files carry the badge itself and no link")
        .exits(0);
    holder.runs("badge export {badge} --to {dir}/text.txt").complains("could not be").exits(1);
    holder.runs("badge export {badge}").complains("--to <DIR>").exits(2);
    holder
        .runs("badge export {badge} --all-formats --to {dir}/all")
        .prints(".json")
        .prints(".txt")
        .prints(".png")
        .prints(".svg")
        .prints(".pdf")
        .prints(".html")
        .prints(".md")
        .prints(".share.txt")
        .complains("these files carry the badge itself and no link")
        .exits(0);
    holder
        .runs("badge export {badge} --all-formats --with-log --paper letter --to {dir}/letter")
        .prints(".tpa")
        .prints(".pdf")
        .complains("these files carry the badge itself and no link")
        .exits(0);
    holder.runs("badge export {badge} --paper letter --to {dir}/letter").complains("--all-formats").exits(2);
    holder
        .runs("badge export {badge} --all-formats --paper a5 --to {dir}/all")
        .complains("invalid value 'a5'")
        .complains("[possible values: a4, letter]")
        .exits(2);
}

#[test]
fn a_badge_is_shared() {
    let stage = Stage::new();
    let holder = stage.holder();
    holder.runs("badge share {badge}").prints("LinkedIn").prints("https://www.linkedin.com/profile/add?startTask=CERTIFICATION_NAME&name=Typing%2040%20WPM").prints("VerifierPlus fetches a badge from a public https address, and `verify_url` in the settings is not one").prints("Plain text").prints("Ada Lovelace: Typing 40 WPM").prints("Self-assessed").prints("Markdown").prints("HTML").prints("<figcaption>").prints("There is no link yet that others can open").prints("Three ways to an address").prints("typeproof site build").prints("verify_url").exits(0);
    holder
        .runs("badge share {badge} --as linkedin")
        .prints("&organizationName=typeproof%20%28self-assessed%29&issueYear=20")
        .prints("&certId=")
        .complains("There is no link yet that others can open")
        .complains("typeproof site build")
        .exits(0);
    holder
        .runs("badge share {badge} --as html")
        .prints("<figure>")
        .prints("</figure>")
        .complains("There is no link yet that others can open")
        .exits(0);
    holder
        .runs("badge share {badge} --as verifierplus")
        .complains("VerifierPlus fetches a badge from a public https address")
        .complains("verify_url")
        .exits(1);
    holder
        .runs("badge share {badge} --as facebook")
        .complains("invalid value 'facebook'")
        .complains("linkedin, verifierplus, text, markdown, html")
        .exits(2);
    holder.runs("badge share nothing").complains(r#"there is no badge "nothing""#).exits(2);
}

#[test]
fn a_badge_is_issued_once_and_for_a_passed_level_alone() {
    let stage = Stage::new();
    let holder = stage.holder();
    holder
        .runs("badge issue {attempt}")
        .complains("has its badge already")
        .complains("typeproof badge show")
        .exits(1);
    holder.runs("badge issue {failed}").complains("the level was not passed").complains("WPM short").exits(1);
    holder.runs("badge issue {own}").complains("only levels have badges").exits(1);
    holder
        .runs("badge issue {unloaded}")
        .complains("the level own-trial-word (version 1) is not loaded")
        .complains("--lessons DIR")
        .exits(1);
    holder.runs("badge issue ffffffff").complains("there is no attempt").exits(2);
    holder.runs("badge issue {unissued} --name 'A {name}'").complains("brace").exits(2);
    holder.runs("badge issue {unissued} --name ' '").complains("--name").exits(2);
    holder
        .runs("badge issue {unissued} --name 'Augusta Ada King'")
        .prints("Augusta Ada King")
        .prints(".json")
        .exits(0);
    holder.runs("badge issue {unissued}").complains("has its badge already").exits(1);
}

#[test]
fn badges_are_json() {
    let stage = Stage::new();
    assert_eq!(stage.holder().runs("badge list --json").json()[0]["holder"], "Ada Lovelace");
}
