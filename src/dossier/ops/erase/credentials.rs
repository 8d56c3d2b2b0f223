//! Withdrawing what a learner was issued.

use std::collections::BTreeSet;

use entity::{credential, status_change};
use serde_json::json;

use crate::{
    app::Op,
    credential::store as credentials,
    dossier::store::{Of, erase as store},
    identity::audit::{self, Change},
    kernel::{clock, db::WriteTx, digest, errors::Result},
};

/// Withdraws every credential of a learner for good: its status bit is set, whatever that means in
/// its list, and its text goes; a digest of it stays. Tells how many there were.
pub(super) async fn withdraw(op: &Op, tx: &WriteTx, of: Of) -> Result<u64> {
    let rows = store::lock_credentials(&**tx, of).await?;
    let held: Vec<_> = rows
        .into_iter()
        .filter(|r| r.state != "WITHDRAWN")
        .collect();
    let lists: BTreeSet<_> = held.iter().map(|row| row.status_list_id).collect();
    for list in lists {
        credentials::touch(&**tx, list).await?;
    }
    let mut changes = Vec::with_capacity(held.len());
    for row in held {
        let after = withdrawn(row.clone());
        store::update_credential(&**tx, &after).await?;
        let history = status_change::Model {
            id: op.new_id(),
            credential_id: row.id,
            kind: "WITHDRAWN".to_owned(),
            reason: String::new(),
            actor: op.actor.to_string(),
            at: clock::to_millis(op.now),
        };
        credentials::insert_status_change(&**tx, history).await?;
        changes.push((row, after));
    }
    let mut count = 0;
    for (before, after) in changes {
        let change = Change {
            provider: Some(of.provider),
            action: "credential.withdraw",
            target: after.id.to_string(),
            before: Some(json!({"state": before.state, "bit": before.status_set})),
            after: Some(json!({
                "state": after.state, "bit": after.status_set,
                "digest": after.secured_digest.as_deref().map(digest::hex),
            })),
        };
        audit::record(&**tx, op, change).await?;
        count += 1;
    }
    Ok(count)
}

/// A credential of which nothing but its place and its digest is left.
fn withdrawn(row: credential::Model) -> credential::Model {
    let gone = row.secured.as_deref();
    credential::Model {
        state: "WITHDRAWN".to_owned(),
        status_set: true,
        secured_digest: gone.map(|text| digest::sha256(text.as_bytes()).to_vec()),
        secured: None,
        signing_input: String::new(),
        // Clients choose these, and may have named the learner in them.
        document_id: row.id.urn().to_string(),
        idempotency_key: format!("erased-{}", row.id),
        request_digest: Vec::new(),
        ..row
    }
}
