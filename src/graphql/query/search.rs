//! Searching the catalog: open to anyone.

use async_graphql::{Context, Object};

use crate::{
    catalog::ops::search,
    graphql::{
        errors::{Result, op, told},
        types::{
            page,
            search::{SearchConnection, SearchFilterInput},
        },
    },
};

/// The search of the catalog.
#[derive(Default)]
pub struct SearchQuery;

#[Object]
impl SearchQuery {
    /// Occupations and statements that hold words, best first, page by page.
    ///
    /// All of the words are looked for, each in any of its forms (`assess` finds `assessments`), the
    /// last one as the start of a word, too. Where nothing holds them all, typing mistakes are
    /// mended by the words of titles, and otherwise some of the words are enough. The start of a SOC
    /// code, such as `29-11`, finds the occupations with such codes. No character has a meaning of
    /// its own, so any text is a search.
    #[expect(clippy::too_many_arguments, reason = "Relay names four of them")]
    async fn search(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to look for, at most 1,000 characters; 12 words of it count.")]
        text: String,
        #[graphql(desc = "Where to look.")] filter: Option<SearchFilterInput>,
        #[graphql(desc = "How many from the start, at most 100.")] first: Option<i32>,
        #[graphql(desc = "After this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> Result<SearchConnection> {
        let filter = SearchFilterInput::read(filter);
        let page = page::request(first, after, last, before)?;
        let found = search::search(&op(ctx)?.app, &text, &filter, &page).await;
        Ok(found.map_err(told)?.into())
    }
}
