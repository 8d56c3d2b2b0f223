//! Reading all rows about a learner, oldest first.

use entity::{
    api_key, assessment, assessment_plan, assessment_transition, audit_record, correction,
    credential, decision, demonstration, evidence, evidence_file, member, observation,
    plan_version, status_change,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};
use uuid::Uuid;

use super::Of;
use crate::kernel::{db::INSERT_CHUNK, errors::Result};

/// Their API keys.
pub(in crate::dossier) async fn api_keys(
    c: &impl ConnectionTrait,
    of: Of,
) -> Result<Vec<api_key::Model>> {
    let select = api_key::Entity::find()
        .filter(api_key::Column::ProviderId.eq(of.provider))
        .filter(api_key::Column::LearnerId.eq(of.learner))
        .order_by_asc(api_key::Column::Id);
    Ok(select.all(c).await?)
}

/// The corrections that they suggested.
pub(in crate::dossier) async fn corrections(
    c: &impl ConnectionTrait,
    of: Of,
) -> Result<Vec<correction::Model>> {
    let select = correction::Entity::find()
        .filter(of.suggested())
        .order_by_asc(correction::Column::Id);
    Ok(select.all(c).await?)
}

/// Their assessments.
pub(in crate::dossier) async fn assessments(
    c: &impl ConnectionTrait,
    of: Of,
) -> Result<Vec<assessment::Model>> {
    let select = assessment::Entity::find()
        .filter(assessment::Column::ProviderId.eq(of.provider))
        .filter(assessment::Column::LearnerId.eq(of.learner))
        .order_by_asc(assessment::Column::Id);
    Ok(select.all(c).await?)
}

/// The plans that they were assessed under.
pub(in crate::dossier) async fn plans(
    c: &impl ConnectionTrait,
    of: Of,
) -> Result<Vec<assessment_plan::Model>> {
    let used = assessment::Entity::find()
        .select_only()
        .column(assessment::Column::PlanId)
        .filter(assessment::Column::Id.in_subquery(of.assessments()));
    let select = assessment_plan::Entity::find()
        .filter(assessment_plan::Column::Id.in_subquery(used.into_query()));
    Ok(select.all(c).await?)
}

/// The versions of plans that they were assessed under.
pub(in crate::dossier) async fn plan_versions(
    c: &impl ConnectionTrait,
    of: Of,
) -> Result<Vec<plan_version::Model>> {
    let used = assessment::Entity::find()
        .select_only()
        .column(assessment::Column::PlanVersionId)
        .filter(assessment::Column::Id.in_subquery(of.assessments()));
    let select = plan_version::Entity::find()
        .filter(plan_version::Column::Id.in_subquery(used.into_query()));
    Ok(select.all(c).await?)
}

/// The steps of their assessments.
pub(in crate::dossier) async fn transitions(
    c: &impl ConnectionTrait,
    of: Of,
) -> Result<Vec<assessment_transition::Model>> {
    let select = assessment_transition::Entity::find()
        .filter(assessment_transition::Column::AssessmentId.in_subquery(of.assessments()))
        .order_by_asc(assessment_transition::Column::Id);
    Ok(select.all(c).await?)
}

/// What was observed of them.
pub(in crate::dossier) async fn observations(
    c: &impl ConnectionTrait,
    of: Of,
) -> Result<Vec<observation::Model>> {
    let select = observation::Entity::find()
        .filter(observation::Column::AssessmentId.in_subquery(of.assessments()))
        .order_by_asc(observation::Column::Id);
    Ok(select.all(c).await?)
}

/// What that rests on.
pub(in crate::dossier) async fn evidence(
    c: &impl ConnectionTrait,
    of: Of,
) -> Result<Vec<evidence::Model>> {
    let select = evidence::Entity::find()
        .filter(evidence::Column::ObservationId.in_subquery(of.observations()))
        .order_by_asc(evidence::Column::Id);
    Ok(select.all(c).await?)
}

/// The files among it.
pub(in crate::dossier) async fn files(
    c: &impl ConnectionTrait,
    of: Of,
) -> Result<Vec<evidence_file::Model>> {
    let used = evidence::Entity::find()
        .select_only()
        .column(evidence::Column::FileId)
        .filter(evidence::Column::FileId.is_not_null())
        .filter(evidence::Column::ObservationId.in_subquery(of.observations()));
    let select = evidence_file::Entity::find()
        .filter(evidence_file::Column::Id.in_subquery(used.into_query()))
        .order_by_asc(evidence_file::Column::Id);
    Ok(select.all(c).await?)
}

/// Who observed them: id and name, and nothing else of theirs.
pub(in crate::dossier) async fn assessors(
    c: &impl ConnectionTrait,
    of: Of,
) -> Result<Vec<(Uuid, String)>> {
    let who = observation::Entity::find()
        .select_only()
        .column(observation::Column::AssessorId)
        .filter(observation::Column::AssessmentId.in_subquery(of.assessments()));
    let select = member::Entity::find()
        .select_only()
        .column(member::Column::Id)
        .column(member::Column::Name)
        .filter(member::Column::ProviderId.eq(of.provider))
        .filter(member::Column::Id.in_subquery(who.into_query()));
    Ok(select.into_tuple().all(c).await?)
}

/// What was decided about them.
pub(in crate::dossier) async fn decisions(
    c: &impl ConnectionTrait,
    of: Of,
) -> Result<Vec<decision::Model>> {
    let select = decision::Entity::find()
        .filter(decision::Column::AssessmentId.in_subquery(of.assessments()))
        .order_by_asc(decision::Column::Id);
    Ok(select.all(c).await?)
}

/// What they demonstrated.
pub(in crate::dossier) async fn demonstrations(
    c: &impl ConnectionTrait,
    of: Of,
) -> Result<Vec<demonstration::Model>> {
    let select = demonstration::Entity::find()
        .filter(demonstration::Column::ProviderId.eq(of.provider))
        .filter(demonstration::Column::LearnerId.eq(of.learner))
        .order_by_asc(demonstration::Column::Id);
    Ok(select.all(c).await?)
}

/// The signed records about them, by when they were made: their ids are random.
pub(in crate::dossier) async fn credentials(
    c: &impl ConnectionTrait,
    of: Of,
) -> Result<Vec<credential::Model>> {
    let select = credential::Entity::find()
        .filter(credential::Column::ProviderId.eq(of.provider))
        .filter(credential::Column::LearnerId.eq(of.learner))
        .order_by_asc(credential::Column::CreatedAt)
        .order_by_asc(credential::Column::Id);
    Ok(select.all(c).await?)
}

/// The history of those.
pub(in crate::dossier) async fn status_changes(
    c: &impl ConnectionTrait,
    of: Of,
) -> Result<Vec<status_change::Model>> {
    let select = status_change::Entity::find()
        .filter(status_change::Column::CredentialId.in_subquery(of.credentials()))
        .order_by_asc(status_change::Column::Id);
    Ok(select.all(c).await?)
}

/// The audit records of a provider that tell of any of these ids.
pub(in crate::dossier) async fn audit_records(
    c: &impl ConnectionTrait,
    provider: Uuid,
    targets: &[Uuid],
) -> Result<Vec<audit_record::Model>> {
    let mut found = Vec::new();
    for some in targets.chunks(INSERT_CHUNK) {
        let select = audit_record::Entity::find()
            .filter(audit_record::Column::Chain.eq(provider.to_string()))
            .filter(audit_record::Column::Target.is_in(some.iter().map(Uuid::to_string)));
        found.extend(select.all(c).await?);
    }
    found.sort_unstable_by_key(|row| row.sequence);
    Ok(found)
}
