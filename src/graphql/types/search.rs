//! What a search of the catalog finds.

use async_graphql::{Enum, InputObject, Object, SimpleObject, Union};

use super::{
    catalog::{FrameworkFamily, Occupation, Statement},
    page::PageInfo,
};
use crate::{
    catalog::{
        model,
        ops::search::{Facets as Counted, Found, Hit, Item, SearchFilter},
        search::{Kind, Piece},
    },
    kernel::pages::Cursor,
};

/// What a search looks for.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
pub enum SearchKind {
    /// Occupations, by any of their titles.
    Occupation,
    /// Statements of published framework versions.
    Statement,
}

/// Where a search looks. Every condition given must hold; an empty list is none.
#[derive(InputObject, Debug, Default)]
#[graphql(name = "SearchFilter")]
pub struct SearchFilterInput {
    /// Things of these kinds.
    pub kinds: Option<Vec<SearchKind>>,
    /// Statements of these families; occupations are of none.
    pub families: Option<Vec<FrameworkFamily>>,
    /// Statements at levels with these ordinals, from 1; occupations have none.
    pub levels: Option<Vec<i32>>,
    /// Those of occupations in these major groups: the first two digits of the SOC code, such as
    /// `29`.
    pub soc_groups: Option<Vec<String>>,
    /// Those of occupations in these O*NET job zones, 1 to 5.
    pub job_zones: Option<Vec<i32>>,
    /// Statements that cite a source with one of these labels or keys, letter by letter; occupations
    /// cite none.
    pub sources: Option<Vec<String>>,
    /// Of each framework the newest version only.
    #[graphql(default = true)]
    pub latest_only: bool,
}

impl SearchFilterInput {
    /// What it says to the catalog, or what no filter says.
    #[must_use]
    pub fn read(given: Option<Self>) -> SearchFilter {
        let nothing = || Self {
            latest_only: true,
            ..Self::default()
        };
        let filter = given.unwrap_or_else(nothing);
        let kinds = filter.kinds.unwrap_or_default();
        let kinds = kinds.into_iter().flat_map(|kind| match kind {
            SearchKind::Occupation => vec![Kind::Occupation, Kind::Title],
            SearchKind::Statement => vec![Kind::Statement],
        });
        let families = filter.families.unwrap_or_default();
        SearchFilter {
            kinds: kinds.collect(),
            families: families.into_iter().map(model::Family::from).collect(),
            levels: filter.levels.unwrap_or_default(),
            soc_groups: filter.soc_groups.unwrap_or_default(),
            job_zones: filter.job_zones.unwrap_or_default(),
            sources: filter.sources.unwrap_or_default(),
            latest_only: filter.latest_only,
        }
    }
}

/// What a search can find.
#[derive(Union)]
pub enum SearchResult {
    /// An occupation.
    Occupation(Occupation),
    /// A statement.
    Statement(Statement),
}

/// A piece of a text. It is plain text and no markup, whatever characters it holds.
#[derive(SimpleObject)]
pub struct SnippetPiece {
    /// The text, verbatim.
    pub text: String,
    /// Whether it is a word that was asked for, in one of its forms.
    pub highlighted: bool,
}

/// Something that a search found.
pub struct SearchEdge {
    cursor: Cursor,
    node: SearchResult,
    hit: Hit,
}

impl SearchEdge {
    fn of(cursor: Cursor, hit: Hit) -> Option<Self> {
        let node = match &hit.item {
            Item::Occupation(row) => SearchResult::Occupation(Occupation(row.clone())),
            Item::Statement(version, id) => SearchResult::Statement(Statement::find(version, *id)?),
        };
        Some(Self { cursor, node, hit })
    }
}

/// Something that a search found.
#[Object]
impl SearchEdge {
    /// Where it stands in the list.
    async fn cursor(&self) -> String {
        self.cursor.encode()
    }

    /// What was found.
    async fn node(&self) -> &SearchResult {
        &self.node
    }

    /// The text by which it was found, or the part of it around the words that were asked for: the
    /// pieces in their order.
    async fn snippet(&self) -> Vec<SnippetPiece> {
        let pieces = self.hit.snippet().into_iter();
        let piece = |piece: Piece| SnippetPiece {
            text: piece.text,
            highlighted: piece.highlighted,
        };
        pieces.map(piece).collect()
    }

    /// How well it answers: more is better, and nothing else is meant by the number.
    async fn score(&self) -> i32 {
        i32::try_from(self.hit.score).unwrap_or(i32::MAX)
    }

    /// The title by which an occupation was found, where it is not its own.
    async fn matched_title(&self) -> Option<&str> {
        self.hit.matched_title()
    }
}

/// How many of the hits have one value.
#[derive(SimpleObject)]
pub struct FacetCount {
    /// The value, as a filter takes it.
    pub value: String,
    /// How many hits have it.
    pub count: usize,
}

/// How the hits of a search spread. What has no such property is counted nowhere.
#[derive(SimpleObject)]
pub struct SearchFacets {
    /// By kind.
    pub kinds: Vec<FacetCount>,
    /// By family of the framework.
    pub families: Vec<FacetCount>,
    /// By ordinal of the level.
    pub levels: Vec<FacetCount>,
    /// By major group.
    pub soc_groups: Vec<FacetCount>,
    /// By job zone.
    pub job_zones: Vec<FacetCount>,
    /// By label of the sources that statements cite; one that cites several counts for each.
    pub sources: Vec<FacetCount>,
}

fn counts<T: ToString>(counts: impl IntoIterator<Item = (T, usize)>) -> Vec<FacetCount> {
    let one = |(value, count): (T, usize)| FacetCount {
        value: value.to_string(),
        count,
    };
    counts.into_iter().map(one).collect()
}

impl From<Counted> for SearchFacets {
    fn from(facets: Counted) -> Self {
        let kinds = facets.kinds.into_iter();
        Self {
            kinds: counts(kinds.map(|(kind, count)| (kind.as_str(), count))),
            families: counts(facets.families),
            levels: counts(facets.levels),
            soc_groups: counts(facets.soc_groups),
            job_zones: counts(facets.job_zones),
            sources: counts(facets.sources),
        }
    }
}

/// A page of what a search found, best first.
pub struct SearchConnection {
    edges: Vec<SearchEdge>,
    found: Found,
}

/// A page of what a search found, best first.
#[Object]
impl SearchConnection {
    /// What was found, each with its cursor.
    async fn edges(&self) -> &[SearchEdge] {
        &self.edges
    }

    /// Where this page stands in the list.
    async fn page_info(&self) -> PageInfo {
        let cursor = |edge: &SearchEdge| edge.cursor.encode();
        PageInfo {
            has_next_page: self.found.page.has_next,
            has_previous_page: self.found.page.has_previous,
            start_cursor: self.edges.first().map(cursor),
            end_cursor: self.edges.last().map(cursor),
        }
    }

    /// How many were found in all; where there are too many to rank, how many of them were ranked.
    async fn total_count(&self) -> usize {
        self.found.total()
    }

    /// Whether there are more than were ranked: those that came into the catalog first were.
    async fn is_capped(&self) -> bool {
        self.found.capped
    }

    /// How all that was found spreads; where there is more than was ranked (`isCapped`), how that
    /// part of it does.
    async fn facets(&self) -> SearchFacets {
        self.found.facets().into()
    }

    /// The text that was searched for in place of the one given, which had typing mistakes.
    async fn corrected(&self) -> Option<&str> {
        self.found.corrected.as_deref()
    }

    /// Whether nothing holds all of the words, and so these hold some of them.
    async fn is_partial(&self) -> bool {
        self.found.partial
    }
}

impl From<Found> for SearchConnection {
    fn from(mut found: Found) -> Self {
        let rows = std::mem::take(&mut found.page.rows).into_iter();
        let edges = rows.filter_map(|(cursor, hit)| SearchEdge::of(cursor, hit));
        Self {
            edges: edges.collect(),
            found,
        }
    }
}
