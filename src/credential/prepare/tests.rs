use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::*;
use crate::credential::build::{build, tests::claim};
use crate::credential::crypto::{Ed25519Signer, PublicKey, jws_signature};
use crate::credential::did::document::method_id;
use crate::credential::proof::{Expected, Purpose};

fn signer() -> Ed25519Signer {
    Ed25519Signer::new(&[9; 32])
}

fn public() -> PublicKey {
    PublicKey::from_bytes(&signer().public()).unwrap()
}

fn kid() -> String {
    method_id(&claim().issuer.id, &signer().public())
}

fn now() -> Timestamp {
    "2026-06-01T12:00:00.75Z".parse().unwrap()
}

fn contexts() -> Contexts {
    Contexts::pinned()
}

fn of(credential: Value, mechanism: Mechanism) -> Result<Prepared, PrepareError> {
    prepare(credential, &kid(), mechanism, now(), &contexts())
}

fn prepared(mechanism: Mechanism) -> Prepared {
    of(build(&claim()).unwrap(), mechanism).unwrap()
}

fn parts(jwt: &str) -> Vec<Value> {
    jwt.split('.')
        .take(2)
        .map(|part| serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap())
        .collect()
}

fn secured(prepared: &Prepared) -> String {
    prepared.with_signature(&signer().sign(prepared.message()))
}

fn holds(document: &str) {
    let document = parse(document.as_bytes(), &ParseOptions::default()).unwrap();
    let set = ProofSet::read(&document).unwrap();
    for proof in set.iter() {
        let verdict = set.verify(proof, &public(), &Expected::assertion(now()), &contexts());
        assert_eq!(verdict, Ok(()));
    }
}

#[test]
fn claims_repeat_the_credential() {
    let credential = build(&claim()).unwrap();
    let prepared = prepared(Mechanism::JwtOpenBadges);
    let [header, payload] = &parts(prepared.signing_input())[..] else {
        panic!("two parts")
    };
    assert_eq!(header["alg"], "EdDSA");
    assert_eq!(header["typ"], "JWT");
    assert_eq!(header["kid"], kid().as_str());
    assert_eq!(payload["iss"], credential["issuer"]["id"]);
    assert_eq!(payload["sub"], credential["credentialSubject"]["id"]);
    assert_eq!(payload["jti"], credential["id"]);
    assert_eq!(payload["nbf"], 1_772_357_400);
    assert_eq!(payload["exp"], 1_867_051_800);
}

#[test]
fn a_vc_jwt_is_the_credential_and_nothing_else() {
    let prepared = prepared(Mechanism::VcJwt);
    let [header, payload] = &parts(prepared.signing_input())[..] else {
        panic!("two parts")
    };
    assert_eq!(header["typ"], "vc+jwt");
    assert_eq!(*payload, build(&claim()).unwrap());
    for part in prepared.signing_input().split('.') {
        let bytes = URL_SAFE_NO_PAD.decode(part).unwrap();
        let value: Value = serde_json::from_slice(&bytes).unwrap();
        assert_eq!(crate::kernel::json::canonical(&value), bytes);
    }
    let jws = secured(&prepared);
    let (message, signature) = jws.rsplit_once('.').unwrap();
    let signature = jws_signature(signature).unwrap();
    assert!(public().verify(message.as_bytes(), &signature));
}

#[test]
fn an_embedded_proof_is_the_last_member() {
    for mechanism in [Mechanism::EddsaRdfc2022, Mechanism::EddsaJcs2022] {
        let prepared = prepared(mechanism);
        let mut document: Value = serde_json::from_str(prepared.signing_input()).unwrap();
        assert!(document["proof"].get("proofValue").is_none());
        assert_eq!(document["proof"]["created"], "2026-06-01T12:00:00Z");
        assert_eq!(prepared.message().len(), 64);
        let text = secured(&prepared);
        holds(&text);
        let full: Value = serde_json::from_str(&text).unwrap();
        document["proof"]["proofValue"] = full["proof"]["proofValue"].clone();
        assert_eq!(document, full);
        document.as_object_mut().unwrap().remove("proof");
        assert_eq!(document, build(&claim()).unwrap());
    }
}

#[test]
fn a_proof_is_added_to_those_that_are_there() {
    let contexts = contexts();
    let mut first = ProofOptions::assertion(
        Mechanism::EddsaJcs2022.cryptosuite().unwrap(),
        &kid(),
        now(),
    );
    first.id = Some("urn:proof:a".to_owned());
    let one = secured(&prepare_proof(build(&claim()).unwrap(), &first, &contexts).unwrap());
    let second = ProofOptions {
        id: None,
        previous_proof: vec!["urn:proof:a".to_owned()],
        ..first
    };
    let one = parse(one.as_bytes(), &ParseOptions::default()).unwrap();
    let prepared = prepare_proof(one, &second, &contexts).unwrap();
    let again = Prepared::from_recorded(prepared.signing_input().to_owned(), &contexts);
    assert_eq!(again, Ok(prepared.clone()));
    let two = secured(&prepared);
    holds(&two);
    let two: Value = serde_json::from_str(&two).unwrap();
    assert_eq!(two["proof"].as_array().unwrap().len(), 2);
}

#[test]
fn a_presentation_says_what_it_answers() {
    let options = ProofOptions {
        purpose: Purpose::Authentication,
        challenge: Some("4f".to_owned()),
        domain: vec!["a.example".to_owned(), "b.example".to_owned()],
        ..ProofOptions::assertion(
            Mechanism::EddsaRdfc2022.cryptosuite().unwrap(),
            &kid(),
            now(),
        )
    };
    let prepared = prepare_proof(build(&claim()).unwrap(), &options, &contexts()).unwrap();
    let document: Value = serde_json::from_str(prepared.signing_input()).unwrap();
    assert_eq!(document["proof"]["proofPurpose"], "authentication");
    assert_eq!(document["proof"]["challenge"], "4f");
    assert_eq!(
        document["proof"]["domain"],
        json!(["a.example", "b.example"])
    );
}

#[test]
fn recorded_text_is_taken_up_again() {
    for mechanism in Mechanism::ALL {
        let prepared = prepared(mechanism);
        let again =
            Prepared::from_recorded(prepared.signing_input().to_owned(), &contexts()).unwrap();
        assert_eq!(again, prepared);
        assert_eq!(again.digest(), prepared.digest());
        assert_eq!(again.kid(), kid());
    }
}

#[test]
fn other_text_is_not_taken_up() {
    let jwt = prepared(Mechanism::VcJwt);
    let embedded = prepared(Mechanism::EddsaJcs2022);
    let text = embedded.signing_input();
    for bad in [
        "",
        ".",
        "e30.e30",
        "e30",
        "!.e30",
        "e30.",
        &format!("{}.x", jwt.signing_input()),
        "{}",
        r#"{"proof":[]}"#,
        r#"{"proof":{}}"#,
        &format!("{text} "),
        &text.replacen('{', "{ ", 1),
        &text.replacen("}}", "},\"later\":{}}", 1),
        &secured(&embedded),
        &text.replace("eddsa-jcs-2022", "eddsa-2022"),
        &text.replace("\"verificationMethod\"", "\"method\""),
    ] {
        let again = Prepared::from_recorded(bad.to_owned(), &contexts());
        assert!(again.is_err(), "{bad}");
    }
}

#[test]
fn a_credential_without_its_members_is_not_prepared_by_the_open_badges_profile() {
    for member in ["issuer", "credentialSubject", "id", "validFrom"] {
        let mut credential = build(&claim()).unwrap();
        credential.as_object_mut().unwrap().remove(member);
        let refused = of(credential, Mechanism::JwtOpenBadges);
        assert!(matches!(refused, Err(PrepareError::Member(_))), "{member}");
    }
    let mut credential = build(&claim()).unwrap();
    credential["validUntil"] = json!("soon");
    assert!(of(credential, Mechanism::JwtOpenBadges).is_err());
}

#[test]
fn what_a_mechanism_keeps_for_itself_is_refused() {
    for member in ["vc", "vp"] {
        let mut credential = build(&claim()).unwrap();
        credential[member] = json!({});
        for mechanism in [Mechanism::JwtOpenBadges, Mechanism::VcJwt] {
            assert_eq!(
                of(credential.clone(), mechanism),
                Err(PrepareError::Reserved(member))
            );
        }
    }
    for mechanism in Mechanism::ALL {
        let refused = of(json!([]), mechanism);
        assert!(matches!(refused, Err(PrepareError::NotAnObject(_))));
    }
}

#[test]
fn terms_without_meaning_are_found_for_every_mechanism() {
    let mut credential = build(&claim()).unwrap();
    assert_eq!(
        check_terms(&Json::from(credential.clone()), &contexts()),
        Ok(())
    );
    credential["undefinedTerm"] = json!("x");
    assert!(check_terms(&Json::from(credential.clone()), &contexts()).is_err());
    assert!(matches!(
        of(credential, Mechanism::EddsaRdfc2022),
        Err(PrepareError::Proof(ProofError::Document(_)))
    ));
}
