//! Home and levels over a history that cannot be read: nothing is made up in its place.

use super::{Home, USUAL};
use crate::cli::shut::{Shut, as_other};
use crate::support::pty::Outside;

/// What is shown, where lines were broken or not.
fn in_one_line(outside: &Outside) -> String {
    outside.contents().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn home_says_that_the_history_cannot_be_read_and_makes_nothing_up() {
    let Some(other) = as_other() else { return };
    let shut = Shut::new("home");
    let home = Home::new();
    // Only root makes files that others cannot read by their mode alone.
    let (folders, files) = if other.is_empty() { (0o555, 0o000) } else { (0o755, 0o600) };
    shut.shut(folders, files);
    let variable = format!("TYPEPROOF_HOME={}", shut.home().display());
    let before = [&["env", &variable][..], &other].concat();
    let mut outside = home.behind(&before, &[], USUAL);
    outside.until("Take a level");
    let shown = in_one_line(&outside);
    assert!(shown.contains("No name yet · the history cannot be read"), "{shown}");
    // What the history alone knows is nowhere stated.
    for never in ["all levels are passed", "0 tests", "0 attempts", "none yet", "New here?"] {
        assert!(!shown.contains(never), "{never}: {shown}");
    }
    outside.send("n");
    outside.until("Notices");
    let shown = in_one_line(&outside);
    assert!(shown.contains("cannot be read (permission denied)"), "{shown}");
    outside.send("n");
    outside.until("Take a level");
    outside.send("l");
    outside.until("sudo");
    outside.send("\x03");
    outside.end();
    outside.assert_restored("^C");
}

#[test]
fn home_shows_a_history_that_can_only_be_read() {
    let Some(other) = as_other() else { return };
    let shut = Shut::new("home");
    let home = Home::new();
    shut.shut(0o555, 0o444);
    let variable = format!("TYPEPROOF_HOME={}", shut.home().display());
    let before = [&["env", &variable][..], &other].concat();
    let mut outside = home.behind(&before, &[], USUAL);
    outside.until("2 tests taken");
    outside.wait_for("the notice", |outside| in_one_line(outside).contains("can be read, but not written"));
    outside.send("\x03");
    outside.end();
}
