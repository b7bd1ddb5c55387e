//! `typeproof site`: the verification page.

use crate::support::stage::Stage;

/// One story: every sentence starts from what the one before left.
#[test]
fn a_site_is_built_and_built_again() {
    let stage = Stage::new();
    let holder = stage.holder();
    holder.runs("site build {dir}/site").prints("wrote  {dir}/site/index.html").prints("No badge is hosted: --badge ID chooses one.").prints("The page trusts nobody, so it calls no badge valid: give --issuer FILE.toml, or add issuers with `typeproof trust add`.").exits(0);
    holder.runs("site build {dir}/site --badge {badge} --url https://example.org/v/ --issuer {dir}/stranger.toml").prints("wrote  {dir}/site/b/{badge}.html").prints("Hosted, with the holder's name for everyone to see:").prints("Ada Lovelace").prints("https://example.org/v/b/{badge}.html").prints("The page trusts:").prints("A Stranger").prints("up to proctored").prints("{stranger}").complains(r#"visitors cannot see whether the page is the issuer's own: no `url` stands in the file of "A Stranger" (the address of that issuer's verification page"#).exits(0);
    holder.runs("site build {dir}/site --issuer {dir}/stranger.toml").prints("as is  {dir}/site/index.html").prints("still hosted, though not chosen now: {dir}/site/b/{badge}.json (to withdraw it, delete this").complains(r#"visitors cannot see whether the page is the issuer's own: no `url` stands in the file of "A Stranger" (the address of that issuer's verification page"#).exits(0);
    holder
        .runs("site build {dir}/site --issuer {dir}/addressed.toml")
        .prints("The page trusts:")
        .prints("A Stranger")
        .prints("still hosted, though not chosen now")
        .exits(0);
    holder
        .runs("site build {dir}/site --all-badges")
        .complains(
            "the pages of badges need the address at which the folder will be found: give --url ADDRESS",
        )
        .complains("Three ways to an address")
        .exits(2);
}

#[test]
fn a_site_is_not_built_where_it_does_harm() {
    let stage = Stage::new();
    let holder = stage.holder();
    holder.runs("site build {dir}/elsewhere --badge 0000").complains(r#"there is no badge "0000""#).exits(1);
    holder
        .runs("site build {dir}/elsewhere --badge {badge} --all-badges")
        .complains("cannot be used with")
        .exits(2);
    holder
        .runs("site build {dir}/elsewhere --url example.org")
        .complains("expected an address like https://example.org/v/")
        .exits(2);
    holder
        .runs("site build {dir}/elsewhere --issuer {dir}/nothing.toml")
        .complains("no such file: {dir}/nothing.toml")
        .exits(2);
    holder
        .runs("site build {dir}/elsewhere --did-doc {dir}/nothing.json")
        .complains("no such file: {dir}/nothing.json")
        .exits(2);
    holder
        .runs("site build {dir}/elsewhere --status-list {dir}/nothing.json")
        .complains("no such file: {dir}/nothing.json")
        .exits(2);
    holder
        .runs("site build {dir}/elsewhere --issuer {dir}/weak.toml")
        .complains("weak.toml, line 2")
        .exits(1);
    holder
        .runs("site build {dir}/elsewhere --did-doc {dir}/text.txt")
        .complains("is no DID document")
        .exits(2);
    holder
        .runs("site build {dir}/elsewhere --did-doc {json}")
        .complains("lists no `assertionMethod`")
        .exits(2);
    holder
        .runs("site build {dir}")
        .complains("where keys and history are, or holds it: choose a folder of its own")
        .exits(1);
    holder.runs("site build {dir}/holder/badges").complains("where keys and history are").exits(1);
    holder.runs("site build {dir}/text.txt").complains("text.txt").exits(1);
    holder.runs("site").complains("Usage: typeproof site").exits(2);
    holder.runs("site serve {dir}/elsewhere").complains("no such folder: {dir}/elsewhere").exits(2);
    holder.runs("site serve {dir}/text.txt").complains("no such folder: {dir}/text.txt").exits(2);
    holder
        .runs("site serve {dir}/strangers")
        .complains(
            "{dir}/strangers holds no verification page: `typeproof site build {dir}/strangers` writes one",
        )
        .exits(1);
    let no_name = "expected the name of a host";
    holder.runs("site serve {dir}/site --host badges.example.org:80").complains(no_name).exits(2);
    holder.runs("site serve {dir}/site --host http://badges.example.org").complains(no_name).exits(2);
    holder.runs("site serve {dir}/site --host ''").complains(no_name).exits(2);
    holder
        .runs("site serve {dir}/site --listen localhost")
        .complains("expected an address and a port like 127.0.0.1:8520")
        .exits(2);
}
