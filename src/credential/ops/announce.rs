//! Events: what those who listen are told of credentials.

use entity::credential;
use sea_orm::ConnectionTrait;
use serde_json::json;

use crate::{
    app::Op,
    events::{
        model::{EventKind, NewEvent},
        outbox,
    },
    kernel::{errors::Result, ids},
};

/// Tells of what became of a credential, in the transaction that made it so.
pub(super) async fn announce(
    tx: &impl ConnectionTrait,
    op: &Op,
    row: &credential::Model,
    kind: EventKind,
) -> Result<()> {
    let payload = json!({
        "credentialId": ids::global("Credential", row.id),
        "learnerId": row.learner_id.map(|id| ids::global("Learner", id)),
    });
    outbox::append(tx, op, row.provider_id, NewEvent { kind, payload }).await
}
