//! What must not pass.

use super::*;

pub(super) fn refused(document: &Value) -> ProofError {
    match check(document) {
        Ok(_) => panic!("accepted: {document}"),
        Err(error) => error,
    }
}

#[test]
fn a_document_without_a_proof() {
    for proof in [json!(null), json!([])] {
        let mut document = document();
        assert_eq!(refused(&document), ProofError::Absent);
        document["proof"] = proof;
        assert_eq!(refused(&document), ProofError::Absent);
    }
    for proof in [json!("z"), json!([[]]), json!([null]), json!(7)] {
        let mut document = document();
        document["proof"] = proof;
        let error = refused(&document);
        assert!(matches!(error, ProofError::NotAnObject { .. }), "{error}");
        assert_eq!(error.name(), "PARSING_ERROR");
    }
    assert!(ProofSet::read(&Json::from("text")).is_err());
}

#[test]
fn altered_added_and_removed_claims() {
    for suite in SUITES {
        let good = signed(suite);
        let broken = |alter: &dyn Fn(&mut Value)| {
            let mut document = good.clone();
            alter(&mut document);
            let error = refused(&document);
            assert!(matches!(error, ProofError::Signature { .. }), "{error}");
        };
        broken(&|d| d["name"] = json!("Building a wheel"));
        broken(&|d| d["credentialSubject"]["name"] = json!("Eve"));
        broken(&|d| d["description"] = json!("With distinction"));
        broken(&|d| drop(d.as_object_mut().unwrap().remove("name")));
        broken(&|d| d["proof"]["created"] = json!("2026-06-01T11:00:00Z"));
        broken(&|d| d["proof"]["expires"] = json!("2027-06-01T12:00:00Z"));
        broken(&|d| d["proof"]["challenge"] = json!("7c1f"));
        broken(&|d| d["proof"]["verificationMethod"] = json!(method(2)));
    }
}

#[test]
fn a_swapped_cryptosuite() {
    for (suite, other) in [(SUITES[0], SUITES[1]), (SUITES[1], SUITES[0])] {
        let mut document = signed(suite);
        document["proof"]["cryptosuite"] = json!(other.as_str());
        assert!(matches!(refused(&document), ProofError::Signature { .. }));
    }
}

/// The expected error of one proof member set to a value.
#[test]
fn members_that_a_proof_cannot_have() {
    let cases: &[(&str, Value, &str, &str)] = &[
        (
            "type",
            json!("Ed25519Signature2020"),
            "Ed25519Signature2020",
            "PROOF_TRANSFORMATION_ERROR",
        ),
        (
            "type",
            json!(["DataIntegrityProof"]),
            "/proof/type",
            "PROOF_VERIFICATION_ERROR",
        ),
        (
            "cryptosuite",
            json!("eddsa-2022"),
            "eddsa-2022",
            "PROOF_TRANSFORMATION_ERROR",
        ),
        (
            "cryptosuite",
            json!("EDDSA-RDFC-2022"),
            "EDDSA",
            "PROOF_TRANSFORMATION_ERROR",
        ),
        (
            "cryptosuite",
            json!(null),
            "/proof/cryptosuite",
            "PROOF_VERIFICATION_ERROR",
        ),
        (
            "proofPurpose",
            json!("authentication"),
            "authentication",
            "PROOF_VERIFICATION_ERROR",
        ),
        (
            "proofPurpose",
            json!("https://w3id.org/security#assertionMethod"),
            "not for assertionMethod",
            "PROOF_VERIFICATION_ERROR",
        ),
        (
            "proofPurpose",
            json!(["assertionMethod"]),
            "/proof/proofPurpose",
            "PROOF_VERIFICATION_ERROR",
        ),
        (
            "verificationMethod",
            json!("key-1"),
            "URL",
            "PROOF_VERIFICATION_ERROR",
        ),
        (
            "verificationMethod",
            json!({"id": "did:key:z6Mk"}),
            "text",
            "PROOF_VERIFICATION_ERROR",
        ),
        (
            "created",
            json!("yesterday"),
            "/proof/created",
            "PROOF_VERIFICATION_ERROR",
        ),
        (
            "created",
            json!("2026-06-01T12:00:00"),
            "time zone",
            "PROOF_VERIFICATION_ERROR",
        ),
        (
            "created",
            json!("2026-06-01"),
            "time zone",
            "PROOF_VERIFICATION_ERROR",
        ),
        (
            "created",
            json!(1_780_315_200),
            "text",
            "PROOF_VERIFICATION_ERROR",
        ),
        (
            "created",
            json!("2026-06-01T12:01:01Z"),
            "still to come",
            "PROOF_VERIFICATION_ERROR",
        ),
        (
            "expires",
            json!("2026-13-01T00:00:00Z"),
            "/proof/expires",
            "PROOF_VERIFICATION_ERROR",
        ),
        (
            "expires",
            json!("2026-06-01T12:00:00Z"),
            "before it was made",
            "PROOF_VERIFICATION_ERROR",
        ),
        ("expires", json!(null), "text", "PROOF_VERIFICATION_ERROR"),
        ("id", json!("first"), "URL", "PROOF_VERIFICATION_ERROR"),
        ("id", json!(null), "text", "PROOF_VERIFICATION_ERROR"),
        ("challenge", json!(7), "text", "PROOF_VERIFICATION_ERROR"),
        ("nonce", json!({}), "text", "PROOF_VERIFICATION_ERROR"),
        (
            "domain",
            json!([7]),
            "list of texts",
            "PROOF_VERIFICATION_ERROR",
        ),
        (
            "previousProof",
            json!({}),
            "list of texts",
            "PROOF_VERIFICATION_ERROR",
        ),
        (
            "previousProof",
            json!("urn:proof:none"),
            "urn:proof:none",
            "PROOF_VERIFICATION_ERROR",
        ),
        (
            "proofValue",
            json!("u2Sg"),
            "beginning with z",
            "PROOF_VERIFICATION_ERROR",
        ),
        (
            "proofValue",
            json!("z0"),
            "base58btc",
            "PROOF_VERIFICATION_ERROR",
        ),
        (
            "proofValue",
            json!(null),
            "text",
            "PROOF_VERIFICATION_ERROR",
        ),
    ];
    for suite in SUITES {
        for (member, value, said, name) in cases {
            let mut document = signed(suite);
            document["proof"][member] = value.clone();
            let error = refused(&document);
            assert!(
                error.to_string().contains(said),
                "{member} {value}: {error}"
            );
            assert!(error.to_string().starts_with("/proof"), "{error}");
            assert_eq!(error.name(), *name, "{member} {value}: {error}");
        }
    }
}

#[test]
fn members_that_a_proof_must_have() {
    for suite in SUITES {
        for member in [
            "type",
            "cryptosuite",
            "proofPurpose",
            "verificationMethod",
            "proofValue",
        ] {
            let mut document = signed(suite);
            document["proof"].as_object_mut().unwrap().remove(member);
            let missing = ProofError::Missing {
                place: "/proof".to_owned(),
                member,
            };
            assert_eq!(refused(&document), missing);
        }
    }
}

#[test]
fn a_proof_that_expired_by_its_own_time() {
    for suite in SUITES {
        let made = ProofOptions {
            expires: Some("2026-06-01T12:30:00Z".parse().unwrap()),
            ..options(suite, 1)
        };
        let document = add(document(), &made, 1);
        assert_eq!(check(&document), Ok(1));
        let at = |text: &str| verify_all(&document, &Expected::assertion(text.parse().unwrap()));
        assert_eq!(at("2026-06-01T12:29:59Z"), Ok(1));
        assert!(matches!(
            at("2026-06-01T12:30:00Z"),
            Err(ProofError::Period {
                member: "expires",
                ..
            })
        ));
        assert_eq!(at("2026-06-01T11:59:00Z"), Ok(1));
        assert!(matches!(
            at("2026-06-01T11:58:59Z"),
            Err(ProofError::Period {
                member: "created",
                ..
            })
        ));
    }
}

#[test]
fn signatures_that_are_not_the_one_form() {
    for suite in SUITES {
        let good = signed(suite);
        let value = good["proof"]["proofValue"].as_str().unwrap();
        let bytes = value::decode(value).unwrap();
        let with = |text: String| {
            let mut document = good.clone();
            document["proof"]["proofValue"] = json!(text);
            refused(&document)
        };
        let base58 = |bytes: &[u8]| format!("z{}", bs58::encode(bytes).into_string());
        for text in [
            base58(&bytes[..63]),
            base58(&[bytes.as_slice(), &[0]].concat()),
            format!("z1{}", value.trim_start_matches('z')),
            format!("{value}="),
            value.trim_start_matches('z').to_owned(),
        ] {
            assert!(matches!(
                with(text),
                ProofError::Malformed {
                    member: "proofValue",
                    ..
                }
            ));
        }
        let mut other = bytes;
        other[0] ^= 1;
        assert!(matches!(
            with(value::encode(&other)),
            ProofError::Signature { .. }
        ));
    }
}

#[test]
fn another_key() {
    for suite in SUITES {
        let document = Json::from(signed(suite));
        let set = ProofSet::read(&document).unwrap();
        let proof = set.iter().next().unwrap();
        let expected = Expected::assertion(now());
        let verdict = set.verify(proof, &key(2), &expected, &Contexts::pinned());
        assert!(matches!(verdict, Err(ProofError::Signature { .. })));
    }
}
