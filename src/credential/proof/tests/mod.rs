//! Proofs as they are made, and as forgers alter them.

mod chains;
mod contexts;
mod properties;
mod refusals;
mod vectors;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::*;
use crate::credential::crypto::{Ed25519Signer, PublicKey};
use crate::credential::did::{did_key, document::method_id};
use crate::credential::rdf::Contexts;
use crate::kernel::json::{Json, Object};

pub(super) const SUITES: [Cryptosuite; 2] = [Cryptosuite::EddsaRdfc2022, Cryptosuite::EddsaJcs2022];

pub(super) fn now() -> Timestamp {
    "2026-06-01T12:00:00Z".parse().unwrap()
}

pub(super) fn signer(seed: u8) -> Ed25519Signer {
    Ed25519Signer::new(&[seed; 32])
}

pub(super) fn key(seed: u8) -> PublicKey {
    PublicKey::from_bytes(&signer(seed).public()).unwrap()
}

pub(super) fn method(seed: u8) -> String {
    let public = signer(seed).public();
    method_id(&did_key(&public), &public)
}

pub(super) fn document() -> Value {
    json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": "urn:uuid:0b5a2d4e-6d0f-4a2e-9d55-0f5c7f3c1a01",
        "type": ["VerifiableCredential"],
        "issuer": did_key(&signer(1).public()),
        "name": "Truing a wheel",
        "validFrom": "2026-06-01T00:00:00Z",
        "credentialSubject": {"id": "urn:uuid:0b5a2d4e-6d0f-4a2e-9d55-0f5c7f3c1a02", "name": "Ada"},
    })
}

pub(super) fn options(suite: Cryptosuite, seed: u8) -> ProofOptions {
    ProofOptions::assertion(suite, &method(seed), now())
}

pub(super) fn object(value: Value) -> Object {
    Json::from(value).as_object().unwrap().clone()
}

/// Adds a proof with these options to a document, signed by the key of this seed.
pub(super) fn add(document: Value, options: &ProofOptions, seed: u8) -> Value {
    let unsigned = options
        .add_to(object(document), &Contexts::pinned())
        .unwrap();
    let mut document = Value::from(Json::Object(unsigned.document));
    let proof = match &mut document["proof"] {
        Value::Array(items) => items.last_mut().unwrap(),
        one => one,
    };
    proof["proofValue"] = json!(value::encode(&signer(seed).sign(&unsigned.hash_data)));
    document
}

pub(super) fn signed(suite: Cryptosuite) -> Value {
    add(document(), &options(suite, 1), 1)
}

/// Verifies every proof, each under the key of the seed whose method it names.
pub(super) fn verify_all(document: &Value, expected: &Expected<'_>) -> Result<usize, ProofError> {
    let document = Json::from(document.clone());
    let set = ProofSet::read(&document)?;
    let mut count = 0;
    for proof in set.iter() {
        let named = |seed: &u8| proof.verification_method() == Some(&method(*seed));
        let seed = (1..=4).find(named).unwrap_or(1);
        set.verify(proof, &key(seed), expected, &Contexts::pinned())?;
        count += 1;
    }
    Ok(count)
}

pub(super) fn check(document: &Value) -> Result<usize, ProofError> {
    verify_all(document, &Expected::assertion(now()))
}

#[test]
fn what_is_made_holds_and_says_what_was_asked() {
    for suite in SUITES {
        let document = signed(suite);
        assert_eq!(check(&document), Ok(1));
        let proof = &document["proof"];
        assert_eq!(proof["type"], "DataIntegrityProof");
        assert_eq!(proof["cryptosuite"], suite.as_str());
        assert_eq!(proof["created"], "2026-06-01T12:00:00Z");
        assert_eq!(proof["proofPurpose"], "assertionMethod");
        assert_eq!(proof["verificationMethod"], method(1).as_str());
        assert_eq!(
            proof.get("@context"),
            (suite == Cryptosuite::EddsaJcs2022).then(|| &document["@context"])
        );
    }
}

#[test]
fn the_order_of_members_does_not_count() {
    for suite in SUITES {
        let Value::Object(members) = signed(suite) else {
            panic!("an object")
        };
        let turned: Object = members
            .into_iter()
            .rev()
            .map(|(name, value)| (name, Json::from(value)))
            .collect();
        let turned = Json::Object(turned);
        let set = ProofSet::read(&turned).unwrap();
        let proof = set.iter().next().unwrap();
        let expected = Expected::assertion(now());
        assert_eq!(
            set.verify(proof, &key(1), &expected, &Contexts::pinned()),
            Ok(())
        );
    }
}

#[test]
fn a_presentation_answers_its_challenge_for_its_domain() {
    for suite in SUITES {
        let made = ProofOptions {
            purpose: Purpose::Authentication,
            challenge: Some("7c1f".to_owned()),
            domain: vec!["https://jobs.example".to_owned()],
            expires: Some("2026-06-01T13:00:00Z".parse().unwrap()),
            ..options(suite, 1)
        };
        let presented = add(document(), &made, 1);
        let here = ["https://jobs.example".to_owned()];
        let expected = Expected {
            purpose: Purpose::Authentication,
            challenge: Some("7c1f"),
            domain: &here,
            now: now(),
        };
        assert_eq!(verify_all(&presented, &expected), Ok(1));
        let name = |expected: &Expected<'_>| verify_all(&presented, expected).unwrap_err().name();
        let other = ["https://other.example".to_owned()];
        let both = [here[0].clone(), other[0].clone()];
        assert_eq!(
            name(&Expected {
                domain: &other,
                ..expected
            }),
            "INVALID_DOMAIN_ERROR"
        );
        assert_eq!(
            name(&Expected {
                domain: &both,
                ..expected
            }),
            "INVALID_DOMAIN_ERROR"
        );
        assert_eq!(
            name(&Expected {
                challenge: Some("7c1e"),
                ..expected
            }),
            "INVALID_CHALLENGE_ERROR"
        );
        assert!(matches!(
            verify_all(&presented, &Expected::assertion(now())),
            Err(ProofError::Purpose { .. })
        ));
        let later = "2026-06-01T13:00:00Z".parse().unwrap();
        assert!(matches!(
            verify_all(
                &presented,
                &Expected {
                    now: later,
                    ..expected
                }
            ),
            Err(ProofError::Period {
                member: "expires",
                ..
            })
        ));
    }
}

#[test]
fn the_steps_between_are_told() {
    let document = Json::from(signed(Cryptosuite::EddsaJcs2022));
    let set = ProofSet::read(&document).unwrap();
    let steps = set
        .intermediate(set.iter().next().unwrap(), &Contexts::pinned())
        .unwrap();
    assert!(steps.canonical_document.starts_with("{\"@context\":["));
    assert!(!steps.canonical_document.contains("proof"));
    assert!(!steps.canonical_proof.contains("proofValue"));
    assert_eq!(
        crate::kernel::digest::hex(&steps.hash_data()),
        steps.proof_sha256() + &steps.document_sha256()
    );
}
