use ed25519_dalek::Verifier as _;
use proptest::prelude::*;

use super::*;

const SEED: [u8; 32] = [7; 32];
/// The order of the base point (RFC 8032, section 5.1), little-endian.
const ORDER: [u8; 32] = [
    0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
];

fn key() -> PublicKey {
    PublicKey::from_bytes(&Ed25519Signer::new(&SEED).public()).unwrap()
}

#[test]
fn the_first_test_vector_of_rfc_8032() {
    let secret = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
    let public = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
    let signer = Ed25519Signer::new(&crate::kernel::digest::from_hex(secret).unwrap());
    assert_eq!(crate::kernel::digest::hex(&signer.public()), public);
    let signature = signer.sign(b"");
    assert_eq!(
        crate::kernel::digest::hex(&signature),
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
    );
    let key = PublicKey::from_bytes(&signer.public()).unwrap();
    assert!(key.verify(b"", &signature));
    assert!(!key.verify(b"x", &signature));
}

#[test]
fn a_small_order_key_is_none() {
    // The identity point as key and as R, with s = 0, satisfies the loose equation for
    // every message.
    let mut identity = [0; 32];
    identity[0] = 1;
    assert_eq!(
        PublicKey::from_bytes(&identity),
        Err(BadPublicKey::SmallOrder)
    );
    assert_eq!(
        PublicKey::from_bytes(&[0; 32]),
        Err(BadPublicKey::SmallOrder)
    );
    let mut forged = [0; 64];
    forged[0] = 1;
    let loose = VerifyingKey::from_bytes(&identity).unwrap();
    assert!(
        loose
            .verify(b"anything", &Signature::from_bytes(&forged))
            .is_ok(),
        "the forgery must be one that only strict verification refuses"
    );
    assert!(!key().verify(b"anything", &forged));
}

#[test]
fn the_points_of_small_order_are_all_known() {
    // x has two signs, except where it is 0: for y = 1 and y = -1.
    let mut points = Vec::new();
    for y in SMALL_ORDER {
        let mut other = y;
        other[31] |= 0x80;
        points.push(y);
        if VerifyingKey::from_bytes(&other)
            .is_ok_and(|point| point.to_edwards().compress().0 == other)
        {
            points.push(other);
        }
    }
    // There are no more than eight: that is the cofactor of the curve.
    assert_eq!(points.len(), 8);
    for point in points {
        assert!(VerifyingKey::from_bytes(&point).unwrap().is_weak());
        assert!(is_small_order(&point));
    }
    assert!(!is_small_order(&Ed25519Signer::new(&SEED).public()));
}

#[test]
fn what_is_no_canonical_point_is_no_key() {
    assert_eq!(
        PublicKey::from_bytes(&[2; 32]).err(),
        VerifyingKey::from_bytes(&[2; 32])
            .err()
            .map(|_| BadPublicKey::NotAPoint)
    );
    // y = p + 3 and up to 2^255 - 1: the same points as 3 and up, written otherwise.
    for low in 0xed..=0xff_u8 {
        for high in [0x7f, 0xff] {
            let mut bytes = [0xff; 32];
            (bytes[0], bytes[31]) = (low, high);
            assert_eq!(
                PublicKey::from_bytes(&bytes),
                Err(BadPublicKey::NotAPoint),
                "{low:x}"
            );
        }
    }
}

#[test]
fn a_malleated_signature_is_refused() {
    let good = Ed25519Signer::new(&SEED).sign(b"message");
    let mut malleated = good;
    let mut carry = 0_u16;
    for (byte, order) in malleated[32..].iter_mut().zip(ORDER) {
        let sum = u16::from(*byte) + u16::from(order) + carry;
        *byte = (sum & 0xff) as u8;
        carry = sum >> 8;
    }
    assert!(key().verify(b"message", &good));
    assert!(!key().verify(b"message", &malleated));
}

#[test]
fn the_signature_of_a_jws_has_one_form() {
    let signature = Ed25519Signer::new(&SEED).sign(b"message");
    let text = URL_SAFE_NO_PAD.encode(signature);
    assert_eq!(jws_signature(&text), Some(signature));
    // 64 bytes leave 4 bits of the last character unused: they must be zero.
    let mut loose = text.clone();
    let last = loose.pop().unwrap();
    loose.push(char::from(last as u8 + 1));
    for bad in [
        loose,
        format!("{text}=="),
        format!("{text}A"),
        text.chars().skip(1).collect(),
        URL_SAFE_NO_PAD.encode(&signature[..63]),
        URL_SAFE_NO_PAD.encode([signature.as_slice(), &[0]].concat()),
        base64::engine::general_purpose::STANDARD_NO_PAD.encode([0xff; 64]),
        String::new(),
    ] {
        assert_eq!(jws_signature(&bad), None, "{bad}");
    }
}

#[test]
fn the_private_key_is_not_printed_and_the_public_one_is() {
    assert!(format!("{:?}", key()).starts_with("PublicKey(z6Mk"));
}

proptest! {
    #[test]
    fn the_verdict_is_that_of_the_librarys_strict_check(
        message: Vec<u8>, noise: [u8; 64], mix in 0..5_usize, point in 0..5_usize, seed: [u8; 32],
    ) {
        let signer = Ed25519Signer::new(&seed);
        let (Ok(key), mut signature) = (PublicKey::from_bytes(&signer.public()), signer.sign(&message))
        else {
            return Err(TestCaseError::reject("a key that is none"));
        };
        match mix {
            0 => {}
            1 => signature = noise,
            2 => signature[..32].copy_from_slice(&noise[..32]),
            3 => signature[32..].copy_from_slice(&noise[32..]),
            _ => signature[..32].copy_from_slice(&SMALL_ORDER[point]),
        }
        let strict = key.0.verify_strict(&message, &Signature::from_bytes(&signature)).is_ok();
        prop_assert_eq!(key.verify(&message, &signature), strict);
        prop_assert_eq!(strict, mix == 0);
    }

    #[test]
    fn only_the_signed_message_verifies(message: Vec<u8>, flip in 0..64_usize, bit in 0..8_u8) {
        let mut signature = Ed25519Signer::new(&SEED).sign(&message);
        prop_assert!(key().verify(&message, &signature));
        signature[flip] ^= 1 << bit;
        prop_assert!(!key().verify(&message, &signature));
    }
}
