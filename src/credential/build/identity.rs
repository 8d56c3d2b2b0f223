//! The learner's e-mail address, told only as a salted hash.

use serde_json::{Value, json};

use super::claim::EmailIdentity;
use crate::kernel::digest::sha256_hex;

/// The Open Badges 3.0 `IdentityHash` of an e-mail address: `sha256$` and the hexadecimal SHA-256
/// of the UTF-8 address followed by the salt. The address is trimmed and lower-cased first, so
/// that a reader who does the same to what a learner types finds it again.
#[must_use]
pub fn email_hash(email: &str, salt: &str) -> String {
    let text = format!("{}{salt}", email.trim().to_lowercase());
    format!("sha256${}", sha256_hex(text.as_bytes()))
}

pub(super) fn identity_object(identity: &EmailIdentity) -> Value {
    json!({
        "type": "IdentityObject",
        "hashed": true,
        "identityHash": email_hash(&identity.email, &identity.salt),
        "identityType": "emailAddress",
        "salt": identity.salt,
    })
}
