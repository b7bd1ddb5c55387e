//! A house with one program, which shows what was typed; and clients over pipes in memory.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use ratatui::layout::Rect;
use ratatui::style::Style;
use russh::ChannelMsg;
use russh::client::{self, AuthResult, KeyboardInteractiveAuthResponse, Prompt};
use russh::keys::PublicKeyOrCertificate;
use tokio::io::duplex;
use tokio::sync::Notify;
use tokio::time::timeout;
use typeproof::room::ssh::{Admission, Claim, Door, Entry, HostKey, House, Limits, Report, Terminal, Visit};
use typeproof::tui::drive::{Program, Request};
use typeproof::tui::host::Capabilities;
use typeproof::tui::input::{Input, KeyPress};
use typeproof::tui::screen::Screen;
use typeproof::typing::log::EventKind;

/// Longer than anything here takes on a slow machine; reached only by failures.
pub const PATIENCE: Duration = Duration::from_secs(30);

pub const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
pub const ELSEWHERE: IpAddr = IpAddr::V4(Ipv4Addr::new(10, 0, 0, 7));

/// Runs a test in a runtime of one thread, as the server does.
pub fn run<T>(test: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async { timeout(PATIENCE, test).await.expect("the test came to its end in time") })
}

/// What the house saw.
#[derive(Debug, Default)]
pub struct Seen {
    pub claims: Vec<(String, String)>,
    pub reports: Vec<Report>,
    pub terminals: Vec<Terminal>,
    pub sizes: Vec<Rect>,
    pub inputs: Vec<Input>,
    pub stamps: Vec<Instant>,
    pub left: Vec<String>,
    pub latencies: Vec<u32>,
}

/// A house where everybody in `codes` comes in, once at a time.
#[derive(Default)]
pub struct Hotel {
    pub codes: BTreeMap<String, String>,
    pub seen: Arc<Mutex<Seen>>,
    /// Whether each drawing is a large one.
    pub wordy: bool,
}

impl House for Hotel {
    fn greeting(&self) -> String {
        "A house for tests".to_owned()
    }

    fn admit<'a>(&'a self, claim: Claim<'a>) -> Admission<'a> {
        Box::pin(async move { self.entry(&claim) })
    }

    fn report(&self, what: Report) {
        self.seen.lock().unwrap().reports.push(what);
    }
}

impl Hotel {
    fn entry(&self, claim: &Claim<'_>) -> Entry {
        self.seen.lock().unwrap().claims.push((claim.number.to_owned(), claim.code.to_owned()));
        match self.codes.get(claim.number) {
            Some(code) if code == "taken" => Entry::Refused("Somebody sits there.".to_owned()),
            Some(code) if code == claim.code => Entry::In(Box::new(Echo {
                number: claim.number.to_owned(),
                seen: Arc::clone(&self.seen),
                bell: Arc::default(),
                text: String::new(),
                stale: true,
                over: false,
                wordy: self.wordy,
            })),
            _ => Entry::Wrong,
        }
    }
}

/// Shows what is typed; `!` is a fault of the program, `.` its end.
struct Echo {
    number: String,
    seen: Arc<Mutex<Seen>>,
    bell: Arc<Notify>,
    text: String,
    stale: bool,
    over: bool,
    wordy: bool,
}

impl Drop for Echo {
    fn drop(&mut self) {
        let seen = self.seen.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        { seen }.left.push(self.number.clone());
    }
}

impl Program for Echo {
    fn meet(&mut self, _: Capabilities) {}

    fn resize(&mut self, area: Rect) {
        self.seen.lock().unwrap().sizes.push(area);
        self.stale = true;
    }

    fn is_stale(&self) -> bool {
        self.stale
    }

    fn draw<'s>(&mut self, screen: &'s mut Screen) -> &'s [u8] {
        self.stale = false;
        screen.draw(|buffer| {
            buffer.set_string(0, 0, format!("[{}]", self.text), Style::new());
            if self.wordy {
                for y in 1..buffer.area.height {
                    let fill = char::from(b'a' + (self.text.len() as u8 + y as u8) % 26).to_string();
                    buffer.set_string(0, y, fill.repeat(buffer.area.width.into()), Style::new());
                }
            }
            None
        })
    }

    fn wake(&self) -> Option<Instant> {
        None
    }

    fn takes_text(&self) -> bool {
        true
    }

    fn means(&self, _: KeyPress) -> bool {
        false
    }

    fn take(&mut self, at: Instant, input: &Input) -> Request {
        let mut seen = self.seen.lock().unwrap();
        seen.inputs.push(input.clone());
        seen.stamps.push(at);
        drop(seen);
        match input {
            Input::Key(KeyPress::Char('!')) => panic!("asked for"),
            Input::Key(KeyPress::Char('.')) | Input::Closed => self.over = true,
            Input::Key(KeyPress::Char(c)) => {
                self.text.push(*c);
                self.stale = true;
            }
            _ => {}
        }
        Request::Nothing
    }

    fn is_unseen(&self) -> bool {
        false
    }

    fn came(&mut self, _: u32, _: bool) {}
    fn record(&mut self, _: Instant, _: EventKind) {}
    fn tick(&mut self, _: Instant) {}

    fn is_over(&self) -> bool {
        self.over
    }
}

impl Visit for Echo {
    fn bell(&self) -> Arc<Notify> {
        Arc::clone(&self.bell)
    }

    fn seated(&mut self, _: Instant, terminal: &Terminal) {
        self.seen.lock().unwrap().terminals.push(terminal.clone());
    }

    fn answered(&mut self, latency_ms: u32) {
        self.seen.lock().unwrap().latencies.push(latency_ms);
    }

    fn may_idle_out(&self) -> bool {
        true
    }

    fn farewell(&self) -> String {
        format!("Goodbye, {}.", self.number)
    }
}

/// A house with the numbers 1 to 9, whose codes are `code-1` and so on, and its door.
pub struct Stage {
    pub door: Door,
    pub seen: Arc<Mutex<Seen>>,
}

/// Limits under which nothing waits that need not.
pub fn quick() -> Limits {
    Limits {
        back_off: Duration::ZERO,
        address_burst: 100_000,
        waiting: 64,
        breath: Duration::from_millis(20),
        ..Limits::default()
    }
}

impl Stage {
    pub fn new(limits: Limits) -> Self {
        Self::of(Hotel::default(), limits)
    }

    pub fn of(mut hotel: Hotel, limits: Limits) -> Self {
        hotel.codes.extend((1..10).map(|n| (n.to_string(), format!("code-{n}"))));
        hotel.codes.insert("0".to_owned(), "taken".to_owned());
        let seen = Arc::clone(&hotel.seen);
        let door = Door::new(Arc::new(hotel), &HostKey::of(&[7; 32]), limits);
        Self { door, seen }
    }

    pub fn seen<T>(&self, look: impl FnOnce(&Seen) -> T) -> T {
        look(&self.seen.lock().unwrap())
    }

    /// A client that has connected and not logged in.
    pub async fn connect(&self, config: client::Config) -> Result<client::Handle<Trusting>, russh::Error> {
        let (near, far) = duplex(64 * 1024);
        let door = self.door.clone();
        tokio::spawn(async move { door.serve(far, HERE).await });
        client::connect_stream(Arc::new(config), near, Trusting).await
    }

    /// A client at its screen.
    pub async fn sit(&self, number: u32) -> Guest {
        let handle = self.connect(client::Config::default()).await.unwrap();
        Guest::sit(handle, number).await
    }

    /// Waits until the house has seen something.
    pub async fn until(&self, holds: impl Fn(&Seen) -> bool) {
        while !self.seen(&holds) {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    }
}

pub struct Trusting;

impl client::Handler for Trusting {
    type Error = russh::Error;

    async fn check_server_key(&mut self, _: &PublicKeyOrCertificate) -> Result<bool, Self::Error> {
        Ok(true)
    }
}

/// Begins to log in: what is said and asked.
pub async fn ask(handle: &mut client::Handle<Trusting>, user: &str) -> Option<(String, Vec<Prompt>)> {
    // A client to which no way is left has given up.
    asked(handle.authenticate_keyboard_interactive_start(user, None).await.ok()?)
}

pub fn asked(answer: KeyboardInteractiveAuthResponse) -> Option<(String, Vec<Prompt>)> {
    match answer {
        KeyboardInteractiveAuthResponse::InfoRequest { instructions, prompts, .. } => {
            Some((instructions, prompts))
        }
        _ => None,
    }
}

pub async fn answer(
    handle: &mut client::Handle<Trusting>,
    answers: [&str; 2],
) -> KeyboardInteractiveAuthResponse {
    let answers = answers.map(str::to_owned).to_vec();
    handle.authenticate_keyboard_interactive_respond(answers).await.unwrap()
}

/// A client at a screen, and what its terminal shows.
pub struct Guest {
    pub handle: client::Handle<Trusting>,
    pub channel: russh::Channel<client::Msg>,
    pub terminal: vt100::Parser,
}

impl Guest {
    pub async fn sit(mut handle: client::Handle<Trusting>, number: u32) -> Self {
        assert!(!handle.authenticate_none("exam").await.unwrap().success());
        assert!(ask(&mut handle, "exam").await.is_some());
        let answers = [number.to_string(), format!("code-{number}")];
        let said = answer(&mut handle, [&answers[0], &answers[1]]).await;
        assert!(matches!(said, KeyboardInteractiveAuthResponse::Success), "{said:?}");
        Self::at(handle).await
    }

    /// Asks for the screen, after logging in.
    pub async fn at(handle: client::Handle<Trusting>) -> Self {
        let channel = handle.channel_open_session().await.unwrap();
        channel.request_pty(true, "xterm-256color", 80, 24, 0, 0, &[]).await.unwrap();
        channel.request_shell(true).await.unwrap();
        let terminal = vt100::Parser::new(24.try_into().unwrap(), 80.try_into().unwrap(), 0);
        Self { handle, channel, terminal }
    }

    /// Takes output until this is shown.
    pub async fn until(&mut self, text: &str) {
        while !self.terminal.screen().contents().contains(text) {
            let said = timeout(PATIENCE / 2, self.channel.wait()).await;
            match said.unwrap_or_else(|_| panic!("waiting for {text}: {}", self.contents())) {
                Some(ChannelMsg::Data { data }) => self.terminal.process(&data),
                Some(_) => {}
                None => panic!("closed while waiting for {text}: {}", self.contents()),
            }
        }
    }

    /// Presses a key until this is shown: keys answer nothing in the moment after a change.
    pub async fn press_until(&mut self, key: &str, text: &str) {
        while timeout(Duration::from_secs(2), self.until(text)).await.is_err() {
            self.type_text(key).await;
        }
    }

    /// Takes the next output, whatever it is.
    pub async fn anything(&mut self) {
        while !matches!(
            timeout(PATIENCE / 2, self.channel.wait()).await.unwrap(),
            Some(ChannelMsg::Data { .. }) | None
        ) {}
    }

    fn contents(&self) -> String {
        self.terminal.screen().contents()
    }

    pub async fn type_text(&self, text: &str) {
        self.channel.data(text.as_bytes()).await.unwrap();
    }

    /// Takes output to the end of the connection; gives the exit status.
    pub async fn end(&mut self) -> Option<u32> {
        let mut status = None;
        while let Some(said) = timeout(PATIENCE / 2, self.channel.wait()).await.unwrap() {
            match said {
                ChannelMsg::Data { data } => self.terminal.process(&data),
                ChannelMsg::ExitStatus { exit_status } => status = Some(exit_status),
                _ => {}
            }
        }
        status
    }
}

pub fn failed(answer: &AuthResult) -> bool {
    !answer.success()
}
