//! Issued credentials, for those who may see them.

use entity::{credential, status_change, status_list};
use uuid::Uuid;

use crate::{
    app::Op,
    credential::{store, wanted::Wanted},
    identity::policy::{self, Action},
    kernel::{
        errors::{Error, Result},
        pages::{Page, PageRequest},
    },
};

/// A credential of the tenant; a learner finds their own only.
pub async fn credential(op: &Op, id: Uuid) -> Result<Option<credential::Model>> {
    let extent = policy::permit_extent(&op.actor, Action::ViewCredentials)?;
    let found = store::credential(&op.read().await?, extent.provider, id).await?;
    let reached = |row: &credential::Model| match extent.learner {
        None => true,
        own => row.learner_id == own,
    };
    Ok(found.filter(reached))
}

/// A page of those of the tenant's credentials that are wanted; a learner finds their own only.
pub async fn credentials(
    op: &Op,
    wanted: Wanted,
    page: &PageRequest,
) -> Result<Page<credential::Model>> {
    let extent = policy::permit_extent(&op.actor, Action::ViewCredentials)?;
    if wanted.learner.is_some_and(|named| !extent.covers(named)) {
        return Err(Error::NotFound("this learner".to_owned()));
    }
    let wanted = Wanted {
        learner: wanted.learner.or(extent.learner),
        ..wanted
    };
    store::credentials(&op.read().await?, extent.provider, wanted, page).await
}

/// The history of credentials that the actor was shown, oldest first.
pub async fn status_changes(op: &Op, credentials: &[Uuid]) -> Result<Vec<status_change::Model>> {
    policy::permit_extent(&op.actor, Action::ViewCredentials)?;
    store::status_changes(&op.read().await?, credentials).await
}

/// The status lists of credentials that the actor was shown.
pub async fn status_lists(op: &Op, ids: &[Uuid]) -> Result<Vec<status_list::Model>> {
    policy::permit_extent(&op.actor, Action::ViewCredentials)?;
    store::lists(&op.read().await?, ids).await
}
