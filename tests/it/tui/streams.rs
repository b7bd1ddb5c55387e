//! Screens over byte streams: no terminal, no process and, for the test screen, no desk.

use std::io::{self, Read, Write};
use std::sync::mpsc::{Sender, channel};
use std::time::{Duration, Instant};

use ratatui::layout::Size;
use typeproof::desk::Desk;
use typeproof::sitting::{Accepted, Sitting, Task};
use typeproof::store::history::{Ended, Filter};
use typeproof::store::paths::Paths;
use typeproof::tui::app::{self, App, Start};
use typeproof::tui::host::stream::{Arrival, Stream, What, pump};
use typeproof::tui::host::{Capabilities, Host};
use typeproof::tui::input::{Input, KeyPress};
use typeproof::tui::screens::Page;
use typeproof::tui::seat::{self, Seat};
use typeproof::typing::log::End;
use typeproof::typing::rules::{Limit, Rules};
use typeproof::typing::score::Score;
use typeproof::typing::session::Phase;
use typeproof::typing::text::Lookalikes;

use crate::support::typing::exercise;

mod slow;

const TEXT: &str = "Two cats sat. One left.";
const SIZE: Size = Size::new(80, 24);

/// A reader that gives one byte at a time, as a person does.
struct Typist<'a>(&'a [u8]);

impl Read for Typist<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let (Some((first, rest)), Some(to)) = (self.0.split_first(), buffer.first_mut()) else {
            return Ok(0);
        };
        *to = *first;
        self.0 = rest;
        Ok(1)
    }
}

/// A writer that keeps each write apart.
#[derive(Default)]
struct Writes(Vec<Vec<u8>>);

impl Write for &mut Writes {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.push(bytes.to_vec());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Writes {
    /// What a terminal shows after all of it.
    fn terminal(&self) -> vt100::Parser {
        let mut terminal = vt100::Parser::new(24.try_into().unwrap(), 80.try_into().unwrap(), 0);
        self.0.iter().for_each(|bytes| terminal.process(bytes));
        terminal
    }
}

fn task() -> Task {
    Task::Text { name: "cats.txt".to_owned(), raw: TEXT.to_owned(), lookalikes: Lookalikes::Typographic }
}

fn seat(limit: Limit) -> Seat {
    let exercise = exercise(TEXT, Lookalikes::Typographic, Rules::practice(limit));
    Seat::new(Sitting::new(task(), None, exercise), true, Default::default())
}

/// Everything that is typed is on the line already, a key every 100 ms from `start` on.
fn typed(keys: &str, start: Instant) -> std::sync::mpsc::Receiver<Arrival> {
    let (sender, line) = channel();
    let mut at = start;
    pump(Typist(keys.as_bytes()), &sender, || {
        at += Duration::from_millis(100);
        at
    });
    line
}

fn send(line: &Sender<Arrival>, at: Instant, what: What) {
    line.send(Arrival { at, what }).unwrap();
}

fn bytes(text: &str) -> What {
    What::Bytes(text.as_bytes().to_vec())
}

fn host(
    line: std::sync::mpsc::Receiver<Arrival>,
    output: &mut Writes,
    start: Instant,
) -> Stream<&mut Writes> {
    Stream::new(line, output, move || start, SIZE, Capabilities::default()).unwrap()
}

#[test]
fn the_test_screen_runs_over_a_pair_of_streams() {
    let start = Instant::now();
    let (mut output, mut seat, mut journal) = (Writes::default(), seat(Limit::Text), Vec::new());
    {
        let mut host = host(typed(TEXT, start), &mut output, start);
        seat::run(&mut seat, &mut host, &mut |accepted: &Accepted| journal.extend(accepted.event)).unwrap();
    }
    assert_eq!(seat.sitting().phase(), Phase::Ended(End::Completed));
    let score = Score::of(seat.session()).unwrap();
    assert_eq!((score.gross_wpm_x100, score.counts.duration_ms), (12_000, 2_200));
    assert_eq!(seat.session().log().unwrap().events, journal, "the journal is the log");
    // The first drawing, one for each key that left the screen standing, and what leaves it.
    assert_eq!(output.0.len(), 1 + (TEXT.len() - 1) + 1, "one write a key");
    let left = output.0.pop().unwrap();
    let terminal = output.terminal();
    let shown = terminal.screen().contents();
    assert!(shown.contains("cats.txt") && shown.contains(TEXT), "{shown}");
    assert!(terminal.screen().alternate_screen());
    output.0.push(left);
    assert!(!output.terminal().screen().alternate_screen(), "left as it was found");
}

#[test]
fn a_line_that_drops_in_the_middle_closes_the_sitting() {
    let start = Instant::now();
    for (keys, typed_keys) in [("", None), ("Two ca", Some(6)), ("Two ca\x03", Some(6))] {
        let (mut output, mut seat) = (Writes::default(), seat(Limit::Text));
        let mut host = host(typed(keys, start), &mut output, start);
        seat::run(&mut seat, &mut host, &mut |_| {}).unwrap();
        let log = seat.session().log();
        assert_eq!(log.as_ref().map(|log| log.events.len()), typed_keys, "{keys:?}");
        assert!(log.is_none_or(|log| log.close.end == End::GaveUp && log.close.at == 600));
    }
}

/// The whole program over streams: what was typed before the line dropped is in the history.
#[test]
fn a_line_that_drops_leaves_a_saved_unfinished_attempt() {
    let (home, start) = (tempfile::tempdir().unwrap(), Instant::now());
    let desk = || Desk::at(Paths::below(home.path()), None);
    let mut output = Writes::default();
    let app = App::new(desk(), Start::Test(task()), false).unwrap();
    let ended = app::run(app, &mut host(typed("Two ca", start), &mut output, start)).unwrap();
    assert_eq!((ended.status, ended.finished.is_some()), (129, false));
    let attempts = desk().history().unwrap().attempts(&Filter::default()).unwrap();
    let [attempt] = &attempts[..] else { panic!("{attempts:?}") };
    assert_eq!((attempt.ended, attempt.passed, attempt.duration_ms), (Ended::GaveUp, false, 600));
    let reopened = desk().reopen(&attempt.id).unwrap();
    assert_eq!(reopened.session.tally().typed, 6, "log and all");
}

/// A home screen and back, to see that no page needs a terminal.
#[test]
fn the_whole_program_runs_over_streams() {
    let (home, start) = (tempfile::tempdir().unwrap(), Instant::now());
    let mut output = Writes::default();
    let app = App::new(Desk::at(Paths::below(home.path()), None), Start::Home, false).unwrap();
    let ended = app::run(app, &mut host(typed("l", start), &mut output, start)).unwrap();
    assert_eq!(ended.status, 129, "the line ended while levels were shown");
    let left = output.0.pop().unwrap();
    assert!(output.terminal().screen().contents().contains("Typing 20 WPM"), "the levels were shown");
    output.0.push(left);
    assert!(!output.terminal().screen().alternate_screen(), "the modes are undone while somebody reads");
}

#[cfg(unix)]
#[test]
fn a_socket_is_a_line_too() {
    use std::os::unix::net::UnixStream;
    let (mut near, far) = UnixStream::pair().unwrap();
    let (sender, line) = channel();
    let reader = far.try_clone().unwrap();
    let pumping = std::thread::spawn(move || pump(reader, &sender, Instant::now));
    near.write_all(TEXT.as_bytes()).unwrap();
    let mut seat = seat(Limit::Text);
    {
        let mut host = Stream::new(line, far, Instant::now, SIZE, Capabilities::default()).unwrap();
        seat::run(&mut seat, &mut host, &mut |_| {}).unwrap();
    }
    assert_eq!(seat.sitting().phase(), Phase::Ended(End::Completed));
    near.shutdown(std::net::Shutdown::Write).unwrap();
    pumping.join().unwrap();
    let mut drawn = String::new();
    near.read_to_string(&mut drawn).unwrap();
    assert!(drawn.contains("cats.txt") && drawn.contains("\x1b[?1049l"));
}

#[test]
fn a_stream_waits_for_deadlines_escapes_and_sizes() {
    let start = Instant::now();
    let after = |ms| start + Duration::from_millis(ms);
    let (sender, line) = channel();
    send(&sender, after(100), bytes("a"));
    send(&sender, after(2_000), bytes("\x1b"));
    send(&sender, after(3_000), What::Resized(Size::new(40, 10)));
    send(&sender, after(3_100), bytes("\x1b[?0u"));
    send(&sender, after(3_200), bytes("b"));
    drop(sender);
    let mut output = Writes::default();
    let mut host = host(line, &mut output, start);
    let mut next = |deadline: Option<u64>| {
        let mut inputs = Vec::new();
        let at = host.wait(deadline.map(after), &mut inputs).unwrap();
        host.send(b".").unwrap();
        (at, inputs)
    };
    assert_eq!(next(Some(1_000)), (after(100), vec![Input::Key(KeyPress::Char('a'))]));
    assert_eq!(next(Some(1_000)), (after(1_000), vec![]), "what comes later is not stamped earlier");
    assert_eq!(next(Some(1_500)), (after(1_500), vec![]));
    // An escape byte that nothing follows is the key, as soon as that is certain.
    assert_eq!(next(None), (after(2_500), vec![Input::Key(KeyPress::Esc)]));
    assert_eq!(next(None), (after(3_000), vec![Input::Resize(Size::new(40, 10))]));
    assert_eq!(next(None), (after(3_200), vec![Input::Key(KeyPress::Char('b'))]));
    assert_eq!(next(None), (after(3_200), vec![Input::Closed]));
    assert_eq!((host.size(), host.can_draw(), host.may_suspend()), (Size::new(40, 10), false, false));
    drop(host);
    let written = output.0.concat();
    assert!(written.windows(6).any(|bytes| bytes == b"\x1b[>31u"), "the keyboard protocol was answered");
}

#[test]
fn a_writer_that_refuses_has_nobody_behind_it() {
    struct Gone;
    impl Write for Gone {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::BrokenPipe.into())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let (_sender, line) = channel();
    let start = Instant::now();
    let mut seat = seat(Limit::Text);
    let mut host = Stream::new(line, Gone, move || start, SIZE, Capabilities::default()).unwrap();
    seat::run(&mut seat, &mut host, &mut |_| {}).unwrap();
    assert_eq!(seat.sitting().phase(), Phase::Ready, "nothing was typed, so nothing was given up");
}

#[test]
fn the_program_can_be_sent_to_another_thread() {
    fn can_be_sent<T: Send + ?Sized>() {}
    can_be_sent::<App>();
    can_be_sent::<Seat>();
    can_be_sent::<dyn Page>();
    can_be_sent::<Stream<Vec<u8>>>();
}
