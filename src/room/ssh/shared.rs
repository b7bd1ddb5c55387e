//! What all connections share.

use std::sync::Arc;
use std::time::Instant;

use super::gate::Gate;
use super::house::House;
use super::limits::Limits;

/// A clock for the times at which something was read.
pub type Clock = fn() -> Instant;

/// What all connections share.
pub(super) struct Shared {
    pub(super) house: Arc<dyn House>,
    pub(super) gate: Gate,
    pub(super) limits: Limits,
    pub(super) clock: Clock,
}
