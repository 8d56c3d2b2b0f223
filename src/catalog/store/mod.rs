//! Rows of the catalog.

mod lists;
mod occupations;
mod profiles;
mod versions;
mod write;

pub use lists::Marks;
pub use occupations::{
    OccupationFilter, Order, occupation_by_soc, occupations, occupations_by_id, upsert_occupation,
};
pub use profiles::{ProfileContent, insert_profile, profile_digest, profile_labels, profiles};
pub use versions::{
    LevelContent, VersionContent, VersionRow, content, published_statements, statement_versions,
    version_by_label, version_ids, version_rows, versions_with_statements,
};
pub use write::{NewVersion, insert_version, stored_version};
