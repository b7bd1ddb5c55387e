//! Settings that a person keeps elsewhere: a key that draws anew writes nothing, and one that changes a setting changes
//! the file behind the link.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::PathBuf;

use super::{Home, USUAL};

const KEPT: &str = "# kept in git\nlive_stats = true\n";

/// A home whose settings are a link into a folder of dotfiles, and the file there.
fn linked() -> (Home, PathBuf) {
    let home = Home::new();
    let dotfiles = home.path().with_file_name("dotfiles");
    for folder in [&dotfiles, &home.path()] {
        fs::create_dir(folder).unwrap();
    }
    let target = dotfiles.join("settings.toml");
    fs::write(&target, KEPT).unwrap();
    symlink(&target, home.path().join("settings.toml")).unwrap();
    (home, target)
}

fn is_link(home: &Home) -> bool {
    home.path().join("settings.toml").symlink_metadata().unwrap().is_symlink()
}

#[test]
fn drawing_anew_writes_no_settings_and_a_link_stays_one() {
    let (home, target) = linked();
    let before = target.metadata().unwrap().modified().unwrap();
    let mut outside = home.test(&["--words", "3"], USUAL);
    for key in ["\x0c", "\x0c"] {
        let drawn = outside.raw().len();
        outside.send(key);
        outside.wait_for("a drawing", |outside| outside.raw().len() > drawn + 80);
    }
    assert_eq!(fs::read_to_string(&target).unwrap(), KEPT);
    assert_eq!(target.metadata().unwrap().modified().unwrap(), before);
    // The figures are shown or hidden, and that is kept; what is drawn anew afterwards shows that it was done.
    let drawn = outside.raw().len();
    outside.send("\x06\x0c");
    outside.wait_for("a drawing", |outside| outside.raw().len() > drawn + 80);
    outside.send("\x03");
    outside.end();
    assert_eq!(fs::read_to_string(&target).unwrap(), KEPT.replace("true", "false"));
    assert!(is_link(&home), "the link stays a link");
    outside.assert_restored("^C");
}

#[test]
fn a_read_only_settings_file_is_told_and_the_figures_change_all_the_same() {
    let (home, target) = linked();
    let mut read_only = target.metadata().unwrap().permissions();
    read_only.set_readonly(true);
    fs::set_permissions(&target, read_only).unwrap();
    let mut outside = home.test(&["--words", "3"], USUAL);
    outside.send("\x06");
    outside.until("read-only and stays as it is");
    outside.send("\x03");
    outside.end();
    assert_eq!(fs::read_to_string(&target).unwrap(), KEPT);
    assert!(is_link(&home));
}
