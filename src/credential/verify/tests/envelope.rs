use super::*;

fn with_header(name: &str, value: Value) -> Report {
    let mut header = header();
    header[name] = value;
    judge(&raw(&header, &payload_of(&jwt()).to_string()), &materials())
}

#[test]
fn other_algorithms_are_refused() {
    for alg in [
        json!("none"),
        json!("HS256"),
        json!("ES256"),
        json!("eddsa"),
        json!(null),
        json!(7),
    ] {
        let report = with_header("alg", alg);
        assert_eq!(report.outcome, Outcome::Invalid);
        assert_eq!(outcome(&report, CheckName::Header), CheckOutcome::Fail);
        assert_eq!(outcome(&report, CheckName::Signature), CheckOutcome::Fail);
    }
    let parts = jwt();
    let (input, _) = parts.rsplit_once('.').unwrap();
    let (_, payload) = input.split_once('.').unwrap();
    let none = URL_SAFE_NO_PAD.encode(json!({"alg": "none", "typ": "JWT"}).to_string());
    assert_eq!(
        judge(&format!("{none}.{payload}."), &materials()).outcome,
        Outcome::Invalid
    );
}

#[test]
fn what_a_header_must_not_ask_for() {
    for (name, value) in [
        ("crit", json!(["b64"])),
        ("b64", json!(false)),
        ("jwk", json!({"kty": "OKP"})),
        ("x5c", json!([])),
        ("jku", json!("https://evil.example/jwks.json")),
        ("typ", json!("at+jwt")),
        ("typ", json!(1)),
        ("cty", json!("JWT")),
        ("kid", json!(null)),
    ] {
        let report = with_header(name, value);
        assert_eq!(
            outcome(&report, CheckName::Header),
            CheckOutcome::Fail,
            "{name}"
        );
        assert_eq!(report.outcome, Outcome::Invalid);
    }
    let mut plain = header();
    plain.as_object_mut().unwrap().remove("typ");
    let report = judge(&raw(&plain, &payload_of(&jwt()).to_string()), &materials());
    assert_eq!(report.outcome, Outcome::Valid);
}

#[test]
fn claims_must_repeat_the_credential() {
    for claim in ["iss", "sub", "jti", "nbf", "exp"] {
        for value in [
            None,
            Some(json!("did:web:other.example")),
            Some(json!(1.5)),
            Some(json!(5)),
        ] {
            let mut payload = payload_of(&jwt());
            match value {
                Some(value) => payload[claim] = value,
                None => drop(payload.as_object_mut().unwrap().remove(claim)),
            }
            let report = judge(&raw(&header(), &payload.to_string()), &materials());
            assert_eq!(
                outcome(&report, CheckName::Claims),
                CheckOutcome::Fail,
                "{claim}"
            );
            assert_eq!(report.outcome, Outcome::Invalid);
        }
    }
}

#[test]
fn an_exp_alone_ends_the_credential() {
    let mut payload = payload_of(&jwt());
    payload.as_object_mut().unwrap().remove("validUntil");
    payload["exp"] = json!(1_772_357_401);
    let report = judge(&raw(&header(), &payload.to_string()), &materials());
    assert_eq!(outcome(&report, CheckName::Claims), CheckOutcome::Pass);
    assert_eq!(outcome(&report, CheckName::Time), CheckOutcome::Fail);
    payload["exp"] = json!(9_000_000_000_000_000_i64);
    let report = judge(&raw(&header(), &payload.to_string()), &materials());
    assert_eq!(outcome(&report, CheckName::Time), CheckOutcome::Fail);
}

#[test]
fn duplicate_keys_are_refused() {
    let payload = payload_of(&jwt()).to_string();
    let twice = payload.replacen('{', "{\"name\":\"first\",", 1);
    assert!(
        inspect(raw(&header(), &twice).as_bytes())
            .unwrap_err()
            .reason
            .contains("strict JSON")
    );
    let header = header().to_string().replacen('{', "{\"alg\":\"none\",", 1);
    let input = format!(
        "{}.{}",
        URL_SAFE_NO_PAD.encode(header),
        URL_SAFE_NO_PAD.encode(&payload)
    );
    assert!(inspect(format!("{input}.AA").as_bytes()).is_err());
}

#[test]
fn embedded_proofs_and_none_prove_nothing() {
    let mut credential = build(&bound_claim()).unwrap();
    let report = judge(&credential.to_string(), &materials());
    assert_eq!(report.outcome, Outcome::Invalid);
    assert_eq!(
        report.check(CheckName::Signature).unwrap().error,
        Some(Problem::CRYPTOGRAPHIC_SECURITY_ERROR)
    );
    credential["proof"] = json!({"type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022"});
    let report = judge(&credential.to_string(), &materials());
    assert_eq!(report.outcome, Outcome::Invalid);
    let check = report.check(CheckName::Proof).unwrap();
    assert_eq!(check.error, Some(Problem::PROOF_VERIFICATION_ERROR));
    assert_ne!(outcome(&report, CheckName::Signature), CheckOutcome::Pass);
    for nothing in [json!(null), json!([])] {
        credential["proof"] = nothing;
        let report = judge(&credential.to_string(), &materials());
        assert_eq!(report.outcome, Outcome::Invalid);
        assert_eq!(outcome(&report, CheckName::Proof), CheckOutcome::Fail);
    }
}

#[test]
fn what_is_not_signed_is_called_what_it_is() {
    for (kind, subject) in [
        ("VerifiableCredential", "credential"),
        ("VerifiablePresentation", "presentation"),
    ] {
        let document = json!({
            "@context": ["https://www.w3.org/ns/credentials/v2"], "type": [kind],
        });
        let report = judge(&document.to_string(), &materials());
        assert_eq!(report.outcome, Outcome::Invalid);
        let mut checks = report.checks.iter();
        let signature = checks.find(|c| c.name == CheckName::Signature).unwrap();
        let reason = format!("the {subject} is not signed; ");
        assert!(signature.reason.starts_with(&reason), "{signature:?}");
    }
}
