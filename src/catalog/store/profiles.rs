//! Profiles of occupations, each under its label.

use entity::occupation_profile::{self, Column, Entity, Model};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
};
use uuid::Uuid;

use crate::{
    catalog::{
        ids,
        profile::OccupationProfile,
        rules::{FrozenProfile, thaw_profile},
    },
    kernel::errors::{Error, Result},
};

/// A published profile.
#[derive(Debug, Clone)]
pub struct ProfileContent {
    /// Its id.
    pub id: Uuid,
    /// SHA-384 of the frozen document.
    pub content_sri: String,
    /// The size of the frozen document in bytes.
    pub size: usize,
    /// What it says.
    pub profile: OccupationProfile,
}

/// The digest of a published profile.
pub async fn profile_digest(c: &impl ConnectionTrait, id: Uuid) -> Result<Option<String>> {
    let select = Entity::find_by_id(id)
        .select_only()
        .column(Column::ContentSri);
    Ok(select.into_tuple().one(c).await?)
}

/// Adds a published profile.
pub async fn insert_profile(
    c: &impl ConnectionTrait,
    profile: &OccupationProfile,
    frozen: FrozenProfile,
    published_at: i64,
) -> Result<()> {
    let row = occupation_profile::Model {
        id: frozen.id,
        occupation_id: ids::occupation(&profile.occupation.soc),
        label: profile.version.clone(),
        content: frozen.bytes,
        content_sri: frozen.digest_sri,
        published_at,
    };
    Entity::insert(row.into_active_model())
        .exec_without_returning(c)
        .await?;
    Ok(())
}

/// Published profiles by id.
pub async fn profiles(c: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<ProfileContent>> {
    let select = Entity::find().filter(Column::Id.is_in(ids.iter().copied()));
    let content = |row: Model| {
        Ok(ProfileContent {
            id: row.id,
            content_sri: row.content_sri,
            size: row.content.len(),
            profile: thaw_profile(&row.content).map_err(Error::internal)?,
        })
    };
    select.all(c).await?.into_iter().map(content).collect()
}

/// The ids and labels of the profiles of several occupations, by occupation.
pub async fn profile_labels(
    c: &impl ConnectionTrait,
    occupations: &[Uuid],
) -> Result<Vec<(Uuid, Uuid, String)>> {
    let select = Entity::find()
        .filter(Column::OccupationId.is_in(occupations.iter().copied()))
        .select_only()
        .columns([Column::OccupationId, Column::Id, Column::Label]);
    Ok(select.into_tuple().all(c).await?)
}
