//! Where new credentials take their place: the provider's open status list, and an index in it.

use entity::status_list;
use uuid::Uuid;

use crate::{
    app::Op,
    credential::{
        status::{MINIMUM_LENGTH, Purpose, fill::Fill},
        store,
    },
    kernel::{
        clock,
        db::WriteTx,
        errors::{Error, Result},
        rng,
    },
};

/// Bits in a new list: the least that hides one learner among many
/// (Bitstring Status List 1.0, section 6.1).
const LIST_LENGTH: u32 = MINIMUM_LENGTH as u32;

/// A random index that no credential ever had, in the provider's open list for `purpose`.
///
/// The provider's issuances take their places one after another, so that each sees the list that
/// the one before left: nobody takes a place in a full one, and nobody opens a second one.
pub(super) async fn allocate(
    op: &Op,
    tx: &WriteTx,
    provider: Uuid,
    purpose: Purpose,
) -> Result<(status_list::Model, u32)> {
    store::lock_issuances(&**tx, provider).await?;
    let mut list = match store::open_list(&**tx, provider, purpose.as_str()).await? {
        Some(list) => list,
        None => open(op, tx, provider, purpose).await?,
    };
    let capacity = op.app.config.status_list_capacity;
    let fill = capacity.map_or_else(Fill::default, Fill::of_capacity);
    let allocated = u32::try_from(list.allocated).map_err(Error::internal)?;
    let after = fill.after_one_more(allocated);
    list.allocated = i32::try_from(after.allocated).map_err(Error::internal)?;
    list.open = after.open;
    store::update_allocation(&**tx, &list).await?;
    let length = u32::try_from(list.length).map_err(Error::internal)?;
    loop {
        let index = rng::below(op.app.rng.as_ref(), length);
        let stored = i32::try_from(index).map_err(Error::internal)?;
        if store::is_free(&**tx, list.id, stored).await? {
            return Ok((list, index));
        }
    }
}

async fn open(
    op: &Op,
    tx: &WriteTx,
    provider: Uuid,
    purpose: Purpose,
) -> Result<status_list::Model> {
    let list = status_list::Model {
        id: op.new_id(),
        provider_id: provider,
        purpose: purpose.as_str().to_owned(),
        length: i32::try_from(LIST_LENGTH).map_err(Error::internal)?,
        allocated: 0,
        open: true,
        revision: 0,
        created_at: clock::to_millis(op.now),
    };
    store::insert_list(&**tx, &list).await?;
    Ok(list)
}
