//! Providers, as anyone may see them.

use entity::provider;

use crate::{
    app::Op,
    identity::store,
    kernel::{
        errors::Result,
        pages::{Page, PageRequest},
    },
};

/// A provider by slug.
pub async fn provider_by_slug(op: &Op, slug: &str) -> Result<Option<provider::Model>> {
    store::provider_by_slug(op.app.db.public(), slug).await
}

/// Several providers by id.
pub async fn providers_by_id(op: &Op, ids: &[uuid::Uuid]) -> Result<Vec<provider::Model>> {
    store::providers_by_id(op.app.db.public(), ids).await
}

/// A page of all providers, oldest first.
pub async fn providers(op: &Op, page: &PageRequest) -> Result<Page<provider::Model>> {
    store::providers(op.app.db.public(), page).await
}
