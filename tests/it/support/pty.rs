//! A program in a pseudo-terminal, and what a terminal would show of it.

use std::io::{Read, Write};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, WaitOptions, kill_process, waitpid};

/// Longer than anything here takes on a slow machine; reached only by failures.
const PATIENCE: Duration = Duration::from_secs(60);

/// Starts a program behind a shell that leads the session, so that there is somebody to continue it.
pub const SHELL: [&str; 3] = ["/bin/sh", "-c", "\"$0\" \"$@\"; exit $?"];

/// A terminal with a program in it.
pub struct Outside {
    master: Option<Box<dyn MasterPty>>,
    writer: Option<Box<dyn Write + Send>>,
    child: Box<dyn Child + Send + Sync>,
    output: Receiver<Vec<u8>>,
    parser: vt100::Parser,
    raw: Vec<u8>,
    modes: (u64, u64),
}

fn modes(master: &dyn MasterPty) -> (u64, u64) {
    let modes = master.get_termios().unwrap();
    (modes.local_flags.bits().into(), modes.input_flags.bits().into())
}

impl Outside {
    /// Starts a program in a terminal of so many rows and columns.
    pub fn start(command: CommandBuilder, (rows, cols): (u16, u16)) -> Self {
        let size = PtySize { rows, cols, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let modes = modes(&*pair.master);
        let child = pair.slave.spawn_command(command).unwrap();
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
        let parser = vt100::Parser::new(rows.try_into().unwrap(), cols.try_into().unwrap(), 0);
        Self { master: Some(pair.master), writer, child, output, parser, raw: Vec::new(), modes }
    }

    pub fn send(&mut self, bytes: impl AsRef<[u8]>) {
        self.writer.as_mut().unwrap().write_all(bytes.as_ref()).unwrap();
    }

    pub fn resize(&mut self, rows: u16, cols: u16) {
        self.parser.screen_mut().set_size(rows.try_into().unwrap(), cols.try_into().unwrap());
        let size = PtySize { rows, cols, pixel_width: 0, pixel_height: 0 };
        self.master.as_ref().unwrap().resize(size).unwrap();
    }

    pub fn pid(&self) -> Pid {
        Pid::from_raw(self.child.process_id().unwrap().try_into().unwrap()).unwrap()
    }

    /// The only child of the program, which is a shell; nothing elsewhere than on Linux.
    pub fn pid_behind_shell(&self) -> Option<Pid> {
        let children = format!("/proc/{0}/task/{0}/children", self.pid());
        Pid::from_raw(std::fs::read_to_string(children).ok()?.trim().parse().unwrap())
    }

    pub fn signal(&self, signal: Signal) {
        kill_process(self.pid(), signal).unwrap();
    }

    /// Stops the program behind the shell, and sees that the terminal is as it was.
    pub fn stop(&mut self, inside: Pid) {
        kill_process(inside, Signal::TSTP).unwrap();
        waitpid(Some(self.pid()), WaitOptions::UNTRACED).unwrap();
        self.until_left();
        self.assert_restored("stop");
    }

    /// What the terminal shows.
    pub fn screen(&self) -> &vt100::Screen {
        self.parser.screen()
    }

    pub fn contents(&self) -> String {
        self.screen().contents()
    }

    /// All bytes that were written to the terminal.
    pub fn raw(&self) -> &[u8] {
        &self.raw
    }

    fn process(&mut self, bytes: &[u8]) {
        self.parser.process(bytes);
        self.raw.extend_from_slice(bytes);
    }

    /// Takes output until the condition holds.
    pub fn wait_for(&mut self, what: &str, holds: impl Fn(&Self) -> bool) {
        let end = Instant::now() + PATIENCE;
        while !holds(self) {
            match self.output.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(bytes) => self.process(&bytes),
                Err(error) => panic!("waiting for {what}: {error}; shown:\n{}", self.contents()),
            }
        }
    }

    /// Takes output until that time.
    pub fn take_until(&mut self, end: Instant) {
        loop {
            match self.output.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(bytes) => self.process(&bytes),
                Err(RecvTimeoutError::Timeout) => return,
                Err(error) => panic!("{error}; shown:\n{}", self.contents()),
            }
        }
    }

    /// Takes output until this text is shown.
    pub fn until(&mut self, text: &str) {
        self.wait_for(text, |outside| outside.contents().contains(text));
    }

    pub fn until_left(&mut self) {
        self.wait_for("the end of the alternate screen", |outside| !outside.screen().alternate_screen());
    }

    /// Takes all output and waits for the program's end.
    pub fn end(&mut self) -> ExitStatus {
        // The terminal is closed by the last program that has it.
        loop {
            match self.output.recv_timeout(PATIENCE) {
                Ok(bytes) => self.process(&bytes),
                Err(RecvTimeoutError::Disconnected) => return self.child.wait().unwrap(),
                Err(error) => panic!("waiting for the end: {error}; shown:\n{}", self.contents()),
            }
        }
    }

    /// Closes the window; `key` makes the program write something.
    pub fn close(&mut self, key: &str) -> ExitStatus {
        // The reading thread holds the terminal too, and lets go of it with the next output that nobody takes.
        self.output = sync_channel(0).1;
        self.send(key);
        (self.writer, self.master) = (None, None);
        self.child.wait().unwrap()
    }

    /// How many times these bytes were written.
    pub fn count(&self, bytes: &str) -> usize {
        self.raw.windows(bytes.len()).filter(|window| *window == bytes.as_bytes()).count()
    }

    /// Where these bytes were written last.
    fn last(&self, bytes: &str) -> Option<usize> {
        self.raw.windows(bytes.len()).rposition(|window| window == bytes.as_bytes())
    }

    fn modes(&self) -> (u64, u64) {
        modes(&**self.master.as_ref().unwrap())
    }

    pub fn is_raw(&self) -> bool {
        self.modes() != self.modes
    }

    /// The terminal is as the program found it.
    pub fn assert_restored(&self, after: &str) {
        let screen = self.screen();
        assert!(!screen.alternate_screen(), "{after}: alternate screen left");
        assert!(!screen.hide_cursor(), "{after}: cursor hidden");
        assert!(!screen.bracketed_paste(), "{after}: pastes still bracketed");
        for (on, off) in [("\x1b[?1004h", "\x1b[?1004l"), ("\x1b[>31u", "\x1b[<1u")] {
            assert!(self.last(on) <= self.last(off), "{after}: {on:?} not undone");
        }
        assert_eq!(self.modes(), self.modes, "{after}: raw mode left");
    }
}

impl Drop for Outside {
    fn drop(&mut self) {
        // A test that failed leaves no program behind.
        if matches!(self.child.try_wait(), Ok(None)) {
            let _ = kill_process(self.pid(), Signal::KILL);
            let _ = self.child.wait();
        }
    }
}
