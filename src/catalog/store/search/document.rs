//! The documents of the index.

use entity::{occupation, search_doc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, JoinType, QueryFilter, QuerySelect,
};
use uuid::Uuid;

use crate::{
    catalog::search::Kind,
    kernel::errors::{Error, Result},
};

/// A document of the index: all that ranks it, counts it, and tells what it finds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The document.
    pub id: i64,
    /// What it is.
    pub kind: Kind,
    /// The occupation or statement that it finds.
    pub ref_id: Uuid,
    /// The framework version that a statement belongs to.
    pub version_id: Option<Uuid>,
    /// A title, verbatim.
    pub title: Option<Box<str>>,
    /// Its stems.
    pub words: Box<str>,
    /// How many of them are a title's.
    pub title_words: usize,
    /// The family of its framework.
    pub family: Option<Box<str>>,
    /// The ordinal of its level.
    pub level: Option<i32>,
    /// The first two digits of the SOC code.
    pub soc_group: Option<Box<str>>,
    /// The job zone of its occupation.
    pub job_zone: Option<i32>,
    /// What it cites, as [`sources`](crate::catalog::search::sources) has it.
    pub sources: Box<str>,
}

/// Documents by id, in no order; what is gone is left out.
pub async fn documents(c: &impl ConnectionTrait, ids: &[i64]) -> Result<Vec<Candidate>> {
    use search_doc::Column as D;
    let about = search_doc::Entity::belongs_to(occupation::Entity)
        .from(D::OccupationId)
        .to(occupation::Column::Id)
        .into();
    let select = search_doc::Entity::find()
        .filter(D::Id.is_in(ids.iter().copied()))
        .join(JoinType::LeftJoin, about)
        .select_only()
        .columns([
            D::Id,
            D::Kind,
            D::RefId,
            D::VersionId,
            D::Title,
            D::Words,
            D::TitleWords,
            D::Family,
            D::Level,
            D::SocGroup,
            D::Sources,
        ])
        .column(occupation::Column::JobZone);
    let rows: Vec<Row> = select.into_model().all(c).await?;
    rows.into_iter().map(Candidate::try_from).collect()
}

#[derive(FromQueryResult)]
struct Row {
    id: i64,
    kind: String,
    ref_id: Uuid,
    version_id: Option<Uuid>,
    title: Option<String>,
    words: String,
    title_words: i32,
    family: Option<String>,
    level: Option<i32>,
    soc_group: Option<String>,
    job_zone: Option<i32>,
    sources: String,
}

impl TryFrom<Row> for Candidate {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self> {
        let broken = || Error::internal("a document of the index is not as it was written");
        Ok(Self {
            id: row.id,
            kind: Kind::parse(&row.kind).ok_or_else(broken)?,
            ref_id: row.ref_id,
            version_id: row.version_id,
            title: row.title.map(Into::into),
            words: row.words.into(),
            title_words: usize::try_from(row.title_words).map_err(|_| broken())?,
            family: row.family.map(Into::into),
            level: row.level,
            soc_group: row.soc_group.map(Into::into),
            job_zone: row.job_zone,
            sources: row.sources.into(),
        })
    }
}
