//! Plans, assessments, decisions, demonstrations.

use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use entity::{assessment, decision, demonstration};

use super::{
    catalog::Statement,
    observation::{Observation, statement},
    people::Learner,
    scalars::DateTime,
};
use crate::{
    assessment::{model, ops::read::Plan},
    graphql::{
        errors::Result,
        loaders::{loaders, many, one},
    },
    kernel::ids,
};

/// How competence is looked at.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "model::Method")]
pub enum AssessmentMethod {
    /// Watching the work being done.
    Observation,
    /// Watching a staged piece of work.
    Simulation,
    /// Answers on paper or screen.
    WrittenTest,
    /// A collection of finished work.
    Portfolio,
    /// A conversation.
    Interview,
    /// What was learned before, elsewhere.
    RecognitionOfPriorLearning,
}

/// Where an assessment stands.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "model::State")]
pub enum AssessmentState {
    /// Observations are being recorded.
    Open,
    /// Every statement of the plan was demonstrated.
    Decided,
}

/// Which statements are assessed, by which method, under which rule.
pub struct AssessmentPlan(pub Plan);

/// Which statements are assessed, by which method, under which rule.
#[Object]
impl AssessmentPlan {
    /// Global id.
    pub async fn id(&self) -> ID {
        ids::global("AssessmentPlan", self.0.row.id).into()
    }

    /// Display name.
    async fn name(&self) -> &str {
        &self.0.row.name
    }

    /// How competence is looked at.
    async fn method(&self) -> Result<AssessmentMethod> {
        Ok(self
            .0
            .content
            .methods
            .first()
            .and_then(|m| model::Method::parse(m))
            .ok_or("an unknown method")?
            .into())
    }

    /// How many observations a statement needs.
    async fn min_observations(&self) -> i32 {
        self.0.content.rule.min_observations
    }

    /// By how many different assessors.
    async fn min_assessors(&self) -> i32 {
        self.0.content.rule.min_assessors
    }

    /// The lowest rating that counts, 1 to 4.
    async fn lowest_rating(&self) -> i32 {
        self.0.content.rule.lowest_rating
    }

    /// Whether only observations with evidence count.
    async fn evidence_required(&self) -> bool {
        self.0.content.rule.evidence_required
    }

    /// Whether records issued under it can be suspended.
    async fn suspendable(&self) -> bool {
        self.0.content.suspendable
    }

    /// How long a record stays valid, in days; empty for no end.
    async fn validity_days(&self) -> Option<i32> {
        self.0.content.validity_days
    }

    /// The statements, in order.
    async fn statements(&self, ctx: &Context<'_>) -> Result<Vec<Statement>> {
        let loaders = loaders(ctx)?;
        let ids = &self.0.content.statements;
        let versions = many(&loaders.statement_versions, ids).await?;
        let found = ids.iter().zip(&versions);
        Ok(found
            .filter_map(|(id, v)| Statement::find(v, *id))
            .collect())
    }
}

/// One learner under one plan.
pub struct Assessment(pub assessment::Model);

/// One learner under one plan.
#[Object]
impl Assessment {
    /// Global id.
    pub async fn id(&self) -> ID {
        ids::global("Assessment", self.0.id).into()
    }

    /// The plan.
    async fn plan(&self, ctx: &Context<'_>) -> Result<AssessmentPlan> {
        let plan = one(&loaders(ctx)?.plans, self.0.plan_id).await?;
        Ok(AssessmentPlan(
            plan.ok_or("an assessment without its plan")?,
        ))
    }

    /// The learner.
    async fn learner(&self, ctx: &Context<'_>) -> Result<Learner> {
        let learner = one(&loaders(ctx)?.learners, self.0.learner_id).await?;
        Ok(Learner(learner.ok_or("an assessment without its learner")?))
    }

    /// Where it stands.
    async fn state(&self) -> Result<AssessmentState> {
        Ok(model::State::parse(&self.0.state)
            .ok_or("an unknown state")?
            .into())
    }

    /// When it was opened.
    async fn created_at(&self) -> DateTime {
        DateTime::from_millis(self.0.created_at)
    }

    /// When it was decided with every statement demonstrated.
    async fn decided_at(&self) -> Option<DateTime> {
        self.0.decided_at.map(DateTime::from_millis)
    }

    /// Observations, oldest first.
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

    /// Every application of the plan's rule, oldest first.
    async fn decisions(&self, ctx: &Context<'_>) -> Result<Vec<Decision>> {
        let rows = one(&loaders(ctx)?.decisions, self.0.id)
            .await?
            .unwrap_or_default();
        rows.iter().map(Decision::of).collect()
    }

    /// What it yielded so far.
    async fn demonstrations(&self, ctx: &Context<'_>) -> Result<Vec<Demonstration>> {
        let rows = one(&loaders(ctx)?.assessment_demonstrations, self.0.id).await?;
        Ok(rows
            .unwrap_or_default()
            .into_iter()
            .map(Demonstration)
            .collect())
    }
}

/// One application of a plan's rule, with its explanation.
#[derive(SimpleObject)]
pub struct Decision {
    /// Global id.
    pub id: ID,
    /// When the rule was applied.
    pub decided_at: DateTime,
    /// Whether every statement of the plan is demonstrated.
    pub complete: bool,
    /// Each statement of the plan, with what counted and what is missing.
    pub statements: Vec<StatementOutcome>,
}

impl Decision {
    /// Reads a stored decision.
    pub fn of(row: &decision::Model) -> Result<Self> {
        let told: model::Explanation = serde_json::from_str(&row.explanation)?;
        Ok(Self {
            id: ids::global("Decision", row.id).into(),
            decided_at: DateTime::from_millis(row.decided_at),
            complete: told.complete,
            statements: told.statements.into_iter().map(StatementOutcome).collect(),
        })
    }
}

/// What a decision says of one statement.
pub struct StatementOutcome(model::StatementOutcome);

/// What a decision says of one statement.
#[Object]
impl StatementOutcome {
    /// The statement.
    async fn statement(&self, ctx: &Context<'_>) -> Result<Statement> {
        statement(ctx, self.0.statement).await
    }

    /// Whether it is demonstrated.
    async fn met(&self) -> bool {
        self.0.met
    }

    /// Global ids of the observations that count.
    async fn counted(&self) -> Vec<ID> {
        let ids = self.0.counted.iter();
        ids.map(|id| ids::global("Observation", *id).into())
            .collect()
    }

    /// Observations that do not count, and why.
    async fn uncounted(&self) -> Vec<UncountedObservation> {
        let told = |u: &model::Uncounted| UncountedObservation {
            observation_id: ids::global("Observation", u.observation).into(),
            reason: u.reason.clone(),
        };
        self.0.uncounted.iter().map(told).collect()
    }

    /// Each requirement of the rule, held against the observations that count.
    async fn requirements(&self) -> Vec<RuleRequirement> {
        let told = |r: &model::Requirement| RuleRequirement {
            name: r.name.clone(),
            needed: r.needed,
            found: r.found,
            met: r.met,
            text: r.text.clone(),
        };
        self.0.requirements.iter().map(told).collect()
    }
}

/// An observation that a decision left aside.
#[derive(SimpleObject)]
pub struct UncountedObservation {
    /// Global id of the observation.
    pub observation_id: ID,
    /// Why it does not count.
    pub reason: String,
}

/// One requirement of a decision rule.
#[derive(SimpleObject)]
pub struct RuleRequirement {
    /// `OBSERVATIONS` or `ASSESSORS`.
    pub name: String,
    /// How many are needed.
    pub needed: i32,
    /// How many count.
    pub found: i32,
    /// Whether that is enough.
    pub met: bool,
    /// The same in words; when not met, what is missing.
    pub text: String,
}

/// The accepted outcome for one learner and statement.
pub struct Demonstration(pub demonstration::Model);

/// The accepted outcome for one learner and statement.
#[Object]
impl Demonstration {
    /// Global id.
    pub async fn id(&self) -> ID {
        ids::global("Demonstration", self.0.id).into()
    }

    /// The statement that was demonstrated.
    async fn statement(&self, ctx: &Context<'_>) -> Result<Statement> {
        statement(ctx, self.0.statement_id).await
    }

    /// Who demonstrated it.
    async fn learner(&self, ctx: &Context<'_>) -> Result<Learner> {
        let learner = one(&loaders(ctx)?.learners, self.0.learner_id).await?;
        Ok(Learner(
            learner.ok_or("a demonstration without its learner")?,
        ))
    }

    /// When it was accepted.
    async fn demonstrated_at(&self) -> DateTime {
        DateTime::from_millis(self.0.demonstrated_at)
    }
}
