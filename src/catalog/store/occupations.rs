//! Occupations: by id, by code, and as filtered, ordered pages.

use entity::{
    framework,
    occupation::{self, Column, Entity, Model},
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::{Expr, ExprTrait, LikeExpr, SimpleExpr},
};
use uuid::Uuid;

use super::search;
use crate::{
    catalog::search::Kind,
    kernel::{
        db::INSERT_CHUNK,
        errors::Result,
        pages::{Cursor, Page, PageRequest},
    },
};

/// Which occupations a client wants.
#[derive(Debug, Clone, Default)]
pub struct OccupationFilter {
    /// Codes that start with this.
    pub soc_prefix: Option<String>,
    /// Titles that hold each of these words, or words that start with them.
    pub title_words: Vec<String>,
    /// This job zone only.
    pub job_zone: Option<i32>,
}

/// In which order occupations are listed; ties fall by id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// By SOC code.
    #[default]
    Soc,
    /// By title, letter case aside.
    Title,
    /// By job zone, lowest first; those without one stand before all others.
    JobZone,
}

/// An occupation by SOC code.
pub async fn occupation_by_soc(c: &impl ConnectionTrait, soc: &str) -> Result<Option<Model>> {
    Ok(Entity::find().filter(Column::Soc.eq(soc)).one(c).await?)
}

/// Several occupations by SOC code; unknown ones are left out.
pub async fn occupations_by_soc(c: &impl ConnectionTrait, codes: &[String]) -> Result<Vec<Model>> {
    let select = Entity::find().filter(Column::Soc.is_in(codes));
    Ok(select.all(c).await?)
}

/// Every occupation.
pub async fn all_occupations(c: &impl ConnectionTrait) -> Result<Vec<Model>> {
    Ok(Entity::find().all(c).await?)
}

/// The occupations that a framework describes.
pub async fn described_occupations(c: &impl ConnectionTrait) -> Result<Vec<Uuid>> {
    let select = framework::Entity::find()
        .filter(framework::Column::OccupationId.is_not_null())
        .select_only()
        .column(framework::Column::OccupationId)
        .distinct();
    Ok(select.into_tuple().all(c).await?)
}

/// Adds occupations.
pub async fn insert_occupations(c: &impl ConnectionTrait, rows: &[Model]) -> Result<()> {
    for chunk in rows.chunks(INSERT_CHUNK) {
        let rows = chunk.iter().map(|row| row.clone().into_active_model());
        Entity::insert_many(rows).exec_without_returning(c).await?;
        let titles: Vec<_> = chunk.iter().map(search::Titles::own).collect();
        search::index_titles(c, Kind::Occupation, &titles).await?;
    }
    Ok(())
}

/// Several occupations by id.
pub async fn occupations_by_id(c: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<Model>> {
    let select = Entity::find().filter(Column::Id.is_in(ids.iter().copied()));
    Ok(select.all(c).await?)
}

/// A page of the occupations that pass `filter`.
pub async fn occupations(
    c: &impl ConnectionTrait,
    filter: &OccupationFilter,
    order: Order,
    page: &PageRequest,
) -> Result<Page<Model>> {
    let mut select = filtered(filter).limit(page.limit + 1);
    if let Some(after) = &page.after {
        select = select.filter(beside(order, after, "after", false)?);
    }
    if let Some(before) = &page.before {
        select = select.filter(beside(order, before, "before", true)?);
    }
    let direction = if page.backward {
        sea_orm::Order::Desc
    } else {
        sea_orm::Order::Asc
    };
    let fetched = select
        .order_by(sort_key(order), direction.clone())
        .order_by(Column::Id, direction)
        .all(c)
        .await?;
    Ok(Page::from_fetched(page, fetched, |row| Cursor {
        key: key_of(order, row),
        id: row.id,
    }))
}

fn filtered(filter: &OccupationFilter) -> Select<Entity> {
    let mut select = Entity::find();
    if let Some(prefix) = &filter.soc_prefix {
        select = select.filter(Column::Soc.like(starts_with(prefix)));
    }
    for word in &filter.title_words {
        let word = word.to_lowercase();
        // A word stands at the start of the title or after something that is no letter.
        let mut starts = Condition::any().add(Column::TitleFolded.like(starts_with(&word)));
        for gap in [' ', '-', '/', '(', ','] {
            starts = starts.add(Column::TitleFolded.like(holds(&format!("{gap}{word}"))));
        }
        select = select.filter(starts);
    }
    if let Some(zone) = filter.job_zone {
        select = select.filter(Column::JobZone.eq(zone));
    }
    select
}

fn escape(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace('%', "\\%")
        .replace('_', "\\_")
}

fn starts_with(text: &str) -> LikeExpr {
    LikeExpr::new(format!("{}%", escape(text))).escape('\\')
}

fn holds(text: &str) -> LikeExpr {
    LikeExpr::new(format!("%{}%", escape(text))).escape('\\')
}

fn sort_key(order: Order) -> SimpleExpr {
    match order {
        Order::Soc => Expr::col(Column::Soc),
        Order::Title => Expr::col(Column::TitleFolded),
        // The two databases disagree on where an absent value sorts.
        Order::JobZone => Expr::col(Column::JobZone).if_null(0),
    }
}

/// What the cursors of an order are known by.
fn mark(order: Order) -> &'static str {
    match order {
        Order::Soc => "soc:",
        Order::Title => "title:",
        Order::JobZone => "zone:",
    }
}

fn key_of(order: Order, row: &Model) -> String {
    let mark = mark(order);
    match order {
        Order::Soc => format!("{mark}{}", row.soc),
        Order::Title => format!("{mark}{}", row.title_folded),
        Order::JobZone => format!("{mark}{}", row.job_zone.unwrap_or(0)),
    }
}

/// Rows on the far side of `cursor`: before it, or else after it.
fn beside(order: Order, cursor: &Cursor, field: &str, before: bool) -> Result<Condition> {
    let foreign = || Cursor::of_another(field);
    let key = cursor.key.strip_prefix(mark(order)).ok_or_else(foreign)?;
    let key: SimpleExpr = match order {
        Order::Soc | Order::Title => Expr::val(key),
        Order::JobZone => Expr::val(key.parse::<i32>().map_err(|_| foreign())?),
    };
    let (own, id) = (sort_key(order), Expr::col(Column::Id));
    let (beyond, tie) = if before {
        (own.clone().lt(key.clone()), id.lt(cursor.id))
    } else {
        (own.clone().gt(key.clone()), id.gt(cursor.id))
    };
    Ok(Condition::any().add(beyond).add(own.eq(key).and(tie)))
}

/// Adds an occupation, or brings it from `before` to what `row` says; its title can be searched from
/// then on.
pub async fn put_occupation(
    c: &impl ConnectionTrait,
    before: Option<&Model>,
    row: Model,
) -> Result<()> {
    if before.is_some_and(|before| is_same(before, &row)) {
        return Ok(());
    }
    let active = row.clone().into_active_model().reset_all();
    match before {
        Some(_) => {
            active.update(c).await?;
        }
        None => {
            occupation::Entity::insert(active)
                .exec_without_returning(c)
                .await?;
        }
    }
    if before.is_some_and(|before| before.title == row.title) {
        return Ok(());
    }
    let titles = search::Titles::own(&row);
    search::index_titles(c, Kind::Occupation, &[titles]).await
}

/// Whether two rows tell the same, whenever they were written.
fn is_same(before: &Model, row: &Model) -> bool {
    let updated_at = row.updated_at;
    let before = Model {
        updated_at,
        ..before.clone()
    };
    before == *row
}

/// Adds an occupation, or brings it to what `row` says, whatever it said before.
pub async fn upsert_occupation(c: &impl ConnectionTrait, row: &Model) -> Result<()> {
    let before = Entity::find_by_id(row.id).one(c).await?;
    put_occupation(c, before.as_ref(), row.clone()).await
}
