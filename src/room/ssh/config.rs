//! What the server offers to clients: one kind of host key, few and current algorithms, one way to log in.

use std::borrow::Cow;
use std::time::Duration;

use russh::keys::Algorithm;
use russh::server::Config;
use russh::{MethodKind, MethodSet, Preferred, SshId, cipher, compression, kex, mac};

use super::host_key::HostKey;
use super::limits::Limits;
use super::login::TRIES;

/// Bytes that may come in before they are taken: a candidate types, and pastes nothing.
const WINDOW: u32 = 32 * 1024;

/// The largest packet that may come in.
const PACKET: u32 = 16 * 1024;

/// Packets of input, and drawings, that may wait for the other side of the program.
const QUEUE: usize = 1;

/// Questions without an answer after which a client is gone.
const KEEPALIVES: usize = 3;

const KEX: &[kex::Name] = &[
    kex::MLKEM768X25519_SHA256,
    kex::CURVE25519,
    kex::CURVE25519_PRE_RFC_8731,
    kex::EXTENSION_SUPPORT_AS_SERVER,
    kex::EXTENSION_OPENSSH_STRICT_KEX_AS_SERVER,
];

const CIPHERS: &[cipher::Name] =
    &[cipher::CHACHA20_POLY1305, cipher::AES_256_GCM, cipher::AES_128_GCM, cipher::AES_256_CTR];

const MACS: &[mac::Name] = &[mac::HMAC_SHA256_ETM, mac::HMAC_SHA512_ETM];

/// The configuration of a server with this key.
pub(super) fn of(key: &HostKey, limits: &Limits) -> Config {
    let preferred = Preferred {
        kex: Cow::Borrowed(KEX),
        key: Cow::Borrowed(&[Algorithm::Ed25519]),
        host_key_certificates: Cow::Borrowed(&[]),
        cipher: Cow::Borrowed(CIPHERS),
        mac: Cow::Borrowed(MACS),
        compression: Cow::Borrowed(&[compression::NONE]),
    };
    Config {
        server_id: SshId::Standard(Cow::Borrowed("SSH-2.0-typeproof")),
        methods: MethodSet::from(&[MethodKind::KeyboardInteractive][..]),
        auth_rejection_time: limits.back_off,
        // Clients begin with a request that is always refused.
        auth_rejection_time_initial: Some(Duration::ZERO),
        keys: vec![key.private().clone()],
        window_size: WINDOW,
        maximum_packet_size: PACKET,
        channel_buffer_size: QUEUE,
        event_buffer_size: QUEUE,
        preferred,
        // That first request, and one for each try.
        max_auth_attempts: TRIES as usize + 2,
        // Seats have their own limit, and say so.
        inactivity_timeout: Some(limits.session.saturating_add(limits.keepalive)),
        keepalive_interval: Some(limits.keepalive),
        keepalive_max: KEEPALIVES,
        nodelay: true,
        ..Config::default()
    }
}
