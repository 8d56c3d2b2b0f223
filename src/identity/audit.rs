//! The audit log: every change of state leaves a record in the same
//! transaction, chained by hash per provider.

mod many;

use entity::{audit_head, audit_record};
use sea_orm::{
    ActiveModelTrait, ConnectionTrait, EntityTrait, QuerySelect, Set, sea_query::OnConflict,
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    app::Op,
    kernel::{clock, digest, errors::Result, ids, json},
};

pub use many::{Made, record_many};

/// The chain of what belongs to no provider.
pub const PLATFORM: &str = "platform";

/// What is recorded about a change.
#[derive(Debug)]
pub struct Change<'a> {
    /// The provider it happened in; `None` for the platform.
    pub provider: Option<Uuid>,
    /// What was done, as `noun.verb`.
    pub action: &'a str,
    /// The id of what it was done to.
    pub target: String,
    /// Its state before, if there was one.
    pub before: Option<Value>,
    /// Its state after, if there is one.
    pub after: Option<Value>,
}

/// Appends the record of `change` to its chain. Call it in the transaction
/// that makes the change: without a record, there is no change.
pub async fn record(tx: &impl ConnectionTrait, op: &Op, change: Change<'_>) -> Result<()> {
    let chain = change
        .provider
        .map_or_else(|| PLATFORM.to_owned(), |id| id.to_string());
    let head = lock_head(tx, &chain).await?;
    let state = |s: Option<Value>| s.map(|v| digest::sha256(&json::canonical(&v)).to_vec());
    let sequence = head.sequence + 1;
    let mut row = audit_record::Model {
        id: ids::v7(op.now, op.app.rng.as_ref()),
        chain: chain.clone(),
        sequence,
        at: clock::to_millis(op.now),
        actor: op.actor.to_string(),
        action: change.action.to_owned(),
        target: change.target,
        request_id: op.request_id.clone(),
        before_digest: state(change.before),
        after_digest: state(change.after),
        previous_hash: head.hash,
        hash: Vec::new(),
    };
    row.hash = hash(&row).to_vec();
    audit_head::ActiveModel {
        chain: Set(chain),
        sequence: Set(sequence),
        hash: Set(row.hash.clone()),
    }
    .update(tx)
    .await?;
    // Without reading it back: a tenant writes in the platform's chain what it may not read there.
    audit_record::Entity::insert(audit_record::ActiveModel::from(row))
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Waits for every other change of the platform's chain, and keeps them waiting until the
/// transaction ends. Taken before the first look at what is to be changed, it puts whole
/// operations in a row, on however many replicas.
pub async fn lock_platform(tx: &impl ConnectionTrait) -> Result<()> {
    lock_head(tx, PLATFORM).await?;
    Ok(())
}

/// The same for a provider's chain.
pub async fn lock_provider(tx: &impl ConnectionTrait, provider: Uuid) -> Result<()> {
    lock_head(tx, &provider.to_string()).await?;
    Ok(())
}

/// The chain's head, locked until the transaction ends, so that two replicas
/// never give out one place twice.
async fn lock_head(tx: &impl ConnectionTrait, chain: &str) -> Result<audit_head::Model> {
    let find = || {
        audit_head::Entity::find_by_id(chain.to_owned())
            .lock_exclusive()
            .one(tx)
    };
    if let Some(head) = find().await? {
        return Ok(head);
    }
    let start = audit_head::Model {
        chain: chain.to_owned(),
        sequence: 0,
        hash: vec![0; 32],
    };
    audit_head::Entity::insert(audit_head::ActiveModel::from(start.clone()))
        .on_conflict(
            OnConflict::column(audit_head::Column::Chain)
                .do_nothing()
                .to_owned(),
        )
        .exec_without_returning(tx)
        .await?;
    Ok(find().await?.unwrap_or(start))
}

/// SHA-256 over the record's members, without its own hash, in RFC 8785 form.
#[must_use]
pub fn hash(row: &audit_record::Model) -> [u8; 32] {
    let state = |d: &Option<Vec<u8>>| d.as_ref().map(|d| digest::hex(d));
    let members = json!({
        "chain": row.chain,
        "sequence": row.sequence,
        "at": row.at,
        "actor": row.actor,
        "action": row.action,
        "target": row.target,
        "requestId": row.request_id,
        "before": state(&row.before_digest),
        "after": state(&row.after_digest),
        "previous": digest::hex(&row.previous_hash),
    });
    digest::sha256(&json::canonical(&members))
}
