//! The one way to a signature: prepare, record the intent, sign, record the result. In that
//! order, so that whatever was ever signed is known and can be revoked.

use entity::{credential, provider, signing_key};
use jiff::Timestamp;
use serde_json::json;
use uuid::Uuid;

use super::{
    allocate::allocate,
    announce::announce,
    installation::bind_public_url,
    issuer::{did_with_keys, signer},
    keys,
    lists::list_url,
    standing,
};
use crate::{
    app::Op,
    credential::{
        build::claim::StatusEntry, did::document::method_id, mechanism::Mechanism,
        prepare::Prepared, status::Purpose, store,
    },
    events::model::EventKind,
    identity::{
        audit::{self, Change},
        store as people,
    },
    kernel::{
        checks::Checks,
        clock,
        db::is_unique_violation,
        digest,
        errors::{Error, Result},
        ids,
    },
};

/// How often an issuance starts over when another one came first.
const ATTEMPTS: usize = 8;

/// A credential to issue, whatever it says.
pub(super) struct Order {
    /// The issuer.
    pub(super) provider: provider::Model,
    /// The client's name for this issuance: the same again gives the same credential.
    pub(super) idempotency_key: String,
    /// SHA-256 of everything that was asked for under that name.
    pub(super) request_digest: [u8; 32],
    /// How it will be secured.
    pub(super) mechanism: Mechanism,
    /// What a set status bit will mean.
    pub(super) purpose: Purpose,
    /// The learner it is about, where it is about one.
    pub(super) learner: Option<Uuid>,
    /// The demonstration that it attests, where it rests on one.
    pub(super) demonstration: Option<Uuid>,
}

/// The place of a credential that is about to be written.
pub(super) struct Place {
    /// Its row's id, random.
    pub(super) id: Uuid,
    /// Who issues it.
    pub(super) did: String,
    /// Where its status bit is.
    pub(super) status: StatusEntry,
    /// The verification method that will secure it.
    pub(super) kid: String,
}

/// A credential, ready to be signed.
pub(super) struct Draft {
    /// The exact characters to sign.
    pub(super) prepared: Prepared,
    /// Its `id`.
    pub(super) document_id: String,
    /// From when it holds.
    pub(super) valid_from: Timestamp,
    /// Until when it holds, if it ends.
    pub(super) valid_until: Option<Timestamp>,
}

impl Order {
    /// Issues what `write` makes of its place, or gives back what was issued under the same
    /// idempotency key before.
    pub(super) async fn issue(
        &self,
        op: &Op,
        write: impl Fn(&Place) -> Result<Draft>,
    ) -> Result<credential::Model> {
        let mut checks = Checks::default();
        checks.text(&self.idempotency_key, 200, "idempotencyKey");
        checks.done()?;
        for _ in 0..ATTEMPTS {
            if let Some(intended) = self.intend(op, &write).await? {
                return complete(op, intended).await;
            }
        }
        Err(Error::internal("issuance kept colliding with others"))
    }

    /// Records the intent, or finds the one recorded before. `None` when another
    /// issuance came first: look again.
    async fn intend(
        &self,
        op: &Op,
        write: impl Fn(&Place) -> Result<Draft>,
    ) -> Result<Option<credential::Model>> {
        let tenant = self.provider.id;
        let tx = op.write_tx().await?;
        let key = &self.idempotency_key;
        if let Some(found) = store::by_idempotency_key(&*tx, tenant, key).await? {
            return self.same(found).map(Some);
        }
        if let Some(demonstration) = self.demonstration {
            standing::require(&*tx, op, tenant, demonstration).await?;
        }
        if let Some(learner) = self.learner {
            // After the assessment, as whoever erases them does, and before any list.
            let held = people::hold_learner(&*tx, tenant, learner).await?;
            let held = held.ok_or_else(|| Error::NotFound("this learner".to_owned()))?;
            people::refuse_erased(&held, "input.demonstrationId")?;
        }
        bind_public_url(&*tx, op).await?;
        let Some(signing_key) = keys::hold_active(&*tx, tenant).await? else {
            return Ok(None);
        };
        let (list, index) = allocate(op, &tx, tenant, self.purpose).await?;
        let keys = store::keys(&*tx, tenant).await?;
        let did = did_with_keys(&op.app, &self.provider.slug, &keys)?;
        let place = Place {
            id: ids::v4(op.app.rng.as_ref()),
            kid: kid(&did, &signing_key)?,
            did,
            status: StatusEntry {
                list_url: list_url(&op.app.config.public_url, list.id),
                index: u64::from(index),
                purpose: self.purpose,
            },
        };
        let draft = write(&place)?;
        let row = credential::Model {
            id: place.id,
            provider_id: tenant,
            learner_id: self.learner,
            demonstration_id: self.demonstration,
            document_id: draft.document_id,
            mechanism: self.mechanism.as_str().to_owned(),
            signing_key_id: signing_key.id,
            idempotency_key: key.clone(),
            request_digest: self.request_digest.to_vec(),
            state: "INTENDED".to_owned(),
            status_list_id: list.id,
            status_index: i32::try_from(index).map_err(Error::internal)?,
            status_set: false,
            signing_input: draft.prepared.signing_input().to_owned(),
            secured: None,
            secured_digest: None,
            valid_from: clock::to_millis(draft.valid_from),
            valid_until: draft.valid_until.map(clock::to_millis),
            created_at: clock::to_millis(op.now),
        };
        match store::insert(&*tx, &row).await {
            Err(e) if is_unique_violation(&e) => return Ok(None),
            other => other?,
        }
        let change = Change {
            provider: Some(tenant),
            action: "credential.intend",
            target: row.id.to_string(),
            before: None,
            after: Some(json!({
                "demonstration": row.demonstration_id, "document": row.document_id,
                "mechanism": row.mechanism, "key": row.signing_key_id,
                "digest": digest::hex(&draft.prepared.digest()), "list": list.id, "index": index,
            })),
        };
        audit::record(&*tx, op, change).await?;
        tx.commit().await?;
        Ok(Some(row))
    }

    /// What was recorded under this key, if it is what is asked for now.
    fn same(&self, found: credential::Model) -> Result<credential::Model> {
        if found.request_digest == self.request_digest {
            return Ok(found);
        }
        Err(Error::invalid(
            "input.idempotencyKey",
            "IDEMPOTENCY_KEY_REUSED",
            "this key was used to issue something else, or in another form: use a new key for each issuance",
        ))
    }
}

fn kid(did: &str, key: &signing_key::Model) -> Result<String> {
    let public = super::providers::public_bytes(key)?;
    Ok(method_id(did, &public))
}

/// Signs what was recorded, and records the signature. Ed25519 gives the same
/// signature each time, so a retry after a crash completes the same credential.
async fn complete(op: &Op, row: credential::Model) -> Result<credential::Model> {
    if row.secured.is_some() {
        return Ok(row);
    }
    let db = op.read().await?;
    let prepared = Prepared::from_recorded(row.signing_input.clone(), &op.app.config.contexts)
        .map_err(Error::internal)?;
    let Some(key) = store::signing_key(&db, row.provider_id, row.signing_key_id).await? else {
        return Err(Error::internal("a credential without its key"));
    };
    let did = prepared.kid().split('#').next().unwrap_or_default();
    let secured = signer(&op.app, &db, did, &key)
        .await?
        .sign(&prepared)
        .map_err(Error::internal)?;
    drop(db);
    let tx = op.write_tx().await?;
    let Some(row) = store::lock(&*tx, row.provider_id, row.id).await? else {
        return Err(Error::internal("a credential is gone"));
    };
    if row.secured.is_some() {
        return Ok(row);
    }
    // Its learner was erased meanwhile: the signature is not kept, and not given out.
    if row.state == "WITHDRAWN" {
        return Err(Error::NotFound("this credential".to_owned()));
    }
    // One that was revoked before it was signed stays revoked.
    let state = match row.state.as_str() {
        "INTENDED" => "ISSUED",
        other => other,
    }
    .to_owned();
    store::record_secured(&*tx, row.id, &state, &secured).await?;
    let change = Change {
        provider: Some(row.provider_id),
        action: "credential.issue",
        target: row.id.to_string(),
        before: Some(json!({"state": row.state})),
        after: Some(json!({"state": state, "digest": digest::sha256_hex(secured.as_bytes())})),
    };
    audit::record(&*tx, op, change).await?;
    announce(&*tx, op, &row, EventKind::CredentialIssued).await?;
    tx.commit().await?;
    Ok(credential::Model {
        state,
        secured: Some(secured),
        ..row
    })
}
