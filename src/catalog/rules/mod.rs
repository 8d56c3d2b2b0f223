//! The rules of the catalog: what follows from a framework version, and when two are the same.

mod content;
mod frozen;
mod label;
mod statement;

pub use content::{Difference, Differences, content_digest, differences};
pub use frozen::{FORMAT, FrozenVersion, freeze};
pub use label::compare_labels;
pub use statement::{StatementParts, statement_code, statement_parts};
