//! The pace to type against, as settings name it.

/// What is typed against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaceSetting {
    /// Nothing.
    Off,
    /// The fastest run of the same kind.
    Best,
    /// The mean of the latest runs of the same kind.
    Average,
    /// The latest run of the same kind.
    Last,
    /// A speed in words a minute.
    Speed(u32),
}
