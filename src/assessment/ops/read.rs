//! Plans, assessments and demonstrations, for those who may see them.

use entity::{
    assessment, assessment_plan, decision, demonstration, evidence, observation, plan_statement,
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

fn tenant(op: &Op) -> Result<Uuid> {
    policy::permit_in_tenant(&op.actor, Action::ViewAssessments)
}

/// A plan of the tenant.
pub async fn plan(op: &Op, id: Uuid) -> Result<Option<assessment_plan::Model>> {
    store::plan(op.app.db.reader(), tenant(op)?, id).await
}

/// Several plans of the tenant by id.
pub async fn plans_by_id(op: &Op, ids: &[Uuid]) -> Result<Vec<assessment_plan::Model>> {
    store::plans_by_id(op.app.db.reader(), tenant(op)?, ids).await
}

/// A page of the tenant's plans.
pub async fn plans(op: &Op, page: &PageRequest) -> Result<Page<assessment_plan::Model>> {
    store::plans(op.app.db.reader(), tenant(op)?, page).await
}

/// The statements of plans that the tenant was shown, in order.
pub async fn plan_statements(op: &Op, plans: &[Uuid]) -> Result<Vec<plan_statement::Model>> {
    tenant(op)?;
    store::plan_statements(op.app.db.reader(), plans).await
}

/// An assessment of the tenant.
pub async fn assessment(op: &Op, id: Uuid) -> Result<Option<assessment::Model>> {
    store::assessment(op.app.db.reader(), tenant(op)?, id).await
}

/// A page of the tenant's assessments.
pub async fn assessments(
    op: &Op,
    learner: Option<Uuid>,
    page: &PageRequest,
) -> Result<Page<assessment::Model>> {
    store::assessments(op.app.db.reader(), tenant(op)?, learner, page).await
}

/// The observations of assessments that the tenant was shown, oldest first.
pub async fn observations(op: &Op, assessments: &[Uuid]) -> Result<Vec<observation::Model>> {
    tenant(op)?;
    store::observations(op.app.db.reader(), assessments).await
}

/// The evidence of observations that the tenant was shown.
pub async fn evidence(op: &Op, observations: &[Uuid]) -> Result<Vec<evidence::Model>> {
    tenant(op)?;
    store::evidence(op.app.db.reader(), observations).await
}

/// The decisions on assessments that the tenant was shown, oldest first.
pub async fn decisions(op: &Op, assessments: &[Uuid]) -> Result<Vec<decision::Model>> {
    tenant(op)?;
    store::decisions(op.app.db.reader(), assessments).await
}

/// The demonstrations of assessments that the tenant was shown, oldest first.
pub async fn demonstrations_of(op: &Op, assessments: &[Uuid]) -> Result<Vec<demonstration::Model>> {
    tenant(op)?;
    store::demonstrations_of(op.app.db.reader(), assessments).await
}

/// Several demonstrations of the tenant by id.
pub async fn demonstrations_by_id(op: &Op, ids: &[Uuid]) -> Result<Vec<demonstration::Model>> {
    store::demonstrations_by_id(op.app.db.reader(), tenant(op)?, ids).await
}

/// A page of the tenant's demonstrations.
pub async fn demonstrations(
    op: &Op,
    learner: Option<Uuid>,
    page: &PageRequest,
) -> Result<Page<demonstration::Model>> {
    store::demonstrations(op.app.db.reader(), tenant(op)?, learner, page).await
}
