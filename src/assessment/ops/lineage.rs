//! Frameworks with all their versions, and what a provider decided on them.

use std::{collections::HashMap, sync::Arc};

use entity::carry_over;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::{
    app::App,
    assessment::{
        attainment::{Judgement, Lineage, Place, Version},
        store::attainment as store,
    },
    catalog::ops::browse::{self, VersionContent},
    kernel::errors::Result,
};

/// A framework with its published versions, newest first; there is at least one.
pub(super) struct Framework {
    pub(super) versions: Vec<Arc<VersionContent>>,
}

impl Framework {
    /// Its id, if it is one.
    pub(super) fn id(&self) -> Option<Uuid> {
        self.versions.first().map(|v| v.row.framework_id)
    }

    /// The version with this label, or the newest.
    pub(super) fn version(&self, label: Option<&str>) -> Option<&Arc<VersionContent>> {
        let mut versions = self.versions.iter();
        versions.find(|v| label.is_none_or(|l| l == v.row.label))
    }

    /// Its versions with what was decided on them.
    pub(super) fn lineage(&self, judged: &Judged) -> Lineage<'_> {
        let levels = self.versions.iter().flat_map(|v| &v.levels);
        let statements = levels.flat_map(|l| &l.statements);
        let mut own: Vec<_> = statements.flat_map(|s| judged.of(s.id)).collect();
        own.sort_by_key(|r| (r.decided_at, r.id));
        let judgements: Vec<_> = own.into_iter().map(judgement).collect();
        Lineage::new(
            self.versions.iter().map(|v| version(v)).collect(),
            &judgements,
        )
    }
}

/// Several frameworks, each with its published versions, newest first: by occupation, family and
/// id, those of no occupation first.
pub(super) async fn frameworks(app: &App, ids: &[Uuid]) -> Result<Vec<Framework>> {
    let versions = browse::versions_of_frameworks(app, ids).await?;
    let mut out: Vec<_> = versions
        .into_values()
        .map(|versions| Framework { versions })
        .collect();
    out.sort_by_cached_key(|framework| {
        let row = framework.versions.first().map(|v| &v.row);
        row.map(|r| (r.occupation_id, r.family.clone(), r.framework_id))
    });
    Ok(out)
}

/// Decisions by the statement that was demonstrated.
pub(super) struct Judged(HashMap<Uuid, Vec<carry_over::Model>>);

impl Judged {
    fn of(&self, statement: Uuid) -> impl Iterator<Item = &carry_over::Model> {
        self.0.get(&statement).into_iter().flatten()
    }
}

/// What a provider decided on the statements of frameworks. One that has a single version needs
/// no decision, and is not asked for.
pub(super) async fn judged(
    db: &impl ConnectionTrait,
    provider: Uuid,
    frameworks: &[Framework],
) -> Result<Judged> {
    let several = frameworks.iter().filter(|f| f.versions.len() > 1);
    let versions: Vec<_> = several
        .flat_map(|f| &f.versions)
        .map(|v| v.row.id)
        .collect();
    let mut out: HashMap<_, Vec<_>> = HashMap::new();
    if !versions.is_empty() {
        for judged in store::carry_overs(db, provider, &versions).await? {
            let own = out.entry(judged.from_statement_id).or_default();
            own.push(judged);
        }
    }
    Ok(Judged(out))
}

/// A decision as rules look at it.
pub(super) fn judgement(row: &carry_over::Model) -> Judgement {
    Judgement {
        from: row.from_statement_id,
        to: row.to_statement_id,
        accepted: row.accepted,
    }
}

/// A version's statements as rules look at them.
pub(super) fn version(content: &VersionContent) -> Version<'_> {
    let places = content.levels.iter().flat_map(|level| {
        level.statements.iter().map(|s| Place {
            id: s.id,
            level: level.row.ordinal,
            domain: Some(s.domain).filter(|number| *number > 0),
            position: s.position,
            text: &s.text,
        })
    });
    Version {
        id: content.row.id,
        statements: places.collect(),
    }
}
