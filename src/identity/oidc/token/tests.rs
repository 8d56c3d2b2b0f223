//! Tokens for the tests: made here, with keys of the tests' own.

use std::sync::OnceLock;

use ring::{
    rand::SystemRandom,
    signature::{
        ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _,
        RSA_PKCS1_SHA256, RSA_PSS_SHA256, RsaKeyPair,
    },
};
use serde_json::{Value, json};

use super::*;
use crate::identity::oidc::{Algorithm, jwk::KeySet};

/// An RSA key of 2,048 bits, PKCS#8 in base64, made for these tests.
const RSA_2048: &str = include_str!("rsa-2048.txt");

/// An issuer's private key.
pub(crate) enum Signer {
    Rsa(RsaKeyPair, Algorithm),
    P256(EcdsaKeyPair),
    Ed25519(Ed25519KeyPair),
}

impl Signer {
    /// A key for the algorithm: the same RSA key each time, others as the machine makes them.
    pub(crate) fn new(algorithm: Algorithm) -> Self {
        let rng = SystemRandom::new();
        match algorithm {
            Algorithm::Rs256 | Algorithm::Ps256 => {
                let text: String = RSA_2048.split_whitespace().collect();
                let der = base64::engine::general_purpose::STANDARD
                    .decode(text)
                    .unwrap();
                Self::Rsa(RsaKeyPair::from_pkcs8(&der).unwrap(), algorithm)
            }
            Algorithm::Es256 => {
                let kind = &ECDSA_P256_SHA256_FIXED_SIGNING;
                let der = EcdsaKeyPair::generate_pkcs8(kind, &rng).unwrap();
                Self::P256(EcdsaKeyPair::from_pkcs8(kind, der.as_ref(), &rng).unwrap())
            }
            Algorithm::EdDsa => {
                let der = Ed25519KeyPair::generate_pkcs8(&rng).unwrap();
                Self::Ed25519(Ed25519KeyPair::from_pkcs8(der.as_ref()).unwrap())
            }
        }
    }

    /// The public half, as the issuer publishes it.
    pub(crate) fn jwk(&self, id: &str) -> Value {
        match self {
            Self::Rsa(key, _) => {
                let public: ring::rsa::PublicKeyComponents<Vec<u8>> = key.public().into();
                json!({"kty": "RSA", "kid": id, "n": encode(&public.n), "e": encode(&public.e)})
            }
            Self::P256(key) => {
                let point = key.public_key().as_ref();
                json!({
                    "kty": "EC", "crv": "P-256", "kid": id,
                    "x": encode(&point[1..33]), "y": encode(&point[33..]),
                })
            }
            Self::Ed25519(key) => json!({
                "kty": "OKP", "crv": "Ed25519", "kid": id, "x": encode(key.public_key().as_ref()),
            }),
        }
    }

    /// A set of this one key.
    pub(crate) fn key_set(&self, id: &str) -> KeySet {
        KeySet::read(json!({"keys": [self.jwk(id)]}).to_string().as_bytes()).unwrap()
    }

    /// A token of this header and these claims.
    pub(crate) fn sign(&self, header: &Value, claims: &Value) -> String {
        let signed = format!("{}.{}", part(header), part(claims));
        let signature = self.signature(signed.as_bytes());
        format!("{signed}.{}", encode(&signature))
    }

    fn signature(&self, message: &[u8]) -> Vec<u8> {
        let rng = SystemRandom::new();
        match self {
            Self::Rsa(key, algorithm) => {
                let padding: &dyn ring::signature::RsaEncoding = match algorithm {
                    Algorithm::Ps256 => &RSA_PSS_SHA256,
                    _ => &RSA_PKCS1_SHA256,
                };
                let mut signature = vec![0; key.public().modulus_len()];
                key.sign(padding, &rng, message, &mut signature).unwrap();
                signature
            }
            Self::P256(key) => key.sign(&rng, message).unwrap().as_ref().to_vec(),
            Self::Ed25519(key) => key.sign(message).as_ref().to_vec(),
        }
    }
}

/// An Ed25519 key that lasts as long as the tests run: cheap to sign with.
pub(crate) fn ed25519() -> &'static Signer {
    static KEY: OnceLock<Signer> = OnceLock::new();
    KEY.get_or_init(|| Signer::new(Algorithm::EdDsa))
}

pub(crate) fn encode(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// A part of a token.
pub(crate) fn part(json: &Value) -> String {
    encode(json.to_string().as_bytes())
}

fn refusal(text: &str) -> Refusal {
    Token::read(text).unwrap_err()
}

#[test]
fn a_token_comes_apart() {
    let claims = json!({"iss": "https://login.example"});
    let text = ed25519().sign(&json!({"alg": "EdDSA"}), &claims);
    let token = Token::read(&text).unwrap();
    assert_eq!(token.issuer(), Some("https://login.example"));
    assert_eq!(token.signature.len(), 64);
    assert_eq!(
        token.header.get("alg").and_then(Json::as_str),
        Some("EdDSA")
    );
    assert_eq!(format!("{token:?}"), "Token { .. }");
}

#[test]
fn what_is_no_token_is_refused() {
    let (header, claims) = (part(&json!({})), part(&json!({})));
    let padded = format!("{header}.{claims}.QQ==");
    let loose = format!("{header}.{claims}.QR");
    let jwe = format!("{header}.{claims}.QQ.QQ.QQ");
    for text in ["", ".", "a.b", "é.é.é", "attestry_x", &padded, &loose, &jwe] {
        assert_eq!(refusal(text), Refusal::NotAJwt, "{text}");
    }
    let long = "A".repeat(MAX_TOKEN + 1);
    assert_eq!(refusal(&long), Refusal::TooLong);
    for no_object in [
        "[]",
        "1",
        "null",
        "{",
        r#"{"a":1,"a":1}"#,
        "{}{}",
        "\u{feff}{}",
    ] {
        let no_object = encode(no_object.as_bytes());
        let in_header = format!("{no_object}.{claims}.QQ");
        assert_eq!(refusal(&in_header), Refusal::NotJson("header is"));
        let in_claims = format!("{header}.{no_object}.QQ");
        assert_eq!(refusal(&in_claims), Refusal::NotJson("claims are"));
    }
}

proptest::proptest! {
    #[test]
    fn what_is_read_has_one_written_form(text in "[ -~é]{0,40}", parts: [Vec<u8>; 3]) {
        let objects = parts.clone().map(|part| encode(json!({"a": part}).to_string().as_bytes()));
        for text in [text, parts.map(|part| encode(&part)).join("."), objects.join(".")] {
            if let Ok(token) = Token::read(&text) {
                let again = format!("{}.{}", token.signed, encode(&token.signature));
                proptest::prop_assert_eq!(again, text);
            }
        }
    }
}
