//! Issuing: prepare, record the intent, sign, record the result. In that
//! order, so that whatever was ever signed is known and can be revoked.

use entity::{credential, signing_key, status_list};
use serde_json::json;
use uuid::Uuid;

use super::{
    installation::bind_public_url,
    issuer::{did_with_keys, signer},
    keys,
    lists::list_url,
    prepare_claim::Basis,
};
use crate::{
    app::Op,
    credential::{
        build::{build, claim::StatusEntry},
        mechanism::Mechanism,
        prepare::{Prepared, prepare},
        status::MINIMUM_LENGTH,
        store,
    },
    identity::{
        audit::{self, Change},
        policy::{self, Action},
    },
    kernel::{
        checks::Checks,
        clock,
        db::{WriteTx, is_unique_violation},
        digest,
        errors::{Error, Result},
        ids, json, rng,
    },
};

/// Bits in a new list: the least that hides one learner among many
/// (Bitstring Status List 1.0, section 6.1).
const LIST_LENGTH: u32 = MINIMUM_LENGTH as u32;
/// A list takes no more once half of it is taken, so that a random free index
/// is found in about two tries.
const LIST_CAPACITY: i32 = (LIST_LENGTH / 2) as i32;
/// How often an issuance starts over when another one came first.
const ATTEMPTS: usize = 8;

/// What to issue.
#[derive(Debug, Clone)]
pub struct IssueRequest {
    /// The demonstration to attest.
    pub demonstration: Uuid,
    /// The client's name for this issuance: the same again gives the same credential.
    pub idempotency_key: String,
}

/// Issues the credential for a demonstration, or gives back the one that was
/// issued under the same idempotency key.
pub async fn issue_credential(op: &Op, request: &IssueRequest) -> Result<credential::Model> {
    let tenant = policy::permit_in_tenant(&op.actor, Action::Issue)?;
    let mut checks = Checks::default();
    checks.text(&request.idempotency_key, 200, "idempotencyKey");
    checks.done()?;
    let basis = Basis::load(op, tenant, request.demonstration).await?;
    for _ in 0..ATTEMPTS {
        if let Some(intended) = intend(op, request, &basis).await? {
            return complete(op, intended).await;
        }
    }
    Err(Error::internal("issuance kept colliding with others"))
}

/// Records the intent, or finds the one recorded before. `None` when another
/// issuance came first: look again.
async fn intend(
    op: &Op,
    request: &IssueRequest,
    basis: &Basis,
) -> Result<Option<credential::Model>> {
    let tenant = basis.provider.id;
    let asked = json!({"demonstration": request.demonstration});
    let request_digest = digest::sha256(&json::canonical(&asked)).to_vec();
    let tx = op.app.db.write_tx().await?;
    let key = &request.idempotency_key;
    if let Some(found) = store::by_idempotency_key(&*tx, tenant, key).await? {
        if found.request_digest == request_digest {
            return Ok(Some(found));
        }
        return Err(Error::invalid(
            "input.idempotencyKey",
            "IDEMPOTENCY_KEY_REUSED",
            "this key was used to issue for another demonstration: use a new key for each issuance",
        ));
    }
    bind_public_url(&*tx, op).await?;
    let Some(signing_key) = keys::hold_active(&*tx, tenant).await? else {
        return Ok(None);
    };
    let (list, index) = allocate(op, &tx, basis).await?;
    let id = ids::v4(op.app.rng.as_ref());
    let status = StatusEntry {
        list_url: list_url(&op.app.config.public_url, list.id),
        index: u64::from(index),
        purpose: basis.purpose(),
    };
    let did = did_with_keys(
        &op.app,
        &basis.provider.slug,
        &store::keys(&*tx, tenant).await?,
    )?;
    let claim = basis.claim(op, id, &did, status)?;
    let prepared = build(&claim).map_err(Error::internal).and_then(|c| {
        let kid = kid(&did, &signing_key)?;
        prepare(
            c,
            &kid,
            Mechanism::JwtOpenBadges,
            op.now,
            &op.app.config.contexts,
        )
        .map_err(Error::internal)
    })?;
    let row = credential::Model {
        id,
        provider_id: tenant,
        learner_id: basis.learner.id,
        demonstration_id: basis.demonstration.id,
        signing_key_id: signing_key.id,
        idempotency_key: key.clone(),
        request_digest,
        state: "INTENDED".to_owned(),
        status_list_id: list.id,
        status_index: i32::try_from(index).map_err(Error::internal)?,
        status_set: false,
        signing_input: prepared.signing_input().to_owned(),
        jwt: None,
        valid_from: clock::to_millis(claim.valid_from),
        valid_until: claim.valid_until.map(clock::to_millis),
        created_at: clock::to_millis(op.now),
    };
    match store::insert(&*tx, &row).await {
        Err(e) if is_unique_violation(&e) => return Ok(None),
        other => other?,
    }
    let change = Change {
        provider: Some(tenant),
        action: "credential.intend",
        target: id.to_string(),
        before: None,
        after: Some(json!({
            "demonstration": row.demonstration_id, "key": row.signing_key_id,
            "digest": digest::hex(&prepared.digest()), "list": list.id, "index": index,
        })),
    };
    audit::record(&*tx, op, change).await?;
    tx.commit().await?;
    Ok(Some(row))
}

fn kid(did: &str, key: &signing_key::Model) -> Result<String> {
    let public = super::providers::public_bytes(key)?;
    Ok(crate::credential::did::document::method_id(did, &public))
}

/// A random index that no credential ever had, in the provider's open list.
async fn allocate(op: &Op, tx: &WriteTx, basis: &Basis) -> Result<(status_list::Model, u32)> {
    let purpose = basis.purpose().as_str();
    let mut list = match store::open_list(&**tx, basis.provider.id, purpose).await? {
        Some(list) => list,
        None => {
            let list = status_list::Model {
                id: op.new_id(),
                provider_id: basis.provider.id,
                purpose: purpose.to_owned(),
                length: i32::try_from(LIST_LENGTH).map_err(Error::internal)?,
                allocated: 0,
                open: true,
                revision: 0,
                created_at: clock::to_millis(op.now),
            };
            store::insert_list(&**tx, &list).await?;
            list
        }
    };
    list.allocated += 1;
    list.open = list.allocated < LIST_CAPACITY;
    store::update_allocation(&**tx, &list).await?;
    loop {
        let index = rng::below(op.app.rng.as_ref(), LIST_LENGTH);
        let stored = i32::try_from(index).map_err(Error::internal)?;
        if store::is_free(&**tx, list.id, stored).await? {
            return Ok((list, index));
        }
    }
}

/// Signs what was recorded, and records the signature. Ed25519 gives the same
/// signature each time, so a retry after a crash completes the same credential.
async fn complete(op: &Op, row: credential::Model) -> Result<credential::Model> {
    if row.jwt.is_some() {
        return Ok(row);
    }
    let db = op.app.db.reader();
    let prepared = Prepared::from_recorded(row.signing_input.clone(), &op.app.config.contexts)
        .map_err(Error::internal)?;
    let Some(key) = store::signing_key(db, row.provider_id, row.signing_key_id).await? else {
        return Err(Error::internal("a credential without its key"));
    };
    let did = prepared.kid().split('#').next().unwrap_or_default();
    let jwt = signer(&op.app, db, did, &key)
        .await?
        .sign(&prepared)
        .map_err(Error::internal)?;
    let tx = op.app.db.write_tx().await?;
    let Some(row) = store::lock(&*tx, row.provider_id, row.id).await? else {
        return Err(Error::internal("a credential is gone"));
    };
    if row.jwt.is_some() {
        return Ok(row);
    }
    // One that was revoked before it was signed stays revoked.
    let state = match row.state.as_str() {
        "INTENDED" => "ISSUED",
        other => other,
    }
    .to_owned();
    store::record_jwt(&*tx, row.id, &state, &jwt).await?;
    let change = Change {
        provider: Some(row.provider_id),
        action: "credential.issue",
        target: row.id.to_string(),
        before: Some(json!({"state": row.state})),
        after: Some(json!({"state": state, "digest": digest::sha256_hex(jwt.as_bytes())})),
    };
    audit::record(&*tx, op, change).await?;
    tx.commit().await?;
    Ok(credential::Model {
        state,
        jwt: Some(jwt),
        ..row
    })
}
