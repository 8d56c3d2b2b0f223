//! What holds of plans, observations and decisions: values in, values out.

mod case_rubric;
mod check_plan;
mod decide;
mod rubric;
mod state;

pub use case_rubric::{Rubric, case_rubric};
pub use check_plan::check_plan;
pub use decide::decide;
pub use rubric::{lowest, rate};
