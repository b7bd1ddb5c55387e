//! `typeproof trust`: an employer who knows nobody at first, and decides whom to believe.

use ed25519_dalek::SigningKey;
use typeproof::trust::multikey;

use crate::support::stage::Stage;

/// One story: every sentence starts from what the one before left.
#[test]
fn an_employer_decides_whom_to_believe() {
    let stage = Stage::new();
    let employer = stage.employer();
    employer
        .runs("verify {json}")
        .prints("its issuer is not on the list of trusted issuers")
        .prints(r#"calls itself "Ada Lovelace""#)
        .prints("{key}")
        .exits(3);
    employer
        .runs("verify {json} --trust {dir}/strangers")
        .prints("its issuer is not on the list of trusted issuers")
        .exits(3);
    employer.runs("trust list").prints("You trust no issuer yet").exits(0);
    employer.runs("trust add {key}").complains("give --name").exits(2);
    employer.runs("trust add did:key:z6MkjunkKey").complains("this key is refused").exits(1);
    employer.runs("trust add {dir}/text.txt").complains("text.txt, line 1").exits(1);
    employer.runs("trust add {dir}/nothing.toml").complains("no such file: {dir}/nothing.toml").exits(2);
    employer.runs("trust add nobody").complains("no such file: nobody").exits(2);
    employer.runs("trust add {dir}/strangers").complains("it is a folder, not a file").exits(2);
    employer.runs("trust add {dir}/weak.toml").complains("weak.toml, line 2").exits(1);
    employer
        .runs("trust add {dir}/stranger.toml --name 'Somebody Else'")
        .complains("leave --name out")
        .exits(2);
    employer
        .runs("trust add {key} --name Ada --highest perfect")
        .complains("self-assessed, reviewed or proctored")
        .exits(2);
    employer.runs("trust add {key} --name Ada --url ftp://example.org").complains("https://").exits(2);
    employer
        .runs(r#"trust add did:key:{key} --name "Ada's own" --from 2024-01-01"#)
        .prints("Ada's own is trusted from 2024-01-01, up to self-assessed")
        .exits(0);
    employer
        .runs("trust add {key} --name Another")
        .complains(r#"on your list already, as "Ada's own""#)
        .exits(1);
    employer.runs("verify {json}").prints("Valid: unchanged and in force; ").exits(0);
    employer
        .runs("verify {url} --log {tpa} --holder 'Ada Lovelace'")
        .prints("evidence   yes")
        .prints("holder     yes")
        .exits(0);
    employer.runs("verify {dir}/altered.json").prints("Not valid").exits(1);
    employer.runs("verify {json} --now 2099-01-01").prints("it expired on").exits(1);
    employer
        .runs("trust add {dir}/stranger.toml")
        .prints("The file asks to be believed up to proctored, and only you can grant that")
        .prints("A Stranger is trusted from 2024-01-01, up to self-assessed")
        .prints("--highest")
        .exits(0);
    employer.runs("trust remove 'A Stranger'").prints("A Stranger is no longer trusted.").exits(0);
    employer
        .runs("trust add {dir}/stranger.toml --highest proctored")
        .prints("A Stranger is trusted from 2024-01-01, up to proctored")
        .exits(0);
    employer
        .runs("trust add {dir}/namesake.toml")
        .complains(r#""A Stranger" is on your list already with another key, {stranger}"#)
        .complains("or mark it retired")
        .exits(1);
    let unlisted = multikey::encode(&SigningKey::from_bytes(&[77; 32]).verifying_key());
    for name in ["А Strаngеr", "a stranger", "Ａ Ｓｔｒａｎｇｅｒ", "A\u{a0}Stranger.", "A StrangeR"]
    {
        employer
            .runs(&format!("trust add {unlisted} --name '{name}'"))
            .complains("if it is another, give it a name that tells them apart")
            .exits(1);
    }
    for name in ["yourself", "уоurѕеlf", "typeproof", "ТуреРrооf Ltd", "type-proof", "you"] {
        employer
            .runs(&format!("trust add {unlisted} --name '{name}'"))
            .complains("looks like this program's own, or like what it calls you")
            .exits(1);
    }
    employer.runs("trust add {dir}/compromised.toml --highest reviewed").prints("Leaky College").exits(0);
    employer
        .runs("trust add {dir}/mended.toml")
        .complains(r#"is known as that of "Leaky College", compromised 2026-01-01"#)
        .complains("no file can make it good again")
        .exits(1);
    employer
        .runs("verify {json} --trust {dir}/twofold")
        .complains("describe the same key; the second, which is stricter, decides")
        .exits(3);
    employer.runs("trust remove 'Leaky College'").exits(0);
    employer
        .runs("trust list")
        .prints("Ada's own")
        .prints("A Stranger")
        .prints("{stranger}")
        .prints("in use")
        .exits(0);
    employer.runs("trust remove Nobody").complains(r#"no issuer is called "Nobody""#).exits(2);
    employer.runs(r#"trust remove "Ada's own""#).prints("Ada's own is no longer trusted.").exits(0);
    employer.runs("trust remove did:key:{stranger}").prints("A Stranger is no longer trusted.").exits(0);
    employer.runs("verify {json}").prints("its issuer is not on the list of trusted issuers").exits(3);
}

#[test]
fn ones_own_key_is_nobody_else() {
    let stage = Stage::new();
    let holder = stage.holder();
    holder.runs("trust add {key} --name Myself").complains("this is your own key").exits(1);
    holder.runs("trust list").prints("Yourself: {key}").exits(0);
}
