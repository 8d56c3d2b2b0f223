//! Rows of the bulk room: its own, and those of learners and assessments, many at a time.

mod export;
mod jobs;
mod look_up;
mod write;

pub use export::{ResultLine, evidence_urls, results_page, roster_page};
pub use jobs::{
    insert_job, insert_problems, job, jobs, lock_job, lock_unfinished, problems, unfinished,
    update_job,
};
pub use look_up::{
    Same, learners, lock_assessments, lock_imports, members, observation_counts, plan,
    plan_versions, same_observations, statement_codes,
};
pub use write::{insert_assessments, insert_learners, insert_observations};
