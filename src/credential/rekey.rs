//! The same credential, prepared for another key.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;

use super::prepare::{PrepareError, Prepared};

/// Prepares what was recorded to be signed by the key `kid` instead: every claim stays as it is,
/// to the byte, and only the header names another key.
///
/// # Errors
/// When the recorded text is not of the form that [`super::prepare::prepare`] makes.
pub fn rekey(recorded: &str, kid: &str) -> Result<Prepared, PrepareError> {
    let refuse = PrepareError::Recorded;
    let (header, payload) = recorded.split_once('.').ok_or(refuse("it has no dot"))?;
    let header = URL_SAFE_NO_PAD.decode(header).ok();
    let header = header.and_then(|bytes| serde_json::from_slice::<Value>(&bytes).ok());
    let mut header = header.ok_or(refuse("its header is not JSON in base64url"))?;
    let named = header.get_mut("kid").filter(|kid| kid.is_string());
    *named.ok_or(refuse("its header has no kid"))? = Value::from(kid);
    header.sort_all_objects();
    let header = URL_SAFE_NO_PAD.encode(header.to_string());
    Prepared::from_recorded(format!("{header}.{payload}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credential::custody::Seed;
    use crate::credential::prepare::{Convention, prepare};
    use crate::credential::sign::IssuerSigner;
    use serde_json::json;

    const DID: &str = "did:web:skills.example:issuers:riverside";

    #[test]
    fn only_the_key_changes() {
        let signer = |seed| IssuerSigner::new(DID, &Seed::from_bytes([seed; 32]));
        let (old, new) = (signer(1), signer(2));
        let document = json!({"id": "urn:uuid:5f3a0c1e-95f8-4a43-9a6b-0c6f9d7f5b11", "name": "a"});
        for kid in [new.kid(), old.kid()] {
            let recorded = prepare(document.clone(), old.kid(), Convention::VcJose).unwrap();
            let asked = prepare(document.clone(), kid, Convention::VcJose).unwrap();
            assert_eq!(rekey(recorded.signing_input(), kid).unwrap(), asked);
        }
        let recorded = prepare(document, old.kid(), Convention::VcJose).unwrap();
        let moved = rekey(recorded.signing_input(), new.kid()).unwrap();
        assert!(new.sign(&moved).is_ok());
        assert!(old.sign(&moved).is_err());
    }

    #[test]
    fn what_was_never_prepared_is_refused() {
        let encoded = |header: &str| URL_SAFE_NO_PAD.encode(header);
        for bad in [
            String::new(),
            "a".to_owned(),
            "a.b".to_owned(),
            format!("{}.e30", encoded("{}")),
            format!("{}.e30", encoded("{\"kid\":1}")),
            format!("{}.", encoded("{\"kid\":\"a\"}")),
            format!("{}.!", encoded("{\"kid\":\"a\"}")),
        ] {
            assert!(rekey(&bad, "did:web:x#k").is_err(), "{bad}");
        }
    }
}
