//! A guest's place: what comes along the line goes to the program, what it draws goes out. One task, woken by input, by the
//! program's bell and by its deadlines, and by nothing else.

use std::future::{Future, pending};
use std::pin::Pin;
use std::time::{Duration, Instant};

use russh::ChannelId;
use russh::server::Handle;
use tokio::sync::mpsc::Receiver;
use tokio::time::{sleep_until, timeout};

use super::house::{Terminal, Visit};
use super::limits::Limits;
use super::shared::Clock;
use crate::tui::drive::Front;
use crate::tui::host::fed::Fed;
use crate::tui::host::stream::{Arrival, What};
use crate::tui::host::{Capabilities, HostError};
use crate::tui::screen::Colours;

/// What a seat has.
pub(super) struct Seat {
    pub(super) visit: Box<dyn Visit>,
    pub(super) terminal: Terminal,
    pub(super) mailbox: Receiver<Arrival>,
    pub(super) handle: Handle,
    pub(super) channel: ChannelId,
    pub(super) limits: Limits,
    pub(super) clock: Clock,
}

/// How a visit ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// The program said so.
    Over,
    /// The line was closed.
    Closed,
    /// Nothing was typed for too long.
    Idle,
    /// It lasted too long.
    Late,
    /// What was drawn did not get through.
    Stalled,
}

/// A drawing on its way.
type Sending = Pin<Box<dyn Future<Output = bool> + Send>>;

/// A visit while it lasts.
struct Visiting {
    seat: Seat,
    fed: Fed,
    front: Front,
    begun: Instant,
    /// When something was typed last.
    typed: Instant,
    /// When the drawing on its way set out.
    sent: Instant,
    /// When the terminal was asked something that it has not answered.
    asked: Option<Instant>,
    /// Whether nothing more comes in.
    closed: bool,
}

/// Runs a visit to its end, and leaves the guest's terminal as it was found.
pub(super) async fn sit(mut seat: Seat) {
    let now = (seat.clock)();
    seat.visit.seated(now, &seat.terminal);
    // Without bytes for the screen there is none.
    if let Ok(mut visiting) = Visiting::begin(seat, now) {
        let end = visiting.run().await.unwrap_or(End::Closed);
        visiting.leave(end).await;
    }
}

impl Visiting {
    fn begin(mut seat: Seat, now: Instant) -> Result<Self, HostError> {
        let mut capabilities = Capabilities::of_terminal(&seat.terminal.name);
        if seat.visit.is_plain() {
            capabilities.colours = Colours::None;
        }
        let mut fed = Fed::new(now, seat.terminal.size, capabilities)?;
        if seat.terminal.erases_with_ctrl_h {
            fed.erases_with_ctrl_h();
        }
        let front = Front::meet(&mut *seat.visit, &fed);
        Ok(Self { seat, fed, front, begun: now, typed: now, sent: now, asked: None, closed: false })
    }

    async fn run(&mut self) -> Result<End, HostError> {
        let bell = self.seat.visit.bell();
        let mut sending: Option<Sending> = None;
        loop {
            // What came before this moment is taken before it.
            let more = self.has_more();
            self.fed.tick((self.seat.clock)());
            self.front.turn(&mut *self.seat.visit, &mut self.fed)?;
            if self.seat.visit.is_over() && sending.is_none() {
                return Ok(End::Over);
            }
            if self.closed && !self.fed.has_arrivals() {
                return Ok(End::Closed);
            }
            if let Some(drawing) = self.fed.take_output() {
                let first = self.sent == self.begun;
                self.sent = (self.seat.clock)();
                self.asked = first.then_some(self.sent).or(self.asked);
                let (handle, channel) = (self.seat.handle.clone(), self.seat.channel);
                sending = Some(Box::pin(async move { handle.data(channel, drawing).await.is_ok() }));
            }
            if more || self.has_more() {
                // Others have their turn in between.
                tokio::task::yield_now().await;
                continue;
            }
            self.front.rest();
            let (wake, why) = self.deadline();
            tokio::select! {
                biased;
                arrival = self.seat.mailbox.recv() => self.take(arrival),
                sent = on_its_way(&mut sending) => {
                    sending = None;
                    self.fed.reached();
                    if !sent {
                        return Ok(End::Closed);
                    }
                }
                () = bell.notified() => {}
                () = sleep_until(wake.into()) => if let Some(why) = why {
                    return Ok(why);
                },
            }
        }
    }

    fn take(&mut self, arrival: Option<Arrival>) {
        let closed = || Arrival { at: (self.seat.clock)(), what: What::Closed };
        let arrival = arrival.unwrap_or_else(closed);
        if let What::Bytes(bytes) = &arrival.what {
            self.typed = arrival.at;
            if let Some(asked) = self.asked.take_if(|_| is_answer(bytes)) {
                let ms = arrival.at.saturating_duration_since(asked).as_millis();
                self.seat.visit.answered(u32::try_from(ms).unwrap_or(u32::MAX));
            }
        }
        self.closed |= arrival.what == What::Closed;
        self.fed.feed(arrival);
    }

    /// Whether there is something to do at once.
    fn has_more(&mut self) -> bool {
        while let Ok(arrival) = self.seat.mailbox.try_recv() {
            self.take(Some(arrival));
        }
        let stale = self.seat.visit.is_stale() && !self.fed.is_busy();
        self.fed.has_arrivals() || stale
    }

    /// When to wake, and what has ended by then.
    fn deadline(&self) -> (Instant, Option<End>) {
        let limits = &self.seat.limits;
        let idle = self.seat.visit.may_idle_out().then(|| (self.typed + limits.idle, Some(End::Idle)));
        let stall = self.fed.is_busy().then(|| (self.sent + limits.stall, Some(End::Stalled)));
        let wake = self.seat.visit.wake().map(|at| (at, None));
        let patience = self.fed.patience_ends().map(|at| (at, None));
        let late = (self.begun + limits.session, Some(End::Late));
        [idle, stall, wake, patience].into_iter().flatten().fold(late, |a, b| if b.0 < a.0 { b } else { a })
    }

    /// Leaves the terminal, says farewell and closes the channel; a client that takes none of it is not waited for.
    async fn leave(mut self, end: End) {
        if matches!(end, End::Closed | End::Stalled) {
            return;
        }
        let said = match end {
            End::Idle => "Nothing was typed for a long time, so the connection was closed. Connect again, or ask the proctor.".to_owned(),
            End::Late => "The time of this session is over. Ask the proctor.".to_owned(),
            _ => self.seat.visit.farewell(),
        };
        let (mut bytes, mut answers) = self.fed.leave();
        bytes.extend_from_slice(format!("{}\r\n", said.replace('\n', "\r\n")).as_bytes());
        let patience = self.seat.limits.breath * 2;
        let Seat { handle, channel, mailbox, .. } = &mut self.seat;
        let fed = &mut self.fed;
        let closing = async {
            handle.data(*channel, bytes).await.map_err(drop)?;
            // What the terminal still answers would be typed into the guest's own shell.
            let drained = timeout(patience, async {
                while answers > 0
                    && let Some(arrival) = mailbox.recv().await
                {
                    if let What::Bytes(bytes) = arrival.what {
                        answers = answers.saturating_sub(fed.drop_input(&bytes));
                    }
                }
            });
            let _ = drained.await;
            handle.exit_status_request(*channel, 0).await?;
            handle.eof(*channel).await?;
            handle.close(*channel).await?;
            while mailbox.recv().await.is_some() {}
            Ok::<(), ()>(())
        };
        let _ = timeout(patience * 2 + Duration::from_secs(1), closing).await;
    }
}

/// Whether a terminal answers here what it is asked with the first drawing: where its cursor is, or what its keyboard can.
fn is_answer(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\x1b[") && matches!(bytes.last(), Some(b'R' | b'u'))
}

/// The drawing on its way, if one is: whether it got through.
async fn on_its_way(sending: &mut Option<Sending>) -> bool {
    match sending {
        Some(sending) => sending.await,
        None => pending().await,
    }
}
