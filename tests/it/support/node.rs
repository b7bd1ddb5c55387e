//! Scripts of `tests/interop` that run in Node, and what they need.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

/// Where the scripts and the published libraries are.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/interop")
}

/// Says that a test is skipped, and how it would run.
pub fn skip(missing: &str, remedy: &str) {
    println!("SKIPPED: {missing}; {remedy}");
}

/// Whether a command is there.
pub fn has(command: impl AsRef<std::ffi::OsStr>, version: &str) -> bool {
    Command::new(command).arg(version).output().is_ok_and(|output| output.status.success())
}

/// Whether scripts can run; where they cannot, this says why.
pub fn ready() -> bool {
    let found = has("node", "--version");
    let installed = folder().join("node_modules").is_dir();
    match (found, installed) {
        (false, _) => skip("Node is not installed", "install Node 20 or later"),
        (true, false) => {
            skip("the JavaScript libraries are not installed", "run `npm ci --prefix tests/interop`")
        }
        (true, true) => {}
    }
    found && installed
}

/// The browser: the one named by `CHROMIUM`, or where Debian and others put it; where there is none, this says so.
pub fn chromium() -> Option<PathBuf> {
    let named = std::env::var_os("CHROMIUM").map(PathBuf::from);
    let usual =
        ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].map(PathBuf::from);
    let found = named.into_iter().chain(usual).find(|path| path.is_file());
    if found.is_none() {
        skip("Chromium is not installed", "install it, or name its path in CHROMIUM");
    }
    found
}

/// Gives a script its input as JSON, and takes its output.
pub fn run(script: &str, input: &Value) -> Value {
    let mut command = Command::new("node");
    command.arg(folder().join(script)).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // Scripts read all of their input before they write anything.
    let sent = child.stdin.take().unwrap().write_all(input.to_string().as_bytes());
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(sent.is_ok() && output.status.success(), "{script}: {said}");
    serde_json::from_slice(&output.stdout).unwrap_or_else(|why| panic!("{script}: {why}: {said}"))
}
