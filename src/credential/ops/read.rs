//! Issued credentials, for those who may see them.

use entity::{credential, status_change, status_list};
use uuid::Uuid;

use crate::{
    app::Op,
    credential::store,
    identity::policy::{self, Action},
    kernel::{
        errors::Result,
        pages::{Page, PageRequest},
    },
};

/// A credential of the tenant.
pub async fn credential(op: &Op, id: Uuid) -> Result<Option<credential::Model>> {
    let tenant = policy::permit_in_tenant(&op.actor, Action::ViewCredentials)?;
    store::credential(&op.read().await?, tenant, id).await
}

/// A page of the tenant's credentials.
pub async fn credentials(
    op: &Op,
    learner: Option<Uuid>,
    page: &PageRequest,
) -> Result<Page<credential::Model>> {
    let tenant = policy::permit_in_tenant(&op.actor, Action::ViewCredentials)?;
    store::credentials(&op.read().await?, tenant, learner, page).await
}

/// The history of credentials that the tenant was shown, oldest first.
pub async fn status_changes(op: &Op, credentials: &[Uuid]) -> Result<Vec<status_change::Model>> {
    policy::permit_in_tenant(&op.actor, Action::ViewCredentials)?;
    store::status_changes(&op.read().await?, credentials).await
}

/// The status lists of credentials that the tenant was shown.
pub async fn status_lists(op: &Op, ids: &[Uuid]) -> Result<Vec<status_list::Model>> {
    policy::permit_in_tenant(&op.actor, Action::ViewCredentials)?;
    store::lists(&op.read().await?, ids).await
}
