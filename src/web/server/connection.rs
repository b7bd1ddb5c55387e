//! Connections: how many there are, and how long each lasts.

use std::collections::VecDeque;
use std::future::{Future, Ready, ready};
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use axum_server::accept::Accept;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio::time::{Sleep, sleep};

/// Where connections come in. Each has a place; a newcomer without one takes that of the oldest, whose connection ends.
#[derive(Clone, Debug)]
pub(super) struct Door {
    places: Arc<Mutex<VecDeque<oneshot::Sender<()>>>>,
    most: usize,
    time: Duration,
}

impl Door {
    /// A door to `most` places, each for at most `time`.
    pub(super) fn new(most: usize, time: Duration) -> Self {
        Self { places: Arc::default(), most: most.max(1), time }
    }

    fn place(&self) -> oneshot::Receiver<()> {
        let mut places = self.places.lock().unwrap_or_else(PoisonError::into_inner);
        places.retain(|place| !place.is_closed());
        while places.len() >= self.most {
            // Dropping this end tells the other.
            places.pop_front();
        }
        let (place, guest) = oneshot::channel();
        places.push_back(place);
        guest
    }
}

impl<S> Accept<TcpStream, S> for Door {
    type Stream = Guest;
    type Service = S;
    type Future = Ready<io::Result<(Guest, S)>>;

    fn accept(&self, stream: TcpStream, service: S) -> Self::Future {
        // Answers are small and whole: nothing is gained by waiting for more to send.
        let ready_to_send = stream.set_nodelay(true);
        let until = Box::pin(sleep(self.time));
        let guest = Guest { stream, until, place: self.place(), over: false };
        ready(ready_to_send.map(|()| (guest, service)))
    }
}

/// A connection that ends with its time, or when it loses its place.
pub(super) struct Guest {
    stream: TcpStream,
    until: Pin<Box<Sleep>>,
    place: oneshot::Receiver<()>,
    over: bool,
}

impl Guest {
    /// The stream, while it may be used.
    fn stream(&mut self, context: &mut Context<'_>) -> io::Result<Pin<&mut TcpStream>> {
        self.over = self.over
            || self.until.as_mut().poll(context).is_ready()
            || Pin::new(&mut self.place).poll(context).is_ready();
        match self.over {
            true => Err(io::ErrorKind::TimedOut.into()),
            false => Ok(Pin::new(&mut self.stream)),
        }
    }
}

impl AsyncRead for Guest {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.stream(context)?.poll_read(context, buffer)
    }
}

impl AsyncWrite for Guest {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.stream(context)?.poll_write(context, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.stream(context)?.poll_write_vectored(context, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.stream(context)?.poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
