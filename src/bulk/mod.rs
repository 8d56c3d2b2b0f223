//! Many at once: tables of learners and results, in and out.

pub mod csv;
pub mod learners;
pub mod model;
pub mod ops;
pub mod report;
pub mod results;
pub mod statements;
pub mod store;
