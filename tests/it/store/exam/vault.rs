//! The encrypted bank: only its passphrase opens it, and no byte of it can be changed.

use typeproof::store::exam::vault::{VaultError, open, seal};

const BANK: &str = "[[passage]]\nid = \"a\"\ntext = \"a text that nobody has seen\"\n";
const PASSPHRASE: &str = "correct horse battery";

fn sealed() -> Vec<u8> {
    seal("bank.toml", BANK, PASSPHRASE, Some(2)).unwrap()
}

#[test]
fn a_bank_is_opened_by_its_passphrase() {
    let bytes = sealed();
    assert!(bytes.starts_with(b"age-encryption.org/v1"));
    assert!(!bytes.windows(6).any(|part| part == b"nobody"), "the text is not readable");
    assert_eq!(open("bank.age", &bytes, PASSPHRASE).unwrap().texts()[0].id, "a");
    assert_ne!(sealed(), sealed(), "each has its own key");
}

#[test]
fn nothing_else_opens_it() {
    let bytes = sealed();
    for wrong in ["", "correct horse", "Correct horse battery", "correct horse battery "] {
        let why = open("bank.age", &bytes, wrong).unwrap_err();
        assert!(matches!(why, VaultError::Passphrase), "{why}");
    }
    for cut in [0, 10, bytes.len() / 2, bytes.len() - 1] {
        assert!(open("bank.age", &bytes[..cut], PASSPHRASE).is_err(), "cut at {cut}");
    }
    for at in (0..bytes.len()).step_by(7) {
        let mut altered = bytes.clone();
        altered[at] ^= 1;
        assert!(open("bank.age", &altered, PASSPHRASE).is_err(), "byte {at}");
    }
    let why = open("bank.age", BANK.as_bytes(), PASSPHRASE).unwrap_err();
    assert!(matches!(why, VaultError::Damaged(_)), "{why}");
}

#[test]
fn what_cannot_be_a_bank_is_not_encrypted() {
    assert!(matches!(seal("bank.toml", BANK, "short", None), Err(VaultError::Short)));
    let why =
        seal("bank.toml", "[[passage]]\nid = \"A b\"\ntext = \"x\"\n", PASSPHRASE, Some(2)).unwrap_err();
    assert!(why.to_string().contains("bank.toml, line 2"), "{why}");
}
