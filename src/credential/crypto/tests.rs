use super::*;

const SEED: [u8; 32] = [7; 32];

fn public() -> [u8; 32] {
    SigningKey::from_bytes(&SEED).verifying_key().to_bytes()
}

#[test]
fn installing_twice_is_fine() {
    assert_eq!(install(), Ok(()));
    assert_eq!(install(), Ok(()));
}

#[test]
fn signs_and_verifies() {
    let signer = Ed25519Signer::new(&SEED);
    assert_eq!(signer.public(), public());
    let signature = sign(b"message", &signer).unwrap();
    install().unwrap();
    let key = EncodingKey::from_ed_der(&SEED);
    let through = jsonwebtoken::crypto::sign(b"message", &key, Algorithm::EdDSA).unwrap();
    assert_eq!(signature, through);
    assert!(verify(b"message", &signature, &public()).unwrap());
    assert!(!verify(b"massage", &signature, &public()).unwrap());
    assert!(!verify(b"message", &signature, &[1; 32]).unwrap_or(false));
}

#[test]
fn every_other_algorithm_is_an_error() {
    install().unwrap();
    for algorithm in [
        Algorithm::HS256,
        Algorithm::HS384,
        Algorithm::HS512,
        Algorithm::ES256,
        Algorithm::ES384,
        Algorithm::RS256,
        Algorithm::RS384,
        Algorithm::RS512,
        Algorithm::PS256,
        Algorithm::PS384,
        Algorithm::PS512,
    ] {
        let secret = EncodingKey::from_secret(&SEED);
        assert!(jsonwebtoken::crypto::sign(b"m", &secret, algorithm).is_err());
        let key = EncodingKey::from_ed_der(&SEED);
        assert!(jsonwebtoken::crypto::sign(b"m", &key, algorithm).is_err());
        let key = DecodingKey::from_secret(&public());
        assert!(jsonwebtoken::crypto::verify("AA", b"m", &key, algorithm).is_err());
    }
    let secret = EncodingKey::from_secret(&SEED);
    assert!(jsonwebtoken::crypto::sign(b"m", &secret, Algorithm::EdDSA).is_err());
}

#[test]
fn a_key_of_the_wrong_length_is_an_error() {
    install().unwrap();
    for seed in [&[1; 31][..], &[], &[1; 33]] {
        let key = EncodingKey::from_ed_der(seed);
        assert!(jsonwebtoken::crypto::sign(b"m", &key, Algorithm::EdDSA).is_err());
    }
    let short = DecodingKey::from_ed_der(&[1; 4]);
    assert!(jsonwebtoken::crypto::verify("AA", b"m", &short, Algorithm::EdDSA).is_err());
}

#[test]
fn a_small_order_key_proves_nothing() {
    // The identity point as key and as R, with s = 0, satisfies the loose equation for
    // every message.
    let mut identity = [0; 32];
    identity[0] = 1;
    let mut forged = [0; 64];
    forged[0] = 1;
    let text = URL_SAFE_NO_PAD.encode(forged);
    assert!(!verify(b"anything", &text, &identity).unwrap());
    let loose = VerifyingKey::from_bytes(&identity).unwrap();
    assert!(
        ed25519_dalek::Verifier::verify(&loose, b"anything", &Signature::from_bytes(&forged))
            .is_ok(),
        "the forgery must be one that only strict verification refuses"
    );
}

#[test]
fn a_malleated_signature_is_refused() {
    // s + L, where L is the order of the base point (RFC 8032, section 5.1), little-endian.
    const ORDER: [u8; 32] = [
        0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde,
        0x14, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
    ];
    let text = sign(b"message", &Ed25519Signer::new(&SEED)).unwrap();
    let mut bytes = URL_SAFE_NO_PAD.decode(&text).unwrap();
    let mut carry = 0_u16;
    for (byte, order) in bytes[32..].iter_mut().zip(ORDER) {
        let sum = u16::from(*byte) + u16::from(order) + carry;
        *byte = (sum & 0xff) as u8;
        carry = sum >> 8;
    }
    let malleated = URL_SAFE_NO_PAD.encode(&bytes);
    assert!(!verify(b"message", &malleated, &public()).unwrap());
}

#[test]
fn thumbprint_helpers_answer_without_panic() {
    let utils = &PROVIDER.key_utils;
    assert_eq!(
        (utils.ed_pub_components_from_private_key)(&SEED, &EllipticCurve::Ed25519).unwrap(),
        public()
    );
    assert!((utils.ed_pub_components_from_private_key)(&SEED, &EllipticCurve::P256).is_err());
    assert!((utils.rsa_pub_components_from_private_key)(&SEED).is_err());
    assert!((utils.rsa_pub_components_from_public_key)(&SEED).is_err());
    assert!((utils.ec_pub_components_from_private_key)(&SEED, Algorithm::ES256).is_err());
    for (hash, length) in [
        (ThumbprintHash::SHA256, 32),
        (ThumbprintHash::SHA384, 48),
        (ThumbprintHash::SHA512, 64),
    ] {
        assert_eq!((utils.compute_digest)(b"x", hash).unwrap().len(), length);
    }
}
