//! Another master key.

use entity::data_key;
use uuid::Uuid;

use crate::{
    app::Op,
    credential::{
        custody::MasterKey,
        ops::installation::{rebind_master_key, require_bound_custody},
        store,
    },
    identity::policy,
    kernel::errors::{Error, Result},
};

/// Wraps every provider's data key anew, under another master key, and binds the installation to
/// it: all in one transaction, so that either key opens everything or nothing. How many there were.
///
/// What other processes have in memory is the old key: they are to be started anew.
///
/// # Errors
/// When `old` is not the key that the installation is bound to, or `new` is the same; when a data
/// key is damaged.
pub async fn rewrap(op: &Op, old: &MasterKey, new: &MasterKey) -> Result<usize> {
    policy::permit_operator(&op.actor)?;
    if old.id() == new.id() {
        return Err(Error::invalid(
            "new-master-key-file",
            "SAME_MASTER_KEY",
            "it holds the master key that is in use: give another, or the name of a file that is to be made",
        ));
    }
    let tx = op.write_tx().await?;
    require_bound_custody(&tx, op).await?;
    let rows = store::lock_data_keys(&*tx).await?;
    let count = rows.len();
    for row in rows {
        let wrapped = rewrap_one(op, old, new, row.provider_id, &row.wrapped)?;
        let row = data_key::Model {
            wrapped,
            master_key_id: new.id(),
            ..row
        };
        store::update_data_key(&*tx, row).await?;
    }
    rebind_master_key(&tx, op, &old.id(), &new.id()).await?;
    tx.commit().await?;
    Ok(count)
}

fn rewrap_one(
    op: &Op,
    old: &MasterKey,
    new: &MasterKey,
    provider: Uuid,
    wrapped: &[u8],
) -> Result<Vec<u8>> {
    let data = old.unwrap(provider, wrapped);
    let data = data.map_err(|e| Error::internal(format!("provider {provider}: {e}")))?;
    new.wrap(provider, &data, op.random())
        .map_err(Error::internal)
}
