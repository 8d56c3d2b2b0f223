use serde_json::{Value, json};

use super::*;
use crate::identity::oidc::token::tests::{Signer, encode};

fn set(keys: &[Value]) -> KeySet {
    KeySet::read(json!({"keys": keys}).to_string().as_bytes()).unwrap()
}

fn with(mut jwk: Value, member: &str, value: Value) -> Value {
    jwk[member] = value;
    jwk
}

#[test]
fn keys_are_read_with_what_they_are_for() {
    for algorithm in Algorithm::ALL {
        let jwk = Signer::new(algorithm).jwk("k");
        let verify = with(jwk.clone(), "key_ops", json!(["verify"]));
        for jwk in [jwk.clone(), with(jwk, "use", json!("sig")), verify] {
            let keys = set(&[with(jwk, "alg", json!(algorithm.as_str()))]);
            for other in Algorithm::ALL {
                let is_for = keys.of("k").any(|key| key.is_for(other));
                assert_eq!(is_for, other == algorithm);
            }
        }
    }
    // Without a word of its own, an RSA key is for both of its algorithms.
    let keys = set(&[Signer::new(Algorithm::Rs256).jwk("k")]);
    let fits = Algorithm::ALL.map(|a| keys.of("k").any(|key| key.is_for(a)));
    assert_eq!(fits, [true, true, false, false]);
}

#[test]
fn what_can_verify_nothing_is_left_out() {
    let rsa = Signer::new(Algorithm::Rs256).jwk("k");
    let p256 = Signer::new(Algorithm::Es256).jwk("k");
    let ed25519 = Signer::new(Algorithm::EdDsa).jwk("k");
    let mut weak = vec![0xff; 128];
    let short = encode(&weak);
    weak.resize(256, 1);
    weak[0] = 0x7f;
    let just_short = encode(&weak);
    let long = encode(&[0xff; 1025]);
    for (why, jwk) in [
        ("1,024 bits", with(rsa.clone(), "n", json!(short))),
        ("2,047 bits", with(rsa.clone(), "n", json!(just_short))),
        ("too many bits", with(rsa.clone(), "n", json!(long))),
        (
            "a leading zero",
            with(
                rsa.clone(),
                "n",
                json!(encode(&[[0; 1].as_slice(), &[0xff; 256]].concat())),
            ),
        ),
        ("padding", with(rsa.clone(), "e", json!("AQAB=="))),
        ("a private key", with(rsa.clone(), "d", json!("AQ"))),
        ("for encryption", with(rsa.clone(), "use", json!("enc"))),
        (
            "for signing only",
            with(rsa.clone(), "key_ops", json!(["sign"])),
        ),
        (
            "another algorithm",
            with(rsa.clone(), "alg", json!("RS512")),
        ),
        ("no algorithm", with(rsa.clone(), "alg", json!(1))),
        ("no name", with(rsa.clone(), "kid", json!(7))),
        ("a long name", with(rsa, "kid", json!("k".repeat(257)))),
        ("another curve", with(p256.clone(), "crv", json!("P-384"))),
        ("a short coordinate", with(p256, "y", json!("AQ"))),
        (
            "another curve",
            with(ed25519.clone(), "crv", json!("X25519")),
        ),
        ("a short key", with(ed25519, "x", json!("AQ"))),
        ("a secret", json!({"kty": "oct", "kid": "k", "k": "AQ"})),
        ("no object", json!("k")),
    ] {
        assert_eq!(set(&[jwk]), KeySet::default(), "{why}");
    }
}

#[test]
fn what_is_no_set_is_refused() {
    for text in ["", "[]", "{}", r#"{"keys":{}}"#, r#"{"keys":[],"keys":[]}"#] {
        assert_eq!(KeySet::read(text.as_bytes()), Err(NoKeySet), "{text}");
    }
    assert!(!KeySet::read(br#"{"keys":[]}"#).unwrap().has("k"));
}

#[test]
fn a_point_off_the_curve_verifies_nothing() {
    let off = with(
        Signer::new(Algorithm::Es256).jwk("k"),
        "y",
        json!(encode(&[1; 32])),
    );
    let keys = set(&[off]);
    let mut keys = keys.of("k");
    assert!(
        !keys
            .next()
            .unwrap()
            .verifies(Algorithm::Es256, b"m", &[1; 64])
    );
}
