//! The edge in a real pseudo-terminal: this test binary starts itself there as a small program that counts what it gets.

use std::io::{Read, Write};
use std::sync::mpsc::{Receiver, sync_channel};
use std::time::Duration;

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use ratatui::style::Style;
use rustix::process::{Pid, Signal, WaitOptions, kill_process, kill_process_group, waitpid};
use typeproof::tui::input::{self, Input, KeyPress};
use typeproof::tui::screen::{Colours, Screen};
use typeproof::tui::terminal::{Keyboard, Terminal};

/// Set for the program inside, which is a test that otherwise does nothing.
const INSIDE: &str = "TYPEPROOF_TEST_INSIDE";

/// Longer than anything here takes on a slow machine; reached only by failures.
const PATIENCE: Duration = Duration::from_secs(20);

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

struct Outside {
    master: Option<Box<dyn MasterPty>>,
    writer: Option<Box<dyn Write + Send>>,
    child: Box<dyn Child + Send + Sync>,
    output: Receiver<Vec<u8>>,
    screen: vt100::Parser,
    raw: Vec<u8>,
    modes: (u64, u64),
}

/// The program inside, with `before` to start it.
fn command(before: &[&str]) -> CommandBuilder {
    let own = std::env::current_exe().unwrap();
    let mut argv: Vec<_> = before.iter().map(std::ffi::OsString::from).collect();
    argv.push(own.into());
    argv.extend(["--exact", "terminal::pty::inside", "--ignored", "--nocapture"].map(Into::into));
    let mut command = CommandBuilder::from_argv(argv);
    command.env(INSIDE, "1");
    command.env("RUST_BACKTRACE", "0");
    command
}

fn modes(master: &dyn MasterPty) -> (u64, u64) {
    let modes = master.get_termios().unwrap();
    (modes.local_flags.bits().into(), modes.input_flags.bits().into())
}

impl Outside {
    fn start(before: &[&str]) -> Self {
        let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let modes = modes(&*pair.master);
        let child = pair.slave.spawn_command(command(before)).unwrap();
        // Nothing is read ahead: while no test takes output, the terminal fills.
        let (sender, output) = sync_channel(0);
        let mut reader = pair.master.try_clone_reader().unwrap();
        std::thread::spawn(move || {
            let mut bytes = [0; 65536];
            while let Ok(n @ 1..) = reader.read(&mut bytes) {
                if sender.send(bytes[..n].to_vec()).is_err() {
                    return;
                }
            }
        });
        let writer = pair.master.take_writer().ok();
        let screen = vt100::Parser::new(24.try_into().unwrap(), 80.try_into().unwrap(), 0);
        let mut outside =
            Self { master: Some(pair.master), writer, child, output, screen, raw: Vec::new(), modes };
        outside.until("keys=0");
        outside
    }

    fn send(&mut self, bytes: impl AsRef<[u8]>) {
        self.writer.as_mut().unwrap().write_all(bytes.as_ref()).unwrap();
    }

    fn resize(&mut self, rows: u16, cols: u16) {
        self.screen.screen_mut().set_size(rows.try_into().unwrap(), cols.try_into().unwrap());
        let size = PtySize { rows, cols, pixel_width: 0, pixel_height: 0 };
        self.master.as_ref().unwrap().resize(size).unwrap();
    }

    fn pid(&self) -> Pid {
        Pid::from_raw(self.child.process_id().unwrap().try_into().unwrap()).unwrap()
    }

    /// Takes output until the condition holds.
    fn wait_for(&mut self, what: &str, holds: impl Fn(&Self) -> bool) {
        while !holds(self) {
            match self.output.recv_timeout(PATIENCE) {
                Ok(bytes) => {
                    self.screen.process(&bytes);
                    self.raw.extend_from_slice(&bytes);
                }
                Err(error) => {
                    panic!("waiting for {what}: {error}; shown:\n{}", self.screen.screen().contents())
                }
            }
        }
    }

    fn until(&mut self, text: &str) {
        self.wait_for(text, |outside| outside.screen.screen().contents().contains(text));
    }

    fn until_left(&mut self) {
        self.wait_for("the end of the alternate screen", |outside| {
            !outside.screen.screen().alternate_screen()
        });
    }

    fn end(&mut self) -> ExitStatus {
        let status = self.child.wait().unwrap();
        while let Ok(bytes) = self.output.recv_timeout(Duration::from_millis(50)) {
            self.screen.process(&bytes);
            self.raw.extend_from_slice(&bytes);
        }
        status
    }

    fn count(&self, bytes: &str) -> usize {
        self.raw.windows(bytes.len()).filter(|window| *window == bytes.as_bytes()).count()
    }

    /// Where these bytes were written last.
    fn last(&self, bytes: &str) -> Option<usize> {
        self.raw.windows(bytes.len()).rposition(|window| window == bytes.as_bytes())
    }

    fn assert_restored(&self, after: &str) {
        let screen = self.screen.screen();
        assert!(!screen.alternate_screen(), "{after}: alternate screen left");
        assert!(!screen.hide_cursor(), "{after}: cursor hidden");
        assert!(!screen.bracketed_paste(), "{after}: pastes still bracketed");
        for (on, off) in [("\x1b[?1004h", "\x1b[?1004l"), ("\x1b[>27u", "\x1b[<1u")] {
            assert!(self.last(on) <= self.last(off), "{after}: {on:?} not undone");
        }
        assert_eq!(modes(&**self.master.as_ref().unwrap()), self.modes, "{after}: raw mode left");
    }
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
            outside.wait_for("the keyboard protocol", |outside| outside.count("\x1b[>27u") == 1);
            outside.send("\x1b[97;;97u\x1b[97;1:3u");
            outside.until("keys=2 releases=1");
            outside.send("\x1b[113;;113u");
        }),
    ];
    for (name, status, ending) in endings {
        let mut outside = Outside::start(&[]);
        assert!(outside.screen.screen().alternate_screen() && outside.screen.screen().bracketed_paste());
        assert_ne!(modes(&**outside.master.as_ref().unwrap()), outside.modes, "raw mode");
        ending(&mut outside);
        assert_eq!(outside.end().exit_code(), status, "{name}");
        outside.assert_restored(name);
    }
}

#[test]
fn a_panic_is_told_on_the_restored_screen() {
    let mut outside = Outside::start(&[]);
    outside.send("\x1b[24~");
    outside.end();
    let shown = outside.screen.screen().contents();
    assert!(shown.contains("panicked at") && shown.contains("asked for"), "{shown}");
}

#[test]
fn a_closed_window_ends_the_program() {
    let mut outside = Outside::start(&[]);
    // The reading thread holds the terminal too, and lets go of it with the next output that nobody takes.
    outside.output = sync_channel(0).1;
    outside.send("x");
    (outside.writer, outside.master) = (None, None);
    assert_eq!(outside.child.wait().unwrap().exit_code(), 129);
}

#[test]
fn a_stop_gives_the_terminal_back_and_continuing_takes_it_again() {
    // The shell leads the session, so that there is somebody to continue the program.
    let mut outside = Outside::start(&["/bin/sh", "-c", "\"$0\" \"$@\"; exit $?"]);
    outside.send("x");
    outside.until("keys=1");
    kill_process_group(outside.pid(), Signal::CONT).unwrap();
    outside.until("resumed=1");
    outside.send("\x1a");
    outside.until("keys=2");
    let children = format!("/proc/{0}/task/{0}/children", outside.pid());
    // Elsewhere than on Linux the program cannot be found behind its shell.
    let Ok(inside) = std::fs::read_to_string(children) else { return };
    let inside = Pid::from_raw(inside.trim().parse().unwrap()).unwrap();
    for round in 2..4 {
        kill_process(inside, Signal::TSTP).unwrap();
        waitpid(Some(outside.pid()), WaitOptions::UNTRACED).unwrap();
        outside.until_left();
        outside.assert_restored("stop");
        kill_process_group(outside.pid(), Signal::CONT).unwrap();
        outside.until(&format!("resumed={round}"));
    }
    outside.send("q");
    assert_eq!(outside.end().exit_code(), 0);
    outside.assert_restored("q after a stop");
}

#[test]
fn a_burst_is_counted_whole_and_drawn_in_few_frames() {
    let mut outside = Outside::start(&[]);
    let before = outside.raw.len();
    outside.send("x".repeat(2000));
    outside.until("keys=2000 ");
    let drawn = outside.raw.len() - before;
    assert!(drawn < 100_000, "{drawn} bytes");
    outside.send("\x1b[I\x1b[200~pasted\x1b[201~");
    outside.until("pasted=6 resumed=0 focus=true");
}

#[test]
fn a_terminal_that_takes_no_output_holds_up_no_key() {
    let mut outside = Outside::start(&[]);
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
    let mut outside = Outside::start(&[]);
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
