//! What sharing a badge writes first.

/// Which files of a badge are to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Write {
    /// None.
    Nothing,
    /// The certificate.
    Certificate,
    /// Every form.
    Everything,
}
