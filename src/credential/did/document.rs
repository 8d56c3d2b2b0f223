//! The documents an issuer publishes: `did.json` and `jwks.json`.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::multikey;
use crate::credential::build::set;

/// A key that an issuer signs with, or once signed with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedKey {
    /// The raw Ed25519 public key.
    pub public: [u8; 32],
    /// When the key was marked as being in other hands. It bounds nothing: what the key signed
    /// before that moment fails too. A key that was merely replaced has none: what it signed stays
    /// valid.
    pub compromised: Option<Timestamp>,
}

/// The id of a key's verification method: the issuer's DID, `#`, and the key's Multikey text.
#[must_use]
pub fn method_id(did: &str, public: &[u8; 32]) -> String {
    format!("{did}#{}", multikey(public))
}

/// The DID document of an issuer (DID Core 1.0; Multikey of Controlled Identifiers 1.0).
///
/// Every key that ever signed stays listed. `assertionMethod` names, as plain strings, those that
/// may be believed; a compromised key leaves it and carries `revoked`.
#[must_use]
pub fn did_document(did: &str, keys: &[PublishedKey]) -> Value {
    let methods: Vec<Value> = keys
        .iter()
        .map(|key| {
            let mut method = json!({
                "id": method_id(did, &key.public),
                "type": "Multikey",
                "controller": did,
                "publicKeyMultibase": multikey(&key.public),
            });
            if let Some(at) = key.compromised {
                set(&mut method, "revoked", json!(whole_seconds(at)));
            }
            method
        })
        .collect();
    let believed: Vec<String> = keys
        .iter()
        .filter(|key| key.compromised.is_none())
        .map(|key| method_id(did, &key.public))
        .collect();
    json!({
        "@context": [
            "https://www.w3.org/ns/did/v1",
            "https://w3id.org/security/multikey/v1",
        ],
        "id": did,
        "verificationMethod": methods,
        "assertionMethod": believed,
    })
}

/// The same keys as a JWK Set (RFC 7517; OKP keys of RFC 8037), `kid` being the verification
/// method's id. A JWK cannot say that it is compromised, so such keys are left out.
#[must_use]
pub fn jwks(did: &str, keys: &[PublishedKey]) -> Value {
    let keys: Vec<Value> = keys
        .iter()
        .filter(|key| key.compromised.is_none())
        .map(|key| {
            json!({
                "kty": "OKP",
                "crv": "Ed25519",
                "x": URL_SAFE_NO_PAD.encode(key.public),
                "kid": method_id(did, &key.public),
                "alg": "EdDSA",
                "use": "sig",
            })
        })
        .collect();
    json!({ "keys": keys })
}

/// A time as `YYYY-MM-DDThh:mm:ssZ`, its fraction of a second dropped.
#[must_use]
pub fn whole_seconds(at: Timestamp) -> String {
    format!("{at:.0}")
}
