//! A small web server for a folder with the verification page: for one's own machine, or behind a proxy that adds TLS.
//!
//! It has a thread and a runtime of its own. Every limit is on what strangers decide: how long a request takes to arrive,
//! how large it is, how many connections there are and how long they last. It answers to its own names only. It keeps no
//! log of requests: a mangled link carries a badge in its path.

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use axum::Router;
use axum_server::Handle;
use tokio::net::{TcpListener, TcpSocket};
use tokio::runtime::{Builder, Runtime};

mod answer;
mod connection;
mod files;
mod names;
mod signals;

use answer::Site;
use connection::Door;
use files::Files;
use names::Names;
pub(crate) use names::checked_name;
pub use signals::StopSignal;

/// Where a site is served by default, which is where links point until a page is hosted
/// ([`crate::store::settings::LOCAL_VERIFY_URL`]).
pub const DEFAULT_ADDRESS: SocketAddr =
    SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 8520);

/// The address at which links of this machine look for the page, by the address that they begin with; the usual one where
/// that is no address of this machine.
#[must_use]
pub fn local_address(verify_url: &str) -> SocketAddr {
    let rest = verify_url.strip_prefix("http://").unwrap_or_default();
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default().replace("localhost", "127.0.0.1");
    authority
        .parse()
        .ok()
        .filter(|address: &SocketAddr| address.ip().is_loopback())
        .unwrap_or(DEFAULT_ADDRESS)
}

/// The largest head of a request, in bytes: browsers send less than two thousand.
const MAX_HEAD_BYTES: usize = 16 * 1024;

/// The most headers of a request: browsers send about fifteen.
const MAX_HEADERS: usize = 64;

/// Connections that may wait to be taken in: with fewer, a crowd at the door has to come back in a second.
const BACKLOG: u32 = 1024;

/// The most threads that read files, which happens once for each version of each file.
const READERS: usize = 2;

/// What strangers may take.
#[derive(Clone, Copy, Debug)]
pub struct ServerLimits {
    /// How long the head of a request may take to arrive; a connection without a request is closed after it, too.
    pub header_time: Duration,
    /// How long a connection may last in any case: a reader that takes nothing goes then.
    pub connection_time: Duration,
    /// Connections at a time. A newcomer beyond takes the place of the oldest, so idle ones keep nobody out.
    pub connections: usize,
    /// How long answers under way are waited for when the server stops.
    pub grace: Duration,
}

impl Default for ServerLimits {
    fn default() -> Self {
        Self {
            header_time: Duration::from_secs(10),
            // The page on a slow phone (50 kbit/s) takes a fifth of it.
            connection_time: Duration::from_secs(120),
            // Half of the 1,024 open files that many systems grant a process.
            connections: 512,
            grace: Duration::from_secs(5),
        }
    }
}

/// Why a site is not served.
#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    /// No page in the folder.
    #[error("{0} holds no verification page: `typeproof site build {0}` writes one")]
    NoPage(PathBuf),
    /// The address is taken.
    #[error(
        "{0} is in use, perhaps by another typeproof: stop that, or choose another address with `typeproof site serve --listen`"
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
    /// No thread, runtime or signal handler.
    #[error("the server could not be started: {0}; close other programs and try again")]
    Start(io::Error),
}

/// A site being served, until this is stopped or dropped.
pub struct Server {
    address: SocketAddr,
    handle: Handle<SocketAddr>,
    runtime: tokio::runtime::Handle,
    grace: Duration,
    thread: Option<JoinHandle<()>>,
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server").field("address", &self.address).finish_non_exhaustive()
    }
}

impl Server {
    /// Serves the site in a folder at an address; when this returns, it answers requests for this machine's own names
    /// (`localhost`, `127.0.0.1`, `[::1]`), for the address, and for `names`, whatever the port.
    ///
    /// # Errors
    /// When the folder holds no page, or the address is taken or not this machine's.
    pub fn start(
        dir: &Path,
        address: SocketAddr,
        names: &[String],
        limits: ServerLimits,
    ) -> Result<Self, ServerError> {
        let files = Files::open(dir).ok_or_else(|| ServerError::NoPage(dir.to_owned()))?;
        let runtime = Builder::new_current_thread().enable_all().max_blocking_threads(READERS).build();
        let runtime = runtime.map_err(ServerError::Start)?;
        let listener = listen(&runtime, address).map_err(|source| match source.kind() {
            io::ErrorKind::AddrInUse => ServerError::InUse(address),
            _ => ServerError::Listen { address, source },
        })?;
        let address = listener.local_addr().map_err(ServerError::Start)?;
        let (handle, of_runtime) = (Handle::new(), runtime.handle().clone());
        let guests = handle.clone();
        let site = Site { files, names: Names::new(address, names) };
        let serve = move || serve(&runtime, listener, site, guests, limits);
        let thread = thread::Builder::new().name("site".to_owned()).spawn(serve);
        let thread = Some(thread.map_err(ServerError::Start)?);
        Ok(Self { address, handle, runtime: of_runtime, grace: limits.grace, thread })
    }

    /// Where it listens.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Takes over the signals that end a program (interrupt and, on Unix, termination), so that they can be waited for.
    ///
    /// # Errors
    /// When the operating system refuses.
    pub fn stop_signal(&self) -> Result<StopSignal, ServerError> {
        StopSignal::of(&self.runtime).map_err(ServerError::Start)
    }

    /// Stops: takes no new connection, and waits for answers under way as long as the limits allow.
    pub fn stop(mut self) {
        self.handle.graceful_shutdown(Some(self.grace));
        self.join();
    }

    fn join(&mut self) {
        if let Some(thread) = self.thread.take() {
            // A panic there was reported when it happened.
            let _ = thread.join();
        }
    }
}

impl Drop for Server {
    /// Stops at once.
    fn drop(&mut self) {
        self.handle.shutdown();
        self.join();
    }
}

/// A socket that connections can be made to.
fn listen(runtime: &Runtime, address: SocketAddr) -> io::Result<TcpListener> {
    let _inside = runtime.enter();
    let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    // On Unix this lets a server start again where one has just stopped; on Windows it would let two share an address.
    #[cfg(unix)]
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)
}

/// What the server's thread does, until it is stopped.
fn serve(
    runtime: &Runtime,
    listener: TcpListener,
    site: Site,
    handle: Handle<SocketAddr>,
    limits: ServerLimits,
) {
    let site = Router::new().fallback(answer::answer).with_state(Arc::new(site));
    let served = runtime.block_on(async {
        let mut server =
            axum_server::Server::<SocketAddr>::from_listener(listener).handle(handle).http1_only();
        server
            .http_builder()
            .http1()
            .header_read_timeout(limits.header_time)
            .max_buf_size(MAX_HEAD_BYTES)
            .max_headers(MAX_HEADERS)
            .half_close(true);
        let door = Door::new(limits.connections, limits.connection_time);
        server.acceptor(door).serve(site.into_make_service()).await
    });
    // With a listener that is there and a service that is always ready nothing is left that can fail.
    drop(served);
}
