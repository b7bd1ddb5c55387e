//! A stream that somebody else can end, and that ends by itself when nobody takes what is written.

use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::sync::oneshot;
use tokio::time::{Sleep, sleep};

/// Ends a connection, from wherever it is.
#[derive(Clone, Debug)]
pub(super) struct Ender(Arc<Mutex<Option<oneshot::Sender<()>>>>);

impl Ender {
    /// The two ends: one for those who end it, one for the stream.
    pub(super) fn new() -> (Self, oneshot::Receiver<()>) {
        let (sender, receiver) = oneshot::channel();
        (Self(Arc::new(Mutex::new(Some(sender)))), receiver)
    }

    /// Ends it: reading and writing fail from now on.
    pub(super) fn end(&self) {
        // Dropping this end tells the other.
        drop(self.0.lock().unwrap_or_else(PoisonError::into_inner).take());
    }
}

/// A stream until it is ended.
pub(super) struct Guarded<S> {
    stream: S,
    end: oneshot::Receiver<()>,
    over: bool,
    /// How long nothing written may be taken.
    stall: Duration,
    /// When that is over, while nothing is taken.
    stalled: Option<Pin<Box<Sleep>>>,
}

impl<S: Unpin> Guarded<S> {
    pub(super) const fn new(stream: S, end: oneshot::Receiver<()>, stall: Duration) -> Self {
        Self { stream, end, over: false, stall, stalled: None }
    }

    /// The stream, while it may be used.
    fn stream(&mut self, context: &mut Context<'_>) -> io::Result<Pin<&mut S>> {
        self.over = self.over || Pin::new(&mut self.end).poll(context).is_ready();
        match self.over {
            true => Err(io::ErrorKind::ConnectionAborted.into()),
            false => Ok(Pin::new(&mut self.stream)),
        }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Guarded<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.stream(context)?.poll_read(context, buffer)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Guarded<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = self.stream(context)?.poll_write(context, bytes);
        if written.is_ready() {
            self.stalled = None;
            return written;
        }
        let stall = self.stall;
        let stalled = self.stalled.get_or_insert_with(|| Box::pin(sleep(stall)));
        self.over = stalled.as_mut().poll(context).is_ready();
        if self.over { Poll::Ready(Err(io::ErrorKind::TimedOut.into())) } else { Poll::Pending }
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.stream(context)?.poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
