//! Data of the page, packed: JSON as raw deflate (RFC 1951) in base64url. `page/engine/inflate.mjs` unpacks.

use data_encoding::BASE64URL_NOPAD;
use miniz_oxide::deflate::compress_to_vec;
use serde_json::Value;

/// How hard to pack, 0 to 10: most, since the page is read far more often than made.
const EFFORT: u8 = 10;

/// A value as a text of letters, digits, `-` and `_`.
pub(super) fn pack(value: &Value) -> Value {
    BASE64URL_NOPAD.encode(&compress_to_vec(value.to_string().as_bytes(), EFFORT)).into()
}
