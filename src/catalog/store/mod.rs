//! Rows of the catalog.

mod datasets;
mod lists;
mod nodes;
mod occupations;
mod profiles;
pub mod search;
mod versions;
mod write;

pub use datasets::{
    dataset_rows, dataset_subjects, datasets, insert_dataset, insert_dataset_rows, rows_of_dataset,
};
pub use lists::Marks;
pub use nodes::{NodeKind, nodes_of};
pub use occupations::{
    OccupationFilter, Order, all_occupations, described_occupations, insert_occupations,
    occupation_by_soc, occupations, occupations_by_id, occupations_by_soc, put_occupation,
    upsert_occupation,
};
pub use profiles::{ProfileContent, insert_profile, profile_digest, profile_labels, profiles};
pub use versions::{
    LevelContent, VersionContent, VersionRow, VersionState, content, framework_version_ids,
    published_statements, statement_versions, version_by_label, version_ids, version_rows,
    version_states, versions_with_statements,
};
pub use write::{NewVersion, insert_version, stored_version};
