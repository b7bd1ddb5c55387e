//! How a badge names what it rests on: by digests.

/// How the name of an attempt file or a record begins.
pub const LOG_URI: &str = "ni:///sha-256-128;";

/// The digest of an attempt file, or of a record's list, as a name (RFC 6920, `sha-256-128`).
pub fn log_uri(digest: &[u8; 16]) -> String {
    format!("{LOG_URI}{}", data_encoding::BASE64URL_NOPAD.encode(digest))
}

/// How the name of a passage begins.
pub const PASSAGE_URI: &str = "ni:///sha-256-64;";

/// The digest of a text that was typed, as a name (RFC 6920, `sha-256-64`).
pub fn passage_uri(digest: &[u8; 8]) -> String {
    format!("{PASSAGE_URI}{}", data_encoding::BASE64URL_NOPAD.encode(digest))
}

/// A version 8 UUID (RFC 9562) of the first bytes of a digest, as a URN.
pub fn urn_uuid(digest: &[u8; 32]) -> String {
    let mut bytes = [0u8; 16];
    bytes.copy_from_slice(&digest[..16]);
    urn_uuid_of(bytes)
}

/// Sixteen bytes as a version 8 UUID (RFC 9562) in a URN: its version and variant take the place of six bits.
pub fn urn_uuid_of(mut bytes: [u8; 16]) -> String {
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex = data_encoding::HEXLOWER.encode(&bytes);
    let parts: Vec<&str> =
        [(0, 8), (8, 12), (12, 16), (16, 20), (20, 32)].iter().map(|&(a, b)| &hex[a..b]).collect();
    format!("urn:uuid:{}", parts.join("-"))
}
