//! What the catalog speaks of, as plain values.

mod family;
mod framework;
mod occupation;
mod outline;
mod source;

pub use family::{Family, FamilyError};
pub use framework::{Domain, Extra, FrameworkVersion, Level, ProfileRef, Split, Statement};
pub use occupation::{JobZone, JobZoneError, OccupationFacts, Soc, SocError};
pub use outline::{CaseFacts, Outline};
pub use source::{AnchorRef, Citation, Source};
