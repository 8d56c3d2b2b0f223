//! What changed between two versions of a framework.

use async_graphql::{Enum, SimpleObject};

use super::catalog::{FrameworkVersion, Statement};
use crate::catalog::{
    diff::{Kind, Span, SpanKind},
    ops::diff::Difference,
};

/// What became of a statement from one version of a framework to another.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "Kind")]
pub enum StatementChangeKind {
    /// Only the newer version has it.
    Added,
    /// Only the older version has it.
    Removed,
    /// Other words: at the same level and in the same domain, at least half of them the same, or
    /// wherever they stand, if the versions say that it is the same statement.
    Reworded,
    /// The same words at another level, in another domain, or in another order.
    Moved,
}

/// What became of some words.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "SpanKind")]
pub enum WordChange {
    /// Both sentences have them.
    Same,
    /// Only the newer one has them.
    Added,
    /// Only the older one has them.
    Removed,
}

/// Words that stand together, with the spaces behind them.
#[derive(SimpleObject)]
pub struct Words {
    /// What became of them.
    pub change: WordChange,
    /// The words.
    pub text: String,
}

impl From<Span> for Words {
    fn from(span: Span) -> Self {
        Self {
            change: span.kind.into(),
            text: span.text,
        }
    }
}

/// One change between two versions of a framework.
#[derive(SimpleObject)]
pub struct StatementChange {
    /// What became of the statement.
    pub kind: StatementChangeKind,
    /// The statement of the older version; null when it was added.
    pub from: Option<Statement>,
    /// The statement of the newer version; null when it was removed.
    pub to: Option<Statement>,
    /// The two sentences in one, by words, where it was reworded; otherwise empty.
    pub words: Vec<Words>,
}

/// What changed between two versions of a framework.
#[derive(SimpleObject)]
pub struct FrameworkDiff {
    /// The version that was compared with.
    pub from: FrameworkVersion,
    /// The version that is told.
    pub to: FrameworkVersion,
    /// The changes, in the order of the newer version; what was removed stands where it stood.
    pub changes: Vec<StatementChange>,
    /// How many statements stayed as they were.
    pub unchanged: i32,
    /// The same for people, in lines: removed words stand in `[-…-]`, added ones in `{+…+}`.
    pub text: String,
}

impl FrameworkDiff {
    /// A difference with its statements.
    #[must_use]
    pub fn of(difference: Difference) -> Self {
        let Difference { from, to, .. } = difference;
        let (old, new) = (Statement::by_id(&from), Statement::by_id(&to));
        let change = difference
            .changes
            .into_iter()
            .map(|changed| StatementChange {
                kind: changed.kind.into(),
                from: changed.from.and_then(|id| old.get(&id).cloned()),
                to: changed.to.and_then(|id| new.get(&id).cloned()),
                words: changed.words.into_iter().map(Words::from).collect(),
            });
        Self {
            changes: change.collect(),
            unchanged: i32::try_from(difference.unchanged).unwrap_or(i32::MAX),
            text: difference.text,
            from: FrameworkVersion(from),
            to: FrameworkVersion(to),
        }
    }
}
