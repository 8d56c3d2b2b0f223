//! How often the catalog changed.

use entity::catalog_state;
use sea_orm::{ConnectionTrait, EntityTrait};

use crate::kernel::errors::{Error, Result};

/// How often the catalog changed: as long as it tells the same number, occupations, frameworks and
/// versions are the same, and no document of the search index was removed.
pub async fn catalog_changes(c: &impl ConnectionTrait) -> Result<i64> {
    let row = catalog_state::Entity::find().one(c).await?;
    let row = row.ok_or_else(|| Error::internal("the count of the catalog's changes is missing"));
    Ok(row?.changes)
}
