//! Rows of the credential room.

mod credentials;
mod keys;
mod lists;
mod reissues;

pub use credentials::{
    by_idempotency_key, credential, credentials, insert, insert_status_change, lock,
    record_secured, set_status, status_changes,
};
pub use keys::{
    active_key, compromised, data_key, hold_active_key, insert_key, insert_keys, keys, keys_of,
    keys_page, lock_data_key, lock_data_keys, signing_key, update_data_key, update_key_state,
};
pub use lists::{
    insert_list, is_free, list, lists, lock_issuances, open_list, set_bits, touch, touch_all,
    update_allocation, withdrawn_bits,
};
pub use reissues::{
    count_signed_by, insert_reissue, lock_signed_by, record_reissued, reissues, turn_reissue,
};
