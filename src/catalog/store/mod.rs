//! Rows of the catalog.

mod case;
mod changes;
mod corrections;
mod datasets;
mod drafts;
mod lists;
mod nodes;
mod occupations;
mod profiles;
pub mod search;
mod succession;
mod versions;
mod write;

pub use case::{
    case_facts, document_version, documents, holder, imported_documents, published,
    statement_successors, successor,
};
pub use changes::catalog_changes;
pub use corrections::{
    CorrectionFilter, Seen, accepted_anchor_corrections, corrections, count_open_corrections,
    insert_correction, lock_correction_about, lock_correction_by, update_correction,
};
pub use datasets::{
    dataset_rows, dataset_subjects, datasets, insert_dataset, insert_dataset_rows, rows_of_dataset,
};
pub use drafts::{
    DraftRow, OPEN, count_open_drafts, draft_content, draft_row, drafts, drafts_by_id,
    insert_draft, lock_draft, open_draft, update_draft,
};
pub use lists::Marks;
pub use nodes::{NodeKind, nodes_of};
pub use occupations::{
    OccupationFilter, Order, all_occupations, described_occupations, insert_occupations,
    occupation_by_soc, occupations, occupations_by_id, occupations_by_soc, put_occupation,
    upsert_occupation,
};
pub use profiles::{ProfileContent, insert_profile, profile_digest, profile_labels, profiles};
pub use succession::{
    Labelled, Sibling, deprecate_version, frameworks, frameworks_by_id, frameworks_of_statements,
    siblings, statement_successions, versions_labelled, versions_replacing,
};
pub use versions::{
    LevelContent, VersionContent, VersionRow, VersionState, content, framework_version_ids,
    published_statements, statement_versions, version_by_label, version_ids, version_rows,
    version_states, versions_with_statements,
};
pub use write::{NewVersion, insert_version, stored_version};
