//! Looking at drafts: each owner at their own.

use std::{collections::HashMap, sync::Arc};

use uuid::Uuid;

use super::{missing, owner_of, publish::anchors_of};
use crate::{
    app::Op,
    catalog::{
        drafts::{Draft, check},
        ops::profiles,
        store::{self, DraftRow},
    },
    identity::policy::{self, Action},
    kernel::{
        errors::{Problem, Result},
        pages::{Page, PageRequest},
    },
};

/// What a draft says, and what bars it from being published.
#[derive(Debug, Clone)]
pub struct DraftContent {
    /// What it says.
    pub draft: Draft,
    /// What bars it from being published, at its places in the draft.
    pub problems: Vec<Problem>,
}

/// A draft of the actor's.
pub async fn draft(op: &Op, id: Uuid) -> Result<DraftRow> {
    policy::permit(&op.actor, Action::ViewDrafts)?;
    let row = store::draft_row(&op.read().await?, owner_of(op), id).await?;
    row.ok_or_else(missing)
}

/// A page of the actor's drafts, in one state or all, oldest first.
pub async fn drafts(op: &Op, state: Option<&str>, page: &PageRequest) -> Result<Page<DraftRow>> {
    policy::permit(&op.actor, Action::ViewDrafts)?;
    store::drafts(&op.read().await?, owner_of(op), state, page).await
}

/// Several drafts of the actor's by id; none for who may not see drafts.
pub async fn drafts_by_id(op: &Op, ids: &[Uuid]) -> Result<Vec<DraftRow>> {
    if policy::permit(&op.actor, Action::ViewDrafts).is_err() {
        return Ok(Vec::new());
    }
    let rows = store::drafts_by_id(&op.read().await?, owner_of(op), ids).await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// What drafts of the actor's say, by id. Asked for what a permitted operation gave.
pub async fn contents(op: &Op, ids: &[Uuid]) -> Result<HashMap<Uuid, Arc<DraftContent>>> {
    // The catalog is asked only once no other connection is held.
    let rows = store::drafts_by_id(&op.read().await?, owner_of(op), ids).await?;
    let bases: Vec<_> = rows.iter().filter_map(|row| row.base_version_id).collect();
    let bases = store::version_rows(op.app.db.public(), &bases).await?;
    let profile: HashMap<Uuid, Uuid> = bases
        .iter()
        .filter_map(|base| Some((base.id, base.profile_id?)))
        .collect();
    let wanted: Vec<_> = profile.values().copied().collect();
    let profiles = profiles::profiles(&op.app, &wanted).await?;
    let told = rows.into_iter().map(|row| {
        let draft = store::draft_content(&row.content)?;
        let profile = row.base_version_id.and_then(|base| profile.get(&base));
        let profile = profile.and_then(|id| profiles.get(id));
        let anchors = profile.map(|content| anchors_of(&content.profile));
        let anchors = anchors.unwrap_or_default();
        let problems = check(&draft, row.occupation_id.is_some(), &anchors);
        Ok((row.id, Arc::new(DraftContent { draft, problems })))
    });
    told.collect()
}
