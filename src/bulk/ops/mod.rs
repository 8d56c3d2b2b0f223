//! Operations on many rows at once.

mod export;
mod fill;
pub mod jobs;
mod learners;
mod results;
mod run;
mod source;

pub use export::{Exported, results_page, roster_page};
pub use fill::Tell;
pub use run::import;
pub use source::{MAX_ROWS, Source};
