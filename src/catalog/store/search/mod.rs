//! The index that the catalog is searched by: written here, in the transaction of what it tells of.

mod document;
mod find;
mod select;
mod write;

pub use document::{Candidate, documents};
pub use find::{Filter, Found, Mode, by_code, find, holds, newest_title, titles};
pub use write::{
    Statements, Titles, index_statements, index_titles, settle, unindexed_occupations,
    unindexed_versions,
};

/// Documents of titles have ids below this one, those of statements from it on: so each are found
/// by themselves, in the order that they came in.
const FIRST_STATEMENT: i64 = 1 << 40;
