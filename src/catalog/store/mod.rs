//! Rows of the catalog.

mod occupations;
pub mod search;
mod versions;
mod write;

pub use occupations::{
    OccupationFilter, Order, occupation_by_soc, occupations, occupations_by_id, upsert_occupation,
};
pub use versions::{
    LevelContent, VersionContent, VersionRow, content, published_statements, statement_versions,
    version_by_label, version_ids, version_rows, versions_with_statements,
};
pub use write::{NewVersion, insert_version, stored_version};
