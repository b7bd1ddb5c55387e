//! Several keys on the command line: those of one's own, and those of an issuer.

use std::fs;

use ed25519_dalek::SigningKey;
use serde_json::Value;
use tempfile::TempDir;
use typeproof::desk::Desk;
use typeproof::keyring::KeyId;
use typeproof::store::paths::Paths;
use typeproof::trust::multikey;
use zeroize::Zeroizing;

use crate::support::sentence::program;

struct Home(TempDir);

impl Home {
    fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    fn desk(&self) -> Desk {
        Desk::at(Paths::below(self.0.path()), None)
    }

    /// Makes a key and gives its public half.
    fn key(&self, id: &str, seed: u8) -> String {
        let stored = self.desk().keyring().key(&id.parse::<KeyId>().unwrap());
        multikey::encode(&stored.create(None, &Zeroizing::new([seed; 32])).unwrap().public())
    }

    /// Writes an issuer file of these keys, by their seeds and states.
    fn file(&self, name: &str, keys: &[(u8, &str)]) -> String {
        let entry = |(seed, state): &(u8, &str)| {
            format!("[[keys]]\nkey = \"{}\"\nfrom = 2026-01-31\nstate = {state}\n", public(*seed))
        };
        let keys: String = keys.iter().map(entry).collect();
        let path = self.0.path().join(format!("{name}.toml"));
        fs::write(&path, format!("name = \"{name}\"\nhighest_assurance = \"reviewed\"\n{keys}")).unwrap();
        path.display().to_string()
    }

    fn run(&self, args: &[&str]) -> (Option<i32>, String, String) {
        let output = program(self.0.path()).args(args).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (output.status.code(), text(output.stdout), text(output.stderr))
    }
}

fn public(seed: u8) -> String {
    multikey::encode(&SigningKey::from_bytes(&[seed; 32]).verifying_key())
}

const USED: &str = "\"in-use\"";
const ENDED: &str = "\"retired\"\nuntil = 2026-06-30";
const LOST: &str = "\"compromised\"\nsince = 2026-06-30";

#[test]
fn one_own_key_is_shown_as_ever_and_others_after_it() {
    let home = Home::new();
    let own = home.key("issuer", 1);
    let (status, alone, _) = home.run(&["issuer", "show"]);
    assert_eq!(status, Some(0));
    assert_eq!(alone.lines().count(), 3, "{alone}");
    assert!(alone.starts_with(&format!("did:key:{own}\nsecret key  ")), "{alone}");
    let spring = home.key("spring", 2);
    home.key("autumn", 3);
    fs::remove_file(home.desk().keyring().key(&"autumn".parse().unwrap()).secret_file()).unwrap();
    let (status, all, _) = home.run(&["issuer", "show"]);
    assert_eq!(status, Some(0));
    let rest = all.strip_prefix(&alone).unwrap();
    assert!(rest.starts_with("\nAnother key, autumn:\nthere is no key \"autumn\" in "), "{rest}");
    assert!(rest.contains(&format!("\nAnother key, spring:\ndid:key:{spring}\nsecret key  ")), "{rest}");
    let (_, list, _) = home.run(&["trust", "list"]);
    for key in [&own, &spring] {
        assert!(
            list.contains(&format!("Yourself: {key} (your own key, which is not a third party)")),
            "{list}"
        );
    }
}

#[test]
fn an_issuer_of_several_keys_is_added_listed_and_removed() {
    let home = Home::new();
    let college = home.file("College", &[(11, ENDED), (12, USED), (13, LOST)]);
    let (status, _, why) = home.run(&["trust", "add", &college]);
    assert_eq!((status, why.as_str()), (Some(0), ""));
    let (_, list, _) = home.run(&["trust", "list"]);
    let rows: Vec<Vec<&str>> = list.lines().take(3).map(|line| line.split("  ").collect()).collect();
    for (row, (seed, state)) in
        rows.iter().zip([(11, "retired 2026-06-30"), (12, "in use"), (13, "compromised 2026-06-30")])
    {
        assert_eq!(row[0], "College");
        assert!(row.iter().any(|cell| cell.trim() == state), "{row:?}");
        assert_eq!(row.last().unwrap().trim(), public(seed));
    }
    let (_, json, _) = home.run(&["trust", "list", "--json"]);
    let json: Value = serde_json::from_str(&json).unwrap();
    let keys: Vec<&str> = json.as_array().unwrap().iter().map(|row| row["key"].as_str().unwrap()).collect();
    assert_eq!(keys, [public(11), public(12), public(13)]);
    let refused = [
        (
            home.file("Same", &[(14, USED), (12, USED)]),
            "this key is on your list already, as \"College\" (in use)",
        ),
        (home.file("Mended", &[(14, USED), (13, USED)]), "no file can make it good again"),
        (home.file("COLLEGE", &[(14, USED), (15, ENDED)]), "is on your list already with another key"),
        (home.file("Twice", &[(14, USED), (14, USED)]), "this key is listed twice"),
        (home.file("Nobody", &[]), "missing field `key`"),
    ];
    for (file, why) in refused {
        let (status, out, err) = home.run(&["trust", "add", &file]);
        assert!(status == Some(1) && err.contains(why), "{status:?} {out}{err}");
    }
    home.key("spring", 16);
    let own = home.file("Own", &[(17, USED), (16, USED)]);
    assert!(home.run(&["trust", "add", &own]).2.contains("this is your own key"));
    // Who changed keys may keep the name where the key of before is retired.
    let moved = home.file("Moved", &[(18, ENDED)]);
    assert_eq!(home.run(&["trust", "add", &moved]).0, Some(0));
    fs::remove_file(&moved).unwrap();
    let moved = home.file("Moved", &[(19, USED), (20, USED)]);
    assert_eq!(home.run(&["trust", "add", &moved]).0, Some(0));
    let (status, out, _) = home.run(&["trust", "remove", &public(13)]);
    assert_eq!((status, out.as_str()), (Some(0), "College is no longer trusted.\n"));
    assert!(!home.run(&["trust", "list"]).1.contains("College"));
    assert_eq!(home.run(&["trust", "remove", &public(11)]).0, Some(2));
}
