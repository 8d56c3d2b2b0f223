//! What changed between two versions of a framework: open to anyone.

use std::sync::Arc;

use uuid::Uuid;

use super::{
    browse::{self, VersionContent},
    succession,
};
use crate::{
    app::App,
    catalog::diff::{self, Item, Kind, Seat, Span},
    kernel::errors::{Error, Result},
};

/// One change, with the words that changed.
#[derive(Debug, Clone)]
pub struct Changed {
    /// What became of the statement.
    pub kind: Kind,
    /// The statement of the older version; `None` when it was added.
    pub from: Option<Uuid>,
    /// The statement of the newer version; `None` when it was removed.
    pub to: Option<Uuid>,
    /// The sentences by words, where it was reworded; otherwise empty.
    pub words: Vec<Span>,
}

/// What changed between two versions of a framework.
#[derive(Debug, Clone)]
pub struct Difference {
    /// The version compared with.
    pub from: Arc<VersionContent>,
    /// The version that is told.
    pub to: Arc<VersionContent>,
    /// The changes, in the order of the newer version.
    pub changes: Vec<Changed>,
    /// How many statements stayed as they were.
    pub unchanged: usize,
    /// The same for people, in lines.
    pub text: String,
}

/// What changed from one published version of a framework to another.
///
/// # Errors
/// `NotFound` for a version that is not there, `Invalid` with the code `DIFFERENT_FRAMEWORKS` for
/// versions of different frameworks.
pub async fn difference(app: &App, from: Uuid, to: Uuid) -> Result<Difference> {
    let versions = browse::versions(app, &[from, to]).await?;
    let version = |id| {
        let found = versions.get(&id).map(Arc::clone);
        found.ok_or_else(|| Error::NotFound("this framework version".to_owned()))
    };
    let (from, to) = (version(from)?, version(to)?);
    if from.row.framework_id != to.row.framework_id {
        let message = "these are versions of different frameworks: name two of one framework";
        return Err(Error::invalid(
            "toVersionId",
            "DIFFERENT_FRAMEWORKS",
            message,
        ));
    }
    let (old, new) = (items(&from), items(&to));
    let known = succession::origins(app, &from, &to).await?;
    let diff = diff::diff(&old, &new, &known);
    let label = |ordinal: i32| {
        let level = to.levels.iter().chain(&from.levels);
        let mut level = level.filter(|level| level.row.ordinal == ordinal);
        level
            .next()
            .map_or_else(|| ordinal.to_string(), |level| level.row.label.clone())
    };
    let text = diff::text(&diff, &label);
    let changed = |change: &diff::Change<'_>| Changed {
        kind: change.kind,
        from: change.from.map(|item| item.id),
        to: change.to.map(|item| item.id),
        words: match (change.kind, change.from, change.to) {
            (Kind::Reworded, Some(from), Some(to)) => diff::spans(from.text, to.text),
            _ => Vec::new(),
        },
    };
    let (changes, unchanged) = (diff.changes.iter().map(changed).collect(), diff.unchanged);
    Ok(Difference {
        changes,
        unchanged,
        text,
        from,
        to,
    })
}

fn items(version: &VersionContent) -> Vec<Item<'_>> {
    let levels = version.levels.iter();
    let statements = levels.flat_map(|l| l.statements.iter().map(|s| (l.row.ordinal, s)));
    statements
        .map(|(level, statement)| Item {
            id: statement.id,
            seat: Seat {
                level,
                domain: (statement.domain > 0).then_some(statement.domain),
                position: statement.position,
            },
            text: &statement.text,
        })
        .collect()
}
