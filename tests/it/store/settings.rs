//! Settings: lenient line by line, strict about what a value may be.

use std::fs;

use tempfile::TempDir;
use typeproof::badge::carry::share::{Reach, reach};
use typeproof::badge::holder::HashedEmail;
use typeproof::coach::wishes::Beyond;
use typeproof::lessons::language::Language;
use typeproof::lessons::layout::place::Form;
use typeproof::store::settings::{LOCAL_VERIFY_URL, Loaded, PaceSetting, Settings, holder_email, verify_url};
use typeproof::typing::rules::OnError;

#[test]
fn without_a_file_the_defaults_hold_and_the_address_is_this_machine() {
    let dir = TempDir::new().unwrap();
    let (settings, notices) = Settings::load(&dir.path().join("settings.toml"));
    assert_eq!((settings.clone(), notices), (Settings::default(), vec![]));
    assert_eq!(reach(&settings.verify_url), Reach::ThisMachine);
    assert!(settings.live_stats && verify_url(LOCAL_VERIFY_URL).is_ok());
}

#[test]
fn saved_settings_are_read_back_equal_and_replace_the_old() {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("config/settings.toml");
    let mut settings = Settings {
        holder_name: Some("Zoë \"Z\" 漢".to_owned()),
        holder_email: Some("zoe@example.org".to_owned()),
        verify_url: "https://typing.example/v#".to_owned(),
        live_stats: false,
        target_wpm: Some(62),
        pinned_keys: "q\"z".to_owned(),
        muted_keys: "~".to_owned(),
        key_order: "fjdk".to_owned(),
        beyond_letters: Beyond::Now,
        daily_goal_minutes: 30,
        lesson_accuracy: Some(98),
        lesson_speed: 120,
        pace: PaceSetting::Speed(80),
        on_error: OnError::Stop,
        forgive_errors: true,
        blind: true,
        language: Some(Language::German),
        layout: Some("own-mine".to_owned()),
        keyboard_set_to: Some("us".to_owned()),
        keyboard_form: Some(Form::Iso),
        lesson_keyboard: false,
        test_keyboard: true,
        hands: false,
    };
    for name in [Some("Ada".to_owned()), None, settings.holder_name.clone()] {
        settings.holder_name = name;
        settings.save(&path).unwrap();
        assert_eq!(Settings::load(&path), (settings.clone(), vec![]));
    }
    assert_ne!(reach(&settings.verify_url), Reach::ThisMachine);
    assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1, "no leftovers");
}

/// A file before and after the name is set to "Bo", the figures are switched off and the e-mail address is taken out.
#[test]
fn saving_changes_what_differs_and_keeps_every_other_line() {
    let cases = [
        ("", "holder_name = \"Bo\"\nlive_stats = false\n"),
        (
            "# mine\nholder_name = 'Ada' # me\n\n# secret\nholder_email = \"a@b.c\"\nlive_stats=true",
            "# mine\nholder_name = \"Bo\" # me\n\n# secret\nlive_stats=false",
        ),
        (
            "verify_url = \"https://x/#\nlive_stats = \"yes\"\nholder_nam = 'Zoë'",
            "verify_url = \"https://x/#\nlive_stats = false\nholder_nam = 'Zoë'\nholder_name = \"Bo\"\n",
        ),
        (
            "holder_name = \"A\"\nholder_name = \"B\"\n",
            "holder_name = \"Bo\"\nholder_name = \"B\"\nlive_stats = false\n",
        ),
        ("[more]\nx = 1\n", "holder_name = \"Bo\"\nlive_stats = false\n[more]\nx = 1\n"),
        ("live_stats = false\r\nwörds\r\n", "live_stats = false\r\nwörds\r\nholder_name = \"Bo\"\n"),
    ];
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("settings.toml");
    for (before, after) in cases {
        fs::write(&path, before).unwrap();
        let mut settings = Settings::load(&path).0;
        settings.save(&path).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), before, "nothing differs");
        settings.holder_name = Some("Bo".to_owned());
        (settings.holder_email, settings.live_stats) = (None, false);
        settings.save(&path).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), after);
        assert_eq!(Settings::load(&path).0, settings);
    }
}

#[test]
fn a_file_that_cannot_be_changed_is_left_alone() {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("settings.toml");
    let bad_lines = "words words\n".repeat(30);
    for (bytes, expected) in [
        (vec![0xff, 0xfe], "not UTF-8 text"),
        (vec![b'#'; 70_000], "larger than"),
        (bad_lines.into_bytes(), "not TOML"),
    ] {
        fs::write(&path, &bytes).unwrap();
        let settings = Settings { live_stats: false, ..Settings::default() };
        let why = settings.save(&path).unwrap_err().to_string();
        assert!(why.contains(expected), "{why}");
        assert_eq!(fs::read(&path).unwrap(), bytes);
    }
}

/// Each file has `holder_name = "Ada"` on its last line, which must survive whatever stands before it.
#[test]
fn a_bad_line_is_named_and_the_rest_counts() {
    let cases = [
        ("live_stats = \"yes\"", "line 1: `live_stats` is text here, expected true or false"),
        ("live_stats = 1", "line 1: `live_stats` is a number here, expected true or false"),
        ("live_stats = maybe", "line 1: "),
        ("live_stats =", "line 1: "),
        (
            "\n\ntheme = \"dark\"",
            "line 3: \"theme\" is not a setting and is ignored; expected one of holder_name",
        ),
        (
            "\nverify_url = \"ftp://x/#\"",
            "line 2: \"ftp://x/#\" was found, expected an address like https://example.org/v#",
        ),
        ("holder_email = \"ada\"", "line 1: \"ada\" was found, expected an e-mail address like"),
        (
            "holder_email = [\"ada@example.org\"]",
            "line 1: `holder_email` is more than one value here, expected text",
        ),
        ("just words", "line 1: "),
        ("verify_url = \"https://x/#", "line 1: "),
        ("verify_url = 'https://x.example/#' tail", "line 1: "),
        ("holder_name = \"A\"", "duplicate key"),
    ];
    for (line, expected) in cases {
        let Loaded { settings, notices, .. } =
            Settings::parse("settings.toml", &format!("{line}\nholder_name = \"Ada\"\n"));
        let notices = notices.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
        assert!(notices.starts_with("settings.toml, line "), "{line}: {notices:?}");
        assert!(notices.contains(expected), "{line}: expected {expected:?} in {notices:?}");
        let name = if line.starts_with("holder_name") {
            settings.holder_name.clone()
        } else {
            Some("Ada".to_owned())
        };
        assert_eq!(settings, Settings { holder_name: name, ..Settings::default() }, "{line}");
    }
}

#[test]
fn a_name_that_deceives_is_no_setting() {
    for name in ["", "  ", "a\\u001b[2Jb", "a\\u202eb", "A {B}", "a}", &"x".repeat(41), &"ü".repeat(21)] {
        let Loaded { settings, notices, .. } = Settings::parse("s", &format!("holder_name = \"{name}\""));
        assert_eq!((settings.holder_name, notices.len()), (None, 1), "{name}");
        assert!(!notices[0].to_string().contains(['\u{1b}', '\u{202e}']));
    }
}

#[test]
fn addresses_are_checked() {
    let good = ["https://example.org/v#", "http://localhost:1/#", "HTTP", "https://[::1]/#"];
    for (text, fine) in good.iter().zip([true, true, false, true]) {
        assert_eq!(verify_url(text).is_ok(), fine, "{text}");
    }
    assert_eq!(verify_url("https://example.org/v").unwrap(), "https://example.org/v#", "the # is added");
    let long = format!("https://example.org/{}#", "x".repeat(120));
    for bad in [
        "",
        "#",
        "https://",
        "https://#",
        "https:///v#",
        "https://a/#b#",
        "https://a/](javascript:x)#",
        "https://a/\"><x>/#",
        "https://a/[b]#",
        "https://a/`b`|{c}#",
        "https://a/#b",
        "javascript:alert(1)#",
        "https://a b/#",
        "https://é.example/#",
        "https://u:p@example.org/#",
        "file:///v#",
        &long,
    ] {
        assert!(verify_url(bad).is_err(), "{bad:?}");
    }
    for email in ["ada@example.org", " a.b+c@x.y.z "] {
        assert!(holder_email(email).is_ok(), "{email:?}");
    }
    for bad in ["", "@", "ada", "ada@", "@x.y", "a@b", "a@@b.c", "a b@c.d", "a@b..c", "a@b.", "a\u{1b}@b.c"] {
        assert!(holder_email(bad).is_err(), "{bad:?}");
    }
}

#[test]
fn this_machine_is_known_in_every_spelling() {
    let here = [
        "http://127.0.0.1:8520/#",
        "http://localhost/#",
        "https://LOCALHOST:1/v#",
        "http://[::1]:8520/#",
        "http://127.8.9.1/#",
    ];
    let elsewhere = [
        "https://example.org/#",
        "http://localhost.example/#",
        "http://127.0.0.1.example/#",
        "http://10.0.0.1/#",
    ];
    for (urls, expected) in [(&here[..], true), (&elsewhere[..], false)] {
        for url in urls {
            assert_eq!(reach(&verify_url(url).unwrap()) == Reach::ThisMachine, expected, "{url}");
        }
    }
}

#[test]
fn a_file_that_is_no_text_or_too_large_leaves_the_defaults() {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("settings.toml");
    for (bytes, expected) in
        [(vec![0xff, 0xfe], "not UTF-8 text"), (vec![b'#'; 70_000], "larger than 65536 bytes")]
    {
        fs::write(&path, bytes).unwrap();
        let (settings, notices) = Settings::load(&path);
        assert_eq!(settings, Settings::default());
        assert!(notices[0].to_string().contains(expected) && notices.len() == 1, "{notices:?}");
    }
}

/// Kept or hashed, an address is held to the same rule.
#[test]
fn settings_and_badges_take_the_same_addresses() {
    let good = ["ada@example.org", " Ada@Example.org ", "a+b@x.y", "ü@ü.ü"];
    let bad = [
        "",
        "ada",
        "@example.org",
        "ada@",
        "ada@example",
        "ada@.org",
        "ada@example.",
        "a@b@c.d",
        "a b@c.d",
        "a@b..c",
        "a\u{202e}@b.c",
        "a@b\u{7}.c",
        &format!("{}@b.c", "a".repeat(251)),
    ];
    for (address, fits) in good.map(|a| (a, true)).into_iter().chain(bad.map(|a| (a, false))) {
        assert_eq!(holder_email(address).is_ok(), fits, "{address:?} in settings");
        assert_eq!(HashedEmail::new(address, [0; 8]).is_ok(), fits, "{address:?} in a badge");
    }
}

/// What practice settings may be, and the sentence for what they may not.
#[test]
fn settings_of_practice_are_taken_or_refused_in_plain_words() {
    for good in [
        "target_wpm = 5",
        "target_wpm = 250",
        "pinned_keys = \"qz;\"",
        "muted_keys = \"\"",
        "key_order = \"fj dk\"",
        "beyond_letters = \"never\"",
        "daily_goal_minutes = 0",
        "pace = \"best\"",
        "pace = \"72\"",
        "on_error = \"stop\"",
        "forgive_errors = true",
        "blind = true",
    ] {
        assert_eq!(Settings::parse("s", good).notices, vec![], "{good}");
    }
    for (bad, why) in [
        ("target_wpm = 4", "\"4\" was found, expected a speed from 5 to 250 words a minute"),
        ("target_wpm = -1", "\"-1\" was found, expected a speed from 5 to 250 words a minute"),
        ("target_wpm = 60.5", "`target_wpm` is a number here, expected a whole number"),
        ("target_wpm = \"60\"", "`target_wpm` is text here, expected a whole number"),
        ("target_wpm = 99999999999999999999", "expected a whole number"),
        ("pinned_keys = 3", "`pinned_keys` is a number here, expected text in quotation marks"),
        ("muted_keys = \"a\\tb\"", "expected characters that keys type, such as \"qz\""),
        ("key_order = [\"a\"]", "`key_order` is more than one value here"),
        ("beyond_letters = \"always\"", "\"always\" was found, expected in-time, now or never"),
        ("beyond_letters = true", "`beyond_letters` is true or false here"),
        ("daily_goal_minutes = 601", "\"601\" was found, expected minutes from 0 to 600"),
        ("daily_goal_minutes = -5", "\"-5\" was found, expected minutes from 0 to 600"),
        (
            "pace = \"fast\"",
            "\"fast\" was found, expected off, best, average, last, or words a minute such as \"60\"",
        ),
        ("pace = \"4\"", "expected off, best, average, last"),
        ("pace = 60", "`pace` is a number here, expected text in quotation marks"),
        ("on_error = \"die\"", "\"die\" was found, expected go-on, stop or end"),
        ("on_error = false", "`on_error` is true or false here"),
        ("forgive_errors = \"yes\"", "`forgive_errors` is text here, expected true or false"),
        ("blind = 1", "`blind` is a number here, expected true or false"),
    ] {
        let loaded = Settings::parse("s", bad);
        assert_eq!(loaded.settings, Settings::default(), "{bad}");
        let notice = loaded.notices[0].to_string();
        assert!(loaded.notices.len() == 1 && notice.contains(why), "{bad}: {notice}");
    }
    let many = format!("pinned_keys = \"{}\"", ('\u{100}'..'\u{200}').collect::<String>());
    assert!(Settings::parse("s", &many).notices[0].to_string().contains("expected at most 128 keys"));
}
