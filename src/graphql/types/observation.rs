//! Observations and their evidence.

use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use entity::{evidence, observation};

use super::{catalog::Statement, scalars::DateTime};
use crate::{
    assessment::model,
    graphql::{
        errors::Result,
        loaders::{loaders, one},
    },
    kernel::ids,
};

/// What kind of thing a piece of evidence is.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "model::EvidenceKind")]
pub enum EvidenceKind {
    /// A web address.
    Url,
    /// A text.
    Text,
    /// The SHA-256 of a file that is kept elsewhere.
    FileDigest,
}

/// Who observed, as colleagues see them.
#[derive(SimpleObject)]
pub struct Assessor {
    /// Global id of the member.
    pub id: ID,
    /// Display name.
    pub name: String,
}

/// What an observation rests on.
pub struct Evidence(pub evidence::Model);

/// What an observation rests on.
#[Object]
impl Evidence {
    /// Global id.
    pub async fn id(&self) -> ID {
        ids::global("Evidence", self.0.id).into()
    }

    /// What it is.
    async fn kind(&self) -> Result<EvidenceKind> {
        let kind = model::EvidenceKind::parse(&self.0.kind).ok_or("an unknown kind of evidence")?;
        Ok(kind.into())
    }

    /// The address, the text, or `sha256:` and 64 hexadecimal digits.
    async fn value(&self) -> &str {
        &self.0.value
    }

    /// What to call it.
    async fn name(&self) -> Option<&str> {
        self.0.name.as_deref()
    }
}

/// One assessor's rating of one statement.
pub struct Observation {
    /// The row.
    pub row: observation::Model,
    /// Its evidence, where it is at hand.
    pub evidence: Option<Vec<evidence::Model>>,
}

/// One assessor's rating of one statement.
#[Object]
impl Observation {
    /// Global id.
    pub async fn id(&self) -> ID {
        ids::global("Observation", self.row.id).into()
    }

    /// The statement that was observed.
    async fn statement(&self, ctx: &Context<'_>) -> Result<Statement> {
        statement(ctx, self.row.statement_id).await
    }

    /// Who observed.
    async fn assessor(&self, ctx: &Context<'_>) -> Result<Assessor> {
        let member = one(&loaders(ctx)?.members, self.row.assessor_id).await?;
        let member = member.ok_or("an observation without its assessor")?;
        Ok(Assessor {
            id: ids::global("Member", member.id).into(),
            name: member.name,
        })
    }

    /// 1 (not yet) to 4 (beyond what is asked).
    async fn rating(&self) -> i32 {
        self.row.rating
    }

    /// Where and how it was observed.
    async fn context(&self) -> &str {
        &self.row.context
    }

    /// When it was observed.
    async fn observed_at(&self) -> DateTime {
        DateTime::from_millis(self.row.observed_at)
    }

    /// When it was recorded.
    async fn recorded_at(&self) -> DateTime {
        DateTime::from_millis(self.row.recorded_at)
    }

    /// What it rests on.
    async fn evidence(&self, ctx: &Context<'_>) -> Result<Vec<Evidence>> {
        let rows = match &self.evidence {
            Some(rows) => Some(rows.clone()),
            None => one(&loaders(ctx)?.evidence, self.row.id).await?,
        };
        Ok(rows.unwrap_or_default().into_iter().map(Evidence).collect())
    }
}

/// A statement that another object points at, which is always there.
pub async fn statement(ctx: &Context<'_>, id: uuid::Uuid) -> Result<Statement> {
    let version = one(&loaders(ctx)?.statement_versions, id).await?;
    version
        .and_then(|v| Statement::find(&v, id))
        .ok_or_else(|| "a statement that is not there".into())
}
