//! Tables that others publish about occupations: importing them, and reading what they say.

mod import;
mod occupations;
mod scan;
mod sheets;
mod titles;
mod told;

pub use import::{ImportedTable, ImportedTables, Progress, import_tables};
pub use scan::{Published, TableFile};
pub use sheets::{Wanted, sheets, sources};
pub use told::{TableProfile, table_profile};

pub(super) use occupations::published_zone;
