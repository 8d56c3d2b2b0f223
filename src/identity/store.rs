//! Rows of the identity room.

pub mod identities;
pub mod invitations;
pub mod log;

use std::collections::HashMap;

use entity::{api_key, learner, member, member_identity, member_role, provider, setting};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel,
    PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Set, sea_query::OnConflict,
};
use uuid::Uuid;

use super::{
    model::{LearnerFilter, Member},
    policy::{Extent, Role},
};
use crate::kernel::{
    errors::{Error, Result},
    keyset,
    pages::{Page, PageRequest},
};

/// A provider by id.
pub async fn provider(c: &impl ConnectionTrait, id: Uuid) -> Result<Option<provider::Model>> {
    Ok(provider::Entity::find_by_id(id).one(c).await?)
}

/// Several providers by id.
pub async fn providers_by_id(
    c: &impl ConnectionTrait,
    ids: &[Uuid],
) -> Result<Vec<provider::Model>> {
    let select = provider::Entity::find().filter(provider::Column::Id.is_in(ids.iter().copied()));
    Ok(select.all(c).await?)
}

/// A provider by slug.
pub async fn provider_by_slug(
    c: &impl ConnectionTrait,
    slug: &str,
) -> Result<Option<provider::Model>> {
    let select = provider::Entity::find().filter(provider::Column::Slug.eq(slug));
    Ok(select.one(c).await?)
}

/// A page of all providers.
pub async fn providers(
    c: &impl ConnectionTrait,
    page: &PageRequest,
) -> Result<Page<provider::Model>> {
    keyset::by_id(
        c,
        provider::Entity::find(),
        provider::Column::Id,
        page,
        |r| r.id,
    )
    .await
}

/// Adds a provider. A taken slug is a unique violation.
pub async fn insert_provider(c: &impl ConnectionTrait, row: &provider::Model) -> Result<(), DbErr> {
    row.clone().into_active_model().insert(c).await?;
    Ok(())
}

/// A member of `provider`, with roles.
pub async fn member(c: &impl ConnectionTrait, provider: Uuid, id: Uuid) -> Result<Option<Member>> {
    let row = member::Entity::find_by_id(id)
        .filter(member::Column::ProviderId.eq(provider))
        .one(c)
        .await?;
    Ok(match row {
        None => None,
        Some(row) => with_roles(c, vec![row]).await?.pop(),
    })
}

/// A member by id, of whatever provider.
pub async fn member_of_any(c: &impl ConnectionTrait, id: Uuid) -> Result<Option<member::Model>> {
    Ok(member::Entity::find_by_id(id).one(c).await?)
}

/// Several members of `provider` by id, with roles.
pub async fn members_by_id(
    c: &impl ConnectionTrait,
    provider: Uuid,
    ids: &[Uuid],
) -> Result<Vec<Member>> {
    let rows = member::Entity::find()
        .filter(member::Column::ProviderId.eq(provider))
        .filter(member::Column::Id.is_in(ids.iter().copied()))
        .all(c)
        .await?;
    with_roles(c, rows).await
}

/// A page of the members of `provider`, with roles.
pub async fn members(
    c: &impl ConnectionTrait,
    provider: Uuid,
    page: &PageRequest,
) -> Result<Page<Member>> {
    let select = member::Entity::find().filter(member::Column::ProviderId.eq(provider));
    let page = keyset::by_id(c, select, member::Column::Id, page, |r| r.id).await?;
    let rows = page.rows.iter().map(|(_, r)| r.clone()).collect();
    let mut roles: HashMap<_, _> = with_roles(c, rows)
        .await?
        .into_iter()
        .map(|m| (m.id, m.roles))
        .collect();
    Ok(page.map(|row| Member {
        roles: roles.remove(&row.id).unwrap_or_default(),
        ..plain(row)
    }))
}

fn plain(row: member::Model) -> Member {
    Member {
        id: row.id,
        provider: row.provider_id,
        name: row.name,
        email: row.email,
        created_at: row.created_at,
        roles: Vec::new(),
    }
}

async fn with_roles(c: &impl ConnectionTrait, rows: Vec<member::Model>) -> Result<Vec<Member>> {
    let held = member_role::Entity::find()
        .filter(member_role::Column::MemberId.is_in(rows.iter().map(|r| r.id)))
        .all(c)
        .await?;
    let mut roles: HashMap<Uuid, Vec<Role>> = HashMap::new();
    for r in held {
        if let Some(role) = Role::parse(&r.role) {
            roles.entry(r.member_id).or_default().push(role);
        }
    }
    let of = |row: member::Model| Member {
        roles: roles.remove(&row.id).unwrap_or_default(),
        ..plain(row)
    };
    Ok(rows.into_iter().map(of).collect())
}

/// Adds a member and their roles. A taken e-mail address is a unique violation.
pub async fn insert_member(c: &impl ConnectionTrait, m: &Member) -> Result<(), DbErr> {
    let row = member::Model {
        id: m.id,
        provider_id: m.provider,
        name: m.name.clone(),
        email: m.email.clone(),
        created_at: m.created_at,
    };
    row.into_active_model().insert(c).await?;
    let roles = m.roles.iter().map(|role| member_role::ActiveModel {
        member_id: Set(m.id),
        role: Set(role.as_str().to_owned()),
    });
    member_role::Entity::insert_many(roles)
        .exec_without_returning(c)
        .await?;
    Ok(())
}

/// The API key stored under `digest`.
pub async fn api_key_by_digest(
    c: &impl ConnectionTrait,
    digest: &[u8],
) -> Result<Option<api_key::Model>> {
    let select = api_key::Entity::find().filter(api_key::Column::Digest.eq(digest));
    Ok(select.one(c).await?)
}

/// An API key of `provider`.
pub async fn api_key(
    c: &impl ConnectionTrait,
    provider: Option<Uuid>,
    id: Uuid,
) -> Result<Option<api_key::Model>> {
    let mut select = api_key::Entity::find_by_id(id);
    if let Some(provider) = provider {
        select = select.filter(api_key::Column::ProviderId.eq(provider));
    }
    Ok(select.one(c).await?)
}

/// A page of the API keys of `provider`.
pub async fn api_keys(
    c: &impl ConnectionTrait,
    provider: Uuid,
    page: &PageRequest,
) -> Result<Page<api_key::Model>> {
    let select = api_key::Entity::find().filter(api_key::Column::ProviderId.eq(provider));
    keyset::by_id(c, select, api_key::Column::Id, page, |r| r.id).await
}

/// Adds an API key.
pub async fn insert_api_key(c: &impl ConnectionTrait, row: api_key::Model) -> Result<()> {
    row.into_active_model().insert(c).await?;
    Ok(())
}

/// Marks an API key as revoked at `at` (Unix milliseconds).
pub async fn revoke_api_key(c: &impl ConnectionTrait, id: Uuid, at: i64) -> Result<()> {
    let row = api_key::ActiveModel {
        id: Set(id),
        revoked_at: Set(Some(at)),
        ..Default::default()
    };
    row.update(c).await?;
    Ok(())
}

/// A learner of `provider`.
pub async fn learner(
    c: &impl ConnectionTrait,
    provider: Uuid,
    id: Uuid,
) -> Result<Option<learner::Model>> {
    let select = learner::Entity::find_by_id(id).filter(learner::Column::ProviderId.eq(provider));
    Ok(select.one(c).await?)
}

/// A learner of `provider`, who stays as they are until the transaction ends.
pub async fn hold_learner(
    c: &impl ConnectionTrait,
    provider: Uuid,
    id: Uuid,
) -> Result<Option<learner::Model>> {
    let select = learner::Entity::find_by_id(id).filter(learner::Column::ProviderId.eq(provider));
    Ok(select.lock_shared().one(c).await?)
}

/// Refuses what is about a learner who was erased; `field` is where the input names them.
pub fn refuse_erased(learner: &learner::Model, field: &str) -> Result<()> {
    if learner.erased_at.is_none() {
        return Ok(());
    }
    Err(Error::invalid(
        field,
        "ERASED",
        "this learner was erased, and nothing more is recorded about them: if they are back, create them anew",
    ))
}

/// The learner of `provider` whom credentials name by this id: a DID or a `urn:uuid`. Of several
/// with one DID it is the one who was added first.
pub async fn learner_by_subject(
    c: &impl ConnectionTrait,
    provider: Uuid,
    subject: &str,
) -> Result<Option<learner::Model>> {
    let is_theirs = Condition::any()
        .add(learner::Column::SubjectUrn.eq(subject))
        .add(learner::Column::Did.eq(subject));
    let select = learner::Entity::find()
        .filter(learner::Column::ProviderId.eq(provider))
        .filter(is_theirs)
        .order_by_asc(learner::Column::Id);
    Ok(select.one(c).await?)
}

/// Several learners of `provider` by id.
pub async fn learners_by_id(
    c: &impl ConnectionTrait,
    provider: Uuid,
    ids: &[Uuid],
) -> Result<Vec<learner::Model>> {
    let select = learner::Entity::find()
        .filter(learner::Column::ProviderId.eq(provider))
        .filter(learner::Column::Id.is_in(ids.iter().copied()));
    Ok(select.all(c).await?)
}

/// A page of the learners within `extent` that pass `filter`.
pub async fn learners(
    c: &impl ConnectionTrait,
    extent: Extent,
    filter: &LearnerFilter,
    page: &PageRequest,
) -> Result<Page<learner::Model>> {
    let mut select =
        learner::Entity::find().filter(learner::Column::ProviderId.eq(extent.provider));
    if let Some(own) = extent.learner {
        select = select.filter(learner::Column::Id.eq(own));
    }
    if let Some(external_id) = &filter.external_id {
        select = select.filter(learner::Column::ExternalId.eq(external_id));
    }
    if filter.to_erase {
        select = select
            .filter(learner::Column::ErasureRequestedAt.is_not_null())
            .filter(learner::Column::ErasedAt.is_null());
    }
    keyset::by_id(c, select, learner::Column::Id, page, |r| r.id).await
}

/// Adds a learner. A taken external id is a unique violation.
pub async fn insert_learner(c: &impl ConnectionTrait, row: &learner::Model) -> Result<(), DbErr> {
    row.clone().into_active_model().insert(c).await?;
    Ok(())
}

/// The value of a setting.
pub async fn setting(c: &impl ConnectionTrait, name: &str) -> Result<Option<String>> {
    let row = setting::Entity::find_by_id(name.to_owned()).one(c).await?;
    Ok(row.map(|r| r.value))
}

/// Adds a setting that is decided once. A second time is a unique violation.
pub async fn insert_setting(
    c: &impl ConnectionTrait,
    name: &str,
    value: &str,
) -> Result<(), DbErr> {
    let row = setting::ActiveModel {
        name: Set(name.to_owned()),
        value: Set(value.to_owned()),
    };
    setting::Entity::insert(row)
        .exec_without_returning(c)
        .await?;
    Ok(())
}

/// Adds a setting unless it is there already. Waits for another transaction that adds it.
/// Tells whether it was added.
pub async fn insert_setting_if_absent(
    c: &impl ConnectionTrait,
    name: &str,
    value: &str,
) -> Result<bool> {
    let row = setting::ActiveModel {
        name: Set(name.to_owned()),
        value: Set(value.to_owned()),
    };
    let added = setting::Entity::insert(row)
        .on_conflict(
            OnConflict::column(setting::Column::Name)
                .do_nothing()
                .to_owned(),
        )
        .exec_without_returning(c)
        .await?;
    Ok(added > 0)
}

/// Sets a setting that can change, whether it is there or not.
pub async fn put_setting(c: &impl ConnectionTrait, name: &str, value: &str) -> Result<()> {
    let row = setting::ActiveModel {
        name: Set(name.to_owned()),
        value: Set(value.to_owned()),
    };
    setting::Entity::insert(row)
        .on_conflict(
            OnConflict::column(setting::Column::Name)
                .update_column(setting::Column::Value)
                .to_owned(),
        )
        .exec_without_returning(c)
        .await?;
    Ok(())
}

/// Whether any API key exists.
pub async fn has_api_keys(c: &impl ConnectionTrait) -> Result<bool> {
    Ok(api_key::Entity::find().count(c).await? > 0)
}

/// Whether a provider's people can act for themselves: one of its members was given a key, be it
/// revoked meanwhile, or has signed in by an issuer's token.
pub async fn is_handed_over(c: &impl ConnectionTrait, provider: Uuid) -> Result<bool> {
    let keys = api_key::Entity::find()
        .filter(api_key::Column::ProviderId.eq(provider))
        .filter(api_key::Column::MemberId.is_not_null());
    if keys.count(c).await? > 0 {
        return Ok(true);
    }
    let identities =
        member_identity::Entity::find().filter(member_identity::Column::ProviderId.eq(provider));
    Ok(identities.count(c).await? > 0)
}
