//! The issuer key on disk: made once, read by OpenSSL, refused when it is not safe or not whole.

use std::fs;
use std::path::Path;
use std::process::Command;

use ed25519_dalek::{Signer, SigningKey};
use tempfile::TempDir;
use typeproof::keyring::{IssuerKey, Keyring, KeyringError, PublicFormat, export_public};
use typeproof::system;
use zeroize::Zeroizing;

const SEED: [u8; 32] = [7; 32];

fn secret(text: &str) -> Zeroizing<String> {
    Zeroizing::new(text.to_owned())
}

fn empty() -> (TempDir, Keyring) {
    let dir = TempDir::new().unwrap();
    let keyring = Keyring::at(dir.path().join("keys"));
    (dir, keyring)
}

fn made(passphrase: Option<&str>) -> (TempDir, Keyring) {
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
        assert!(!keyring.exists());
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
            refusal(keyring.unlock(Some(&secret(wrong)))).contains("passphrase does not open"),
            "{wrong:?}"
        );
    }
    assert!(refusal(keyring.unlock(None)).contains("is encrypted; its passphrase is needed"));
    let (_dir, fresh) = empty();
    assert!(refusal(fresh.create(Some(&secret("")), &Zeroizing::new(SEED))).contains("empty"));
    assert!(!fresh.exists() && !fresh.public_file().exists());
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
        assert!(refusal(keyring.unlock(phrase.as_ref())).contains("are not one key"));
        for junk in ["", "z6Mk", "did:key:z6Mk", "did:web:example.org", "\u{0}"] {
            fs::write(keyring.public_file(), junk).unwrap();
            assert!(refusal(keyring.unlock(phrase.as_ref())).contains("holds no did:key"), "{junk:?}");
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
        assert!(why.contains("is no Ed25519 key in PKCS#8 PEM"), "{text:?}: {why}");
    }
    overwrite(&keyring.secret_file(), &[0xff; 40]);
    assert!(refusal(keyring.unlock(None)).contains("is no Ed25519 key"));
    overwrite(&keyring.secret_file(), pem.replace("BwcHBwcH", "BwcIBwcH").as_bytes());
    assert!(refusal(keyring.unlock(None)).contains("are not one key"), "a key of another seed");
}

#[test]
fn nothing_shows_a_secret() {
    let (_dir, keyring) = made(Some("correct horse"));
    let pem = fs::read_to_string(keyring.secret_file()).unwrap();
    assert!(pem.starts_with("-----BEGIN ENCRYPTED PRIVATE KEY-----\n"));
    let shown = format!("{keyring:?} {}", refusal(keyring.unlock(Some(&secret("wrong phrase")))));
    assert!(!shown.contains("horse") && !shown.contains("wrong phrase"));
    let sources = include_str!("../../src/keyring.rs");
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
