//! A connection as the protocol's callbacks see it: it logs in, asks for one screen, and types. Everything else is refused.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use ratatui::layout::Size;
use russh::server::{Auth, ChannelOpenHandle, Handler, Msg, Response, Session};
use russh::{Channel, ChannelId, ChannelOpenFailure, Pty};
use tokio::sync::mpsc::{Sender, channel};
use tokio::time::sleep;

use super::gate::Place;
use super::guard::Ender;
use super::house::{Claim, Entry, Report, Terminal, Visit};
use super::login::{LONGEST, Login};
use super::seat::{Seat, sit};
use super::shared::Shared;
use crate::trust::judged;
use crate::tui::host::stream::{Arrival, What};

/// Pieces of input that may wait for a seat.
const MAILBOX: usize = 16;

/// ^H, as a terminal's modes name the Backspace key.
const CTRL_H: u32 = 8;

const NO_TERMINAL: &[u8] = b"This needs a terminal: leave out -T and any command.\r\n";

/// A connection.
pub(super) struct Guest {
    shared: Arc<Shared>,
    place: Arc<Place>,
    from: IpAddr,
    ender: Ender,
    login: Login,
    visit: Option<Box<dyn Visit>>,
    channel: Option<ChannelId>,
    terminal: Option<Terminal>,
    mailbox: Option<Sender<Arrival>>,
    allowance: Allowance,
}

/// How much may come in now, in bytes.
struct Allowance {
    left: f64,
    at: Instant,
}

impl Guest {
    pub(super) fn new(shared: Arc<Shared>, place: Arc<Place>, from: IpAddr, ender: Ender) -> Self {
        let allowance = Allowance { left: f64::from(shared.limits.input_burst), at: (shared.clock)() };
        Self {
            shared,
            place,
            from,
            ender,
            login: Login::default(),
            visit: None,
            channel: None,
            terminal: None,
            mailbox: None,
            allowance,
        }
    }

    /// Looks at an answer to the question for number and code.
    async fn answer(&mut self, user: &str, response: Response<'_>) -> Auth {
        if !self.login.takes_answer_of(user) {
            return self.login.reject();
        }
        let mut texts = response.map(|bytes| cleaned(&bytes));
        let (number, code) = (texts.next().unwrap_or_default(), texts.next().unwrap_or_default());
        drop(texts);
        let number = number.trim();
        let wait = self.shared.gate.wait(number, self.from, (self.shared.clock)());
        if !wait.is_zero() {
            sleep(wait).await;
        }
        let at = (self.shared.clock)();
        let claim = Claim { number, code: code.trim(), from: self.from, at };
        match self.shared.house.admit(claim).await {
            Entry::In(visit) => {
                self.shared.gate.right(number);
                self.visit = Some(visit);
                Auth::Accept
            }
            Entry::Refused(why) => self.login.refuse(why),
            Entry::Wrong => {
                self.shared.gate.wrong(number, self.from, at);
                self.shared.house.report(Report::WrongCode { number: number.to_owned(), from: self.from });
                self.login.wrong(user)
            }
        }
    }

    fn is_screen(&self, channel: ChannelId) -> bool {
        self.channel == Some(channel)
    }

    fn clamped(&self, columns: u32, rows: u32) -> Size {
        let clamp = |claimed: u32, most: u16| u16::try_from(claimed).unwrap_or(most).clamp(1, most);
        let Size { width, height } = self.shared.limits.largest;
        Size::new(clamp(columns, width), clamp(rows, height))
    }

    /// Hands something to the seat; waits while that has not taken what came before.
    async fn hand_over(&mut self, at: Instant, what: What) {
        if let Some(mailbox) = &self.mailbox {
            // A seat that has ended takes nothing more.
            let _ = mailbox.send(Arrival { at, what }).await;
        }
    }

    /// Waits where more comes in than anybody types.
    async fn afford(&mut self, at: Instant, bytes: usize) {
        let limits = &self.shared.limits;
        let rate = f64::from(limits.input_rate.max(1));
        let since = at.saturating_duration_since(self.allowance.at).as_secs_f64();
        let filled = (self.allowance.left + since * rate).min(f64::from(limits.input_burst));
        self.allowance = Allowance { left: filled - bytes as f64, at };
        if self.allowance.left < 0.0 {
            sleep(Duration::from_secs_f64(-self.allowance.left / rate)).await;
        }
    }

    fn sit_down(
        &mut self,
        visit: Box<dyn Visit>,
        terminal: Terminal,
        channel_id: ChannelId,
        session: &Session,
    ) {
        let (sender, mailbox) = channel(MAILBOX);
        self.mailbox = Some(sender);
        self.place.seat();
        let seat = Seat {
            visit,
            terminal,
            mailbox,
            handle: session.handle(),
            channel: channel_id,
            limits: self.shared.limits,
            clock: self.shared.clock,
        };
        let (ender, shared, from) = (self.ender.clone(), Arc::clone(&self.shared), self.from);
        let sitting = tokio::spawn(sit(seat));
        tokio::spawn(async move {
            if sitting.await.is_err_and(|why| why.is_panic()) {
                shared.house.report(Report::Failed(from));
            }
            ender.end();
        });
    }
}

/// Text from a client: without control characters and what rearranges a line, and not long.
fn cleaned(bytes: &[u8]) -> String {
    let bytes = bytes.get(..LONGEST).unwrap_or(bytes);
    judged(&String::from_utf8_lossy(bytes)).filter(|(_, shown)| *shown).map(|(c, _)| c).collect()
}

impl Handler for Guest {
    type Error = russh::Error;

    async fn authentication_banner(&mut self) -> Result<Option<String>, Self::Error> {
        Ok(Some(format!("{}\r\n", self.shared.house.greeting())))
    }

    async fn auth_keyboard_interactive<'a>(
        &'a mut self,
        user: &str,
        _submethods: &str,
        response: Option<Response<'a>>,
    ) -> Result<Auth, Self::Error> {
        match response {
            None => Ok(self.login.ask(user)),
            Some(response) => Ok(self.answer(user, response).await),
        }
    }

    async fn channel_open_session(
        &mut self,
        channel: Channel<Msg>,
        reply: ChannelOpenHandle,
        _session: &mut Session,
    ) -> Result<(), Self::Error> {
        if self.channel.is_some() || self.visit.is_none() {
            reply.reject(ChannelOpenFailure::AdministrativelyProhibited).await;
        } else {
            self.channel = Some(channel.id());
            reply.accept().await;
        }
        Ok(())
    }

    async fn pty_request(
        &mut self,
        channel: ChannelId,
        term: &str,
        columns: u32,
        rows: u32,
        _width: u32,
        _height: u32,
        modes: &[(Pty, u32)],
        session: &mut Session,
    ) -> Result<(), Self::Error> {
        if !self.is_screen(channel) || self.terminal.is_some() {
            return session.channel_failure(channel);
        }
        self.terminal = Some(Terminal {
            size: self.clamped(columns, rows),
            name: cleaned(term.as_bytes()),
            client: cleaned(session.remote_sshid()),
            erases_with_ctrl_h: modes.contains(&(Pty::VERASE, CTRL_H)),
        });
        session.channel_success(channel)
    }

    async fn window_change_request(
        &mut self,
        channel: ChannelId,
        columns: u32,
        rows: u32,
        _width: u32,
        _height: u32,
        _session: &mut Session,
    ) -> Result<(), Self::Error> {
        let at = (self.shared.clock)();
        if self.is_screen(channel) {
            let size = self.clamped(columns, rows);
            self.afford(at, WINDOW_CHANGE).await;
            self.hand_over(at, What::Resized(size)).await;
        }
        Ok(())
    }

    async fn shell_request(&mut self, channel: ChannelId, session: &mut Session) -> Result<(), Self::Error> {
        if !self.is_screen(channel) {
            return session.channel_failure(channel);
        }
        match (self.visit.take(), self.terminal.clone()) {
            (Some(visit), Some(terminal)) => {
                session.channel_success(channel)?;
                self.sit_down(visit, terminal, channel, session);
                Ok(())
            }
            (Some(_), None) => {
                session.channel_success(channel)?;
                session.extended_data(channel, 1, NO_TERMINAL)?;
                session.exit_status_request(channel, 1)?;
                session.close(channel)
            }
            (None, _) => session.channel_failure(channel),
        }
    }

    async fn data(
        &mut self,
        channel: ChannelId,
        data: &[u8],
        _session: &mut Session,
    ) -> Result<(), Self::Error> {
        let at = (self.shared.clock)();
        if self.is_screen(channel) && self.mailbox.is_some() {
            self.hand_over(at, What::Bytes(data.to_vec())).await;
            self.afford(at, data.len()).await;
        }
        Ok(())
    }

    async fn channel_eof(&mut self, channel: ChannelId, _session: &mut Session) -> Result<(), Self::Error> {
        if self.is_screen(channel) {
            self.hand_over((self.shared.clock)(), What::Closed).await;
        }
        Ok(())
    }

    async fn channel_close(&mut self, channel: ChannelId, session: &mut Session) -> Result<(), Self::Error> {
        self.channel_eof(channel, session).await
    }

    async fn exec_request(
        &mut self,
        channel: ChannelId,
        _: &[u8],
        session: &mut Session,
    ) -> Result<(), Self::Error> {
        session.channel_failure(channel)
    }

    async fn subsystem_request(
        &mut self,
        channel: ChannelId,
        _: &str,
        session: &mut Session,
    ) -> Result<(), Self::Error> {
        session.channel_failure(channel)
    }

    async fn env_request(
        &mut self,
        channel: ChannelId,
        _: &str,
        _: &str,
        session: &mut Session,
    ) -> Result<(), Self::Error> {
        session.channel_failure(channel)
    }

    async fn x11_request(
        &mut self,
        channel: ChannelId,
        _: bool,
        _: &str,
        _: &str,
        _: u32,
        session: &mut Session,
    ) -> Result<(), Self::Error> {
        session.channel_failure(channel)
    }
}

/// What a change of the window costs of what may come in, in bytes: each is a whole drawing.
const WINDOW_CHANGE: usize = 64;
