//! Keyset pages over tables that are read in the order of their ids.

use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};
use uuid::Uuid;

use super::{
    errors::Result,
    pages::{Cursor, Page, PageRequest},
};

/// One page of `select` in the order of `column`, which holds each row's id.
pub async fn by_id<E: EntityTrait>(
    conn: &impl ConnectionTrait,
    select: Select<E>,
    column: E::Column,
    request: &PageRequest,
    id: impl Fn(&E::Model) -> Uuid,
) -> Result<Page<E::Model>> {
    let mut select = select.limit(request.limit + 1);
    let list = E::default();
    let list = list.table_name();
    request.hold_to(list)?;
    if let Some(after) = &request.after {
        select = select.filter(column.gt(after.id));
    }
    if let Some(before) = &request.before {
        select = select.filter(column.lt(before.id));
    }
    select = if request.backward {
        select.order_by_desc(column)
    } else {
        select.order_by_asc(column)
    };
    let fetched = select.all(conn).await?;
    Ok(Page::from_fetched(request, fetched, |row| Cursor {
        key: list.to_owned(),
        id: id(row),
    }))
}
