//! Rows of the assessment room.

mod assessments;
pub mod attainment;
mod decisions;
mod files;
mod observations;
mod plans;

pub use assessments::*;
pub use decisions::*;
pub use files::*;
pub use observations::*;
pub use plans::*;

use uuid::Uuid;

/// Whose rows are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Whose {
    /// The provider.
    pub provider: Uuid,
    /// The one learner; `None` for all of the provider's.
    pub learner: Option<Uuid>,
}
