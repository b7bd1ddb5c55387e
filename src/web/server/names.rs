//! The names under which the server answers.
//!
//! A page of another site can have its own name lead to this machine (DNS rebinding) and so read what is served here. Its
//! name is then in the request, and a name that is not the server's gets no answer.

use std::net::{IpAddr, SocketAddr};

use axum::extract::Request;
use axum::http::uri::Authority;
use axum::http::{HeaderValue, Version, header};

/// The names of this machine for itself.
const OWN: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];

/// Whose name a request gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Named {
    /// The server's.
    Own,
    /// Another's.
    Other,
    /// None, several, or what is no name.
    Bad,
}

/// The names of a server, in lower case and without ports.
#[derive(Debug)]
pub(super) struct Names {
    known: Vec<String>,
    /// It listens at every address of this machine, so that each is its own. An address in digits leads nowhere else.
    every_address: bool,
}

impl Names {
    /// Those of this machine, that of the address it listens at, and those `given`.
    pub(super) fn new(address: SocketAddr, given: &[String]) -> Self {
        let bound = match address.ip() {
            IpAddr::V4(ip) => ip.to_string(),
            IpAddr::V6(ip) => format!("[{ip}]"),
        };
        let own = OWN.iter().map(|name| (*name).to_owned());
        let known = own.chain([bound]).chain(given.iter().map(|name| plain(name))).collect();
        Self { known, every_address: address.ip().is_unspecified() }
    }

    /// Whose name is in a request: in its `Host`, and in its target where that is a whole address.
    pub(super) fn named(&self, request: &Request) -> Named {
        let mut hosts = request.headers().get_all(header::HOST).iter();
        let host = match (hosts.next(), hosts.next()) {
            (Some(host), None) => authority(host),
            // RFC 9112, section 3.2: one host, which only older versions may leave out.
            (None, None) if request.version() < Version::HTTP_11 => None,
            _ => return Named::Bad,
        };
        let host = match host.transpose() {
            Ok(host) => host,
            Err(()) => return Named::Bad,
        };
        let target = request.uri().authority().cloned();
        let is_own = [host, target].iter().flatten().all(|name| self.has(name));
        if is_own { Named::Own } else { Named::Other }
    }

    fn has(&self, name: &Authority) -> bool {
        let host = plain(name.host());
        let digits = host.trim_start_matches('[').trim_end_matches(']');
        self.known.contains(&host) || self.every_address && digits.parse::<IpAddr>().is_ok()
    }
}

/// The name in a `Host` header; an error for what is none.
fn authority(host: &HeaderValue) -> Option<Result<Authority, ()>> {
    let read = host.to_str().ok().and_then(|text| text.parse::<Authority>().ok());
    Some(read.filter(is_host).ok_or(()))
}

/// Whether a name is that of a host with or without a port, and nobody's credentials stand before it (RFC 9110, section
/// 4.2.4).
fn is_host(name: &Authority) -> bool {
    let port = name.as_str().strip_prefix(name.host());
    !name.host().is_empty()
        && port.is_some_and(|port| {
            port.is_empty() || port.strip_prefix(':').is_some_and(|digits| digits.parse::<u16>().is_ok())
        })
}

/// A name in lower case, without the dot at its end that makes it a whole one.
fn plain(name: &str) -> String {
    name.strip_suffix('.').unwrap_or(name).to_ascii_lowercase()
}

/// A name that may be given: that of a host, or an address in digits, without a port.
pub(crate) fn checked_name(text: &str) -> Result<String, String> {
    match text.parse::<Authority>() {
        Ok(name) if is_host(&name) && name.host() == text => Ok(plain(text)),
        _ => Err("expected the name of a host, like badges.example.org, without a port".to_owned()),
    }
}
