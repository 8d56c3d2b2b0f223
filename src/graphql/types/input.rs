//! Reading global ids and other inputs.

use async_graphql::ID;
use uuid::Uuid;

use crate::kernel::{
    errors::{Error, Result},
    ids,
};

/// The row id in a global id of the type `kind`. What is no such id cannot
/// name anything, and is not found.
pub fn id(kind: &str, what: &str, id: &ID) -> Result<Uuid> {
    match ids::parse_global(id) {
        Some((found, id)) if found == kind => Ok(id),
        _ => Err(Error::NotFound(format!(
            "{what} (its id must be one that this API gave for a {kind})"
        ))),
    }
}

/// Several global ids of the type `kind`.
pub fn many(kind: &str, what: &str, given: &[ID]) -> Result<Vec<Uuid>> {
    given.iter().map(|one| id(kind, what, one)).collect()
}
