//! Plans, assessments, observations, decisions.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};

use super::payload;
use crate::{
    assessment::{
        model::{NewEvidence, NewObservation, NewPlan, Rule},
        ops::{decide, observe, plans},
    },
    graphql::{
        errors::{Result, UserError, op, outcome},
        types::{
            assessment::{Assessment, AssessmentMethod, AssessmentPlan, Decision, Demonstration},
            input,
            observation::{EvidenceKind, Observation},
            scalars::DateTime,
        },
    },
};

/// What a statement needs to be demonstrated.
#[derive(InputObject)]
pub struct DecisionRuleInput {
    /// How many observations, at least.
    #[graphql(default = 1)]
    pub min_observations: i32,
    /// By how many different assessors, at least.
    #[graphql(default = 1)]
    pub min_assessors: i32,
    /// The lowest rating that counts, 1 to 4.
    #[graphql(default = 3)]
    pub lowest_rating: i32,
    /// Whether only observations with evidence count.
    #[graphql(default)]
    pub evidence_required: bool,
}

/// An assessment plan to create.
#[derive(InputObject)]
pub struct CreateAssessmentPlanInput {
    /// Display name.
    pub name: String,
    /// The statements to assess, 1 to 200, each once.
    pub statement_ids: Vec<ID>,
    /// How competence is looked at.
    pub method: AssessmentMethod,
    /// What each statement needs.
    pub rule: DecisionRuleInput,
    /// Whether records issued under it can be suspended, and not only revoked.
    #[graphql(default)]
    pub suspendable: bool,
    /// How long a record stays valid, in days; without end, when left out.
    pub validity_days: Option<i32>,
}

/// An assessment to open.
#[derive(InputObject)]
pub struct OpenAssessmentInput {
    /// The plan.
    pub plan_id: ID,
    /// The learner.
    pub learner_id: ID,
}

/// A piece of evidence.
#[derive(InputObject)]
pub struct EvidenceInput {
    /// What it is.
    pub kind: EvidenceKind,
    /// The address, the text, or `sha256:` and 64 hexadecimal digits.
    pub value: String,
    /// What to call it.
    pub name: Option<String>,
}

/// An observation to record.
#[derive(InputObject)]
pub struct RecordObservationInput {
    /// The assessment.
    pub assessment_id: ID,
    /// The statement that was observed.
    pub statement_id: ID,
    /// 1 (not yet) to 4 (beyond what is asked).
    pub rating: i32,
    /// Where and how it was observed.
    #[graphql(default)]
    pub context: String,
    /// When it was observed; now, when left out.
    pub observed_at: Option<DateTime>,
    /// What it rests on, at most 20 pieces.
    #[graphql(default)]
    pub evidence: Vec<EvidenceInput>,
}

/// An assessment to decide.
#[derive(InputObject)]
pub struct DecideAssessmentInput {
    /// The assessment.
    pub assessment_id: ID,
}

payload! {
    /// The outcome of `createAssessmentPlan`.
    CreateAssessmentPlanPayload {
        /// The plan.
        assessment_plan: AssessmentPlan
    }
}

payload! {
    /// The outcome of `openAssessment`.
    OpenAssessmentPayload {
        /// The assessment.
        assessment: Assessment
    }
}

payload! {
    /// The outcome of `recordObservation`.
    RecordObservationPayload {
        /// The observation.
        observation: Observation
    }
}

/// The outcome of `decideAssessment`.
#[derive(SimpleObject)]
pub struct DecideAssessmentPayload {
    /// The assessment as it stands now.
    pub assessment: Option<Assessment>,
    /// The decision, with what counted and what is missing.
    pub decision: Option<Decision>,
    /// Every demonstration of the assessment.
    pub demonstrations: Vec<Demonstration>,
    /// What is wrong with the input; empty when it was done.
    pub user_errors: Vec<UserError>,
}

/// Mutations of assessments.
#[derive(Default)]
pub struct AssessmentMutation;

#[Object]
impl AssessmentMutation {
    /// Creates an assessment plan over published statements.
    async fn create_assessment_plan(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The plan.")] input: CreateAssessmentPlanInput,
    ) -> Result<CreateAssessmentPlanPayload> {
        let op = op(ctx)?;
        let created = async {
            let new = NewPlan {
                name: input.name,
                statements: input::many("Statement", "this statement", &input.statement_ids)?,
                method: input.method.into(),
                rule: Rule {
                    min_observations: input.rule.min_observations,
                    min_assessors: input.rule.min_assessors,
                    lowest_rating: input.rule.lowest_rating,
                    evidence_required: input.rule.evidence_required,
                },
                suspendable: input.suspendable,
                validity_days: input.validity_days,
            };
            plans::create_plan(op, new).await
        };
        CreateAssessmentPlanPayload::of(created.await, AssessmentPlan)
    }

    /// Opens an assessment of a learner under a plan.
    async fn open_assessment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Plan and learner.")] input: OpenAssessmentInput,
    ) -> Result<OpenAssessmentPayload> {
        let op = op(ctx)?;
        let opened = async {
            let plan = input::id("AssessmentPlan", "this assessment plan", &input.plan_id)?;
            let learner = input::id("Learner", "this learner", &input.learner_id)?;
            plans::open_assessment(op, plan, learner).await
        };
        OpenAssessmentPayload::of(opened.await, Assessment)
    }

    /// Records what the assessor who sends this observed.
    async fn record_observation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The observation.")] input: RecordObservationInput,
    ) -> Result<RecordObservationPayload> {
        let op = op(ctx)?;
        let recorded = async {
            let evidence = input.evidence.into_iter().map(|e| NewEvidence {
                kind: e.kind.into(),
                value: e.value,
                name: e.name,
            });
            let new = NewObservation {
                assessment: input::id("Assessment", "this assessment", &input.assessment_id)?,
                statement: input::id("Statement", "this statement", &input.statement_id)?,
                rating: input.rating,
                context: input.context,
                observed_at: input.observed_at.map(|at| at.0),
                evidence: evidence.collect(),
            };
            observe::record_observation(op, new).await
        };
        RecordObservationPayload::of(recorded.await, |(row, evidence)| Observation {
            row,
            evidence: Some(evidence),
        })
    }

    /// Applies the plan's rule. Each statement that meets it becomes a
    /// demonstration; for the others the decision says what is missing.
    async fn decide_assessment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The assessment.")] input: DecideAssessmentInput,
    ) -> Result<DecideAssessmentPayload> {
        let op = op(ctx)?;
        let decided = async {
            let id = input::id("Assessment", "this assessment", &input.assessment_id)?;
            decide::decide_assessment(op, id).await
        };
        let (decided, user_errors) = outcome(decided.await)?;
        let Some(decided) = decided else {
            return Ok(DecideAssessmentPayload {
                assessment: None,
                decision: None,
                demonstrations: Vec::new(),
                user_errors,
            });
        };
        Ok(DecideAssessmentPayload {
            assessment: Some(Assessment(decided.assessment)),
            decision: Some(Decision::of(&decided.decision)?),
            demonstrations: decided
                .demonstrations
                .into_iter()
                .map(Demonstration)
                .collect(),
            user_errors,
        })
    }
}
