//! Assessment plans and their versions.

use async_graphql::{Context, Enum, ID, Object, SimpleObject};

use super::{
    catalog::{FrameworkVersion, Statement},
    scalars::DateTime,
};
use crate::{
    assessment::{model, ops::read::Plan, rules},
    graphql::{
        errors::{Result, op},
        loaders::{loaders, many, one},
        types::observation::EvidenceKind,
    },
    kernel::{clock, digest, ids},
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

/// How far assessors must agree about a statement. Each is heard with their latest rating.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "model::Agreement")]
pub enum AssessorAgreement {
    /// They need not.
    None,
    /// More than half must rate it high enough.
    Majority,
    /// All must rate it high enough.
    Unanimous,
}

/// How many of a level's statements make the level attained.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "model::AttainmentKind")]
pub enum AttainmentKind {
    /// All of them.
    All,
    /// A fixed number of them.
    Count,
    /// A share of them.
    Share,
}

/// Which statements are assessed, by which methods, under which rule: in versions.
pub struct AssessmentPlan(pub Plan);

/// Which statements are assessed, by which methods, under which rule: in versions.
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

    /// What assessments that are opened now are held to.
    async fn newest_version(&self) -> AssessmentPlanVersion {
        AssessmentPlanVersion(self.0.clone())
    }

    /// Every version, oldest first.
    async fn versions(&self, ctx: &Context<'_>) -> Result<Vec<AssessmentPlanVersion>> {
        let rows = one(&loaders(ctx)?.versions_of_plans, self.0.row.id).await?;
        let rows = rows.unwrap_or_default().into_iter();
        rows.map(|version| {
            let plan = Plan::of(self.0.row.clone(), version);
            Ok(AssessmentPlanVersion(
                plan.map_err(crate::graphql::errors::told)?,
            ))
        })
        .collect()
    }

    /// When it was put away; no assessment is opened under it any more.
    async fn archived_at(&self) -> Option<DateTime> {
        self.0.row.archived_at.map(DateTime::from_millis)
    }

    /// When it was created.
    async fn created_at(&self) -> DateTime {
        DateTime::from_millis(self.0.row.created_at)
    }

    /// The first of the newest version's methods.
    #[graphql(deprecation = "2026-11-22: a plan has several methods; ask newestVersion for them.")]
    async fn method(&self) -> Result<AssessmentMethod> {
        let first = self.0.content.methods.first();
        Ok((*first.ok_or("a plan without a method")?).into())
    }

    /// How many observations a statement needs.
    #[graphql(deprecation = "2026-11-22: ask newestVersion for its rule.")]
    async fn min_observations(&self) -> i32 {
        self.0.content.rule.min_observations
    }

    /// By how many different assessors.
    #[graphql(deprecation = "2026-11-22: ask newestVersion for its rule.")]
    async fn min_assessors(&self) -> i32 {
        self.0.content.rule.min_assessors
    }

    /// The lowest rating that counts.
    #[graphql(deprecation = "2026-11-22: ask newestVersion for its rule.")]
    async fn lowest_rating(&self) -> i32 {
        self.0.content.rule.lowest_rating
    }

    /// Whether only observations with evidence count.
    #[graphql(deprecation = "2026-11-22: ask newestVersion for its rule.")]
    async fn evidence_required(&self) -> bool {
        self.0.content.rule.evidence_required
    }

    /// Whether records issued under the newest version can be suspended.
    async fn suspendable(&self) -> bool {
        self.0.content.suspendable
    }

    /// How long a demonstration under the newest version stays valid, in days; empty for no end.
    async fn validity_days(&self) -> Option<i32> {
        self.0.content.validity_days
    }

    /// The statements of the newest version, in order.
    async fn statements(&self, ctx: &Context<'_>) -> Result<Vec<Statement>> {
        statements(ctx, &self.0.content.statements).await
    }
}

/// What a plan asks for, as it was at one time. It never changes; an assessment keeps the version
/// that it started under.
pub struct AssessmentPlanVersion(pub Plan);

/// What a plan asks for, as it was at one time. It never changes; an assessment keeps the version
/// that it started under.
#[Object]
impl AssessmentPlanVersion {
    /// Global id.
    async fn id(&self) -> ID {
        ids::global("AssessmentPlanVersion", self.0.version.id).into()
    }

    /// From 1.
    async fn number(&self) -> i32 {
        self.0.version.number
    }

    /// The statements, in order.
    async fn statements(&self, ctx: &Context<'_>) -> Result<Vec<Statement>> {
        statements(ctx, &self.0.content.statements).await
    }

    /// The framework versions that the statements are from.
    async fn framework_versions(&self, ctx: &Context<'_>) -> Result<Vec<FrameworkVersion>> {
        let ids = &self.0.content.statements;
        let mut found = many(&loaders(ctx)?.statement_versions, ids).await?;
        found.sort_by_key(|v| v.row.id);
        found.dedup_by_key(|v| v.row.id);
        Ok(found.into_iter().map(FrameworkVersion).collect())
    }

    /// The ways in which competence may be looked at.
    async fn methods(&self) -> Vec<AssessmentMethod> {
        let methods = self.0.content.methods.iter();
        methods.map(|m| (*m).into()).collect()
    }

    /// The ratings that assessors give, lowest first.
    async fn scale(&self) -> Vec<ScaleRating> {
        let ratings = self.0.content.scale.ratings.iter();
        ratings
            .map(|r| ScaleRating {
                value: r.value,
                label: r.label.clone(),
            })
            .collect()
    }

    /// The rubric; may be empty.
    async fn criteria(&self) -> Vec<RubricCriterion> {
        let told = |d: &model::Descriptor| RubricDescriptor {
            rating: d.rating,
            text: d.text.clone(),
        };
        let criteria = self.0.content.criteria.iter();
        criteria
            .map(|c| RubricCriterion {
                key: c.key.clone(),
                name: c.name.clone(),
                descriptors: c.descriptors.iter().map(told).collect(),
            })
            .collect()
    }

    /// The rubric as a `CFRubric` of 1EdTech CASE 1.1, JSON; empty for a plan without criteria.
    async fn case_rubric(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let plan = &self.0;
        let rubric = rules::Rubric {
            version: plan.version.id,
            title: &plan.row.name,
            public_url: &op(ctx)?.app.config.public_url,
            changed_at: clock::from_millis(plan.version.created_at),
        };
        Ok(rules::case_rubric(&plan.content, rubric).map(|told| told.to_string()))
    }

    /// What a statement needs to be demonstrated.
    async fn rule(&self) -> DecisionRule {
        DecisionRule::of(&self.0.content.rule)
    }

    /// How long a demonstration, and a record of it, stays valid, in days; empty for no end.
    async fn validity_days(&self) -> Option<i32> {
        self.0.content.validity_days
    }

    /// Whether records issued under it can be suspended.
    async fn suspendable(&self) -> bool {
        self.0.content.suspendable
    }

    /// When a level is attained.
    async fn attainment(&self) -> AttainmentRule {
        let rule = &self.0.content.attainment;
        let essentials = rule.essentials.iter();
        AttainmentRule {
            kind: rule.kind.into(),
            count: rule.count,
            percent: rule.percent,
            essential_ids: essentials
                .map(|id| ids::global("Statement", *id).into())
                .collect(),
        }
    }

    /// All of the above as JSON in its canonical form (RFC 8785).
    async fn content(&self) -> &str {
        &self.0.version.content
    }

    /// The digest of `content`: `sha256:` and 64 hexadecimal digits.
    async fn digest(&self) -> String {
        format!("sha256:{}", digest::hex(&self.0.version.digest))
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime {
        DateTime::from_millis(self.0.version.created_at)
    }
}

async fn statements(ctx: &Context<'_>, ids: &[uuid::Uuid]) -> Result<Vec<Statement>> {
    let versions = many(&loaders(ctx)?.statement_versions, ids).await?;
    let found = ids.iter().zip(&versions);
    Ok(found
        .filter_map(|(id, v)| Statement::find(v, *id))
        .collect())
}

/// One rating that assessors can give.
#[derive(SimpleObject)]
pub struct ScaleRating {
    /// 1 for the lowest.
    pub value: i32,
    /// What it is called.
    pub label: String,
}

/// One line of a rubric.
#[derive(SimpleObject)]
pub struct RubricCriterion {
    /// Its name for machines.
    pub key: String,
    /// What it is about.
    pub name: String,
    /// What the ratings look like.
    pub descriptors: Vec<RubricDescriptor>,
}

/// What a rating of a criterion looks like.
#[derive(SimpleObject)]
pub struct RubricDescriptor {
    /// The rating.
    pub rating: i32,
    /// What is seen at this rating.
    pub text: String,
}

/// When a level is attained.
#[derive(SimpleObject)]
pub struct AttainmentRule {
    /// How it is counted.
    pub kind: AttainmentKind,
    /// How many statements, for `COUNT`.
    pub count: Option<i32>,
    /// How many of a hundred statements, for `SHARE`.
    pub percent: Option<i32>,
    /// Global ids of the statements that are needed in any case.
    pub essential_ids: Vec<ID>,
}

/// What a statement needs to be demonstrated.
#[derive(SimpleObject)]
pub struct DecisionRule {
    /// How many observations, at least.
    pub min_observations: i32,
    /// By how many different assessors, at least.
    pub min_assessors: i32,
    /// The lowest rating that counts.
    pub lowest_rating: i32,
    /// Whether only observations with evidence count.
    pub evidence_required: bool,
    /// The kinds of evidence of which each must rest with an observation that counts.
    pub evidence_kinds: Vec<EvidenceKind>,
    /// How many days before the decision an observation may lie, at most; empty for any number.
    pub window_days: Option<i32>,
    /// Whether someone who observed nothing in the assessment must make the decision.
    pub sign_off: bool,
    /// How far the assessors must agree.
    pub agreement: AssessorAgreement,
}

impl DecisionRule {
    /// Tells a rule.
    #[must_use]
    pub fn of(rule: &model::Rule) -> Self {
        Self {
            min_observations: rule.min_observations,
            min_assessors: rule.min_assessors,
            lowest_rating: rule.lowest_rating,
            evidence_required: rule.evidence_required,
            evidence_kinds: rule.evidence_kinds.iter().map(|k| (*k).into()).collect(),
            window_days: rule.window_days,
            sign_off: rule.sign_off,
            agreement: rule.agreement.into(),
        }
    }
}
