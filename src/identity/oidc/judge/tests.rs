use ring::hmac;
use serde_json::{Value, json};

use super::*;
use crate::identity::oidc::{
    settings,
    token::tests::{Signer, ed25519, encode, part},
};

const NOW: i64 = 1_800_000_000;
const ISSUER: &str = "https://login.example/realms/north";

fn now() -> Timestamp {
    Timestamp::from_second(NOW).unwrap()
}

fn issuer_with(more: &str) -> Issuer {
    let table = format!(
        "issuer = '{ISSUER}'\naudience = 'attestry'\nprovider = 'north'\n{more}\n\
         roles = {{ staff = 'ASSESSOR' }}"
    );
    settings::read(vec![toml::from_str(&table).unwrap()])
        .unwrap()
        .remove(0)
}

fn header(alg: &str) -> Value {
    json!({"alg": alg, "typ": "at+jwt", "kid": "k1"})
}

fn claims() -> Value {
    json!({"iss": ISSUER, "aud": "attestry", "sub": "u1", "exp": NOW + 300, "iat": NOW})
}

/// The value with one member changed; `null` takes it away.
fn with(mut value: Value, member: &str, other: Value) -> Value {
    let members = value.as_object_mut().unwrap();
    match other {
        Value::Null => members.remove(member),
        other => members.insert(member.to_owned(), other),
    };
    value
}

fn outcome(text: &str, issuer: &Issuer, keys: &KeySet) -> Result<Verified, Refusal> {
    judge(Token::read(text)?, issuer, now())?.verify(keys)
}

/// How a token of this header and these claims, signed well, is refused.
fn refusal(header: &Value, claims: &Value) -> Refusal {
    let key = ed25519();
    let text = key.sign(header, claims);
    outcome(&text, &issuer_with(""), &key.key_set("k1")).unwrap_err()
}

#[test]
fn a_good_token_of_each_algorithm_is_verified() {
    let issuer = issuer_with("algorithms = ['RS256', 'PS256', 'ES256', 'EdDSA']");
    for algorithm in Algorithm::ALL {
        let key = Signer::new(algorithm);
        for typ in [json!("JWT"), json!("application/AT+JWT"), Value::Null] {
            let header = with(header(algorithm.as_str()), "typ", typ);
            let text = key.sign(&header, &claims());
            let verified = outcome(&text, &issuer, &key.key_set("k1")).unwrap();
            let sub = verified.claims().get("sub").and_then(Json::as_str);
            assert_eq!(sub, Some("u1"), "{algorithm}");
        }
    }
}

#[test]
fn algorithms_that_are_not_allowed_are_refused() {
    let allowed = Refusal::Algorithm("RS256 or ES256 or EdDSA".to_owned());
    for alg in [
        "none", "None", "HS256", "HS512", "PS256", "ES384", "RS512", "", "eddsa",
    ] {
        assert_eq!(refusal(&header(alg), &claims()), allowed, "{alg}");
    }
    for alg in [Value::Null, json!(1), json!(["EdDSA"])] {
        assert_eq!(refusal(&with(header(""), "alg", alg), &claims()), allowed);
    }
    let only = issuer_with("algorithms = ['ES256']");
    let text = ed25519().sign(&header("EdDSA"), &claims());
    let refused = outcome(&text, &only, &ed25519().key_set("k1")).unwrap_err();
    assert_eq!(refused, Refusal::Algorithm("ES256".to_owned()));
}

#[test]
fn an_unsigned_token_is_refused_whatever_it_is_called() {
    let keys = ed25519().key_set("k1");
    for alg in ["none", "EdDSA"] {
        let text = format!("{}.{}.", part(&header(alg)), part(&claims()));
        assert!(outcome(&text, &issuer_with(""), &keys).is_err(), "{alg}");
    }
}

#[test]
fn a_public_key_is_no_secret() {
    // The classical confusion: the issuer's public key as an HMAC secret.
    let key = Signer::new(Algorithm::Rs256);
    let public = key.jwk("k1");
    let modulus = public["n"].as_str().unwrap();
    for secret in [public.to_string(), modulus.to_owned()] {
        let secret = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
        for alg in ["HS256", "RS256"] {
            let signed = format!("{}.{}", part(&header(alg)), part(&claims()));
            let tag = hmac::sign(&secret, signed.as_bytes());
            let text = format!("{signed}.{}", encode(tag.as_ref()));
            assert!(outcome(&text, &issuer_with(""), &key.key_set("k1")).is_err());
        }
    }
}

#[test]
fn a_key_of_another_kind_is_refused() {
    let rsa = Signer::new(Algorithm::Rs256);
    let text = rsa.sign(&header("RS256"), &claims());
    let refused = outcome(&text, &issuer_with(""), &ed25519().key_set("k1"));
    assert_eq!(refused.unwrap_err(), Refusal::KeyMismatch);
    // A key that says what it is for is for nothing else.
    let only = with(rsa.jwk("k1"), "alg", json!("PS256"));
    let keys = KeySet::read(json!({"keys": [only]}).to_string().as_bytes()).unwrap();
    let refused = outcome(&text, &issuer_with(""), &keys);
    assert_eq!(refused.unwrap_err(), Refusal::KeyMismatch);
}

#[test]
fn keys_are_named_and_found_by_name() {
    let text = ed25519().sign(&header("EdDSA"), &claims());
    for id in ["k2", "K1", "k1 ", ""] {
        let refused = outcome(&text, &issuer_with(""), &ed25519().key_set(id));
        assert_eq!(refused.unwrap_err(), Refusal::UnknownKey, "{id}");
    }
    for kid in [Value::Null, json!(1), json!(["k1"])] {
        let header = with(header("EdDSA"), "kid", kid);
        assert_eq!(refusal(&header, &claims()), Refusal::NoKeyId);
    }
    // Of two keys with one name, either may have signed.
    let twice = json!({"keys": [Signer::new(Algorithm::EdDsa).jwk("k1"), ed25519().jwk("k1")]});
    let keys = KeySet::read(twice.to_string().as_bytes()).unwrap();
    assert!(outcome(&text, &issuer_with(""), &keys).is_ok());
}

#[test]
fn another_key_under_the_same_name_is_no_signature() {
    let text = ed25519().sign(&header("EdDSA"), &claims());
    let other = Signer::new(Algorithm::EdDsa).key_set("k1");
    let refused = outcome(&text, &issuer_with(""), &other);
    assert_eq!(refused.unwrap_err(), Refusal::Signature);
}

#[test]
fn tokens_of_another_kind_are_refused() {
    for typ in [
        json!("logout+jwt"),
        json!("dpop+jwt"),
        json!(""),
        json!(1),
        json!("JOSE"),
    ] {
        let header = with(header("EdDSA"), "typ", typ);
        assert_eq!(refusal(&header, &claims()), Refusal::Type);
    }
    let header = with(header("EdDSA"), "crit", json!(["b64"]));
    assert_eq!(refusal(&header, &claims()), Refusal::Critical);
}

#[test]
fn the_issuer_is_the_same_to_the_letter() {
    for iss in [
        json!(format!("{ISSUER}/")),
        json!("https://LOGIN.example/realms/north"),
        json!("https://login.example/realms"),
        json!([ISSUER]),
        Value::Null,
    ] {
        let claims = with(claims(), "iss", iss);
        assert_eq!(refusal(&header("EdDSA"), &claims), Refusal::Issuer);
    }
}

#[test]
fn the_audience_is_this_service() {
    let wanted = Refusal::Audience("attestry".to_owned());
    for aud in [
        json!("other"),
        json!(["a", "b"]),
        json!([]),
        json!(1),
        Value::Null,
    ] {
        let claims = with(claims(), "aud", aud);
        assert_eq!(refusal(&header("EdDSA"), &claims), wanted);
    }
    let several = with(claims(), "aud", json!(["other", "attestry"]));
    let text = ed25519().sign(&header("EdDSA"), &several);
    assert!(outcome(&text, &issuer_with(""), &ed25519().key_set("k1")).is_ok());
}

#[test]
fn times_bound_a_token() {
    let wrong = |claim: &str| Refusal::Claim {
        claim: claim.to_owned(),
        wanted: "a time in seconds since 1970",
    };
    for (claim, value, expected) in [
        ("exp", Value::Null, wrong("exp")),
        ("exp", json!("soon"), wrong("exp")),
        ("exp", json!(NOW), Refusal::Expired),
        ("exp", json!(NOW - 1), Refusal::Expired),
        ("exp", json!(-1), Refusal::Expired),
        ("nbf", json!(NOW + 61), Refusal::Early("nbf")),
        ("nbf", json!("now"), wrong("nbf")),
        ("iat", json!(NOW + 61), Refusal::Early("iat")),
        ("iat", json!([NOW]), wrong("iat")),
    ] {
        let claims = with(claims(), claim, value);
        assert_eq!(refusal(&header("EdDSA"), &claims), expected, "{claims}");
    }
    for (claim, value) in [
        ("exp", json!(NOW + 1)),
        ("exp", json!(NOW as f64 + 0.5)),
        ("nbf", json!(NOW + 60)),
        ("iat", json!(NOW + 60)),
        ("iat", Value::Null),
    ] {
        let text = ed25519().sign(&header("EdDSA"), &with(claims(), claim, value));
        assert!(outcome(&text, &issuer_with(""), &ed25519().key_set("k1")).is_ok());
    }
}

#[test]
fn a_token_bound_to_a_key_is_no_bearer_token() {
    let claims = with(claims(), "cnf", json!({"jkt": "x"}));
    assert_eq!(refusal(&header("EdDSA"), &claims), Refusal::Bound);
}

#[test]
fn refusals_tell_what_to_do_and_nothing_of_the_token() {
    let claims = with(claims(), "aud", json!("s3cret-audience"));
    let told = refusal(&header("EdDSA"), &claims).to_string();
    assert!(
        told.contains("ask the issuer") && !told.contains("s3cret"),
        "{told}"
    );
}

proptest::proptest! {
    /// Any other text than the one that was signed is refused, wherever it differs.
    #[test]
    fn any_mutation_is_refused(at: proptest::sample::Index, byte in 0x20_u8..0x7f, kind in 0..4_u8) {
        let text = ed25519().sign(&header("EdDSA"), &claims());
        let keys = ed25519().key_set("k1");
        let at = at.index(text.len());
        let mut bytes = text.clone().into_bytes();
        match kind {
            0 => bytes[at] = byte,
            1 => bytes.insert(at, byte),
            2 => { bytes.remove(at); }
            _ => bytes.truncate(at),
        }
        let mutated = String::from_utf8(bytes).unwrap();
        let accepted = outcome(&mutated, &issuer_with(""), &keys).is_ok();
        proptest::prop_assert_eq!(accepted, mutated == text, "{}", mutated);
    }

    /// The same for the signatures of the other algorithms.
    #[test]
    fn any_other_signature_is_refused(at: proptest::sample::Index, bit in 0..8_u8, algorithm in 0..3_usize) {
        let issuer = issuer_with("algorithms = ['RS256', 'PS256', 'ES256']");
        let key = Signer::new(Algorithm::ALL[algorithm]);
        let text = key.sign(&header(Algorithm::ALL[algorithm].as_str()), &claims());
        let mut token = Token::read(&text).unwrap();
        let at = at.index(token.signature.len());
        token.signature[at] ^= 1 << bit;
        let judged = judge(token, &issuer, now()).unwrap();
        proptest::prop_assert_eq!(judged.verify(&key.key_set("k1")).unwrap_err(), Refusal::Signature);
    }
}
