//! The rules of the catalog: what follows from a framework version, and when two are the same.

mod content;
mod frozen;
mod frozen_profile;
mod label;
mod same;
mod statement;
mod wide;

pub use content::{Difference, Differences, content_digest, differences};
pub use frozen::{FORMAT, FORMAT_2, FrozenVersion, freeze};
pub use frozen_profile::{
    FrozenProfile, PROFILE_FORMAT, UnreadableProfile, freeze_profile, thaw_profile,
};
pub use label::compare_labels;
pub use same::{Said, same_statements};
pub use statement::{StatementParts, parts_of, statement_code, statement_parts};
