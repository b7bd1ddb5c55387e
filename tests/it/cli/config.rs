//! `typeproof config`: what each setting is, and where it came from.

use serde_json::{Value, json};
use typeproof::store::settings::SETTINGS;

use crate::support::sentence::program;
use crate::support::stage::Stage;

/// The entry of a name.
fn entry<'a>(config: &'a Value, name: &str) -> &'a Value {
    config
        .as_array()
        .unwrap()
        .iter()
        .find(|entry| entry["name"] == name)
        .unwrap_or_else(|| panic!("no {name}"))
}

#[test]
fn every_setting_is_listed_with_its_default_and_meaning() {
    let stage = Stage::bare();
    let newcomer = stage.newcomer();
    newcomer
        .runs("config")
        .prints("The settings file is {dir}/newcomer/settings.toml")
        .prints("holder_name = none\n    The name on your badges")
        .prints("asked for with the first one.\n    by default\n")
        .prints("verify_url = \"http://127.0.0.1:8520/#\"")
        .prints("live_stats = true")
        .prints("settings_folder = \"{dir}/newcomer\"")
        .prints("from the environment (TYPEPROOF_HOME); default: \"~/.config/typeproof\"")
        .exits(0);
    let config = newcomer.runs("config --json").json();
    for setting in &SETTINGS {
        let entry = entry(&config, setting.name);
        assert_eq!((&entry["meaning"], &entry["from"]), (&json!(setting.meaning), &json!("default")));
        assert_eq!(entry["value"], entry["default"]);
    }
    assert!(!stage.home("newcomer").exists(), "nothing is made by looking");
}

#[test]
fn a_value_says_which_line_of_the_file_it_came_from() {
    let stage = Stage::bare();
    stage.write(
        "newcomer/settings.toml",
        "# mine\n\nholder_name = \"Ada\"\nlive_stats = true\nverify_url = 7\nholder_mail = \"x\"\n",
    );
    let newcomer = stage.newcomer();
    newcomer
        .runs("config")
        .prints("holder_name = \"Ada\"")
        .prints("from line 3 of the settings file; default: none")
        .prints("from line 4 of the settings file; default: true")
        .complains("line 5: `verify_url` is a number here, expected text in quotation marks")
        .complains("line 6: \"holder_mail\" is not a setting and is ignored; expected one of holder_name")
        .exits(0);
    let config = newcomer.runs("config --json").json();
    let name = entry(&config, "holder_name");
    let file = stage.fill("{dir}/newcomer/settings.toml");
    assert_eq!(
        (&name["value"], &name["from"], &name["line"], &name["file"]),
        (&json!("Ada"), &json!("file"), &json!(3), &json!(file))
    );
    assert_eq!(entry(&config, "verify_url")["from"], "default", "a bad line gives nothing");
}

#[test]
fn options_and_environment_are_named() {
    let stage = Stage::bare();
    let newcomer = stage.newcomer();
    let config = newcomer.runs("--lessons {dir}/lessons config --json").json();
    let lessons = entry(&config, "lessons");
    assert_eq!((&lessons["from"], &lessons["option"]), (&json!("option"), &json!("--lessons")));
    assert_eq!(lessons["value"], stage.fill("{dir}/lessons"));
    for (value, colours, from) in
        [(None, true, "default"), (Some(""), true, "default"), (Some("1"), false, "environment")]
    {
        let mut program = program(&stage.home("newcomer"));
        value.map(|value| program.env("NO_COLOR", value));
        let output = program.args(["config", "--json"]).output().unwrap();
        let config: Value = serde_json::from_slice(&output.stdout).unwrap();
        let entry = entry(&config, "colours");
        assert_eq!((&entry["value"], &entry["from"]), (&json!(colours), &json!(from)));
    }
    newcomer.runs("config holder_name").complains("unexpected argument").exits(2);
    newcomer.runs("--lessons {dir}/nowhere config").complains("folder").exits(2);
}

#[cfg(unix)]
#[test]
fn folders_of_the_platform_are_the_default_and_xdg_moves_them() {
    let stage = Stage::bare();
    let run = |variable: &str, value: &str| -> Value {
        let mut program = program(&stage.home("newcomer"));
        program.env_remove("TYPEPROOF_HOME").env_remove("XDG_CONFIG_HOME").env_remove("XDG_DATA_HOME");
        let output = program.env(variable, value).args(["config", "--json"]).output().unwrap();
        serde_json::from_slice(&output.stdout).unwrap()
    };
    let config = run("TYPEPROOF_HOME", "");
    let data = entry(&config, "data_folder");
    assert_eq!((&data["from"], &data["default"]), (&json!("default"), &json!("~/.local/share/typeproof")));
    assert_eq!(data["value"], stage.fill("{dir}/.local/share/typeproof"));
    let config = run("XDG_DATA_HOME", &stage.fill("{dir}/else"));
    let data = entry(&config, "data_folder");
    assert_eq!((&data["from"], &data["variable"]), (&json!("environment"), &json!("XDG_DATA_HOME")));
    assert_eq!(data["value"], stage.fill("{dir}/else/typeproof"));
    assert_eq!(entry(&config, "settings_folder")["from"], "default");
    let config = run("XDG_DATA_HOME", "else");
    assert_eq!(entry(&config, "data_folder")["from"], "default", "a path that is not absolute is ignored");
}
