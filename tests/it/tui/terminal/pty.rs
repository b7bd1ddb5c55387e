//! The edge in a real pseudo-terminal: this test binary starts itself there as a small program that counts what it gets.

use portable_pty::CommandBuilder;
use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use ratatui::style::Style;
use rustix::process::{Signal, kill_process, kill_process_group};
use typeproof::tui::host::local::{Keyboard, Terminal};
use typeproof::tui::input::{self, Input, KeyPress};
use typeproof::tui::screen::{Colours, Screen};

use crate::support::pty::{self, Outside};

/// Set for the program inside, which is a test that otherwise does nothing.
const INSIDE: &str = "TYPEPROOF_TEST_INSIDE";

// -- the program inside

#[derive(Default)]
struct Seen {
    keys: usize,
    releases: usize,
    pasted: usize,
    resumed: usize,
    drawings: usize,
    focus: bool,
}

impl Seen {
    fn show(&self, buffer: &mut Buffer) -> Option<Position> {
        let Self { keys, releases, pasted, resumed, focus, .. } = self;
        let size = buffer.area.as_size();
        let line = format!(
            "keys={keys} releases={releases} pasted={pasted} resumed={resumed} focus={focus} {size}."
        );
        buffer.set_string(0, 0, line, Style::new());
        for y in 1..buffer.area.height {
            // Every drawing changes every cell, so that a terminal nobody reads is full soon.
            let filling = char::from(b'a' + (self.drawings % 26) as u8).to_string();
            buffer.set_string(0, y, filling.repeat(buffer.area.width.into()), Style::new());
        }
        Some(Position::ORIGIN)
    }

    /// Counts an input; the exit status once it ends the program.
    fn take(&mut self, input: Input, terminal: &mut Terminal, screen: &mut Screen) -> Option<u8> {
        match input {
            Input::Key(KeyPress::Char('q') | KeyPress::Ctrl('c')) => return Some(0),
            Input::Key(KeyPress::F(12)) => panic!("asked for"),
            Input::Key(_) => self.keys += 1,
            Input::Release(_) => self.releases += 1,
            Input::Paste { chars, .. } => self.pasted += chars,
            Input::FocusGained => self.focus = true,
            Input::Resize(size) => screen.resize(size),
            Input::Signal(input::Signal::Stop) => {
                terminal.suspend();
            }
            Input::Signal(input::Signal::Continue) => {
                self.resumed += 1;
                screen.resize(terminal.size());
            }
            Input::Signal(signal) => return signal.exit_status(),
            Input::Closed => return Some(129),
            _ => {}
        }
        None
    }
}

#[test]
#[ignore = "the program that the tests beside it start in a pseudo-terminal"]
fn inside() {
    if std::env::var_os(INSIDE).is_none() {
        return;
    }
    let mut terminal = match Terminal::open(Keyboard::Standard) {
        Ok(terminal) => terminal,
        Err(error) => {
            eprintln!("{error}");
            std::process::exit(2);
        }
    };
    let mut screen = Screen::new(terminal.size(), Colours::All);
    let (mut seen, mut inputs) = (Seen::default(), Vec::new());
    loop {
        if terminal.can_draw() {
            seen.drawings += 1;
            terminal.send(screen.draw(|buffer| seen.show(buffer))).unwrap();
        }
        terminal.wait(None, &mut inputs).unwrap();
        for input in inputs.drain(..) {
            if let Some(status) = seen.take(input, &mut terminal, &mut screen) {
                drop(terminal);
                std::process::exit(status.into());
            }
        }
    }
}

// -- the terminal outside

/// The program inside, with `before` to start it.
fn command(before: &[&str]) -> CommandBuilder {
    let own = std::env::current_exe().unwrap();
    let mut argv: Vec<_> = before.iter().map(std::ffi::OsString::from).collect();
    argv.push(own.into());
    argv.extend(["--exact", "tui::terminal::pty::inside", "--ignored", "--nocapture"].map(Into::into));
    let mut command = CommandBuilder::from_argv(argv);
    command.env(INSIDE, "1");
    command.env("TERM", "xterm-256color");
    command.env("LC_ALL", "C.UTF-8");
    command.env("RUST_BACKTRACE", "0");
    command
}

pub(super) fn start(before: &[&str]) -> Outside {
    let mut outside = Outside::start(command(before), (24, 80));
    outside.until("keys=0");
    outside
}

#[test]
fn every_end_leaves_the_terminal_as_it_was() {
    type Ending = fn(&mut Outside);
    let endings: [(&str, u32, Ending); 8] = [
        ("q", 0, |outside| outside.send("q")),
        ("^C", 0, |outside| outside.send("\x03")),
        ("SIGINT", 130, |outside| kill_process(outside.pid(), Signal::INT).unwrap()),
        ("SIGQUIT", 131, |outside| kill_process(outside.pid(), Signal::QUIT).unwrap()),
        ("SIGTERM", 143, |outside| kill_process(outside.pid(), Signal::TERM).unwrap()),
        ("SIGHUP", 129, |outside| kill_process(outside.pid(), Signal::HUP).unwrap()),
        ("panic", 101, |outside| outside.send("\x1b[24~")),
        ("q with the keyboard protocol", 0, |outside| {
            outside.send("\x1b[?0ux");
            outside.wait_for("the keyboard protocol", |outside| outside.count("\x1b[>31u") == 1);
            outside.send("\x1b[97;;97u\x1b[97;1:3u");
            outside.until("keys=2 releases=1");
            outside.send("\x1b[113;;113u");
        }),
    ];
    for (name, status, ending) in endings {
        let mut outside = start(&[]);
        assert!(outside.screen().alternate_screen() && outside.screen().bracketed_paste());
        assert!(outside.is_raw());
        ending(&mut outside);
        assert_eq!(outside.end().exit_code(), status, "{name}");
        outside.assert_restored(name);
    }
}

#[test]
fn a_panic_is_told_on_the_restored_screen() {
    let mut outside = start(&[]);
    outside.send("\x1b[24~");
    outside.end();
    let shown = outside.contents();
    assert!(shown.contains("panicked at") && shown.contains("asked for"), "{shown}");
}

#[test]
fn a_closed_window_ends_the_program() {
    let mut outside = start(&[]);
    assert_eq!(outside.close("x").exit_code(), 129);
}

#[test]
fn a_stop_gives_the_terminal_back_and_continuing_takes_it_again() {
    // The shell leads the session, so that there is somebody to continue the program.
    let mut outside = start(&pty::SHELL);
    outside.send("x");
    outside.until("keys=1");
    kill_process_group(outside.pid(), Signal::CONT).unwrap();
    outside.until("resumed=1");
    outside.send("\x1a");
    outside.until("keys=2");
    let Some(inside) = outside.pid_behind_shell() else { return };
    for round in 2..4 {
        outside.stop(inside);
        kill_process_group(outside.pid(), Signal::CONT).unwrap();
        outside.until(&format!("resumed={round}"));
    }
    outside.send("q");
    assert_eq!(outside.end().exit_code(), 0);
    outside.assert_restored("q after a stop");
}

#[test]
fn a_burst_is_counted_whole_and_drawn_in_few_frames() {
    let mut outside = start(&[]);
    let before = outside.raw().len();
    outside.send("x".repeat(2000));
    outside.until("keys=2000 ");
    let drawn = outside.raw().len() - before;
    assert!(drawn < 100_000, "{drawn} bytes");
    outside.send("\x1b[I\x1b[200~pasted\x1b[201~");
    outside.until("pasted=6 resumed=0 focus=true");
}

#[test]
fn a_terminal_that_takes_no_output_holds_up_no_key() {
    let mut outside = start(&[]);
    outside.resize(200, 500);
    // Far more keys than a terminal holds unread: unless they are read, this write never ends.
    outside.send("x".repeat(50_000));
    outside.until("keys=50000 ");
    outside.resize(200, 500);
    outside.send("q");
    assert_eq!(outside.end().exit_code(), 0);
    outside.assert_restored("q while output was pending");
}

#[test]
fn another_size_is_drawn_at_once() {
    let mut outside = start(&[]);
    for (rows, cols) in [(10, 90), (50, 200), (1, 1), (24, 80)] {
        outside.resize(rows, cols);
        outside.until(&if cols > 1 { format!("{cols}x{rows}.") } else { "k".to_owned() });
    }
    outside.send("q");
    assert_eq!(outside.end().exit_code(), 0);
}

#[test]
fn without_a_terminal_it_says_so() {
    let command = |stdin: std::process::Stdio| {
        let argv = command(&[]).get_argv().clone();
        let mut command = std::process::Command::new(&argv[0]);
        command.args(&argv[1..]).env(INSIDE, "1").stdin(stdin).output().unwrap()
    };
    let output = command(std::process::Stdio::null());
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("standard input is not a terminal: run this in a terminal window"), "{said}");
}
