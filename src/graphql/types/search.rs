//! What a search of the catalog finds.

use async_graphql::{Enum, InputObject, SimpleObject, Union};

use super::{
    catalog::{FrameworkFamily, Occupation, Statement},
    page::PageInfo,
};
use crate::{
    catalog::{
        model,
        ops::search::{Facets as Counted, Found, Hit, Item, SearchFilter},
        search::Kind,
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
#[derive(SimpleObject)]
pub struct SearchEdge {
    /// Where it stands in the list.
    pub cursor: String,
    /// What was found.
    pub node: SearchResult,
    /// The text by which it was found, or the part of it around the words that were asked for: the
    /// pieces in their order.
    pub snippet: Vec<SnippetPiece>,
    /// How well it answers: more is better, and nothing else is meant by the number.
    pub score: i32,
    /// The title by which an occupation was found, where it is not its own.
    pub matched_title: Option<String>,
}

impl SearchEdge {
    fn of(cursor: &Cursor, hit: Hit) -> Option<Self> {
        let node = match hit.item {
            Item::Occupation(row) => SearchResult::Occupation(Occupation(row)),
            Item::Statement(version, id) => SearchResult::Statement(Statement::find(&version, id)?),
        };
        let pieces = hit.snippet.into_iter().map(|piece| SnippetPiece {
            text: piece.text,
            highlighted: piece.highlighted,
        });
        Some(Self {
            cursor: cursor.encode(),
            node,
            snippet: pieces.collect(),
            score: i32::try_from(hit.score).unwrap_or(i32::MAX),
            matched_title: hit.matched_title,
        })
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
#[derive(SimpleObject)]
pub struct SearchConnection {
    /// What was found, each with its cursor.
    pub edges: Vec<SearchEdge>,
    /// Where this page stands in the list.
    pub page_info: PageInfo,
    /// How many were found in all; where there are too many to rank, how many of them were ranked.
    pub total_count: usize,
    /// Whether there are more than were ranked: those that came into the catalog first were.
    pub is_capped: bool,
    /// How all that was found spreads.
    pub facets: SearchFacets,
    /// The text that was searched for in place of the one given, which had typing mistakes.
    pub corrected: Option<String>,
    /// Whether nothing holds all of the words, and so these hold some of them.
    pub is_partial: bool,
}

impl From<Found> for SearchConnection {
    fn from(found: Found) -> Self {
        let rows = found.page.rows.into_iter();
        let edges = rows.filter_map(|(cursor, hit)| SearchEdge::of(&cursor, hit));
        let edges: Vec<_> = edges.collect();
        Self {
            page_info: PageInfo {
                has_next_page: found.page.has_next,
                has_previous_page: found.page.has_previous,
                start_cursor: edges.first().map(|edge| edge.cursor.clone()),
                end_cursor: edges.last().map(|edge| edge.cursor.clone()),
            },
            edges,
            total_count: found.total,
            is_capped: found.capped,
            facets: found.facets.into(),
            corrected: found.corrected,
            is_partial: found.partial,
        }
    }
}
