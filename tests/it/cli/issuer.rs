//! `typeproof issuer`: the key that signs.

use std::fs;

use crate::support::stage::Stage;

#[test]
fn a_key_is_made_once() {
    let stage = Stage::bare();
    let newcomer = stage.newcomer();
    newcomer
        .runs("issuer show")
        .complains("there is no issuer key")
        .complains("typeproof issuer new")
        .exits(1);
    newcomer.runs("issuer export").complains("there is no issuer key").exits(1);
    newcomer.runs("issuer new --passphrase-stdin").given("\n").complains("the passphrase is empty").exits(1);
    newcomer.runs("issuer new --passphrase --passphrase-stdin").complains("cannot be used with").exits(2);
    newcomer.runs("issuer new").prints("did:key:z6Mk").prints("issuer.pem").prints("not encrypted").exits(0);
    newcomer.runs("issuer new").complains("it is not overwritten").exits(1);
    newcomer.runs("issuer export --format toml").complains("give --name").exits(2);
}

#[test]
fn the_public_key_is_handed_out_in_every_form() {
    let stage = Stage::new();
    let holder = stage.holder();
    holder.runs("issuer export").prints("did:key:{key}\n").exits(0);
    holder.runs("issuer export --format multikey").prints("{key}\n").exits(0);
    holder.runs("issuer export --format pem").prints("-----BEGIN PUBLIC KEY-----").exits(0);
    holder
        .runs("issuer export --format toml --from 2024-01-01")
        .prints(r#"name = "Ada Lovelace""#)
        .prints(r#"key = "{key}""#)
        .prints("from = 2024-01-01")
        .prints(r#"highest_assurance = "self-assessed""#)
        .exits(0);
    holder.runs("issuer export --format toml --url example.org").complains("https://").exits(2);
    holder.runs("issuer export --format secret").complains("invalid value").exits(2);
}

#[test]
fn a_key_with_a_passphrase_is_made_and_signs_and_shows_nothing_of_it() {
    let stage = Stage::new();
    let holder = stage.holder();
    let home = stage.home("holder");
    fs::remove_dir_all(home.join("keys")).unwrap();
    let (status, text) = holder.runs("badge issue {unissued}").says();
    assert!(
        status == 1 && text.contains(&stage.fill("signed with a key that is gone (did:key:{key})")),
        "{text}"
    );
    assert!(text.contains("typeproof issuer new") && !home.join("keys").exists(), "{text}");
    let (status, text) = holder.runs("issuer new --passphrase-stdin").given("battery-staple\n").says();
    assert!(
        status == 0 && text.contains("encrypted with a passphrase") && !text.contains("staple"),
        "{text}"
    );
    let issue = holder.runs("badge issue {unissued} --passphrase-stdin");
    let (status, text) = issue.clone().given("tin-opener\n").says();
    assert!(status == 1 && text.contains("is not the passphrase") && !text.contains("opener"), "{text}");
    let (status, text) = issue.given("battery-staple\n").says();
    assert!(status == 0 && text.contains("Ada Lovelace") && !text.contains("staple"), "{text}");
    let pem = fs::read_to_string(home.join("keys/issuer.pem")).unwrap();
    assert!(pem.starts_with("-----BEGIN ENCRYPTED PRIVATE KEY-----"));
}
