//! A made-up candidate: logs in, tries the keys, waits, types with a few errors, and sometimes has trouble.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use russh::client::{self, KeyboardInteractiveAuthResponse};
use russh::keys::PublicKeyOrCertificate;
use tokio::task::JoinSet;
use tokio::time::sleep;

use crate::exam::{SeatCode, State};
use crate::lessons::generator::Generator;
use crate::room::hall::Hall;
use crate::typing::text::Grapheme;

/// How often a candidate looks whether something has changed.
const LOOK: Duration = Duration::from_millis(200);

/// One in so many keys is wrong at first.
const ERRORS: u64 = 40;

/// The one who loses the line in the first test.
const UNLUCKY: &str = "4";

/// The one who stops typing for a while.
const DREAMER: &str = "7";

struct AnyKey;

impl client::Handler for AnyKey {
    type Error = russh::Error;

    /// It is this program's own server, on this machine.
    async fn check_server_key(&mut self, _: &PublicKeyOrCertificate) -> Result<bool, Self::Error> {
        Ok(true)
    }
}

/// All of them, until it is over.
pub(super) async fn all(
    codes: BTreeMap<String, SeatCode>,
    address: SocketAddr,
    hall: &Arc<Hall>,
    over: &Arc<AtomicBool>,
) {
    let mut robots = JoinSet::new();
    for (n, (number, code)) in (1..).zip(codes) {
        let robot = Robot {
            number,
            code: code.to_string(),
            address,
            hall: Arc::clone(hall),
            over: Arc::clone(over),
            dice: Generator::new(n),
        };
        robots.spawn(robot.live());
    }
    while robots.join_next().await.is_some() {}
}

struct Robot {
    number: String,
    code: String,
    address: SocketAddr,
    hall: Arc<Hall>,
    over: Arc<AtomicBool>,
    dice: Generator,
}

impl Robot {
    fn is_over(&self) -> bool {
        self.over.load(Ordering::Relaxed)
    }

    fn state(&self) -> Option<(State, bool)> {
        self.hall.seat(&self.number, |seat| (seat.state(), seat.left() > 0))
    }

    async fn live(mut self) {
        sleep(Duration::from_millis(self.dice.below(4_000))).await;
        while !self.is_over() {
            // Whoever lost the line comes again.
            let _ = self.visit().await;
            sleep(LOOK * 10).await;
        }
    }

    async fn visit(&mut self) -> Result<(), russh::Error> {
        let mut handle = client::connect(Arc::default(), self.address, AnyKey).await?;
        handle.authenticate_keyboard_interactive_start("exam", None).await?;
        let answers = vec![self.number.clone(), self.code.clone()];
        let said = handle.authenticate_keyboard_interactive_respond(answers).await?;
        if !matches!(said, KeyboardInteractiveAuthResponse::Success) {
            return Ok(());
        }
        let channel = handle.channel_open_session().await?;
        channel.request_pty(true, "xterm-256color", 80, 24, 0, 0, &[]).await?;
        channel.request_shell(true).await?;
        // What is shown is of no use to it, but has to be taken.
        let (mut reader, writer) = channel.split();
        let reading = tokio::spawn(async move { while reader.wait().await.is_some() {} });
        let done = self.act(&writer).await;
        reading.abort();
        done
    }

    async fn act(&mut self, line: &russh::ChannelWriteHalf<client::Msg>) -> Result<(), russh::Error> {
        let pause = Duration::from_millis(600 + self.dice.below(1_500));
        for text in ["\r", "The quick brown fox jumps over the lazy dog.", "\r"] {
            sleep(pause).await;
            line.data(text.as_bytes()).await?;
        }
        while !self.is_over() {
            sleep(LOOK).await;
            match self.state() {
                Some((State::WarmingUp, _)) => line.data(&b"warm "[..]).await?,
                Some((State::Running, _)) if !self.type_test(line).await? => return Ok(()),
                Some((State::Finished | State::Aborted | State::Void, true)) => {
                    sleep(pause).await;
                    line.data(&b"\r"[..]).await?;
                }
                None => return Ok(()),
                _ => {}
            }
        }
        Ok(())
    }

    /// Types the text of the running test; says whether the line held.
    async fn type_test(&mut self, line: &russh::ChannelWriteHalf<client::Msg>) -> Result<bool, russh::Error> {
        let Some(exercise) = self.hall.text(&self.number) else { return Ok(true) };
        let gap = 140 + self.dice.below(240);
        let first = self.hall.seat(&self.number, |seat| seat.runs().len() == 1).unwrap_or_default();
        sleep(Duration::from_millis(500 + self.dice.below(900))).await;
        for (n, grapheme) in exercise.text.graphemes().iter().enumerate() {
            let running = matches!(self.state(), Some((State::Running, _)));
            if self.is_over() || !running {
                return Ok(true);
            }
            if first && self.number == UNLUCKY && n == 60 {
                return Ok(false);
            }
            if first && self.number == DREAMER && n == 40 {
                sleep(Duration::from_secs(15)).await;
            }
            let key = match grapheme {
                Grapheme::One('\n') => "\r".to_owned(),
                other => other.to_string(),
            };
            if self.dice.below(ERRORS) == 0 {
                line.data(&b"q"[..]).await?;
                sleep(Duration::from_millis(gap)).await;
                line.data(&b"\x7f"[..]).await?;
                sleep(Duration::from_millis(gap)).await;
            }
            line.data(key.as_bytes()).await?;
            sleep(Duration::from_millis(gap / 2 + self.dice.below(gap))).await;
        }
        Ok(true)
    }
}
