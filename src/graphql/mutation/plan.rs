//! Assessment plans.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object};

use super::payload;
use crate::{
    assessment::{
        model::{Attainment, Criterion, Descriptor, Method, PlanContent, Rule, Scale},
        ops::plans,
    },
    graphql::{
        errors::{Result, op},
        types::{
            input,
            observation::EvidenceKind,
            plan::{AssessmentMethod, AssessmentPlan, AssessorAgreement, AttainmentKind},
        },
    },
    kernel::errors,
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
    /// The lowest rating that counts, from the plan's scale.
    #[graphql(default = 3)]
    pub lowest_rating: i32,
    /// Whether only observations with evidence count.
    #[graphql(default)]
    pub evidence_required: bool,
    /// The kinds of evidence of which each must rest with an observation that counts.
    #[graphql(default)]
    pub evidence_kinds: Vec<EvidenceKind>,
    /// How many days before the decision an observation may lie, at most; any number, when left
    /// out.
    pub window_days: Option<i32>,
    /// Whether someone who observed nothing in the assessment must make the decision.
    #[graphql(default)]
    pub sign_off: bool,
    /// How far the assessors must agree; they need not, when left out.
    pub agreement: Option<AssessorAgreement>,
}

impl From<DecisionRuleInput> for Rule {
    fn from(input: DecisionRuleInput) -> Self {
        Self {
            min_observations: input.min_observations,
            min_assessors: input.min_assessors,
            lowest_rating: input.lowest_rating,
            evidence_required: input.evidence_required,
            evidence_kinds: input.evidence_kinds.into_iter().map(Into::into).collect(),
            window_days: input.window_days,
            sign_off: input.sign_off,
            agreement: input.agreement.map(Into::into).unwrap_or_default(),
        }
    }
}

/// One line of a rubric.
#[derive(InputObject)]
pub struct RubricCriterionInput {
    /// Its name for machines: 2 to 40 lower-case letters, digits and hyphens.
    pub key: String,
    /// What it is about.
    pub name: String,
    /// What the ratings look like.
    #[graphql(default)]
    pub descriptors: Vec<RubricDescriptorInput>,
}

/// What a rating of a criterion looks like.
#[derive(InputObject)]
pub struct RubricDescriptorInput {
    /// The rating.
    pub rating: i32,
    /// What is seen at this rating.
    pub text: String,
}

impl From<RubricCriterionInput> for Criterion {
    fn from(input: RubricCriterionInput) -> Self {
        let descriptors = input.descriptors.into_iter().map(|d| Descriptor {
            rating: d.rating,
            text: d.text,
        });
        Self {
            key: input.key,
            name: input.name,
            descriptors: descriptors.collect(),
        }
    }
}

/// When a level is attained.
#[derive(InputObject)]
pub struct AttainmentRuleInput {
    /// How it is counted.
    pub kind: AttainmentKind,
    /// How many statements, for `COUNT`.
    pub count: Option<i32>,
    /// How many of a hundred statements, for `SHARE`.
    pub percent: Option<i32>,
    /// Statements of the plan that are needed in any case.
    #[graphql(default)]
    pub essential_ids: Vec<ID>,
}

impl AttainmentRuleInput {
    fn read(self) -> errors::Result<Attainment> {
        Ok(Attainment {
            kind: self.kind.into(),
            count: self.count,
            percent: self.percent,
            essentials: statements(&self.essential_ids)?,
        })
    }
}

/// An assessment plan to create.
#[derive(InputObject)]
pub struct CreateAssessmentPlanInput {
    /// Display name.
    pub name: String,
    /// The statements to assess, 1 to 200, each once; of one or several framework versions.
    pub statement_ids: Vec<ID>,
    /// How competence is looked at, where there is one way only.
    pub method: Option<AssessmentMethod>,
    /// The ways in which competence may be looked at.
    #[graphql(default)]
    pub methods: Vec<AssessmentMethod>,
    /// The labels of the ratings, lowest first; a scale of four, when left out.
    pub scale: Option<Vec<String>>,
    /// The rubric.
    #[graphql(default)]
    pub criteria: Vec<RubricCriterionInput>,
    /// What each statement needs.
    pub rule: DecisionRuleInput,
    /// Whether records issued under it can be suspended, and not only revoked.
    #[graphql(default)]
    pub suspendable: bool,
    /// How long a demonstration, and a record of it, stays valid, in days; without end, when left
    /// out.
    pub validity_days: Option<i32>,
    /// When a level is attained; with all of its statements, when left out.
    pub attainment: Option<AttainmentRuleInput>,
}

impl CreateAssessmentPlanInput {
    fn read(self) -> errors::Result<(String, PlanContent)> {
        let attainment = self.attainment.map(AttainmentRuleInput::read).transpose()?;
        let content = PlanContent {
            statements: statements(&self.statement_ids)?,
            methods: methods(self.method, self.methods),
            scale: self.scale.map_or_else(Scale::default, |s| scale(&s)),
            criteria: self.criteria.into_iter().map(Into::into).collect(),
            rule: self.rule.into(),
            validity_days: self.validity_days,
            suspendable: self.suspendable,
            attainment: attainment.unwrap_or_default(),
        };
        Ok((self.name, content))
    }
}

/// What is to change in an assessment plan; what is left out stays as it is.
#[derive(InputObject)]
pub struct ReviseAssessmentPlanInput {
    /// The plan.
    pub plan_id: ID,
    /// Display name.
    pub name: Option<String>,
    /// The statements to assess, 1 to 200, each once.
    pub statement_ids: Option<Vec<ID>>,
    /// The ways in which competence may be looked at.
    pub methods: Option<Vec<AssessmentMethod>>,
    /// The labels of the ratings, lowest first.
    pub scale: Option<Vec<String>>,
    /// The rubric.
    pub criteria: Option<Vec<RubricCriterionInput>>,
    /// What each statement needs.
    pub rule: Option<DecisionRuleInput>,
    /// Whether records issued under it can be suspended, and not only revoked.
    pub suspendable: Option<bool>,
    /// How long a demonstration, and a record of it, stays valid, in days; null for no end.
    pub validity_days: MaybeUndefined<i32>,
    /// When a level is attained.
    pub attainment: Option<AttainmentRuleInput>,
}

impl ReviseAssessmentPlanInput {
    fn read(self) -> errors::Result<impl FnOnce(&mut String, &mut PlanContent) + Send> {
        let wanted = self.statement_ids.as_deref().map(statements).transpose()?;
        let attainment = self.attainment.map(AttainmentRuleInput::read).transpose()?;
        Ok(move |name: &mut String, content: &mut PlanContent| {
            put(name, self.name);
            put(&mut content.statements, wanted);
            put(&mut content.methods, self.methods.map(|m| methods(None, m)));
            put(&mut content.scale, self.scale.map(|s| scale(&s)));
            let criteria = self.criteria.map(|c| c.into_iter().map(Into::into));
            put(&mut content.criteria, criteria.map(Iterator::collect));
            put(&mut content.rule, self.rule.map(Into::into));
            put(&mut content.suspendable, self.suspendable);
            match self.validity_days {
                MaybeUndefined::Undefined => {}
                MaybeUndefined::Null => content.validity_days = None,
                MaybeUndefined::Value(days) => content.validity_days = Some(days),
            }
            put(&mut content.attainment, attainment);
        })
    }
}

/// An assessment plan to put away.
#[derive(InputObject)]
pub struct ArchiveAssessmentPlanInput {
    /// The plan.
    pub plan_id: ID,
}

fn put<T>(place: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *place = value;
    }
}

fn statements(ids: &[ID]) -> errors::Result<Vec<uuid::Uuid>> {
    input::many("Statement", "this statement", ids)
}

fn methods(one: Option<AssessmentMethod>, more: Vec<AssessmentMethod>) -> Vec<Method> {
    let one = one.filter(|m| !more.contains(m));
    one.into_iter().chain(more).map(Into::into).collect()
}

fn scale(labels: &[String]) -> Scale {
    Scale::of(&labels.iter().map(String::as_str).collect::<Vec<_>>())
}

payload! {
    /// The outcome of `createAssessmentPlan`.
    CreateAssessmentPlanPayload {
        /// The plan.
        assessment_plan: AssessmentPlan
    }
}

payload! {
    /// The outcome of `reviseAssessmentPlan`.
    ReviseAssessmentPlanPayload {
        /// The plan, at its newest version.
        assessment_plan: AssessmentPlan
    }
}

payload! {
    /// The outcome of `archiveAssessmentPlan`.
    ArchiveAssessmentPlanPayload {
        /// The plan.
        assessment_plan: AssessmentPlan
    }
}

/// Mutations of assessment plans.
#[derive(Default)]
pub struct PlanMutation;

#[Object]
impl PlanMutation {
    /// Creates an assessment plan over published statements.
    async fn create_assessment_plan(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The plan.")] input: CreateAssessmentPlanInput,
    ) -> Result<CreateAssessmentPlanPayload> {
        let op = op(ctx)?;
        let created = async {
            let (name, content) = input.read()?;
            plans::create_plan(op, name, content).await
        };
        CreateAssessmentPlanPayload::of(created.await, AssessmentPlan)
    }

    /// Changes an assessment plan: a new version, under which assessments start from now on. Those
    /// that have started keep theirs. When nothing changes, there is no new version.
    async fn revise_assessment_plan(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The plan and what is to change.")] input: ReviseAssessmentPlanInput,
    ) -> Result<ReviseAssessmentPlanPayload> {
        let op = op(ctx)?;
        let revised = async {
            let plan = input::id("AssessmentPlan", "this assessment plan", &input.plan_id)?;
            plans::revise_plan(op, plan, input.read()?).await
        };
        ReviseAssessmentPlanPayload::of(revised.await, AssessmentPlan)
    }

    /// Puts an assessment plan away: no assessment is opened under it any more.
    async fn archive_assessment_plan(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The plan.")] input: ArchiveAssessmentPlanInput,
    ) -> Result<ArchiveAssessmentPlanPayload> {
        let op = op(ctx)?;
        let archived = async {
            let plan = input::id("AssessmentPlan", "this assessment plan", &input.plan_id)?;
            plans::archive_plan(op, plan).await
        };
        ArchiveAssessmentPlanPayload::of(archived.await, AssessmentPlan)
    }
}
