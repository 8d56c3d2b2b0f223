//! Assessments, from opening to decision.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};

use super::payload;
use crate::{
    assessment::ops::{conduct, decide},
    graphql::{
        errors::{Result, UserError, op, outcome},
        types::{
            assessment::Assessment,
            decision::{Decision, Demonstration},
            input,
            scalars::DateTime,
        },
    },
    kernel::errors,
};

/// An assessment to open.
#[derive(InputObject)]
pub struct OpenAssessmentInput {
    /// The plan.
    pub plan_id: ID,
    /// The learner.
    pub learner_id: ID,
}

/// An assessment to plan.
#[derive(InputObject)]
pub struct PlanAssessmentInput {
    /// The plan.
    pub plan_id: ID,
    /// The learner.
    pub learner_id: ID,
    /// For when; a time that is still to come.
    pub planned_for: DateTime,
}

/// Defines the input of what is done to an assessment.
macro_rules! input {
    ($(#[$doc:meta])* $name:ident $(, $(#[$rdoc:meta])* reason)?) => {
        $(#[$doc])*
        #[derive(InputObject)]
        pub struct $name {
            /// The assessment.
            pub assessment_id: ID,
            $($(#[$rdoc])* pub reason: String,)?
        }
    };
}

input! {
    /// A planned assessment to start.
    StartAssessmentInput
}

input! {
    /// An open assessment to submit.
    SubmitAssessmentInput
}

input! {
    /// A submitted assessment to take back for more observations.
    ReopenAssessmentInput,
    /// Why, in at most 2000 characters.
    #[graphql(default)]
    reason
}

input! {
    /// An assessment to withdraw.
    WithdrawAssessmentInput,
    /// Why, in 1 to 2000 characters.
    reason
}

input! {
    /// An assessment to decide.
    DecideAssessmentInput
}

input! {
    /// A decided assessment to appeal against.
    AppealAssessmentInput,
    /// Why, in 1 to 2000 characters.
    reason
}

input! {
    /// A decided assessment to agree to.
    AgreeToAssessmentInput
}

payload! {
    /// The outcome of `openAssessment`.
    OpenAssessmentPayload {
        /// The assessment.
        assessment: Assessment
    }
}

payload! {
    /// The outcome of `planAssessment`.
    PlanAssessmentPayload {
        /// The assessment as it stands now.
        assessment: Assessment
    }
}

payload! {
    /// The outcome of `startAssessment`.
    StartAssessmentPayload {
        /// The assessment as it stands now.
        assessment: Assessment
    }
}

payload! {
    /// The outcome of `submitAssessment`.
    SubmitAssessmentPayload {
        /// The assessment as it stands now.
        assessment: Assessment
    }
}

payload! {
    /// The outcome of `reopenAssessment`.
    ReopenAssessmentPayload {
        /// The assessment as it stands now.
        assessment: Assessment
    }
}

payload! {
    /// The outcome of `withdrawAssessment`.
    WithdrawAssessmentPayload {
        /// The assessment as it stands now.
        assessment: Assessment
    }
}

payload! {
    /// The outcome of `appealAssessment`.
    AppealAssessmentPayload {
        /// The assessment as it stands now.
        assessment: Assessment
    }
}

payload! {
    /// The outcome of `agreeToAssessment`.
    AgreeToAssessmentPayload {
        /// The assessment as it stands now.
        assessment: Assessment
    }
}

/// The outcome of `decideAssessment`.
#[derive(SimpleObject)]
pub struct DecideAssessmentPayload {
    /// The assessment as it stands now.
    pub assessment: Option<Assessment>,
    /// The decision, with what counted and what is missing.
    pub decision: Option<Decision>,
    /// Every demonstration of the assessment, withdrawn ones too.
    pub demonstrations: Vec<Demonstration>,
    /// What is wrong with the input; empty when it was done.
    pub user_errors: Vec<UserError>,
}

fn assessment(id: &ID) -> errors::Result<uuid::Uuid> {
    input::id("Assessment", "this assessment", id)
}

fn plan_and_learner(plan: &ID, learner: &ID) -> errors::Result<(uuid::Uuid, uuid::Uuid)> {
    Ok((
        input::id("AssessmentPlan", "this assessment plan", plan)?,
        input::id("Learner", "this learner", learner)?,
    ))
}

/// Mutations of assessments.
#[derive(Default)]
pub struct AssessmentMutation;

#[Object]
impl AssessmentMutation {
    /// Opens an assessment of a learner at once, under the plan's newest version.
    async fn open_assessment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Plan and learner.")] input: OpenAssessmentInput,
    ) -> Result<OpenAssessmentPayload> {
        let op = op(ctx)?;
        let opened = async {
            let (plan, learner) = plan_and_learner(&input.plan_id, &input.learner_id)?;
            conduct::open_assessment(op, plan, learner).await
        };
        OpenAssessmentPayload::of(opened.await, Assessment)
    }

    /// Plans an assessment of a learner for a later time.
    async fn plan_assessment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Plan, learner and time.")] input: PlanAssessmentInput,
    ) -> Result<PlanAssessmentPayload> {
        let op = op(ctx)?;
        let planned = async {
            let (plan, learner) = plan_and_learner(&input.plan_id, &input.learner_id)?;
            conduct::plan_assessment(op, plan, learner, input.planned_for.0).await
        };
        PlanAssessmentPayload::of(planned.await, Assessment)
    }

    /// Starts a planned assessment, under the version that its plan has now.
    async fn start_assessment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The assessment.")] input: StartAssessmentInput,
    ) -> Result<StartAssessmentPayload> {
        let op = op(ctx)?;
        let started =
            async { conduct::start_assessment(op, assessment(&input.assessment_id)?).await };
        StartAssessmentPayload::of(started.await, Assessment)
    }

    /// Says that observing is done, and a decision can be made.
    async fn submit_assessment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The assessment.")] input: SubmitAssessmentInput,
    ) -> Result<SubmitAssessmentPayload> {
        let op = op(ctx)?;
        let submitted =
            async { conduct::submit_assessment(op, assessment(&input.assessment_id)?).await };
        SubmitAssessmentPayload::of(submitted.await, Assessment)
    }

    /// Takes a submitted assessment back for more observations.
    async fn reopen_assessment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The assessment, and why.")] input: ReopenAssessmentInput,
    ) -> Result<ReopenAssessmentPayload> {
        let op = op(ctx)?;
        let reopened = async {
            let id = assessment(&input.assessment_id)?;
            conduct::reopen_assessment(op, id, &input.reason).await
        };
        ReopenAssessmentPayload::of(reopened.await, Assessment)
    }

    /// Ends an assessment without a decision. What was observed stays on record.
    async fn withdraw_assessment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The assessment, and why.")] input: WithdrawAssessmentInput,
    ) -> Result<WithdrawAssessmentPayload> {
        let op = op(ctx)?;
        let withdrawn = async {
            let id = assessment(&input.assessment_id)?;
            conduct::withdraw_assessment(op, id, &input.reason).await
        };
        WithdrawAssessmentPayload::of(withdrawn.await, Assessment)
    }

    /// Applies the rule of the plan's version to a submitted assessment, or once more, by someone
    /// else, to one under appeal. Each statement that meets it is demonstrated; for the others the
    /// decision says what is missing. What no longer meets it after an appeal is withdrawn.
    async fn decide_assessment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The assessment.")] input: DecideAssessmentInput,
    ) -> Result<DecideAssessmentPayload> {
        let op = op(ctx)?;
        let decided =
            async { decide::decide_assessment(op, assessment(&input.assessment_id)?).await };
        let (decided, user_errors) = outcome(decided.await)?;
        let Some(decided) = decided else {
            return Ok(DecideAssessmentPayload {
                assessment: None,
                decision: None,
                demonstrations: Vec::new(),
                user_errors,
            });
        };
        let demonstrations = decided.demonstrations.into_iter();
        Ok(DecideAssessmentPayload {
            assessment: Some(Assessment(decided.assessment)),
            decision: Some(Decision::of(decided.decision)?),
            demonstrations: demonstrations.map(Demonstration).collect(),
            user_errors,
        })
    }

    /// Objects to a decision: the learner to their own, or staff on a learner's behalf. Until it
    /// is decided again, nothing is issued for what it yielded.
    async fn appeal_assessment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The assessment, and why.")] input: AppealAssessmentInput,
    ) -> Result<AppealAssessmentPayload> {
        let op = op(ctx)?;
        let appealed = async {
            let id = assessment(&input.assessment_id)?;
            conduct::appeal_assessment(op, id, &input.reason).await
        };
        AppealAssessmentPayload::of(appealed.await, Assessment)
    }

    /// Notes that the learner who sends this agrees to the decision about them.
    async fn agree_to_assessment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The assessment.")] input: AgreeToAssessmentInput,
    ) -> Result<AgreeToAssessmentPayload> {
        let op = op(ctx)?;
        let agreed =
            async { conduct::agree_to_assessment(op, assessment(&input.assessment_id)?).await };
        AgreeToAssessmentPayload::of(agreed.await, Assessment)
    }
}
