//! From observations to demonstrations: plans, assessments and their decisions.

pub mod attainment;
pub mod files;
pub mod model;
pub mod ops;
pub mod rules;
pub mod store;
