//! Statements by their places in the samples.

use attestry::{
    catalog::{
        ids::{self as catalog, FrameworkKey},
        model::Family,
    },
    kernel::ids,
};
use uuid::Uuid;

/// The statement at a place of a mastery framework's version.
pub(crate) fn statement_at(soc: &str, version: &str, level: u32, position: u32) -> Uuid {
    let soc = soc.parse().expect("a SOC code");
    let key = FrameworkKey::of_occupation(&soc, Family::Mastery);
    catalog::statement(None, &key, version, None, level, position)
}

/// Global ids of the first statement of one version and the second of another, of one level.
pub(crate) fn neighbours(soc: &str, one: &str, other: &str) -> (String, String) {
    let global =
        |version, position| ids::global("Statement", statement_at(soc, version, 1, position));
    (global(one, 1), global(other, 2))
}
