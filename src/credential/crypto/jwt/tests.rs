use super::*;

const SEED: [u8; 32] = [7; 32];

fn public() -> PublicKey {
    PublicKey::from_bytes(&Ed25519Signer::new(&SEED).public()).unwrap()
}

#[test]
fn installing_twice_is_fine() {
    assert_eq!(install(), Ok(()));
    assert_eq!(install(), Ok(()));
}

#[test]
fn the_library_signs_as_we_do() {
    install().unwrap();
    let key = EncodingKey::from_ed_der(&SEED);
    let through = jsonwebtoken::crypto::sign(b"message", &key, Algorithm::EdDSA).unwrap();
    let ours = Ed25519Signer::new(&SEED).sign(b"message");
    assert_eq!(jws_signature(&through), Some(ours));
    assert!(verify(b"message", &through, &public()).unwrap());
    assert!(!verify(b"massage", &through, &public()).unwrap());
    let key = DecodingKey::from_ed_der(public().as_bytes());
    assert!(jsonwebtoken::crypto::verify(&through, b"message", &key, Algorithm::EdDSA).unwrap());
    for bad in ["", "AA", "!"] {
        assert!(verify(b"message", bad, &public()).is_err());
    }
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
        let key = DecodingKey::from_secret(public().as_bytes());
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
fn thumbprint_helpers_answer_without_panic() {
    let utils = &PROVIDER.key_utils;
    assert_eq!(
        (utils.ed_pub_components_from_private_key)(&SEED, &EllipticCurve::Ed25519).unwrap(),
        public().as_bytes()
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
