//! `typeproof site`: the verification page.

use crate::support::stage::Stage;

/// One story: every sentence starts from what the one before left.
#[test]
fn a_site_is_built_and_built_again() {
    let stage = Stage::new();
    let holder = stage.holder();
    holder.runs("site build {dir}/site").prints("wrote  {dir}/site/index.html").prints("No badge is hosted: --badge ID chooses one.").prints("The page trusts nobody, so it calls no badge valid: give --issuer FILE.toml, or add issuers with `typeproof trust add`.").exits(0);
    holder.runs("site build {dir}/site --badge {badge} --url https://example.org/v/ --issuer {dir}/stranger.toml --highest proctored").prints("wrote  {dir}/site/b/{badge}.html").prints("Hosted, with the holder's name for everyone to see:").prints("Ada Lovelace").prints("https://example.org/v/b/{badge}.html").prints("The page trusts:").prints("A Stranger").prints("up to proctored").prints("{stranger}").complains(r#"visitors cannot see whether the page is the issuer's own: the file of "A Stranger" has no `url`, the address of the issuer's verification page"#).exits(0);
    holder.runs("site build {dir}/site --issuer {dir}/stranger.toml --highest proctored").prints("as is  {dir}/site/index.html").prints("still hosted, though not chosen this time: {dir}/site/b/{badge}.json (to withdraw it, delete this").complains(r#"visitors cannot see whether the page is the issuer's own: the file of "A Stranger" has no `url`, the address of the issuer's verification page"#).exits(0);
    holder
        .runs("site build {dir}/site --issuer {dir}/addressed.toml")
        .prints("up to self-assessed")
        .complains(
            r#"the file of "A Stranger" claims proctored, which is yours to grant: the page believes it up to self-assessed, unless you say --highest proctored"#,
        )
        .prints("The page trusts:")
        .prints("A Stranger")
        .prints("still hosted, though not chosen this time")
        .exits(0);
    holder
        .runs("site build {dir}/site --all-badges")
        .complains(
            "the pages of badges need the address at which the folder will be found: give --url ADDRESS",
        )
        .complains("Three ways to an address")
        .exits(2);
}

/// How far a page believes an issuer, its builder says.
#[test]
fn a_page_believes_an_issuer_as_far_as_its_builder_says() {
    let stage = Stage::new();
    let holder = stage.holder();
    let believed = |word: &str| {
        let issuers =
            std::fs::read_to_string(format!("{}/granted/issuers.json", stage.named("dir"))).unwrap();
        let found: Vec<_> = issuers.match_indices("\"highest\"").collect();
        assert!(
            found.len() == 1 && issuers.contains(&format!("\"highest\": \"{word}\"")),
            "{word}: {issuers}"
        );
    };
    let build = "site build {dir}/granted --issuer {dir}/addressed.toml";
    holder.runs(build).complains("claims proctored, which is yours to grant").exits(0);
    believed("self-assessed");
    holder.runs(&format!("{build} --highest reviewed")).prints("up to reviewed").exits(0);
    believed("reviewed");
    holder.runs(&format!("{build} --highest proctored")).prints("up to proctored").exits(0);
    believed("proctored");
    holder
        .runs(&format!("{build} --highest any"))
        .complains("expected self-assessed, reviewed or proctored")
        .exits(2);
    holder.runs("site build {dir}/granted --highest reviewed").complains("--issuer <FILE.toml>").exits(2);
    // What the user's own list says of an issuer is the user's word too.
    holder.runs("trust add {dir}/addressed.toml --highest reviewed").prints("up to reviewed").exits(0);
    holder.runs(build).complains("the page believes it up to reviewed").exits(0);
    believed("reviewed");
}

#[test]
fn a_site_is_not_built_where_it_does_harm() {
    let stage = Stage::new();
    let holder = stage.holder();
    holder.runs("site build {dir}/elsewhere --badge 0000").complains(r#"there is no badge "0000""#).exits(2);
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
        .complains("is not an issuer's document with its keys (did.json)")
        .exits(2);
    holder
        .runs("site build {dir}/elsewhere --did-doc {json}")
        .complains("lists no keys that sign badges (`assertionMethod`)")
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
