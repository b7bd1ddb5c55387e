//! The browser beside the local terminal: started directly, never through a shell.

use std::io;
use std::process::{Command, Stdio};

/// What opens an address on this system, with what stands before the address.
const OPENER: &[&str] = if cfg!(windows) {
    &["rundll32", "url.dll,FileProtocolHandler"]
} else if cfg!(target_os = "macos") {
    &["open"]
} else {
    &["xdg-open"]
};

/// Whether a browser is likely to open before the same eyes: not over ssh, and with a desktop.
pub(super) fn is_here() -> bool {
    let set = |name: &&str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let afar = ["SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY"].iter().any(set);
    let desktop = cfg!(any(windows, target_os = "macos")) || ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(set);
    !afar && desktop
}

/// Opens an address. What the browser says goes nowhere, so that it does not spoil the screen.
pub(super) fn open(address: &str) -> io::Result<()> {
    let [program, before @ ..] = OPENER else { return Err(io::ErrorKind::Unsupported.into()) };
    let mut command = Command::new(program);
    command.args(before).arg(address);
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    // Somebody has to take its exit status; it may run as long as it likes.
    std::thread::spawn(move || child.wait());
    Ok(())
}
