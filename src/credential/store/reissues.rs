//! Credentials that are signed anew after their key was compromised.

use std::collections::HashMap;

use entity::{credential, reissue};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, Select, Set,
};
use uuid::Uuid;

use crate::kernel::errors::Result;

/// What `key` signed, or was to sign, and is not withdrawn for good.
fn signed_by(provider: Uuid, key: Uuid) -> Select<credential::Entity> {
    credential::Entity::find()
        .filter(credential::Column::ProviderId.eq(provider))
        .filter(credential::Column::SigningKeyId.eq(key))
        .filter(credential::Column::State.is_not_in(["REVOKED", "WITHDRAWN"]))
}

/// How many credentials of `key` are left to be signed anew.
pub async fn count_signed_by(c: &impl ConnectionTrait, provider: Uuid, key: Uuid) -> Result<u64> {
    Ok(signed_by(provider, key).count(c).await?)
}

/// Some of the credentials of `key` that are left to be signed anew, `limit` at most, locked
/// until the transaction ends.
pub async fn lock_signed_by(
    c: &impl ConnectionTrait,
    provider: Uuid,
    key: Uuid,
    limit: u64,
) -> Result<Vec<credential::Model>> {
    let select = signed_by(provider, key)
        .order_by_asc(credential::Column::Id)
        .limit(limit)
        .lock_exclusive();
    Ok(select.all(c).await?)
}

/// The intents to sign these credentials of `key` anew, by credential.
pub async fn reissues(
    c: &impl ConnectionTrait,
    key: Uuid,
    credentials: &[Uuid],
) -> Result<HashMap<Uuid, reissue::Model>> {
    let select = reissue::Entity::find()
        .filter(reissue::Column::CompromisedKeyId.eq(key))
        .filter(reissue::Column::CredentialId.is_in(credentials.iter().copied()));
    let rows = select.all(c).await?.into_iter();
    Ok(rows.map(|row| (row.credential_id, row)).collect())
}

/// Records the intent to sign a credential anew.
pub async fn insert_reissue(c: &impl ConnectionTrait, row: &reissue::Model) -> Result<()> {
    row.clone().into_active_model().insert(c).await?;
    Ok(())
}

/// Turns an intent to another key.
pub async fn turn_reissue(c: &impl ConnectionTrait, row: &reissue::Model) -> Result<()> {
    let row = reissue::ActiveModel {
        id: Set(row.id),
        signing_key_id: Set(row.signing_key_id),
        signing_input: Set(row.signing_input.clone()),
        ..Default::default()
    };
    row.update(c).await?;
    Ok(())
}

/// Records what was signed anew: the credential has the new key's bytes in place of the old one's.
pub async fn record_reissued(
    c: &impl ConnectionTrait,
    credential: &credential::Model,
    reissue: Uuid,
    at: i64,
) -> Result<()> {
    let row = credential::ActiveModel {
        id: Set(credential.id),
        state: Set(credential.state.clone()),
        signing_key_id: Set(credential.signing_key_id),
        signing_input: Set(credential.signing_input.clone()),
        secured: Set(credential.secured.clone()),
        ..Default::default()
    };
    row.update(c).await?;
    let row = reissue::ActiveModel {
        id: Set(reissue),
        signing_input: Set(None),
        signed_at: Set(Some(at)),
        ..Default::default()
    };
    row.update(c).await?;
    Ok(())
}
