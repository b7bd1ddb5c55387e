//! The issuer key on disk: made once, read by OpenSSL, refused when it is not safe or not whole.

use std::fs;
use std::path::Path;
use std::process::Command;

use ed25519_dalek::{Signer, SigningKey};
use tempfile::TempDir;
use typeproof::keyring::{
    IssuerKey, KeyId, Keyring, KeyringError, MAX_LISTED, PublicFormat, StoredKey, export_public,
};
use typeproof::system;
use zeroize::Zeroizing;

const SEED: [u8; 32] = [7; 32];

fn secret(text: &str) -> Zeroizing<String> {
    Zeroizing::new(text.to_owned())
}

fn empty() -> (TempDir, StoredKey) {
    let dir = TempDir::new().unwrap();
    let keyring = Keyring::at(dir.path().join("keys")).key(&KeyId::default());
    (dir, keyring)
}

fn made(passphrase: Option<&str>) -> (TempDir, StoredKey) {
    let (dir, keyring) = empty();
    keyring.create(passphrase.map(secret).as_ref(), &Zeroizing::new(SEED)).unwrap();
    (dir, keyring)
}

fn refusal(result: Result<IssuerKey, KeyringError>) -> String {
    result.err().expect("refused").to_string()
}

#[test]
fn a_key_is_made_once_and_read_back() {
    let public = SigningKey::from_bytes(&SEED).verifying_key();
    for passphrase in [None, Some("correct horse")] {
        let (_dir, keyring) = empty();
        assert!(!keyring.exists().unwrap());
        assert!(matches!(keyring.public(), Err(KeyringError::Missing(_))));
        let phrase = passphrase.map(secret);
        let key = keyring.create(phrase.as_ref(), &Zeroizing::new(SEED)).unwrap();
        assert_eq!((key.public(), keyring.public().unwrap()), (public, public));
        assert_eq!(keyring.is_encrypted().unwrap(), passphrase.is_some());
        let signature = keyring.unlock(phrase.as_ref()).unwrap().signing_key().sign(b"x");
        assert!(public.verify_strict(b"x", &signature).is_ok());
        let before = fs::read(keyring.secret_file()).unwrap();
        let again = refusal(keyring.create(None, &Zeroizing::new([8; 32])));
        assert!(again.contains("not overwritten"), "{again}");
        assert_eq!(fs::read(keyring.secret_file()).unwrap(), before);
        let text = fs::read_to_string(keyring.public_file()).unwrap();
        assert_eq!(text, export_public(&public, PublicFormat::DidKey).unwrap());
        assert!(text.starts_with("did:key:z6Mk"));
        assert_eq!(fs::read_dir(keyring.secret_file().parent().unwrap()).unwrap().count(), 2, "no leftovers");
    }
}

#[test]
fn a_wrong_or_missing_passphrase_opens_nothing() {
    let (_dir, keyring) = made(Some("correct horse"));
    for wrong in ["", "correct horse ", "Correct horse", "battery staple"] {
        assert!(
            refusal(keyring.unlock(Some(&secret(wrong)))).contains("is not the passphrase of"),
            "{wrong:?}"
        );
    }
    assert!(refusal(keyring.unlock(None)).contains("is encrypted; its passphrase is needed"));
    let (_dir, fresh) = empty();
    assert!(refusal(fresh.create(Some(&secret("")), &Zeroizing::new(SEED))).contains("empty"));
    assert!(!fresh.exists().unwrap() && !fresh.public_file().exists());
}

#[cfg(unix)]
#[test]
fn a_key_that_others_can_read_is_refused() {
    use std::os::unix::fs::PermissionsExt;
    let (_dir, keyring) = made(None);
    let file = keyring.secret_file();
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o7777, 0o600);
    assert_eq!(fs::metadata(file.parent().unwrap()).unwrap().permissions().mode() & 0o7777, 0o700);
    for mode in [0o640, 0o604, 0o660, 0o644, 0o610, 0o601, 0o666, 0o777] {
        fs::set_permissions(&file, fs::Permissions::from_mode(mode)).unwrap();
        let why = refusal(keyring.unlock(None));
        assert!(why.contains(&format!("(mode {mode:04o})")) && why.contains("chmod 600"), "{why}");
        assert!(keyring.is_encrypted().is_err());
    }
    for mode in [0o600, 0o400] {
        fs::set_permissions(&file, fs::Permissions::from_mode(mode)).unwrap();
        assert!(keyring.unlock(None).is_ok(), "{mode:o}");
    }
}

#[test]
fn a_lost_public_half_is_written_again_and_another_ones_is_refused() {
    for passphrase in [None, Some("correct horse")] {
        let (_dir, keyring) = made(passphrase);
        let phrase = passphrase.map(secret);
        fs::remove_file(keyring.public_file()).unwrap();
        assert_eq!(keyring.public().is_ok(), passphrase.is_none());
        keyring.unlock(phrase.as_ref()).unwrap();
        assert!(keyring.public().is_ok());
        let other =
            export_public(&SigningKey::from_bytes(&[9; 32]).verifying_key(), PublicFormat::DidKey).unwrap();
        fs::write(keyring.public_file(), other).unwrap();
        assert!(refusal(keyring.unlock(phrase.as_ref())).contains("do not belong together"));
        for junk in ["", "z6Mk", "did:key:z6Mk", "did:web:example.org", "\u{0}"] {
            fs::write(keyring.public_file(), junk).unwrap();
            assert!(
                refusal(keyring.unlock(phrase.as_ref())).contains("does not hold a public key"),
                "{junk:?}"
            );
            assert!(keyring.public().is_err());
        }
    }
}

#[test]
fn a_public_half_without_its_secret_stops_a_new_key() {
    let (_dir, keyring) = made(None);
    fs::remove_file(keyring.secret_file()).unwrap();
    let why = refusal(keyring.create(None, &Zeroizing::new(SEED)));
    assert!(why.contains("restore issuer.pem from a backup"), "{why}");
    assert!(matches!(keyring.public(), Err(KeyringError::Missing(_))));
    assert!(matches!(keyring.unlock(None), Err(KeyringError::Missing(_))));
}

fn overwrite(path: &Path, bytes: &[u8]) {
    fs::write(path, bytes).unwrap();
}

#[test]
fn a_damaged_or_foreign_key_file_is_refused() {
    let (_dir, keyring) = made(None);
    let pem = fs::read_to_string(keyring.secret_file()).unwrap();
    let rsa = "-----BEGIN RSA PRIVATE KEY-----\nMAA=\n-----END RSA PRIVATE KEY-----\n";
    // An X25519 key (RFC 8410, section 4): the same length, another algorithm.
    let x25519 = pem.replace("MC4CAQAwBQYDK2VwBCIEI", "MC4CAQAwBQYDK2VuBCIEI");
    assert_ne!(x25519, pem);
    let cases =
        ["", "key", rsa, &x25519, &pem[..pem.len() / 2], &pem.replace("MC4C", "MC4D"), &"x".repeat(20_000)];
    for text in cases {
        overwrite(&keyring.secret_file(), text.as_bytes());
        let why = refusal(keyring.unlock(None));
        assert!(why.contains("is not a key file that typeproof wrote"), "{text:?}: {why}");
    }
    overwrite(&keyring.secret_file(), &[0xff; 40]);
    assert!(refusal(keyring.unlock(None)).contains("is not a key file"));
    overwrite(&keyring.secret_file(), pem.replace("BwcHBwcH", "BwcIBwcH").as_bytes());
    assert!(refusal(keyring.unlock(None)).contains("do not belong together"), "a key of another seed");
}

fn ring() -> (TempDir, Keyring) {
    let dir = TempDir::new().unwrap();
    let ring = Keyring::at(dir.path().join("keys"));
    (dir, ring)
}

fn id(text: &str) -> KeyId {
    text.parse().unwrap()
}

fn ids(ring: &Keyring) -> Vec<String> {
    ring.list().unwrap().iter().map(|key| key.id().to_string()).collect()
}

#[test]
fn several_keys_lie_side_by_side_and_are_unlocked_by_id() {
    let (_dir, ring) = ring();
    assert_eq!(ids(&ring), [""; 0], "a missing folder holds none");
    for (name, seed) in [("spring", 1), ("issuer", 2), ("2026-autumn", 3)] {
        let passphrase = (seed == 3).then(|| secret("correct horse"));
        let made = ring.key(&id(name)).create(passphrase.as_ref(), &Zeroizing::new([seed; 32])).unwrap();
        assert_eq!(made.public(), SigningKey::from_bytes(&[seed; 32]).verifying_key());
    }
    assert_eq!(ids(&ring), ["issuer", "2026-autumn", "spring"], "the default first, then by id");
    let unlocked = ring.key(&id("2026-autumn")).unlock(Some(&secret("correct horse"))).unwrap();
    assert_eq!(unlocked.public(), ring.key(&id("2026-autumn")).public().unwrap());
    assert_ne!(unlocked.public(), ring.key(&id("spring")).public().unwrap());
    assert!(refusal(ring.key(&id("2026-autumn")).unlock(None)).contains("2026-autumn.pem is encrypted"));
    assert!(ring.key(&id("spring")).unlock(None).is_ok());
}

/// A keyring as it was before it held several keys: two files, found where they are.
#[test]
fn the_one_key_of_before_is_the_default() {
    let (dir, ring) = ring();
    let folder = dir.path().join("keys");
    ring.key(&KeyId::default()).create(None, &Zeroizing::new(SEED)).unwrap();
    let mut names: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["issuer.pem", "issuer.pub"]);
    for other in ["README.md", "issuer.pem.bak", "Old Key.pem", ".hidden.pub", "no-extension"] {
        fs::write(folder.join(other), "nothing of ours").unwrap();
    }
    assert_eq!(ids(&ring), ["issuer"]);
}

#[test]
fn ids_that_are_none() {
    let long = "x".repeat(41);
    let forms = [
        "",
        ".",
        "..",
        "../issuer",
        "a/b",
        "/etc/passwd",
        "a\\b",
        "c:",
        "issuer.pem",
        "Issuer",
        "-a",
        "a b",
        "a_b",
        "schlüssel",
        "a\0",
        "a\n",
        "~",
        &long,
    ];
    for text in forms {
        let why = text.parse::<KeyId>().unwrap_err().to_string();
        let expected =
            "is not a key id; expected 1 to 40 lower-case letters, digits and hyphens, the first no hyphen";
        assert_eq!(why, format!("{text:?} {expected}"));
    }
    for text in ["con", "prn", "aux", "nul", "com1", "lpt9"] {
        let why = text.parse::<KeyId>().unwrap_err().to_string();
        assert_eq!(
            why,
            format!("{text:?} is not a key id, since Windows keeps that name for a device; choose another")
        );
    }
    for text in ["a", "7", "2026-autumn", "con-1", "com", "com10", &"x".repeat(40)] {
        assert_eq!(id(text).as_str(), text);
    }
}

#[test]
fn an_unknown_id_is_said_and_a_taken_one_is_never_overwritten() {
    let (_dir, ring) = ring();
    ring.key(&KeyId::default()).create(None, &Zeroizing::new(SEED)).unwrap();
    let unknown = ring.key(&id("autumn"));
    for why in [
        refusal(unknown.unlock(None)),
        unknown.public().unwrap_err().to_string(),
        unknown.is_encrypted().unwrap_err().to_string(),
    ] {
        assert!(why.starts_with("there is no key \"autumn\" in ") && why.contains("issuer show"), "{why}");
    }
    let spring = ring.key(&id("spring"));
    spring.create(None, &Zeroizing::new([1; 32])).unwrap();
    let before = fs::read(spring.secret_file()).unwrap();
    let why = refusal(spring.create(Some(&secret("other")), &Zeroizing::new([2; 32])));
    assert!(why.contains("spring.pem already; it is not overwritten"), "{why}");
    assert_eq!(fs::read(spring.secret_file()).unwrap(), before);
    fs::remove_file(spring.secret_file()).unwrap();
    let why = refusal(spring.create(None, &Zeroizing::new([2; 32])));
    assert!(
        why.contains("spring.pub is there but its secret key is not; restore spring.pem from a backup"),
        "{why}"
    );
    assert_eq!(ids(&ring), ["issuer", "spring"], "a lost key is listed, and says so when it is asked");
    assert!(spring.public().unwrap_err().to_string().starts_with("there is no key \"spring\""));
    // The halves of two keys are no pair, whatever they are called.
    fs::copy(ring.key(&KeyId::default()).secret_file(), spring.secret_file()).unwrap();
    assert!(refusal(spring.unlock(None)).contains("do not belong together"));
}

#[cfg(unix)]
#[test]
fn links_folders_and_open_files_in_the_place_of_a_key_are_refused() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let (dir, ring) = ring();
    ring.key(&KeyId::default()).create(None, &Zeroizing::new(SEED)).unwrap();
    // A link is a taken id, even where it leads nowhere, and nothing is written through it.
    let (linked, target) = (ring.key(&id("linked")), dir.path().join("elsewhere"));
    symlink(&target, linked.secret_file()).unwrap();
    assert!(refusal(linked.create(None, &Zeroizing::new(SEED))).contains("not overwritten"));
    assert!(!target.exists());
    assert!(refusal(linked.unlock(None)).starts_with("there is no key \"linked\""));
    // What counts is who can read the file that it leads to.
    fs::copy(ring.key(&KeyId::default()).secret_file(), &target).unwrap();
    for mode in [0o644, 0o640, 0o604] {
        fs::set_permissions(&target, fs::Permissions::from_mode(mode)).unwrap();
        assert!(refusal(linked.unlock(None)).contains(&format!("(mode {mode:04o})")));
    }
    let half = ring.key(&id("half"));
    symlink(dir.path().join("nowhere"), half.public_file()).unwrap();
    assert!(refusal(half.create(None, &Zeroizing::new(SEED))).contains("half.pub is there but"));
    assert!(!dir.path().join("nowhere").exists() && !half.exists().unwrap());
    let folder = ring.key(&id("folder"));
    fs::create_dir(folder.secret_file()).unwrap();
    fs::set_permissions(folder.secret_file(), fs::Permissions::from_mode(0o700)).unwrap();
    assert!(refusal(folder.unlock(None)).contains("folder.pem could not be read"));
    assert!(refusal(folder.create(None, &Zeroizing::new(SEED))).contains("not overwritten"));
    let file = Keyring::at(dir.path().join("elsewhere"));
    assert!(file.list().unwrap_err().to_string().contains("elsewhere could not be read"));
}

#[test]
fn a_keyring_of_too_many_keys_is_not_listed_in_part() {
    let (dir, ring) = ring();
    fs::create_dir(dir.path().join("keys")).unwrap();
    for number in 0..MAX_LISTED {
        fs::write(ring.key(&id(&format!("k{number}"))).public_file(), "").unwrap();
    }
    assert_eq!(ring.list().unwrap().len(), MAX_LISTED);
    fs::write(ring.key(&id("more")).secret_file(), "").unwrap();
    let why = ring.list().unwrap_err().to_string();
    assert!(
        why.ends_with("holds 101 keys, and at most 100 are listed; move away those that are no longer used"),
        "{why}"
    );
}

#[test]
fn nothing_shows_a_secret() {
    let (_dir, keyring) = made(Some("correct horse"));
    let pem = fs::read_to_string(keyring.secret_file()).unwrap();
    assert!(pem.starts_with("-----BEGIN ENCRYPTED PRIVATE KEY-----\n"));
    let shown = format!("{keyring:?} {}", refusal(keyring.unlock(Some(&secret("wrong phrase")))));
    assert!(!shown.contains("horse") && !shown.contains("wrong phrase"));
    let sources = include_str!("../../../src/keyring/stored.rs");
    let before = sources.split("pub struct IssuerKey").next().unwrap();
    assert!(before.trim_end().ends_with("wiped when dropped."), "no derive on the key");
}

#[test]
fn openssl_reads_the_key_and_finds_the_same_public_half() {
    if Command::new("openssl").arg("version").output().is_err() {
        println!("skipped: the openssl command is not installed");
        return;
    }
    let seed = Zeroizing::new(system::random().unwrap());
    for passphrase in [None, Some("correct horse ☕")] {
        let (_dir, keyring) = empty();
        let key = keyring.create(passphrase.map(secret).as_ref(), &seed).unwrap();
        let run = |passphrase: &str| {
            let mut openssl = Command::new("openssl");
            openssl.args(["pkey", "-pubout", "-passin"]).arg(format!("pass:{passphrase}"));
            openssl.arg("-in").arg(keyring.secret_file()).output().unwrap()
        };
        let output = run(passphrase.unwrap_or("none"));
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let public = export_public(&key.public(), PublicFormat::Pem).unwrap();
        assert_eq!(String::from_utf8(output.stdout).unwrap(), public);
        assert_eq!(run("wrong").status.success(), passphrase.is_none());
    }
}

#[test]
fn randomness_differs_and_the_clocks_run_forward() {
    let (a, b): ([u8; 32], [u8; 32]) = (system::random().unwrap(), system::random().unwrap());
    assert_ne!(a, b);
    assert_ne!(system::seed(), system::seed());
    assert!(system::monotonic() <= system::monotonic());
    assert!(system::now().timestamp() > 1_700_000_000);
}
