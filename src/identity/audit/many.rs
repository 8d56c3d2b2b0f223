//! Records of many changes at once.

use entity::{audit_head, audit_record};
use sea_orm::{ActiveModelTrait, ConnectionTrait, EntityTrait};
use serde_json::Value;
use uuid::Uuid;

use super::{hash, lock_head};
use crate::{
    app::Op,
    kernel::{clock, db::INSERT_CHUNK, digest, errors::Result, json},
};

/// The first state of something that was made, digested, so that many take little memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// What was done, as `noun.verb`.
    pub action: &'static str,
    /// The id of what was made.
    pub target: Uuid,
    /// SHA-256 of its state.
    after: [u8; 32],
}

impl Made {
    /// Something that was made in this state.
    #[must_use]
    pub fn new(action: &'static str, target: Uuid, state: &Value) -> Self {
        Self {
            action,
            target,
            after: digest::sha256(&json::canonical(state)),
        }
    }
}

/// Appends the records of many things that were made in `provider`, in their order, as
/// [`record`](super::record) does for each.
pub async fn record_many(
    tx: &impl ConnectionTrait,
    op: &Op,
    provider: Uuid,
    made: &[Made],
) -> Result<()> {
    if made.is_empty() {
        return Ok(());
    }
    let chain = provider.to_string();
    let mut head = lock_head(tx, &chain).await?;
    let actor = op.actor.to_string();
    for part in made.chunks(INSERT_CHUNK) {
        let mut rows = Vec::with_capacity(part.len());
        for (id, made) in op.new_ids(part.len()).into_iter().zip(part) {
            head.sequence += 1;
            let mut row = audit_record::Model {
                id,
                chain: chain.clone(),
                sequence: head.sequence,
                at: clock::to_millis(op.now),
                actor: actor.clone(),
                action: made.action.to_owned(),
                target: made.target.to_string(),
                request_id: op.request_id.clone(),
                before_digest: None,
                after_digest: Some(made.after.to_vec()),
                previous_hash: std::mem::take(&mut head.hash),
                hash: Vec::new(),
            };
            row.hash = hash(&row).to_vec();
            head.hash.clone_from(&row.hash);
            rows.push(audit_record::ActiveModel::from(row));
        }
        audit_record::Entity::insert_many(rows)
            .exec_without_returning(tx)
            .await?;
    }
    audit_head::ActiveModel::from(head)
        .reset_all()
        .update(tx)
        .await?;
    Ok(())
}
