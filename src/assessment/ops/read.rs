//! Plans, assessments and demonstrations, for those who may see them.

use entity::{assessment, decision, demonstration, evidence, observation};
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

fn tenant(op: &Op) -> Result<Uuid> {
    policy::permit_in_tenant(&op.actor, Action::ViewAssessments)
}

/// A plan of the tenant.
pub async fn plan(op: &Op, id: Uuid) -> Result<Option<store::Plan>> {
    store::plan(&op.read().await?, tenant(op)?, id).await
}

/// Several plans of the tenant by id.
pub async fn plans_by_id(op: &Op, ids: &[Uuid]) -> Result<Vec<store::Plan>> {
    store::plans_by_id(&op.read().await?, tenant(op)?, ids).await
}

/// A page of the tenant's plans.
pub async fn plans(op: &Op, page: &PageRequest) -> Result<Page<store::Plan>> {
    store::plans(&op.read().await?, tenant(op)?, page).await
}

/// An assessment of the tenant.
pub async fn assessment(op: &Op, id: Uuid) -> Result<Option<assessment::Model>> {
    store::assessment(&op.read().await?, tenant(op)?, id).await
}

/// A page of the tenant's assessments.
pub async fn assessments(
    op: &Op,
    learner: Option<Uuid>,
    page: &PageRequest,
) -> Result<Page<assessment::Model>> {
    store::assessments(&op.read().await?, tenant(op)?, learner, page).await
}

/// The observations of assessments that the tenant was shown, oldest first.
pub async fn observations(op: &Op, assessments: &[Uuid]) -> Result<Vec<observation::Model>> {
    tenant(op)?;
    store::observations(&op.read().await?, assessments).await
}

/// The evidence of observations that the tenant was shown.
pub async fn evidence(op: &Op, observations: &[Uuid]) -> Result<Vec<evidence::Model>> {
    tenant(op)?;
    store::evidence(&op.read().await?, observations).await
}

/// The decisions on assessments that the tenant was shown, oldest first.
pub async fn decisions(op: &Op, assessments: &[Uuid]) -> Result<Vec<decision::Model>> {
    tenant(op)?;
    store::decisions(&op.read().await?, assessments).await
}

/// The demonstrations of assessments that the tenant was shown, oldest first.
pub async fn demonstrations_of(op: &Op, assessments: &[Uuid]) -> Result<Vec<demonstration::Model>> {
    tenant(op)?;
    store::demonstrations_of(&op.read().await?, assessments).await
}

/// Several demonstrations of the tenant by id.
pub async fn demonstrations_by_id(op: &Op, ids: &[Uuid]) -> Result<Vec<demonstration::Model>> {
    store::demonstrations_by_id(&op.read().await?, tenant(op)?, ids).await
}

/// A page of the tenant's demonstrations.
pub async fn demonstrations(
    op: &Op,
    learner: Option<Uuid>,
    page: &PageRequest,
) -> Result<Page<demonstration::Model>> {
    store::demonstrations(&op.read().await?, tenant(op)?, learner, page).await
}
