//! Secret issuer keys on disk: made once, readable by OpenSSL, never overwritten.
