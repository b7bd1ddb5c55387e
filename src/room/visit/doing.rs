//! What a candidate can do outside a test.

/// What a candidate can do outside a test.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Doing {
    Confirm,
    Deny,
    Checked,
    Ready,
    Begin,
    Leave,
}
