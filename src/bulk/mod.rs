//! Many at once: tables of learners and results, in and out.
pub mod csv;
pub mod learners;
pub mod report;
pub mod results;
pub mod statements;
