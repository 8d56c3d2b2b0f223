//! Relay connections over pages.

use async_graphql::{
    InputObject, OutputType,
    connection::{Connection, Edge},
};

use crate::{
    graphql::errors::{Result, told},
    kernel::pages::{Page, PageRequest},
};

/// A list whose cursors are opaque text.
pub type List<T> = Connection<String, T>;

/// Reads Relay's four arguments.
pub fn request(
    first: Option<i32>,
    after: Option<String>,
    last: Option<i32>,
    before: Option<String>,
) -> Result<PageRequest> {
    PageRequest::from_relay(first, after.as_deref(), last, before.as_deref()).map_err(told)
}

/// A page as a connection.
pub fn connection<R, T: OutputType>(page: Page<R>, mut of: impl FnMut(R) -> T) -> List<T> {
    let mut list = Connection::new(page.has_previous, page.has_next);
    let edges = page.rows.into_iter();
    list.edges
        .extend(edges.map(|(cursor, row)| Edge::new(cursor.encode(), of(row))));
    list
}

/// Which occupations a list holds. Every condition given must hold.
#[derive(InputObject, Debug, Default)]
pub struct OccupationFilterInput {
    /// The code starts with this, such as `29-11`.
    pub soc_prefix: Option<String>,
    /// The title holds each of these words; the start of a word is enough.
    pub title_words: Option<String>,
    /// The O*NET job zone, 1 to 5.
    pub job_zone: Option<i32>,
}
