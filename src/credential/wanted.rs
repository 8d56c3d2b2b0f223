//! What a list of credentials is narrowed to.

use uuid::Uuid;

/// Which credentials are wanted.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wanted {
    /// Of this learner only.
    pub learner: Option<Uuid>,
    /// Only those whose demonstration was withdrawn, or only all others.
    pub demonstration_withdrawn: Option<bool>,
}
