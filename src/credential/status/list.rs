//! The list as a credential of its own.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::{BitsError, Purpose, bits};
use crate::credential::CREDENTIALS_CONTEXT;
use crate::credential::did::document::whole_seconds;

/// A status list to be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusList {
    /// The list's URL, which is also the credential's id.
    pub url: String,
    /// The issuer's DID: the same as that of the credentials in the list.
    pub issuer: String,
    /// What a set bit means.
    pub purpose: Purpose,
    /// How many entries the list has: at least [`super::MINIMUM_LENGTH`].
    pub length: u64,
    /// The indexes that are set.
    pub set: Vec<u64>,
    /// When this state of the list was written.
    pub valid_from: Timestamp,
    /// Until when it may be relied on.
    pub valid_until: Timestamp,
    /// How long a reader may keep it, in milliseconds.
    pub ttl_ms: u64,
}

impl StatusList {
    /// The `BitstringStatusListCredential` (Bitstring Status List 1.0, section 2.2), to be
    /// prepared and signed.
    ///
    /// # Errors
    /// When the length is not allowed or an index lies outside it.
    pub fn credential(&self) -> Result<Value, BitsError> {
        Ok(json!({
            "@context": [CREDENTIALS_CONTEXT],
            "id": self.url,
            "type": ["VerifiableCredential", "BitstringStatusListCredential"],
            "issuer": self.issuer,
            "validFrom": whole_seconds(self.valid_from),
            "validUntil": whole_seconds(self.valid_until),
            "credentialSubject": {
                "id": format!("{}#list", self.url),
                "type": "BitstringStatusList",
                "statusPurpose": self.purpose.as_str(),
                "ttl": self.ttl_ms,
                "encodedList": bits::encode(&self.set, self.length)?,
            },
        }))
    }
}
