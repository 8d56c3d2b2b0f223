//! Providers' keys, as custody stores them.

use entity::{data_key, signing_key};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder, QuerySelect, Set,
};
use uuid::Uuid;

use crate::{
    credential::key_state::KeyState,
    kernel::{
        errors::Result,
        keyset,
        pages::{Page, PageRequest},
    },
};

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

/// Adds a signing key. One that is known already, or is a second active one of its provider, is a
/// unique violation.
pub async fn insert_key(c: &impl ConnectionTrait, row: &signing_key::Model) -> Result<(), DbErr> {
    row.clone().into_active_model().insert(c).await?;
    Ok(())
}

/// Brings a key's state to what `row` says: its state, when and why it ended.
pub async fn update_key_state(c: &impl ConnectionTrait, row: &signing_key::Model) -> Result<()> {
    let row = signing_key::ActiveModel {
        id: Set(row.id),
        state: Set(row.state.clone()),
        retired_at: Set(row.retired_at),
        compromised_at: Set(row.compromised_at),
        compromise_reason: Set(row.compromise_reason.clone()),
        ..Default::default()
    };
    row.update(c).await?;
    Ok(())
}

/// A provider's data key, wrapped.
pub async fn data_key(c: &impl ConnectionTrait, provider: Uuid) -> Result<Option<data_key::Model>> {
    Ok(data_key::Entity::find_by_id(provider).one(c).await?)
}

/// A provider's data key, wrapped, locked until the transaction ends: whoever changes any of the
/// provider's keys takes it first.
pub async fn lock_data_key(
    c: &impl ConnectionTrait,
    provider: Uuid,
) -> Result<Option<data_key::Model>> {
    let select = data_key::Entity::find_by_id(provider).lock_exclusive();
    Ok(select.one(c).await?)
}

/// Every provider's data key, wrapped, locked until the transaction ends.
pub async fn lock_data_keys(c: &impl ConnectionTrait) -> Result<Vec<data_key::Model>> {
    let select = data_key::Entity::find().order_by_asc(data_key::Column::ProviderId);
    Ok(select.lock_exclusive().all(c).await?)
}

/// Replaces a wrapped data key.
pub async fn update_data_key(c: &impl ConnectionTrait, row: data_key::Model) -> Result<()> {
    let row = data_key::ActiveModel {
        provider_id: Set(row.provider_id),
        wrapped: Set(row.wrapped),
        master_key_id: Set(row.master_key_id),
    };
    row.update(c).await?;
    Ok(())
}

/// Every key that a provider ever had, oldest first.
pub async fn keys(c: &impl ConnectionTrait, provider: Uuid) -> Result<Vec<signing_key::Model>> {
    keys_of(c, &[provider]).await
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

/// A page of the keys that a provider ever had, oldest first.
pub async fn keys_page(
    c: &impl ConnectionTrait,
    provider: Uuid,
    page: &PageRequest,
) -> Result<Page<signing_key::Model>> {
    let select = signing_key::Entity::find().filter(signing_key::Column::ProviderId.eq(provider));
    keyset::by_id(c, select, signing_key::Column::Id, page, |row| row.id).await
}

fn find_active(provider: Uuid) -> sea_orm::Select<signing_key::Entity> {
    signing_key::Entity::find()
        .filter(signing_key::Column::ProviderId.eq(provider))
        .filter(signing_key::Column::State.eq(KeyState::Active.as_str()))
}

/// The key that a provider signs with now.
pub async fn active_key(
    c: &impl ConnectionTrait,
    provider: Uuid,
) -> Result<Option<signing_key::Model>> {
    Ok(find_active(provider).one(c).await?)
}

/// The key that a provider signs with, which stays so until the transaction ends. While another
/// transaction replaces it, this waits, and then may find none: ask again.
pub async fn hold_active_key(
    c: &impl ConnectionTrait,
    provider: Uuid,
) -> Result<Option<signing_key::Model>> {
    Ok(find_active(provider).lock_shared().one(c).await?)
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

/// Those keys with one of these public halves, of whatever provider, that are marked compromised.
pub async fn compromised(
    c: &impl ConnectionTrait,
    publics: &[[u8; 32]],
) -> Result<Vec<signing_key::Model>> {
    let mut found = Vec::new();
    // A statement has room for so many values, not for any number.
    for some in publics.chunks(500) {
        let select = signing_key::Entity::find()
            .filter(signing_key::Column::State.eq(KeyState::Compromised.as_str()))
            .filter(signing_key::Column::PublicKey.is_in(some.iter().map(|key| key.to_vec())));
        found.extend(select.all(c).await?);
    }
    Ok(found)
}
