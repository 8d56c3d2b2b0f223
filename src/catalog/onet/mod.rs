//! What others publish about occupations, as tables: the text files of the O*NET database
//! (O*NET Data Dictionary, text format: tab-separated, a header line, no quoting) and the CIP to SOC
//! crosswalk of the National Center for Education Statistics (CSV, RFC 4180).
//!
//! Tables are read strictly and kept whole, cell by cell as published. What is shown of them is a
//! [view](view): a rule over the rows.

mod check;
mod cip;
mod groups;
mod label;
mod part;
mod problem;
mod read;
mod recognise;
mod sheet;
mod source;
pub mod view;

pub use cip::{CipRows, is_crosswalk, read_crosswalk};
pub use groups::major_group;
pub use label::{folder_release, read_me_release};
pub use part::{Database, Part};
pub use problem::{Place, Problems, TableProblem};
pub use read::{Group, MAX_LINE_BYTES, TableReader, is_onet_header};
pub use recognise::{Recognised, named, recognise};
pub use sheet::{Row, Sheet};
pub use source::Source;

#[cfg(test)]
mod tests;
