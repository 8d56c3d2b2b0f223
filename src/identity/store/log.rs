//! Rows of the audit log, to be read.

use std::collections::BTreeSet;

use entity::{audit_head, audit_record};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use crate::kernel::{
    errors::Result,
    pages::{Cursor, Page, PageRequest},
};

/// Every chain that has records or a head.
pub async fn chains(c: &impl ConnectionTrait) -> Result<BTreeSet<String>> {
    let with_records: Vec<String> = audit_record::Entity::find()
        .select_only()
        .column(audit_record::Column::Chain)
        .distinct()
        .into_tuple()
        .all(c)
        .await?;
    let heads = heads(c).await?.into_iter().map(|head| head.chain);
    Ok(with_records.into_iter().chain(heads).collect())
}

/// The heads of all chains, in order.
pub async fn heads(c: &impl ConnectionTrait) -> Result<Vec<audit_head::Model>> {
    let select = audit_head::Entity::find().order_by_asc(audit_head::Column::Chain);
    Ok(select.all(c).await?)
}

/// A chain's head.
pub async fn head(c: &impl ConnectionTrait, chain: &str) -> Result<Option<audit_head::Model>> {
    Ok(audit_head::Entity::find_by_id(chain.to_owned())
        .one(c)
        .await?)
}

/// How many records there are, of one chain where one is named.
pub async fn record_count(c: &impl ConnectionTrait, chain: Option<&str>) -> Result<u64> {
    let mut select = audit_record::Entity::find();
    if let Some(chain) = chain {
        select = select.filter(audit_record::Column::Chain.eq(chain));
    }
    Ok(select.count(c).await?)
}

/// Records of a chain in the order of their places, those after a place, at most `limit`.
pub async fn records_after(
    c: &impl ConnectionTrait,
    chain: &str,
    after: i64,
    limit: u64,
) -> Result<Vec<audit_record::Model>> {
    let select = audit_record::Entity::find()
        .filter(audit_record::Column::Chain.eq(chain))
        .filter(audit_record::Column::Sequence.gt(after))
        .order_by_asc(audit_record::Column::Sequence)
        .limit(limit);
    Ok(select.all(c).await?)
}

/// A page of a chain's records in the order of their places, of one action or one target where
/// these are named.
pub async fn records(
    c: &impl ConnectionTrait,
    chain: &str,
    action: Option<&str>,
    target: Option<&str>,
    page: &PageRequest,
) -> Result<Page<audit_record::Model>> {
    let column = audit_record::Column::Sequence;
    let mut select = audit_record::Entity::find()
        .filter(audit_record::Column::Chain.eq(chain))
        .limit(page.limit + 1);
    if let Some(action) = action {
        select = select.filter(audit_record::Column::Action.eq(action));
    }
    if let Some(target) = target {
        select = select.filter(audit_record::Column::Target.eq(target));
    }
    if let Some(after) = &page.after {
        select = select.filter(column.gt(place("after", after)?));
    }
    if let Some(before) = &page.before {
        select = select.filter(column.lt(place("before", before)?));
    }
    select = if page.backward {
        select.order_by_desc(column)
    } else {
        select.order_by_asc(column)
    };
    Ok(Page::from_fetched(page, select.all(c).await?, |row| {
        Cursor {
            key: row.sequence.to_string(),
            id: Uuid::nil(),
        }
    }))
}

/// The place that a cursor names.
fn place(field: &str, cursor: &Cursor) -> Result<i64> {
    let place = cursor.key.parse();
    place.map_err(|_| Cursor::of_another(field))
}
