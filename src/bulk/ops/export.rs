//! Tables of what is there, page by page, in the form that imports read.

use std::collections::HashMap;

use uuid::Uuid;

use crate::{
    app::Op,
    bulk::{csv, learners, results, store},
    identity::policy::{self, Action},
    kernel::{
        clock,
        db::Reach,
        errors::{Error, Result},
    },
};

/// Rows in a page of an export.
const PAGE: u64 = 1_000;

/// A part of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    /// Lines of the table; the first part begins with the names of the columns.
    pub text: String,
    /// Behind which row the next part begins; `None` after the last.
    pub next: Option<Uuid>,
}

/// The provider's learners, those behind `after`: of the actor's provider; for the person at the
/// machine, of the one `named`.
pub async fn roster_page(op: &Op, named: Option<Uuid>, after: Option<Uuid>) -> Result<Exported> {
    let provider = policy::permit_at_machine(&op.actor, Action::ViewBulk, named)?;
    let db = op.app.db.read(Reach::One(provider)).await?;
    let rows = store::roster_page(&db, provider, after, PAGE).await?;
    let next = rows.last().map(|l| l.id).filter(|_| is_full(&rows));
    let lines = rows.iter().map(|l| {
        let or_nothing = |text: &Option<String>| text.clone().unwrap_or_default();
        vec![
            l.external_id.clone(),
            l.name.clone(),
            or_nothing(&l.email),
            or_nothing(&l.did),
        ]
    });
    part(after, learners::COLUMNS, lines, next)
}

/// The provider's results behind `after`, of one plan where one is given; without those that
/// later ones correct. Learners who were erased have none.
pub async fn results_page(
    op: &Op,
    named: Option<Uuid>,
    plan: Option<Uuid>,
    after: Option<Uuid>,
) -> Result<Exported> {
    let provider = policy::permit_at_machine(&op.actor, Action::ViewBulk, named)?;
    let db = op.app.db.read(Reach::One(provider)).await?;
    if let Some(plan) = plan
        && store::plan(&db, provider, plan).await?.is_none()
    {
        return Err(Error::NotFound("this assessment plan".to_owned()));
    }
    let rows = store::results_page(&db, provider, plan, after, PAGE).await?;
    let next = rows.last().map(|r| r.id).filter(|_| is_full(&rows));
    let ids: Vec<_> = rows.iter().map(|r| r.id).collect();
    let mut urls = HashMap::new();
    for (observation, url) in store::evidence_urls(&db, provider, &ids).await? {
        urls.entry(observation).or_insert(url);
    }
    let base = &op.app.config.public_url;
    let lines = rows.into_iter().map(|r| {
        vec![
            r.external_id,
            format!("{base}/statements/{}", r.statement_id),
            r.rating.to_string(),
            r.email.unwrap_or_else(|| r.assessor_id.to_string()),
            clock::from_millis(r.observed_at).to_string(),
            urls.remove(&r.id).unwrap_or_default(),
            r.method.unwrap_or_default(),
            r.context,
        ]
    });
    part(after, results::COLUMNS, lines, next)
}

fn is_full<T>(rows: &[T]) -> bool {
    u64::try_from(rows.len()).is_ok_and(|rows| rows == PAGE)
}

fn part(
    after: Option<Uuid>,
    columns: &[csv::Column],
    lines: impl Iterator<Item = Vec<String>>,
    next: Option<Uuid>,
) -> Result<Exported> {
    let names = columns.iter().map(|c| c.name.to_owned()).collect();
    let head: Option<Vec<_>> = after.is_none().then_some(names);
    let bytes = csv::encode(head.into_iter().chain(lines)).map_err(Error::internal)?;
    let text = String::from_utf8(bytes).map_err(Error::internal)?;
    Ok(Exported { text, next })
}
