//! Withdrawing what a learner was issued.

use std::collections::BTreeSet;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use entity::{credential, status_change};
use serde_json::json;
use uuid::Uuid;

use crate::{
    app::Op,
    credential::store as credentials,
    dossier::store::{Of, erase as store},
    identity::audit::{self, Change},
    kernel::{clock, db::WriteTx, digest, errors::Result},
};

/// Credentials looked through at a time.
const PAGE: u64 = 200;

/// Finds the credentials that a client wrote about the learner without saying so: those in which
/// one of `identifiers` stands. A learner's bare name finds none, because others bear it too.
pub(super) async fn attribute(tx: &WriteTx, of: Of, identifiers: &[String]) -> Result<()> {
    let mut after = Uuid::nil();
    loop {
        let page = store::lock_unattributed(&**tx, of.provider, after, PAGE).await?;
        let Some(last) = page.last() else {
            return Ok(());
        };
        after = last.id;
        let theirs = page.iter().filter(|row| names(row, identifiers));
        let theirs: Vec<_> = theirs.map(|row| row.id).collect();
        store::attribute(&**tx, of, &theirs).await?;
    }
}

/// Whether one of `identifiers` stands in a credential, or in the claims of a compact JWT.
fn names(row: &credential::Model, identifiers: &[String]) -> bool {
    let claims = row.signing_input.split('.').nth(1);
    let claims = claims.and_then(|part| URL_SAFE_NO_PAD.decode(part).ok());
    let claims = claims.map(|bytes| String::from_utf8_lossy(&bytes).to_lowercase());
    let texts = [
        Some(row.signing_input.to_lowercase()),
        claims,
        Some(row.document_id.to_lowercase()),
        Some(row.idempotency_key.to_lowercase()),
    ];
    let is_named = |text: &String| {
        identifiers
            .iter()
            .any(|id| text.contains(&id.to_lowercase()))
    };
    texts.iter().flatten().any(is_named)
}

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
