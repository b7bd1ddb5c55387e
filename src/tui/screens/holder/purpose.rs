//! What a name is asked for.

/// What name and e-mail address are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The first badge: they are kept for those that follow.
    First,
    /// One badge for another person than the settings name.
    Another,
    /// They are changed, and no badge is issued now.
    Settings,
}
