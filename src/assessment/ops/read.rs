//! Plans, assessments and demonstrations, for those who may see them: members see their
//! provider's, learners their own.

use entity::{
    assessment, assessment_transition, decision, demonstration, evidence, observation, plan_version,
};
use uuid::Uuid;

use crate::{
    app::Op,
    assessment::store,
    identity::policy::{self, Action},
    kernel::{
        errors::Result,
        pages::{Page, PageRequest},
    },
};

pub use store::Plan;

/// Whose assessments the actor may see.
pub(super) fn whose(op: &Op) -> Result<store::Whose> {
    let extent = policy::permit_extent(&op.actor, Action::ViewAssessments)?;
    Ok(store::Whose {
        provider: extent.provider,
        learner: extent.learner,
    })
}

fn plans_of(op: &Op) -> Result<Uuid> {
    Ok(policy::permit_extent(&op.actor, Action::ViewPlans)?.provider)
}

/// A plan of the tenant, at its newest version.
pub async fn plan(op: &Op, id: Uuid) -> Result<Option<Plan>> {
    store::plan(&op.read().await?, plans_of(op)?, id).await
}

/// Several plans of the tenant by id, at their newest versions.
pub async fn plans_by_id(op: &Op, ids: &[Uuid]) -> Result<Vec<Plan>> {
    store::plans_by_id(&op.read().await?, plans_of(op)?, ids).await
}

/// A page of the tenant's plans, at their newest versions.
pub async fn plans(op: &Op, page: &PageRequest) -> Result<Page<Plan>> {
    store::plans(&op.read().await?, plans_of(op)?, page).await
}

/// Plans of the tenant at the versions named.
pub async fn plan_versions(op: &Op, versions: &[Uuid]) -> Result<Vec<Plan>> {
    store::plan_versions(&op.read().await?, plans_of(op)?, versions).await
}

/// All versions of several plans of the tenant, oldest first.
pub async fn versions_of(op: &Op, plans: &[Uuid]) -> Result<Vec<plan_version::Model>> {
    store::versions_of(&op.read().await?, plans_of(op)?, plans).await
}

/// An assessment.
pub async fn assessment(op: &Op, id: Uuid) -> Result<Option<assessment::Model>> {
    store::assessment(&op.read().await?, whose(op)?, id).await
}

/// Several assessments by id.
pub async fn assessments_by_id(op: &Op, ids: &[Uuid]) -> Result<Vec<assessment::Model>> {
    store::assessments_by_id(&op.read().await?, whose(op)?, ids).await
}

/// A page of assessments, of one learner where one is named.
pub async fn assessments(
    op: &Op,
    learner: Option<Uuid>,
    page: &PageRequest,
) -> Result<Page<assessment::Model>> {
    store::assessments(&op.read().await?, whose(op)?, learner, page).await
}

/// The transitions of assessments that the actor was shown, oldest first.
pub async fn transitions(
    op: &Op,
    assessments: &[Uuid],
) -> Result<Vec<assessment_transition::Model>> {
    whose(op)?;
    store::transitions(&op.read().await?, assessments).await
}

/// The observations of assessments that the actor was shown, oldest first.
pub async fn observations(op: &Op, assessments: &[Uuid]) -> Result<Vec<observation::Model>> {
    whose(op)?;
    store::observations(&op.read().await?, assessments).await
}

/// The evidence of observations that the actor was shown.
pub async fn evidence(op: &Op, observations: &[Uuid]) -> Result<Vec<evidence::Model>> {
    whose(op)?;
    store::evidence(&op.read().await?, observations).await
}

/// The decisions on assessments that the actor was shown, oldest first.
pub async fn decisions(op: &Op, assessments: &[Uuid]) -> Result<Vec<decision::Model>> {
    whose(op)?;
    store::decisions(&op.read().await?, assessments).await
}

/// The demonstrations of assessments that the actor was shown, oldest first.
pub async fn demonstrations_of(op: &Op, assessments: &[Uuid]) -> Result<Vec<demonstration::Model>> {
    whose(op)?;
    store::demonstrations_of(&op.read().await?, assessments).await
}

/// Several demonstrations by id.
pub async fn demonstrations_by_id(op: &Op, ids: &[Uuid]) -> Result<Vec<demonstration::Model>> {
    store::demonstrations_by_id(&op.read().await?, whose(op)?, ids).await
}

/// A page of demonstrations, of one learner where one is named.
pub async fn demonstrations(
    op: &Op,
    learner: Option<Uuid>,
    page: &PageRequest,
) -> Result<Page<demonstration::Model>> {
    store::demonstrations(&op.read().await?, whose(op)?, learner, page).await
}
