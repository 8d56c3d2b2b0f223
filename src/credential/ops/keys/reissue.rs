//! Signing anew what a compromised key signed: record the intents, sign, record the results.
//!
//! A re-issued record keeps its id, its claims and its place in the status list; only the
//! signature is the new key's. Whatever is interrupted is taken up by asking again.

use entity::{credential, reissue, signing_key};
use serde_json::json;
use uuid::Uuid;

use super::{Ring, no_key};
use crate::{
    app::Op,
    credential::{
        did::document::method_id,
        key_state::KeyState,
        ops::{
            issuer::{is, signer},
            providers::public_bytes,
        },
        prepare::Prepared,
        rekey::rekey,
        sign::IssuerSigner,
        store,
    },
    identity::{
        audit::{self, Change},
        policy::{self, Action},
    },
    kernel::{
        checks::Checks,
        clock,
        db::WriteTx,
        digest,
        errors::{Error, Result},
    },
};

/// How many records one call signs at most.
pub const MAX_BATCH: i32 = 100;

/// What a call did, and what is left to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reissued {
    /// Records that this call signed anew.
    pub reissued: u64,
    /// Records of the key that are left.
    pub remaining: u64,
}

/// Signs up to `limit` (1 to [`MAX_BATCH`]) records of a compromised key anew, with the key that
/// signs now. All are taken but the revoked; a suspended one stays suspended, and one that was not
/// signed yet gets signed. Call it until none remain; several callers at once do no harm.
///
/// # Errors
/// When the key is not compromised, or the provider has no key to sign with.
pub async fn reissue_records(
    op: &Op,
    provider: Option<Uuid>,
    key: Uuid,
    limit: i32,
) -> Result<Reissued> {
    let tenant = policy::permit_at_machine(&op.actor, Action::ManageSigningKeys, provider)?;
    let mut checks = Checks::default();
    checks.range(limit, 1, MAX_BATCH, "limit");
    checks.done()?;
    let limit = u64::try_from(limit).map_err(Error::internal)?;
    let (active, did, intents) = intend(op, tenant, key, limit).await?;
    let mut reissued = 0;
    if !intents.is_empty() {
        let signer = signer(&op.app, &op.read().await?, &did, &active).await?;
        reissued = complete(op, tenant, key, &signer, intents).await?;
    }
    let remaining = store::count_signed_by(&op.read().await?, tenant, key).await?;
    Ok(Reissued {
        reissued,
        remaining,
    })
}

/// Records the intents, or finds those that were recorded before.
async fn intend(
    op: &Op,
    tenant: Uuid,
    key: Uuid,
    limit: u64,
) -> Result<(signing_key::Model, String, Vec<reissue::Model>)> {
    let tx = op.write_tx().await?;
    let ring = Ring::lock(&tx, op, tenant).await?;
    if !is(ring.find(key)?, KeyState::Compromised) {
        return Err(Error::invalid(
            "input.signingKeyId",
            "NOT_COMPROMISED",
            "this key is not marked compromised, and what it signed is valid: mark it first",
        ));
    }
    let active = ring.active().ok_or_else(no_key)?;
    let kid = method_id(&ring.did, &public_bytes(active)?);
    let rows = store::lock_signed_by(&*tx, tenant, key, limit).await?;
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let mut before = store::reissues(&*tx, key, &ids).await?;
    let mut intents = Vec::with_capacity(rows.len());
    for row in rows {
        let found = before.remove(&row.id);
        intents.push(match found {
            Some(intent) if intent.signing_key_id == active.id => intent,
            found => intend_one(&tx, op, &row, active.id, &kid, found).await?,
        });
    }
    tx.commit().await?;
    Ok((active.clone(), ring.did, intents))
}

/// Records one intent; one for a key that signs no more, `found`, is turned to the one that does.
async fn intend_one(
    tx: &WriteTx,
    op: &Op,
    row: &credential::Model,
    active: Uuid,
    kid: &str,
    found: Option<reissue::Model>,
) -> Result<reissue::Model> {
    let prepared =
        rekey(&row.signing_input, kid, op.now, &op.app.config.contexts).map_err(Error::internal)?;
    let input = Some(prepared.signing_input().to_owned());
    let intent = match found {
        Some(found) => {
            let intent = reissue::Model {
                signing_key_id: active,
                signing_input: input,
                ..found
            };
            store::turn_reissue(&**tx, &intent).await?;
            intent
        }
        None => {
            let intent = reissue::Model {
                id: op.new_id(),
                provider_id: row.provider_id,
                credential_id: row.id,
                compromised_key_id: row.signing_key_id,
                compromised_digest: digest::sha256(row.signing_input.as_bytes()).to_vec(),
                signing_key_id: active,
                signing_input: input,
                created_at: clock::to_millis(op.now),
                signed_at: None,
            };
            store::insert_reissue(&**tx, &intent).await?;
            intent
        }
    };
    let change = Change {
        provider: Some(row.provider_id),
        action: "credential.intend_reissue",
        target: row.id.to_string(),
        before: Some(json!({
            "key": row.signing_key_id, "digest": digest::hex(&intent.compromised_digest),
        })),
        after: Some(json!({"key": active, "digest": digest::hex(&prepared.digest())})),
    };
    audit::record(&**tx, op, change).await?;
    Ok(intent)
}

/// Signs what was recorded, and records the signatures. Ed25519 gives the same signature each
/// time, so whoever does it again does the same.
async fn complete(
    op: &Op,
    tenant: Uuid,
    key: Uuid,
    signer: &IssuerSigner,
    intents: Vec<reissue::Model>,
) -> Result<u64> {
    let mut signed = Vec::with_capacity(intents.len());
    for intent in intents {
        let input = intent.signing_input.clone();
        let input = input.ok_or_else(|| Error::internal("a re-issue that was signed before"))?;
        let prepared =
            Prepared::from_recorded(input, &op.app.config.contexts).map_err(Error::internal)?;
        let secured = signer.sign(&prepared).map_err(Error::internal)?;
        signed.push((intent, prepared, secured));
    }
    let tx = op.write_tx().await?;
    // All of them before anything is recorded: others hold a credential while they wait for the
    // audit log, never the other way round.
    let mut held = Vec::with_capacity(signed.len());
    for (intent, prepared, secured) in signed {
        let row = store::lock(&*tx, tenant, intent.credential_id).await?;
        // Meanwhile another may have signed it anew, or withdrawn it for good.
        let holds = |r: &credential::Model| !matches!(&*r.state, "REVOKED" | "WITHDRAWN");
        if let Some(row) = row.filter(|r| r.signing_key_id == key && holds(r)) {
            held.push((row, intent, prepared, secured));
        }
    }
    let mut count = 0;
    for (row, intent, prepared, secured) in held {
        let state = match row.state.as_str() {
            "INTENDED" => "ISSUED",
            other => other,
        };
        let after = credential::Model {
            state: state.to_owned(),
            signing_key_id: intent.signing_key_id,
            signing_input: prepared.signing_input().to_owned(),
            secured: Some(secured),
            ..row.clone()
        };
        store::record_reissued(&*tx, &after, intent.id, clock::to_millis(op.now)).await?;
        let told = |row: &credential::Model| {
            let digest = row
                .secured
                .as_deref()
                .map(|text| digest::sha256_hex(text.as_bytes()));
            json!({"state": row.state, "key": row.signing_key_id, "digest": digest})
        };
        let change = Change {
            provider: Some(tenant),
            action: "credential.reissue",
            target: row.id.to_string(),
            before: Some(told(&row)),
            after: Some(told(&after)),
        };
        audit::record(&*tx, op, change).await?;
        count += 1;
    }
    tx.commit().await?;
    Ok(count)
}
