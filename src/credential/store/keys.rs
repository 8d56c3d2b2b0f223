//! Providers' keys, encrypted.

use entity::{data_key, signing_key};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder,
};
use uuid::Uuid;

use crate::kernel::errors::Result;

/// Adds a provider's data key and its first signing key.
pub async fn insert_keys(
    c: &impl ConnectionTrait,
    data: data_key::Model,
    signing: signing_key::Model,
) -> Result<()> {
    data.into_active_model().insert(c).await?;
    signing.into_active_model().insert(c).await?;
    Ok(())
}

/// A provider's data key, wrapped.
pub async fn data_key(c: &impl ConnectionTrait, provider: Uuid) -> Result<Option<data_key::Model>> {
    Ok(data_key::Entity::find_by_id(provider).one(c).await?)
}

/// Every key that a provider ever had, oldest first.
pub async fn keys(c: &impl ConnectionTrait, provider: Uuid) -> Result<Vec<signing_key::Model>> {
    let select = signing_key::Entity::find()
        .filter(signing_key::Column::ProviderId.eq(provider))
        .order_by_asc(signing_key::Column::Id);
    Ok(select.all(c).await?)
}

/// Every key that several providers ever had, oldest first.
pub async fn keys_of(
    c: &impl ConnectionTrait,
    providers: &[Uuid],
) -> Result<Vec<signing_key::Model>> {
    let select = signing_key::Entity::find()
        .filter(signing_key::Column::ProviderId.is_in(providers.iter().copied()))
        .order_by_asc(signing_key::Column::Id);
    Ok(select.all(c).await?)
}

/// The key that a provider signs with now: the newest active one.
pub async fn active_key(
    c: &impl ConnectionTrait,
    provider: Uuid,
) -> Result<Option<signing_key::Model>> {
    let select = signing_key::Entity::find()
        .filter(signing_key::Column::ProviderId.eq(provider))
        .filter(signing_key::Column::State.eq("ACTIVE"))
        .order_by_desc(signing_key::Column::Id);
    Ok(select.one(c).await?)
}

/// A provider's key by id.
pub async fn signing_key(
    c: &impl ConnectionTrait,
    provider: Uuid,
    id: Uuid,
) -> Result<Option<signing_key::Model>> {
    let select =
        signing_key::Entity::find_by_id(id).filter(signing_key::Column::ProviderId.eq(provider));
    Ok(select.one(c).await?)
}
