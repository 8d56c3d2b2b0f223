//! Taking a learner's personal data out of every room. What counts stays: ratings, decisions,
//! demonstrations, the places in status lists.

use entity::{
    api_key, assessment, assessment_transition, bulk_problem, correction, credential, evidence,
    invitation, learner, observation, reissue, status_change,
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder, QuerySelect, Set, sea_query::Expr,
};
use uuid::Uuid;

use super::Of;
use crate::kernel::errors::Result;

/// The tables that an erasure changes, in the order in which they are told of.
pub(in crate::dossier) const TABLES: &[&str] = &[
    "learner",
    "api_key",
    "invitation",
    "assessment_transition",
    "observation",
    "evidence",
    "evidence_file",
    "credential",
    "reissue",
    "status_change",
    "bulk_problem",
    "correction",
];

/// The learner, locked until the transaction ends, after all their assessments: whoever changes an
/// assessment holds it before anything else.
pub(in crate::dossier) async fn lock(
    c: &impl ConnectionTrait,
    of: Of,
) -> Result<Option<learner::Model>> {
    let held = assessment::Entity::find()
        .filter(assessment::Column::ProviderId.eq(of.provider))
        .filter(assessment::Column::LearnerId.eq(of.learner))
        .order_by_asc(assessment::Column::Id)
        .select_only()
        .column(assessment::Column::Id)
        .lock_exclusive();
    let _held: Vec<Uuid> = held.into_tuple().all(c).await?;
    let select =
        learner::Entity::find_by_id(of.learner).filter(learner::Column::ProviderId.eq(of.provider));
    Ok(select.lock_exclusive().one(c).await?)
}

/// Stores a learner as they are now.
pub(in crate::dossier) async fn update_learner(
    c: &impl ConnectionTrait,
    row: &learner::Model,
) -> Result<()> {
    row.clone()
        .into_active_model()
        .reset_all()
        .update(c)
        .await?;
    Ok(())
}

/// Stops their keys from working, and forgets what they were called.
pub(in crate::dossier) async fn revoke_keys(
    c: &impl ConnectionTrait,
    of: Of,
    at: i64,
) -> Result<()> {
    let theirs = || {
        api_key::Entity::update_many()
            .filter(api_key::Column::ProviderId.eq(of.provider))
            .filter(api_key::Column::LearnerId.eq(of.learner))
    };
    let rename = theirs().col_expr(api_key::Column::Name, Expr::value("erased"));
    rename.exec(c).await?;
    let revoke = theirs()
        .col_expr(api_key::Column::RevokedAt, Expr::value(at))
        .filter(api_key::Column::RevokedAt.is_null());
    revoke.exec(c).await?;
    Ok(())
}

/// Removes their invitations.
pub(in crate::dossier) async fn delete_invitations(c: &impl ConnectionTrait, of: Of) -> Result<()> {
    let delete = invitation::Entity::delete_many()
        .filter(invitation::Column::ProviderId.eq(of.provider))
        .filter(invitation::Column::LearnerId.eq(of.learner));
    delete.exec(c).await?;
    Ok(())
}

/// Removes the corrections that they suggested. What was accepted is the catalog's by now: it stays,
/// without whom it is from and why they suggested it.
pub(in crate::dossier) async fn delete_corrections(c: &impl ConnectionTrait, of: Of) -> Result<()> {
    let accepted = correction::Entity::update_many()
        .col_expr(correction::Column::SuggestedBy, Expr::value("erased"))
        .col_expr(correction::Column::Reason, Expr::value(""))
        .filter(of.suggested())
        .filter(correction::Column::State.eq("ACCEPTED"));
    accepted.exec(c).await?;
    let others = correction::Entity::delete_many().filter(of.suggested());
    others.exec(c).await?;
    Ok(())
}

/// Clears what was written about their assessments: why they moved on, how they were observed, and
/// what evidence says. Which kinds of evidence there were stays, because decisions rest on it.
pub(in crate::dossier) async fn clear_assessments(c: &impl ConnectionTrait, of: Of) -> Result<()> {
    let steps = assessment_transition::Entity::update_many()
        .col_expr(assessment_transition::Column::Reason, Expr::value(""))
        .filter(assessment_transition::Column::AssessmentId.in_subquery(of.assessments()));
    steps.exec(c).await?;
    let seen = observation::Entity::update_many()
        .col_expr(observation::Column::Context, Expr::value(""))
        .filter(observation::Column::AssessmentId.in_subquery(of.assessments()));
    seen.exec(c).await?;
    let evidence = evidence::Entity::update_many()
        .col_expr(evidence::Column::Value, Expr::value(""))
        .col_expr(evidence::Column::Name, Expr::value(None::<String>))
        .col_expr(evidence::Column::FileId, Expr::value(None::<Uuid>))
        .filter(evidence::Column::ObservationId.in_subquery(of.observations()));
    evidence.exec(c).await?;
    Ok(())
}

/// The credentials about them, locked until the transaction ends.
pub(in crate::dossier) async fn lock_credentials(
    c: &impl ConnectionTrait,
    of: Of,
) -> Result<Vec<credential::Model>> {
    let select = credential::Entity::find()
        .filter(credential::Column::ProviderId.eq(of.provider))
        .filter(credential::Column::LearnerId.eq(of.learner))
        .order_by_asc(credential::Column::Id);
    Ok(select.lock_exclusive().all(c).await?)
}

/// Up to `most` credentials of the provider that rest on no learner here, after the one with this
/// id, locked until the transaction ends: a client wrote them, and may have named anybody.
pub(in crate::dossier) async fn lock_unattributed(
    c: &impl ConnectionTrait,
    provider: Uuid,
    after: Uuid,
    most: u64,
) -> Result<Vec<credential::Model>> {
    let select = credential::Entity::find()
        .filter(credential::Column::ProviderId.eq(provider))
        .filter(credential::Column::LearnerId.is_null())
        .filter(credential::Column::State.ne("WITHDRAWN"))
        .filter(credential::Column::Id.gt(after))
        .order_by_asc(credential::Column::Id)
        .limit(most);
    Ok(select.lock_exclusive().all(c).await?)
}

/// Says of credentials whom they turned out to be about.
pub(in crate::dossier) async fn attribute(
    c: &impl ConnectionTrait,
    of: Of,
    credentials: &[Uuid],
) -> Result<()> {
    let attribute = credential::Entity::update_many()
        .col_expr(credential::Column::LearnerId, Expr::value(of.learner))
        .filter(credential::Column::ProviderId.eq(of.provider))
        .filter(credential::Column::Id.is_in(credentials.iter().copied()));
    attribute.exec(c).await?;
    Ok(())
}

/// Stores a credential as it is now.
pub(in crate::dossier) async fn update_credential(
    c: &impl ConnectionTrait,
    row: &credential::Model,
) -> Result<()> {
    row.clone()
        .into_active_model()
        .reset_all()
        .update(c)
        .await?;
    Ok(())
}

/// Clears what was to be signed anew of their credentials, and why their status was changed.
pub(in crate::dossier) async fn clear_history(c: &impl ConnectionTrait, of: Of) -> Result<()> {
    let anew = reissue::Entity::update_many()
        .col_expr(reissue::Column::SigningInput, Expr::value(None::<String>))
        .filter(reissue::Column::CredentialId.in_subquery(of.credentials()));
    anew.exec(c).await?;
    let changes = status_change::Entity::update_many()
        .col_expr(status_change::Column::Reason, Expr::value(""))
        .filter(status_change::Column::CredentialId.in_subquery(of.credentials()));
    changes.exec(c).await?;
    Ok(())
}

/// Clears what reports of bulk imports say where it names the learner by any of `names`.
pub(in crate::dossier) async fn clear_reports(
    c: &impl ConnectionTrait,
    provider: Uuid,
    names: &[String],
) -> Result<()> {
    let mut named = Condition::any();
    for name in names {
        named = named
            .add(bulk_problem::Column::Message.contains(name))
            .add(bulk_problem::Column::ColumnName.contains(name));
    }
    if named.is_empty() {
        return Ok(());
    }
    let clear = bulk_problem::Entity::update_many()
        .col_expr(
            bulk_problem::Column::Message,
            Expr::value("this told of a learner who was erased since"),
        )
        .col_expr(bulk_problem::Column::ColumnName, Expr::value(""))
        .filter(bulk_problem::Column::ProviderId.eq(provider))
        .filter(named);
    clear.exec(c).await?;
    Ok(())
}

/// Marks that a learner asks to be erased.
pub(in crate::dossier) async fn mark_requested(
    c: &impl ConnectionTrait,
    learner: Uuid,
    at: i64,
) -> Result<()> {
    let row = learner::ActiveModel {
        id: Set(learner),
        erasure_requested_at: Set(Some(at)),
        ..Default::default()
    };
    row.update(c).await?;
    Ok(())
}
