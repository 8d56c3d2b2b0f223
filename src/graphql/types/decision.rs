//! Decisions, what they say, and what they yield.

use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use entity::{decision, demonstration};

use super::{
    assessment::Assessment,
    catalog::Statement,
    observation::{Assessor, assessor, statement},
    people::Learner,
    plan::{AssessmentPlanVersion, DecisionRule},
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

/// One application of a plan's rule, with its explanation.
pub struct Decision {
    row: decision::Model,
    told: model::Explanation,
}

impl Decision {
    /// Reads a stored decision.
    pub fn of(row: decision::Model) -> Result<Self> {
        let told = serde_json::from_str(&row.explanation)?;
        Ok(Self { row, told })
    }
}

/// One application of a plan's rule, with its explanation.
#[Object]
impl Decision {
    /// Global id.
    async fn id(&self) -> ID {
        ids::global("Decision", self.row.id).into()
    }

    /// When the rule was applied.
    async fn decided_at(&self) -> DateTime {
        DateTime::from_millis(self.row.decided_at)
    }

    /// The moment that it holds for: what was recorded until then was looked at.
    async fn as_of(&self) -> DateTime {
        DateTime::from_millis(self.row.as_of)
    }

    /// Who made it; empty for decisions from before it was kept.
    async fn decided_by(&self, ctx: &Context<'_>) -> Result<Option<Assessor>> {
        match self.row.member_id {
            Some(member) => assessor(ctx, member).await.map(Some),
            None => Ok(None),
        }
    }

    /// The version of the plan whose rule was applied.
    async fn plan_version(&self, ctx: &Context<'_>) -> Result<AssessmentPlanVersion> {
        let plan = one(&loaders(ctx)?.plan_versions, self.row.plan_version_id).await?;
        let plan = plan.ok_or("a decision without its plan's version")?;
        Ok(AssessmentPlanVersion(plan))
    }

    /// The rule that was applied.
    async fn rule(&self) -> DecisionRule {
        DecisionRule::of(&self.told.rule)
    }

    /// Whether every statement of the plan is demonstrated.
    async fn complete(&self) -> bool {
        self.told.complete
    }

    /// Each statement of the plan, with what counted and what is missing.
    async fn statements(&self) -> Vec<StatementOutcome> {
        outcomes(&self.told)
    }

    /// Whether the rule, applied again to what is stored, says the same word for word; empty for
    /// decisions from before plans had versions.
    async fn reproducible(&self, ctx: &Context<'_>) -> Result<Option<bool>> {
        one(&loaders(ctx)?.replays, self.row.id).await
    }
}

/// What a decision would say now.
#[derive(SimpleObject)]
pub struct Outlook {
    /// Whether every statement of the plan would be demonstrated.
    pub complete: bool,
    /// Each statement of the plan, with what counts and what is missing.
    pub statements: Vec<StatementOutcome>,
}

impl Outlook {
    /// Tells an explanation.
    #[must_use]
    pub fn of(told: model::Explanation) -> Self {
        Self {
            complete: told.complete,
            statements: told.statements.into_iter().map(StatementOutcome).collect(),
        }
    }
}

fn outcomes(told: &model::Explanation) -> Vec<StatementOutcome> {
    let statements = told.statements.iter().cloned();
    statements.map(StatementOutcome).collect()
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
            cause: u.cause.map(Into::into),
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

/// Why an observation does not count.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "model::Cause")]
pub enum UncountedCause {
    /// A later observation corrects it.
    Superseded,
    /// The plan does not look at competence in that way.
    Method,
    /// It was observed after the moment for which it is decided.
    Future,
    /// It was observed too long ago.
    Window,
    /// It was rated lower than the plan counts.
    Rating,
    /// It has no evidence, and the plan requires it.
    Evidence,
}

/// An observation that a decision left aside.
#[derive(SimpleObject)]
pub struct UncountedObservation {
    /// Global id of the observation.
    pub observation_id: ID,
    /// Why it does not count, for machines; empty for decisions from before it was kept.
    pub cause: Option<UncountedCause>,
    /// Why it does not count.
    pub reason: String,
}

/// One requirement of a decision rule.
#[derive(SimpleObject)]
pub struct RuleRequirement {
    /// `OBSERVATIONS`, `ASSESSORS`, `EVIDENCE_KIND`, `AGREEMENT` or `SIGN_OFF`.
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

    /// The assessment that it came from.
    async fn assessment(&self, ctx: &Context<'_>) -> Result<Assessment> {
        let found = one(&loaders(ctx)?.assessments, self.0.assessment_id).await?;
        let found = found.ok_or("a demonstration without its assessment")?;
        Ok(Assessment(found))
    }

    /// When it was accepted.
    async fn demonstrated_at(&self) -> DateTime {
        DateTime::from_millis(self.0.demonstrated_at)
    }

    /// Until when it holds; empty for no end.
    async fn valid_until(&self) -> Option<DateTime> {
        self.0.valid_until.map(DateTime::from_millis)
    }

    /// When a later decision took it back.
    async fn withdrawn_at(&self) -> Option<DateTime> {
        self.0.withdrawn_at.map(DateTime::from_millis)
    }
}
