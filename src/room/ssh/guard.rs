//! A stream that somebody else can end.

use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::sync::oneshot;

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
}

impl<S: Unpin> Guarded<S> {
    pub(super) const fn new(stream: S, end: oneshot::Receiver<()>) -> Self {
        Self { stream, end, over: false }
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
        self.stream(context)?.poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.stream(context)?.poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
