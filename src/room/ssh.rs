//! An SSH server that lets people at screens and nothing else: no shell, no command, no file, no forwarding, no environment.
//!
//! It knows nothing of exams: a [`House`] says who comes in, and each guest is a [`Visit`], a program of screens. All
//! guests share one thread. Every limit is on what strangers decide: how many wait to log in and for how long, how often
//! an address may come, how large a terminal is, how much comes in, and how long what goes out may take.

use std::fmt;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use russh::server::{Config, run_stream};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpSocket};
use tokio::runtime::Builder;
use tokio::sync::Notify;
use tokio::time::{sleep, timeout};

mod config;
mod gate;
mod guard;
mod guest;
mod host_key;
mod house;
mod limits;
pub mod login;
mod seat;
mod shared;

pub use host_key::{HostKey, HostKeyError};
pub use house::{Admission, Claim, Entry, House, Report, Terminal, Visit};
pub use limits::Limits;
pub use shared::Clock;

use crate::system::monotonic;
use crate::tui::host::local::spare_this_thread;
use gate::Gate;
use guard::{Ender, Guarded};
use guest::Guest;
use shared::Shared;

/// Connections that may wait to be taken in: a class that connects at one word.
const BACKLOG: u32 = 1024;

/// The door of a house: it serves connections, wherever their bytes come from.
#[derive(Clone)]
pub struct Door {
    config: Arc<Config>,
    shared: Arc<Shared>,
}

impl fmt::Debug for Door {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Door").field("limits", &self.shared.limits).finish_non_exhaustive()
    }
}

impl Door {
    /// The door of a house that shows this key.
    #[must_use]
    pub fn new(house: Arc<dyn House>, key: &HostKey, limits: Limits) -> Self {
        let config = Arc::new(config::of(key, &limits));
        let shared = Shared { house, gate: Gate::new(limits), limits, clock: monotonic };
        Self { config, shared: Arc::new(shared) }
    }

    /// The door with another clock, as where time is simulated.
    #[must_use]
    pub fn with_clock(self, clock: Clock) -> Self {
        let Shared { house, limits, .. } = &*self.shared;
        let shared = Shared { house: Arc::clone(house), gate: Gate::new(*limits), limits: *limits, clock };
        Self { config: self.config, shared: Arc::new(shared) }
    }

    /// Serves one connection to its end. What goes wrong in it ends with it.
    pub async fn serve<S>(&self, stream: S, from: IpAddr)
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let (ender, end) = Ender::new();
        let Some(place) = self.shared.gate.enter(from, (self.shared.clock)(), ender.clone()) else { return };
        let place = Arc::new(place);
        let stream = Guarded::new(stream, end, self.shared.limits.stall);
        let guest = Guest::new(Arc::clone(&self.shared), Arc::clone(&place), from, ender.clone());
        let login = self.shared.limits.login;
        let begun = timeout(login, run_stream(Arc::clone(&self.config), stream, guest)).await;
        let Ok(Ok(mut session)) = begun else { return };
        if let Ok(ended) = timeout(login, &mut session).await {
            // A panic in it was reported when it happened; other failures are the other end's business.
            return drop(ended);
        }
        if !place.is_seated() {
            ender.end();
        }
        drop(session.await);
    }

    /// Takes connections for as long as it is polled.
    pub async fn listen(&self, listener: &TcpListener) {
        loop {
            match listener.accept().await {
                Ok((stream, from)) => {
                    // Keys and their echo are small and never worth waiting for.
                    let _ = stream.set_nodelay(true);
                    let door = self.clone();
                    tokio::spawn(async move { door.serve(stream, from.ip()).await });
                }
                // Out of files: some come back when connections end.
                Err(_) => sleep(self.shared.limits.breath).await,
            }
        }
    }
}

/// Why the room cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    /// The address is taken.
    #[error(
        "{0} is in use, perhaps by another exam room: close that, or choose another address with --listen"
    )]
    InUse(SocketAddr),
    /// The address cannot be listened at.
    #[error(
        "{address} cannot be listened at: {source}; choose an address of this machine and a port above 1023"
    )]
    Listen {
        /// The address.
        address: SocketAddr,
        /// The operating system's answer.
        source: io::Error,
    },
    /// No thread or runtime.
    #[error("the server could not be started: {0}; close other programs and try again")]
    Start(io::Error),
}

/// A server on a thread of its own, until it is dropped.
pub struct Server {
    address: SocketAddr,
    stop: Arc<Notify>,
    thread: Option<JoinHandle<()>>,
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server").field("address", &self.address).finish_non_exhaustive()
    }
}

impl Server {
    /// Listens at an address; when this returns, connections are taken.
    ///
    /// # Errors
    /// When the address is taken or not this machine's, or no thread can be had.
    pub fn start(door: Door, address: SocketAddr) -> Result<Self, ServerError> {
        let runtime = Builder::new_current_thread().enable_all().build().map_err(ServerError::Start)?;
        let inside = runtime.enter();
        let listener = bind(address).map_err(|source| match source.kind() {
            io::ErrorKind::AddrInUse => ServerError::InUse(address),
            _ => ServerError::Listen { address, source },
        })?;
        drop(inside);
        let address = listener.local_addr().map_err(ServerError::Start)?;
        let stop = Arc::new(Notify::new());
        let stopped = Arc::clone(&stop);
        let serve = move || {
            spare_this_thread();
            runtime.block_on(async {
                tokio::select! {
                    () = door.listen(&listener) => {}
                    () = stopped.notified() => {}
                }
            });
            // Seats are told by being dropped, and note what was typed.
            drop(runtime);
        };
        let thread =
            thread::Builder::new().name("room".to_owned()).spawn(serve).map_err(ServerError::Start)?;
        Ok(Self { address, stop, thread: Some(thread) })
    }

    /// Where it listens.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.notify_one();
        if let Some(thread) = self.thread.take() {
            // A panic there was reported when it happened.
            let _ = thread.join();
        }
    }
}

/// A socket that connections can be made to.
fn bind(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    // On Unix this lets a room open again where one has just closed; on Windows it would let two share an address.
    #[cfg(unix)]
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)
}
