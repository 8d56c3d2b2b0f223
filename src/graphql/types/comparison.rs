//! What two occupations have in common.

use std::{collections::HashMap, sync::Arc};

use async_graphql::SimpleObject;
use uuid::Uuid;

use super::{
    catalog::{FrameworkFamily, Level, Occupation, Statement},
    onet::{AnchorKind, DataSource},
    published::{PublishedAnchor, PublishedProfile},
};
use crate::catalog::{
    ops::{
        browse::VersionContent,
        compare_occupations::{ComparedAnchors, ComparedLevel, Comparison, Side},
    },
    profile::Anchor,
    similarity,
};

/// One of two occupations that are compared.
#[derive(SimpleObject)]
pub struct ComparedOccupation {
    /// The occupation.
    pub occupation: Occupation,
    /// The published profile that its anchors are of. Null where they are selected from O*NET tables,
    /// or there are none.
    pub profile: Option<PublishedProfile>,
    /// The published tables that its anchors are selected from, and whom to name for each; none where
    /// they are of a profile.
    pub sources: Vec<DataSource>,
}

impl From<Side> for ComparedOccupation {
    fn from(side: Side) -> Self {
        Self {
            occupation: Occupation(side.occupation),
            profile: side.profile.map(PublishedProfile),
            sources: side.sources.into_iter().map(DataSource).collect(),
        }
    }
}

/// An anchor of both occupations.
#[derive(SimpleObject)]
pub struct SharedAnchor {
    /// As the first has it.
    pub a: PublishedAnchor,
    /// As the second has it.
    pub b: PublishedAnchor,
}

/// The anchors of one kind.
#[derive(SimpleObject)]
pub struct AnchorComparison {
    /// The kind.
    pub kind: AnchorKind,
    /// Anchors of both, in the order of the first.
    pub shared: Vec<SharedAnchor>,
    /// Anchors of the first only.
    pub only_a: Vec<PublishedAnchor>,
    /// Anchors of the second only.
    pub only_b: Vec<PublishedAnchor>,
}

impl From<ComparedAnchors> for AnchorComparison {
    fn from(anchors: ComparedAnchors) -> Self {
        let own = |anchors: Vec<Anchor>| anchors.into_iter().map(PublishedAnchor).collect();
        let shared = anchors.shared.into_iter().map(|(a, b)| SharedAnchor {
            a: PublishedAnchor(a),
            b: PublishedAnchor(b),
        });
        Self {
            kind: anchors.kind.into(),
            shared: shared.collect(),
            only_a: own(anchors.only_a),
            only_b: own(anchors.only_b),
        }
    }
}

/// Two statements that are alike.
#[derive(SimpleObject)]
pub struct AlikeStatements {
    /// The first occupation's.
    pub a: Statement,
    /// The second occupation's.
    pub b: Statement,
    /// How much of both is the same, in percent.
    pub score: i32,
    /// The words that both hold, in alphabetical order; of several forms the shortest.
    pub words: Vec<String>,
    /// The anchors that both are grounded in.
    pub shared_anchors: Vec<PublishedAnchor>,
}

/// The statements at one level of one family. Every statement of the two is in one pair, or in one of
/// the lists `onlyA` and `onlyB`.
#[derive(SimpleObject)]
pub struct LevelComparison {
    /// The family.
    pub family: FrameworkFamily,
    /// The level's ordinal, from 1 for the lowest.
    pub ordinal: i32,
    /// The first occupation's level; null where it has none.
    pub a: Option<Level>,
    /// The second occupation's level; null where it has none.
    pub b: Option<Level>,
    /// Statements that are alike, the most alike first.
    pub alike: Vec<AlikeStatements>,
    /// Statements of the first only.
    pub only_a: Vec<Statement>,
    /// Statements of the second only.
    pub only_b: Vec<Statement>,
}

impl LevelComparison {
    fn of(level: ComparedLevel) -> Self {
        let statements = |version: &Option<Arc<VersionContent>>| {
            let version = version.as_ref();
            version.map(Statement::by_id).unwrap_or_default()
        };
        let (of_a, of_b) = (statements(&level.a), statements(&level.b));
        let own = |ids: Vec<Uuid>, of: &HashMap<Uuid, Statement>| {
            let ids = ids.iter();
            ids.filter_map(|id| of.get(id).cloned()).collect()
        };
        let alike = level.alike.into_iter().filter_map(|pair| {
            Some(AlikeStatements {
                a: of_a.get(&pair.a)?.clone(),
                b: of_b.get(&pair.b)?.clone(),
                score: i32::try_from(pair.score).unwrap_or(i32::MAX),
                words: pair.words,
                shared_anchors: pair.anchors.into_iter().map(PublishedAnchor).collect(),
            })
        });
        let find = |version: Option<&Arc<VersionContent>>| Level::find(version?, level.ordinal);
        Self {
            family: level.family.into(),
            ordinal: level.ordinal,
            alike: alike.collect(),
            only_a: own(level.only_a, &of_a),
            only_b: own(level.only_b, &of_b),
            a: find(level.a.as_ref()),
            b: find(level.b.as_ref()),
        }
    }
}

/// Two occupations side by side.
#[derive(SimpleObject)]
pub struct OccupationComparison {
    /// The first occupation.
    pub a: ComparedOccupation,
    /// The second occupation.
    pub b: ComparedOccupation,
    /// What they are anchored in, by kind: every kind, also those that neither has.
    pub anchor_sets: Vec<AnchorComparison>,
    /// Their statements, by family and by ordinal of the level: every level that either has.
    pub levels: Vec<LevelComparison>,
    /// The lowest score, in percent, with which two statements are alike.
    pub threshold: i32,
    /// How they were compared, in words for people.
    pub method: &'static str,
}

impl OccupationComparison {
    /// A comparison with its statements.
    #[must_use]
    pub fn of(comparison: Comparison) -> Self {
        let levels = comparison.levels.into_iter();
        let anchors = comparison.anchors.into_iter();
        Self {
            anchor_sets: anchors.map(Into::into).collect(),
            levels: levels.map(LevelComparison::of).collect(),
            a: comparison.a.into(),
            b: comparison.b.into(),
            threshold: i32::try_from(similarity::THRESHOLD).unwrap_or(i32::MAX),
            method: similarity::METHOD,
        }
    }
}
