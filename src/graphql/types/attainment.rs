//! Levels attained, the gap towards others, and what carries over between versions.

use async_graphql::{Context, Enum, Object, SimpleObject};
use entity::carry_over;
use uuid::Uuid;

use super::{
    catalog::{FrameworkFamily, FrameworkVersion, Level, Occupation, Statement, occupation},
    decision::Demonstration,
    observation::statement,
    plan::{AssessmentPlanVersion, AttainmentKind},
    scalars::DateTime,
};
use crate::{
    assessment::{
        attainment::{self as domain, RuleKind},
        ops::{attain::Reached, carry_over::Compared},
    },
    catalog::{ids as catalog, model::Family},
    graphql::{
        errors::Result,
        loaders::{loaders, one},
    },
};

/// How a learner stands at a level: derived at this moment from the demonstrations that hold now.
pub struct Attainment(pub Reached);

impl Attainment {
    /// Those of `all` that are asked for.
    #[must_use]
    pub fn those(
        all: Vec<Reached>,
        family: Option<FrameworkFamily>,
        soc: Option<String>,
        attained: Option<bool>,
    ) -> Vec<Self> {
        let family = family.map(|f| Family::from(f).as_str());
        // What is no SOC code is no occupation's, as the nil id is not.
        let occupation = |soc: String| soc.parse().map_or(Uuid::nil(), |s| catalog::occupation(&s));
        let occupation = soc.map(occupation);
        let wanted = all.into_iter().filter(|r| {
            let row = &r.version.row;
            family.is_none_or(|f| f == row.family)
                && occupation.is_none_or(|o| Some(o) == row.occupation_id)
                && attained.is_none_or(|a| a == r.attainment.attained)
        });
        wanted.map(Self).collect()
    }

    fn statement(&self, id: Uuid) -> Result<Statement> {
        Statement::find(&self.0.version, id).ok_or_else(|| "a statement that is not there".into())
    }

    fn statements_of(&self, ids: &[Uuid]) -> Result<Vec<Statement>> {
        ids.iter().map(|id| self.statement(*id)).collect()
    }
}

/// How a learner stands at a level: derived at this moment from the demonstrations that hold now.
#[Object]
impl Attainment {
    /// The occupation; none of a framework that describes none.
    async fn occupation(&self, ctx: &Context<'_>) -> Result<Option<Occupation>> {
        occupation(ctx, self.0.version.row.occupation_id).await
    }

    /// The framework version.
    async fn framework_version(&self) -> FrameworkVersion {
        FrameworkVersion(self.0.version.clone())
    }

    /// The level.
    async fn level(&self) -> Result<Level> {
        Level::find(&self.0.version, self.0.attainment.level)
            .ok_or_else(|| "a level that is not there".into())
    }

    /// Whether the level is attained.
    async fn attained(&self) -> bool {
        self.0.attainment.attained
    }

    /// The rule that is met; where none is, the one that takes the least.
    async fn rule(&self) -> Result<AppliedAttainmentRule> {
        let rule = &self.0.attainment.rule;
        Ok(AppliedAttainmentRule {
            essentials: self.statements_of(&rule.essentials)?,
            rule: rule.clone(),
        })
    }

    /// How far along the rule the learner is.
    async fn progress(&self) -> Result<AttainmentProgress> {
        let progress = &self.0.attainment.progress;
        let count = |n: usize| i32::try_from(n);
        Ok(AttainmentProgress {
            total: count(progress.total)?,
            needed: count(progress.needed)?,
            found: count(progress.found)?,
            more: count(progress.more)?,
            missing_essentials: self.statements_of(&progress.missing_essentials)?,
            text: progress.text.clone(),
        })
    }

    /// Every statement of the level, and how the learner stands at it.
    async fn statements(&self) -> Result<Vec<StatementStanding>> {
        let all = self.0.attainment.statements.iter();
        all.map(|row| {
            Ok(StatementStanding {
                statement: self.statement(row.statement)?,
                row: *row,
            })
        })
        .collect()
    }
}

/// The rule that a level's attainment is judged by.
pub struct AppliedAttainmentRule {
    rule: domain::AppliedRule,
    essentials: Vec<Statement>,
}

/// The rule that a level's attainment is judged by.
#[Object]
impl AppliedAttainmentRule {
    /// How statements are counted.
    async fn kind(&self) -> AttainmentKind {
        match self.rule.kind {
            RuleKind::All => AttainmentKind::All,
            RuleKind::Count(_) => AttainmentKind::Count,
            RuleKind::Share(_) => AttainmentKind::Share,
        }
    }

    /// The number, of the kind `COUNT`.
    async fn count(&self) -> Option<u32> {
        match self.rule.kind {
            RuleKind::Count(count) => Some(count),
            RuleKind::All | RuleKind::Share(_) => None,
        }
    }

    /// The share in percent, of the kind `SHARE`.
    async fn percent(&self) -> Option<u32> {
        match self.rule.kind {
            RuleKind::Share(percent) => Some(percent),
            RuleKind::All | RuleKind::Count(_) => None,
        }
    }

    /// The statements that must be among them.
    async fn essentials(&self) -> &[Statement] {
        &self.essentials
    }

    /// The plan version that it comes from; empty where no plan has a rule for the level, and all
    /// statements are needed.
    async fn plan_version(&self, ctx: &Context<'_>) -> Result<Option<AssessmentPlanVersion>> {
        let Some(version) = self.rule.plan_version else {
            return Ok(None);
        };
        let plan = one(&loaders(ctx)?.plan_versions, version).await?;
        Ok(plan.map(AssessmentPlanVersion))
    }

    /// The same in words.
    async fn text(&self) -> &str {
        &self.rule.text
    }
}

/// How far along a rule a learner is.
#[derive(SimpleObject)]
pub struct AttainmentProgress {
    /// How many statements the level has.
    pub total: i32,
    /// How many of them the rule needs.
    pub needed: i32,
    /// How many are demonstrated or carried over.
    pub found: i32,
    /// How many more it takes; none when the level is attained.
    pub more: i32,
    /// The essentials that are among what it takes.
    pub missing_essentials: Vec<Statement>,
    /// The same in words.
    pub text: String,
}

/// How a learner stands at a statement.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "domain::Standing")]
pub enum Standing {
    /// Nothing was demonstrated that counts for it.
    Missing,
    /// What was demonstrated holds no more.
    Expired,
    /// A demonstration of another version's statement counts for it.
    CarriedOver,
    /// It was demonstrated itself.
    Demonstrated,
}

/// A statement, and how a learner stands at it.
pub struct StatementStanding {
    statement: Statement,
    row: domain::StatementStanding,
}

/// A statement, and how a learner stands at it.
#[Object]
impl StatementStanding {
    /// The statement.
    async fn statement(&self) -> &Statement {
        &self.statement
    }

    /// How the learner stands at it.
    async fn standing(&self) -> Standing {
        self.row.standing.into()
    }

    /// The demonstration that says so; empty when the statement is missing.
    async fn demonstration(&self, ctx: &Context<'_>) -> Result<Option<Demonstration>> {
        demonstration(ctx, self.row.demonstration).await
    }

    /// Until when that demonstration holds, or held; empty for no end.
    async fn valid_until(&self) -> Option<DateTime> {
        self.row.valid_until.map(DateTime)
    }

    /// A demonstration of a reworded statement in its place, of another version, that holds: it
    /// would count if the provider decided so, and nobody has decided.
    async fn awaiting_decision(&self, ctx: &Context<'_>) -> Result<Option<Demonstration>> {
        demonstration(ctx, self.row.waiting).await
    }
}

async fn demonstration(ctx: &Context<'_>, id: Option<Uuid>) -> Result<Option<Demonstration>> {
    let Some(id) = id else {
        return Ok(None);
    };
    let row = one(&loaders(ctx)?.demonstrations, id).await?;
    Ok(row.map(Demonstration))
}

/// What became of a statement from one version of a framework to another.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "domain::Kind")]
pub enum CarryOverKind {
    /// The very same text at the same level: demonstrations carry over by themselves.
    Same,
    /// Another text in its place: demonstrations carry over when the provider decides so.
    Reworded,
    /// Only the new version has it.
    Added,
    /// Only the old version has it.
    Removed,
}

/// A statement of one version, of the other, or of both.
#[derive(SimpleObject)]
pub struct CarryOver {
    /// What became of it.
    pub kind: CarryOverKind,
    /// The statement of the old version; empty when it was added.
    pub from: Option<Statement>,
    /// The statement of the new version; empty when it was removed.
    pub to: Option<Statement>,
    /// The decision that stands on the two wordings; empty where there is none.
    pub decision: Option<CarryOverDecision>,
}

impl CarryOver {
    /// Each statement of two versions.
    #[must_use]
    pub fn all(compared: Compared) -> Vec<Self> {
        let Compared { from, to, changes } = compared;
        let told = changes.into_iter().map(|(change, decision)| Self {
            kind: change.kind.into(),
            from: change.from.and_then(|id| Statement::find(&from, id)),
            to: change.to.and_then(|id| Statement::find(&to, id)),
            decision: decision.map(CarryOverDecision),
        });
        told.collect()
    }
}

/// A provider's decision on whether demonstrations of a statement count for a reworded one.
pub struct CarryOverDecision(pub carry_over::Model);

/// A provider's decision on whether demonstrations of a statement count for a reworded one.
#[Object]
impl CarryOverDecision {
    /// The statement that was demonstrated.
    async fn from(&self, ctx: &Context<'_>) -> Result<Statement> {
        statement(ctx, self.0.from_statement_id).await
    }

    /// The statement of another version.
    async fn to(&self, ctx: &Context<'_>) -> Result<Statement> {
        statement(ctx, self.0.to_statement_id).await
    }

    /// Whether they count.
    async fn accepted(&self) -> bool {
        self.0.accepted
    }

    /// Why.
    async fn reason(&self) -> &str {
        &self.0.reason
    }

    /// When it was decided.
    async fn decided_at(&self) -> DateTime {
        DateTime::from_millis(self.0.decided_at)
    }
}
