use super::*;
use crate::credential::build::{build, tests::claim};
use crate::credential::prepare::{Convention, Prepared, prepare};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

fn signer() -> IssuerSigner {
    IssuerSigner::new(&claim().issuer.id, &Seed::from_bytes([9; 32]))
}

#[test]
fn claims_repeat_the_credential() {
    let credential = build(&claim()).unwrap();
    let prepared = prepare(credential.clone(), signer().kid(), Convention::OpenBadges).unwrap();
    let (header, payload) = prepared.signing_input().split_once('.').unwrap();
    let read = |part: &str| -> serde_json::Value {
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
    };
    let (header, payload) = (read(header), read(payload));
    assert_eq!(header["alg"], "EdDSA");
    assert_eq!(header["typ"], "JWT");
    assert_eq!(header["kid"], signer().kid());
    assert_eq!(payload["iss"], credential["issuer"]["id"]);
    assert_eq!(payload["sub"], credential["credentialSubject"]["id"]);
    assert_eq!(payload["jti"], credential["id"]);
    assert_eq!(payload["nbf"], 1_772_357_400);
    assert_eq!(payload["exp"], 1_867_051_800);
}

#[test]
fn the_payload_is_canonical() {
    let credential = build(&claim()).unwrap();
    let prepared = prepare(credential, signer().kid(), Convention::VcJose).unwrap();
    for part in prepared.signing_input().split('.') {
        let bytes = URL_SAFE_NO_PAD.decode(part).unwrap();
        let value: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
        assert_eq!(crate::kernel::json::canonical(&value), bytes);
    }
}

#[test]
fn the_same_claim_gives_the_same_bytes() {
    let make = || {
        let prepared = prepare(
            build(&claim()).unwrap(),
            signer().kid(),
            Convention::OpenBadges,
        )
        .unwrap();
        signer().sign(&prepared).unwrap()
    };
    assert_eq!(make(), make());
}

#[test]
fn recorded_bytes_are_taken_up_again() {
    let credential = build(&claim()).unwrap();
    let prepared = prepare(credential.clone(), signer().kid(), Convention::OpenBadges).unwrap();
    let again = Prepared::from_recorded(prepared.signing_input().to_owned()).unwrap();
    assert_eq!(again, prepared);
    assert_eq!(again.digest(), prepared.digest());
    for bad in [
        "",
        ".",
        "e30.e30",
        "e30",
        "!.e30",
        "e30.",
        &format!("{}.x", prepared.signing_input()),
    ] {
        assert!(Prepared::from_recorded(bad.to_owned()).is_err(), "{bad}");
    }
}

#[test]
fn another_key_is_refused() {
    let credential = build(&claim()).unwrap();
    let prepared = prepare(
        credential.clone(),
        "did:web:a.example#k",
        Convention::OpenBadges,
    )
    .unwrap();
    assert!(matches!(
        signer().sign(&prepared),
        Err(SignError::OtherKey { .. })
    ));
}

#[test]
fn a_credential_without_its_members_is_not_prepared() {
    for pointer in ["issuer", "credentialSubject", "id", "validFrom"] {
        let mut credential = build(&claim()).unwrap();
        credential.as_object_mut().unwrap().remove(pointer);
        assert!(
            prepare(credential.clone(), "k", Convention::OpenBadges).is_err(),
            "{pointer}"
        );
    }
    let mut credential = build(&claim()).unwrap();
    credential["validUntil"] = serde_json::json!("soon");
    assert!(prepare(credential.clone(), "k", Convention::OpenBadges).is_err());
}

#[test]
fn the_secret_is_not_printed() {
    assert!(format!("{:?}", signer()).ends_with("[redacted])"));
}
