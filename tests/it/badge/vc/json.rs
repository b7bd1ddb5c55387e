//! Reading JSON strictly: what two programs could read differently is refused.

use serde_json::json;
use typeproof::badge::vc::json::{DEPTH_MAX, JsonError, SIZE_MAX, parse, shown};

fn why(bytes: &[u8]) -> String {
    parse(bytes).expect_err(&String::from_utf8_lossy(bytes)).to_string()
}

#[test]
fn takes_ordinary_documents_and_keeps_their_order() {
    let text =
        "\u{feff} {\"b\": [1, -2, true, null, \"\\u00e9\\ud83d\\ude00\"], \"a\": {\"a\": 9007199254740991}} ";
    let value = parse(text.as_bytes()).unwrap();
    assert_eq!(value, json!({"b": [1, -2, true, null, "é😀"], "a": {"a": 9_007_199_254_740_991_u64}}));
    assert_eq!(value.as_object().unwrap().keys().collect::<Vec<_>>(), ["b", "a"]);
    let deepest = format!("{}{}", "[".repeat(DEPTH_MAX), "]".repeat(DEPTH_MAX));
    assert!(parse(deepest.as_bytes()).is_ok());
    let longest = format!("\"{}\"", "x".repeat(SIZE_MAX - 2));
    assert!(parse(longest.as_bytes()).is_ok());
}

#[test]
fn refuses_what_has_two_readings() {
    let cases: &[(&str, &str)] = &[
        (r#"{"a":1,"a":1}"#, r#""a" is there twice at """#),
        (r#"{"x":[{"a":1,"\u0061":2}]}"#, r#""a" is there twice at "/x/0""#),
        (r#"{"a/b":{"k\u001b":1,"k\u001b":1}}"#, r#""k\u{1b}" is there twice at "/a~1b""#),
        (r#"{"n":9007199254740992}"#, r#"the number at "/n" is beyond"#),
        (r#"{"n":[1e16]}"#, r#"the number at "/n/0" is beyond"#),
        ("-9007199254740992", r#"the number at "" is beyond"#),
        ("18446744073709551616", r#"the number at "" is beyond"#),
        ("{} {}", "not JSON, or not all of it is there (trailing characters"),
        ("{}x", "not JSON, or not all of it is there (trailing characters"),
        ("", "not JSON, or not all of it is there (EOF while parsing"),
        ("{\"a\":", "not JSON, or not all of it is there (EOF while parsing"),
        ("{\"a\":1,}", "not JSON, or not all of it is there (trailing comma"),
        ("[1,]", "not JSON, or not all of it is there (trailing comma"),
        ("{a:1}", "not JSON, or not all of it is there (key must be a string"),
        ("'a'", "not JSON, or not all of it is there (expected value"),
        ("NaN", "not JSON, or not all of it is there (expected value"),
        ("01", "not JSON, or not all of it is there (invalid number"),
        ("\"\\ud800\"", "not JSON, or"),
        ("\"a\nb\"", "not JSON, or not all of it is there (control character"),
        ("{} // done", "not JSON, or not all of it is there (trailing characters"),
        ("\u{feff}\u{feff}{}", "not JSON, or not all of it is there (expected value"),
    ];
    for (text, expected) in cases {
        let why = why(text.as_bytes());
        assert!(why.contains(expected), "{text}: {why}");
    }
}

#[test]
fn refuses_by_measure() {
    assert_eq!(parse(&vec![b' '; SIZE_MAX + 1]), Err(JsonError::TooLarge { size: SIZE_MAX + 1 }));
    assert_eq!(parse(b"{\"a\":\"\xff\"}"), Err(JsonError::NotUtf8 { at: 6 }));
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let deep = format!("{}1{}", open.repeat(DEPTH_MAX + 1), close.repeat(DEPTH_MAX + 1));
        assert!(matches!(parse(deep.as_bytes()), Err(JsonError::TooDeep { .. })), "{open}");
        assert!(parse(open.repeat(SIZE_MAX / open.len()).as_bytes()).is_err(), "{open}");
    }
}

#[test]
fn errors_repeat_foreign_text_harmlessly() {
    assert_eq!(shown("a\u{1b}[31m\u{202e}b"), "a\\u{1b}[31m\\u{202e}b");
    assert_eq!(shown(&"x".repeat(200)), format!("{}…", "x".repeat(160)));
}
