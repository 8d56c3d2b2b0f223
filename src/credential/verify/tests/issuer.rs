use super::*;
use crate::credential::did::{did_key, multikey};

fn with_document(document: &Value) -> Report {
    let mut materials = materials();
    materials
        .add_issuer(document.to_string().as_bytes())
        .unwrap();
    judge(&jwt(), &materials)
}

#[test]
fn another_key_did_not_sign() {
    let did = claim().issuer.id;
    let other = did_document(
        &did,
        &[PublishedKey {
            public: *signer_of(&did, 8).public(),
            compromised: None,
        }],
    );
    let report = with_document(&other);
    assert_eq!(report.outcome, Outcome::Invalid);
    assert_eq!(outcome(&report, CheckName::Issuer), CheckOutcome::Fail);

    // The right name over the wrong key bytes.
    let mut swapped = did_json();
    swapped["verificationMethod"][0]["publicKeyMultibase"] =
        json!(multikey(signer_of(&did, 8).public()));
    let report = with_document(&swapped);
    assert_eq!(outcome(&report, CheckName::Signature), CheckOutcome::Fail);
    assert_eq!(report.outcome, Outcome::Invalid);
}

#[test]
fn a_key_of_another_did_does_not_speak_for_this_one() {
    let thief = signer_of("did:web:evil.example", 9);
    let credential = build(&bound_claim()).unwrap();
    let forged = secure(&credential, &thief, Mechanism::JwtOpenBadges);
    let mut materials = materials();
    let document = did_document(
        "did:web:evil.example",
        &[PublishedKey {
            public: *thief.public(),
            compromised: None,
        }],
    );
    materials
        .add_issuer(document.to_string().as_bytes())
        .unwrap();
    let report = judge(&forged, &materials);
    assert_eq!(outcome(&report, CheckName::Issuer), CheckOutcome::Fail);
    assert_eq!(report.outcome, Outcome::Invalid);

    // A document that lists the thief's key as a did:key proves nothing for the did:key issuer.
    let key = did_key(thief.public());
    let forged = secure(&credential, &signer_of(&key, 9), Mechanism::JwtOpenBadges);
    assert_eq!(judge(&forged, &materials).outcome, Outcome::Invalid);
}

#[test]
fn a_did_web_key_is_never_taken_from_its_name() {
    let report = judge(&jwt(), &Materials::new());
    assert!(signer().kid().contains("#z6Mk"));
    assert_ne!(outcome(&report, CheckName::Signature), CheckOutcome::Pass);
    assert_ne!(report.outcome, Outcome::Valid);
}

#[test]
fn a_replaced_key_still_speaks_and_a_compromised_one_does_not() {
    let did = claim().issuer.id;
    let fresh = PublishedKey {
        public: *signer_of(&did, 8).public(),
        compromised: None,
    };
    let old = PublishedKey {
        public: *signer().public(),
        compromised: None,
    };
    let rotated = did_document(&did, &[old.clone(), fresh.clone()]);
    assert_eq!(with_document(&rotated).outcome, Outcome::Valid);

    // Compromised long after validFrom: it fails all the same, since dates can be forged.
    let stolen = PublishedKey {
        compromised: Some("2026-05-31T00:00:00Z".parse().unwrap()),
        ..old
    };
    let report = with_document(&did_document(&did, &[stolen, fresh]));
    assert_eq!(outcome(&report, CheckName::Issuer), CheckOutcome::Fail);
    assert_eq!(outcome(&report, CheckName::Signature), CheckOutcome::Pass);
    assert_eq!(report.outcome, Outcome::Invalid);
}

#[test]
fn a_did_key_can_only_be_told_to_be_revoked() {
    let signer = signer_of("did:key:z", 9);
    let did = did_key(signer.public());
    let mut claim = bound_claim();
    claim.issuer.id.clone_from(&did);
    let signer = signer_of(&did, 9);
    let record = secure(&build(&claim).unwrap(), &signer, Mechanism::JwtOpenBadges);
    let told = |document: &Value| {
        let mut materials = materials();
        let added = materials.add_issuer(document.to_string().as_bytes());
        added.unwrap();
        outcome(&judge(&record, &materials), CheckName::Issuer)
    };
    let key = |compromised| PublishedKey {
        public: *signer.public(),
        compromised,
    };
    assert_eq!(
        outcome(&judge(&record, &materials()), CheckName::Issuer),
        CheckOutcome::Pass
    );
    assert_eq!(told(&did_document(&did, &[key(None)])), CheckOutcome::Pass);
    assert_eq!(
        told(&did_document(&did, &[key(Some(now()))])),
        CheckOutcome::Fail
    );
    // What a document lacks takes nothing away, and what it adds is not believed.
    let mut other = did_document(&did, &[key(None)]);
    other["verificationMethod"] = json!([]);
    other["assertionMethod"] = json!([]);
    assert_eq!(told(&other), CheckOutcome::Pass);
    let thief = signer_of(&did, 8);
    let forged = secure(&build(&claim).unwrap(), &thief, Mechanism::JwtOpenBadges);
    let mut materials = materials();
    let document = did_document(
        &did,
        &[PublishedKey {
            public: *thief.public(),
            compromised: None,
        }],
    );
    materials
        .add_issuer(document.to_string().as_bytes())
        .unwrap();
    assert_eq!(judge(&forged, &materials).outcome, Outcome::Invalid);
}

#[test]
fn a_key_that_is_not_for_assertions_does_not_speak() {
    let mut document = did_json();
    document["assertionMethod"] = json!([]);
    assert_eq!(with_document(&document).outcome, Outcome::Invalid);
    let mut document = did_json();
    document["verificationMethod"][0]["revoked"] = json!("2099-01-01T00:00:00Z");
    assert_eq!(with_document(&document).outcome, Outcome::Invalid);
    let mut document = did_json();
    document["verificationMethod"][0]["expires"] = json!("2026-05-01T00:00:00Z");
    assert_eq!(with_document(&document).outcome, Outcome::Invalid);
}

#[test]
fn a_small_order_key_is_refused() {
    let did = claim().issuer.id;
    let mut identity = [0; 32];
    identity[0] = 1;
    let document = did_document(
        &did,
        &[PublishedKey {
            public: identity,
            compromised: None,
        }],
    );
    let kid = document["verificationMethod"][0]["id"].clone();
    let input = format!(
        "{}.{}",
        URL_SAFE_NO_PAD.encode(json!({"alg": "EdDSA", "typ": "JWT", "kid": kid}).to_string()),
        URL_SAFE_NO_PAD.encode(payload_of(&jwt()).to_string())
    );
    let mut signature = [0; 64];
    signature[0] = 1;
    let forged = format!("{input}.{}", URL_SAFE_NO_PAD.encode(signature));
    let mut materials = materials();
    materials
        .add_issuer(document.to_string().as_bytes())
        .unwrap();
    let report = judge(&forged, &materials);
    assert_eq!(report.outcome, Outcome::Invalid);
    assert_eq!(outcome(&report, CheckName::Issuer), CheckOutcome::Fail);
    assert!(
        report
            .check(CheckName::Issuer)
            .unwrap()
            .reason
            .contains("small order")
    );
    assert_ne!(outcome(&report, CheckName::Signature), CheckOutcome::Pass);
}

#[test]
fn a_did_key_issuer_needs_no_document() {
    let public = crate::credential::sign::public_key(&Seed::from_bytes([9; 32]));
    let did = did_key(&public);
    let mut claim = bound_claim();
    claim.issuer.id.clone_from(&did);
    let signer = signer_of(&did, 9);
    let jwt = secure(&build(&claim).unwrap(), &signer, Mechanism::JwtOpenBadges);
    assert_eq!(inspect(jwt.as_bytes()).unwrap().needs().issuers, []);
    let mut materials = Materials::new();
    let mut list = list(Purpose::Revocation, &[]);
    list.issuer = did;
    materials
        .add_status_list(list_jwt(&list, &signer).as_bytes())
        .unwrap();
    let report = judge(&jwt, &materials);
    assert_eq!(report.outcome, Outcome::Valid, "{report:#?}");
}

#[test]
fn a_jwk_set_serves_as_well() {
    let did = claim().issuer.id;
    let set = crate::credential::did::document::jwks(
        &did,
        &[PublishedKey {
            public: *signer().public(),
            compromised: None,
        }],
    );
    assert_eq!(with_document(&set).outcome, Outcome::Valid);
}

#[test]
fn a_server_tells_only_its_own_keys() {
    let did = claim().issuer.id;
    let document = did_json().to_string();
    let mut materials = Materials::new();
    let other = materials.add_fetched_issuer("did:web:evil.example", document.as_bytes());
    assert!(matches!(other, Err(MaterialError::Issuer(_))));
    assert_eq!(
        outcome(&judge(&jwt(), &materials), CheckName::Issuer),
        CheckOutcome::Unknown
    );
    materials
        .add_fetched_issuer(&did, document.as_bytes())
        .unwrap();
    let list = list_jwt(&list(Purpose::Revocation, &[]), &signer());
    assert!(
        materials
            .add_fetched_list("https://evil.example/s", list.as_bytes())
            .is_err()
    );
    assert_eq!(judge(&jwt(), &materials).outcome, Outcome::Indeterminate);
    materials.add_fetched_list(LIST, list.as_bytes()).unwrap();
    assert_eq!(judge(&jwt(), &materials).outcome, Outcome::Valid);
}
