//! Rows of the credential room.

mod credentials;
mod keys;
mod lists;

pub use credentials::{
    by_idempotency_key, credential, credentials, insert, insert_status_change, lock,
    record_secured, set_status, status_changes,
};
pub use keys::{active_key, data_key, insert_keys, keys, keys_of, signing_key};
pub use lists::{
    insert_list, is_free, list, lists, lock_issuances, open_list, set_bits, touch,
    update_allocation,
};
