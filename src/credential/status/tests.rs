use super::*;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use proptest::prelude::*;
use std::io::Write as _;

#[test]
fn index_zero_is_the_most_significant_bit() {
    let list = Bitstring::of(&[0, 9], MINIMUM_LENGTH).unwrap();
    assert_eq!(list.get(0), Some(true));
    assert_eq!(list.get(7), Some(false));
    assert_eq!(list.get(9), Some(true));
    assert_eq!(list.get(MINIMUM_LENGTH), None);
    assert_eq!(list.get(u64::MAX), None);
    assert_eq!(list, Bitstring::decode(&list.encode()).unwrap());
}

#[test]
fn lengths_and_indexes_are_checked() {
    for length in [0, 8, MINIMUM_LENGTH - 8, MINIMUM_LENGTH + 1, u64::MAX] {
        assert_eq!(encode(&[], length), Err(BitsError::Length(length)));
    }
    assert!(matches!(
        encode(&[MINIMUM_LENGTH], MINIMUM_LENGTH),
        Err(BitsError::Range { .. })
    ));
}

#[test]
fn malformed_lists_are_refused() {
    let good = encode(&[5], MINIMUM_LENGTH).unwrap();
    assert_eq!(
        Bitstring::decode(good.trim_start_matches('u')),
        Err(BitsError::Multibase)
    );
    assert_eq!(Bitstring::decode(""), Err(BitsError::Multibase));
    assert_eq!(Bitstring::decode("u*"), Err(BitsError::Multibase));
    assert_eq!(Bitstring::decode("uAAAA"), Err(BitsError::Gzip));
    assert_eq!(
        Bitstring::decode(good.get(..good.len() - 8).unwrap()),
        Err(BitsError::Gzip)
    );
}

#[test]
fn a_bomb_is_not_expanded() {
    let mut zip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    let block = vec![0; 1 << 20];
    for _ in 0..64 {
        zip.write_all(&block).unwrap();
    }
    let bomb = format!("u{}", URL_SAFE_NO_PAD.encode(zip.finish().unwrap()));
    assert!(bomb.len() < 200_000);
    assert_eq!(Bitstring::decode(&bomb), Err(BitsError::TooLong));
}

#[test]
fn the_list_is_a_credential_that_says_nothing_of_a_learner() {
    let list = StatusList {
        url: "https://skills.example/status/1".to_owned(),
        issuer: "did:web:skills.example:issuers:riverside".to_owned(),
        purpose: Purpose::Suspension,
        length: MINIMUM_LENGTH,
        set: vec![3],
        valid_from: "2026-03-01T09:30:00Z".parse().unwrap(),
        valid_until: "2026-03-02T09:30:00Z".parse().unwrap(),
        ttl_ms: 300_000,
    };
    let credential = list.credential().unwrap();
    assert_eq!(credential["id"], list.url);
    assert_eq!(
        credential["credentialSubject"]["statusPurpose"],
        "suspension"
    );
    assert_eq!(credential["credentialSubject"]["ttl"], 300_000);
    let encoded = credential["credentialSubject"]["encodedList"]
        .as_str()
        .unwrap();
    let bits = Bitstring::decode(encoded).unwrap();
    assert_eq!(
        (bits.get(3), bits.get(4), bits.len()),
        (Some(true), Some(false), MINIMUM_LENGTH)
    );
}

#[test]
fn purposes() {
    assert_eq!(Purpose::parse("revocation"), Some(Purpose::Revocation));
    assert_eq!(Purpose::parse("suspension"), Some(Purpose::Suspension));
    assert_eq!(Purpose::parse("message"), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]
    #[test]
    fn exactly_the_given_bits_come_back(set in prop::collection::btree_set(0..MINIMUM_LENGTH, 0..200)) {
        let set: Vec<u64> = set.into_iter().collect();
        let list = Bitstring::decode(&encode(&set, MINIMUM_LENGTH).unwrap()).unwrap();
        let back: Vec<u64> = (0..list.len()).filter(|at| list.get(*at) == Some(true)).collect();
        prop_assert_eq!(back, set);
    }

    #[test]
    fn any_text_ends_in_an_answer(text in "u?[A-Za-z0-9_-]{0,200}") {
        drop(Bitstring::decode(&text));
    }
}
