//! Assessments and what became of them.

use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use entity::{assessment, assessment_transition};

use super::{
    decision::{Decision, Demonstration, Outlook},
    observation::Observation,
    people::Learner,
    plan::{AssessmentPlan, AssessmentPlanVersion},
    scalars::DateTime,
};
use crate::{
    assessment::model,
    graphql::{
        errors::Result,
        loaders::{loaders, one},
    },
    kernel::ids,
};

/// Where an assessment stands.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "model::State")]
pub enum AssessmentState {
    /// Agreed on; nothing is observed yet.
    Planned,
    /// Observations are being recorded.
    Open,
    /// Observing is done; a decision is awaited.
    Submitted,
    /// The plan's rule was applied.
    Decided,
    /// Ended without a decision.
    Withdrawn,
    /// The learner objects; it is looked at again.
    Appealed,
    /// The plan's rule was applied once more, after an appeal.
    ReDecided,
}

/// One learner under one version of a plan.
pub struct Assessment(pub assessment::Model);

/// One learner under one version of a plan.
#[Object]
impl Assessment {
    /// Global id.
    pub async fn id(&self) -> ID {
        ids::global("Assessment", self.0.id).into()
    }

    /// The plan, as it is now.
    async fn plan(&self, ctx: &Context<'_>) -> Result<AssessmentPlan> {
        let plan = one(&loaders(ctx)?.plans, self.0.plan_id).await?;
        Ok(AssessmentPlan(
            plan.ok_or("an assessment without its plan")?,
        ))
    }

    /// The version of the plan that it started under, and keeps.
    async fn plan_version(&self, ctx: &Context<'_>) -> Result<AssessmentPlanVersion> {
        let plan = one(&loaders(ctx)?.plan_versions, self.0.plan_version_id).await?;
        let plan = plan.ok_or("an assessment without its plan's version")?;
        Ok(AssessmentPlanVersion(plan))
    }

    /// The learner.
    async fn learner(&self, ctx: &Context<'_>) -> Result<Learner> {
        let learner = one(&loaders(ctx)?.learners, self.0.learner_id).await?;
        Ok(Learner(learner.ok_or("an assessment without its learner")?))
    }

    /// Where it stands.
    async fn state(&self) -> Result<AssessmentState> {
        state(&self.0.state)
    }

    /// For when it is planned.
    async fn planned_for(&self) -> Option<DateTime> {
        self.0.planned_for.map(DateTime::from_millis)
    }

    /// When it was planned or opened.
    async fn created_at(&self) -> DateTime {
        DateTime::from_millis(self.0.created_at)
    }

    /// When it was last decided.
    async fn decided_at(&self) -> Option<DateTime> {
        self.0.decided_at.map(DateTime::from_millis)
    }

    /// When the learner agreed to the decision in force.
    async fn agreed_at(&self) -> Option<DateTime> {
        self.0.agreed_at.map(DateTime::from_millis)
    }

    /// How it came to stand where it stands, oldest first.
    async fn transitions(&self, ctx: &Context<'_>) -> Result<Vec<AssessmentTransition>> {
        let rows = one(&loaders(ctx)?.transitions, self.0.id).await?;
        let rows = rows.unwrap_or_default();
        rows.iter().map(AssessmentTransition::of).collect()
    }

    /// Observations, oldest first; corrected ones too.
    async fn observations(&self, ctx: &Context<'_>) -> Result<Vec<Observation>> {
        let rows = one(&loaders(ctx)?.observations, self.0.id)
            .await?
            .unwrap_or_default();
        Ok(rows
            .into_iter()
            .map(|row| Observation {
                row,
                evidence: None,
            })
            .collect())
    }

    /// What a decision by whoever asks would say now; empty when none can be made any more, or
    /// yet.
    async fn outlook(&self, ctx: &Context<'_>) -> Result<Option<Outlook>> {
        let told = one(&loaders(ctx)?.outlooks, self.0.id).await?;
        Ok(told.map(Outlook::of))
    }

    /// Every decision, oldest first; the last is in force.
    async fn decisions(&self, ctx: &Context<'_>) -> Result<Vec<Decision>> {
        let rows = one(&loaders(ctx)?.decisions, self.0.id)
            .await?
            .unwrap_or_default();
        rows.into_iter().map(Decision::of).collect()
    }

    /// What it yielded, withdrawn ones too.
    async fn demonstrations(&self, ctx: &Context<'_>) -> Result<Vec<Demonstration>> {
        let rows = one(&loaders(ctx)?.assessment_demonstrations, self.0.id).await?;
        Ok(rows
            .unwrap_or_default()
            .into_iter()
            .map(Demonstration)
            .collect())
    }
}

/// One step from state to state.
#[derive(SimpleObject)]
pub struct AssessmentTransition {
    /// The state before.
    pub from: AssessmentState,
    /// The state after.
    pub to: AssessmentState,
    /// Who did it: `member` or `learner`, and the id by which audit records name them.
    pub actor: String,
    /// Why; may be empty.
    pub reason: String,
    /// When.
    pub at: DateTime,
}

impl AssessmentTransition {
    fn of(row: &assessment_transition::Model) -> Result<Self> {
        Ok(Self {
            from: state(&row.from_state)?,
            to: state(&row.to_state)?,
            actor: who(&row.actor),
            reason: row.reason.clone(),
            at: DateTime::from_millis(row.at),
        })
    }
}

/// What somebody is, and their id; how they signed in is for the audit log.
fn who(actor: &str) -> String {
    actor.split(' ').take(2).collect::<Vec<_>>().join(" ")
}

fn state(stored: &str) -> Result<AssessmentState> {
    Ok(model::State::parse(stored)
        .ok_or("an unknown state")?
        .into())
}
