//! The same credential, prepared for another key.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;

use super::did::document::whole_seconds;
use super::prepare::{PrepareError, Prepared};
use super::rdf::Contexts;
use crate::kernel::json::{Json, Object, ParseOptions, parse};

/// Prepares what was recorded to be signed by the key `kid` instead: every claim stays as it is,
/// to the byte. Only the header names another key, or the proof that was to be signed does, with
/// the moment `created` at which that key signs.
///
/// # Errors
/// When the recorded text is not of the form that [`super::prepare::prepare`] makes.
pub fn rekey(
    recorded: &str,
    kid: &str,
    created: Timestamp,
    contexts: &Contexts,
) -> Result<Prepared, PrepareError> {
    let text = if recorded.starts_with('{') {
        rekey_proof(recorded, kid, created)
    } else {
        rekey_header(recorded, kid)
    };
    let refuse = |why: &str| PrepareError::Recorded(why.to_owned());
    Prepared::from_recorded(text.map_err(refuse)?, contexts)
}

fn rekey_header(recorded: &str, kid: &str) -> Result<String, &'static str> {
    let (header, payload) = recorded.split_once('.').ok_or("it has no dot")?;
    let header = URL_SAFE_NO_PAD.decode(header);
    let header = header.map_err(|_| "its header is not base64url")?;
    let mut header = object(&header)?;
    if header.get("kid").and_then(Json::as_str).is_none() {
        return Err("its header has no kid");
    }
    header.insert("kid", kid);
    let header = URL_SAFE_NO_PAD.encode(header.canonical());
    Ok(format!("{header}.{payload}"))
}

/// Its last proof is the one that was to be signed: others were there before.
fn rekey_proof(recorded: &str, kid: &str, created: Timestamp) -> Result<String, &'static str> {
    let mut document = object(recorded.as_bytes())?;
    let mut proof = document.remove("proof").ok_or("it has no proof")?;
    let open = match &mut proof {
        Json::Array(proofs) => proofs.last_mut(),
        one => Some(one),
    };
    let Some(Json::Object(open)) = open else {
        return Err("its proof is no object");
    };
    open.insert("created", whole_seconds(created));
    open.insert("verificationMethod", kid);
    document.insert("proof", proof);
    Ok(document.to_text())
}

fn object(bytes: &[u8]) -> Result<Object, &'static str> {
    match parse(bytes, &ParseOptions::default()) {
        Ok(Json::Object(object)) => Ok(object),
        _ => Err("it is not a JSON object"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credential::custody::Seed;
    use crate::credential::mechanism::Mechanism;
    use crate::credential::prepare::prepare;
    use crate::credential::sign::IssuerSigner;
    use serde_json::json;

    const DID: &str = "did:web:skills.example:issuers:riverside";

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn only_the_key_changes_by_every_mechanism() {
        let contexts = Contexts::pinned();
        let signer = |seed| IssuerSigner::new(DID, &Seed::from_bytes([seed; 32]));
        let (old, new) = (signer(1), signer(2));
        let document = json!({
            "@context": ["https://www.w3.org/ns/credentials/v2"],
            "id": "urn:uuid:5f3a0c1e-95f8-4a43-9a6b-0c6f9d7f5b11",
            "type": ["VerifiableCredential"],
            "issuer": {"id": DID},
            "validFrom": "2026-03-01T09:30:00Z",
            "credentialSubject": {"id": "urn:uuid:5f3a0c1e-95f8-4a43-9a6b-0c6f9d7f5b12"},
        });
        let (then, now) = (at("2026-03-01T09:30:00Z"), at("2026-05-01T00:00:00.5Z"));
        for mechanism in Mechanism::ALL {
            let made = |kid: &str, created| {
                prepare(document.clone(), kid, mechanism, created, &contexts).unwrap()
            };
            let recorded = made(old.kid(), then);
            let moved = rekey(recorded.signing_input(), new.kid(), now, &contexts).unwrap();
            assert_eq!(moved, made(new.kid(), now), "{mechanism:?}");
            assert!(new.sign(&moved).is_ok() && old.sign(&moved).is_err());
        }
    }

    #[test]
    fn what_was_never_prepared_is_refused() {
        let encoded = |header: &str| URL_SAFE_NO_PAD.encode(header);
        for bad in [
            String::new(),
            "a".to_owned(),
            "a.b".to_owned(),
            "{}".to_owned(),
            "{\"proof\":1}".to_owned(),
            "{\"proof\":[]}".to_owned(),
            "{\"proof\":{\"created\":1}}".to_owned(),
            format!("{}.e30", encoded("{}")),
            format!("{}.e30", encoded("{\"kid\":1}")),
            format!("{}.", encoded("{\"kid\":\"a\"}")),
            format!("{}.!", encoded("{\"kid\":\"a\"}")),
        ] {
            let refused = rekey(
                &bad,
                "did:web:x#k",
                at("2026-05-01T00:00:00Z"),
                &Contexts::pinned(),
            );
            assert!(refused.is_err(), "{bad}");
        }
    }
}
