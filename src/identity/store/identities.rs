//! Rows of those who sign in by an issuer's token.

use entity::{learner, member, member_identity};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter,
};
use uuid::Uuid;

use crate::kernel::errors::Result;

/// The member of `provider` whom `issuer` names `subject`.
pub async fn member_identified(
    c: &impl ConnectionTrait,
    provider: Uuid,
    issuer: &str,
    subject: &str,
) -> Result<Option<Uuid>> {
    let key = (issuer.to_owned(), subject.to_owned(), provider);
    let row = member_identity::Entity::find_by_id(key).one(c).await?;
    Ok(row.map(|row| row.member_id))
}

/// Whether `issuer` names the member of `provider` by any subject.
pub async fn is_identified(
    c: &impl ConnectionTrait,
    provider: Uuid,
    issuer: &str,
    member: Uuid,
) -> Result<bool> {
    let select = member_identity::Entity::find()
        .filter(member_identity::Column::ProviderId.eq(provider))
        .filter(member_identity::Column::Issuer.eq(issuer))
        .filter(member_identity::Column::MemberId.eq(member));
    Ok(select.count(c).await? > 0)
}

/// Notes by which subject an issuer names a member.
pub async fn insert_identity(c: &impl ConnectionTrait, row: member_identity::Model) -> Result<()> {
    row.into_active_model().insert(c).await?;
    Ok(())
}

/// The member of `provider` with an e-mail address, given in lower case.
pub async fn member_by_email(
    c: &impl ConnectionTrait,
    provider: Uuid,
    email: &str,
) -> Result<Option<Uuid>> {
    let select = member::Entity::find()
        .filter(member::Column::ProviderId.eq(provider))
        .filter(member::Column::Email.eq(email));
    Ok(select.one(c).await?.map(|row| row.id))
}

/// The learner of `provider` with the provider's own identifier; none who was erased.
pub async fn learner_by_external_id(
    c: &impl ConnectionTrait,
    provider: Uuid,
    external_id: &str,
) -> Result<Option<Uuid>> {
    let select = learner::Entity::find()
        .filter(learner::Column::ProviderId.eq(provider))
        .filter(learner::Column::ExternalId.eq(external_id))
        .filter(learner::Column::ErasedAt.is_null());
    Ok(select.one(c).await?.map(|row| row.id))
}
