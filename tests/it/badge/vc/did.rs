//! Keys as text and the documents that name them.

use crate::support::patch::{apply, data};
use serde_json::{Value, json};
use typeproof::badge::vc::did::{DidError, did_key, issuer_owns, resolve, web_address};
use typeproof::trust::multikey::{KeyError, decode, encode, from_bytes};

/// The key of 1EdTech's worked example (`ob3-eddsa-rdfc-2022.json`), as text and as bytes.
const MULTIKEY: &str = "z6MkjZRZv3aez3r18pB1RBFJR1kwUVJ5jHt92JmQwXbd5hwi";
const HEX: &str = "4bdeafde2ea8beefadd8c699b5c7e0704cf51154d52e17b20b71337ca04cc5a5";

fn bytes(hex: &str) -> [u8; 32] {
    data_encoding::HEXLOWER.decode(hex.as_bytes()).unwrap().try_into().unwrap()
}

#[test]
fn multikeys_read_and_write() {
    let key = decode(MULTIKEY).unwrap();
    assert_eq!(key.as_bytes(), &bytes(HEX));
    assert_eq!(encode(&key), MULTIKEY);
    assert_eq!(did_key(&key), format!("did:key:{MULTIKEY}"));
}

#[test]
fn multikeys_refused() {
    let raw = |prefix: &[u8], key: &[u8]| format!("z{}", bs58::encode([prefix, key].concat()).into_string());
    let key = bytes(HEX);
    let mut off_curve = [0; 32];
    off_curve[0] = 2;
    let cases = [
        (String::new(), KeyError::Form),
        ("z".into(), KeyError::Form),
        (MULTIKEY[1..].into(), KeyError::Form),
        (MULTIKEY.replace('z', "Z"), KeyError::Form),
        (MULTIKEY.replace('z', "u"), KeyError::Form),
        (format!("{MULTIKEY} "), KeyError::Form),
        (format!("{MULTIKEY}1"), KeyError::Form),
        (MULTIKEY.replace('a', "0"), KeyError::Form),
        (MULTIKEY.replace('a', "é"), KeyError::Form),
        (MULTIKEY[..46].into(), KeyError::Form),
        (MULTIKEY.replacen("z6", "z16", 1), KeyError::Form),
        (format!("z{}", "1".repeat(60_000)), KeyError::Form),
        (raw(&[], &key), KeyError::Form),
        (raw(&[0xed, 0x01], &key[1..]), KeyError::Form),
        (raw(&[0xed, 0x01, 0], &key), KeyError::Form),
        (raw(&[0xec, 0x01], &key), KeyError::Kind),
        (raw(&[0x80, 0x26], &key), KeyError::Kind),
        (raw(&[0xed, 0x01], &off_curve), KeyError::Point),
    ];
    for (text, expected) in cases {
        assert_eq!(decode(&text), Err(expected), "{text:.60}");
    }
}

#[test]
fn small_order_and_second_encodings_are_refused() {
    let small = [
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
    ];
    for key in small {
        assert_eq!(from_bytes(&bytes(key)), Err(KeyError::Weak), "{key}");
    }
    // y = 2^255 - 19 + 3, a second way to write y = 3
    let twice = "f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f";
    assert_eq!(from_bytes(&bytes(twice)), Err(KeyError::Point));
}

#[test]
fn did_key_needs_no_document() {
    let method = format!("did:key:{MULTIKEY}#{MULTIKEY}");
    assert!(resolve(&format!("did:key:{MULTIKEY}"), &[]).is_ok(), "the name is the key");
    assert_eq!(resolve(&method, &[]).unwrap().ed25519().unwrap().as_bytes(), &bytes(HEX));
    // a document cannot stand in for the name
    let other = "did:key:z6MkneMkZqwqRiU5mJzSG3kDwzt9P8C59N4NGTfBLfSGE7c7";
    let liar = json!({"id": format!("did:key:{MULTIKEY}"), "assertionMethod": [
        {"id": method, "controller": format!("did:key:{MULTIKEY}"), "type": "Multikey",
         "publicKeyMultibase": &other[8..]}]});
    assert_eq!(resolve(&method, &[liar]).unwrap().ed25519().unwrap().as_bytes(), &bytes(HEX));
}

#[test]
fn methods_without_a_document() {
    let other = "z6MkneMkZqwqRiU5mJzSG3kDwzt9P8C59N4NGTfBLfSGE7c7";
    let cases = [
        (format!("did:key:{MULTIKEY}#"), "names one key before the `#`"),
        (format!("did:key:{MULTIKEY}#{other}"), "names one key before the `#`"),
        (format!("did:key:{MULTIKEY}#key-1"), "names one key before the `#`"),
        (format!("did:key:{0}#{0}", &MULTIKEY[..40]), "damaged or not complete"),
        ("did:key:#".into(), "damaged or not complete"),
        ("did:web:a.example".into(), "published at https://a.example/.well-known/did.json"),
        (
            "did:web:a.example#k".into(),
            "published at https://a.example/.well-known/did.json; nothing is fetched",
        ),
        ("did:web:a.example#k".into(), "--did-doc FILE"),
        (format!("did:web:a.example#{MULTIKEY}"), "published at https://a.example/.well-known/did.json"),
        ("did:web:a.example:u:ada#k".into(), "published at https://a.example/u/ada/did.json"),
        ("did:web:#k".into(), "did:web: is not a well-formed name of an issuer"),
        ("https://a.example/issuer#k".into(), "published at https://a.example/issuer"),
        ("http://a.example/issuer#k".into(), "published in a way that is not known here"),
        ("did:ion:abc#k".into(), "published in a way that is not known here"),
        ("did:jwk:abc#0".into(), "the key did:jwk:abc#0 cannot be used: it is damaged"),
        ("DID:KEY:x#x".into(), "published in a way that is not known here"),
        ("did:odd:\u{1b}[2J#k".into(), "the key did:odd:\\u{1b}[2J#k is published"),
        ("#k".into(), "published in a way that is not known here"),
        (String::new(), "published in a way that is not known here"),
    ];
    for (method, expected) in cases {
        let why = resolve(&method, &[]).expect_err(&method).to_string();
        assert!(why.contains(expected), "{method}: {why}");
    }
}

#[test]
fn methods_in_a_document() {
    let file = data("proofs/did.json");
    let mut refused = 0;
    for case in file["cases"].as_array().unwrap() {
        let (name, method) = (&case["name"], case["method"].as_str());
        let method = method.unwrap_or_else(|| file["method"].as_str().unwrap());
        let document = apply(case, &file["document"]);
        match (resolve(method, &[Value::Null, document]), case["expect"].as_str()) {
            (Ok(key), None) => assert_eq!(key.shown(), MULTIKEY, "{name}"),
            (Err(error), Some(expected)) if error.to_string().contains(expected) => refused += 1,
            (found, _) => panic!("{name}: {found:?}"),
        }
    }
    assert!(refused >= 20, "{refused}");
}

#[test]
fn did_web_addresses() {
    let good = [
        ("did:web:w3c-ccg.github.io", "https://w3c-ccg.github.io/.well-known/did.json"),
        ("did:web:w3c-ccg.github.io:user:alice", "https://w3c-ccg.github.io/user/alice/did.json"),
        ("did:web:example.com%3A3000:user:alice", "https://example.com:3000/user/alice/did.json"),
    ];
    for (did, address) in good {
        assert_eq!(web_address(did).as_deref(), Ok(address));
    }
    for did in [
        "did:web:",
        "did:web::a",
        "did:web:a.example:",
        "did:web:a.example::b",
        "did:web:a.example/x",
        "did:web:a.example:..:b",
        "did:web:a example",
        "did:web:user@a.example",
        "did:web:a.example?x",
        "did:key:x",
        "",
    ] {
        assert!(matches!(web_address(did), Err(DidError::WebName { .. })), "{did}");
    }
}

#[test]
fn ownership_is_the_whole_part_before_the_fragment() {
    assert!(issuer_owns("did:web:a.example", "did:web:a.example#k"));
    assert!(issuer_owns("did:key:x", "did:key:x"), "a name that is one key");
    for (issuer, method) in [
        ("did:web:a.example", "did:web:a.example:b#k"),
        ("did:web:a.example", "did:web:a.exampl#k"),
        ("did:web:a.example", "did:web:A.example#k"),
        ("did:web:a.example#k", "did:web:a.example#k"),
        ("", "did:web:a.example#k"),
        ("did:web:b.example", "did:web:a.example#did:web:b.example"),
    ] {
        assert!(!issuer_owns(issuer, method), "{issuer} {method}");
    }
}
