//! Observations and their evidence.

use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use entity::{evidence, evidence_file, observation};

use super::{catalog::Statement, plan::AssessmentMethod, scalars::DateTime};
use crate::{
    assessment::model,
    graphql::{
        errors::{Result, op},
        loaders::{loaders, one},
    },
    kernel::{digest, ids},
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
    /// A file that was uploaded and is kept here.
    File,
}

/// Who observed or decided, as colleagues see them.
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

    /// The address, the text, or `sha256:` and 64 hexadecimal digits, of an uploaded file too.
    async fn value(&self) -> &str {
        &self.0.value
    }

    /// What to call it.
    async fn name(&self) -> Option<&str> {
        self.0.name.as_deref()
    }

    /// Global id of the uploaded file.
    async fn file_id(&self) -> Option<ID> {
        let file = self.0.file_id?;
        Some(ids::global("EvidenceFile", file).into())
    }

    /// The uploaded file.
    async fn file(&self, ctx: &Context<'_>) -> Result<Option<EvidenceFile>> {
        let Some(id) = self.0.file_id else {
            return Ok(None);
        };
        Ok(one(&loaders(ctx)?.evidence_files, id)
            .await?
            .map(EvidenceFile))
    }
}

/// A file that was uploaded, and is given out to those who may see what it is evidence of.
pub struct EvidenceFile(pub evidence_file::Model);

/// A file that was uploaded, and is given out to those who may see what it is evidence of.
#[Object]
impl EvidenceFile {
    /// Where to get it, with a key.
    async fn url(&self, ctx: &Context<'_>) -> Result<String> {
        let id = ids::global("EvidenceFile", self.0.id);
        Ok(format!("{}/evidence/{id}", op(ctx)?.app.config.public_url))
    }

    /// What its uploader called it.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Such as `application/pdf`.
    async fn media_type(&self) -> &str {
        &self.0.media_type
    }

    /// In bytes.
    async fn size(&self) -> Result<i32> {
        Ok(i32::try_from(self.0.size)?)
    }

    /// Of its bytes: `sha256:` and 64 hexadecimal digits.
    async fn digest(&self) -> String {
        format!("sha256:{}", digest::hex(&self.0.digest))
    }
}

/// How one criterion of the rubric was rated.
#[derive(SimpleObject)]
pub struct CriterionRating {
    /// The criterion's key.
    pub key: String,
    /// From the plan's scale.
    pub rating: i32,
}

/// One assessor's rating of one statement. It never changes: a correction is another observation.
pub struct Observation {
    /// The row.
    pub row: observation::Model,
    /// Its evidence, where it is at hand.
    pub evidence: Option<Vec<evidence::Model>>,
}

/// One assessor's rating of one statement. It never changes: a correction is another observation.
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
        assessor(ctx, self.row.assessor_id).await
    }

    /// From the plan's scale, 1 the lowest.
    async fn rating(&self) -> i32 {
        self.row.rating
    }

    /// How each criterion of the rubric was rated; empty when the whole was judged at once.
    async fn criteria(&self) -> Result<Vec<CriterionRating>> {
        let Some(stored) = &self.row.criteria else {
            return Ok(Vec::new());
        };
        let rated: Vec<model::CriterionRating> = serde_json::from_str(stored)?;
        let told = rated.into_iter().map(|c| CriterionRating {
            key: c.key,
            rating: c.rating,
        });
        Ok(told.collect())
    }

    /// How it was looked at; empty for observations from before it was kept.
    async fn method(&self) -> Result<Option<AssessmentMethod>> {
        let Some(stored) = &self.row.method else {
            return Ok(None);
        };
        let method = model::Method::parse(stored).ok_or("an unknown method")?;
        Ok(Some(method.into()))
    }

    /// Where and how it was observed.
    async fn context(&self) -> &str {
        &self.row.context
    }

    /// Global id of the observation that this one corrects.
    async fn supersedes_id(&self) -> Option<ID> {
        let earlier = self.row.supersedes_id?;
        Some(ids::global("Observation", earlier).into())
    }

    /// Global id of the observation that corrects this one, which then no longer counts.
    async fn superseded_by_id(&self, ctx: &Context<'_>) -> Result<Option<ID>> {
        let all = one(&loaders(ctx)?.observations, self.row.assessment_id).await?;
        let all = all.unwrap_or_default();
        let later = all.iter().find(|o| o.supersedes_id == Some(self.row.id));
        Ok(later.map(|o| ids::global("Observation", o.id).into()))
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

/// A member who observed or decided, who is always there.
pub async fn assessor(ctx: &Context<'_>, id: uuid::Uuid) -> Result<Assessor> {
    let member = one(&loaders(ctx)?.members, id).await?;
    let member = member.ok_or("a member who is not there")?;
    Ok(Assessor {
        id: ids::global("Member", member.id).into(),
        name: member.name,
    })
}
